"""The likelihood tab: products that underflow, sums that do not, a peak above a valley."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSizeF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.activations import sigmoid
from engine.likelihoods import running_product
from engine.samples import Samples
from engine.training_data import TrainingData
from gui.formulas import loss_text
from gui.plots.likelihood import texts
from gui.plots.likelihood.data import (
    SHELF,
    product_axis,
    product_heights,
    product_ticks,
    running_view,
    weight_view,
)
from gui.plots.likelihood.plots import bar_samples
from gui.plots.likelihood.tab import LikelihoodTab
from gui.plots.training_view import DataKeeper
from tests.gui.lab_bench import LabBench, document_in_turn
from tests.gui.view_fakes import document_of, snapshot_of

SCALER = LabBench.scaler
WEIGHTS = [[0.4, 1.5, -0.3], [-0.8, 0.6, 0.1]]
EVEN = [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
"""p = 1/2 everywhere."""


class Bench(LabBench):
    tab_type = LikelihoodTab

    def __init__(
        self, qtbot, n_classes: int = 2, parameters=WEIGHTS, size=(640, 440), count=120, **settings
    ) -> None:
        super().__init__(qtbot, document_in_turn(count, n_classes, **settings), size)
        self.show(parameters)

    @property
    def page(self):
        return self.tab.running


def view_of(parameters, order="data", repeats=1, count=120):
    snapshot = snapshot_of(document_in_turn(count), parameters=parameters, scaler=SCALER)
    return running_view(DataKeeper(), snapshot, 0, order, repeats), snapshot


class TestRunningProduct:
    def test_120_people_taken_9_times_underflow_at_1075_and_at_150(self):
        view, _ = view_of(EVEN, repeats=9)
        assert len(view) == 1_080
        assert view.running.underflow_double == 1_075
        assert view.running.underflow_single == 150
        assert view.running.log_sum[-1] == pytest.approx(-1_080 * np.log(2.0))

    def test_least_likely_first_is_sorted_within_each_repeat(self):
        view, _ = view_of(WEIGHTS, "probability", 2)
        first, second = np.split(view.running.probability, 2)
        assert (np.diff(first) >= 0.0).all()
        np.testing.assert_array_equal(first, second)
        assert sorted(view.place[:120].tolist()) == list(range(120))

    def test_the_order_changes_the_way_and_not_the_end(self):
        ends = [view_of(WEIGHTS, order)[0].running.log_sum[-1] for order in ("data", "probability")]
        assert ends[0] == pytest.approx(ends[1])

    def test_the_mean_of_the_last_sum_is_the_models_bce(self):
        view, snapshot = view_of(WEIGHTS)
        data = TrainingData.of(snapshot.spec, SCALER)
        p = sigmoid(np.array(WEIGHTS[0]) @ data.design)
        bce = -np.log(np.where(data.class_index == 1, p, 1.0 - p)).mean()
        assert texts.mean_number(view, 120) == f"⟦{loss_text(bce)}⟧"
        assert -view.running.log_sum[-1] / 120 == pytest.approx(bce)


class TestKeyOfTheProduct:
    def test_it_stands_above_lines_that_fall_early_and_below_those_that_fall_late(self, qtbot):
        plot = Bench(qtbot).page.product
        size, view = QSizeF(60.0, 40.0), view_of(WEIGHTS)[0]
        flat, steep = np.full(110, 20.0), np.full(10, -6.0)
        boxes = []
        for log_odds in (np.concatenate([steep, flat]), np.concatenate([flat, steep])):
            plot.set_view(replace(view, log_odds=log_odds, running=running_product(log_odds)))
            boxes.append(plot.key_box(size))
        early, late = boxes
        assert (early.right(), early.top()) == (plot.area.right(), plot.area.top())
        assert late.left() == plot.area.left()
        assert late.bottom() < plot.area.bottom()

    @pytest.mark.parametrize("size", [(640, 440), (480, 330), (418, 250), (900, 700)])
    def test_no_line_runs_through_it(self, qtbot, monkeypatch, size):
        plot = Bench(qtbot, size=size).page.product
        box = plot.key_box(QSizeF(110.0, 50.0))
        monkeypatch.setattr(plot, "_paint_key", lambda painter: None)
        image = plot.grab().toImage()
        if box is None:
            assert plot.area.height() < 120.0
            return
        ground = image.pixelColor(box.center().toPoint()).lightness()
        area = box.adjusted(2.0, 2.0, -2.0, -2.0).toRect()
        for x in range(area.left(), area.right()):
            for y in range(area.top(), area.bottom()):
                assert abs(image.pixelColor(x, y).lightness() - ground) < 40

    def test_it_is_left_out_where_there_is_no_room(self, qtbot):
        plot = Bench(qtbot).page.product
        assert plot.key_box(QSizeF(2.0 * plot.area.width(), 40.0)) is None


class TestProductAxis:
    def test_exactly_0_lies_on_the_shelf_below_every_power(self):
        view, _ = view_of(EVEN, repeats=9)
        axis = product_axis(view.running, None)
        heights = product_heights(view.running.product_double, axis)
        assert (heights[1_074:] < axis.low * (1.0 - SHELF)).all()
        np.testing.assert_allclose(heights[:900], view.running.log_sum[:900] / np.log(10.0), rtol=1e-9)

    def test_it_stands_still_while_training_shortens_the_product_a_little(self):
        long, _ = view_of([[0.0, 0.0, 3.0]] * 2)
        shorter, _ = view_of([[0.0, 0.0, 2.7]] * 2)
        shortest, _ = view_of(EVEN)
        axis = product_axis(long.running, None)
        assert product_axis(shorter.running, axis) == axis
        assert product_axis(shortest.running, axis).low > axis.low

    def test_both_rulers_name_the_same_heights(self):
        view, _ = view_of(EVEN)
        axis = product_axis(view.running, None)
        powers, nats = product_ticks(axis, 400.0, 24.0)
        assert powers[0][1] == "0"
        assert powers[-1] == (1.0, "1")
        for share, text in nats:
            value = float(text.replace(",", ""))
            assert axis.value_at(share) * np.log(10.0) == pytest.approx(value)

    def test_labels_keep_off_the_0_in_a_low_plot(self):
        view, _ = view_of(EVEN)
        axis = product_axis(view.running, None)
        powers, _ = product_ticks(axis, 90.0, 24.0)
        pixels = sorted(share * 90.0 for share, _ in powers)
        assert min(np.diff(pixels)) >= 14.0


class TestBars:
    def test_every_sample_has_one_where_there_is_room(self):
        index, highest = bar_samples(np.linspace(0.1, 0.9, 50), 200)
        assert index.tolist() == list(range(50))
        assert highest is None

    def test_of_those_that_share_a_pixel_the_least_and_the_most_likely_are_shown(self):
        probability = np.random.default_rng(0).random(1_003)
        lowest, highest = bar_samples(probability, 100)
        assert highest is not None
        assert lowest.size == highest.size == 100
        for part, low, high in zip(np.array_split(np.arange(1_003), 1), lowest[:1], highest[:1], strict=True):
            assert probability[low] == probability[part[:10]].min()
            assert probability[high] == probability[part[:10]].max()
        assert probability.min() == probability[lowest].min()
        assert probability.max() == probability[highest].max()


class TestRunningPage:
    def test_all_samples_are_multiplied_at_first(self, qtbot):
        bench = Bench(qtbot)
        assert bench.page.position == 120
        assert bench.page.slider.value() == bench.page.slider.maximum()
        assert bench.page.heading.text().startswith("sample 120 of 120")

    def test_a_click_in_a_plot_goes_to_that_sample(self, qtbot):
        bench = Bench(qtbot)
        for plot in (bench.page.bars, bench.page.product):
            area = plot.area
            place = QPointF(area.left() + area.width() * 0.5, area.center().y()).toPoint()
            QTest.mouseClick(plot, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
            assert abs(bench.page.position - 60) <= 1
            bench.page.set_position(None)

    def test_the_slider_goes_through_the_samples_with_the_arrow_keys(self, qtbot):
        bench = Bench(qtbot)
        bench.page.slider.setFocus()
        QTest.keyClick(bench.page.slider, Qt.Key.Key_Down)
        assert bench.page.position == 119
        QTest.keyClick(bench.page.slider, Qt.Key.Key_Up)
        assert bench.page.position == 120

    def test_numbers_are_those_of_the_samples_so_far(self, qtbot):
        bench = Bench(qtbot)
        bench.page.set_position(5.0)
        bench.page._texts.run_now()
        p = sigmoid(np.array(WEIGHTS[0]) @ TrainingData.of(bench.frame.snapshot.spec, SCALER).design)[:5]
        own = np.where(np.arange(5) % 2 == 1, p, 1.0 - p)
        assert texts.product_number(float(own.prod())) in bench.page.double.template
        assert f"⟦{np.log(own).sum():.2f}⟧" in bench.page.sum.template
        assert bench.page.sample.template.endswith(f"⟦{own[4]:.3f}⟧")

    def test_the_product_becomes_0_before_the_persons_eyes_and_the_sum_goes_on(self, qtbot):
        bench = Bench(qtbot, parameters=EVEN)
        bench.pick(bench.tab.repeat_combo, "10")
        for position, single_is_0, double_is_0 in (
            (149, False, False),
            (150, True, False),
            (1_075, True, True),
        ):
            bench.page.set_position(float(position))
            bench.page._texts.run_now()
            assert (bench.page.single.template.startswith("⟦0⟧")) == single_is_0
            assert (bench.page.double.template.startswith("⟦0⟧")) == double_is_0
            assert f"⟦{-position * np.log(2.0):.2f}⟧" in bench.page.sum.template

    def test_play_multiplies_one_after_another_to_the_end(self, qtbot):
        bench = Bench(qtbot)
        QTest.mouseClick(bench.page.play_button, Qt.MouseButton.LeftButton)
        assert bench.page.is_playing
        assert bench.page.position < 10
        bench.page.set_position(119.5)
        qtbot.waitUntil(lambda: not bench.page.is_playing)
        assert bench.page.position == 120

    def test_pause_stays_where_it_is(self, qtbot):
        bench = Bench(qtbot)
        QTest.mouseClick(bench.page.play_button, Qt.MouseButton.LeftButton)
        bench.page.set_position(40.0)
        QTest.mouseClick(bench.page.play_button, Qt.MouseButton.LeftButton)
        assert not bench.page.is_playing
        assert bench.page.position == 40

    def test_the_position_stays_while_training_goes_on(self, qtbot):
        bench = Bench(qtbot)
        bench.page.set_position(33.0)
        bench.show(EVEN)
        assert bench.page.position == 33

    def test_hovering_a_bar_hovers_its_sample_and_the_other_way_round(self, qtbot):
        bench = Bench(qtbot)
        bars = bench.page.bars
        pixel = QPointF(float(bars.x_px(np.array(30.5))), bars.area.center().y()).toPoint()
        QTest.mouseMove(bars, QPoint(1, 1))
        QTest.mouseMove(bars, pixel)
        qtbot.waitUntil(lambda: bench.interaction.hovered_id == 30)
        marked = bars.grab().toImage()
        bench.interaction.set_hovered_id(None)
        assert bars.grab().toImage() != marked

    def test_a_narrow_tab_has_the_numbers_in_one_line(self, qtbot):
        bench = Bench(qtbot, size=(300, 260))
        assert not bench.page.line.isHidden()
        assert r"\prod P" in bench.page.line.template
        bench.resize(640, 440)
        assert bench.page.line.isHidden()

    def test_the_selected_models_likelihood_is_shown(self, qtbot):
        bench = Bench(qtbot)
        first = bench.page.view.running.log_sum[-1]
        bench.interaction.set_selected_model(1)
        assert bench.page.view.loss == "mse"
        assert bench.page.view.running.log_sum[-1] != first

    def test_softmax_multiplies_p_of_the_true_class(self, qtbot):
        bench = Bench(qtbot, 3, parameters=np.zeros((2, 9)))
        assert bench.page.view.running.probability == pytest.approx(np.full(120, 1.0 / 3.0))
        bench.tab.grab()

    def test_very_many_come_from_the_background(self, qtbot):
        bench = Bench(qtbot, count=400)
        bench.pick(bench.tab.repeat_combo, "100")
        qtbot.waitUntil(lambda: len(bench.page.view) == 40_000)
        assert bench.page.view.running.underflow_double is not None
        bench.tab.grab()


class TestAlongAWeight:
    def test_the_peak_is_the_valley(self):
        _, snapshot = view_of(WEIGHTS)
        for index in range(3):
            view = weight_view(DataKeeper(), snapshot, 0, index, None)
            assert view is not None
            assert view.curve.peak is not None
            step = np.diff(view.curve.weight).max()
            assert abs(view.curve.weight[np.argmax(view.curve.likelihood)] - view.curve.peak) <= step
            assert abs(view.curve.weight[np.argmin(view.curve.loss)] - view.curve.peak) <= step
            assert view.low < min(view.now, view.curve.peak)
            assert view.high > max(view.now, view.curve.peak)
            assert view.now == WEIGHTS[0][index]

    def test_the_models_point_lies_on_both_curves(self):
        _, snapshot = view_of(WEIGHTS)
        view = weight_view(DataKeeper(), snapshot, 0, 1, None)
        assert view is not None
        order = np.argsort(view.curve.weight)
        loss = np.interp(view.now, view.curve.weight[order], view.curve.loss[order])
        assert view.now_loss == pytest.approx(loss, abs=2e-3)
        assert view.curve.peak_loss is not None
        expected = np.exp(-120 * (view.now_loss - view.curve.peak_loss))
        assert view.now_relative == pytest.approx(expected)

    def test_the_axis_is_kept_while_it_holds_everything(self):
        _, snapshot = view_of(WEIGHTS)
        first = weight_view(DataKeeper(), snapshot, 0, 1, None)
        assert first is not None
        moved = replace(snapshot, parameters=snapshot.parameters + 0.02)
        again = weight_view(DataKeeper(), moved, 0, 1, (first.low, first.high))
        assert again is not None
        assert (again.low, again.high) == (first.low, first.high)
        far = replace(snapshot, parameters=snapshot.parameters + 40.0)
        away = weight_view(DataKeeper(), far, 0, 1, (first.low, first.high))
        assert away is not None
        assert away.high > first.high

    def test_a_weight_that_may_grow_for_ever_has_no_peak_and_says_so(self):
        document = document_of()
        samples = Samples.from_columns([160.0, 160.0], [55.0, 75.0], [0, 1])
        document.replace(replace(document.state, samples=samples), "two")
        snapshot = snapshot_of(document, parameters=EVEN, scaler=SCALER)
        view = weight_view(DataKeeper(), snapshot, 0, 1, None)
        assert view is not None
        assert view.curve.peak is None
        assert view.grows == 1
        assert "grows for ever" in texts.peak_sentence(view)

    def test_without_samples_there_is_no_curve(self):
        document = document_of()
        document.clear_samples()
        snapshot = snapshot_of(document, parameters=EVEN, scaler=SCALER)
        assert weight_view(DataKeeper(), snapshot, 0, 1, None) is None

    def test_the_page_shows_the_chosen_weight(self, qtbot):
        bench = Bench(qtbot)
        QTest.mouseClick(bench.tab.page_switch.button("weight"), Qt.MouseButton.LeftButton)
        assert bench.tab.page == "weight"
        for key, value in (("0", 0.4), ("1", 1.5), ("2", -0.3)):
            bench.pick(bench.tab.weight_combo, key)
            bench.tab.weight._texts.run_now()
            assert bench.tab.weight.view.now == value
            assert bench.tab.weight.now.template == rf"w = ⟦{value:.3f}⟧"
        assert bench.tab.weight.unit.text() == "standardised bias"
        bench.pick(bench.tab.weight_combo, "0")
        bench.tab.weight._texts.run_now()
        assert "0.0500 per cm" in bench.tab.weight.unit.text()

    def test_peak_and_valley_stand_in_one_column_of_pixels(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.set_page("weight")
        page, peak = bench.tab.weight, bench.tab.weight.view.curve.peak
        pixels = [float(plot.x_px(np.array(peak))) for plot in (page.likelihood, page.loss)]
        assert pixels[0] == pixels[1]

    def test_many_samples_come_from_the_background(self, qtbot):
        bench = Bench(qtbot, count=500)
        bench.tab.set_page("weight")
        qtbot.waitUntil(lambda: bench.tab.weight.view is not None)
        assert bench.tab.weight.view.now == WEIGHTS[0][0]

    def test_softmax_offers_every_class(self, qtbot):
        bench = Bench(qtbot, 3, parameters=np.zeros((2, 9)))
        assert bench.tab.weight_combo.count() == 9
        bench.tab.set_page("weight")
        bench.pick(bench.tab.weight_combo, "7")
        assert bench.tab.weight.view.index == 7
        bench.tab.grab()


def test_without_a_bias_none_is_offered(qtbot):
    bench = Bench(qtbot, bias=False)
    assert bench.tab.weight_combo.count() == 2


@pytest.mark.parametrize(
    ("kind", "page", "is_said"),
    [
        ("step", "running", True),
        ("step", "weight", True),
        ("mlp", "weight", True),
        ("logistic", "weight", False),
    ],
)
def test_a_model_that_has_nothing_to_show_says_why(qtbot, kind, page, is_said):
    bench = Bench(qtbot)
    snapshot = bench.frame.snapshot
    spec = replace(snapshot.spec, model=replace(snapshot.spec.model, kind=kind))
    bench.tab.set_page(page)
    bench.tab.show_frame(replace(bench.frame, snapshot=replace(snapshot, spec=spec)))
    assert bool(bench.tab.sentence.text()) == is_said
    assert bench.tab._stack.isHidden() == is_said


def test_going_behind_stops_the_play(qtbot):
    bench = Bench(qtbot)
    bench.page.toggle_playing()
    bench.tab.set_active(False)
    assert not bench.page.is_playing


def test_it_speaks_the_language_and_wears_the_theme(qtbot):
    bench = Bench(qtbot)
    light = bench.page.product.grab().toImage()
    bench.appearance.set_mode("dark")
    assert bench.page.product.grab().toImage() != light
    QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
    assert bench.tab.explanation().count(". ") == 1


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "⟦0⟧"), (0.25, "⟦0.2500⟧"), (1.234e-30, "⟦1.23e-30⟧"), (5e-324, "⟦4.94e-324⟧")]
)
def test_a_product_is_0_only_where_it_is_exactly_that(value, shown):
    assert texts.product_number(value) == shown
