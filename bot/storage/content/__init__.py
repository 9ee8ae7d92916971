"""The curators' files: films, collections, vocabulary, moods."""
