"""What is assumed of y given x: the boxes of the strip that a person can change, the others following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from engine.specs import LossName, TrainingSpec

Target = Literal["label", "weight"]
"""What y is: a sample's label, or its body weight in kg."""
DistributionName = Literal["bernoulli", "categorical", "gaussian"]

TARGETS: tuple[Target, ...] = get_args(Target)
DISTRIBUTIONS: tuple[DistributionName, ...] = get_args(DistributionName)
LOSSES: tuple[LossName, ...] = ("bce", "ce", "mse")
"""In the order of the distributions that they come from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Data and distribution; the output, the likelihood and the loss follow from them.

    A Gaussian on labels is possible, and what MSE pretends; the others are on labels alone.
    """

    target: Target = "label"
    distribution: DistributionName = "bernoulli"

    @property
    def loss(self) -> LossName:
        """The loss that follows: minus the mean log-likelihood."""
        return LOSSES[DISTRIBUTIONS.index(self.distribution)]

    @property
    def is_pretence(self) -> bool:
        """Whether labels are taken for Gaussian numbers."""
        return self.target == "label" and self.distribution == "gaussian"

    def with_target(self, target: Target) -> Choice:
        """Other data: body weights are Gaussian; on labels the distribution stays."""
        return Choice(target, "gaussian" if target == "weight" else self.distribution)

    def with_distribution(self, distribution: DistributionName) -> Choice:
        """Another distribution: the data are those that it fits."""
        return Choice("weight" if distribution == "gaussian" else "label", distribution)

    def with_loss(self, loss: LossName) -> Choice:
        """Another loss, and the distribution behind it; MSE leaves the data as they are."""
        distribution = DISTRIBUTIONS[LOSSES.index(loss)]
        return Choice(self.target if loss == "mse" else "label", distribution)


def row_of(choice: Choice, spec: TrainingSpec, selected: int) -> int:
    """Row of the model that is shown: trained on the loss of the choice, the selected one if it may be."""
    losses: Sequence[LossName] = spec.losses
    wanted = ("mse",) if choice.loss == "mse" else (choice.loss, "bce", "ce")
    fitting = [row for row, loss in enumerate(losses) if loss in wanted]
    if selected in fitting or not fitting:
        return min(selected, len(losses) - 1)
    return fitting[0]
