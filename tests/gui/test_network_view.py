from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from gui.formulas import probability_text
from gui.interaction import Interaction
from gui.panels.network_layout import edge_width, network_layout
from gui.panels.network_painting import NetworkPicture
from gui.panels.network_view import NetworkView
from gui.theme import Appearance
from tests.gui.view_fakes import document_of, frame_of, keep

LOGISTIC = [[-1.89, 3.0, -0.52], [5.24, -0.36, -2.3]]


class Stage:
    def __init__(self, qtbot: QtBot, n_classes: int = 2) -> None:
        self.document = document_of(n_classes)
        self.interaction = Interaction(self.document)
        self.appearance = Appearance()
        self.view = NetworkView(self.document, self.interaction, self.appearance)
        self.qtbot = qtbot
        keep(qtbot, self.view, self)
        self.view.resize(250, 170)
        self.view.show()

    def show(self, parameters: object) -> NetworkPicture:
        self.view.show_frame(frame_of(self.document, parameters=parameters))
        assert self.view.picture is not None
        return self.view.picture

    def picture_at(self, height_cm: float, weight_kg: float) -> NetworkPicture:
        self.interaction.set_pointer((height_cm, weight_kg))
        self.qtbot.waitUntil(lambda: self.view.picture.inputs[0].name == f"{height_cm:.1f} cm")
        return self.view.picture


def test_it_shows_the_selected_models_weights_and_names_the_model(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    picture = stage.show(LOGISTIC)
    assert picture.weights == (tuple(LOGISTIC[0]),)
    assert stage.view.owner_label.text() == "trained on BCE"
    stage.interaction.set_selected_model(1)
    assert stage.view.picture.weights == (tuple(LOGISTIC[1]),)
    assert stage.view.owner_label.text() == "trained on MSE"


def test_the_pointers_numbers_flow_through_it(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(LOGISTIC)
    picture = stage.picture_at(173.0, 75.0)  # z-scores 1 and 1
    assert [text.value for text in picture.inputs] == ["1.00", "1.00", ""]
    assert picture.sums[0].value == "0.59"
    assert picture.shares[0] == pytest.approx(1 / (1 + np.exp(-0.59)))
    assert picture.outputs[0].value == probability_text(picture.shares[0])
    assert picture.classes[0].key == "needs_diet"


def test_a_hovered_sample_goes_before_the_pointer(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(LOGISTIC)
    stage.picture_at(173.0, 75.0)
    sample = stage.document.state.samples.select([3])
    stage.interaction.set_hovered_id(3)
    expected = f"{float(sample.height_cm[0]):.1f} cm"
    qtbot.waitUntil(lambda: stage.view.picture.inputs[0].name == expected)


def test_without_a_person_it_shows_names(qtbot: QtBot) -> None:
    picture = Stage(qtbot).show(LOGISTIC)
    assert [text.name for text in picture.inputs] == ["height", "weight", "1"]
    assert picture.sums[0].name == "Σ"
    assert picture.shares == ()


@pytest.mark.parametrize("n_classes", [3, 5, 8])
def test_it_grows_an_output_node_for_each_class(qtbot: QtBot, n_classes: int) -> None:
    stage = Stage(qtbot, n_classes)
    picture = stage.show(np.zeros((2, 3 * n_classes)))
    assert len(picture.sums) == len(picture.outputs) == len(picture.weights) == n_classes
    assert picture.classes == stage.document.state.classes
    assert picture.activation == "softmax"
    assert sum(stage.picture_at(170.0, 60.0).shares) == pytest.approx(1.0)


def test_choosing_three_classes_changes_the_picture_at_once(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    stage.show(LOGISTIC)
    stage.document.add_class()
    assert len(stage.show(np.zeros((2, 9))).outputs) == 3


@pytest.mark.parametrize("nodes", [1, 2, 3, 8])
@pytest.mark.parametrize(("width", "height"), [(230, 130), (230, 150), (480, 220)])
def test_boxes_stand_inside_off_one_another_from_left_to_right(nodes: int, width: int, height: int) -> None:
    area = QRectF(0.0, 0.0, width, height)
    layout = network_layout(area, nodes, 1.0)
    boxes = [*layout.inputs, *layout.sums, *layout.outputs, layout.activation]
    assert all(area.adjusted(-0.5, -0.5, 0.5, 0.5).contains(box) for box in boxes)
    assert not any(a.intersects(b) for i, a in enumerate(boxes) for b in boxes[:i])
    assert min(box.height() for box in layout.outputs) >= 12.0
    start, end = layout.edge(0, 0)
    assert end.x() - start.x() >= 0.15 * width
    assert (
        layout.sums[0].right()
        < layout.activation.left()
        < layout.activation.right()
        < layout.outputs[0].left()
    )


def test_edges_grow_with_the_weight_and_not_for_ever() -> None:
    widths = [edge_width(weight, 1.0, crowded=False) for weight in (0.0, 0.5, -2.0, 10.0, 1e9, float("inf"))]
    assert widths == sorted(widths)
    assert widths[0] == 1.0
    assert widths[-1] == widths[-2] == 7.0


def test_sign_shows_in_the_picture(qtbot: QtBot) -> None:
    stage = Stage(qtbot)
    images = []
    for weight in (4.0, -4.0):
        stage.show([[weight, 0.0, 0.0], [0.0, 0.0, 0.0]])
        qtbot.waitUntil(lambda weight=weight: stage.view.picture.weights[0][0] == weight)
        images.append(stage.view.canvas.grab().toImage())
    assert images[0] != images[1]
