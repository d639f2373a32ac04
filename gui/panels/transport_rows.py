"""How the transport's parts share its width: one row; without the speed's words; two rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

_GAP_PX = 8


class TransportRows:
    """Lays out the transport in its `host`. In less width it leaves out the speed's words, the name first.

    Parameters
    ----------
    host : QWidget
    head : sequence of QWidget
        What always stands in the first row, up to the step's number.
    run : sequence of (QWidget, int)
        The reason and the slider of the run, with their stretches: what the rest of the width is for.
    speed : sequence of QWidget
        Seed, name, slider and words of the speed; name and words are those in `spare`.
    spare : sequence of QWidget
        What may be left out, the first one first.
    """

    def __init__(
        self,
        host: QWidget,
        head: Sequence[QWidget],
        run: Sequence[tuple[QWidget, int]],
        speed: Sequence[QWidget],
        spare: Sequence[QWidget],
    ) -> None:
        self._host = host
        self._head, self._run, self._speed, self._spare = head, run, speed, spare
        self._form: tuple[bool, int] | None = None
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP_PX)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(_GAP_PX)
            column.addLayout(row)
        self._put(is_wrapped=False, left_out=0)

    def least_size(self) -> QSize:
        """The least width is that of two rows; the height is that of the rows there are now."""
        width = max(_width(self._head), _width(self._tail(0)))
        is_wrapped = self._form is not None and self._form[0]
        rows = (self._head, self._tail(0)) if is_wrapped else ([*self._head, *self._tail(0)],)
        height = sum(max(_least(widget).height() for widget in row) for row in rows)
        return QSize(width, height + _GAP_PX * (len(rows) - 1))

    def fit(self) -> None:
        """Take the fullest form that the host's width has room for."""
        room = self._host.width()
        fitting = (
            left_out
            for left_out in range(len(self._spare) + 1)
            if _width([*self._head, *self._tail(left_out)]) <= room
        )
        left_out = next(fitting, None)
        self._put(is_wrapped=left_out is None, left_out=left_out or 0)

    def _tail(self, left_out: int) -> list[QWidget]:
        """What follows the step's number where the first `left_out` of the spare parts are left out."""
        run = [widget for widget, _stretch in self._run if not widget.isHidden()]
        gone = self._spare[:left_out]
        return [*run, *(widget for widget in self._speed if widget not in gone)]

    def _put(self, *, is_wrapped: bool, left_out: int) -> None:
        if (is_wrapped, left_out) == self._form:
            return
        self._form = (is_wrapped, left_out)
        for row in (self._first, self._second):
            while row.takeAt(0) is not None:
                pass
        for widget in self._head:
            self._first.addWidget(widget)
        if is_wrapped:
            self._first.addStretch(1)
        row = self._second if is_wrapped else self._first
        for widget, stretch in self._run:
            row.addWidget(widget, stretch)
        for widget in self._speed:
            row.addWidget(widget)
        for number, widget in enumerate(self._spare):
            widget.setVisible(number >= left_out)
        self._host.updateGeometry()


def _least(widget: QWidget) -> QSize:
    """The least size that a layout gives a widget: a minimum that was set counts instead of its hint."""
    hint = widget.minimumSizeHint()
    if widget.sizePolicy().horizontalPolicy() in (QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum):
        hint.setWidth(max(hint.width(), widget.sizeHint().width()))
    return QSize(widget.minimumWidth() or hint.width(), widget.minimumHeight() or hint.height())


def _width(row: Sequence[QWidget]) -> int:
    return sum(_least(widget).width() for widget in row) + _GAP_PX * (len(row) - 1)
