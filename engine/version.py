"""The program's version, the one place that holds it besides pyproject.toml (a test compares them)."""

from __future__ import annotations

VERSION = "0.1.0"
