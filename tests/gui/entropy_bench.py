"""A bench for the entropy tab: overlapping people, and the curve that its models leave."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.document.state import DocumentState
from engine.metrics import model_metrics
from engine.models import probabilities
from engine.optimum.optimum import Optimum, find_optimum
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.snapshots import LossRecords, Mark
from engine.training_data import TrainingData
from gui.document import Document
from gui.frame import Frame
from gui.plots.entropy.tab import EntropyTab
from tests.gui.lab_bench import LabBench, overlapping_people
from tests.gui.view_fakes import snapshot_of

ROWS = [[0.6, -1.5, 0.2, -0.1, 0.2, 0.8, -0.5, 1.3, -0.4], [0.3, -0.7, 0.1, -0.1, 0.1, 0.4, -0.2, 0.6, -0.2]]
LINE = [[-0.6, 1.1, -0.3], [-0.3, 0.6, 0.2]]
SIZE = (640, 620)


def people_state(n_classes: int = 3, *, equal: bool = False, **settings: object) -> DocumentState:
    """Overlapping people; with `equal` the first two stand at one place with labels of their own."""
    state = overlapping_people(n_classes, first_kg=55.0, apart_kg=26.0, kg_per_cm=0.0, **settings)
    if not equal:
        return state
    rows = state.samples.rows
    heights, weights, labels = rows.height_cm.copy(), rows.weight_kg.copy(), rows.class_index.copy()
    heights[1], weights[1], labels[:2] = heights[0], weights[0], (0, 1)
    return replace(state, samples=Samples.from_columns(heights, weights, labels))


class Bench(LabBench):
    tab_type = EntropyTab

    def __init__(self, qtbot, state: DocumentState | None = None, parameters=None, size=SIZE) -> None:
        super().__init__(qtbot, Document(state or people_state()), size)
        two = len(self.document.state.classes) == 2
        self.parameters = parameters or (LINE if two else ROWS)
        self.show()

    @property
    def data(self) -> TrainingData:
        return TrainingData.of(self.document.state.training_spec())

    def show(self, step: int = 100, marks: tuple[Mark, ...] = (), run_id: int = 1) -> None:
        """Draw the document's models with these parameters, with the curve that they leave."""
        spec, data = self.document.state.training_spec(), self.data
        rows = np.array(self.parameters, dtype=float)[: len(spec.losses)]
        metrics = np.array([model_metrics(spec.model_of(i), row, data) for i, row in enumerate(rows)])
        snapshot = snapshot_of(self.document, step=step, parameters=rows, scaler=data.scaler)
        snapshot = replace(snapshot, metrics=metrics, run_id=run_id)
        steps = np.arange(0, step + 1)
        values = metrics + (1.0 - steps / max(step, 1))[:, None, None] * 0.5
        curve = LossCurve(len(rows))
        curve.append(LossRecords(run_id, steps, values))
        self.frame = Frame(snapshot, curve, True, marks)
        self.tab.show_frame(self.frame)
        self.settle()

    def edit(self) -> None:
        """Draw the frame that follows an edit."""
        self.show(self.frame.snapshot.step)

    def p(self, place: int) -> np.ndarray:
        """Probabilities of a sample by the selected model, worked out here."""
        row = self.interaction.selected_model
        spec, snapshot = self.frame.snapshot.spec, self.frame.snapshot
        design = self.data.design[:, place : place + 1]
        return probabilities(spec.model_of(row), snapshot.parameters[row], design)[:, 0]

    def find_optimum(self) -> Optimum:
        """What the controller finds when it is asked."""
        self.controller.is_optimum_shown = True
        self.controller.optimum = find_optimum(self.document.state.model, self.data)
        self.controller.optimum_changed.emit()
        self.settle()
        return self.controller.optimum

    def hover_strip(self, place: int) -> None:
        self.hover(self.tab.strip, self.tab.strip.bar_rect(place).center())


def numbers(template: str) -> list[float]:
    """The numbers in a formula's template."""
    return [float(part.split("⟧")[0]) for part in template.split("⟦")[1:]]
