"""What the views draw in one screen frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.running.history import LossCurve
from engine.snapshots import Mark, Snapshot


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The newest state of the run.

    Attributes
    ----------
    snapshot : Snapshot
    curve : LossCurve
        Everything recorded so far. It goes on changing: no slice of it may be kept across frames.
    curve_changed : bool
        Whether the curve differs from the last frame's.
    marks : sequence of Mark
        Where data or settings changed, in order of their steps.
    """

    snapshot: Snapshot
    curve: LossCurve
    curve_changed: bool
    marks: Sequence[Mark]
