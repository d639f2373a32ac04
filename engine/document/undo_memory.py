"""What the commands on an undo stack take of memory, and how many of the oldest are too many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.document.commands import ClassValues, Command, ReplaceValues, SampleValues, SplitValues, Values
from engine.samples import SampleRows

COMMAND_BYTES = 2_000
"""A command's objects beside the numbers in its arrays, as measured: 700 to 2,100 bytes."""


def command_bytes(command: Command) -> int:
    """Bytes that a command keeps by itself, arrays that it shares with others included."""
    return COMMAND_BYTES + sum(array.nbytes for array in _distinct(command, set()))


def total_bytes(commands: Sequence[Command]) -> int:
    """Bytes that commands keep together: an array that several of them share counts once."""
    seen: set[int] = set()
    arrays = (array for command in commands for array in _distinct(command, seen))
    return len(commands) * COMMAND_BYTES + sum(array.nbytes for array in arrays)


def count_beyond(commands: Sequence[Command], most_bytes: int) -> int:
    """How many of the oldest commands (the first) have to go so that the others keep at most `most_bytes`.

    The newest one stays, whatever its size.
    """
    seen: set[int] = set()
    kept = 0
    for number in range(len(commands) - 1, -1, -1):
        kept += COMMAND_BYTES + sum(array.nbytes for array in _distinct(commands[number], seen))
        if kept > most_bytes:
            return min(number + 1, len(commands) - 1)
    return 0


def _distinct(command: Command, seen: set[int]) -> Iterator[NDArray[np.generic]]:
    """The arrays of a command that are not among those `seen`, which they join."""
    for values in (command.values, command.inverse):
        for array in _arrays(values):
            if id(array) not in seen:
                seen.add(id(array))
                yield array


def _arrays(values: Values) -> Iterator[NDArray[np.generic]]:
    if isinstance(values, SampleValues | ClassValues):
        yield from _columns(values.put)
        yield values.remove
    elif isinstance(values, SplitValues):
        yield values.held_out
    elif isinstance(values, ReplaceValues):
        for block in values.state.samples.blocks:
            yield from _columns(block)


def _columns(rows: SampleRows) -> Iterator[NDArray[np.generic]]:
    """The columns, and what was worked out of them and is kept beside them."""
    for value in vars(rows).values():
        for array in value if isinstance(value, tuple) else (value,):
            if isinstance(array, np.ndarray):
                yield array
