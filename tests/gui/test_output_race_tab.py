"""Softmax against K sigmoids: both models over the canvas, one logit dragged, and two classes."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.activations import sigmoid, softmax
from engine.document.state import DocumentState
from engine.scaling import Standardizer
from engine.specs import OptimizerSpec, StartSpec
from engine.two_classes import two_class_steps
from gui.document import Document
from gui.lab import GROUPS
from gui.plots.output_race.feed import STEPS
from gui.plots.output_race.maps_page import difference_colors
from gui.plots.output_race.tab import MULTI_LABEL_SCENE, OutputRaceTab
from gui.plots.output_race.words import difference_text
from tests.gui.lab_bench import LEFT, LabBench, overlapping_people
from tests.gui.window_driver import WAIT_MS, open_window

SCALER = Standardizer(168.0, 72.0, 9.0, 14.0)
ROWS = [
    [0.6, -3.0, 0.2, -0.1, 0.2, 1.6, -0.5, 2.8, -1.8],
    [0.3, -2.5, -0.8, -0.1, 0.1, -0.6, -0.2, 2.4, -1.2],
]
TWO = [[1.0, -1.0, 0.2, -0.5, 1.2, 0.1], [0.4, -0.8, 0.1, -0.3, 0.9, 0.3]]


def people_state(n_classes: int = 3, **more: object) -> DocumentState:
    """People whose document compares softmax with K sigmoids."""
    return overlapping_people(n_classes, **{"model": "softmax", "loss_mode": "outputs", **more})


class Bench(LabBench):
    tab_type = OutputRaceTab
    scaler = SCALER

    def __init__(self, qtbot, state: DocumentState | None = None, parameters=ROWS, size=(640, 600)) -> None:
        super().__init__(qtbot, Document(state or people_state()), size)
        self.show(parameters)

    def maps(self):
        """The newest maps, when they have come."""
        self.qtbot.waitUntil(lambda: self.tab.maps.maps is not None, timeout=WAIT_MS)
        self.settle()
        return self.tab.maps.maps

    def steps(self, loss: str = "likelihood"):
        """The steps of two classes on a loss, when they have come."""

        def has_come() -> bool:
            steps = self.tab.two.steps
            return steps is not None and steps.loss == loss and self.tab.feed._waiting is None

        self.qtbot.waitUntil(has_come, timeout=WAIT_MS)
        self.tab.feed.wait_until_idle()
        QApplication.processEvents()
        return self.tab.two.steps

    def logits(self, row: int, height_cm, weight_kg) -> np.ndarray:
        """A model's logits, worked out here, shape (K, ...)."""
        weights = np.array(self.frame.snapshot.parameters[row]).reshape(-1, 3)
        height, weight = (np.asarray(height_cm) - 168.0) / 9.0, (np.asarray(weight_kg) - 72.0) / 14.0
        return weights @ np.stack([height, weight, np.ones_like(height)])

    @property
    def rows(self):
        return self.document.state.samples.rows


