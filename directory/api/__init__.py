"""Requests of programmes in, JSON out."""
