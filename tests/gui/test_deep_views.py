"""Networks with hidden layers, and the step, in the picture, the weights, the status bar and the strip."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from engine.hidden.units import unit_maps
from engine.models import logits
from engine.snapshots import Mistakes, RegionRequest
from engine.specs import OptimizerSpec
from gui.canvas.unit_maps import COLUMNS, ROWS, UnitMapStrip
from gui.frame import Frame
from gui.interaction import Interaction
from gui.panels.deep_layout import deep_edge_width, deep_layout
from gui.panels.deep_picture import unit_words
from gui.panels.network_view import NetworkView
from gui.panels.status_readout import StatusReadout
from gui.panels.weights_panel import WeightsPanel
from gui.theme import Appearance
from tests.gui.deep_examples import SMALL, SMALL_ROW, small_document
from tests.gui.view_fakes import curve_of, document_of, frame_of, keep, snapshot_of

REGION = RegionRequest(140.0, 200.0, 40.0, 120.0, 90, 60, 0)


class Stage:
    def __init__(self, qtbot, make, document=None) -> None:
        self.document = small_document() if document is None else document
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.qtbot = qtbot
        needs_document = make is not UnitMapStrip
        arguments = (self.document,) if needs_document else ()
        self.view = make(*arguments, self.interaction, self.appearance)
        keep(qtbot, self.view, self)
        self.view.resize(420, 220)
        self.view.show()

    def show(self, parameters: object = None, **keys: object) -> None:
        rows = [SMALL_ROW, SMALL_ROW] if parameters is None else parameters
        self.view.show_frame(frame_of(self.document, parameters=rows, **keys))


# --- the picture ------------------------------------------------------------------------------------


def test_the_picture_has_every_layer_and_the_activation(qtbot):
    stage = Stage(qtbot, NetworkView)
    stage.show()
    picture = stage.view.picture
    assert picture.weights == (SMALL[:3], SMALL[3:])
    assert picture.hidden == (3,)
    assert picture.activation == "tanh"
    assert picture.units == ()
    assert picture.info.key == "needs_diet"


def test_a_persons_numbers_flow_through_every_unit(qtbot):
    stage = Stage(qtbot, NetworkView)
    stage.show()
    stage.interaction.set_pointer((173.0, 75.0))  # z-scores 1 and 1
    qtbot.waitUntil(lambda: bool(stage.view.picture.units))
    picture = stage.view.picture
    hidden = [math.tanh(2.5), math.tanh(-1.0), math.tanh(2.0)]
    assert picture.units == (pytest.approx(hidden),)
    z = 3.0 * hidden[0] - 2.0 * hidden[1] + hidden[2] + 0.25
    assert picture.total.value == f"{z:.2f}"
    assert picture.share == pytest.approx(1.0 / (1.0 + math.exp(-z)))


def test_a_unit_under_the_mouse_stands_out_and_tells_its_numbers(qtbot):
    stage = Stage(qtbot, NetworkView)
    stage.show()
    canvas = stage.view.canvas
    layout = deep_layout(QRectF(canvas.rect()).adjusted(1, 1, -1, -1), (3,), stage.appearance.theme.scale)
    QTest.mouseMove(canvas, layout.hidden[0][1].center().toPoint())
    qtbot.waitUntil(lambda: stage.view.picture.hovered == (1, 1))
    assert unit_words(stage.view.picture, (1, 1)) == "Hidden layer 1, unit 2\nw = (0.00, -1.00)  b = 0.00"
    assert unit_words(stage.view.picture, (2, 0)).startswith("Output node\nw = (3.00, -2.00, 1.00)")
    QTest.mouseMove(canvas, QPoint(1, 1))
    qtbot.waitUntil(lambda: stage.view.picture.hovered is None)


@pytest.mark.parametrize("units", [(1,), (8, 8), (16, 16, 16)])
@pytest.mark.parametrize("size", [(400.0, 170.0), (230.0, 124.0), (900.0, 500.0)])
def test_nodes_never_overlap_and_stay_inside(units, size):
    area = QRectF(0.0, 0.0, *size)
    layout = deep_layout(area, units, 1.0)
    boxes = [box for column in layout.columns for box in column] + [layout.output]
    assert all(area.contains(box) for box in boxes)
    assert all(box.height() >= 4.0 and box.width() >= 12.0 for box in boxes)
    for number, box in enumerate(boxes):
        assert not any(box.intersects(other) for other in boxes[number + 1 :])
    assert all(area.contains(box) for box in layout.captions)


def test_edges_grow_with_their_weights_up_to_a_limit():
    widths = [deep_edge_width(weight, 1.0, 16) for weight in (0.0, -0.5, 1.0, 4.0, 1e9, math.inf)]
    assert widths == sorted(widths)
    assert widths[-2] == widths[-1]
    assert deep_edge_width(4.0, 1.0, 256) < deep_edge_width(4.0, 1.0, 16)


def test_the_steps_picture_names_it_and_gives_certainty(qtbot):
    stage = Stage(qtbot, NetworkView, document_of(2, model="step"))
    stage.show([[0.0, 1.0, 0.0]])
    assert stage.view.picture.activation == "step"
    stage.interaction.set_pointer((173.0, 75.0))
    qtbot.waitUntil(lambda: stage.view.picture.outputs[0].value == "100 %")
    stage.interaction.set_pointer((173.0, 55.0))
    qtbot.waitUntil(lambda: stage.view.picture.outputs[0].value == "0 %")


# --- the weights ------------------------------------------------------------------------------------


def test_the_panel_tells_the_shape_and_shows_a_layer_at_a_time(qtbot):
    stage = Stage(qtbot, WeightsPanel)
    stage.show()
    deep = stage.view.deep
    assert deep.isVisible()
    assert deep.shape.text() == "2-3-1, 13 parameters"
    assert deep.table.values == SMALL[:3]
    assert deep.table.columns == ("height", "weight", "b")
    assert [deep.layers.button(key).isVisible() for key in "0123"] == [True, True, False, False]
    QTest.mouseClick(deep.layers.button("1"), Qt.MouseButton.LeftButton)
    assert deep.table.values == SMALL[3:]
    assert deep.table.columns == ("a1", "a2", "a3", "b")
    assert stage.view.formulas == []


def test_the_tables_numbers_are_the_selected_models(qtbot):
    stage = Stage(qtbot, WeightsPanel)
    other = [number + 1.0 for number in SMALL_ROW]
    stage.show([SMALL_ROW, other])
    QTest.mouseClick(stage.view.deep.names[1], Qt.MouseButton.LeftButton)
    assert stage.interaction.selected_model == 1
    assert stage.view.deep.table.values[0] == (3.0, 1.0, 1.5)


def test_eight_eight_has_105_parameters(qtbot):
    document = document_of(2, model="mlp", hidden=(8, 8), loss_mode="mse")
    stage = Stage(qtbot, WeightsPanel, document)
    stage.show(np.zeros((1, 105)))
    assert stage.view.deep.shape.text() == "2-8-8-1, 105 parameters"
    assert [name.isVisible() for name in stage.view.deep.names] == [True, False]


def test_the_copied_text_gives_the_logit_by_hand(qtbot):
    stage = Stage(qtbot, WeightsPanel)
    numbers = np.random.default_rng(3).normal(size=13)
    stage.show([numbers, numbers])
    stage.view.copy_text()
    text = QGuiApplication.clipboard().text()
    mean_cm, std_cm, mean_kg, std_kg = map(
        float, re.findall(r"- (\S+)\) / (\S+)\n?", text)[0] + re.findall(r"- (\S+)\) / (\S+)", text)[1]
    )
    first = text.split("\n\n")[1]
    rows = [
        list(map(float, line.split("\t")[1:])) for line in first.splitlines() if re.match(r"[\dz]\t", line)
    ]
    cm, kg = 181.5, 92.25
    inputs = [(cm - mean_cm) / std_cm, (kg - mean_kg) / std_kg]
    hidden = [math.tanh(row[0] * inputs[0] + row[1] * inputs[1] + row[2]) for row in rows[:3]]
    z = sum(weight * unit for weight, unit in zip(rows[3][:3], hidden, strict=True)) + rows[3][3]
    snapshot = snapshot_of(stage.document, parameters=[numbers, numbers])
    design = np.array([[inputs[0]], [inputs[1]], [1.0]])
    assert z == pytest.approx(float(logits(snapshot.spec.model, numbers, design)[0, 0]), abs=1e-12)


def test_formulas_come_back_with_a_model_that_has_a_line(qtbot):
    stage = Stage(qtbot, WeightsPanel)
    stage.show()
    stage.document.change_settings(model="logistic")
    stage.show([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert not stage.view.deep.isVisible()
    assert len(stage.view.formulas) == 2


def test_a_line_of_the_step_is_at_z_0_whatever_the_threshold(qtbot):
    document = document_of(2, model="step", threshold=0.9)
    stage = Stage(qtbot, WeightsPanel, document)
    stage.show([[0.0, 1.0, 0.0]])
    assert stage.view.formulas[0][2] == "line: kg = 0.0000 cm + 65.0"


# --- the status bar ---------------------------------------------------------------------------------


def readout_text(stage: Stage, words: str) -> str:
    stage.view.resize(1400, 26)
    stage.qtbot.waitUntil(lambda: words in stage.view.text)
    return stage.view.text


def test_hidden_layers_have_probability_odds_and_logit(qtbot):
    stage = Stage(qtbot, StatusReadout)
    stage.show()
    stage.interaction.set_pointer((173.0, 75.0))
    text = readout_text(stage, "173.0 cm")
    assert "logit 5.70" in text
    assert "odds 298 : 1" in text
    assert "BCE 0.236" in text


@pytest.mark.parametrize(("weight_kg", "words"), [(75.0, ("100 %", "odds ∞ : 1", "logit 1.00")),
                                                 (55.0, ("0 %", "odds 0 : 1", "logit -1.00"))])  # fmt: skip
def test_the_step_is_certain_and_its_gradient_is_0(qtbot, weight_kg, words):
    stage = Stage(qtbot, StatusReadout, document_of(2, model="step"))
    stage.show([[0.0, 1.0, 0.0]])
    stage.interaction.set_pointer((173.0, weight_kg))
    text = readout_text(stage, "173.0 cm")
    assert all(word in text for word in words)
    assert "gradient 0" in text


def test_mistakes_of_the_rule_and_an_infinite_loss_are_shown(qtbot):
    document = document_of(2, model="step", optimizer=OptimizerSpec("perceptron"))
    stage = Stage(qtbot, StatusReadout, document)
    snapshot = replace(
        snapshot_of(document, parameters=[[0.0, 1.0, 0.0]]),
        metrics=np.array([[np.inf, 0.25, 0.25]]),
        mistakes=(Mistakes(epoch=2, so_far=3, last_epoch=7),),
    )
    stage.view.show_frame(Frame(snapshot, curve_of(1, 1), True, ()))
    text = readout_text(stage, "mistakes")
    assert "mistakes 3 · last epoch 7" in text
    assert "BCE ∞" in text
    assert "gradient" not in text


# --- the strip --------------------------------------------------------------------------------------


def strip_of(qtbot, document=None) -> Stage:
    stage = Stage(qtbot, UnitMapStrip, document)
    stage.view.show_region(REGION)
    return stage


def test_the_strip_maps_every_unit_over_what_the_canvas_shows(qtbot):
    stage = strip_of(qtbot)
    stage.show()
    qtbot.waitUntil(lambda: len(stage.view.maps) == 1)
    assert stage.view.maps[0].shape == (3, ROWS, COLUMNS)
    snapshot = snapshot_of(stage.document, parameters=[SMALL_ROW, SMALL_ROW])
    request = RegionRequest(140.0, 200.0, 40.0, 120.0, COLUMNS, ROWS, 0)
    wanted = unit_maps(snapshot.spec.model, snapshot.parameters[0], snapshot.scaler, request)
    assert np.array_equal(stage.view.maps[0], wanted[0])


def test_a_map_is_orange_where_its_unit_is_high_and_the_right_way_up(qtbot):
    stage = strip_of(qtbot)
    stage.appearance.set_mode("light")
    stage.show()
    qtbot.waitUntil(lambda: len(stage.view.maps) == 1)
    picture = stage.view.grab().toImage()
    ratio = picture.devicePixelRatio()

    def color(unit: int, across: float, down: float):
        rect = stage.view.map_rect(0, unit)
        point = QPointF(rect.left() + across * rect.width(), rect.top() + down * rect.height())
        return picture.pixelColor((point * ratio).toPoint())

    assert color(0, 0.9, 0.5).red() > color(0, 0.9, 0.5).blue()  # rises with height: to the right
    assert color(0, 0.1, 0.5).blue() > color(0, 0.1, 0.5).red()
    assert color(1, 0.5, 0.9).red() > color(1, 0.5, 0.9).blue()  # falls with weight: high at the bottom
    assert color(1, 0.5, 0.1).blue() > color(1, 0.5, 0.1).red()


def test_the_strip_is_there_for_hidden_layers_alone_and_folds(qtbot):
    stage = strip_of(qtbot)
    stage.show()
    view = stage.view
    assert view.isVisible()
    open_height = view.height()
    QTest.mouseClick(view.fold_button, Qt.MouseButton.LeftButton)
    assert view.is_folded
    assert view.height() < open_height
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(120, 6))
    assert not view.is_folded
    assert view.height() == open_height
    stage.document.change_settings(model="logistic")
    stage.show([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    assert not view.isVisible()


def test_all_maps_of_wide_layers_fit(qtbot):
    document = document_of(2, model="mlp", hidden=(16, 16, 16), loss_mode="mse")
    stage = strip_of(qtbot, document)
    stage.show(np.random.default_rng(0).normal(size=(1, 609)))
    qtbot.waitUntil(lambda: len(stage.view.maps) == 3)
    rect = QRectF(stage.view.rect())
    assert all(rect.contains(stage.view.map_rect(layer, unit)) for layer in range(3) for unit in range(16))


def test_the_picture_paints_with_and_without_a_person(qtbot):
    document = document_of(2, model="mlp", hidden=(16, 2, 16), activation="relu", loss_mode="mse")
    stage = Stage(qtbot, NetworkView, document)
    stage.show(np.random.default_rng(1).normal(size=(1, 48 + 34 + 48 + 17)))
    before = stage.view.grab().toImage()
    stage.interaction.set_pointer((180.0, 90.0))
    qtbot.waitUntil(lambda: bool(stage.view.picture.units))
    assert stage.view.grab().toImage() != before
    assert stage.view.findChildren(QLabel)
