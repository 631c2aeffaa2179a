"""Measure the search on people and questions of a council's own, and fit its weights to them."""
