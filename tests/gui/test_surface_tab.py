from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.activations import logit as logit_of
from engine.activations import sigmoid
from engine.models import probabilities
from engine.samples import UNLABELLED, Samples
from gui.frame import Frame
from gui.i18n import Language
from gui.plots.instrument import Instrument, InstrumentGroup
from gui.plots.lab_area import LabArea
from gui.plots.scene3d.camera import BOX_HEIGHT, Camera
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField
from gui.plots.scene3d.terraces import TerraceField
from gui.plots.surface import words as words
from gui.plots.surface.content import (
    MOST_SAMPLES,
    ShownSamples,
    SurfacePicture,
    surface_brushes,
)
from gui.plots.surface.controls import MOST_STEEP, SteepnessScale
from gui.plots.surface.model import GRID, MOVING_GRID, STEP, SurfaceModel, crossing_at
from gui.plots.surface.shapes import (
    level_pieces,
    morph_height,
    morph_surface,
    probability_surface,
    round_logit_end,
    steepest_pieces,
)
from gui.plots.surface.tab import SurfaceTab
from gui.theme import make_theme
from tests.gui.lab_bench import LEFT, LabBench
from tests.gui.view_fakes import curve_of, document_of, keep, snapshot_of

SCALER = LabBench.scaler
ROW = [-1.89, 3.0, -0.52]
OTHER_ROW = [5.24, -0.36, -2.3]
SOFTMAX_ROWS = [1.2, -2.0, 0.3, 0.1, 0.4, 0.5, -1.3, 1.6, -0.8]
HEIGHTS, WEIGHTS = (140.0, 200.0), (40.0, 100.0)


def model_of(
    parameters: object = ROW, n_classes: int = 2, class_index: int = 1, **settings: object
) -> SurfaceModel:
    document = document_of(n_classes, **settings)
    return SurfaceModel(
        document.state.model, np.array(parameters, dtype=float), SCALER, HEIGHTS, WEIGHTS, class_index
    )


def hidden_model() -> SurfaceModel:
    parameters = np.random.default_rng(2).normal(0.0, 2.0, 3 * 4 + 5)
    return model_of(parameters, model="mlp", hidden=(4,))


def some_places() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(4)
    return random.uniform(*HEIGHTS, 40), random.uniform(*WEIGHTS, 40)


def box_heights(
    model: SurfaceModel, surface: object, height_cm: np.ndarray, weight_kg: np.ndarray
) -> np.ndarray:
    """Heights of a surface at places in cm and kg, as fractions of the box."""
    x = (height_cm - HEIGHTS[0]) / (HEIGHTS[1] - HEIGHTS[0]) - 0.5
    y = (weight_kg - WEIGHTS[0]) / (WEIGHTS[1] - WEIGHTS[0]) - 0.5
    return surface.height_at(x, y) / BOX_HEIGHT


# --- the model in space -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model",
    [
        model_of(),
        model_of([0.3, 0.1, 0.2, -0.4, 1.0, 0.1], model="softmax"),
        model_of(SOFTMAX_ROWS, 3, 0),
        model_of(SOFTMAX_ROWS, 3, 2),
        hidden_model(),
    ],
    ids=["logistic", "softmax of two", "class 0", "class 2", "hidden layer"],
)
def test_the_hill_is_the_models_own_probability(model: SurfaceModel) -> None:
    heights, weights = some_places()
    design = np.stack([*SCALER.standardize(heights, weights), np.ones(40)])
    expected = probabilities(model.model, model.parameters, design)[model.class_index]
    assert model.probability_at(heights, weights) == pytest.approx(expected)
    surface = probability_surface(model, 1.0)
    exact = 1e-9 if isinstance(surface, RidgeField) else 0.03
    assert box_heights(model, surface, heights, weights) == pytest.approx(expected, abs=exact)


