"""The log-odds tab: map, surface and the way back to p, linked with canvas and models."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scipy.special import log_softmax

from engine.activations import sigmoid, softmax
from engine.document.state import MARKERS, DocumentState
from engine.models import probabilities
from engine.scaling import Standardizer
from gui.document import Document
from gui.lab import GROUPS
from gui.plots.log_odds.card import NO_BREAK
from gui.plots.log_odds.map_plot import MOST_TINT, diverging_table, level_text
from gui.plots.log_odds.tab import LogOddsTab
from gui.plots.log_odds.words import factor_text
from gui.theme import make_theme
from tests.gui.lab_bench import LabBench, overlapping_people

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
ROWS = [[0.6, -3.0, 0.2, -0.1, 0.2, 1.6, -0.5, 2.8, -0.4], [0.3, -1.5, 0.1, -0.1, 0.1, 0.8, -0.25, 1.4, -0.2]]
LINE = [[-0.9, 2.1, -0.3], [-0.4, 1.0, 0.5]]


def people_state(n_classes: int = 3, **settings: object) -> DocumentState:
    return overlapping_people(n_classes, 90, **settings)


class Bench(LabBench):
    tab_type = LogOddsTab
    scaler = SCALER

    def __init__(self, qtbot, state: DocumentState | None = None, parameters=ROWS, size=(640, 600)) -> None:
        super().__init__(qtbot, Document(state or people_state()), size)
        self.show(parameters)

    def p(self, height_cm: float, weight_kg: float) -> np.ndarray:
        """Probabilities of the selected model, worked out here."""
        row = self.interaction.selected_model
        snapshot = self.frame.snapshot
        design = np.array([[(height_cm - 168.0) / 9.0], [(weight_kg - 72.0) / 14.0], [1.0]])
        return probabilities(snapshot.spec.model_of(row), snapshot.parameters[row], design)[:, 0]

    def hover_map(self, place: QPointF) -> None:
        self.hover(self.tab.map, place)

    def sample(self, class_index: int) -> int:
        """Id of a sample of a class that no other one's marker covers on the map."""
        rows, plot = self.document.state.samples.rows, self.tab.map
        x, y = plot.x_px(rows.height_cm), plot.y_px(rows.weight_kg)
        for index in np.flatnonzero(rows.class_index == class_index):
            if np.count_nonzero(np.hypot(x - x[index], y - y[index]) < 25.0) == 1:
                return int(rows.sample_id[index])
        raise AssertionError("every sample is covered")

    def place_of(self, sample_id: int) -> tuple[float, float]:
        rows = self.document.state.samples.select([sample_id])
        return float(rows.height_cm[0]), float(rows.weight_kg[0])


