"""A few lines of quiet text that keep their room, so that what stands above them stays where it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.theme import Appearance

_FONT_PX = 12


class SteadyNote(QLabel):
    """Wrapped text in the room of `lines` lines, of one more where it is narrow."""

    def __init__(
        self, appearance: Appearance, lines: int, narrow_px: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines, self._narrow_px = lines, narrow_px
        self.setProperty("quiet", True)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        is_narrow = 0 < self.width() < self._narrow_px * self._appearance.theme.scale
        return QSize(80, (self._lines + is_narrow) * self.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.setFont(theme.font(_FONT_PX, tabular=True))
        # The application's style sheet outweighs a label's font, but not a style sheet of its own.
        self.setStyleSheet(f"font-size: {theme.px(_FONT_PX)}px;")
        self.updateGeometry()
