"""What the surface tab draws: the model in space, the morph, slopes, the line of 1/2, the samples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from engine.activations import logit as logit_of
from engine.activations import sigmoid
from engine.models import probabilities
from engine.samples import UNLABELLED, Samples
from gui.plots.scene3d.camera import BOX_HEIGHT
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField
from gui.plots.scene3d.terraces import TerraceField
from gui.plots.surface import words
from gui.plots.surface.content import MOST_SAMPLES, ShownSamples, SurfacePicture, surface_brushes
from gui.plots.surface.controls import MOST_STEEP, SteepnessScale
from gui.plots.surface.model import STEP, SurfaceModel, crossing_at
from gui.plots.surface.shapes import (
    level_pieces,
    morph_height,
    morph_surface,
    probability_surface,
    round_logit_end,
    steepest_pieces,
)
from gui.theme import make_theme
from tests.gui.lab_bench import LabBench
from tests.gui.view_fakes import document_of

SCALER = LabBench.scaler
ROW = [-1.89, 3.0, -0.52]
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
