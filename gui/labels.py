"""Several labels of one sample: who learns them, and giving one to what is picked."""

from __future__ import annotations

from engine.document.state import DocumentState
from gui.document import Document
from gui.interaction import Interaction


def knows_label_sets(state: DocumentState) -> bool:
    """Whether samples may be given several labels: K sigmoids learn them, or some sample has them already."""
    return "sigmoids" in (state.kinds or (state.model.kind,)) or state.samples.has_label_sets


def toggle_label(document: Document, interaction: Interaction, label: int) -> None:
    """Give the selected samples, or else the one under the pointer, one more label, or take it from them."""
    hovered = interaction.hovered_id
    ids = interaction.selected_ids or (() if hovered is None else (hovered,))
    if ids and label < len(document.state.classes) and knows_label_sets(document.state):
        document.toggle_label(ids, label)
