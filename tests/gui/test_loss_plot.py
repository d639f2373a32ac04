from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.errors import Message
from engine.optimum.best_mse import BestFound
from engine.optimum.optimum import Optimum
from engine.running.history import LossCurve
from engine.snapshots import LossRecords, Mark
from gui.export import picture
from gui.interaction import Interaction
from gui.plots.label_layout import EndLabel, place_labels, place_on_line
from gui.plots.loss.axes import Axis, step_axis, value_axis
from gui.plots.loss.curve_geometry import curve_geometry, nearest_bucket
from gui.plots.loss.plot import LossPlot
from gui.theme import Appearance
from tests.gui.view_fakes import FakeController, curve_of, document_of, frame_of, keep

LEFT = Qt.MouseButton.LeftButton


class Stage:
    def __init__(self, qtbot: QtBot, n_classes: int = 2) -> None:
        self.document = document_of(n_classes)
        self.interaction = Interaction(self.document)
        self.controller = FakeController()
        self.appearance = Appearance()
        self.view = LossPlot(self.document, self.interaction, self.controller, self.appearance)  # type: ignore[arg-type]
        keep(qtbot, self.view, self)
        self.view.resize(560, 340)
        self.view.show()
        QTest.qWaitForWindowExposed(self.view)

    @property
    def chart(self):
        return self.view.chart

    def show(self, **keys: object) -> None:
        self.view.show_frame(frame_of(self.document, **keys))
        self.chart.repaint()

    def choose(self, ruler: str) -> None:
        QTest.mouseClick(self.view.ruler_switch.button(ruler), LEFT)
        self.chart.repaint()

    def point_at(self, step: float, y: float | None = None) -> QPoint:
        area = self.chart.plot_area
        fraction = float(self.chart.axes[0].fraction(np.array([step]))[0])
        return QPoint(
            round(area.left() + fraction * area.width()), round(area.center().y() if y is None else y)
        )


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_wrong_answers_come_first_by_one_ruler(stage: Stage) -> None:
    stage.show(step=100)
    assert stage.view.ruler == "error_rate"
    assert stage.chart.end_texts == ["trained on BCE: 16 %", "trained on MSE: 45 %"]
    assert {series.metric for series in stage.chart.content.series} == {2}
    assert not stage.chart.content.has_right_axis
    assert stage.view.sentence.text() == "Both models measured with the same ruler."


@pytest.mark.parametrize(
    ("ruler", "texts"),
    [
        ("cross_entropy", ["trained on BCE: 0.200", "trained on MSE: 0.500"]),
        ("mse", ["trained on BCE: 0.200", "trained on MSE: 0.500"]),
    ],
)
def test_the_ruler_switch_measures_both_models_by_one_loss(
    stage: Stage, ruler: str, texts: list[str]
) -> None:
    stage.show(step=100)
    stage.choose(ruler)
    assert stage.view.ruler == ruler
    assert len({series.metric for series in stage.chart.content.series}) == 1
    assert [series.loss for series in stage.chart.content.series] == ["bce", "mse"]
    assert stage.chart.end_texts == texts


def test_own_losses_get_an_axis_each_and_a_warning(stage: Stage) -> None:
    stage.show(step=100)
    stage.choose("own")
    assert [(series.metric, series.right) for series in stage.chart.content.series] == [(0, False), (1, True)]
    assert "cannot be compared" in stage.view.sentence.text()
    assert stage.chart.content.style.left_title == "BCE of the model trained on BCE"
    assert stage.chart.content.style.right_title == "MSE of the model trained on MSE"


def test_softmax_is_measured_by_ce(qtbot: QtBot) -> None:
    stage = Stage(qtbot, 3)
    stage.show(step=100)
    assert stage.view.ruler_switch.button("cross_entropy").text() == "CE"
    assert stage.chart.end_texts[0] == "trained on CE: 16 %"


def test_one_model_needs_no_word_about_rulers(stage: Stage) -> None:
    stage.document.change_settings(loss_mode="mse")
    stage.show(step=100)
    assert stage.view.sentence.text() == ""
    assert len(stage.chart.content.series) == 1