class TestTab:
    def test_it_is_an_instrument_of_the_lab(self):
        entries = {one.key: one for group in GROUPS for one in group.instruments}
        assert entries[LogOddsTab.key].title() == "Log-odds"

    def test_one_more_kg_and_cm_are_read_as_sentences(self, qtbot):
        bench = Bench(qtbot)
        before, kg, cm = bench.p(170.0, 80.0), bench.p(170.0, 81.0), bench.p(171.0, 80.0)
        odds = [p[2] / p[1] for p in (before, kg, cm)]
        weight, height = math.exp(2.8 - 0.2), math.exp(-0.5 + 0.1)
        assert bench.tab.card.sentence.text() == (
            f"One more kg multiplies the odds of overweight against normal by {odds[1] / odds[0]:.2f}, "
            f"one more cm by {odds[2] / odds[0]:.3f}. One more standard deviation: of weight (14.0 kg) by "
            f"{weight:.1f}, of height (9.0 cm) by {height:.3f}."
        )

    def test_the_formula_in_cm_and_kg_gives_the_log_odds_by_hand(self, qtbot):
        bench = Bench(qtbot)
        template = bench.tab.card.ratio.template
        assert template.startswith(r"\ln\frac{p_2}{p_1} = z_2 - z_1 = ")
        per_cm, per_kg, bias = _numbers(template)
        p = bench.p(191.0, 104.0)
        assert per_cm * 191.0 + per_kg * 104.0 + bias == pytest.approx(math.log(p[2] / p[1]), abs=0.01)
        assert bench.tab.card.second.template == r"w = (⟦-0.400⟧,\; ⟦2.600⟧),\quad b = ⟦-2.000⟧"

    def test_a_pick_and_a_swap_show_another_pair(self, qtbot):
        bench = Bench(qtbot)
        QTest.keyClick(bench.tab.head.first_combo, Qt.Key.Key_Up)
        assert (bench.tab.field.first, bench.tab.field.second) == (1, 2)  # the reference's class: they swap
        QTest.keyClick(bench.tab.head.first_combo, Qt.Key.Key_Up)
        assert (bench.tab.field.first, bench.tab.field.second) == (0, 2)
        bench.settle()
        factor = math.exp(-5.8 / 14.0)
        assert f"odds of underweight against overweight by {factor:.3f}" in bench.tab.card.sentence.text()
        bench.press(bench.tab.head.swap_button)
        assert (bench.tab.field.first, bench.tab.field.second) == (2, 0)
        assert bench.tab.head.second_combo.key == "0"
        assert f"odds of overweight against underweight by {1 / factor:.2f}" in bench.tab.card.sentence.text()
        QTest.keyClick(bench.tab.head.second_combo, Qt.Key.Key_Down)
        assert (bench.tab.field.first, bench.tab.field.second) == (2, 1)

    def test_the_selected_model_owns_the_map(self, qtbot):
        bench = Bench(qtbot)
        assert bench.tab.head.owner_label.text() == "trained on CE"
        bench.interaction.set_selected_model(1)
        bench.settle()
        assert bench.tab.head.owner_label.text() == "trained on MSE"
        assert bench.tab.field.plane_z.tolist() == pytest.approx([-0.15, 1.3, -1.0])

    def test_two_classes_are_class_1_against_class_0(self, qtbot):
        bench = Bench(qtbot, people_state(2), LINE)
        assert bench.tab.card.ratio.template.startswith(r"\ln\frac{p_1}{p_0} = z = ")
        assert "odds of needs a diet against no diet needed by" in bench.tab.card.sentence.text()
        bench.tab.choose()
        bench.settle()
        assert bench.tab.card.ratio.template.startswith(r"\ln\frac{p_0}{p_1} = {-}z = ")

    def test_the_threshold_has_a_line_of_its_own_in_parallel(self, qtbot):
        bench = Bench(qtbot, people_state(2, threshold=0.8), LINE)
        bench.tab.map.grab()
        levels = [level for level, _ in bench.tab.map.labels]
        assert levels[:2] == pytest.approx([0.0, math.log(4.0)])
        bench.document.change_settings(threshold=0.5)
        bench.tab.map.grab()
        assert math.log(4.0) not in [pytest.approx(level) for level, _ in bench.tab.map.labels]

    @pytest.mark.parametrize(
        ("kind", "words"),
        [
            ("sigmoids", "K sigmoids: the log-odds are no plane"),
            ("absolute", "Two lines have the value 0"),
            ("square", "Two lines have the value 0"),
        ],
    )
    def test_it_says_where_the_log_odds_are_no_plane_and_gives_the_factor_of_one_place(
        self, qtbot, kind, words
    ):
        bench = Bench(qtbot, people_state(3, model=kind))
        sample = bench.sample(1)
        bench.interaction.set_hovered_id(sample)
        bench.settle()
        height, weight = bench.place_of(sample)
        text = bench.tab.card.sentence.text()
        assert words in text
        before, after = bench.p(height, weight), bench.p(height, weight + 1.0)
        factor = factor_text((after[2] / after[1]) / (before[2] / before[1]))
        assert f"From {height:.1f} cm, {weight:.1f} kg one more kg multiplies the odds by {factor}," in text
        assert bench.tab.card.z_label.isHidden()

    def test_the_step_and_equal_weights_are_said(self, qtbot):
        bench = Bench(qtbot, people_state(2, model="step"), LINE[:1])
        assert "minus or plus infinity" in bench.tab.card.sentence.text()
        assert any(odds in bench.tab.readout.text() for odds in ("odds 0,", "odds ∞,"))
        other = Bench(qtbot, parameters=[[0.0] * 9, [0.0] * 9])
        assert "have the same weights" in other.tab.card.sentence.text()
        other.tab.map.grab()
        assert other.tab.map.labels == []

    def test_samples_used_as_given_have_no_standard_deviation(self, qtbot):
        bench = Bench(qtbot, people_state(2, standardize=False), LINE)
        assert "standard deviation" not in bench.tab.card.sentence.text()

    def test_no_frame_is_drawn_that_has_other_classes_or_no_finite_number(self, qtbot):
        bench = Bench(qtbot)
        before = bench.tab.field
        bench.show([[math.inf] * 9, [0.0] * 9])
        assert bench.tab.field is before
        bench.document.add_class()
        assert bench.tab.field is before


