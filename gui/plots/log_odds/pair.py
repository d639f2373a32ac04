"""Which two classes the log-odds compare: kept by the classes' own ids, so that other edits do not matter."""

from __future__ import annotations

from dataclasses import dataclass

from engine.document.state import ClassInfo

Pair = tuple[int, int]
"""Indices of the class in the numerator and of the reference."""

_REFERENCE_KEY = "normal"


def default_pair(classes: tuple[ClassInfo, ...]) -> Pair:
    """The last class against "normal" where there is one, else against class 0."""
    second = next((index for index, info in enumerate(classes) if info.key == _REFERENCE_KEY), 0)
    first = max(index for index in range(len(classes)) if index != second)
    return first, second


@dataclass(slots=True)
class PairChoice:
    """The chosen pair by class id; None stands for the default, also for a class that has gone."""

    _first: int | None = None
    _second: int | None = None

    def indices(self, classes: tuple[ClassInfo, ...]) -> Pair:
        """The pair among `classes`, of which there are at least two."""
        places = {info.class_id: index for index, info in enumerate(classes)}
        first, second = default_pair(classes)
        if self._second in places:
            second = places[self._second]
        if self._first in places:
            first = places[self._first]
        if first == second:
            # One of the two was never chosen, or has gone: it takes the nearest other class from the end.
            others = [index for index in range(len(classes)) if index != first]
            if self._first in places:
                second = others[0]
            else:
                first = others[-1]
        return first, second

    def choose(self, classes: tuple[ClassInfo, ...], *, first: int | None, second: int | None) -> None:
        """Take another class on one side; the class of the other side goes over where it is the same."""
        old_first, old_second = self.indices(classes)
        if first is not None:
            new = (first, old_first if first == old_second else old_second)
        elif second is not None:
            new = (old_second if second == old_first else old_first, second)
        else:
            new = (old_second, old_first)
        self._first, self._second = (classes[index].class_id for index in new)

    def forget(self) -> None:
        """Go back to the default."""
        self._first = self._second = None
