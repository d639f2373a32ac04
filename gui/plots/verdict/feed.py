"""The verdict's background work: what is measured from a start, and races; of each the newest."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from gui.background import Background
from gui.plots.start_map.progress import ProgressTeller
from gui.plots.verdict.race import RaceQuestion, run_race
from gui.plots.verdict.work import Case, find_facts

_FACTS, _RACE = "facts", "race"


class VerdictFeed(QObject):
    """Two background threads, so that a sweep of rates does not keep the table waiting."""

    measured = Signal(object)
    raced = Signal(object)
    progressed = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._facts, self._race = Background(self), Background(self)
        self._teller = ProgressTeller(self)
        self._teller.told.connect(self.progressed)
        self._measuring: Case | None = None
        self._racing: RaceQuestion | None = None
        self._facts.arrived.connect(lambda kind, facts: self.measured.emit(facts))
        self._facts.finished.connect(self._on_measured)
        self._race.arrived.connect(lambda kind, answer: self.raced.emit(answer))
        self._race.finished.connect(self._on_raced)

    @property
    def measuring(self) -> Case | None:
        """What is being measured."""
        return self._measuring

    @property
    def racing(self) -> RaceQuestion | None:
        """The race that is being run."""
        return self._racing

    def ask_facts(self, case: Case) -> None:
        """Measure a case in place of any older one."""
        self._measuring = case
        self._facts.stream(_FACTS, find_facts, case)

    def ask_race(self, question: RaceQuestion) -> None:
        """Run a race in place of any older one."""
        self._racing = question
        self._race.stream(_RACE, run_race, question, self._teller.begin())

    def stop_facts(self) -> None:
        """Measure nothing any more."""
        self._measuring = None
        self._facts.cancel(_FACTS)

    def stop_race(self) -> None:
        """Run no race any more."""
        self._racing = None
        self._teller.forget()
        self._race.cancel(_RACE)

    def wait_until_idle(self) -> bool:
        """Block until nothing runs; results arrive with the event loop."""
        return self._facts.wait_until_idle() and self._race.wait_until_idle()

    def close(self) -> None:
        """End both threads."""
        self._measuring = self._racing = None
        self._teller.forget()
        self._facts.close()
        self._race.close()

    def _on_measured(self, kind: str, value: object) -> None:
        del kind, value
        self._measuring = None
        self.ended.emit()

    def _on_raced(self, kind: str, value: object) -> None:
        del kind, value
        self._racing = None
        self._teller.forget()
        self.ended.emit()
