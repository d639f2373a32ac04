"""The samples that training reads, standardised once per edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.losses import one_hot
from engine.samples import UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec, TrainingSpec

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BLOCK_SIZE = 16_384
"""Samples worked on at a time, so that a block and its buffers stay in the processor's cache."""
HIDDEN_BLOCK_SIZE = 4096
"""The same for models with hidden layers, whose buffers have rows for every unit."""
N_DESIGN_ROWS = 3
TARGET_SCALE = 8.0
"""Softmax labels are kept as 0 and this: a power of two, so exact, and no less than the number of classes."""


@dataclass(frozen=True, eq=False)
class TrainingData:
    """The labelled samples that are not held out, as training reads them; read-only.

    Attributes
    ----------
    design : ndarray of shape (3, n), C-contiguous
        ``[z_height; z_weight; 1]``; the last row is 0 where the model has no biases.
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
    def of(cls, spec: TrainingSpec, scaler: Standardizer | None = None) -> TrainingData:
        """The samples of a spec as it wants them: standardised or as given, with biases or without.

        Parameters
        ----------
        scaler : Standardizer, optional
            Instead of the one that the spec asks for.
        """
        if scaler is None and not spec.standardize:
            scaler = Standardizer.identity()
        return cls.from_samples(spec.samples, spec.model.n_classes, scaler, bias=spec.bias)

    @classmethod
    def from_samples(
        cls, samples: Samples, n_classes: int, scaler: Standardizer | None = None, *, bias: bool = True
    ) -> TrainingData:
        """Standardise the labelled training samples, by their own mean and std unless `scaler` is given.

        Without a `bias` the design's last row is 0.

        Raises
        ------
        ValueError
            If a class index is not below `n_classes`.
        """
        n, mean, std = samples.moments
        if scaler is None:
            scaler = Standardizer.from_moments(mean, std)
        design, class_index = np.full((3, n), float(bias)), np.empty(n, dtype=np.int64)
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

    @property
    def has_bias(self) -> bool:
        """Whether a bias changes anything: the design's last row is 1, not 0."""
        return bool(self.design[2].any())


def kernel_columns(model: ModelSpec, data: TrainingData) -> Floats:
    """The samples as a model's kernels read them, one column a sample: a batch is a choice of columns.

    Returns
    -------
    ndarray of shape (rows, n), C-contiguous
        Logistic: the design matrix times s / 2, with s = +1 for class 0 and -1 for class 1, shape (3, n).
        Step: the same above a row of s / 2; mlp: the design matrix itself above it, shape (4, n).
        Softmax: the design matrix above the one-hot labels times `TARGET_SCALE`, shape (3 + K, n).
    """
    half_sign = 0.5 - data.class_index
    if model.kind == "logistic":
        return data.design * half_sign
    if model.kind == "step":
        return np.concatenate([data.design * half_sign, half_sign[None]])
    if model.kind == "mlp":
        return np.concatenate([data.design, half_sign[None]])
    return np.concatenate([data.design, TARGET_SCALE * one_hot(data.class_index, model.n_classes)])


def block_size_of(model: ModelSpec) -> int:
    """Samples that a model's kernels work on at a time."""
    return HIDDEN_BLOCK_SIZE if model.hidden else BLOCK_SIZE


def blocks_of(columns: Floats, size: int = BLOCK_SIZE) -> list[Floats]:
    """Columns (rows, n) as contiguous blocks of at most `size` columns; a single one is not copied."""
    if columns.shape[1] <= size:
        return [columns]
    starts = range(0, columns.shape[1], size)
    return [np.ascontiguousarray(columns[:, start : start + size]) for start in starts]
