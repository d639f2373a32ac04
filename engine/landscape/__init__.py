"""The loss as a surface over two weights: grids, planes, chords, minima."""
