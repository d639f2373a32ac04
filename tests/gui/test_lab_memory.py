"""Instruments behind another give up what they worked out of very many samples, and work it out anew."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
import pytest

from engine.samples import Samples
from engine.training_data import TrainingData
from gui.plots.entropy.data import EntropyView
from gui.plots.lab_tab import MANY_SAMPLES
from gui.plots.likelihood.data import RunningView
from gui.plots.maximum_likelihood.data import LabelView
from gui.plots.metrics.work import Answer
from tests.gui.window_driver import open_window

LONG = (RunningView, LabelView, EntropyView, Answer)
SHOWN = {
    "likelihood": lambda tab: tab.running.view,
    "maximum_likelihood": lambda tab: tab.labels,
    "entropy": lambda tab: tab.view,
    "sensitivity": lambda tab: tab.dots,
    "metrics": lambda tab: tab.answer,
    "log_odds": lambda tab: tab.field,
}


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def people(count: int) -> Samples:
    generator = np.random.default_rng(7)
    height_cm, weight_kg = generator.normal(168.0, 9.0, count), generator.normal(70.0, 12.0, count)
    return Samples.from_columns(height_cm, weight_kg, weight_kg / height_cm**2 * 1e4 > 25.0)


def open_with(driver, count: int) -> None:
    state = driver.document.state
    driver.document.open(replace(state, samples=people(count)))
    driver.until(lambda: len(driver.snapshot.spec.samples) == count)


def open_and_wait(driver, key: str) -> None:
    """Open an instrument, and wait until it shows its numbers."""
    driver.window.lab.open_tab(key)
    driver.until(lambda: bool(SHOWN[key](driver.window.lab.tab(key))))


def held(kinds: tuple[type, ...]) -> list[object]:
    """What is alive of these kinds and is of very many samples."""
    gc.collect()
    alive = [one for one in gc.get_objects() if isinstance(one, kinds)]
    return [one for one in alive if len(one if isinstance(one, TrainingData) else one.data) > MANY_SAMPLES]


def test_an_instrument_that_goes_behind_keeps_nothing_of_very_many_samples(driver):
    open_with(driver, MANY_SAMPLES + 1)
    lab = driver.window.lab
    for key in SHOWN:
        open_and_wait(driver, key)
        lab.open_tab("network")
        driver.until(lambda: not held(LONG))
    driver.until(lambda: len(held((TrainingData,))) == 1)  # the runner's, which all of them shared


def test_in_front_again_it_is_worked_out_anew(driver):
    open_with(driver, MANY_SAMPLES + 1)
    lab = driver.window.lab
    keys = ("likelihood", "entropy", "sensitivity", "metrics", "maximum_likelihood")
    for key in keys:
        open_and_wait(driver, key)
    lab.open_tab("network")
    for key in keys:
        assert not SHOWN[key](lab.tab(key))
        open_and_wait(driver, key)


def test_with_few_samples_it_keeps_what_it_shows(driver):
    lab = driver.window.lab
    lab.open_tab("metrics")
    tab = lab.tab("metrics")
    driver.until(lambda: tab.answer is not None)
    shown = tab.answer
    lab.open_tab("network")
    assert tab.answer is shown
