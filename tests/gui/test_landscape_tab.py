"""The landscape tab with the real controller and its threads behind it, driven by real events."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.hidden.hessian import HessianProduct
from engine.losses import loss_of
from engine.samples import Samples
from engine.snapshots import Snapshot
from engine.specs import StartSpec
from engine.training_data import TrainingData
from gui.plots.landscape.panel import LandscapePanel
from gui.plots.landscape.tab import LandscapeTab
from gui.training_controller import TrainingController
from tests.gui.lab_bench import LEFT, LabBench, turn_wheel
from tests.gui.view_fakes import document_of

START = StartSpec("exact", parameters=(5.0, -5.0, 0.0))


class Stage(LabBench):
    """The tab in front, with the controller of a window."""

    tab_type = LandscapeTab

    def __init__(self, qtbot: QtBot, n_classes: int = 2, **settings: object) -> None:
        start = START if n_classes == 2 else StartSpec()
        document = document_of(n_classes, **{"start": start, **settings})
        super().__init__(qtbot, document, (540, 440), TrainingController(document))
        qtbot.waitUntil(lambda: self.tab.frame is not None)
        self.settle()

    def connect(self) -> None:
        self.controller.frame.connect(lambda frame: self.context.path.take(frame.snapshot))
        self.controller.frame.connect(self.tab.show_frame)

    def close(self) -> None:
        super().close()
        self.controller.close()

    @property
    def panels(self) -> tuple[LandscapePanel, ...]:
        return self.tab.stage.panels

    @property
    def snapshot(self) -> Snapshot:
        """What the tab has drawn."""
        assert self.tab.frame is not None
        return self.tab.frame.snapshot

    @property
    def parameters(self) -> np.ndarray:
        return self.snapshot.parameters

    def settle(self) -> None:
        """Let the document's own models be drawn with their landscapes."""
        self.until(
            lambda: self.snapshot.spec == self.document.state.training_spec() and self.tab.is_up_to_date
        )

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for an answer that comes by itself."""
        self.qtbot.waitUntil(lambda: bool(condition()))

    def chord(self, a: tuple[float, float], b: tuple[float, float], panel: int = 0) -> None:
        """Click two points and wait for what comes of it."""
        for end in (a, b):
            QTest.mouseClick(self.panels[panel], LEFT, pos=self.pixel(*end, panel))
        self.until(lambda: self.tab.stage.chord_area.chords)

    def see(self, text: str) -> None:
        self.qtbot.waitUntil(lambda: text in self.tab.stage.hint.text)

    def pixel(self, u: float, v: float, panel: int = 0) -> QPoint:
        return self.panels[panel].pixel_of(u, v).toPoint()

    def step(self, count: int) -> None:
        target = self.snapshot.step + count
        for _ in range(count):
            self.controller.step_forward()
        self.until(lambda: self.snapshot.step == target)
        self.settle()

    def click_at(self, u: float, v: float, panel: int = 0) -> None:
        """Click a point of a landscape and wait for the new run."""
        run = self.snapshot.run_id
        QTest.mouseClick(self.panels[panel], LEFT, pos=self.pixel(u, v, panel))
        self.until(lambda: self.snapshot.run_id != run)
        self.settle()


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def drag(panel: LandscapePanel, start: QPoint, end: QPoint, button: Qt.MouseButton = LEFT) -> None:
    QTest.mousePress(panel, button, pos=start)
    for share in (0.3, 0.6, 1.0):
        QTest.mouseMove(panel, start + (end - start) * share)
    QTest.mouseRelease(panel, button, pos=end)


def own_loss(stage: Stage, loss: str, row: np.ndarray) -> float:
    """A loss over the document's samples, from its formula."""
    snapshot = stage.snapshot
    assert stage.tab.subject is not None
    data = stage.tab.subject.ground.data()
    model = snapshot.spec.model
    z = row.reshape(-1, 3) @ data.design
    return float(loss_of(model.kind, loss).value_and_gradient(z, data.class_index)[0].mean())


# Following the run


