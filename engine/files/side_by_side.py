"""Work on the parts of a large table on all processors at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

_COUNTED_AT_ONCE = 1 << 18

Part = TypeVar("Part")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """`work` of every part, in order; for work that NumPy or Arrow does, without Python's lock.

    The first exception that `work` raises is raised here.
    """
    listed = list(parts)
    processors = os.cpu_count() or 1
    if len(listed) < 2 or processors < 2:
        return [work(part) for part in listed]
    with ThreadPoolExecutor(min(len(listed), processors)) as pool:
        return list(pool.map(work, listed))


def in_a_row(
    work: Callable[[Any], NDArray[Any] | None], parts: Sequence[Any], dtype: DTypeLike
) -> NDArray[Any] | None:
    """What `work` makes of every part, as long as the part, one after the other in one array.

    Each is put in its place on the processor that made it. None where `work` gives None for some part.
    """
    ends = list(accumulate(len(part) for part in parts))
    result = np.empty(ends[-1] if ends else 0, dtype=dtype)

    def put(number: int) -> bool:
        made = work(parts[number])
        if made is not None:
            result[ends[number] - len(parts[number]) : ends[number]] = made
        return made is not None

    return result if all(side_by_side(put, range(len(parts)))) else None


def counts_side_by_side(numbers: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """How often each number from 0 below `size` comes among `numbers`, shape (size,)."""
    parts = side_by_side(
        lambda begin: np.bincount(numbers[begin : begin + _COUNTED_AT_ONCE], minlength=size),
        range(0, numbers.size, _COUNTED_AT_ONCE),
    )
    result: NDArray[np.int64] = np.sum(parts, axis=0, dtype=np.int64) if parts else np.zeros(size, np.int64)
    return result
