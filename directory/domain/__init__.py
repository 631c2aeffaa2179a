"""The field's words and rules as frozen values, in the standard library only."""
