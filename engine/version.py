"""The program's version, in no place besides pyproject.toml (a test compares them), and its command."""

from __future__ import annotations

import sys
from pathlib import Path

VERSION = "0.1.0"

_called = Path(sys.argv[0])
COMMAND = "fall-line" if "fall-line" in _called.stem or _called.parent.name == "fall_line" else "main.py"
"""What a person types to start it: the installed command, or the file of a checkout."""
