"""Work on the parts of a large table on all processors at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import accumulate
from typing import Any, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

_IN_TURN = 8

Part = TypeVar("Part")
Result = TypeVar("Result")


def side_by_side(work: Callable[[Part], Result], parts: Iterable[Part]) -> list[Result]:
    """`work` of every part, in order; for work that NumPy or Arrow does, without Python's lock.

    The first exception that `work` raises is raised here. `work` itself may not do anything side by side.
    """
    listed = list(parts)
    processors = os.cpu_count() or 1
    if len(listed) < 2 or processors < 2:
        return [work(part) for part in listed]
    return list(_pool().map(work, listed))


@cache
def _pool() -> ThreadPoolExecutor:
    """Threads that stay: a large file is gone through a dozen times, and starting them cost milliseconds."""
    return ThreadPoolExecutor(os.cpu_count() or 1, "side-by-side")


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


def in_parts(work: Callable[[slice], Result], size: int, part: int) -> list[Result]:
    """`work` of each `part` of an array of this size, in order.

    A part that fits the processor's cache may be looked at several times; each processor takes some in turn.
    """

    def of_some(begin: int) -> list[Result]:
        end = min(begin + _IN_TURN * part, size)
        return [work(slice(start, min(start + part, size))) for start in range(begin, end, part)]

    return [result for some in side_by_side(of_some, range(0, size, _IN_TURN * part)) for result in some]
