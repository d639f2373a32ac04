"""The log-odds instrument."""
