"""The bars: presets, a constant on all logits, the table of answers, and a sentence about them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.normalizers import NORMALIZERS
from gui.i18n import translate
from gui.plots.output_layer.logit_choice import Answers, LogitChoice, all_ones, one_negative
from gui.plots.output_layer.table import AnswerTable
from gui.plots.output_layer.words import bars_sentence, logits_text, unbroken
from gui.theme import Appearance
from gui.widgets.controls import PanelButton, is_language_change
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.slider import LinearScale, ValueSlider

SHIFT_SCALE = LinearScale(-5.0, 5.0, 100)


class BarsPage(QScrollArea):
    """Every act is told; what then holds is shown by `show_answers`."""

    logit_moved = Signal(int, float, object)
    shift_moved = Signal(float)
    preset_chosen = Signal(str)
    """"ones", "negative" or "zeros"."""
    live_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._n_classes = 3
        self._shown: tuple[LogitChoice, Answers, bool] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.source = ElidedLabel(self)
        self.live_button = PanelButton(self)
        self.presets = {key: PanelButton(self) for key in ("ones", "negative", "zeros")}
        self.shift_label, self.shift_value = QLabel(self), QLabel(self)
        self.shift = ValueSlider(SHIFT_SCALE, self)
        self.table = AnswerTable(appearance, NORMALIZERS, self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (self.source, self.shift_label):
            label.setProperty("quiet", True)
        self._lay_out()
        self._keep_shift_room()
        appearance.changed.connect(self._keep_shift_room)
        self.table.logit_moved.connect(self.logit_moved)
        self.shift.value_picked.connect(lambda value, gesture: self.shift_moved.emit(value))
        self.live_button.clicked.connect(self.live_wanted)
        for key, button in self.presets.items():
            button.clicked.connect(lambda checked=False, key=key: self.preset_chosen.emit(key))

    def show_answers(
        self,
        choice: LogitChoice,
        answers: Answers,
        classes: tuple[ClassInfo, ...],
        true_class: int | None = None,
    ) -> None:
        """Show answers at once; `show_texts` follows a few times a second."""
        if len(classes) != self._n_classes:
            self._n_classes = len(classes)
            self._name_presets()
        self.table.set_answers(answers, classes, true_class)
        self.shift.set_number(choice.shift)

    def show_texts(self, choice: LogitChoice, answers: Answers, place: str, *, is_single_node: bool) -> None:
        """Write numbers and sentences; `place` says where the model's logits are from."""
        self.table.show_numbers()
        is_live = choice.own is None
        self.live_button.setVisible(not is_live)
        self.source.setText(place if is_live else translate("OutputLayer", "Your own logits."))
        self.shift_value.setText(f"{choice.shift:+.1f}" if choice.shift else "0")
        sentence = bars_sentence(choice, answers, is_single_node=is_single_node and is_live)
        self.sentence.setText(unbroken(sentence))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.live_button.setText(translate("OutputLayer", "Take the pointer's"))
        self.live_button.setToolTip(
            translate("OutputLayer", "Follow the model again: its logits at the place pointed at")
        )
        self.shift_label.setText(translate("OutputLayer", "Add to all logits:"))
        self.shift.setAccessibleName(translate("OutputLayer", "Constant added to all logits"))
        self.shift.setToolTip(
            translate("OutputLayer", "A constant added to all logits: softmax never changes with it")
        )
        self.table.retranslate()
        self._name_presets()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _keep_shift_room(self) -> None:
        """The slider does not move as the number beside it gets longer."""
        self.shift_value.setMinimumWidth(self.fontMetrics().horizontalAdvance("+5.00"))

    def _lay_out(self) -> None:
        body = QWidget(self)
        body.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        top, shift = QHBoxLayout(), QHBoxLayout()
        for row in (top, shift):
            row.setSpacing(6)
        top.addWidget(self.source, 1)
        top.addWidget(self.live_button)
        for button in self.presets.values():
            top.addWidget(button)
        shift.addWidget(self.shift_label)
        shift.addWidget(self.shift, 1)
        shift.addWidget(self.shift_value)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addWidget(self.table, 100)
        layout.addLayout(shift)
        layout.addWidget(self.sentence)
        layout.addStretch(1)
        self.setWidget(body)

    def _name_presets(self) -> None:
        n_classes = self._n_classes
        lists = {
            "ones": all_ones(n_classes),
            "negative": one_negative(n_classes),
            "zeros": (0.0,) * n_classes,
        }
        hints = {
            "ones": translate("OutputLayer", "Compare with the same logits, the second one negative"),
            "negative": translate("OutputLayer", "Compare with the same logits without the minus sign"),
            "zeros": translate("OutputLayer", "Every logit 0, where |z| and z² are undefined"),
        }
        for key, button in self.presets.items():
            text = logits_text(lists[key])
            is_long = n_classes > 3
            button.setText(_short_list(lists[key]) if is_long else text)
            button.setToolTip(f"{text}: {hints[key]}")


def _short_list(values: tuple[float, ...]) -> str:
    """The first two of a long list of logits."""
    return logits_text(values[:2])[:-1] + ", …)"
