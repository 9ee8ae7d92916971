"""The list as one server sees it, and the ways to look at it."""
