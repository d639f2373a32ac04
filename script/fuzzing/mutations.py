"""Mistakes put into valid files: into their bytes, or into what their envelope (ZIP, JSON, checksums) holds.

All of them take a seeded generator, a file and the format's valid files, and return another file.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import random
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from typing import Any

from engine.errors import FallLineError
from engine.files.scene_text import pack_line, unpack_line

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

TOKENS = (
    b"", b"0", b"-1", b"1e999", b"NaN", b"Infinity", b"null", b"true", b"[]", b"{}", b'""', b"9" * 20,
    b"1" * 5000, b"[" * 3000, b'{"a":' * 3000, b'"', b"\\ud800", b"\xff\xfe", b"\x00", b"\xef\xbb\xbf",
    b",", b";", b"\t", b"\r\n", b"\n", b"\r", b"'", b"\xb0\xa1", b"1,5", b"\x80" * 9, b"\xed\xa0\x80",
    b"\xe2\x80\xa8", b"\xc2\xa0", b"sep=,", b"XFD1048576", b"1048577", b"4294967295", b"&#x110000;",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>&b;", b"../../out",
)  # fmt: skip

_VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 0.5, 1e-308, 1e308, -1e308, 2**31, 2**53, 2**63, -(2**63) - 1, 10**400,
    1e999, float("nan"), "", "full", "\ud800", "\0", "{x}", "a" * 1000, [], {}, [[]], [None] * 20, {"": {}},
)  # fmt: skip
_INTEGERS = (0, 1, -1, 255, 2**15, 2**16 - 1, 2**31 - 1, 2**32 - 1, 2**63 - 1, -(2**63))
_PICKED = 20_000
"""Numbers written in digits are looked for in so many bytes."""


def in_bytes(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Change the file as it stands, in one place or several."""
    changed = bytearray(data)
    for _ in range(generator.choice((1, 1, 1, 2, 4, 16))):
        _change(generator, changed, valid)
    return bytes(changed)


