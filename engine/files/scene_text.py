"""A scene as one line of text, to paste into a message: ``FALLLINE1:...:``, letters and digits, - and _.

It holds the whole document: samples (exactly: numbers of up to three decimals as whole numbers, all others as
they stand in memory), their classes, hold-outs and label sets, settings, the person's own line. It holds no
run and no weights: training from the start gives them again.

Between the colons is base64 (URL) of a CRC-32 and a zlib stream with a fixed dictionary. In that stream:
the length of a JSON head, the head (the document without samples, as `engine.files.session` writes it, and
the list of columns), then the columns one after the other, each with its bytes sorted by significance.
"""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.document.state import DocumentState
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.session import decode_state, encode_state
from engine.samples import NO_SET, UNLABELLED

VERSION = 1
MAX_SAMPLES = 5_000
MAX_CHARACTERS = 200_000
_MAX_BYTES = 500_000
_MAX_DECIMALS = 3
_LINE = re.compile(r"FALLLINE(?P<version>\d{1,6}):(?P<body>[A-Za-z0-9_\-\s>]*)(?P<end>:?)")
_WIDTHS = {"i1": 1, "i2": 2, "i4": 4, "i8": 8, "f8": 8}
_COLUMNS = ("id", "height_cm", "weight_kg", "class", "held_out", "label_set")

# What nearly every document has in its head. It is part of the format of version 1: it never changes.
_DICTIONARY = (
    b'"columns":[["height_cm","i2",1],["weight_kg","i2",1],["class","i1",0],["held_out","i1",0],'
    b'["label_set","i2",0],["id","i4",0],"f8",0]],"count":100,'
    b'"key":"underweight","key":"normal","key":"overweight","key":"obese","key":"tall","key":"class",'
    b'"marker":"square","marker":"diamond","marker":"cross","marker":"star","marker":"pentagon",'
    b'"kind":"exact","kind":"normal","kind":"adam","kind":"momentum","loss_mode":"cross_entropy",'
    b'"model":"softmax","activation":"relu","guess":{"per_cm":-0.2,"per_kg":0.2,"bias":1.0},'
    b'{"document":{"format":"fall-line-session","version":1,"classes":[{"id":0,"key":"no_diet","name":null,'
    b'"color":0,"marker":"circle"},{"id":1,"key":"needs_diet","name":null,"color":1,"marker":"triangle"}],'
    b'"settings":{"model":"logistic","loss_mode":"compare","optimizer":{"kind":"gd","learning_rate":0.1,'
    b'"momentum":0.9,"beta1":0.9,"beta2":0.999,"epsilon":1e-08},"batch_size":"full","start":{"kind":"zeros",'
    b'"spread":1.0,"parameters":[]},"seed":7,"threshold":0.5,"hidden":[8],"activation":"tanh",'
    b'"standardize":true,"bias":true,"held_out_share":0.0,"split_seed":0,"label_smoothing":0.0},"guess":null,'
    b'"next_sample_id":'
)

Column = tuple[str, str, int]
"""Name, kind of number, decimals."""


def is_scene_text(text: str) -> bool:
    """Whether a text looks like a scene in one line, whole or not."""
    return _LINE.search(text[:MAX_CHARACTERS]) is not None


def encode_scene_text(state: DocumentState) -> str:
    """The document as one line.

    Raises
    ------
    FallLineError
        If it has more samples than fit into a message.
    """
    count = len(state.samples)
    if count > MAX_SAMPLES:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "One line has room for {most} samples, and these are {count}: save a session instead.",
            ),
            most=MAX_SAMPLES,
            count=count,
        )
    document = json.loads(encode_state(state))
    for key in ("samples", "run", "layout", "program"):
        document.pop(key, None)
    columns: list[Column] = []
    parts: list[bytes] = []
    for name, values in _columns_of(state).items():
        kind, decimals, data = _packed(values)
        columns.append((name, kind, decimals))
        parts.append(data)
    head = json.dumps(
        {"columns": columns, "count": count, "document": document}, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8", errors="replace")
    return pack_line(struct.pack("<I", len(head)) + head + b"".join(parts))


def pack_line(payload: bytes) -> str:
    """A line around the stream's content, whatever it holds."""
    packer = zlib.compressobj(9, zdict=_DICTIONARY)
    packed = packer.compress(payload) + packer.flush()
    whole = struct.pack("<I", zlib.crc32(packed)) + packed
    return f"FALLLINE{VERSION}:{base64.urlsafe_b64encode(whole).decode('ascii').rstrip('=')}:"


def decode_scene_text(text: str) -> DocumentState:
    """Read the document back from a text with such a line in it, also one that a mail program has wrapped.

    Raises
    ------
    FallLineError
        If there is no line, or it is cut off, damaged, of a newer version, or holds what no document can.
    """
    if len(text) > MAX_CHARACTERS:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "This text is too long to be a scene in one line."))
    found = _LINE.search(text)
    if found is None:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "There is no scene in this text."))
    if int(found["version"]) > VERSION:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "This scene was copied from a newer Fall Line."))
    if not found["end"]:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine", "The scene is cut off: its line ends with a colon, and this one does not."
            )
        )
    head, columns = _unpacked(unpack_line(found["body"]))
    return _state(head, columns)


def _columns_of(state: DocumentState) -> dict[str, NDArray[Any]]:
    """The columns that say something: ids in a row, and hold-outs and label sets that nobody has, do not."""
    rows = state.samples.rows
    columns: dict[str, NDArray[Any]] = {
        "height_cm": rows.height_cm,
        "weight_kg": rows.weight_kg,
        "class": rows.class_index,
    }
    if rows.held_out.any():
        columns["held_out"] = rows.held_out.astype(np.int64)
    if rows.has_label_sets:
        columns["label_set"] = rows.label_set.astype(np.int64)
    if not np.array_equal(rows.sample_id, np.arange(len(rows))):
        columns["id"] = np.diff(rows.sample_id, prepend=0)
    return columns


