"""Exact start weights go with a change of classes or model, in its one command: the start line stays."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.bmi import BMI_RULES
from engine.document import edits
from engine.document.commands import Command, apply
from engine.document.labelling import label_by_bmi
from engine.document.state import ClassInfo, DocumentState, Settings
from engine.models import probabilities, start_parameters
from engine.running.run import Run
from engine.samples import Samples
from engine.specs import StartSpec

EXACT = StartSpec("exact", 1.0, (5.0, -5.0, 0.25))
DESIGN = np.vstack([np.random.default_rng(1).normal(size=(2, 40)), np.ones(40)])


def document(n_classes: int = 2, **settings: object) -> DocumentState:
    settings.setdefault("start", EXACT)
    samples = Samples.from_columns([160.0, 170.0, 180.0], [50.0, 80.0, 70.0], [0, 1, n_classes - 1])
    classes = tuple(ClassInfo(index, color=index) for index in range(n_classes))
    return DocumentState(samples, classes, Settings(**settings))  # type: ignore[arg-type]


def after(state: DocumentState, command: Command | None) -> DocumentState:
    """The document after a command, which undo takes back without a trace."""
    assert command is not None
    made = apply(state, command)
    back = apply(made, command.inverted())
    assert (back.settings, back.classes) == (state.settings, state.classes)
    if len(made.classes) > 1:
        start_parameters(made.training_spec())  # it fits
    return made


def at_start(state: DocumentState) -> np.ndarray:
    """What the first model says at its start, shape (K, n)."""
    spec = state.training_spec()
    return probabilities(spec.models[0], start_parameters(spec)[0], DESIGN)


def test_a_third_class_begins_with_a_row_of_zeros():
    made = after(document(), edits.add_class(document(), 7))
    w = np.array(EXACT.parameters)
    assert made.settings.start == replace(EXACT, parameters=(*(-w / 2), *(w / 2), 0.0, 0.0, 0.0))
    old, new = at_start(document()), at_start(made)
    np.testing.assert_allclose(new[1] / new[0], old[1] / old[0], rtol=1e-12)


def test_the_way_back_to_two_classes_is_the_line_of_before():
    three = after(document(), edits.add_class(document(), 7))
    two = after(three, edits.remove_class(three, 2, None))
    assert two.settings.start == EXACT


def test_the_start_is_that_of_the_weights_that_were_converted_in_the_run():
    state = document()
    run = Run(state.training_spec())
    made = after(state, edits.add_class(state, 7))
    run.set_spec(made.training_spec())
    at_once = run.state.parameters.copy()
    run.reset()
    np.testing.assert_array_equal(run.state.parameters, at_once)
    np.testing.assert_array_equal(at_once[0], made.settings.start.parameters)


@pytest.mark.parametrize("kind", ["softmax", "sigmoids", "step"])
def test_another_model_starts_at_the_same_line_and_back(kind):
    state = document(loss_mode="cross_entropy")
    made = after(state, edits.change_settings(state, {"model": kind}))
    np.testing.assert_array_equal(at_start(made).argmax(axis=0), at_start(state).argmax(axis=0))
    assert after(made, edits.change_settings(made, {"model": "logistic"})).settings.start == EXACT


def test_numbers_of_samples_that_bring_a_class_along_go_with_it():
    state = document()
    made = after(state, edits.append_samples(state, [190.0], [90.0], [2], (ClassInfo(5),)))
    assert len(made.settings.start.parameters) == 9


def test_a_bias_that_is_held_at_0_is_not_lost():
    state = document(bias=False)
    made = after(state, edits.add_class(state, 7))
    assert made.settings.start.parameters[2] == -0.125


def test_numbers_that_fit_stay_as_they_are():
    state = document()
    made = after(state, label_by_bmi(state, BMI_RULES[0], 2, 10))
    assert made.settings.start == EXACT
    chosen = StartSpec("normal", 2.0)
    made = after(state, edits.change_settings(state, {"model": "softmax", "start": chosen}))
    assert made.settings.start == chosen


def test_numbers_that_mean_nothing_in_the_new_model_stay_until_they_fit_again():
    state = document()
    command = edits.change_settings(state, {"model": "mlp"})
    assert command is not None
    assert apply(state, command).settings.start == EXACT
    command = label_by_bmi(state, BMI_RULES[0], 3, 10)
    assert command is not None
    assert apply(state, command).settings.start == EXACT


def test_one_class_has_no_model_that_a_start_would_have_to_fit():
    state = document()
    one = after(state, edits.remove_class(state, 1, None))
    assert one.settings.start == EXACT
    assert after(one, edits.add_class(one, 7)).settings.start == EXACT
