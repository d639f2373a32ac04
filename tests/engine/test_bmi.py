"""The body mass index, its two rules, and labelling a document by them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.bmi import BMI_RULES, CLASS_KEYS, bmi_classes, bmi_rule, body_mass_index, weight_of_bmi
from engine.document.commands import apply
from engine.document.edits import next_class_id
from engine.document.labelling import label_by_bmi
from engine.document.state import ClassInfo, DocumentState
from engine.generators import generate
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData

heights = st.floats(50.0, 250.0)
weights = st.floats(2.0, 300.0)


TWO_CLASSES = (ClassInfo(0, "no_diet"), ClassInfo(1, "needs_diet", color=1))
people = st.lists(st.tuples(heights, weights), min_size=1, max_size=30)


def document(height_cm, weight_kg, classes=TWO_CLASSES):
    return DocumentState(Samples.from_columns(height_cm, weight_kg, [0] * len(height_cm)), classes)


def test_known_values():
    assert body_mass_index(180.0, 81.0) == pytest.approx(25.0, rel=1e-15)
    assert body_mass_index([160.0, 200.0], [51.2, 100.0]) == pytest.approx([20.0, 25.0], rel=1e-15)


@pytest.mark.parametrize(
    ("name", "weight_kg", "expected"),
    [
        ("who", 18.4, 0), ("who", 18.5, 1), ("who", 24.9, 1), ("who", 25.0, 2), ("who", 30.0, 3),
        ("korean", 18.4, 0), ("korean", 22.9, 1), ("korean", 23.0, 2), ("korean", 25.0, 3),
    ],
)  # fmt: skip
def test_a_range_begins_at_its_number(name, weight_kg, expected):
    """At a height of 1 m the weight in kg is the BMI."""
    assert bmi_classes(bmi_rule(name), 4, [100.0], [weight_kg]).tolist() == [expected]


def test_two_classes_are_split_where_overweight_begins():
    assert bmi_classes(bmi_rule("who"), 2, [100.0] * 2, [24.99, 25.0]).tolist() == [0, 1]
    assert bmi_classes(bmi_rule("korean"), 2, [100.0] * 2, [22.99, 23.0]).tolist() == [0, 1]


@pytest.mark.parametrize("n_classes", [1, 5])
def test_no_rule_has_another_number_of_classes(n_classes):
    with pytest.raises(ValueError, match="2, 3 or 4"):
        bmi_classes(bmi_rule("who"), n_classes, [170.0], [70.0])


@given(heights, st.floats(10.0, 60.0))
def test_the_edge_on_the_canvas_is_the_inverse_of_the_index(height_cm, bmi):
    assert body_mass_index(height_cm, weight_of_bmi(bmi, height_cm)) == pytest.approx(bmi, rel=1e-14)


@given(people, st.sampled_from(BMI_RULES), st.integers(2, 4))
def test_every_sample_gets_the_rules_class_and_undo_brings_the_old_ones_back(people, rule, n_classes):
    before = document(*zip(*people, strict=True))
    command = label_by_bmi(before, rule, n_classes, next_class_id(before))
    if command is None:
        assert n_classes == 2
        assert not bmi_classes(rule, 2, *zip(*people, strict=True)).any()
        return
    after = apply(before, command)
    rows = after.samples.rows
    assert rows.class_index.tolist() == bmi_classes(rule, n_classes, rows.height_cm, rows.weight_kg).tolist()
    assert tuple(info.key for info in after.classes) == CLASS_KEYS[n_classes]
    assert len({info.class_id for info in after.classes}) == n_classes
    assert len({(info.color, info.marker) for info in after.classes}) == n_classes
    back = apply(after, command.inverted())
    assert back.classes == before.classes
    assert back.samples.rows.class_index.tolist() == [0] * len(people)


def test_a_class_that_is_there_stays_that_class():
    normal = ClassInfo(7, "normal", color=1, marker="square")
    old = (ClassInfo(4, "underweight"), normal, ClassInfo(9, "overweight", color=2))
    before = document([170.0, 170.0], [50.0, 90.0], old)
    command = label_by_bmi(before, bmi_rule("who"), 4, 10)
    assert command is not None
    assert [info.class_id for info in apply(before, command).classes] == [4, 7, 9, 10]


def test_labels_that_are_the_same_already_are_no_command():
    before = document([170.0, 170.0], [50.0, 90.0])
    command = label_by_bmi(before, bmi_rule("who"), 2, 2)
    assert command is not None
    assert label_by_bmi(apply(before, command), bmi_rule("who"), 2, 2) is None


def test_such_labels_leave_no_finite_best_weights_on_the_invented_people():
    """What the dialog says they do to a model: between two classes a line separates them."""
    made = generate("people", 7)
    for rule in BMI_RULES:
        labels = bmi_classes(rule, 2, made.height_cm, made.weight_kg)
        data = TrainingData.from_samples(Samples.from_columns(made.height_cm, made.weight_kg, labels), 2)
        found = find_optimum(ModelSpec("logistic", 2), data)
        largest = np.inf if found.parameters is None else np.abs(found.parameters).max()
        assert largest > 20.0
