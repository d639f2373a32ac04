"""Sensitivity: how strongly a loss reacts to an error: curves, and every sample's place on them.

A sample with label y, logit z and p = sigmoid(z) has the error e = |y - p|. Both labels lie on one curve by
e: BCE = -ln(1 - e) and MSE = e^2. By the logit, dBCE/dz = p - y and dMSE/dz = 2 (p - y) p (1 - p): for y = 1
the latter is largest in size, 8/27, at p = 1/3, and vanishes where the model is confidently wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.activations import sigmoid
from engine.curvature import logit_curvature
from engine.losses import loss_of
from engine.models import logits
from engine.specs import LossName, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Axis = Literal["error", "probability", "logit"]

MSE_STEEPEST_ERROR = 2.0 / 3.0
"""Where MSE's gradient by the logit is largest: p = 1/3 for y = 1, p = 2/3 for y = 0."""
MSE_STEEPEST_SLOPE = 8.0 / 27.0
"""How large it is there, in size."""
MSE_INFLECTION_LOGIT = float(-np.log(2.0))
"""Below this logit, p < 1/3, MSE of a sample with y = 1 is not convex; for y = 0 above minus it."""

_LOGISTIC = ModelSpec("logistic", 2)


@dataclass(frozen=True, eq=False)
class SensitivityCurve:
    """One loss of one sample along an axis; every array has the shape of `x`.

    Attributes
    ----------
    x : ndarray
        Errors e, probabilities p of class 1, or logits z.
    value : ndarray
        The loss; inf where BCE has no bound.
    slope : ndarray
        Derivative by `x` itself.
    slope_by_logit : ndarray
        Derivative by the logit at the same place, whatever the axis.
    curvature_by_logit : ndarray
        Second derivative by the logit at the same place.
    """

    x: Floats
    value: Floats
    slope: Floats
    slope_by_logit: Floats
    curvature_by_logit: Floats


def sensitivity_curve(loss: LossName, axis: Axis, x: ArrayLike, label: int) -> SensitivityCurve:
    """A loss along an axis for a sample of class `label`.

    Parameters
    ----------
    loss : "bce" or "mse"
    axis : "error", "probability" or "logit"
    x : array
        Errors and probabilities from 0 to 1, both included; any logits.
    label : 0 or 1
        By the error, the value is the same for both labels and the slopes by the logit differ in sign.

    Raises
    ------
    ValueError
        For another loss or label, or an error or probability that is not from 0 to 1.
    """
    if loss not in ("bce", "mse") or label not in (0, 1):
        raise ValueError("sensitivity is that of bce or mse, for a label 0 or 1")
    x = np.array(x, dtype=np.float64)
    if axis == "logit":
        return _by_logit(loss, x, label)
    if not ((x >= 0.0) & (x <= 1.0)).all():
        raise ValueError(f"{axis} must be from 0 to 1")
    # The error falls with p for class 1 and grows with it for class 0.
    sign = -1.0 if label == 1 else 1.0
    right = x if (axis == "probability" and label == 1) else 1.0 - x
    error = 1.0 - x if (axis == "probability" and label == 1) else x
    with np.errstate(divide="ignore"):
        value = -np.log(right) if loss == "bce" else error**2
        by_error = 1.0 / right if loss == "bce" else 2.0 * error
    slope = by_error if axis == "error" else sign * by_error
    by_logit = sign * (error if loss == "bce" else 2.0 * error**2 * right)
    curvature = error * right if loss == "bce" else 2.0 * right * error**2 * (2.0 - 3.0 * error)
    # A sum with 0 turns the -0 of a certain sample into 0.
    return SensitivityCurve(x, value + 0.0, slope, by_logit + 0.0, curvature)


def _by_logit(loss: LossName, z: Floats, label: int) -> SensitivityCurve:
    flat, labels = z.reshape(1, -1), np.full(z.size, label, dtype=np.int64)
    value, slope = loss_of("logistic", loss).value_and_gradient(flat, labels)
    curvature = logit_curvature(_LOGISTIC, loss, flat, labels)[0, 0]
    by_logit = slope[0].reshape(z.shape)
    return SensitivityCurve(z, value.reshape(z.shape), by_logit, by_logit, curvature.reshape(z.shape))


@dataclass(frozen=True, eq=False)
class SampleSensitivity:
    """Where every sample of the data sits on the curves, and how it pulls at the weights; read-only.

    Attributes
    ----------
    logit, probability : ndarray of shape (n,)
        z and p of class 1.
    error : ndarray of shape (n,)
        e = |y - p|, exact also where it is tiny.
    value : ndarray of shape (n,)
        The sample's own loss; their mean is the model's.
    slope_by_logit, curvature_by_logit : ndarray of shape (n,)
        First and second derivative of the sample's own loss.
    pull : ndarray of shape (3, n)
        Minus the sample's part of the gradient by (weight of height, weight of weight, bias) in z-space:
        -slope_by_logit x / n. Its sum over the samples is the way that a step of gradient descent goes.
    share : ndarray of shape (n,)
        Length of the pull as a share of the lengths of all, 0 to 1; 0 where nothing pulls.
    """

    logit: Floats
    probability: Floats
    error: Floats
    value: Floats
    slope_by_logit: Floats
    curvature_by_logit: Floats
    pull: Floats
    share: Floats


def sample_sensitivity(parameters: Floats, data: TrainingData, loss: LossName) -> SampleSensitivity:
    """Sensitivity of every training sample of the logistic model with `parameters` (3,).

    Either loss may be asked for, whichever one the model was trained on.

    Raises
    ------
    ValueError
        If the loss is not "bce" or "mse".
    """
    z = logits(_LOGISTIC, parameters, data.design)
    value, slope = loss_of("logistic", loss).value_and_gradient(z, data.class_index)
    curvature = logit_curvature(_LOGISTIC, loss, z, data.class_index)[0, 0]
    error = sigmoid(np.where(data.class_index == 1, -z[0], z[0]))
    pull = -slope * data.design / max(len(data), 1) + 0.0
    # By the largest entry first: squares of the pulls of confidently wrong samples under MSE may be 0.
    largest = float(np.abs(pull).max(initial=0.0))
    length = np.sqrt(((pull / (largest or 1.0)) ** 2).sum(axis=0))
    share = length / (length.sum() or 1.0)
    result = SampleSensitivity(z[0], sigmoid(z[0]), error, value, slope[0], curvature, pull, share)
    for name in SampleSensitivity.__dataclass_fields__:
        getattr(result, name).flags.writeable = False
    return result
