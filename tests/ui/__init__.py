"""What members see: never more than Discord takes, never anything drawn that should be read."""
