"""The entropy instrument."""
