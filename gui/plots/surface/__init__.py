"""The surface instrument."""
