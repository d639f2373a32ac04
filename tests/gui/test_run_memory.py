"""Undo of what took a document's place brings back where its run stood; redo does the same the other way."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from engine.samples import Samples
from tests.gui.window_driver import CTRL, WindowDriver, open_window

FOUR = Samples.from_columns([150.0, 160.0, 170.0, 180.0], [50.0, 62.0, 58.0, 80.0], [0, 1, 0, 1])


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def put_other_people(driver: WindowDriver, samples: Samples = FOUR) -> None:
    """As an import does that takes the samples' place."""
    driver.document.replace(replace(driver.document.state, samples=samples), "Open samples")
    driver.settle()


def place(driver: WindowDriver) -> tuple[int, int, object, list[int]]:
    snapshot = driver.snapshot
    return snapshot.step, snapshot.last_step, driver.weights, driver.controller.curve.arrays(0, 0)[0].tolist()


def come_to(driver: WindowDriver, step: int) -> None:
    driver.until(lambda: driver.snapshot.step == step)


def test_undo_and_redo_of_an_import_go_from_run_to_run(driver):
    driver.train_to(20)
    first = place(driver)
    put_other_people(driver)
    assert driver.snapshot.step == 0
    driver.step_on(4)
    second = place(driver)
    driver.key(Qt.Key.Key_Z, CTRL)
    come_to(driver, first[0])
    assert place(driver) == first
    assert not driver.snapshot.playing
    driver.key(Qt.Key.Key_Y, CTRL)
    come_to(driver, 4)
    assert place(driver) == second


def test_edits_on_the_way_keep_the_run_that_there_is(driver):
    driver.train_to(20)
    first = place(driver)
    put_other_people(driver)
    driver.document.change_settings(threshold=0.3)
    driver.step_on(3)
    run_id = driver.snapshot.run_id
    driver.key(Qt.Key.Key_Z, CTRL)  # the threshold
    driver.settle()
    assert (driver.snapshot.step, driver.snapshot.run_id) == (3, run_id)
    driver.key(Qt.Key.Key_Z, CTRL)
    come_to(driver, first[0])
    assert place(driver) == first


def test_many_documents_are_crossed_at_once(driver):
    driver.train_to(15)
    first = place(driver)
    for steps in (1, 2, 3):
        put_other_people(driver, FOUR.remove([steps])[0])
        driver.step_on(steps)
    stack = driver.document.undo_stack
    stack.set_index(0)
    come_to(driver, first[0])
    assert place(driver) == first
    stack.set_index(2)
    come_to(driver, 2)
    assert len(driver.samples) == 3


def test_a_document_that_was_opened_anew_takes_over_no_earlier_run(driver):
    driver.train_to(15)
    put_other_people(driver)
    driver.step_on(2)
    driver.document.open(driver.document.state)
    driver.settle()
    assert driver.snapshot.step == 0
    put_other_people(driver)
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.settle()
    assert driver.snapshot.step == 0


def test_where_the_oldest_commands_go_the_runs_of_the_others_are_kept(driver, monkeypatch):
    driver.train_to(15)
    put_other_people(driver)
    driver.step_on(2)
    monkeypatch.setattr("gui.undo_stack.UNDO_BYTES", 25_000)
    for seed in range(30):
        driver.document.change_settings(seed=seed)
    stack = driver.document.undo_stack
    assert stack.count() < 30
    driver.settle()
    kept = place(driver)
    put_other_people(driver, FOUR.remove([1])[0])
    driver.step_on(3)
    driver.key(Qt.Key.Key_Z, CTRL)
    come_to(driver, kept[0])
    assert place(driver) == kept
    stack.set_index(0)
    driver.settle()
    assert driver.snapshot.step == kept[0]
