"""The hidden-layers instrument."""
