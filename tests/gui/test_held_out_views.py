"""Held-out samples in the window: set by slider or hand, hollow on the canvas, measured beside training."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.document.state import MARKERS
from engine.running.history import LossCurve
from engine.samples import UNLABELLED, Samples
from engine.snapshots import LossRecords
from engine.split import held_out_mask, marked
from gui.canvas.markers import Look, MarkerLayer, Stamps
from gui.canvas.viewport import Viewport
from gui.frame import Frame
from gui.interaction import Interaction
from gui.panels.held_out_section import HeldOutSection, parse_share, share_text
from gui.panels.status_readout import StatusReadout
from gui.plots.loss.axes import Axis
from gui.plots.loss.curve_geometry import curve_geometry
from gui.plots.loss.plot import LossPlot
from gui.theme import Appearance, make_theme
from gui.widgets.controls import TroubleLabel
from gui.widgets.number_field import FieldError
from tests.gui.canvas_stage import Stage, class_infos
from tests.gui.view_fakes import FakeController, document_of, frame_of, keep
from tests.gui.window_driver import groove_point, handle_center, open_window

LEFT, NO_KEYS = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
HELD_OUT_METRICS = np.array([[0.3, 0.09, 0.25], [1.4, 0.5, 0.5]])


def held_out_ids(document) -> list[int]:
    rows = document.state.samples.rows
    return rows.sample_id[rows.held_out].tolist()


# --- the slider in the left column ----------------------------------------------------------------


class Column:
    def __init__(self, qtbot: QtBot) -> None:
        self.document = document_of(2)
        self.appearance = Appearance()
        self.view = HeldOutSection(self.document, self.appearance)
        keep(qtbot, self.view, self)
        self.view.resize(220, 90)
        with qtbot.waitActive(self.view):
            self.view.show()
            self.view.activateWindow()

    def drag(self, *shares_of_the_groove: float) -> None:
        slider = self.view.share.slider
        QTest.mousePress(slider, LEFT, NO_KEYS, handle_center(slider))
        for share in shares_of_the_groove:
            QTest.mouseMove(slider, groove_point(slider, share))
        QTest.mouseRelease(slider, LEFT, NO_KEYS, groove_point(slider, shares_of_the_groove[-1]))

    def type(self, text: str) -> None:
        field = self.view.share.field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def column(qtbot: QtBot) -> Column:
    return Column(qtbot)


def test_without_held_out_samples_there_is_the_share_alone(column: Column) -> None:
    assert column.view.share.field.text() == "0 %"
    assert not column.view.note.isVisible()
    assert not column.view.new_split.isVisible()


def test_a_drag_of_the_slider_is_one_command(column: Column) -> None:
    column.drag(0.3, 0.7, 1.0)
    state = column.document.state
    assert state.settings.held_out_share == 0.5
    assert held_out_ids(column.document) == np.flatnonzero(held_out_mask(state.samples, 0.5, 0)).tolist()
    assert column.document.undo_stack.count() == 1
    assert column.document.undo_text == "Change the held-out share"
    assert column.view.share.field.text() == "50 %"
    assert column.view.note.text() == "10 of 20 samples, hollow"
    column.document.undo_stack.undo()
    assert held_out_ids(column.document) == []
    assert column.view.share.field.text() == "0 %"
    assert not column.view.note.isVisible()


def test_a_typed_share_is_taken_and_one_that_is_too_large_is_told(column: Column) -> None:
    column.type("20 %")
    assert column.document.state.samples.held_out_counts == {0: 2, 1: 2}
    column.type("60")
    assert column.document.state.settings.held_out_share == 0.2
    trouble = column.view.share.findChild(TroubleLabel)
    assert trouble.isVisible()
    assert trouble.text() == "The held-out share is from 0 % to 50 %."


def test_a_new_split_holds_others_out_as_many_of_each_class(column: Column) -> None:
    column.type("50")
    before = held_out_ids(column.document)
    seen = set()
    for _ in range(12):
        QTest.mouseClick(column.view.new_split, LEFT, NO_KEYS, column.view.new_split.rect().center())
        assert column.document.state.samples.held_out_counts == {0: 5, 1: 5}
        assert column.document.undo_text == "New train/test split"
        seen.add(tuple(held_out_ids(column.document)))
    assert len(seen) > 1
    for _ in range(12):
        column.document.undo_stack.undo()
    assert held_out_ids(column.document) == before


def test_samples_added_later_are_counted(column: Column) -> None:
    column.type("50")
    column.document.add_samples([170.0] * 4, [60.0] * 4, 1)
    assert column.view.note.text() == "12 of 24 samples, hollow"


def test_samples_held_out_by_hand_are_told_without_a_share(column: Column) -> None:
    column.document.set_held_out([3], True)
    assert column.view.note.isVisible()
    assert column.view.note.text() == "1 of 20 samples, hollow"
    assert not column.view.new_split.isVisible()


@pytest.mark.parametrize(("share", "text"), [(0.0, "0 %"), (0.2, "20 %"), (0.125, "12.5 %"), (0.15, "15 %")])
def test_a_share_reads_back_from_its_text(share: float, text: str) -> None:
    assert share_text(share) == text
    assert parse_share(text) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize("text", ["-1", "50.1", "100 %", "x", ""])
def test_what_is_no_share_is_refused(text: str, qapp: object) -> None:
    with pytest.raises(FieldError):
        parse_share(text)


# --- the canvas -----------------------------------------------------------------------------------


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    stage = Stage(qtbot)
    stage.show_model([0.05, 0.1, -15.0], [0.0, 0.2, -13.0])
    return stage


def trigger(menu, name: str) -> None:
    menu.findChild(QAction, name).trigger()
    menu.close()


def names(menu) -> set[str]:
    return {action.objectName() for action in menu.actions()}


def test_a_samples_menu_holds_it_out_and_uses_it_again(stage: Stage) -> None:
    menu = stage.right_click(stage.sample_px(2))
    assert not menu.findChild(QAction, "held_out").isChecked()
    trigger(menu, "held_out")
    assert held_out_ids(stage.document) == [2]
    assert stage.document.undo_text == "Hold a sample out of training"
    menu = stage.right_click(stage.sample_px(2))
    assert menu.findChild(QAction, "held_out").isChecked()
    trigger(menu, "held_out")
    assert held_out_ids(stage.document) == []
    assert stage.document.undo_text == "Use a sample for training"


def test_a_selections_menu_holds_all_of_it_out_or_uses_it(stage: Stage) -> None:
    stage.interaction.set_selected_ids({0, 1, 3})
    menu = stage.right_click(stage.sample_px(1))
    assert "use_for_training" not in names(menu)
    trigger(menu, "hold_out")
    assert held_out_ids(stage.document) == [0, 1, 3]
    assert stage.document.undo_text == "Hold 3 samples out of training"
    menu = stage.right_click(stage.sample_px(1))
    assert "hold_out" not in names(menu)
    trigger(menu, "use_for_training")
    assert held_out_ids(stage.document) == []
    stage.document.set_held_out([3], True)
    menu = stage.right_click(stage.sample_px(1))
    assert {"hold_out", "use_for_training"} <= names(menu)
    menu.close()


def test_what_a_held_out_sample_contributes_is_told(stage: Stage) -> None:
    menu = stage.right_click(stage.sample_px(1))
    assert "mean over 4 samples" in menu.panel.text
    menu.close()
    stage.document.set_held_out([1], True)
    stage.show_model([0.05, 0.1, -15.0], [0.0, 0.2, -13.0])
    menu = stage.right_click(stage.sample_px(1))
    assert "no part of the loss" in menu.panel.text
    menu.close()
    menu = stage.right_click(stage.sample_px(2))
    assert "mean over 3 samples" in menu.panel.text
    menu.close()


def stamp(dark: bool, index: int, *, held_out: bool) -> QImage:
    look = Look.of(class_infos(8), make_theme(dark=dark), 100, 1.0)
    stamps = Stamps(look)
    samples = Samples.from_columns([170.0], [60.0], [index], [held_out])
    return stamps.pictures[int(stamps.numbers(samples.rows, np.array([False]))[0])].toImage()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("index", range(8), ids=MARKERS)
def test_a_held_out_marker_of_every_shape_is_hollow(dark: bool, index: int) -> None:
    theme = make_theme(dark=dark)
    filled, hollow = (stamp(dark, index, held_out=held_out) for held_out in (False, True))
    middle = filled.rect().center()
    assert filled.pixelColor(middle) == theme.class_fill(index)
    assert hollow.pixelColor(middle) == theme.plot
    line = theme.class_line(index)
    distances = [
        abs(np.array(color.getRgb()[:3], dtype=int) - line.getRgb()[:3]).max()
        for color in (hollow.pixelColor(x, y) for x in range(hollow.width()) for y in range(hollow.height()))
        if color.alpha() > 200
    ]
    assert min(distances) < 40


# --- the loss plot and the status bar -------------------------------------------------------------


def judged_frame(document, step: int = 100, *, judged_from: int = 0, judged: bool = True) -> Frame:
    """A run whose held-out error lies above the training error from a step on."""
    steps = np.arange(step + 1)
    values = np.zeros((steps.size, 2, 3))
    values[:, 0] = np.linspace(0.8, 0.16, steps.size)[:, None]
    values[:, 1] = 0.45
    held_out = np.where(steps[:, None, None] >= judged_from, values + 0.1, np.nan)
    curve = LossCurve(2)
    curve.append(LossRecords(1, steps, values, held_out=held_out if judged else None))
    frame = frame_of(document, curve, step=step)
    metrics = HELD_OUT_METRICS if judged else None
    return replace(frame, snapshot=replace(frame.snapshot, held_out_metrics=metrics))


class Plot:
    def __init__(self, qtbot: QtBot) -> None:
        self.document = document_of(2)
        self.interaction = Interaction(self.document)
        self.controller = FakeController()
        self.appearance = Appearance()
        self.appearance.set_mode("light")
        self.view = LossPlot(self.document, self.interaction, self.controller, self.appearance)  # type: ignore[arg-type]
        keep(qtbot, self.view, self)
        self.view.resize(560, 340)
        self.view.show()
        QTest.qWaitForWindowExposed(self.view)

    @property
    def chart(self):
        return self.view.chart

    def show(self, **keys) -> None:
        self.view.show_frame(judged_frame(self.document, **keys))
        self.chart.repaint()

    def curve(self, model: int, *, held_out: bool):
        series = self.chart.content.series
        index = next(k for k, one in enumerate(series) if (one.model, one.held_out) == (model, held_out))
        return self.chart.geometries[index]


@pytest.fixture
def plot(qtbot: QtBot) -> Plot:
    return Plot(qtbot)


def test_each_model_has_a_curve_for_the_held_out_samples_in_its_own_colour(plot: Plot) -> None:
    plot.show()
    series = [(one.model, one.loss, one.held_out) for one in plot.chart.content.series]
    assert series == [(0, "bce", False), (0, "bce", True), (1, "mse", False), (1, "mse", True)]
    assert plot.chart.end_texts == [
        "BCE: training 16 %, held out 26 %", "", "MSE: training 45 %, held out 55 %", "",
    ]  # fmt: skip
    assert plot.view.sentence.text() == "Both models measured with the same ruler. Thin: held out."
    assert plot.curve(0, held_out=True).y[-1] < plot.curve(0, held_out=False).y[-1]


def test_without_held_out_samples_there_is_one_curve_a_model(plot: Plot) -> None:
    plot.show()
    plot.show(judged=False)
    assert [one.held_out for one in plot.chart.content.series] == [False, False]
    assert plot.chart.end_texts == ["trained on BCE: 16 %", "trained on MSE: 45 %"]
    assert "held out" not in plot.view.sentence.text()


def test_both_values_of_a_model_are_shown_on_hover(plot: Plot) -> None:
    plot.show()
    area = plot.chart.plot_area
    QTest.mouseMove(plot.chart, QPoint(round(area.left()) + 2, round(area.center().y())))
    reading = plot.chart.reading
    assert reading is not None
    assert reading.values[:2] == pytest.approx((0.8, 0.9), abs=0.02)
    texts = [
        plot.view._value_text(*pair) for pair in zip(plot.chart.content.series, reading.values, strict=True)
    ]
    assert texts[0].startswith("BCE, training: ")
    assert texts[3] == "MSE, held out: 55 %"
    plot.chart.repaint()


def test_a_curve_that_begins_later_is_drawn_from_there(plot: Plot) -> None:
    plot.show(judged_from=60)
    area = plot.chart.plot_area
    late, whole = plot.curve(1, held_out=True), plot.curve(1, held_out=False)
    assert whole.x[0] == pytest.approx(area.left())
    x_axis = plot.chart.axes[0]
    assert late.x[0] == pytest.approx(area.left() + 60 / x_axis.high * area.width(), abs=1.5)


def test_the_thin_curve_and_its_hollow_dots_are_painted(plot: Plot) -> None:
    plot.show(judged=False)
    without = ink(plot)
    plot.show()
    with_curves = ink(plot)
    assert with_curves > without + 100
    geometry = plot.curve(1, held_out=True)
    image = plot.chart.grab().toImage()
    end = QPoint(round(geometry.x[-1]), round(geometry.y[-1]))
    assert image.pixelColor(end) == plot.appearance.theme.plot


def ink(plot: Plot) -> int:
    """Dark pixels of the plot, every second one across and down."""
    image = plot.chart.grab().toImage()
    area = plot.chart.plot_area.toAlignedRect()
    return sum(
        image.pixelColor(x, y).lightness() < 150
        for x in range(area.left() + 1, area.right(), 2)
        for y in range(area.top() + 1, area.bottom() - 1, 2)
    )


def test_a_click_on_a_held_out_curve_selects_its_model(plot: Plot) -> None:
    plot.show()
    geometry = plot.curve(1, held_out=True)
    middle = geometry.x.size // 3
    QTest.mouseClick(plot.chart, LEFT, NO_KEYS, QPoint(round(geometry.x[middle]), round(geometry.y[middle])))
    assert plot.interaction.selected_model == 1
    assert [plot.chart.content.is_selected(k) for k in range(4)] == [False, False, True, True]


def test_two_curves_of_one_model_offer_no_choice(plot: Plot) -> None:
    plot.show()
    content = plot.chart.content
    alone = replace(content, series=content.series[:2])
    assert not alone.has_several_models
    assert not alone.is_selected(0)


def test_a_run_that_was_scrubbed_back_shows_the_values_at_its_step(plot: Plot) -> None:
    frame = judged_frame(plot.document)
    plot.view.show_frame(replace(frame, snapshot=replace(frame.snapshot, step=40)))
    cursor = plot.chart.content.cursor
    assert cursor is not None
    assert cursor.values == (0.16, 0.25, 0.45, 0.5)


def test_own_losses_keep_a_title_for_each_axis(plot: Plot) -> None:
    plot.show()
    plot.view.set_ruler("own")
    style = plot.chart.content.style
    assert (style.left_title, style.right_title) == (
        "BCE of the model trained on BCE", "MSE of the model trained on MSE",
    )  # fmt: skip
    assert [one.right for one in plot.chart.content.series] == [False, False, True, True]


def test_a_curve_with_a_gap_is_not_joined_over_it() -> None:
    steps = np.arange(10)
    values = np.where((steps >= 3) & (steps < 6), np.nan, 0.5)
    axes = Axis(0.0, 10.0), Axis(0.0, 1.0)
    geometry = curve_geometry((steps, values, values, values), *axes, QRectF(0.0, 0.0, 400.0, 100.0))
    assert geometry.x.tolist() == [0.0, 40.0, 80.0, 240.0, 280.0, 320.0, 360.0]
    assert [stretch.x.tolist() for stretch in geometry.stretches()] == [
        [0.0, 40.0, 80.0], [240.0, 280.0, 320.0, 360.0],
    ]  # fmt: skip
    tail = geometry.piece(2, 6)
    assert [stretch.x.tolist() for stretch in tail.stretches()] == [[80.0], [240.0, 280.0, 320.0]]
    narrow = curve_geometry((steps, values, values, values), *axes, QRectF(0.0, 0.0, 20.0, 100.0))
    assert narrow.starts.size == 1
    late = np.where(steps < 4, np.nan, 0.5)
    assert curve_geometry((steps, late, late, late), *axes, QRectF(0.0, 0.0, 400.0, 100.0)).starts.size == 0


def test_the_status_bar_tells_the_accuracy_on_held_out_samples_where_there_is_room(qtbot: QtBot) -> None:
    document = document_of(2)
    interaction, appearance = Interaction(document), Appearance()
    view = StatusReadout(document, interaction, appearance)
    keep(qtbot, view, (document, interaction, appearance))
    view.resize(1400, 26)
    view.show()
    view.show_frame(judged_frame(document))
    qtbot.waitUntil(lambda: "held out" in view.text)
    assert view.text.endswith("| BCE 0.236 MSE 0.068 accuracy 84 % held out 75 % map: BCE")
    interaction.set_selected_model(1)
    assert view.text.endswith("accuracy 55 % held out 50 % map: MSE")
    widths = {}
    for width in range(1400, 100, -10):
        view.resize(width, 26)
        widths[width] = view.text
    shorter = [text for text in widths.values() if "accuracy" in text and "held out" not in text]
    assert shorter
    view.show_frame(judged_frame(document, judged=False))
    view.resize(1400, 26)
    qtbot.waitUntil(lambda: "held out" not in view.text)


# --- all together ---------------------------------------------------------------------------------


def test_holding_out_in_the_window_moves_no_line_and_both_curves_are_drawn(qtbot: QtBot) -> None:
    with open_window(qtbot) as driver:
        driver.step_on(3)
        height, weight = np.array([155.0, 172.0, 188.0]), np.array([50.0, 81.0, 99.0])
        before = [driver.probabilities(model, height, weight) for model in (0, 1)]
        section = driver.window.findChild(HeldOutSection)
        driver.drag_slider(section.share.slider, 0.2, 0.4)
        driver.settle()
        for model in (0, 1):
            np.testing.assert_allclose(driver.probabilities(model, height, weight), before[model], rtol=1e-9)
        assert driver.samples.held_out_counts == {0: 13, 1: 11}
        assert driver.snapshot.held_out_metrics is not None
        driver.step_on(4)
        plot = driver.window.findChild(LossPlot)
        driver.until(lambda: any(one.held_out for one in plot.chart.content.series))
        last = plot.chart.content.curve.arrays(0, 2, held_out=True)[3]
        assert last[-1] == driver.snapshot.held_out_metrics[0, 2]
        driver.until(lambda: "held out" in driver.window.readout.text)
        driver.document.undo_stack.undo()
        driver.settle()
        driver.until(lambda: not any(one.held_out for one in plot.chart.content.series))
        assert driver.snapshot.held_out_metrics is None


def test_clicks_on_the_canvas_follow_the_share(stage: Stage) -> None:
    stage.document.set_held_out_share(0.5)
    before = held_out_ids(stage.document)
    for place in range(6):
        stage.click(stage.px(155.0 + 5.0 * place, 68.0))
    rows = stage.rows
    assert len(rows) == 10
    assert held_out_ids(stage.document)[: len(before)] == before
    added = rows.take(rows.sample_id >= 4)
    assert int(added.held_out.sum()) == 3
    assert not (rows.held_out & (rows.class_index == UNLABELLED)).any()


def test_a_mended_picture_shows_the_new_marks(qapp: object) -> None:
    samples = Samples.from_columns(np.linspace(150, 190, 8), np.linspace(50, 90, 8), [0, 1] * 4)
    view = Viewport(140.0, 200.0, 40.0, 120.0, QRectF(0.0, 0.0, 300.0, 240.0))
    look = Look.of(class_infos(2), make_theme(dark=False), 8, 1.0)
    after = samples.put(marked(samples.select([2, 5]), np.array([True, True])))
    layer = MarkerLayer()
    layer.picture(samples, frozenset(), view, look)
    mended = layer.picture(after, frozenset(), view, look).toImage()
    assert mended == MarkerLayer().picture(after, frozenset(), view, look).toImage()
