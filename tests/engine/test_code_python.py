"""A model copied as Python: the same probabilities from a function that imports `math` alone."""

from __future__ import annotations

import ast
import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.files.code_python import python_code
from tests.engine.code_examples import EXAMPLES
from tests.engine.weights_examples import logistic, output_layer


def run(weights):
    """Run the copied code and return what it defines."""
    names: dict[str, object] = {}
    exec(python_code(weights), names)
    return names


@pytest.mark.parametrize("name", EXAMPLES)
def test_same_probabilities_as_the_engine(name):
    weights = EXAMPLES[name]
    predict = run(weights)["predict_probabilities"]
    generator = np.random.default_rng(1)
    height_cm, weight_kg = generator.uniform(50, 250, 400), generator.uniform(5, 200, 400)
    copied = np.array([predict(*pair) for pair in zip(height_cm.tolist(), weight_kg.tolist(), strict=True)]).T
    np.testing.assert_allclose(copied, weights.probabilities(height_cm, weight_kg), rtol=1e-10, atol=1e-15)


@given(height_cm=st.floats(-1e6, 1e6), weight_kg=st.floats(-1e6, 1e6), name=st.sampled_from(sorted(EXAMPLES)))
def test_finite_and_summing_to_one_for_any_logit(height_cm, weight_kg, name):
    values = run(EXAMPLES[name])["predict_probabilities"](height_cm, weight_kg)
    assert all(0.0 <= value <= 1.0 for value in values)
    if name != "sigmoids":  # independent ones
        assert math.fsum(values) == pytest.approx(1.0, abs=1e-15)


@pytest.mark.parametrize("kind", ["absolute", "square"])
def test_where_every_logit_is_zero_a_rival_of_softmax_is_undefined(kind):
    example = output_layer(kind)
    nothing = np.zeros_like(example.standardized)
    predict = run(dataclasses.replace(example, layers=(nothing,)))["predict_probabilities"]
    assert all(math.isnan(value) for value in predict(170.0, 60.0))


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_imports_math_alone_and_says_what_it_is(name):
    tree = ast.parse(python_code(EXAMPLES[name]))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ([] if name == "step" else ["import math"])
    assert "Fall Line" in run(EXAMPLES[name])["predict_probabilities"].__doc__


def test_class_names_are_quoted_whatever_they_hold():
    names = ('"""', "{x}\\\n'")
    assert run(logistic(names=names))["CLASSES"] == list(names)
