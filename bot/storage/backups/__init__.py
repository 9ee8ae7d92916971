"""Copies of the database, the list of erasures beside them, and their way back."""
