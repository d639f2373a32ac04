"""Sessions: a document, its run where it stands, and the window's set-up, in one file that a person can read.

`docs/sessions.md` describes the format: UTF-8 JSON, a sample a line; every number comes back exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from engine.document.state import DocumentState
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.atomic import write_files
from engine.files.broken_reasons import broken_json, check_not_empty
from engine.files.reading import read_file
from engine.files.session_check import document_from, run_from, view_from
from engine.files.session_content import Session, SessionView
from engine.files.session_errors import NUMBER_RELATIONS, wrong_value
from engine.files.session_schema import header_type, session_type
from engine.files.session_text import run_entry, session_text, view_entry
from engine.version import VERSION as PROGRAM_VERSION

__all__ = [
    "SUFFIX",
    "Session",
    "SessionView",
    "decode_session",
    "decode_state",
    "encode_session",
    "encode_state",
    "read_session",
    "write_session",
]

SUFFIX = ".fallline"
FORMAT = "fall-line-session"
VERSION = 1

Document = dict[str, Any]
UPGRADES: Mapping[int, Callable[[Document], Document]] = {}
"""For each older version what makes its document one of the next version."""


def encode_session(session: Session) -> bytes:
    """The session as the bytes of a file."""
    return session_text(
        {"format": FORMAT, "version": VERSION, "program": f"Fall Line {PROGRAM_VERSION}"},
        session.state,
        {"run": run_entry(session.run), "layout": view_entry(session.view)},
    )


def decode_session(data: bytes) -> Session:
    """Read a session back.

    Raises
    ------
    FallLineError
        If the bytes are no session, or of a newer version, or something in it is missing, of the wrong kind,
        or contradicts something else; the sentence names the place.
    """
    found, state = _opened(data)
    return Session(state, run_from(found.run, state), view_from(found.layout))


def encode_state(state: DocumentState) -> bytes:
    """A document alone, without a run: a session that opens as any other."""
    return encode_session(Session(state))


def decode_state(data: bytes) -> DocumentState:
    """Read the document of a session back; raises as `decode_session` does. Its data revision is 0."""
    return _opened(data)[1]


def read_session(path: str | Path) -> Session:
    """Read a session file.

    Raises
    ------
    FallLineError
        If it cannot be read or holds no session; the sentence begins with its name.
    """
    path = Path(path)
    data = read_file(path)
    try:
        return decode_session(data)
    except FallLineError as error:
        raise FallLineError("{path}: {problem}", path=path.name, problem=error.message) from None


def write_session(path: str | Path, session: Session) -> None:
    """Write a session file, whole or not at all.

    Raises
    ------
    FallLineError
        If it cannot be written; what stood there before still does.
    """
    write_files({Path(path): encode_session(session)})


def _opened(data: bytes) -> tuple[Any, DocumentState]:
    """The structures of a session, whatever its version, and the document that they are."""
    import msgspec

    check_not_empty(data)
    try:
        found = _decoded(data)
        return found, document_from(found)
    except msgspec.ValidationError as error:
        raise wrong_value(error) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise broken_json(data, error) from None


def _decoded(data: bytes) -> Any:  # noqa: ANN401 - a structure that msgspec made
    """The structures of a session: types and ranges are right, but for the samples, which are text still."""
    import msgspec

    version = _version(msgspec.json.decode(data, type=header_type()))
    if version == VERSION:
        return msgspec.json.decode(data, type=session_type())
    older = _upgrade(msgspec.json.decode(data), version)
    return msgspec.json.decode(msgspec.json.encode(older), type=session_type())


def _version(header: Any) -> int:  # noqa: ANN401 - a structure that msgspec made
    """The version of the format; raises `FallLineError` where it is none that this program reads."""
    if header.format != FORMAT:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "This is not a session of Fall Line."))
    version = header.version
    if type(version) is not int or version < 1:
        raise FallLineError(NUMBER_RELATIONS[">="], path="version", bound=1)
    if version > VERSION:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "This session was made by a newer Fall Line: version {version} of the format; "
                "this program reads version {known}.",
            ),
            version=version,
            known=VERSION,
        )
    return version


def _upgrade(document: Document, from_version: int) -> Document:
    """Make a document of an older version one of the present version, a version at a time."""
    for version in range(from_version, VERSION):
        document = {**UPGRADES[version](document), "version": version + 1}
    return document
