"""Curves and the instruments of the lab: one module a plot."""
