"""Commands and documents as they stand in a recovery journal (`docs/recovery.md`), and back.

All but samples is written as in a session and checked by its reader. Columns of samples are little-endian
binary in base64: exact, and quick for a million of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.document.commands import (
    ClassValues,
    Command,
    GuessValues,
    ReplaceValues,
    SampleValues,
    SettingsValues,
    SplitValues,
    Values,
)
from engine.document.state import DocumentState
from engine.files.session import decode_state, encode_state
from engine.samples import BLOCK_SIZE, NO_SET, SampleRows, Samples, join_rows

_COLUMNS = {
    "id": "<i8",
    "height_cm": "<f8",
    "weight_kg": "<f8",
    "class_index": "<i1",
    "held_out": "|b1",
    "label_set": "<i2",
}


def pieces(value: object) -> Iterator[bytes]:
    """JSON of a tree of dictionaries, lists, samples and what msgspec knows, piece by piece.

    Samples come a block at a time, so that other threads get their turn between two of a million.
    """
    import msgspec

    if isinstance(value, SampleRows | Samples):
        yield from _listed(map(_table, _blocks(value)))
    elif isinstance(value, list | tuple) and value and isinstance(value[0], dict):
        yield from _listed(value)
    elif isinstance(value, dict):
        mark = b"{"
        for key, entry in value.items():
            yield mark + msgspec.json.encode(key) + b":"
            yield from pieces(entry)
            mark = b","
        yield b"}" if value else b"{}"
    else:
        yield msgspec.json.encode(value)


def command_tree(command: Command) -> dict[str, object]:
    """A command as a tree for `pieces`."""
    return {
        "kind": command.kind,
        "values": _values_tree(command.values),
        "inverse": _values_tree(command.inverse),
    }


def document_tree(state: DocumentState) -> dict[str, object]:
    """A document as a tree for `pieces`. Its data revision is not kept."""
    document = _as_session(replace(state, samples=Samples()))
    return {
        **{key: document[key] for key in ("classes", "settings", "guess")},
        "next_sample_id": state.samples.next_id,
        "samples": state.samples,
    }


def command_from(found: Any) -> Command:  # noqa: ANN401 - of `command_type`
    """The command that was decoded.

    Raises
    ------
    ValueError, FallLineError
        If it makes no sense.
    """
    values, inverse = _values_from(found.values), _values_from(found.inverse)
    return Command(type(found).__struct_config__.tag, values, inverse)


def document_from(found: Any) -> DocumentState:  # noqa: ANN401 - of `document_type`
    """The document that was decoded, its samples in the blocks of before; raises as `command_from`."""
    state = _of_session({"classes": found.classes, "settings": found.settings, "guess": found.guess})
    blocks = tuple(block for table in found.samples if len(block := _rows_of(table)))
    for before, after in pairwise(blocks):
        if before.sample_id[-1] >= after.sample_id[0]:
            raise ValueError("sample ids must increase strictly")
    if blocks and blocks[-1].sample_id[-1] >= found.next_sample_id:
        raise ValueError("the next sample id must be a new one")
    for block in blocks:
        check_classes(block, len(state.classes))
    return replace(state, samples=Samples(blocks, found.next_sample_id))


def check_classes(rows: SampleRows, n_classes: int) -> None:
    """Raise `ValueError` where a sample's class, or a label of its set, is none of `n_classes`."""
    if not len(rows):
        return
    if rows.class_index.min() < -1 or rows.class_index.max() >= n_classes:
        raise ValueError("a sample's class must be one of the document's")
    if rows.label_set.min() < NO_SET or rows.label_set.max() >= 1 << n_classes:
        raise ValueError("a sample's labels must be classes of the document")


@cache
def document_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    """A document in a journal."""
    return _struct(
        "Document",
        {
            "classes": list[dict[str, Any]],
            "settings": dict[str, Any],
            "guess": dict[str, Any] | None,
            "next_sample_id": int,
            "samples": _list_of(table_type()),
        },
    )


@cache
def table_type() -> Any:  # noqa: ANN401
    """Columns of samples."""
    optional = {"held_out", "label_set"}
    return _struct("Table", {name: (bytes | None, None) if name in optional else bytes for name in _COLUMNS})


@cache
def command_type() -> Any:  # noqa: ANN401
    """A command of any kind."""
    tables = _list_of(table_type())
    samples = {"put": tables, "remove": bytes}
    kinds: dict[str, dict[str, Any]] = {
        "samples": samples,
        "classes": {
            "classes": list[dict[str, Any]],
            "index_map": list[int],
            **samples,
            "start": (dict[str, Any] | None, None),
        },
        "settings": {"changes": dict[str, Any]},
        "guess": {"guess": dict[str, Any] | None},
        "replace": {"document": document_type()},
        "split": {"share": float, "seed": int, "held_out": bytes},
    }
    union: Any = None
    for kind, entries in kinds.items():
        values = _struct(f"{kind.title()}Values", entries)
        command = _struct(f"{kind.title()}Command", {"values": values, "inverse": values}, kind)
        union = command if union is None else union | command
    return union


