"""The real window with settings of its own, and a hand that clicks, types and drags in cm, kg and keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, QSettings, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox, QSlider, QStyle, QStyleOptionSlider, QWidget
from pytestqt.qtbot import QtBot

from engine.models import probabilities
from engine.snapshots import Snapshot
from gui.app import Look
from gui.frame import Frame
from gui.i18n import Language, LanguageChoice
from gui.main_window import MainWindow
from gui.preferences import Preferences
from gui.theme import Appearance, Mode, load_fonts

WAIT_MS = 30_000
"""Ends a test that hangs; nothing here depends on how fast the machine is."""

NO_KEYS = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier

_fonts_loaded: list[bool] = []


class WindowDriver:
    """A shown main window and acts on it, as a person has them: mouse, keys, dialogs."""

    def __init__(self, qtbot: QtBot, window: MainWindow, appearance: Appearance, language: Language) -> None:
        self.qtbot = qtbot
        self.window = window
        self.appearance = appearance
        self.language = language
        self.document = window.document
        self.interaction = window.interaction
        self.controller = window.controller
        self.canvas = window.canvas
        self.frames: list[Frame] = []
        self.sentences: list[str] = []
        self.controller.frame.connect(self.frames.append)

    # What stands there

    @property
    def snapshot(self) -> Snapshot:
        """The newest one that is drawn."""
        snapshot = self.controller.snapshot
        assert snapshot is not None
        return snapshot

    @property
    def samples(self):
        return self.document.state.samples

    @property
    def weights(self) -> bytes:
        """Every weight on screen, bit for bit."""
        return self.snapshot.parameters.tobytes()

    @property
    def notice(self) -> str:
        """The sentence at the foot of the canvas; empty while there is none."""
        notices = self.window.notices
        return notices.label.text() if notices.isVisible() else ""

    def accuracy(self, model: int) -> float:
        """Share of right answers of a model, 0 to 1."""
        return 1.0 - float(self.snapshot.metrics[model, 2])

    def probabilities(self, model: int, height_cm: np.ndarray, weight_kg: np.ndarray) -> np.ndarray:
        """What a model on screen says about people, shape (K, n)."""
        scaler = self.snapshot.scaler
        design = np.stack(
            [
                (height_cm - scaler.mean_height_cm) / scaler.std_height_cm,
                (weight_kg - scaler.mean_weight_kg) / scaler.std_weight_kg,
                np.ones_like(height_cm),
            ]
        )
        return probabilities(self.snapshot.spec.model, self.snapshot.parameters[model], design)

    # Waiting

    def until(self, condition: Callable[[], bool]) -> None:
        """Let the event loop run until something holds."""
        self.qtbot.waitUntil(condition, timeout=WAIT_MS)

    def settle(self) -> None:
        """Let everything that was asked of the runner come to the screen."""
        self.controller.wait_until_idle()
        QApplication.processEvents()
        self.controller.show_now()
        spec = self.document.state.training_spec()
        self.until(
            lambda: (
                self.snapshot.data_revision == spec.data_revision
                and self.snapshot.spec.losses == spec.losses
                and self.snapshot.spec.model == spec.model
            )
        )

    # Hands

    def px(self, height_cm: float, weight_kg: float) -> QPoint:
        """The canvas's pixel at a place in cm and kg."""
        return self.canvas.viewport.point(height_cm, weight_kg).toPoint()

    def sample_px(self, sample_id: int) -> QPoint:
        """The canvas's pixel of a sample."""
        rows = self.samples.select([sample_id])
        return self.px(float(rows.height_cm[0]), float(rows.weight_kg[0]))

    def lone_sample(self) -> int:
        """A sample that no other one, line or name covers."""
        for sample_id in self.samples.rows.sample_id.tolist():
            hit = self.canvas.layers.hit(self.sample_px(sample_id).toPointF())
            if hit.sample_id == sample_id and hit.tag is None and self._is_lonely(sample_id):
                return sample_id
        raise AssertionError("every sample is covered")

    def free_px(self) -> QPoint:
        """A pixel of the canvas with nothing under it."""
        rect = self.canvas.viewport.rect.toAlignedRect().adjusted(20, 20, -20, -90)
        for y in range(rect.top(), rect.bottom(), 20):
            for x in range(rect.left(), rect.right(), 20):
                hit = self.canvas.layers.hit(QPoint(x, y).toPointF())
                if hit == type(hit)():
                    return QPoint(x, y)
        raise AssertionError("there is no free place")

    def click(self, at: QPoint, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Click on the canvas."""
        QTest.mouseClick(self.canvas, Qt.MouseButton.LeftButton, modifiers, at)

    def drag(self, start: QPoint, *places: QPoint, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Drag on the canvas with the left button."""
        QTest.mousePress(self.canvas, Qt.MouseButton.LeftButton, modifiers, start)
        for place in places:
            QTest.mouseMove(self.canvas, place)
        QTest.mouseRelease(self.canvas, Qt.MouseButton.LeftButton, modifiers, places[-1])

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def press(self, button: QWidget) -> None:
        """Click the middle of a button."""
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton, NO_KEYS, button.rect().center())

    def trigger(self, name: str) -> None:
        """Choose a command of the menus by its name."""
        action = self.window.actions_by_name[name]
        assert action.isEnabled()
        action.trigger()

    def drag_slider(self, slider: QSlider, *shares: float) -> None:
        """Take a slider's handle to places on its groove, 0 at the left end to 1 at the right one."""
        handle = handle_center(slider)
        QTest.mousePress(slider, Qt.MouseButton.LeftButton, NO_KEYS, handle)
        for share in shares:
            QTest.mouseMove(slider, groove_point(slider, share))
        QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, NO_KEYS, groove_point(slider, shares[-1]))

    def in_dialog(
        self, act: Callable[[QDialog], object], open_it: Callable[[], object], *, stays: bool = True
    ) -> None:
        """Do something that opens a modal dialog, and `act` in it; the window `stays` open or not."""
        failures: list[BaseException] = []

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                QTimer.singleShot(5, look)
                return
            try:
                act(dialog)
            except BaseException as error:  # goes on below, outside the dialog's own event loop
                failures.append(error)
            finally:
                if dialog.isVisible():
                    dialog.reject()

        QTimer.singleShot(0, look)
        open_it()
        if failures:
            raise failures[0]
        if stays:
            self.activate()

    def activate(self) -> None:
        """Have the keyboard again, which no window manager hands back here when a dialog closes."""
        self.window.activateWindow()
        self.until(self.window.isActiveWindow)

    def speak(self, code: LanguageChoice) -> None:
        """Switch the language, and let every widget hear of it."""
        self.language.set_code(code)
        QApplication.processEvents()

    # Training

    def train_to(self, step: int) -> None:
        """Press Space, wait until the run has come to a step, press Space again and wait until it stands."""
        self.key(Qt.Key.Key_Space)
        self.until(lambda: self.snapshot.step >= step)
        self.key(Qt.Key.Key_Space)
        self.stand()

    def stand(self) -> None:
        """Wait until training has stopped and its last step is drawn."""
        self.until(lambda: not self.controller.playing and not self.snapshot.playing)
        self.settle()

    def step_on(self, count: int = 1) -> None:
        """Press Right that many times, and wait for each step."""
        for _ in range(count):
            step = self.snapshot.step + 1
            self.key(Qt.Key.Key_Right)
            self.until(lambda step=step: self.snapshot.step == step)

    def _is_lonely(self, sample_id: int) -> bool:
        rows = self.samples.rows
        at = self.sample_px(sample_id)
        x, y = self.canvas.viewport.x_of(rows.height_cm), self.canvas.viewport.y_of(rows.weight_kg)
        near = np.hypot(x - at.x(), y - at.y()) < 30
        return int(near.sum()) == 1


