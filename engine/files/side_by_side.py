"""Work on the parts of a large table on all processors at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

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