def _struct(name: str, entries: Mapping[str, Any], tag: str | None = None) -> Any:  # noqa: ANN401
    import msgspec

    listed = [(key, *entry) if isinstance(entry, tuple) else (key, entry) for key, entry in entries.items()]
    options: dict[str, Any] = {} if tag is None else {"tag": tag, "tag_field": "kind"}
    return msgspec.defstruct(name, listed, kw_only=True, forbid_unknown_fields=True, **options)


def _list_of(entry: Any) -> Any:  # noqa: ANN401
    return list[entry]


def _listed(values: Any) -> Iterator[bytes]:  # noqa: ANN401 - an iterable of trees
    mark = b"["
    for value in values:
        yield mark
        yield from pieces(value)
        mark = b","
    yield b"]" if mark == b"," else b"[]"


def _blocks(samples: SampleRows | Samples) -> Iterator[SampleRows]:
    if isinstance(samples, Samples):
        yield from samples.blocks
        return
    for start in range(0, len(samples), BLOCK_SIZE):
        yield samples.take(slice(start, start + BLOCK_SIZE))


def _table(rows: SampleRows) -> dict[str, bytes]:
    """Columns of one block; those that say nothing are left out."""
    table = {
        name: _bytes(column, kind)
        for (name, kind), column in zip(_COLUMNS.items(), rows.columns, strict=True)
    }
    if not rows.held_out.any():
        del table["held_out"]
    if not rows.has_label_sets:
        del table["label_set"]
    return table


def _rows_of(found: Any) -> SampleRows:  # noqa: ANN401 - of `table_type`
    columns = {
        name: None if (data := getattr(found, name)) is None else np.frombuffer(data, kind)
        for name, kind in _COLUMNS.items()
    }
    columns["sample_id"] = columns.pop("id")
    return SampleRows.make(**columns)  # type: ignore[arg-type]


def _joined(found: list[Any]) -> SampleRows:
    """The rows of several tables as one; their ids must increase from table to table, too."""
    rows = join_rows([_rows_of(table) for table in found])
    if len(found) > 1 and not bool(np.all(np.diff(rows.sample_id) > 0)):
        raise ValueError("sample ids must increase strictly")
    return rows


def _bytes(column: NDArray[Any], kind: str) -> bytes:
    return column.astype(kind).tobytes()


def _ids_of(data: bytes) -> NDArray[np.int64]:
    ids = np.frombuffer(data, "<i8").astype(np.int64)
    ids.flags.writeable = False
    return ids


def _values_tree(values: Values) -> dict[str, object]:
    if isinstance(values, SampleValues):
        return {"put": values.put, "remove": _bytes(values.remove, "<i8")}
    if isinstance(values, ClassValues):
        tree: dict[str, object] = {
            "classes": _as_session(DocumentState(classes=values.classes))["classes"],
            "index_map": list(values.index_map),
            "put": values.put,
            "remove": _bytes(values.remove, "<i8"),
        }
        start = {} if values.start is None else _settings_tree({"start": values.start})
        return {**tree, **start}
    if isinstance(values, SettingsValues):
        return {"changes": _settings_tree(values.changes)}
    if isinstance(values, SplitValues):
        return {"share": values.share, "seed": values.seed, "held_out": _bytes(values.held_out, "<i8")}
    if isinstance(values, GuessValues):
        return {"guess": _as_session(DocumentState(guess=values.guess))["guess"]}
    return {"document": document_tree(values.state)}


def _values_from(found: Any) -> Values:  # noqa: ANN401 - the values of a `command_type`
    names = found.__struct_fields__
    if "classes" in names:
        return ClassValues(
            _of_session({"classes": found.classes}).classes,
            tuple(found.index_map),
            _joined(found.put),
            _ids_of(found.remove),
            None if found.start is None else _of_session({"settings": {"start": found.start}}).settings.start,
        )
    if "put" in names:
        return SampleValues(_joined(found.put), _ids_of(found.remove))
    if "changes" in names:
        settings = _of_session({"settings": found.changes}).settings
        known = {item.name for item in fields(settings)}
        return SettingsValues({name: getattr(settings, name) for name in found.changes if name in known})
    if "share" in names:
        return SplitValues(found.share, found.seed, _ids_of(found.held_out))
    if "guess" in names:
        return GuessValues(_of_session({"guess": found.guess}).guess)
    return ReplaceValues(document_from(found.document))


def _settings_tree(changes: Mapping[str, object]) -> dict[str, object]:
    """Fields of `Settings` as they stand in a session."""
    settings = replace(DocumentState().settings, **changes)  # type: ignore[arg-type]
    written = _as_session(DocumentState(settings=settings))["settings"]
    return {name: written[name] for name in changes}


def _as_session(state: DocumentState) -> dict[str, Any]:
    """What stands in the session of a document without samples."""
    import msgspec

    document: dict[str, Any] = msgspec.json.decode(encode_state(state))
    return document


def _of_session(parts: Mapping[str, object]) -> DocumentState:
    """The document of a session of which only some parts are known."""
    import msgspec

    return decode_state(msgspec.json.encode({**_empty_session(), **parts}))


@cache
def _empty_session() -> dict[str, Any]:
    return _as_session(DocumentState())
