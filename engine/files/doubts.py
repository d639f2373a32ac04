"""Values that are numbers but hardly a person's: 57 cm with 166 kg, 1.7 cm with 70 kg.

Such rows are marked, not dropped: a person decides. Where height and weight make sense the other way round,
they were probably entered so (row 12 of Davis's well-known data is 57 cm and 166 kg). The bounds are wide:
every adult and child ever measured lies within them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.bmi import body_mass_index
from engine.files.side_by_side import in_parts

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HEIGHTS_CM = (40.0, 280.0)
WEIGHTS_KG = (1.5, 650.0)
BODY_MASS_INDEX = (5.0, 120.0)

SWAPPED_HEIGHTS_CM = (100.0, 230.0)
SWAPPED_BODY_MASS_INDEX = (12.0, 60.0)
"""A swap is proposed only where it gives a person whom one meets."""

_CACHED_VALUES = 1 << 15
"""A part that is looked at several times while it is in the processor's cache."""


@dataclass(frozen=True, slots=True, eq=False)
class Doubts:
    """Rows of a table whose values are outside sense.

    Attributes
    ----------
    rows : ndarray of int64, shape (m,)
        Rows of the table from 0, in its order; each is among the samples.
    height_cm, weight_kg : ndarray of float64, shape (m,)
        As they are read.
    swapped : ndarray of bool, shape (m,)
        Where height and weight make sense the other way round.
    """

    rows: Ints
    height_cm: Floats
    weight_kg: Floats
    swapped: Bools

    def __len__(self) -> int:
        return int(self.rows.size)


NO_DOUBTS = Doubts(np.zeros(0, np.int64), np.zeros(0), np.zeros(0), np.zeros(0, np.bool_))


def is_sensible(height_cm: Floats, weight_kg: Floats) -> Bools:
    """Whether a person can have this height (cm) and weight (kg), elementwise."""
    result = np.empty(height_cm.shape, dtype=np.bool_)

    def look(part: slice) -> None:
        result[part] = _part_is_sensible(height_cm[part], weight_kg[part])

    in_parts(look, height_cm.size, _CACHED_VALUES)
    return result


def _part_is_sensible(height_cm: Floats, weight_kg: Floats) -> Bools:
    square_m = height_cm * height_cm
    square_m *= 1e-4
    low, high = BODY_MASS_INDEX
    result: Bools = _within(height_cm, HEIGHTS_CM) & _within(weight_kg, WEIGHTS_KG)
    result &= weight_kg >= low * square_m
    result &= weight_kg <= high * square_m
    return result


def looks_swapped(height_cm: Floats, weight_kg: Floats) -> Bools:
    """Whether these, read the other way round already, are a person's height and weight, elementwise."""
    bmi = body_mass_index(height_cm, weight_kg)
    return _within(height_cm, SWAPPED_HEIGHTS_CM) & _within(bmi, SWAPPED_BODY_MASS_INDEX)


def _within(values: Floats, bounds: tuple[float, float]) -> Bools:
    low, high = bounds
    result: Bools = (values >= low) & (values <= high)
    return result
