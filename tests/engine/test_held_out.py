"""Held-out samples are judged and never learnt from: exact metrics, the same bits, on the same steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy.special import log_expit, log_softmax
from sklearn.metrics import accuracy_score

from engine.held_out import held_out_data, judge_of
from engine.models import logits, probabilities
from engine.running.history import LossCurve
from engine.running.recording import Recorder
from engine.running.run import Run
from engine.samples import UNLABELLED, Samples
from engine.snapshots import LossRecords, Snapshot
from engine.specs import ModelSpec, TrainingSpec
from engine.split import held_out_mask, marked
from engine.training import Stepper, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import (
    ADAM,
    MOMENTUM,
    assert_same_state,
    bare_steps,
    compare_spec,
    hidden_spec,
    probabilities_at,
    softmax_spec,
)


def split(spec: TrainingSpec, share: float = 0.3, seed: int = 4) -> TrainingSpec:
    """The spec with a share of its samples held out."""
    rows = marked(spec.samples.rows, held_out_mask(spec.samples, share, seed))
    return replace(spec, samples=Samples().put(rows), data_revision=spec.data_revision + 1)


SPECS = {
    "logistic": split(compare_spec()),
    "softmax": split(softmax_spec(4)),
    "hidden": split(hidden_spec()),
    "adam in batches": split(compare_spec(optimizer=ADAM, batch_size=7)),
    "as given": split(compare_spec(standardize=False, bias=False)),
}
specs = pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())


def direct_metrics(snapshot: Snapshot) -> np.ndarray:
    """Metrics of a snapshot's models on the held-out samples, from their probabilities in cm and kg."""
    rows = snapshot.spec.samples.rows
    rows = rows.take(rows.held_out & (rows.class_index != UNLABELLED))
    z_scores = snapshot.scaler.standardize(rows.height_cm, rows.weight_kg)
    design = np.stack([*z_scores, np.full(len(rows), float(snapshot.spec.bias))])
    model, found = snapshot.spec.model, []
    for row in snapshot.parameters:
        p = probabilities(model, row, design)
        one_hot = np.eye(model.n_classes)[rows.class_index].T
        squared = ((p - one_hot) ** 2).sum(axis=0).mean() / (2.0 if model.is_binary else 1.0)
        z = logits(model, row, design)
        log_p = np.concatenate([log_expit(-z), log_expit(z)]) if model.is_binary else log_softmax(z, axis=0)
        cross_entropy = -log_p[rows.class_index, np.arange(len(rows))].mean()
        answers = (p[1] >= 0.5).astype(int) if model.is_binary else p.argmax(axis=0)
        found.append([cross_entropy, squared, 1.0 - accuracy_score(rows.class_index, answers)])
    return np.array(found)


def curve_of(run: Run, models: int = 2) -> LossCurve:
    curve = LossCurve(models)
    for batch in run.take_records()[0]:
        curve.append(batch)
    return curve


@specs
def test_the_metrics_are_those_of_the_held_out_samples_alone(spec: TrainingSpec) -> None:
    run = Run(spec)
    run.advance(40)
    snapshot = run.snapshot()
    assert snapshot.held_out_metrics is not None
    np.testing.assert_allclose(snapshot.held_out_metrics, direct_metrics(snapshot), rtol=1e-12)
    with pytest.raises(ValueError, match="read-only"):
        snapshot.held_out_metrics[0, 0] = 1.0


@specs
def test_training_is_the_same_bits_as_without_the_held_out_samples(spec: TrainingSpec) -> None:
    rows = spec.samples.rows
    without = replace(spec, samples=Samples(next_id=spec.samples.next_id).put(rows.take(~rows.held_out)))
    run, other = Run(spec), Run(without)
    run.advance(60)
    other.advance(60)
    assert_same_state(run.state, other.state)
    assert other.snapshot().held_out_metrics is None
    assert (run.metrics() == other.metrics()).all()


@pytest.mark.parametrize(
    "spec", [split(compare_spec()), split(compare_spec(optimizer=MOMENTUM, batch_size=9))]
)
def test_recording_the_held_out_samples_changes_no_bit(spec: TrainingSpec) -> None:
    run = Run(spec)
    run.advance(150, every_step=True)
    assert_same_state(run.state, bare_steps(spec, 150))


@specs
def test_the_same_steps_are_recorded_as_of_the_training_samples(spec: TrainingSpec) -> None:
    run, stepper = Run(spec), Stepper(spec, TrainingData.of(spec))
    snapshots = []
    for _ in range(12):
        run.advance(1)
        snapshots.append(run.snapshot())
    batches = run.take_records()[0]
    recorded = {
        int(step): (values, held_out)
        for batch in batches
        for step, values, held_out in zip(batch.step, batch.values, batch.held_out, strict=True)
    }
    assert list(recorded) == list(range(13))
    for snapshot in snapshots:
        values, held_out = recorded[snapshot.step]
        assert (held_out == snapshot.held_out_metrics).all()
        assert (values == snapshot.metrics).all()
    assert (stepper.metrics(run.state) == recorded[12][0]).all()
    assert not any(batch.held_out.flags.writeable for batch in batches)


