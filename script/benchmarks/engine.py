"""Gradient steps against PyTorch eager, exact optima against scikit-learn: microseconds and ratios.

Both sides do the same work in float64 on one thread and start from the same weights: a full-batch step of
gradient descent (PyTorch: a module's forward pass, backward by autograd, update in place by torch.optim.SGD).
They take turns in one run, so that whatever else the machine does falls on both, and medians are compared.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.models import layout_of, start_parameters
from engine.samples import Samples
from engine.specs import RIVAL_KINDS, LossName, ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, TrainingData, start_state

if TYPE_CHECKING:
    import torch

SIZES = (100, 1_000, 10_000, 100_000, 1_000_000)
STEP_CASES: dict[str, tuple[ModelSpec, LossName]] = {
    "logistic-bce": (ModelSpec("logistic", 2), "bce"),
    "logistic-mse": (ModelSpec("logistic", 2), "mse"),
    "softmax-3": (ModelSpec("softmax", 3), "ce"),
    "softmax-8": (ModelSpec("softmax", 8), "ce"),
    "softmax-3-mse": (ModelSpec("softmax", 3), "mse"),
    "softmax-8-mse": (ModelSpec("softmax", 8), "mse"),
    "sigmoids-3": (ModelSpec("sigmoids", 3), "bce"),
    "sigmoids-8": (ModelSpec("sigmoids", 8), "bce"),
    "sigmoids-3-mse": (ModelSpec("sigmoids", 3), "mse"),
    "absolute-3": (ModelSpec("absolute", 3), "ce"),
    "absolute-3-mse": (ModelSpec("absolute", 3), "mse"),
    "square-3": (ModelSpec("square", 3), "ce"),
    "square-3-mse": (ModelSpec("square", 3), "mse"),
    "mlp": (ModelSpec("mlp", 2, (8, 8), "tanh"), "bce"),
}
OPTIMUM_CASES = {
    "optimum": ModelSpec("logistic", 2),
    "optimum-softmax-3": ModelSpec("softmax", 3),
}
LEARNING_RATE = 0.1
ROUNDS = 15
ROUND_SECONDS = 0.02
"""Each side works about this long at a time, at least one call."""

Work = Callable[[int], None]
"""Does its work so many times."""


def main(argv: list[str]) -> int:
    """Measure the chosen cases and sizes; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench engine", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--case", action="append", choices=[*STEP_CASES, *OPTIMUM_CASES])
    parser.add_argument("--n", action="append", type=int, help="number of samples; may be repeated")
    options = parser.parse_args(argv)
    rows = []
    print(f"{'case':<18} {'n':>8} {'ours us':>11} {'peer us':>11} {'ratio':>6}  peer")
    for case in options.case or [*STEP_CASES, *OPTIMUM_CASES]:
        for n in options.n or SIZES:
            row = measure(case, n)
            rows.append(row)
            print(
                f"{case:<18} {n:>8} {row['ours_us']:>11.2f} {row['peer_us']:>11.2f} {row['ratio']:>6.1f}"
                f"  {row['peer']}",
                flush=True,
            )
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def measure(case: str, n: int) -> dict[str, Any]:
    """One row: medians of both sides, measured in turns."""
    if case in STEP_CASES:
        model, loss = STEP_CASES[case]
        data = invented_data(n, model.n_classes)
        ours, peer, name = our_steps(model, loss, data), torch_steps(model, loss, data), "PyTorch eager"
    else:
        model = OPTIMUM_CASES[case]
        data = invented_data(n, model.n_classes)
        ours, peer = our_optimum(model, data), sklearn_optimum(data)
        name = "scikit-learn newton-cholesky"
    ours_us, peer_us = (1e6 * seconds for seconds in medians(ours, peer))
    return {
        "case": case,
        "n": n,
        "ours_us": ours_us,
        "peer": name,
        "peer_us": peer_us,
        "ratio": peer_us / ours_us,
    }


def medians(*sides: Work) -> list[float]:
    """Median seconds of one piece of each side's work, the sides taking turns."""
    counts = [count_for(side) for side in sides]
    seconds: list[list[float]] = [[] for _ in sides]
    for _ in range(ROUNDS):
        for side, count, measured in zip(sides, counts, seconds, strict=True):
            measured.append(timed(side, count) / count)
    return [statistics.median(measured) for measured in seconds]


def count_for(side: Work) -> int:
    """How many times a side works within a round; warms it up."""
    side(1)
    count = 1
    while (needed := timed(side, count)) < ROUND_SECONDS / 4.0:
        count *= 2
    return max(1, round(count * ROUND_SECONDS / needed))


def timed(side: Work, count: int) -> float:
    """Seconds that a side takes for its work `count` times."""
    start = time.perf_counter()
    side(count)
    return time.perf_counter() - start


