"""What Front Row remembers: the only place with SQL, and with entry files read from disk."""