def test_both_losses_are_drawn_over_the_same_box_with_each_model_on_its_landscape(stage):
    answer = stage.tab.answer
    assert answer is not None
    assert answer.is_finest
    assert [grid.loss_name for grid in answer.grids] == ["bce", "mse"]
    assert stage.panels[0].box == stage.panels[1].box == answer.question.box == stage.panels[0].picture_box
    stage.step(5)
    for row, panel in enumerate(stage.panels):
        assert panel.overlay.start == (5.0, -5.0)
        assert panel.overlay.now == pytest.approx(tuple(stage.parameters[row, :2]))
        assert len(panel.overlay.past) >= 6
    assert stage.panels[0].overlay.now != stage.panels[1].overlay.now


def test_the_box_holds_start_way_and_valley(stage):
    bce = stage.tab.answer.minima[0]
    assert bce
    held = np.array([(5.0, -5.0), bce[0].point])
    assert stage.panels[0].box.holds(held)


def test_steps_move_the_dot_and_leave_a_landscape_that_does_not_depend_on_them(stage):
    stage.tab.controls.choose(is_minimised=True)
    stage.settle()
    before, dot = stage.tab.answer, stage.panels[0].overlay.now
    assert before.grids[0].minimiser is not None
    stage.step(3)
    assert stage.panels[0].overlay.now != dot
    assert stage.tab.answer is before


def test_with_the_bias_fixed_the_landscape_follows_each_model_s_own_bias(stage):
    stage.step(20)
    cut = stage.tab.answer.question.cut
    for row in (0, 1):
        assert cut.origins[row][2] == stage.parameters[row, 2]
    assert cut.origins[0][2] != cut.origins[1][2]


def test_the_model_s_loss_on_the_landscape_is_the_run_s(stage):
    stage.step(10)
    metrics = stage.snapshot.metrics
    expected = [metrics[0, 0], metrics[1, 1]]
    stage.until(lambda: [value.loss for value in stage.tab.values if value] == pytest.approx(expected))


def test_scrubbing_back_leaves_the_rest_of_the_way_as_the_future(stage):
    stage.step(10)
    stage.controller.seek(4)
    stage.until(lambda: stage.snapshot.step == 4)
    over = stage.panels[0].overlay
    assert over.now == tuple(over.past[-1]) == tuple(over.future[0]) == tuple(stage.parameters[0, :2])
    assert len(over.past) == 6
    assert len(over.future) == 7


def test_an_edit_of_the_samples_draws_their_landscape(stage):
    before = stage.tab.answer
    stage.document.add_samples([190.0], [50.0], 1)
    stage.settle()
    after = stage.tab.answer
    assert after is not before
    assert len(after.question.ground.data()) == len(before.question.ground.data()) + 1


def test_behind_other_tabs_nothing_is_computed_but_the_way_goes_on(stage):
    stage.tab.set_active(False)
    before = stage.tab.answer
    stage.step(6)
    assert stage.tab.is_up_to_date
    assert stage.tab.answer is before
    assert stage.tab.context.path.steps[-1] == 6
    stage.tab.set_active(True)
    stage.until(lambda: stage.tab.answer is not before)
    assert stage.panels[1].overlay.now == pytest.approx(tuple(stage.parameters[1, :2]))


def test_what_was_asked_for_in_front_is_not_worked_out_behind_but_when_it_is_in_front_again(stage):
    before = stage.tab.answer
    turn_wheel(stage.panels[0], stage.pixel(0.0, 0.0), 2)
    assert not stage.tab.is_up_to_date
    stage.tab.set_active(False)
    assert stage.tab.feed.wait_until_idle()
    QApplication.processEvents()
    assert stage.tab.answer is before
    stage.tab.set_active(True)
    stage.until(lambda: stage.tab.is_up_to_date)
    assert stage.tab.answer.question.box == stage.panels[0].box != before.question.box


def test_without_samples_it_says_so(stage):
    stage.document.clear_samples()
    stage.settle()
    assert "no labelled sample" in stage.panels[0].message
    assert stage.tab.answer is None
    stage.document.undo_stack.undo()
    stage.settle()
    assert stage.panels[0].message == ""
    assert stage.tab.answer is not None


def test_a_single_model_has_its_way_on_its_own_landscape_alone(qtbot):
    stage = Stage(qtbot, loss_mode="mse")
    bce, mse = (panel.overlay for panel in stage.panels)
    assert bce.now is None
    assert mse.now == (5.0, -5.0)


# Clicks, drags and the wheel


