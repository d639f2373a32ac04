"""The same logits through four output layers, where the rivals are undefined, and the four trained."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.models import logits, probabilities
from engine.normalizer_race import (
    MOST_RECORDS,
    MOST_SAMPLES,
    NormalizerRace,
    race_spec,
    record_steps,
    run_race,
    used_samples,
)
from engine.normalizers import (
    NORMALIZERS,
    class_logits,
    class_rows,
    is_same_answer,
    normalized,
    undefined_spot,
)
from engine.scaling import Standardizer
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData
from tests.engine.run_examples import compare_spec, hidden_spec, people, softmax_spec

ONES, MIXED = np.array([1.0, 1.0, 1.0]), np.array([1.0, -1.0, 1.0])
LOGITS = st.lists(st.floats(-30.0, 30.0), min_size=2, max_size=8).map(np.array)


def final(race):
    """The last curves of a race."""
    return list(run_race(race, lambda: False))[-1]


class TestAnswers:
    def test_closed_forms_of_one_example(self):
        z = np.array([2.0, -1.0, 0.0])
        total = np.exp(2.0) + np.exp(-1.0) + 1.0
        np.testing.assert_allclose(normalized("softmax", z), np.exp(z) / total, rtol=1e-15)
        np.testing.assert_allclose(normalized("absolute", z), [2 / 3, 1 / 3, 0.0], rtol=1e-15)
        np.testing.assert_allclose(normalized("square", z), [0.8, 0.2, 0.0], rtol=1e-15)
        np.testing.assert_allclose(normalized("sigmoids", z), 1.0 / (1.0 + np.exp(-z)), rtol=1e-15)

    @pytest.mark.parametrize(
        ("kind", "is_same"), [("softmax", False), ("absolute", True), ("square", True), ("sigmoids", False)]
    )
    def test_who_can_tell_one_one_one_from_one_minus_one_one(self, kind, is_same):
        assert is_same_answer(normalized(kind, ONES), normalized(kind, MIXED)) == is_same

    @given(LOGITS, st.floats(-20.0, 20.0))
    def test_a_constant_added_to_all_changes_nothing_in_softmax(self, z, constant):
        assert is_same_answer(normalized("softmax", z), normalized("softmax", z + constant))

    def test_and_changes_the_other_three(self):
        z = np.array([0.5, -1.0, 2.0])
        for kind in NORMALIZERS[1:]:
            assert not is_same_answer(normalized(kind, z), normalized(kind, z + 1.0))

    @given(LOGITS, st.sampled_from([2.0, -4.0, 64.0]))
    def test_rivals_forget_the_common_size_and_the_signs(self, z, factor):
        for kind in ("absolute", "square"):
            assert is_same_answer(normalized(kind, z), normalized(kind, factor * z))
            assert is_same_answer(normalized(kind, z), normalized(kind, np.abs(z)))

    def test_all_zero_is_undefined_for_the_rivals_alone(self):
        zero = np.zeros(3)
        assert np.isnan(normalized("absolute", zero)).all()
        assert np.isnan(normalized("square", zero)).all()
        np.testing.assert_array_equal(normalized("sigmoids", zero), [0.5, 0.5, 0.5])
        np.testing.assert_allclose(normalized("softmax", zero), np.full(3, 1 / 3), rtol=1e-15)

    def test_others_have_no_output_node_for_each_class(self):
        with pytest.raises(ValueError, match="mlp"):
            normalized("mlp", ONES)


class TestClassLogits:
    @pytest.mark.parametrize("spec", [compare_spec(), hidden_spec(), softmax_spec(3)])
    def test_softmax_of_them_is_the_models_own_answer(self, spec):
        data = TrainingData.of(spec)
        row = start_state(spec).parameters[0]
        z = class_logits(spec.model, row, data.design)
        np.testing.assert_allclose(
            normalized("softmax", z), probabilities(spec.model, row, data.design), rtol=1e-13, atol=1e-15
        )

    def test_rows_give_the_same_logits(self):
        for model, count in ((ModelSpec("logistic", 2), 3), (ModelSpec("square", 4), 12)):
            row = np.arange(1.0, count + 1.0)
            design = np.array([[0.3, -1.0], [2.0, 0.5], [1.0, 1.0]])
            rows = class_rows(model, row)
            np.testing.assert_allclose(rows @ design, class_logits(model, row, design), rtol=1e-15)

    def test_hidden_layers_have_no_rows(self):
        assert class_rows(hidden_spec().model, start_state(hidden_spec()).parameters[0]) is None

    def test_rows_are_a_copy(self):
        row = np.ones(9)
        rows = class_rows(ModelSpec("softmax", 3), row)
        rows[:] = 0.0
        assert row.all()


class TestUndefinedSpot:
    def test_centred_rows_of_three_classes_have_one_point(self):
        rows = np.random.default_rng(4).normal(0.0, 1.0, (3, 3))
        rows -= rows.mean(axis=0)
        spot = undefined_spot(rows)
        assert spot.kind == "point"
        np.testing.assert_allclose(rows @ [*spot.point, 1.0], np.zeros(3), atol=1e-12)

    def test_it_is_found_in_cm_and_kg_where_biases_are_large(self):
        scaler = Standardizer(168.0, 72.0, 9.0, 14.0)
        rows = np.array([[0.6, -3.0, 0.2], [-0.1, 0.2, 1.6], [-0.5, 2.8, -1.8]])
        height, weight = undefined_spot(scaler.to_original_units(rows)).point
        z_height, z_weight = undefined_spot(rows).point
        assert height == pytest.approx(168.0 + 9.0 * z_height, rel=1e-9)
        assert weight == pytest.approx(72.0 + 14.0 * z_weight, rel=1e-9)

    def test_two_rows_that_differ_meet_in_a_point(self):
        spot = undefined_spot(np.array([[1.0, 0.0, -2.0], [0.0, 1.0, 3.0]]))
        np.testing.assert_allclose(spot.point, (2.0, -3.0), rtol=1e-12)

    def test_opposite_rows_have_a_line(self):
        spot = undefined_spot(np.array([[1.0, -2.0, 3.0], [-1.0, 2.0, -3.0]]))
        assert spot.kind == "line"
        np.testing.assert_allclose(np.array(spot.line) / spot.line[0], [1.0, -2.0, 3.0], rtol=1e-12)

    @pytest.mark.parametrize(
        ("rows", "kind"),
        [
            (np.zeros((3, 3)), "everywhere"),
            (np.array([[0.0, 0.0, 1.0], [0.0, 0.0, -1.0]]), "nowhere"),
            (np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 2.0]]), "nowhere"),
            (np.eye(3), "nowhere"),
        ],
    )
    def test_none_or_all(self, rows, kind):
        assert undefined_spot(rows).kind == kind


class TestRace:
    def test_each_model_is_the_one_that_trains_alone_from_the_same_numbers(self):
        race = NormalizerRace(softmax_spec(3), "likelihood", 200)
        spec = race_spec(race)
        curves = final(race)
        for index, kind in enumerate(NORMALIZERS):
            model = ModelSpec(kind, 3)
            alone = replace(spec, model=model, kinds=(), losses=(model.likelihood,))
            state, stepper = start_state(alone), Stepper(alone, TrainingData.of(alone))
            stepper.advance(state, 200)
            np.testing.assert_array_equal(curves.parameters[index], state.parameters[0])
            np.testing.assert_array_equal(curves.values[-1, index], stepper.metrics(state)[0])

    def test_all_start_from_the_same_row(self):
        spec = race_spec(NormalizerRace(softmax_spec(3), "mse", 10))
        rows = start_state(spec).parameters
        assert spec.losses == ("mse",) * 4
        assert (rows == rows[0]).all()
        assert not np.allclose(rows[0].reshape(3, 3).mean(axis=0), 0.0)

    def test_zeros_and_other_models_numbers_give_way_to_a_drawn_start(self):
        drawn = race_spec(NormalizerRace(softmax_spec(3), "mse", 10)).start
        zeros = race_spec(NormalizerRace(softmax_spec(3, start=StartSpec()), "mse", 10)).start
        assert zeros == drawn
        binary = race_spec(NormalizerRace(compare_spec(), "likelihood", 10))
        assert len(binary.start.parameters) == 6
        exact = StartSpec("exact", parameters=tuple(range(9)))
        kept = race_spec(NormalizerRace(softmax_spec(3, start=exact), "mse", 10)).start
        assert kept.parameters == exact.parameters

    def test_the_perceptron_rule_gives_way(self):
        spec = compare_spec(optimizer=OptimizerSpec("perceptron", 0.3))
        assert race_spec(NormalizerRace(spec, "mse", 5)).optimizer == OptimizerSpec("gd", 0.3)

    def test_softmax_and_the_sigmoids_learn_and_the_rivals_on_ce_hardly(self):
        spec = softmax_spec(3, samples=people(300, n_classes=3))
        wrong = final(NormalizerRace(spec, "likelihood", 3000)).values[-1, :, 2]
        assert max(wrong[0], wrong[3]) < 0.3
        assert wrong[1] > 0.5

    def test_records_grow_until_the_last_step(self):
        steps = record_steps(1000)
        assert (steps[0], steps[-1]) == (0, 1000)
        assert steps.size <= MOST_RECORDS + 1
        assert (np.diff(steps) > 0).all()
        seen = [
            curves.step[-1] for curves in run_race(NormalizerRace(softmax_spec(3), "mse", 7), lambda: False)
        ]
        assert seen == list(range(8))

    def test_it_stops_when_asked(self):
        assert list(run_race(NormalizerRace(softmax_spec(3), "mse", 50), lambda: True)) == []

    def test_of_very_many_samples_a_part_races(self):
        samples = people(MOST_SAMPLES + 500, n_classes=3)
        spec = race_spec(NormalizerRace(softmax_spec(3, samples=samples), "mse", 5))
        assert len(spec.samples) == MOST_SAMPLES
        assert used_samples(samples) == (MOST_SAMPLES, MOST_SAMPLES + 500)

    def test_inputs_as_given_stay_so(self):
        spec = softmax_spec(3, standardize=False, optimizer=OptimizerSpec("gd", 1e-6))
        curves = final(NormalizerRace(spec, "likelihood", 1))
        start = race_spec(NormalizerRace(spec, "likelihood", 1))
        data = TrainingData.of(start)
        assert data.scaler == Standardizer.identity()
        state = start_state(start)
        Stepper(start, data).advance(state, 1)
        np.testing.assert_array_equal(curves.parameters, state.parameters)

    def test_several_labels_count_by_the_class(self):
        samples = people(90, n_classes=3)
        rows = samples.rows
        sets = np.where(rows.class_index == 0, 0b011, -1).astype(np.int16)
        several = type(samples).from_columns(rows.height_cm, rows.weight_kg, rows.class_index, label_set=sets)
        plain = final(NormalizerRace(softmax_spec(3, samples=samples), "likelihood", 50))
        found = final(NormalizerRace(softmax_spec(3, samples=several), "likelihood", 50))
        np.testing.assert_array_equal(found.values, plain.values)


def test_logits_of_one_node_are_its_halves():
    spec = compare_spec()
    data = TrainingData.of(spec)
    row = np.array([1.0, -2.0, 0.5])
    z = logits(spec.model, row, data.design)[0]
    np.testing.assert_array_equal(class_logits(spec.model, row, data.design), [-0.5 * z, 0.5 * z])
