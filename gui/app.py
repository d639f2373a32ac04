"""Start the window: the Qt application, its fonts and look, and the last guard against exceptions."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont, QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.i18n import Language, translate
from gui.interrupts import Interrupts
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.style_sheet import style_sheet
from gui.theme import Appearance, load_fonts, palette_of

logger = logging.getLogger(__name__)

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
        self._app.setStyleSheet(style_sheet(theme))


class ExceptionReport:
    """Logs an unexpected exception, tells the person once, and lets the window live on."""

    def __init__(self, log_file: Path | None) -> None:
        self._log_file = log_file
        self._told = False
        self._box: QMessageBox | None = None

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Handle one exception that nothing else caught (`sys.excepthook`)."""
        logger.critical("unexpected exception", exc_info=(kind, error, trace))
        if not self._told:
            self._told = True
            QTimer.singleShot(0, self._tell)  # not from in here: the slot that failed has to end first

    def _tell(self) -> None:
        where = str(self._log_file) if self._log_file else translate("App", "the terminal")
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Fall Line",
            translate(
                "App",
                "Something went wrong inside the program. Your samples and weights are still here; "
                "export them before you go on. What happened is written to {where}.",
                where=where,
            ),
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = box
        box.open()


def run(argv: Sequence[str], files: Sequence[str], log_file: Path | None = None) -> int:
    """Open the window, with `files` (data or weights) in it, and return the exit status when it closes."""
    app = make_application(argv)
    sys.excepthook = ExceptionReport(log_file)
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
    gc.enable()
    if log_file is not None:
        window.protect(log_file.parent / "recovery")
    for file in files:
        window.open_path(Path(file))
    interrupts = Interrupts()
    status = app.exec()
    interrupts.close()
    del look
    return status
