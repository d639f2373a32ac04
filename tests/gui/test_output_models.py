"""K sigmoids, softmax's rivals and their comparison with softmax: chosen, named, drawn and read in words."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from engine.document.state import GuessLine
from engine.models import probabilities
from engine.specs import ModelKind, StartSpec
from gui.canvas.contribution import contributions
from gui.canvas.contribution_rows import contribution_rows
from gui.document import Document
from gui.i18n import message_text
from gui.interaction import Interaction
from gui.model_choice import choose_model, models_of
from gui.model_names import has_long_dash, model_names, trained_on
from gui.panels.network_view import NetworkView
from gui.panels.settings_panel import SettingsPanel
from gui.panels.status_readout import StatusReadout
from gui.panels.weights_panel import WeightsPanel
from gui.plots.loss.plot import LossPlot
from gui.run_words import guess_parameters, is_undefined, line_obstacle, new_run_message
from gui.theme import Appearance, make_theme
from gui.training_controller import TrainingController
from tests.gui.canvas_stage import Stage as CanvasStage
from tests.gui.view_fakes import FakeController, document_of, frame_of, keep, snapshot_of

LEFT = Qt.MouseButton.LeftButton
ROWS = np.array([[-0.05, 0.02, 5.0], [0.01, 0.01, -1.5], [0.03, 0.05, -8.0]])
THREE = [[-1.0, 2.0, 0.5, 0.2, -0.4, 1.0, 1.5, 0.3, -2.0]] * 2


class PanelStage:
    def __init__(self, qtbot, n_classes: int = 3, **settings: object) -> None:
        self.document = document_of(n_classes, **settings)
        self.panel = SettingsPanel(self.document, Interaction(self.document), Appearance())
        keep(qtbot, self.panel, self)
        self.panel.resize(216, 900)
        with qtbot.waitExposed(self.panel):
            self.panel.show()

    @property
    def settings(self):
        return self.document.state.settings


def compared(n_classes: int = 3, **settings: object) -> Document:
    return document_of(n_classes, **{"model": "softmax", "loss_mode": "outputs", **settings})


# Choosing


def test_more_classes_choose_among_four_output_layers_and_two_keep_a_rival_they_have():
    assert models_of(document_of(3).state) == ("softmax", "sigmoids", "absolute", "square")
    assert models_of(document_of(2).state) == ("logistic", "softmax", "sigmoids", "step", "mlp")
    assert models_of(document_of(2, model="square").state)[-1] == "square"


@pytest.mark.parametrize("kind", ["absolute", "square"])
def test_a_rival_starts_by_chance_as_zeros_leave_it_undefined(kind):
    document = document_of(3)
    choose_model(document, kind)
    assert document.state.settings.start.kind == "normal"
    assert document.undo_text == "Change the model"
    document.undo_stack.undo()
    assert document.state.settings.start.kind == "zeros"


def test_a_rival_keeps_exact_numbers_that_are_not_all_0():
    exact = StartSpec("exact", parameters=(0.0,) * 8 + (1.0,))
    document = document_of(3, start=exact)
    choose_model(document, "absolute")
    assert document.state.settings.start == exact
    zeros = document_of(3, start=StartSpec("exact", parameters=(0.0,) * 9))
    choose_model(zeros, "absolute")
    assert zeros.state.settings.start.kind == "normal"


def test_the_start_of_a_rival_at_zeros_is_said_to_be_undefined(qtbot):
    stage = PanelStage(qtbot, model="absolute")
    trouble = stage.panel.start.trouble
    assert trouble.text() == (
        "From zeros the |z| normaliser is undefined: every logit is 0. Choose a start by chance."
    )
    stage.document.change_settings(start=StartSpec("normal"))
    assert not trouble.isVisible()


def test_the_loss_of_each_output_layer_has_its_name(qtbot):
    stage = PanelStage(qtbot)
    loss = stage.panel.model.loss
    for kind, name in (("softmax", "CE"), ("sigmoids", "BCE"), ("absolute", "CE"), ("square", "CE")):
        stage.document.change_settings(model=kind)
        assert loss.button("cross_entropy").text() == name
        assert loss.button("outputs").isVisible() == (kind in ("softmax", "sigmoids"))


def test_the_comparison_of_outputs_is_chosen_with_a_click(qtbot):
    stage = PanelStage(qtbot)
    loss = stage.panel.model.loss
    QTest.mouseClick(loss.button("outputs"), LEFT)
    assert stage.document.state.kinds == ("softmax", "sigmoids")
    assert loss.key == "outputs"
    stage.document.change_settings(model="absolute")
    assert loss.key == "compare"  # what the document does with it then
    stage.document.undo_stack.undo()
    assert loss.key == "outputs"


def test_a_drag_of_the_label_smoothing_is_one_command(qtbot):
    stage = PanelStage(qtbot)
    field = stage.panel.model.smoothing
    assert field.isVisible()
    slider = field.slider
    QTest.mousePress(slider, LEFT, pos=QPoint(8, slider.height() // 2))
    for x in (40, 80, 120):
        QTest.mouseMove(slider, QPoint(x, slider.height() // 2))
    QTest.mouseRelease(slider, LEFT, pos=QPoint(120, slider.height() // 2))
    assert 0.0 < stage.settings.label_smoothing <= 0.5
    assert stage.document.state.training_spec().label_smoothing == stage.settings.label_smoothing
    assert stage.document.undo_stack.count() == 1
    assert stage.document.undo_text == "Change the label smoothing"


@pytest.mark.parametrize(("text", "value"), [("0.1", 0.1), ("0.5", 0.5), ("0.6", 0.0), ("-1", 0.0)])
def test_a_typed_label_smoothing_is_from_0_to_a_half(qtbot, text, value):
    stage = PanelStage(qtbot)
    field = stage.panel.model.smoothing.field
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert stage.settings.label_smoothing == value


@pytest.mark.parametrize(("kind", "knows"), [("logistic", True), ("mlp", False), ("step", False)])
def test_models_that_know_no_label_smoothing_do_not_offer_it(qtbot, kind, knows):
    stage = PanelStage(qtbot, 2, model=kind)
    assert stage.panel.model.smoothing.isVisible() == knows


# Names and looks


def test_compared_outputs_are_called_by_their_output_layers():
    spec = compared().state.training_spec()
    assert model_names(spec) == ("softmax", "K sigmoids")
    assert trained_on(spec, 1) == "K sigmoids, trained on BCE"
    alone = document_of(3).state.training_spec()
    assert model_names(alone) == ("CE", "MSE")
    assert trained_on(alone, 0) == "trained on CE"


def test_bce_beside_ce_has_long_dashes_and_bce_alone_has_none():
    spec = compared().state.training_spec()
    assert [has_long_dash(spec, row) for row in (0, 1)] == [False, True]
    for document in (document_of(2), document_of(3, model="sigmoids")):
        other = document.state.training_spec()
        assert not any(has_long_dash(other, row) for row in range(len(other.losses)))
    theme = make_theme(dark=False)
    solid, long, short = (
        theme.loss_pen("ce"),
        theme.loss_pen("bce", long_dash=True),
        theme.loss_pen("mse"),
    )
    assert solid.style() == Qt.PenStyle.SolidLine
    assert long.style() == short.style() == Qt.PenStyle.CustomDashLine
    assert long.dashPattern()[0] > 2 * short.dashPattern()[0]
    assert long.color() == solid.color()  # hue is the kind of loss


# The canvas


def test_the_lines_of_compared_outputs_are_each_models_own(qtbot):
    stage = CanvasStage(qtbot, n_classes=3, model="softmax", loss_mode="outputs")
    stage.show_model(ROWS, ROWS + np.outer([1.0, 0.0, 0.0], [0.0, 0.0, 0.3]))
    stage.view.grab()
    first, second = stage.view.layers.boundaries
    assert (first.loss, first.long_dash) == ("ce", False)
    assert (second.loss, second.long_dash) == ("bce", True)
    names = {tag.spec.key: tag.spec.text for tag in stage.view.layers.tags.tags}
    assert names == {"model_0": "softmax", "model_1": "K sigmoids"}


@pytest.mark.parametrize("kind", ["softmax", "sigmoids", "absolute", "square"])
def test_the_largest_p_changes_where_a_line_is_drawn(qtbot, kind: ModelKind):
    stage = CanvasStage(qtbot, n_classes=3, model=kind, loss_mode="cross_entropy")
    snapshot = stage.show_model(ROWS)
    segments = stage.view.layers.boundaries[0].segments
    assert segments
    for start, end in segments:
        middle = (np.array(start) + np.array(end)) / 2
        across = np.array([end[1] - start[1], start[0] - end[0]])
        across *= 0.01 / np.linalg.norm(across)
        places = np.stack([middle + across, middle - across], axis=1)
        design = np.concatenate([places, np.ones((1, 2))])
        p = probabilities(snapshot.spec.model_of(0), snapshot.parameters[0], design)
        assert len(set(p.argmax(axis=0).tolist())) == 2
        assert np.ptp(np.sort(p, axis=0)[-2:], axis=0).max() < 0.01


def test_two_rows_of_a_rival_have_two_lines(qtbot):
    stage = CanvasStage(qtbot, model="absolute", loss_mode="cross_entropy")
    stage.show_model(np.array([[0.1, 0.0, -15.0], [0.0, 0.1, -7.0]]))
    assert len(stage.view.layers.boundaries[0].segments) == 2


def test_two_sigmoids_part_where_both_logits_are_equal_whatever_the_threshold(qtbot):
    stage = CanvasStage(qtbot, model="sigmoids", loss_mode="cross_entropy", threshold=0.9)
    stage.show_model(np.array([[0.0, 0.0, 0.0], [0.0, 0.1, -7.0]]))
    ((start, end),) = stage.view.layers.boundaries[0].segments
    assert start[1] == pytest.approx(70.0)
    assert end[1] == pytest.approx(70.0)


# What one sample contributes


@pytest.mark.parametrize(("kind", "loss"), [("sigmoids", "bce"), ("absolute", "ce"), ("square", "ce")])
@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_contributions_are_the_slopes_of_the_loss(qtbot, kind, loss, smoothing):
    stage = CanvasStage(qtbot, n_classes=3, model=kind, label_smoothing=smoothing)
    step = 1e-6

    def at(shift: float):
        rows = ROWS.copy()
        rows[2, 2] += shift
        return contributions(stage.show_model(rows, rows), 170.0, 60.0, 2)[0]

    found = at(0.0)
    for name in (loss, "mse"):
        slope = (at(step).values[name] - at(-step).values[name]) / (2 * step)
        assert found.gradients[name] == pytest.approx(slope, rel=1e-5, abs=1e-9)
    assert found.target == pytest.approx(1.0 - smoothing + smoothing / 3)
    assert found.is_soft == (smoothing > 0.0)


def test_compared_outputs_share_a_table_with_dashes_where_one_has_no_such_formula(qtbot):
    stage = CanvasStage(qtbot, n_classes=3, model="softmax", loss_mode="outputs")
    found = contributions(stage.show_model(ROWS, ROWS), 170.0, 60.0, 1)
    assert [one.name for one in found] == ["softmax, trained on CE", "K sigmoids, trained on BCE"]
    table = dict(contribution_rows(found, class_index=1))
    z = float(ROWS[1] @ [170.0, 60.0, 1.0])
    assert table["p₁"][1] == f"{1 / (1 + math.exp(-z)):.3f}"
    assert table["CE = -ln p₁"][1] == "–"
    assert table["∂BCE/∂z₁ = p₁ - 1"][0] == "–"
    assert "–" not in table["MSE = Σ (pⱼ - yⱼ)²"]


def test_an_undefined_p_is_a_dash(qtbot):
    stage = CanvasStage(qtbot, n_classes=3, model="square")
    found = contributions(stage.show_model(np.zeros(9), np.zeros(9)), 170.0, 60.0, 1)
    assert dict(contribution_rows(found, class_index=1))["p₁ = z₁² / Σ zⱼ²"] == ["–", "–"]


# The status bar


class ReadoutStage:
    def __init__(self, qtbot, document: Document, width: int = 2400) -> None:
        self.document = document
        self.interaction = Interaction(document)
        self.view = StatusReadout(document, self.interaction, Appearance())
        self.qtbot = qtbot
        keep(qtbot, self.view, self)
        self.view.resize(width, 26)
        self.view.show()

    def text(self, parameters) -> str:
        self.view.show_frame(frame_of(self.document, parameters=parameters))
        self.interaction.set_pointer((165.0, 65.0))  # the means: every logit is its bias
        self.qtbot.waitUntil(lambda: "cm" in self.view.text)
        return self.view.text


def test_each_sigmoid_has_its_own_p_odds_and_logit_and_the_sum_is_told(qtbot):
    row = [0.0, 0.0, math.log(3), 0.0, 0.0, 0.0, 0.0, 0.0, -math.log(4)]
    text = ReadoutStage(qtbot, document_of(3, model="sigmoids", loss_mode="cross_entropy")).text([row])
    assert "BCE underweight 75 % odds 3.0 : 1 logit 1.10 normal 50 % odds 1.0 : 1 logit 0.00" in text
    assert "overweight 20 % odds 1 : 4.0 logit -1.39 sum 1.45" in text


def test_compared_outputs_are_read_by_name_and_own_the_map_by_name(qtbot):
    row = [0.0, 0.0, math.log(2), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    stage = ReadoutStage(qtbot, compared())
    text = stage.text([row, row])
    assert "softmax underweight 50 % normal 25 % overweight 25 % K sigmoids underweight 67 %" in text
    assert text.endswith("map: softmax")
    stage.interaction.set_selected_model(1)
    assert "BCE 1.20" in stage.view.text
    assert stage.view.text.endswith("map: K sigmoids")


def test_a_rival_without_any_logit_is_said_to_be_undefined(qtbot):
    stage = ReadoutStage(qtbot, document_of(3, model="absolute", loss_mode="cross_entropy"))
    assert "CE undefined: every logit is 0" in stage.text([[0.0] * 9])


def test_in_less_room_the_logits_and_odds_go_first(qtbot):
    row = [0.0, 0.0, math.log(3), 0.0, 0.0, 0.0, 0.0, 0.0, -math.log(4)]
    document = document_of(3, model="sigmoids", loss_mode="cross_entropy")
    stage = ReadoutStage(qtbot, document, width=620)
    text = stage.text([row])
    assert "logit" not in text
    assert "75 %" in text
    assert "sum 1.45" in text


# Weights and network


def weights_of(qtbot, document: Document, parameters) -> WeightsPanel:
    view = WeightsPanel(document, Interaction(document), Appearance())
    keep(qtbot, view, document)
    view.show_frame(frame_of(document, parameters=parameters))
    return view


def test_two_softmax_rows_show_the_sigmoid_that_they_are(qtbot):
    row = [1.0, -0.5, 0.25, -1.0, 0.5, 0.75]
    view = weights_of(qtbot, document_of(2, model="softmax"), [row, row])
    lines = view.formulas[0]
    # -2 z_height / 8 + 1 z_weight / 10 of the differences, and the means 165 and 65
    assert lines[-1] == "p₁ = σ(z₁ - z₀),  z₁ - z₀ = -0.25000 cm + 0.10000 kg + 35.25"
    assert len(lines) == 5
    sigmoids = weights_of(qtbot, document_of(2, model="sigmoids"), [row, row])
    assert len(sigmoids.formulas[0]) == 4


def test_compared_outputs_are_named_above_their_weights(qtbot):
    view = weights_of(qtbot, compared(), THREE)
    view.copy_text()
    names = [label.text() for label in view._names]
    assert names == ["softmax", "K sigmoids"]


@pytest.mark.parametrize(
    ("kind", "name", "is_shared"),
    [("sigmoids", "σ", False), ("absolute", "|z| / Σ|z|", True), ("square", "z² / Σz²", True)],
)
def test_the_network_shows_what_makes_p_of_the_logits(qtbot, kind, name, is_shared):
    document = document_of(3, model=kind)
    interaction = Interaction(document)
    view = NetworkView(document, interaction, Appearance())
    keep(qtbot, view, document)
    view.resize(480, 300)
    view.show()
    view.show_frame(frame_of(document, parameters=THREE))
    interaction.set_pointer((170.0, 70.0))
    qtbot.waitUntil(lambda: bool(view.picture.shares))
    assert (view.picture.activation, view.picture.is_activation_shared) == (name, is_shared)
    total = sum(view.picture.shares)
    assert total == pytest.approx(1.0) if is_shared else total != pytest.approx(1.0)
    view.grab()
    view.show_frame(frame_of(document))  # zeros: a rival is undefined
    interaction.set_pointer((171.0, 70.0))
    qtbot.waitUntil(lambda: view.picture.inputs[0].name.startswith("171"))
    view.grab()
    assert {text.value for text in view.picture.outputs} == {"50 %" if kind == "sigmoids" else "–"}


# Loss curves


class LossStage:
    def __init__(self, qtbot, document: Document) -> None:
        self.document = document
        self.controller = FakeController()
        self.plot = LossPlot(document, Interaction(document), self.controller, Appearance())
        keep(qtbot, self.plot, self)
        self.plot.resize(520, 320)
        self.plot.show()
        self.plot.show_frame(frame_of(document))


def test_compared_outputs_share_wrong_answers_and_mse_but_no_cross_entropy(qtbot):
    stage = LossStage(qtbot, compared())
    plot = stage.plot
    assert not plot.ruler_switch.button("cross_entropy").isVisible()
    for ruler in ("error_rate", "mse"):
        plot.set_ruler(ruler)
        assert {series.right for series in plot.chart.content.series} == {False}
    plot.set_ruler("cross_entropy")
    assert plot.ruler == "own"
    content = plot.chart.content
    assert [series.right for series in content.series] == [False, True]
    assert [series.long_dash for series in content.series] == [False, True]
    assert content.style.left_title == "CE of softmax"
    assert content.style.right_title == "BCE of K sigmoids, summed over the classes"
    assert "cannot be compared" in plot.sentence.text()
    plot.grab()
    stage.document.change_settings(loss_mode="compare")
    assert plot.ruler == "cross_entropy"
    assert plot.ruler_switch.button("cross_entropy").isVisible()


def test_the_curves_of_compared_outputs_end_in_their_names(qtbot):
    stage = LossStage(qtbot, compared())
    assert stage.plot.chart._end_texts == ["softmax: 16 %", "K sigmoids: 45 %"]


def test_each_compared_output_has_its_own_optimum(qtbot):
    document = compared()
    controller = TrainingController(document)
    try:
        controller.show_optimum(True)
        qtbot.waitUntil(lambda: controller.optimum_of(1) is not None, timeout=30_000)
        assert controller.optimum is controller.optimum_of(0)
        assert controller.optimum_of(1).by_class
        assert controller.optimum_of(1).cross_entropy > controller.optimum_of(0).cross_entropy
        assert controller.optimum_of(2) is None
    finally:
        controller.close()


# Runs


def test_pressing_train_on_an_undefined_start_says_so(qtbot):
    document = document_of(3, model="absolute")
    controller = TrainingController(document)
    notices: list[str] = []
    controller.notice.connect(lambda message: notices.append(message_text(message)))
    try:
        controller.wait_until_idle()
        qtbot.waitUntil(lambda: controller.snapshot is not None, timeout=30_000)
        assert is_undefined(controller.snapshot)
        controller.play()
        controller.pause()
        assert any("every logit is 0" in text for text in notices)
        controller.reset()
        choose_model(document, "softmax")
        choose_model(document, "square")
        controller.wait_until_idle()
        qtbot.waitUntil(lambda: controller.snapshot.parameters.any(), timeout=30_000)
        assert not is_undefined(controller.snapshot)
    finally:
        controller.close()


def test_the_same_comparison_named_by_its_other_model_is_the_same_run():
    old = compared().state.training_spec()
    new = compared(model="sigmoids").state.training_spec()
    assert new_run_message(old, new) is None
    other = compared(model="sigmoids", loss_mode="compare").state.training_spec()
    assert new_run_message(old, other) is not None


@pytest.mark.parametrize("kind", ["softmax", "sigmoids"])
def test_a_guessed_line_is_each_models_half(kind):
    state = document_of(2, model=kind).state
    guess = GuessLine(-0.2, 0.3, 10.0)
    row = guess_parameters(guess, state.model)
    design = np.array([[170.0, 180.0], [70.0, 60.0], [1.0, 1.0]])
    p = probabilities(state.model, row, design)[1]
    expected = 1 / (1 + np.exp(-np.array([-0.2, 0.3, 10.0]) @ design))
    assert p == pytest.approx(expected)


def test_no_line_says_what_a_rival_should_do():
    model = document_of(2, model="absolute").state.model
    assert guess_parameters(None, model) is None
    assert "cannot tell a logit from its opposite" in message_text(line_obstacle(model))


def test_snapshots_of_compared_outputs_are_evaluated_row_by_row():
    snapshot = snapshot_of(compared(), parameters=THREE)
    assert [snapshot.spec.model_of(row).kind for row in (0, 1)] == ["softmax", "sigmoids"]
