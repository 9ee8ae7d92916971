"""The database: its tables, and the SQL of each feature."""
