"""Kernels of the softmax model.

Only differences of logits matter, so they are taken to class 0: with D = W[1:] - W[0] there are K - 1
exponentials, and that of class 0 is 1. Rows of a gradient sum to zero over the classes: K - 1 of them are
computed and row 0 follows. With one-hot labels y and n samples,

    CE:   dL/dW_k = mean (p_k - y_k) x
    MSE:  dL/dW_k = mean 2 p_k [(p_k - y_k) - sum_j (p_j - y_j) p_j] x

A difference of logits above 709 overflows its exponential. NumPy notices (`Overflow`), and that step's
exponentials are computed again with the largest logit subtracted; which of the two happens depends on the
weights and samples alone. Sums are taken of an eighth of each term (a power of two: exact), so that eight
exponentials which do not overflow have no sum that does; probabilities and labels are eightfold throughout.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.kernels.rows import backward_products, forward_products, take
from engine.layout import Floats
from engine.training_data import N_DESIGN_ROWS, TARGET_SCALE


class Overflow:
    """Whether NumPy has met an overflow since `seen` was last cleared: for ``np.errstate(call=...)``."""

    def __init__(self) -> None:
        self.seen = False

    def __call__(self, kind: str, flag: int) -> None:
        """Take note; what NumPy says of the kind of error is known."""
        self.seen = True


class _Work:
    """Buffers for blocks of `size` samples.

    Attributes
    ----------
    exponentials : ndarray of shape (K, size)
        Row 0 is 1; rows from 1 (`logits`) hold logits until they are exponentiated in place.
    p, error : ndarray of shape (K, size)
        Eightfold probabilities and their errors; CE uses the rows from 1 only.
    """

    def __init__(self, n_classes: int, size: int) -> None:
        self.exponentials = np.ones((n_classes, size))
        self.logits = self.exponentials[1:]
        self.total = np.empty(size)
        self.p = np.empty((n_classes, size))
        self.error = np.empty((n_classes, size))


class _SoftmaxKernel:
    """What the two losses share: probabilities forward, gradient back, block by block."""

    factor: float
    """The number before the samples in the gradient, but for 1 / n."""
    first_row: int
    """The first class whose probability the loss needs."""

    def __init__(self, n_classes: int, overflow: Overflow) -> None:
        self._n_classes = n_classes
        self._overflow = overflow
        self._work: dict[int, _Work] = {}
        self._differences = np.empty((n_classes - 1, N_DESIGN_ROWS))
        self._partial = np.empty((n_classes - 1, N_DESIGN_ROWS))
        self._sum = np.empty((n_classes - 1, N_DESIGN_ROWS))
        # Row 0 of a gradient is minus the sum of the others.
        self._all_rows = np.concatenate([-np.ones((1, n_classes - 1)), np.eye(n_classes - 1)])
        self._eighths = np.full(n_classes, 1.0 / TARGET_SCALE)

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """See `kernels.Kernel`."""
        n = 0
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        np.subtract(rows[1:], rows[0], out=self._differences)
        self._sum.fill(0.0)
        for block in batch:
            design, targets = block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
            work = self._work_of(block.shape[1])
            self._probabilities(work, design)
            slope = self._slope(work, targets)
            take(backward_products(slope, design, self._partial))
            np.add(self._sum, self._partial, out=self._sum)
            n += block.shape[1]
        self._all_rows.dot(self._sum, out.reshape(rows.shape))
        np.multiply(out, self.factor / n, out=out)

    def _slope(self, work: _Work, targets: Floats) -> Floats:
        """What the samples are multiplied with, rows of the classes from 1, shape (K - 1, m)."""
        raise NotImplementedError

    def _probabilities(self, work: _Work, design: Floats) -> None:
        """Eightfold probabilities of the classes from `first_row`, at weights whose differences are set."""
        self._take_logits(work, design)
        self._overflow.seen = False
        np.exp(work.logits, out=work.logits)
        if self._overflow.seen:
            self._shift(work, design)
        self._divide(work)
        if self._overflow.seen:
            work.exponentials[0] = 1.0

    def _take_logits(self, work: _Work, design: Floats) -> None:
        take(forward_products(self._differences, design, work.logits))

    def _shift(self, work: _Work, design: Floats) -> None:
        """Exponentials with the largest logit subtracted; row 0 is no longer 1."""
        self._take_logits(work, design)
        largest = np.maximum(work.logits.max(axis=0), 0.0)
        np.subtract(work.logits, largest, out=work.logits)
        np.exp(work.logits, out=work.logits)
        np.exp(-largest, out=work.exponentials[0])

    def _divide(self, work: _Work) -> None:
        self._eighths.dot(work.exponentials, work.total)
        first = self.first_row
        np.divide(work.exponentials[first:], work.total, out=work.p[first:])

    def _work_of(self, size: int) -> _Work:
        if size not in self._work:
            self._work[size] = _Work(self._n_classes, size)
        return self._work[size]


class SoftmaxCe(_SoftmaxKernel):
    """Cross-entropy."""

    factor = 1.0 / TARGET_SCALE
    first_row = 1

    def _slope(self, work: _Work, targets: Floats) -> Floats:
        return np.subtract(work.p[1:], targets[1:], out=work.error[1:])

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`.

        The sum of (p_k - y_k) x is written as [p_k | 1 at k] times [x | minus the sum of y_k x]: the labels
        are K - 1 more columns, so a step has no subtraction of labels.
        """
        size = block.shape[1]
        self._design, targets = np.ascontiguousarray(block[:N_DESIGN_ROWS]), block[N_DESIGN_ROWS:]
        scaled = self._design * (self.factor * learning_rate / size)
        self._folded = np.concatenate([scaled, -scaled @ targets[1:].T], axis=1)
        self._p = np.concatenate([np.zeros((self._n_classes - 1, size)), np.eye(self._n_classes - 1)], axis=1)

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        design, folded, differences, overflow = self._design, self._folded, self._differences, self._overflow
        work = self._work_of(design.shape[1])
        logits, exponentials, total, p = (
            work.logits,
            work.exponentials,
            work.total,
            self._p[:, : -len(self._sum)],
        )
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        first, others, change = rows[0], rows[1:], np.empty_like(rows)
        forward = forward_products(differences, design, logits)
        backward = backward_products(self._p, folded, self._sum)
        add_up, all_rows = self._eighths.dot, self._all_rows.dot
        exp, divide, subtract = np.exp, np.divide, np.subtract
        for _ in range(n_steps):
            subtract(others, first, differences)
            for dot, factor, result in forward:
                dot(factor, result)
            overflow.seen = False
            exp(logits, logits)
            if overflow.seen:
                self._shift(work, design)
            add_up(exponentials, total)
            divide(logits, total, p)
            if overflow.seen:
                exponentials[0] = 1.0
            for dot, factor, result in backward:
                dot(factor, result)
            all_rows(self._sum, change)
            subtract(rows, change, rows)


