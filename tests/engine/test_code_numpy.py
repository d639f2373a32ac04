"""A model copied as NumPy, run by another Python that has nothing else: the same probabilities."""

from __future__ import annotations

import ast
import dataclasses
import json
import subprocess
import sys

import numpy as np
import pytest

from engine.files.code_numpy import numpy_code
from tests.engine.code_examples import EXAMPLES, HEIGHT_CM, WEIGHT_KG
from tests.engine.weights_examples import logistic, output_layer

# Runs every copied file on the same people; an import of anything of ours, or of another package, fails.
CONSUMER = """
import json, pathlib, sys
import numpy as np

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] not in {*sys.stdlib_module_names, "numpy"}:
            raise ImportError(name)

sys.meta_path.insert(0, Refuse())
people = np.array(json.load(sys.stdin))
results = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    names = {}
    exec(compile(path.read_text(encoding="utf-8"), path.name, "exec"), names)
    results[path.stem] = names["predict_probabilities"](*people).tolist()
json.dump(results, sys.stdout)
"""


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What the consumer gets from each example."""
    folder = tmp_path_factory.mktemp("copied")
    for name, weights in EXAMPLES.items():
        (folder / f"{name}.py").write_text(numpy_code(weights), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", CONSUMER, str(folder)],
        input=json.dumps([HEIGHT_CM.tolist(), WEIGHT_KG.tolist()]),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", EXAMPLES)
def test_same_probabilities_as_the_engine(results, name):
    expected = EXAMPLES[name].probabilities(HEIGHT_CM, WEIGHT_KG).T
    np.testing.assert_allclose(np.array(results[name]), expected, rtol=0.0, atol=1e-12)


def run(weights):
    """What the copied code defines."""
    names: dict[str, object] = {}
    exec(numpy_code(weights), names)
    return names


@pytest.mark.parametrize("name", EXAMPLES)
def test_one_person_or_a_grid_of_people_have_that_shape(name):
    predict, n_classes = run(EXAMPLES[name])["predict_probabilities"], len(EXAMPLES[name].class_names)
    assert predict(170, 60).shape == (n_classes,)
    assert predict(np.full((4, 1), 170.0), np.full(5, 60.0)).shape == (4, 5, n_classes)


@pytest.mark.parametrize("kind", ["absolute", "square"])
def test_where_every_logit_is_zero_a_rival_of_softmax_is_undefined(kind):
    example = output_layer(kind)
    nothing = dataclasses.replace(example, layers=(np.zeros_like(example.standardized),))
    assert np.isnan(run(nothing)["predict_probabilities"](170.0, 60.0)).all()


@pytest.mark.parametrize("name", EXAMPLES)
def test_it_imports_numpy_alone_and_says_what_it_is(name):
    tree = ast.parse(numpy_code(EXAMPLES[name]))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import numpy as np"]
    assert "Fall Line" in run(EXAMPLES[name])["predict_probabilities"].__doc__
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    called = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert defined == called | {"predict_probabilities"}  # nothing there that is not used


def test_class_names_are_quoted_whatever_they_hold():
    names = ('"""', "{x}\\\n'")
    assert run(logistic(names=names))["CLASSES"] == list(names)
