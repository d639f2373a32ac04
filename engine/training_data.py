"""The samples that training reads, standardised once per edit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.losses import loss_of, one_hot
from engine.samples import UNLABELLED, Samples
from engine.scaling import Standardizer
from engine.specs import RIVAL_KINDS, SMOOTHED_KINDS, LossName, ModelSpec, TrainingSpec

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BLOCK_SIZE = 16_384
"""Samples worked on at a time, so that a block and its buffers stay in the processor's cache."""
HIDDEN_BLOCK_SIZE = 4096
"""The same for models with hidden layers, whose buffers have rows for every unit."""
N_DESIGN_ROWS = 3
TARGET_SCALE = 8.0
"""Softmax targets are kept as this times them: a power of two, so exact, and no less than the classes are."""


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
    label_smoothing : float
        Epsilon: what the labels are softened by (`targets`); 0 for models that know no such thing.
    """

    design: Floats
    class_index: Ints
    sample_id: Ints
    scaler: Standardizer
    label_smoothing: float = 0.0

    @classmethod
    def of(cls, spec: TrainingSpec, scaler: Standardizer | None = None) -> TrainingData:
        """The samples of a spec as it wants them: standardised or as given, with biases or without.

        Parameters
        ----------
        scaler : Standardizer, optional
            Instead of the one that the spec asks for.

        Raises
        ------
        ValueError
            If a class index is not below the number of classes, or labels are to be smoothed for a model that
            knows no such thing.
        """
        if scaler is None and not spec.standardize:
            scaler = Standardizer.identity()
        if spec.label_smoothing and not set(SMOOTHED_KINDS).issuperset(model.kind for model in spec.models):
            raise ValueError(f"a {spec.model.kind} model knows no label smoothing")
        return cls.from_samples(
            spec.samples,
            spec.model.n_classes,
            scaler,
            bias=spec.bias,
            label_smoothing=spec.label_smoothing,
        )

    @classmethod
    def from_samples(
        cls,
        samples: Samples,
        n_classes: int,
        scaler: Standardizer | None = None,
        *,
        bias: bool = True,
        label_smoothing: float = 0.0,
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
        return cls(design, class_index, sample_id, scaler, label_smoothing)

    def __len__(self) -> int:
        return int(self.class_index.size)

    @property
    def has_bias(self) -> bool:
        """Whether a bias changes anything: the design's last row is 1, not 0."""
        return bool(self.design[2].any())

    @property
    def has_soft_targets(self) -> bool:
        """Whether some target is neither 0 nor 1."""
        return self.label_smoothing > 0.0

    def targets(self, model: ModelSpec) -> Floats:
        """What each p_k is pulled to, shape (K, n): t = (1 - epsilon) y + epsilon / K, y the labels."""
        labels = one_hot(self.class_index, model.n_classes)
        if self.label_smoothing:
            labels *= 1.0 - self.label_smoothing
            labels += self.label_smoothing / model.n_classes
        return labels


def losses_on(model: ModelSpec, loss: LossName, logits: Floats, data: TrainingData) -> tuple[Floats, Floats]:
    """Loss of each sample, shape (n,), and its derivative by each logit, by the textbook's formulas.

    Parameters
    ----------
    model : ModelSpec
    loss : LossName
        One that the model is trained on.
    logits : ndarray of shape (outputs, n)
    data : TrainingData
        What the labels are, softened or not.
    """
    formula = loss_of(model.kind, loss)
    if not data.has_soft_targets:
        return formula.value_and_gradient(logits, data.class_index)
    return formula.of_targets(logits, data.targets(model))


def kernel_columns(model: ModelSpec, data: TrainingData) -> Floats:
    """The samples as a model's kernels read them, one column a sample: a batch is a choice of columns.

    Returns
    -------
    ndarray of shape (rows, n), C-contiguous
        Logistic: the design matrix times s / 2, with s = +1 for class 0 and -1 for class 1, shape (3, n).
        Step: the same above a row of s / 2; mlp: the design matrix itself above it, shape (4, n).
        With an output node for each class, shape (3 + K, n): softmax, the design matrix above the targets
        times `TARGET_SCALE`; its rivals, above the targets; sigmoids, half of it above 1 - 2 t.
    """
    half_sign = 0.5 - data.class_index
    if model.kind == "logistic":
        return data.design * half_sign
    if model.kind == "step":
        return np.concatenate([data.design * half_sign, half_sign[None]])
    if model.kind == "mlp":
        return np.concatenate([data.design, half_sign[None]])
    targets = data.targets(model)
    if model.kind == "sigmoids":
        return np.concatenate([0.5 * data.design, 1.0 - 2.0 * targets])
    return np.concatenate([data.design, targets if model.kind in RIVAL_KINDS else TARGET_SCALE * targets])


def block_size_of(model: ModelSpec) -> int:
    """Samples that a model's kernels work on at a time."""
    return HIDDEN_BLOCK_SIZE if model.hidden else BLOCK_SIZE


def blocks_of(columns: Floats, size: int = BLOCK_SIZE) -> list[Floats]:
    """Columns (rows, n) as contiguous blocks of at most `size` columns; a single one is not copied."""
    if columns.shape[1] <= size:
        return [columns]
    starts = range(0, columns.shape[1], size)
    return [np.ascontiguousarray(columns[:, start : start + size]) for start in starts]
