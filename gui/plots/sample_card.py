"""The card beside the sensitivity plots: the picked sample's formulas, or what the curves are."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.plots.formula_line import FormulaLine, LiveFormula
from gui.plots.sample_formulas import FormulaRow
from gui.theme import Appearance

_ROWS = 5
_DEFINITION_PX, _NUMBER_PX = 14.0, 14.0


class SampleCard(QWidget):
    """A heading, a quiet line, and rows of formulas: definition above, numbers below."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.heading = QLabel(self)
        self.note = QLabel(self)
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        for label in (self.heading, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.definitions = [LiveFormula(appearance, self, size_px=_DEFINITION_PX) for _ in range(_ROWS)]
        self.numbers = [LiveFormula(appearance, self, size_px=_NUMBER_PX) for _ in range(_ROWS)]
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.heading)
        layout.addWidget(self.note)
        for definition, numbers in zip(self.definitions, self.numbers, strict=True):
            layout.addWidget(definition)
            layout.addWidget(numbers)
        layout.addStretch(1)

    def set_texts(self, heading: str, note: str) -> None:
        """Say whose numbers these are."""
        self.heading.setText(heading)
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def set_rows(self, rows: Sequence[FormulaRow], *, is_short: bool) -> None:
        """Show formulas; where there is little room, a quantity in one line if that is wide enough."""
        for index, (definition, numbers) in enumerate(zip(self.definitions, self.numbers, strict=True)):
            row = rows[index] if index < len(rows) else FormulaRow("")
            joined = self._joined(row) if is_short else None
            definition.set_formula(row.definition if joined is None else joined)
            numbers.set_formula(row.numbers if joined is None else "")
            definition.setVisible(bool(definition.template))
            numbers.setVisible(bool(numbers.template))
        self._layout.setSpacing(self._appearance.theme.px(2 if is_short else 4))

    def _joined(self, row: FormulaRow) -> str | None:
        """Left side and numbers in one line, or None where they need two."""
        if not row.numbers:
            return None
        if not row.numbers.startswith("="):
            return row.numbers
        text = f"{row.definition.partition('=')[0].strip()} {row.numbers}"
        theme = self._appearance.theme
        width = FormulaLine(text, theme.text).size(_NUMBER_PX * theme.scale).width()
        return text if width <= self.width() else None
