"""How the metrics are computed, fast: an evaluator for each kind of model, which owns its buffers.

`engine/losses.py` says what is computed. With soft targets t (`TrainingData.targets`) the losses are those
that the model is trained on; wrong answers are counted by the labels themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.kernels.mlp import MlpForward
from engine.rival_losses import cross_entropy, shares
from engine.samples import NO_SET
from engine.snapshots import METRICS
from engine.specs import RIVAL_KINDS, ModelKind, ModelSpec
from engine.training_data import (
    N_DESIGN_ROWS,
    TARGET_SCALE,
    TrainingData,
    block_size_of,
    blocks_of,
    kernel_columns,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Evaluator(Protocol):
    """Computes the metrics of models of one kind on one set of samples; owns its buffers."""

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """Write the metrics at `parameters` (P,) to `out` (3,), in the order of `snapshots.METRICS`."""
        ...


def evaluator_of(model: ModelSpec, data: TrainingData, blocks: Sequence[Floats] | None = None) -> Evaluator:
    """The evaluator of a model on its samples among `data`.

    Parameters
    ----------
    blocks : sequence of ndarray, optional
        Those of `training_data.kernel_columns`, where they have been made already.
    """
    if blocks is None:
        blocks = blocks_of(kernel_columns(model, data), block_size_of(model))
    data, n_classes = data.for_model(model), model.n_classes
    labels = data.class_index
    if model.kind == "sigmoids":
        return SigmoidsEvaluator(blocks, labels, n_classes, data.label_set)
    if model.kind in RIVAL_KINDS:
        return RivalEvaluator(model.kind, blocks, labels, n_classes)
    if model.kind == "softmax":
        make = SmoothedSoftmaxEvaluator if data.has_soft_targets else SoftmaxEvaluator
        return make(blocks, labels, n_classes)
    if model.kind == "step":
        return StepEvaluator(blocks, labels)
    if model.kind == "mlp":
        return MlpEvaluator(model, blocks, labels)
    return LogisticEvaluator(blocks, labels, data.label_smoothing)


class LogisticEvaluator:
    """BCE, MSE and wrong answers from h = s z / 2 (`engine.kernels.logistic`): h > 0 is on the wrong side.

    BCE = softplus(2 h) = (h + |h|) + ln(1 + e^(-2 |h|)), MSE = ((1 + tanh h) / 2)^2. With label smoothing
    epsilon the wrong side's target is epsilon / 2: BCE is less by epsilon h, and MSE's error by epsilon / 2.
    """

    def __init__(self, blocks: Sequence[Floats], class_index: Ints, label_smoothing: float = 0.0) -> None:
        self._n = class_index.size
        self._smoothing = label_smoothing
        self._blocks: list[tuple[Floats, Bools]] = []
        start = 0
        for block in blocks:
            labels = class_index[start : start + block.shape[1]]
            self._blocks.append((block, labels == 1))
            start += labels.size
        size = max((block.shape[1] for block in blocks), default=0)
        self._buffers = np.empty((2, size))
        self._marks = np.empty(size, dtype=bool)

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n:
            out.fill(np.nan)
            return
        cross_entropy, squared_error, right = 0.0, 0.0, 0
        for block, is_positive in self._blocks:
            half, spare = self._buffers[:, : block.shape[1]]
            self._half_logits(parameters, block, half)
            right += self._count_right(half, is_positive)
            np.absolute(half, out=spare)
            np.multiply(spare, -2.0, out=spare)
            np.exp(spare, out=spare)
            np.log1p(spare, out=spare)
            cross_entropy += np.add.reduce(spare)
            np.absolute(half, out=spare)
            np.add(spare, half, out=spare)
            cross_entropy += np.add.reduce(spare)
            if self._smoothing:
                cross_entropy -= self._smoothing * np.add.reduce(half)
            np.tanh(half, out=half)
            np.add(half, 1.0 - self._smoothing, out=half)
            squared_error += half.dot(half) / 4.0
        out[:] = cross_entropy / self._n, squared_error / self._n, 1.0 - right / self._n

    def _half_logits(self, parameters: Floats, block: Floats, out: Floats) -> None:
        """Write h of a block's samples to `out` (m,)."""
        parameters.dot(block, out)

    def _count_right(self, half: Floats, is_positive: Bools) -> int:
        """Samples on their own side; on the line itself the answer is class 1."""
        marks = self._marks[: len(half)]
        count = np.count_nonzero(np.less(half, 0.0, out=marks))
        if np.equal(half, 0.0, out=marks).any():
            count += np.count_nonzero(marks & is_positive)
        return int(count)


