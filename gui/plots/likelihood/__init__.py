"""The likelihood instrument."""
