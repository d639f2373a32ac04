"""A quiet bar above the canvas: work of a window that was not closed can be brought back, or discarded."""

from __future__ import annotations

from PySide6.QtCore import QDate, QDateTime, QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.i18n import translate
from gui.widgets.controls import PanelButton, is_language_change


class RecoveryBar(QFrame):
    """Hidden while nothing is offered. It never says what the work was: others may see the screen.

    `bring_back_requested` and `discard_requested`: what the person wants.
    """

    bring_back_requested = Signal()
    discard_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._changed_at: float | None = None
        self.setProperty("card", True)
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.bring_back_button, self.discard_button = PanelButton(self), PanelButton(self)
        self.discard_button.setProperty("flat", True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.bring_back_button)
        layout.addWidget(self.discard_button)
        self.bring_back_button.clicked.connect(self.bring_back_requested)
        self.discard_button.clicked.connect(self.discard_requested)
        self.hide()

    def show_offer(self, changed_at: float | None) -> None:
        """Offer work that was last changed then (seconds since 1970), or nothing."""
        self._changed_at = changed_at
        self.retranslate()
        self.setVisible(changed_at is not None)

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.bring_back_button.setText(translate("RecoveryBar", "Bring it back"))
        self.discard_button.setText(translate("RecoveryBar", "Discard"))
        self.bring_back_button.setToolTip(
            translate("RecoveryBar", "Samples, settings, weights and what can be undone, as they stood")
        )
        if self._changed_at is not None:
            self.label.setText(
                translate("RecoveryBar", "Work of {time} was not closed.", time=self._time(self._changed_at))
            )

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _time(self, changed_at: float) -> str:
        """Today the time alone."""
        moment = QDateTime.fromSecsSinceEpoch(int(changed_at))
        time = moment.toString("HH:mm")
        if moment.date() == QDate.currentDate():
            return time
        return f"{moment.date().toString(Qt.DateFormat.ISODate)}, {time}"