class SoftmaxMse(_SoftmaxKernel):
    """Mean squared error, summed over the classes."""

    factor = 2.0 / TARGET_SCALE**2
    first_row = 0

    def fold(self, block: Floats, learning_rate: float) -> None:
        """See `kernels.FoldedKernel`: what a step needs is found once; the numbers are `gradient`'s."""
        self._design, self._targets = block[:N_DESIGN_ROWS], block[N_DESIGN_ROWS:]
        self._factors = np.array([[self.factor / block.shape[1]], [learning_rate]])

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """See `kernels.FoldedKernel`."""
        design, targets, overflow, differences = (
            self._design,
            self._targets,
            self._overflow,
            self._differences,
        )
        work = self._work_of(design.shape[1])
        logits, exponentials, total, p = work.logits, work.exponentials, work.total, work.p
        rows = parameters.reshape(self._n_classes, N_DESIGN_ROWS)
        first, others, change = rows[0], rows[1:], np.empty_like(rows)
        forward = forward_products(differences, design, logits)
        backward = backward_products(work.error[1:], design, self._partial)
        add_up, all_rows, slope = self._eighths.dot, self._all_rows.dot, self._slope
        exp, divide, multiply, subtract = np.exp, np.divide, np.multiply, np.subtract
        scale, rate = self._factors
        for _ in range(n_steps):
            subtract(others, first, differences)
            for dot, factor, result in forward:
                dot(factor, result)
            overflow.seen = False
            exp(logits, logits)
            if overflow.seen:
                self._shift(work, design)
            add_up(exponentials, total)
            divide(exponentials, total, p)
            slope(work, targets)
            for dot, factor, result in backward:
                dot(factor, result)
            all_rows(self._partial, change)
            multiply(change, scale, change)
            multiply(change, rate, change)
            subtract(rows, change, rows)

    def _slope(self, work: _Work, targets: Floats) -> Floats:
        p, error, mean_error = work.p, work.error, work.total
        np.subtract(p, targets, out=error)
        np.multiply(error, p, out=work.exponentials)
        self._eighths.dot(work.exponentials, mean_error)
        np.subtract(error[1:], mean_error, out=error[1:])
        work.exponentials[0] = 1.0
        return np.multiply(error[1:], p[1:], out=error[1:])