def test_a_click_starts_both_models_there_with_that_panel_s_bias(stage):
    stage.step(20)
    bias = stage.parameters[1, 2]
    at = stage.pixel(1.0, -2.0, panel=1)
    u, v = stage.panels[1].layout_.to_point(stage.panels[1].box, QPointF(at))
    stage.click_at(1.0, -2.0, panel=1)
    snapshot = stage.snapshot
    assert snapshot.step == 0
    assert not stage.controller.playing
    np.testing.assert_allclose(snapshot.parameters, [[u, v, bias]] * 2, rtol=1e-12)
    assert stage.panels[0].overlay.start == pytest.approx((u, v))
    QTest.mouseMove(stage.tab.controls)
    stage.tab._point_at(None)
    stage.see("Press Train")


def test_with_the_bias_minimised_out_a_click_starts_at_the_best_bias(stage):
    stage.tab.controls.choose(is_minimised=True)
    stage.settle()
    stage.click_at(1.0, -2.0)
    row = stage.parameters[0]
    best = own_loss(stage, "bce", row)
    for shift in (-0.05, 0.05):
        assert own_loss(stage, "bce", row + np.array([0.0, 0.0, shift])) > best


def test_a_drag_moves_both_boxes_and_starts_nothing(stage):
    before, run = stage.panels[0].box, stage.snapshot.run_id
    panel = stage.panels[0]
    start = stage.pixel(0.0, 0.0)
    grabbed = panel.layout_.to_point(before, QPointF(start))
    end = start + QPoint(30, -20)
    with stage.qtbot.assertNotEmitted(panel.clicked):
        drag(panel, start, end)
    stage.settle()
    assert stage.panels[1].box == panel.box != before
    assert panel.layout_.to_point(panel.box, QPointF(end)) == pytest.approx(grabbed)
    assert stage.snapshot.run_id == run
    assert stage.tab.answer.question.box == panel.box


def test_the_wheel_zooms_around_the_pointer_and_a_double_click_goes_back(stage):
    panel, automatic = stage.panels[1], stage.panels[1].box
    at = stage.pixel(2.0, -1.0, panel=1)
    under = panel.layout_.to_point(automatic, QPointF(at))
    turn_wheel(panel, at, 3)
    stage.settle()
    assert panel.box.u_span < automatic.u_span
    assert panel.layout_.to_point(panel.box, QPointF(at)) == pytest.approx(under)
    run = stage.snapshot.run_id
    with stage.qtbot.assertNotEmitted(panel.clicked, wait=QApplication.doubleClickInterval() + 50):
        QTest.mouseDClick(panel, LEFT, pos=at)
    stage.settle()
    assert panel.box == automatic
    assert stage.snapshot.run_id == run


def test_in_a_zoomed_box_a_click_waits_until_it_is_no_double_click(stage):
    turn_wheel(stage.panels[0], stage.pixel(2.0, -1.0), 2)
    run = stage.snapshot.run_id
    with stage.qtbot.waitSignal(stage.panels[0].clicked):
        QTest.mouseClick(stage.panels[0], LEFT, pos=stage.pixel(2.0, -1.0))
        QApplication.processEvents()
        assert stage.snapshot.run_id == run
    stage.qtbot.waitUntil(lambda: stage.snapshot.run_id != run)


def test_the_pointer_reads_losses_and_curvature_in_both_landscapes(stage):
    QTest.mouseMove(stage.panels[0], stage.pixel(4.0, -4.0))
    u, v = stage.panels[0].layout_.to_point(stage.panels[0].box, QPointF(stage.pixel(4.0, -4.0)))
    bce_there = own_loss(stage, "bce", np.array([u, v, 0.0]))
    stage.until(lambda: stage.tab.values[0] and stage.tab.values[0].loss == pytest.approx(bce_there))
    stage.see("λ over all weights")
    bce, mse = stage.tab.values
    assert mse.loss == pytest.approx(own_loss(stage, "mse", np.array([u, v, 0.0])))
    assert bce.slice_eigenvalue > 0.0 > mse.slice_eigenvalue
    assert "λ -" in stage.tab.stage.readouts[1].text
    assert "λ +" in stage.tab.stage.readouts[0].text


