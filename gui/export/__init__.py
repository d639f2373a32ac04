"""Pictures, films, curves and handouts: what leaves the window to be shown elsewhere."""
