"""Questions and overviews in windows of their own: a function that shows each, and the dialog."""
