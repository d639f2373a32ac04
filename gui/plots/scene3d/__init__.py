"""Surfaces in space, projected with NumPy and painted with QPainter: no OpenGL, the same on every machine."""
