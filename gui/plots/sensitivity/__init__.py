"""The sensitivity instrument."""
