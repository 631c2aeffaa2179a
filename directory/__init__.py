"""The safeguarding contact directory: which services know a family, and whom to ring."""