def test_the_cliff_has_the_step_of_the_same_logit() -> None:
    heights, weights = some_places()
    for model in (model_of(), model_of(SOFTMAX_ROWS, 3, 1), model_of(SOFTMAX_ROWS, 3, 2)):
        surface = probability_surface(model, STEP)
        assert isinstance(surface, CliffField)
        stepped = box_heights(model, surface, heights, weights)
        assert stepped == pytest.approx(model.probability_at(heights, weights, STEP))
        assert set(stepped.tolist()) == {0.0, 1.0}
    assert (
        box_heights(model_of(), probability_surface(model_of(), STEP), heights, weights).tolist()
        == ((model_of().logit_at(heights, weights) >= 0.0) * 1.0).tolist()
    )


def test_a_model_with_hidden_layers_has_no_row_and_is_drawn_on_a_grid() -> None:
    model = hidden_model()
    assert model.row is None
    assert isinstance(probability_surface(model, STEP), TerraceField)
    assert isinstance(morph_surface(model, 0.5, 8.0), HeightField)
    with pytest.raises(ValueError, match="no single logit"):
        model_of(SOFTMAX_ROWS, 3).logit_at(np.zeros(1), np.zeros(1))


def test_with_hidden_layers_the_line_of_one_half_stands_before_the_terraces_walls() -> None:
    model = hidden_model()
    pieces = level_pieces(model, 0.5, STEP)
    assert len(pieces) > 20
    middle = pieces.mean(axis=1)
    assert np.all(middle[:, 2] == 0.5)
    assert (model.logit_at(middle[:, 0], middle[:, 1]) < 0.0).all()
    # Near the edge: less than a third of a cell away from it.
    smooth = level_pieces(model, 0.5, 1.0).mean(axis=1)
    cell = np.array([60.0, 60.0]) / 49
    offsets = np.abs(middle[:, None, :2] - smooth[None]) / cell
    assert offsets.max(axis=2).min(axis=1).max() < 0.35


def test_steeper_goes_to_the_step() -> None:
    heights, weights = some_places()
    model = model_of()
    far = np.abs(model.logit_at(heights, weights)) > 0.5
    steep = model.probability_at(heights, weights, MOST_STEEP)
    assert steep[far] == pytest.approx(model.probability_at(heights, weights, STEP)[far], abs=1e-6)


# --- claim 4: plane and hill ------------------------------------------------------------------------------


def test_at_the_planes_end_it_is_a_plane_and_at_the_hills_end_p() -> None:
    model, (heights, weights) = model_of(), some_places()
    end = round_logit_end(model.largest_logit)
    logit = model.logit_at(heights, weights)
    plane = box_heights(model, morph_surface(model, 0.0, end), heights, weights)
    assert plane == pytest.approx((logit + end) / (2 * end))
    design = np.column_stack([heights, weights, np.ones(40)])
    _, residual, _, _ = np.linalg.lstsq(design, plane, rcond=None)
    assert residual == pytest.approx(0.0, abs=1e-18)
    hill = box_heights(model, morph_surface(model, 1.0, end), heights, weights)
    assert hill == pytest.approx(sigmoid(logit))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.8, 1.0])
def test_both_scales_of_the_morph_tell_the_truth_at_every_stage(share: float) -> None:
    picture = picture_of(model_of())
    content = picture.morph(share)
    end = round_logit_end(picture.model.largest_logit)
    axes = content.axes
    assert axes.right is not None
    for tick in axes.z.ticks or ():
        assert tick.value == pytest.approx(float(morph_height(np.array(float(tick.text)), share, end)))
    named = {tick.text: tick.value for tick in axes.right.ticks or ()}
    assert named["0.5"] == pytest.approx(0.5)
    assert ("0" in named) == ("1" in named) == (share == 1.0)
    for text, value in named.items():
        if text not in ("0", "1"):
            z = logit_of(np.array(float(text)))
            assert value == pytest.approx(float(morph_height(z, share, end)))
    texts = [tick.text for tick in axes.z.ticks or ()]
    assert texts[0] == "0"
    if share in (0.0, 1.0):
        ends = [float(text) for text in texts]
        assert max(ends) <= end
        assert max(ends) >= 0.5 * end