class TestMaps:
    def test_it_is_an_instrument_of_the_lab(self):
        group = next(one for one in GROUPS if one.title() == "Multi-class")
        assert OutputRaceTab.key in [one.key for one in group.instruments]

    def test_sum_and_answers_at_the_cells_centres(self, qtbot):
        bench = Bench(qtbot)
        maps = bench.maps()
        heights, weights = maps.question.height_range_cm, maps.question.weight_range_kg
        rows, columns = maps.total.shape
        row, column = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
        height = heights[0] + (column + 0.5) * (heights[1] - heights[0]) / columns
        weight = weights[0] + (row + 0.5) * (weights[1] - weights[0]) / rows
        shared, single = (bench.logits(model, height.ravel(), weight.ravel()) for model in (0, 1))
        expected = (1.0 / (1.0 + np.exp(-single))).sum(axis=0)
        np.testing.assert_allclose(maps.total.ravel(), expected, rtol=1e-10)
        differs = shared.argmax(axis=0) != single.argmax(axis=0)
        leads = [np.diff(np.sort(z, axis=0)[-2:], axis=0)[0] for z in (shared, single)]
        clear = np.minimum(*leads) > 1e-9  # rounding decides on the borders themselves
        assert clear.mean() > 0.99
        assert (maps.differs.ravel() == differs)[clear].all()
        assert 0 < differs.sum() < differs.size

    def test_on_the_contour_the_sum_is_one(self, qtbot):
        bench = Bench(qtbot)
        pieces = np.array(bench.maps().one)
        assert len(pieces) > 20
        total = sigmoid(bench.logits(1, pieces[..., 0].ravel(), pieces[..., 1].ravel())).sum(axis=0)
        np.testing.assert_allclose(total, 1.0, atol=2e-3)
        low, high = bench.tab.maps.total.y_axis.low, bench.tab.maps.total.y_axis.high
        assert low <= pieces[..., 1].min() + 1.0
        assert pieces[..., 1].max() <= high + 1.0

    def test_borders_are_each_models_own(self, qtbot):
        bench = Bench(qtbot)
        maps = bench.maps()
        for row, segments in ((0, maps.softmax_borders), (1, maps.sigmoids_borders)):
            for segment in segments:
                for place in segment:
                    first, second = np.sort(bench.logits(row, *place))[-2:]
                    assert first == pytest.approx(second, abs=1e-9)
        assert bench.tab.maps.differences.lines == maps.softmax_borders
        assert bench.tab.maps.differences.dashed_lines == maps.sigmoids_borders

    def test_samples_are_counted(self, qtbot):
        bench = Bench(qtbot)
        maps = bench.maps()
        shared, single = (bench.logits(row, bench.rows.height_cm, bench.rows.weight_kg) for row in (0, 1))
        differing = int((shared.argmax(axis=0) != single.argmax(axis=0)).sum())
        sums = sigmoid(single).sum(axis=0)
        assert (maps.differing_samples, maps.samples) == (differing, 60)
        assert bench.tab.maps.sentence.text().startswith(
            f"The answers differ for {differing} of 60 samples, at which the sigmoids sum to "
            f"{sums.min():.2f} to {sums.max():.2f}."
        )

    def test_colours_diverge_around_one(self, qtbot):
        bench = Bench(qtbot)
        maps, plot = bench.maps(), bench.tab.maps.total
        image = plot.tint.image
        ground = bench.appearance.theme.plot
        rows = len(maps.total)
        strongest = np.unravel_index(maps.total.argmax(), maps.total.shape)
        lowest = np.unravel_index(maps.total.argmin(), maps.total.shape)
        nearest = np.unravel_index(np.abs(maps.total - 1.0).argmin(), maps.total.shape)
        above, below, at_one = (
            image.pixelColor(int(column), int(rows - 1 - row)) for row, column in (strongest, lowest, nearest)
        )
        assert above.blue() > above.red() + 20
        assert abs(below.blue() - below.red()) < 10
        assert below.lightness() < ground.lightness() - 2
        assert abs(at_one.lightness() - ground.lightness()) <= 2

    def test_where_answers_differ_the_accent_stands(self, qtbot):
        bench = Bench(qtbot)
        maps, theme = bench.maps(), bench.appearance.theme
        colors = difference_colors(maps, theme, bench.document.state.classes)
        assert len(np.unique(colors[maps.differs], axis=0)) == 1
        np.testing.assert_allclose(
            colors[maps.differs][0],
            255.0 + 0.55 * (np.array(theme.accent.getRgb()[:3]) - 255.0),
        )

    def test_the_table_has_both_models_at_the_pointer(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_pointer((160.0, 90.0))
        bench.settle()
        shared, single = softmax(bench.logits(0, 160.0, 90.0)), sigmoid(bench.logits(1, 160.0, 90.0))
        rows = bench.tab.maps.table.rows
        for k in range(3):
            for cell, p in zip(rows[k].cells, (shared[k], single[k]), strict=True):
                assert cell == ("< 0.1 %" if p < 0.0005 else cell)
                if p >= 0.0095:
                    assert cell.startswith(f"{100 * p:.0f}") or p > 0.99
        assert rows[3].cells == ("100 %", f"{100 * single.sum():.0f} %")
        assert f"here {100 * single.sum():.0f} %" in bench.tab.maps.total._titles[1]

    def test_pointing_at_one_map_marks_both_and_hovers_the_sample(self, qtbot):
        bench = Bench(qtbot)
        bench.maps()
        plot, other = bench.tab.maps.differences, bench.tab.maps.total
        x, y = plot.x_px(bench.rows.height_cm), plot.y_px(bench.rows.weight_kg)
        lone = next(i for i in range(60) if np.count_nonzero(np.hypot(x - x[i], y - y[i]) < 20) == 1)
        bench.hover(plot, QPointF(x[lone], y[lone]))
        assert bench.interaction.hovered_id == bench.rows.sample_id[lone]
        QTest.mouseMove(plot, (plot.area.bottomLeft() + QPointF(6.0, -6.0)).toPoint())
        assert other.place == plot.place
        QTest.mouseClick(plot, LEFT, pos=QPointF(x[lone], y[lone]).toPoint())
        assert bench.interaction.selected_ids == {bench.rows.sample_id[lone]}

    def test_several_labels_are_counted_and_the_scene_is_offered(self, qtbot):
        labels = np.random.default_rng(6).integers(0, 3, 60)
        sets = np.where(labels == 1, 0b110, -1).astype(np.int16)
        bench = Bench(qtbot, people_state(label_set=sets))
        bench.maps()
        count = int((labels == 1).sum())
        assert f"{count} samples carry a set of labels" in bench.tab.maps.sentence.text()
        with qtbot.waitSignal(bench.tab.example_requested) as asked:
            QTest.mouseClick(bench.tab.maps.scene_button, LEFT)
        assert asked.args == [MULTI_LABEL_SCENE]


class TestComparing:
    @pytest.mark.parametrize(("n_classes", "model"), [(3, "softmax"), (3, "square"), (2, "logistic")])
    def test_the_button_switches_the_comparison_on_as_one_command(self, qtbot, n_classes, model):
        state = people_state(n_classes, model=model, loss_mode="compare")
        bench = Bench(qtbot, state, None)
        assert bench.tab.maps.compare_button.isVisible()
        assert not bench.tab.maps.total.isVisible()
        QTest.mouseClick(bench.tab.maps.compare_button, LEFT)
        assert bench.document.state.kinds == ("softmax", "sigmoids")
        assert bench.document.undo_stack.count() == 1
        bench.show(None)
        assert bench.tab.maps.total.isVisible()
        bench.document.undo_stack.undo()
        assert bench.document.state.settings == state.settings

    def test_sigmoids_stay_the_chosen_model(self, qtbot):
        bench = Bench(qtbot, people_state(model="sigmoids", loss_mode="mse"), [ROWS[0]])
        QTest.mouseClick(bench.tab.maps.compare_button, LEFT)
        assert bench.document.state.settings.model == "sigmoids"
        assert bench.document.state.losses == ("ce", "bce")

    def test_in_the_window_both_train_and_the_maps_follow(self, qtbot):
        with open_window(qtbot) as driver:
            driver.window.lab.open_tab("output_race")
            tab = driver.window.lab.tab("output_race")
            driver.press(tab.maps.compare_button)
            driver.settle()
            assert driver.snapshot.spec.kinds == ("softmax", "sigmoids")
            driver.until(lambda: tab.maps.maps is not None)
            before = tab.maps.maps.total
            driver.canvas.setFocus()
            driver.step_on(3)
            driver.until(lambda: tab.maps.maps.question.snapshot.step == driver.snapshot.step)
            assert (tab.maps.maps.total != before).any()
            driver.press(tab.page_switch.button("two"))
            driver.until(lambda: tab.two.steps is not None)
            assert tab.two.steps.difference.max() < 1e-12

    def test_the_multi_label_scene_opens_and_the_tab_stays(self, qtbot):
        with open_window(qtbot) as driver:
            driver.window.lab.open_tab("output_race")
            tab = driver.window.lab.tab("output_race")
            driver.press(tab.maps.compare_button)
            driver.settle()
            driver.press(tab.maps.scene_button)
            driver.settle()
            assert driver.samples.has_label_sets
            assert driver.window.lab.current_key == "output_race"


class TestOneLogit:
    def drag(self, bench, index: int, *shares: float) -> None:
        bench.drag(bench.tab.logits.table.handles[index].slider, *shares)

    def test_maps_and_sentence_keep_their_height_in_a_low_tab(self, qtbot):
        bench = Bench(qtbot, size=(418, 210))
        bench.maps()
        page, sentence = bench.tab.maps, bench.tab.maps.sentence
        assert page.total.height() >= 110
        assert sentence.height() >= sentence.heightForWidth(sentence.width())
        assert page.total.geometry().bottom() < page.table.geometry().top()

    def test_rows_keep_apart_in_a_low_tab(self, qtbot):
        bench = Bench(qtbot, size=(418, 210))
        bench.page("logits")
        table = bench.tab.logits.table
        assert table.height() >= table.minimumSizeHint().height()
        fields = [handle.field.geometry() for handle in table.handles]
        assert all(above.bottom() <= below.top() for above, below in itertools.pairwise(fields))

    def test_raising_one_logit_lowers_the_others_in_softmax_alone(self, qtbot):
        bench = Bench(qtbot)
        bench.page("logits")
        before = bench.tab.logits.table.answers.logits.copy()
        self.drag(bench, 0, 0.7, 0.95)
        answers = bench.tab.logits.table.answers
        assert answers.logits[0] > before[0]
        np.testing.assert_array_equal(answers.p["softmax"], softmax(answers.logits))
        assert (answers.p["softmax"][1:] < softmax(before)[1:]).all()
        np.testing.assert_array_equal(answers.p["sigmoids"][1:], sigmoid(before)[1:])
        lost = 100.0 * (softmax(before)[1:].sum() - softmax(answers.logits)[1:].sum())
        assert bench.tab.logits.sentence.text() == (
            f"z of underweight from {before[0]:.2f} up to {answers.logits[0]:.2f}: in softmax the other "
            f"classes lost {lost:.1f} points together; the other sigmoids did not move."
        )

    def test_and_lowering_it_raises_them(self, qtbot):
        bench = Bench(qtbot)
        bench.page("logits")
        self.drag(bench, 1, 0.1)
        answers = bench.tab.logits.table.answers
        assert (answers.p["softmax"][[0, 2]] > answers.before["softmax"][[0, 2]]).all()
        assert "down to" in bench.tab.logits.sentence.text()
        bench.press(bench.tab.logits.live_button)
        assert bench.tab.logits.sentence.text().startswith("Drag one logit")

    def test_the_selected_models_logits_are_shown(self, qtbot):
        bench = Bench(qtbot)
        bench.page("logits")
        bench.interaction.set_pointer((175.0, 66.0))
        for row in (0, 1):
            bench.interaction.set_selected_model(row)
            bench.settle()
            found = bench.tab.logits.table.answers.logits
            np.testing.assert_allclose(found, bench.logits(row, 175.0, 66.0), rtol=1e-12)


class TestTwoClasses:
    def test_the_function_is_the_sigmoid_of_the_difference(self, qtbot):
        bench = Bench(qtbot, people_state(2), TWO)
        bench.page("two")
        bench.interaction.set_hovered_id(4)
        bench.settle()
        first, second = bench.logits(0, bench.rows.height_cm[4], bench.rows.weight_kg[4])
        p = 1.0 / (1.0 + np.exp(first - second))
        template = bench.tab.two.numbers.template
        assert template.endswith(rf"\sigma(⟦{second - first:.3f}⟧) = ⟦{p:.4f}⟧")
        assert f"⟦{second:.3f}⟧ {'+' if first < 0 else '-'} ⟦{abs(first):.3f}⟧" in template
        assert f"Softmax: {p:.12f}" in bench.tab.two.same.text()

    def test_the_table_is_the_engines(self, qtbot):
        bench = Bench(qtbot, people_state(2), TWO)
        bench.page("two")
        steps = bench.steps()
        expected = two_class_steps(bench.document.state.training_spec(), "likelihood", STEPS)
        np.testing.assert_array_equal(steps.logistic, expected.logistic)
        np.testing.assert_array_equal(steps.softmax, expected.softmax)
        assert steps.difference.max() < 1e-12
        cells = [[cell.text() for cell in row] for row in bench.tab.two.table.cells]
        assert [row[0] for row in cells] == [f"{step:,}" for step in STEPS]
        for row in cells:
            assert row[1] == row[2]
            assert float(row[5]) == pytest.approx(2.0 * float(row[4]), abs=2e-5)
        assert bench.tab.two.table.heads[1].text().endswith("0.2")
        assert bench.tab.two.table.heads[2].text().endswith("0.1")
        assert "60 samples" in bench.tab.two.outcome.text()

    def test_on_mse_it_is_four_times_the_rate(self, qtbot):
        bench = Bench(qtbot, people_state(2), TWO)
        bench.page("two")
        bench.steps()
        QTest.mouseClick(bench.tab.two.loss_switch.button("mse"), LEFT)
        steps = bench.steps("mse")
        assert steps.difference.max() < 1e-12
        assert bench.tab.two.table.heads[1].text().endswith("0.4")
        assert "4r" in bench.tab.two.outcome.text()

    def test_it_follows_samples_and_settings(self, qtbot):
        bench = Bench(qtbot, people_state(2), TWO)
        bench.page("two")
        before = bench.steps()
        bench.document.move_samples([0], 9.0, 9.0, None)
        bench.qtbot.waitUntil(lambda: bench.tab.two.steps is not before, timeout=WAIT_MS)
        assert (bench.tab.two.steps.logistic[-1] != before.logistic[-1]).any()
        bench.document.change_settings(optimizer=OptimizerSpec("gd", 0.05))
        bench.qtbot.waitUntil(lambda: bench.tab.two.steps.rate == 0.05, timeout=WAIT_MS)

    def test_an_unstable_rate_is_said(self, qtbot):
        start = StartSpec("normal")
        bench = Bench(qtbot, people_state(2, start=start, optimizer=OptimizerSpec("gd", 1e307)), TWO)
        bench.page("two")
        steps = bench.steps()
        assert not steps.difference.max() < 1e-6
        assert bench.tab.two.outcome.text().startswith("At this rate training does not settle")

    def test_three_classes_have_no_such_page(self, qtbot):
        bench = Bench(qtbot)
        bench.page("two")
        assert bench.tab.two.obstacle.isVisible()
        bench.tab.feed.wait_until_idle()
        QApplication.processEvents()
        assert bench.tab.two.steps is None

    def test_differences_as_text(self):
        assert [difference_text(value) for value in (0.0, 4.44e-16, float("nan"))] == ["0", "4.4e-16", "–"]


class TestViews:
    @pytest.mark.parametrize("page", ["maps", "logits", "two"])
    def test_every_page_is_drawn_in_both_themes_and_sizes(self, qtbot, page):
        bench = Bench(qtbot, people_state(2), TWO, size=(460, 380))
        bench.page(page)
        if page == "maps":
            bench.maps()
        light = bench.tab.grab().toImage()
        bench.appearance.set_mode("dark")
        bench.appearance.set_scale_percent(150)
        bench.settle()
        assert bench.tab.grab().toImage() != light

    def test_it_speaks_the_language_in_use(self, qtbot):
        bench = Bench(qtbot)
        bench.maps()
        bench.tab.maps.scene_button.setText("")
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        assert bench.tab.maps.scene_button.text() == "Multi-label example"

    def test_it_works_only_in_front(self, qtbot):
        bench = Bench(qtbot)
        before = bench.maps()
        bench.tab.set_active(False)
        bench.show(ROWS[::-1])
        bench.tab.feed.wait_until_idle()
        QApplication.processEvents()
        assert bench.tab.maps.maps is before

    def test_other_classes_wait_for_their_frame(self, qtbot):
        bench = Bench(qtbot)
        bench.maps()
        bench.document.replace(people_state(2), "two")
        bench.settle()
        bench.show(TWO)
        bench.qtbot.waitUntil(lambda: len(bench.tab.maps.maps.softmax) == 2, timeout=WAIT_MS)
