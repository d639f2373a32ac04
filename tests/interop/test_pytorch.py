"""Exported safetensors in PyTorch, by the code in docs/weights-format.md (`script/test --interop`)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.files import weights_safetensors
from tests.engine.code_examples import EXAMPLES, HEIGHT_CM, WEIGHT_KG

torch = pytest.importorskip("torch", reason="script/test --interop installs PyTorch")

PEOPLE = np.column_stack([HEIGHT_CM, WEIGHT_KG])


@pytest.fixture(scope="module")
def load(tmp_path_factory):
    """An example, exported and loaded by the documented class; the page's last lines are tried apart."""
    definitions, _, _ = documented_code().rpartition("\nmodel = ")
    names: dict[str, object] = {"__name__": "documented"}
    exec(compile(definitions, "weights-format.md", "exec"), names)
    folder = tmp_path_factory.mktemp("exported")

    def load_example(name):
        path = folder / f"{name}.safetensors"
        path.write_bytes(weights_safetensors.encode(EXAMPLES[name]))
        return names["FallLine"](path)

    return load_example


def documented_code() -> str:
    """The page's one block of Python."""
    page = Path(__file__).parents[2] / "docs" / "weights-format.md"
    _, code = page.read_text(encoding="utf-8").split("```python\n")
    return code.partition("```")[0]


@pytest.mark.parametrize("name", EXAMPLES)
def test_pytorch_gets_the_programs_probabilities(load, name):
    model = load(name)
    probabilities = model(torch.from_numpy(PEOPLE)).detach().numpy()
    expected = EXAMPLES[name].probabilities(HEIGHT_CM, WEIGHT_KG).T
    np.testing.assert_allclose(probabilities, expected, rtol=0.0, atol=1e-12)
    assert model.classes == list(EXAMPLES[name].class_names)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_layers_are_a_plain_sequential_of_linear_ones(load, name):
    layers = load(name).layers
    assert type(layers) is torch.nn.Sequential
    linear = [module for module in layers if isinstance(module, torch.nn.Linear)]
    for module, layer in zip(linear, EXAMPLES[name].layers, strict=True):
        np.testing.assert_array_equal(module.weight.detach().numpy(), layer[:, :-1])
        np.testing.assert_array_equal(module.bias.detach().numpy(), layer[:, -1])


@pytest.mark.parametrize("name", ["logistic", "softmax 8", "tanh", "relu", "sigmoids"])
def test_it_can_be_trained_on(load, name):
    model = load(name)
    labels = torch.arange(len(PEOPLE)) % len(model.classes)

    def loss():
        p = model(torch.from_numpy(PEOPLE))[torch.arange(len(PEOPLE)), labels]
        return -torch.log(p + 1e-9).mean()

    optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
    before = loss()
    before.backward()
    optimizer.step()
    assert loss().item() < before.item()


def test_the_page_s_own_example_runs_as_it_stands(tmp_path, monkeypatch, capsys):
    (tmp_path / "weights.safetensors").write_bytes(weights_safetensors.encode(EXAMPLES["tanh"]))
    monkeypatch.chdir(tmp_path)
    exec(compile(documented_code(), "weights-format.md", "exec"), {"__name__": "documented"})
    printed = capsys.readouterr().out
    (p,) = EXAMPLES["tanh"].probabilities(np.array([172.0]), np.array([81.0])).T
    assert printed.startswith("['F', 'M'] tensor([[")
    assert f"{p[1]:.4f}" in printed
