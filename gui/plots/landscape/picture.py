"""The picture of a landscape: colours by the loss, lines of equal loss, hatching where it curves downwards.

Painted on an image, so that it can be done on a background thread; the window only shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from engine.landscape.planes import NEGATIVE_SHARE_TOLERANCE, LandscapeGrid
from gui.plots.log_ticks import linear_ticks
from gui.plots.scene3d.colors import perceptual_table
from gui.plots.scene3d.contours import contour_segments
from gui.plots.scene3d.memory import draw_segments

Floats = NDArray[np.float64]
Range = tuple[float, float]

COLORS = 256
CONTOURS = 14
GAMMA = 0.6
"""Colours go by (share of the range) ** this: the valley, where models end, gets more of them."""
MOST_LOSS = 1e30
"""Pictures are worked out in single precision, which ends at 3e38."""
_COVERAGES = 4
_HATCH_PERIOD_PX, _HATCH_WIDTH_PX = 7.0, 1.4
_HATCH_STRENGTH = 0.24
_LIGHT_FROM = 0.42
_LINE_ALPHA = 0.42


@dataclass(frozen=True, slots=True)
class Look:
    """How a landscape's picture is made.

    Attributes
    ----------
    width, height : int
        Device pixels.
    pixels : float
        Device pixels for one pixel at 100 %.
    is_common : bool
        One scale of colours for all losses, instead of each its own.
    is_shaded : bool
        Hatch where the loss curves downwards.
    """

    width: int
    height: int
    pixels: float
    is_common: bool = False
    is_shaded: bool = True


@cache
def color_table() -> Floats:
    """Red, green and blue (0 to 255) from the lowest loss to the highest, shape (COLORS, 3)."""
    table = perceptual_table(COLORS)
    table.flags.writeable = False
    return table


def color_places(loss: NDArray[Any], low: float, high: float) -> NDArray[Any]:
    """Where losses lie on the scale of colours, 0 to 1."""
    share = np.clip((loss - low) / max(high - low, np.finfo(float).tiny), 0.0, 1.0)
    result: NDArray[Any] = share**GAMMA
    return result


def drawable(grid: LandscapeGrid) -> LandscapeGrid:
    """The landscape, flat at its highest loss where it is beyond that: of weights that diverged."""
    is_drawn = np.abs(grid.loss) <= MOST_LOSS  # nor is one that is no number
    if is_drawn.all():
        return grid
    loss = np.where(is_drawn, grid.loss, grid.loss[is_drawn].max(initial=0.0))
    curvature = grid.smallest_eigenvalue
    if curvature is not None:
        curvature = np.where(is_drawn & np.isfinite(curvature), curvature, 0.0)
    return replace(grid, loss=loss, smallest_eigenvalue=curvature)


def color_range(grid: LandscapeGrid) -> Range:
    """Lowest and highest loss of a grid."""
    return float(grid.loss.min()), float(grid.loss.max())


def common_range(grids: Sequence[LandscapeGrid]) -> Range:
    """Lowest and highest loss of several grids together."""
    ranges = [color_range(grid) for grid in grids]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def contour_levels(low: float, high: float, count: int = CONTOURS) -> list[float]:
    """Round losses, evenly apart: where the lines lie close, the landscape is steep."""
    if not high - low > 1e-9 * max(abs(high), 1e-300):
        return []
    return [level for level in linear_ticks(low, high, count) if low < level < high]


def sampled(values: Floats, width: int, height: int) -> NDArray[np.float32]:
    """A grid's values at the centres of an image's pixels, bilinearly: shape (height, width).

    The grid's first row, its lowest v, is the bottom of the image.
    """
    rows, columns = values.shape
    x, column = _places(columns, width)
    y, row = _places(rows, height)
    y, row = y[::-1, None], row[::-1]
    grid = values.astype(np.float32)
    along = grid[:, column] + x * (grid[:, column + 1] - grid[:, column])
    below = along[row]
    result: NDArray[np.float32] = below + y * (along[row + 1] - below)
    return result


def landscape_picture(grid: LandscapeGrid, look: Look, colors: Range) -> QImage:
    """Paint a landscape.

    Parameters
    ----------
    grid : LandscapeGrid
    look : Look
    colors : (float, float)
        Losses of the first and the last colour.
    """
    place = color_places(sampled(grid.loss, look.width, look.height), *colors)
    index = np.rint(place * (COLORS - 1)).astype(np.intp)
    if look.is_shaded and grid.smallest_eigenvalue is not None and grid.negative.any():
        below = sampled(grid.smallest_eigenvalue, look.width, look.height) < -_threshold(grid)
        index += np.where(below, _hatch(look.width, look.height, look.pixels) * COLORS, 0)
    pixels = _packed_table()[index]
    view = QImage(pixels.tobytes(), look.width, look.height, 4 * look.width, QImage.Format.Format_RGB32)
    image = view.copy()  # which owns its pixels
    _paint_lines(image, grid, look, colors)
    return image


def _threshold(grid: LandscapeGrid) -> float:
    """How far below 0 an eigenvalue counts as negative: as in `LandscapeGrid.negative`."""
    return max(NEGATIVE_SHARE_TOLERANCE * grid.largest_curvature, grid.eigenvalue_error)


def _places(count: int, pixels: int) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """For each pixel the grid's interval that its centre lies in, and where between its ends (0 to 1)."""
    position = (np.arange(pixels) + 0.5) / pixels * (count - 1)
    first = np.minimum(position.astype(np.intp), count - 2)
    return (position - first).astype(np.float32), first


