"""A display of one's own for benchmarks of windows: Xvfb where there is no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

SCREEN = "-screen 0 1600x1000x24 -noreset"


def has_display() -> bool:
    """Whether a real window can be shown here."""
    return sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )


def run_under_xvfb(benchmark: str, argv: list[str]) -> int:
    """Run a benchmark once more with a display of its own; returns its exit status."""
    if shutil.which("xvfb-run") is None:
        print("There is no display: start this on a desktop, or install xvfb.", file=sys.stderr)
        return 2
    command = ["xvfb-run", "-a", "-s", SCREEN, sys.executable, "-m", "benchmarks", benchmark, *argv]
    return subprocess.run(command, check=False).returncode


def forget_settings() -> None:
    """Keep this process from reading or writing anybody's settings; call it before Qt is loaded."""
    folder = tempfile.mkdtemp(prefix="fall-line-bench-")
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        os.environ[variable] = folder
