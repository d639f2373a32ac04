"""The sensitivity tab: dots on the curves of their models, linked with the canvas, numbers as formulas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.activations import sigmoid
from engine.class_sensitivity import squared_error_bounds
from engine.models import logits
from engine.samples import Samples
from engine.training_data import TrainingData
from gui.plots.loss.axes import Axis
from gui.plots.sample_dots import nearest_dot
from gui.plots.sample_formulas import number_template
from gui.plots.sensitivity.data import VALUE_TOP, curves_of, model_dots, thinned, thinned_dots, x_axis_of
from gui.plots.sensitivity.tab import SensitivityTab
from tests.gui.lab_bench import LabBench
from tests.gui.view_fakes import document_of, frame_of, snapshot_of

WEIGHTS = [[0.4, 1.5, -0.3], [-0.8, 0.6, 0.1]]
SCALER = LabBench.scaler


class Bench(LabBench):
    tab_type = SensitivityTab

    def __init__(self, qtbot, n_classes: int = 2, parameters=WEIGHTS, size=(620, 440), **settings) -> None:
        super().__init__(qtbot, document_of(n_classes, **settings), size)
        self.show(parameters)

    def data(self) -> TrainingData:
        return TrainingData.of(self.frame.snapshot.spec, self.frame.snapshot.scaler)


def test_every_sample_stands_on_the_curve_of_its_models_loss(qtbot):
    bench = Bench(qtbot)
    data = bench.data()
    for dots in bench.tab.dots:
        p = sigmoid(np.array(WEIGHTS[dots.row]) @ data.design)
        own = np.where(data.class_index == 1, p, 1.0 - p)
        expected = -np.log(own) if dots.loss == "bce" else (1.0 - own) ** 2
        assert dots.value == pytest.approx(expected)
        assert dots.x("probability") == pytest.approx(p)
        assert dots.x("error") == pytest.approx(1.0 - own)
        slope = p - data.class_index
        assert dots.y("logit", "logit") == pytest.approx(
            slope if dots.loss == "bce" else 2.0 * slope * p * (1.0 - p)
        )


@pytest.mark.parametrize("axis", ["error", "probability", "logit"])
def test_the_dots_lie_on_the_lines_that_are_drawn(axis):
    document = document_of()
    snapshot = snapshot_of(document, parameters=WEIGHTS, scaler=SCALER)
    data = TrainingData.of(snapshot.spec, SCALER)
    for row in (0, 1):
        dots = model_dots(snapshot, row, data)
        x_axis = x_axis_of(axis, [dots], None)
        values, slopes = curves_of(axis, x_axis, None)
        for label in (0, 1):
            chosen = data.class_index == label
            for curves, y in ((values, dots.value), (slopes, dots.y(axis, "logit"))):
                curve = next(one for one in curves if one.loss == dots.loss and one.label in (None, label))
                on_line = np.interp(dots.x(axis)[chosen], curve.x, curve.y)
                assert on_line == pytest.approx(y[chosen], abs=0.02)


def test_softmax_dots_have_their_squared_error_in_the_band_of_their_p():
    document = document_of(3)
    generator = np.random.default_rng(3)
    snapshot = snapshot_of(document, parameters=generator.normal(0.0, 1.0, (2, 9)), scaler=SCALER)
    dots = model_dots(snapshot, 1, TrainingData.of(snapshot.spec, SCALER))
    low, high = squared_error_bounds(dots.logit, 3)
    assert (low - 1e-12 <= dots.value).all()
    assert (dots.value <= high + 1e-12).all()
    values, slopes = curves_of("probability", Axis(0.0, 1.0), 3)
    assert [curve.upper is not None for curve in values] == [True, False]
    assert [curve.upper is not None for curve in slopes] == [True, False]


def test_the_mark_of_8_27_is_where_the_drawn_slope_of_mse_is_largest():
    _, slopes = curves_of("logit", Axis(-8.0, 8.0), None)
    mse = next(curve for curve in slopes if curve.loss == "mse" and curve.label == 1)
    steepest = mse.x[np.argmin(mse.y)]
    assert steepest == pytest.approx(-np.log(2.0), abs=0.06)
    assert mse.y.min() == pytest.approx(-8.0 / 27.0, abs=1e-3)


def test_the_logit_axis_grows_at_once_and_shrinks_only_with_room_to_spare():
    document = document_of()

    def axis(scale: float, before: Axis | None) -> Axis:
        snapshot = snapshot_of(document, parameters=[[0.0, scale, 0.0]] * 2, scaler=SCALER)
        return x_axis_of("logit", [model_dots(snapshot, 0, TrainingData.of(snapshot.spec, SCALER))], before)

    largest = float(np.abs(TrainingData.of(snapshot_of(document).spec, SCALER).design[1]).max())
    far = axis(11.0 / largest, None)
    assert far.high == 12.0
    assert axis(7.9 / largest, far).high == 12.0
    assert axis(6.0 / largest, far).high == 8.0
    assert axis(100.0 / largest, far).high >= 100.0


def test_moving_over_a_dot_hovers_its_sample_everywhere(qtbot):
    bench = Bench(qtbot)
    plot = bench.tab.value_plot
    pixel = plot.pixels_of(3)[-1]
    QTest.mouseMove(plot, QPoint(2, 2))
    QTest.mouseMove(plot, pixel.toPoint())
    qtbot.waitUntil(lambda: bench.interaction.hovered_id is not None)
    hovered = bench.interaction.hovered_id
    found = plot.pixels_of(int(np.searchsorted(bench.data().sample_id, hovered)))[-1]
    assert (found - pixel).manhattanLength() < 10
    QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
    assert bench.interaction.hovered_id is None


def test_hovering_elsewhere_rings_the_dot_here(qtbot):
    bench = Bench(qtbot)
    before = bench.tab.value_plot.grab().toImage()
    bench.interaction.set_hovered_id(5)
    assert bench.tab.value_plot.grab().toImage() != before
    bench.interaction.set_hovered_id(None)
    assert bench.tab.value_plot.grab().toImage() == before


def test_a_click_on_a_dot_selects_its_sample_and_beside_one_nothing(qtbot):
    bench = Bench(qtbot)
    plot = bench.tab.slope_plot
    bench.click(plot, plot.pixels_of(4)[-1])
    (chosen,) = bench.interaction.selected_ids
    pixels = plot.pixels_of(chosen)[-1] - plot.pixels_of(4)[-1]
    assert pixels.manhattanLength() < 10
    bench.click(plot, plot.area.topRight() + QPointF(-3, 3))
    assert not bench.interaction.selected_ids


def test_the_card_shows_the_selected_samples_numbers_as_the_selected_model_sees_it(qtbot):
    bench = Bench(qtbot)
    bench.interaction.set_selected_ids([7])
    bench.tab._texts.run_now()
    for model in (0, 1):
        bench.interaction.set_selected_model(model)
        bench.tab._texts.run_now()
        z = float(np.array(WEIGHTS[model]) @ bench.data().design[:, 7])
        p = float(sigmoid(np.array(z)))
        shown = " ".join(one.template for one in [*bench.tab.card.definitions, *bench.tab.card.numbers])
        assert f"z = ⟦{z:.2f}⟧" in shown
        assert f"⟦{p:.3f}⟧" in shown
        assert number_template(-np.log(p)) in shown
        assert number_template((p - 1.0) ** 2) in shown
        assert ("BCE", "MSE")[model] in bench.tab.card.note.text()


def test_the_numbers_follow_training(qtbot):
    bench = Bench(qtbot)
    bench.interaction.set_selected_ids([7])
    bench.show([[0.0, 0.0, 2.0], [0.0, 0.0, 0.0]])
    bench.tab._texts.run_now()
    assert any("z = ⟦2.00⟧" in one.template for one in bench.tab.card.numbers)


def test_a_narrow_tab_has_the_numbers_in_one_line(qtbot):
    bench = Bench(qtbot, size=(300, 260))
    assert bench.tab.card.isHidden()
    assert bench.tab.line.isHidden()
    bench.interaction.set_hovered_id(7)
    bench.tab._texts.run_now()
    assert not bench.tab.line.isHidden()
    assert r"\mathrm{BCE}" in bench.tab.line.template
    bench.resize(620, 440)
    assert not bench.tab.card.isHidden()
    assert bench.tab.line.isHidden()


def test_the_axis_switch_changes_all_axes_and_hides_a_second_slope_by_z(qtbot):
    bench = Bench(qtbot)
    switch = bench.tab.axis_switch
    QTest.mouseClick(switch.button("logit"), Qt.MouseButton.LeftButton)
    assert bench.tab.axis == "logit"
    assert bench.tab.value_plot.x_axis.low == -bench.tab.value_plot.x_axis.high
    assert bench.tab.slope_switch.isHidden()
    QTest.mouseClick(switch.button("error"), Qt.MouseButton.LeftButton)
    assert bench.tab.slope_plot.x_axis == Axis(0.0, 1.0)
    assert bench.tab.slope_plot.y_axis.low == 0.0
    assert not bench.tab.slope_switch.isHidden()


def test_slopes_by_the_axis_itself_are_1_over_1_minus_e_and_2_e(qtbot):
    bench = Bench(qtbot)
    bench.tab.set_axis("error")
    QTest.mouseClick(bench.tab.slope_switch.button("axis"), Qt.MouseButton.LeftButton)
    for dots in bench.tab.dots:
        expected = 1.0 / (1.0 - dots.error) if dots.loss == "bce" else 2.0 * dots.error
        assert dots.y("error", "axis") == pytest.approx(expected)
        signed = dots.y("probability", "axis")
        assert (np.sign(signed) == np.where(dots.is_positive, -1.0, 1.0)).all()


def test_losses_above_the_scale_stand_at_the_edge_and_are_counted(qtbot):
    bench = Bench(qtbot, parameters=[[0.0, -9.0, 0.0], [0.0, 0.0, 0.0]])
    bench.tab._texts.run_now()
    losses = next(dots for dots in bench.tab.dots if dots.loss == "bce").value
    count = int((losses > VALUE_TOP).sum())
    assert count
    assert bench.tab.status.text().startswith(f"{count} ")
    place = int(np.argmax(losses))
    bench.tab.value_plot.grab()
    edge = [pixel.y() for pixel in bench.tab.value_plot.pixels_of(place)]
    assert min(edge) == bench.tab.value_plot.area.top()


def test_the_pulls_box_and_the_interaction_follow_each_other(qtbot):
    bench = Bench(qtbot)
    box = bench.tab.pulls_box
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))
    assert bench.interaction.pulls_shown
    bench.interaction.set_pulls_shown(False)
    assert not box.isChecked()


def test_the_step_model_has_no_curves_and_says_why(qtbot):
    bench = Bench(qtbot)
    snapshot = bench.frame.snapshot
    spec = replace(snapshot.spec, model=replace(snapshot.spec.model, kind="step"), losses=("mse",))
    step = replace(bench.frame, snapshot=replace(snapshot, spec=spec, parameters=snapshot.parameters[:1]))
    bench.tab.show_frame(step)
    assert "slope 0" in bench.tab.sentence.text()
    assert bench.tab.value_plot.isHidden()
    bench.show(WEIGHTS)
    assert not bench.tab.value_plot.isHidden()
    assert bench.tab.sentence.isHidden()


def test_softmax_says_what_the_band_is(qtbot):
    bench = Bench(qtbot, 3, parameters=np.zeros((2, 9)))
    assert "band" in bench.tab.sentence.text()
    assert bench.tab.slope_switch.isHidden()
    bench.tab.grab()


def test_without_samples_the_plots_stay_empty(qtbot):
    bench = Bench(qtbot)
    bench.document.clear_samples()
    bench.show(WEIGHTS)
    assert all(dots.value.size == 0 for dots in bench.tab.dots)
    bench.tab.grab()


def test_behind_other_tabs_nothing_is_worked_out(qtbot):
    bench = Bench(qtbot)
    before = bench.tab.dots
    bench.tab.set_active(False)
    bench.show([[1.0, 1.0, 1.0], [1.0, 1.0, 1.0]])
    assert bench.tab.dots is before
    bench.tab.set_active(True)
    assert bench.tab.dots is not before


def test_a_card_that_is_laid_out_behind_other_tabs_keeps_to_the_model_of_its_dots(qtbot):
    bench = Bench(qtbot, n_classes=3, parameters=np.zeros((1, 9)))
    rows = bench.document.state.samples.rows
    third = int(rows.sample_id[rows.class_index == 2][0])
    bench.tab.set_active(False)
    binary = document_of(2)
    bench.tab.show_frame(frame_of(binary, parameters=WEIGHTS, scaler=SCALER))
    bench.interaction.set_selected_ids([third])
    bench.resize(640, 600)
    bench.appearance.set_mode("dark")  # arranges it anew, hidden or not
    assert bench.tab.dots[0].place.size == bench.data().class_index.size


def test_very_many_samples_come_from_the_background_and_are_thinned(qtbot):
    bench = Bench(qtbot)
    count = 12_000
    numbers = np.arange(count)
    samples = Samples.from_columns(150.0 + numbers % 400 / 10, 45.0 + numbers % 500 / 10, numbers % 2)
    bench.document.replace(replace(bench.document.state, samples=samples), "many")
    bench.show(WEIGHTS)
    qtbot.waitUntil(lambda: bool(bench.tab.dots) and bench.tab.dots[0].place.max() > 20)
    shown = bench.tab.dots[0]
    assert shown.place.size < count
    assert (np.diff(shown.place) > 0).all()
    z = logits(bench.frame.snapshot.spec.model, np.array(WEIGHTS[shown.row]), bench.data().design)[0]
    assert shown.logit == pytest.approx(z[shown.place])


def test_thinning_leaves_no_place_on_a_curve_empty():
    document = document_of()
    numbers = np.arange(9_000)
    samples = Samples.from_columns(140.0 + numbers % 600 / 10, 40.0 + numbers % 700 / 10, numbers % 2)
    document.replace(replace(document.state, samples=samples), "many")
    snapshot = snapshot_of(document, parameters=WEIGHTS, scaler=SCALER)
    data = TrainingData.of(snapshot.spec, SCALER)
    full = model_dots(snapshot, 0, data)
    few = thinned(full, data.class_index)
    for label in (0, 1):
        left = np.sort(few.logit[data.class_index[few.place] == label])
        every = full.logit[data.class_index == label]
        after = np.clip(np.searchsorted(left, every), 1, left.size - 1)
        gap = np.minimum(np.abs(every - left[after]), np.abs(every - left[after - 1]))
        assert gap.max() <= np.abs(full.logit).max() / 1_000


@pytest.mark.parametrize("n_classes", [2, 3])
def test_thinning_block_by_block_keeps_the_same_samples(n_classes, monkeypatch):
    document = document_of(n_classes)
    numbers = np.arange(5_000)
    samples = Samples.from_columns(140.0 + numbers % 600 / 10, 40.0 + numbers % 70, numbers % n_classes)
    document.replace(replace(document.state, samples=samples), "many")
    generator = np.random.default_rng(2)
    rows = generator.normal(size=(2, 3 if n_classes == 2 else 3 * n_classes)).tolist()
    snapshot = snapshot_of(document, parameters=rows, scaler=SCALER)
    data = TrainingData.of(snapshot.spec, SCALER)
    full = model_dots(snapshot, 1, data)
    whole = thinned(full, data.class_index)
    monkeypatch.setattr("gui.plots.sensitivity.data._BLOCK", 700)
    parts = thinned_dots(snapshot, 1, data)
    assert parts.place.tolist() == whole.place.tolist()
    assert (parts.above, parts.largest) == (full.above, pytest.approx(full.largest))
    for name in ("logit", "error", "value", "slope", "right", "is_positive"):
        assert getattr(parts, name) == pytest.approx(getattr(whole, name))


def test_the_nearest_dot_is_found_within_reach_only():
    x, y = np.array([10.0, 20.0, 80.0]), np.array([10.0, 10.0, 80.0])
    assert nearest_dot(x, y, QPointF(17.0, 10.0), 1.0) == 1
    assert nearest_dot(x, y, QPointF(50.0, 50.0), 1.0) is None
    assert nearest_dot(x[:0], y[:0], QPointF(0.0, 0.0), 1.0) is None


def test_it_speaks_the_language_and_wears_the_theme(qtbot):
    bench = Bench(qtbot)
    light = bench.tab.value_plot.grab().toImage()
    bench.appearance.set_mode("dark")
    assert bench.tab.value_plot.grab().toImage() != light
    QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
    assert bench.tab.explanation().count(". ") == 1
