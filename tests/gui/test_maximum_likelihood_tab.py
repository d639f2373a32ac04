"""The maximum likelihood tab: six linked boxes, and the labels of the data."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from scipy import stats

from engine.training_data import TrainingData
from gui.formulas import loss_text
from gui.interaction import Interaction
from gui.lab import make_lab
from gui.plots.lab_tab import LabContext
from gui.plots.maximum_likelihood.choice import Choice
from gui.plots.maximum_likelihood.numbers import likelihood_number
from gui.theme import Appearance
from tests.gui.lab_bench import LEFT, document_in_turn, settle_layout
from tests.gui.maximum_likelihood_bench import SCALER, WEIGHTS, Bench
from tests.gui.view_fakes import FakeController, keep

PRETENCE = Choice("label", "gaussian")
REGRESSION = Choice("weight", "gaussian")


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


def test_a_place_far_from_the_plot_hovers_nobody(qtbot):
    bench = Bench(qtbot)
    bench.interaction.set_hovered_id(3)
    bench.tab.label_page.rows.moved.emit(QPointF(-50.0, -50.0))
    assert bench.interaction.hovered_id is None
