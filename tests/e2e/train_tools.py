"""What the tests of `main.py train` share: its columns, tables to train on, and reading what it wrote."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from engine.files.registry import open_weights

MAIN = Path(__file__).resolve().parent.parent.parent / "main.py"
COLUMNS = ("--height", "height", "--weight", "weight", "--label", "sex")


def overlapping(classes: int = 2, n: int = 60, seed: int = 3) -> str:
    """A table of people whose classes overlap, so that the best weights are finite."""
    generator = np.random.default_rng(seed)
    lines = ["height,weight,sex"]
    for index in range(n):
        label = index % classes
        height, weight = generator.normal(165 + 6 * label, 7), generator.normal(60 + 8 * label, 9)
        lines.append(f"{height:.2f},{weight:.2f},{'FMX'[label]}")
    return "\n".join(lines) + "\n"


def weights_of(path: Path) -> dict:
    """The exported JSON, after the strict reader has found nothing wrong with it."""
    open_weights(path)
    return json.loads(path.read_text(encoding="utf-8"))
