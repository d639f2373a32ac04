"""The ground that tests stand on: one thread, one language, nobody's own settings, nothing left behind."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# NumPy and Qt read these once, when they are loaded: nothing above this line may load them.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[variable] = "1"
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # the desktop's language must not decide what a test reads
os.environ.pop("LANGUAGE", None)

CHECKOUT = Path(__file__).resolve().parent.parent
WINDOW_TESTS = (CHECKOUT / "tests" / "gui", CHECKOUT / "tests" / "e2e")

# No deadlines: this machine's speed is not what a property is about. In CI the same examples every time.
settings.register_profile("here", deadline=None)
settings.register_profile(
    "ci", deadline=None, derandomize=True, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a real window where there is none, and say so."""
    if os.environ["QT_QPA_PLATFORM"].partition(":")[0] not in ("offscreen", "minimal"):
        return
    skip = pytest.mark.skip(reason="needs a real window: script/test runs it under Xvfb")
    for item in items:
        if item.get_closest_marker("real_window"):
            item.add_marker(skip)


def shows_windows(item: pytest.Item) -> bool:
    """Whether this is a test of the window; the others never load Qt."""
    return any(item.path.is_relative_to(folder) for folder in WINDOW_TESTS)


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own, for it and for the programs that it starts."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for variable, folder in {
        "XDG_CONFIG_HOME": ".config",
        "XDG_DATA_HOME": ".local/share",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
        "APPDATA": "AppData/Roaming",
        "LOCALAPPDATA": "AppData/Local",
    }.items():
        monkeypatch.setenv(variable, str(home / folder))
    return home


@pytest.fixture(autouse=True)
def clean_window_ground(request: pytest.FixtureRequest) -> Iterator[None]:
    """Settings of the test's own, and a failure if a top-level widget outlives the test."""
    if not shows_windows(request.node):
        yield
        return
    isolate_settings(request.getfixturevalue("own_home"))
    qapp = request.getfixturevalue("qapp")
    before = list(qapp.topLevelWidgets())
    yield
    left = surviving_widgets(before)
    if left:
        names = ", ".join(f"{type(widget).__name__}({widget.objectName()!r})" for widget in left)
        for widget in left:  # out of the way of the next test, which counts them among those before it
            widget.hide()
        pytest.fail(f"top-level widgets outlived the test: {names}")


def isolate_settings(home: Path) -> None:
    """Send every QSettings to `home`: Qt keeps the folder that it read from the environment first."""
    from PySide6.QtCore import QSettings

    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(file_format, scope, str(home / "settings" / scope.name))


def surviving_widgets(before: list[object]) -> list[object]:
    """The top-level widgets that are alive now and are not in `before`, after all pending deletions."""
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    def left() -> list[object]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return [widget for widget in QApplication.topLevelWidgets() if widget not in before]

    if left():  # parts of a deleted window may wait for Python's collector, being in reference cycles
        gc.collect()
    return left()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data: FALL_LINE_DATA, or `shared/data` beside the checkout; without it, a skip."""
    named = os.environ.get("FALL_LINE_DATA")
    folder = Path(named) if named else CHECKOUT.parent / "shared" / "data"
    if not (folder / "REFERENCE.json").is_file():
        pytest.skip(f"the real data are not in {folder}; name their folder in FALL_LINE_DATA")
    return folder
