"""How well each output layer learns: all four trained from one start, in the background."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.errors import Message
from engine.normalizer_race import NormalizerRace, RaceCurves, RaceLoss, used_samples
from engine.normalizers import NORMALIZERS
from engine.snapshots import METRICS
from engine.specs import RIVAL_KINDS
from gui.formulas import count_text, percent_text
from gui.i18n import message_text, translate
from gui.plots.output_layer.race_numbers import RaceNumbers
from gui.plots.output_layer.race_plot import RacePlot
from gui.plots.output_layer.words import layer_name, unbroken
from gui.theme import Appearance
from gui.widgets.controls import PanelButton, PanelCombo, is_language_change
from gui.widgets.segmented import Segment, SegmentedControl

STEPS = (300, 1_000, 3_000, 10_000)
_WRONG, _MSE = METRICS.index("error_rate"), METRICS.index("mse")
_SIDE_BY_SIDE_FROM = 1.7
KEEPS_UP = 0.05
"""More wrong answers than softmax by at most this share count as keeping up."""


class RacePage(QWidget):
    """Asks for a race, and shows its curves and numbers."""

    race_wanted = Signal(str, int)
    """Loss ("likelihood" or "mse") and number of steps."""
    stop_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._race: NormalizerRace | None = None
        self._curves: RaceCurves | None = None
        self._trouble: Message | None = None
        self._is_racing = self._is_stale = False
        self._loss: RaceLoss = "likelihood"
        self._record: int | None = None
        self.loss_switch = SegmentedControl(("likelihood", "mse"), self)
        self.steps_combo = PanelCombo(self)
        self.steps_combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.race_button = PanelButton(self)
        self.wrong, self.mse = (
            RacePlot(appearance, metric, is_share=is_share, parent=self)
            for metric, is_share in ((_WRONG, True), (_MSE, False))
        )
        self.numbers = RaceNumbers(appearance, self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.steps_combo.addItem("", str(STEPS[1]))
        self.loss_switch.set_key(self._loss)
        self.loss_switch.chosen.connect(self._on_loss)
        self.race_button.clicked.connect(self._on_button)
        for plot in (self.wrong, self.mse):
            plot.moved.connect(self._on_moved)

    @property
    def curves(self) -> RaceCurves | None:
        """What has been recorded of the newest race."""
        return self._curves

    def begin(self, race: NormalizerRace) -> None:
        """A race has begun."""
        self._race, self._curves, self._trouble = race, None, None
        self._is_racing, self._is_stale = True, False
        self._show()

    def show_curves(self, curves: RaceCurves) -> None:
        """Draw what was recorded so far."""
        self._curves = curves
        self._show_curves()

    def end(self, trouble: Message | None = None) -> None:
        """The race has ended or was stopped; `trouble` says why it could not be run."""
        self._is_racing, self._trouble = False, trouble
        self._show()

    def set_stale(self) -> None:
        """Samples or settings are others now: say that the race was run before."""
        if self._curves is not None and not self._is_stale:
            self._is_stale = True
            self._show()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.loss_switch.set_segments(
            [
                Segment(
                    "likelihood",
                    translate("OutputLayer", "on CE"),
                    translate("OutputLayer", "Trained on cross-entropy; the K sigmoids on BCE"),
                ),
                Segment(
                    "mse",
                    translate("OutputLayer", "on MSE"),
                    translate("OutputLayer", "All four trained on the squared error"),
                ),
            ]
        )
        self.steps_combo.set_choices(
            [(str(n), translate("OutputLayer", "{n} steps", n=count_text(n))) for n in STEPS]
        )
        self.steps_combo.setAccessibleName(translate("OutputLayer", "Steps of the race"))
        self.wrong.set_titles(translate("OutputLayer", "step"), translate("OutputLayer", "wrong answers"))
        self.mse.set_titles(translate("OutputLayer", "step"), "MSE")
        self.numbers.retranslate()
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_wide = self.width() > _SIDE_BY_SIDE_FROM * self.height()
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._plots.setDirection(direction)
        self.wrong.set_has_x_labels(is_wide)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.loss_switch)
        top.addWidget(self.steps_combo)
        top.addStretch(1)
        top.addWidget(self.race_button)
        self._plots = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._plots.setSpacing(6)
        self._plots.addWidget(self.wrong, 1)
        self._plots.addWidget(self.mse, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(top)
        middle = QHBoxLayout()
        middle.setSpacing(10)
        middle.addLayout(self._plots, 1)
        middle.addWidget(self.numbers)
        layout.addLayout(middle, 1)
        layout.addWidget(self.sentence)

    def _show(self) -> None:
        text = translate("OutputLayer", "Stop") if self._is_racing else translate("OutputLayer", "Race")
        self.race_button.setText(text)
        self.race_button.setToolTip(
            translate("OutputLayer", "Train all four from the same start on the present samples")
        )
        self._show_curves()
        self.sentence.setText(unbroken(self._sentence()))

    def _show_curves(self) -> None:
        n_steps = 1 if self._race is None else self._race.n_steps
        for plot in (self.wrong, self.mse):
            plot.set_curves(self._curves, n_steps)
        room = max(plot.needed_left_room() for plot in (self.wrong, self.mse))
        for plot in (self.wrong, self.mse):
            plot.set_left_room(room)
        self.numbers.set_curves(self._curves, self._record)

    def _sentence(self) -> str:
        if self._trouble is not None:
            return message_text(self._trouble)
        if self._race is None:
            return translate(
                "OutputLayer",
                "Four models start from the very same weights and see the same samples, by your optimiser "
                "and rate. Wrong answers are the one ruler for all.",
            )
        parts: list[str] = []
        if self._curves is not None and not self._is_racing:
            parts.append(_outcome(self._race, self._curves))
        if self._is_stale:
            parts.append(translate("OutputLayer", "Samples or settings have changed since: race again."))
        used, count = used_samples(self._race.spec.samples)
        if used < count:
            parts.append(
                translate(
                    "OutputLayer",
                    "Raced on {used} of {count} samples.",
                    used=count_text(used),
                    count=count_text(count),
                )
            )
        if self._race.spec.start.kind == "zeros":
            parts.append(
                translate(
                    "OutputLayer", "Started by chance: from zeros |z| and z² are undefined and never move."
                )
            )
        return " ".join(parts)

    def _on_loss(self, key: str) -> None:
        self._loss = "mse" if key == "mse" else "likelihood"
        self.loss_switch.set_key(self._loss)

    def _on_button(self) -> None:
        if self._is_racing:
            self.stop_wanted.emit()
        else:
            self.race_wanted.emit(self._loss, int(self.steps_combo.key))

    def _on_moved(self, place: QPointF | None) -> None:
        plot = self.sender()
        self._record = plot.record_at(place) if isinstance(plot, RacePlot) else None
        for one in (self.wrong, self.mse):
            one.set_cursor(self._record)
        self.numbers.set_curves(self._curves, self._record)


def _outcome(race: NormalizerRace, curves: RaceCurves) -> str:
    """Why the rivals are held up or not, and how it went here."""
    if race.loss == "mse":
        reason = translate(
            "OutputLayer",
            "On MSE no loss is infinite, but those of |z| and z² are not convex: where they end depends on "
            "the start.",
        )
    else:
        reason = translate(
            "OutputLayer",
            "On CE the logit of a sample's own class can hardly change its sign under |z| and z²: at 0 its p "
            "is 0 and the loss infinite, a wall.",
        )
    wrong = dict(zip(NORMALIZERS, curves.values[-1, :, _WRONG].tolist(), strict=True))
    behind = [kind for kind in RIVAL_KINDS if wrong[kind] > wrong["softmax"] + KEEPS_UP]
    if not behind:
        return reason + " " + translate("OutputLayer", "Here both keep up with softmax all the same.")
    names = ", ".join(f"{layer_name(kind)} {percent_text(wrong[kind])}" for kind in behind)
    return (
        reason
        + " "
        + translate(
            "OutputLayer",
            "Wrong at the end: {names}; softmax {softmax}.",
            names=names,
            softmax=percent_text(wrong["softmax"]),
        )
    )
