"""A scroll area that is as high as its content, up to a limit: it scrolls only when it must."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class NaturalHeightScroll(QScrollArea):
    """Holds `content`; never higher than `most_lines` lines of text."""

    def __init__(self, content: QWidget, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_lines = most_lines
        self._content = content
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setWidget(content)
        content.installEventFilter(self)

    def set_most_lines(self, most_lines: int) -> None:
        """Be at most this many lines of text high."""
        self._most_lines = most_lines
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._content.sizeHint().width(), min(self._content_height(), self._largest_px()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, min(self.sizeHint().height(), self._largest_px() // 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _largest_px(self) -> int:
        return self._most_lines * self.fontMetrics().lineSpacing()

    def _content_height(self) -> int:
        content = self._content
        if content.hasHeightForWidth() and content.width() > 0:
            return content.heightForWidth(content.width())
        return content.sizeHint().height()
