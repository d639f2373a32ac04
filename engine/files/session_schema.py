"""The structures that a session file must have, for msgspec: types, ranges, and no unknown keys.

They are made from the program's own dataclasses, so that a new setting is part of the format at once; a key
that a file does not have takes the program's default. msgspec is loaded with the first session.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

from engine.document.state import BUILT_IN_CLASS_KEYS, ClassInfo, GuessLine, Settings
from engine.files.session_content import SessionView
from engine.running.history import CURVE_CAPACITY, MARK_CAPACITY
from engine.scaling import Standardizer
from engine.snapshots import MarkKind, Memory
from engine.specs import (
    MAX_CLASSES,
    MAX_HIDDEN_LAYERS,
    MAX_HIDDEN_UNITS,
    LossName,
    ModelKind,
    OptimizerSpec,
    StartSpec,
)

FULL_BATCH = "full"
LARGEST = 2**53
"""Whole numbers up to here are exact in every program that reads JSON."""


@cache
def header_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """What tells whether a file is a session, and of which version."""
    import msgspec

    return msgspec.defstruct("Header", [("format", Any, None), ("version", Any, None)])


@cache
def session_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """A session of the present version; its samples are left as text (`samples_type`)."""
    import msgspec

    count = Annotated[int, msgspec.Meta(ge=0, le=LARGEST)]
    classes: Any = Annotated[_list_of(_class_type()), msgspec.Meta(max_length=MAX_CLASSES)]
    return _struct(
        "Session",
        {
            "format": str,
            "version": int,
            "program": (str | None, None),
            "classes": classes,
            "settings": _settings_type(),
            "guess": (_struct_of(GuessLine) | None, None),
            "run": (_run_type() | None, None),
            "layout": (view_type(), None),
            "next_sample_id": count,
            "samples": msgspec.Raw,
        },
    )


@cache
def samples_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """The samples of a session, as an object with this one key, so that errors name their place."""
    return _struct("Samples", {"samples": _list_of(_sample_type())})


def _sample_type() -> Any:  # noqa: ANN401
    from msgspec import Meta

    label = Annotated[int, Meta(ge=0, lt=MAX_CLASSES)]
    return _struct(
        "Sample",
        {
            "id": Annotated[int, Meta(ge=0, lt=LARGEST)],
            "height_cm": float,
            "weight_kg": float,
            "class": label | None,
            "held_out": (bool, False),
            "label_set": (Annotated[_list_of(label), Meta(max_length=MAX_CLASSES)], None),
        },
        gc=False,  # a million of them would keep Python's collector busy, and none refers to another
    )


def _class_type() -> Any:  # noqa: ANN401
    from msgspec import Meta

    return _struct_of(
        ClassInfo,
        {
            "class_id": Annotated[int, Meta(ge=0, lt=LARGEST)],
            "key": Literal[BUILT_IN_CLASS_KEYS],
            "color": Annotated[int, Meta(ge=0, le=7)],
        },
        {"class_id": "id"},
    )


def _settings_type() -> Any:  # noqa: ANN401
    from msgspec import Meta

    above_0, below_1 = Annotated[float, Meta(gt=0)], Annotated[float, Meta(ge=0, lt=1)]
    seed = Annotated[int, Meta(ge=0, le=LARGEST)]
    units = Annotated[int, Meta(ge=1, le=MAX_HIDDEN_UNITS)]
    optimizer = _struct_of(
        OptimizerSpec,
        {
            "learning_rate": above_0,
            "momentum": below_1,
            "beta1": below_1,
            "beta2": below_1,
            "epsilon": above_0,
        },
    )
    return _struct_of(
        Settings,
        {
            "optimizer": optimizer,
            "batch_size": Annotated[int, Meta(ge=1, le=LARGEST)] | Literal["full"],
            "start": _struct_of(StartSpec, {"spread": Annotated[float, Meta(ge=0)]}),
            "seed": seed,
            "threshold": Annotated[float, Meta(ge=0, le=1)],
            "hidden": Annotated[tuple[units, ...], Meta(min_length=1, max_length=MAX_HIDDEN_LAYERS)],
            "held_out_share": below_1,
            "split_seed": seed,
            "label_smoothing": below_1,
        },
    )


def _run_type() -> Any:  # noqa: ANN401
    from msgspec import Meta

    count = Annotated[int, Meta(ge=0, le=LARGEST)]
    std = Annotated[float, Meta(gt=0)]
    rows = Annotated[list[list[float]], Meta(min_length=1, max_length=2)]
    counts = Annotated[list[Annotated[int, Meta(ge=-1, le=LARGEST)]], Meta(min_length=2, max_length=2)]
    memory = _struct_of(
        Memory,
        {
            "slots": Annotated[list[rows], Meta(max_length=2)],
            "optimizer_step": count,
            "epoch": count,
            "position": count,
            "mistakes": Annotated[list[counts], Meta(max_length=2)] | None,
        },
    )
    return _struct(
        "Run",
        {
            "step": count,
            "losses": list[LossName],
            "kinds": (list[ModelKind], None),
            "scaler": _struct_of(Standardizer, {"std_height_cm": std, "std_weight_kg": std}),
            "parameters": rows,
            "memory": (memory | None, None),
            "curve": (_curve_type() | None, None),
        },
    )


def _curve_type() -> Any:  # noqa: ANN401
    from msgspec import Meta

    rows = Annotated[list[list[float | None]], Meta(max_length=CURVE_CAPACITY)]
    mark = _struct("Mark", {"step": Annotated[int, Meta(ge=0, le=LARGEST)], "kind": MarkKind})
    marks: Any = Annotated[_list_of(mark), Meta(max_length=MARK_CAPACITY)]
    return _struct("Curve", {"records": rows, "held_out": (rows | None, None), "marks": (marks | None, None)})


@cache
def view_type() -> Any:  # noqa: ANN401
    """The window's set-up."""
    from msgspec import Meta

    return _struct_of(
        SessionView,
        {
            "selected_model": Annotated[int, Meta(ge=0, le=1)],
            "current_class": Annotated[int, Meta(ge=0, lt=MAX_CLASSES)],
            "speed": Annotated[float, Meta(gt=0)] | None,
        },
    )