class TestPointer:
    def test_the_place_under_the_pointer_has_log_odds_odds_and_both_probabilities(self, qtbot):
        bench = Bench(qtbot)
        place = bench.tab.map.area.center() + QPointF(40.0, -35.0)
        free = next(p for p in (place, place + QPointF(11, 7)) if bench.tab.map.sample_at(p) is None)
        bench.hover_map(free)
        height, weight = bench.tab.map.place_at(QPointF(free.toPoint()))
        p = bench.p(height, weight)
        value = math.log(p[2] / p[1])
        odds = f"{math.exp(value):.1f} : 1" if value >= 0 else f"1 : {math.exp(-value):.1f}"
        assert bench.tab.readout.text().replace(NO_BREAK, " ") == (
            f"{height:.1f} cm, {weight:.1f} kg: ln-odds {value:.2f}, odds {odds}, "
            f"p(overweight) {100 * p[2]:.0f} %, p(normal) {100 * p[1]:.0f} %"
        )

    def test_a_sample_is_hovered_and_selected_on_the_map_and_lights_up_from_elsewhere(self, qtbot):
        bench = Bench(qtbot)
        sample = bench.sample(2)
        height, weight = bench.place_of(sample)
        bench.hover_map(bench.tab.map.point(height, weight))
        assert bench.interaction.hovered_id == sample
        assert bench.tab.readout.text().startswith(f"{height:.1f} cm, {weight:.1f} kg:")
        bench.click(bench.tab.map, bench.tab.map.point(height, weight))
        assert bench.interaction.selected_ids == {sample}
        QApplication.sendEvent(bench.tab.map, QEvent(QEvent.Type.Leave))
        assert bench.interaction.hovered_id is None

    def test_samples_of_other_classes_are_not_on_the_map(self, qtbot):
        bench = Bench(qtbot)
        height, weight = bench.place_of(bench.sample(0))
        assert bench.tab.map.sample_at(bench.tab.map.point(height, weight)) is None

    def test_without_a_pointer_the_selected_sample_counts_then_the_mean(self, qtbot):
        bench = Bench(qtbot)
        _, mean, _ = bench.document.state.samples.moments
        assert bench.tab.readout.text().startswith(f"{mean[0]:.1f} cm, {mean[1]:.1f} kg:")
        sample = bench.sample(1)
        bench.interaction.set_selected_ids((sample,))
        bench.settle()
        height, weight = bench.place_of(sample)
        assert bench.tab.readout.text().startswith(f"{height:.1f} cm, {weight:.1f} kg:")
        bench.interaction.set_pointer((150.0, 60.0))
        bench.settle()
        assert bench.tab.readout.text().startswith("150.0 cm, 60.0 kg:")


