"""A bench for the output layer tab: its models, and what the four output layers make of them."""

from __future__ import annotations

import numpy as np

from engine.document.state import DocumentState
from engine.scaling import Standardizer
from gui.document import Document
from gui.plots.output_layer.tab import OutputLayerTab
from tests.gui.lab_bench import LabBench, overlapping_people
from tests.gui.window_driver import WAIT_MS

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
ROWS = [[0.6, -3.0, 0.2, -0.1, 0.2, 1.6, -0.5, 2.8, -0.4], [0.3, -1.5, 0.1, -0.1, 0.1, 0.8, -0.25, 1.4, -0.2]]
LINE = [[-0.9, 2.1, -0.3], [-0.4, 1.0, 0.5]]


class Bench(LabBench):
    tab_type = OutputLayerTab
    scaler = SCALER

    def __init__(self, qtbot, state: DocumentState | None = None, parameters=ROWS, size=(640, 600)) -> None:
        super().__init__(qtbot, Document(state or overlapping_people()), size)
        self.show(parameters)

    @property
    def table(self):
        return self.tab.bars.table

    @property
    def p(self):
        """The probabilities that the bars show, by output layer."""
        return self.table.answers.p

    @property
    def z(self) -> np.ndarray:
        return self.table.answers.logits

    def expected(self, height_cm: float, weight_kg: float, row: int = 0) -> np.ndarray:
        """The model's logits, worked out here."""
        weights = self.frame.snapshot.parameters[row].reshape(-1, 3)
        return weights @ np.array([(height_cm - 168.0) / 9.0, (weight_kg - 72.0) / 14.0, 1.0])

    def maps(self):
        """The newest maps, when they have come."""
        self.tab.feed.wait_until_idle()
        self.qtbot.waitUntil(lambda: self.tab.regions.maps is not None, timeout=WAIT_MS)
        self.settle()
        return self.tab.regions.maps

    def sentence(self) -> str:
        return self.tab.bars.sentence.text().replace("\u2060", "")
