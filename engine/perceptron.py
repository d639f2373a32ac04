"""Rosenblatt's perceptron rule (1958): one sample a step, and a step only where the answer is wrong.

w <- w + rate (y - p) x with p = 1 where z >= 0, else 0. On samples that a line separates it makes finitely
many mistakes, at most (R / gamma)^2 from w = 0, with R the longest x and gamma the margin of the best line
(Novikoff 1962); on others it never settles. On which of the separating lines it ends depends on the start.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.batches import epoch_order
from engine.optimum.newton import ShouldStop
from engine.specs import ModelSpec
from engine.training_data import TrainingData, kernel_columns

Floats = NDArray[np.float64]

MOST_SAMPLES_AT_ONCE = 4096
"""Samples whose numbers are unpacked at a time."""

STEP_MODEL = ModelSpec("step", 2)


def visit(parameters: Floats, samples: Sequence[Sequence[float]], learning_rate: float) -> int:
    """Show samples to the rule one after the other, moving `parameters` (3,) in place.

    Plain numbers in a fixed order of operations: the bits do not depend on how many samples a call shows.

    Parameters
    ----------
    samples : sequence of (a_1, a_2, a_3, s / 2)
        Columns of `training_data.kernel_columns`: a = s x / 2 with s = +1 for class 0 and -1 for class 1.

    Returns
    -------
    int
        Mistakes: samples that were on the wrong side when their turn came.
    """
    first, second, third = parameters.tolist()
    twice_rate = 2.0 * learning_rate
    mistakes = 0
    for a_1, a_2, a_3, half_sign in samples:
        half_logit = first * a_1 + second * a_2 + third * a_3
        # On the line itself the answer is class 1: wrong for class 0.
        if half_logit > 0.0 or (half_logit == 0.0 and half_sign > 0.0):
            mistakes += 1
            first -= twice_rate * a_1
            second -= twice_rate * a_2
            third -= twice_rate * a_3
    if mistakes:
        parameters[:] = first, second, third
    return mistakes


def perceptron_fan(
    data: TrainingData,
    n_starts: int = 30,
    seed: int = 0,
    epochs: int = 100,
    learning_rate: float = 1.0,
    spread: float = 10.0,
    should_stop: ShouldStop | None = None,
) -> Floats | None:
    """The lines that the rule ends on from many starts: as many as there are, all equally good to it.

    Each start is drawn from N(0, spread^2) and sees the samples in the same orders, those of the batches of
    `seed`; it ends with an epoch without a mistake, or after `epochs` of them.

    Parameters
    ----------
    data : TrainingData
        Of two classes.
    spread : float
        Of the starts, to be compared with the learning rate: only their ratio decides where a line ends.
    should_stop : callable, optional
        Asked before each epoch.

    Returns
    -------
    ndarray of shape (n_starts, 3) or None
        Parameters of the step model in z-space of the data's scaler; None if `should_stop` said so.
    """
    generator = np.random.Generator(np.random.Philox(key=seed % 2**64))
    lines: Floats = generator.normal(0.0, spread, (n_starts, 3))
    if not data.design[2].any():
        lines[:, 2] = 0.0
    data = data.for_model(STEP_MODEL)  # its orders are those of the samples that have a class
    columns = kernel_columns(STEP_MODEL, data)
    wandering = list(lines)
    for epoch in range(epochs):
        if not wandering:
            break
        order = epoch_order(data.sample_id, seed, epoch)
        mistakes = [0] * len(wandering)
        for start in range(0, len(order), MOST_SAMPLES_AT_ONCE):
            if should_stop is not None and should_stop():
                return None
            samples = columns[:, order[start : start + MOST_SAMPLES_AT_ONCE]].T.tolist()
            for index, line in enumerate(wandering):
                mistakes[index] += visit(line, samples, learning_rate)
        wandering = [line for line, count in zip(wandering, mistakes, strict=True) if count]
    return lines
