"""People, starts and curves that the verdict's tests judge."""

from __future__ import annotations

import numpy as np

from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.snapshots import LossRecords

WRONG_START = (5.0, -5.0, 0.0)


def people_state(n: int = 60, *, gap_kg: float = 0.0, **settings: object) -> DocumentState:
    """Heavier people of class 1; overlapping without a gap between the classes."""
    rng = np.random.default_rng(4)
    labels = np.arange(n) % 2
    spread = 8.0 if gap_kg else 16.0
    weights = 65.0 + labels * (gap_kg + 14.0) + rng.uniform(-spread / 2, spread / 2, n)
    heights = rng.normal(170.0, 8.0, n)
    classes = tuple(ClassInfo(i, ("no_diet", "needs_diet")[i], None, i, MARKERS[i]) for i in range(2))
    return DocumentState(Samples.from_columns(heights, weights, labels), classes, Settings(**settings))


def curve_from(errors, steps=None) -> LossCurve:
    """A curve of the given error rates (m, models) at steps."""
    errors = np.asarray(errors, dtype=float)
    steps = np.arange(len(errors)) if steps is None else np.asarray(steps)
    values = np.repeat(errors[:, :, None], 3, axis=2)
    curve = LossCurve(errors.shape[1])
    curve.append(LossRecords(1, steps.astype(np.int64), values))
    return curve
