"""The loss curves as CSV: a row a recorded step and model, every number as it was recorded."""

from __future__ import annotations

import csv
import io
import math

from engine.running.history import LossCurve
from engine.snapshots import METRICS
from engine.specs import TrainingSpec

COLUMNS = ("step", "model", "trained_on", *METRICS)
HELD_OUT_COLUMNS = tuple(f"held_out_{metric}" for metric in METRICS)


def curves_csv(curve: LossCurve, spec: TrainingSpec) -> bytes:
    """The curves of a run as the bytes of a CSV file.

    Where a long run's records were merged, a row is the newest of its neighbours; none is a mean.
    Cross-entropy is in nats, `error_rate` is a share (0 to 1). A cell is empty where nothing was measured.

    Parameters
    ----------
    curve : LossCurve
    spec : TrainingSpec
        Of the run: it names the models and what they were trained on.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((*COLUMNS, *(HELD_OUT_COLUMNS if curve.has_held_out else ())))
    named = list(zip(spec.models, spec.losses, strict=True))[: curve.models]
    columns = [_columns(curve, row) for row in range(len(named))]
    for number in range(len(curve)):
        for (model, loss), cells in zip(named, columns, strict=True):
            step, *values = (column[number] for column in cells)
            writer.writerow((int(step), model.kind, loss, *map(_cell, values)))
    return text.getvalue().encode("utf-8")


def _columns(curve: LossCurve, row: int) -> list[list[float]]:
    """Steps and metrics of one model, the held-out ones last."""
    parts = [curve.arrays(row, metric) for metric in range(len(METRICS))]
    if curve.has_held_out:
        parts += [curve.arrays(row, metric, held_out=True) for metric in range(len(METRICS))]
    return [parts[0][0].tolist(), *(part[3].tolist() for part in parts)]


def _cell(value: float) -> str:
    return "" if math.isnan(value) else repr(value)
