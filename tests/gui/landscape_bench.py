"""A bench for the landscape tab, with the real controller and its threads behind it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.losses import loss_of
from engine.snapshots import Snapshot
from engine.specs import StartSpec
from gui.plots.landscape.panel import LandscapePanel
from gui.plots.landscape.tab import LandscapeTab
from gui.training_controller import TrainingController
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.view_fakes import document_of

START = StartSpec("exact", parameters=(5.0, -5.0, 0.0))


class Stage(LabBench):
    """The tab in front, with the controller of a window."""

    tab_type = LandscapeTab

    def __init__(self, qtbot: QtBot, n_classes: int = 2, **settings: object) -> None:
        start = START if n_classes == 2 else StartSpec()
        document = document_of(n_classes, **{"start": start, **settings})
        super().__init__(qtbot, document, (540, 440), TrainingController(document))
        qtbot.waitUntil(lambda: self.tab.frame is not None)
        self.settle()

    def connect(self) -> None:
        self.controller.frame.connect(lambda frame: self.context.path.take(frame.snapshot))
        self.controller.frame.connect(self.tab.show_frame)

    def close(self) -> None:
        super().close()
        self.controller.close()

    @property
    def panels(self) -> tuple[LandscapePanel, ...]:
        return self.tab.stage.panels

    @property
    def snapshot(self) -> Snapshot:
        """What the tab has drawn."""
        assert self.tab.frame is not None
        return self.tab.frame.snapshot

    @property
    def parameters(self) -> np.ndarray:
        return self.snapshot.parameters

    def settle(self) -> None:
        """Let the document's own models be drawn with their landscapes."""
        self.until(
            lambda: self.snapshot.spec == self.document.state.training_spec() and self.tab.is_up_to_date
        )

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for an answer that comes by itself."""
        self.qtbot.waitUntil(lambda: bool(condition()))

    def chord(self, a: tuple[float, float], b: tuple[float, float], panel: int = 0) -> None:
        """Click two points and wait for what comes of it."""
        for end in (a, b):
            QTest.mouseClick(self.panels[panel], LEFT, pos=self.pixel(*end, panel))
        self.until(lambda: self.tab.stage.chord_area.chords)

    def see(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: text in self.tab.stage.hint.text)

    def pixel(self, u: float, v: float, panel: int = 0) -> QPoint:
        return self.panels[panel].pixel_of(u, v).toPoint()

    def step(self, count: int) -> None:
        target = self.snapshot.step + count
        for _ in range(count):
            self.controller.step_forward()
        self.until(lambda: self.snapshot.step == target)
        self.settle()

    def click_at(self, u: float, v: float, panel: int = 0) -> None:
        """Click a point of a landscape and wait for the new run."""
        run = self.snapshot.run_id
        QTest.mouseClick(self.panels[panel], LEFT, pos=self.pixel(u, v, panel))
        self.until(lambda: self.snapshot.run_id != run)
        self.settle()


def drag(panel: LandscapePanel, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(panel, button, pos=start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(panel, start + (end - start) * share)
    QTest.mouseRelease(panel, button, pos=end)


def own_loss(stage: Stage, loss: str, row: np.ndarray) -> float:
    """A loss over the document's samples, from its formula."""
    snapshot = stage.snapshot
    assert stage.tab.subject is not None
    data = stage.tab.subject.ground.data()
    model = snapshot.spec.model
    z = row.reshape(-1, 3) @ data.design
    return float(loss_of(model.kind, loss).value_and_gradient(z, data.class_index)[0].mean())
