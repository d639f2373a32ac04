"""How the transport's parts share its width: what a menu has too gives way to the run where text is large."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

_GAP_PX = 8


class TransportRow:
    """Lays out the transport in its `host`: in less width it leaves parts out.

    Parameters
    ----------
    host : QWidget
    parts : sequence of (QWidget, int)
        All parts from left to right, with their stretches. One that is hidden and not spare takes no room.
    spare : sequence of QWidget
        What may be left out, the first one first.
    """

    def __init__(self, host: QWidget, parts: Sequence[tuple[QWidget, int]], spare: Sequence[QWidget]) -> None:
        self._host = host
        self._parts = [widget for widget, _stretch in parts]
        self._spare = spare
        row = QHBoxLayout(host)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget, stretch in parts:
            row.addWidget(widget, stretch)

    def least_size(self) -> QSize:
        """What the row needs without all that is spare."""
        height = max(_least(widget).height() for widget in self._parts)
        return QSize(self._width(len(self._spare)), height)

    def fit(self) -> None:
        """Leave out as little as the host's width allows."""
        most = len(self._spare)
        left_out = next((n for n in range(most) if self._width(n) <= self._host.width()), most)
        for number, widget in enumerate(self._spare):
            widget.setVisible(number >= left_out)

    def _width(self, left_out: int) -> int:
        """What the row needs where the first `left_out` of the spare parts are left out."""
        kept = self._spare[left_out:]
        row = [
            part for part in self._parts if part in kept or (part not in self._spare and not part.isHidden())
        ]
        return sum(_least(widget).width() for widget in row) + _GAP_PX * (len(row) - 1)


def _least(widget: QWidget) -> QSize:
    """The least size that a layout gives a widget: a minimum that was set counts instead of its hint."""
    hint = widget.minimumSizeHint()
    if widget.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum):
        hint.setWidth(max(hint.width(), widget.sizeHint().width()))
    return QSize(widget.minimumWidth() or hint.width(), widget.minimumHeight() or hint.height())
