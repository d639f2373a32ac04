"""Hidden layers: slices against the engine's own Hessians, measured shares, honest sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.batched_losses import batched_loss
from engine.hidden.nonconvexity import NonConvexity, Slices, layer_slice, measure
from gui.plots.hidden import words
from gui.plots.hidden.measure import groups_of
from gui.plots.hidden.work import (
    Centre,
    MeasureAnswer,
    MeasureQuestion,
    SliceQuestion,
    drawn_pair,
    measure_layers,
    slice_levels,
)
from gui.plots.landscape.picture import Look
from tests.gui.hidden_examples import centre_of

LOOK = Look(width=60, height=50, pixels=1.0)


def never() -> bool:
    return False


def question_of(centre: Centre, layer: int, **changes: object) -> SliceQuestion:
    pair = drawn_pair(centre, layer, 0)
    return replace(SliceQuestion(centre, layer, "directions", 0, pair, 2.0, (9,), LOOK), **changes)


# --- slices -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["directions", "weights"])
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_a_slice_has_the_models_own_losses_and_changes_one_layer_alone(kind, layer):
    centre = centre_of()
    question = question_of(centre, layer, kind=kind)
    (answer,) = slice_levels(question, never)
    plane = question.plane(9)
    for grid in answer.grids:
        function = batched_loss(centre.model, grid.loss_name, centre.data())
        assert np.allclose(grid.loss.ravel(), function(plane.grid_parameters()), atol=1e-12)
    place = centre.layout.layer_slice(layer)
    moved = np.flatnonzero((plane.grid_parameters() != centre.parameters).any(axis=0))
    assert set(moved) <= set(range(place.start, place.stop))
    assert moved.size == (2 if kind == "weights" else place.stop - place.start)
    u, v = question.now
    assert np.allclose(plane.parameters(u, v), centre.parameters)


def test_over_the_output_weights_bce_is_convex_and_mse_is_not():
    question = question_of(centre_of(), 2, half_width=8.0)
    (answer,) = slice_levels(question, never)
    bce, mse = answer.grids
    assert bce.negative_share == 0.0
    assert mse.negative_share > 0.1


def test_in_the_hidden_weights_neither_is():
    (answer,) = slice_levels(question_of(centre_of(), 0, half_width=4.0), never)
    assert all(grid.negative_share > 0.1 for grid in answer.grids)


def test_the_measured_seeds_are_slices_that_can_be_looked_at():
    centre = centre_of()
    question = question_of(centre, 1, seed=3, half_width=3.0)
    wanted = layer_slice(centre.model, centre.parameters, 1, Slices(side=9), 3)
    assert np.array_equal(question.plane(9).grid_parameters(), wanted.grid_parameters())
    measured = measure(centre.model, centre.parameters, centre.data(), "mse", 1, Slices(side=9))
    question = replace(question, sizes=(9,))
    (answer,) = slice_levels(question, never)
    assert answer.grids[1].negative_share == pytest.approx(measured.curved_shares[3], abs=2.5 / 81)


def test_without_a_bias_no_slice_runs_along_one():
    centre = centre_of(bias=False)
    for seed in range(8):
        for place in drawn_pair(centre, 0, seed):
            assert place not in centre.layout.bias_positions


# --- measuring --------------------------------------------------------------------------------------


def test_measuring_gives_the_engines_numbers_layer_by_layer_and_tells_how_far_it_is():
    centre = centre_of(hidden=(2,))
    told: list[float] = []
    question = MeasureQuestion(centre, Slices(side=5))
    answers = list(measure_layers(question, told.append, never))
    assert [len(answer.found) for answer in answers] == [1, 2, 3, 4]
    assert answers[-1].is_complete
    assert not answers[-2].is_complete
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    for one in answers[-1].found:
        data = centre.data()
        assert one == measure(centre.model, centre.parameters, data, one.loss, one.layer, Slices(side=5))
        assert len(one.curved_shares) == 5


def test_relu_has_its_chords_counted_too():
    centre = centre_of(hidden=(3,), activation="relu")
    answers = list(
        measure_layers(MeasureQuestion(centre, Slices(side=4, chords=40)), lambda share: None, never)
    )
    groups = groups_of(answers[-1], centre.model)
    assert all(bar.chords is not None and bar.chord_text.startswith("chords") for bar in groups[0].bars)
    assert groups[1].bars[0].chords == 0.0


# --- sentences --------------------------------------------------------------------------------------


def answer_with(*shares: tuple[float, float]) -> MeasureAnswer:
    """An answer whose mean shares are given, (BCE, MSE) for each layer from the first on."""
    centre = centre_of(hidden=(3,) * (len(shares) - 1))
    slices = Slices()
    found = [
        NonConvexity(
            layer, loss, slices, 60, (max(share - 0.02, 0.0),) * 2 + (share,) + (share + 0.02,) * 2, ()
        )
        if share
        else NonConvexity(layer, loss, slices, 60, (0.0,) * 5, ())
        for layer, pair in enumerate(shares)
        for loss, share in zip(("bce", "mse"), pair, strict=True)
    ]
    return MeasureAnswer(MeasureQuestion(centre, slices), tuple(found))


def test_what_agrees_with_the_tendency_is_called_a_tendency():
    text = words.conclusion(answer_with((0.6, 0.7), (0.3, 0.5), (0.0, 0.2)))
    assert text == (
        "The further from the output, the more often both losses curve downwards here: a tendency, not a "
        "theorem. BCE does so less often than MSE in every layer. In the output layer BCE is convex: its 0 % "
        "is certain."
    )


def test_a_run_that_disagrees_is_told_so_with_its_numbers():
    text = words.conclusion(answer_with((0.2, 0.7), (0.5, 0.4), (0.0, 0.2)))
    assert (
        "This run disagrees with the tendency: for BCE, layer 1 (20 %) curves downwards less often than"
        in text
    )
    assert "layer 2 (50 %), which is nearer to the output." in text
    assert "BCE does not do so less often than MSE in: layer 2." in text
    assert "less often than MSE in every layer" not in text


def test_a_loss_that_disagrees_alone_is_named():
    text = words.conclusion(answer_with((0.6, 0.3), (0.0, 0.5)))
    assert "for MSE, layer 1 (30 %) curves downwards less often than output (50 %)" in text


def test_nothing_is_concluded_before_every_layer_is_measured():
    whole = answer_with((0.6, 0.7), (0.0, 0.2))
    assert words.conclusion(MeasureAnswer(whole.question, whole.found[:3])) == ""
    bars = groups_of(MeasureAnswer(whole.question, whole.found[:3]), whole.question.centre.model)
    assert bars[1].bars[1].mean is None
    assert bars[0].bars[0].text == "60 % (58 to 62 %)"
