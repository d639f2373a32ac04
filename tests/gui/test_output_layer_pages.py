"""The pages of the output layer tab: regions, the simplex, and how the four of them learn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.document.state import Settings
from engine.normalizer_race import NormalizerRace, run_race
from engine.normalizers import NORMALIZERS, normalized, undefined_spot
from engine.samples import Samples
from gui.i18n import Language
from gui.plots.output_layer.simplex_plot import place_in_triangle
from gui.plots.output_layer.tint import MOST_TINT, diverging_tint, winner_tint
from gui.theme import make_theme
from tests.gui.lab_bench import LEFT, overlapping_people
from tests.gui.output_layer_bench import LINE, ROWS, Bench
from tests.gui.window_driver import WAIT_MS


class TestRegions:
    def test_maps_are_the_four_answers_at_the_cells_centres(self, qtbot):
        bench = Bench(qtbot)
        bench.page("regions")
        maps = bench.maps()
        heights, weights = maps.question.height_range_cm, maps.question.weight_range_kg
        rows, columns = maps.layers["softmax"].probability.shape[1:]
        row, column = 5, 40
        height = heights[0] + (column + 0.5) * (heights[1] - heights[0]) / columns
        weight = weights[0] + (row + 0.5) * (weights[1] - weights[0]) / rows
        for kind in NORMALIZERS:
            expected = normalized(kind, bench.expected(height, weight))
            np.testing.assert_allclose(
                maps.layers[kind].probability[:, row, column], expected, rtol=1e-10, atol=1e-13
            )

    def test_wrong_answers_are_counted_under_each(self, qtbot):
        bench = Bench(qtbot)
        bench.page("regions")
        maps, rows = bench.maps(), bench.document.state.samples.rows
        z = np.array([bench.expected(*place) for place in zip(rows.height_cm, rows.weight_kg, strict=True)])
        for kind in NORMALIZERS:
            answer = np.array([normalized(kind, one).argmax() for one in z])
            assert maps.layers[kind].wrong == pytest.approx((answer != rows.class_index).mean())
        title = bench.tab.regions.plots["absolute"]._titles[1]
        assert title == f"|z|: {100 * maps.layers['absolute'].wrong:.0f} % wrong"

    def test_the_undefined_place_is_marked_on_the_rivals_alone(self, qtbot):
        bench = Bench(qtbot, parameters=[[1.0, -2.0, 0.3, -0.5, 0.5, -0.2, -0.5, 1.5, -0.1], ROWS[1]])
        bench.page("regions")
        maps, plots = bench.maps(), bench.tab.regions.plots
        height, weight = maps.spot.point
        np.testing.assert_allclose(bench.expected(height, weight), np.zeros(3), atol=1e-10)
        assert plots["absolute"].undefined_marks == plots["square"].undefined_marks == (maps.spot.point,)
        assert plots["softmax"].undefined_marks == plots["sigmoids"].undefined_marks == ()
        assert "never changes" in bench.tab.regions.sentence.text()

    def test_along_a_ray_from_there_the_rivals_never_change(self):
        rows = np.array([[1.0, -2.0, 0.3], [-0.5, 0.5, -0.2], [-0.5, 1.5, -0.1]])
        place = np.array(undefined_spot(rows).point)
        way = np.array([0.3, 0.7])
        near, far = (rows @ [*(place + length * way), 1.0] for length in (0.01, 5.0))
        for kind in ("absolute", "square"):
            np.testing.assert_allclose(normalized(kind, near), normalized(kind, far), rtol=1e-10)

    def test_zeros_are_undefined_everywhere(self, qtbot):
        bench = Bench(qtbot, parameters=[[0.0] * 9] * 2)
        bench.page("regions")
        bench.maps()
        hatched = {kind for kind, plot in bench.tab.regions.plots.items() if plot.is_hatched}
        assert hatched == {"absolute", "square"}
        assert bench.tab.regions.sentence.text().startswith("All weights are 0")

    def test_opposite_logits_are_undefined_on_a_line(self, qtbot):
        bench = Bench(qtbot, overlapping_people(2), LINE)
        bench.page("regions")
        bench.maps()
        marks = bench.tab.regions.plots["square"].undefined_marks
        for place in marks:
            assert bench.expected(*place)[0] == pytest.approx(0.0, abs=1e-9)
        assert len(marks) == 2
        assert bench.tab.regions.sentence.text().startswith("The two logits are opposite numbers")

    def test_samples_with_several_labels_are_judged_by_the_first(self, qtbot):
        state = overlapping_people()
        rows = state.samples.rows
        sets = np.where(rows.class_index == 0, 0b101, -1).astype(np.int16)
        samples = Samples.from_columns(rows.height_cm, rows.weight_kg, rows.class_index, label_set=sets)
        bench = Bench(qtbot, replace(state, samples=samples, settings=Settings(model="sigmoids")))
        bench.page("regions")
        maps = bench.maps()
        z = np.array([bench.expected(*place) for place in zip(rows.height_cm, rows.weight_kg, strict=True)])
        assert maps.layers["sigmoids"].wrong == pytest.approx((z.argmax(axis=1) != rows.class_index).mean())
        assert bench.tab.regions.sentence.text().endswith("judged by the first of them.")

    def test_pointing_at_a_map_moves_the_place_of_all_and_hovers_its_sample(self, qtbot):
        bench = Bench(qtbot)
        bench.page("regions")
        bench.maps()
        plot, other = (bench.tab.regions.plots[kind] for kind in ("absolute", "sigmoids"))
        rows = bench.document.state.samples.rows
        x, y = plot.x_px(rows.height_cm), plot.y_px(rows.weight_kg)
        lone = next(i for i in range(60) if np.count_nonzero(np.hypot(x - x[i], y - y[i]) < 20) == 1)
        bench.hover(plot, QPointF(x[lone], y[lone]))
        assert bench.interaction.hovered_id == rows.sample_id[lone]
        QTest.mouseClick(plot, LEFT, pos=QPointF(x[lone], y[lone]).toPoint())
        assert bench.interaction.selected_ids == {rows.sample_id[lone]}
        corner = plot.area.bottomLeft() + QPointF(6.0, -6.0)
        QTest.mouseMove(plot, corner.toPoint())
        assert other.place == plot.place
        np.testing.assert_allclose(bench.z, bench.expected(*plot.place), rtol=1e-12)

    def test_it_computes_only_in_front(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.feed.wait_until_idle()
        QApplication.processEvents()
        assert bench.tab.regions.maps is None
        bench.page("regions")
        bench.maps()
        bench.page("bars")
        bench.show(ROWS[::-1])
        bench.tab.feed.wait_until_idle()
        QApplication.processEvents()
        assert (bench.tab.regions.maps.question.snapshot.parameters[0] == ROWS[0]).all()


class TestTint:
    def test_the_winner_tints_by_its_lead(self):
        theme = make_theme(dark=False)
        p = np.array([[[1.0, 1 / 3, 0.5]], [[0.0, 1 / 3, 0.25]], [[0.0, 1 / 3, 0.25]]])
        colors = winner_tint(p, theme.plot, theme.fills[:3])
        fill = np.array(theme.fills[0].getRgb()[:3])
        np.testing.assert_allclose(colors[0, 0], 255.0 + MOST_TINT * (fill - 255.0))
        np.testing.assert_allclose(colors[0, 1], [255.0] * 3)
        np.testing.assert_allclose(colors[0, 2], 255.0 + MOST_TINT * 0.25 * (fill - 255.0))

    def test_undefined_and_equal_ones_tint_nothing(self):
        theme = make_theme(dark=True)
        ground = list(theme.plot.getRgb()[:3])
        for value in (np.nan, 0.9):
            colors = winner_tint(np.full((3, 1, 1), value), theme.plot, theme.fills[:3])
            np.testing.assert_array_equal(colors[0, 0], ground)

    def test_diverging(self):
        theme = make_theme(dark=False)
        colors = diverging_tint(np.array([[-5.0, 0.0, np.nan, 1.0]]), theme.plot, *theme.fills[:2])
        assert (colors[0, 1:3] == 255.0).all()
        low, high = (np.array(fill.getRgb()[:3]) for fill in theme.fills[:2])
        np.testing.assert_allclose(colors[0, 0], 255.0 + MOST_TINT * (low - 255.0))
        np.testing.assert_allclose(colors[0, 3], 255.0 + MOST_TINT * (high - 255.0))


class TestSimplex:
    def test_corners_and_the_middle(self):
        np.testing.assert_allclose(place_in_triangle(np.eye(3)), [[0.0, 0.5, 1.0], [0.0, 1.0, 0.0]])
        np.testing.assert_allclose(place_in_triangle(np.full(3, 1 / 3)), [0.5, 1 / 3])

    def test_samples_and_the_pointers_answers_are_inside(self, qtbot):
        bench = Bench(qtbot)
        bench.page("simplex")
        plot, rows = bench.tab.simplex.plot, bench.document.state.samples.rows
        for kind in ("softmax", "absolute", "square"):
            bench.press(bench.tab.simplex.choice.button(kind))
            at = int(np.flatnonzero(plot.samples.sample_id == rows.sample_id[11])[0])
            z = bench.expected(float(rows.height_cm[11]), float(rows.weight_kg[11]))
            np.testing.assert_allclose(plot.samples.p[:, at], normalized(kind, z), rtol=1e-10)
        answers = bench.table.answers
        for kind, p in plot.points.items():
            assert p.sum() == pytest.approx(1.0, rel=1e-14)
            np.testing.assert_allclose(p, answers.p[kind] / answers.p[kind].sum())
        assert set(plot.points) == set(NORMALIZERS)
        assert f"{answers.p['sigmoids'].sum():.2f}" in bench.tab.simplex.sentence.text()

    def test_a_sample_is_hovered_both_ways(self, qtbot):
        bench = Bench(qtbot)
        bench.page("simplex")
        plot = bench.tab.simplex.plot
        x, y = plot._pixels
        lone = next(i for i in range(x.size) if np.count_nonzero(np.hypot(x - x[i], y - y[i]) < 8) == 1)
        sample_id = int(plot.samples.sample_id[lone])
        before = plot.grab().toImage()
        bench.hover(plot, plot.sample_px(sample_id))
        assert bench.interaction.hovered_id == sample_id
        assert plot.grab().toImage() != before
        QTest.mouseClick(plot, LEFT, pos=plot.sample_px(sample_id).toPoint())
        assert bench.interaction.selected_ids == {sample_id}

    def test_undefined_answers_have_no_point(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.bars.presets["zeros"])
        bench.page("simplex")
        assert set(bench.tab.simplex.plot.points) == {"softmax", "sigmoids"}
        assert "undefined" in bench.tab.simplex.sentence.text()

    def test_two_classes_have_no_triangle(self, qtbot):
        bench = Bench(qtbot, overlapping_people(2), LINE)
        bench.page("simplex")
        assert bench.tab.simplex.obstacle.isVisible()
        assert not bench.tab.simplex.plot.isVisible()


class TestRace:
    def race(self, bench) -> None:
        bench.press(bench.tab.race.race_button)
        bench.tab.feed.wait_until_idle()
        bench.qtbot.waitUntil(lambda: bench.tab.feed.racing is None, timeout=WAIT_MS)

    def test_the_curves_are_those_of_the_engine(self, qtbot):
        bench = Bench(qtbot)
        bench.page("race")
        bench.press(bench.tab.race.loss_switch.button("mse"))
        bench.tab.race.steps_combo.set_key("300")
        self.race(bench)
        spec = bench.document.state.training_spec()
        *_, expected = run_race(NormalizerRace(spec, "mse", 300), lambda: False)
        np.testing.assert_array_equal(bench.tab.race.curves.values, expected.values)
        numbers = bench.tab.race.numbers
        assert numbers.step.text() == "step 300"
        share = expected.values[-1, 0, 2]
        assert numbers.cells["softmax"][0].text().startswith(f"{100 * share:.0f}")
        assert "not convex" in bench.tab.race.sentence.text()

    def test_it_runs_a_thousand_steps_on_ce_unless_told(self, qtbot):
        bench = Bench(qtbot)
        bench.page("race")
        self.race(bench)
        assert bench.tab.race.curves.step[-1] == 1000
        assert "a wall" in bench.tab.race.sentence.text()
        assert "Started by chance" in bench.tab.race.sentence.text()

    def test_pointing_at_a_curve_shows_the_numbers_of_that_step(self, qtbot):
        bench = Bench(qtbot)
        bench.page("race")
        self.race(bench)
        plot = bench.tab.race.wrong
        curves = bench.tab.race.curves
        at = plot.point(float(curves.step[60]), 0.5)
        bench.hover(plot, at)
        record = plot.record_at(QPointF(at.toPoint()))
        assert 55 < record < 65
        assert bench.tab.race.numbers.step.text() == f"step {curves.step[record]:,}"

    def test_an_edit_makes_it_stale(self, qtbot):
        bench = Bench(qtbot)
        bench.page("race")
        self.race(bench)
        assert "race again" not in bench.tab.race.sentence.text()
        bench.document.move_samples([0], 1.0, 0.0, None)
        assert "race again" in bench.tab.race.sentence.text()

    def test_it_stops_when_asked_and_when_another_tab_comes(self, qtbot):
        bench = Bench(qtbot)
        bench.page("race")
        bench.tab.race.steps_combo.set_key("10000")
        bench.press(bench.tab.race.race_button)
        assert bench.tab.race.race_button.text() == "Stop"
        bench.press(bench.tab.race.race_button)
        assert bench.tab.feed.racing is None
        assert bench.tab.race.race_button.text() == "Race"
        bench.press(bench.tab.race.race_button)
        bench.tab.set_active(False)
        assert bench.tab.feed.racing is None

    def test_one_class_cannot_race(self, qtbot):
        state = overlapping_people()
        bench = Bench(qtbot, state)
        ids = state.samples.rows.sample_id[state.samples.rows.class_index > 0]
        bench.document.remove_samples(ids.tolist())
        bench.page("race")
        bench.press(bench.tab.race.race_button)
        assert bench.tab.feed.racing is None


@pytest.mark.parametrize(
    ("code", "width", "expected"),
    [
        ("en", 400, ["0 / 0"]),
        ("en", 640, ["undefined"]),
        ("ko", 400, ["정의되지", "않음"]),
        ("ko", 640, ["정의되지 않음"]),
    ],
)
def test_undefined_sums_are_read_in_full_in_a_narrow_lab(qtbot, code, width, expected):
    language = Language()
    language.set_code(code)
    try:
        bench = Bench(qtbot, parameters=[[0.0] * 9] * 2, size=(width, 300))
        table = bench.table
        for kind in ("absolute", "square"):
            lines, font = table.sum_lines(kind)
            assert lines == expected
            widths = [QFontMetricsF(font).horizontalAdvance(line) for line in lines]
            assert max(widths) <= table.bar_rect(kind, 0).width()
    finally:
        language.set_code("en")
