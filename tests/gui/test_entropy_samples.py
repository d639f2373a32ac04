"""The entropy tab sample by sample: a strip from the best to the worst, and the terms of one."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication
from scipy.special import entr, rel_entr

from gui.plots.entropy.strip_plot import strip_columns
from tests.gui.entropy_bench import Bench, numbers, people_state


class TestSamples:
    def test_the_strip_goes_from_the_best_to_the_worst_with_the_samples_own_numbers(self, qtbot):
        bench = Bench(qtbot)
        losses = [-math.log(bench.p(i)[bench.data.class_index[i]]) for i in range(60)]
        view = bench.tab.strip.view
        assert view.order.tolist() == np.argsort(losses, kind="stable").tolist()
        assert view.split.cross_entropy == pytest.approx(losses)
        lefts = [bench.tab.strip.bar_rect(place).left() for place in view.order]
        assert lefts == sorted(lefts)

    def test_a_bar_is_hovered_selected_and_lights_up_from_elsewhere(self, qtbot):
        bench = Bench(qtbot)
        place = int(bench.tab.view.order[20])
        bench.hover_strip(place)
        sample_id = int(bench.data.sample_id[place])
        assert bench.interaction.hovered_id == sample_id
        assert bench.tab.terms.heading.text() == "This sample"
        bench.click(bench.tab.strip, bench.tab.strip.bar_rect(place).center())
        assert bench.interaction.selected_ids == {sample_id}
        QApplication.sendEvent(bench.tab.strip, QEvent(QEvent.Type.Leave))
        assert bench.interaction.hovered_id is None
        bench.settle()
        assert bench.tab.strip._marked == place  # selected

    def test_only_the_true_class_has_a_term_with_one_hot_labels(self, qtbot):
        bench = Bench(qtbot)
        place = 7
        bench.interaction.set_hovered_id(int(bench.data.sample_id[place]))
        bench.settle()
        label, p = int(bench.data.class_index[place]), bench.p(place)
        rows = bench.tab.terms.table.rows
        for index, row in enumerate(rows[:3]):
            assert row.cells[0] == ("1.000" if index == label else "0.000")
            assert row.cells[1] == f"{p[index]:.3f}"
            assert (row.cells[2] == "0") == (index != label)
        assert float(rows[label].cells[2]) == pytest.approx(-math.log(p[label]), rel=0.01)
        assert rows[3].cells[2] == rows[label].cells[2]
        assert rows[3].title == "sum"
        assert "Only the true class's term counts" in bench.tab.terms.note.text()

    def test_with_smoothing_every_class_has_a_term(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.3))
        place = 7
        bench.interaction.set_hovered_id(int(bench.data.sample_id[place]))
        bench.settle()
        p, rows = bench.p(place), bench.tab.terms.table.rows
        target = 0.7 * np.eye(3)[bench.data.class_index[place]] + 0.1
        for index, row in enumerate(rows[:3]):
            assert row.cells[0] == f"{target[index]:.3f}"
            assert float(row.cells[2]) == pytest.approx(-target[index] * math.log(p[index]), rel=0.02)
        assert float(rows[3].cells[2]) == pytest.approx(-(target * np.log(p)).sum(), rel=0.01)
        entropy, divergence, _ = numbers(bench.tab.terms.sum.template)
        assert entropy == pytest.approx(entr(target).sum(), abs=0.001)
        assert divergence == pytest.approx(rel_entr(target, p).sum(), rel=0.01)
        assert "terms of all classes" in bench.tab.terms.note.text()

    def test_without_a_pointer_the_worst_sample_stands_in(self, qtbot):
        bench = Bench(qtbot)
        worst = int(bench.tab.view.order[-1])
        assert bench.tab.terms.heading.text() == "The worst predicted sample"
        assert bench.tab.terms.bar.shares[1] == 1.0
        assert bench.tab.strip._marked == worst

    def test_k_sigmoids_have_a_term_of_every_class(self, qtbot):
        bench = Bench(qtbot, people_state(model="sigmoids"))
        place = 5
        bench.interaction.set_hovered_id(int(bench.data.sample_id[place]))
        bench.settle()
        p, label = bench.p(place), bench.data.class_index[place]
        rows = bench.tab.terms.table.rows
        for index, row in enumerate(rows[:3]):
            own = p[index] if index == label else 1 - p[index]
            assert float(row.cells[2]) == pytest.approx(-math.log(own), rel=0.02)
        assert bench.tab.terms.table.headers[2] == "both terms"

    def test_two_classes_have_a_row_each(self, qtbot):
        bench = Bench(qtbot, people_state(2))
        rows = bench.tab.terms.table.rows
        assert [row.title for row in rows] == ["no diet needed", "needs a diet", "sum"]
        assert sorted(row.cells[0] for row in rows[:2]) == ["0.000", "1.000"]

    def test_bars_that_share_a_pixel_are_drawn_as_their_mean(self):
        values = np.arange(100.0)
        edges, low, high = strip_columns(values / 2, values, 10)
        assert edges.tolist() == list(range(0, 101, 10))
        assert high == pytest.approx(np.arange(4.5, 100, 10))
        assert low == pytest.approx(high / 2)

    def test_the_bars_reach_their_height(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.2))
        strip, view = bench.tab.strip, bench.tab.view
        picture = strip.grab().toImage()
        place = int(view.order[45])
        x = strip.bar_rect(place).center().x()
        total = view.split.cross_entropy[place]
        inside = QPointF(x, strip.point(0.0, total * 0.9).y()).toPoint()
        outside = QPointF(x, strip.point(0.0, total * 1.25).y()).toPoint()
        band = QPointF(x, strip.point(0.0, view.split.entropy[place] * 0.5).y()).toPoint()
        assert picture.pixelColor(outside).lightness() > picture.pixelColor(inside).lightness() + 15
        assert picture.pixelColor(band).blue() - picture.pixelColor(band).red() > 40