def test_without_held_out_samples_nothing_is_recorded_of_them() -> None:
    run = Run(compare_spec())
    run.advance(30)
    assert run.snapshot().held_out_metrics is None
    assert all(batch.held_out is None for batch in run.take_records()[0])


def test_a_held_out_sample_without_a_label_is_not_judged() -> None:
    samples = Samples.from_columns(
        [160.0, 170.0, 180.0, 175.0],
        [60.0, 80.0, 70.0, 50.0],
        [0, 1, 1, UNLABELLED],
        [False, False, True, True],
    )
    spec = compare_spec(samples)
    data = held_out_data(spec, TrainingData.of(spec).scaler)
    assert data is not None
    assert data.sample_id.tolist() == [2]
    only = Samples.from_columns([160.0, 170.0], [60.0, 80.0], [0, UNLABELLED], [False, True])
    assert held_out_data(compare_spec(only), data.scaler) is None


def test_a_sample_that_carries_none_of_several_labels_is_judged() -> None:
    samples = Samples.from_columns(
        [160.0, 170.0, 180.0], [60.0, 80.0, 70.0], [0, 1, UNLABELLED], [False, False, True], [-1, -1, 0]
    )
    spec = softmax_spec(2, samples=samples, model=ModelSpec("sigmoids", 2), losses=("bce",))
    data = held_out_data(spec, TrainingData.of(spec).scaler)
    assert data is not None
    p = probabilities(spec.model, start_state(spec).parameters[0], data.design)
    loss = judge_of(spec, data).metrics(start_state(spec))[0, 0]
    assert loss == pytest.approx(-np.log(1.0 - p).sum())


def test_the_step_model_is_judged_too() -> None:
    spec = split(compare_spec(model=ModelSpec("step", 2), losses=("mse",)))
    data = held_out_data(spec, TrainingData.of(spec).scaler)
    assert data is not None
    state = start_state(spec)
    cross_entropy, mse, error_rate = judge_of(spec, data).metrics(state)[0]
    wrong = ((state.parameters[0] @ data.design >= 0) != (data.class_index == 1)).mean()
    assert (cross_entropy, mse, error_rate) == (np.inf, pytest.approx(wrong), pytest.approx(wrong))
    assert 0.0 < wrong < 1.0


def test_the_past_is_judged_by_the_same_numbers_that_were_recorded() -> None:
    run = Run(split(compare_spec()))
    run.advance(100, every_step=True)
    batches = run.take_records()[0]
    held_out = np.concatenate([batch.held_out for batch in batches])
    for step in (63, 5, 0, 100):
        run.seek(step)
        assert (run.snapshot().held_out_metrics == held_out[step]).all()


def test_a_fork_goes_on_judging() -> None:
    run = Run(split(compare_spec()))
    run.advance(50)
    run.seek(20)
    run.advance(10, every_step=True)
    newest = run.take_records()[0][-1]
    assert newest.fork_step == 20
    assert newest.held_out is not None
    assert (newest.held_out[-1] == run.snapshot().held_out_metrics).all()


def test_holding_out_while_training_moves_no_line_and_the_curve_begins_there() -> None:
    spec = compare_spec()
    run = Run(spec)
    run.advance(40, every_step=True)
    before = run.snapshot()
    run.set_spec(split(spec))
    after = run.snapshot()
    height, weight = np.array([150.0, 172.0, 190.0]), np.array([45.0, 81.0, 120.0])
    np.testing.assert_allclose(
        probabilities_at(after, height, weight), probabilities_at(before, height, weight), rtol=1e-12
    )
    np.testing.assert_allclose(after.held_out_metrics, direct_metrics(after), rtol=1e-12)
    run.advance(10, every_step=True)
    run.set_spec(replace(spec, data_revision=9))
    run.advance(10, every_step=True)
    assert run.snapshot().held_out_metrics is None
    steps, _, _, last = curve_of(run).arrays(0, 0, held_out=True)
    known = ~np.isnan(last)
    assert steps[known].tolist() == list(range(40, 51))


def test_the_recorder_counts_what_judging_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[float] = []
    add = Recorder.add

    def spy(self: Recorder, step: int, metrics: Any, metrics_steps: float, *rest: Any) -> None:
        counted.append(metrics_steps * run._cost.seconds)
        add(self, step, metrics, metrics_steps, *rest)

    monkeypatch.setattr(Recorder, "add", spy)
    monkeypatch.setattr("engine.running.run.FEW_SAMPLES", 0)
    for spec, ticks in ((compare_spec(), 1.0), (split(compare_spec()), 2.0)):
        now = iter(range(10**9))
        run = Run(spec, clock=lambda now=now: float(next(now)))
        counted.clear()
        run.advance(10, every_step=True)
        assert counted == pytest.approx([ticks] * 11)


def test_records_of_some_steps_alone_are_unknown_at_the_others() -> None:
    recorder = Recorder()
    metrics = np.ones((2, 3))
    recorder.begin_run(1, 0)
    recorder.add(0, metrics, 1.0)
    recorder.add(1, metrics, 1.0, 2.0 * metrics)
    (batch,) = recorder.take()[0]
    assert isinstance(batch, LossRecords)
    assert np.isnan(batch.held_out[0]).all()
    assert (batch.held_out[1] == 2.0).all()
