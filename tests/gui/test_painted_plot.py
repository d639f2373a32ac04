"""The plots' frame: the vertical axis's title stands off the numbers of its axis."""

from __future__ import annotations

import pytest

from gui.plots.loss.axes import Axis
from gui.plots.painted_plot import PaintedPlot
from gui.theme import Appearance
from tests.gui.view_fakes import keep


@pytest.fixture
def plot(qtbot) -> PaintedPlot:
    appearance = Appearance()
    appearance.set_mode("light")
    plot = PaintedPlot(appearance)
    keep(qtbot, plot, appearance)
    plot.resize(240, 120)
    plot.set_axes(Axis(0.0, 1.0), Axis(0.0, 1.0), None, [(0.0, "0 %"), (1.0, "100 %")])
    return plot


def title_columns(plot: PaintedPlot) -> list[int]:
    """The columns in which the line of the title is not empty."""
    image = plot.grab().toImage()
    ground = plot.theme.card.rgb()
    rows = range(int(plot.note_height() / 2))  # above the uppermost number
    return [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in rows)]


def test_a_title_begins_where_the_axis_does(plot: PaintedPlot) -> None:
    plot.set_titles("", "share of all")
    assert min(title_columns(plot)) >= plot.area.left()


def test_a_long_title_begins_sooner_and_is_whole(plot: PaintedPlot) -> None:
    title = "share of all"
    while plot.note_width(title) < plot.width() - 8.0:
        title += "l"
    plot.set_titles("", title)
    columns = title_columns(plot)
    assert min(columns) < plot.area.left()
    assert max(columns) < plot.width() - 1
