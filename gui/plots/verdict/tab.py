"""The lab's verdict: BCE against MSE in numbers from the run at hand, and what follows from them."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.formula_view import FormulaView
from gui.formulas import loss_name
from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.verdict import words as words
from gui.plots.verdict.conclusion import Finding, conclusion, notes
from gui.plots.verdict.controls import VerdictControls
from gui.plots.verdict.feed import VerdictFeed
from gui.plots.verdict.race import RaceAnswer, RaceQuestion, same_race
from gui.plots.verdict.rates import RatePlot
from gui.plots.verdict.steps import common_accuracy, run_steps
from gui.plots.verdict.table import VerdictTable
from gui.plots.verdict.words import StepsShown
from gui.plots.verdict.work import Case, Facts, same_case, target_accuracy
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelButton

ASK_AFTER_MS = 150
"""Measuring begins when samples and choices have rested this long."""
_PROGRESS_STEPS = 1000
_WIDE_PX = 560
_SCROLL_ROOM_PX = 10


class VerdictTab(LabTab):
    """The table follows the run; what is measured from its start is computed in the background."""

    key = "verdict"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.feed = VerdictFeed(self)
        self.controls = VerdictControls(self)
        self.table = VerdictTable(context.appearance, self)
        self.conclusion = QLabel(self)
        self.fairness_note = QLabel(self)
        self.notes = QLabel(self)
        self.ratio = FormulaView(context.appearance, parent=self)
        self.rates = RatePlot(context.appearance)
        self.progress = QProgressBar(self)
        self.stop = PanelButton(self)
        self._case: Case | None = None
        self._facts: Facts | None = None
        self._race: RaceAnswer | None = None
        self._stopped: RaceQuestion | None = None
        self._ask_timer = QTimer(self)
        self._ask_timer.setSingleShot(True)
        self._ask_timer.setInterval(ASK_AFTER_MS)
        self._text = Throttle(self._show_now, TEXT_INTERVAL_MS, self)
        self._lay_out()
        self._connect()
        self._apply_theme()
        self.retranslate()

    @property
    def case(self) -> Case | None:
        """What is judged now; None before the first frame, and for a model without a gradient."""
        return self._case

    @property
    def facts(self) -> Facts | None:
        """What is known of the case."""
        return self._facts

    @property
    def race(self) -> RaceAnswer | None:
        """The race that belongs to the choices; None where it is not run yet, or none is asked for."""
        return (
            self._race
            if same_race(self._question(), None if self._race is None else self._race.question)
            else None
        )

    def explanation(self) -> str:
        return words.explanation()

    def draw(self, frame: Frame) -> None:
        del frame  # `_show_now` takes the newest one
        self._text.request()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if is_active:
            self._show_now()
        else:
            self._ask_timer.stop()
            self.feed.stop_facts()
            self.feed.stop_race()

    def close_jobs(self) -> None:
        self._ask_timer.stop()
        self.feed.close()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.controls.retranslate()
        self.table.retranslate()
        self.ratio.set_formula(words.RATIO_LATEX, words.ratio_spoken())
        self.rates.set_titles(translate("Verdict", "learning rate"), translate("Verdict", "steps"))
        self.rates.setToolTip(
            translate("Verdict", "Steps at each learning rate; a gap where the accuracy was not reached")
        )
        self.stop.setText(translate("Verdict", "Stop"))
        self.progress.setAccessibleName(translate("Verdict", "Share of the runs that are finished"))
        self._show_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _lay_out(self) -> None:
        self.progress.setRange(0, _PROGRESS_STEPS)
        self.progress.setTextVisible(False)
        for label in (self.conclusion, self.fairness_note, self.notes):
            label.setWordWrap(True)
        for label in (self.fairness_note, self.notes):
            label.setProperty("quiet", True)
        running = QHBoxLayout()
        running.setSpacing(8)
        running.addWidget(self.progress, 1)
        running.addWidget(self.stop)
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.controls)
        side.addLayout(running)
        side.addWidget(self.rates)
        side.addWidget(self.ratio)
        side.addWidget(self.fairness_note)
        side.addWidget(self.notes)
        side.addStretch(1)
        main = QVBoxLayout()
        main.setSpacing(8)
        main.addWidget(self.conclusion)
        main.addWidget(self.table)
        main.addStretch(1)
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.setContentsMargins(0, 2, _SCROLL_ROOM_PX, 2)
        self._columns.setSpacing(16)
        self._columns.addLayout(main, 3)
        self._columns.addLayout(side, 2)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _connect(self) -> None:
        self.controls.changed.connect(self._on_choices)
        self.stop.clicked.connect(self._on_stop)
        self.feed.measured.connect(self._on_measured)
        self.feed.raced.connect(self._on_raced)
        self.feed.progressed.connect(lambda share: self.progress.setValue(round(share * _PROGRESS_STEPS)))
        self.feed.ended.connect(self._show_now)
        self._ask_timer.timeout.connect(self._ask)
        self.context.appearance.changed.connect(self._apply_theme)

    def _arrange(self) -> None:
        """The table beside the comparison, or above it where that is too narrow."""
        is_wide = self.width() >= self.context.appearance.theme.px(_WIDE_PX)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)

    def _show_now(self) -> None:
        """Show the newest frame, and have measured what is new in it."""
        self._take_case()
        self._want()
        case, snapshot = self._case, None if self.frame is None else self.frame.snapshot
        self.controls.set_can_race(case is not None and case.model.kind == "logistic")
        self.controls.show_accuracy(self._accuracy())
        if case is not None:
            self.table.set_losses(case.losses)
        shown = self._steps_shown()
        self.table.set_rows(words.fact_rows(self._facts, is_busy=case is not None))
        self.table.set_rows({"steps": words.steps_row(shown, self._detail())})
        self.table.set_rows(words.run_rows(snapshot, case))
        self._show_sentences(shown)
        self._show_race()

    def _take_case(self) -> None:
        """What the newest frame is a case of."""
        frame, path = self.frame, self.context.path
        case = None
        if frame is not None and len(path) and path.scaler is not None:
            spec = frame.snapshot.spec
            if spec.model.kind != "step" and spec.samples.moments[0]:
                case = Case(spec, path.scaler, path.parameters[0, 0].copy())
        if same_case(case, self._case):
            return
        self._case = case
        # While samples are dragged the old facts stand until the new ones come, instead of flickering.
        if self._facts is not None and (case is None or case.model != self._facts.case.model):
            self._facts = None

    def _want(self) -> None:
        """Have measured what is not known yet, when things have rested."""
        if not self.is_active or self._case is None:
            self._ask_timer.stop()
            self.feed.stop_facts()
            self.feed.stop_race()
            return
        if (self._wants_facts() or self._wants_race()) and not self._ask_timer.isActive():
            self._ask_timer.start()

    def _wants_facts(self) -> bool:
        case = self._case
        is_known = self._facts is not None and same_case(self._facts.case, case)
        return not is_known and not same_case(self.feed.measuring, case)

    def _wants_race(self) -> bool:
        question = self._question()
        if question is None:
            self.feed.stop_race()
            return False
        return (
            self.race is None
            and not same_race(self.feed.racing, question)
            and not same_race(self._stopped, question)
        )

    def _ask(self) -> None:
        case = self._case
        if case is None or not self.is_active:
            return
        if self._wants_facts():
            self.feed.ask_facts(case)
        question = self._question()
        if question is not None and self._wants_race():
            self.progress.setValue(0)
            self.feed.ask_race(question)
        self._show_race()

    def _question(self) -> RaceQuestion | None:
        """The race that is asked for; None for the run at hand, or while its goal is not known."""
        case, accuracy = self._case, self._accuracy()
        fairness = self.controls.fairness
        if case is None or accuracy is None or case.model.kind != "logistic" or fairness == "same":
            return None
        spec = case.spec if self.frame is None else self.frame.snapshot.spec
        factor = self.controls.factor.value
        return RaceQuestion(case, fairness, accuracy, spec.optimizer.learning_rate, factor)

    def _accuracy(self) -> float | None:
        """The accuracy whose steps are counted, 0 to 1."""
        typed = self.controls.typed_accuracy
        if typed is not None:
            return typed
        if self._facts is not None and self._facts.best_accuracy is not None:
            return target_accuracy(self._facts.best_accuracy)
        if self._facts is not None and self.frame is not None:
            return common_accuracy(self.frame.curve)
        return None

    def _steps_shown(self) -> StepsShown | None:
        accuracy = self._accuracy()
        if accuracy is None or self._case is None or self.frame is None:
            return None
        if self._question() is not None:
            race = self.race
            if race is None:
                return None
            return StepsShown(accuracy, (race.steps[0], race.steps[1]), race.question.max_steps)
        found = run_steps(self.frame.curve, accuracy)
        trained = self.frame.snapshot.spec.losses
        known = dict(zip(trained, zip(found.steps, found.is_exact, strict=True), strict=False))
        first, second = (known.get(loss, (None, True)) for loss in self._case.losses)
        return StepsShown(
            accuracy=accuracy,
            steps=(first[0], second[0]),
            limit=found.last_step,
            is_trained=(self._case.losses[0] in trained, self._case.losses[1] in trained),
            is_exact=(first[1], second[1]),
        )

    def _detail(self) -> str:
        if self._question() is None:
            return words.fairness_detail("same", (), 1.0)
        rates = () if self.race is None else self.race.rates
        return words.fairness_detail(self.controls.fairness, rates, self.controls.factor.value)

    def _show_sentences(self, shown: StepsShown | None) -> None:
        frame, facts = self.frame, self._facts
        fairness = "same" if self._question() is None else self.controls.fairness
        stop = None if frame is None else frame.snapshot.stop
        finding = Finding(
            name="BCE" if self._case is None else loss_name(self._case.losses[0]),
            shown=shown,
            fairness=fairness,
            is_diverged=stop is not None and stop.kind == "diverged",
            separable=None if facts is None else facts.separable,
            best_accuracy=None if facts is None else facts.best_accuracy,
            guess_accuracy=0.0 if facts is None else facts.guess_accuracy,
        )
        _set_text(self.conclusion, self._obstacle() or conclusion(finding))
        _set_text(self.fairness_note, words.fairness_text(fairness))
        remarks = " ".join([*notes(finding), *self._cautions()])
        _set_text(self.notes, remarks)
        self.notes.setVisible(bool(remarks))
        self.ratio.setVisible(self._case is None or self._case.model.is_binary)

    def _obstacle(self) -> str:
        """Why there is nothing to judge; empty where there is, or where the run is not known yet."""
        if self.frame is None or self._case is not None:
            return ""
        return words.obstacle_text(self.frame.snapshot.spec.model)

    def _cautions(self) -> list[str]:
        """In what the numbers differ from the run on the canvas."""
        facts, question = self._facts, self._question()
        result = []
        if facts is not None and facts.used_samples < facts.all_samples:
            result.append(words.part_text(facts.used_samples, facts.all_samples))
        if question is not None and self.frame is not None:
            spec = self.frame.snapshot.spec
            if spec.optimizer.kind != "gd" or spec.batch_size is not None:
                result.append(words.other_steps_text())
        return result

    def _show_race(self) -> None:
        is_racing = self.feed.racing is not None
        for widget in (self.progress, self.stop):
            widget.setVisible(is_racing)
        race = self.race
        has_sweeps = race is not None and race.question.fairness == "best"
        if race is not None and has_sweeps and self.rates.sweeps != race.sweeps:
            self.rates.set_sweeps(race.question.case.losses, race.sweeps, race.best)
        self.rates.setVisible(has_sweeps)

    def _on_choices(self) -> None:
        self._stopped = None
        self._show_now()

    def _on_stop(self) -> None:
        self._stopped = self.feed.racing
        self.feed.stop_race()
        self._show_now()

    def _on_measured(self, facts: Facts) -> None:
        if same_case(facts.case, self._case):
            self._facts = facts
            self._show_now()

    def _on_raced(self, answer: RaceAnswer) -> None:
        self._race = answer
        self._show_now()

    def _apply_theme(self) -> None:
        theme = self.context.appearance.theme
        # The application's style sheet outweighs a label's font, but not a style sheet of its own.
        self.conclusion.setStyleSheet(f"font-size: {theme.px(14)}px; font-weight: 600;")
        for label in (self.fairness_note, self.notes):
            label.setStyleSheet(f"font-size: {theme.px(12)}px;")
        self.controls.apply_theme(theme)
        self._arrange()


def _set_text(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
