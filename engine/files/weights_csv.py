"""Weights as a table: a row for each weight and bias, standardised and in cm and kg side by side."""

from __future__ import annotations

import csv
import io

from engine.files.weights import FEATURES, WeightsFile

HEADER = ("model", "loss", "class", "term", "unit", "mean", "std", "standardized", "original_units")


def encode(weights: WeightsFile) -> bytes:
    """The file's bytes: UTF-8, comma, a header; numbers in full."""
    names = weights.class_names[1:] if weights.model == "logistic" else weights.class_names
    means, stds = weights.scaler.mean.tolist(), weights.scaler.std.tolist()
    terms: list[tuple[object, ...]] = [
        (name, unit, repr(mean), repr(std))
        for (name, unit), mean, std in zip(FEATURES, means, stds, strict=True)
    ]
    terms.append(("bias", "", "", ""))
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    for row, name in enumerate(names):
        for column, term in enumerate(terms):
            values = (float(weights.standardized[row, column]), float(weights.original_units[row, column]))
            writer.writerow((weights.model, weights.loss, name, *term, *map(repr, values)))
    return stream.getvalue().encode("utf-8")
