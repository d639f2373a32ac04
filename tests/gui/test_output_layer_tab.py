"""The output layer tab: the same logits through four output layers, chosen by hand and trained."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.activations import sigmoid
from engine.normalizers import NORMALIZERS, normalized
from engine.specs import OptimizerSpec, StartSpec
from gui.document import Document
from gui.lab import GROUPS
from gui.plots.output_layer.logit_choice import LogitChoice, all_ones, one_negative
from gui.plots.output_layer.tab import OutputLayerTab
from gui.plots.output_layer.train_row import train_layer
from gui.plots.output_layer.words import layer_name, logits_text
from gui.widgets.slider import ValueSlider
from tests.gui.lab_bench import LEFT, overlapping_people
from tests.gui.output_layer_bench import LINE, Bench
from tests.gui.window_driver import open_window


class TestChoice:
    LIVE = np.array([0.5, -1.0, 2.0])

    def test_live_logits_are_the_models(self):
        choice = LogitChoice()
        np.testing.assert_array_equal(choice.logits(self.LIVE), self.LIVE)
        assert choice.compared(self.LIVE) is None

    def test_a_drag_is_compared_with_what_was_there_when_it_began(self):
        begun = LogitChoice().moved(self.LIVE, 1, 0.0, goes_on=False)
        gone_on = begun.moved(self.LIVE, 1, 3.0, goes_on=True)
        np.testing.assert_array_equal(gone_on.logits(self.LIVE), [0.5, 3.0, 2.0])
        np.testing.assert_array_equal(gone_on.compared(self.LIVE), self.LIVE)
        again = gone_on.moved(self.LIVE, 0, 1.0, goes_on=False)
        np.testing.assert_array_equal(again.compared(self.LIVE), [0.5, 3.0, 2.0])

    def test_a_shift_is_compared_with_no_shift_and_a_drag_takes_it_in(self):
        shifted = LogitChoice().shifted(self.LIVE, 2.0)
        np.testing.assert_array_equal(shifted.logits(np.zeros(3)), self.LIVE + 2.0)
        np.testing.assert_array_equal(shifted.compared(np.zeros(3)), self.LIVE)
        dragged = shifted.moved(np.zeros(3), 0, 0.0, goes_on=False)
        np.testing.assert_array_equal(dragged.logits(np.zeros(3)), [0.0, 1.0, 4.0])
        assert dragged.shift == 0.0

    def test_other_classes_end_it(self):
        own = LogitChoice((1.0, 2.0, 3.0))
        assert own.fitting(3) is own
        assert own.fitting(4) == LogitChoice()

    def test_presets_of_any_number_of_classes(self):
        assert (all_ones(2), one_negative(2)) == ((1.0, 1.0), (1.0, -1.0))
        assert one_negative(4) == (1.0, -1.0, 1.0, 1.0)
        assert logits_text(one_negative(3)) == "(1, -1, 1)"


class TestBars:
    def test_it_is_an_instrument_of_the_lab(self):
        group = next(one for one in GROUPS if one.title() == "Multi-class")
        assert group.instruments[0].key == OutputLayerTab.key

    def test_every_column_is_the_closed_form_of_the_models_logits(self, qtbot):
        bench = Bench(qtbot)
        bench.interaction.set_pointer((180.0, 90.0))
        z = bench.expected(180.0, 90.0)
        np.testing.assert_allclose(bench.z, z, rtol=1e-12)
        np.testing.assert_allclose(bench.p["softmax"], np.exp(z) / np.exp(z).sum(), rtol=1e-12)
        np.testing.assert_allclose(bench.p["absolute"], np.abs(z) / np.abs(z).sum(), rtol=1e-12)
        np.testing.assert_allclose(bench.p["square"], z**2 / (z**2).sum(), rtol=1e-12)
        np.testing.assert_allclose(bench.p["sigmoids"], 1.0 / (1.0 + np.exp(-z)), rtol=1e-12)
        for handle, value in zip(bench.table.handles, z, strict=True):
            bench.settle()
            assert handle.field.text() == f"{value:.2f}"

    def test_they_follow_a_hovered_sample_and_the_selected_model(self, qtbot):
        bench = Bench(qtbot)
        rows = bench.document.state.samples.rows
        place = float(rows.height_cm[7]), float(rows.weight_kg[7])
        bench.interaction.set_hovered_id(int(rows.sample_id[7]))
        np.testing.assert_allclose(bench.z, bench.expected(*place), rtol=1e-12)
        bench.interaction.set_selected_model(1)
        np.testing.assert_allclose(bench.z, bench.expected(*place, row=1), rtol=1e-12)
        bench.settle()
        name = ("underweight", "normal", "overweight")[rows.class_index[7]]
        assert bench.tab.bars.source.text() == f"{name}, {place[0]:.1f} cm, {place[1]:.1f} kg:"

    def test_dragging_a_logit_moves_all_four_and_outlines_what_was_before(self, qtbot):
        bench = Bench(qtbot)
        before = bench.z.copy()
        slider = bench.table.handles[1].slider
        bench.drag(slider, 0.6, 0.9)
        assert bench.z[1] == pytest.approx(slider.scale.value_at(slider.value()))
        np.testing.assert_array_equal(bench.z[[0, 2]], before[[0, 2]])
        answers = bench.table.answers
        for kind in NORMALIZERS:
            np.testing.assert_array_equal(answers.p[kind], normalized(kind, bench.z))
            np.testing.assert_array_equal(answers.before[kind], normalized(kind, before))
        assert (answers.p["softmax"][[0, 2]] < answers.before["softmax"][[0, 2]]).all()
        np.testing.assert_array_equal(answers.p["sigmoids"][[0, 2]], answers.before["sigmoids"][[0, 2]])

    def test_own_logits_stand_until_the_pointers_are_taken_back(self, qtbot):
        bench = Bench(qtbot)
        bench.drag(bench.table.handles[0].slider, 0.8)
        own = bench.z.copy()
        bench.interaction.set_pointer((150.0, 50.0))
        bench.settle()
        np.testing.assert_array_equal(bench.z, own)
        assert bench.tab.bars.source.text() == "Your own logits."
        bench.press(bench.tab.bars.live_button)
        np.testing.assert_allclose(bench.z, bench.expected(150.0, 50.0), rtol=1e-12)
        assert not bench.tab.bars.live_button.isVisible()

    def test_a_typed_logit_is_exact_and_may_leave_the_sliders_range(self, qtbot):
        bench = Bench(qtbot)
        field = bench.table.handles[2].field
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, "12.34567")
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert bench.z[2] == 12.34567
        handle = bench.table.handles[2].slider
        assert handle.value() == handle.maximum()

    def test_the_collision(self, qtbot):
        bench = Bench(qtbot)
        for key in ("negative", "ones"):
            bench.press(bench.tab.bars.presets[key])
            answers = bench.table.answers
            assert {kind: answers.is_same(kind) for kind in NORMALIZERS} == {
                "softmax": False,
                "absolute": True,
                "square": True,
                "sigmoids": False,
            }
        np.testing.assert_allclose(bench.p["absolute"], [1 / 3] * 3, rtol=1e-15)
        assert bench.sentence().startswith("(1, 1, 1) and (1, -1, 1) get one and the same answer from |z|")

    def test_a_constant_on_all_logits_changes_all_but_softmax(self, qtbot):
        bench = Bench(qtbot)
        before = bench.z.copy()
        bench.drag(bench.tab.bars.shift, 0.7, 0.8)
        shift = bench.tab.choice.shift
        assert shift > 1.0
        np.testing.assert_allclose(bench.z, before + shift, rtol=1e-12)
        answers = bench.table.answers
        assert [answers.is_same(kind) for kind in NORMALIZERS] == [True, False, False, False]
        assert bench.sentence().endswith("That is its only ambiguity. Changed: |z|, z², K sigmoids.")

    def test_a_constant_that_changes_no_other_answer_is_said_so(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.bars.presets["ones"])
        bench.drag(bench.tab.bars.shift, 0.7)
        assert bench.sentence().endswith("Changed: K sigmoids.")

    def test_all_zero_is_undefined_and_said(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.bars.presets["zeros"])
        answers = bench.table.answers
        assert [answers.is_undefined(kind) for kind in NORMALIZERS] == [False, True, True, False]
        assert bench.sentence().startswith("Every logit is 0: |z| and z² are undefined")
        assert bench.table.grab().toImage() != Bench(qtbot).table.grab().toImage()

    def test_one_output_node_is_shown_as_two_logits(self, qtbot):
        bench = Bench(qtbot, overlapping_people(2), LINE)
        z = bench.expected(180.0, 90.0)[0]
        bench.interaction.set_pointer((180.0, 90.0))
        np.testing.assert_allclose(bench.z, [-z / 2, z / 2], rtol=1e-12)
        assert bench.p["softmax"][1] == pytest.approx(sigmoid(np.array(z)), rel=1e-12)
        bench.settle()
        assert bench.sentence().startswith("The model has one output node z")

    def test_bars_are_as_long_as_their_probability(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.bars.presets["negative"])
        bench.tab.set_choice(LogitChoice((4.0, 0.0, -4.0)))
        bench.settle()
        image, table = bench.table.grab().toImage(), bench.table
        box = table.bar_rect("absolute", 0)
        fill = bench.appearance.theme.class_fill(0)
        y = int(box.center().y())
        inside, outside = (
            image.pixelColor(int(box.left() + share * box.width()), y) for share in (0.2, 0.55)
        )
        assert inside.blue() > inside.red() + 20, fill.name()
        assert outside == bench.appearance.theme.plot

    def test_eight_classes_and_small_rooms(self, qtbot):
        parameters = np.random.default_rng(1).normal(0.0, 1.0, (2, 24)).tolist()
        bench = Bench(qtbot, overlapping_people(8), parameters, size=(460, 380))
        assert len(bench.table.handles) == 8
        for kind in NORMALIZERS:
            assert bench.table.bar_rect(kind, 7).width() > 30
            assert bench.table.bar_rect(kind, 7).bottom() < bench.table.height()

    def test_another_document_ends_own_logits(self, qtbot):
        bench = Bench(qtbot)
        bench.press(bench.tab.bars.presets["ones"])
        bench.document.replace(overlapping_people(4), "other")
        bench.show(np.random.default_rng(1).normal(0.0, 1.0, (2, 12)).tolist())
        assert bench.tab.choice == LogitChoice()
        assert len(bench.z) == 4
        shown = [slider for slider in bench.table.findChildren(ValueSlider) if slider.isVisible()]
        assert shown == [handle.slider for handle in bench.table.handles]
        assert len(shown) == 4

    def test_infinite_weights_are_waited_out(self, qtbot):
        bench = Bench(qtbot)
        before = bench.z.copy()
        bench.show([[math.inf] * 9, [0.0] * 9])
        np.testing.assert_array_equal(bench.z, before)


class TestTraining:
    @pytest.mark.parametrize("kind", NORMALIZERS)
    def test_a_button_trains_its_model_as_one_command(self, qtbot, kind):
        other = "sigmoids" if kind == "softmax" else "softmax"
        state = overlapping_people(model=other, start=StartSpec("zeros"))
        bench = Bench(qtbot, state)
        QTest.mouseClick(bench.tab.train_row.buttons[kind], LEFT)
        settings = bench.document.state.settings
        assert bench.document.state.model.kind == kind
        assert settings.start.kind == ("normal" if kind in ("absolute", "square") else "zeros")
        assert bench.document.undo_stack.count() == 1
        pressed = [one for one, button in bench.tab.train_row.buttons.items() if button.isChecked()]
        assert pressed == [kind]
        bench.document.undo_stack.undo()
        assert bench.document.state.settings == state.settings

    def test_a_rival_starts_anew_where_the_weights_at_hand_are_zeros(self, qtbot):
        bench = Bench(qtbot, overlapping_people(start=StartSpec("zeros")), [[0.0] * 9] * 2)
        QTest.mouseClick(bench.tab.train_row.buttons["absolute"], LEFT)
        assert bench.controller.calls == [("reset",)]

    def test_and_goes_on_from_others(self, qtbot):
        bench = Bench(qtbot)
        QTest.mouseClick(bench.tab.train_row.buttons["square"], LEFT)
        assert bench.controller.calls == []

    def test_it_ends_a_comparison(self):
        document = Document(overlapping_people(loss_mode="outputs"))
        train_layer(document, "softmax")
        assert document.state.losses == ("ce", "mse")

    def test_the_perceptron_rule_gives_way(self):
        document = Document(overlapping_people(2, model="step", optimizer=OptimizerSpec("perceptron", 0.3)))
        train_layer(document, "square")
        assert document.state.settings.optimizer.kind == "gd"

    def test_in_the_window_the_rival_moves(self, qtbot):
        with open_window(qtbot) as driver:
            driver.window.lab.open_tab("output_layer")
            tab = driver.window.lab.tab("output_layer")
            driver.press(tab.train_row.buttons["absolute"])
            driver.settle()
            assert driver.snapshot.spec.model.kind == "absolute"
            before = driver.weights
            driver.canvas.setFocus()
            driver.step_on(2)
            assert driver.weights != before
            driver.document.undo_stack.undo()
            driver.settle()
            assert driver.snapshot.spec.model.kind == "logistic"


class TestViews:
    @pytest.mark.parametrize("page", ["bars", "regions", "simplex", "race"])
    def test_every_page_is_drawn_in_both_themes_and_sizes(self, qtbot, page):
        bench = Bench(qtbot, size=(460, 380))
        bench.page(page)
        if page == "regions":
            bench.maps()
        light = bench.tab.grab().toImage()
        bench.appearance.set_mode("dark")
        bench.appearance.set_scale_percent(150)
        bench.resize(900, 300)
        bench.settle()
        assert bench.tab.grab().toImage() != light

    def test_titles_of_narrow_maps_are_shortened_and_never_cut(self, qtbot):
        bench = Bench(qtbot, size=(418, 210))
        bench.page("regions")
        bench.maps()
        for kind, plot in bench.tab.regions.plots.items():
            title = plot._titles[1]
            assert plot.note_width(title) < plot.width(), title
            assert title.startswith(layer_name(kind).removeprefix("K "))
        assert bench.tab.regions.plots["sigmoids"].toolTip().startswith("K sigmoids: ")

    def test_a_low_triangle_has_the_room_of_the_sentence(self, qtbot):
        bench = Bench(qtbot, size=(418, 210))
        bench.page("simplex")
        assert bench.tab.simplex.sentence.isHidden()
        bench.resize(640, 600)
        assert not bench.tab.simplex.sentence.isHidden()

    def test_it_speaks_the_language_in_use(self, qtbot):
        bench = Bench(qtbot)
        bench.tab.bars.live_button.setText("")
        QApplication.sendEvent(bench.tab, QEvent(QEvent.Type.LanguageChange))
        assert bench.tab.bars.live_button.text() == "Take the pointer's"
        assert bench.table.handles[0].slider.accessibleName() == "logit of underweight"
        assert [layer_name(kind) for kind in NORMALIZERS] == ["softmax", "|z|", "z²", "K sigmoids"]
        assert "softmax: underweight" in bench.table.accessibleDescription()
