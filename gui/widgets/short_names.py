"""Names shortened to the room that there is, so that no two of them come to look alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF

_ELLIPSIS = "…"


def short_names(names: Sequence[str], metrics: QFontMetricsF, room: float) -> list[str]:
    """Shorten names that stand beside one another.

    Cut off the ends; where two different names would then look alike, leave out their middles, or the words
    that they begin with alike.

    Parameters
    ----------
    names : sequence of str
        All names that have to be told apart.
    metrics : QFontMetricsF
        Of the font that they are written in.
    room : float
        Pixels for each name.

    Returns
    -------
    list of str
        A text for each name, none wider than `room`. All are empty where nothing that fits tells them apart:
        whoever shows them has markers for that.
    """
    for texts in _attempts(names, metrics, room):
        is_readable = all(
            (len(text) > 1 or text == name) and metrics.horizontalAdvance(text) <= room
            for text, name in zip(texts, names, strict=True)
        )
        if is_readable and len(set(texts)) == len(set(names)):
            return texts
    return [""] * len(names)


def _attempts(names: Sequence[str], metrics: QFontMetricsF, room: float) -> Iterator[list[str]]:
    for mode in (Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideMiddle):
        yield [metrics.elidedText(name, mode, room) for name in names]
    alike = _letters_alike(names)
    if alike > 1:
        differing = [_ELLIPSIS + name[alike:].strip() for name in names]
        yield [
            name if metrics.horizontalAdvance(name) <= room
            else metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            for name, text in zip(names, differing, strict=True)
        ]  # fmt: skip


def _letters_alike(names: Sequence[str]) -> int:
    """How many letters all names begin with alike."""
    shortest = min(map(len, names), default=0)
    return next((n for n in range(shortest) if len({name[n] for name in names}) > 1), shortest)
