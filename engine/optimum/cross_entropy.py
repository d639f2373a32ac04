"""Mean cross-entropy with its gradient and Hessian at once, as Newton's method needs them.

The formulas are those of `engine.losses` and `engine.curvature`; here they are arranged for speed. Samples
go in blocks that stay in the processor's cache, buffers are made once, nothing is reduced along a short axis,
and a Hessian is one matrix product of its weights with the six different entries of x x^T.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_BLOCK = 32768
_LN_2 = float(np.log(2.0))
_SYMMETRIC = np.array([[0, 1, 3], [1, 2, 4], [3, 4, 5]])
"""Where the entries of x x^T stand among the products (x1 x1, x1 x2, x2 x2, x1, x2, 1)."""


class BinaryObjective:
    """BCE of the logistic model in its three parameters, from margins m = z for y = 1 and -z for y = 0.

    With q = 1 - p_y = sigmoid(-m): loss = mean ln(1 + e^-m), gradient = -mean(q s x) where s = +-1 is the
    sign of the class, Hessian = mean(q (1 - q) x x^T) (Bishop 2006, eq. 4.97). From t = tanh(m / 2):
    q = (1 - t) / 2, q (1 - q) = (1 - t^2) / 4, ln(1 + e^-m) = max(-m, 0) - ln((1 + |t|) / 2).

    Parameters
    ----------
    design : ndarray of shape (3, n), n >= 1
        Its last row is 1, or 0 where the model has no bias.
    class_index : ndarray of int64, shape (n,)
        0 or 1.
    """

    may_separate = True

    def __init__(self, design: Floats, class_index: Ints) -> None:
        self.n_samples = design.shape[1]
        self.comparisons = box_corners(design)
        self._has_bias = bool(design[2, 0])
        self._blocks = _Blocks(design, _BLOCK)
        self._sign = 2.0 * class_index - 1.0
        self._buffers = np.empty((3, self._blocks.width))

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient (3,) and Hessian (3, 3) at `parameters` (3,); see `newton.Objective`."""
        total, gradient, curvature = 0.0, np.zeros(3), np.zeros(6)
        for rows, products in self._blocks:
            sign = self._sign[rows]
            margin, tanh, spare = self._buffers[:, : sign.size]
            np.dot(parameters, products[3:], out=margin)
            margin *= sign
            np.multiply(margin, 0.5, out=tanh)
            np.tanh(tanh, out=tanh)
            np.abs(tanh, out=spare)
            spare += 1.0
            np.log(spare, out=spare)
            np.minimum(margin, 0.0, out=margin)
            total -= float(spare.sum()) + float(margin.sum())
            np.subtract(1.0, tanh, out=spare)  # 2 q
            np.multiply(spare, sign, out=margin)
            gradient -= products[3:] @ margin
            tanh += 1.0
            spare *= tanh  # 4 q (1 - q)
            curvature += products @ spare
        n = self.n_samples
        hessian = _of_used(curvature[_SYMMETRIC], self._has_bias)
        return total / n + _LN_2, gradient / (2.0 * n), hessian / (4.0 * n)


class SoftmaxObjective:
    """CE of softmax regression with class 0 fixed at zero weights: 3 (K - 1) parameters, classes 1 to K - 1.

    Loss = mean(ln sum_j e^(z_j) - z_y), gradient of row k = mean((p_k - y_k) x), Hessian block
    (j, k) = mean(p_j (delta_jk - p_k) x x^T) (Bishop 2006, eq. 4.109 and 4.110). The part of the gradient
    that the labels make, mean(y_k x), is a constant.

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

    may_separate = True

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
        self._has_bias = bool(design[2, 0])
        self._blocks = _Blocks(design, _BLOCK // n_classes)
        self._class_index = class_index
        self._decided = None if undecided is None else ~undecided
        labels = [class_index == label for label in range(1, n_classes)]
        self._label_sums = np.array([design[:, own].sum(axis=1) for own in labels])
        self._pairs = np.triu_indices(n_classes - 1)
        width = self._blocks.width
        self._logits = np.empty(n_classes * width)
        self._pair_products = np.empty((self._pairs[0].size, width))

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient (p,) and Hessian (p, p) at `parameters` (p,), p = 3 (K - 1)."""
        free = self.n_classes - 1
        weights = np.zeros((self.n_classes, 3))
        weights[1:] = parameters.reshape(free, 3)
        total, single, paired = 0.0, np.zeros((free, 6)), np.zeros((self._pairs[0].size, 6))
        for rows, products in self._blocks:
            loss, p = self._probabilities(weights, rows, products[3:])
            total += loss
            single += p[1:] @ products.T
            paired += self._pairwise(p[1:]) @ products.T
        n = self.n_samples
        gradient = (single[:, 3:] - self._label_sums).ravel() / n
        return total / n, gradient, self._hessian(single, paired) / n

    def _probabilities(self, weights: Floats, rows: slice, design: Floats) -> tuple[float, Floats]:
        """Summed loss of a block of m samples, and p (K, m) in this objective's own buffer."""
        width = design.shape[1]
        p = self._logits[: self.n_classes * width].reshape(self.n_classes, width)
        np.matmul(weights, design, out=p)
        if self._decided is not None:
            p[self._decided[:, rows]] = -np.inf
        p -= p.max(axis=0)
        own = p.ravel().take(self._class_index[rows] * width + np.arange(width))
        np.exp(p, out=p)
        total = p.sum(axis=0)
        p /= total
        return float(np.log(total).sum() - own.sum()), p

    def _pairwise(self, p: Floats) -> Floats:
        """Products p_j p_k, j <= k, of the free classes, in the order of `np.triu_indices`."""
        result = self._pair_products[:, : p.shape[1]]
        start = 0
        for first in range(len(p)):
            end = start + len(p) - first
            np.multiply(p[first], p[first:], out=result[start:end])
            start = end
        return result

    def _hessian(self, single: Floats, paired: Floats) -> Floats:
        """The Hessian from the moments of p_k and p_j p_k with the six products of x x^T."""
        free = len(single)
        blocks = np.zeros((free, 3, free, 3))
        first, second = self._pairs
        blocks[first, :, second, :] = -paired[:, _SYMMETRIC]
        blocks[second, :, first, :] = -paired[:, _SYMMETRIC]
        each = np.arange(free)
        blocks[each, :, each, :] += single[:, _SYMMETRIC]
        return _of_used(blocks.reshape(3 * free, 3 * free), self._has_bias)