def test_log_is_remembered_for_each_ruler(stage: Stage) -> None:
    stage.show(step=100)
    assert not stage.chart.axes[1].log
    stage.choose("cross_entropy")
    assert stage.chart.axes[1].log
    QTest.mouseClick(stage.view.log_box, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, 8))
    assert not stage.chart.axes[1].log
    stage.choose("mse")
    assert stage.chart.axes[1].log
    stage.choose("cross_entropy")
    assert not stage.view.log_box.isChecked()


def test_a_logarithmic_step_axis(stage: Stage) -> None:
    stage.show(step=100)
    QTest.mouseClick(stage.view.log_steps_box, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, 8))
    assert stage.chart.axes[0].log
    xs = stage.chart.geometries[0].x
    assert np.all(np.diff(xs) >= 0)
    assert xs[0] == pytest.approx(stage.chart.plot_area.left())


def test_names_stand_inside_the_plot_off_one_another(stage: Stage) -> None:
    stage.show(step=100)
    for ruler in ("error_rate", "cross_entropy", "mse", "own"):
        stage.choose(ruler)
        first, second = stage.chart.label_rects
        assert not first.intersects(second)
        for rect in (first, second):
            assert stage.chart.plot_area.adjusted(-1, -1, 1, 1).contains(rect)


def test_hover_shows_step_and_values_of_every_model(stage: Stage, qtbot: QtBot) -> None:
    stage.show(step=100)
    assert stage.chart.reading is None
    QTest.mouseMove(stage.chart, stage.point_at(50))
    qtbot.waitUntil(lambda: stage.chart.reading is not None)
    reading = stage.chart.reading
    assert reading is not None
    assert reading.step == pytest.approx(50, abs=1)
    assert reading.values[0] == pytest.approx(0.8 - 0.64 * reading.step / 100)
    assert reading.values[1] == 0.45
    QTest.mouseMove(stage.chart, QPoint(2, 2))
    qtbot.waitUntil(lambda: stage.chart.reading is None)


def test_a_scrubbed_run_shows_its_step_on_the_curves(stage: Stage) -> None:
    stage.show(step=25, last_step=100)
    assert stage.chart.reading is not None
    assert (stage.chart.reading.step, stage.chart.reading.values) == (25, (0.16, 0.45))
    stage.show(step=100)
    assert stage.chart.reading is None


def test_edits_are_marked_and_named_on_hover(stage: Stage, qtbot: QtBot) -> None:
    marks = [Mark(1, 30, "data"), Mark(1, 70, "settings")]
    stage.show(step=100, marks=marks)
    QTest.mouseMove(stage.chart, stage.point_at(30))
    qtbot.waitUntil(lambda: stage.chart.notes == ["samples edited here"])
    QTest.mouseMove(stage.chart, stage.point_at(70))
    qtbot.waitUntil(lambda: stage.chart.notes == ["settings changed here"])
    QTest.mouseMove(stage.chart, stage.point_at(50))
    qtbot.waitUntil(lambda: stage.chart.notes == [])


def test_a_click_on_a_curve_selects_its_model(stage: Stage) -> None:
    stage.show(step=100)
    y_mse = float(stage.chart.geometries[1].y[-1])
    QTest.mouseClick(stage.chart, LEFT, Qt.KeyboardModifier.NoModifier, stage.point_at(20, y_mse))
    assert stage.interaction.selected_model == 1
    assert stage.chart.content.selected_model == 1
    falling = stage.chart.geometries[0]
    y_bce = float(np.interp(stage.point_at(60).x(), falling.x, falling.y))
    QTest.mouseClick(stage.chart, LEFT, Qt.KeyboardModifier.NoModifier, stage.point_at(60, y_bce))
    assert stage.interaction.selected_model == 0


def test_a_click_on_a_name_selects_its_model(stage: Stage) -> None:
    stage.show(step=100)
    center = stage.chart.label_rects[1].center().toPoint()
    QTest.mouseClick(stage.chart, LEFT, Qt.KeyboardModifier.NoModifier, center)
    assert stage.interaction.selected_model == 1