def test_the_axis_of_z_stands_still_while_weights_grow_a_little() -> None:
    assert round_logit_end(0.1) == 2.0
    assert [round_logit_end(value) for value in (2.0, 2.1, 3.9, 4.0, 11.0, 290.0)] == [2, 3, 4, 4, 15, 300]


def test_in_the_morph_the_samples_lie_on_the_surface_until_their_labels_come_in() -> None:
    picture = picture_of(model_of())
    rows = picture.samples
    for share in (0.0, 0.5, 1.0):
        content = picture.morph(share)
        visible = [group for group in content.points if group.opacity > 0.0]
        heights = {
            int(i): float(z) for group in visible for i, z in zip(group.ids, group.places[:, 2], strict=True)
        }
        if share == 1.0:
            expected = (rows.class_index == 1).astype(float)
        else:
            expected = box_heights(picture.model, content.surface, rows.height_cm, rows.weight_kg)
        assert [heights[int(i)] for i in rows.sample_id] == pytest.approx(expected)


# --- claim 2: the slope and the person on the line --------------------------------------------------------


@pytest.mark.parametrize("steepness", [1.0, 3.0, 50.0])
def test_the_tangent_is_as_steep_as_a_quarter_of_k(steepness: float) -> None:
    model = model_of()
    (low, high), *others = steepest_pieces(model, steepness)
    assert others == []
    z = model.logit_at(np.array([low[0], high[0]]), np.array([low[1], high[1]]))
    assert (high[2] - low[2]) / (z[1] - z[0]) == pytest.approx(steepness / 4)
    assert (z[0] + z[1]) / 2 == pytest.approx(0.0, abs=1e-9)
    middle = (low + high) / 2
    slope = 1e-4
    beside = model.probability_at(
        np.array([middle[0]] * 2), middle[1] + np.array([-slope, slope]) / 2, steepness
    )
    per_z = (beside[1] - beside[0]) / (slope * model.row[1])
    assert per_z == pytest.approx(steepness / 4, rel=1e-5)
    assert HEIGHTS[0] <= min(low[0], high[0])
    assert max(low[0], high[0]) <= HEIGHTS[1]


def test_the_step_has_no_tangent() -> None:
    assert len(steepest_pieces(model_of(), STEP)) == 0
    assert len(steepest_pieces(model_of([0.0, 0.0, 1.0]), 1.0)) == 0
    assert len(steepest_pieces(hidden_model(), 1.0)) == 0


@pytest.mark.parametrize(("row", "ends"), [(ROW, (0.0, 1.0)), ([1.89, -3.0, 0.52], (1.0, 0.0))])
def test_a_tenth_of_a_kilogram_across_the_line(row: list[float], ends: tuple[float, float]) -> None:
    model = model_of(row)
    crossing = crossing_at(model, 172.4, 0.1, 1.0)
    assert crossing is not None
    assert crossing.after_kg - crossing.before_kg == pytest.approx(0.1)
    assert crossing.step == ends
    at = np.array([172.4, 172.4]), np.array([crossing.before_kg, crossing.after_kg])
    assert crossing.sigmoid == pytest.approx(model.probability_at(*at).tolist())
    per_kg = row[1] / SCALER.std_weight_kg
    assert crossing.sigmoid[1] == pytest.approx(1.0 / (1.0 + math.exp(-0.05 * per_kg)))
    assert sorted(crossing.sigmoid)[0] == pytest.approx(0.496, abs=5e-4)


