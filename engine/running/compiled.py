"""A spec made ready to train, and the questions about specs that decide what an edit means for a run."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.held_out import held_out_data, judge_of
from engine.models import start_fits
from engine.samples import NO_SET, UNLABELLED, SampleRows, Samples
from engine.scaling import Standardizer
from engine.specs import RIVAL_KINDS, ModelSpec, StartSpec, TrainingSpec
from engine.training import Stepper, is_full_batch
from engine.training_data import TrainingData


@dataclass(frozen=True, eq=False, slots=True)
class Compiled:
    """A spec with its data and the stepper made of both; `judge` measures on the held-out samples, if any."""

    spec: TrainingSpec
    data: TrainingData
    stepper: Stepper
    held_out: TrainingData | None
    judge: Stepper | None

    @classmethod
    def of(
        cls, spec: TrainingSpec, scaler: Standardizer | None = None, like: Compiled | None = None
    ) -> Compiled:
        """Make a spec ready; the data of `like` are used where they are the same.

        Parameters
        ----------
        scaler : Standardizer, optional
            Instead of the one that the spec asks for. Without labelled samples that of `like` stays.
        """
        if like is not None:
            same = same_samples(spec.samples, like.spec.samples) and same_inputs(spec, like.spec)
            if (
                same
                and scaler in (None, like.data.scaler)
                and spec.model.n_classes == like.spec.model.n_classes
            ):
                return cls._with(spec, like.data, like.held_out)
            if scaler is None and spec.standardize and not spec.samples.moments[0]:
                scaler = like.data.scaler
        data = TrainingData.of(spec, scaler)
        return cls._with(spec, data, held_out_data(spec, data.scaler))

    @classmethod
    def _with(cls, spec: TrainingSpec, data: TrainingData, held_out: TrainingData | None) -> Compiled:
        judge = None if held_out is None else judge_of(spec, held_out)
        return cls(spec, data, Stepper(spec, data), held_out, judge)

    @property
    def is_full_batch(self) -> bool:
        """Whether every step uses all samples."""
        return is_full_batch(self.spec, len(self.data))


def obstacle(spec: TrainingSpec) -> Message | None:
    """Why a spec cannot be trained, in words; None if it can."""
    populated: set[int] = set()
    for block in spec.samples:
        populated |= _training_classes(block, label_sets=spec.trains_on_label_sets)
    if not populated:
        return Message(QT_TRANSLATE_NOOP("Engine", "There is no labelled sample to train on."))
    if len(populated) < 2 and spec.standardize:  # without z-scores one sample alone is an example
        return Message(
            QT_TRANSLATE_NOOP("Engine", "Training needs samples of at least two classes; there is only one.")
        )
    return None


def same_samples(one: Samples, other: Samples) -> bool:
    """Whether two documents' samples are equal, row by row."""
    if one.blocks == other.blocks:
        return True
    return len(one.blocks) == len(other.blocks) and all(
        a is b or _same_rows(a, b) for a, b in zip(one.blocks, other.blocks, strict=True)
    )


def same_inputs(one: TrainingSpec, other: TrainingSpec) -> bool:
    """Whether two specs read samples alike: standardised or not, with biases or not, with equal targets."""
    return _inputs(one) == _inputs(other)


def same_model(one: TrainingSpec, other: TrainingSpec) -> bool:
    """Whether the parameters of two specs mean the same: one model, the same classes.

    A comparison of the same models is the same one, whichever of them the document names.
    """
    return one.class_ids == other.class_ids and (one.model == other.model or one.models == other.models)


def same_steps(one: TrainingSpec, other: TrainingSpec) -> bool:
    """Whether two specs make the same step out of the same state, bit for bit."""
    if (one.losses, one.optimizer, one.batch_size) != (other.losses, other.optimizer, other.batch_size):
        return False
    if one.models != other.models:
        return False
    if one.samples_a_step is not None and one.seed != other.seed:
        return False
    return same_model(one, other) and same_inputs(one, other) and same_samples(one.samples, other.samples)


def _inputs(spec: TrainingSpec) -> tuple[object, ...]:
    return spec.standardize, spec.bias, spec.label_smoothing, spec.trains_on_label_sets


def _training_classes(block: SampleRows, *, label_sets: bool) -> set[int]:
    """The classes to train on in a block, as bit masks; where label sets are read, these too."""
    classes = {1 << index for index in _class_indices(block)}
    if label_sets and block.has_label_sets:
        rows = block.take(~block.held_out)
        alone = rows.class_index[(rows.label_set == NO_SET) & (rows.class_index != UNLABELLED)]
        classes = {1 << index for index in np.unique(alone).tolist()}
        classes |= set(np.unique(rows.label_set[rows.label_set != NO_SET]).tolist())
    return classes


def _class_indices(block: SampleRows) -> set[int]:
    held_out = block.held_out_counts
    present = {index for index, count in block.class_counts.items() if count > held_out.get(index, 0)}
    return present - {UNLABELLED}


def _same_rows(one: SampleRows, other: SampleRows) -> bool:
    return len(one) == len(other) and all(
        np.array_equal(a, b) for a, b in zip(one.columns, other.columns, strict=True)
    )


def starts_elsewhere(old: TrainingSpec, new: TrainingSpec) -> bool:
    """Whether two specs start from different weights."""
    return old.start != new.start or (old.seed != new.seed and new.start.kind == "normal")


def startable(spec: TrainingSpec) -> TrainingSpec:
    """The spec with a start that its model has (`engine.specs.StartSpec`).

    Exact numbers that are not as many as its weights, as other layers leave them behind, give way to zeros
    or, where these lead nowhere (`starts_by_chance`), to chance.
    """
    if start_fits(spec.start, spec.model):
        return spec
    return replace(spec, start=StartSpec("normal" if starts_by_chance(spec.model) else "zeros"))


def starts_by_chance(model: ModelSpec) -> bool:
    """Whether zeros are no start: units of a layer stay alike, and rivals of softmax are undefined there."""
    return bool(model.hidden) or model.kind in RIVAL_KINDS
