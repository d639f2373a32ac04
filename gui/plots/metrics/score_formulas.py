"""Precision, recall and F1 of one class as formulas with its counts in them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.classification import ClassScores
from gui.formulas import count_text
from gui.i18n import translate
from gui.plots.formula_line import LiveFormula
from gui.plots.metrics.table import Column, column_title, score_text
from gui.theme import Appearance

SHOWN: tuple[Column, ...] = ("precision", "recall", "f1")
_FORMULA_PX = 13.0

_DEFINITIONS = {
    "precision": r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FP}}",
    "recall": r"\frac{\mathrm{TP}}{\mathrm{TP} + \mathrm{FN}}",
    "f1": r"\frac{2\,\mathrm{TP}}{2\,\mathrm{TP} + \mathrm{FP} + \mathrm{FN}}",
}


def formula_template(column: Column, scores: ClassScores, index: int) -> str:
    """A score's definition and its numbers: TP / (TP + FP) = 42 / (42 + 3) = 0.933."""
    hits, support, answered = (int(one[index]) for one in (scores.hits, scores.support, scores.answered))
    false_alarms, missed = answered - hits, support - hits
    tp, fp, fn, twice = (f"⟦{count_text(count)}⟧" for count in (hits, false_alarms, missed, 2 * hits))
    fraction, value = {
        "precision": (rf"{tp} / ({tp} + {fp})", scores.precision),
        "recall": (rf"{tp} / ({tp} + {fn})", scores.recall),
    }.get(column, (rf"{twice} / ({twice} + {fp} + {fn})", scores.f1))
    return f"{_DEFINITIONS[column]} = {fraction} = ⟦{score_text(float(value[index]))}⟧"


class ScoreFormulas(QWidget):
    """Three formulas, each with its name before it."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = {column: QLabel(self) for column in SHOWN}
        self.formulas = {column: LiveFormula(appearance, self, size_px=_FORMULA_PX) for column in SHOWN}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(8)
        layout.setColumnStretch(1, 1)
        for row, column in enumerate(SHOWN):
            self.names[column].setProperty("quiet", True)
            layout.addWidget(self.names[column], row, 0, Qt.AlignmentFlag.AlignVCenter)
            layout.addWidget(self.formulas[column], row, 1)
        self.retranslate()

    def show_class(self, scores: ClassScores | None, index: int, name: str) -> None:
        """Show the formulas with a class's numbers."""
        for column in SHOWN:
            if scores is None:
                self.formulas[column].set_formula(f"{_DEFINITIONS[column]}")
                continue
            template = formula_template(column, scores, index)
            self.formulas[column].set_formula(template, _spoken(column, scores, index, name))

    def retranslate(self) -> None:
        """Set the names in the language in use."""
        for column, label in self.names.items():
            label.setText(column_title(column))
        self.setToolTip(
            translate(
                "Metrics",
                "TP: labelled and answered so. FP: answered so, labelled otherwise. FN: labelled so, "
                "answered otherwise.",
            )
        )


def _spoken(column: Column, scores: ClassScores, index: int, name: str) -> str:
    """The formula for a screen reader."""
    values = {"precision": scores.precision, "recall": scores.recall}.get(column, scores.f1)
    return translate(
        "Metrics",
        "{column} of {name}: {value}",
        column=column_title(column),
        name=name,
        value=score_text(float(values[index])),
    )
