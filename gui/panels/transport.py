"""The transport: train and pause, single steps, the run's past on a slider, and the speed."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.document import Change, Document
from gui.formulas import count_text
from gui.frame import Frame
from gui.i18n import key_name, message_text, translate
from gui.icons import icon
from gui.panels.transport_row import TransportRow
from gui.theme import Appearance
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.training_controller import TrainingController
from gui.widgets.controls import PanelButton, PanelToolButton, is_language_change
from gui.widgets.slider import LogScale, ValueSlider

SLOWEST, FASTEST = 1.0, 100_000.0
_FINITE_SPEEDS = LogScale(SLOWEST, FASTEST, 20)
_SCRUB_POSITIONS = 10_000


@dataclass(frozen=True, slots=True)
class StepScale:
    """The steps of a run, `first_step` to `last_step`, on a slider whose end is always the newest."""

    last_step: int = 0
    first_step: int = 0
    steps: int = _SCRUB_POSITIONS

    def value_at(self, position: int) -> float:
        """The step at a position."""
        return float(round(self.first_step + (self.last_step - self.first_step) * position / self.steps))

    def position_of(self, value: float) -> int:
        """The position of a step; the newest step's is the end."""
        if self.last_step <= self.first_step:  # a saved run stands at the end of what it was
            return self.steps if self.last_step else 0
        share = (value - self.first_step) / (self.last_step - self.first_step)
        return round(min(max(share, 0.0), 1.0) * self.steps)


@dataclass(frozen=True, slots=True)
class SpeedScale:
    """Steps a second by ratio, and at the very end "as fast as it goes": infinity."""

    finite: LogScale = _FINITE_SPEEDS

    @property
    def steps(self) -> int:
        """The last position."""
        return self.finite.steps + 1

    def value_at(self, position: int) -> float:
        """Steps a second at a position."""
        return math.inf if position >= self.steps else self.finite.value_at(position)

    def position_of(self, value: float) -> int:
        """The position nearest to a speed."""
        return self.steps if math.isinf(value) else self.finite.position_of(value)


