"""Rate sweeps: each rate as a run of its own, the best one, and rates that never arrive."""

from __future__ import annotations

import numpy as np
import pytest

from engine.batched_descent import NOT_REACHED, LogisticRuns, Target, steps_to_target
from engine.examples import ONE_SAMPLE
from engine.rate_sweep import RateSweep, log_spaced_rates, rate_sweep
from tests.engine.lab_examples import people

START = (3.0, -3.0, 0.0)


def test_every_rate_is_a_run_of_its_own():
    runs = LogisticRuns(people(), "bce", Target("bce", 0.5))
    sweep = rate_sweep(runs, START, (1.0, 0.1, 10.0), 2000)
    assert sweep.rates.tolist() == [0.1, 1.0, 10.0]
    alone = [int(steps_to_target(runs, np.array([START]), rate, 2000)[0]) for rate in sweep.rates]
    assert sweep.steps.tolist() == alone
    assert sweep.best_steps == min(alone)
    assert sweep.best_rate == sweep.rates[alone.index(min(alone))]


def test_both_losses_have_a_best_rate_and_neither_neighbour_is_better():
    for loss in ("bce", "mse"):
        sweep = rate_sweep(LogisticRuns(people(), loss, Target("bce", 0.5)), START, log_spaced_rates(), 5000)
        assert 0 < sweep.best < len(sweep.rates) - 1
        reached = sweep.steps[sweep.steps != NOT_REACHED]
        assert sweep.best_steps == reached.min() < reached.max()


def test_of_equal_rates_the_smallest_is_best():
    steps = np.array([NOT_REACHED, 9, 4, 4, 5], dtype=np.int32)
    sweep = RateSweep(np.array([0.1, 0.2, 0.3, 0.4, 0.5]), steps, 10)
    assert (sweep.best, sweep.best_rate, sweep.best_steps) == (2, 0.3, 4)


def test_no_rate_may_arrive():
    sweep = rate_sweep(LogisticRuns(people(), "bce", Target("bce", 0.0)), START, (0.1, 1.0), 50)
    assert sweep.steps.tolist() == [NOT_REACHED, NOT_REACHED]
    assert (sweep.best, sweep.best_rate, sweep.best_steps) == (None, None, None)


def test_confidently_wrong_no_rate_up_to_a_thousand_rescues_mse_in_time():
    # Claim 7: from (-10, -10) the gradient is 4e-9, so that even a rate of 1,000 has to wait.
    data, target = ONE_SAMPLE.training_data(), Target("own_probability", 0.9)
    start = (-10.0, -10.0, 0.0)
    bce = rate_sweep(LogisticRuns(data, "bce", target), start, log_spaced_rates(), 5000)
    mse = rate_sweep(LogisticRuns(data, "mse", target), start, log_spaced_rates(), 5000)
    assert bce.best_steps == 1
    assert mse.best is None


def test_rates_are_spaced_evenly_by_factors():
    rates = log_spaced_rates(0.01, 100.0, per_decade=5)
    assert rates.size == 21
    assert rates[[0, -1]] == pytest.approx([0.01, 100.0])
    assert rates[1:] / rates[:-1] == pytest.approx(np.full(20, 10.0**0.2))


def test_arrays_are_read_only():
    sweep = rate_sweep(LogisticRuns(people(), "bce", Target("bce", 0.5)), START, (0.1,), 5)
    assert not sweep.rates.flags.writeable
    assert not sweep.steps.flags.writeable


def test_stops_and_tells_how_far_it_is():
    runs = LogisticRuns(people(), "bce", Target("bce", 0.5))
    assert rate_sweep(runs, START, (0.1,), 5, lambda: True) is None
    told = []
    rate_sweep(runs, START, (0.1, 1.0), 100, None, told.append)
    assert told[-1] == 1.0


@pytest.mark.parametrize("rates", [(), (0.0, 1.0), (-1.0,), (float("nan"),)])
def test_refuses_rates_that_are_not_positive(rates):
    with pytest.raises(ValueError, match="positive learning rates"):
        rate_sweep(LogisticRuns(people(), "bce", Target("bce", 0.5)), START, rates, 5)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (1.0, 1.0), (2.0, 1.0)])
def test_refuses_a_range_that_does_not_grow(low, high):
    with pytest.raises(ValueError, match="grow"):
        log_spaced_rates(low, high)
