"""Pure rules: who may do what, find whom, and see how much."""
