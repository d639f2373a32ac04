"""From the decoded structures of a session to the program's own: what they mean together is checked here."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from engine.document.state import ClassInfo, DocumentState, GuessLine, Settings
from engine.errors import QT_TRANSLATE_NOOP
from engine.files.session_content import SessionView
from engine.files.session_errors import LENGTH_RELATIONS, fail
from engine.files.session_samples import samples_from
from engine.files.session_schema import FULL_BATCH
from engine.layout import Floats
from engine.models import layout_of
from engine.optimizers import N_SLOTS
from engine.running.saved_curve import SavedCurve
from engine.running.saved_run import SavedRun
from engine.scaling import Standardizer
from engine.snapshots import METRICS, Memory
from engine.specs import OptimizerSpec, StartSpec

Made = TypeVar("Made")


def document_from(found: Any) -> DocumentState:  # noqa: ANN401 - of `session_schema.session_type`
    """The document of a session; raises `FallLineError` with the place of what contradicts something else."""
    classes = tuple(_filled(ClassInfo, info, class_id=info.id) for info in found.classes)
    ids = [info.class_id for info in classes]
    for index, class_id in enumerate(ids):
        if class_id in ids[:index]:
            fail(f"classes[{index}].id", QT_TRANSLATE_NOOP("Engine", "{path}: another class has this id."))
    return DocumentState(
        samples=samples_from(bytes(found.samples), found.next_sample_id, len(classes)),
        classes=classes,
        settings=_settings(found.settings),
        guess=None if found.guess is None else _filled(GuessLine, found.guess),
    )


def view_from(found: Any) -> SessionView:  # noqa: ANN401
    """The window's set-up; the default where the file has none."""
    return SessionView() if found is None else _filled(SessionView, found)


def run_from(found: Any, state: DocumentState) -> SavedRun | None:  # noqa: ANN401
    """The run of a session; raises `FallLineError` where its models are not those of the document."""
    if found is None:
        return None
    if len(state.classes) < 2:
        fail("run", QT_TRANSLATE_NOOP("Engine", "{path}: with fewer than two classes there is no run."))
    if tuple(found.losses) != state.losses:
        _fail_models("run.losses", state.losses)
    if tuple(found.kinds or ()) != state.kinds:
        _fail_models("run.kinds", state.kinds)
    count = layout_of(state.model).parameter_count
    parameters = _table(found.parameters, "run.parameters", len(state.losses), count)
    return SavedRun(
        found.step,
        state.losses,
        state.kinds,
        _filled(Standardizer, found.scaler),
        parameters,
        _memory(found.memory, state, count),
        _curve(found.curve, len(state.losses), found.step),
    )


def _settings(found: Any) -> Settings:  # noqa: ANN401
    given: dict[str, object] = {}
    if found.optimizer is not None:
        given["optimizer"] = _filled(OptimizerSpec, found.optimizer)
    if found.start is not None:
        given["start"] = _filled(StartSpec, found.start)
    if found.batch_size == FULL_BATCH:
        given["batch_size"] = None
    return _filled(Settings, found, **given)


def _memory(found: Any, state: DocumentState, count: int) -> Memory | None:  # noqa: ANN401
    if found is None:
        return None
    models = len(state.losses)
    optimizer = state.training_spec().optimizer.kind
    if len(found.slots) != N_SLOTS[optimizer]:
        _fail_length("run.memory.slots", N_SLOTS[optimizer])
    slots = np.zeros((len(found.slots), models, count))
    for index, rows in enumerate(found.slots):
        slots[index] = _table(rows, f"run.memory.slots[{index}]", models, count)
    slots.flags.writeable = False
    mistakes = None
    if found.mistakes is not None:
        if len(found.mistakes) != models:
            _fail_length("run.memory.mistakes", models)
        mistakes = np.array(found.mistakes, dtype=np.int64)
        mistakes.flags.writeable = False
    return Memory(slots, found.optimizer_step, found.epoch, found.position, mistakes)


def _curve(found: Any, models: int, last_step: int) -> SavedCurve | None:  # noqa: ANN401
    """The loss curve of a run that stands at `last_step`; null is infinite or, held out, not measured."""
    if found is None or not found.records:
        return None
    columns = models * len(METRICS)
    shape = (len(found.records), models, len(METRICS))
    table = _measured(found.records, "run.curve.records", 1 + columns, np.inf)
    step = table[:, 0]
    if not (step[0] >= 0 and step[-1] <= last_step and (np.diff(step) > 0).all() and (step % 1 == 0).all()):
        fail(
            "run.curve.records",
            QT_TRANSLATE_NOOP(
                "Engine", "{path}: the steps must be whole numbers that increase, up to {step}."
            ),
            step=last_step,
        )
    held_out = None
    if found.held_out is not None:
        if len(found.held_out) != len(table):
            _fail_length("run.curve.held_out", len(table))
        held_out = _measured(found.held_out, "run.curve.held_out", columns, np.nan).reshape(shape)
    marks = tuple((mark.step, mark.kind) for mark in found.marks or ())
    return SavedCurve(step.astype(np.int64), table[:, 1:].reshape(shape), held_out, marks)


def _measured(rows: list[list[float | None]], path: str, n_columns: int, missing: float) -> Floats:
    """Numbers of shape (rows, n_columns), read-only, with `missing` in the place of null."""
    filled = [[missing if number is None else number for number in row] for row in rows]
    return _table(filled, path, len(rows), n_columns)


def _table(rows: list[list[float]], path: str, n_rows: int, n_columns: int) -> Floats:
    """Numbers of shape (n_rows, n_columns), read-only."""
    if len(rows) != n_rows:
        _fail_length(path, n_rows)
    for index, row in enumerate(rows):
        if len(row) != n_columns:
            _fail_length(f"{path}[{index}]", n_columns)
    table = np.array(rows, dtype=np.float64)
    table.flags.writeable = False
    return table


def _filled(kind: type[Made], found: Any, **given: object) -> Made:  # noqa: ANN401
    """A dataclass from a structure with its fields; what the file does not have takes the default."""
    values = {
        item.name: value
        for item in fields(kind)  # type: ignore[arg-type]
        if item.name not in given and (value := getattr(found, item.name, None)) is not None
    }
    lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
    return kind(**{**values, **lists, **given})


def _fail_length(path: str, length: int) -> None:
    fail(path, LENGTH_RELATIONS["="], bound=length)


def _fail_models(path: str, expected: tuple[str, ...]) -> None:
    fail(
        path,
        QT_TRANSLATE_NOOP("Engine", "{path}: the settings train {expected}."),
        expected=", ".join(expected) or "[]",
    )
