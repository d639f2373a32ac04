"""Models with hidden layers: their gradients, starts and promises of equal bits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from engine.curvature import hessian, suggest_learning_rate
from engine.gradients import LossGradient, gradient_norms
from engine.hidden.curvature import largest_curvature
from engine.hidden.mlp_losses import mlp_batched_losses
from engine.losses import loss_of
from engine.metrics import confusion_matrix, model_metrics, predicted_class
from engine.models import (
    can_carry,
    carry_classes,
    carry_scaler,
    hidden_units,
    layout_of,
    logits,
    probabilities,
    start_parameters,
)
from engine.optimum.best_mse import best_found_mse
from engine.optimum.optimum import find_optimum
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, start_state
from engine.training_data import HIDDEN_BLOCK_SIZE, TrainingData
from tests.engine.mlp_examples import (
    ACTIVATIONS,
    MODELS,
    data,
    loss_and_gradient_in_loops,
    name_of,
    people,
    random_parameters,
    spec_of,
)

every_model = pytest.mark.parametrize("model", MODELS, ids=name_of)
every_loss = pytest.mark.parametrize("loss", ["bce", "mse"])
every_activation = pytest.mark.parametrize("activation", ACTIVATIONS)
OPTIMIZERS = [OptimizerSpec("gd", 0.5), OptimizerSpec("momentum", 0.05), OptimizerSpec("adam", 0.02)]


def mean_loss(model, loss, parameters, samples):
    z = logits(model, parameters, samples.design)
    return loss_of("mlp", loss).value_and_gradient(z, samples.class_index)[0].mean()


def trained(spec, *slices):
    stepper, state = Stepper(spec, TrainingData.of(spec)), start_state(spec)
    for n_steps in slices:
        stepper.advance(state, n_steps)
    return state


class TestShape:
    def test_layers_follow_each_other_and_one_output_stands_on_top(self):
        layout = layout_of(ModelSpec("mlp", 2, (4, 3), "relu"))
        assert [(layer.inputs, layer.outputs, layer.activation) for layer in layout.layers] == [
            (2, 4, "relu"),
            (4, 3, "relu"),
            (3, 1, "sigmoid"),
        ]
        assert layout.parameter_count == 12 + 15 + 4
        assert layout.bias_positions.tolist() == [2, 5, 8, 11, 16, 21, 26, 30]

    @pytest.mark.parametrize(
        "model",
        [
            ModelSpec("mlp", 2),
            ModelSpec("mlp", 2, (8, 8, 8, 8)),
            ModelSpec("mlp", 2, (17,)),
            ModelSpec("mlp", 2, (8, 0)),
            ModelSpec("mlp", 3, (8,)),
            ModelSpec("logistic", 2, (8,)),
            ModelSpec("softmax", 3, (8,)),
        ],
    )
    def test_other_shapes_are_refused(self, model):
        with pytest.raises(ValueError, match=r"hidden layer|two classes"):
            layout_of(model)


class TestGradient:
    @every_loss
    @every_model
    def test_it_is_that_of_central_differences(self, model, loss):
        samples, parameters = data(), random_parameters(model)
        gradient = LossGradient(model, loss, samples)(parameters)
        numeric = np.empty_like(parameters)
        h = 1e-6  # no ReLU of these has its kink so near to a sample
        for place in range(parameters.size):
            step = h * (np.arange(parameters.size) == place)
            f = [mean_loss(model, loss, parameters + k * step, samples) for k in (-2, -1, 1, 2)]
            numeric[place] = (f[0] - 8.0 * f[1] + 8.0 * f[2] - f[3]) / (12.0 * h)
        np.testing.assert_allclose(gradient, numeric, atol=1e-9)

    @every_loss
    @every_model
    @pytest.mark.parametrize("bias", [True, False])
    def test_it_is_that_of_a_plain_backpropagation_in_loops(self, model, loss, bias):
        samples, parameters = data(17, bias=bias), random_parameters(model)
        if not bias:
            parameters[layout_of(model).bias_positions] = 0.0
        value, expected = loss_and_gradient_in_loops(model, loss, parameters, samples)
        np.testing.assert_allclose(
            LossGradient(model, loss, samples)(parameters), expected, rtol=1e-11, atol=1e-15
        )
        assert mean_loss(model, loss, parameters, samples) == pytest.approx(value, rel=1e-13)

    @every_activation
    def test_it_is_that_of_scikit_learn(self, activation):
        model, samples = ModelSpec("mlp", 2, (8, 5), activation), data(200)
        parameters = random_parameters(model)
        names = {"tanh": "tanh", "sigmoid": "logistic", "relu": "relu"}
        peer = MLPClassifier((8, 5), activation=names[activation], alpha=0.0, max_iter=1)
        inputs, labels = samples.design[:2].T.copy(), samples.class_index
        with pytest.warns(ConvergenceWarning):
            peer.fit(inputs, labels)
        layers = [layout_of(model).layer_view(parameters, index) for index in range(3)]
        peer.coefs_ = [layer[:, :-1].T.copy() for layer in layers]
        peer.intercepts_ = [layer[:, -1].copy() for layer in layers]
        sizes = [2, 8, 5, 1]
        activations = [inputs, *(np.empty((200, size)) for size in sizes[1:])]
        by_unit = [np.empty_like(values) for values in activations[1:]]
        weights, biases = (
            [np.empty_like(part) for part in parts] for parts in (peer.coefs_, peer.intercepts_)
        )
        value, weights, biases = peer._backprop(
            inputs, labels[:, None].astype(float), None, activations, by_unit, weights, biases
        )
        expected = [np.column_stack([w.T, b]).ravel() for w, b in zip(weights, biases, strict=True)]
        found = LossGradient(model, "bce", samples)(parameters)
        np.testing.assert_allclose(found, np.concatenate(expected), rtol=1e-10, atol=1e-14)
        assert mean_loss(model, "bce", parameters, samples) == pytest.approx(value, rel=1e-12)

    @every_loss
    @every_activation
    def test_over_many_blocks_it_is_the_mean_of_all(self, activation, loss):
        model, samples = ModelSpec("mlp", 2, (4, 3), activation), data(2 * HIDDEN_BLOCK_SIZE + 5)
        parameters = random_parameters(model)
        whole = LossGradient(model, loss, samples)(parameters)
        halves = np.zeros_like(whole)
        for part in np.array_split(np.arange(len(samples)), 2):
            some = TrainingData(
                np.ascontiguousarray(samples.design[:, part]),
                samples.class_index[part],
                samples.sample_id[part],
                samples.scaler,
            )
            halves += LossGradient(model, loss, some)(parameters) * part.size / len(samples)
        np.testing.assert_allclose(whole, halves, rtol=1e-11, atol=1e-15)

    def test_a_relu_has_no_slope_at_its_kink(self):
        model = ModelSpec("mlp", 2, (1,), "relu")
        samples = data()
        on_the_kink = np.array([0.0, 0.0, 0.0, 1.0, 0.3])
        gradient = LossGradient(model, "bce", samples)(on_the_kink)
        assert gradient[:4].tolist() == [0.0] * 4
        assert gradient[4] != 0.0

    @every_loss
    @every_activation
    def test_it_stays_finite_at_enormous_weights(self, activation, loss):
        model = ModelSpec("mlp", 2, (8, 8), activation)
        gradient = LossGradient(model, loss, data())(random_parameters(model, 1e6))
        assert np.isfinite(gradient).all()

    def test_its_length_is_given_for_each_model(self):
        spec = spec_of(MODELS[0])
        parameters = start_parameters(spec)
        norms = gradient_norms(spec, parameters, TrainingData.of(spec))
        expected = [
            np.linalg.norm(LossGradient(spec.model, loss, TrainingData.of(spec))(row))
            for loss, row in zip(spec.losses, parameters, strict=True)
        ]
        assert norms.tolist() == expected
        empty = TrainingData.from_samples(type(people())(), 2)
        assert np.isnan(gradient_norms(spec, parameters, empty)).all()


class TestSteps:
    @pytest.mark.parametrize("batch_size", [None, 7, 1000])
    @pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=lambda optimizer: optimizer.kind)
    @every_activation
    def test_bits_depend_neither_on_slices_nor_on_looking_nor_on_company(
        self, activation, optimizer, batch_size
    ):
        model = ModelSpec("mlp", 2, (8, 3), activation)
        spec = spec_of(model, optimizer=optimizer, batch_size=batch_size)
        state = trained(spec, 60)
        stepper, watched = Stepper(spec, TrainingData.of(spec)), start_state(spec)
        for _ in range(60):
            stepper.advance(watched, 1)
            stepper.metrics(watched)
        assert (watched.parameters == state.parameters).all()
        for row, loss in enumerate(spec.losses):
            alone = trained(replace(spec, losses=(loss,)), 7, 53)
            assert (alone.parameters[0] == state.parameters[row]).all()
            assert (alone.slots[:, 0] == state.slots[:, row]).all()

    def test_steps_are_those_along_the_gradient(self):
        spec = spec_of(ModelSpec("mlp", 2, (8, 8), "sigmoid"), optimizer=OptimizerSpec("gd", 0.3))
        samples = TrainingData.of(spec)
        expected = start_parameters(spec)
        for row, loss in zip(expected, spec.losses, strict=True):
            gradient = LossGradient(spec.model, loss, samples)
            for _ in range(20):
                row -= 0.3 * gradient(row)
        np.testing.assert_allclose(trained(spec, 20).parameters, expected, rtol=1e-12)

    @every_loss
    @every_activation
    def test_a_ring_is_learnt_that_no_line_can_learn(self, activation, loss):
        spec = spec_of(
            ModelSpec("mlp", 2, (8,), activation), (loss,), people(300), optimizer=OptimizerSpec("adam", 0.05)
        )
        samples = TrainingData.of(spec)
        line = spec_of(ModelSpec("logistic", 2), ("bce",), people(300), optimizer=OptimizerSpec("adam", 0.05))
        error = Stepper(spec, samples).metrics(trained(spec, 1500))[0, 2]
        assert error < 0.1
        assert Stepper(line, samples).metrics(trained(line, 1500))[0, 2] > 0.25


class TestStart:
    def test_weights_are_drawn_by_their_nodes_inputs_and_biases_are_0(self):
        model = ModelSpec("mlp", 2, (16, 16, 16))
        layout = layout_of(model)
        rows = np.array(
            [
                start_parameters(spec_of(model, ("bce",), start=StartSpec("normal", 2.0), seed=seed))[0]
                for seed in range(200)
            ]
        )
        assert not rows[:, layout.bias_positions].any()
        for index, inputs in enumerate((2, 16, 16, 16)):
            weights = layout.layer_view(rows, index)[..., :-1]
            assert weights.std() == pytest.approx(2.0 / np.sqrt(inputs), rel=0.03)
            assert abs(weights.mean()) < 0.02

    def test_both_models_of_a_comparison_start_from_the_same_row_and_the_seed_decides_it(self):
        first, second = start_parameters(spec_of(MODELS[0], seed=4))
        assert (first == second).all()
        assert (start_parameters(spec_of(MODELS[0], seed=4))[0] == first).all()
        assert (start_parameters(spec_of(MODELS[0], seed=5))[0] != first)[:2].all()

    @pytest.mark.parametrize("activation", ["tanh", "relu"])
    def test_zeros_are_a_saddle_where_the_outputs_bias_alone_moves(self, activation):
        spec = spec_of(ModelSpec("mlp", 2, (4, 4), activation), start=StartSpec("zeros"))
        state = trained(spec, 50)
        assert not state.parameters[:, :-1].any()
        assert state.parameters[:, -1].all()

    def test_from_zeros_all_sigmoid_units_stay_alike(self):
        model = ModelSpec("mlp", 2, (4,), "sigmoid")
        state = trained(spec_of(model, start=StartSpec("zeros"), optimizer=OptimizerSpec("gd", 1.0)), 200)
        units = layout_of(model).layer_view(state.parameters, 0)
        np.testing.assert_allclose(units, np.broadcast_to(units[:, :1], units.shape), rtol=1e-9)


class TestCarrying:
    @every_model
    def test_another_scaler_changes_no_probability_and_only_the_first_layer(self, model):
        old, new = Standardizer(168.0, 66.0, 9.0, 13.0), Standardizer(171.0, 60.0, 7.0, 20.0)
        parameters = random_parameters(model)
        carried = carry_scaler(model, parameters, old, new)
        height, weight = np.array([150.0, 170.0, 195.0]), np.array([50.0, 90.0, 70.0])
        before, after = (
            probabilities(model, row, np.stack([*scaler.standardize(height, weight), np.ones(3)]))
            for row, scaler in ((parameters, old), (carried, new))
        )
        np.testing.assert_allclose(after, before, rtol=1e-12)
        first = layout_of(model).layers[0].parameter_count
        assert (carried[first:] == parameters[first:]).all()

    @pytest.mark.parametrize(
        "other",
        [
            ModelSpec("logistic", 2),
            ModelSpec("mlp", 2, (8, 7)),
            ModelSpec("mlp", 2, (8, 8), "relu"),
            ModelSpec("mlp", 2, (8,)),
        ],
    )
    def test_weights_mean_nothing_in_another_shape(self, other):
        old, new = spec_of(ModelSpec("mlp", 2, (8, 8))), spec_of(other)
        for one, two in ((old, new), (new, old)):
            assert not can_carry(one, two)
            with pytest.raises(ValueError, match="mean nothing"):
                carry_classes(start_parameters(one), one, two)

    def test_the_same_shape_goes_on_with_the_model_of_the_same_loss(self):
        spec = spec_of(ModelSpec("mlp", 2, (8, 8)))
        parameters = np.stack([random_parameters(spec.model, seed=seed) for seed in (1, 2)])
        carried = carry_classes(parameters, spec, replace(spec, losses=("mse",)))
        assert (carried == parameters[1:]).all()
        assert not can_carry(spec, replace(spec, class_ids=(0, 2)))


class TestMetrics:
    @every_model
    def test_they_are_the_textbooks(self, model):
        samples, parameters = data(500), random_parameters(model)
        z = logits(model, parameters, samples.design)
        expected = [mean_loss(model, loss, parameters, samples) for loss in ("bce", "mse")]
        answers = (z[0] >= 0.0).astype(int)
        found = model_metrics(model, parameters, samples)
        np.testing.assert_allclose(found, [*expected, (answers != samples.class_index).mean()], rtol=1e-12)
        assert (predicted_class(model, parameters, samples.design) == answers).all()
        counts = confusion_matrix(model, parameters, samples)
        assert counts.sum() == 500
        assert counts[0, 1] == np.count_nonzero((samples.class_index == 0) & (answers == 1))

    def test_on_the_boundary_the_answer_is_class_1(self):
        model, samples = ModelSpec("mlp", 2, (4,)), data()
        share = samples.class_index.mean()
        zeros = np.zeros(layout_of(model).parameter_count)
        assert model_metrics(model, zeros, samples)[2] == pytest.approx(1.0 - share)

    @every_model
    def test_many_models_at_once_have_each_its_own_losses(self, model):
        samples = data(300)
        rows = np.stack([random_parameters(model, seed=seed) for seed in range(40)])
        expected = np.array([model_metrics(model, row, samples)[:2] for row in rows])
        np.testing.assert_allclose(mlp_batched_losses(model, rows, samples), expected, rtol=1e-12)
        last = layout_of(model).layer_slice(len(model.hidden))
        rows[:, : last.start] = rows[0, : last.start]
        expected = np.array([model_metrics(model, row, samples)[:2] for row in rows])
        np.testing.assert_allclose(mlp_batched_losses(model, rows, samples), expected, rtol=1e-12)

    def test_many_models_over_more_samples_than_a_block(self):
        model, samples = ModelSpec("mlp", 2, (16,), "relu"), data(9000)
        rows = np.stack([random_parameters(model, seed=seed) for seed in range(3)])
        expected = np.array([model_metrics(model, row, samples)[:2] for row in rows])
        np.testing.assert_allclose(mlp_batched_losses(model, rows, samples), expected, rtol=1e-12)

    @every_activation
    def test_hidden_units_are_what_the_output_sums_up(self, activation):
        model, samples = ModelSpec("mlp", 2, (3, 5), activation), data()
        parameters = random_parameters(model)
        first, second = hidden_units(model, parameters, samples.design)
        assert (first.shape, second.shape) == ((3, 60), (5, 60))
        output = layout_of(model).layer_view(parameters, 2)[0]
        z = output[:-1] @ second + output[-1]
        np.testing.assert_allclose(logits(model, parameters, samples.design)[0], z, rtol=1e-13)
        assert hidden_units(ModelSpec("logistic", 2), np.ones(3), samples.design) == []


class TestWhatHasNoAnswer:
    @pytest.mark.parametrize(
        ("model", "sentence"),
        [
            (ModelSpec("mlp", 2, (8,)), "A model with hidden layers has no single best weights to compute."),
            (ModelSpec("step", 2), "its error rate is flat"),
        ],
        ids=["mlp", "step"],
    )
    def test_no_optimum_is_claimed_and_a_sentence_says_why(self, model, sentence):
        optimum, best = find_optimum(model, data()), best_found_mse(model, data())
        assert optimum.parameters is best.parameters is best.limit is None
        assert optimum.separable is None
        assert sentence in str(optimum.message)
        assert str(best.message) == str(optimum.message)

    def test_a_hessian_in_closed_form_is_refused(self):
        model = ModelSpec("mlp", 2, (8,))
        with pytest.raises(ValueError, match="not computed in closed form"):
            hessian(model, random_parameters(model), data(), "bce")


class TestCurvature:
    @every_loss
    @pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
    def test_the_largest_is_that_of_the_whole_hessian(self, activation, loss):
        model, samples = ModelSpec("mlp", 2, (3, 3), activation), data()
        parameters = random_parameters(model)
        gradient, h = LossGradient(model, loss, samples), 1e-5
        whole = np.array(
            [
                (gradient(parameters + h * unit) - gradient(parameters - h * unit)) / (2.0 * h)
                for unit in np.eye(parameters.size)
            ]
        )
        expected = np.linalg.eigvalsh(0.5 * (whole + whole.T))[-1]
        found = largest_curvature(model, parameters, samples, loss)
        assert found == pytest.approx(expected, rel=1e-5)
        assert suggest_learning_rate(model, parameters, samples, loss) == 1.0 / found

    def test_more_samples_than_are_needed_are_thinned_out_evenly(self):
        model = ModelSpec("mlp", 2, (8, 8))
        parameters = random_parameters(model)
        few, many = (largest_curvature(model, parameters, data(n), "bce") for n in (4000, 30_000))
        assert many == pytest.approx(few, rel=0.2)
