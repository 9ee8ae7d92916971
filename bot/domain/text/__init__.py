"""Cleaning, folding and splitting what people write."""
