"""Rows in a database, turned into values and back."""
