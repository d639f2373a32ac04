"""A bench for the maximum likelihood tab: its boxes, and p from the formula."""

from __future__ import annotations

import numpy as np

from engine.activations import sigmoid
from engine.training_data import TrainingData
from gui.plots.maximum_likelihood.tab import MaximumLikelihoodTab
from tests.gui.lab_bench import LabBench, document_in_turn, settle_layout

SCALER = LabBench.scaler
WEIGHTS = [[0.4, 1.5, -0.3], [-0.8, 0.6, 0.1]]


class Bench(LabBench):
    tab_type = MaximumLikelihoodTab

    def __init__(self, qtbot, n_classes=2, parameters=None, size=(640, 560), count=60, **settings) -> None:
        super().__init__(qtbot, document_in_turn(count, n_classes, **settings), size)
        if parameters is None and n_classes == 2:
            parameters = WEIGHTS
        self.show(parameters)

    def settle(self) -> None:
        settle_layout(self.tab)  # the tests have the texts written when they read them

    def choose(self, box: str, key: str) -> None:
        self.pick(self.tab.strip.boxes[box].combo, key)

    def text(self, box: str) -> str:
        self.tab._strip_texts.run_now()
        one = self.tab.strip.boxes[box]
        return one.value.template + one.text.text() + one.formula.template

    @property
    def keys(self) -> tuple[str, str, str]:
        boxes = self.tab.strip.boxes
        return tuple(boxes[name].combo.key for name in ("data", "distribution", "nll"))

    def own_p(self) -> np.ndarray:
        """p of each sample, from the formula."""
        data = TrainingData.of(self.frame.snapshot.spec, SCALER)
        return sigmoid(np.array(WEIGHTS[0]) @ data.design)
