"""Name tags: inside the view, on their line, never over one another, and steady from frame to frame."""

from __future__ import annotations

import itertools
import math

import pytest
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF

from gui.canvas.name_tags import NameTags, TagSpec, place_tag
from gui.theme import make_theme

BOUNDS = QRectF(0.0, 0.0, 400.0, 300.0)
SIZE = QSizeF(40.0, 20.0)


def turned_line(degrees: float, through: QPointF | None = None) -> QLineF:
    center = through or BOUNDS.center()
    way = QPointF(math.cos(math.radians(degrees)), math.sin(math.radians(degrees))) * 1000.0
    return QLineF(center - way, center + way)


def place(line: QLineF, occupied=(), before=None) -> QRectF | None:
    return place_tag((line,), SIZE, BOUNDS, occupied, before, 1.0)


def distance_from(line: QLineF, point: QPointF) -> float:
    normal = line.normalVector().unitVector()
    away = point - line.p1()
    return abs(away.x() * normal.dx() + away.y() * normal.dy())


@pytest.mark.parametrize("degrees", range(0, 180, 15))
def test_a_tag_stands_on_its_line_inside_the_view_near_an_end(degrees):
    line = turned_line(degrees)
    rect = place(line)
    assert BOUNDS.contains(rect)
    assert distance_from(line, rect.center()) < 1.5
    to_edge = min(rect.left(), rect.top(), 400.0 - rect.right(), 300.0 - rect.bottom())
    assert to_edge < 12.0


def test_a_line_out_of_view_has_no_tag():
    assert place(QLineF(-100.0, -50.0, 500.0, -50.0)) is None


def test_a_line_that_cuts_a_corner_keeps_its_tag_inside():
    rect = place(QLineF(0.0, 12.0, 12.0, 0.0))
    assert BOUNDS.contains(rect)


def test_equal_lines_have_their_tags_apart():
    tags = NameTags()
    theme = make_theme(dark=False)
    lines = (turned_line(35.0),)
    specs = [TagSpec(str(number), "BCE", lines, theme.ink, theme.plot) for number in range(4)]
    tags.place(specs, BOUNDS, theme)
    assert len(tags.tags) == 4
    for one, other in itertools.combinations(tags.tags, 2):
        assert not one.rect.intersects(other.rect)


def test_a_tag_keeps_clear_of_what_is_taken():
    line = turned_line(20.0)
    first = place(line)
    assert not place(line, [first]).intersects(first)


def test_a_turning_line_takes_its_tag_along_without_a_jump():
    before, steps = None, []
    for degrees in range(20, 160):
        rect = place(turned_line(degrees), before=before)
        if before is not None:
            steps.append(QLineF(before, rect.center()).length())
        before = rect.center()
    assert max(steps) < 20.0


def test_a_tag_stays_at_its_end_whichever_end_of_the_line_is_named_first():
    line = turned_line(40.0)
    for end in (line.p1(), line.p2()):
        kept = place(line, before=end)
        assert QLineF(kept.center(), end).length() < QLineF(BOUNDS.center(), end).length()
        assert place(QLineF(line.p2(), line.p1()), before=end) == kept


def test_the_tag_under_a_pixel_is_found(qapp):
    tags, theme = NameTags(), make_theme(dark=True)
    tags.place([TagSpec("one", "MSE", (turned_line(0.0),), theme.grey, theme.plot)], BOUNDS, theme)
    assert tags.key_at(tags.tags[0].rect.center()) == "one"
    assert tags.key_at(QPointF(200.0, 20.0)) is None
