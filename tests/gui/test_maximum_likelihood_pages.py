"""The pages of the maximum likelihood tab: a regression, one parameter, a run."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from scipy import stats

from engine.gaussian_regression import Regression
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.snapshots import LossRecords, Mark
from engine.specs import ModelSpec
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.numbers import likelihood_number, sum_number
from gui.plots.maximum_likelihood.parameter_data import parameter_keys
from gui.plots.maximum_likelihood.training_page import label_paths
from gui.plots.maximum_likelihood.training_plot import likelihood_axis, power_ticks
from tests.gui.lab_bench import LEFT, document_in_turn
from tests.gui.maximum_likelihood_bench import WEIGHTS, Bench
from tests.gui.view_fakes import frame_of

PRETENCE = Choice("label", "gaussian")
REGRESSION = Choice("weight", "gaussian")


class TestRegressionPage:
    @pytest.fixture
    def bench(self, qtbot):
        made = Bench(qtbot)
        made.choose("distribution", "gaussian")
        return made

    def test_one_step_is_one_of_gradient_descent(self, bench):
        page = bench.tab.regression
        before = page.run.line
        QTest.mouseClick(page.step_button, LEFT)
        expected = page.run.regression.stepped(before, 0.05)
        assert page.run.line == expected
        assert page.run.step == 1
        assert "step 1; learns 2" in bench.text("descent")

    def test_it_plays_until_it_has_reached_least_squares(self, bench, qtbot):
        page = bench.tab.regression
        bench.pick(page.rate_combo, "0.5")
        QTest.mouseClick(page.play_button, LEFT)
        assert page.is_playing
        qtbot.waitUntil(lambda: not page.is_playing)
        rows = bench.document.state.samples.rows
        ours = stats.linregress(rows.height_cm, rows.weight_kg)
        slope, intercept = page.run.regression.in_units(page.run.line)
        assert (slope, intercept) == pytest.approx((ours.slope, ours.intercept))
        page._texts.run_now()
        assert "least squares reached" in page.status.text()
        residual = rows.weight_kg - (ours.slope * rows.height_cm + ours.intercept)
        assert f"⟦{residual.var():.2f}⟧" in page.mse.template
        assert f"⟦{residual.std():.2f}⟧" in page.sigma.template

    def test_pause_back_and_another_start(self, bench):
        page = bench.tab.regression
        start = page.run.line
        QTest.mouseClick(page.play_button, LEFT)
        QTest.mouseClick(page.play_button, LEFT)
        assert not page.is_playing
        QTest.mouseClick(page.step_button, LEFT)
        QTest.mouseClick(page.start_button, LEFT)
        assert page.run.line == start
        QTest.mouseClick(page.dice_button, LEFT)
        assert page.run.line != start
        assert page.run.step == 0

    def test_it_stops_behind_other_tabs_and_on_labels(self, bench):
        page = bench.tab.regression
        QTest.mouseClick(page.play_button, LEFT)
        bench.tab.set_active(False)
        assert not page.is_playing
        bench.tab.set_active(True)
        QTest.mouseClick(page.play_button, LEFT)
        bench.choose("data", "label")
        assert not page.is_playing

    def test_lines_and_samples_stand_at_their_numbers(self, bench):
        page = bench.tab.regression
        plot = page.plot
        rows = bench.document.state.samples.rows
        pixel = plot.pixel_of(9)
        assert pixel == plot.point(rows.height_cm[9], rows.weight_kg[9])
        left, right = plot.ends_of(page.run.regression.optimum)
        mu = page.run.regression.mu_kg(page.run.regression.optimum, np.array([plot.x_axis.low]))
        assert left.x() == pytest.approx(plot.area.left())
        assert right.x() == pytest.approx(plot.area.right())
        assert plot.y_axis.value_at((plot.area.bottom() - left.y()) / plot.area.height()) == pytest.approx(
            float(mu[0])
        )

    def test_hovering_links_both_ways(self, bench, qtbot):
        plot = bench.tab.regression.plot
        QTest.mouseMove(plot, QPoint(1, 1))
        QTest.mouseMove(plot, plot.pixel_of(9).toPoint())
        qtbot.waitUntil(lambda: bench.interaction.hovered_id is not None)
        marked = plot.grab().toImage()
        bench.interaction.set_hovered_id(None)
        assert plot.grab().toImage() != marked
        bench.interaction.set_hovered_id(9)
        rows = bench.document.state.samples.rows
        mu = bench.tab.regression.run.regression.mu_kg(bench.tab.regression.run.line, rows.height_cm[9])
        assert bench.text("network").startswith(rf"\mu = ⟦{float(mu):.1f}⟧")

    def test_an_edit_leaves_the_line_and_brings_other_least_squares(self, bench):
        page = bench.tab.regression
        QTest.mouseClick(page.step_button, LEFT)
        before = page.run.regression.in_units(page.run.line)
        best = page.run.regression.in_units(page.run.regression.optimum)
        bench.document.move_samples([0, 1, 2], 0.0, 40.0, object())
        assert page.run.regression.in_units(page.run.line) == pytest.approx(before)
        assert page.run.regression.in_units(page.run.regression.optimum) != pytest.approx(best)
        assert page.run.step == 1

    def test_held_out_samples_are_left_out(self, qtbot):
        bench = Bench(qtbot)
        rows = bench.document.state.samples.rows
        held_out = np.arange(60) % 4 == 0
        samples = Samples.from_columns(rows.height_cm, rows.weight_kg, rows.class_index, held_out)
        bench.document.replace(replace(bench.document.state, samples=samples), "held out")
        bench.choose("distribution", "gaussian")
        kept = ~held_out
        expected = Regression.of(rows.height_cm[kept], rows.weight_kg[kept])
        assert bench.tab.regression.run.regression.optimum == expected.optimum

    def test_very_many_come_from_the_background(self, qtbot):
        bench = Bench(qtbot, count=9_000)
        bench.choose("distribution", "gaussian")
        qtbot.waitUntil(lambda: bench.tab.regression.run is not None)
        assert bench.tab.regression.run.regression.count == 9_000
        assert bench.tab.regression.view.sample_id.size == 4_000
        bench.tab.grab()

    def test_a_narrow_tab_has_the_numbers_in_one_line(self, bench):
        assert not bench.tab.regression.line.isVisible()
        bench.resize(330, 500)
        assert bench.tab.regression.line.isVisible()
        assert r"\sigma^2" in bench.tab.regression.line.template


class TestOneParameter:
    def test_a_bare_bernoulli_peaks_at_the_sample_mean(self, qtbot):
        bench = Bench(qtbot, count=75)
        bench.page("parameter")
        view = bench.tab.parameter.view
        mean = 37 / 75
        assert view.key == "bare"
        assert view.curve.peak == mean
        assert bench.tab.parameter.value != pytest.approx(mean, abs=0.05)
        QTest.mouseClick(bench.tab.parameter.peak_button, LEFT)
        assert bench.tab.parameter.value == mean
        bench.tab.parameter._texts.run_now()
        total = 37 * math.log(mean) + 38 * math.log(1.0 - mean)
        assert bench.tab.parameter.sum.template == rf"\ln L = {sum_number(total)}"
        assert f"⟦{-total / 75:.4f}⟧" in bench.tab.parameter.mean.template

    def test_dragging_in_a_plot_takes_the_parameter_along(self, qtbot):
        bench = Bench(qtbot)
        bench.page("parameter")
        page = bench.tab.parameter
        for plot in (page.likelihood, page.nll):
            start, end = (plot.point(p, 0.5).toPoint() for p in (0.3, 0.8))
            QTest.mousePress(plot, LEFT, pos=start)
            assert page.value == pytest.approx(0.3, abs=0.01)
            QTest.mouseMove(plot, end)
            QTest.mouseRelease(plot, LEFT, pos=end)
            qtbot.waitUntil(lambda: page.value == pytest.approx(0.8, abs=0.01))
            page._texts.run_now()
            total = 30 * (math.log(page.value) + math.log(1.0 - page.value))
            assert page.sum.template == rf"\ln L = {sum_number(total)}"

    def test_the_slider_is_the_parameter(self, qtbot):
        bench = Bench(qtbot)
        bench.page("parameter")
        page = bench.tab.parameter
        before = page.value
        page.slider.setFocus()
        QTest.keyClick(page.slider, Qt.Key.Key_Up)
        step = (page.view.high - page.view.low) / 400
        assert page.value == pytest.approx(before + step, abs=step)
        assert page.value != before

    def test_peak_and_valley_of_a_weight_stand_at_one_place(self, qtbot):
        bench = Bench(qtbot)
        bench.page("parameter")
        bench.pick(bench.tab.parameter_combo, "1")
        view = bench.tab.parameter.view
        assert view.key == "1"
        assert view.now == WEIGHTS[0][1]
        curve = view.curve
        assert np.argmax(curve.relative_likelihood) == np.argmin(curve.loss)
        assert abs(curve.weight[np.argmin(curve.loss)] - curve.peak) <= np.diff(curve.weight).max()

    def test_a_weight_follows_training_until_it_is_moved(self, qtbot):
        bench = Bench(qtbot)
        bench.page("parameter")
        bench.pick(bench.tab.parameter_combo, "0")
        assert bench.tab.parameter.value == WEIGHTS[0][0]
        bench.show([[0.5, 1.5, -0.3], WEIGHTS[1]])
        assert bench.tab.parameter.value == 0.5
        bench.tab.parameter.pick(0.2)
        bench.show([[0.6, 1.5, -0.3], WEIGHTS[1]])
        assert bench.tab.parameter.value == pytest.approx(0.2)

    def test_the_mean_the_slope_and_sigma_of_the_regression(self, qtbot):
        bench = Bench(qtbot)
        bench.choose("distribution", "gaussian")
        bench.page("parameter")
        rows = bench.document.state.samples.rows
        run = bench.tab.regression.run
        assert bench.tab.parameter.view.curve.peak == pytest.approx(rows.weight_kg.mean())
        bench.pick(bench.tab.parameter_combo, "slope")
        assert bench.tab.parameter.view.curve.peak == pytest.approx(
            stats.linregress(rows.height_cm, rows.weight_kg).slope
        )
        assert bench.tab.parameter.value == pytest.approx(run.regression.in_units(run.line)[0])
        bench.pick(bench.tab.parameter_combo, "sigma")
        assert bench.tab.parameter.view.curve.peak == pytest.approx(
            math.sqrt(run.regression.mse_kg2(run.line))
        )

    def test_a_gaussian_of_labels_has_the_bernoullis_peak(self, qtbot):
        bench = Bench(qtbot, count=75)
        bench.choose("nll", "mse")
        bench.page("parameter")
        assert bench.tab.parameter.view.curve.peak == pytest.approx(37 / 75)
        bench.pick(bench.tab.parameter_combo, "sigma")
        assert bench.tab.parameter.view.curve.peak == pytest.approx(
            math.sqrt(bench.frame.snapshot.metrics[1, 1])
        )

    def test_one_class_alone_has_no_spread_for_a_gaussian_and_says_so(self, qtbot):
        bench = Bench(qtbot)
        bench.document.set_class_of(list(range(60)), 1)
        bench.choose("nll", "mse")
        bench.show(WEIGHTS)
        bench.page("parameter")
        assert "spread" in bench.tab.sentence.text()
        bench.choose("distribution", "bernoulli")
        assert not bench.tab.sentence.isVisible()
        assert bench.tab.parameter.view.curve.peak == 1.0

    def test_many_samples_weights_come_from_the_background(self, qtbot):
        bench = Bench(qtbot, count=24_000)
        bench.page("parameter")
        qtbot.waitUntil(lambda: bench.tab.parameter.view is not None)
        bench.pick(bench.tab.parameter_combo, "2")
        qtbot.waitUntil(lambda: bench.tab.parameter.view.key == "2")
        view = bench.tab.parameter.view
        assert view.is_heavy
        value = 0.25 * view.low + 0.75 * view.high
        bench.tab.parameter.pick(value)
        expected = view.at(value)
        qtbot.waitUntil(lambda: bench.tab.parameter._at == expected)

    def test_the_parameters_are_those_that_the_model_has(self):
        logistic, softmax, mlp = (
            ModelSpec("logistic", 2),
            ModelSpec("softmax", 3),
            ModelSpec("mlp", 2, (4,)),
        )
        assert parameter_keys(Choice(), logistic, bias=True) == ["bare", "0", "1", "2"]
        assert parameter_keys(Choice(), logistic, bias=False) == ["bare", "0", "1"]
        assert parameter_keys(Choice(), mlp, bias=True) == ["bare"]
        assert parameter_keys(Choice(), softmax, bias=True) == ["bare"]
        assert len(parameter_keys(Choice("label", "categorical"), softmax, bias=True)) == 10
        assert parameter_keys(REGRESSION, softmax, bias=True) == ["bare", "slope", "sigma"]
        assert parameter_keys(PRETENCE, logistic, bias=True) == ["bare", "sigma"]


class TestWhileTraining:
    def test_the_log_likelihood_is_minus_n_times_the_recorded_bce(self, qtbot):
        bench = Bench(qtbot)
        bench.page("training")
        on_top = bench.tab.training.plot.paths[-1]
        assert on_top.loss == "bce"
        steps, _, _, last = bench.frame.curve.arrays(0, 0)
        np.testing.assert_array_equal(on_top.step, steps)
        np.testing.assert_allclose(on_top.log_likelihood, -60 * last)
        assert (np.diff(on_top.log_likelihood) > 0.0).all()

    def test_the_numbers_are_those_of_the_step_under_the_pointer(self, qtbot):
        bench = Bench(qtbot)
        bench.page("training")
        page = bench.tab.training
        plot = page.plot
        place = plot.point(50.0, (plot.y_axis.low + plot.y_axis.high) / 2).toPoint()
        QTest.mouseMove(plot, QPoint(1, 1))
        QTest.mouseMove(plot, place)
        qtbot.waitUntil(lambda: page._cursor is not None)
        page._texts.run_now()
        bce = bench.frame.curve.arrays(0, 0)[3][page._cursor]
        assert page.heading.text() == f"step {page._cursor}"
        assert page.likelihood.template == f"L = {likelihood_number(-60 * bce)}"

    def test_nothing_from_before_the_samples_changed_is_drawn(self):
        document = document_in_turn(60)
        frame = frame_of(document, marks=[Mark(1, 40, "data"), Mark(1, 70, "settings")], parameters=WEIGHTS)
        path = label_paths(frame, 0, Choice(), 1)[-1]
        assert path.step[0] == 41
        assert path.step[-1] == 100

    def test_the_present_step_is_there_though_it_was_not_recorded(self):
        document = document_in_turn(60)
        curve = LossCurve(2)
        curve.append(LossRecords(1, np.array([0, 10]), np.full((2, 2, 3), 0.5)))
        frame = frame_of(document, curve, parameters=WEIGHTS)
        path = label_paths(frame, 1, Choice("label", "gaussian"), 1)[-1]
        assert path.step.tolist() == [0, 10, 100]
        mse = float(frame.snapshot.metrics[1, 1])
        assert path.log_likelihood[-1] == pytest.approx(-60 * stats.norm(0.0, math.sqrt(mse)).entropy())

    def test_underflow_is_told(self, qtbot):
        bench = Bench(qtbot, count=4_000)
        bench.page("training")
        page = bench.tab.training
        page._texts.run_now()
        total = -4_000 * float(bench.frame.curve.arrays(0, 0)[3][-1])
        assert total < -745.2
        assert page.stored.template.startswith("⟦0⟧")
        assert "underflows" in page.note.text()
        assert page.likelihood.template == f"L = {likelihood_number(total)}"

    def test_the_regressions_likelihood_climbs_to_that_of_least_squares(self, qtbot):
        bench = Bench(qtbot)
        bench.choose("distribution", "gaussian")
        for _ in range(30):
            QTest.mouseClick(bench.tab.regression.step_button, LEFT)
        bench.page("training")
        path = bench.tab.training.plot.paths[-1]
        rows, run = bench.document.state.samples.rows, bench.tab.regression.run
        residual = rows.weight_kg - run.regression.mu_kg(run.line, rows.height_cm)
        expected = stats.norm.logpdf(residual, 0.0, residual.std(mean=0.0)).sum()
        assert path.log_likelihood.size == 31
        assert path.log_likelihood[-1] == pytest.approx(expected)
        assert (np.diff(path.log_likelihood) > 0.0).all()

    def test_a_bernoulli_of_one_class_among_three_has_no_recorded_run(self, qtbot):
        bench = Bench(qtbot, 3)
        bench.choose("distribution", "bernoulli")
        bench.page("training")
        assert "choose Categorical" in bench.tab.sentence.text()
        bench.choose("distribution", "categorical")
        assert not bench.tab.sentence.isVisible()

    @given(st.floats(1e-6, 1e300), st.sampled_from([-1.0, 1.0]))
    def test_every_likelihood_has_an_axis_that_ends_a_little_beyond_it(self, size, sign):
        axis = likelihood_axis(np.array([sign * size]))
        assert axis.low <= min(sign * size, 0.0)
        assert axis.high >= max(sign * size, 0.0)
        assert axis.high - axis.low <= max(2.0 * size, 2e-3) or (axis.low, axis.high) == (0.0, 1.0)

    def test_both_rulers_name_the_same_heights(self):
        axis = likelihood_axis(np.array([-420.0, -100.0]))
        assert axis.low <= -420.0
        assert axis.high == 0.0
        for share, text in power_ticks(axis, 300.0, 26.0):
            power = text.removeprefix("10").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
            expected = 0.0 if text == "1" else float(power)
            assert axis.value_at(share) / math.log(10.0) == pytest.approx(expected)
