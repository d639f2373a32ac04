"""The 28 classification tasks of REFERENCE.json, built from the CSV files with the csv module alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CM_PER_INCH = 2.54
KG_PER_POUND = 0.45359237
DAVIS = "Davis.csv"
INDEXED = "500_Person_Gender_Height_Weight_Index.csv"
IMPERIAL = "01_heights_weights_genders.csv"
HOWELL = "Howell2.csv"

Row = dict[str, str]


@dataclass(frozen=True, eq=False)
class Task:
    """One task: its samples in cm and kg, and the answers of two independent libraries.

    `expected` is the task's entry in REFERENCE.json, whose raw units are `cm_per_unit` cm and
    `kg_per_unit` kg (inches and pounds for one task, else cm and kg).
    """

    name: str
    n_classes: int
    height_cm: NDArray[np.float64]
    weight_kg: NDArray[np.float64]
    class_index: NDArray[np.int64]
    expected: dict[str, Any]
    cm_per_unit: float = 1.0
    kg_per_unit: float = 1.0


def load_tasks(folder: Path) -> list[Task]:
    """Build every task of `folder`/REFERENCE.json, in the file's order."""
    reference = json.loads((folder / "REFERENCE.json").read_text(encoding="utf-8"))
    return [_build(entry, folder) for entry in reference["open"]]


def _build(entry: dict[str, Any], folder: Path) -> Task:
    name, dataset = entry["task"], entry["dataset"]
    rows = _rows(folder / dataset)
    if dataset == HOWELL:
        rows = _howell_rows(rows, name)
    height = np.array([float(row["height"]) for row in rows])
    weight = np.array([float(row["weight"]) for row in rows])
    if dataset == DAVIS and "un-swapped" in name:
        swapped = [row["rownames"] for row in rows].index("12")
        height[swapped], weight[swapped] = weight[swapped], height[swapped]
    if dataset == IMPERIAL:
        height, weight = height * CM_PER_INCH, weight * KG_PER_POUND
    in_imperial_units = "inches/pounds" in name
    return Task(
        name,
        entry["n_classes"],
        height,
        weight,
        _labels(name, rows, height, weight),
        entry,
        CM_PER_INCH if in_imperial_units else 1.0,
        KG_PER_POUND if in_imperial_units else 1.0,
    )


def _rows(path: Path) -> list[Row]:
    """Rows of a CSV file with lower-case column names."""
    with path.open(newline="", encoding="utf-8-sig") as lines:
        delimiter = ";" if path.name == HOWELL else ","
        return [
            {key.lower(): value for key, value in row.items()}
            for row in csv.DictReader(lines, delimiter=delimiter)
        ]


def _howell_rows(rows: list[Row], name: str) -> list[Row]:
    complete = [row for row in rows if "NA" not in (row["height"], row["weight"], row["male"])]
    if "age>=18" not in name:
        return complete
    return [row for row in complete if row["age"] != "NA" and float(row["age"]) >= 18]


def _labels(
    name: str, rows: list[Row], height_cm: NDArray[np.float64], weight_kg: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Class of each row by the rule that the task's name states."""
    if "BMI" in name:
        bmi = weight_kg / (height_cm / 100.0) ** 2
        upper = 25.0 if "WHO" in name else 23.0
        cuts = [18.5, upper] if "3-class" in name else [upper]
        return np.searchsorted(cuts, bmi, side="right").astype(np.int64)
    rules: dict[str, Callable[[Row], int]] = {
        "Davis: sex": lambda row: int(row["sex"] == "M"),
        "500: Index -> 3": lambda row: (0, 0, 1, 2, 2, 2)[int(row["index"])],
        "500: Index>=3": lambda row: int(int(row["index"]) >= 3),
        "500: Index 6": lambda row: int(row["index"]),
        "ML4H: Gender": lambda row: int(row["gender"] == "Male"),
        "Howell2: male": lambda row: int(row["male"]),
    }
    rule = next(rule for start, rule in rules.items() if name.startswith(start))
    return np.array([rule(row) for row in rows], dtype=np.int64)
