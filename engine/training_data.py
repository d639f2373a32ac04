"""The samples that training reads, standardised once per edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.losses import one_hot
from engine.samples import UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BLOCK_SIZE = 16_384
"""Samples worked on at a time, so that a block and its buffers stay in the processor's cache."""
N_DESIGN_ROWS = 3
TARGET_SCALE = 8.0
"""Softmax labels are kept as 0 and this: a power of two, so exact, and no less than the number of classes."""


@dataclass(frozen=True, eq=False)
class TrainingData:
    """The labelled samples that are not held out, as training reads them; read-only.

    Attributes
    ----------
    design : ndarray of shape (3, n), C-contiguous
        ``[z_height; z_weight; 1]``.
    class_index : ndarray of int64, shape (n,)
        0 to K - 1.
    sample_id : ndarray of int64, shape (n,)
        Strictly increasing.
    scaler : Standardizer
        Between z-scores and cm and kg.
    """

    design: Floats
    class_index: Ints
    sample_id: Ints
    scaler: Standardizer

    @classmethod
    def from_samples(
        cls, samples: Samples, n_classes: int, scaler: Standardizer | None = None
    ) -> TrainingData:
        """Standardise the labelled training samples, by their own mean and std unless `scaler` is given.

        Raises
        ------
        ValueError
            If a class index is not below `n_classes`.
        """
        n, mean, std = samples.moments
        if scaler is None:
            scaler = Standardizer.from_moments(mean, std)
        design, class_index = np.ones((3, n)), np.empty(n, dtype=np.int64)
        sample_id = np.empty(n, dtype=np.int64)
        start = 0
        for block in samples:
            used = (block.class_index != UNLABELLED) & ~block.held_out
            rows = slice(start, start := start + int(np.count_nonzero(used)))
            z_scores = scaler.standardize(block.height_cm[used], block.weight_kg[used])
            design[0, rows], design[1, rows] = z_scores
            class_index[rows], sample_id[rows] = block.class_index[used], block.sample_id[used]
        if n and not 0 <= class_index.min() <= class_index.max() < n_classes:
            raise ValueError(f"a class index is not one of 0 to {n_classes - 1}")
        for array in (design, class_index, sample_id):
            array.flags.writeable = False
        return cls(design, class_index, sample_id, scaler)

    def __len__(self) -> int:
        return int(self.class_index.size)


def kernel_columns(model: ModelSpec, data: TrainingData) -> Floats:
    """The samples as a model's kernels read them, one column a sample: a batch is a choice of columns.

    Returns
    -------
    ndarray of shape (rows, n), C-contiguous
        Logistic: the design matrix times s / 2, with s = +1 for class 0 and -1 for class 1, shape (3, n).
        Softmax: the design matrix above the one-hot labels times `TARGET_SCALE`, shape (3 + K, n).
    """
    if model.kind == "logistic":
        return data.design * (0.5 - data.class_index)
    return np.concatenate([data.design, TARGET_SCALE * one_hot(data.class_index, model.n_classes)])


def blocks_of(columns: Floats) -> list[Floats]:
    """Columns (rows, n) as contiguous blocks of at most `BLOCK_SIZE` columns; a single one is not copied."""
    if columns.shape[1] <= BLOCK_SIZE:
        return [columns]
    starts = range(0, columns.shape[1], BLOCK_SIZE)
    return [np.ascontiguousarray(columns[:, start : start + BLOCK_SIZE]) for start in starts]
