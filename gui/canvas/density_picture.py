"""A picture of a crowd's density: made in the background, and mended where an edit changed a cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from engine.density import (
    COARSE_STRIDE,
    Counts,
    DensityGrid,
    changed_rows,
    count_samples,
    differing_blocks,
    recount,
)
from engine.document.state import ClassInfo
from engine.running.jobs import ShouldStop
from engine.sample_search import prepare
from engine.samples import Samples
from gui.canvas.density_colors import Colors, Palette, density_colors, reference_of
from gui.canvas.viewport import Viewport
from gui.theme import Theme

CELL_PX = 2.0
"""Side of a cell at 100 %: a sample that stands alone is still seen."""
_COARSER = 4
_OVERSCAN = 0.12
_MOST_BLOCKS = 6
"""Of an edit that is mended at once; a larger one is counted anew in the background."""


@dataclass(frozen=True, slots=True)
class DensityLook:
    """What a picture shows besides samples: the view, the classes, the theme, device pixels to a pixel."""

    viewport: Viewport
    classes: tuple[ClassInfo, ...]
    theme: Theme
    pixel_ratio: float

    @property
    def cell_device_px(self) -> int:
        """Side of a cell in device pixels: a whole number, so that cells are sharp."""
        return max(1, round(CELL_PX * self.theme.scale * self.pixel_ratio))

    def grid(self) -> DensityGrid:
        """Cells from the plot's lower left corner on, and a little beyond each edge for panning."""
        rect, side = self.viewport.rect, self.cell_device_px / self.pixel_ratio
        beyond = (int(_OVERSCAN * rect.width() / side) + 1, int(_OVERSCAN * rect.height() / side) + 1)
        cell_cm, cell_kg = side / self.viewport.px_per_cm, side / self.viewport.px_per_kg
        return DensityGrid(
            self.viewport.height_min_cm - beyond[0] * cell_cm,
            self.viewport.weight_min_kg - beyond[1] * cell_kg,
            cell_cm,
            cell_kg,
            int(rect.width() / side) + 1 + 2 * beyond[0],
            int(rect.height() / side) + 1 + 2 * beyond[1],
        )


class DensityPicture:
    """Counts of `samples` in a grid, and their colours as pixels.

    Attributes
    ----------
    is_coarse : bool
        Guessed from a share of the samples; it cannot be mended.
    """

    def __init__(
        self,
        samples: Samples,
        look: DensityLook,
        grid: DensityGrid,
        counts: Counts,
        *,
        is_coarse: bool = False,
    ) -> None:
        self.samples = samples
        self.look = look
        self.grid = grid
        self.counts = counts
        self.is_coarse = is_coarse
        self._palette = Palette.of(look.classes, look.theme)
        self._reference = reference_of(counts)
        self._side = look.cell_device_px * (_COARSER if is_coarse else 1)
        colors = density_colors(counts.reshape(counts.shape[0], -1), self._palette, self._reference)
        # Row 0 of the counts is the lowest weight, of the pixels the highest.
        upright = colors.reshape(grid.rows, grid.columns)[::-1]
        self._pixels: Colors = np.repeat(np.repeat(upright, self._side, axis=0), self._side, axis=1)

    def image(self) -> QImage:
        """The picture; it reads this object's memory."""
        height, width = self._pixels.shape
        return QImage(self._pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)

    def target(self, viewport: Viewport) -> QRectF:
        """Where it belongs in a view, in pixels."""
        return viewport.rect_of(self.grid.height_range_cm, self.grid.weight_range_kg)

    def covers(self, viewport: Viewport) -> bool:
        """Whether it has something to show for all of a view, in about its scale."""
        scale = self.look.viewport.px_per_cm / viewport.px_per_cm
        is_alike = 0.99 < scale < 1.01 and self.look.viewport.rect.size() == viewport.rect.size()
        return is_alike and self.target(viewport).adjusted(-1, -1, 1, 1).contains(viewport.rect)

    def mend(self, samples: Samples) -> bool:
        """Show an edit of what is shown; False where that takes too long or cannot be."""
        if samples is self.samples:
            return True
        old_blocks, new_blocks = differing_blocks(self.samples, samples)
        if self.is_coarse or max(len(old_blocks), len(new_blocks)) > _MOST_BLOCKS:
            return False
        cells = recount(self.counts, self.grid, *changed_rows(self.samples, samples))
        self.samples = samples
        self._recolor(cells)
        return True

    def _recolor(self, cells: NDArray[np.int64]) -> None:
        some = self.counts.reshape(self.counts.shape[0], -1)[:, cells]
        colors = density_colors(some, self._palette, self._reference)
        side, grid = self._side, self.grid
        squares = self._pixels.reshape(grid.rows, side, grid.columns, side)
        squares[grid.rows - 1 - cells // grid.columns, :, cells % grid.columns, :] = colors[:, None, None]


def density_pictures(
    samples: Samples, look: DensityLook, coarse_first: bool, should_stop: ShouldStop
) -> Iterator[DensityPicture]:
    """A coarse picture where one is wanted, then the fine one; sorts the samples for searches at last."""
    grid, n_classes = look.grid(), len(look.classes)
    if coarse_first:
        coarse = grid.coarser(_COARSER)
        counts = count_samples(samples, coarse, n_classes, should_stop, COARSE_STRIDE)
        if counts is None:
            return
        yield DensityPicture(samples, look, coarse, counts // _COARSER**2, is_coarse=True)
    counts = count_samples(samples, grid, n_classes, should_stop)
    if counts is None:
        return
    yield DensityPicture(samples, look, grid, counts)
    prepare(samples)