def test_a_click_on_a_loss_s_name_selects_its_model(stage):
    panel = stage.panels[1]
    panel.grab()
    QTest.mouseClick(panel, LEFT, pos=QPoint(round(panel.layout_.plot.left()) + 8, 8))
    assert stage.interaction.selected_model == 1


# The switches


def test_other_weights_can_be_drawn_and_the_same_one_twice_exchanges_the_axes(stage):
    controls = stage.tab.controls
    controls.right.setCurrentIndex(2)
    controls.right.activated.emit(2)
    stage.settle()
    assert stage.tab.subject.axes == [2, 1]
    assert controls.third.itemText(0).startswith("w height")
    controls.up.activated.emit(2)
    stage.settle()
    assert stage.tab.subject.axes == [1, 2]
    assert stage.panels[0].overlay.now == pytest.approx(tuple(stage.parameters[0, [1, 2]]))


def test_one_scale_of_colours_is_the_range_of_both_losses(stage):
    stage.tab.controls.common.trigger()
    stage.settle()
    grids = stage.tab.answer.grids
    expected = (min(grid.loss.min() for grid in grids), max(grid.loss.max() for grid in grids))
    assert stage.panels[0].colors == stage.panels[1].colors == expected


def test_without_hatching_the_key_does_not_speak_of_it(stage):
    glyphs = [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    assert "hatch" in glyphs
    stage.tab.controls.shaded.trigger()
    stage.settle()
    assert "hatch" not in [glyph for glyph, _ in stage.tab.stage.key_line.entries]


def test_the_key_gives_the_share_that_curves_downwards(stage):
    text = dict(stage.tab.stage.key_line.entries)["hatch"]
    assert "BCE 0 %" in text
    share = stage.tab.answer.grids[1].negative_share
    assert f"MSE {100 * share:.0f} %" in text


def test_three_classes_are_drawn_by_class_rows_and_ce(qtbot):
    stage = Stage(qtbot, n_classes=3)
    assert stage.tab.controls.names[3] == "normal: w height"
    assert len(stage.tab.controls.names) == 9
    assert [panel.loss for panel in stage.panels] == ["ce", "mse"]
    assert stage.tab.controls.third.count() == 1
    stage.tab.controls.choose(index_u=3, index_v=7)
    stage.settle()
    stage.click_at(1.0, -1.0)
    assert stage.panels[0].overlay.start == pytest.approx(tuple(stage.parameters[0, [3, 7]]))
    assert stage.parameters[0, 3] != 0.0


def test_the_step_model_has_one_landscape_of_terraces(qtbot):
    stage = Stage(qtbot, model="step")
    answer = stage.tab.answer
    assert [grid.loss_name for grid in answer.grids] == ["mse"]
    counts = np.unique(np.round(answer.grids[0].loss * 20, 9))
    assert np.array_equal(counts, np.round(counts))
    assert stage.panels[0].overlay.now == (5.0, -5.0)
    assert not stage.panels[1].isVisible()
    assert "gradient is 0" in stage.tab.stage.hint.text
    assert "hatch" not in [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    stage.document.change_settings(model="logistic")
    stage.settle()
    assert stage.panels[1].isVisible()


def test_a_model_with_hidden_layers_is_drawn_over_any_two_of_its_weights(qtbot):
    stage = Stage(qtbot, model="mlp", hidden=(3,), start=StartSpec("normal"))
    names = stage.tab.controls.names
    assert len(names) == 13
    assert "2" in names[9]
    assert "h1" in names[9]
    right = stage.tab.controls.right
    assert [right.itemText(place) for place in (0, 12)] == ["→ 1.1 w height", "→ 2.1 bias b"]
    assert right.itemData(12, Qt.ItemDataRole.ToolTipRole) == names[12] == "layer 2, unit 1: bias b"
    stage.tab.controls.choose(index_u=9, index_v=10)
    stage.settle()
    for row, panel in enumerate(stage.panels):
        grid = stage.tab.answer.grids[row]
        assert panel.overlay.now == pytest.approx(tuple(stage.parameters[row, [9, 10]]))
        nearest = [
            np.abs(axis - place).argmin()
            for axis, place in zip((grid.plane.v, grid.plane.u), panel.overlay.now[::-1], strict=True)
        ]
        metric = stage.snapshot.metrics[row, row]
        assert grid.loss[nearest[0], nearest[1]] == pytest.approx(metric, rel=0.05)
    assert stage.tab.answer.grids[0].negative_share == 0.0


def test_under_the_pointer_the_curvature_by_all_weights_is_known_with_hidden_layers_too(qtbot):
    stage = Stage(qtbot, model="mlp", hidden=(3,), start=StartSpec("normal"))
    stage.settle()
    stage.until(lambda: stage.tab.values[0] is not None)
    assert stage.tab.values[0].full_eigenvalue is None  # which is written for the pointer alone
    QTest.mouseMove(stage.panels[0], stage.pixel(0.5, -0.5))
    stage.see("λ over all weights")
    u, v = stage.panels[0].layout_.to_point(stage.panels[0].box, QPointF(stage.pixel(0.5, -0.5)))
    model, cut = stage.snapshot.spec.model, stage.tab.subject.cut
    data = TrainingData.of(stage.snapshot.spec, stage.snapshot.scaler)
    for number, loss in enumerate(cut.losses):
        parameters = cut.origins[number].copy()
        parameters[[cut.index_u, cut.index_v]] = u, v
        product = HessianProduct(model, loss, data, parameters)
        whole = np.array([product(unit) for unit in np.eye(parameters.size)])
        expected = np.linalg.eigvalsh(whole)[0]
        assert stage.tab.values[number].full_eigenvalue == pytest.approx(expected, abs=1e-7)


def test_the_key_tells_minima_from_local_ones(stage):
    stage.tab.controls.choose(data="trap")
    stage.settle()
    # BCE has its one minimum; MSE falls further outside of the box: both of its own are local ones.
    kinds = [True], [False, False]
    for panel, expected in zip(stage.panels, kinds, strict=True):
        stage.until(lambda at=panel, to=expected: [low.is_global for low in at.overlay.minima] == to)
    glyphs = [glyph for glyph, _ in stage.tab.stage.key_line.entries]
    assert glyphs == ["hatch", "minimum", "local minimum", "start", "now"]


def test_the_one_sample_shows_the_curriculum_s_steps_and_leaves_the_run_alone(stage):
    run = stage.snapshot.run_id
    stage.tab.controls.choose(data="one_sample")
    stage.settle()
    stage.see("BCE 15 steps to p > 0.9, MSE 70 steps")
    assert stage.tab.controls.names == ["w₁", "w₂"]
    QTest.mouseClick(stage.panels[1], LEFT, pos=stage.pixel(-1.0, -3.0, panel=1))
    stage.until(lambda: stage.panels[1].overlay.start == pytest.approx((-1.0, -3.0), abs=0.1))
    assert stage.snapshot.run_id == run
    stage.tab.controls.choose(data="samples")
    stage.settle()
    assert stage.panels[1].overlay.start == (5.0, -5.0)
    assert len(stage.tab.controls.names) == 3


# Chords


def test_two_clicks_in_chord_mode_draw_the_chord_and_start_no_run(stage):
    run = stage.snapshot.run_id
    stage.tab.controls.choose(is_chord=True)
    stage.settle()
    panel = stage.panels[0]
    with stage.qtbot.assertNotEmitted(panel.clicked):
        stage.chord((5.0, -5.0), (-1.0, 0.5))
    area = stage.tab.stage.chord_area
    bce, mse = area.chords
    assert bce.violated == ()
    assert mse.violated
    assert "BCE: never above the chord." in area.sentence.text()
    assert "MSE: above it on" in area.sentence.text()
    assert stage.panels[1].chord == panel.chord
    assert stage.panels[1].violated == mse.violated
    assert stage.snapshot.run_id == run


def test_an_end_of_the_chord_can_be_dragged(stage):
    stage.tab.controls.choose(is_chord=True)
    stage.settle()
    panel = stage.panels[1]
    drag(panel, stage.pixel(4.0, -3.0, 1), stage.pixel(-1.0, 0.5, 1))
    stage.settle()
    first = stage.tab.stage.hand.ends
    assert len(first) == 2
    drag(panel, stage.pixel(*first[1], 1), stage.pixel(1.0, -1.0, 1))
    stage.settle()
    assert stage.tab.stage.hand.ends[0] == first[0]
    assert stage.tab.stage.hand.ends[1] == pytest.approx((1.0, -1.0), abs=0.15)
    expected = own_loss(stage, "bce", np.array([*stage.tab.stage.hand.ends[1], 0.0]))
    area = stage.tab.stage.chord_area
    stage.until(lambda: area.chords and area.chords[0].loss[0] == pytest.approx(expected))


def test_leaving_chord_mode_forgets_the_chord(stage):
    stage.tab.controls.choose(is_chord=True)
    drag(stage.panels[0], stage.pixel(4.0, -3.0), stage.pixel(-1.0, 0.5))
    stage.settle()
    QTest.mouseClick(stage.tab.controls.chord, LEFT)
    stage.settle()
    assert stage.panels[0].chord == []
    assert not stage.tab.stage.chord_area.isVisible()


# In space


def test_in_space_the_way_lies_on_the_surface_and_a_click_on_it_starts_a_run(stage):
    stage.step(10)
    QTest.mouseClick(stage.tab.controls.view.button("space"), LEFT)
    stage.qtbot.waitUntil(lambda: all(space.content is not None for space in stage.tab.stage.spaces))
    stage.settle()
    space = stage.tab.stage.spaces[0]
    assert not stage.panels[0].isVisible()
    ways = [line for line in space.content.lines if line.halo is not None]
    assert len(ways) == 1
    assert ways[0].pieces[0, 0] == pytest.approx((5.0, -5.0))
    assert [group.marker for group in space.content.points][-1] == "circle"
    assert space.content.axes.z.title == "BCE"
    space.surface_clicked.emit((1.0, -2.0))
    stage.until(lambda: stage.snapshot.step == 0)
    np.testing.assert_allclose(stage.parameters[:, :2], [[1.0, -2.0]] * 2)


def test_both_surfaces_are_turned_together(stage):
    stage.tab.controls.choose(is_space=True)
    stage.qtbot.waitUntil(lambda: all(space.content is not None for space in stage.tab.stage.spaces))
    first, second = stage.tab.stage.spaces
    before = second.camera
    middle = first.rect().center()
    QTest.mousePress(first, LEFT, pos=middle)
    QTest.mouseMove(first, middle + QPoint(40, 10))
    QTest.mouseRelease(first, LEFT, pos=middle + QPoint(40, 10))
    assert first.camera == second.camera != before


def test_in_space_a_loss_that_goes_is_not_waited_for(qtbot):
    of_two, of_one = Stage(qtbot), Stage(qtbot, model="step", loss_mode="mse", start=StartSpec())
    stage = of_two.tab.stage
    of_two.tab.controls.choose(is_space=True)
    of_two.settle()
    of_two.until(lambda: not stage._stale_spaces)
    stage.set_pointer((0.0, 0.0))
    stage.set_titles("w1", "w2", ("mse",), (True,))
    stage.set_answer(of_one.tab.answer)  # before the turn of the second box came
    for _ in range(3):
        stage._draw_space.run_now()
    assert stage.spaces[0].content.axes.z.title == "MSE"
    assert not stage.spaces[1].isVisible()


@pytest.mark.parametrize("size", [(320, 280), (700, 520)])
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_it_paints_in_every_size_and_theme(qtbot, size, mode):
    stage = Stage(qtbot)
    stage.appearance.set_mode(mode)
    stage.resize(*size)
    stage.settle()
    image = stage.panels[0].grab().toImage()
    plot = stage.panels[0].layout_.plot.toRect()
    inside = {
        image.pixel(x, y)
        for x in range(plot.left(), plot.right(), 7)
        for y in range(plot.top(), plot.bottom(), 7)
    }
    assert len(inside) > 20
    ratio = stage.panels[0].devicePixelRatioF()
    assert stage.tab.answer.question.look.width == round(stage.panels[0].layout_.plot.width() * ratio)


def test_a_landscape_needs_a_labelled_sample_not_just_samples(qtbot):
    stage = Stage(qtbot)
    state = stage.document.state
    unlabelled = Samples.from_columns([160.0, 170.0], [60.0, 70.0], [-1, -1])
    stage.document.open(type(state)(unlabelled, state.classes, state.settings))
    stage.settle()
    assert "no labelled sample" in stage.panels[0].message
