"""The metrics tab: cells, curves, pages and the pointer, linked with canvas and threshold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.classification_curves import roc_curve
from gui.i18n import Language
from gui.interaction import Interaction
from gui.lab import GROUPS
from gui.plots.lab_tab import LabContext
from gui.plots.metrics.matrix import cell_color, short_count
from gui.plots.metrics.tab import MetricsTab, threshold_at
from gui.theme import Appearance, make_theme
from tests.gui.metrics_bench import ROOMY, SMALL, WEIGHTS, Bench, people_state, softmax_weights
from tests.gui.test_theme import TEXT_CONTRAST, contrast
from tests.gui.view_fakes import FakeController, document_of, keep


class TestCells:
    def test_a_click_selects_the_samples_of_a_cell_and_marks_it(self, qtbot):
        bench = Bench(qtbot)
        rows, answer = bench.rows(), bench.p() >= 0.5
        bench.click_cell(0, 1)
        expected = set(rows.sample_id[(rows.class_index == 0) & answer].tolist())
        assert expected
        assert bench.interaction.selected_ids == expected
        assert bench.tab.answers.matrix.marked == (0, 1)

    def test_a_second_click_or_another_selection_takes_the_mark_away(self, qtbot):
        bench = Bench(qtbot)
        bench.click_cell(1, 1)
        bench.click_cell(1, 1)
        assert bench.interaction.selected_ids == frozenset()
        assert bench.tab.answers.matrix.marked is None
        bench.click_cell(1, 1)
        bench.interaction.set_selected_ids([3])
        assert bench.tab.answers.matrix.marked is None

    def test_the_mark_belongs_to_the_model_that_gave_the_answers(self, qtbot):
        bench = Bench(qtbot)
        bench.click_cell(1, 1)
        bench.interaction.set_selected_model(1)
        bench.settle()
        assert bench.tab.answers.matrix.marked is None
        bench.interaction.set_selected_model(0)
        bench.settle()
        assert bench.tab.answers.matrix.marked == (1, 1)

    def test_training_goes_on_and_the_selection_stays_with_its_step(self, qtbot):
        bench = Bench(qtbot)
        bench.click_cell(0, 1)
        chosen = bench.interaction.selected_ids
        bench.show([[0.0, 0.0, -9.0], [0.0, 0.0, -9.0]], step=250)
        assert bench.tab.answers.matrix.counts[0, 1] == 0
        assert bench.interaction.selected_ids == chosen
        QTest.mouseMove(bench.tab, QPoint(1, 1))
        bench.tab.answers.matrix.leaveEvent(None)
        assert bench.tab.status.text().startswith(f"Selected at step 100: {len(chosen)} samples")

    def test_an_empty_cell_selects_nothing(self, qtbot):
        bench = Bench(qtbot, parameters=[[0.0, 0.0, -9.0], [0.0, 0.0, -9.0]])
        bench.interaction.set_selected_ids([1, 2])
        bench.click_cell(0, 1)
        assert bench.interaction.selected_ids == frozenset()
        assert bench.tab.answers.matrix.marked is None

    def test_hovering_says_it_in_words(self, qtbot):
        bench = Bench(qtbot, people_state(3), softmax_weights(3))
        counts = bench.tab.answers.matrix.counts
        matrix = bench.tab.answers.matrix
        sentence = bench.read(matrix, matrix.cell_rect((1, 2)).center())
        share = round(100 * counts[1, 2] / counts[1].sum())
        expected = (
            f"{counts[1, 2]} samples labelled normal answered overweight: {share} % of those labelled so."
        )
        assert sentence == expected
        assert "answered rightly" in bench.read(matrix, matrix.cell_rect((1, 1)).center())

    @pytest.mark.parametrize("dark", [False, True])
    @pytest.mark.parametrize("is_right", [False, True])
    def test_text_on_the_deepest_shade_can_be_read(self, dark, is_right):
        theme = make_theme(dark=dark)
        assert contrast(theme.text, cell_color(theme, 1.0, is_right=is_right)) >= TEXT_CONTRAST

    @pytest.mark.parametrize(
        ("count", "text"),
        [
            (999, "999"),
            (1000, "1.0k"),
            (9949, "9.9k"),
            (12_345, "12k"),
            (999_499, "999k"),
            (1_250_000, "1.2M"),
        ],
    )
    def test_counts_get_short_where_they_must(self, count, text):
        assert short_count(count) == text


class TestRoc:
    def test_a_click_on_the_curve_sets_the_threshold_as_one_command(self, qtbot):
        bench = Bench(qtbot)
        plot = bench.tab.roc.plot
        number = plot.curve.threshold.size // 2
        rates = plot.curve.false_positive_rate[number], plot.curve.true_positive_rate[number]
        bench.click(plot, plot.pixel_of(number))
        assert bench.document.undo_stack.count() == 1
        assert plot.content.point == pytest.approx(rates, abs=0.03)
        threshold = bench.document.state.settings.threshold
        assert threshold == float(f"{threshold:.3f}")  # as round as it may be
        bench.document.undo_stack.undo()
        assert bench.document.state.settings.threshold == 0.5

    def test_a_threshold_stays_where_the_slider_goes(self):
        curve = roc_curve(np.array([0.0001, 0.4, 0.9999]), np.array([False, True, True]))
        assert threshold_at(curve, 0) == 0.99
        assert threshold_at(curve, 1) == 0.7
        assert threshold_at(curve, 2) == 0.2
        assert threshold_at(curve, curve.threshold.size - 1) == 0.01

    def test_a_point_that_has_the_threshold_already_changes_nothing(self, qtbot):
        bench = Bench(qtbot)
        plot, curve = bench.tab.roc.plot, bench.tab.roc.plot.curve
        number = int(np.flatnonzero((curve.lower < 0.5) & (curve.threshold >= 0.5))[0])
        bench.click(plot, plot.pixel_of(number))
        assert bench.document.undo_stack.count() == 0

    def test_hovering_tells_the_threshold_and_both_rates(self, qtbot):
        bench = Bench(qtbot)
        plot = bench.tab.roc.plot
        sentence = bench.read(plot, plot.pixel_of(plot.curve.threshold.size // 2))
        assert sentence.startswith("From p ≥ 0.")
        assert "of those labelled needs a diet found" in sentence
        assert bench.read(plot, plot.pixel_of(0)) == "Above every p: nothing is answered needs a diet."

    def test_where_the_largest_p_decides_there_is_no_threshold_to_set(self, qtbot):
        bench = Bench(qtbot, people_state(3), softmax_weights(3))
        plot = bench.tab.roc.plot
        bench.click(plot, plot.pixel_of(plot.curve.threshold.size // 2))
        assert bench.document.undo_stack.count() == 0

    def test_hovering_a_bin_tells_its_numbers(self, qtbot):
        bench = Bench(qtbot)
        plot, found = bench.tab.calibration.plot, bench.model().reliability
        sentence = bench.read(plot, plot.pixel_of(2))
        assert sentence.startswith(f"{found.count[2]} sample")
        assert "95 % interval" in sentence


class TestLayout:
    def test_a_roomy_tab_shows_all_and_a_small_one_a_page(self, qtbot):
        bench = Bench(qtbot, size=ROOMY)
        panes = (bench.tab.answers, bench.tab.roc, bench.tab.calibration)
        assert all(pane.isVisible() for pane in panes)
        assert not bench.tab.page_switch.isVisible()
        bench.resize(*SMALL)
        assert [pane.isVisible() for pane in panes] == [True, False, False]
        bench.click(bench.tab.page_switch.button("calibration"), QPointF(5, 5))
        assert [pane.isVisible() for pane in panes] == [False, False, True]
        assert bench.tab.status.text().startswith("On the diagonal")
        bench.click(bench.tab.page_switch.button("roc"), QPointF(5, 5))
        assert bench.tab.status.text() == "Click on the curve to set the threshold."

    @pytest.mark.parametrize(("width", "is_beside"), [(330, False), (460, False), (640, True)])
    def test_the_table_stands_beside_the_matrix_or_below_it(self, qtbot, width, is_beside):
        bench = Bench(qtbot, people_state(3), softmax_weights(3), (width, 360))
        matrix, table = bench.tab.answers.matrix.geometry(), bench.tab.answers.table.geometry()
        assert (table.left() >= matrix.right()) == is_beside
        assert (table.top() >= matrix.bottom()) != is_beside
        assert table.height() >= bench.tab.answers.table.sizeHint().height()

    def test_explains_itself_and_survives_language_theme_and_other_classes(self, qtbot):
        bench = Bench(qtbot)
        assert bench.tab.explanation().count(". ") == 1
        bench.appearance.set_mode("dark")
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        bench.document.add_class()
        bench.settle()
        assert bench.summary() == ""  # until the frame with three classes comes
        bench.show(softmax_weights(3))
        assert len(bench.tab.answers.matrix.counts) == 3

    def test_a_screen_reader_hears_matrix_and_table(self, qtbot):
        bench = Bench(qtbot)
        counts = bench.tab.answers.matrix.counts
        spoken = bench.tab.answers.matrix.accessibleDescription()
        assert f"no diet needed answered needs a diet: {counts[0, 1]}" in spoken
        assert "precision 0." in bench.tab.answers.table.accessibleDescription()


def test_the_lab_opens_it(qtbot):
    document = document_of()
    context = LabContext(document, Interaction(document), FakeController(), Appearance())
    instruments = {one.key: one for group in GROUPS for one in group.instruments}
    tab = instruments["metrics"].make(context)
    keep(qtbot, tab, context)
    assert isinstance(tab, MetricsTab)
    tab.close_jobs()


def test_a_low_and_narrow_tab_scrolls_with_rows_that_can_be_read(qtbot):
    bench = Bench(qtbot, size=(330, 200))
    answers, matrix = bench.tab.answers, bench.tab.answers.matrix
    assert matrix.cell_rect((0, 0)).height() >= 22
    assert matrix.geometry().bottom() < answers.table.geometry().top()
    assert answers.table.height() == answers.table.sizeHint().height()
    assert answers.width() <= bench.tab.width()


@pytest.mark.parametrize("code", ["en", "ko"])
@pytest.mark.parametrize("n_classes", [2, 3])
def test_all_names_stand_in_full_where_the_lab_is_as_wide_as_in_a_small_window(qtbot, n_classes, code):
    language = Language()
    language.set_code(code)
    try:
        weights = WEIGHTS if n_classes == 2 else softmax_weights(3)
        bench = Bench(qtbot, people_state(n_classes), weights, size=(410, 240))
        matrix, table = bench.tab.answers.matrix, bench.tab.answers.table
        assert table.width() >= table.wanted_width()
        assert matrix.width() >= matrix.named_width()
        assert matrix.cell_rect((0, 0)).height() >= 22
    finally:
        language.set_code("en")


def test_a_name_cut_short_is_read_in_full_under_the_pointer(qtbot):
    state = people_state(3)
    name = "people whose class has a name that no column has room for"
    first = replace(state.classes[0], name=name)
    state = replace(state, classes=(first, *state.classes[1:]))
    bench = Bench(qtbot, state, softmax_weights(3), size=(410, 300))
    matrix, table = bench.tab.answers.matrix, bench.tab.answers.table
    bench.hover(table, table.cell_rect(0, "recall").center())
    assert table.toolTip() == name
    bench.hover(matrix, matrix.cell_rect((0, 2)).center())
    assert matrix.toolTip() == f"{name} → overweight"
    matrix.leaveEvent(None)
    assert matrix.toolTip() == ""
