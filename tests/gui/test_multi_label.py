"""Samples with several labels, or none of them: given, counted, drawn, and each answered for itself."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPixmap
from PySide6.QtTest import QTest

from engine.document.edits import labels_of
from engine.models import probabilities
from engine.samples import NO_SET, UNLABELLED, Samples
from gui.canvas.boundaries import answers_each_label
from gui.canvas.contribution import contributions
from gui.canvas.markers import Look, Stamps
from gui.canvas.probability_map import LEVELS, blended, tint_table
from gui.canvas.viewport import Viewport
from gui.dialogs.edit_sample import SEVERAL, EditSampleDialog
from gui.interaction import Interaction
from gui.labels import knows_label_sets
from gui.panels.problem_panel import ProblemPanel
from gui.panels.settings_panel import SettingsPanel
from gui.theme import Appearance, make_theme
from tests.gui.canvas_stage import Stage, class_infos
from tests.gui.view_fakes import document_of, keep
from tests.gui.window_driver import SHIFT

SETS = [0b01, 0b11, 0b00, NO_SET]
ROWS = np.array([[0.1, 0.0, -16.5], [0.0, 0.1, -7.0]])
"""Class 0 is likely above 165 cm, class 1 above 70 kg."""


def multi_label_samples() -> Samples:
    return Samples.from_columns(
        [150.0, 160.0, 170.0, 180.0], [50.0, 80.0, 60.0, 90.0], [0, 0, -1, 1], None, SETS
    )


def stage_of(qtbot, samples: Samples | None = None, **settings: object) -> Stage:
    return Stage(qtbot, samples, **{"model": "sigmoids", "loss_mode": "cross_entropy", **settings})


def sets_of(stage: Stage) -> list[int]:
    return stage.rows.label_set.tolist()


# Giving labels


def test_a_samples_menu_gives_and_takes_each_label(qtbot):
    stage = stage_of(qtbot)
    menu = stage.right_click(stage.sample_px(0))
    assert menu.findChild(QAction, "label_0").isChecked()
    assert not menu.findChild(QAction, "label_1").isChecked()
    menu.findChild(QAction, "label_1").trigger()
    menu.close()
    assert sets_of(stage)[0] == 0b11
    assert stage.rows.class_index[0] == 0
    assert stage.document.undo_text == "Change the labels of a sample"
    menu = stage.right_click(stage.sample_px(0))
    assert menu.findChild(QAction, "label_1").isChecked()
    menu.findChild(QAction, "label_0").trigger()
    menu.close()
    assert sets_of(stage)[0] == 0b10
    assert stage.rows.class_index[0] == 1
    stage.document.undo_stack.undo()
    stage.document.undo_stack.undo()
    assert sets_of(stage)[0] == NO_SET


def test_none_of_the_labels_is_a_choice_and_a_class_takes_it_back(qtbot):
    stage = stage_of(qtbot)
    menu = stage.right_click(stage.sample_px(1))
    menu.findChild(QAction, "label_none").trigger()
    menu.close()
    assert (sets_of(stage)[1], stage.rows.class_index[1]) == (0, UNLABELLED)
    menu = stage.right_click(stage.sample_px(1))
    assert menu.findChild(QAction, "label_none").isChecked()
    menu.findChild(QAction, "class_1").trigger()
    menu.close()
    assert (sets_of(stage)[1], stage.rows.class_index[1]) == (NO_SET, 1)


def test_a_selections_menu_gives_a_label_to_all_as_one_command(qtbot):
    stage = stage_of(qtbot)
    stage.interaction.set_selected_ids({0, 1})
    menu = stage.right_click(stage.sample_px(0))
    assert not menu.findChild(QAction, "label_1").isChecked()  # one of them has it
    menu.findChild(QAction, "label_1").trigger()
    menu.close()
    assert sets_of(stage)[:2] == [0b11, 0b10]
    assert stage.document.undo_stack.count() == 1
    assert stage.document.undo_text == "Change the labels of 2 samples"


def test_models_of_one_label_offer_no_set(qtbot):
    stage = stage_of(qtbot, model="softmax")
    menu = stage.right_click(stage.sample_px(0))
    assert menu.findChild(QAction, "label_0") is None
    menu.close()
    with_sets = stage_of(qtbot, multi_label_samples(), model="softmax")
    menu = with_sets.right_click(with_sets.sample_px(0))
    assert menu.findChild(QAction, "label_0") is not None
    menu.close()


@pytest.mark.parametrize(
    ("settings", "knows"),
    [
        ({"model": "sigmoids"}, True),
        ({"model": "softmax", "loss_mode": "outputs"}, True),
        ({"model": "softmax"}, False),
        ({"model": "logistic"}, False),
    ],
)
def test_who_learns_several_labels(settings, knows):
    assert knows_label_sets(document_of(2, **settings).state) == knows


def test_shift_and_a_number_give_a_label_to_the_selection(qtbot):
    stage = stage_of(qtbot)
    stage.interaction.set_selected_ids({0, 2})
    stage.key(Qt.Key.Key_2, SHIFT)
    assert sets_of(stage) == [0b11, NO_SET, 0b11, NO_SET]
    stage.key(Qt.Key.Key_2, SHIFT)
    assert sets_of(stage) == [0b01, NO_SET, 0b01, NO_SET]
    stage.key(Qt.Key.Key_5, SHIFT)  # no such class
    assert stage.document.undo_stack.count() == 2
    assert stage.interaction.current_class == 0


def test_shift_and_a_number_change_nothing_for_a_model_of_one_label(qtbot):
    stage = stage_of(qtbot, model="softmax")
    stage.interaction.set_selected_ids({0})
    stage.key(Qt.Key.Key_2, SHIFT)
    assert sets_of(stage) == [NO_SET] * 4


# The dialog


def dialog_of(qtbot, stage: Stage, sample_id: int) -> EditSampleDialog:
    dialog = EditSampleDialog(stage.document.state, sample_id)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_ticking_a_label_in_the_dialog_picks_them_one_by_one(qtbot):
    stage = stage_of(qtbot)
    dialog = dialog_of(qtbot, stage, 0)
    assert [box.isChecked() for box in dialog.labels] == [True, False]
    assert dialog.label_set is None
    dialog.labels[1].click()
    assert dialog.sample_class.currentData() == SEVERAL
    assert (dialog.class_index, dialog.label_set) == (UNLABELLED, 0b11)
    dialog.sample_class.setCurrentIndex(dialog.sample_class.findData(1))
    assert [box.isChecked() for box in dialog.labels] == [False, True]
    assert (dialog.class_index, dialog.label_set) == (1, None)


def test_the_dialog_shows_a_set_and_changes_it_with_the_numbers_as_one_command(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    dialog = dialog_of(qtbot, stage, 2)
    assert dialog.sample_class.currentData() == SEVERAL
    assert dialog.label_set == 0
    dialog.labels[1].click()
    stage.document.edit_sample(2, 171.0, 61.0, dialog.class_index, dialog.label_set)
    row = stage.document.state.samples.select([2])
    assert (float(row.height_cm[0]), int(row.class_index[0]), int(row.label_set[0])) == (171.0, 1, 0b10)
    assert stage.document.undo_stack.count() == 1


def test_the_dialog_of_other_models_has_no_labels(qtbot):
    assert dialog_of(qtbot, stage_of(qtbot, model="softmax"), 0).labels == []


# Counting and saying


def panel_of(qtbot, stage: Stage) -> ProblemPanel:
    panel = ProblemPanel(stage.document, stage.interaction, Appearance())
    keep(qtbot, panel, stage)
    panel.show()
    return panel


def test_the_classes_count_the_samples_that_carry_their_label(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    panel = panel_of(qtbot, stage)
    assert [row.count_label.text() for row in panel.rows] == ["2", "2"]
    assert panel.unlabelled.text() == "none of the labels: 1"
    stage.document.set_class_of([3], UNLABELLED)
    assert [row.count_label.text() for row in panel.rows] == ["2", "1"]
    assert panel.unlabelled.text() == "none of the labels: 1\nwithout a label: 1"
    stage.document.toggle_label([0, 1], 0)
    assert [row.count_label.text() for row in panel.rows] == ["0", "1"]


def test_a_model_of_one_label_says_that_it_uses_only_the_first(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    panel = SettingsPanel(stage.document, stage.interaction, Appearance())
    keep(qtbot, panel, stage)
    panel.resize(216, 900)
    panel.show()
    note = panel.model.note
    assert not note.isVisible()
    stage.document.change_settings(model="softmax")
    assert "uses only the first one, its class" in note.text()
    stage.document.change_settings(loss_mode="outputs")
    assert "K sigmoids learn all" in note.text()
    stage.document.change_settings(loss_mode="cross_entropy")
    for sample_id in (0, 1, 2):
        stage.document.set_class_of([sample_id], 0)
    assert not note.isVisible()


# Markers


def picture_of(stamps: Stamps, rows: Samples) -> list[QPixmap]:
    table = rows.rows
    return [stamps.pictures[number] for number in stamps.numbers(table, np.zeros(len(table), dtype=bool))]


def test_each_label_of_a_sample_is_drawn_the_first_one_as_always(qapp):
    look = Look.of(class_infos(2), make_theme(dark=False), 10, 1.0)
    stamps = Stamps(look)
    one, two, none, plain = (picture.toImage() for picture in picture_of(stamps, multi_label_samples()))
    middle = one.width() // 2
    fill = look.theme.class_fill
    assert one.pixelColor(middle, middle) == two.pixelColor(middle, middle) == fill(0)
    assert plain.pixelColor(middle, middle) == fill(1)
    beside = middle + round(0.9 * look.radius_px)
    assert two.pixelColor(beside, beside) == fill(1)
    assert one.pixelColor(beside, beside) != fill(1)
    assert none.pixelColor(middle, middle).hsvSaturation() < 60
    unlabelled = stamps.pictures[0].toImage()
    assert none != unlabelled


def test_the_stamps_of_sets_come_with_ring_and_hollow_and_are_made_once(qapp):
    stamps = Stamps(Look.of(class_infos(2), make_theme(dark=True), 10, 2.0))
    plain = len(stamps.pictures)
    rows = multi_label_samples().rows
    first = stamps.numbers(rows, np.zeros(4, dtype=bool))
    assert len(stamps.pictures) == plain + 3 * 4
    again = stamps.numbers(rows, np.ones(4, dtype=bool))
    assert len(stamps.pictures) == plain + 3 * 4
    assert (again - first).tolist() == [1] * 4
    assert len({stamps.pictures[number].cacheKey() for number in (*first, *again)}) == 8


def test_the_canvas_draws_samples_of_every_set(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    fill = stage.view.context.theme.class_fill
    assert stage.color_at(stage.sample_px(1)) == fill(0)
    stage.document.toggle_label([1], 0)
    assert stage.color_at(stage.sample_px(1)) == fill(1)


# Lines and map


def test_each_label_has_its_own_line_with_its_name(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    snapshot = stage.show_model(ROWS)
    stage.view.grab()
    boundary = stage.view.layers.boundaries[0]
    assert boundary.labels == (0, 1)
    (upright, level) = boundary.segments
    assert [point[0] for point in upright] == pytest.approx([165.0, 165.0])
    assert [point[1] for point in level] == pytest.approx([70.0, 70.0])
    names = {tag.spec.key: tag.spec.text for tag in stage.view.layers.tags.tags}
    assert names == {"model_0": "BCE", "label_0": "class 1", "label_1": "class 2"}
    design = np.array([[165.0, 150.0], [60.0, 70.0], [1.0, 1.0]])
    p = probabilities(snapshot.spec.model_of(0), snapshot.parameters[0], design)
    assert (p[0, 0], p[1, 1]) == pytest.approx((0.5, 0.5))


def test_without_sets_the_largest_p_decides(qtbot):
    stage = stage_of(qtbot)
    snapshot = stage.show_model(ROWS)
    assert not answers_each_label(snapshot.spec, 0)
    assert stage.view.layers.boundaries[0].labels == ()
    assert len(stage.view.layers.boundaries[0].segments) == 1


def test_of_compared_outputs_only_the_sigmoids_answer_each_label(qtbot):
    stage = stage_of(qtbot, multi_label_samples(), model="softmax", loss_mode="outputs")
    snapshot = stage.show_model(ROWS, ROWS)
    assert [answers_each_label(snapshot.spec, row) for row in (0, 1)] == [False, True]


def channels(color) -> np.ndarray:
    value = int(color)
    return np.array([value >> 16 & 255, value >> 8 & 255, value & 255], dtype=float)


def test_hues_mix_where_labels_meet_and_none_is_the_plots_ground():
    theme = make_theme(dark=False)
    table = tint_table(theme.plot, [theme.class_fill(0), theme.class_fill(1)])
    # columns: both, the first, the second, neither
    p = np.array([[[1.0, 1.0, 0.0, 0.3]], [[1.0, 0.0, 1.0, 0.5]]], dtype=np.float32)
    both, first, second, neither = blended(p, table)[0]
    assert (int(first), int(second)) == (int(table[0, LEVELS - 1]), int(table[1, LEVELS - 1]))
    assert int(neither) == int(table[0, 0])
    assert np.abs(channels(both) - (channels(first) + channels(second)) / 2).max() <= 1.0


def test_the_map_is_blended_only_where_each_label_is_answered(qtbot):
    both_cm, both_kg = 178.0, 88.0
    single = stage_of(qtbot)
    single.show_model(ROWS * 20.0)
    sets = stage_of(qtbot, multi_label_samples())
    sets.show_model(ROWS * 20.0)
    colors = []
    for stage in (single, sets):
        viewport: Viewport = stage.view.viewport
        colors.append(stage.color_at(viewport.point(both_cm, both_kg - 6.0).toPoint()))
    assert colors[0] != colors[1]


# Training numbers


def test_contributions_read_all_labels_of_a_sample(qtbot):
    stage = stage_of(qtbot, multi_label_samples(), loss_mode="outputs", model="softmax")
    snapshot = stage.show_model(ROWS, ROWS)
    softmax, sigmoids = contributions(snapshot, 160.0, 80.0, 0, 0b11)
    z = ROWS @ [160.0, 80.0, 1.0]
    expected = np.log1p(np.exp(-z)).sum()
    assert sigmoids.values["bce"] == pytest.approx(expected)
    assert softmax.values["ce"] == pytest.approx(float(np.logaddexp(z[0], z[1]) - z[0]))
    without, none = contributions(snapshot, 170.0, 60.0, UNLABELLED, 0)
    assert without.target is None
    assert none.values["bce"] == pytest.approx(np.log1p(np.exp(ROWS @ [170.0, 60.0, 1.0])).sum())


def test_pulls_are_of_all_samples_that_the_model_trains_on(qtbot):
    stage = stage_of(qtbot, multi_label_samples())
    snapshot = stage.show_model(ROWS)
    pulls = stage.view.layers.pulls.pulls(snapshot)
    rows = stage.rows
    z = ROWS @ np.stack([rows.height_cm, rows.weight_kg, np.ones(4)])
    targets = np.stack([labels_of(rows) >> k & 1 for k in (0, 1)])
    strength = np.linalg.norm(1 / (1 + np.exp(-z)) - targets, axis=0)
    assert pulls.row.tolist() == [0, 1, 2, 3]
    assert pulls.share == pytest.approx(strength / strength.sum())
    stage.interaction.set_pulls_shown(True)
    stage.view.grab()


def test_a_marker_of_a_class_is_what_it_was(qapp):
    """The stamp of a class alone is the same picture as that of a set with it alone."""
    stamps = Stamps(Look.of(class_infos(2), make_theme(dark=False), 10, 1.0))
    alone = Samples.from_columns([150.0, 151.0], [50.0, 51.0], [1, 1], None, [NO_SET, 0b10])
    first, second = picture_of(stamps, alone)
    assert first.toImage() == second.toImage()


def test_interaction_keeps_the_selection_when_labels_change(qtbot):
    stage = stage_of(qtbot)
    interaction: Interaction = stage.interaction
    interaction.set_selected_ids({0})
    stage.key(Qt.Key.Key_1, SHIFT)
    assert interaction.selected_ids == {0}
    assert sets_of(stage)[0] == 0
    QTest.keyClick(stage.view, Qt.Key.Key_1)
    assert sets_of(stage)[0] == 0
