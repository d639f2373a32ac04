"""Small controls that every room of views may use: they know a theme and plain values, never the document."""
