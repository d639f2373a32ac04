"""From a session to the text of its file: made to be read, a sample a line, every digit that counts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from engine.document.state import DocumentState, Settings
from engine.files.session_content import SessionView
from engine.files.session_schema import FULL_BATCH
from engine.layout import Floats
from engine.running.saved_curve import SavedCurve
from engine.running.saved_run import SavedRun
from engine.samples import NO_SET, UNLABELLED, SampleRows

_LINE = 100
_CURVE_DIGITS = 6
_INDENT = "  "


def session_text(head: Mapping[str, object], state: DocumentState, tail: Mapping[str, object]) -> bytes:
    """The whole file: `head`, the document with `tail` before its samples, the samples."""
    document: dict[str, object] = {
        **head,
        "classes": [{"id": entry.pop("class_id"), **entry} for entry in map(asdict, state.classes)],
        "settings": _settings(state.settings),
        "guess": None if state.guess is None else asdict(state.guess),
        **tail,
        "next_sample_id": state.samples.next_id,
    }
    entries = [f"{_INDENT}{json.dumps(key)}: {_pretty(value, _INDENT)}" for key, value in document.items()]
    start = "{\n" + ",\n".join(entries) + f',\n{_INDENT}"samples": ['
    # What cannot be said in UTF-8 (half of a surrogate pair, in a name) is no letter in any file.
    parts = [start.encode("utf-8", errors="replace")]
    for block in state.samples.blocks:
        parts += (b",\n" if len(parts) > 1 else b"\n", ",\n".join(_lines(block)).encode())
    return b"".join((*parts, b"\n  ]\n}\n" if len(parts) > 1 else b"]\n}\n"))


def run_entry(run: SavedRun | None) -> dict[str, object] | None:
    """A run as it stands in the file."""
    if run is None:
        return None
    memory = run.memory
    return {
        "step": run.step,
        "losses": list(run.losses),
        "kinds": list(run.kinds),
        "scaler": asdict(run.scaler),
        "parameters": run.parameters.tolist(),
        "memory": memory
        and {
            "slots": memory.slots.tolist(),
            "optimizer_step": memory.optimizer_step,
            "epoch": memory.epoch,
            "position": memory.position,
            "mistakes": None if memory.mistakes is None else memory.mistakes.tolist(),
        },
        "curve": None if run.curve is None else _curve_entry(run.curve),
    }


def _curve_entry(curve: SavedCurve) -> dict[str, object]:
    """A loss curve: a row a step, with as many digits as a picture of it can show."""
    rows = _shown(curve.values)
    return {
        "records": [[step, *row] for step, row in zip(curve.step.tolist(), rows, strict=True)],
        "held_out": None if curve.held_out is None else _shown(curve.held_out),
        "marks": [{"step": step, "kind": kind} for step, kind in curve.marks],
    }


def _shown(values: Floats) -> list[list[float | None]]:
    """All numbers of a step in a row, rounded; null for what is no finite number."""
    return [
        [float(f"{number:.{_CURVE_DIGITS}g}") if math.isfinite(number) else None for number in row]
        for row in values.reshape(len(values), -1).tolist()
    ]


def view_entry(view: SessionView) -> dict[str, object]:
    """The window's set-up as it stands in the file."""
    return asdict(view)


def _settings(settings: Settings) -> dict[str, object]:
    entry: dict[str, object] = {item.name: getattr(settings, item.name) for item in fields(settings)}
    entry["optimizer"], entry["start"] = asdict(settings.optimizer), asdict(settings.start)
    if settings.batch_size is None:
        entry["batch_size"] = FULL_BATCH
    return entry


def _lines(rows: SampleRows) -> Iterator[str]:
    """A line for each sample."""
    labels = ["null" if index == UNLABELLED else index for index in rows.class_index.tolist()]
    columns = (rows.sample_id.tolist(), rows.height_cm.tolist(), rows.weight_kg.tolist(), labels)
    for number, height, weight, label, extra in zip(*columns, _extras(rows), strict=True):
        yield (
            f'    {{"id": {number}, "height_cm": {height!r}, "weight_kg": {weight!r}, '
            f'"class": {label}{extra}}}'
        )


def _extras(rows: SampleRows) -> list[str]:
    """What a line holds besides, where a sample is held out or carries several labels."""
    if not (rows.held_out.any() or rows.has_label_sets):
        return [""] * len(rows)
    return [
        (', "held_out": true' if held_out else "")
        + ("" if mask == NO_SET else f', "label_set": {[k for k in range(15) if mask >> k & 1]}')
        for held_out, mask in zip(rows.held_out.tolist(), rows.label_set.tolist(), strict=True)
    ]


def _pretty(value: Any, indent: str) -> str:  # noqa: ANN401 - anything that JSON holds
    """JSON on one line where it fits, else an entry a line."""
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    if len(line) <= _LINE or not isinstance(value, dict | list | tuple):
        return line
    inner = indent + _INDENT
    if isinstance(value, dict):
        entries = [f"{json.dumps(key)}: {_pretty(entry, inner)}" for key, entry in value.items()]
        return "{\n" + ",\n".join(inner + entry for entry in entries) + f"\n{indent}}}"
    if not any(isinstance(entry, dict | list | tuple) for entry in value):
        return line  # a row of numbers stays a row
    return "[\n" + ",\n".join(inner + _pretty(entry, inner) for entry in value) + f"\n{indent}]"