@cache
def _packed_table() -> NDArray[np.uint32]:
    """Colours as 0xffRRGGBB, plain first, then under more and more of a stripe: (COVERAGES * COLORS,)."""
    table = color_table()
    luminance = table @ np.array([0.2126, 0.7152, 0.0722]) / 255.0
    stripe = np.where(luminance[:, None] > _LIGHT_FROM, 0.0, 255.0)
    rows = []
    for coverage in range(_COVERAGES):
        amount = _HATCH_STRENGTH * coverage / (_COVERAGES - 1)
        rgb = np.rint(table + amount * (stripe - table)).astype(np.uint32)
        rows.append(0xFF000000 | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2])
    return np.concatenate(rows).astype(np.uint32)


@lru_cache(maxsize=4)
def _hatch(width_px: int, height_px: int, scale: float) -> NDArray[np.intp]:
    """How much of a diagonal stripe covers each pixel, 0 to COVERAGES - 1."""
    x, y = np.arange(width_px), np.arange(height_px)[:, None]
    period, width = _HATCH_PERIOD_PX * scale, _HATCH_WIDTH_PX * scale
    across = np.abs(((x + y) / np.sqrt(2.0)) % period - period / 2)
    cover = np.clip(width / 2 + 0.5 - across, 0.0, 1.0)
    result: NDArray[np.intp] = np.rint(cover * (_COVERAGES - 1)).astype(np.intp)
    return result


def _paint_lines(image: QImage, grid: LandscapeGrid, look: Look, colors: Range) -> None:
    """Lines of equal loss, and one around what is hatched; none on terraces, whose edges are lines."""
    if grid.smallest_eigenvalue is None:
        return
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low, high = float(grid.loss.min()), float(grid.loss.max())
        levels = contour_levels(max(low, colors[0]), min(high, colors[1]))
        for level, lines in zip(levels, level_lines(grid.loss, levels, look), strict=True):
            place = float(color_places(np.array(level), *colors))
            painter.setPen(QPen(line_color(place), 0.9 * look.pixels))
            draw_segments(painter, lines)
        if look.is_shaded:
            painter.setPen(QPen(QColor(255, 255, 255, 200), 1.1 * look.pixels))
            draw_segments(painter, level_lines(grid.smallest_eigenvalue, [-_threshold(grid)], look)[0])


def line_color(place: float) -> QColor:
    """A line's colour where the map has this place (0 to 1): it stands out without covering."""
    row = color_table()[round(place * (COLORS - 1))]
    light = float(row @ np.array([0.2126, 0.7152, 0.0722])) / 255.0 > _LIGHT_FROM
    color = QColor(Qt.GlobalColor.black if light else Qt.GlobalColor.white)
    color.setAlphaF(_LINE_ALPHA)
    return color


def level_lines(values: Floats, levels: Sequence[float], look: Look) -> list[Floats]:
    """Where a grid has these values (in increasing order), in the image's pixels: pieces (n, 2, 2) each."""
    return contour_segments(values, levels, (0.0, float(look.width)), (float(look.height), 0.0))
