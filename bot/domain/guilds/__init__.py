"""What a server has decided for itself, and what becomes of its data."""
