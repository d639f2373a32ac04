"""Until a step is made another start counts at once, whatever models were chosen on the way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.models import start_parameters
from engine.running.run import Run
from engine.specs import ModelSpec, StartSpec
from tests.engine.run_examples import softmax_spec

RIVAL = ModelSpec("square", 3)
ZEROS, CHANCE = StartSpec(), StartSpec("normal")


def test_a_rival_chosen_before_the_first_step_begins_at_the_start_chosen_with_it():
    run = Run(softmax_spec(start=ZEROS))
    spec = softmax_spec(model=RIVAL, start=CHANCE)
    run.set_spec(spec)
    np.testing.assert_array_equal(run.state.parameters, start_parameters(spec))


def test_so_it_does_after_other_models_were_tried():
    run = Run(softmax_spec(start=ZEROS))
    run.set_spec(softmax_spec(model=ModelSpec("sigmoids", 3), losses=("bce", "mse"), start=ZEROS))
    run.set_spec(softmax_spec(model=RIVAL, start=ZEROS))
    assert not run.state.parameters.any()
    spec = softmax_spec(model=RIVAL, start=CHANCE)
    run.set_spec(spec)
    np.testing.assert_array_equal(run.state.parameters, start_parameters(spec))


def test_a_model_that_was_trained_is_converted_all_the_same():
    run = Run(softmax_spec(start=ZEROS))
    run.advance(20)
    trained = run.state.parameters.copy()
    run.set_spec(softmax_spec(model=RIVAL, start=CHANCE))
    np.testing.assert_array_equal(run.state.parameters, trained)


def test_weights_that_were_given_stay_when_another_model_is_chosen():
    spec = softmax_spec(start=ZEROS)
    run = Run(spec)
    row = np.linspace(-1.0, 1.0, 9)
    run.train_from(row, run.snapshot().scaler)
    given = run.state.parameters.copy()
    run.set_spec(replace(spec, model=RIVAL))
    run.set_spec(replace(spec, model=RIVAL, start=CHANCE))
    np.testing.assert_array_equal(run.state.parameters, given)
