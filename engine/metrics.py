"""How good a model is over all labelled training samples: cross-entropy, squared error, wrong answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engine.kernels.mlp import MlpForward
from engine.models import logits
from engine.snapshots import METRICS
from engine.specs import ModelSpec
from engine.training_data import N_DESIGN_ROWS, TrainingData, block_size_of, blocks_of, kernel_columns

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def predicted_class(model: ModelSpec, parameters: Floats, design: Floats) -> Ints:
    """The answer for each sample, shape (n,): class 1 where z >= 0; for softmax the first largest logit."""
    values = logits(model, parameters, design)
    if model.is_binary:
        return np.where(values[0] >= 0.0, 1, 0)
    first_largest: Ints = np.argmax(values, axis=0)
    return first_largest


def confusion_matrix(model: ModelSpec, parameters: Floats, data: TrainingData) -> Ints:
    """Counts, shape (K, K): row = label's class, column = predicted class."""
    pairs = data.class_index * model.n_classes + predicted_class(model, parameters, data.design)
    counts = np.bincount(pairs, minlength=model.n_classes**2)
    return counts.reshape(model.n_classes, model.n_classes)


def model_metrics(model: ModelSpec, parameters: Floats, data: TrainingData) -> Floats:
    """Metrics of one model (its parameters of shape (P,)), shape (3,), in the order of `snapshots.METRICS`.

    NaN without samples; infinite or NaN weights give NaN losses without a warning. The cross-entropy of the
    step model is infinite as soon as one sample is wrong, else 0.
    """
    result = np.empty(len(METRICS))
    with np.errstate(all="ignore"):
        blocks = blocks_of(kernel_columns(model, data), block_size_of(model))
        make_evaluator(model, blocks, data.class_index).evaluate(parameters, result)
    return result


class Evaluator(Protocol):
    """Computes the metrics of models of one kind on one set of samples; owns its buffers."""

    def evaluate(self, parameters: Floats, out: Floats) -> None:
        """Write the metrics at `parameters` (P,) to `out` (3,), in the order of `snapshots.METRICS`."""
        ...


def make_evaluator(model: ModelSpec, blocks: Sequence[Floats], class_index: Ints) -> Evaluator:
    """The evaluator of a model kind on blocks of `training_data.kernel_columns` and their labels."""
    if model.kind == "softmax":
        return SoftmaxEvaluator(blocks, class_index, model.n_classes)
    if model.kind == "step":
        return StepEvaluator(blocks, class_index)
    if model.kind == "mlp":
        return MlpEvaluator(model, blocks, class_index)
    return LogisticEvaluator(blocks, class_index)


class LogisticEvaluator:
    """BCE, MSE and wrong answers from h = s z / 2 (`engine.kernels.logistic`): h > 0 is on the wrong side.

    BCE = softplus(2 h) = (h + |h|) + ln(1 + e^(-2 |h|)), MSE = ((1 + tanh h) / 2)^2.
    """

    def __init__(self, blocks: Sequence[Floats], class_index: Ints) -> None:
        self._n = class_index.size
        self._blocks: list[tuple[Floats, Bools]] = []
        start = 0
        for block in blocks:
            labels = class_index[start : start + block.shape[1]]
            self._blocks.append((block, labels == 1))
            start += labels.size
        size = max(block.shape[1] for block in blocks)
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
            np.tanh(half, out=half)
            np.add(half, 1.0, out=half)
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
        answer, largest = np.zeros(len(labels), dtype=np.int64), values[0].copy()
        for k in range(1, len(values)):
            np.copyto(answer, k, where=values[k] > largest)
            np.maximum(largest, values[k], out=largest)
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
