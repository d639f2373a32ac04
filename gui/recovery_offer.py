"""Work that was not closed, from the bar that offers it to the window where it stands again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from engine.files.journal_content import Work
from engine.files.session_content import SessionView
from gui.panels.recovery_bar import RecoveryBar
from gui.recovery import Recovery
from gui.session_commands import SessionCommands
from gui.session_setup import SessionSetup
from gui.window_rooms import Card


class RecoveryOffer(QObject):
    """Shows the bar while there is something to bring back, and does what it is told.

    Attributes
    ----------
    bar : RecoveryBar or None
        Made when something is first offered.
    """

    def __init__(
        self, recovery: Recovery, sessions: SessionCommands, setup: SessionSetup, card: Card
    ) -> None:
        super().__init__(recovery)
        self._recovery = recovery
        self._sessions = sessions
        self._setup = setup
        self._card = card
        self.bar: RecoveryBar | None = None
        recovery.offer_changed.connect(self._show)
        recovery.was_read.connect(self._on_read)

    def _show(self) -> None:
        if self.bar is None:
            self.bar = RecoveryBar(self._card)
            self._card.hold_first(self.bar)
            self.bar.bring_back_requested.connect(self._recovery.bring_back)
            self.bar.discard_requested.connect(self._recovery.discard)
        self.bar.show_offer(self._recovery.offer)

    def _on_read(self, work: Work) -> None:
        self._sessions.replace_document(lambda: self._take(work))

    def _take(self, work: Work) -> None:
        self._recovery.take(work)
        self._setup.show(work.view or SessionView())  # the card of a scene is the other document's
