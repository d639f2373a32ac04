"""Where the run stands and how the window is set up, as they stand in a recovery journal, and back."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import cache
from typing import Any, get_args

import numpy as np

from engine.files import session_check
from engine.files.journal_content import RunRecord
from engine.files.session_content import SessionView
from engine.files.session_schema import view_type
from engine.layout import Floats
from engine.models import layout_of
from engine.running.saved_curve import SavedCurve
from engine.running.saved_run import SavedRun
from engine.scaling import Standardizer
from engine.snapshots import METRICS, MarkKind, Memory
from engine.specs import HiddenActivation, LossName, ModelKind, ModelSpec


def run_tree(record: RunRecord) -> dict[str, object]:
    """A run as a tree for `command_codec.pieces`: numbers as little-endian binary, exact to the last bit."""
    run = record.run
    return {
        "step": run.step,
        "losses": run.losses,
        "kinds": run.kinds,
        "model": asdict(record.model),
        "class_ids": record.class_ids,
        "scaler": asdict(run.scaler),
        "parameters": _bytes(run.parameters),
        "memory": None if run.memory is None else _memory_tree(run.memory),
        **({} if run.curve is None else {"curve": _curve_tree(run.curve)}),
    }


def run_from(found: Any) -> RunRecord:  # noqa: ANN401 - of `run_type`
    """The run that was decoded; raises `ValueError` where its numbers are not as many as its models'."""
    model = ModelSpec(**{**found.model, "hidden": tuple(found.model["hidden"])})
    losses, kinds = tuple(found.losses), tuple(found.kinds)
    if model.kind not in get_args(ModelKind) or model.n_classes != len(found.class_ids):
        raise ValueError("this is no model")
    if model.activation not in get_args(HiddenActivation) or len(kinds) not in (0, len(losses)):
        raise ValueError("this is no model")
    shape = (len(losses), layout_of(model).parameter_count)
    scaler = Standardizer(**found.scaler)
    if not (scaler.std_height_cm > 0 and scaler.std_weight_kg > 0):
        raise ValueError("a standard deviation is above 0")
    memory = None if found.memory is None else _memory_from(found.memory, shape)
    curve = None if found.curve is None else _curve_from(found.curve, len(losses), found.step)
    run = SavedRun(found.step, losses, kinds, scaler, _floats(found.parameters, shape), memory, curve)
    if found.step < 0 or not run.is_finite:
        raise ValueError("a run stands at a step, at finite weights")
    return RunRecord(run, model, tuple(found.class_ids))


def view_tree(view: SessionView) -> dict[str, object]:
    """The window's set-up as it stands in a session."""
    return asdict(view)


def view_from(found: dict[str, Any]) -> SessionView:
    """The window's set-up that was decoded; raises `ValueError` where it makes no sense."""
    import msgspec

    return session_check.view_from(msgspec.convert(found, view_type()))


@cache
def run_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """A run in a journal."""
    import msgspec

    memory: Any = msgspec.defstruct(
        "Memory",
        [
            ("slots", bytes),
            ("optimizer_step", int),
            ("epoch", int),
            ("position", int),
            ("mistakes", bytes | None),
        ],
        forbid_unknown_fields=True,
    )
    curve: Any = msgspec.defstruct(
        "Curve",
        [
            ("step", bytes),
            ("values", bytes),
            ("held_out", bytes | None),
            ("marks", list[tuple[int, MarkKind]]),
        ],
        forbid_unknown_fields=True,
    )
    return msgspec.defstruct(
        "Run",
        [
            ("step", int),
            ("losses", list[LossName]),
            ("kinds", list[ModelKind]),
            ("model", dict[str, Any]),
            ("class_ids", list[int]),
            ("scaler", dict[str, float]),
            ("parameters", bytes),
            ("memory", memory | None),
            ("curve", curve | None, None),
        ],
        forbid_unknown_fields=True,
    )


def _memory_tree(memory: Memory) -> dict[str, object]:
    return {
        "slots": _bytes(memory.slots),
        "optimizer_step": memory.optimizer_step,
        "epoch": memory.epoch,
        "position": memory.position,
        "mistakes": None if memory.mistakes is None else memory.mistakes.astype("<i8").tobytes(),
    }


def _memory_from(found: Any, shape: tuple[int, int]) -> Memory:  # noqa: ANN401
    count = len(found.slots) // (8 * shape[0] * shape[1])
    mistakes = None
    if found.mistakes is not None:
        mistakes = np.frombuffer(found.mistakes, "<i8").astype(np.int64).reshape(shape[0], 2)
        mistakes.flags.writeable = False
    return replace(
        Memory(_floats(found.slots, (count, *shape)), found.optimizer_step, found.epoch, found.position),
        mistakes=mistakes,
    )


def _curve_tree(curve: SavedCurve) -> dict[str, object]:
    return {
        "step": curve.step.astype("<i8").tobytes(),
        "values": _bytes(curve.values),
        "held_out": None if curve.held_out is None else _bytes(curve.held_out),
        "marks": curve.marks,
    }


def _curve_from(found: Any, models: int, last_step: int) -> SavedCurve:  # noqa: ANN401
    step = np.frombuffer(found.step, "<i8").astype(np.int64)
    if not step.size or step[0] < 0 or step[-1] > last_step or not (np.diff(step) > 0).all():
        raise ValueError("a curve's steps increase up to where the run stands")
    shape = (step.size, models, len(METRICS))
    held_out = None if found.held_out is None else _floats(found.held_out, shape)
    return SavedCurve(step, _floats(found.values, shape), held_out, tuple(found.marks))


def _bytes(numbers: Floats) -> bytes:
    return numbers.astype("<f8").tobytes()


def _floats(data: bytes, shape: tuple[int, ...]) -> Floats:
    """Numbers of a shape, read-only; raises `ValueError` where they are not as many."""
    numbers = np.frombuffer(data, "<f8").astype(np.float64).reshape(shape)
    numbers.flags.writeable = False
    return numbers