def test_a_click_beside_the_curves_selects_nothing(stage: Stage) -> None:
    stage.interaction.set_selected_model(1)
    stage.show(step=100)
    area = stage.chart.plot_area
    corner = QPoint(round(area.left()) + 8, round(area.bottom()) - 4)
    QTest.mouseClick(stage.chart, LEFT, Qt.KeyboardModifier.NoModifier, corner)
    assert stage.interaction.selected_model == 1


def optimum(**changes: object) -> Optimum:
    found = Optimum(np.zeros(3), 0.15, "none", Message("These are the best weights."), 5, 1e-12)
    return replace(found, **changes)


def test_the_optimum_is_a_floor_on_request(stage: Stage) -> None:
    stage.show(step=100)
    stage.choose("cross_entropy")
    QTest.mouseClick(stage.view.optimum_box, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(8, 8))
    assert stage.controller.calls == [("show_optimum", True)]
    assert stage.chart.content.floors == ()
    stage.controller.optimum = optimum()
    stage.controller.optimum_changed.emit()
    (floor,) = stage.chart.content.floors
    assert floor.value == 0.15
    assert floor.text == "optimum: 0.150"
    assert stage.chart.axes[1].low <= 0.15
    stage.choose("mse")
    assert stage.chart.content.floors == ()
    stage.controller.best_mse = BestFound(np.zeros(3), 0.07, None, Message("Found."), 11, 1e-9)
    stage.controller.optimum_changed.emit()
    assert [(floor.value, floor.text) for floor in stage.chart.content.floors] == [
        (0.07, "best found: 0.070")
    ]
    stage.choose("own")
    assert [(floor.value, floor.right) for floor in stage.chart.content.floors] == [
        (0.15, False),
        (0.07, True),
    ]


def test_the_entropy_of_soft_targets_is_a_floor_below_the_optimum(stage: Stage) -> None:
    stage.show(step=100)
    stage.choose("cross_entropy")
    stage.controller.optimum = optimum()
    stage.controller.entropy_bound = 0.09
    stage.controller.optimum_changed.emit()
    floors = stage.chart.content.floors
    assert [(floor.value, floor.text) for floor in floors] == [
        (0.15, "optimum: 0.150"),
        (0.09, "bound H(y): 0.090"),
    ]
    assert stage.chart.axes[1].low <= 0.09
    stage.choose("own")
    assert [(floor.value, floor.right) for floor in stage.chart.content.floors] == [
        (0.15, False),
        (0.09, False),
    ]
    stage.choose("mse")
    assert stage.chart.content.floors == ()
    stage.choose("cross_entropy")
    stage.controller.entropy_bound = 0.0  # one-hot labels
    stage.controller.optimum_changed.emit()
    assert [floor.value for floor in stage.chart.content.floors] == [0.15]


def test_wrong_answers_have_no_floor_and_say_where_it_is(stage: Stage) -> None:
    stage.show(step=100)
    stage.controller.is_optimum_shown = True
    stage.controller.optimum = optimum()
    stage.controller.optimum_changed.emit()
    assert stage.chart.content.floors == ()
    assert "lowest BCE" in stage.view.sentence.text()
    stage.choose("cross_entropy")
    assert "lowest BCE" not in stage.view.sentence.text()


def test_separable_data_have_no_floor_but_a_sentence(stage: Stage) -> None:
    stage.show(step=100)
    stage.choose("cross_entropy")
    sentence = Message("A line separates the classes.")
    stage.controller.is_optimum_shown = True
    stage.controller.optimum = optimum(
        parameters=None, cross_entropy=0.0, separable="complete", message=sentence
    )
    stage.controller.optimum_changed.emit()
    assert stage.chart.content.floors == ()
    assert "A line separates the classes." in stage.view.sentence.text()


def test_values_at_the_ends_change_a_few_times_a_second(stage: Stage, qtbot: QtBot) -> None:
    curve = LossCurve(2)
    for step in range(40):
        curve.append(LossRecords(1, np.array([step]), np.full((1, 2, 3), step / 100)))
        stage.view.show_frame(frame_of(stage.document, curve, step=step, playing=True))
    assert stage.chart.end_texts[0] == "trained on BCE: 0 %"
    qtbot.waitUntil(lambda: stage.chart.end_texts[0] == "trained on BCE: 39 %")


