"""Broken files fed to every reader of the program: `script/fuzz` runs it, `tests/engine` a short version."""
