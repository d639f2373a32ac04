"""The newest snapshot wins; records and marks arrive all, and in order."""

from __future__ import annotations

from threading import Thread

import numpy as np

from engine.running.mailbox import Mailbox
from engine.running.run import Run
from engine.snapshots import LossRecords, Mark
from tests.engine.run_examples import compare_spec


def records(step: int) -> LossRecords:
    return LossRecords(1, np.array([step]), np.zeros((1, 1, 3)))


def test_an_empty_box_gives_nothing() -> None:
    assert Mailbox().take() == (None, [], [])


def test_the_newest_snapshot_wins_and_the_rest_stays_in_order() -> None:
    run = Run(compare_spec())
    first, second = run.snapshot(), run.snapshot()
    box = Mailbox()
    one, two, three = records(1), records(2), records(3)
    mark = Mark(1, 2, "data")
    box.post(first, [one], [])
    box.post(second, [two], [mark])
    box.post(None, [three])
    assert box.has_snapshot
    assert box.take() == (second, [one, two, three], [mark])
    assert not box.has_snapshot
    assert box.take() == (None, [], [])


def test_what_was_taken_does_not_grow() -> None:
    box = Mailbox()
    box.post(None, [records(1)])
    taken = box.take()[1]
    box.post(None, [records(2)])
    assert len(taken) == 1


def test_news_is_told_once_until_the_box_is_emptied() -> None:
    told: list[int] = []
    box = Mailbox(lambda: told.append(1))
    box.post()
    assert told == []
    box.post(None, [records(1)])
    box.post(None, [records(2)])
    assert len(told) == 1
    box.take()
    box.post(None, [], [Mark(1, 0, "settings")])
    assert len(told) == 2


def test_whoever_is_told_may_empty_the_box_at_once() -> None:
    box = Mailbox()
    taken = []
    box.on_first_post = lambda: taken.append(box.take())
    box.post(None, [records(1)])
    box.post(None, [records(2)])
    assert [len(batch) for _, batch, _ in taken] == [1, 1]


def test_nothing_is_lost_between_two_threads() -> None:
    box = Mailbox()
    count = 5000

    def post_all() -> None:
        for step in range(count):
            box.post(None, [records(step)])

    thread = Thread(target=post_all)
    thread.start()
    steps: list[int] = []
    while thread.is_alive():
        steps += [int(batch.step[0]) for batch in box.take()[1]]
    thread.join()
    steps += [int(batch.step[0]) for batch in box.take()[1]]
    assert steps == list(range(count))
