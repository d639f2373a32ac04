"""How `main.py render --progress` begins each line that it says to the program that started it."""

from __future__ import annotations

PROGRESS_WORD = "progress"
NOTE_WORD = "note"
ERROR_WORD = "error"
