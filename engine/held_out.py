"""The samples that training never sees, and how good models are on them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.samples import SampleRows, Samples
from engine.scaling import Standardizer
from engine.specs import OptimizerSpec, TrainingSpec
from engine.training import Stepper
from engine.training_data import TrainingData


def held_out_data(spec: TrainingSpec, scaler: Standardizer) -> TrainingData | None:
    """The labelled held-out samples of a spec, read as its training samples are; None where there are none.

    Parameters
    ----------
    scaler : Standardizer
        That of the training samples (`Snapshot.scaler`): held-out samples have no part in it.

    Raises
    ------
    ValueError
        If a class index is not one of the model's.
    """
    blocks = [_as_used(block) for block in spec.samples if block.held_out_counts]
    samples = Samples(tuple(block for block in blocks if len(block)), spec.samples.next_id)
    if not samples.blocks:
        return None
    return TrainingData.of(replace(spec, samples=samples), scaler)


def judge_of(spec: TrainingSpec, data: TrainingData) -> Stepper:
    """What measures the models of a spec on `data` (`Stepper.metrics`), and is never asked for a step."""
    return Stepper(replace(spec, optimizer=OptimizerSpec(), batch_size=None), data)


def _as_used(block: SampleRows) -> SampleRows:
    """The labelled held-out rows of a block, no longer marked as held out."""
    rows = block.take(block.held_out & block.is_labelled)
    used = np.zeros(len(rows), dtype=bool)
    used.flags.writeable = False
    return replace(rows, held_out=used)
