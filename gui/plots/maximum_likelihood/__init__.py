"""The maximum likelihood instrument."""
