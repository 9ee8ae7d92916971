"""What a film entry is, and what has to be right about it."""
