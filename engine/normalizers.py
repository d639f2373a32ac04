"""Softmax beside its rivals: the same logits through four output layers, and what each cannot tell apart.

Softmax, e^(z_k) / sum e^(z_j), forgets one thing: a constant added to all logits. |z| / sum |z| and
z^2 / sum z^2 forget the sign of every logit and their common size, and are undefined where all are 0. K
sigmoids forget nothing, and their probabilities need not add to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.activations import normalize_absolute, normalize_square, sigmoid, softmax
from engine.models import layout_of, logits
from engine.specs import ModelKind, ModelSpec

Floats = NDArray[np.float64]
SpotKind = Literal["nowhere", "point", "line", "everywhere"]

NORMALIZERS: tuple[ModelKind, ...] = ("softmax", "absolute", "square", "sigmoids")
"""The output layers that are compared, in the order in which they are shown."""

SAME_WITHIN = 1e-12
"""Two answers that differ by less in every probability are one: rounding differs by about 1e-16."""

_FUNCTIONS: dict[ModelKind, Callable[[Floats], Floats]] = {
    "softmax": softmax,
    "absolute": normalize_absolute,
    "square": normalize_square,
    "sigmoids": sigmoid,
}
_NEGLIGIBLE = 1e-9
"""Singular values below this times the largest count as 0: weights that agree but for rounding."""


def normalized(kind: ModelKind, values: Floats) -> Floats:
    """Logits of shape (K, ...) through one output layer; NaN where that is undefined.

    Raises
    ------
    ValueError
        If `kind` is none of `NORMALIZERS`.
    """
    if kind not in _FUNCTIONS:
        raise ValueError(f"a {kind} model has no output node for each class")
    return _FUNCTIONS[kind](values)


def is_same_answer(first: Floats, second: Floats) -> bool:
    """Whether two lists of probabilities are one, but for rounding; undefined ones are alike."""
    return bool(np.allclose(first, second, rtol=0.0, atol=SAME_WITHIN, equal_nan=True))


def class_logits(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """One logit a class, shape (K, n), of any model; parameters and design as in `engine.models.logits`.

    A single output node z counts as (-z / 2, z / 2): softmax of these two is (1 - p, p), exactly.
    """
    values = logits(model, parameters, design)
    return np.concatenate([-0.5 * values, 0.5 * values]) if model.is_binary else values


def class_rows(model: ModelSpec, parameters: Floats) -> Floats | None:
    """The same as weights, shape (K, 3), in z-space; None for a model with hidden layers."""
    if model.hidden:
        return None
    layer = layout_of(model).layer_view(parameters, 0)
    return np.concatenate([-0.5 * layer, 0.5 * layer]) if model.is_binary else np.array(layer)


@dataclass(frozen=True, eq=False)
class UndefinedSpot:
    """Where every logit of a layer is 0, so that softmax's rivals are undefined.

    Attributes
    ----------
    kind : SpotKind
    point : (float, float) or None
        Height and weight of the one such place.
    line : (float, float, float) or None
        (a, b, c) of all places with a height + b weight + c = 0, where there is a line of them.
    """

    kind: SpotKind
    point: tuple[float, float] | None = None
    line: tuple[float, float, float] | None = None


def undefined_spot(rows: Floats) -> UndefinedSpot:
    """Where all logits of K linear ones are 0.

    Rows that are centred over three classes have one such point (two of the equations imply the third), over
    two classes a line; others with three or more rows have none, as a rule.

    Parameters
    ----------
    rows : ndarray of shape (K, 3)
        A row for each class: weight of height, weight of weight, bias; the result is in the same units.
    """
    if not rows.any():
        return UndefinedSpot("everywhere")
    # Columns of like size, so that "negligible" means the same for cm, kg and the bias.
    scale = np.abs(rows).max(axis=0)
    scale[scale == 0.0] = 1.0
    _, sizes, directions = np.linalg.svd(rows / scale, full_matrices=True)
    rank = int(np.count_nonzero(sizes > _NEGLIGIBLE * sizes[0]))
    if rank == 1:
        a, b, c = (directions[0] * scale).tolist()
        is_line = np.abs(directions[0, :2]).max() > _NEGLIGIBLE
        return UndefinedSpot("line", line=(a, b, c)) if is_line else UndefinedSpot("nowhere")
    null = directions[2]
    if rank == 3 or abs(null[2]) <= _NEGLIGIBLE:
        return UndefinedSpot("nowhere")
    place = null[:2] / null[2] * scale[2] / scale[:2]
    return UndefinedSpot("point", point=(float(place[0]), float(place[1])))
