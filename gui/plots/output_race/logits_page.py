"""One logit dragged: what softmax and K sigmoids make of it, class by class."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.specs import ModelKind
from gui.i18n import class_name, translate
from gui.plots.output_layer.logit_choice import Answers, LogitChoice
from gui.plots.output_layer.table import AnswerTable
from gui.plots.output_race.words import logits_sentence
from gui.theme import Appearance
from gui.widgets.controls import PanelButton, is_language_change
from gui.widgets.elided_label import ElidedLabel

Floats = NDArray[np.float64]

KINDS: tuple[ModelKind, ...] = ("softmax", "sigmoids")


class LogitsPage(QScrollArea):
    """Every act is told; what then holds is shown by `show_answers`."""

    logit_moved = Signal(int, float, object)
    live_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.source = ElidedLabel(self)
        self.source.setProperty("quiet", True)
        self.live_button = PanelButton(self)
        self.table = AnswerTable(appearance, KINDS, self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.addWidget(self.source, 1)
        top.addWidget(self.live_button)
        body = QWidget(self)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.table, 100)
        layout.addWidget(self.sentence)
        layout.addStretch(1)
        self.setWidget(body)
        self.table.logit_moved.connect(self.logit_moved)
        self.live_button.clicked.connect(self.live_wanted)

    def show_answers(self, answers: Answers, classes: tuple[ClassInfo, ...]) -> None:
        """Show answers at once; numbers and sentences follow a few times a second."""
        self.table.set_answers(answers, classes)

    def show_texts(
        self,
        choice: LogitChoice,
        answers: Answers,
        compared: Floats | None,
        classes: tuple[ClassInfo, ...],
        place: str,
    ) -> None:
        """Write numbers and sentences; `place` says where the model's logits are from."""
        self.table.show_numbers()
        is_live = choice.own is None
        self.live_button.setVisible(not is_live)
        self.source.setText(place if is_live else translate("OutputLayer", "Your own logits."))
        names = tuple(class_name(info) for info in classes)
        self.sentence.setText(logits_sentence(answers, compared, names))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.live_button.setText(translate("OutputLayer", "Take the pointer's"))
        self.live_button.setToolTip(
            translate("OutputLayer", "Follow the model again: its logits at the place pointed at")
        )
        self.table.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)
