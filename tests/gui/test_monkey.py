"""A short storm of random events on the real window; `script/monkey.py` is the long one."""

from __future__ import annotations

import pytest

from script.monkey import counts, grown
from script.storm import Storm
from tests.gui.window_driver import open_window

EVENTS = 250


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_breaks_in_a_storm_and_everything_goes_on_after_it(qtbot, tmp_path, monkeypatch, seed):
    monkeypatch.chdir(tmp_path)  # exceptions and Qt warnings fail the test by themselves
    with open_window(qtbot) as driver:
        storm = Storm(driver.window, seed, tmp_path)
        storm.rage(EVENTS)
        storm.settle()
        assert storm.count >= EVENTS
        assert not driver.controller.playing
        driver.window.scenes.open_first()
        driver.settle()
        step = driver.snapshot.step
        driver.controller.step_forward()
        driver.until(lambda: driver.snapshot.step == step + 1)


def test_a_dialog_that_holds_the_event_loop_is_acted_in_and_left(qtbot, tmp_path, monkeypatch):
    with open_window(qtbot) as driver:
        storm = Storm(driver.window, 3, tmp_path)

        def only_about(dialog=None):
            if dialog is None:
                driver.window.actions_by_name["about"].trigger()

        for act in ("_on_canvas", "_on_control", "_command", "_press_key", "_resize"):
            monkeypatch.setattr(storm, act, only_about)
        storm.rage(6)  # would never end if nobody answered
        assert driver.window.isVisible()
        assert any("click" in line or "key" in line for line in storm.log)


def test_what_grows_is_told(qtbot, tmp_path):
    before = counts(0)
    files = [open(tmp_path / str(number), "w") for number in range(8)]
    try:
        assert any(line.startswith("handles grew") for line in grown(before, counts(0)))
    finally:
        for file in files:
            file.close()
