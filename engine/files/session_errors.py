"""What is wrong with a session file, in a sentence that names the place."""

from __future__ import annotations

import logging
import re
from typing import NoReturn

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.broken_reasons import WRONG_FILE

_LOG = logging.getLogger(__name__)

_KINDS = {
    "int": QT_TRANSLATE_NOOP("Engine", "a whole number"),
    "float": QT_TRANSLATE_NOOP("Engine", "a number"),
    "str": QT_TRANSLATE_NOOP("Engine", "a text"),
    "bool": QT_TRANSLATE_NOOP("Engine", "true or false"),
    "array": QT_TRANSLATE_NOOP("Engine", "a list"),
    "object": QT_TRANSLATE_NOOP("Engine", "an object"),
    "null": "null",
}
_AT = re.compile(r"(?P<problem>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_TYPE = re.compile(r"Expected `(?P<expected>[a-z |]+)`, got `(?P<found>[a-z]+)`")
_RANGE = re.compile(r"Expected `(?:int|float)` (?P<relation>[<>]=?) (?P<bound>\S+)")
_LENGTH = re.compile(r"Expected `array` of length (?P<relation>[<>]=) (?P<bound>\d+)")
_EXACT_LENGTH = re.compile(r"Expected `array` of length (?P<bound>\d+).*")
_MISSING = re.compile(r"Object missing required field `(?P<key>.*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*)`", re.DOTALL)
_CHOICE = re.compile(r"Invalid enum value '?(?P<value>.*?)'?", re.DOTALL)
_LABEL = re.compile(r"samples\[\d+\]\.(?:class|label_set\[\d+\])")
_LONGEST_QUOTE = 60

NUMBER_RELATIONS = {
    "<=": QT_TRANSLATE_NOOP("Engine", "{path}: the number must be at most {bound}."),
    ">=": QT_TRANSLATE_NOOP("Engine", "{path}: the number must be at least {bound}."),
    "<": QT_TRANSLATE_NOOP("Engine", "{path}: the number must be less than {bound}."),
    ">": QT_TRANSLATE_NOOP("Engine", "{path}: the number must be greater than {bound}."),
}
LENGTH_RELATIONS = {
    "<=": QT_TRANSLATE_NOOP("Engine", "{path}: the length of the list must be at most {bound}."),
    ">=": QT_TRANSLATE_NOOP("Engine", "{path}: the length of the list must be at least {bound}."),
    "=": QT_TRANSLATE_NOOP("Engine", "{path}: the length of the list must be {bound}."),
}


def fail(path: str, template: str, **values: object) -> NoReturn:
    """Say what is wrong at a place of the file: a template with `{path}`, marked for translation."""
    raise FallLineError(template, path=path, **values)


def no_such_class(path: str, n_classes: int) -> FallLineError:
    """A label that is none of a session's classes, and which ones it has."""
    if n_classes < 2:
        return FallLineError(QT_TRANSLATE_NOOP("Engine", "{path}: there is no such class."), path=path)
    template = QT_TRANSLATE_NOOP(
        "Engine", "{path}: there is no such class; the session has only {count} classes, 0 to {last}."
    )
    return FallLineError(template, path=path, count=n_classes, last=n_classes - 1)


def wrong_value(error: Exception, n_classes: int = 0) -> FallLineError:
    """What msgspec's validation complains of, in the window's words; in samples of so many classes."""
    _LOG.debug("no session: %s", error)
    parts = _AT.fullmatch(str(error))
    problem, path = (parts["problem"], parts["path"] or "") if parts else (str(error), "")
    path = path.replace("[...]", "[]")
    if found := _MISSING.fullmatch(problem):
        text = QT_TRANSLATE_NOOP("Engine", "{path} is missing.")
        return FallLineError(text, path=_join(path, found["key"]))
    if found := _UNKNOWN.fullmatch(problem):
        return FallLineError(
            QT_TRANSLATE_NOOP("Engine", "{path} is not a known key."), path=_join(path, _short(found["key"]))
        )
    if found := _TYPE.fullmatch(problem):
        kinds = {"expected": _kinds(found["expected"]), "found": _kinds(found["found"])}
        if not path:
            return FallLineError(WRONG_FILE, **kinds)
        text = QT_TRANSLATE_NOOP("Engine", "{path}: expected {expected}, found {found}.")
        return FallLineError(text, path=path, **kinds)
    place = path or Message(QT_TRANSLATE_NOOP("Engine", "the file"))
    if found := _RANGE.fullmatch(problem):
        if _LABEL.fullmatch(path):
            return no_such_class(path, n_classes)
        return FallLineError(NUMBER_RELATIONS[found["relation"]], path=place, bound=found["bound"])
    if found := _LENGTH.fullmatch(problem) or _EXACT_LENGTH.fullmatch(problem):
        relation = found.groupdict().get("relation", "=")
        return FallLineError(LENGTH_RELATIONS[relation], path=place, bound=found["bound"])
    if found := _CHOICE.fullmatch(problem):
        return FallLineError(
            QT_TRANSLATE_NOOP("Engine", "{path}: “{value}” is not one of the possible values."),
            path=place,
            value=_short(found["value"]),
        )
    if "out of range" in problem:
        return FallLineError(QT_TRANSLATE_NOOP("Engine", "{path}: the number is too large."), path=place)
    return FallLineError(QT_TRANSLATE_NOOP("Engine", "{path}: this value cannot stand here."), path=place)


def _kinds(names: str) -> Message:
    """The words for one type, or for a type and null."""
    kinds = [name.strip() for name in names.split("|")]
    first = next((name for name in kinds if name != "null"), "null")
    word = Message(_KINDS.get(first, QT_TRANSLATE_NOOP("Engine", "another value")))
    if len(kinds) > 1 and "null" in kinds:
        return Message(QT_TRANSLATE_NOOP("Engine", "{kind} or null"), {"kind": word})
    return word


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _short(text: str) -> str:
    """A quote from the file that does not fill the window."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
