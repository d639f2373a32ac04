"""The place that the log-odds' numbers are of."""

from __future__ import annotations

from dataclasses import dataclass

from engine.samples import Samples
from gui.interaction import Interaction

Place = tuple[float, float]
"""Height in cm and weight in kg."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A place, and the sample there if it is one's own."""

    height_cm: float
    weight_kg: float
    sample_id: int | None = None


def pointed_at(samples: Samples, interaction: Interaction, here: Place | None, middle: Place) -> Pointed:
    """The sample hovered anywhere, the pointer `here`, that on the canvas, the one selected sample.

    With none of these it is the mean of the training samples, and without any the `middle`.
    """
    chosen = interaction.hovered_id
    place = here or interaction.pointer
    if chosen is None and place is None and len(interaction.selected_ids) == 1:
        chosen = next(iter(interaction.selected_ids))
    if chosen is not None:
        rows = samples.select([chosen])
        if len(rows):
            return Pointed(float(rows.height_cm[0]), float(rows.weight_kg[0]), chosen)
    if place is not None:
        return Pointed(*place)
    count, mean, _ = samples.moments
    return Pointed(float(mean[0]), float(mean[1])) if count else Pointed(*middle)
