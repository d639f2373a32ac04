"""Which class a name in a file means: a built-in name is the same class in every language of the program."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QTranslator

from engine.document.state import ClassInfo
from gui.i18n import BUILT_IN_CLASS_NAMES, CATALOGUE_FOLDER, LANGUAGES, class_name

Identity = tuple[str, str]
"""The key of a built-in class and its number, which only "class" has; or no key and the person's own name."""

_NUMBER = "{number}"


def identity_of_name(name: str) -> Identity:
    """What class a name means, in whichever language it is."""
    for key, pattern in _patterns():
        before, place, after = pattern.partition(_NUMBER)
        if not place:
            if name == pattern:
                return key, ""
        elif name.startswith(before) and name.endswith(after):
            number = name[len(before) : len(name) - len(after)]
            if number.isascii() and number.isdecimal() and number[0] != "0":
                return key, number
    return "", name


def identity_of(info: ClassInfo) -> Identity:
    """What class this is; one that the person called as a built-in one is called is the same."""
    if info.name is not None:
        return identity_of_name(info.name)
    return info.key, str(info.class_id + 1) if _NUMBER in BUILT_IN_CLASS_NAMES[info.key] else ""


def are_called(classes: Sequence[ClassInfo], names: Sequence[str]) -> bool:
    """Whether these are the names of these classes, in this order and in any language."""
    if [class_name(info) for info in classes] == list(names):
        return True
    identities = [identity_of_name(name) for name in names]
    # Two names of one built-in class leave open which of them a translation would be.
    return len(set(identities)) == len(names) and identities == [identity_of(info) for info in classes]


def class_called(name: str, class_id: int) -> ClassInfo:
    """A class of a file: a built-in one, which follows the language, where it has the name of one."""
    key, number = identity_of_name(name)
    is_built_in = key and number in ("", str(class_id + 1))
    return ClassInfo(class_id, key=key) if is_built_in else ClassInfo(class_id, name=name)


@cache
def _patterns() -> tuple[tuple[str, str], ...]:
    """Key and name of every built-in class in every language."""
    found = list(BUILT_IN_CLASS_NAMES.items())
    for code in LANGUAGES:
        translator = QTranslator()
        if translator.load(f"fall-line_{code}", str(CATALOGUE_FOLDER)):
            names = (
                (key, translator.translate("ClassName", text)) for key, text in BUILT_IN_CLASS_NAMES.items()
            )
            found += [(key, name) for key, name in names if name]
    return tuple(found)