class MlpEvaluator(LogisticEvaluator):
    """The same for models with hidden layers."""

    def __init__(self, model: ModelSpec, blocks: Sequence[Floats], class_index: Ints) -> None:
        super().__init__(blocks, class_index)
        self._forward = MlpForward(model)

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        self._forward.use(parameters)
        super().evaluate(parameters, out)

    def _half_logits(self, parameters: Floats, block: Floats, out: Floats) -> None:
        z = self._forward.logits(block[:N_DESIGN_ROWS]).z
        np.multiply(z, block[N_DESIGN_ROWS], out=out)


class StepEvaluator(LogisticEvaluator):
    """The step model: MSE is the share of wrong answers; BCE is infinite as soon as there is one, else 0."""

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n or not np.isfinite(parameters).all():
            out.fill(np.nan)
            return
        right = 0
        for block, is_positive in self._blocks:
            half = self._buffers[0, : block.shape[1]]
            parameters.dot(block[:N_DESIGN_ROWS], half)
            right += self._count_right(half, is_positive)
        error_rate = (self._n - right) / self._n
        out[:] = 0.0 if right == self._n else np.inf, error_rate, error_rate


class SoftmaxEvaluator:
    """CE, MSE and wrong answers from logits less the largest one.

    With t the label's own class, CE = ln sum e^(z_k) - z_t and MSE = sum (p_k - y_k)^2.
    """

    def __init__(self, blocks: Sequence[Floats], class_index: Ints, n_classes: int) -> None:
        self._n_classes = n_classes
        self._n = class_index.size
        self._blocks = []
        start = 0
        for block in blocks:
            size = block.shape[1]
            labels = class_index[start : start + size]
            self._blocks.append((block[:N_DESIGN_ROWS], labels, labels * size + np.arange(size)))
            start += size

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n:
            out.fill(np.nan)
            return
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        sums = np.zeros(len(METRICS))
        for design, labels, place in self._blocks:
            sums += self._sums(rows @ design, labels, place)
        np.divide(sums, self._n, out=out)

    @staticmethod
    def _sums(values: Floats, labels: Ints, place: Ints) -> tuple[float, float, int]:
        """Sums of the three metrics over a block; `place` is where each label's logit lies in `values`."""
        answer, largest = first_largest(values)
        wrong = int(np.count_nonzero(answer != labels))
        np.subtract(values, largest, out=values)
        flat = values.reshape(-1)
        own_logit = flat.take(place)
        np.exp(values, out=values)
        top = answer * len(labels) + np.arange(len(labels))
        flat[top] = 0.0  # its term is 1: ln(1 + the others) keeps the digits of a small loss
        others = np.add.reduce(values, axis=0)
        cross_entropy = np.add.reduce(np.log1p(others) - own_logit)
        flat[top] = 1.0
        np.divide(values, 1.0 + others, out=values)
        flat[place] -= 1.0
        return cross_entropy, flat.dot(flat), wrong


class SmoothedSoftmaxEvaluator:
    """The same with targets t: CE = ln sum e^(z_k) - sum t_k z_k and MSE = sum (p_k - t_k)^2."""

    def __init__(self, blocks: Sequence[Floats], class_index: Ints, n_classes: int) -> None:
        self._blocks = with_labels(blocks, class_index)
        self._n, self._n_classes = class_index.size, n_classes

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n:
            out.fill(np.nan)
            return
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        sums = np.zeros(len(METRICS))
        for block, labels in self._blocks:
            values, targets = rows @ block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:] / TARGET_SCALE
            answer, largest = first_largest(values)
            sums[2] += np.count_nonzero(answer != labels)
            np.subtract(values, largest, out=values)
            sums[0] -= np.vdot(targets, values)
            np.exp(values, out=values)
            total = np.add.reduce(values, axis=0)
            np.divide(values, total, out=values)
            np.subtract(values, targets, out=values)
            sums[1] += np.vdot(values, values)
            sums[0] += np.add.reduce(np.log(total, out=total))
        np.divide(sums, self._n, out=out)