def _packed(values: NDArray[Any]) -> tuple[str, int, bytes]:
    """Kind, decimals and bytes of a column, in the fewest bytes from which every number comes back."""
    decimals = 0
    if values.dtype == np.float64:
        for decimals in range(_MAX_DECIMALS + 1):
            with np.errstate(over="ignore"):
                whole = np.rint(values * 10.0**decimals)
            is_small = bool((np.abs(whole) < 2**31).all())
            if is_small and _same(whole.astype(np.int64) / 10.0**decimals, values):
                values = whole.astype(np.int64)
                break
        else:
            return "f8", 0, _by_significance(values, "f8")
    kind = next(kind for kind in ("i1", "i2", "i4", "i8") if _same(values.astype(f"<{kind}"), values))
    return kind, decimals, _by_significance(values, kind)


def _same(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Equal, and no negative zero among them that would come back as zero."""
    return bool(np.array_equal(one, other) and np.array_equal(np.signbit(one * 1.0), np.signbit(other * 1.0)))


def _by_significance(values: NDArray[Any], kind: str) -> bytes:
    width = _WIDTHS[kind]
    return values.astype(f"<{kind}").view(np.uint8).reshape(-1, width).T.tobytes()


def unpack_line(body: str) -> bytes:
    """What is between the colons, unpacked; its size is bounded before anything is made of it.

    Raises
    ------
    FallLineError
        If it is damaged or would take more room than any scene in one line.
    """
    damaged = FallLineError(
        QT_TRANSLATE_NOOP(
            "Engine", "The scene is damaged: its check sum is wrong. Copy the whole line again."
        )
    )
    letters = re.sub(r"[\s>]", "", body)
    try:
        whole = base64.b64decode(letters + "=" * (-len(letters) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise damaged from None
    if len(whole) < 4 or zlib.crc32(whole[4:]) != struct.unpack("<I", whole[:4])[0]:
        raise damaged
    unpacker = zlib.decompressobj(zdict=_DICTIONARY)
    try:
        payload = unpacker.decompress(whole[4:], _MAX_BYTES)
    except zlib.error:
        raise damaged from None
    if not unpacker.eof or unpacker.unused_data:
        raise _nonsense()
    return payload


def _unpacked(payload: bytes) -> tuple[dict[str, Any], dict[str, list[Any]]]:
    """The document without samples, and the samples' columns."""
    import msgspec

    if len(payload) < 4 or 4 + struct.unpack("<I", payload[:4])[0] > len(payload):
        raise _nonsense()
    at = 4 + struct.unpack("<I", payload[:4])[0]
    try:
        head = msgspec.json.decode(payload[4:at], type=_head_type())
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise _nonsense() from None
    columns: dict[str, list[Any]] = {}
    for name, kind, decimals in head.columns:
        size = _WIDTHS[kind] * head.count
        if name in columns or at + size > len(payload):
            raise _nonsense()
        bytes_ = np.frombuffer(payload[at : at + size], dtype=np.uint8).reshape(_WIDTHS[kind], head.count)
        values = np.ascontiguousarray(bytes_.T).view(f"<{kind}").ravel()
        columns[name] = (values / 10.0**decimals if decimals or kind == "f8" else values).tolist()
        at += size
    if at != len(payload) or not {"height_cm", "weight_kg", "class"} <= columns.keys():
        raise _nonsense()
    return head.document, columns


def _head_type() -> Any:  # noqa: ANN401 - msgspec makes the class
    from typing import Annotated, Literal

    import msgspec

    decimals = Annotated[int, msgspec.Meta(ge=0, le=_MAX_DECIMALS)]
    count = Annotated[int, msgspec.Meta(ge=0, le=MAX_SAMPLES)]
    name: Any = Literal[_COLUMNS]
    kind: Any = Literal[tuple(_WIDTHS)]
    columns: Any = list[tuple[name, kind, decimals]]
    return msgspec.defstruct(
        "Head",
        [("columns", columns), ("count", count), ("document", dict[str, Any])],
        forbid_unknown_fields=True,
    )


def _state(document: dict[str, Any], columns: dict[str, list[Any]]) -> DocumentState:
    """Checked as the document of a session is, sentence by sentence."""
    count = len(columns["class"])
    ids = np.cumsum(columns["id"]).tolist() if "id" in columns else range(count)
    samples = []
    for number, (sample_id, height, weight, label) in enumerate(
        zip(ids, columns["height_cm"], columns["weight_kg"], columns["class"], strict=True)
    ):
        if not (np.isfinite(height) and np.isfinite(weight)):
            raise _nonsense()
        row = {
            "id": int(sample_id),
            "height_cm": height,
            "weight_kg": weight,
            "class": None if label == UNLABELLED else int(label),
        }
        if "held_out" in columns:
            row["held_out"] = bool(columns["held_out"][number])
        if "label_set" in columns and columns["label_set"][number] != NO_SET:
            mask = int(columns["label_set"][number])
            row["label_set"] = [k for k in range(15) if mask >> k & 1]
        samples.append(row)
    return decode_state(json.dumps({**document, "samples": samples}, allow_nan=False).encode("utf-8"))


def _nonsense() -> FallLineError:
    return FallLineError(QT_TRANSLATE_NOOP("Engine", "The scene is whole, but holds what no document can."))
