"""The right button's menus: act on what was clicked, show exact contributions to loss and gradient."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QAction

from engine.samples import UNLABELLED
from gui.canvas.contribution import contributions
from gui.canvas.contribution_rows import contribution_rows, gradient_text, probability_number
from tests.gui.canvas_stage import HEIGHTS_CM, WEIGHTS_KG, Stage

MODELS = ([0.05, 0.1, -15.0], [0.0, 0.2, -13.0])


@pytest.fixture
def stage(qtbot) -> Stage:
    stage = Stage(qtbot)
    stage.show_model(*MODELS)
    return stage


def trigger(menu, name: str) -> None:
    menu.findChild(QAction, name).trigger()
    menu.close()


def names(menu) -> set[str]:
    return {action.objectName() for action in menu.actions()}


def test_a_samples_menu_changes_its_class(stage):
    menu = stage.right_click(stage.sample_px(0))
    assert menu.findChild(QAction, "class_0").isChecked()
    trigger(menu, "class_1")
    assert stage.rows.class_index.tolist()[0] == 1
    trigger(stage.right_click(stage.sample_px(0)), f"class_{UNLABELLED}")
    assert stage.rows.class_index.tolist()[0] == UNLABELLED


def test_a_samples_menu_removes_it_or_asks_for_exact_numbers(stage, qtbot):
    with qtbot.waitSignal(stage.view.edit_sample_requested, timeout=1000) as asked:
        trigger(stage.right_click(stage.sample_px(1)), "exact_numbers")
    assert asked.args == [1]
    trigger(stage.right_click(stage.sample_px(1)), "remove")
    assert stage.rows.sample_id.tolist() == [0, 2, 3]


def test_a_selections_menu_acts_on_all_of_it(stage):
    stage.interaction.set_selected_ids({0, 1, 2})
    trigger(stage.right_click(stage.sample_px(1)), "class_1")
    assert stage.rows.class_index.tolist() == [1, 1, 1, 1]
    assert stage.document.undo_stack.count() == 1
    trigger(stage.right_click(stage.sample_px(1)), "remove")
    assert stage.rows.sample_id.tolist() == [3]


def test_a_sample_outside_the_selection_has_its_own_menu(stage):
    stage.interaction.set_selected_ids({0, 1})
    menu = stage.right_click(stage.sample_px(3))
    assert "exact_numbers" in names(menu)
    menu.close()


def test_the_empty_canvas_offers_the_view_and_all_samples(stage):
    trigger(stage.right_click(stage.px(165.0, 100.0)), "select_all")
    assert len(stage.interaction.selected_ids) == 4
    stage.interaction.set_selected_ids(())
    fitted = stage.view.viewport
    stage.wheel(stage.px(165.0, 100.0), 4)
    trigger(stage.right_click(stage.px(165.0, 100.0)), "fit")
    assert stage.view.viewport == fitted


def test_a_closed_menu_is_gone(stage, qapp):
    menu = stage.right_click(stage.sample_px(0))
    menu.close()
    qapp.sendPostedEvents(None, 52)  # DeferredDelete
    assert stage.view.menu is None


def test_the_menu_follows_training_while_it_is_open(stage):
    menu = stage.right_click(stage.sample_px(3))
    before = menu.panel.text
    stage.show_model([0.0, 0.3, -20.0], MODELS[1], step=1)
    menu.panel._throttle.run_now()
    assert menu.panel.text != before
    menu.close()


def sigmoid(z: float) -> float:
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize("sample_id", [0, 1])
def test_binary_contributions_are_the_formulas(stage, sample_id):
    y = sample_id  # samples 0 and 1 are of classes 0 and 1
    snapshot = stage.view.layers.snapshot
    found = contributions(snapshot, HEIGHTS_CM[sample_id], WEIGHTS_KG[sample_id], y)
    assert [one.loss for one in found] == ["bce", "mse"]
    for one, row in zip(found, MODELS, strict=True):
        z = row[0] * HEIGHTS_CM[sample_id] + row[1] * WEIGHTS_KG[sample_id] + row[2]
        p = sigmoid(z)
        assert one.logit == pytest.approx(z)
        assert one.probability == pytest.approx(p)
        assert one.values["bce"] == pytest.approx(-(y * np.log(p) + (1 - y) * np.log(1 - p)))
        assert one.values["mse"] == pytest.approx((p - y) ** 2)
        assert one.gradients["bce"] == pytest.approx(p - y)
        assert one.gradients["mse"] == pytest.approx(2 * (p - y) * p * (1 - p))


@pytest.mark.parametrize("sample_id", [0, 1])
def test_contributions_through_hidden_layers_are_those_of_the_output(qtbot, sample_id):
    stage = Stage(qtbot, model="mlp", hidden=(1,))
    row = np.array([0.02, 0.05, -6.0, 3.0, 0.5])
    snapshot = stage.show_model(row, row)
    found = contributions(snapshot, HEIGHTS_CM[sample_id], WEIGHTS_KG[sample_id], sample_id)
    unit = np.tanh(0.02 * HEIGHTS_CM[sample_id] + 0.05 * WEIGHTS_KG[sample_id] - 6.0)
    p = sigmoid(3.0 * unit + 0.5)
    assert [one.loss for one in found] == ["bce", "mse"]
    for one in found:
        assert one.logit == pytest.approx(3.0 * unit + 0.5)
        assert one.probability == pytest.approx(p)
        assert one.gradients["bce"] == pytest.approx(p - sample_id)
        assert one.values["mse"] == pytest.approx((p - sample_id) ** 2)


def test_the_steps_contribution_is_a_whole_mistake_and_no_gradient(qtbot):
    stage = Stage(qtbot, model="step")
    snapshot = stage.show_model([0.0, 0.0, -1.0])
    found = contributions(snapshot, HEIGHTS_CM[1], WEIGHTS_KG[1], 1)
    table = dict(contribution_rows(found, class_index=1))
    assert table == {
        "z": ["-1.000"],
        "p = step(z)": ["0.0e0"],
        "MSE = (p - 1)²": ["(0 - 1)² = 1"],
        "∂MSE/∂z": ["0"],
    }
    menu = stage.right_click(stage.sample_px(1))
    assert "step(z)" in menu.panel.text
    menu.close()


def test_softmax_contributions_are_of_the_samples_own_class(qtbot):
    stage = Stage(qtbot, n_classes=3)
    rows = np.array([[-0.05, 0.02, 5.0], [0.0, 0.0, 0.0], [0.03, 0.05, -8.0]])
    snapshot = stage.show_model(rows, rows)
    found = contributions(snapshot, 170.0, 60.0, 2)[0]
    z = rows @ np.array([170.0, 60.0, 1.0])
    p = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    error = p - np.array([0, 0, 1])
    assert found.logit == pytest.approx(z[2])
    assert found.probability == pytest.approx(p[2])
    assert found.values["ce"] == pytest.approx(-np.log(p[2]))
    assert found.values["mse"] == pytest.approx((error**2).sum())
    assert found.gradients["ce"] == pytest.approx(p[2] - 1)
    assert found.gradients["mse"] == pytest.approx(2 * p[2] * (error[2] - (error * p).sum()))


def test_a_sample_without_a_label_has_a_probability_and_no_loss(stage):
    found = contributions(stage.view.layers.snapshot, 170.0, 60.0, UNLABELLED)
    assert found[0].values == {}
    rows = contribution_rows(found, class_index=UNLABELLED)
    assert [title for title, _ in rows] == ["z", "p = σ(z)"]


def test_the_table_shows_formulas_with_numbers(stage):
    found = contributions(stage.view.layers.snapshot, 160.0, 80.0, 1)
    table = dict(contribution_rows(found, class_index=1))
    assert table["p = σ(z)"] == ["0.731", "0.953"]
    assert table["BCE = -ln p"][0] == "-ln 0.731 = 0.313"
    assert table["∂BCE/∂z = p - 1"][0] == "0.731 - 1 = -0.269"


@pytest.mark.parametrize(
    ("p", "text"), [(0.5, "0.500"), (2.1e-7, "2.1e-7"), (1 - 2.5e-5, "1 - 2.5e-5"), (1.0, "1")]
)
def test_probabilities_near_their_ends_keep_their_digits(p, text):
    assert probability_number(p) == text


def test_a_gradients_sign_is_kept():
    assert gradient_text(-0.1526) == "-0.153"
    assert gradient_text(0.0) == "0"