def in_json(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Put other values and keys into a JSON document; one that is none is changed in its bytes."""
    if generator.random() < 0.3:
        return in_bytes(generator, data, valid)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return in_bytes(generator, data, valid)
    for _ in range(generator.choice((1, 1, 2, 4))):
        document = _with_change(generator, document)
    try:
        return json.dumps(document, ensure_ascii=generator.random() < 0.5).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return in_bytes(generator, data, valid)


def in_archive(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Change what a ZIP archive holds, its checksums being right."""
    if generator.random() < 0.2:
        return in_bytes(generator, data, valid)
    stream = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
            _copy_changed(generator, source, target)
    except Exception:  # whatever zipfile makes of a file that an earlier mistake has broken
        return in_bytes(generator, data, valid)
    return stream.getvalue()


def in_journal(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Change, drop, repeat or exchange lines of a recovery journal; most of them get their checksum."""
    lines = data.split(b"\n")
    at = generator.randrange(len(lines))
    kind = generator.randrange(8)
    if kind == 0:
        return in_bytes(generator, data, valid)
    if kind == 1:
        del lines[at]
    elif kind == 2:
        lines.insert(at, generator.choice(lines))
    elif kind == 3:
        lines[at] = generator.choice(generator.choice(valid).split(b"\n"))
    elif lines[at]:
        body = in_json(generator, lines[at].rpartition(b" ")[0], valid)
        lines[at] = body.replace(b"\n", b"") + b" %08x" % zlib.crc32(body.replace(b"\n", b""))
    return b"\n".join(lines)


def in_scene_text(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Change what a scene in one line holds, its checksum being right."""
    try:
        payload = unpack_line(data.decode("utf-8", "replace").split(":")[1])
    except (FallLineError, IndexError):
        payload = b""
    if len(payload) < 4 or generator.random() < 0.2:
        return in_bytes(generator, data, valid)
    end = 4 + struct.unpack("<I", payload[:4])[0]
    head, columns = payload[4:end], payload[end:]
    if generator.random() < 0.8:
        head = in_json(generator, head, [head])
    else:
        columns = in_bytes(generator, columns, [columns])
    length = len(head) if generator.random() < 0.95 else generator.getrandbits(32)
    return pack_line(struct.pack("<I", length) + head + columns).encode()


def in_weights_table(generator: random.Random, data: bytes, valid: Sequence[bytes]) -> bytes:
    """Put other cells into a table of weights, other JSON into its metadata, or rows elsewhere."""
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (ValueError, csv.Error):
        rows = []
    if not any(rows) or generator.random() < 0.3:
        return in_bytes(generator, data, valid)
    for _ in range(generator.choice((1, 1, 2, 4))):
        row = generator.choice([row for row in rows if row])
        column = generator.randrange(len(row))
        kind = generator.randrange(6)
        if kind == 0:
            rows.insert(generator.randrange(len(rows) + 1), list(row))
        elif kind == 1 and sum(map(bool, rows)) > 1:
            rows.remove(row)
        elif kind == 2 and row[column].startswith("{"):
            changed = in_json(generator, row[column].encode("utf-8", "surrogatepass"), valid)
            row[column] = changed.decode("utf-8", "replace")
        elif kind == 3:
            row[column] = generator.choice(generator.choice([row for row in rows if row]))
        else:
            row[column] = generator.choice(TOKENS).decode("utf-8", "replace")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=generator.choice(",,,;\t")).writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def _change(generator: random.Random, data: bytearray, valid: Sequence[bytes]) -> None:
    size = len(data)
    at = generator.randrange(size + 1)
    end = min(size, at + generator.choice((1, 1, 2, 4, 8, 64, 1024)))
    kind = generator.randrange(9)
    if kind == 0 and at < size:
        data[at] ^= 1 << generator.randrange(8)
    elif kind == 1 and at < size:
        data[at] = generator.randrange(256)
    elif kind == 2:
        del data[at:end]
    elif kind == 3:
        data[at:at] = data[at:end] * generator.choice((1, 2, 50))
    elif kind == 4:
        data[at:end] = generator.choice(TOKENS)
    elif kind == 5 and generator.random() < 0.3:
        del data[at:]
    elif kind == 6:
        other = generator.choice(valid)
        start = generator.randrange(len(other) + 1)
        data[at:end] = other[start : start + generator.choice((1, 8, 64, 1024))]
    elif kind == 7:
        width = generator.choice((2, 4, 8))
        number = generator.choice((*_INTEGERS, generator.getrandbits(40))) % (1 << 8 * width)
        data[at : at + width] = number.to_bytes(width, "little")
    else:
        _change_number(generator, data)


def _change_number(generator: random.Random, data: bytearray) -> None:
    """Put something else in the place of a number written in digits."""
    starts = [place for place, byte in enumerate(data[:_PICKED]) if 48 <= byte <= 57]
    if starts:
        at = generator.choice(starts)
        end = at
        while end < len(data) and data[end] in b"0123456789.eE+-":
            end += 1
        data[at:end] = generator.choice(TOKENS)


def _with_change(generator: random.Random, document: Any) -> Any:  # noqa: ANN401 - any JSON
    """The document with one value, chosen by a walk from its root, replaced, removed or renamed."""
    holder, key, value = None, None, document
    while isinstance(value, dict | list) and value and (holder is None or generator.random() < 0.85):
        holder = value
        key = generator.choice([*value]) if isinstance(value, dict) else generator.randrange(len(value))
        value = value[key]
    if holder is None:
        return _other_value(generator, document)
    kind = generator.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1 and isinstance(holder, dict):
        holder[generator.choice(("", "x", *holder))] = value
    elif kind == 1:
        holder.extend(holder[: generator.choice((1, 2, 100))])
    else:
        holder[key] = _other_value(generator, value)
    return document


def _other_value(generator: random.Random, value: object) -> object:
    """A value near another one, or far from it."""
    if isinstance(value, str) and len(value) >= 8 and generator.random() < 0.6:
        try:  # columns of numbers in a journal
            content = bytearray(base64.b64decode(value, validate=True))
        except (ValueError, binascii.Error):
            content = bytearray()
        if content:
            _change(generator, content, [bytes(content)])
            return base64.b64encode(content).decode()
    if isinstance(value, int | float) and not isinstance(value, bool) and generator.random() < 0.4:
        return generator.choice((value + 1, value - 1, -value, value * 1000, value // 3))
    return generator.choice(_VALUES)


def _copy_changed(generator: random.Random, source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    names = source.namelist()
    chosen = generator.choice(names)
    for name in names:
        content = source.read(name)
        if name == chosen:
            if generator.random() < 0.05:
                continue
            content = in_bytes(generator, content, [source.read(generator.choice(names))])
            if generator.random() < 0.1:
                name = generator.choice((*names, "../../out", "/out", "C:\\out"))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a name that is there twice
            target.writestr(name, content, generator.choice((0, 8)))
