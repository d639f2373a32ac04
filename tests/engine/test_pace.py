"""Steps due at a speed, the speed measured, and what a step costs."""

from __future__ import annotations

import pytest

from engine.running.pace import SpeedLimit, SpeedMeter, StepCost


@pytest.mark.parametrize("rate", [1.0, 7.0, 60.0, 1000.0])
@pytest.mark.parametrize("frames_per_second", [60, 144])
def test_a_limit_is_kept_whatever_the_frame_rate(rate: float, frames_per_second: int) -> None:
    limit = SpeedLimit(rate)
    limit.restart()
    made = 0
    for frame in range(10 * frames_per_second + 1):
        due = limit.due(frame / frames_per_second)
        assert due is not None
        limit.made(due)
        made += due
    assert abs(made - (10 * rate + 1)) <= 1


def test_the_first_step_is_due_at_once() -> None:
    limit = SpeedLimit(1.0)
    limit.restart()
    assert limit.due(100.0) == 1
    limit.made(1)
    assert limit.due(100.5) == 0
    assert limit.seconds_to_next() == pytest.approx(0.5)
    assert limit.due(101.0) == 1


def test_without_a_limit_nothing_is_counted() -> None:
    limit = SpeedLimit()
    assert limit.due(1.0) is None
    assert limit.seconds_to_next() == 0.0


def test_a_debt_from_a_long_pause_is_forgotten() -> None:
    limit = SpeedLimit(100.0)
    limit.due(0.0)
    limit.made(1)
    assert limit.due(60.0) == 11


def test_the_speed_is_measured_over_about_the_last_second() -> None:
    meter = SpeedMeter()
    assert meter.steps_per_second == 0.0
    for tick in range(31):
        meter.observe(tick / 10, 100 if tick > 20 else 5)
    assert meter.steps_per_second == pytest.approx(1000.0)
    meter.restart()
    meter.observe(4.0, 0)
    assert meter.steps_per_second == 0.0


def test_cost_follows_fast_measurements_quickly_and_slow_ones_slowly() -> None:
    cost = StepCost()
    for _ in range(20):
        cost.observe(100, 100 * 2e-6)
    assert cost.seconds == pytest.approx(2e-6, rel=0.01)
    assert cost.chunk_steps == pytest.approx(250, abs=2)
    cost.observe(1, 1e-3)
    assert cost.seconds < 1.1e-4


def test_a_long_step_is_a_piece_of_its_own() -> None:
    cost = StepCost()
    for _ in range(100):
        cost.observe(1, 0.2)
    assert (cost.chunk_steps, cost.replay_steps) == (1, 1)
