"""Numbers the labels of a large column where they are few and short, as labels are: twice as fast as Arrow.

A label of up to seven bytes and its length fit in one 64-bit number, its key. The first rows tell which
labels there are; a multiplication sends each of their keys to a place of its own in a small table, where its
number stands. Every row's key is compared with the one of its place, so no other label is taken for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files.side_by_side import in_a_row

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

HEAD_ROWS = 10_000
MOST_LABELS = 16

_LONGEST = 7
_LOW_BYTES = np.array([(1 << 8 * length) - 1 for length in range(_LONGEST + 1)], dtype=np.uint64)
_LENGTHS = np.array([length << 8 * _LONGEST for length in range(_LONGEST + 1)], dtype=np.uint64)
_PLACE_BITS = 10
_SHIFT = np.uint64(64 - _PLACE_BITS)
_TRIES = 64


def numbered_labels(chunks: Sequence[Any]) -> tuple[list[str], Ints] | None:
    """The different cells in the order in which they first come, and for each row which one it is.

    Parameters
    ----------
    chunks : sequence of pyarrow.StringArray
        The column's cells, without nulls.

    Returns
    -------
    (labels, codes) or None
        None where some label is long, they are many, or one does not come in the first rows.
    """
    first = next((chunk for chunk in chunks if len(chunk)), None)
    if first is None:
        return None
    head = _keys(first.slice(0, HEAD_ROWS))
    if head is None:
        return None
    known, rows = np.unique(head, return_index=True)
    if known.size > MOST_LABELS:
        return None
    order = np.argsort(rows)
    known = known[order]
    multiplier = _multiplier(known)
    if multiplier is None:
        return None
    number = np.zeros(1 << _PLACE_BITS, dtype=np.int64)
    number[_places(known, multiplier)] = np.arange(known.size)

    def codes_of(chunk: Any) -> Ints | None:  # noqa: ANN401 - pyarrow has no types
        keys = _keys(chunk)
        if keys is None:
            return None
        codes = number.take(_places(keys, multiplier))
        return codes if np.array_equal(known.take(codes), keys) else None

    codes = in_a_row(codes_of, chunks, np.int64)
    return None if codes is None else ([first[int(row)].as_py() for row in rows[order]], codes)


def _keys(chunk: Any) -> Keys | None:  # noqa: ANN401
    """The key of each cell: its bytes, the first the lowest, its length on top; None if one is too long."""
    _, offset_buffer, text_buffer = chunk.buffers()
    offsets = np.frombuffer(offset_buffer, np.int32, len(chunk) + 1, 4 * chunk.offset)
    lengths = np.diff(offsets)
    if lengths.size and lengths.max() > _LONGEST:
        return None
    begin, end = int(offsets[0]), int(offsets[-1])
    text = np.zeros(end - begin + 8, dtype=np.uint8)  # so that eight bytes can be read from each cell's first
    if end > begin:
        text[: end - begin] = np.frombuffer(text_buffer, np.uint8, end - begin, begin)
    words: Keys = np.ndarray((text.size - 7,), np.dtype("<u8"), text, 0, (1,))
    keys: Keys = words[offsets[:-1] - begin].astype(np.uint64, copy=False)
    keys &= _LOW_BYTES.take(lengths)
    keys |= _LENGTHS.take(lengths)
    return keys


def _places(keys: Keys, multiplier: np.uint64) -> Ints:
    places = keys * multiplier
    places >>= _SHIFT
    return places.view(np.int64)


def _multiplier(known: Keys) -> np.uint64 | None:
    """An odd number that sends these keys to different places; None if none of some is such a one."""
    rng = np.random.default_rng(0)
    for number in rng.integers(0, 1 << 63, _TRIES, dtype=np.uint64):
        multiplier = np.uint64(number | np.uint64(1))
        if np.unique(_places(known, multiplier)).size == known.size:
            return multiplier
    return None