class SigmoidsEvaluator:
    """BCE, MSE and wrong answers of K sigmoids, from h = z / 2 and c = 1 - 2 t (`engine.kernels.rows`).

    BCE = sum_k (|h_k| + c_k h_k) + ln(1 + e^(-2 |h_k|)), MSE = sum_k ((tanh h_k + c_k) / 2)^2: with labels of
    0 and 1 the two terms in |h| + c h are exactly equal or opposite. A sample with a label set of its own is
    answered by every class with p >= 1/2, and wrongly unless these are its labels.
    """

    def __init__(
        self,
        blocks: Sequence[Floats],
        class_index: Ints,
        n_classes: int,
        label_set: NDArray[np.int16] | None = None,
    ) -> None:
        # A label set stands above all class indices, as n_classes + its bit mask.
        labels = class_index
        if label_set is not None:
            labels = np.where(label_set == NO_SET, class_index, n_classes + label_set)
        self._blocks = with_labels(blocks, labels)
        self._n, self._n_classes = class_index.size, n_classes
        self._has_sets = label_set is not None

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n:
            out.fill(np.nan)
            return
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        cross_entropy, squared_error, wrong = 0.0, 0.0, 0
        for block, labels in self._blocks:
            half, offsets = rows @ block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
            wrong += self._count_wrong(half, labels)
            size = np.absolute(half)
            cross_entropy += np.add.reduce(offsets * half + size, axis=None)
            np.multiply(size, -2.0, out=size)
            np.exp(size, out=size)
            cross_entropy += np.add.reduce(np.log1p(size, out=size), axis=None)
            np.tanh(half, out=half)
            np.add(half, offsets, out=half)
            squared_error += float(np.vdot(half, half)) / 4.0
        out[:] = cross_entropy / self._n, squared_error / self._n, wrong / self._n

    def _count_wrong(self, half: Floats, labels: Ints) -> int:
        """Samples whose largest p, the first among equal ones, is not their class's; see above for sets."""
        is_wrong = first_largest(half)[0] != labels
        if self._has_sets:
            answered = self._n_classes + np.left_shift(1, np.arange(self._n_classes)) @ (half >= 0.0)
            is_wrong &= answered != labels
        return int(np.count_nonzero(is_wrong))


class RivalEvaluator:
    """CE, MSE and wrong answers of |z| / sum |z| and z^2 / sum z^2, as `engine.rival_losses` defines them."""

    def __init__(self, kind: ModelKind, blocks: Sequence[Floats], class_index: Ints, n_classes: int) -> None:
        self._kind = kind
        self._blocks = with_labels(blocks, class_index)
        self._n, self._n_classes = class_index.size, n_classes

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """See `Evaluator`."""
        if not self._n:
            out.fill(np.nan)
            return
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        sums = np.zeros(len(METRICS))
        for block, labels in self._blocks:
            z, targets = rows @ block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
            error = shares(self._kind, z) - targets
            sums[0] += cross_entropy(self._kind, z, targets).sum()
            sums[1] += np.vdot(error, error)
            sums[2] += np.count_nonzero(first_largest(np.absolute(z))[0] != labels)
        np.divide(sums, self._n, out=out)


def with_labels(blocks: Sequence[Floats], labels: Ints) -> list[tuple[Floats, Ints]]:
    """Blocks of columns, each with the labels of its samples."""
    result, start = [], 0
    for block in blocks:
        result.append((block, labels[start : start + block.shape[1]]))
        start += block.shape[1]
    return result


def first_largest(values: Floats) -> tuple[Ints, Floats]:
    """Row of the largest entry of each column, the first among equal ones, and that entry; shapes (m,)."""
    answer, largest = np.zeros(values.shape[1], dtype=np.int64), values[0].copy()
    for k in range(1, len(values)):
        np.copyto(answer, k, where=values[k] > largest)
        np.maximum(largest, values[k], out=largest)
    return answer, largest
