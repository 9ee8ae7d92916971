"""Finding films by what people type, however long the list is."""
