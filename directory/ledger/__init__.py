"""The choke point: the only door to what is kept."""