def test_a_reset_starts_with_an_empty_plot(stage: Stage) -> None:
    stage.show(step=100)
    stage.view.show_frame(frame_of(stage.document, LossCurve(2), step=0))
    stage.chart.repaint()
    assert stage.chart.geometries[0].end is None
    assert all(rect.isEmpty() for rect in stage.chart.label_rects)


def test_theme_and_scale_reach_the_picture(stage: Stage) -> None:
    stage.show(step=100)
    light = stage.chart.grab().toImage().pixelColor(stage.point_at(95, stage.chart.plot_area.top() + 8))
    stage.appearance.set_mode("dark")
    stage.chart.repaint()
    dark = stage.chart.grab().toImage().pixelColor(stage.point_at(95, stage.chart.plot_area.top() + 8))
    assert light.lightness() > 200
    assert dark.lightness() < 60
    before = stage.chart.plot_area.left()
    stage.appearance.set_scale_percent(200)
    assert stage.chart.plot_area.left() > before


def test_texts_follow_the_language(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.show(step=100)
    for module in ("plot", "words"):
        monkeypatch.setattr(f"gui.plots.loss.{module}.translate", lambda context, text, **values: "번역")
    stage.view.changeEvent(QEvent(QEvent.Type.LanguageChange))
    assert stage.view.sentence.text() == "번역"
    assert stage.view.ruler_switch.button("error_rate").text() == "번역"
    assert stage.chart.end_texts == ["번역", "번역"]


def image_of(stage: Stage) -> np.ndarray:
    stage.chart.repaint()
    image = stage.chart.grab().toImage().convertToFormat(stage.chart.grab().toImage().Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).copy()


def test_a_curve_painted_piece_by_piece_looks_as_if_painted_at_once(stage: Stage, qtbot: QtBot) -> None:
    curve = LossCurve(2)
    whole = curve_of(180)
    steps, _, _, falling = whole.arrays(0, 2)
    flat = whole.arrays(1, 2)[3]
    for start in range(0, 181, 4):
        part = slice(start, start + 4)
        values = np.stack([np.tile(falling[part, None], 3), np.tile(flat[part, None], 3)], axis=1)
        curve.append(LossRecords(1, steps[part], values))
        stage.view.show_frame(frame_of(stage.document, curve, step=180))
        stage.chart.repaint()
    qtbot.waitUntil(lambda: stage.chart.end_texts == ["trained on BCE: 16 %", "trained on MSE: 45 %"])
    piecewise = image_of(stage)
    stage.chart.refresh()
    at_once = image_of(stage)
    difference = np.abs(piecewise.astype(int) - at_once.astype(int)).max(axis=2)
    assert (difference > 60).mean() < 0.001


# The parts of which the plot is made.


def test_no_peak_between_two_pixels_is_lost() -> None:
    steps = np.arange(100_000)
    values = np.full(steps.size, 0.5)
    values[31_416] = 0.9
    geometry = curve_geometry(
        (steps, values, values, values), Axis(0.0, 1e5), Axis(0.0, 1.0), QRectF(0.0, 0.0, 300.0, 100.0)
    )
    assert geometry.x.size <= 301
    assert geometry.y_high.min() == pytest.approx(10.0)
    assert geometry.envelope() is not None


def test_what_is_not_a_number_leaves_a_gap_and_infinity_goes_to_the_edge() -> None:
    values = np.array([0.5, np.nan, np.inf, 0.25])
    geometry = curve_geometry(
        (np.arange(4), values, values, values), Axis(0.0, 3.0), Axis(0.0, 1.0), QRectF(0.0, 0.0, 300.0, 100.0)
    )
    assert geometry.y.tolist() == [50.0, 0.0, 75.0]


def test_the_nearest_bucket() -> None:
    steps = np.array([0, 10, 20])
    assert [nearest_bucket(steps, step) for step in (-5, 4, 6, 14.9, 15.1, 99, float("inf"))] == [
        0,
        0,
        1,
        1,
        2,
        2,
        2,
    ]


def test_the_step_axis_grows_by_jumps_and_wastes_little() -> None:
    highs = {step_axis(step).high for step in range(1000, 2000)}
    assert len(highs) <= 4
    for last_step in (50, 1240, 99_999, 10**9):
        assert last_step <= step_axis(last_step).high <= 1.34 * last_step


def test_value_axes_hold_every_value() -> None:
    values = np.array([0.0, 0.003, 0.7, np.inf, np.nan])
    linear = value_axis(values, log=False, percent=False)
    log = value_axis(values, log=True, percent=False)
    assert (linear.low, linear.high) == (0.0, 0.8)
    assert (log.low, log.high) == (0.002, 1.0)
    assert value_axis(np.array([0.31]), log=False, percent=True).high == 0.5
    assert value_axis(np.array([]), log=True, percent=False).low > 0


@pytest.mark.parametrize("log", [False, True])
def test_an_axis_finds_its_way_back(log: bool) -> None:
    axis = Axis(0.01, 10.0, log=log)
    for value in (0.01, 0.5, 9.0):
        assert axis.value_at(float(axis.fraction(np.array([value]))[0])) == pytest.approx(value)


@pytest.mark.parametrize("percent", [False, True])
def test_tick_labels_of_an_axis_never_overlap(percent: bool) -> None:
    for high in (0.05, 0.1, 0.25, 0.5, 1.0):
        for length in (60.0, 133.0, 400.0):
            ticks = Axis(0.0, high, percent=percent).ticks(length, 22.0)
            places = [fraction * length for fraction, _ in ticks]
            assert len(ticks) >= 2
            assert min(np.diff(places)) >= 22.0 - 1e-6
            assert len({text for _, text in ticks}) == len(ticks)


def test_a_low_log_axis_has_two_labels_at_least() -> None:
    assert [text for _, text in Axis(0.2, 2.0, log=True).ticks(85.0, 30.0)] == ["0.2", "2"]


def test_labels_at_one_point_go_to_different_places() -> None:
    label = EndLabel(QSizeF(120.0, 16.0), QPointF(380.0, 100.0))
    area = QRectF(0.0, 0.0, 400.0, 200.0)
    rects, places = place_labels([label, label], [], area)
    assert not rects[0].intersects(rects[1])
    again, kept = place_labels([label, label], [], area, places)
    assert (again, kept) == (rects, places)


def test_a_label_avoids_a_curve_where_it_can() -> None:
    label = EndLabel(QSizeF(120.0, 16.0), QPointF(380.0, 100.0))
    above_is_taken = lambda x_from, x_to: (70.0, 99.0)  # noqa: E731
    (rect,), _ = place_labels([label], [above_is_taken], QRectF(0.0, 0.0, 400.0, 200.0))
    assert rect.top() >= 99.0


def test_the_name_of_a_floor_keeps_off_the_curve_that_falls_to_it() -> None:
    area = QRectF(0.0, 0.0, 400.0, 200.0)

    def falling(x_from: float, x_to: float) -> tuple[float, float] | None:
        return (20.0 if x_from < 40.0 else 146.0, 146.0)

    rect = place_on_line(QSizeF(80.0, 14.0), 150.0, [falling], [], area)
    assert rect.top() >= 150.0
    other = place_on_line(QSizeF(80.0, 14.0), 150.0, [falling], [rect], area)
    assert not other.intersects(rect)
    assert area.contains(place_on_line(QSizeF(80.0, 14.0), 199.0, [], [], area))


def test_a_picture_to_keep_has_no_reading_at_the_pointer(stage: Stage) -> None:
    stage.show(step=100)
    shown, kept = stage.chart.grab().toImage(), recorded_image(stage)
    for step in (40, 50):
        QTest.mouseMove(stage.chart, stage.point_at(step))
    assert stage.chart.reading is not None
    assert stage.chart.grab().toImage() != shown
    assert recorded_image(stage) == kept


def test_a_picture_to_keep_has_the_reading_where_the_run_stands(stage: Stage) -> None:
    stage.show(step=100)
    kept = recorded_image(stage)
    stage.show(step=40, last_step=100)
    assert recorded_image(stage) != kept


def recorded_image(stage: Stage) -> QImage:
    return picture.image_of(picture.record(stage.chart, stage.appearance.theme.card))
