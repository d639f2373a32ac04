"""Let a seeded storm of random events loose on the real window: nothing may break and nothing may grow.

The same seed does the same things, as far as the window's own timing allows::

    QT_QPA_PLATFORM=offscreen .venv/bin/python script/monkey.py --events 50000 --seed 1

It fails on an exception, a Python or Qt warning, and on threads, open handles or top-level widgets that are
more at the end than they were in the middle; after trouble the last events are printed. Settings and files
are kept in a folder that goes with it.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import logging
import os
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is loaded, as in the program

from PySide6.QtCore import QMessageLogContext, QSettings, QtMsgType, qInstallMessageHandler  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication  # noqa: E402

from gui.app import Look, make_application  # noqa: E402
from gui.i18n import Language  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.theme import Appearance  # noqa: E402
from script.storm import Storm  # noqa: E402

CHECKPOINTS = 6
HANG_SECONDS = 120
SLACK = {"threads": 4, "handles": 4, "widgets": 4}
"""What may come and go: a thread of an instrument's first work, a file being read, a tooltip."""
TOUR = ("first", "three_classes")
PLATFORM_NOISE = "This plugin does not support "


@dataclass(frozen=True)
class Counts:
    """What must not grow."""

    events: int
    threads: int
    handles: int
    widgets: Counter[str]
    resident_mb: float

    def __str__(self) -> str:
        return (
            f"after {self.events:6,} events: {self.threads} threads, {self.handles} handles, "
            f"{self.widgets.total()} top-level widgets, {self.resident_mb:.0f} MB"
        )


class Troubles:
    """Collects exceptions and warnings, wherever they come from."""

    def __init__(self) -> None:
        self.found: list[str] = []
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self.found.append(
            f"in thread {args.thread and args.thread.name}: "
            + "".join(traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback))
        )
        sys.unraisablehook = lambda args: self.found.append(
            f"unraisable: {args.exc_value!r} in {args.object!r}"
        )
        warnings.simplefilter("always")
        warnings.filterwarnings(
            "ignore", "path is deprecated", DeprecationWarning
        )  # ziamath, finding its own font
        warnings.showwarning = self._on_warning
        qInstallMessageHandler(self._on_qt)
        logging.getLogger().addHandler(self._handler())

    def _handler(self) -> logging.Handler:
        """What takes errors that are only logged, such as those of background work."""
        handler = logging.Handler(logging.ERROR)
        handler.emit = lambda record: self.found.append(logging.Formatter().format(record))  # type: ignore[method-assign]
        return handler

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self.found.append("".join(traceback.format_exception(kind, error, trace)))

    def _on_warning(
        self, message: Warning | str, category: type[Warning], filename: str, lineno: int, *_: object
    ) -> None:
        stack = "".join(traceback.format_stack(limit=12)[:-1])
        self.found.append(f"{filename}:{lineno}: {category.__name__}: {message}\n{stack}")

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        del context
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not message.startswith(PLATFORM_NOISE):
            stack = "".join(traceback.format_stack(limit=12)[:-1])
            self.found.append(f"Qt: {message}\n{stack}")


def counts(events: int) -> Counts:
    """Count what stands now."""
    gc.collect()
    status = Path("/proc/self/status").read_text(encoding="ascii")
    resident_kb = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return Counts(
        events,
        len(os.listdir("/proc/self/task")),
        len(os.listdir("/proc/self/fd")),
        Counter(
            type(widget).__name__
            for widget in QApplication.topLevelWidgets()
            # A list's popup is made with its first use and belongs to it: there is one a list at most.
            if not widget.inherits("QComboBoxPrivateContainer")
        ),
        resident_kb / 1024,
    )


def grown(before: Counts, after: Counts) -> list[str]:
    """What there is more of, beyond what may come and go."""
    lines = [
        f"{what} grew from {old} to {new}"
        for what, old, new in (
            ("threads", before.threads, after.threads),
            ("handles", before.handles, after.handles),
            ("widgets", before.widgets.total(), after.widgets.total()),
        )
        if new > old + SLACK[what]
    ]
    if any(line.startswith("widgets") for line in lines):
        lines.append(f"more widgets: {dict(after.widgets - before.widgets)}")
    return lines


def tour(window: MainWindow) -> None:
    """Open every instrument once, so that what is made with its first use stands."""
    for scene in (scene for scene in window.scenes.scenes if scene.key in TOUR):
        window.scenes.open_scene(scene)
        for key in window.lab.keys:
            window.lab.open_tab(key)
            QTest.qWait(50)


def home(window: MainWindow, storm: Storm) -> None:
    """Bring the window to the same place again, at rest."""
    storm.settle()
    window.scenes.open_first()
    window.lab.open_tab("network")
    storm.settle()


def run(window: MainWindow, storm: Storm, events: int, troubles: Troubles) -> list[str]:
    """Let the storm loose in parts, and say what has gone wrong."""
    storm.settle()
    tour(window)
    home(window, storm)
    taken = [counts(0)]
    print(taken[0], flush=True)
    for _ in range(CHECKPOINTS):
        started = time.monotonic()
        part = events // CHECKPOINTS
        for _ in range(0, part, 50):
            faulthandler.dump_traceback_later(HANG_SECONDS, exit=True)
            storm.rage(min(50, part), lambda: bool(troubles.found))
            if troubles.found:
                break
        last = list(storm.log)
        if not troubles.found:
            home(window, storm)
        faulthandler.cancel_dump_traceback_later()
        if troubles.found:
            print(*last, sep="\n")
            return troubles.found
        taken.append(counts(storm.count))
        print(f"{taken[-1]} ({(time.monotonic() - started) / part * 1000:.1f} ms an event)", flush=True)
    for seconds, what in sorted(storm.slowest, reverse=True)[:5]:
        print(f"slow: {seconds * 1000:.0f} ms: {what}")
    return grown(taken[CHECKPOINTS // 2], taken[-1])


@contextmanager
def real_window(home_folder: Path) -> Iterator[MainWindow]:
    """The program's window, shown, with settings of its own; `files` in a folder is where its files go."""
    files = home_folder / "files"
    files.mkdir()
    os.chdir(files)
    app = make_application(sys.argv[:1])
    preferences = Preferences(QSettings(str(home_folder / "settings.ini"), QSettings.Format.IniFormat))
    preferences.last_folder = files
    appearance, language = Appearance(), Language()
    language.set_code("en")
    look = Look(app, appearance)
    window = MainWindow(preferences, appearance, language)
    window.show()
    try:
        yield window
    finally:
        window.sessions.may_close = lambda: True  # type: ignore[method-assign] # nobody is there to ask
        window.close()
        del look


def main() -> int:
    """Run it and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, default=Path(os.devnull), help="every event, also after a crash")
    arguments = parser.parse_args()
    faulthandler.enable()
    troubles = Troubles()
    with (
        open(arguments.log, "w", encoding="utf-8") as journal,
        tempfile.TemporaryDirectory() as name,
        real_window(Path(name)) as window,
    ):
        storm = Storm(window, arguments.seed, Path(name) / "files", journal)
        try:
            problems = run(window, storm, arguments.events, troubles)
        except Exception:  # the hook for exceptions only collects them
            print(*storm.log, sep="\n")
            problems = [*troubles.found, traceback.format_exc()]
    print(*problems, sep="\n")
    print(f"seed {arguments.seed}: {'FAILED' if problems else 'nothing broke, nothing grew'}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
