"""Labelling all samples by a BMI rule, as one `Command`."""

from __future__ import annotations

from dataclasses import replace

from engine.bmi import CLASS_KEYS, BmiRule, bmi_classes
from engine.document.commands import ClassValues, Command, changes_nothing, same_rows
from engine.document.starts import with_carried_start
from engine.document.state import MARKERS, ClassInfo, DocumentState


def label_by_bmi(state: DocumentState, rule: BmiRule, n_classes: int, new_class_id: int) -> Command | None:
    """Give every sample the class that `rule` says, with 2, 3 or 4 classes; None where nothing changes.

    A class of the document that has one of these built-in names already stays that class, with its id, colour
    and weights; others get ids from `new_class_id` on.

    Raises
    ------
    ValueError
        If no rule has that many classes.
    """
    rows = state.samples.rows
    labels = bmi_classes(rule, n_classes, rows.height_cm, rows.weight_kg)
    put = rows.relabelled(labels)
    classes = _classes_for(state, CLASS_KEYS[n_classes], new_class_id)
    command = Command(
        "classes",
        ClassValues(classes, (0,) * len(state.classes), put),
        ClassValues(state.classes, (0,) * n_classes, rows),
    )
    same = classes == state.classes and same_rows(put, rows)
    return None if same or changes_nothing(command) else with_carried_start(state, command)


def _classes_for(state: DocumentState, keys: tuple[str, ...], new_class_id: int) -> tuple[ClassInfo, ...]:
    present = {info.key: info for info in state.classes if info.name is None and info.key != "class"}
    classes: list[ClassInfo] = []
    for number, key in enumerate(keys):
        if key in present:
            classes.append(present[key])
        else:
            info = ClassInfo(new_class_id, key=key, color=number, marker=MARKERS[number])
            classes.append(info)
            new_class_id += 1
    looks = {(info.color, info.marker) for info in classes}
    if len(looks) < len(classes):
        classes = [replace(info, color=n, marker=MARKERS[n]) for n, info in enumerate(classes)]
    return tuple(classes)
