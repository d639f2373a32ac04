"""The x that the person points at: a sample, a place on the canvas, or else the middle of the samples."""

from __future__ import annotations

from dataclasses import dataclass

from engine.samples import UNLABELLED, Samples
from engine.snapshots import Snapshot
from gui.interaction import Interaction
from gui.plots.maximum_likelihood.data import LabelView, Outcome, outcome_at


@dataclass(frozen=True, slots=True)
class Place:
    """A height and a weight, None for the middle; with the sample there and its label, where there is one."""

    height_cm: float | None = None
    weight_kg: float | None = None
    sample_id: int | None = None
    label: int | None = None


def place_of(samples: Samples, interaction: Interaction) -> Place:
    """The hovered sample, else the only selected one, else the pointer on the canvas."""
    chosen = interaction.hovered_id
    if chosen is None and interaction.pointer is None and len(interaction.selected_ids) == 1:
        chosen = next(iter(interaction.selected_ids))
    if chosen is not None:
        rows = samples.select([chosen])
        if len(rows):
            label = int(rows.class_index[0])
            return Place(
                float(rows.height_cm[0]),
                float(rows.weight_kg[0]),
                chosen,
                None if label == UNLABELLED else label,
            )
    if interaction.pointer is not None:
        return Place(*interaction.pointer)
    return Place()


def outcome_of(snapshot: Snapshot, view: LabelView, place: Place) -> Outcome:
    """What the model of a view says of a place."""
    scaler = snapshot.scaler
    height = scaler.mean_height_cm if place.height_cm is None else place.height_cm
    weight = scaler.mean_weight_kg if place.weight_kg is None else place.weight_kg
    return outcome_at(snapshot, view.model_row, height, weight, place.sample_id, place.label)
