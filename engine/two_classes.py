"""Two classes: softmax regression is logistic regression, in steps twice (on MSE four times) as long.

With d = z_1 - z_0, softmax's p_1 = e^(z_1) / (e^(z_0) + e^(z_1)) = sigmoid(d), so its CE is the binary one of
d and its MSE, (p_0 - y_0)^2 + (p_1 - y_1)^2, is twice the binary one. By the chain rule
dCE/dz_1 = -dCE/dz_0 = dBCE/dd: a step of rate r changes d by -2 r dBCE/dd, as a step of rate 2 r of the
logistic model does. On MSE both slopes are doubled, and the rate is 4 r.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from engine.models import start_fits, start_parameters
from engine.normalizer_race import RaceLoss, race_samples
from engine.snapshots import METRICS
from engine.specs import LossName, ModelSpec, OptimizerSpec, StartSpec, TrainingSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

RATE_FACTORS: dict[RaceLoss, float] = {"likelihood": 2.0, "mse": 4.0}
"""The logistic model's learning rate for softmax's rate 1, by the loss that both are trained on."""
_MSE = METRICS.index("mse")


@dataclass(frozen=True, eq=False, slots=True)
class TwoClassSteps:
    """The same steps of both models.

    Attributes
    ----------
    n_samples : int
        Both saw; of very many, evenly chosen ones.
    rate : float
        Softmax's; the logistic model's is `RATE_FACTORS` times as large.
    loss : "likelihood" or "mse"
    step : ndarray of int64, shape (m,)
    logistic : ndarray of shape (m, 3)
        Weight of height, weight of weight, bias, in z-space.
    softmax : ndarray of shape (m, 3)
        Row of class 1 less row of class 0.
    mse : ndarray of shape (m, 2)
        The logistic model's and softmax's.
    """

    n_samples: int
    rate: float
    loss: RaceLoss
    step: Ints
    logistic: Floats
    softmax: Floats
    mse: Floats

    @property
    def difference(self) -> Floats:
        """Largest difference of a weight, shape (m,)."""
        result: Floats = np.abs(self.logistic - self.softmax).max(axis=1)
        return result


def two_class_steps(spec: TrainingSpec, loss: RaceLoss, steps: Sequence[int]) -> TwoClassSteps:
    """Train both from one start by full-batch gradient descent on the samples of a spec.

    Parameters
    ----------
    spec : TrainingSpec
        Of two classes; its learning rate is softmax's. The rows start at -w / 2 and w / 2, where the logistic
        model starts at w, as the spec's start has it.
    loss : "likelihood" or "mse"
    steps : sequence of int
        Which to record, in increasing order.

    Raises
    ------
    ValueError
        If there are other than two classes.
    """
    if spec.model.n_classes != 2:
        raise ValueError(f"softmax is no logistic model with {spec.model.n_classes} classes")
    rate = spec.optimizer.learning_rate
    own: LossName | None = "mse" if loss == "mse" else None
    start = _start(spec)
    logistic = _alone(spec, ModelSpec("logistic", 2), own, RATE_FACTORS[loss] * rate, start)
    softmax = _alone(spec, ModelSpec("softmax", 2), own, rate, np.concatenate([-start / 2, start / 2]))
    data = TrainingData.of(logistic)
    recorded = []
    for one in (logistic, softmax):
        state, stepper = start_state(one), Stepper(one, data)
        rows, squared = [], []
        for step in steps:
            stepper.advance(state, step - state.step)
            rows.append(state.parameters[0].copy())
            squared.append(stepper.metrics(state)[0, _MSE])
        recorded.append((np.array(rows), np.array(squared)))
    (weights, binary_mse), (rows_of_both, mse) = recorded
    return TwoClassSteps(
        n_samples=len(data),
        rate=rate,
        loss=loss,
        step=np.array(steps, dtype=np.int64),
        logistic=weights,
        softmax=rows_of_both[:, 3:] - rows_of_both[:, :3],
        mse=np.stack([binary_mse, mse], axis=1),
    )


def _start(spec: TrainingSpec) -> Floats:
    """The logistic model's start, shape (3,): of numbers for two rows their difference, else zeros."""
    start, model = spec.start, ModelSpec("logistic", 2)
    if not start_fits(start, model):
        numbers = np.array(start.parameters)
        return numbers[3:] - numbers[:3] if numbers.size == 6 else np.zeros(3)
    row: Floats = start_parameters(replace(spec, model=model, kinds=(), losses=("bce",)))[0]
    return row


def _alone(
    spec: TrainingSpec, model: ModelSpec, loss: LossName | None, rate: float, start: Floats
) -> TrainingSpec:
    return replace(
        spec,
        model=model,
        losses=(loss or model.likelihood,),
        kinds=(),
        samples=race_samples(spec.samples),
        optimizer=OptimizerSpec("gd", rate),
        batch_size=None,
        start=StartSpec("exact", parameters=tuple(start.tolist())),
    )
