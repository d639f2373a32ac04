"""From counts to colours: the hue is that of the class that most of a cell's samples have, the tone how many.

One sample is a tint that can be seen anywhere; from there the tone grows with the logarithm of the count, to
the full colour and on towards the theme's ink. Where no class has most of a cell, hues mix to a grey.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.density import Counts
from engine.document.state import ClassInfo
from gui.theme import Theme

Floats = NDArray[np.float32]
Colors = NDArray[np.uint32]

LOWEST_STRENGTH = 0.5
"""How strongly one sample alone covers what is behind it."""
_FULL_AT = 0.55
"""The share of the range, in logarithms, at which a cell has its class's full colour."""
_INK_SHARE = 0.5
"""How much of the densest cell is ink."""
_HELD_OUT_SHARE = 0.55
"""How much a cell loses whose samples are all held out."""
_LEAST_REFERENCE = 24.0


@dataclass(frozen=True, slots=True, eq=False)
class Palette:
    """What cells are coloured with.

    Attributes
    ----------
    hues : ndarray of float32, shape (K + 1, 3)
        Of no label and of each class, 0 to 255.
    ink : ndarray of float32, shape (3,)
        What dense cells tend to.
    """

    hues: Floats
    ink: Floats

    @classmethod
    def of(cls, classes: tuple[ClassInfo, ...], theme: Theme) -> Palette:
        """The colours of the classes in a theme."""
        hues = [theme.quiet, *(theme.class_fill(info.color) for info in classes)]
        return cls(
            np.array([_channels(hue) for hue in hues], np.float32), np.array(_channels(theme.ink), np.float32)
        )


def _channels(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def reference_of(counts: Counts) -> float:
    """The count that gets the deepest tone: the fullest cell's, but no less than a couple of dozen."""
    totals = counts[:-1].sum(axis=0)
    return max(float(totals.max(initial=0)), _LEAST_REFERENCE)


def density_colors(counts: Counts, palette: Palette, reference: float) -> Colors:
    """Colour cells by their counts.

    Parameters
    ----------
    counts : ndarray of int32, shape (K + 2, m)
        In the layers of `engine.density.layered_cells`.
    palette : Palette
    reference : float
        The count with the deepest tone; more are no deeper.

    Returns
    -------
    ndarray of uint32, shape (m,)
        0xAARRGGBB, premultiplied; 0 where there is no sample.
    """
    result: Colors = np.zeros(counts.shape[1], dtype=np.uint32)
    totals = counts[:-1].sum(axis=0)
    filled = np.flatnonzero(totals)
    if not filled.size:
        return result
    some = counts[:, filled].astype(np.float32)
    total = totals[filled].astype(np.float32)
    tone = np.minimum(np.log(total) / np.float32(np.log(reference)), np.float32(1.0))
    # Squares let the majority show: of 3 to 1 the colour is 9 to 1.
    shares = some[:-1] / total
    shares *= shares
    shares /= shares.sum(axis=0)
    color = np.tensordot(palette.hues, shares, axes=(0, 0))
    depth = np.maximum(tone - np.float32(_FULL_AT), 0) * np.float32(_INK_SHARE / (1.0 - _FULL_AT))
    color += depth * (palette.ink[:, None] - color)
    alpha = LOWEST_STRENGTH + (1.0 - LOWEST_STRENGTH) * np.minimum(tone / np.float32(_FULL_AT), 1.0)
    alpha *= 1.0 - _HELD_OUT_SHARE * (some[-1] / total)
    red, green, blue = np.rint(color * alpha).astype(np.uint32)
    opaque = np.rint(255.0 * alpha).astype(np.uint32)
    result[filled] = opaque << np.uint32(24) | red << np.uint32(16) | green << np.uint32(8) | blue
    return result
