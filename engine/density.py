"""How many samples of each class lie in each cell of a grid, kept up with edits: what a million look like."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.samples import UNLABELLED, SampleRows, Samples, join_rows

Ints = NDArray[np.int64]
Counts = NDArray[np.int32]

COARSE_STRIDE = 16
"""A first, coarse answer looks at one sample in so many."""


@dataclass(frozen=True, slots=True)
class DensityGrid:
    """Cells over a part of the plane, row 0 the lowest weights.

    Attributes
    ----------
    height_min_cm, weight_min_kg : float
        The lower left corner.
    cell_cm, cell_kg : float
        Width and height of a cell.
    columns, rows : int
    """

    height_min_cm: float
    weight_min_kg: float
    cell_cm: float
    cell_kg: float
    columns: int
    rows: int

    @property
    def height_range_cm(self) -> tuple[float, float]:
        """Left and right edge in cm."""
        return self.height_min_cm, self.height_min_cm + self.columns * self.cell_cm

    @property
    def weight_range_kg(self) -> tuple[float, float]:
        """Lower and upper edge in kg."""
        return self.weight_min_kg, self.weight_min_kg + self.rows * self.cell_kg

    def coarser(self, factor: int) -> DensityGrid:
        """The same lower left corner and at least the same part in cells `factor` times as wide and high."""
        return DensityGrid(
            self.height_min_cm,
            self.weight_min_kg,
            self.cell_cm * factor,
            self.cell_kg * factor,
            -(-self.columns // factor),
            -(-self.rows // factor),
        )


def layered_cells(rows: SampleRows, grid: DensityGrid, n_classes: int) -> Ints:
    """Where the rows inside the grid count: flat index into counts of shape (n_classes + 2, rows, columns).

    Layer 0 is that of samples without a label, or of a class that there is not; layer k + 1 that of class k;
    a held-out sample counts a second time, in the last one. A cell has its lower and left edge alone.
    """
    column = (rows.height_cm - grid.height_min_cm) / grid.cell_cm
    row = (rows.weight_kg - grid.weight_min_kg) / grid.cell_kg
    # Compared before they are cut to whole numbers: far away may be more than a whole number can hold.
    inside = (column >= 0) & (column < grid.columns) & (row >= 0) & (row < grid.rows)
    label, held_out = rows.class_index, rows.held_out
    if not inside.all():
        column, row, label, held_out = column[inside], row[inside], label[inside], held_out[inside]
    cell = row.astype(np.int64) * grid.columns + column.astype(np.int64)
    layer_size = grid.rows * grid.columns
    layered: Ints = (np.where(label < n_classes, label, UNLABELLED) + 1) * layer_size + cell
    if held_out.any():
        layered = np.concatenate([layered, (n_classes + 1) * layer_size + cell[held_out]])
    return layered


def count_samples(
    samples: Samples,
    grid: DensityGrid,
    n_classes: int,
    should_stop: Callable[[], bool] = lambda: False,
    stride: int = 1,
) -> Counts | None:
    """Count the samples of each class in each cell.

    Parameters
    ----------
    samples : Samples
    grid : DensityGrid
    n_classes : int
    should_stop : callable
        Asked at every block.
    stride : int
        Look at one sample in `stride` of each block and count it so many times: a guess from a share.

    Returns
    -------
    ndarray of int32, shape (n_classes + 2, rows, columns), or None
        The layers of `layered_cells`; None where it was told to stop.
    """
    counts: Counts = np.zeros((n_classes + 2, grid.rows, grid.columns), dtype=np.int32)
    flat = counts.reshape(-1)
    for part in _parts(samples, stride):
        if should_stop():
            return None
        np.add.at(flat, layered_cells(part, grid, n_classes), stride)
    return counts


def _parts(samples: Samples, stride: int) -> Iterator[SampleRows]:
    if stride == 1:
        yield from samples.blocks
        return
    for block in samples.blocks:
        yield block.take(slice(0, None, stride))


def recount(counts: Counts, grid: DensityGrid, old: SampleRows, new: SampleRows) -> Ints:
    """Take samples out of counts and put others in, in place.

    Parameters
    ----------
    counts : ndarray of int32, shape (n_classes + 2, rows, columns)
    grid : DensityGrid
    old, new : SampleRows
        What was there and is no more, and what stands there now: see `changed_rows`.

    Returns
    -------
    ndarray of int64, shape (m,)
        The cells that changed, each once, as row * columns + column.
    """
    n_classes = counts.shape[0] - 2
    flat = counts.reshape(-1)
    left, taken = (layered_cells(rows, grid, n_classes) for rows in (old, new))
    np.subtract.at(flat, left, 1)
    np.add.at(flat, taken, 1)
    return np.unique(np.concatenate([left, taken]) % (grid.rows * grid.columns))


def differing_blocks(before: Samples, after: Samples) -> tuple[list[SampleRows], list[SampleRows]]:
    """Blocks of each version that the other does not share."""
    old_blocks = {id(block) for block in before.blocks}
    new_blocks = {id(block) for block in after.blocks}
    return (
        [block for block in before.blocks if id(block) not in new_blocks],
        [block for block in after.blocks if id(block) not in old_blocks],
    )


def changed_rows(before: Samples, after: Samples) -> tuple[SampleRows, SampleRows]:
    """Rows of each version that are not the same in the other; costs the blocks that are not shared."""
    old, new = (join_rows(blocks) for blocks in differing_blocks(before, after))
    return old.take(~unchanged(old, new)), new.take(~unchanged(new, old))


def removed_ids(before: Samples, after: Samples) -> Ints:
    """Ids of samples that were there and are no more, increasing; costs the blocks that are not shared."""
    old, new = (join_rows(blocks).sample_id for blocks in differing_blocks(before, after))
    return np.setdiff1d(old, new, assume_unique=True)


def unchanged(rows: SampleRows, others: SampleRows) -> NDArray[np.bool_]:
    """Which of `rows` stand in `others` with the same id, place, class and all else."""
    if not len(others):
        return np.zeros(len(rows), dtype=bool)
    at = np.minimum(np.searchsorted(others.sample_id, rows.sample_id), len(others) - 1)
    same: NDArray[np.bool_] = others.sample_id[at] == rows.sample_id
    for mine, theirs in zip(rows.columns[1:], others.columns[1:], strict=True):
        same &= mine == theirs[at]
    return same
