"""The metrics instrument."""
