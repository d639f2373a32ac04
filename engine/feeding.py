"""The samples as one kind of model's kernels read them: all of them, or a batch at a time."""

from __future__ import annotations

import numpy as np

from engine.layout import Floats
from engine.specs import ModelSpec
from engine.training_data import Ints, TrainingData, block_size_of, blocks_of, kernel_columns


class Feed:
    """The columns of one kind of model (`training_data.kernel_columns`), in blocks.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
    in_batches : bool
        Whether `shuffle` and `batch` will be asked for.

    Attributes
    ----------
    blocks : list of ndarray
        All samples that this kind of model trains on, in the order of the data.
    """

    def __init__(self, model: ModelSpec, data: TrainingData, *, in_batches: bool) -> None:
        columns = kernel_columns(model, data)
        self._block_size = block_size_of(model)
        self.blocks = blocks_of(columns, self._block_size) if columns.shape[1] else []
        # All steps over all samples need the blocks alone: a slice would hold the whole table.
        self._columns = columns if in_batches else columns[:, :0].copy()
        self._shuffled = np.empty_like(self._columns)
        self._has_class = None if columns.shape[1] == len(data) else data.has_class
        self._place_of = np.zeros(0, dtype=np.int64)
        self._ends = np.zeros(0, dtype=np.int64)
        if self._has_class is not None:
            self._place_of = np.cumsum(self._has_class) - 1

    def shuffle(self, order: Ints) -> None:
        """Put the samples into the order of an epoch: their places in the data, shape (n,)."""
        if self._has_class is not None:
            is_used = self._has_class[order]
            self._ends = np.concatenate([[0], np.cumsum(is_used)])
            order = self._place_of[order[is_used]]
        np.take(self._columns, order, axis=1, out=self._shuffled, mode="clip")  # clip: no bounds check

    def batch(self, start: int, end: int) -> list[Floats]:
        """The shuffled samples of the data from `start` to before `end`, in blocks.

        None at all where this kind of model has no use for any of them (`TrainingData.for_model`).
        """
        if self._has_class is not None:
            start, end = int(self._ends[start]), int(self._ends[end])
        edges = range(start, end, self._block_size)
        return [self._shuffled[:, edge : min(edge + self._block_size, end)] for edge in edges]

    def points(self, start: int, end: int) -> list[list[float]]:
        """The same samples as lists of numbers, one sample each."""
        result: list[list[float]] = self._shuffled[:, start:end].T.tolist()
        return result
