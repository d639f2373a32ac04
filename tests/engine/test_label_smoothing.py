"""Label smoothing: every kernel and metric reads the soft targets, and a finite optimum always exists."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from engine.curvature import hessian
from engine.document.state import ClassInfo, DocumentState, Settings
from engine.gradients import LossGradient
from engine.kernels.kernel import Overflow, make_kernel
from engine.losses import LOSSES, loss_of
from engine.metrics import model_metrics, predicted_class
from engine.models import layout_of, logits, probabilities
from engine.optimum.best_mse import best_found_mse
from engine.optimum.optimum import GRADIENT_TOLERANCE, find_optimum
from engine.running.run import Run
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import RIVAL_KINDS, SMOOTHED_KINDS, ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, start_state
from engine.training_data import BLOCK_SIZE, TrainingData, kernel_columns, losses_on
from tests.engine.run_examples import compare_spec, hidden_spec, people, softmax_spec

EPSILON = 0.2
PAIRS = [pair for pair in LOSSES if pair[0] in SMOOTHED_KINDS]


def model_of(kind):
    return ModelSpec(kind, 2 if kind == "logistic" else 3)


def data_of(model, n=80, epsilon=EPSILON, **changes):
    return TrainingData.from_samples(
        people(n, n_classes=model.n_classes), model.n_classes, label_smoothing=epsilon, **changes
    )


def some_parameters(model, seed=3):
    return np.random.default_rng(seed).normal(0.0, 1.0, layout_of(model).parameter_count)


def spec_of(kind, **changes):
    if kind == "logistic":
        return compare_spec(label_smoothing=EPSILON, **changes)
    model = model_of(kind)
    settings = {"model": model, "losses": (model.likelihood, "mse"), "label_smoothing": EPSILON}
    return softmax_spec(**(settings | changes))


def textbook(model, loss, parameters, data):
    """Mean loss and gradient from the definition of the targets, one class at a time."""
    y = np.equal(np.arange(model.n_classes)[:, None], data.class_index).astype(float)
    targets = (1.0 - EPSILON) * y + EPSILON / model.n_classes
    z = logits(model, parameters, data.design)
    value, by_logit = loss_of(model.kind, loss).of_targets(z, targets)
    return value.mean(), (by_logit @ data.design.T).ravel() / len(data)


class TestLosses:
    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_targets_of_zero_and_one_are_the_labels(self, kind, loss):
        model = model_of(kind)
        z = np.random.default_rng(1).normal(0.0, 4.0, (layout_of(model).layers[0].outputs, 30))
        labels = np.random.default_rng(2).integers(0, model.n_classes, 30)
        targets = np.eye(model.n_classes)[labels].T
        formula = loss_of(kind, loss)
        for found, expected in zip(
            formula.of_targets(z, targets), formula.value_and_gradient(z, labels), strict=True
        ):
            np.testing.assert_allclose(found, expected, rtol=1e-15, atol=1e-300)

    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_the_value_is_the_textbooks_and_its_slope_the_gradient(self, kind, loss):
        model, formula = model_of(kind), loss_of(kind, loss)
        z = np.random.default_rng(1).normal(0.0, 2.0, (layout_of(model).layers[0].outputs, 30))
        z = np.copysign(np.abs(z) + 0.3, z)
        targets = data_of(model, 30).targets(model)
        value, gradient = formula.of_targets(z, targets)
        # Weights that are 1 for one input each make the inputs the logits.
        p = probabilities(model, np.eye(3)[: len(z)].ravel(), np.resize(z, (3, 30)))
        if loss == "mse":
            squares = (p - targets) ** 2
            expected = squares[1] if kind == "logistic" else squares.sum(axis=0)
        else:
            expected = -(targets * np.log(p)).sum(axis=0)
            if kind == "sigmoids":
                expected -= ((1.0 - targets) * np.log(1.0 - p)).sum(axis=0)
        np.testing.assert_allclose(value, expected, rtol=1e-12)
        h = 1e-4
        for row in range(len(z)):
            shift = np.zeros_like(z)
            shift[row] = h

            def at(times, shift=shift):
                return formula.of_targets(z + times * shift, targets)[0]

            numeric = (at(-2) - 8 * at(-1) + 8 * at(1) - at(2)) / (12 * h)
            np.testing.assert_allclose(gradient[row], numeric, atol=2e-9)

    def test_the_targets_are_a_mixture_with_equal_shares(self):
        targets = data_of(ModelSpec("softmax", 3)).targets(ModelSpec("softmax", 3))
        assert sorted(set(np.round(targets.ravel(), 12))) == [round(0.2 / 3, 12), round(0.8 + 0.2 / 3, 12)]
        np.testing.assert_allclose(targets.sum(axis=0), 1.0, rtol=1e-15)


class TestKernels:
    @pytest.mark.parametrize("n", [1, 80, BLOCK_SIZE + 1])
    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_gradients_and_metrics_are_the_textbooks(self, kind, loss, n):
        model = model_of(kind)
        data, parameters = data_of(model, n), some_parameters(model)
        value, gradient = textbook(model, loss, parameters, data)
        np.testing.assert_allclose(
            LossGradient(model, loss, data)(parameters), gradient, rtol=1e-11, atol=1e-14
        )
        found = model_metrics(model, parameters, data)
        assert found[0 if loss != "mse" else 1] == pytest.approx(value, rel=1e-12)
        wrong = np.mean(predicted_class(model, parameters, data.design) != data.class_index)
        assert found[2] == pytest.approx(wrong, abs=1e-15)

    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    @pytest.mark.parametrize("batch_size", [None, 9])
    def test_steps_go_along_them_folded_or_not(self, kind, loss, batch_size):
        spec = spec_of(
            kind, losses=(loss,), batch_size=batch_size, optimizer=OptimizerSpec(learning_rate=0.05)
        )
        data, state = TrainingData.of(spec), start_state(spec)
        stepper, expected = Stepper(spec, data), state.parameters[0].copy()
        stepper.advance(state, 1)
        if batch_size is None:
            expected -= 0.05 * textbook(spec.model, loss, expected, data)[1]
            np.testing.assert_allclose(state.parameters[0], expected, rtol=1e-12)
        stepper.advance(state, 400)
        assert stepper.full_batch_losses(state)[0] < stepper.full_batch_losses(start_state(spec))[0]

    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_without_smoothing_no_kernel_is_a_soft_one(self, kind, loss):
        """A smoothing of exactly 0 asks for what labels ask for: the same columns and the same constants."""
        model, overflow = model_of(kind), Overflow()
        plain = data_of(model, 50, epsilon=0.0)
        assert not plain.has_soft_targets
        labels = np.equal(np.arange(model.n_classes)[:, None], plain.class_index).astype(float)
        np.testing.assert_array_equal(plain.targets(model), labels)
        assert type(make_kernel(model, loss, overflow)) is type(make_kernel(model, loss, overflow, 0.0))
        expected = {
            "logistic": plain.design * (0.5 - plain.class_index),
            "softmax": np.concatenate([plain.design, 8.0 * labels]),
            "sigmoids": np.concatenate([plain.design / 2.0, 1.0 - 2.0 * labels]),
        }.get(kind, np.concatenate([plain.design, labels]))
        np.testing.assert_array_equal(kernel_columns(model, plain), expected)

    def test_a_smoothed_logistic_model_is_softmax_of_two_classes(self):
        """At twice the rate, and with half of its MSE, as without smoothing."""
        two = compare_spec(
            model=ModelSpec("softmax", 2),
            losses=("ce",),
            start=StartSpec(),
            label_smoothing=EPSILON,
            optimizer=OptimizerSpec(learning_rate=0.1),
        )
        one = replace(
            two, model=ModelSpec("logistic", 2), losses=("bce",), optimizer=OptimizerSpec(learning_rate=0.2)
        )
        states = []
        for spec in (two, one):
            states.append(start_state(spec))
            Stepper(spec, TrainingData.of(spec)).advance(states[-1], 200)
        rows = states[0].parameters.reshape(2, 3)
        np.testing.assert_allclose(rows[1] - rows[0], states[1].parameters[0], rtol=1e-11)
        data = TrainingData.of(one)
        ce, mse, _ = model_metrics(two.model, states[0].parameters[0], data)
        assert model_metrics(one.model, states[1].parameters[0], data)[:2] == pytest.approx([ce, mse / 2.0])


class TestOptimum:
    @pytest.mark.parametrize("kind", ["logistic", "softmax"])
    @pytest.mark.parametrize("epsilon", [1e-6, 0.05, 0.5])
    def test_it_is_scikit_learns_with_every_sample_once_for_each_class(self, kind, epsilon):
        """A sample with targets t_k is K samples of the classes k with the weights t_k."""
        model = model_of(kind)
        data = data_of(model, 120, epsilon)
        optimum = find_optimum(model, data)
        assert optimum.separable == "none"
        assert optimum.gradient_max < GRADIENT_TOLERANCE
        points = np.tile(data.design[:2].T, (model.n_classes, 1))
        classes = np.repeat(np.arange(model.n_classes), len(data))
        reference = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=200)
        reference.fit(points, classes, sample_weight=data.targets(model).ravel())
        expected = np.column_stack([reference.coef_, reference.intercept_])
        if kind == "softmax":
            expected = expected - expected.mean(axis=0)
        np.testing.assert_allclose(optimum.parameters, expected.ravel(), rtol=1e-6, atol=1e-7)

    @pytest.mark.parametrize("kind", ["logistic", "softmax", "sigmoids"])
    def test_nothing_near_it_is_lower_and_the_loss_is_the_models_own(self, kind):
        model = model_of(kind)
        data = data_of(model, 120)
        optimum = find_optimum(model, data)
        loss = model.likelihood
        lowest = model_metrics(model, optimum.parameters, data)[0]
        assert optimum.cross_entropy == pytest.approx(lowest, rel=1e-13)
        assert np.abs(LossGradient(model, loss, data)(optimum.parameters)).max() < 1e-10
        for seed in range(20):
            moved = optimum.parameters + 1e-3 * some_parameters(model, seed)
            assert model_metrics(model, moved, data)[0] >= lowest - 1e-15

    @pytest.mark.parametrize("kind", ["logistic", "softmax", "sigmoids"])
    def test_separable_samples_have_a_finite_optimum(self, kind):
        """On two far groups p reaches the targets almost: the loss comes down to nearly their entropy."""
        model = ModelSpec(kind, 2)
        samples = Samples.from_columns([150.0, 150.0, 190.0, 190.0], [50.0, 50.0, 50.0, 50.0], [0, 0, 1, 1])
        hard = find_optimum(model, TrainingData.from_samples(samples, 2))
        assert (hard.separable, hard.parameters) == ("complete", None)
        data = TrainingData.from_samples(samples, 2, label_smoothing=EPSILON)
        optimum = find_optimum(model, data)
        assert optimum.separable == "none"
        # z = +-ln(0.9 / 0.1) at z-scores of +-1 gives each p its target, so the loss is the targets' entropy.
        entropy = -(0.9 * np.log(0.9) + 0.1 * np.log(0.1))
        assert optimum.cross_entropy == pytest.approx(
            (2.0 if kind == "sigmoids" else 1.0) * entropy, rel=1e-14
        )
        own = {"logistic": 1.0, "softmax": 0.5, "sigmoids": 1.0}[kind]
        last = layout_of(model).layer_view(optimum.parameters, 0)[-1]
        np.testing.assert_allclose(last, [own * np.log(9.0), 0.0, 0.0], atol=1e-12)

    @pytest.mark.parametrize("epsilon", [1e-12, 1e-9, 1e-3])
    def test_a_little_smoothing_is_enough(self, epsilon):
        samples = Samples.from_columns([150.0, 190.0], [50.0, 50.0], [0, 1])
        data = TrainingData.from_samples(samples, 2, label_smoothing=epsilon)
        optimum = find_optimum(ModelSpec("logistic", 2), data)
        assert optimum.separable == "none"
        half = epsilon / 2.0
        assert optimum.parameters[0] == pytest.approx(np.log1p(-half) - np.log(half), rel=1e-6)

    def test_a_class_without_samples_has_a_finite_row_too(self):
        model = ModelSpec("softmax", 3)
        data = TrainingData.from_samples(people(60), 3, label_smoothing=EPSILON)
        optimum = find_optimum(model, data)
        assert optimum.separable == "none"
        p = probabilities(model, optimum.parameters, data.design)
        np.testing.assert_allclose(p.mean(axis=1), data.targets(model).mean(axis=1), rtol=1e-9)
        assert p[2].mean() == pytest.approx(EPSILON / 3)

    @pytest.mark.parametrize("kind", ["logistic", "softmax", "sigmoids"])
    def test_the_best_mse_is_a_minimum_of_the_soft_one(self, kind):
        model = model_of(kind)
        data = data_of(model, 100)
        best = best_found_mse(model, data)
        assert best.parameters is not None
        assert best.mse == pytest.approx(model_metrics(model, best.parameters, data)[1], rel=1e-12)
        assert np.abs(LossGradient(model, "mse", data)(best.parameters)).max() < 1e-9
        assert best.mse < model_metrics(model, find_optimum(model, data).parameters, data)[1]

    @pytest.mark.parametrize(("kind", "loss"), PAIRS)
    def test_hessians_are_differences_of_the_gradient(self, kind, loss):
        model = model_of(kind)
        data, row = data_of(model, 40), some_parameters(model)
        if kind in RIVAL_KINDS:
            row.reshape(3, 3)[:, 2] += [9.0, -9.0, 8.0]
        found, gradient, h = hessian(model, row, data, loss), LossGradient(model, loss, data), 1e-5
        for place in range(row.size):
            shift = h * np.eye(row.size)[place]
            numeric = (gradient(row + shift) - gradient(row - shift)) / (2.0 * h)
            np.testing.assert_allclose(found[place], numeric, atol=1e-8)


class TestRuns:
    @pytest.mark.parametrize("kind", SMOOTHED_KINDS)
    def test_training_comes_down_to_the_optimum_and_stays_above_the_targets_entropy(self, kind):
        spec = spec_of(kind, optimizer=OptimizerSpec(learning_rate=0.5))
        run = Run(spec)
        run.advance(4000)
        assert run.stop is None
        reached = run.metrics()[0, 0]
        data = TrainingData.of(spec)
        targets = data.targets(spec.model)
        entropy = -(targets * np.log(targets)).sum(axis=0).mean()
        if kind == "sigmoids":
            entropy -= ((1.0 - targets) * np.log(1.0 - targets)).sum(axis=0).mean()
        assert reached > entropy
        if kind not in RIVAL_KINDS:
            assert reached == pytest.approx(find_optimum(spec.model, data).cross_entropy, rel=1e-6)

    def test_smoothing_that_changes_while_training_keeps_the_weights(self):
        run = Run(compare_spec())
        run.advance(50)
        before = run.state.parameters.copy()
        run.set_spec(compare_spec(label_smoothing=0.1))
        np.testing.assert_array_equal(run.state.parameters, before)
        expected = model_metrics(
            run.spec.model, before[0], TrainingData.from_samples(people(), 2, label_smoothing=0.1)
        )
        np.testing.assert_array_equal(run.metrics()[0], expected)

    def test_a_document_smooths_only_models_that_know_it(self):
        classes = (ClassInfo(0), ClassInfo(1))
        for kind in ("logistic", "softmax", "sigmoids", "absolute", "square", "mlp", "step"):
            settings = Settings(model=kind, label_smoothing=0.1)
            spec = DocumentState(people(), classes, settings).training_spec()
            assert spec.label_smoothing == (0.1 if kind in SMOOTHED_KINDS else 0.0)
            TrainingData.of(spec)
        with pytest.raises(ValueError, match="knows no label smoothing"):
            TrainingData.of(replace(hidden_spec(), label_smoothing=0.1))

    def test_textbook_losses_of_data_read_their_targets(self):
        model = ModelSpec("logistic", 2)
        data = data_of(model, 10)
        z = np.linspace(-2.0, 2.0, 10)[None]
        soft = loss_of("logistic", "bce").of_targets(z, data.targets(model))
        np.testing.assert_array_equal(losses_on(model, "bce", z, data)[0], soft[0])
        plain = TrainingData(data.design, data.class_index, data.sample_id, Standardizer.identity())
        hard = loss_of("logistic", "bce").value_and_gradient(z, data.class_index)
        np.testing.assert_array_equal(losses_on(model, "bce", z, plain)[0], hard[0])
