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
        All samples, in the order of the data.
    """

    def __init__(self, model: ModelSpec, data: TrainingData, *, in_batches: bool) -> None:
        self._columns = kernel_columns(model, data)
        self._block_size = block_size_of(model)
        self.blocks = blocks_of(self._columns, self._block_size)
        self._shuffled = np.empty_like(self._columns) if in_batches else self._columns[:, :0]

    def shuffle(self, order: Ints) -> None:
        """Put the samples into the order of an epoch: their places in the data, shape (n,)."""
        np.take(self._columns, order, axis=1, out=self._shuffled, mode="clip")  # clip: no bounds check

    def batch(self, start: int, end: int) -> list[Floats]:
        """The shuffled samples from `start` to before `end`, in blocks."""
        edges = range(start, end, self._block_size)
        return [self._shuffled[:, edge : min(edge + self._block_size, end)] for edge in edges]

    def points(self, start: int, end: int) -> list[list[float]]:
        """The same samples as lists of numbers, one sample each."""
        result: list[list[float]] = self._shuffled[:, start:end].T.tolist()
        return result
