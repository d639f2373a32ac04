"""Scenes with an output node for each class: which models they may ask for, samples with several labels."""

from __future__ import annotations

import pytest

from engine.errors import FallLineError
from engine.samples import NO_SET, UNLABELLED
from engine.specs import MULTI_CLASS_KINDS, ModelSpec
from engine.training_data import TrainingData
from tests.engine.test_scenes import parse


def test_samples_carry_lists_of_labels():
    columns = {"height_cm": [1, 2, 3, 4, 5], "weight_kg": [3, 4, 5, 6, 7]}
    scene = parse(samples={**columns, "labels": [[0], [1, 0], [], [1], None]}, settings={"model": "sigmoids"})
    rows = scene.state.samples.rows
    assert rows.label_set.tolist() == [0b01, 0b11, 0b00, 0b10, NO_SET]
    assert rows.class_index.tolist() == [0, 0, UNLABELLED, 1, UNLABELLED]
    spec = scene.state.training_spec()
    assert TrainingData.of(spec).labels(spec.model).tolist() == [[1, 1, 0, 0], [0, 1, 0, 1]]


@pytest.mark.parametrize("kind", MULTI_CLASS_KINDS)
@pytest.mark.parametrize("n_classes", [2, 3])
def test_every_output_layer_may_have_two_classes_or_more(kind, n_classes):
    start = {"kind": "exact", "parameters": list(range(3 * n_classes))}
    settings = {"model": kind, "label_smoothing": 0.1, "start": start}
    spec = parse(classes=[{}] * n_classes, settings=settings).state.training_spec()
    assert (spec.model, spec.label_smoothing) == (ModelSpec(kind, n_classes), 0.1)
    assert spec.losses == (spec.model.likelihood, "mse")


@pytest.mark.parametrize("kind", ["softmax", "sigmoids"])
def test_a_scene_compares_softmax_with_sigmoids(kind):
    spec = parse(settings={"model": kind, "loss_mode": "outputs"}, selected_model=1).state.training_spec()
    assert (spec.losses, spec.kinds) == (("ce", "bce"), ("softmax", "sigmoids"))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        (
            {"settings": {"loss_mode": "outputs"}},
            "settings.loss_mode: expected another comparison, as the model is neither softmax nor K "
            'sigmoids, found "outputs".',
        ),
        (
            {"settings": {"label_smoothing": 1}},
            "settings.label_smoothing: expected a number from 0 to below 1, found 1.",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "labels": [[0, 2]]}},
            "samples.labels[0][1]: expected a class from 0 to 1, found 2.",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "labels": [[1, 1]]}},
            "samples.labels[0][1]: expected each label once, found 1.",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "labels": [0]}},
            "samples.labels[0]: expected a list, found 0.",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "class": [0], "labels": [[0]]}},
            "samples.class is not a known key.",
        ),
    ],
)
def test_a_fault_is_told_by_its_place(changes, complaint):
    with pytest.raises(FallLineError) as caught:
        parse(**changes)
    assert str(caught.value).startswith(complaint)
