"""The verdict instrument."""
