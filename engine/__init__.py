"""The mathematics and the run of Fall Line: Python and NumPy only, never Qt."""
