"""The exact optimum, and whether there is one."""
