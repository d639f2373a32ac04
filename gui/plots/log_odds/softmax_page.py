"""From all log-odds back to the probabilities: the short derivation, and its numbers at one place."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.log_odds import odds_of, probabilities_from_log_odds
from gui.formula_view import FormulaView
from gui.formulas import fixed_text, loss_text
from gui.i18n import class_name, translate
from gui.plots.class_table import ClassTable, TableRow
from gui.plots.log_odds import words
from gui.plots.log_odds.field import LogOddsField
from gui.plots.log_odds.formulas import SOLVED_STEPS, result_step
from gui.theme import Appearance

_BESIDE_BELOW_PX, _BESIDE_FROM_PX = 300, 430


class SoftmaxPage(QScrollArea):
    """Formulas, and a table with every class's log-odds against the reference, odds, and p."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        body = QWidget(self)
        body.setAutoFillBackground(False)
        self.steps = [FormulaView(appearance, latex, parent=body) for latex in SOLVED_STEPS]
        self.result = FormulaView(appearance, parent=body)
        self.sentence, self.place = QLabel(body), QLabel(body)
        for label in (self.sentence, self.place):
            label.setProperty("quiet", True)
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.table = ClassTable(appearance, body)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom, body)
        self._body.setContentsMargins(0, 0, 0, 0)
        self._body.setSpacing(8)
        proof, numbers = QVBoxLayout(), QVBoxLayout()
        for column, widgets in ((proof, [*self.steps, self.result]), (numbers, [self.place, self.table])):
            column.setSpacing(4)
            for widget in widgets:
                column.addWidget(widget)
        proof.addWidget(self.sentence)
        proof.addStretch(1)
        numbers.addStretch(1)
        self._body.addLayout(proof, 1)
        self._body.addLayout(numbers, 1)
        self.setWidget(body)

    def show_place(
        self, field: LogOddsField, classes: tuple[ClassInfo, ...], height_cm: float, weight_kg: float
    ) -> None:
        """Show what the model says of one place, solved anew from its log-odds."""
        self.result.set_formula(result_step(field))
        self.sentence.setText(words.derivation_sentence(field))
        self.place.setText(
            translate(
                "LogOdds",
                "At {height} cm, {weight} kg, against {reference}:",
                height=fixed_text(height_cm, 1),
                weight=fixed_text(weight_kg, 1),
                reference=class_name(classes[field.second]),
            )
        )
        against = field.all_against_reference(height_cm, weight_kg)
        solved = probabilities_from_log_odds(against)
        own = field.probabilities_at(height_cm, weight_kg)
        odds = [odds_of(value) for value in against.tolist()]
        rows = [
            TableRow(
                classes[index],
                (
                    fixed_text(float(against[index]), 2),
                    loss_text(odds[index]),
                    fixed_text(float(solved[index]), 3),
                    fixed_text(float(own[index]), 3),
                ),
                is_strong=index == field.first,
            )
            for index in range(len(against))
        ]
        total = math.fsum(odds) if all(map(math.isfinite, odds)) else math.inf
        sums = ("", loss_text(total), fixed_text(float(solved.sum()), 3), fixed_text(float(own.sum()), 3))
        headers = (
            "ℓ",
            translate("LogOdds", "odds"),
            translate("LogOdds", "p solved"),
            translate("LogOdds", "model's p"),
        )
        self.table.set_content(headers, [*rows, TableRow(None, sums, translate("LogOdds", "sum"))])

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        px = self._appearance.theme.px
        is_beside = self.height() < px(_BESIDE_BELOW_PX) and self.width() >= px(_BESIDE_FROM_PX)
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
