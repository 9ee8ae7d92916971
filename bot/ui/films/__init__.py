"""A film on the screen: its card, its trailer, its thread."""
