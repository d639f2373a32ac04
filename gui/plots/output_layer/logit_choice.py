"""Which logits are shown: those of the model at the place pointed at, or a person's own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.normalizers import NORMALIZERS, is_same_answer, normalized
from engine.specs import ModelKind

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LogitChoice:
    """What the person has done to the logits; every act gives another choice.

    Attributes
    ----------
    own : tuple of float or None
        Free logits, one a class; None for the model's at the pointer.
    shift : float
        Added to all of them.
    before : tuple of float or None
        Logits that the free ones are compared with: those before the last change, or a preset's twin.
    """

    own: tuple[float, ...] | None = None
    shift: float = 0.0
    before: tuple[float, ...] | None = None

    def logits(self, live: Floats) -> Floats:
        """The logits to show, shape (K,), where the model has `live` at the pointer."""
        return self._base(live) + self.shift

    def compared(self, live: Floats) -> Floats | None:
        """The logits to compare them with: without the shift, or before the last change; None for none."""
        if self.shift != 0.0:
            return self._base(live)
        return None if self.before is None else np.array(self.before)

    def moved(self, live: Floats, index: int, value: float, *, goes_on: bool) -> LogitChoice:
        """One logit is dragged or typed: what was there before is compared with.

        Parameters
        ----------
        live : ndarray of shape (K,)
        index : int
        value : float
        goes_on : bool
            Whether the drag has begun earlier: it is compared with what was there when it began.
        """
        shown = self.logits(live)
        before = self.before if goes_on and self.before is not None else tuple(shown.tolist())
        shown[index] = value
        return LogitChoice(tuple(shown.tolist()), 0.0, before)

    def shifted(self, live: Floats, shift: float) -> LogitChoice:
        """Another constant is added to all logits, which then stand still."""
        return LogitChoice(tuple(self._base(live).tolist()), shift, self.before)

    def fitting(self, n_classes: int) -> LogitChoice:
        """The same choice, or the model's logits where there are other classes now."""
        return self if self.own is None or len(self.own) == n_classes else LogitChoice()

    def _base(self, live: Floats) -> Floats:
        return np.array(live if self.own is None else self.own, dtype=np.float64)


def all_ones(n_classes: int) -> tuple[float, ...]:
    """(1, 1, 1) for three classes."""
    return (1.0,) * n_classes


def one_negative(n_classes: int) -> tuple[float, ...]:
    """(1, -1, 1) for three classes: the second logit is negative."""
    return (1.0, -1.0, *all_ones(n_classes - 2))


def preset(values: tuple[float, ...], twin: tuple[float, ...] | None = None) -> LogitChoice:
    """Free logits beside their twin, which some output layers cannot tell from them."""
    return LogitChoice(values, 0.0, twin)


@dataclass(frozen=True, eq=False, slots=True)
class Answers:
    """What each output layer makes of one list of logits.

    Attributes
    ----------
    logits : ndarray of shape (K,)
    p : dict of ModelKind to ndarray of shape (K,)
        NaN where undefined.
    before : dict of ModelKind to ndarray of shape (K,), or None
        The same of the logits that they are compared with.
    """

    logits: Floats
    p: dict[ModelKind, Floats]
    before: dict[ModelKind, Floats] | None

    @classmethod
    def of(cls, logits: Floats, compared: Floats | None) -> Answers:
        """Send logits, and those that they are compared with, through every output layer."""
        before = None if compared is None else {kind: normalized(kind, compared) for kind in NORMALIZERS}
        return cls(logits, {kind: normalized(kind, logits) for kind in NORMALIZERS}, before)

    def is_undefined(self, kind: ModelKind) -> bool:
        """Whether an output layer has no answer: 0 / 0."""
        return bool(np.isnan(self.p[kind]).any())

    def is_same(self, kind: ModelKind) -> bool | None:
        """Whether an output layer answers as before; None with nothing to compare."""
        return None if self.before is None else is_same_answer(self.p[kind], self.before[kind])
