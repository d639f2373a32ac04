"""What a person can do about held-out samples, each a `Command`; None where nothing would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from engine.document.commands import Command, SampleValues, SettingsValues, SplitValues, changes_nothing
from engine.document.state import DocumentState
from engine.samples import SampleRows, Samples
from engine.split import held_out_mask, held_out_of_added, marked

Bools = NDArray[np.bool_]


def split_samples(state: DocumentState, share: float, seed: int) -> Command | None:
    """Hold `share` of each class out by the split of `seed`, and remember both; marks set by hand go.

    Raises
    ------
    ValueError
        If the share is not from 0 to below 1.
    """
    rows = state.samples.rows
    new, old = _remarked(rows, held_out_mask(state.samples, share, seed))
    before = state.settings
    command = Command(
        "split",
        SplitValues(SampleValues(put=new), _settings(share, seed)),
        SplitValues(SampleValues(put=old), _settings(before.held_out_share, before.split_seed)),
    )
    return None if changes_nothing(command) else command


def set_held_out(state: DocumentState, ids: Iterable[int], held_out: bool) -> Command | None:
    """Keep the samples with these ids from training, or use them for it; the rule stays for new samples."""
    rows = state.samples.select(list(ids))
    new, old = _remarked(rows, np.full(len(rows), held_out))
    if not len(new):
        return None
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
    rows = marked(samples.rows, held_out_mask(samples, settings.held_out_share, settings.split_seed))
    return replace(state, samples=Samples(next_id=samples.next_id).put(rows))


def _settings(share: float, seed: int) -> SettingsValues:
    return SettingsValues({"held_out_share": share, "split_seed": seed})


def _remarked(rows: SampleRows, held_out: Bools) -> tuple[SampleRows, SampleRows]:
    """The rows whose mark changes: with the new one, and as they are."""
    changed = np.flatnonzero(rows.held_out != held_out)
    old = rows.take(changed)
    return marked(old, held_out[changed]), old