def test_without_weight_in_the_logit_nobody_crosses_by_weight() -> None:
    assert crossing_at(model_of([1.0, 0.0, 0.0]), 165.0, 0.1, 1.0) is None
    assert crossing_at(hidden_model(), 165.0, 0.1, 1.0) is None
    assert "upright" in words.crossing_sentence(model_of([1.0, 0.0, 0.0]), 1.0, None)
    assert "weights are 0" in words.crossing_sentence(model_of([0.0, 0.0, 1.0]), 1.0, None)
    assert "outside" in words.crossing_sentence(model_of([0.1, 0.1, 9.0]), 1.0, None)
    assert words.crossing_sentence(hidden_model(), 1.0, None) == ""


def test_the_sentence_has_the_numbers_of_this_model() -> None:
    sentence = words.crossing_sentence(model_of(), 1.0, 172.4)
    crossing = crossing_at(model_of(), 172.4, 0.1, 1.0)
    assert crossing is not None
    assert f"172.4 cm from {crossing.before_kg:.2f} to {crossing.after_kg:.2f} kg" in sentence
    assert "step 0\u00a0% → 100\u00a0%" in sentence
    assert "sigmoid 49.6\u00a0% → 50.4\u00a0%" in sentence
    assert "172.4" not in words.crossing_sentence(
        model_of(), 1.0, 139.0
    )  # the line is not in the picture there


@pytest.mark.parametrize(
    ("before", "after", "texts"),
    [
        (0.0, 1.0, ("0 %", "100 %")),
        (0.4963, 0.5037, ("49.6 %", "50.4 %")),
        (0.49998, 0.50002, ("49.998 %", "50.002 %")),
        (0.5, 0.5, ("50.000000 %", "50.000000 %")),
    ],
)
def test_percentages_have_the_decimals_that_tell_them_apart(
    before: float, after: float, texts: tuple[str, str]
) -> None:
    assert words.percent_pair(before, after) == tuple(text.replace(" ", "\u00a0") for text in texts)


# --- the line of p = threshold ----------------------------------------------------------------------------


@pytest.mark.parametrize("steepness", [1.0, 4.0])
@pytest.mark.parametrize("threshold", [0.5, 0.8])
def test_on_the_line_p_is_the_threshold(threshold: float, steepness: float) -> None:
    for model in (model_of(), model_of(SOFTMAX_ROWS, 3, 2), hidden_model()):
        pieces = level_pieces(model, threshold, steepness)
        assert len(pieces) > 4
        p = model.probability_at(pieces[..., 0].ravel(), pieces[..., 1].ravel(), steepness)
        close = 1e-9 if model.row is not None else 0.03 * steepness
        assert p == pytest.approx(np.full(p.shape, threshold), abs=close)


def test_on_the_cliff_the_line_is_at_the_wall_half_way_up() -> None:
    for model in (model_of(), model_of(SOFTMAX_ROWS, 3, 2)):
        pieces = level_pieces(model, 0.8, STEP)
        assert pieces[..., 2] == pytest.approx(np.full(pieces.shape[:2], 0.5))
        places = np.column_stack(
            [pieces[..., 0].ravel(), pieces[..., 1].ravel(), np.ones(pieces[..., 0].size)]
        )
        steepness = np.hypot(*model.on_floor(model.leads)[:, :2].T)
        distance = (places @ model.leads.T / steepness).min(
            axis=1
        )  # from the nearest tie, in widths of the floor
        assert distance == pytest.approx(np.zeros(distance.shape), abs=0.003)
    assert level_pieces(model_of([0.0, 0.0, 1.0]), 0.5, 1.0).shape[0] == 0


# --- samples ----------------------------------------------------------------------------------------------


def test_of_many_samples_evenly_chosen_ones_are_shown_and_the_hovered_one() -> None:
    numbers = np.arange(5000)
    classes = np.where(numbers == 17, UNLABELLED, numbers % 2)
    samples = Samples.from_columns(150.0 + numbers % 40, 50.0 + numbers % 50, classes)
    shown = ShownSamples()
    rows = shown.rows(samples)
    assert len(rows) == MOST_SAMPLES
    assert (np.diff(rows.sample_id) > 0).all()
    assert 1235 not in rows.sample_id
    assert 1235 in shown.rows(samples, 1235).sample_id
    assert 17 not in shown.rows(samples, 17).sample_id
    assert len(shown.rows(samples, 99_999)) == MOST_SAMPLES


