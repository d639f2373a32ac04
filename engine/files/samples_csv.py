"""The samples as a CSV file that opens again, every number with all its digits."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from engine.files.csv_bytes import csv_bytes
from engine.files.held_out_column import HELD_OUT_COLUMN
from engine.files.label_sets import CLASS_COLUMN, SETS_COLUMN, joined_labels
from engine.samples import NO_SET, Samples


def samples_csv(samples: Samples, class_names: Sequence[str]) -> bytes:
    """The samples as the bytes of a CSV file.

    ``height_cm``, ``weight_kg`` and ``class``, which is empty for a sample without a label and the first of
    several. Where some sample carries several labels, or none of them on purpose, ``labels`` has all of them
    (`engine.files.label_sets`); where some are held out, ``held_out`` is 1 for these and 0 for the others
    (`engine.files.held_out_column`).
    """
    rows = samples.rows
    names = [*class_names, ""]  # class index -1 reads the last one
    columns: dict[str, list[str]] = {
        "height_cm": list(map(repr, rows.height_cm.tolist())),
        "weight_kg": list(map(repr, rows.weight_kg.tolist())),
        CLASS_COLUMN: [names[index] for index in rows.class_index.tolist()],
    }
    if rows.has_label_sets:
        columns[SETS_COLUMN] = [
            _labels(index, mask, class_names)
            for index, mask in zip(rows.class_index.tolist(), rows.label_set.tolist(), strict=True)
        ]
    if rows.held_out.any():
        columns[HELD_OUT_COLUMN] = [str(int(is_held_out)) for is_held_out in rows.held_out.tolist()]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return csv_bytes(text.getvalue())


def _labels(class_index: int, mask: int, class_names: Sequence[str]) -> str:
    if mask != NO_SET:
        return joined_labels(name for number, name in enumerate(class_names) if mask >> number & 1)
    return joined_labels([class_names[class_index]]) if class_index >= 0 else ""