class Transport(QWidget):
    """Buttons and sliders that drive the controller. They never take Space or the arrow keys."""

    def __init__(
        self,
        document: Document,
        controller: TrainingController,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._controller = controller
        self._appearance = appearance
        self._step = 0
        self._first_step = self._last_step = 0
        self._steps_per_second = 0.0
        self._shown: tuple[object, ...] = ()
        self._build()
        self._text_throttle = Throttle(self._write_numbers, TEXT_INTERVAL_MS, self)
        self._connect()
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    def show_frame(self, frame: Frame) -> None:
        """Show where the run stands: the slider at once, the numbers a few times a second."""
        snapshot = frame.snapshot
        new_run = snapshot.last_step < self._last_step
        self._step, self._last_step = snapshot.step, snapshot.last_step
        self._first_step = snapshot.first_step
        self._steps_per_second = snapshot.steps_per_second
        if not self.scrub_slider.isSliderDown():
            self.scrub_slider.set_scale(StepScale(self._last_step, self._first_step))
            self.scrub_slider.set_number(self._step)
        settled = new_run or not snapshot.playing
        self._show_state()
        if settled:
            self._text_throttle.run_now()
        else:
            self._text_throttle.request()

    def show_speed(self) -> None:
        """Show the controller's speed: a key may have changed it."""
        speed = self._controller.speed
        self.speed_slider.set_number(math.inf if speed is None else speed)
        self._write_numbers()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self._set_button_texts()
        self.scrub_slider.setAccessibleName(translate("Transport", "Step of the run"))
        self.speed_label.setText(translate("Transport", "speed"))
        self.speed_slider.setToolTip(translate("Transport", "Steps per second, up to as fast as it goes"))
        self.speed_slider.setAccessibleName(translate("Transport", "Speed"))
        self._shown = ()
        self._fix_widths()
        self._show_state()
        self._write_numbers()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self._row.least_size()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._row.fit()

    def _set_button_texts(self) -> None:
        texts = {
            self.reset_button: translate("Transport", "Back to the same start: a new run (Home)"),
            self.back_button: translate("Transport", "One step back ({key})", key=key_name("Left")),
            self.forward_button: translate("Transport", "One step forward ({key})", key=key_name("Right")),
            self.seed_button: translate(
                "Transport",
                "New seed: other random start weights and batches; the present one is {seed} (Ctrl+R)",
                seed=self._document.state.settings.seed,
            ),
        }
        for button, text in texts.items():
            button.setToolTip(text)
            button.setAccessibleName(text)

    def _build(self) -> None:
        self.reset_button, self.back_button, self.forward_button, self.seed_button = (
            PanelToolButton(self) for _ in range(4)
        )
        self.train_button = PanelButton(self)
        self.train_button.setProperty("primary", True)
        self.step_label, self.speed_label, self.speed_text, self.reason_label = (
            QLabel(self) for _ in range(4)
        )
        self.speed_label.setProperty("quiet", True)
        self.reason_label.setProperty("quiet", True)
        self.reason_label.setWordWrap(True)
        self.reason_label.hide()
        self.scrub_slider = ValueSlider(StepScale(), self)
        self.speed_slider = ValueSlider(SpeedScale(), self)
        self.scrub_slider.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        buttons = (self.reset_button, self.back_button, self.train_button, self.forward_button)
        speed = (self.seed_button, self.speed_label, self.speed_slider, self.speed_text)
        self._row = TransportRow(
            self,
            [
                *((widget, 0) for widget in (*buttons, self.step_label)),
                (self.reason_label, 2),
                (self.scrub_slider, 3),
                *((widget, 0) for widget in speed),
            ],
            spare=(self.speed_label, self.speed_text, self.speed_slider, self.seed_button),
        )
        for button in (self.reset_button, self.back_button, self.forward_button, self.seed_button):
            button.setProperty("flat", False)

    def _connect(self) -> None:
        controller = self._controller
        self.reset_button.clicked.connect(controller.reset)
        self.back_button.clicked.connect(controller.step_back)
        self.train_button.clicked.connect(controller.toggle)
        self.forward_button.clicked.connect(controller.step_forward)
        self.seed_button.clicked.connect(controller.new_seed)
        self.scrub_slider.sliderPressed.connect(controller.pause)
        self.scrub_slider.value_picked.connect(self._on_scrubbed)
        self.speed_slider.value_picked.connect(self._on_speed)
        controller.speed_changed.connect(self.show_speed)
        controller.playing_changed.connect(self._show_state)
        controller.can_train_changed.connect(self._show_state)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        size = theme.px(20)
        icons = {
            self.reset_button: "to-start",
            self.back_button: "step-back",
            self.forward_button: "step-forward",
            self.seed_button: "dice",
        }
        for button, name in icons.items():
            button.setIcon(icon(name, theme.text, size))
            button.setIconSize(QSize(size, size))
            button.setMinimumWidth(theme.px(34))
        self.train_button.setIconSize(QSize(theme.px(16), theme.px(16)))
        for label in (self.step_label, self.speed_text):
            label.setFont(theme.font(tabular=True))
        self.scrub_slider.setMinimumWidth(theme.px(80))
        self.speed_slider.setFixedWidth(theme.px(110))
        self._shown = ()
        self._fix_widths()
        self._show_state()
        self.show_speed()

    def _fix_widths(self) -> None:
        """Keep room for the widest texts, so that nothing moves while numbers change."""
        theme = self._appearance.theme
        metrics = self.train_button.fontMetrics()
        texts = (translate("Transport", "Train"), translate("Transport", "Pause"))
        widest = max(metrics.horizontalAdvance(text) for text in texts)
        self.train_button.setMinimumWidth(round(widest * 1.1) + theme.px(60))
        steps = translate("Transport", "step {step}", step=count_text(9_999_999))
        self.step_label.setMinimumWidth(self.step_label.fontMetrics().horizontalAdvance(steps))
        speeds = translate("Transport", "max · {speed} steps/s", speed=count_text(999_000))
        self.speed_text.setMinimumWidth(self.speed_text.fontMetrics().horizontalAdvance(speeds))
        self.updateGeometry()
        self._row.fit()

    def _show_state(self) -> None:
        """Set what can be pressed, and the words on the Train button."""
        reason = self._controller.can_train
        playing = self._controller.playing
        scrubbed = self._step < self._last_step
        has_past = self._step > self._first_step
        shown = (reason, playing, scrubbed, has_past, self._first_step, self._last_step > self._first_step)
        if shown == self._shown:
            return
        self._shown = shown
        words = "" if reason is None else message_text(reason)
        self.train_button.setEnabled(reason is None or playing)
        self.forward_button.setEnabled(reason is None)
        self.back_button.setEnabled(has_past)
        self.scrub_slider.setEnabled(self._last_step > self._first_step)
        self.scrub_slider.setToolTip(self._scrub_tooltip())
        self.reason_label.setText(words)
        self.reason_label.setVisible(bool(words))
        self._row.fit()
        theme = self._appearance.theme
        color = theme.on_accent if self.train_button.isEnabled() else theme.quiet
        self.train_button.setIcon(icon("pause" if playing else "play", color, theme.px(16)))
        self.train_button.setText(
            translate("Transport", "Pause") if playing else translate("Transport", "Train")
        )
        self.train_button.setToolTip(words or self._train_tooltip(playing=playing, scrubbed=scrubbed))

    def _train_tooltip(self, *, playing: bool, scrubbed: bool) -> str:
        if playing:
            return translate("Transport", "Pause training ({key})", key=key_name("Space"))
        if scrubbed:
            return translate(
                "Transport",
                "Train on from this step: the later ones are replaced ({key})",
                key=key_name("Space"),
            )
        return translate("Transport", "Train with gradient descent ({key})", key=key_name("Space"))

    def _scrub_tooltip(self) -> str:
        if not self._first_step:
            return translate(
                "Transport", "Drag to go back to any step of the run; training goes on from there"
            )
        return translate(
            "Transport",
            "The left end is step {step}, where this run was saved: the models before it are not in the "
            "file. Drag to go back to any later step; training goes on from there",
            step=count_text(self._first_step),
        )

    def _write_numbers(self) -> None:
        self.step_label.setText(translate("Transport", "step {step}", step=count_text(self._step)))
        self.speed_text.setText(self._speed_words())

    def _speed_words(self) -> str:
        speed = self._controller.speed
        if speed is not None:
            return translate(
                "Transport", "{speed} steps/s", speed=f"{speed:,.4g}" if speed < 10 else f"{speed:,.0f}"
            )
        measured = self._steps_per_second
        if not self._controller.playing or measured <= 0:
            return translate("Transport", "max")
        rounded = float(f"{measured:.3g}")
        return translate("Transport", "max · {speed} steps/s", speed=f"{rounded:,.0f}")

    def _on_scrubbed(self, step: float, gesture: object) -> None:
        del gesture
        self._step = int(step)
        self._controller.seek(self._step)
        self._write_numbers()

    def _on_speed(self, speed: float, gesture: object) -> None:
        del gesture
        self._controller.set_speed(None if math.isinf(speed) else speed)

    def _on_document_changed(self, change: Change) -> None:
        if "seed" in change.settings or change.replaced:
            self._set_button_texts()
