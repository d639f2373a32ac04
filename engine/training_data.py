"""The samples that training reads, standardised once per edit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from weakref import ref

import numpy as np
from numpy.typing import NDArray

from engine.losses import loss_of, one_hot
from engine.samples import NO_SET, UNLABELLED, SampleRows, Samples
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
        0 to K - 1; -1 only where `label_set` is 0.
    sample_id : ndarray of int64, shape (n,)
        Strictly increasing.
    scaler : Standardizer
        Between z-scores and cm and kg.
    label_smoothing : float
        Epsilon: what the labels are softened by (`targets`); 0 for models that know no such thing.
    label_set : ndarray of int16, shape (n,), or None
        The labels of samples with several as bit masks, and `samples.NO_SET` for the others; None where no
        sample has a set of its own, or no model reads it (`for_model`).
    """

    design: Floats
    class_index: Ints
    sample_id: Ints
    scaler: Standardizer
    label_smoothing: float = 0.0
    label_set: NDArray[np.int16] | None = None

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
        if scaler is None:
            scaler = scaler_of(spec)
        if spec.label_smoothing and not set(SMOOTHED_KINDS).issuperset(model.kind for model in spec.models):
            raise ValueError(f"a {spec.model.kind} model knows no label smoothing")
        how = (spec.model.n_classes, scaler, spec.bias, spec.label_smoothing, spec.trains_on_label_sets)
        known = _SHARED.get(spec.samples, how)
        if known is not None:
            return known
        data = cls.from_samples(
            spec.samples,
            spec.model.n_classes,
            scaler,
            bias=spec.bias,
            label_smoothing=spec.label_smoothing,
            label_sets=spec.trains_on_label_sets,
        )
        return _SHARED.keep(spec.samples, how, data)

    @classmethod
    def from_samples(
        cls,
        samples: Samples,
        n_classes: int,
        scaler: Standardizer | None = None,
        *,
        bias: bool = True,
        label_smoothing: float = 0.0,
        label_sets: bool = False,
    ) -> TrainingData:
        """Standardise the labelled training samples, by their own mean and std unless `scaler` is given.

        Without a `bias` the design's last row is 0. Samples whose label set is empty are among them only if
        the `label_sets` are read.

        Raises
        ------
        ValueError
            If a class index is not below `n_classes`.
        """
        if scaler is None:
            _, mean, std = samples.moments
            scaler = Standardizer.from_moments(mean, std)
        chosen = [_used_rows(block, label_sets=label_sets) for block in samples]
        n = sum(int(np.count_nonzero(used)) for used in chosen)
        design, class_index = np.full((3, n), float(bias)), np.empty(n, dtype=np.int64)
        sample_id = np.empty(n, dtype=np.int64)
        start = 0
        for block, used in zip(samples, chosen, strict=True):
            rows = slice(start, start := start + int(np.count_nonzero(used)))
            z_scores = scaler.standardize(block.height_cm[used], block.weight_kg[used])
            design[0, rows], design[1, rows] = z_scores
            class_index[rows], sample_id[rows] = block.class_index[used], block.sample_id[used]
        sets = np.empty(0, dtype=np.int16)
        if label_sets and samples.has_label_sets:
            sets = np.concatenate(
                [block.label_set[used] for block, used in zip(samples, chosen, strict=True)]
            )
        if class_index.max(initial=-1) >= n_classes or sets.max(initial=0) >> n_classes:
            raise ValueError(f"a class index is not one of 0 to {n_classes - 1}")
        for array in (design, class_index, sample_id, sets):
            array.flags.writeable = False
        has_sets = bool((sets != NO_SET).any())
        return cls(design, class_index, sample_id, scaler, label_smoothing, sets if has_sets else None)

    def for_model(self, model: ModelSpec) -> TrainingData:
        """The samples that a model trains on as it reads them: only K sigmoids know label sets.

        All other models have no use for samples without a class.
        """
        if self.label_set is None or model.kind == "sigmoids":
            return self
        return replace(self.take(np.flatnonzero(self.has_class)), label_set=None)

    def take(self, places: Ints | slice) -> TrainingData:
        """Some of the samples, in the order of their places: the same scaler, the same softening.

        A slice copies only the design.
        """
        return TrainingData(
            np.ascontiguousarray(self.design[:, places]),
            self.class_index[places],
            self.sample_id[places],
            self.scaler,
            self.label_smoothing,
            None if self.label_set is None else self.label_set[places],
        )

    @property
    def has_class(self) -> NDArray[np.bool_]:
        """Which samples, shape (n,), have a class: all but those with an empty label set."""
        return np.asarray(self.class_index != UNLABELLED)

    @property
    def has_one_label(self) -> NDArray[np.bool_]:
        """Which samples, shape (n,), carry exactly one label, whichever way it is written."""
        if self.label_set is None:
            return np.ones(len(self), dtype=bool)
        alone = 1 << np.maximum(self.class_index, 0)
        return np.asarray((self.label_set == NO_SET) | (self.label_set == alone))

    def __len__(self) -> int:
        return int(self.class_index.size)

    @property
    def has_bias(self) -> bool:
        """Whether a bias changes anything: the design's last row is 1, not 0."""
        return bool(self.design[2].any())

    @property
    def has_soft_targets(self) -> bool:
        """Whether the targets are more than one label, 1, and the other classes' 0."""
        return self.label_smoothing > 0.0 or self.label_set is not None

    def targets(self, model: ModelSpec) -> Floats:
        """What each p_k is pulled to, shape (K, n): t = (1 - epsilon) y + epsilon / K, y the labels."""
        labels = self.labels(model)
        if self.label_smoothing:
            labels *= 1.0 - self.label_smoothing
            labels += self.label_smoothing / model.n_classes
        return labels

    def labels(self, model: ModelSpec) -> Floats:
        """The labels y as columns of 0 and 1, shape (K, n): a sample with several has as many ones."""
        labels = one_hot(self.class_index, model.n_classes)
        if self.label_set is not None and model.kind == "sigmoids":
            has_set = self.label_set != NO_SET
            for k, row in enumerate(labels):
                row[has_set] = (self.label_set[has_set] >> k) & 1
        return labels


