"""The hot loops: a batch's gradient in a handful of NumPy calls, into buffers that are allocated once.

`engine/losses.py` says what is computed; here the same numbers come fast, and tests hold the two together.
A kernel maps the parameters of one model to the gradient of its mean loss; `descend`, where a kernel has it,
is full-batch gradient descent with everything that stays the same folded into constants beforehand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from engine.kernels.logistic import LogisticBce, LogisticMse, SmoothedLogisticMse
from engine.kernels.mlp import MlpBce, MlpMse
from engine.kernels.rivals import AbsoluteCe, AbsoluteMse, SquareCe, SquareMse
from engine.kernels.rows import RowsKernel, SigmoidsBce, SigmoidsMse
from engine.kernels.softmax import Overflow, SoftmaxCe, SoftmaxMse
from engine.layout import Floats
from engine.specs import LossName, ModelKind, ModelSpec

__all__ = ["FoldedKernel", "Kernel", "Overflow", "make_kernel"]


class Kernel(Protocol):
    """Gradient of one model's mean loss over a batch; owns its buffers."""

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """Write the gradient by `parameters` (P,) to `out` (P,).

        A batch is a sequence of blocks of `training_data.kernel_columns`; the mean is over all of them.
        """
        ...


@runtime_checkable
class FoldedKernel(Kernel, Protocol):
    """A kernel that can take gradient-descent steps on one block with its constants folded in."""

    def fold(self, block: Floats, learning_rate: float) -> None:
        """Prepare `descend`: `block` is the full batch."""
        ...

    def descend(self, parameters: Floats, n_steps: int) -> None:
        """Take steps in place on `parameters` (P,)."""
        ...


class FlatKernel:
    """The step model: its output has the slope 0 (and none at the jump itself), and so has its loss."""

    def gradient(self, parameters: Floats, batch: Sequence[Floats], out: Floats) -> None:
        """See `Kernel`: exactly 0."""
        out.fill(0.0)


_ROWS_KERNELS: dict[tuple[ModelKind, LossName], type[RowsKernel]] = {
    ("sigmoids", "bce"): SigmoidsBce,
    ("sigmoids", "mse"): SigmoidsMse,
    ("absolute", "ce"): AbsoluteCe,
    ("absolute", "mse"): AbsoluteMse,
    ("square", "ce"): SquareCe,
    ("square", "mse"): SquareMse,
}


def make_kernel(model: ModelSpec, loss: LossName, overflow: Overflow, label_smoothing: float = 0.0) -> Kernel:
    """The kernel of a model and the loss that it is trained on.

    Parameters
    ----------
    overflow : Overflow
        Must be the one that the caller's ``np.errstate`` calls while the kernel works.
    label_smoothing : float
        As in `TrainingData`.

    Raises
    ------
    ValueError
        If this model is not trained on that loss.
    """
    if model.kind == "logistic" and loss != "ce":
        return _logistic_kernel(loss, label_smoothing)
    if model.kind == "mlp" and loss != "ce":
        return MlpBce(model) if loss == "bce" else MlpMse(model)
    if model.kind == "step" and loss == "mse":
        return FlatKernel()
    if model.kind == "softmax" and loss != "bce":
        make = SoftmaxCe if loss == "ce" else SoftmaxMse
        return make(model.n_classes, overflow)
    if (model.kind, loss) in _ROWS_KERNELS:
        return _ROWS_KERNELS[model.kind, loss](model.n_classes)
    raise ValueError(f"a {model.kind} model is not trained on the loss {loss}")


def _logistic_kernel(loss: LossName, label_smoothing: float) -> Kernel:
    if loss == "bce":
        return LogisticBce(label_smoothing)
    return SmoothedLogisticMse(label_smoothing) if label_smoothing else LogisticMse()