def invented_data(n: int, n_classes: int) -> TrainingData:
    """Overlapping classes along a slanted line, the same for every run."""
    generator = np.random.default_rng(n)
    height_cm, weight_kg = generator.normal(168.0, 9.0, n), generator.normal(68.0, 13.0, n)
    score = (weight_kg - 68.0) / 13.0 - (height_cm - 168.0) / 18.0 + generator.logistic(0.0, 0.4, n)
    cuts = np.quantile(score, np.arange(1, n_classes) / n_classes)
    return TrainingData.from_samples(
        Samples.from_columns(height_cm, weight_kg, np.searchsorted(cuts, score)), n_classes
    )


def spec_of(model: ModelSpec, loss: LossName) -> TrainingSpec:
    """Full-batch gradient descent; from zeros, where those have a gradient, else from drawn weights."""
    return TrainingSpec(
        model=model,
        losses=(loss,),
        samples=Samples(),
        data_revision=0,
        class_ids=tuple(range(model.n_classes)),
        optimizer=OptimizerSpec(learning_rate=LEARNING_RATE),
        start=StartSpec("normal" if model.hidden or model.kind in RIVAL_KINDS else "zeros"),
    )


def our_steps(model: ModelSpec, loss: LossName, data: TrainingData) -> Work:
    """Steps of Fall Line's own engine."""
    spec = spec_of(model, loss)
    stepper, state = Stepper(spec, data), start_state(spec)
    return lambda count: stepper.advance(state, count)


def torch_steps(model: ModelSpec, loss: LossName, data: TrainingData) -> Work:
    """The same steps as PyTorch's users write them: a module, a loss from logits, torch.optim.SGD."""
    import torch

    torch.set_num_threads(1)
    inputs = torch.tensor(data.design[:2].T.copy())
    labels = torch.tensor(data.class_index)
    module = torch_module(model, start_parameters(spec_of(model, loss))[0])
    optimizer = torch.optim.SGD(module.parameters(), lr=LEARNING_RATE)
    one_hot = torch.nn.functional.one_hot(labels, model.n_classes).double()
    loss_of_logits = torch_loss(model, loss, labels, one_hot)

    def loss_now() -> torch.Tensor:
        return loss_of_logits(module(inputs))

    def work(count: int) -> None:
        for _ in range(count):
            optimizer.zero_grad()
            loss_now().backward()
            optimizer.step()

    return work


def torch_module(model: ModelSpec, parameters: np.ndarray) -> torch.nn.Module:
    """PyTorch's linear layers with an activation between them, at these parameters (P,)."""
    import torch

    activations = {"tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid, "relu": torch.nn.ReLU}
    layout = layout_of(model)
    modules: list[Any] = []
    for index, layer in enumerate(layout.layers):
        if index:
            modules.append(activations[model.activation]())
        linear = torch.nn.Linear(layer.inputs, layer.outputs, dtype=torch.float64)
        rows = torch.tensor(layout.layer_view(parameters, index))
        with torch.no_grad():
            linear.weight.copy_(rows[:, :-1])
            linear.bias.copy_(rows[:, -1])
        modules.append(linear)
    return modules[0] if len(modules) == 1 else torch.nn.Sequential(*modules)


def torch_loss(
    model: ModelSpec, loss: LossName, labels: torch.Tensor, one_hot: torch.Tensor
) -> Callable[[torch.Tensor], torch.Tensor]:
    """The loss of logits (n, outputs), by PyTorch's own modules where it has them.

    A loss summed over K classes is K times PyTorch's mean over all of them.
    """
    import torch

    k = model.n_classes
    squared, bce, ce = torch.nn.MSELoss(), torch.nn.BCEWithLogitsLoss(), torch.nn.CrossEntropyLoss()
    if model.is_binary:
        targets = labels.double()
        if loss == "bce":
            return lambda logits: bce(logits[:, 0], targets)
        return lambda logits: squared(torch.sigmoid(logits[:, 0]), targets)
    if model.kind == "sigmoids" and loss == "bce":
        return lambda logits: k * bce(logits, one_hot)
    if model.kind == "softmax" and loss == "ce":
        return lambda logits: ce(logits, labels)
    shares: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
        "softmax": lambda logits: torch.softmax(logits, 1),
        "sigmoids": torch.sigmoid,
        "absolute": lambda logits: torch.nn.functional.normalize(logits.abs(), p=1.0, dim=1),
        "square": lambda logits: torch.nn.functional.normalize(logits.square(), p=1.0, dim=1),
    }
    to_p = shares[model.kind]
    if loss == "mse":
        return lambda logits: k * squared(to_p(logits), one_hot)
    nll = torch.nn.NLLLoss()
    return lambda logits: nll(torch.log(to_p(logits)), labels)


def our_optimum(model: ModelSpec, data: TrainingData) -> Work:
    """Fall Line's exact optimum."""
    find_optimum = importlib.import_module("engine.optimum.optimum").find_optimum

    def work(count: int) -> None:
        for _ in range(count):
            find_optimum(model, data)

    return work


def sklearn_optimum(data: TrainingData) -> Work:
    """The same optimum by scikit-learn, without penalty, to a comparable gradient."""
    from sklearn.linear_model import LogisticRegression

    inputs = data.design[:2].T.copy()

    def work(count: int) -> None:
        for _ in range(count):
            LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-10).fit(inputs, data.class_index)

    return work
