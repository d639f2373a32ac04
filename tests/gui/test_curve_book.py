"""The curve of the newest run, whatever the mailbox held together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.running.run import Run
from engine.samples import Samples
from engine.snapshots import LossRecords, Mark
from gui.curve_book import CurveBook
from tests.engine.run_examples import compare_spec


def records(run_id: int, fork_step: int, steps: list[int], models: int = 2) -> LossRecords:
    return LossRecords(run_id, np.array(steps), np.full((len(steps), models, 3), float(run_id)), fork_step)


def steps_of(book: CurveBook) -> list[int]:
    return book.curve.arrays(0, 0)[0].tolist()


def test_a_fork_cuts_the_curve_and_goes_on() -> None:
    book = CurveBook()
    assert book.take(None, [records(1, 0, [0, 1, 2, 3, 4])], [])
    assert book.take(None, [records(2, 2, [2, 3])], [])
    assert steps_of(book) == [0, 1, 2, 3]
    assert book.curve.arrays(0, 0)[3].tolist() == [1.0, 1.0, 2.0, 2.0]


def test_two_forks_in_one_frame_leave_what_belongs_to_the_newest_run() -> None:
    book = CurveBook()
    book.take(None, [records(1, 0, [0, 1, 2, 3, 4, 5])], [])
    book.take(None, [records(2, 3, [3, 4, 5, 6, 7]), records(3, 5, [5, 6])], [])
    assert steps_of(book) == [0, 1, 2, 3, 4, 5, 6]
    assert book.curve.arrays(0, 0)[3].tolist() == [1.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0]


def test_before_training_the_curve_is_the_point_of_the_start() -> None:
    book, run = CurveBook(), Run(compare_spec())
    assert book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0]
    for model, metric in np.ndindex(2, 3):
        assert book.curve.arrays(model, metric)[3].tolist() == [run.metrics()[model, metric]]
    assert not book.take(run.snapshot(), *run.take_records())
    run.advance(4)
    book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0, 1, 2, 3, 4]


def test_an_edit_before_training_moves_the_point_of_the_start() -> None:
    spec = compare_spec()
    book, run = CurveBook(), Run(spec)
    book.take(run.snapshot(), *run.take_records())
    before = book.curve.arrays(0, 0)[3][0]
    ids = spec.samples.rows.sample_id[:5]
    fewer, _ = spec.samples.remove(ids)
    run.set_spec(replace(spec, samples=fewer, data_revision=spec.data_revision + 1))
    assert book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0]
    after = book.curve.arrays(0, 0)[3][0]
    assert after == run.metrics()[0, 0] != before
    # What is recorded then begins with the same point, once.
    run.advance(2)
    book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0, 1, 2]
    assert book.curve.arrays(0, 0)[3][0] == after


def test_going_back_to_the_start_of_a_trained_run_leaves_its_curve() -> None:
    book, run = CurveBook(), Run(compare_spec())
    run.advance(6)
    book.take(run.snapshot(), *run.take_records())
    run.seek(0)
    assert not book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0, 1, 2, 3, 4, 5, 6]


def test_without_a_sample_there_is_no_point() -> None:
    book, run = CurveBook(), Run(replace(compare_spec(), samples=Samples()))
    book.take(run.snapshot(), *run.take_records())
    assert len(book.curve) == 0


def test_a_reset_clears_the_curve_to_the_point_of_the_start() -> None:
    book = CurveBook()
    run = Run(compare_spec())
    run.advance(10)
    book.take(run.snapshot(), *run.take_records())
    run.reset()
    assert book.take(run.snapshot(), *run.take_records())
    assert steps_of(book) == [0]
    assert book.curve.models == 2


def test_a_run_of_other_models_has_a_curve_of_its_own() -> None:
    book = CurveBook()
    book.take(None, [records(1, 0, [0, 1])], [])
    book.take(None, [records(2, 0, [0, 1], models=1)], [])
    assert book.curve.models == 1
    assert steps_of(book) == [0, 1]


def test_nothing_new_changes_nothing() -> None:
    book = CurveBook()
    run = Run(compare_spec())
    run.advance(3)
    book.take(run.snapshot(), *run.take_records())
    assert not book.take(run.snapshot(), [], [])
    assert not book.take(None, [], [])


def test_marks_of_a_past_that_was_forked_away_are_dropped() -> None:
    book = CurveBook()
    marks = [Mark(1, 2, "data"), Mark(1, 9, "data"), Mark(2, 3, "settings")]
    assert book.take(None, [records(1, 0, [0, 9]), records(2, 3, [3, 4])], marks)
    assert [(mark.step, mark.kind) for mark in book.curve.marks] == [(2, "data"), (3, "settings")]