def _list_of(entry: Any) -> Any:  # noqa: ANN401
    return list[entry]


def _struct_of(
    source: type, types: Mapping[str, Any] | None = None, names: Mapping[str, str] | None = None
) -> Any:  # noqa: ANN401
    """A structure with the fields of a dataclass; a field with a default may be left out (None then).

    `types` take the place of the dataclass's own, `names` are the keys in the file.
    """
    types, names = types or {}, names or {}
    hints = get_type_hints(source)
    entries: dict[str, Any] = {}
    for item in fields(source):
        kind = types.get(item.name, hints[item.name])
        is_required = item.default is MISSING and item.default_factory is MISSING
        entries[names.get(item.name, item.name)] = kind if is_required else (kind, None)
    return _struct(source.__name__, entries)


def _struct(name: str, entries: Mapping[str, Any], gc: bool = True) -> Any:  # noqa: ANN401
    """A structure by its keys in the file: a type, or a type and what stands for a key that is not there.

    The key "class", a word of Python's own, is the attribute `class_index`.
    """
    import msgspec

    listed: list[tuple[str, Any, Any]] = []
    for key, entry in entries.items():
        attribute = "class_index" if key == "class" else key
        if isinstance(entry, tuple):
            listed.append((attribute, entry[0], msgspec.field(name=key, default=entry[1])))
        else:
            listed.append((attribute, entry, msgspec.field(name=key)))
    return msgspec.defstruct(name, listed, kw_only=True, forbid_unknown_fields=True, gc=gc)
