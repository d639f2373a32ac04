"""The lab's start map: from where training arrives, and after how many steps, for BCE and for MSE."""

from __future__ import annotations

from PySide6.QtCore import QMetaMethod, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from engine.scaling import Standardizer
from gui.document import Change
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.start_map import texts as texts
from gui.plots.start_map.box import Point, StartBox
from gui.plots.start_map.controls import StartMapControls
from gui.plots.start_map.feed import StartMapFeed
from gui.plots.start_map.note import SteadyNote
from gui.plots.start_map.stage import StartMapStage
from gui.plots.start_map.subject import Subject, is_open, model_points, same_question, subject_of
from gui.plots.start_map.work import MapAnswer, MapQuestion, RunsAnswer
from gui.widgets.controls import PanelButton

ASK_AFTER_MS = 120
"""Training from thousands of starts begins when choices and samples have rested this long."""
_PROGRESS_STEPS = 1000
_NARROW_PX = 380


class StartMapTab(LabTab):
    """Maps belong to data, plane, rate and steps; a frame only moves the models' dots.

    `example_requested(key)`: the person wants an example ("one_sample" or "trap") as the document. The button
    for it is there while somebody listens.
    """

    key = "start_map"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.feed = StartMapFeed(self)
        self.controls = StartMapControls(self)
        self.stage = StartMapStage(context.appearance, self)
        self.progress = QProgressBar(self)
        self.status = SteadyNote(context.appearance, 2, _NARROW_PX, self)
        self.open_example = PanelButton(self)
        self.run = PanelButton(self)
        self._boxes: dict[tuple[str, int], StartBox] = {}
        self._subject = Subject(None, ("", "", ""), 0.1, 0.0)
        self._answer: MapAnswer | None = None
        self._asked: MapQuestion | None = None
        self._is_stopped = False
        self._pointer: Point | None = None
        self._runs: RunsAnswer | None = None
        self._known: tuple[object, ...] = ()
        self._clicked: Point | None = None
        self._clicked_in: int | None = None
        self._clicked_run: int | None = None
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(ASK_AFTER_MS)
        self._lay_out()
        self._connect()
        self._apply_theme()
        self.retranslate()

    @property
    def answer(self) -> MapAnswer | None:
        """The maps that are shown."""
        return self._answer

    @property
    def question(self) -> MapQuestion | None:
        """The maps that are wanted."""
        return self._subject.question

    def explanation(self) -> str:
        return texts.explanation()

    def draw(self, frame: Frame) -> None:
        snapshot = frame.snapshot
        known = (snapshot.spec, snapshot.scaler)
        if not (self._known and self._known[0] is known[0] and self._known[1] == known[1]):
            self._known = known
            self._refresh()
        self._show_marks()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if is_active:
            self._refresh()
        else:
            self._ask_timer.stop()
            self._halt()

    def close_jobs(self) -> None:
        self._ask_timer.stop()
        self.feed.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.controls.retranslate()
        self.open_example.setText(translate("StartMap", "Open the example"))
        self.progress.setAccessibleName(translate("StartMap", "Share of the runs that are finished"))
        self._refresh()
        self.stage.show_texts()

    def _lay_out(self) -> None:
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(kept)
        status = QHBoxLayout()
        status.setSpacing(8)
        status.addWidget(self.status, 1)
        status.addWidget(self.run)
        status.addWidget(self.open_example)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 4, 0)  # off the scroll bar
        column.setSpacing(4)
        column.addWidget(self.controls)
        column.addWidget(self.progress)
        column.addWidget(self.stage, 1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(scroll, 1)
        layout.addLayout(status)  # what is under the pointer is told wherever the maps are scrolled to

    def _connect(self) -> None:
        self.controls.changed.connect(self._on_choices)
        self.controls.fit_requested.connect(self._on_fit)
        self.run.clicked.connect(self._on_run)
        self.feed.answered.connect(self._on_answer)
        self.feed.ran.connect(self._on_ran)
        self.feed.progressed.connect(lambda share: self.progress.setValue(round(share * _PROGRESS_STEPS)))
        self.feed.ended.connect(self._show_running)
        self._ask_timer.timeout.connect(self._ask)
        self.open_example.clicked.connect(lambda: self.example_requested.emit(self.controls.choices.data))
        self.context.document.changed.connect(self._on_document_changed)
        self.context.appearance.changed.connect(self._apply_theme)
        for plot in self.stage.plots:
            plot.pointed.connect(self._on_pointed)
            plot.started.connect(self._on_started)
            plot.zoomed.connect(self._on_zoomed)
            plot.dragged.connect(self._on_dragged)

    def _refresh(self) -> None:
        """Find out what is asked for now, show it, and have it computed if it is new."""
        snapshot = None if self.frame is None else self.frame.snapshot
        choices = self.controls.choices
        box = self._boxes.get((choices.data, choices.plane))
        subject = subject_of(choices, self.context.document.state, snapshot, box)
        before, self._subject = self._subject, subject
        self.controls.set_names(subject.names)
        self.controls.set_numbers(subject.learning_rate, subject.fixed)
        self.stage.set_message(subject.message)
        question = subject.question
        if question is not None:
            self.stage.set_box(question.box)
            self.stage.set_titles(self._names[0], self._names[1])
            if not _is_same_place(before.question, question):
                self._forget()
        else:
            self._forget()
        self._show_marks()
        self._show_status()
        if not same_question(before.question, question):
            self._is_stopped = False
        self._want()

    def _want(self) -> None:
        """Have the maps computed that are wanted and not there, when things have rested."""
        question = self._subject.question
        if not self.is_active or question is None or self._is_stopped:
            self._ask_timer.stop()
            self._halt()
        elif self.is_answered or (self.feed.is_running and same_question(self._asked, question)):
            self._ask_timer.stop()
        else:
            self._ask_timer.start()
        self._show_running()

    @property
    def is_answered(self) -> bool:
        """Whether the finest maps of what is wanted are shown."""
        answer = self._answer
        return (
            answer is not None and answer.is_finest and same_question(answer.question, self._subject.question)
        )

    @property
    def _names(self) -> tuple[str, ...]:
        """Names of the two weights of the map."""
        question = self._subject.question
        if question is None:
            return ("", "")
        return self._subject.names[question.index_u], self._subject.names[question.index_v]

    def _ask(self) -> None:
        if self._subject.question is not None and self.is_active:
            self._asked = self._subject.question
            self.progress.setValue(0)
            self.feed.ask_maps(self._asked)
            self._show_running()

    def _halt(self) -> None:
        self._asked = None
        self.feed.stop()

    def _forget(self) -> None:
        """The maps that are shown are of something else."""
        self._answer = self._runs = self._pointer = None
        self._clicked = self._clicked_run = None
        self.stage.show_answer(None)
        self.stage.set_pointer(None)

    def _show_running(self) -> None:
        is_running = self.feed.is_running or self._ask_timer.isActive()
        self.progress.setVisible(is_running)
        self.run.setVisible(is_running or self._is_stopped)
        if self._is_stopped:
            self.run.setText(translate("StartMap", "Go on"))
            self.run.setToolTip(translate("StartMap", "Train from every start of the map"))
        else:
            self.run.setText(translate("StartMap", "Stop"))
            self.run.setToolTip(translate("StartMap", "Stop here; what is there stays"))

    def _show_marks(self) -> None:
        question, frame = self._subject.question, self.frame
        if question is None or frame is None:
            return
        snapshot = frame.snapshot
        if self._clicked is not None and self._clicked_run is None and snapshot.run_id != self._clicked_in:
            self._clicked_run = snapshot.run_id
        cross = self._clicked if snapshot.run_id == self._clicked_run else None
        for plot, dot in zip(self.stage.plots, model_points(question, snapshot), strict=True):
            plot.set_marks(dot, cross)

    def _show_status(self) -> None:
        """The start under the pointer; else when a run has arrived, and what a click does."""
        answer = self._answer
        sentence = ""
        if answer is not None and self._pointer is not None:
            if self._runs is not None and self._runs.point == self._pointer:
                sentence = texts.runs_text(self._runs, self._names)
            else:
                sentence = texts.map_values_text(answer, self._names, self._pointer)
        elif answer is not None:
            sentence = self._resting_text(answer)
        self.status.setText(sentence)
        self.status.setToolTip(sentence)  # whole, where there is no room for it
        is_heard = self.isSignalConnected(QMetaMethod.fromSignal(self.example_requested))
        self.open_example.setVisible(self._is_example_closed and is_heard)

    def _resting_text(self, answer: MapAnswer) -> str:
        """When a run has arrived, what a click does, and how the map's runs differ from the canvas's."""
        click = texts.example_text() if self._is_example_closed else texts.click_text()
        caution = texts.caution_text(answer, None if self.frame is None else self.frame.snapshot.spec)
        return " ".join(part for part in (texts.goal_text(answer.goals), click, caution) if part)

    @property
    def _is_example_closed(self) -> bool:
        """Whether the map is of an example that is not the document: no run can start there yet."""
        data = self.controls.choices.data
        return data != "samples" and not is_open(data, self.context.document.state)

    def _on_choices(self) -> None:
        self._refresh()

    def _on_fit(self) -> None:
        self._boxes.pop(self._place, None)
        self._refresh()

    def _on_run(self) -> None:
        self._is_stopped = not self._is_stopped
        self._want()

    def _on_answer(self, answer: MapAnswer) -> None:
        if answer.question is not self._asked:
            return
        self._answer = answer
        self.stage.show_answer(answer)
        if self._pointer is not None and self._runs is None:
            self.feed.ask_runs(answer.question, answer.goals, self._pointer)
        self._show_status()

    def _on_ran(self, answer: RunsAnswer) -> None:
        self._runs = answer
        self._show_status()

    def _on_pointed(self, point: Point | None) -> None:
        question = self._subject.question
        start = None if point is None or question is None else question.box.snapped(point)
        if start == self._pointer:
            return
        self._pointer, self._runs = start, None
        self.stage.set_pointer(start)
        answer = self._answer
        if start is not None and answer is not None and same_question(answer.question, question):
            self.feed.ask_runs(answer.question, answer.goals, start)
        self._show_status()

    def _on_started(self, u: float, v: float) -> None:
        question, frame = self._subject.question, self.frame
        if question is None or frame is None:
            return
        if self._is_example_closed:
            return
        self._clicked = question.box.snapped((u, v))
        self._clicked_in, self._clicked_run = frame.snapshot.run_id, None
        is_example = question.ground.example is not None
        scaler = Standardizer.identity() if is_example else question.ground.scaler
        self.context.controller.load(question.start(self._clicked), scaler)
        self.context.controller.play()

    def _on_zoomed(self, direction: int, u: float, v: float) -> None:
        if self._subject.question is not None:
            self._boxes[self._place] = self._subject.question.box.zoomed(direction, (u, v))
            self._refresh()

    def _on_dragged(self, du: float, dv: float) -> None:
        if self._subject.question is not None:
            self._boxes[self._place] = self._subject.question.box.moved(du, dv)
            self._refresh()

    @property
    def _place(self) -> tuple[str, int]:
        choices = self.controls.choices
        return choices.data, choices.plane

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced:
            self._boxes = {key: box for key, box in self._boxes.items() if key[0] != "samples"}
        if self.is_active and (change.settings or change.replaced):
            self._refresh()

    def _apply_theme(self) -> None:
        self.controls.apply_theme(self.context.appearance.theme)


def _is_same_place(before: MapQuestion | None, now: MapQuestion) -> bool:
    """Whether an old map, moved and stretched, is worth seeing until the new one comes."""
    return (
        before is not None
        and before.ground.example is now.ground.example
        and (before.index_u, before.index_v) == (now.index_u, now.index_v)
    )
