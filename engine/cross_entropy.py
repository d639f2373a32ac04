"""Mean cross-entropy with its gradient and Hessian at once, as Newton's method needs them.

The formulas are those of `engine.losses` and `engine.curvature`; here they are arranged for speed: samples
in blocks that stay in the processor's cache, buffers made once, and no reduction along a short axis.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BLOCK = 32768


class BinaryObjective:
    """BCE of the logistic model in its three parameters, from margins m = z for y = 1 and -z for y = 0.

    With q = 1 - p_y = sigmoid(-m): loss = mean ln(1 + e^-m), gradient = -mean(q s x) where s = +-1 is the
    sign of the class, Hessian = mean(q (1 - q) x x^T) = X^T S X / n (Bishop 2006, eq. 4.97). From
    t = tanh(m / 2): q = (1 - t) / 2, q (1 - q) = (1 - t^2) / 4, ln(1 + e^-m) = max(-m, 0) - ln((1 + |t|) / 2).

    Parameters
    ----------
    design : ndarray of shape (3, n), n >= 1
    class_index : ndarray of int64, shape (n,)
        0 or 1.
    """

    def __init__(self, design: Floats, class_index: Ints) -> None:
        self.n_samples = design.shape[1]
        self.comparisons = box_corners(design)
        self._signed = design * (2.0 * class_index - 1.0)
        width = min(_BLOCK, self.n_samples)
        self._buffers = np.empty((3, width))
        self._weighted = np.empty((3, width))

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient (3,) and Hessian (3, 3) at `parameters` (3,); see `newton.Objective`."""
        total, gradient, hessian = 0.0, np.zeros(3), np.zeros((3, 3))
        for rows in _blocks(0, self.n_samples):
            x = self._signed[:, rows]
            margin, tanh, spare = self._buffers[:, : x.shape[1]]
            weighted = self._weighted[:, : x.shape[1]]
            np.matmul(parameters, x, out=margin)
            np.multiply(margin, 0.5, out=tanh)
            np.tanh(tanh, out=tanh)
            np.abs(tanh, out=spare)
            spare += 1.0
            np.log(spare, out=spare)
            np.minimum(margin, 0.0, out=margin)
            total -= float(spare.sum()) + float(margin.sum())
            np.subtract(1.0, tanh, out=spare)
            gradient -= x @ spare
            tanh += 1.0
            spare *= tanh
            np.multiply(x, spare, out=weighted)
            hessian += weighted @ x.T
        n = self.n_samples
        return total / n + float(np.log(2.0)), gradient / (2.0 * n), hessian / (4.0 * n)


class SoftmaxObjective:
    """CE of softmax regression with class 0 fixed at zero weights: 3 (K - 1) parameters, classes 1 to K - 1.

    With r_k = p_k - y_k: loss = mean(ln sum_j e^(z_j - z_y)), gradient of row k = mean(r_k x), Hessian block
    (j, k) = mean(p_j (delta_jk - p_k) x x^T) (Bishop 2006, eq. 4.109 and 4.110).

    Parameters
    ----------
    design : ndarray of shape (3, n), n >= 1
    class_index : ndarray of int64, shape (n,)
        0 to `n_classes` - 1.
    n_classes : int
    undecided : ndarray of bool, shape (K, n), optional
        Classes that take part in each sample's softmax, its own one always; all unless told. The others
        count as infinitely unlikely: what is left in the limit of quasi-complete separation.
    """

    def __init__(
        self,
        design: Floats,
        class_index: Ints,
        n_classes: int,
        undecided: NDArray[np.bool_] | None = None,
    ) -> None:
        self.n_samples = design.shape[1]
        self.n_classes = n_classes
        self.comparisons = _pairs_of_classes(box_corners(design), n_classes)
        # One class after the other: then its logit is a row, not a gather.
        order = np.argsort(class_index, kind="stable")
        self._design = design[:, order]
        self._decided = None if undecided is None else ~undecided[:, order]
        self._ends = np.cumsum(np.bincount(class_index, minlength=n_classes)).tolist()
        width = min(_BLOCK // n_classes, self.n_samples)
        self._logits = np.empty((n_classes, width))
        self._weighted = np.empty((n_classes - 1, 3, width))

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient (p,) and Hessian (p, p) at `parameters` (p,), p = 3 (K - 1)."""
        free = self.n_classes - 1
        weights = np.zeros((self.n_classes, 3))
        weights[1:] = parameters.reshape(free, 3)
        total, gradient, hessian = 0.0, np.zeros((free, 3)), np.zeros((3 * free, 3 * free))
        for label, start, end in zip(range(free + 1), [0, *self._ends], self._ends, strict=False):
            for rows in _blocks(start, end, _BLOCK // self.n_classes):
                x = self._design[:, rows]
                loss, p = self._probabilities(weights, rows, label)
                total += loss
                self._add_curvature(hessian, p[1:], x)
                p[label] -= 1.0
                gradient += p[1:] @ x.T
        n = self.n_samples
        return total / n, gradient.ravel() / n, hessian / n

    def _probabilities(self, weights: Floats, rows: slice, label: int) -> tuple[float, Floats]:
        """Summed loss of a block of one class, and p (K, m) in this objective's own buffer."""
        p = self._logits[:, : rows.stop - rows.start]
        np.matmul(weights - weights[label], self._design[:, rows], out=p)
        if self._decided is not None:
            p[self._decided[:, rows]] = -np.inf
        largest = p.max(axis=0)
        p -= largest
        np.exp(p, out=p)
        total = p.sum(axis=0)
        p /= total
        return float(np.log(total).sum() + largest.sum()), p

    def _add_curvature(self, hessian: Floats, p: Floats, x: Floats) -> None:
        weighted = self._weighted[:, :, : x.shape[1]]
        np.multiply(p[:, None, :], x, out=weighted)
        rows = weighted.reshape(-1, x.shape[1])
        hessian -= rows @ rows.T
        diagonal = rows @ x.T
        for start in range(0, len(rows), 3):
            hessian[start : start + 3, start : start + 3] += diagonal[start : start + 3]


def _blocks(start: int, end: int, size: int = _BLOCK) -> Iterator[slice]:
    for first in range(start, end, size):
        yield slice(first, min(first + size, end))


def box_corners(design: Floats) -> Floats:
    """The four corners of the box around all samples, with their 1: shape (4, 3)."""
    low, high = design[:2].min(axis=1), design[:2].max(axis=1)
    return np.array([[x, y, 1.0] for x in (low[0], high[0]) for y in (low[1], high[1])])


def _pairs_of_classes(corners: Floats, n_classes: int) -> Floats:
    """Rows (e_j - e_k) (x) corner without class 0's columns, for each pair of classes and each corner."""
    first, second = np.triu_indices(n_classes, k=1)
    unit = np.eye(n_classes)[:, 1:]
    rows: Floats = np.kron(unit[first] - unit[second], corners)
    return rows
