"""The start-map instrument."""
