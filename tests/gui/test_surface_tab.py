"""The surface tab: its two boxes follow training, model, threshold and hands."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.frame import Frame
from gui.i18n import Language
from gui.plots.instrument import Instrument, InstrumentGroup
from gui.plots.lab_area import LabArea
from gui.plots.scene3d.camera import BOX_HEIGHT, Camera
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField
from gui.plots.surface.controls import MOST_STEEP
from gui.plots.surface.model import GRID, MOVING_GRID, STEP
from gui.plots.surface.tab import SurfaceTab
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.view_fakes import curve_of, document_of, keep, snapshot_of

ROW = [-1.89, 3.0, -0.52]
OTHER_ROW = [5.24, -0.36, -2.3]
SOFTMAX_ROWS = [1.2, -2.0, 0.3, 0.1, 0.4, 0.5, -1.3, 1.6, -0.8]


class Stage(LabBench):
    """The tab in front with a document, driven by clicks."""

    tab_type = SurfaceTab
    starts_in_front = False

    def __init__(self, qtbot: QtBot, n_classes: int = 2, width: int = 520, **settings: object) -> None:
        super().__init__(qtbot, document_of(n_classes, **settings), (width, 380))

    def show(self, *rows: object, playing: bool = False) -> None:
        """Bring the tab to the front with models of these parameters; the turns of its boxes still come."""
        self.draw(rows or None, playing=playing)
        if not self.tab.is_active:
            self.tab.set_active(True)

    @property
    def hill(self):
        return self.tab.hill_box.view

    @property
    def cliff(self):
        return self.tab.step_box.view

    def heights(self) -> np.ndarray:
        """p of the hill at some places of the floor."""
        x = np.linspace(-0.4, 0.4, 7)
        return self.hill.content.surface.height_at(x, 0.3 * x) / BOX_HEIGHT

    def choose(self, mode: str) -> None:
        QTest.mouseClick(self.tab.head.mode_switch.button(mode), LEFT)


def test_it_shows_the_selected_models_cliff_and_hill(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, OTHER_ROW)
    assert isinstance(stage.cliff.content.surface, CliffField)
    assert isinstance(stage.hill.content.surface, RidgeField)
    first = stage.heights()
    qtbot.waitUntil(lambda: stage.tab.head.owner_label.text() == "trained on BCE")
    stage.interaction.set_selected_model(1)
    assert not np.allclose(first, stage.heights())
    qtbot.waitUntil(lambda: stage.tab.head.owner_label.text() == "trained on MSE")


def test_it_follows_training_only_while_in_front(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    before = stage.heights()
    stage.show(OTHER_ROW, ROW)
    qtbot.waitUntil(lambda: not np.allclose(stage.heights(), before))
    shown = stage.heights()
    stage.tab.set_active(False)
    stage.tab.show_frame(Frame(snapshot_of(stage.document, parameters=[ROW, ROW]), curve_of(), True, ()))
    stage.tab.set_steepness(2.0)
    QCoreApplication.processEvents()
    assert stage.heights() == pytest.approx(shown)


def test_in_training_the_boxes_take_turns_and_the_last_frame_reaches_both(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    drawn = {view: view.content for view in (stage.hill, stage.cliff)}
    turns = []
    for divisor in (2.0, 3.0, 4.0, 5.0):
        newest = [value / divisor for value in ROW]
        stage.show(newest, ROW)
        turns += [view for view, content in drawn.items() if view.content is not content]
        drawn = {view: view.content for view in drawn}
    assert turns == [stage.hill, stage.cliff, stage.hill, stage.cliff]
    before = stage.heights()
    qtbot.waitUntil(lambda: not np.allclose(stage.heights(), before))
    other = Stage(qtbot)
    other.show(newest, ROW)
    assert stage.heights() == pytest.approx(other.heights())


def test_a_curved_surface_is_coarser_while_it_moves_and_fine_again_at_rest(qtbot: QtBot) -> None:
    stage = Stage(qtbot, n_classes=3)
    stage.show(SOFTMAX_ROWS, SOFTMAX_ROWS, playing=True)
    for grid, playing in ((GRID, False), (MOVING_GRID, True), (GRID, False)):
        stage.show(SOFTMAX_ROWS, SOFTMAX_ROWS, playing=playing)
        qtbot.waitUntil(lambda count=(grid - 1) ** 2: len(stage.hill.content.surface.facets.corners) == count)


def test_with_another_model_the_change_from_plane_to_hill_waits_for_its_frame(qtbot: QtBot) -> None:
    stage = Stage(qtbot, model="absolute")
    rows = [*ROW, *(-value for value in ROW)]
    stage.show(rows)
    former = stage.tab.frame
    stage.document.change_settings(model="logistic")
    stage.choose("morph")
    assert stage.tab.mode == "morph"
    stage.tab.show_frame(former)  # one of the former model, whose shares are not of one logit
    assert stage.hill.content is None
    stage.show(ROW)
    assert len(stage.hill.content.points)


def test_the_steepness_goes_to_the_cliff(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    slider = stage.tab.sliders.steep_slider
    end = QPoint(slider.width() - 1, slider.height() // 2)
    QTest.mouseClick(slider, LEFT, pos=end)
    assert stage.tab.steepness == STEP
    assert stage.tab.sliders.steep_value.text() == "k = ∞"
    qtbot.waitUntil(lambda: isinstance(stage.hill.content.surface, CliffField))
    assert stage.tab.hill_box.name.text() == stage.tab.step_box.name.text()
    stage.tab.set_steepness(1.0)
    qtbot.waitUntil(lambda: isinstance(stage.hill.content.surface, RidgeField))


def test_plane_and_hill_are_one_box_with_a_slider_between_them(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    stage.choose("morph")
    assert stage.tab.mode == "morph"
    assert not stage.tab.step_box.isVisible()
    assert not stage.tab.readout.isVisible()
    assert stage.hill.content.axes.right is not None
    slider = stage.tab.sliders.morph_slider
    QTest.mouseClick(slider, LEFT, pos=QPoint(1, slider.height() // 2))
    assert stage.tab.share == 0.0
    x = np.linspace(-0.4, 0.4, 7)
    qtbot.waitUntil(lambda: np.allclose(np.diff(stage.heights(), 2), 0.0, atol=1e-12))
    assert np.ptp(stage.heights()) > 0.1
    assert len(x) == 7
    stage.choose("steep")
    assert stage.tab.step_box.isVisible()


def test_turning_one_box_turns_the_other(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    view = stage.hill
    QTest.mousePress(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(80, 60))
    QTest.mouseMove(view, QPoint(130, 80))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(130, 80))
    assert stage.hill.camera != Camera()
    assert stage.cliff.camera == stage.hill.camera


def test_hovering_is_linked_both_ways(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    stage.hill.grab()
    qtbot.waitUntil(lambda: bool(stage.tab.readout.text()))  # the layout stands still from here
    stage.hill.grab()
    spots = stage.hill.spots
    aim = spots[-1].pixel.toPoint()
    QTest.mouseMove(stage.hill, aim)
    near = {spot.point_id for spot in spots if (spot.pixel - aim).manhattanLength() <= 3}
    assert stage.interaction.hovered_id in near
    stage.interaction.set_hovered_id(5)
    qtbot.waitUntil(lambda: any(note.strong for note in stage.hill.content.notes))
    plain = stage.cliff.grab().toImage()
    stage.interaction.set_hovered_id(None)
    qtbot.waitUntil(lambda: not any(note.strong for note in stage.cliff.content.notes))
    assert stage.cliff.grab().toImage() != plain


def test_the_readout_takes_the_hovered_persons_height(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    qtbot.waitUntil(lambda: "step 0\u00a0% → 100\u00a0%" in stage.tab.readout.text())
    rows = stage.document.state.samples.rows
    tall = int(rows.sample_id[rows.height_cm.argmin()])
    stage.interaction.set_hovered_id(tall)
    qtbot.waitUntil(lambda: f"at {rows.height_cm.min():.1f} cm" in stage.tab.readout.text())


def test_where_two_boxes_do_not_fit_there_is_one(qtbot: QtBot) -> None:
    stage = Stage(qtbot, width=320)
    stage.show(ROW, ROW)
    assert not stage.tab.step_box.isVisible()
    assert stage.hill.content is not None
    stage.resize(560, 380)
    qtbot.waitUntil(lambda: stage.tab.step_box.isVisible())
    assert isinstance(stage.cliff.content.surface, CliffField)


def test_where_height_is_scarce_slider_and_readout_stand_beside_the_box(qtbot: QtBot) -> None:
    stage = Stage(qtbot, width=420)
    stage.show(ROW, ROW)
    qtbot.waitUntil(lambda: bool(stage.tab.readout.text()))
    assert (
        stage.tab.readout.y() + stage.tab.readout.parentWidget().y() > stage.tab.hill_box.geometry().bottom()
    )
    stage.resize(420, 230)
    foot = stage.tab.readout.parentWidget()
    qtbot.waitUntil(lambda: foot.x() > stage.tab.hill_box.geometry().right())
    assert not stage.tab.hill_box.formula.isVisible()
    stage.choose("morph")
    qtbot.waitUntil(lambda: foot.y() > stage.tab.hill_box.geometry().bottom())


def test_several_classes_have_a_list_to_choose_from(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    stage.show(SOFTMAX_ROWS, SOFTMAX_ROWS)
    assert not stage.tab.head.mode_switch.isVisible()
    combo = stage.tab.head.class_combo
    assert [combo.itemText(row) for row in range(3)] == ["underweight", "normal", "overweight"]
    assert combo.key == "2"
    last = stage.heights()
    combo.setFocus()
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    qtbot.waitUntil(lambda: not np.allclose(stage.heights(), last))
    assert isinstance(stage.hill.content.surface, HeightField)
    assert stage.tab.hill_box.name.text() == "Softmax"


def test_another_number_of_classes_changes_the_tab_and_its_sentences(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    stage.tab.set_steepness(MOST_STEEP)
    surface = Instrument("surface", str, str, lambda _context: stage.tab)
    area = LabArea([InstrumentGroup(str, (surface,))], stage.tab.context)
    keep(qtbot, area, stage)
    area.show()
    assert "flat plane" in area.explanation.text()
    stage.document.add_class()
    assert "softmax" in area.explanation.text()
    assert stage.tab.steepness < MOST_STEEP
    assert stage.hill.content is None  # the models of three classes are not there yet
    stage.show(SOFTMAX_ROWS, SOFTMAX_ROWS)
    stage.tab.set_active(True)
    qtbot.waitUntil(lambda: stage.hill.content is not None)


def test_hidden_layers_are_said_to_bend_the_logit(qtbot: QtBot) -> None:
    stage = Stage(qtbot, model="mlp", hidden=(4,))
    parameters = np.random.default_rng(1).normal(0.0, 1.5, 3 * 4 + 5)
    snapshot = replace(snapshot_of(stage.document), parameters=np.tile(parameters, (2, 1)))
    stage.tab.show_frame(Frame(snapshot, curve_of(), True, ()))
    stage.tab.set_active(True)
    assert isinstance(stage.hill.content.surface, HeightField)
    assert "no plane" in stage.tab.explanation()
    assert stage.tab.head.mode_switch.button("morph").text() == "Logit and hill"
    assert not stage.tab.readout.isVisible()
    stage.document.change_settings(model="logistic")
    assert "flat plane" in stage.tab.explanation()


def test_numbers_that_are_not_finite_draw_nothing(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    assert stage.hill.content is not None
    stage.show([math.inf, 1.0, 0.0], ROW)
    qtbot.waitUntil(lambda: stage.hill.content is None)


def test_the_threshold_moves_the_line(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    before = stage.hill.content.lines[0].pieces
    stage.document.change_settings(threshold=0.9)
    qtbot.waitUntil(lambda: not np.array_equal(stage.hill.content.lines[0].pieces, before))


def test_it_follows_theme_scale_and_language(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(ROW, ROW)
    light = stage.hill.content.points[0].fill
    stage.appearance.set_mode("dark")
    assert stage.hill.content.points[0].fill != light
    stage.appearance.set_scale_percent(150)
    stage.hill.grab()
    language = Language()
    language.set_code("ko")
    QCoreApplication.sendEvent(stage.tab, QEvent(QEvent.Type.LanguageChange))
    korean = stage.hill.content.axes.x.title
    language.set_code("en")
    QCoreApplication.sendEvent(stage.tab, QEvent(QEvent.Type.LanguageChange))
    assert stage.hill.content.axes.x.title == "height (cm)"
    assert korean != "height (cm)"
