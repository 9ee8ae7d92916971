"""What curators do to a list: drafts, changes, imports, suggestions."""