def handle_center(slider: QSlider) -> QPoint:
    """The middle of a slider's handle."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    handle = slider.style().subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    )
    return handle.center()


def groove_point(slider: QSlider, share: float) -> QPoint:
    """A point of a slider's groove."""
    return QPoint(round(share * (slider.width() - 1)), slider.height() // 2)


def answer(text: str) -> Callable[[QDialog], None]:
    """Press the button of a question that has this text."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        button = next(button for button in dialog.buttons() if button.text().replace("&", "") == text)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return act


@contextmanager
def dressed(appearance: Appearance) -> Iterator[None]:
    """The program's style, fonts and colours on the tests' application, taken off again."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.style().objectName()
    font = app.font()
    app.setStyle("Fusion")
    if not _fonts_loaded:
        load_fonts()
        _fonts_loaded.append(True)
    look = Look(app, appearance)
    try:
        yield
    finally:
        appearance.changed.disconnect(look.apply)
        app.setStyleSheet("")
        app.setPalette(QPalette())
        app.setFont(font)
        app.setStyle(before)


@contextmanager
def open_window(
    qtbot: QtBot,
    *,
    size: tuple[int, int] | None = (1280, 800),
    language: LanguageChoice | None = "en",
    mode: Mode | None = "light",
    settings: Path | None = None,
) -> Iterator[WindowDriver]:
    """The real window, shown, active and with its first frame drawn; closed with its threads afterwards.

    Where size, language or mode is None, the settings decide.
    """
    kept = None if settings is None else QSettings(str(settings), QSettings.Format.IniFormat)
    preferences = Preferences(kept)
    appearance, speaker = Appearance(), Language()
    appearance.set_mode(mode or preferences.mode)
    appearance.set_scale_percent(preferences.scale_percent)
    speaker.set_code(language or preferences.language)
    with dressed(appearance):
        window = MainWindow(preferences, appearance, speaker)
        driver = WindowDriver(qtbot, window, appearance, speaker)
        if size is not None:
            window.resize(*size)
        try:
            with qtbot.waitActive(window, timeout=WAIT_MS):
                window.show()
                window.activateWindow()
            window.canvas.setFocus()
            driver.until(lambda: window.controller.snapshot is not None)
            driver.settle()
            yield driver
        finally:
            window.sessions.may_close = lambda: True  # nobody is there to ask
            window.close()
            window.deleteLater()
            speaker.set_code("en")
