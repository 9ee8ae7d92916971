"""The film of the week: its post, and the panel by which curators keep it."""
