"""The measured shares: what follows for this run, bars by layer and loss, and over what they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.specs import ModelSpec
from gui.plots.hidden import words as words
from gui.plots.hidden.bars import Bar, BarsKey, Group, HiddenBars
from gui.plots.hidden.work import LOSSES, MeasureAnswer
from gui.theme import Appearance
from gui.widgets.scrolled import Scrolled


class HiddenMeasure(QWidget):
    """Shows what is measured so far, and scrolls where there is little room."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._answer: MeasureAnswer | None = None
        self.bars, self.key = HiddenBars(appearance, self), BarsKey(appearance, self)
        self.conclusion, self.box_note = QLabel(self), QLabel(self)
        self._lay_out()
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_answer(self, answer: MeasureAnswer | None, model: ModelSpec) -> None:
        """Show what is measured of a model; the layers that are not yet have a place."""
        self._answer = answer
        self.bars.set_groups(groups_of(answer, model))
        self.key.set_has_chords(answer is not None and any(one.chord_shares for one in answer.found))
        self.conclusion.setText("" if answer is None else words.conclusion(answer))
        self.box_note.setText("" if answer is None else words.box_text(answer))
        for label in (self.conclusion, self.box_note):
            label.setVisible(bool(label.text()))

    def retranslate(self, model: ModelSpec | None) -> None:
        """Set all texts in the language in use."""
        if model is not None:
            self.set_answer(self._answer, model)
        self.key.update()

    def _lay_out(self) -> None:
        for label in (self.conclusion, self.box_note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.box_note.setProperty("quiet", True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(5)
        for widget in (self.conclusion, self.bars, self.key, self.box_note):
            column.addWidget(widget)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Scrolled(content, self))

    def _apply_theme(self) -> None:
        px = self._appearance.theme.px
        self.conclusion.setStyleSheet(f"font-size: {px(12)}px;")
        self.box_note.setStyleSheet(f"font-size: {px(11)}px;")


def groups_of(answer: MeasureAnswer | None, model: ModelSpec) -> tuple[Group, ...]:
    """The bars of an answer, with places for what is not measured."""
    groups = []
    for layer in range(len(model.hidden) + 1):
        bars = []
        for loss in LOSSES:
            one = None if answer is None else answer.of(layer, loss)
            if one is None:
                bars.append(Bar(loss))
                continue
            low, high = one.spread
            text, chords = words.cell_text(one), words.chord_text(one)
            bars.append(Bar(loss, one.mean, low, high, text, one.chord_mean, chords))
        groups.append(Group(words.layer_name(model, layer), tuple(bars)))
    return tuple(groups)
