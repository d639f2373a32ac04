"""Which class a name in a file means, in English and Korean."""

from __future__ import annotations

import pytest

from engine.document.state import ClassInfo
from gui.class_identity import are_called, class_called, identity_of, identity_of_name
from gui.i18n import BUILT_IN_CLASS_NAMES, Language, class_name


@pytest.fixture
def language(qapp):
    language = Language()
    yield language
    language.set_code("en")


@pytest.mark.parametrize("key", BUILT_IN_CLASS_NAMES)
@pytest.mark.parametrize("class_id", [0, 2, 11])
def test_a_built_in_class_is_known_by_its_name_in_each_language(language, key, class_id):
    info = ClassInfo(class_id, key=key)
    names = []
    for code in ("en", "ko"):
        language.set_code(code)
        names.append(class_name(info))
    assert names[0] != names[1]
    assert [identity_of_name(name) for name in names] == [identity_of(info)] * 2
    assert [class_called(name, class_id) for name in names] == [info] * 2


def test_no_two_built_in_classes_share_a_name():
    infos = [ClassInfo(class_id, key=key) for key in BUILT_IN_CLASS_NAMES for class_id in range(12)]
    names = {identity_of(info) for info in infos}
    assert len(names) == len(BUILT_IN_CLASS_NAMES) - 1 + 12


@pytest.mark.parametrize(
    "name", ["Normal", "class", "class ", "class 01", "class 1b", "class 1", "F", "범주"]
)
def test_any_other_name_stays_a_persons_own(qapp, name):
    assert class_called(name, 4) == ClassInfo(4, name=name)
    assert identity_of(ClassInfo(4, name=name)) == identity_of_name(name)


def test_names_are_those_of_classes_in_any_language_and_in_their_order(qapp):
    classes = (ClassInfo(0, key="normal"), ClassInfo(1, name="tall"), ClassInfo(4))
    assert are_called(classes, ["normal", "tall", "class 5"])
    assert are_called(classes, ["정상체중", "큰 키", "범주 5"])
    assert not are_called(classes, ["tall", "normal", "class 5"])
    assert not are_called(classes, ["normal", "tall", "class 3"])
    assert not are_called(classes, ["normal", "tall"])
    assert not are_called(classes, ["normal", "tall", "class 5", "a"])


def test_a_word_and_its_translation_as_two_classes_are_not_exchanged(qapp):
    classes = (ClassInfo(0, name="normal"), ClassInfo(1, name="정상체중"))
    assert are_called(classes, ["normal", "정상체중"])
    assert not are_called(classes, ["정상체중", "normal"])
