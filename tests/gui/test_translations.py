"""The Korean catalogue: complete, with the same placeholders, and compiled from what stands there."""

from __future__ import annotations

import importlib.util
import re
import string
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]


def load_script():
    """`script/translations.py`, which is in no package."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "script" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


translations = load_script()


def catalogue() -> dict[tuple[str, str], str]:
    """Translation of every (context, text) in the catalogue; empty where it is unfinished."""
    found = {}
    for context in ElementTree.parse(translations.CATALOGUE).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            text = "" if translation.get("type") == "unfinished" else translation.text or ""
            found[context.findtext("name"), message.findtext("source")] = text
    return found


def placeholders(text: str) -> list[str]:
    """Names in braces, in order of the alphabet."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_visible_string_is_in_the_catalogue_and_finished():
    translated = catalogue()
    lacking = [pair for pair in translations.all_strings() if not translated.get(pair)]
    assert lacking == []
    assert len(translated) > 300


def test_the_catalogue_has_nothing_that_the_program_does_not_say():
    assert set(catalogue()) - set(translations.all_strings()) == set()


def test_placeholders_are_the_same_in_source_and_translation():
    wrong = [
        (source, text)
        for (_, source), text in catalogue().items()
        if placeholders(source) != placeholders(text)
    ]
    assert wrong == []


def test_access_keys_of_menus_are_kept():
    lost = [
        source
        for (context, source), text in catalogue().items()
        if context in ("Action", "Menu") and ("&" in source) != ("&" in text)
    ]
    assert lost == []


def test_translations_are_korean_where_they_differ():
    same = {source for (_, source), text in catalogue().items() if not re.search("[가-힣]", text)}
    wordy = {source for source in same if re.search(r"[a-z]{3,} [a-z]{3,}", source)}
    assert wordy == set()


def test_one_sentence_has_one_translation():
    taught = [text for (_, source), text in catalogue().items() if "The labels are for teaching" in source]
    assert len(taught) == 3  # in the dialog of BMI, about the program, and under the page to hand out
    assert all(text.endswith("레이블은 교육용이며 의학적 조언이 아닙니다.") for text in taught)


def korean_of_scenes() -> list[str]:
    """Every Korean text of the scenes."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "assets" / "scenes").glob("*.json")]
    return [korean for text in texts for korean in re.findall(r'"ko": "(.*)"', text)]


def test_convex_is_a_korean_word_and_the_english_one_at_most_stands_in_brackets():
    texts = [*catalogue().values(), *korean_of_scenes()]
    convex = [text for text in texts if "convex" in text]
    assert [text for text in convex if "볼록" not in text or re.search(r"convex(?!\))", text)] == []


def test_the_compiled_catalogue_is_that_of_the_source(tmp_path):
    fresh = tmp_path / "fresh.qm"
    translations.compile_catalogue(translations.CATALOGUE, fresh)
    assert translations.CATALOGUE.with_suffix(".qm").read_bytes() == fresh.read_bytes()


def test_qt_finds_every_translation(qapp):
    translator = QTranslator()
    assert translator.load(str(translations.CATALOGUE.with_suffix(".qm")))
    for (context, source), text in catalogue().items():
        # What is the same in both languages is left out of the compiled file.
        assert (translator.translate(context, source) or source) == text


def test_strings_are_collected_with_and_without_values(tmp_path):
    module = tmp_path / "said.py"
    module.write_text(
        'translate("A", "one {n}", n=1)\nMARK = QT_TRANSLATE_NOOP("B", "two")\nother("C", "no")\n'
    )
    assert list(translations.marked_strings(module)) == [("A", "one {n}"), ("B", "two")]


def test_a_mark_without_a_literal_is_refused(tmp_path):
    module = tmp_path / "said.py"
    module.write_text('translate(context, "lost")\n')
    with pytest.raises(ValueError, match="must be a literal"):
        list(translations.marked_strings(module))


def test_an_unfinished_translation_is_missing(tmp_path):
    path = tmp_path / "part.ts"
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?><TS><context><name>A</name>'
        "<message><source>done</source><translation>다 됨</translation></message>"
        '<message><source>begun</source><translation type="unfinished">덜</translation></message>'
        "<message><source>empty</source><translation></translation></message></context></TS>",
        encoding="utf-8",
    )
    assert translations.missing(path) == [("A", "begun"), ("A", "empty")]