class _Shared:
    """The data that somebody holds at present, so that a million samples are not standardised for each asker.

    Only weak references are kept: what nobody holds any more is gone.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: list[tuple[ref[Samples], tuple[object, ...], ref[TrainingData]]] = []

    def get(self, samples: Samples, how: tuple[object, ...]) -> TrainingData | None:
        """The data made of these very samples in this way, if they are held."""
        with self._lock:
            return next((data() for of, known, data in self._held if of() is samples and known == how), None)

    def keep(self, samples: Samples, how: tuple[object, ...], data: TrainingData) -> TrainingData:
        """Share data; what another thread has made of the same in the meantime comes instead."""
        made = self.get(samples, how)
        if made is not None:
            return made
        with self._lock:
            held = [one for one in self._held if one[0]() is not None and one[2]() is not None]
            self._held = [*held, (ref(samples), how, ref(data))]
        return data


_SHARED = _Shared()


def scaler_of(spec: TrainingSpec) -> Standardizer:
    """The scaler that a spec asks for: its training samples' own mean and std, or none."""
    if not spec.standardize:
        return Standardizer.identity()
    _, mean, std = spec.samples.moments
    return Standardizer.from_moments(mean, std)


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


def _used_rows(block: SampleRows, *, label_sets: bool) -> NDArray[np.bool_]:
    """The rows of a block that are trained on."""
    labelled = block.is_labelled if label_sets else block.class_index != UNLABELLED
    return np.asarray(labelled & ~block.held_out)


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
    data = data.for_model(model)
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