class TestMap:
    def test_the_tint_is_neutral_at_0_and_goes_to_the_classes_hues(self):
        theme = make_theme(dark=False)
        low, high = theme.class_fill(1), theme.class_fill(2)
        table = diverging_table(theme, low, high)
        assert table[len(table) // 2] == theme.plot.rgb()
        for value, end in ((table[0], low), (table[-1], high)):
            mixed = (1.0 - MOST_TINT) * theme.plot.red() + MOST_TINT * end.red()
            assert (int(value) >> 16) & 255 == round(mixed)

    def test_it_has_the_hue_of_the_likelier_class_in_each_corner(self, qtbot):
        bench = Bench(qtbot)
        image, field = bench.tab.map.image, bench.tab.field
        heavy, light = image.pixelColor(5, 0), image.pixelColor(5, image.height() - 1)
        assert field.grid[-1, 5] > 0.0 > field.grid[0, 5]
        green, vermilion = bench.appearance.theme.class_fill(2), bench.appearance.theme.class_fill(1)
        assert (heavy.green() > heavy.red()) == (green.green() > green.red())
        assert (light.red() > light.green()) == (vermilion.red() > vermilion.green())

    def test_the_zero_line_is_drawn_where_it_is(self, qtbot):
        bench = Bench(qtbot)
        picture, plot = bench.tab.map.grab().toImage(), bench.tab.map
        (start, end) = bench.tab.field.contours[0.0][0]
        ink = bench.appearance.theme.ink
        hits = 0
        for share in np.linspace(0.02, 0.98, 60):
            at = plot.point(*(start + share * (end - start))).toPoint()
            hits += picture.pixelColor(at).lightness() < ink.lightness() + 40
        assert hits > 40

    def test_names_of_levels_are_round_and_never_overlap(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.map.grab()
        labels = bench.tab.map.labels
        assert labels[0][0] == 0.0
        assert len(labels) >= 3
        for number, (_, box) in enumerate(labels):
            assert bench.tab.map.area.contains(box)
            assert not any(box.intersects(other) for _, other in labels[:number])
        assert [level_text(level) for level in (0.0, 2.0, -0.5)] == ["0", "+2", "-0.5"]


class TestSpace:
    def test_the_plane_stands_in_the_box_with_its_zero_line_and_both_classes(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.head.page_switch.button("space"))
        content = bench.tab.space.content
        assert bench.tab.page == "space"
        assert {points.marker for points in content.points} == {MARKERS[1], MARKERS[2]}
        for points in content.points:
            on_plane = bench.tab.field.at(points.places[:, 0], points.places[:, 1])
            assert points.places[:, 2] == pytest.approx(on_plane)
        zero = content.lines[-1].pieces.reshape(-1, 2)
        assert bench.tab.field.at(zero[:, 0], zero[:, 1]) == pytest.approx(np.zeros(len(zero)), abs=1e-9)
        assert content.axes.z.low == -content.axes.z.high == -bench.tab.field.end
        bench.tab.space.grab()

    def test_the_hovered_sample_has_its_number_and_hovering_the_surface_names_the_place(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.set_page("space")
        rows = bench.document.state.samples.rows
        sample = int(rows.sample_id[np.flatnonzero(rows.class_index == 2)[0]])
        bench.interaction.set_hovered_id(sample)
        bench.settle()
        height, weight = bench.place_of(sample)
        p = bench.p(height, weight)
        assert bench.tab.space.content.notes[0].text.startswith(f"{math.log(p[2] / p[1]):.2f}")
        bench.interaction.set_hovered_id(None)
        bench.tab.space.surface_hovered.emit((150.0, 60.0))
        bench.settle()
        assert bench.tab.readout.text().startswith("150.0 cm, 60.0 kg:")

    def test_a_class_that_goes_under_the_pointer_waits_for_its_frame(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.set_page("space")
        bench.tab._redraw_space.run_now()
        bench.interaction.set_hovered_id(bench.sample(2))
        bench.settle()
        before = bench.tab.space.content
        bench.document.remove_class(2, None)  # which takes the hovered person with it, before the tab knows
        bench.tab._redraw_space.run_now()
        bench.tab._texts.run_now()
        assert bench.interaction.hovered_id is None
        assert bench.tab.space.content is before
        bench.show([row[:6] for row in ROWS])
        assert {points.marker for points in bench.tab.space.content.points} == set(MARKERS[:2])


class TestBack:
    def test_solving_the_log_odds_gives_softmax_back_class_by_class(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.set_page("softmax")
        sample = bench.sample(2)
        bench.interaction.set_hovered_id(sample)
        bench.settle()
        height, weight = bench.place_of(sample)
        z = bench.tab.field.logits_at(height, weight)
        expected, logs = softmax(z)[:, 0], log_softmax(z[:, 0])
        table = bench.tab.back.table
        assert [row.title for row in table.rows] == ["underweight", "normal", "overweight", "sum"]
        for index, row in enumerate(table.rows[:3]):
            assert row.cells[0] == f"{logs[index] - logs[1] + 0.0:.2f}".replace("-0.00", "0.00")
            assert row.cells[2] == row.cells[3] == f"{expected[index]:.3f}"
        assert table.rows[3].cells[2:] == ("1.000", "1.000")
        assert r"\frac{e^{z_k}}{\sum_j e^{z_j}}" in bench.tab.back.result.latex
        assert "softmax is the inverse of the log-odds" in bench.tab.back.sentence.text()
        assert table.accessibleDescription().startswith("underweight: ℓ ")

    def test_k_sigmoids_do_not_come_back(self, qtbot):
        bench = Bench(qtbot, people_state(3, model="sigmoids"))
        bench.tab.set_page("softmax")
        bench.settle()
        _, mean, _ = bench.document.state.samples.moments
        p = sigmoid(bench.tab.field.logits_at(*mean.tolist()))[:, 0]
        rows = bench.tab.back.table.rows
        assert rows[3].cells[3] == f"{p.sum():.3f}"
        assert rows[2].cells[2:] == (f"{p[2] / p.sum():.3f}", f"{p[2]:.3f}")
        assert "need not sum to 1" in bench.tab.back.sentence.text()

    def test_two_classes_come_back_as_the_sigmoid(self, qtbot):
        bench = Bench(qtbot, people_state(2), LINE)
        bench.tab.set_page("softmax")
        bench.settle()
        assert r"\frac{1}{1 + e^{-z}}" in bench.tab.back.result.latex
        assert "sigmoid of the log-odds" in bench.tab.back.sentence.text()


class TestRoom:
    @pytest.mark.parametrize("size", [(480, 400), (700, 260), (300, 200)])
    def test_nothing_lies_outside_the_tab(self, qtbot, size):
        bench = Bench(qtbot, size=size)
        for page in ("map", "space", "softmax"):
            bench.tab.set_page(page)
            bench.settle()
            for child in (bench.tab.head, bench.tab._pages, bench.tab.card, bench.tab.readout):
                if child.isVisible():
                    assert child.parentWidget().rect().contains(child.geometry())
            assert bench.tab.rect().contains(bench.tab.scrolled.geometry())

    def test_longer_words_keep_their_lines_so_that_the_map_stands_still(self, qtbot):
        bench = Bench(qtbot, size=(480, 400))
        heights = []
        for place in ((168.0, 90.0), (168.0, 30.0), (168.0, 90.0)):
            bench.interaction.set_pointer(place)
            bench.settle()
            heights.append(bench.tab.map.height())
        assert heights[2] == heights[1]

    def test_another_theme_and_language_change(self, qtbot):
        bench = Bench(qtbot)
        bench.appearance.set_mode("dark")
        assert bench.tab.map.image.pixelColor(0, 0).lightness() < 128
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        assert bench.tab.head.of_label.text() == "odds of"


def _numbers(template: str) -> list[float]:
    """The numbers of a sum in a template, with the signs in front of them."""
    parts = template.split("⟦")
    return [
        float(part.split("⟧")[0]) * (-1.0 if before.rstrip().endswith("-") else 1.0)
        for before, part in itertools.pairwise(parts)
    ]
