"""Start the window: the Qt application, its fonts and look, and the last guard against exceptions."""

from __future__ import annotations

import contextlib
import gc
import logging
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from gui.garbage import GarbageCollector
from gui.i18n import Language, translate
from gui.interrupts import Interrupts
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.restyle import set_style_sheet
from gui.style_sheet import style_sheet
from gui.theme import Appearance, load_fonts, palette_of

logger = logging.getLogger(__name__)

RECOVERY_FOLDER = "recovery"
"""Beside the log."""
PROTECT_MS = 200
ICON_FILE = Path(__file__).resolve().parent.parent / "assets" / "icons" / "fall-line.svg"


def make_application(argv: Sequence[str]) -> QApplication:
    """Make the Qt application with its names, style and fonts."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication(list(argv))
    app.setApplicationName("fall-line")
    app.setApplicationDisplayName("Fall Line")
    app.setDesktopFileName("fall-line")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(ICON_FILE)))
    load_fonts()
    GarbageCollector(app)
    return app


class Look:
    """Keeps the application's palette, style sheet and font in step with the appearance."""

    def __init__(self, app: QApplication, appearance: Appearance) -> None:
        self._app = app
        self._appearance = appearance
        appearance.changed.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Dress the application in the present theme."""
        theme = self._appearance.theme
        self._app.setPalette(palette_of(theme))
        font = QFont(theme.font())
        self._app.setFont(font)
        set_style_sheet(self._app, style_sheet(theme))


class ExceptionReport(QObject):
    """Logs an unexpected exception, of any thread, tells the person once, and lets the window live on.

    Parameters
    ----------
    log_file : Path or None
    tell : callable
        Shows a sentence, given as how to say it, that stays until it is closed, with a button that saves
        the work.
    """

    _happened = Signal()

    def __init__(self, log_file: Path | None, tell: Callable[[Callable[[], str]], object]) -> None:
        super().__init__()
        self._log_file = log_file
        self._tell = tell
        self._was_told = False
        # Not from where it happened: the slot that failed has to end first, and a thread shows nothing.
        self._happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle one exception that nothing else caught (`sys.excepthook`)."""
        logger.critical("unexpected exception", exc_info=(kind, error, trace))
        self._happened.emit()

    @contextlib.contextmanager
    def on_duty(self) -> Iterator[None]:
        """Hear of every exception that nothing else catches; those of threads are logged by whoever did."""
        before, threads_before = sys.excepthook, threading.excepthook

        def hear_thread(arguments: threading.ExceptHookArgs) -> None:
            threads_before(arguments)
            self._happened.emit()

        sys.excepthook, threading.excepthook = self, hear_thread
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before, threads_before

    def _on_happened(self) -> None:
        if self._was_told:
            return
        self._was_told = True
        self._tell(self._sentence)

    def _sentence(self) -> str:
        return translate(
            "App",
            "Something went wrong inside the program. Your samples and weights are still here; "
            "save them before you go on. What happened is written to {where}.",
            where=str(self._log_file) if self._log_file else translate("App", "the terminal"),
        )


def run(argv: Sequence[str], files: Sequence[str], log_file: Path | None = None) -> int:
    """Open the window, with `files` (data or weights) in it, and return the exit status when it closes."""
    app = make_application(argv)
    preferences = Preferences()
    language = Language()
    appearance = Appearance()
    language.set_code(preferences.language)
    appearance.set_mode(preferences.mode)
    appearance.set_scale_percent(preferences.scale_percent)
    look = Look(app, appearance)
    window = MainWindow(preferences, appearance, language)
    window.show()
    gc.freeze()  # what stands now is never garbage, and need not be looked through again and again
    with ExceptionReport(log_file, window.tell_failure).on_duty():
        if log_file is not None:  # what it loads is not worth a later first frame
            folder = log_file.parent / RECOVERY_FOLDER
            QTimer.singleShot(PROTECT_MS, window, lambda: window.protect(folder))
        for file in files:
            window.open_path(Path(file))
        interrupts = Interrupts()
        status = app.exec()
        interrupts.close()
    del look
    return status
