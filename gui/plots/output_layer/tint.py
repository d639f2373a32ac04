"""Colours of a small map: the plot's own background, tinted by a number at each cell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

Floats = NDArray[np.float64]

MOST_TINT = 0.4


class TintedImage:
    """An image and the pixels that it reads, one a cell, the highest weight on top."""

    def __init__(self, colors: Floats) -> None:
        """Make it of red, green and blue from 0 to 255, shape (rows, columns, 3), row 0 the lowest weight."""
        red, green, blue = np.moveaxis(np.rint(colors[::-1]).astype(np.uint32), 2, 0)
        self._pixels = np.ascontiguousarray(
            np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
        )
        rows, columns = self._pixels.shape
        self.image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)


def winner_tint(probability: Floats, ground: QColor, fills: Sequence[QColor]) -> Floats:
    """Tint by the class with the largest p, the stronger the more it exceeds 1/K; nothing where undefined.

    Parameters
    ----------
    probability : ndarray of shape (K, rows, columns)

    Returns
    -------
    ndarray of shape (rows, columns, 3)
    """
    known = np.nan_to_num(probability)
    n_classes = len(known)
    largest = known.max(axis=0)
    share = np.clip((largest - 1 / n_classes) / (1 - 1 / n_classes), 0.0, 1.0)
    share[largest == known.min(axis=0)] = 0.0  # all alike, as K sigmoids may be at any p: no answer to tint
    hues = np.array([channels(fill) for fill in fills])
    return _mixed(channels(ground), hues[known.argmax(axis=0)], share)


def diverging_tint(share: Floats, ground: QColor, low: QColor, high: QColor) -> Floats:
    """Tint from `low` (-1) over the ground (0) to `high` (1), shape (rows, columns, 3); nothing for NaN."""
    held = np.clip(np.nan_to_num(share), -1.0, 1.0)
    hues = np.where((held < 0.0)[..., None], channels(low), channels(high))
    return _mixed(channels(ground), hues, np.abs(held))


def channels(color: QColor) -> Floats:
    """Red, green and blue, shape (3,)."""
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)


def _mixed(ground: Floats, hues: Floats, share: Floats) -> Floats:
    result: Floats = ground + MOST_TINT * share[..., None] * (hues - ground)
    return result
