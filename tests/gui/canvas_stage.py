"""A canvas on a stage: a small document, a model with exact weights, a mouse that points in cm and kg."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.decision_regions import probability_grid
from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.snapshots import Snapshot
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.frame import Frame
from gui.interaction import Interaction
from gui.theme import Appearance

HEIGHTS_CM = [150.0, 160.0, 170.0, 180.0]
WEIGHTS_KG = [50.0, 80.0, 60.0, 90.0]
CLASS_INDEX = [0, 1, 0, 1]


def class_infos(count: int) -> tuple[ClassInfo, ...]:
    return tuple(ClassInfo(index, color=index, marker=MARKERS[index]) for index in range(count))


class Stage:
    """A shown canvas of 600 x 500 px with its document and interaction, and acts on it in cm and kg."""

    def __init__(self, qtbot, samples: Samples | None = None, n_classes: int = 2, **settings: object) -> None:
        if samples is None:
            samples = Samples.from_columns(HEIGHTS_CM, WEIGHTS_KG, CLASS_INDEX)
        state = DocumentState(samples, class_infos(n_classes), Settings(**settings))
        self.document = Document(state)
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.appearance.set_mode("light")
        self.view = CanvasView(self.document, self.interaction, self.appearance)
        qtbot.addWidget(self.view, before_close_func=lambda view: view.close_jobs())
        self.requests: list[object] = []
        self.view.regions_requested.connect(self.requests.append)
        self.view.resize(600, 500)
        with qtbot.waitExposed(self.view):
            self.view.show()

    @property
    def rows(self):
        return self.document.state.samples.rows

    def px(self, height_cm: float, weight_kg: float) -> QPoint:
        return self.view.viewport.point(height_cm, weight_kg).toPoint()

    def sample_px(self, sample_id: int) -> QPoint:
        rows = self.document.state.samples.select([sample_id])
        return self.px(float(rows.height_cm[0]), float(rows.weight_kg[0]))

    def press(self, at: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mousePress(self.view, Qt.MouseButton.LeftButton, modifiers, at)

    def move(self, to: QPoint) -> None:
        QTest.mouseMove(self.view, to)

    def release(self, at: QPoint) -> None:
        QTest.mouseRelease(self.view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def click(self, at: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.mouseClick(self.view, Qt.MouseButton.LeftButton, modifiers, at)

    def drag(self, start: QPoint, *places: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        self.press(start, modifiers)
        for place in places:
            self.move(place)
        self.release(places[-1])

    def key(self, key: Qt.Key, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def wheel(self, at: QPoint, notches: int, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
        QApplication.sendEvent(
            self.view,
            QWheelEvent(
                QPointF(at), QPointF(self.view.mapToGlobal(at)), QPoint(), QPoint(0, 120 * notches),
                Qt.MouseButton.NoButton, modifiers, Qt.ScrollPhase.NoScrollPhase, False,
            ),
        )  # fmt: skip

    def right_click(self, at: QPoint):
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, self.view.mapToGlobal(at))
        QApplication.sendEvent(self.view, event)
        return self.view.menu

    def show_model(self, *rows_cm_kg: object, step: int = 0) -> Snapshot:
        """Show models whose weights in cm and kg are given: one (outputs, 3) array a model."""
        spec = self.document.state.training_spec()
        parameters = np.array([np.ravel(rows) for rows in rows_cm_kg], dtype=np.float64)
        parameters.flags.writeable = False
        regions = None
        if self.requests:
            request = self.requests[-1]
            row = parameters[request.model_index]
            regions = probability_grid(spec.model, row, Standardizer.identity(), request)
        snapshot = Snapshot(
            run_id=1, data_revision=spec.data_revision, step=step, fork_step=0, last_step=step, epoch=0.0,
            spec=spec, scaler=Standardizer.identity(), parameters=parameters,
            metrics=np.zeros((len(parameters), 3)), playing=True, steps_per_second=0.0, regions=regions,
        )  # fmt: skip
        self.view.show_frame(Frame(snapshot, LossCurve(), False, ()))
        return snapshot

    def color_at(self, point: QPoint):
        return self.view.grab().toImage().pixelColor(point)
