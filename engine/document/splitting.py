"""What a person can do about held-out samples, each a `Command`; None where nothing would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from engine.document.commands import Command, SampleValues, SplitValues, changes_nothing
from engine.document.state import DocumentState
from engine.samples import SampleRows
from engine.split import held_out_mask, held_out_of_added, marked, with_held_out


def split_samples(state: DocumentState, share: float, seed: int) -> Command | None:
    """Hold `share` of each class out by the split of `seed`, and remember both; marks set by hand go.

    Raises
    ------
    ValueError
        If the share is not from 0 to below 1.
    """
    rows, before = state.samples.rows, state.settings
    command = Command(
        "split",
        SplitValues(share, seed, rows.sample_id[held_out_mask(state.samples, share, seed)]),
        SplitValues(before.held_out_share, before.split_seed, rows.sample_id[rows.held_out]),
    )
    return None if changes_nothing(command) else command


def set_held_out(state: DocumentState, ids: Iterable[int], held_out: bool) -> Command | None:
    """Keep the samples with these ids from training, or use them for it; the rule stays for new samples."""
    rows = state.samples.select(list(ids))
    old = rows.take(rows.held_out != held_out)
    if not len(old):
        return None
    new = marked(old, np.full(len(old), held_out))
    return Command("samples", SampleValues(put=new), SampleValues(put=old))


def follow_split(state: DocumentState, added: SampleRows) -> SampleRows:
    """The rows that are about to be added, marked by the document's rule."""
    settings = state.settings
    if settings.held_out_share == 0.0:
        return added
    return marked(
        added, held_out_of_added(state.samples, added, settings.held_out_share, settings.split_seed)
    )


def split_anew(state: DocumentState) -> DocumentState:
    """A document of fresh samples, split by its own rule; without one, as it is."""
    settings, samples = state.settings, state.samples
    if settings.held_out_share == 0.0:
        return state
    mask = held_out_mask(samples, settings.held_out_share, settings.split_seed)
    return replace(state, samples=with_held_out(samples, samples.rows.sample_id[mask]))
