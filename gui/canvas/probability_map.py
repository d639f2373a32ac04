"""The probability map: the plot's background tinted by the winning class, the stronger the surer.

Where each label is answered for itself, it is tinted by every one that is likelier than not, so that their
hues mix where labels meet.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter

from engine.snapshots import RegionGrid, RegionRequest
from gui.canvas.viewport import Viewport

Colors = NDArray[np.uint32]

MAX_TINT = 1 / 3
LEVELS = 256
OVERSCAN = 0.12
"""Share of the view that is evaluated beyond each edge, so that panning shows no blank strip."""
_CELL_PX = 4
_MAX_COLUMNS, _MAX_ROWS = 200, 150


def tint_table(plot: QColor, fills: Sequence[QColor]) -> Colors:
    """Colours by class and confidence.

    Returns
    -------
    ndarray of uint32, shape (K, LEVELS)
        0xffRRGGBB; level 0 is the plot's own background, the last one has `MAX_TINT` of the class's fill.
    """
    background = np.array(_channels(plot), dtype=np.float64)
    hues = np.array([_channels(fill) for fill in fills], dtype=np.float64).reshape(-1, 1, 3)
    alpha = np.linspace(0.0, MAX_TINT, LEVELS)[None, :, None]
    channels = np.rint(background + alpha * (hues - background)).astype(np.uint32)
    table: Colors = (
        np.uint32(0xFF000000)
        | channels[..., 0] << np.uint32(16)
        | channels[..., 1] << np.uint32(8)
        | channels[..., 2]
    )
    return table


def _channels(color: QColor) -> tuple[int, int, int]:
    return color.red(), color.green(), color.blue()


def tinted(probability: NDArray[np.float32], table: Colors) -> Colors:
    """Colour each cell by its most probable class and by (max p - 1/K) / (1 - 1/K).

    Parameters
    ----------
    probability : ndarray of float32, shape (K, rows, columns)
        Row 0 is the lowest weight.
    table : ndarray of uint32, shape (K, LEVELS)

    Returns
    -------
    ndarray of uint32, shape (rows, columns)
        Row 0 is the top of the picture: the highest weight.
    """
    n_classes = probability.shape[0]
    upright = probability[:, ::-1]
    if n_classes == 1:
        return np.full(upright.shape[1:], table[0, -1], dtype=np.uint32)
    if n_classes == 2:
        winner = (upright[1] >= upright[0]).astype(np.intp)
        largest = np.maximum(upright[0], upright[1])
    else:
        winner = upright.argmax(axis=0)
        largest = upright.max(axis=0)
    confidence = (largest - 1 / n_classes) * ((LEVELS - 1) / (1 - 1 / n_classes))
    level = np.clip(np.nan_to_num(confidence), 0, LEVELS - 1).astype(np.intp)
    return np.ascontiguousarray(table.ravel().take(winner * LEVELS + level))


def blended(probability: NDArray[np.float32], table: Colors) -> Colors:
    """Colour each cell by all classes with p above 1/2, each by 2 p - 1; together no stronger than one.

    Arguments and result as in `tinted`.
    """
    shifts = np.stack([table >> np.uint32(16), table >> np.uint32(8), table]) & np.uint32(0xFF)
    background, strongest = (shifts[:, :, column].astype(np.float32) for column in (0, -1))
    strength = np.clip(2.0 * np.nan_to_num(probability[:, ::-1]) - 1.0, 0.0, 1.0)
    strength /= np.maximum(strength.sum(axis=0), 1.0)
    mixed = np.tensordot(strongest - background, strength, axes=1) + background[:, :1, None]
    red, green, blue = np.rint(mixed).astype(np.uint32)
    colors: Colors = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return np.ascontiguousarray(colors)


def region_request(viewport: Viewport, model_index: int, threshold: float = 0.5) -> RegionRequest:
    """The grid to ask for: the view and a little beyond, in cells of about `_CELL_PX` pixels.

    `threshold` is the p of curved boundaries, which come from the same grid.
    """
    rect = viewport.rect
    margin_cm = OVERSCAN * (viewport.height_max_cm - viewport.height_min_cm)
    margin_kg = OVERSCAN * (viewport.weight_max_kg - viewport.weight_min_kg)
    whole = 1 + 2 * OVERSCAN
    return RegionRequest(
        height_min_cm=viewport.height_min_cm - margin_cm,
        height_max_cm=viewport.height_max_cm + margin_cm,
        weight_min_kg=viewport.weight_min_kg - margin_kg,
        weight_max_kg=viewport.weight_max_kg + margin_kg,
        columns=max(2, min(_MAX_COLUMNS, round(whole * rect.width() / _CELL_PX))),
        rows=max(2, min(_MAX_ROWS, round(whole * rect.height() / _CELL_PX))),
        model_index=model_index,
        threshold=threshold,
    )


class ProbabilityMap:
    """The newest grid as a picture; painting it only scales it."""

    def __init__(self) -> None:
        self._table: Colors = np.zeros((0, LEVELS), dtype=np.uint32)
        self._grid: RegionGrid | None = None
        self._is_blended = False
        self._pixels: Colors | None = None  # keeps the memory alive that the image below reads
        self._image = QImage()

    def set_colors(self, plot: QColor, fills: Sequence[QColor]) -> None:
        """Take the theme's background and the fills of the classes in order."""
        table = tint_table(plot, fills)
        if not np.array_equal(table, self._table):
            self._table = table
            self._render()

    def set_grid(self, grid: RegionGrid | None, *, each_label: bool = False) -> bool:
        """Show another grid, or none; tells whether it is another one.

        `each_label`: every class says yes or no for itself (`blended`).
        """
        if grid is self._grid and each_label == self._is_blended:
            return False
        self._grid, self._is_blended = grid, each_label
        self._render()
        return True

    @property
    def image(self) -> QImage:
        """The picture, one pixel a cell, the highest weight on top; null where there is none."""
        return self._image

    def paint(self, painter: QPainter, viewport: Viewport) -> None:
        """Draw the picture where its cells belong; the painter's clip cuts off what lies beyond the plot."""
        if self._grid is None or self._image.isNull():
            return
        request = self._grid.request
        target = viewport.rect_of(
            (request.height_min_cm, request.height_max_cm), (request.weight_min_kg, request.weight_max_kg)
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(target, self._image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _render(self) -> None:
        self._image, self._pixels = QImage(), None
        # A grid of the classes before an edit has other rows than the table: the next one fits again.
        if self._grid is None or self._grid.probability.shape[0] != self._table.shape[0]:
            return
        paint = blended if self._is_blended else tinted
        self._pixels = paint(self._grid.probability, self._table)
        rows, columns = self._pixels.shape
        self._image = QImage(self._pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)
