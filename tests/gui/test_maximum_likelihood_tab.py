"""The maximum likelihood tab: six linked boxes, and three pages that show them on data."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from scipy import stats

from engine.activations import sigmoid
from engine.gaussian_regression import Regression
from engine.running.history import LossCurve
from engine.samples import Samples
from engine.snapshots import LossRecords, Mark
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from gui.formulas import loss_text
from gui.interaction import Interaction
from gui.lab import make_lab
from gui.plots.lab_tab import LabContext
from gui.plots.maximum_likelihood.bars_plot import bar_text
from gui.plots.maximum_likelihood.choice import Choice, row_of
from gui.plots.maximum_likelihood.data import drawn_places, label_view
from gui.plots.maximum_likelihood.numbers import float64_number, likelihood_number, sum_number
from gui.plots.maximum_likelihood.parameter_data import parameter_keys
from gui.plots.maximum_likelihood.tab import MaximumLikelihoodTab
from gui.plots.maximum_likelihood.training_page import label_paths
from gui.plots.maximum_likelihood.training_plot import likelihood_axis, power_ticks
from gui.plots.training_view import DataKeeper
from gui.theme import Appearance
from tests.gui.lab_bench import LEFT, LabBench, document_in_turn, settle_layout
from tests.gui.view_fakes import FakeController, document_of, frame_of, keep, snapshot_of

SCALER = LabBench.scaler
WEIGHTS = [[0.4, 1.5, -0.3], [-0.8, 0.6, 0.1]]
PRETENCE = Choice("label", "gaussian")
REGRESSION = Choice("weight", "gaussian")


class Bench(LabBench):
    tab_type = MaximumLikelihoodTab

    def __init__(self, qtbot, n_classes=2, parameters=None, size=(640, 560), count=60, **settings) -> None:
        super().__init__(qtbot, document_in_turn(count, n_classes, **settings), size)
        if parameters is None and n_classes == 2:
            parameters = WEIGHTS
        self.show(parameters)

    def settle(self) -> None:
        settle_layout(self.tab)  # the tests have the texts written when they read them

    def choose(self, box: str, key: str) -> None:
        self.pick(self.tab.strip.boxes[box].combo, key)

    def text(self, box: str) -> str:
        self.tab._strip_texts.run_now()
        one = self.tab.strip.boxes[box]
        return one.value.template + one.text.text() + one.formula.template

    @property
    def keys(self) -> tuple[str, str, str]:
        boxes = self.tab.strip.boxes
        return tuple(boxes[name].combo.key for name in ("data", "distribution", "nll"))

    def own_p(self) -> np.ndarray:
        """p of each sample, from the formula."""
        data = TrainingData.of(self.frame.snapshot.spec, SCALER)
        return sigmoid(np.array(WEIGHTS[0]) @ data.design)


class TestChoice:
    def test_body_weight_is_gaussian(self):
        assert Choice("label", "categorical").with_target("weight") == REGRESSION

    def test_labels_keep_the_gaussian_which_they_only_pretend_to_be(self):
        assert REGRESSION.with_target("label") == PRETENCE
        assert PRETENCE.is_pretence
        assert not REGRESSION.is_pretence

    def test_a_distribution_brings_the_data_that_it_fits(self):
        assert Choice().with_distribution("gaussian") == REGRESSION
        assert REGRESSION.with_distribution("categorical") == Choice("label", "categorical")

    def test_a_loss_brings_its_distribution_and_mse_leaves_the_data(self):
        assert Choice().with_loss("mse") == PRETENCE
        assert REGRESSION.with_loss("mse") == REGRESSION
        assert REGRESSION.with_loss("ce") == Choice("label", "categorical")
        for choice in (Choice(), Choice("label", "categorical"), PRETENCE, REGRESSION):
            assert choice.with_loss(choice.loss) == choice

    def test_the_model_trained_on_the_loss_is_shown(self):
        spec = document_of(2).state.training_spec()
        assert spec.losses == ("bce", "mse")
        assert row_of(Choice(), spec, 1) == 0
        assert row_of(Choice("label", "categorical"), spec, 1) == 0
        assert row_of(PRETENCE, spec, 0) == 1
        alone = document_of(2, loss_mode="mse").state.training_spec()
        assert row_of(Choice(), alone, 0) == 0


class TestStrip:
    def test_two_classes_begin_with_bernoulli_and_more_with_categorical(self, qtbot):
        assert Bench(qtbot).keys == ("label", "bernoulli", "bce")
        assert Bench(qtbot, 3).keys == ("label", "categorical", "ce")

    @pytest.mark.parametrize(
        ("box", "key", "keys"),
        [
            ("data", "weight", ("weight", "gaussian", "mse")),
            ("distribution", "categorical", ("label", "categorical", "ce")),
            ("distribution", "gaussian", ("weight", "gaussian", "mse")),
            ("nll", "ce", ("label", "categorical", "ce")),
            ("nll", "mse", ("label", "gaussian", "mse")),
        ],
    )
    def test_changing_a_box_makes_the_others_follow(self, qtbot, box, key, keys):
        bench = Bench(qtbot)
        bench.choose(box, key)
        assert bench.keys == keys

    def test_each_distribution_has_its_own_formulas(self, qtbot):
        bench = Bench(qtbot)
        assert "p^y (1 - p)^{1 - y}" in bench.text("likelihood")
        assert bench.text("descent").endswith("= p - y")
        bench.choose("distribution", "categorical")
        assert "softmax" in bench.text("network")
        assert bench.text("descent").endswith("= p_k - y_k")
        bench.choose("distribution", "gaussian")
        assert r"\mu(x) = w x + b" in bench.text("network")
        assert r"(\mu - y) / \sigma^2" in bench.text("descent")
        bench.choose("data", "label")
        assert r"\mathcal{N}(p, \sigma^2)" in bench.text("distribution")
        assert "p (1 - p)" in bench.text("descent")

    def test_likelihood_and_nll_are_those_of_the_run(self, qtbot):
        bench = Bench(qtbot)
        bce = float(bench.frame.snapshot.metrics[0, 0])
        assert f"L = {likelihood_number(-60 * bce)}" in bench.text("likelihood")
        assert f"⟦{loss_text(bce)}⟧" in bench.text("nll")
        assert "n = ⟦60⟧" in bench.text("data")

    def test_the_gaussian_on_labels_has_the_likelihood_with_sigma_squared_the_mse(self, qtbot):
        bench = Bench(qtbot)
        bench.choose("nll", "mse")
        mse = float(bench.frame.snapshot.metrics[1, 1])
        expected = -60 * stats.norm(0.0, math.sqrt(mse)).entropy()
        assert f"L = {likelihood_number(float(expected))}" in bench.text("likelihood")
        assert bench.tab.labels.trained_on == "mse"

    def test_both_kinds_of_parameter_are_kept_apart(self, qtbot):
        bench = Bench(qtbot)
        assert "changes with x" in bench.tab.apart.text()
        assert "learnt" in bench.tab.apart.text()
        assert bench.tab.strip.boxes["network"].toolTip() == bench.tab.apart.text()
        assert "learns 3" in bench.text("descent")
        assert "learns 9" in Bench(qtbot, 3).text("descent")
        assert "learns 2" in Bench(qtbot, bias=False).text("descent")

    def test_the_network_gives_p_at_the_sample_or_the_pointer(self, qtbot):
        bench = Bench(qtbot)
        p = bench.own_p()
        bench.interaction.set_hovered_id(4)
        assert bench.text("network").startswith(f"p = ⟦{p[4]:.3f}⟧")
        bench.interaction.set_hovered_id(None)
        bench.interaction.set_pointer((173.0, 75.0))
        z = 0.4 * 1.0 + 1.5 * 1.0 - 0.3
        assert bench.text("network").startswith(f"p = ⟦{1 / (1 + math.exp(-z)):.3f}⟧")

    def test_a_low_tab_has_two_rows_a_box_with_the_formula_in_them(self, qtbot):
        bench = Bench(qtbot)
        bench.tab._strip_texts.run_now()
        boxes = bench.tab.strip.boxes
        assert boxes["data"].formula.isVisible()
        assert boxes["data"].title.text() == "1 data: what y is"
        roomy = bench.tab.strip.height()
        bench.resize(640, 300)
        assert bench.tab.strip.height() < roomy
        assert not bench.tab.apart.isVisible()
        assert not boxes["data"].formula.isVisible()
        assert boxes["data"].beside.isVisible()
        assert "n = ⟦60⟧" in boxes["data"].beside.template
        assert boxes["data"].title.text() == "1 data"
        assert boxes["likelihood"].value.template.startswith(r"L = \prod p^y")
        assert "= 10⟦^" in boxes["likelihood"].value.template
        assert boxes["descent"].value.template.endswith("= p - y")

    def test_where_a_joined_formula_would_be_too_small_the_number_stays(self, qtbot):
        bench = Bench(qtbot, size=(320, 300))
        bench.tab._strip_texts.run_now()
        boxes = bench.tab.strip.boxes
        assert not boxes["distribution"].beside.isVisible()
        assert boxes["likelihood"].value.template.startswith("L = 10")

    def test_a_wide_tab_has_one_row(self, qtbot):
        bench = Bench(qtbot, size=(1_000, 560))
        tops = {box.geometry().top() for box in bench.tab.strip.boxes.values()}
        assert tops == {0}
        bench.resize(500, 560)
        assert len({box.geometry().top() for box in bench.tab.strip.boxes.values()}) == 2


class TestLabels:
    def test_bars_are_the_two_probabilities_of_the_hovered_sample(self, qtbot):
        bench = Bench(qtbot)
        p = bench.own_p()[7]
        bench.interaction.set_hovered_id(7)
        bars = bench.tab.label_page.bars.bars
        assert [bar.probability for bar in bars] == pytest.approx([1.0 - p, p])
        assert [bar.name for bar in bars] == ["0", "1"]
        assert [bar.is_true for bar in bars] == [False, True]

    def test_the_bell_around_p_has_sigma_squared_the_mse(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_hovered_id(7)
        bell = bench.tab.label_page.bars.bell
        assert bell.mu == pytest.approx(bench.own_p()[7])
        assert bell.sigma == pytest.approx(math.sqrt(bench.frame.snapshot.metrics[0, 1]))
        assert not bell.is_in_front
        bench.choose("nll", "mse")
        assert bench.tab.label_page.bars.bell.is_in_front

    def test_what_the_bell_wastes_is_said(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_hovered_id(7)
        bench.tab.label_page._texts.run_now()
        bell = bench.tab.label_page.bars.bell
        norm = stats.norm(bell.mu, bell.sigma)
        outside = norm.cdf(0.0) + norm.sf(1.0)
        assert f"{100 * outside:.0f} % of it below 0 or above 1" in bench.tab.label_page.note.text()

    def test_bars_stand_at_their_heights_and_the_higher_is_higher(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_hovered_id(7)
        plot = bench.tab.label_page.bars
        for number, bar in enumerate(plot.bars):
            rect = plot.bar_rect(number)
            assert rect.height() == pytest.approx(bar.probability / plot.y_axis.high * plot.area.height())

    def test_hovering_a_dot_hovers_its_sample_and_the_other_way_round(self, qtbot):
        bench = Bench(qtbot)
        rows = bench.tab.label_page.rows
        bench.tab.label_page._texts.run_now()
        QTest.mouseMove(rows, QPoint(1, 1))
        settle_layout(bench.tab)  # the note below has its lines, the plot its height
        QTest.mouseMove(rows, rows.pixel_of(12).toPoint())
        qtbot.waitUntil(lambda: bench.interaction.hovered_id is not None)
        hovered = bench.interaction.hovered_id
        assert (rows.pixel_of(hovered) - rows.pixel_of(12)).manhattanLength() < 12.0
        assert bench.tab.label_page.outcome.sample_id == hovered
        marked = rows.grab().toImage()
        bench.interaction.set_hovered_id(None)
        assert rows.grab().toImage() != marked

    def test_a_click_on_a_dot_selects_its_sample(self, qtbot):
        bench = Bench(qtbot)
        rows = bench.tab.label_page.rows
        QTest.mouseClick(rows, LEFT, pos=rows.pixel_of(3).toPoint())
        assert len(bench.interaction.selected_ids) == 1

    def test_dots_stand_at_p_in_the_row_of_their_label(self, qtbot):
        bench = Bench(qtbot)
        view = bench.tab.labels
        assert view.probability == pytest.approx(bench.own_p())
        assert view.row.tolist() == [number % 2 for number in range(60)]

    @pytest.mark.parametrize("n_classes", [2, 3, 5, 8])
    def test_categorical_has_a_bar_for_each_class_and_marks_the_samples_own(self, qtbot, n_classes):
        parameters = None if n_classes == 2 else np.random.default_rng(1).normal(size=(2, 3 * n_classes))
        bench = Bench(qtbot, n_classes, parameters)
        bench.tab.set_choice(Choice("label", "categorical"))
        bench.interaction.set_hovered_id(n_classes + 1)
        bars = bench.tab.label_page.bars.bars
        assert len(bars) == n_classes
        assert sum(bar.probability for bar in bars) == pytest.approx(1.0)
        assert [bar.is_true for bar in bars] == [index == 1 for index in range(n_classes)]
        assert bench.tab.label_page.bars.bell is None
        bench.tab.grab()

    def test_with_more_classes_bernoulli_is_of_the_present_class_against_the_rest(self, qtbot):
        parameters = np.random.default_rng(2).normal(size=(2, 9))
        bench = Bench(qtbot, 3, parameters)
        bench.choose("distribution", "bernoulli")
        bench.interaction.set_current_class(2)
        bench.interaction.set_hovered_id(5)
        data = TrainingData.of(bench.frame.snapshot.spec, SCALER)
        z = parameters[0].reshape(3, 3) @ data.design
        p = np.exp(z[2]) / np.exp(z).sum(axis=0)
        own = np.where(data.class_index == 2, p, 1.0 - p)
        assert bench.tab.labels.loss == pytest.approx(-np.log(own).mean())
        assert bench.tab.labels.log_likelihood == pytest.approx(np.log(own).sum())
        bars = bench.tab.label_page.bars.bars
        assert [bar.probability for bar in bars] == pytest.approx([1.0 - p[5], p[5]])
        assert bars[1].is_true
        bench.tab.label_page._texts.run_now()
        assert "overweight" in bench.tab.label_page.note.text()

    def test_the_likelihood_of_a_sample_is_shown_with_its_loss(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_hovered_id(7)
        bench.tab.label_page._texts.run_now()
        p = bench.own_p()[7]
        assert f"⟦{loss_text(-math.log(p))}⟧" in bench.tab.label_page.line.template
        assert "needs a diet" in bench.tab.label_page.heading.text()

    def test_smoothed_labels_are_told(self, qtbot):
        bench = Bench(qtbot, label_smoothing=0.1)
        bench.tab.label_page._texts.run_now()
        assert "softened" in bench.tab.label_page.note.text()
        bench.page("training")
        bench.tab.training._texts.run_now()
        assert "softened" in bench.tab.training.note.text()

    def test_the_note_never_shrinks_while_one_hovers(self, qtbot):
        bench = Bench(qtbot, 3, np.random.default_rng(2).normal(size=(2, 9)), size=(420, 560))
        bench.choose("distribution", "bernoulli")
        page = bench.tab.label_page
        page._texts.run_now()
        tall = page.note.minimumHeight()
        page.note.setText("short")
        page._keep_note_height()
        assert page.note.minimumHeight() == tall
        assert tall >= 3 * page.note.fontMetrics().lineSpacing()
        bench.choose("distribution", "categorical")
        page._texts.run_now()
        assert page.note.minimumHeight() < tall

    def test_a_step_model_is_shown_too(self, qtbot):
        bench = Bench(qtbot, parameters=WEIGHTS[:1], model="step")
        bench.tab.grab()
        assert "geq" in bench.text("network")

    def test_without_a_label_it_says_what_is_needed_and_the_regression_goes_on(self, qtbot):
        bench = Bench(qtbot)
        ids = bench.document.state.samples.rows.sample_id.tolist()
        bench.document.set_class_of(ids, -1)
        bench.show(WEIGHTS)
        assert "need samples with a label" in bench.tab.sentence.text()
        assert bench.tab.sentence.isVisible()
        for page in ("parameter", "training"):
            bench.page(page)
            assert "need samples with a label" in bench.tab.sentence.text()
        bench.page("data")
        bench.choose("distribution", "gaussian")
        assert not bench.tab.sentence.isVisible()
        assert bench.tab.regression.run.regression.count == 60
        bench.document.remove_samples(ids)
        assert "needs samples" in bench.tab.sentence.text()

    def test_very_many_are_drawn_in_part_and_summed_in_full(self, qtbot):
        bench = Bench(qtbot, count=9_000)
        qtbot.waitUntil(lambda: bench.tab.labels is not None)
        assert bench.tab.labels.place.size == 4_000
        assert bench.tab.labels.count == 9_000
        bce = float(bench.frame.snapshot.metrics[0, 0])
        assert bench.tab.labels.log_likelihood == pytest.approx(-9_000 * bce)
        bench.tab.grab()

    def test_answers_go_on_coming_while_every_frame_asks(self, qtbot):
        bench = Bench(qtbot, count=9_000)
        seen = []
        bench.tab._feed.labels_ready.connect(lambda snapshot, view: seen.append(snapshot))
        for _ in range(5):
            bench.draw(WEIGHTS)
        last = bench.frame.snapshot
        qtbot.waitUntil(lambda: last in seen)
        assert len(seen) < 5


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

    def test_both_rulers_name_the_same_heights(self):
        axis = likelihood_axis(np.array([-420.0, -100.0]))
        assert axis.low <= -420.0
        assert axis.high == 0.0
        for share, text in power_ticks(axis, 300.0, 26.0):
            power = text.removeprefix("10").translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
            expected = 0.0 if text == "1" else float(power)
            assert axis.value_at(share) / math.log(10.0) == pytest.approx(expected)


class TestNumbers:
    @pytest.mark.parametrize(
        ("log_likelihood", "text"),
        [
            (math.log(0.25), "⟦0.250⟧"),
            (-100.0 * math.log(10.0), "10⟦^-100.0⟧"),
            (-math.inf, "⟦0⟧"),
            (math.log(42.0), "⟦42.0⟧"),
            (math.nan, "⟦–⟧"),
        ],
    )
    def test_a_likelihood_is_a_number_or_a_power_of_ten(self, log_likelihood, text):
        assert likelihood_number(log_likelihood) == text

    def test_a_double_holds_exactly_0_below_the_smallest(self):
        assert float64_number(-746.0) == "⟦0⟧"
        assert float64_number(-100.0 * math.log(10.0)) == "⟦1.00e-100⟧"
        assert float64_number(800.0) == "⟦∞⟧"

    def test_only_what_is_certain_has_a_bar_of_0_or_1(self):
        texts = [bar_text(p) for p in (0.0, 1.0, 1e-9, 0.9999, 0.25)]
        assert texts == ["0", "1", "< 0.01", "> 0.99", "0.25"]

    def test_places_that_are_drawn_are_spread_over_all(self):
        assert drawn_places(10).tolist() == list(range(10))
        places = drawn_places(1_000_000, 500)
        assert places.size == 500
        assert (places[0], places[-1]) == (0, 999_999)


class TestTab:
    def test_it_is_in_the_lab(self, qtbot):
        document = document_in_turn(20)
        context = LabContext(document, Interaction(document), FakeController(), Appearance())
        assert "maximum_likelihood" in make_lab_keys(qtbot, context)

    def test_it_draws_in_both_themes_scaled_and_small(self, qtbot):
        bench = Bench(qtbot)
        for choice in (Choice(), Choice("label", "categorical"), PRETENCE, REGRESSION):
            bench.tab.set_choice(choice)
            for page in ("data", "parameter", "training"):
                bench.page(page)
                light = bench.tab.grab().toImage()
                bench.appearance.set_mode("dark")
                assert bench.tab.grab().toImage() != light
                bench.appearance.set_mode("light")
        bench.appearance.set_scale_percent(200)
        bench.resize(260, 200)
        bench.tab.grab()

    @pytest.mark.parametrize("page", ["data", "parameter", "training"])
    def test_a_low_tab_scrolls_with_nothing_over_one_another(self, qtbot, page):
        bench = Bench(qtbot, n_classes=3, parameters=np.zeros((2, 9)), size=(420, 210))
        bench.page(page)
        tab = bench.tab
        assert tab.strip.geometry().bottom() < tab.page_switch.geometry().top()
        assert tab.page_switch.geometry().bottom() < tab._stack.geometry().top()
        assert tab._stack.height() >= 160
        assert tab.strip.width() <= tab.width()

    def test_texts_are_set_again_for_another_language(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.page_switch.button("data").setText("")
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        assert bench.tab.page_switch.button("data").text() == "this data"

    def test_another_document_with_more_classes_turns_to_categorical(self, qtbot):
        bench = Bench(qtbot)
        bench.document.replace(document_in_turn(30, 3).state, "three classes")
        assert bench.tab.choice == Choice("label", "categorical")
        bench.show(np.zeros((2, 9)))
        assert bench.text("network").startswith("(⟦0.33⟧")

    def test_the_explanation_says_what_is_learnt_and_what_changes_with_x(self, qtbot):
        text = Bench(qtbot).tab.explanation()
        assert text.count(".") == 2
        assert "changes with x" in text
        assert "learnt" in text


def make_lab_keys(qtbot, context) -> list[str]:
    window = QWidget()
    lab = make_lab(context, window)
    keep(qtbot, window, (window, lab, context))
    return lab.keys


def test_a_label_view_of_softmax_takes_sigma_from_all_its_numbers():
    """MSE is a sum over K numbers: the likeliest sigma of one of them is the root of MSE / K."""
    document = document_in_turn(30, 3)
    snapshot = snapshot_of(document, parameters=np.zeros((2, 9)), scaler=SCALER)
    view = label_view(DataKeeper(), snapshot, 1, PRETENCE, 0)
    assert view.sigma == pytest.approx(math.sqrt(snapshot.metrics[1, 1] / 3))
    expected = -90 * stats.norm(0.0, view.sigma).entropy()
    assert view.log_likelihood == pytest.approx(float(expected))


def test_a_place_far_from_the_plot_hovers_nobody(qtbot):
    bench = Bench(qtbot)
    bench.interaction.set_hovered_id(3)
    bench.tab.label_page.rows.moved.emit(QPointF(-50.0, -50.0))
    assert bench.interaction.hovered_id is None
