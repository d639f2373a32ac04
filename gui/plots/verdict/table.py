"""The verdict's table: a row for each thing that is measured, a column for each loss."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from engine.specs import LossName
from gui.formulas import loss_name
from gui.i18n import translate
from gui.plots.verdict.words import FACT_KEYS, RUN_KEYS, RowText
from gui.theme import Appearance
from gui.widgets.controls import SectionHeading
from gui.widgets.emblems import loss_icon

_ICON_PX = (26, 12)
_VALUE_PX = 70


class VerdictTable(QWidget):
    """Values right-aligned under their loss; a row's full meaning is its tooltip."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._losses: tuple[LossName, LossName] = ("bce", "mse")
        self.headings = (SectionHeading(self), SectionHeading(self))
        self.columns = tuple((QLabel(self), QLabel(self)) for _ in range(2))
        self.titles: dict[str, QLabel] = {}
        self.values: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._fill()
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def text(self, key: str, column: int) -> str:
        """What stands in a row under a loss."""
        return self.values[key][column].text()

    def set_losses(self, losses: tuple[LossName, LossName]) -> None:
        """Name the columns after the losses that are compared."""
        if losses != self._losses:
            self._losses = losses
            self._apply_theme()

    def set_rows(self, rows: Mapping[str, RowText]) -> None:
        """Show rows; those that are not named stay as they are."""
        for key, row in rows.items():
            _set_text(self.titles[key], row.title)
            if self.titles[key].toolTip() != row.hint:
                for label in (self.titles[key], *self.values[key]):
                    label.setToolTip(row.hint)
            for label, value in zip(self.values[key], row.values, strict=True):
                _set_text(label, value)

    def retranslate(self) -> None:
        """Set the headings in the language in use."""
        self.headings[0].set_title(translate("Verdict", "From this start"))
        self.headings[1].set_title(translate("Verdict", "Training"))

    def _fill(self) -> None:
        """Lay out a heading, then rows with a hairline above each."""
        row = 0
        for heading, keys in zip(self.headings, (FACT_KEYS, RUN_KEYS), strict=True):
            self._grid.addWidget(heading, row, 0)
            if row == 0:
                self._add_columns()
            row += 1
            for key in keys:
                line = QFrame(self)
                line.setFixedHeight(1)
                line.setProperty("rule", True)
                self._grid.addWidget(line, row, 0, 1, 3)
                self._add_row(key, row + 1)
                row += 2
            self._grid.setRowMinimumHeight(row, 6)
            row += 1

    def _add_columns(self) -> None:
        for number, (picture, name) in enumerate(self.columns):
            holder = QWidget(self)
            line = QGridLayout(holder)
            line.setContentsMargins(0, 0, 0, 0)
            line.setHorizontalSpacing(4)
            line.setColumnStretch(0, 1)
            line.addWidget(picture, 0, 1)
            line.addWidget(name, 0, 2)
            self._grid.addWidget(holder, 0, number + 1)

    def _add_row(self, key: str, row: int) -> None:
        title = QLabel(self)
        title.setWordWrap(True)
        self._grid.addWidget(title, row, 0)
        pair = QLabel(self), QLabel(self)
        for column, label in enumerate(pair):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, row, column + 1)
        self.titles[key], self.values[key] = title, pair

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        size = QSize(theme.px(_ICON_PX[0]), theme.px(_ICON_PX[1]))
        for loss, (picture, name) in zip(self._losses, self.columns, strict=True):
            picture.setPixmap(loss_icon(theme, loss, size).pixmap(size))
            name.setText(loss_name(loss))
            name.setFont(theme.font(13, bold=True))
        for pair in self.values.values():
            for label in pair:
                label.setFont(theme.font(13, tabular=True))
        for column in (1, 2):
            # The same room for all numbers, so that none of them moves another.
            self._grid.setColumnMinimumWidth(column, theme.px(_VALUE_PX))
        for line in self.findChildren(QFrame):
            if line.property("rule"):
                line.setStyleSheet(f"background: {theme.line.name()}; border: none;")


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
