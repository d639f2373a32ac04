r"""Samples with several labels in a table: the column ``labels`` beside ``class``, as in ``under|over``.

A cell names all labels that the sample carries, with ``|`` between them; in a name ``|`` is written ``\|``
and ``\`` as ``\\``. A lone ``|`` says that the sample carries none of the labels, which is not the same as
an empty cell: a sample without a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.files.columns import distinct_cells
from engine.files.table import Table
from engine.samples import NO_SET

Ints = NDArray[np.int64]
Sets = NDArray[np.int16]

CLASS_COLUMN, SETS_COLUMN = "class", "labels"
SEPARATOR = "|"

_PART = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def joined_labels(names: Iterable[str]) -> str:
    """The cell of a sample that carries these labels."""
    return SEPARATOR.join(re.sub(r"([|\\])", r"\\\1", name) for name in names) or SEPARATOR


def split_labels(cell: str) -> tuple[str, ...] | None:
    """The labels that a cell of `SETS_COLUMN` names, without surrounding spaces; None if it is empty."""
    if not cell:
        return None
    parts = (_ESCAPED.sub(r"\1", part).strip() for part in _PART.findall(cell))
    return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class CarriedLabels:
    """The rows of a table that carry another number of labels than one.

    Attributes
    ----------
    sets : tuple of tuple of str
        The different sets of labels that come.
    codes : ndarray of int64, shape (n,)
        Which of them each row has; -1 for rows with one label or none known.
    """

    sets: tuple[tuple[str, ...], ...]
    codes: Ints

    @property
    def rows(self) -> NDArray[np.bool_]:
        """Which rows have a set."""
        return self.codes >= 0

    @property
    def empty_rows(self) -> NDArray[np.bool_]:
        """Which rows carry none of the labels on purpose."""
        return np.array([*(not labels for labels in self.sets), False], dtype=np.bool_)[self.codes]

    @property
    def names(self) -> dict[str, int]:
        """The labels in the sets, in the order in which they come, and how many rows carry each in a set."""
        found: dict[str, int] = {}
        counts = np.bincount(self.codes[self.rows], minlength=len(self.sets)).tolist()
        for labels, count in zip(self.sets, counts, strict=True):
            for label in labels:
                found[label] = found.get(label, 0) + count
        return found

    def masks(self, index_by_label: Mapping[str, int | None]) -> Sets:
        """The rows' sets as bit masks, bit k for class k, `NO_SET` where there is none, shape (n,).

        Labels that belong to no class are not in a mask.
        """
        masks = [0] * len(self.sets)
        for number, labels in enumerate(self.sets):
            for label in labels:
                index = index_by_label.get(label)
                masks[number] |= 0 if index is None else 1 << index
        return np.array([*masks, NO_SET], dtype=np.int16)[self.codes]  # -1 reads the last one


def carried_labels(table: Table, label: str) -> CarriedLabels | None:
    """What the rows carry, where ``class`` is chosen for the labels and ``labels`` stands beside it."""
    if label != CLASS_COLUMN or SETS_COLUMN not in table.names:
        return None
    cells, codes = distinct_cells(table.columns[table.names.index(SETS_COLUMN)])
    sets: list[tuple[str, ...]] = []
    number = np.full(len(cells), -1, dtype=np.int64)
    for place, cell in enumerate(cells):
        labels = split_labels(cell)
        if labels is not None and len(labels) != 1:
            number[place] = len(sets)
            sets.append(labels)
    return CarriedLabels(tuple(sets), number[codes]) if sets else None
