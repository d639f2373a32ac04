"""Who is held out of training, in a table: the column ``held_out``, as the program exports it.

Only such a column counts in which every cell says yes or no. What other people keep under this name with
other cells means something else, and is left alone.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.files.cells import is_missing
from engine.files.columns import distinct_cells, distinct_if_few
from engine.files.labels import label_key

Bools = NDArray[np.bool_]

HELD_OUT_COLUMN = "held_out"

MOST_SPELLINGS = 32
"""More different cells than there are ways to write yes, no and nothing."""

_ANSWERS = {1.0: True, 0.0: False, "true": True, "false": False}


def held_out_marks(cells: Sequence[str]) -> Bools | None:
    """Which rows a column of stripped cells holds out of training, shape (n,).

    1 and 0 (also as 1.0, or whatever has their value) and true and false in any case are answers; a missing
    cell says no. None where some cell says anything else, or none says anything.
    """
    if distinct_if_few(cells, MOST_SPELLINGS) is None:
        return None
    different, codes = distinct_cells(cells)
    answers = [_answer(cell) for cell in different]
    if None in answers or all(map(is_missing, different)):
        return None
    return np.array(answers, dtype=np.bool_)[codes]


def _answer(cell: str) -> bool | None:
    return False if is_missing(cell) else _ANSWERS.get(label_key(cell.casefold()))
