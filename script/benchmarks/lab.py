"""The lab's heavy work: start maps against the same loop in PyTorch, and loss landscapes; milliseconds.

A start map trains 10,000 models from starts of their own on 100 samples for 1,000 steps and looks after each
step which ones have arrived. Both sides do that in the same precision on one thread, in blocks of the same
size; nobody arrives, so that every model is trained to the end. PyTorch works without autograd, from the
formulas. The sides take turns in one run, and medians are compared.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engine import invented_data
from engine.batched_descent import LogisticRuns, Precision, Target
from engine.landscape.grid import landscape_source
from engine.landscape.planes import Plane
from engine.specs import LossName, ModelSpec
from engine.start_map import MapModel, start_map
from engine.training_data import TrainingData

MAP_SAMPLES, MAP_SIDE, MAP_STEPS = 100, 100, 1_000
LANDSCAPE_SAMPLES, LANDSCAPE_SIDE = 1_000, 200
LEARNING_RATE = 0.1
MAP_ROUNDS, LANDSCAPE_ROUNDS = 3, 15
UNREACHED = -1.0
"""A loss that no model has."""

Work = Callable[[], None]
Row = dict[str, Any]


def main(argv: list[str]) -> int:
    """Measure the chosen cases; print a table, and write the rows as JSON if asked."""
    parser = argparse.ArgumentParser(prog="script/bench lab", description=__doc__)
    parser.add_argument("--json", type=Path, help="also write the rows to this file")
    parser.add_argument("--case", action="append", choices=list(CASES))
    options = parser.parse_args(argv)
    rows = []
    print(f"{'case':<24} {'n':>6} {'ours ms':>9} {'peer ms':>9} {'ratio':>6}  peer")
    for case in options.case or CASES:
        row = {"case": case, **CASES[case]()}
        rows.append(row)
        peer = f"{row['peer_ms']:>9.0f} {row['ratio']:>6.1f}  {row['peer']}" if row["peer"] else ""
        print(f"{case:<24} {row['n']:>6} {row['ours_ms']:>9.1f} {peer}", flush=True)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def compared(n: int, rounds: int, ours: Work, peer: Work | None = None) -> Row:
    """One row: medians of the sides, which take turns; the first piece of work of each does not count."""
    sides = [ours] if peer is None else [ours, peer]
    seconds: list[list[float]] = [[] for _ in sides]
    for round_number in range(rounds + 1):
        for side, measured in zip(sides, seconds, strict=True):
            start = time.perf_counter()
            side()
            if round_number:
                measured.append(time.perf_counter() - start)
    ms = [1e3 * statistics.median(measured) for measured in seconds]
    row: Row = {"n": n, "ours_ms": ms[0], "peer": None, "peer_ms": None, "ratio": None}
    if peer is not None:
        row |= {"peer": "PyTorch, batched, no autograd", "peer_ms": ms[1], "ratio": ms[1] / ms[0]}
    return row


def map_plane() -> Plane:
    """Starts from -10 to 10 in both weights."""
    return Plane.of_weights((0.0, 0.0, 0.0), 0, 1, (-10.0, 10.0), (-10.0, 10.0), MAP_SIDE, MAP_SIDE)


def map_case(loss: LossName, precision: Precision) -> Row:
    """A start map of 10,000 starts and 1,000 steps of gradient descent on `loss`."""
    data = invented_data(MAP_SAMPLES, 2)
    runs = LogisticRuns(data, loss, Target("bce" if loss == "bce" else "mse", UNREACHED), precision)
    model = MapModel(loss, runs, LEARNING_RATE)

    def ours() -> None:
        start_map(model, map_plane(), MAP_STEPS)

    peer = torch_map(loss, data, runs.block_size, precision)
    return compared(MAP_SAMPLES, MAP_ROUNDS, ours, peer)


def torch_map(loss: LossName, data: TrainingData, block_size: int, precision: Precision) -> Work:
    """The same loop in PyTorch: gradients from the formulas, arrivals looked for before every step."""
    import torch

    torch.set_num_threads(1)
    dtype = torch.float32 if precision == "single" else torch.float64
    design = torch.tensor(data.design, dtype=dtype)
    inputs, labels = design.T.contiguous(), torch.tensor(data.class_index, dtype=dtype)
    starts = torch.tensor(map_plane().grid_parameters(), dtype=dtype)
    scale = LEARNING_RATE / len(data)

    def train(weights: torch.Tensor) -> torch.Tensor:
        arrived_at = torch.full((len(weights),), -1, dtype=torch.int32)
        for step in range(MAP_STEPS + 1):
            logits = weights @ design
            p = torch.sigmoid(logits)
            error = p - labels
            if loss == "bce":
                value = (torch.nn.functional.softplus(logits) - labels * logits).mean(dim=1)
            else:
                value = (error * error).mean(dim=1)
                error = 2.0 * error * p * (1.0 - p)
            arrived_at[(value <= UNREACHED) & (arrived_at < 0)] = step
            weights -= scale * (error @ inputs)
        return arrived_at

    def work() -> None:
        with torch.no_grad():
            for block in starts.clone().split(block_size):
                train(block)

    return work


def landscape_case(curvature: bool) -> Row:
    """BCE and MSE on 200 x 200 points, with or without the slice's curvature."""
    data = invented_data(LANDSCAPE_SAMPLES, 2)
    source = landscape_source(ModelSpec("logistic", 2), data, ("bce", "mse"))
    side = LANDSCAPE_SIDE
    plane = Plane.of_weights(np.zeros(3), 0, 1, (-10.0, 10.0), (-10.0, 10.0), side, side)

    def ours() -> None:
        source.grids(plane, curvature=curvature)

    return compared(LANDSCAPE_SAMPLES, LANDSCAPE_ROUNDS, ours)


CASES: dict[str, Callable[[], Row]] = {
    "landscape": lambda: landscape_case(curvature=False),
    "landscape-curvature": lambda: landscape_case(curvature=True),
    "start-map-bce": lambda: map_case("bce", "single"),
    "start-map-mse": lambda: map_case("mse", "single"),
    "start-map-bce-double": lambda: map_case("bce", "double"),
    "start-map-mse-double": lambda: map_case("mse", "double"),
}
