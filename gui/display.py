"""Whether a window can be shown, asked before Qt is: without a display Qt ends the program by abort()."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from engine.version import COMMAND

TIMEOUT_S = 3.0
FIRST_X_PORT = 6000

NO_DISPLAY = (
    "there is no display to show the window on; start it on a desktop, or under a virtual one with "
    f"`xvfb-run -a`, or use `{COMMAND} train`, which needs none"
)
MISSING_LIBRARY = (
    "the window needs a system library that is missing ({library}); on Debian or Ubuntu: "
    "sudo apt-get install -y libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 "
    "libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxcb-image0 "
    "libxcb-render-util0"
)


def display_problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """What stands in the way of a window, in one sentence; None if nothing is known to."""
    if not sys.platform.startswith("linux"):
        return None
    plugin = _named_plugin(environment)
    if plugin and plugin != "xcb" and not plugin.startswith("wayland"):
        return None  # offscreen, vnc, eglfs ...: needs no display server
    wayland = plugin != "xcb" and _answers_wayland(environment)
    x11 = not plugin.startswith("wayland") and _answers_x11(environment.get("DISPLAY", ""))
    return None if wayland or x11 else NO_DISPLAY


def plugin_problem(plugin_folder: Path) -> str | None:
    """What keeps Qt's plugin for X displays from loading, on which Qt would abort; None if nothing does."""
    plugin = plugin_folder / "libqxcb.so"
    if (
        not sys.platform.startswith("linux")
        or not plugin.is_file()
        or _named_plugin(os.environ) not in ("", "xcb")
    ):
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_library(str(error))
    return None


def missing_library(error: str) -> str:
    """Name the library that a loader's error is about, and how to get it."""
    named = re.match(r"(lib[\w.+-]+)", error)
    return MISSING_LIBRARY.format(library=named.group(1) if named else error)


def _named_plugin(environment: Mapping[str, str]) -> str:
    """Qt's platform plugin that the environment asks for first; empty if it leaves the choice to Qt."""
    return environment.get("QT_QPA_PLATFORM", "").partition(";")[0].partition(":")[0]


def _answers_wayland(environment: Mapping[str, str]) -> bool:
    name = environment.get("WAYLAND_DISPLAY", "")
    folder = environment.get("XDG_RUNTIME_DIR", "")
    return bool(name) and (os.path.isabs(name) or bool(folder)) and _connects(os.path.join(folder, name))


def _answers_x11(display: str) -> bool:
    """Whether something listens at an X display such as ``:0``, ``unix:1.0`` or ``host:10.0``."""
    found = re.fullmatch(r"(?P<host>.*):(?P<number>\d{1,5})(\.\d+)?", display)
    if found is None:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        return _connects(path) or _connects("\0" + path)
    try:
        with socket.create_connection((host.removeprefix("tcp/"), FIRST_X_PORT + number), TIMEOUT_S):
            return True
    except (OSError, OverflowError):
        return False


def _connects(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(TIMEOUT_S)
        try:
            connection.connect(path)
        except OSError:
            return False
        return True
