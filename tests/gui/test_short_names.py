"""Names shortened to little room: never two of them alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from gui.theme import Appearance
from gui.widgets.short_names import short_names

_RIGHT = Qt.TextElideMode.ElideRight
NEEDED, NOT_NEEDED = "다이어트 필요", "다이어트 불필요"


@pytest.fixture
def metrics(qapp: QApplication) -> QFontMetricsF:
    return QFontMetricsF(Appearance().theme.font(13))


def test_names_with_enough_room_stay_whole(metrics: QFontMetricsF) -> None:
    room = metrics.horizontalAdvance(NOT_NEEDED) + 1.0
    assert short_names([NEEDED, NOT_NEEDED], metrics, room) == [NEEDED, NOT_NEEDED]


def test_names_that_begin_alike_are_told_apart_by_what_differs(metrics: QFontMetricsF) -> None:
    room = metrics.horizontalAdvance("…불필요") + 1.0
    assert metrics.elidedText(NEEDED, _RIGHT, room) == metrics.elidedText(NOT_NEEDED, _RIGHT, room)
    assert short_names([NOT_NEEDED, NEEDED], metrics, room) == ["…불필요", "…필요"]


def test_names_that_differ_at_once_lose_their_ends(metrics: QFontMetricsF) -> None:
    room = metrics.horizontalAdvance("underw…") + 1.0
    under, over = short_names(["underweight", "overweight"], metrics, room)
    assert (under[:2], over[:2]) == ("un", "ov")
    assert (under[-1], over[-1]) == ("…", "…")


def test_nothing_is_shown_where_nothing_tells_names_apart(metrics: QFontMetricsF) -> None:
    assert short_names([NEEDED, NOT_NEEDED], metrics, metrics.horizontalAdvance("…") + 1.0) == ["", ""]


@given(
    names=st.lists(st.text("가나다 ab", min_size=1, max_size=14), min_size=2, max_size=8),
    room=st.integers(0, 160),
)
def test_different_names_never_look_alike(qapp: QApplication, names: list[str], room: int) -> None:
    metrics = QFontMetricsF(Appearance().theme.font(11))
    texts = short_names(names, metrics, float(room))
    shown = {text: name for text, name in zip(texts, names, strict=True) if text}
    assert all(shown[text] == name for text, name in zip(texts, names, strict=True) if text)
    assert all(metrics.horizontalAdvance(text) <= room for text in texts)
