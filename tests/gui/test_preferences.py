"""What is remembered between starts, and what of a spoilt settings file is not believed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings

from gui.preferences import Preferences


@pytest.fixture
def path(tmp_path) -> Path:
    return tmp_path / "fall-line.ini"


def opened(path: Path) -> Preferences:
    """Preferences as the next start reads them."""
    return Preferences(QSettings(str(path), QSettings.Format.IniFormat))


def test_defaults(path):
    preferences = opened(path)
    assert (preferences.mode, preferences.language, preferences.scale_percent) == ("system", "system", 100)
    assert preferences.last_folder == Path.home()
    assert preferences.flag("show_left", default=True)
    assert not preferences.flag("show_left", default=False)
    assert preferences.layout("geometry").isEmpty()


def test_everything_is_there_at_the_next_start(path, tmp_path):
    first = opened(path)
    first.mode, first.language, first.scale_percent = "dark", "ko", 150
    first.last_folder = tmp_path
    first.set_flag("show_left", False)
    first.set_layout("columns", QByteArray(b"\x00\xff\x01layout"))
    first._settings.sync()
    second = opened(path)
    assert (second.mode, second.language, second.scale_percent) == ("dark", "ko", 150)
    assert second.last_folder == tmp_path
    assert not second.flag("show_left", default=True)
    assert second.layout("columns") == QByteArray(b"\x00\xff\x01layout")
    assert second.layout("right_column").isEmpty()


@pytest.mark.parametrize("spoilt", ["purple", "", "-5", "1e9", "9999999", "²", "@ByteArray(\\0)"])
def test_a_value_that_makes_no_sense_reads_as_its_default(path, spoilt):
    settings = QSettings(str(path), QSettings.Format.IniFormat)
    for key in (
        "appearance/mode",
        "language",
        "appearance/scale_percent",
        "view/show_left",
        "layout/geometry",
    ):
        settings.setValue(key, spoilt)
    settings.sync()
    preferences = opened(path)
    assert (preferences.mode, preferences.language, preferences.scale_percent) == ("system", "system", 100)
    assert preferences.flag("show_left", default=True)
    assert preferences.layout("geometry").isEmpty()


def test_a_folder_that_is_gone_reads_as_home(path, tmp_path):
    preferences = opened(path)
    preferences.last_folder = tmp_path / "gone"
    assert preferences.last_folder == Path.home()


def test_the_programs_own_settings_go_to_the_persons_folder(own_home):
    preferences = Preferences()
    assert Path(preferences._settings.fileName()).is_relative_to(own_home)
    assert preferences._settings.fileName().endswith("fall-line.ini")
