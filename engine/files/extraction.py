"""From a table's cells to samples: units, classes, and a list of every row that is left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from engine.bmi import CLASS_KEYS, RuleName, bmi_classes, bmi_rule
from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.columns import column_numbers, distinct_cells, in_order_of_coming
from engine.files.doubts import NO_DOUBTS, Doubts, is_sensible, looks_swapped
from engine.files.faults import Faults, LeftOut
from engine.files.held_out_column import held_out_marks
from engine.files.label_sets import CarriedLabels, carried_labels
from engine.files.labels import ClassMap, ClassRule, apply_rules, find_classes, is_missing_label
from engine.files.side_by_side import in_parts
from engine.files.table import Table, TableError, column_title
from engine.samples import NO_SET, UNLABELLED, lowest_label

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

HeightUnit = Literal["cm", "m", "mm", "in"]
WeightUnit = Literal["kg", "hg", "g", "lb"]

LabelSource = Literal["column", "none", "bmi"]
"""Classes by the labels of a column, by a BMI rule, or no label yet."""

HEIGHT_UNITS: tuple[HeightUnit, ...] = get_args(HeightUnit)
WEIGHT_UNITS: tuple[WeightUnit, ...] = get_args(WeightUnit)

TO_CM: dict[HeightUnit, tuple[float, float]] = {"cm": (1, 1), "m": (100, 1), "mm": (1, 10), "in": (2.54, 1)}
TO_KG: dict[WeightUnit, tuple[float, float]] = {
    "kg": (1, 1),
    "hg": (1, 10),
    "g": (1, 1000),
    "lb": (0.45359237, 1),
}
"""Multiply by the first, divide by the second: exact factors, so that each value is rounded once."""


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """Which columns (by their names in the `Table`) are what, their units, and which labels make which class.

    `classes` None makes a class of each distinct label: numbers by value, then text. With a `label_source`
    other than "column", `label` and `classes` count for nothing: samples have no label, or the class (of
    `bmi_classes`: 2, 3 or 4) that `bmi_rule` gives them. `held_out` is the column that says who is held out
    of training; without one, or with cells that `held_out_marks` cannot read, that is left open.
    Of the table's rows (from 0) `swapped` hold height and weight in each other's columns, and `removed` are
    left out.
    """

    height: str
    weight: str
    label: str = ""
    height_unit: HeightUnit = "cm"
    weight_unit: WeightUnit = "kg"
    classes: tuple[ClassRule, ...] | None = None
    label_source: LabelSource = "column"
    bmi_rule: RuleName = "who"
    bmi_classes: int = 3
    held_out: str = ""
    swapped: frozenset[int] = frozenset()
    removed: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """Samples of a table; every row is either among them or in `left_out`.

    Attributes
    ----------
    height_cm, weight_kg : ndarray of float64, shape (n,)
    class_index : ndarray of int64, shape (n,)
        -1 for samples without a label.
    class_names : tuple of str
        Empty where there are no labels yet.
    left_out : list of LeftOut
        In the order of the file.
    unused_labels : tuple of str
        Labels that a class was to be made of, and that no row has.
    class_keys : tuple of str
        The classes' built-in names, shown translated; empty where the file names them.
    doubts : Doubts
        Samples whose values are outside sense.
    label_set : ndarray of int16, shape (n,), or None
        As in `engine.samples.SampleRows`; None where no sample carries several labels.
    held_out : ndarray of bool, shape (n,), or None
        Samples to be held out of training; None where the table does not say.
    """

    height_cm: Floats
    weight_kg: Floats
    class_index: Ints
    class_names: tuple[str, ...]
    left_out: list[LeftOut] = field(repr=False)
    unused_labels: tuple[str, ...] = ()
    class_keys: tuple[str, ...] = ()
    doubts: Doubts = field(default=NO_DOUBTS, repr=False)
    label_set: NDArray[np.int16] | None = None
    held_out: Bools | None = None

    @property
    def class_counts(self) -> tuple[int, ...]:
        """Samples of each class, or that carry it among several labels."""
        size = len(self.class_names)
        if not size:
            return ()
        index = self.class_index[self.class_index >= 0] if self.label_set is not None else self.class_index
        parts = in_parts(lambda part: np.bincount(index[part], minlength=size), index.size, 1 << 15)
        counts = np.sum([np.zeros(size, dtype=np.int64), *parts], axis=0)
        if self.label_set is not None:
            has_set = self.label_set != NO_SET
            for number in range(size):
                carried = has_set & (self.label_set >> number & 1 > 0)
                counts[number] += np.count_nonzero(carried & (self.class_index != number))
        return tuple(counts.tolist())

    @property
    def reason_counts(self) -> list[tuple[Message, int]]:
        """How many rows are left out for each reason, the most frequent first."""
        found = Counter((left.reason.template, left.column) for left in self.left_out)
        return [
            (Message(reason, {"column": column_title(column)}), count)
            for (reason, column), count in found.most_common()
        ]


def extract_samples(table: Table, choice: ColumnChoice) -> Extraction:
    """Read heights (to cm), weights (to kg) and classes from the chosen columns.

    A row with a missing or unreadable cell, or with a label of no chosen class, is left out and listed.

    Raises
    ------
    TableError
        If a column does not exist or is chosen twice, there are too many labels, no row can be used, a
        class has no row or, by the labels of a column, fewer than two classes are left.
    """
    height_column, weight_column, label_column = _chosen_columns(table, choice)
    height_cm, weight_kg, doubtful, swappable = _values(table, height_column, weight_column, choice)
    faults = Faults(table)
    faults.note_rows(table.surplus_rows, "surplus")
    faults.note_numbers(height_cm, height_column)
    faults.note_numbers(weight_kg, weight_column)
    faults.note_rows(choice.removed, "removed")
    label_set: NDArray[np.int16] | None = None
    if label_column is None:
        class_map, class_index = ClassMap((), {}), np.full(len(table), UNLABELLED, dtype=np.int64)
    else:
        carried = carried_labels(table, choice.label)
        class_map, class_index = _classes(table, label_column, choice.classes, faults, carried)
        if carried is not None:
            label_set = carried.masks(class_map.index_by_label)
    held_out = _held_out(table, choice.held_out)
    is_kept = faults.none
    rows = np.flatnonzero(doubtful & is_kept)
    kept = slice(None) if bool(is_kept.all()) else is_kept
    extraction = Extraction(
        height_cm=height_cm[kept],
        weight_kg=weight_kg[kept],
        class_index=class_index[kept],
        class_names=class_map.names,
        left_out=faults.listed(),
        unused_labels=class_map.unused_values,
        label_set=None if label_set is None else label_set[kept],
        held_out=None if held_out is None else held_out[kept],
        doubts=Doubts(rows, height_cm[rows], weight_kg[rows], swappable[rows]),
    )
    _check_rows(table, extraction)
    if label_column is not None:
        _check_classes(table, label_column, extraction)
    return _with_bmi_classes(extraction, choice) if choice.label_source == "bmi" else extraction


def _with_bmi_classes(extraction: Extraction, choice: ColumnChoice) -> Extraction:
    """The samples with the classes that the chosen BMI rule gives them; some may have no sample."""
    keys = CLASS_KEYS[choice.bmi_classes]
    rule = bmi_rule(choice.bmi_rule)
    index = bmi_classes(rule, choice.bmi_classes, extraction.height_cm, extraction.weight_kg)
    return replace(extraction, class_index=index, class_names=keys, class_keys=keys)


def _chosen_columns(table: Table, choice: ColumnChoice) -> tuple[int, int, int | None]:
    has_label = choice.label_source == "column"
    labels = [choice.label] if has_label else []
    names = [choice.height, choice.weight, *labels, *([choice.held_out] if choice.held_out else [])]
    indices = [table.column_index(name) for name in names]
    for name, index in zip(names[1:], indices[1:], strict=True):
        if indices.count(index) > 1:
            raise TableError(
                QT_TRANSLATE_NOOP("Engine", 'The column "{name}" is chosen twice.'),
                path=table.path,
                line=table.header_line,
                column=index + 1,
                name=name,
            )
    return indices[0], indices[1], indices[2] if has_label else None


def _held_out(table: Table, name: str) -> Bools | None:
    return held_out_marks(table.columns[table.column_index(name)]) if name else None


def _values(
    table: Table, height_column: int, weight_column: int, choice: ColumnChoice
) -> tuple[Floats, Floats, Bools, Bools]:
    """Heights in cm, weights in kg, which of both are outside sense, and which of those look swapped."""
    to_cm, to_kg = TO_CM[choice.height_unit], TO_KG[choice.weight_unit]
    height, weight = (
        column_numbers(table.columns[column], table.delimiter) for column in (height_column, weight_column)
    )
    if choice.swapped:
        rows = list(choice.swapped)
        height, weight = height.copy(), weight.copy()
        height[rows], weight[rows] = weight[rows], height[rows]
    height_cm, weight_kg = _scaled(height, to_cm), _scaled(weight, to_kg)
    with np.errstate(over="ignore", invalid="ignore"):
        doubtful = ~is_sensible(height_cm, weight_kg)
    swappable = np.zeros(len(table), dtype=np.bool_)
    rows_in_doubt = np.flatnonzero(doubtful)
    swappable[rows_in_doubt] = looks_swapped(
        _scaled(weight[rows_in_doubt], to_cm), _scaled(height[rows_in_doubt], to_kg)
    )
    return height_cm, weight_kg, doubtful, swappable


def _scaled(values: Floats, factor: tuple[float, float]) -> Floats:
    multiplier, divisor = factor
    if multiplier == divisor:
        return values
    with np.errstate(over="ignore"):
        return values * multiplier / divisor


def _classes(
    table: Table,
    column: int,
    rules: tuple[ClassRule, ...] | None,
    faults: Faults,
    carried: CarriedLabels | None,
) -> tuple[ClassMap, Ints]:
    """The classes of the rows without a fault, and each row's class (-1 where it has none).

    Of several labels that a row carries its class is the lowest.
    """
    labels, codes = distinct_cells(table.columns[column])
    missing = np.array([is_missing_label(label, labels, rules) for label in labels], dtype=np.bool_)
    has_set = np.zeros(codes.size, dtype=np.bool_) if carried is None else carried.rows
    if missing.any():
        faults.note(missing[codes] & ~has_set, "missing", column)
    without_fault = faults.none
    coming = labels  # they come in this order in the file
    if not without_fault.all():
        coming = [labels[code] for code in in_order_of_coming(codes[without_fault], len(labels))]
    if carried is not None:
        alone = [labels[code] for code in in_order_of_coming(codes[without_fault & ~has_set], len(labels))]
        coming = list(dict.fromkeys([*alone, *carried.names]))
    try:
        class_map = find_classes(coming) if rules is None else apply_rules(coming, rules)
    except FallLineError as error:
        is_of_column = rules is None  # rules that contradict one another are no fault of the file
        raise TableError(
            error.message.template,
            path=table.path,
            line=table.header_line if is_of_column else None,
            column=column + 1 if is_of_column else None,
            **error.message.values,
        ) from None
    number = {label: -1 if index is None else index for label, index in class_map.index_by_label.items()}
    class_by_code = np.array([number.get(label, -1) for label in labels], dtype=np.int64)
    is_same = np.array_equal(class_by_code, np.arange(len(labels)))
    class_index: Ints = codes if is_same else class_by_code.take(codes)
    class_index.flags.writeable = False  # it may be what the column keeps
    if carried is not None:
        lowest = lowest_label(carried.masks(class_map.index_by_label))
        class_index = np.where(carried.rows, lowest, class_index)
        faults.note((class_index < 0) & ~carried.empty_rows, "no_class", column)
    elif (class_by_code < 0).any():
        faults.note(class_index < 0, "no_class", column)
    return class_map, class_index


def _check_rows(table: Table, extraction: Extraction) -> None:
    if not extraction.height_cm.size:
        first = extraction.left_out[0]
        raise TableError(
            QT_TRANSLATE_NOOP("Engine", "None of the {count} rows can be used; in the first, {reason}."),
            path=table.path,
            line=first.line,
            column=table.names.index(first.column) + 1 if first.column else None,
            count=len(table),
            reason=first.reason,
        )


def _check_classes(table: Table, label_column: int, extraction: Extraction) -> None:
    if len(extraction.class_names) < 2:
        raise TableError(
            QT_TRANSLATE_NOOP(
                "Engine", 'The only label in the rows that can be used is "{label}": two classes are needed.'
            ),
            path=table.path,
            line=table.header_line,
            column=label_column + 1,
            label=extraction.class_names[0],
        )
    for name, count in zip(extraction.class_names, extraction.class_counts, strict=True):
        if not count:
            raise TableError(
                QT_TRANSLATE_NOOP("Engine", 'No row that can be used has a label of the class "{name}".'),
                path=table.path,
                line=table.header_line,
                column=label_column + 1,
                name=name,
            )
