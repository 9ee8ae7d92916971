"""The film of the week: when it is posted, and which film it is."""
