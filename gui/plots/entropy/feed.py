"""Where the entropy tab's numbers come from: at once for few samples, from the background for many."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from engine.snapshots import Snapshot
from gui.background import Background
from gui.plots.entropy.data import EntropyView, ViewMaker

AT_ONCE = 4_000
"""With more samples than this the numbers come from the background."""


class EntropyFeed(QObject):
    """Answers come as a signal, at once or later; the newest question wins."""

    ready = Signal(object)
    """EntropyView."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._maker, self._background_maker = ViewMaker(), ViewMaker()
        self._background = Background(self)
        self._background.finished.connect(self._on_finished)
        self._is_busy = False
        self._next: tuple[Snapshot, int] | None = None

    def ask(self, snapshot: Snapshot, row: int) -> None:
        """Have the model in `row` of a snapshot split."""
        if len(snapshot.spec.samples) <= AT_ONCE:
            self._next = None
            self.ready.emit(self._maker.view(snapshot, row))
        elif self._is_busy:
            self._next = (snapshot, row)  # an answer under way is not thrown away: training would starve it
        else:
            self._is_busy = True
            self._background.run("view", _prepared_view, self._background_maker, snapshot, row)

    def stop(self) -> None:
        """Forget the question that waits."""
        self._next = None

    def forget(self) -> None:
        """Give up the samples' pooled targets; what is under way is thrown away."""
        self._next, self._is_busy = None, False
        self._background.cancel("view")
        self._maker, self._background_maker = ViewMaker(), ViewMaker()

    def close(self) -> None:
        """End the background work."""
        self._background.close()

    def wait_until_idle(self) -> bool:
        """Block until nothing is worked on; the answer comes with the event loop."""
        return self._background.wait_until_idle()

    def _on_finished(self, kind: str, result: object) -> None:
        del kind
        self._is_busy = False
        if isinstance(result, EntropyView):
            self.ready.emit(result)
        if self._next is not None:
            question, self._next = self._next, None
            self.ask(*question)


def _prepared_view(maker: ViewMaker, snapshot: Snapshot, row: int) -> EntropyView:
    """A view whose samples are sorted already: a million take longer than a frame."""
    return maker.view(snapshot, row).prepare()
