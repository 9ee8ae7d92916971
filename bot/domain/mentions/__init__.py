"""The films that a message names."""
