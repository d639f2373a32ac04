"""A column of a large table: Arrow strings, a tenth of the memory of Python's, looked at all at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from engine.files.cells import parse_number
from engine.files.short_labels import numbered_labels
from engine.files.side_by_side import in_a_row, side_by_side

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PLAIN = r"^-?[0-9]+(\.[0-9]+)?$"
_COMMA = r"^-?[0-9]*,[0-9]+$"
"""Numbers that both readers take for the same: one comma is the decimal mark where it separates no cells."""

_LOOKED_AT = 10_000
"""Rows that already tell most columns of many different cells."""


class ArrowColumn(Sequence[str]):
    """Cells without surrounding spaces, as a ``pyarrow.ChunkedArray`` of strings holds them."""

    def __init__(self, cells: Any) -> None:  # noqa: ANN401 - pyarrow has no types of its own
        self._cells = cells

    def __len__(self) -> int:
        return len(self._cells)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            cells: list[str] = self._cells.slice(start, max(stop - start, 0)).to_pylist()
            return cells if step == 1 else [self[number] for number in range(start, stop, step)]
        return str(self._cells[index].as_py())

    def __iter__(self) -> Iterator[str]:
        for chunk in self._cells.chunks:
            yield from chunk.to_pylist()

    def numbers(self, delimiter: str) -> Floats:
        """The column's numbers, shape (n,), the same bits as `engine.files.cells.parse_column` gives."""
        found = in_a_row(lambda chunk: _chunk_numbers(chunk, delimiter), self._cells.chunks, np.float64)
        assert found is not None  # there is a number for each cell, if only NaN
        return found

    def distinct_if_few(self, most: int) -> list[str] | None:
        """The different cells in the order in which they first come; None if there are more than `most`."""
        if len(self._cells.slice(0, _LOOKED_AT).unique()) > most:
            return None  # told by the first rows: a column of measured numbers
        labels, _ = self.distinct
        return labels if len(labels) <= most else None

    @cached_property
    def distinct(self) -> tuple[list[str], Ints]:
        """The different cells in the order in which they first come, and for each row which one it is."""
        import pyarrow  # type: ignore[import-untyped]

        numbered = numbered_labels(self._cells.chunks)
        if numbered is not None:
            return numbered
        parts = side_by_side(lambda chunk: chunk.dictionary_encode(), self._cells.chunks)
        chunks = pyarrow.chunked_array(parts).unify_dictionaries().chunks
        codes = np.concatenate([chunk.indices.to_numpy() for chunk in chunks]).astype(np.int64)
        return chunks[0].dictionary.to_pylist(), codes


def _chunk_numbers(chunk: Any, delimiter: str) -> Floats:  # noqa: ANN401
    import pyarrow
    import pyarrow.compute as compute  # type: ignore[import-untyped]

    try:
        whole: Floats = compute.cast(chunk, pyarrow.float64()).to_numpy()
        return whole
    except pyarrow.ArrowInvalid:
        pass  # some cell is missing, is no number or has a decimal comma
    numbers = np.full(len(chunk), np.nan)
    is_left = np.ones(len(chunk), dtype=np.bool_)
    patterns = [(_PLAIN, False)] if delimiter == "," else [(_PLAIN, False), (_COMMA, True)]
    for pattern, has_comma in patterns:
        fits = compute.match_substring_regex(chunk, pattern)
        cells = chunk.filter(fits)
        if has_comma:
            cells = compute.replace_substring(cells, ",", ".")
        mask = fits.to_numpy(zero_copy_only=False)
        numbers[mask] = compute.cast(cells, pyarrow.float64()).to_numpy()
        is_left &= ~mask
    for row in np.flatnonzero(is_left).tolist():
        numbers[row] = parse_number(chunk[row].as_py(), delimiter)
    return numbers
