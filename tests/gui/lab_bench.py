"""A bench for the lab's instruments: a shown tab with a document, and the hands that work on it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.samples import Samples
from engine.scaling import Standardizer
from gui.document import Document
from gui.interaction import Interaction
from gui.plots.lab_tab import LabContext, LabTab
from gui.theme import Appearance
from gui.throttle import Throttle
from gui.widgets.controls import PanelCombo
from tests.gui.view_fakes import KEYS, FakeController, document_of, frame_of
from tests.gui.window_driver import groove_point, handle_center

LEFT = Qt.MouseButton.LeftButton
MOST_ROUNDS = 100
"""A layout that has not come to rest after so many rounds of events never does."""


class LabBench:
    """A shown tab with a document, and the frame that it draws.

    A test's own bench names its tab and adds what is special to its instrument. The tab stands in a host
    that has no layout, so that it may be made smaller than it wants to be.
    """

    tab_type: type[LabTab]
    starts_in_front = True
    scaler = Standardizer(165.0, 65.0, 8.0, 10.0)

    def __init__(
        self,
        qtbot: QtBot,
        document: Document,
        size: tuple[int, int] = (640, 600),
        controller: QObject | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.document = document
        self.interaction = Interaction(document)
        self.controller = FakeController() if controller is None else controller
        self.appearance = Appearance()
        self.appearance.set_mode("light")
        self.context = LabContext(document, self.interaction, self.controller, self.appearance)
        self.host = QWidget()
        self.tab = self.tab_type(self.context, self.host)
        qtbot.addWidget(self.host, before_close_func=lambda host: self.close())  # keeps the bench until then
        self.connect()
        self.resize(*size)
        with qtbot.waitExposed(self.host):
            self.host.show()
        self.tab.set_active(self.starts_in_front)

    def connect(self) -> None:
        """Connect the tab with what else it needs, before the first event."""

    def close(self) -> None:
        """End what works in the background."""
        self.tab.close_jobs()

    def resize(self, width: int, height: int) -> None:
        self.host.resize(width, height)
        self.tab.resize(width, height)
        settle_layout(self.tab)

    def draw(self, parameters: object = None, **keys: object) -> None:
        """Draw the document's models with these parameters."""
        self.frame = frame_of(self.document, parameters=parameters, **{"scaler": self.scaler, **keys})
        self.tab.show_frame(self.frame)

    def show(self, parameters: object = None, **keys: object) -> None:
        """Draw them, and wait for all that comes of it."""
        self.draw(parameters, **keys)
        self.settle()

    def settle(self) -> None:
        """Wait for what changes only so often, as texts do, and for the places that come of it."""
        settle_layout(self.tab)
        waiting = self.tab.findChildren(Throttle)
        self.qtbot.waitUntil(lambda: not any(throttle.pending for throttle in waiting))
        settle_layout(self.tab)

    def press(self, button: QAbstractButton) -> None:
        QTest.mouseClick(button, LEFT)
        self.settle()

    def page(self, name: str) -> None:
        self.press(self.tab.page_switch.button(name))

    def click(self, widget: QWidget, place: QPointF) -> None:
        QTest.mouseClick(widget, LEFT, pos=place.toPoint())

    def hover(self, widget: QWidget, place: QPointF) -> None:
        """Come to a place from the corner."""
        QTest.mouseMove(widget, QPoint(1, 1))
        QTest.mouseMove(widget, place.toPoint())
        self.settle()

    def drag(self, slider: QSlider, *shares: float) -> None:
        """Take a slider's handle along its groove."""
        QTest.mousePress(slider, LEFT, pos=handle_center(slider))
        for share in shares:
            QTest.mouseMove(slider, groove_point(slider, share))
        QTest.mouseRelease(slider, LEFT, pos=groove_point(slider, shares[-1]))
        self.settle()

    def pick(self, combo: PanelCombo, key: str) -> None:
        """Pick from a list with the keyboard, as a person without a mouse does."""
        combo.setFocus()
        way = combo.findData(key) - combo.currentIndex()
        for _ in range(abs(way)):
            QTest.keyClick(combo, Qt.Key.Key_Down if way > 0 else Qt.Key.Key_Up)


def settle_layout(root: QWidget) -> None:
    """Handle events until two rounds of them have moved, shown or hidden nothing in `root`.

    One round is not enough: a layout asks for that of its parent, lines of text give a height only once
    they have a width, and a scrolled page has its height later still.
    """
    places, quiet = None, 0
    for _ in range(MOST_ROUNDS):
        QApplication.processEvents()
        before, places = places, [
            (widget, widget.geometry(), widget.isVisible()) for widget in root.findChildren(QWidget)
        ]  # fmt: skip
        quiet = quiet + 1 if places == before else 0
        if quiet == 2:
            return
    raise AssertionError("the layout does not come to rest")


def turn_wheel(widget: QWidget, place: QPoint | QPointF, notches: int) -> None:
    """Turn the wheel over a place of a widget; away from the person is positive."""
    at = QPointF(place)
    event = QWheelEvent(
        at, widget.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def overlapping_people(
    n_classes: int = 3,
    n: int = 60,
    *,
    first_kg: float = 50.0,
    apart_kg: float = 44.0,
    kg_per_cm: float = 0.6,
    held_out: float = 0.0,
    label_set: np.ndarray | None = None,
    **settings: object,
) -> DocumentState:
    """People by chance, heavier from class to class by `apart_kg` in all; a share of them held out."""
    generator = np.random.default_rng(6)
    labels = generator.integers(0, n_classes, n)
    heights = generator.normal(168.0, 9.0, n)
    apart = apart_kg * labels / (n_classes - 1)
    weights = first_kg + kg_per_cm * (heights - 168.0) + apart + generator.normal(0, 9, n)
    mask = generator.random(n) < held_out
    keys = KEYS.get(n_classes, ("class",) * n_classes)
    classes = tuple(ClassInfo(10 + i, keys[i], None, i, MARKERS[i]) for i in range(n_classes))
    model = "logistic" if n_classes == 2 else "softmax"
    samples = Samples.from_columns(heights, weights, labels, mask, label_set=label_set)
    return DocumentState(samples, classes, Settings(**{"model": model, **settings}))


def people_in_turn(count: int, n_classes: int = 2) -> Samples:
    """People on a lattice, of one class after another."""
    numbers = np.arange(count)
    return Samples.from_columns(155.0 + numbers % 23, 50.0 + (numbers * 7) % 31, numbers % n_classes)


def document_in_turn(count: int, n_classes: int = 2, **settings: object) -> Document:
    """A document with people on a lattice."""
    document = document_of(n_classes, **settings)
    samples = people_in_turn(count, n_classes)
    document.replace(replace(document.state, samples=samples), "people")
    return document
