"""The entropy tab: H and KL over a run, the bound and what raises it, and the optimum above it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from scipy.special import entr

from engine.entropy import smoothed_entropy
from engine.samples import Samples
from engine.snapshots import Mark
from gui.document import Document
from gui.frame import Frame
from gui.lab import GROUPS
from gui.plots.entropy import feed as feed_module
from gui.plots.entropy.data import SameBound, ViewMaker, run_split
from tests.gui.entropy_bench import LINE, ROWS, SIZE, Bench, numbers, people_state
from tests.gui.view_fakes import frame_of, snapshot_of

NO_KEYS = Qt.KeyboardModifier.NoModifier


class TestSplit:
    def test_it_is_an_instrument_of_the_lab(self):
        (group,) = [one for one in GROUPS if any(entry.key == "entropy" for entry in one.instruments)]
        assert group.title() == "Likelihood"

    def test_one_hot_labels_have_no_entropy_and_it_is_said(self, qtbot):
        bench = Bench(qtbot)
        expected = -np.mean([math.log(bench.p(i)[bench.data.class_index[i]]) for i in range(60)])
        entropy, divergence, total = numbers(bench.tab.sum.template)
        assert entropy == 0.0
        assert divergence == total == pytest.approx(expected, abs=0.001)
        assert bench.tab.sum.template.startswith(r"\mathrm{CE} = H(y)")
        assert bench.tab.sentence.text() == "One-hot labels: H(y) = 0, so all of the loss is KL divergence."

    def test_smoothing_raises_the_bound_to_the_closed_form(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.1))
        entropy, divergence, total = numbers(bench.tab.sum.template)
        assert entropy == pytest.approx(smoothed_entropy(3, 0.1), abs=0.001)
        recorded = bench.frame.snapshot.metrics[0, 0]
        assert total == pytest.approx(recorded, abs=0.006)
        assert entropy + divergence == pytest.approx(recorded, abs=0.002)
        assert bench.tab.sentence.text() == (
            f"No model passes H(y) = {entropy:.3f}: labels are smoothed, ε = 0.1."
        )

    def test_two_classes_and_the_selected_model(self, qtbot):
        bench = Bench(qtbot, people_state(2))
        assert bench.tab.sum.template.startswith(r"\mathrm{BCE} = ")
        for row, name in enumerate(("trained on BCE", "trained on MSE")):
            bench.interaction.set_selected_model(row)
            bench.settle()
            assert numbers(bench.tab.sum.template)[2] == pytest.approx(
                bench.frame.snapshot.metrics[row, 0], abs=0.001
            )
            assert bench.tab.owner_label.text() == name

    def test_compared_output_layers_have_a_split_each(self, qtbot):
        bench = Bench(qtbot, people_state(loss_mode="outputs", label_smoothing=0.1))
        bench.interaction.set_selected_model(1)
        bench.settle()
        own, other = 0.9 + 0.1 / 3, 0.1 / 3
        binary = sum(entr([t, 1 - t]).sum() for t in (own, other, other))
        assert numbers(bench.tab.sum.template)[0] == pytest.approx(binary, abs=0.001)
        assert bench.tab.owner_label.text() == "K sigmoids, trained on BCE"

    def test_the_steps_divergence_is_infinite_as_soon_as_one_is_wrong(self, qtbot):
        bench = Bench(qtbot, people_state(2, model="step"), LINE[:1])
        assert bench.tab.sum.template.endswith("⟦∞⟧ = ⟦∞⟧")
        assert bench.tab.run.y_axis.is_endless
        assert not bench.tab.controls.slider.isEnabled()
        bench.tab.grab()

    def test_many_samples_come_from_the_background(self, qtbot, monkeypatch):
        bench = Bench(qtbot)
        before = bench.tab.view
        monkeypatch.setattr(feed_module, "AT_ONCE", 10)
        for step in (101, 102, 103):
            bench.tab.show_frame(Frame(replace(bench.frame.snapshot, step=step), bench.frame.curve, True, ()))
        assert bench.tab.view is before
        bench.qtbot.waitUntil(lambda: bench.tab.view.snapshot.step == 103)
        assert bench.tab.view.pooled.bound == before.pooled.bound


class TestRun:
    def test_kl_stands_on_the_flat_band_of_h(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.2))
        run = bench.tab.run.run
        assert run.bound == pytest.approx(smoothed_entropy(3, 0.2))
        assert run.step.tolist() == list(range(101))
        assert run.cross_entropy[-1] == bench.frame.snapshot.metrics[0, 0]
        picture, plot = bench.tab.run.grab().toImage(), bench.tab.run
        low = picture.pixelColor(plot.point(40.0, run.bound * 0.5).toPoint())
        high = picture.pixelColor(plot.point(40.0, run.bound + 0.2).toPoint())
        above = picture.pixelColor(plot.point(60.0, run.cross_entropy[60] + 0.15).toPoint())
        assert low.blue() - low.red() > 40
        assert abs(high.blue() - high.red()) < 25
        assert above == bench.appearance.theme.plot

    def test_both_lines_are_named_the_bound_and_the_models_own_optimum(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.1))
        bench.tab.run.grab()
        assert next(text for text, _ in bench.tab.run.names) == "bound H(y): 0.291"
        optimum = bench.find_optimum()
        bench.tab.run.grab()
        texts = dict(bench.tab.run.names)
        assert f"this model's optimum: {optimum.cross_entropy:.3f}" in texts
        boxes = list(texts.values())
        for number, box in enumerate(boxes):
            assert not any(box.intersects(other) for other in boxes[:number])

    def test_the_kl_that_cannot_be_removed_is_said(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.1))
        bench.qtbot.mouseClick(bench.tab.controls.optimum, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        assert bench.controller.calls == [("show_optimum", True)]
        bench.settle()
        assert "being found" in bench.tab.sentence.text()
        optimum = bench.find_optimum()
        bound = smoothed_entropy(3, 0.1)
        above = bench.frame.snapshot.metrics[0, 0] - optimum.cross_entropy
        assert bench.tab.sentence.text().endswith(
            f"This model's optimum is {optimum.cross_entropy:.3f}: {optimum.cross_entropy - bound:.3f} of KL "
            f"is left that it cannot remove. Now it is {above:.3f} above its optimum."
        )
        assert bench.tab.run.run.optimum == optimum.cross_entropy

    def test_without_a_finite_optimum_its_reason_is_said(self, qtbot):
        state = people_state()
        samples = Samples.from_columns([160.0, 161.0, 180.0], [50.0, 70.0, 100.0], [0, 1, 2])
        bench = Bench(qtbot, replace(state, samples=samples))
        bench.find_optimum()
        assert "separate these classes completely" in bench.tab.sentence.text()
        assert bench.tab.run.run.optimum is None

    def test_the_pointer_reads_a_step_of_the_past(self, qtbot):
        bench = Bench(qtbot, people_state(label_smoothing=0.1))
        run, plot = bench.tab.run.run, bench.tab.run
        bench.hover(plot, plot.point(50.0, 1.0))
        step = int(bench.tab.step_label.text().removeprefix("step "))
        assert abs(step - 50) <= 1
        entropy, divergence, total = numbers(bench.tab.sum.template)
        assert total == pytest.approx(run.cross_entropy[step], abs=0.006)
        assert divergence == pytest.approx(run.cross_entropy[step] - run.bound, abs=0.006)
        assert entropy == pytest.approx(run.bound, abs=0.001)
        QApplication.sendEvent(plot, QEvent(QEvent.Type.Leave))
        bench.settle()
        assert bench.tab.step_label.text() == "step 100"

    def test_steps_with_other_samples_or_another_smoothing_are_left_out(self, qtbot):
        bench = Bench(qtbot)
        bench.show(100, marks=(Mark(1, 30, "data"), Mark(1, 60, "settings")))
        assert bench.tab.run.run.step[0] == 31
        bench.document.change_settings(label_smoothing=0.2)
        bench.show(120, marks=(Mark(1, 30, "data"), Mark(1, 60, "settings"), Mark(1, 110, "settings")))
        assert bench.tab.run.run.step[0] == 111
        bench.document.change_settings(
            optimizer=replace(bench.document.state.settings.optimizer, momentum=0.5)
        )
        marks = (Mark(1, 110, "settings"), Mark(1, 125, "settings"))
        bench.show(130, marks=marks)
        assert bench.tab.run.run.step[0] == 111
        bench.show(10, run_id=2)
        assert bench.tab.run.run.step[0] == 0

    def test_a_tab_opened_late_trusts_no_step_before_the_last_change_of_settings(self, qtbot):
        document = Document(people_state(label_smoothing=0.1))
        keeper, frame = SameBound(), frame_of(document, marks=(Mark(1, 40, "settings"),), step=90)
        keeper.note(frame)
        assert keeper.since(frame) == 40
        run = run_split(frame, 0, 0.1, 40, None)
        assert run.step[0] == 41
        nothing = run_split(frame, 0, 0.1, 90, None)
        assert nothing.step.tolist() == [90]
        assert nothing.cross_entropy.tolist() == [frame.snapshot.metrics[0, 0]]


class TestRaising:
    def test_the_slider_smooths_the_labels_as_one_undo_command(self, qtbot):
        bench = Bench(qtbot)
        slider = bench.tab.controls.slider
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, NO_KEYS, QPoint(2, slider.height() // 2))
        QTest.mouseMove(slider, QPoint(slider.width() // 3, slider.height() // 2))
        QTest.mouseMove(slider, QPoint(slider.width() // 2, slider.height() // 2))
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, NO_KEYS, slider.rect().center())
        smoothing = bench.document.state.settings.label_smoothing
        assert 0.2 < smoothing < 0.3
        bench.edit()
        assert bench.tab.view.pooled.bound == pytest.approx(smoothed_entropy(3, smoothing))
        assert bench.tab.controls.number.text() == f"ε = {smoothing:.2f}"
        bench.document.undo_stack.undo()
        assert bench.document.state.settings.label_smoothing == 0.0
        assert not bench.document.undo_stack.can_undo

    def test_an_equal_sample_of_the_next_class_raises_the_bound(self, qtbot):
        bench = Bench(qtbot)
        button = bench.tab.controls.duplicate
        assert not button.isEnabled()
        assert "Select a sample" in button.toolTip()
        sample_id = int(bench.data.sample_id[3])
        bench.interaction.set_selected_ids((sample_id,))
        bench.settle()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        rows = bench.document.state.samples.rows
        assert len(rows) == 61
        assert (rows.height_cm[-1], rows.weight_kg[-1]) == (rows.height_cm[3], rows.weight_kg[3])
        assert rows.class_index[-1] == (rows.class_index[3] + 1) % 3
        bench.edit()
        assert bench.tab.view.pooled.bound == pytest.approx(2 * math.log(2) / 61)
        assert "2 samples share height and weight with one of another label" in bench.tab.sentence.text()
        assert bench.tab.terms.heading.text() == "2 equal samples, labels pooled"
        assert [row.cells[0] for row in bench.tab.terms.table.rows].count("0.500") == 2
        bench.document.undo_stack.undo()
        assert len(bench.document.state.samples) == 60

    def test_pooling_leaves_the_mean_loss_as_it_is(self, qtbot):
        bench = Bench(qtbot, people_state(equal=True))
        view = bench.tab.view
        assert view.split.cross_entropy.mean() == pytest.approx(bench.frame.snapshot.metrics[0, 0], rel=1e-12)
        assert view.pooled.bound == pytest.approx(2 * math.log(2) / 60)

    def test_targets_are_pooled_once_for_each_edit(self):
        document, maker = Document(people_state()), ViewMaker()
        snapshots = [snapshot_of(document, step=step, parameters=ROWS) for step in (1, 2)]
        first, second = (maker.view(snapshot, 0) for snapshot in snapshots)
        assert first.pooled is second.pooled
        document.change_settings(label_smoothing=0.1)
        third = maker.view(snapshot_of(document, step=3, parameters=ROWS), 0)
        assert third.pooled is not first.pooled
        assert third.pooled.bound > 0.2

    def test_models_without_smoothing_say_so(self, qtbot):
        bench = Bench(qtbot, people_state(2, model="mlp", hidden=(2,), label_smoothing=0.3), [[0.5] * 9] * 2)
        assert not bench.tab.controls.slider.isEnabled()
        assert bench.tab.controls.number.text() == "ε = 0.00"
        assert "knows no label smoothing" in bench.tab.controls.slider.toolTip()
        assert "One-hot labels" in bench.tab.sentence.text()


class TestRoom:
    def test_a_low_tab_shows_one_page_at_a_time(self, qtbot):
        bench = Bench(qtbot, size=(480, 400))
        assert bench.tab.run.isVisible()
        assert not bench.tab.strip.isVisible()
        QTest.mouseClick(bench.tab.page_switch.button("samples"), Qt.MouseButton.LeftButton)
        assert bench.tab.page == "samples"
        assert bench.tab.strip.isVisible()
        assert not bench.tab.run.isVisible()
        bench.resize(*SIZE)
        assert bench.tab.run.isVisible()
        assert bench.tab.strip.isVisible()
        assert not bench.tab.page_switch.isVisible()

    @pytest.mark.parametrize("size", [(480, 400), (640, 260), (300, 240), SIZE])
    def test_nothing_lies_outside_or_on_another_part(self, qtbot, size):
        bench = Bench(qtbot, people_state(label_smoothing=0.1), size=size)
        for page in ("run", "samples"):
            bench.tab.set_page(page)
            bench.settle()
            parts = [bench.tab.sum, bench.tab.run, bench.tab._samples, bench.tab.sentence, bench.tab.controls]
            shown = [part.geometry() for part in parts if part.isVisible()]
            for number, box in enumerate(shown):
                assert bench.tab.rect().contains(box)
                assert not any(box.intersects(other) for other in shown[:number])

    def test_no_samples_and_frames_of_other_classes_are_no_trouble(self, qtbot):
        bench = Bench(qtbot)
        before = bench.tab.view
        bench.document.add_class()
        bench.tab.show_frame(bench.frame)
        assert bench.tab.view is before
        empty = Bench(qtbot, replace(people_state(), samples=Samples()))
        assert "no training samples" in empty.tab.sentence.text()
        empty.tab.grab()

    def test_another_theme_and_language_change(self, qtbot):
        bench = Bench(qtbot)
        bench.appearance.set_mode("dark")
        bench.tab.grab()
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        assert bench.tab.controls.duplicate.text() == "Duplicate, next class"
