"""A bench for the metrics tab: its people, and what is read and clicked there."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from engine.activations import sigmoid
from engine.document.state import DocumentState
from engine.scaling import Standardizer
from gui.document import Document
from gui.plots.metrics.panes import NO_BREAK
from gui.plots.metrics.tab import MetricsTab
from tests.gui.lab_bench import LabBench, overlapping_people

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
WEIGHTS = [[-0.9, 2.1, -0.3], [-0.4, 1.0, 0.5]]
ROOMY, SMALL = (660, 600), (460, 380)


def people_state(n_classes: int = 2, **more: object) -> DocumentState:
    return overlapping_people(n_classes, 90, first_kg=58.0, apart_kg=26.0, **more)


def softmax_weights(n_classes: int, seed: int = 2) -> list[list[float]]:
    generator = np.random.default_rng(seed)
    return generator.normal(0.0, 1.0, (2, 3 * n_classes)).tolist()


class Bench(LabBench):
    tab_type = MetricsTab
    scaler = SCALER

    def __init__(self, qtbot, state: DocumentState | None = None, parameters=WEIGHTS, size=ROOMY) -> None:
        super().__init__(qtbot, Document(state or people_state()), size)
        self.show(parameters)

    def rows(self, *, held_out: bool = False):
        rows = self.document.state.samples.rows
        return rows.take(rows.held_out == held_out)

    def p(self, row: int = 0, *, held_out: bool = False) -> np.ndarray:
        """Probability of class 1, worked out here."""
        rows = self.rows(held_out=held_out)
        z_height, z_weight = SCALER.standardize(rows.height_cm, rows.weight_kg)
        a, b, c = self.frame.snapshot.parameters[row]
        return sigmoid(a * z_height + b * z_weight + c)

    def model(self):
        return self.tab.answer.models[self.interaction.selected_model]

    def click_cell(self, label: int, answer: int) -> None:
        matrix = self.tab.answers.matrix
        self.click(matrix, matrix.cell_rect((label, answer)).center())

    def read(self, widget: QWidget, place: QPointF) -> str:
        """What is said about a place under the pointer."""
        widget.leaveEvent(None)
        QTest.mouseMove(widget, place.toPoint())
        self.qtbot.waitUntil(lambda: self.tab._hover is not None)  # a real cursor takes its time
        return self.tab.status.text().replace(NO_BREAK, " ")

    def summary(self) -> str:
        return self.tab.summary.text().replace(NO_BREAK, " ")
