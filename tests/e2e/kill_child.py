"""A session in the real window that somebody kills: run in a process of its own by `kill_tools`.

Arguments: the file for what is told, a seed, a file for sessions; or the first alone to bring work back. Each
change of the document and each frame is told, a line each, the moment that it happens.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import gui.app
import main
from engine.document.state import DocumentState, GuessLine
from engine.files import journal_writer
from engine.snapshots import Snapshot
from engine.specs import OptimizerSpec
from gui.frame import Frame
from gui.main_window import MainWindow

TICK_MS = 20
KEPT: list[object] = []
"""What signals alone would not keep alive."""
LEFT, NO_KEYS, CTRL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def digest(state: DocumentState) -> str:
    """What tells one document from another."""
    parts = [column.tobytes() for column in state.samples.rows.columns]
    parts.append(repr((state.classes, state.settings, state.guess)).encode())
    return hashlib.sha1(b"|".join(parts)).hexdigest()


class Teller:
    """Writes a line for each thing that happens, past all buffers of this process."""

    def __init__(self, path: Path, window: MainWindow) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._window = window
        self.ticks = 0

    def listen(self) -> None:
        """Hear what happens from now on: before recovery does, so that no journal knows more."""
        document = self._window.document
        document.changed.connect(self.tell_document)
        document.undo_stack.index_changed.connect(self.tell_document)
        self._window.controller.frame.connect(self.tell_frame)

    def tell(self, kind: str, **values: object) -> None:
        """Write one line."""
        line = {"kind": kind, "seconds": time.monotonic(), "tick": self.ticks, **values}
        os.write(self._descriptor, (json.dumps(line) + "\n").encode())

    def tell_document(self) -> None:
        """Write how the document and its undo stack stand."""
        stack = self._window.document.undo_stack
        texts = hashlib.sha1(
            repr([str(stack.entry(place)[1]) for place in range(stack.count())]).encode()
        ).hexdigest()
        state = self._window.document.state
        self.tell("document", state=digest(state), index=stack.index(), count=stack.count(), texts=texts)

    def tell_frame(self, frame: Frame) -> None:
        """Write where the run stands."""
        self.tell_run(frame.snapshot)

    def tell_run(self, snapshot: Snapshot | None) -> None:
        """Write where the run stands, if there is one."""
        if snapshot is not None:
            self.tell("frame", step=snapshot.step, run=digest_of(snapshot.parameters.tobytes()))


def digest_of(data: bytes) -> str:
    """A short name for some bytes."""
    return hashlib.sha1(data).hexdigest()


class Hand:
    """Random acts on the window, the same ones for the same seed."""

    def __init__(self, window: MainWindow, teller: Teller, seed: int, session_path: Path) -> None:
        self._window = window
        self._teller = teller
        self._chance = random.Random(seed)
        self._session_path = session_path
        acts: dict[Callable[[], object], int] = {
            self.click: 12, self.drag: 6, self.brush: 2, self.undo: 5, self.redo: 3, self.train: 5,
            self.step: 2, self.settings: 4, self.classes: 2, self.scene: 1, self.share: 2, self.line: 1,
            self.reset: 1, self.delete: 1, self.save: 2,
        }  # fmt: skip
        self._acts, self._weights = list(acts), list(acts.values())

    def act(self) -> None:
        """Do something, most of the time."""
        self._teller.ticks += 1
        self._teller.tell("tick")
        if self._chance.random() < 0.6:
            self._chance.choices(self._acts, self._weights)[0]()

    def place(self) -> QPoint:
        """Some pixel of the canvas."""
        area = self._window.canvas.viewport.rect.toAlignedRect().adjusted(10, 10, -10, -10)
        return QPoint(
            self._chance.randint(area.left(), area.right()), self._chance.randint(area.top(), area.bottom())
        )

    def click(self) -> None:
        self._window.interaction.set_tool("add")
        QTest.keyClick(self._window.canvas, self._chance.choice([Qt.Key.Key_1, Qt.Key.Key_2]))
        QTest.mouseClick(self._window.canvas, LEFT, NO_KEYS, self.place())

    def drag(self) -> None:
        self._window.interaction.set_tool("select")
        rows = self._window.document.state.samples.rows
        if len(rows):
            row = self._chance.randrange(len(rows))
            start = self._window.canvas.viewport.point(float(rows.height_cm[row]), float(rows.weight_kg[row]))
            self._sweep(start.toPoint(), 6)

    def brush(self) -> None:
        self._window.interaction.set_tool("brush")
        self._sweep(self.place(), 8)

    def undo(self) -> None:
        QTest.keyClick(self._window, Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        QTest.keyClick(self._window, Qt.Key.Key_Y, CTRL)

    def train(self) -> None:
        QTest.keyClick(self._window.canvas, Qt.Key.Key_Space)

    def step(self) -> None:
        QTest.keyClick(self._window.canvas, self._chance.choice([Qt.Key.Key_Right, Qt.Key.Key_Left]))

    def settings(self) -> None:
        rate = self._chance.choice([0.01, 0.1, 0.3])
        kind = self._chance.choice(["gd", "momentum", "adam"])
        changes: dict[str, object] = self._chance.choice(
            [
                {"seed": self._chance.randrange(1000)},
                {"batch_size": self._chance.choice([None, 1, 16])},
                {"optimizer": OptimizerSpec(kind, rate)},
                {"model": self._chance.choice(["logistic", "softmax", "mlp"])},
                {"loss_mode": self._chance.choice(["compare", "cross_entropy"])},
            ]
        )
        self._window.document.change_settings(**changes)

    def classes(self) -> None:
        document = self._window.document
        count = len(document.state.classes)
        if count < 4 and self._chance.random() < 0.6:
            document.add_class()
        elif count > 2:
            document.remove_class(count - 1, self._chance.choice([None, 0]))
        else:
            document.rename_class(0, self._chance.choice(["tall", "키가 큼", None]))

    def scene(self) -> None:
        self._window.scenes.open_scene(self._chance.choice(list(self._window.scenes.scenes)))

    def share(self) -> None:
        gesture = object()
        for share in (0.1, 0.2, self._chance.choice([0.0, 0.3])):
            self._window.document.set_held_out_share(share, gesture)

    def line(self) -> None:
        guess = GuessLine(self._chance.gauss(0, 0.1), self._chance.gauss(0, 0.1), self._chance.gauss(0, 9))
        self._window.document.set_guess(self._chance.choice([guess, None]))

    def reset(self) -> None:
        self._window.controller.reset()

    def delete(self) -> None:
        ids = self._window.document.state.samples.rows.sample_id.tolist()
        self._window.document.remove_samples(self._chance.sample(ids, min(2, len(ids))))

    def save(self) -> None:
        from engine.files.session_content import Session

        file = self._window.sessions.file
        if not file.is_writing:
            file.save(self._session_path, Session(self._window.document.state), may_overwrite=True)

    def _sweep(self, start: QPoint, moves: int) -> None:
        canvas = self._window.canvas
        QTest.mousePress(canvas, LEFT, NO_KEYS, start)
        for _ in range(moves):
            start = start + QPoint(self._chance.randint(-12, 12), self._chance.randint(-12, 12))
            QTest.mouseMove(canvas, start)
        QTest.mouseRelease(canvas, LEFT, NO_KEYS, start)


def work(window: MainWindow, teller: Teller, seed: int, session_path: Path) -> None:
    """Begin to do things and tell them, without an end."""
    if seed % 2:
        journal_writer.MOST_LINES = 2  # half of the sessions write snapshots all the time
    window.scenes.replaces = lambda put, leaves_file: put()  # nobody is there to ask
    hand = Hand(window, teller, seed, session_path)
    KEPT.append(hand)
    timer = QTimer(window)
    timer.timeout.connect(hand.act)
    timer.start(TICK_MS)
    teller.tell_document()
    teller.tell_run(window.controller.snapshot)
    teller.tell("ready")


def bring_back(window: MainWindow, teller: Teller) -> None:
    """Press the button of the bar, tell what stands there then, undo and redo everything, and close."""
    offer = window.recovery_offer
    assert offer is not None
    teller.tell("started", offered=offer.bar is not None, state=digest(window.document.state))
    window.sessions.may_close = lambda: True  # nobody is there to ask
    if offer.bar is None:
        window.close()
        return
    button = offer.bar.bring_back_button
    QTest.mouseClick(button, LEFT, NO_KEYS, button.rect().center())
    when(lambda: not offer.bar.isVisible(), lambda: look_around(window, teller))


def look_around(window: MainWindow, teller: Teller) -> None:
    """Tell the document as it came back, and as it is when everything was undone and done again."""
    window.controller.wait_until_idle()
    window.controller.show_now()
    teller.tell_document()
    teller.tell_run(window.controller.snapshot)
    index = window.document.undo_stack.index()
    for place in (0, window.document.undo_stack.count(), index):
        window.document.undo_stack.set_index(place)
    teller.tell_document()
    window.close()


def when(condition: Callable[[], bool], act: Callable[[], object]) -> None:
    """Do something as soon as something holds."""
    if condition():
        act()
    else:
        QTimer.singleShot(5, lambda: when(condition, act))


def run() -> int:
    """Start the program as a person does, with somebody at it."""
    told, *rest = sys.argv[1:]
    show = gui.app.MainWindow.show

    def begin(window: MainWindow, teller: Teller) -> None:
        if rest:
            work(window, teller, int(rest[0]), Path(rest[1]))
        else:
            bring_back(window, teller)

    def shown(window: MainWindow) -> None:
        show(window)
        window.activateWindow()
        teller = Teller(Path(told), window)
        KEPT.append(teller)
        if rest:
            teller.listen()
        when(
            lambda: window.recovery is not None and window.recovery.has_looked,
            lambda: begin(window, teller),
        )

    gui.app.MainWindow.show = shown
    status = main.main([])
    for widget in QApplication.topLevelWidgets():
        widget.deleteLater()
    return status


if __name__ == "__main__":
    sys.exit(run())
