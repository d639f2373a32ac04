"""The lab's landscape: the loss over two weights for BCE and MSE, each model's way down it, and chords."""

from __future__ import annotations

from functools import partial

import numpy as np
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.landscape.chords import Chord
from engine.layout import Floats
from engine.models import layout_of
from engine.scaling import Standardizer
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.landscape import texts as texts
from gui.plots.landscape.asking import Asking
from gui.plots.landscape.box import BoxKeeper
from gui.plots.landscape.controls import LandscapeControls
from gui.plots.landscape.feed import LandscapeFeed
from gui.plots.landscape.minima import Minimum
from gui.plots.landscape.panel import Overlay
from gui.plots.landscape.stage import LandscapeStage
from gui.plots.landscape.subject import EXAMPLES, Subject, descent_overlay, model_overlay, subject_of
from gui.plots.landscape.work import Answer, Cut, Descent, Ground, Point, PointValue
from gui.plots.run_path import Ints
from gui.throttle import TEXT_INTERVAL_MS, Throttle

_NO_VALUES: tuple[PointValue | None, ...] = (None, None)


class LandscapeTab(LabTab):
    """Two landscapes on the same axes. Grids belong to data and slice; a frame only moves the dots."""

    key = "landscape"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.feed = LandscapeFeed(self)
        self.keeper = BoxKeeper()
        self.controls = LandscapeControls(self)
        self.stage = LandscapeStage(context.appearance, self)
        self._asking = Asking(self.feed, self)
        self._subject: Subject | None = None
        self._answer: Answer | None = None
        self._minima: tuple[tuple[Minimum, ...], ...] = ((), ())
        self._valley: Floats | None = None
        self._pointer: Point | None = None
        self._values = _NO_VALUES
        self._example_starts = {key: run.start for key, run in EXAMPLES.items()}
        self._descents: tuple[Descent, ...] = ()
        self._started: Point | None = None
        self._text = Throttle(self._ask_values, TEXT_INTERVAL_MS, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.controls)
        layout.addWidget(self.stage, 1)
        self._connect()
        self.retranslate()

    @property
    def subject(self) -> Subject | None:
        """What is drawn; None before the first frame and without samples."""
        return self._subject

    @property
    def answer(self) -> Answer | None:
        """The newest landscapes; None while there are none of what is drawn."""
        return self._answer

    @property
    def is_up_to_date(self) -> bool:
        """Whether the landscapes shown are the finest ones of what was asked last."""
        answer = self._answer
        if answer is None:
            return self._asking.asked is None
        return answer.is_finest and answer.question is self._asking.asked

    @property
    def values(self) -> tuple[PointValue | None, ...]:
        """For each loss what the readout says: at the pointer, else where its model is."""
        return self._values

    def explanation(self) -> str:
        return texts.explanation()

    def close_jobs(self) -> None:
        self.feed.close()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if not is_active and not self.is_up_to_date:
            self._asking.forget()  # and ask again in front

    def draw(self, frame: Frame) -> None:
        if frame.snapshot.playing and self._started is not None:
            self._started = None
            self._show_hint()
        self._look_up_beginning()
        self._update()

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.controls.retranslate()
        self.stage.retranslate()
        self._name_parameters()
        self._show_key()
        self._show_hint()

    def _connect(self) -> None:
        self.controls.changed.connect(self._on_choices_changed)
        self.controls.automatic_requested.connect(self._release_box)
        for number, panel in enumerate(self.stage.panels):
            panel.clicked.connect(partial(self._start_at, number))
            panel.pointed.connect(self._point_at)
            panel.zoomed.connect(self._zoom)
            panel.moved.connect(self._move)
            panel.reset_requested.connect(self._release_box)
            panel.name_clicked.connect(partial(self._select, number))
            self.stage.spaces[number].surface_hovered.connect(self._point_at)
            self.stage.spaces[number].surface_clicked.connect(partial(self._click_surface, number))
        self.stage.resized.connect(self._update)
        self.stage.hand.changed.connect(self._on_chord_moved)
        self.feed.landscape.connect(self._on_landscape)
        self.feed.values.connect(self._on_values)
        self.feed.chords.connect(self._on_chords)
        self.feed.valley.connect(self._on_valley)
        self.feed.descents.connect(self._on_descents)
        self.feed.replayed.connect(self._on_replayed)
        self.context.appearance.changed.connect(self._update)
        self.context.interaction.selected_model_changed.connect(self._name_panels)

    def _update(self) -> None:
        """Bring everything up to the newest frame: a few cheap comparisons unless something is new."""
        if self._frame is None or not self._is_active:
            return
        before, choices = self._subject, self.controls.choices
        subject = self._subject = subject_of(choices, self._frame.snapshot, before)
        if not subject.sample_count:
            self._show_nothing()
            return
        if before is None or before.ground_key != subject.ground_key or before.axes != subject.axes:
            self._take_subject(before, subject)
        self._show_ways(subject)
        look = self.stage.look(is_common=choices.is_common, is_shaded=choices.is_shaded)
        assert self.keeper.box is not None
        self._asking.follow(subject, self.keeper.box, look, is_playing=self._frame.snapshot.playing)
        if self._pointer is None:
            self._text.request()

    def _show_nothing(self) -> None:
        """Say why there is no landscape."""
        self._forget_answer()
        self.stage.set_message(
            translate("Landscape", "There is no labelled sample, so nothing to measure a loss on.")
        )
        self._subject = None

    def _forget_answer(self) -> None:
        self._asking.forget()
        self._answer, self._minima, self._values = None, ((), ()), _NO_VALUES
        self.stage.set_answer(None)
        self.stage.set_values(self._values)
        self.stage.hand.clear()

    def _take_subject(self, before: Subject | None, subject: Subject) -> None:
        """Begin with other data, another model or other weights."""
        self.stage.set_message("")
        if before is None or not before.shares_plane(subject):
            self._forget_answer()
            self.keeper.release()
        if before is None or before.ground_key != subject.ground_key:
            self._valley, self._descents = None, ()
            if subject.is_example:
                self._descend()
            else:
                self.feed.ask_valley(subject.ground)
        self._name_parameters()
        self._show_hint()

    def _show_ways(self, subject: Subject) -> None:
        """Move ways and dots, and the box with them."""
        assert self._frame is not None
        snapshot = self._frame.snapshot
        overlays: list[Overlay] = []
        for number in range(len(subject.rows)):
            minima = self._minima[number]
            if subject.is_example:
                descent = self._descents[number] if self._descents else None
                overlays.append(descent_overlay(descent, minima))
            else:
                overlays.append(model_overlay(subject, number, snapshot, self.context.path, minima))
        held = [overlay.past for overlay in overlays]
        if self._valley is not None:
            held.append(self._valley[subject.axes][None])
        if subject.is_example:
            held.append(np.array([self._example_starts[self.controls.choices.data], (2.0, 2.0)]))
        box = self.keeper.follow(np.concatenate(held), self.stage.aspect)
        self.stage.set_overlays(box, overlays, is_automatic=self.keeper.is_automatic)

    def _name_parameters(self) -> None:
        """Name the parameters that the switches offer, then the axes."""
        subject = self._subject
        if subject is None:
            return
        if subject.is_example:
            names = short = texts.example_names()
        else:
            layout, classes = layout_of(subject.ground.model), self.context.document.state.classes
            names, short = (texts.parameter_names(layout, classes, is_short=one) for one in (False, True))
        self.controls.set_parameters(names, short, can_minimise=subject.can_minimise)
        self._name_panels()

    def _name_panels(self) -> None:
        subject, names = self._subject, self.controls.names
        if subject is None:
            return
        x_title, y_title = (names[index] for index in subject.axes)
        selected = self.context.interaction.selected_model
        is_choice = sum(row is not None for row in subject.rows) > 1
        is_selected = tuple(is_choice and row == selected for row in subject.rows)
        self.stage.set_titles(x_title, y_title, subject.cut.losses, is_selected)

    def _show_key(self) -> None:
        kinds = {minimum.is_global for minima in self._minima for minimum in minima}
        self.stage.show_key(self._answer, is_shaded=self.controls.choices.is_shaded, minima=kinds)

    def _show_hint(self) -> None:
        """One line: what is under the pointer, else what came of a click, else what a click does."""
        subject, names = self._subject, self._axis_names()
        if subject is None:
            text = ""
        elif self._pointer is not None:
            text = texts.pointer_text(names, self._pointer, subject.cut.losses, self._values)
        elif self._started is not None:
            text = texts.started_hint(names, self._started)
        elif self._descents:
            rate = EXAMPLES[self.controls.choices.data].learning_rate
            text = texts.descent_text(subject.cut.losses, self._descents, rate)
        elif subject.ground.model.kind == "step":
            text = texts.step_hint()
        else:
            text = texts.start_hint(is_example=subject.is_example, is_space=self.controls.choices.is_space)
        self.stage.hint.set_text(text)

    def _axis_names(self) -> list[str]:
        return [] if self._subject is None else [self.controls.names[index] for index in self._subject.axes]

    def _on_choices_changed(self) -> None:
        self.stage.set_chord_mode(self.controls.choices.is_chord)
        self.stage.set_space(self.controls.choices.is_space)
        if not self.controls.choices.is_chord:
            self.stage.hand.clear()
        self._update()
        self._show_key()
        self._show_hint()

    def _point_at(self, point: Point | None) -> None:
        self._pointer = point
        self.stage.set_pointer(point)
        self._text.request()

    def _zoom(self, factor: float, u: float, v: float) -> None:
        self.keeper.zoom(factor, u, v)
        self._update()

    def _move(self, du: float, dv: float) -> None:
        self.keeper.move(du, dv)
        self._update()

    def _release_box(self) -> None:
        self.keeper.release()
        self._update()

    def _select(self, number: int) -> None:
        row = None if self._subject is None else self._subject.rows[number]
        if row is not None:
            self.context.interaction.set_selected_model(row)

    def _start_at(self, number: int, u: float, v: float) -> None:
        """Start a new run of all models from a point, or a descent on an example."""
        subject = self._subject
        if subject is None or self._answer is None or self._frame is None:
            return
        if subject.is_example:
            self._example_starts[self.controls.choices.data] = (u, v)
            self._descend()
            return
        row = subject.row_at(number, (u, v), self._answer.grids[number])
        self.context.controller.load(row, self._frame.snapshot.scaler)
        self._started = (u, v)
        self._show_hint()

    def _click_surface(self, number: int, point: Point) -> None:
        if self.controls.choices.is_chord:
            self.stage.press_chord(number, *point)
        else:
            self._start_at(number, *point)

    def _descend(self) -> None:
        subject, data = self._subject, self.controls.choices.data
        if subject is None or not subject.is_example:
            return
        run = EXAMPLES[data]
        start = subject.row_at(0, self._example_starts[data], None)
        self.feed.ask_descents(subject.ground, subject.cut, start, run.learning_rate, run.steps)

    def _on_chord_moved(self) -> None:
        self.stage.set_chords(self.stage.hand.ends, ())
        self._ask_chords()

    def _ask_chords(self) -> None:
        if len(self.stage.hand.ends) == 2 and self._subject is not None:
            self.feed.ask_chords(self._subject.ground, self._subject.cut, *self.stage.hand.ends)

    def _ask_values(self) -> None:
        subject = self._subject
        if subject is None or not self._is_active:
            return
        points = [self._pointer or panel.overlay.now for panel in self.stage.panels]
        # The curvature by all weights is written for the pointer alone.
        self.feed.ask_values(
            subject.ground,
            subject.cut,
            points[: len(subject.rows)],
            with_all_weights=self._pointer is not None,
        )

    def _look_up_beginning(self) -> None:
        """Where frames have skipped the first steps of a run, have them repeated."""
        run_id, missing = self.context.path.run_id, self.context.path.take_missing_beginning()
        if missing is not None and run_id is not None:
            self.feed.ask_replay(run_id, *missing)

    def _on_landscape(self, answer: Answer) -> None:
        subject = self._subject
        if subject is None or answer.question.ground is not subject.ground:
            return
        self._answer = answer
        if answer.is_finest:
            self._minima = answer.minima
        self.stage.set_answer(answer)
        self._show_key()
        self._ask_chords()
        self._update()

    def _on_values(
        self, asked: tuple[Ground, Cut, tuple[Point | None, ...], tuple[PointValue | None, ...]]
    ) -> None:
        ground, _, _, values = asked
        if self._subject is not None and ground is self._subject.ground:
            self._values = values
            self.stage.set_values(values)
            self._show_hint()

    def _on_chords(self, chords: tuple[Chord, ...]) -> None:
        if len(self.stage.hand.ends) == 2:
            self.stage.set_chords(self.stage.hand.ends, chords)

    def _on_valley(self, asked: tuple[Ground, Floats | None]) -> None:
        ground, valley = asked
        if self._subject is not None and ground is self._subject.ground:
            self._valley = valley
            self._update()

    def _on_descents(self, descents: tuple[Descent, ...]) -> None:
        if self._subject is not None and self._subject.is_example:
            self._descents = descents
            self._update()
            self._show_hint()

    def _on_replayed(self, answer: tuple[int, Standardizer, tuple[Ints, Floats] | None]) -> None:
        run_id, scaler, found = answer
        if found is not None:
            self.context.path.fill_beginning(run_id, scaler, *found)
            self._update()
