"""Exact start weights, carried to another model or other classes in the command that brings them about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.document.commands import ClassValues, Command, SettingsValues
from engine.document.state import DocumentState
from engine.models import can_carry, carry_classes, start_fits
from engine.specs import StartSpec


def with_carried_start(state: DocumentState, command: Command) -> Command:
    """The command with the exact start that means in its model or classes what the present one means now.

    Numbers that still fit stay as they are, and so do those that mean nothing in the new model
    (`engine.models.can_carry`) or in any of the new classes.
    """
    values, inverse = command.values, command.inverse
    start = state.settings.start
    if isinstance(values, ClassValues) and isinstance(inverse, ClassValues):
        carried = _carried(state, replace(state, classes=values.classes))
        if carried != start:
            return Command("classes", replace(values, start=carried), replace(inverse, start=start))
    elif isinstance(values, SettingsValues) and isinstance(inverse, SettingsValues):
        settings = replace(state.settings, **values.changes)  # type: ignore[arg-type]
        carried = _carried(state, replace(state, settings=settings))
        if "start" not in values.changes and carried != start:
            changes = SettingsValues({**values.changes, "start": carried})
            return Command("settings", changes, SettingsValues({**inverse.changes, "start": start}))
    return command


def _carried(before: DocumentState, after: DocumentState) -> StartSpec:
    """The start of `before` in the model and classes of `after`."""
    start = before.settings.start
    if min(len(before.classes), len(after.classes)) < 2 or start.kind != "exact":
        return start
    if start_fits(start, after.model) or not start_fits(start, before.model):
        return start
    old, new = before.training_spec(), after.training_spec()
    if not can_carry(old, new) or set(old.class_ids).isdisjoint(new.class_ids):
        return start
    rows = np.tile(np.array(start.parameters, dtype=np.float64), (len(old.losses), 1))
    return replace(start, parameters=tuple(carry_classes(rows, old, new)[0].tolist()))
