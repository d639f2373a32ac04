"""Non-convexity by layer: none for BCE in the output weights, and elsewhere as much as there is."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batched_losses import batched_loss
from engine.curvature import hessian
from engine.hidden.nonconvexity import Slices, layer_slice, measure
from engine.landscape.chords import chord_between
from engine.landscape.planes import curvature_of
from engine.models import hidden_units, layout_of
from engine.scaling import Standardizer
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from tests.engine.mlp_examples import ACTIVATIONS, data, random_parameters

every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
every_kind = pytest.mark.parametrize("kind", ["weights", "directions"])


@every_kind
@every_activation
def test_with_fixed_hidden_weights_bce_is_convex_in_the_output_weights_and_mse_is_not(activation, kind):
    model = ModelSpec("mlp", 2, (5, 4), activation)
    parameters = random_parameters(model)
    bce, mse = (
        measure(model, parameters, data(), loss, 2, Slices(6.0, 9, kind=kind, chords=100))
        for loss in ("bce", "mse")
    )
    assert bce.curved_shares == bce.chord_shares == (0.0,) * 5
    assert mse.mean > 0.05
    assert mse.chord_mean > 0.0


@pytest.mark.parametrize("loss", ["bce", "mse"])
@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_in_the_hidden_weights_neither_loss_is_convex(activation, loss):
    model = ModelSpec("mlp", 2, (5, 4), activation)
    shares = [
        measure(model, random_parameters(model, 2.0), data(), loss, layer, Slices(side=9)).mean
        for layer in (0, 1)
    ]
    assert min(shares) > 0.0


def test_relu_is_measured_by_chords_too():
    model = ModelSpec("mlp", 2, (5, 4), "relu")
    found = measure(model, random_parameters(model), data(), "bce", 0, Slices(side=5))
    assert len(found.chord_shares) == 5
    assert found.chord_mean > 0.0
    smooth = ModelSpec("mlp", 2, (5, 4))
    assert measure(smooth, random_parameters(smooth), data(), "bce", 0, Slices(side=5)).chord_mean is None


def test_one_layer_models_have_the_share_of_their_exact_hessian():
    model, samples, parameters = ModelSpec("logistic", 2), data(), np.array([2.0, -1.0, 0.5])
    slices = Slices(4.0, 9, kind="weights")
    found = measure(model, parameters, samples, "mse", 0, slices)
    for seed, share in enumerate(found.curved_shares):
        plane = layer_slice(model, parameters, 0, slices, seed)
        directions = np.stack([plane.direction_u, plane.direction_v])
        inner = [
            directions @ hessian(model, point, samples, "mse") @ directions.T
            for point in plane.grid_parameters()
        ]
        smallest, largest = curvature_of(*np.array([[h[0, 0], h[0, 1], h[1, 1]] for h in inner]).T)
        assert share == (smallest < -1e-9 * largest).mean()
    assert measure(model, parameters, samples, "bce", 0, Slices(side=9)).curved_shares == (0.0,) * 5


def test_the_output_layers_slice_is_that_of_a_logistic_model_on_the_hidden_units():
    model, samples = ModelSpec("mlp", 2, (2,)), data()
    parameters = random_parameters(model)
    units = hidden_units(model, parameters, samples.design)[0]
    above = TrainingData(
        np.concatenate([units, np.ones((1, units.shape[1]))]),
        samples.class_index,
        samples.sample_id,
        Standardizer.identity(),
    )
    output = layout_of(model).layer_view(parameters, 1)[0]
    found = measure(model, parameters, samples, "mse", 1, Slices(8.0, 7, kind="weights"))
    # The same seeds draw other weights there, but all pairs of three weights come up in enough of them.
    peer = measure(ModelSpec("logistic", 2), output, above, "mse", 0, Slices(8.0, 7, 30, "weights"))
    assert set(found.curved_shares) <= set(peer.curved_shares)


@every_kind
def test_a_slice_runs_through_the_given_weights_along_its_layer_alone(kind):
    model = ModelSpec("mlp", 2, (3, 2))
    parameters = random_parameters(model)
    plane = layer_slice(model, parameters, 1, Slices(2.5, 7, kind=kind), 3)
    np.testing.assert_array_equal(plane.parameters(0.0, 0.0), parameters)
    place = layout_of(model).layer_slice(1)
    for direction in (plane.direction_u, plane.direction_v):
        assert np.linalg.norm(direction) == pytest.approx(1.0)
        assert np.linalg.norm(direction[place]) == pytest.approx(1.0)
    assert plane.direction_u @ plane.direction_v == pytest.approx(0.0, abs=1e-15)
    assert (plane.u_range, plane.v_range) == ((-2.5, 2.5), (-2.5, 2.5))
    other = layer_slice(model, parameters, 1, Slices(2.5, 7, kind=kind), 4)
    assert (other.direction_u != plane.direction_u).any() or (other.direction_v != plane.direction_v).any()


def test_without_biases_no_slice_runs_along_one():
    model, weights = ModelSpec("mlp", 2, (3, 2)), Slices(kind="weights")
    for seed in range(10):
        plane = layer_slice(model, random_parameters(model), 0, weights, seed, bias=False)
        assert not plane.direction_u[[2, 5, 8]].any()
    with pytest.raises(ValueError, match="two parameters"):
        layer_slice(ModelSpec("mlp", 2, (1,)), np.zeros(5), 1, weights, 0, bias=False)


def test_what_was_measured_is_said():
    model, samples = ModelSpec("mlp", 2, (3,)), data(3000)
    found = measure(model, random_parameters(model), samples, "mse", 0, Slices(side=3, seeds=6))
    assert (found.layer, found.loss, found.slices.side, found.samples) == (0, "mse", 3, 1000)
    assert len(found.curved_shares) == 6
    assert found.spread == (min(found.curved_shares), max(found.curved_shares))
    assert found.spread[0] <= found.mean <= found.spread[1]


def test_it_can_be_stopped():
    model = ModelSpec("mlp", 2, (3,))
    assert measure(model, random_parameters(model), data(), "bce", 0, should_stop=lambda: True) is None


@pytest.mark.parametrize("changes", [{"seeds": 4}, {"side": 1}, {"box_half_width": 0.0}])
def test_too_little_to_measure_is_refused(changes):
    with pytest.raises(ValueError, match="at least 5 seeds"):
        Slices(**changes)


def test_a_chord_of_a_relu_network_is_violated_where_no_hessian_sees_it():
    # One ReLU before the output: along its own weight the loss of a single sample is flat, then falls.
    model = ModelSpec("mlp", 2, (1,), "relu")
    sample = TrainingData(
        np.array([[1.0], [0.0], [1.0]]), np.array([1]), np.array([0]), Standardizer.identity()
    )
    loss = batched_loss(model, "bce", sample)
    low, high = (np.array([w, 0.0, 0.0, 1.0, 0.0]) for w in (-1.0, 2.0))
    chord = chord_between(loss, low, high)
    assert chord.violated
    np.testing.assert_allclose(loss(np.stack([low, 0.5 * low])), np.log(2.0))
