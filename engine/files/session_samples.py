"""The samples of a session file: decoded in pieces, so that a million of them hold up no other thread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP
from engine.files.session_errors import NUMBER_RELATIONS, fail, no_such_class, wrong_value
from engine.files.session_schema import samples_type
from engine.samples import NO_SET, UNLABELLED, SampleRows, Samples, lowest_label

PIECE_BYTES = 100_000
"""About a millisecond's work, in which msgspec lets no other thread of Python go on."""

_ROW_END = b"},\n"


def samples_from(text: bytes, next_id: int, n_classes: int) -> Samples:
    """Samples from the JSON list of them.

    Raises
    ------
    FallLineError
        With the place of what is of the wrong kind, or contradicts something else.
    UnicodeDecodeError
        If a text in it is not UTF-8: where in the file, only who has the whole of it can tell.
    """
    columns = [np.concatenate(parts) for parts in zip(*_decoded(text, n_classes), strict=True)]
    _check(columns, next_id, n_classes)
    return Samples((), next_id).put(SampleRows.make(*columns))


def _decoded(text: bytes, n_classes: int) -> list[list[NDArray[Any]]]:
    """Columns of the samples in pieces; of a text that has an error, or is set otherwise, in one."""
    import msgspec

    decoder = msgspec.json.Decoder(samples_type())
    try:
        return [_columns(decoder.decode(piece).samples) for piece in _pieces(text)]
    except (msgspec.MsgspecError, UnicodeDecodeError):
        pass
    try:
        return [_columns(decoder.decode(b'{"samples":' + text + b"}").samples)]
    except msgspec.ValidationError as error:
        raise wrong_value(error, n_classes) from None


def _pieces(text: bytes) -> Iterator[bytes]:
    """The list in pieces of whole lines, each an object of its own."""
    text = text.strip()
    if not (text.startswith(b"[") and text.endswith(b"]")):
        yield b'{"samples":' + text + b"}"
        return
    start, last = 1, len(text) - 1
    while True:
        end = text.find(_ROW_END, start + PIECE_BYTES, last)
        yield b'{"samples":[' + text[start : last if end < 0 else end + 1] + b"]}"
        if end < 0:
            return
        start = end + len(_ROW_END)


def _columns(rows: list[Any]) -> list[NDArray[Any]]:
    """The columns of `SampleRows` from decoded samples."""
    classes = [UNLABELLED if row.class_index is None else row.class_index for row in rows]
    sets = [
        NO_SET if row.label_set is None else sum(1 << label for label in set(row.label_set)) for row in rows
    ]
    return [
        np.array([row.id for row in rows], dtype=np.int64),
        np.array([row.height_cm for row in rows], dtype=np.float64),
        np.array([row.weight_kg for row in rows], dtype=np.float64),
        np.array(classes, dtype=np.int64),
        np.array([row.held_out for row in rows], dtype=np.bool_),
        np.array(sets, dtype=np.int16),
    ]


def _check(columns: list[NDArray[Any]], next_id: int, n_classes: int) -> None:
    """Ids increase, and every class exists and is the lowest of its sample's label set."""
    ids, class_index, label_set = columns[0], columns[3], columns[5]
    _fail_first(
        np.concatenate([[False], np.diff(ids) <= 0]) if ids.size else ids,
        "id",
        QT_TRANSLATE_NOOP("Engine", "{path}: ids must increase from sample to sample."),
    )
    if ids.size and ids[-1] >= next_id:
        fail("next_sample_id", NUMBER_RELATIONS[">"], bound=int(ids[-1]))
    has_set = label_set != NO_SET
    for is_wrong, key in (
        (class_index >= n_classes, "class"),
        (has_set & (label_set >> n_classes != 0), "label_set"),
    ):
        if is_wrong.any():
            raise no_such_class(f"samples[{int(np.flatnonzero(is_wrong)[0])}].{key}", n_classes)
    _fail_first(
        has_set & (class_index != lowest_label(label_set)),
        "class",
        QT_TRANSLATE_NOOP("Engine", "{path}: the class must be the lowest of the label set."),
    )


def _fail_first(is_wrong: NDArray[Any], key: str, template: str) -> None:
    """Name the first sample that is wrong, if one is."""
    rows = np.flatnonzero(is_wrong)
    if rows.size:
        fail(f"samples[{int(rows[0])}].{key}", template)
