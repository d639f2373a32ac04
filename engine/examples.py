"""The curriculum's two data sets for the lab: one sample, and a trap. Used as given: no z-scores, no bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.samples import SampleRows
from engine.scaling import Standardizer
from engine.training_data import TrainingData


@dataclass(frozen=True, slots=True)
class Example:
    """Samples in plain numbers: `x1` stands in the column of heights, `x2` in that of weights.

    Attributes
    ----------
    x1, x2 : tuple of float
    label : tuple of int
        0 or 1.
    """

    x1: tuple[float, ...]
    x2: tuple[float, ...]
    label: tuple[int, ...]

    @classmethod
    def repeated(cls, *groups: tuple[float, float, int, int]) -> Example:
        """Samples from (x1, x2, label, how many times)."""
        each = [group[:3] for group in groups for _ in range(group[3])]
        x1, x2, label = zip(*each, strict=True)
        return cls(x1, x2, label)

    def rows(self) -> SampleRows:
        """The samples as a table, ids from 0."""
        return SampleRows.make(range(len(self.label)), self.x1, self.x2, self.label)

    def training_data(self) -> TrainingData:
        """The samples as training reads them, with the identity scaler and without a bias.

        The design matrix's third row is 0: the third parameter is there, as in every logistic model, but
        changes nothing and has a gradient of exactly 0.
        """
        rows = self.rows()
        design = np.stack([rows.height_cm, rows.weight_kg, np.zeros(len(rows))])
        design.flags.writeable = False
        return TrainingData(design, rows.class_index, rows.sample_id, Standardizer.identity())


ONE_SAMPLE = Example.repeated((1.0, 1.0, 1, 1))
"""x = (1, 1), y = 1: the plainest landscape on which MSE is not convex and BCE is (claims 6 and 7)."""

TRAP = Example.repeated(
    (-0.1, 0.6, 0, 6),
    (-0.2, 0.2, 1, 2),
    (2.7, 2.2, 0, 3),
    (-1.6, -0.5, 0, 3),
    (2.0, 1.9, 0, 6),
    (-7.9, 0.9, 1, 6),
)
"""MSE has a local minimum at (2.047, -3.622), loss 0.2820, beside the lower one at (-0.373, -1.076), loss
0.1211; BCE has one minimum (claim 7)."""