def test_the_box_reaches_round_numbers_around_all_samples() -> None:
    shown = ShownSamples()
    (low_cm, high_cm), (low_kg, high_kg) = shown.ranges(
        Samples.from_columns([151.3, 188.8], [47.2, 103.9], [0, 1])
    )
    assert low_cm < 151.3 < 188.8 < high_cm
    assert low_kg < 47.2 < 103.9 < high_kg
    assert high_cm - low_cm < 1.3 * (188.8 - 151.3)
    assert all(value == round(value) for value in (low_cm, high_cm, low_kg, high_kg))
    assert shown.ranges(Samples()) == ((140.0, 200.0), (40.0, 120.0))
    ends = shown.ranges(Samples.from_columns([170.0], [70.0], [0]))[0]
    assert ends[0] < 170.0 < ends[1]


def picture_of(model: SurfaceModel, hovered_id: int | None = None) -> SurfacePicture:
    document = document_of(model.model.n_classes)
    theme, state = make_theme(dark=False), document.state
    return SurfacePicture(
        model=model,
        samples=ShownSamples().rows(state.samples),
        classes=state.classes,
        threshold=0.5,
        theme=theme,
        brushes=surface_brushes(theme, state.classes, model.class_index),
        hovered_id=hovered_id,
    )


def test_samples_stand_at_their_labels_with_stems_to_the_surface() -> None:
    picture = picture_of(model_of())
    rows = picture.samples
    for steepness in (1.0, STEP):
        content = picture.steep(steepness)
        assert (
            sorted(np.concatenate([group.ids for group in content.points]).tolist())
            == rows.sample_id.tolist()
        )
        for group in content.points:
            label = float(rows.class_index[rows.sample_id == group.ids[0]][0])
            assert group.places[:, 2].tolist() == [label] * len(group.ids)
            p = picture.model.probability_at(group.places[:, 0], group.places[:, 1], steepness)
            assert group.stem_to == pytest.approx(p)


def test_of_several_classes_the_chosen_one_stands_at_one() -> None:
    content = picture_of(model_of(SOFTMAX_ROWS, 3, 1)).steep(1.0)
    assert [set(group.places[:, 2].tolist()) for group in content.points] == [{0.0}, {1.0}, {0.0}]
    assert len({group.marker for group in content.points}) == 3


def test_the_hovered_sample_has_its_numbers_beside_it() -> None:
    picture = picture_of(model_of(), hovered_id=3)
    row = int(np.flatnonzero(picture.samples.sample_id == 3)[0])
    height, weight = float(picture.samples.height_cm[row]), float(picture.samples.weight_kg[row])
    p = float(picture.model.probability_at(np.array([height]), np.array([weight]))[0])
    note = picture.steep(1.0).notes[0]
    assert note.text == f"{height:.1f} cm  {weight:.1f} kg  p = {p:.2f}"
    assert note.place == (height, weight, float(picture.samples.class_index[row]))
    assert " z = " in picture.morph(0.0).notes[0].text


def test_the_slider_ends_in_the_step() -> None:
    scale = SteepnessScale(MOST_STEEP)
    values = [scale.value_at(position) for position in range(scale.steps + 1)]
    assert values[0] == 1.0
    assert values[-2:] == [MOST_STEEP, STEP]
    assert values == sorted(values)
    assert [scale.position_of(value) for value in (1.0, MOST_STEEP, STEP)] == [
        0,
        scale.steps - 1,
        scale.steps,
    ]


# --- the tab ----------------------------------------------------------------------------------------------


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
    QTest.mouseClick(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, end)
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
    QTest.mouseClick(
        slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, slider.height() // 2)
    )
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
