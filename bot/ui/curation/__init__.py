"""What curators see and press."""
