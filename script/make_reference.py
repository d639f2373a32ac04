"""Make tests/engine/data/reference.json: small invented tasks with the answers of scikit-learn and SciPy.

Run it with the Python of the tests: .venv/bin/python script/make_reference.py. The file holds its samples, so
that the tests need neither this script nor the libraries' random numbers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import sklearn
from numpy.typing import NDArray
from scipy.optimize import linprog
from sklearn.linear_model import LogisticRegression

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TARGET = Path(__file__).resolve().parent.parent / "tests" / "engine" / "data" / "reference.json"


def main() -> None:
    """Write the file anew."""
    rng = np.random.default_rng(2026)
    tasks = [
        finite_task("finite, two classes", *clouds(rng, [(165, 60), (171, 72)], 30)),
        finite_task("finite, three classes", *clouds(rng, [(164, 55), (168, 66), (172, 80)], 25)),
        quasi_task("quasi-complete, three classes", *clouds(rng, [(165, 62), (169, 68), (150, 140)], 20)),
        complete_task("complete, two classes", *clouds(rng, [(160, 48), (178, 95)], 20)),
    ]
    made_with = f"scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, script/make_reference.py"
    lines = ",\n".join(f"  {json.dumps(task)}" for task in tasks)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(f'{{"made_with": {json.dumps(made_with)}, "tasks": [\n{lines}\n]}}\n', encoding="utf-8")


def clouds(rng: np.random.Generator, centres: list[tuple[int, int]], each: int) -> tuple[Floats, Ints]:
    """Samples (n, 2) in cm and kg to a tenth, and their classes."""
    points = np.concatenate([rng.normal(centre, (6, 8), size=(each, 2)) for centre in centres])
    return np.round(points, 1), np.repeat(np.arange(len(centres)), each)


def standardized(points: Floats) -> Floats:
    """Z-scores with the population standard deviation."""
    return np.asarray((points - points.mean(axis=0)) / points.std(axis=0))


def described(name: str, points: Floats, labels: Ints, separation: str) -> dict[str, Any]:
    """A task's samples, once SciPy agrees with the kind of separation that it is meant to have."""
    found = separation_by_linear_program(standardized(points), labels)
    if found != separation:
        raise SystemExit(f"{name}: meant to be {separation}, but SciPy says {found}")
    return {
        "name": name,
        "height_cm": points[:, 0].tolist(),
        "weight_kg": points[:, 1].tolist(),
        "class": labels.tolist(),
        "separation": separation,
    }


def fitted(z: Floats, labels: Ints) -> tuple[LogisticRegression, float]:
    """scikit-learn's fit without a penalty, and its mean cross-entropy from exact logits."""
    fit = LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(z, labels)
    logits = fit.decision_function(z)
    if logits.ndim == 1:
        losses = np.logaddexp(0.0, np.where(labels == 1, -logits, logits))
    else:
        losses = np.logaddexp.reduce(logits, axis=1) - logits[np.arange(labels.size), labels]
    return fit, float(losses.mean())


def finite_task(name: str, points: Floats, labels: Ints) -> dict[str, Any]:
    """Weights (z-scores; softmax rows add to zero) as [height, weight, bias], and the smallest loss."""
    fit, loss = fitted(standardized(points), labels)
    rows = np.column_stack([fit.coef_, fit.intercept_])
    if len(rows) > 1:
        rows -= rows.mean(axis=0)
    return described(name, points, labels, "none") | {"weights": rows.tolist(), "cross_entropy": loss}


def quasi_task(name: str, points: Floats, labels: Ints) -> dict[str, Any]:
    """Class 2 lies far off: in the limit only classes 0 and 1 cost anything, each as if it were alone."""
    near = labels < 2
    _, loss = fitted(standardized(points)[near], labels[near])
    return described(name, points, labels, "quasi") | {"cross_entropy": loss * float(near.mean())}


def complete_task(name: str, points: Floats, labels: Ints) -> dict[str, Any]:
    """The loss tends to 0."""
    return described(name, points, labels, "complete") | {"cross_entropy": 0.0}


def separation_by_linear_program(z: Floats, labels: Ints) -> str:
    """Largest sum of min(1, (d_y - d_k) . x) over directions d that lose no comparison."""
    n_classes = int(labels.max()) + 1
    rows = []
    for x, label in zip(np.column_stack([z, np.ones(len(z))]), labels, strict=True):
        for other in set(range(n_classes)) - {int(label)}:
            row = np.zeros((n_classes, 3))
            row[label], row[other] = x, -x
            rows.append(row[1:].ravel())
    comparisons = np.array(rows)
    count, width = comparisons.shape
    result = linprog(
        np.concatenate([np.zeros(width), -np.ones(count)]),
        A_ub=np.hstack([-comparisons, np.eye(count)]),
        b_ub=np.zeros(count),
        bounds=[(None, None)] * width + [(0, 1)] * count,
        method="highs-ds",
    )
    won = -result.fun
    return "none" if won < 1e-6 else "complete" if won > count - 1e-6 else "quasi"


if __name__ == "__main__":
    main()