class SoftObjective:
    """A cross-entropy with targets t in place of labels y: what they add is linear in the weights.

    -sum_k t_k ln p_k exceeds -sum_k y_k ln p_k by sum_k (y_k - t_k) z_k, and BCE by (y - t) z likewise.

    Parameters
    ----------
    labelled : BinaryObjective or SoftmaxObjective
        The same with labels.
    design : ndarray of shape (3, n)
    excess : ndarray of shape (rows, n)
        y - t of the classes with free parameters: class 1, or 1 to K - 1.
    """

    may_separate = False

    def __init__(self, labelled: BinaryObjective | SoftmaxObjective, design: Floats, excess: Floats) -> None:
        self.n_samples, self.comparisons = labelled.n_samples, labelled.comparisons
        self._labelled = labelled
        self._slope = (excess @ design.T).ravel() / labelled.n_samples

    def evaluate(self, parameters: Floats) -> tuple[float, Floats, Floats]:
        """Loss, gradient and Hessian; see `newton.Objective`."""
        loss, gradient, hessian = self._labelled.evaluate(parameters)
        return loss + float(self._slope @ parameters), gradient + self._slope, hessian


class _Blocks:
    """Blocks of samples with the six different entries of x x^T, shape (6, m); the last three are the design.

    A block is made anew on each pass, which is cheaper than reading it from memory; a single one is kept.
    """

    def __init__(self, design: Floats, size: int) -> None:
        self.width = min(size, design.shape[1])
        self._design = design
        self._products = np.empty((6, self.width))
        self._single = design.shape[1] <= size
        if self._single:
            self._fill(slice(0, self.width))

    def __iter__(self) -> Iterator[tuple[slice, Floats]]:
        for first in range(0, self._design.shape[1], self.width):
            rows = slice(first, min(first + self.width, self._design.shape[1]))
            yield rows, self._products if self._single else self._fill(rows)

    def _fill(self, rows: slice) -> Floats:
        design = self._design[:, rows]
        products = self._products[:, : design.shape[1]]
        np.multiply(design[0], design[:2], out=products[:2])
        np.multiply(design[1], design[1], out=products[2])
        products[3:] = design
        return products


def _of_used(hessian: Floats, has_bias: bool) -> Floats:
    """The Hessian (p, p), in place, without the products of x with 1 if there is no bias."""
    if not has_bias:
        hessian[2::3, :] = hessian[:, 2::3] = 0.0
    return hessian


def box_corners(design: Floats) -> Floats:
    """The four corners of the box around all samples, with their 1 (0 without a bias): shape (4, 3)."""
    low, high = design[:2].min(axis=1), design[:2].max(axis=1)
    one = float(design[2, 0])
    return np.array([[x, y, one] for x in (low[0], high[0]) for y in (low[1], high[1])])


def _pairs_of_classes(corners: Floats, n_classes: int) -> Floats:
    """Rows of e_j - e_k times a corner, without class 0's columns: each pair of classes, each corner."""
    first, second = np.triu_indices(n_classes, k=1)
    unit = np.eye(n_classes)[:, 1:]
    rows = np.kron(unit[first] - unit[second], corners)
    return np.asarray(rows, dtype=np.float64)
