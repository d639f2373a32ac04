"""The program as a person starts it: `main.py` in a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.train_tools import MAIN, overlapping

RunMain = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """Children hear Ctrl+C: what a shell starts in its background is deaf to it, and so are its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def run_main(tmp_path: Path, own_home: Path) -> RunMain:
    """Run ``main.py ARGUMENTS...`` to its end in an empty folder; what it writes is kept as text.

    `own_home` is in the environment by then. The time limit only ends a program that hangs.
    """
    folder = tmp_path / "work"
    folder.mkdir()

    def run(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(MAIN), *map(str, arguments)],
            cwd=folder,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table of two overlapping classes, F and M, in the columns height, weight and sex."""
    path = tmp_path / "people.csv"
    path.write_text(overlapping(), encoding="utf-8")
    return path
