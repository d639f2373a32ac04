"""Make the pictures in docs/pictures from the real window, so that they stay true.

Run on a display or a virtual one::

    xvfb-run -a -s "-screen 0 1920x1080x24" .venv/bin/python script/screenshots.py
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QEventLoop, QSettings, QTimer  # noqa: E402

from engine.document.state import GuessLine  # noqa: E402
from gui.app import Look, make_application  # noqa: E402
from gui.i18n import Language  # noqa: E402
from gui.main_window import MainWindow  # noqa: E402
from gui.preferences import Preferences  # noqa: E402
from gui.theme import Appearance  # noqa: E402

FOLDER = ROOT / "docs" / "pictures"
WIDTH_PX, HEIGHT_PX = 1440, 900
LIMIT_MS = 60_000
OWN_LINE = GuessLine(per_cm=-0.09, per_kg=0.16, bias=4.4)


def wait_until(condition: Callable[[], bool]) -> None:
    """Run the event loop until `condition` holds.

    Raises
    ------
    TimeoutError
        If it does not hold within a minute.
    """
    loop, poll, limit = QEventLoop(), QTimer(), QTimer()
    poll.timeout.connect(lambda: loop.quit() if condition() else None)
    poll.start(20)
    limit.setSingleShot(True)
    limit.timeout.connect(loop.quit)
    limit.start(LIMIT_MS)
    loop.exec()
    if not condition():
        raise TimeoutError("the window did not get there within a minute")


def train_to(window: MainWindow, step: int) -> None:
    """Train to exactly `step`, one step at a time: the same curve on every machine."""
    controller = window.controller
    wait_until(lambda: controller.snapshot is not None)
    for _ in range(step):
        controller.step_forward()
    wait_until(lambda: controller.snapshot.last_step == step)


def go_to(window: MainWindow, step: int) -> None:
    """Scrub to a step of the past."""
    window.controller.seek(step)
    wait_until(lambda: window.controller.snapshot.step == step)


def save(window: MainWindow, name: str) -> None:
    """Let throttled texts and background work settle, then keep the picture."""
    loop = QEventLoop()
    QTimer.singleShot(1500, loop.quit)
    loop.exec()
    window.grab().save(str(FOLDER / f"{name}.png"))
    print(f"docs/pictures/{name}.png")


def open_scene(window: MainWindow, key: str) -> None:
    """Open a scene by its key."""
    window.scenes.open_scene(next(scene for scene in window.scenes.scenes if scene.key == key))


def main() -> int:
    """Make all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    app = make_application(sys.argv[:1])
    with tempfile.TemporaryDirectory() as folder:
        settings = QSettings(str(Path(folder) / "settings.ini"), QSettings.Format.IniFormat)
        appearance, language = Appearance(), Language()
        appearance.set_mode("light")
        language.set_code("en")
        look = Look(app, appearance)
        window = MainWindow(Preferences(settings), appearance, language)
        window.resize(WIDTH_PX, HEIGHT_PX)
        window.show()
        train_to(window, 1240)
        window.lab.open_tab("landscape")
        save(window, "window-light-en")
        appearance.set_mode("dark")
        language.set_code("ko")
        go_to(window, 600)
        window.lab.open_tab("surface")
        save(window, "window-dark-ko")
        appearance.set_mode("light")
        language.set_code("en")
        open_scene(window, "three_classes")
        window.lab.open_tab("network")
        train_to(window, 600)
        save(window, "three-classes")
        open_scene(window, "overlapping")
        train_to(window, 25)
        window.interaction.set_tool("line")
        window.document.set_guess(OWN_LINE)
        window.lab.open_tab("sensitivity")
        save(window, "own-line")
        window.document.undo_stack.clear()  # nobody is there to answer the question before closing
        window.close()
        del look
    return 0


if __name__ == "__main__":
    sys.exit(main())
