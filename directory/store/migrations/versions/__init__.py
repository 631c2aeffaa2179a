"""The migrations, one file a step, each named for its effect; never changed once released."""
