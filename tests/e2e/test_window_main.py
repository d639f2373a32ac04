"""The window through the real `main()`, in a process of its own, as `main.py [FILE]` starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.e2e.train_tools import MAIN

# Runs main() with an act that begins when the window is shown; an act is a generator that yields what it
# waits for. What it reports is printed as JSON; an act that fails ends the process with status 9.
CHILD = """
import faulthandler, json, sys, traceback
faulthandler.enable()
sys.path.insert(0, {root!r})
from PySide6.QtCore import QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import gui.app, main

def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifiers)

def tell(**values):
    print(json.dumps(values), flush=True)

def act(window):
{act}

def follow(steps, condition):
    try:
        while condition is None or condition():
            condition = next(steps, 0)
            if condition == 0:
                return
        QTimer.singleShot(10, lambda: follow(steps, condition))
    except BaseException:
        traceback.print_exc()
        QApplication.instance().exit(9)

show = gui.app.MainWindow.show

def shown(window):
    show(window)
    window.activateWindow()
    QTimer.singleShot(0, lambda: follow(act(window), None))

gui.app.MainWindow.show = shown
sys.exit(main.main(sys.argv[1:]))
"""


def start(act: str, *arguments: str | Path) -> subprocess.Popen[str]:
    """Start the program with something to do in it."""
    source = CHILD.format(root=str(MAIN.parent), act=textwrap.indent(textwrap.dedent(act), "    "))
    return subprocess.Popen(
        [sys.executable, "-c", source, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def run(act: str, *arguments: str | Path) -> tuple[int, list[dict[str, object]], str]:
    """Run the program to its end: status, what the act told, and what stands on standard error."""
    child = start(act, *arguments)
    try:
        out, err = child.communicate(timeout=120)  # ends a program that hangs
    finally:
        child.kill()
    noise = "This plugin does not support propagateSizeHints()"
    told = [json.loads(line) for line in out.splitlines()]
    return child.returncode, told, "\n".join(line for line in err.splitlines() if line != noise)


@pytest.fixture(autouse=True)
def home(own_home) -> Path:
    return own_home


TRAIN_AND_CLOSE = """
    yield window.isActiveWindow
    yield lambda: window.controller.snapshot is not None
    tell(title=window.windowTitle(), step=window.controller.snapshot.step)
    window.canvas.setFocus()
    press(Qt.Key.Key_Space)
    yield lambda: window.controller.snapshot.step > 20
    press(Qt.Key.Key_Space)
    yield lambda: not window.controller.playing
    tell(step=window.controller.snapshot.step)
    press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
"""


@pytest.mark.parametrize("where", ["offscreen", pytest.param("display", marks=pytest.mark.real_window)])
def test_start_train_and_quit(home, where):
    del where
    status, told, err = run(TRAIN_AND_CLOSE)
    assert (status, err) == (0, "")
    assert told[0] == {"title": "A line the wrong way round", "step": 0}
    assert told[1]["step"] > 20
    assert list((home / ".config").rglob("fall-line.ini"))
    assert not list(home.rglob("fall-line.log"))


def test_exported_weights_on_the_command_line(people, run_main, tmp_path):
    weights = tmp_path / "weights.json"
    columns = ("--height", "height", "--weight", "weight", "--label", "sex")
    assert run_main("train", people, *columns, "--steps", 50, "--export", weights).returncode == 0
    status, told, err = run(
        """
        yield lambda: window.controller.snapshot is not None
        yield lambda: window.controller.snapshot.spec.losses == ("bce",)
        snapshot = window.controller.snapshot
        row, scaler = snapshot.parameters[0], snapshot.scaler
        names = [info.name for info in window.document.state.classes]
        per_unit = [row[0] / scaler.std_height_cm, row[1] / scaler.std_weight_kg]
        bias = row[2] - per_unit[0] * scaler.mean_height_cm - per_unit[1] * scaler.mean_weight_kg
        tell(weights=per_unit, bias=bias, names=names)
        window.close()
        """,
        weights,
    )
    assert (status, err) == (0, "")
    written = json.loads(weights.read_text(encoding="utf-8"))
    assert told[0]["names"] == written["classes"]
    assert told[0]["weights"] == pytest.approx(written["original_units"]["weights"][0], rel=1e-12)
    assert told[0]["bias"] == pytest.approx(written["original_units"]["bias"][0], rel=1e-12)


def test_a_session_on_the_command_line_stands_at_its_step():
    session = Path(__file__).parent.parent / "engine" / "data" / "session-version-1.fallline"
    status, told, err = run(
        """
        yield lambda: window.controller.snapshot is not None
        yield lambda: window.controller.snapshot.step == 12
        tell(title=window.windowTitle(), parameters=window.controller.snapshot.parameters.tolist())
        window.close()
        """,
        session,
    )
    assert (status, err) == (0, "")
    run_of = json.loads(session.read_bytes())["run"]
    assert told == [{"title": session.name, "parameters": run_of["parameters"]}]


def test_a_table_on_the_command_line_asks_for_its_columns(people):
    status, told, err = run(
        """
        from gui.dialogs.import_csv import ImportDialog
        yield lambda: isinstance(QApplication.activeModalWidget(), ImportDialog)
        dialog = QApplication.activeModalWidget()
        yield dialog.accept_button.isEnabled
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)
        yield lambda: len(window.document.state.samples) == 60
        tell(names=[info.name for info in window.document.state.classes])
        window.close()
        """,
        people,
    )
    assert (status, told, err) == (0, [{"names": ["F", "M"]}], "")


def test_an_unexpected_exception_is_told_once_and_logged_and_the_window_lives(home):
    status, told, _ = run(
        """
        import threading
        yield lambda: window.controller.snapshot is not None
        for number in range(2):
            QTimer.singleShot(0, lambda: 1 / 0)
        yield lambda: "Something went wrong" in window.notices.label.text()
        tell(text=window.notices.label.text(), modal=QApplication.activeModalWidget() is not None)
        QTest.mouseClick(window.notices.close_button, Qt.MouseButton.LeftButton)
        thread = threading.Thread(target=lambda: [][0])
        thread.start()
        thread.join()
        window.controller.step_forward()
        yield lambda: window.controller.snapshot.step == 1
        tell(step=1, again=window.notices.isVisible())
        window.close()
        """
    )
    assert status == 0
    assert "save them before you go on" in told[0]["text"]
    assert not told[0]["modal"]
    assert told[1] == {"step": 1, "again": False}
    (log,) = home.rglob("fall-line.log")
    assert str(log) in told[0]["text"]
    text = log.read_text(encoding="utf-8")
    assert text.count("ZeroDivisionError: division by zero") == 2
    assert text.count("IndexError: list index out of range") == 1


def test_an_exception_in_a_thread_is_told_too():
    status, told, _ = run(
        """
        import threading
        yield lambda: window.controller.snapshot is not None
        threading.Thread(target=lambda: [][0]).start()
        yield lambda: "Something went wrong" in window.notices.label.text()
        tell(text=window.notices.label.text())
        window.close()
        """
    )
    assert status == 0
    assert "Something went wrong" in told[0]["text"]


@pytest.mark.skipif(os.name != "posix", reason="signals of a terminal")
def test_ctrl_c_in_the_terminal_ends_an_idle_window(hears_ctrl_c):
    child = start(
        """
        yield lambda: window.controller.snapshot is not None
        tell(ready=True)
        """
    )
    try:
        assert child.stdout.readline() == '{"ready": true}\n'
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    finally:
        child.kill()
    assert child.returncode == 0
