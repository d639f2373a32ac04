"""What is posted is on disk, whole, whatever the disk does; and no window touches another one's journal."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from engine.document import edits
from engine.document.commands import Command, apply
from engine.document.state import DocumentState
from engine.errors import FallLineError
from engine.files import journal_writer
from engine.files.file_lock import FileLock
from engine.files.journal import read_journal, work_pieces
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.journal_writer import JournalWriter
from engine.files.recovery_folder import find_leftovers, lock_of, new_journal
from engine.files.session_content import SessionView
from tests.engine.test_commands import document, same_document
from tests.engine.test_journal import run_record, with_curve


class Desk:
    """A document that is edited, and the writer that keeps it."""

    def __init__(self, folder: Path) -> None:
        self.state: DocumentState = document(0, 1)
        self.commands: list[Command] = []
        self.troubles: list[FallLineError] = []
        self.is_troubled = Event()
        self.writer = JournalWriter(folder, Work(self.state), self.on_trouble)

    @property
    def count(self) -> int:
        return len(self.commands)

    def on_trouble(self, error: FallLineError) -> None:
        self.troubles.append(error)
        self.is_troubled.set()

    def edit(self) -> None:
        """Add a sample."""
        command = edits.add_samples(self.state, 150.0 + self.count, 50.0, 1)
        self.state = apply(self.state, command)
        self.writer.post(StackChange(self.count, (UndoEntry(command, "add"),), self.count + 1), self.state)
        self.commands.append(command)

    def undo(self) -> None:
        """Take the newest command back and forget it."""
        self.state = apply(self.state, self.commands.pop().inverted())
        self.writer.post(StackChange(self.count, (), self.count), self.state)

    def check(self) -> Work:
        """Everything is on disk."""
        assert self.writer.wait_until_written()
        work = read_journal(self.writer.path)
        assert same_document(work.state, self.state)
        assert (work.index, len(work.entries)) == (self.count, self.count)
        return work


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(journal_writer, "WRITE_SECONDS", 0.0)
    monkeypatch.setattr(journal_writer, "RETRY_SECONDS", 0.005)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state" / "recovery"


@pytest.fixture
def desk(folder) -> Iterator[Desk]:
    desk = Desk(folder)
    yield desk
    desk.writer.close(keep=False)


def names(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_edits_undo_runs_and_set_up_are_on_disk(desk):
    for _ in range(5):
        desk.edit()
        desk.check()
    desk.undo()
    run: RunRecord = run_record(desk.state)
    desk.writer.post_run(run)
    desk.writer.post_view(SessionView(tab="verdict"))
    work = desk.check()
    assert work.run.run.parameters.tobytes() == run.run.parameters.tobytes()
    assert work.view.tab == "verdict"


def test_a_curve_is_written_once_and_stays_with_the_run(desk, monkeypatch):
    record = with_curve(run_record(desk.state), 0, 1000)
    plain = run_record(desk.state, seed=1)
    desk.edit()
    desk.check()
    desk.writer.post_run(record)
    desk.check()
    size = desk.writer.path.stat().st_size
    desk.writer.post_run(plain)
    work = desk.check()
    assert b'"curve"' not in desk.writer.path.read_bytes()[size:]
    assert work.run.run.parameters.tobytes() == plain.run.parameters.tobytes()
    assert work.run.run.curve.step.tolist() == [0, 1000]
    monkeypatch.setattr(journal_writer, "MOST_LINES", 0)
    desk.edit()  # a snapshot takes the place of the lines
    work = desk.check()
    assert desk.writer.path.read_bytes().count(b"\n") == 1
    assert work.run.run.curve.step.tolist() == [0, 1000]


def test_a_curve_that_still_waits_is_written_with_what_comes_after_it(folder):
    desk = Desk(folder)
    desk.edit()
    desk.check()
    with desk.writer._condition:  # as if both came while the thread was writing
        desk.writer.post_run(with_curve(run_record(desk.state), 0, 1000))
        desk.writer.post_run(run_record(desk.state, seed=1))
    work = desk.check()
    assert work.run.run.curve.step.tolist() == [0, 1000]
    desk.writer.close(keep=False)


def test_closing_removes_the_journal_or_keeps_it(desk, folder):
    desk.edit()
    desk.check()
    desk.writer.close(keep=True)
    assert names(folder) == [".journal"]
    (leftover,) = find_leftovers(folder)
    assert same_document(read_journal(leftover.path).state, desk.state)
    leftover.remove()
    assert names(folder) == []


def test_closing_keeps_what_was_just_posted(folder):
    desk = Desk(folder)
    desk.edit()
    desk.writer.close(keep=True)
    assert same_document(read_journal(desk.writer.path).state, desk.state)


def test_a_long_journal_is_replaced_by_a_snapshot(desk, folder, monkeypatch):
    monkeypatch.setattr(journal_writer, "MOST_LINES", 3)
    lengths = []
    for _ in range(12):
        desk.edit()
        desk.check()
        lengths.append(desk.writer.path.read_bytes().count(b"\n"))
    assert max(lengths) <= 5
    assert lengths.count(1) >= 2
    assert names(folder) == [".journal", ".lock"]


def test_a_journal_of_many_bytes_is_replaced_only_when_longer_than_its_snapshot(desk, monkeypatch):
    monkeypatch.setattr(journal_writer, "LEAST_BYTES", 10)
    desk.check()
    first = desk.writer.path.stat().st_size
    while desk.writer.path.stat().st_size <= 2 * first:
        desk.edit()
        desk.check()
    desk.edit()
    desk.check()
    assert desk.writer.path.read_bytes().count(b"\n") == 1


def test_a_reader_never_sees_half_a_file(desk, monkeypatch):
    monkeypatch.setattr(journal_writer, "MOST_LINES", 1)
    desk.check()
    path, is_over, counts = desk.writer.path, Event(), []

    def read() -> None:
        while not is_over.is_set():
            counts.append(len(read_journal(path).entries))

    reader = Thread(target=read)
    reader.start()
    for _ in range(40):
        desk.edit()
        desk.check()
    is_over.set()
    reader.join()
    assert counts == sorted(counts)
    assert counts


def test_another_document_takes_the_place_and_what_waits_for_it_follows(desk):
    desk.edit()
    desk.check()
    is_safe = Event()
    other = document(1, 1, 1)
    desk.writer.replace(Work(other), is_safe.set)
    desk.state, desk.commands = other, []
    assert is_safe.wait(30)
    desk.check()


# --- trouble ----------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_made_is_told_once_and_tried_again(folder):
    folder.parent.parent.joinpath("state").write_text("a file in the way", encoding="utf-8")
    desk = Desk(folder)
    desk.edit()
    assert desk.is_troubled.wait(30)
    desk.edit()
    assert not desk.writer.wait_until_written(0.05)
    folder.parent.unlink()
    desk.check()
    assert len(desk.troubles) == 1
    assert "cannot be kept safe" in str(desk.troubles[0])
    desk.writer.close(keep=False)


def test_a_full_disk_tears_no_journal_and_is_told_once(desk, monkeypatch):
    desk.edit()
    desk.check()
    before = desk.state
    written = journal_writer._write_pieces

    def full(stream, pieces):
        stream.write(next(iter(pieces))[:20])  # a torn line
        stream.flush()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal_writer, "_write_pieces", full)
    desk.edit()
    assert desk.is_troubled.wait(30)
    desk.edit()
    assert same_document(read_journal(desk.writer.path).state, before)
    assert "the disk is full: free some space" in str(desk.troubles[0])
    monkeypatch.setattr(journal_writer, "_write_pieces", written)
    desk.check()
    assert len(desk.troubles) == 1


def test_a_full_disk_keeps_no_window_from_closing(desk, monkeypatch):
    def full(stream):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal_writer, "_force_out", full)
    desk.edit()
    assert desk.is_troubled.wait(30)
    desk.writer.close(keep=True)
    assert not desk.writer._thread.is_alive()


def test_a_defect_in_writing_is_told_and_does_not_end_it(desk, monkeypatch, caplog):
    desk.check()

    def broken(change):
        raise RuntimeError("a defect")

    monkeypatch.setattr(journal_writer, "change_pieces", broken)
    desk.edit()
    assert desk.is_troubled.wait(30)
    assert "a defect" in caplog.text
    desk.check()  # by a snapshot


@pytest.mark.skipif(os.name != "posix", reason="Windows removes no file that is open")
def test_a_folder_that_somebody_emptied_is_filled_again(desk, folder):
    desk.edit()
    desk.check()
    for path in folder.iterdir():
        path.unlink()
    desk.edit()
    desk.check()
    assert names(folder) == [".journal", ".lock"]
    folder.rename(folder.with_name("elsewhere"))
    desk.edit()
    desk.check()
    assert names(folder) == [".journal", ".lock"]
    assert find_leftovers(folder) == []


# --- locks and what is left -------------------------------------------------------------------------

HOLD = """
import sys
from pathlib import Path
from engine.files.file_lock import FileLock
assert FileLock(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_held_once_and_free_again_when_its_process_is_killed(tmp_path):
    path = tmp_path / "some.lock"
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        try:
            assert child.stdout.readline() == b"held\n"
            lock = FileLock(path)
            assert not lock.take()
        finally:
            child.kill()
    assert lock.take()
    assert lock.is_held
    assert not FileLock(path).take()
    lock.release()
    assert not path.exists()
    assert FileLock(path).take()


def leave(folder: Path, state: DocumentState) -> Path:
    """A journal as a killed window leaves it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = new_journal(folder)
    path.write_bytes(b"".join(work_pieces(Work(state))))
    return path


def test_leftovers_are_found_newest_first_and_by_one_window_only(folder):
    assert find_leftovers(folder) == []
    old, new = leave(folder, document(0)), leave(folder, document(1))
    os.utime(old, (1_000.0, 1_000.0))
    found = find_leftovers(folder)
    assert [leftover.path for leftover in found] == [new, old]
    assert found[1].changed_at == 1_000.0
    assert find_leftovers(folder) == []  # held
    found[0].leave()
    assert [leftover.path for leftover in find_leftovers(folder)] == [new]


def test_an_open_window_leaves_nothing_to_others(desk, folder):
    desk.edit()
    desk.check()
    assert find_leftovers(folder) == []
    desk.edit()
    desk.check()


def test_what_a_killed_window_began_to_write_is_tidied_away(folder, desk):
    desk.check()
    path = leave(folder, document(0))
    half = path.with_name(path.name + ".tmp")
    half.write_bytes(b"half")
    own_half = desk.writer.path.with_name(desk.writer.path.name + ".tmp")
    own_half.write_bytes(b"still being written")
    lock_of(new_journal(folder)).path.write_bytes(b"")
    (leftover,) = find_leftovers(folder)
    assert not half.exists()
    assert own_half.exists()
    own_half.unlink()
    leftover.remove()
    assert names(folder) == [".journal", ".lock"]


def test_a_file_of_a_newer_program_is_neither_offered_nor_removed(folder):
    path = leave(folder, document(0))
    path.write_bytes(path.read_bytes().replace(b'"version":1', b'"version":2'))
    assert find_leftovers(folder) == []
    assert path.exists()
    assert names(folder) == [".journal"]


def test_no_more_than_twenty_are_kept(folder):
    paths = [leave(folder, document(0)) for _ in range(23)]
    for number, path in enumerate(paths):
        os.utime(path, (1_000.0 + number, 1_000.0 + number))
    assert {leftover.path for leftover in find_leftovers(folder)} == set(paths[3:])
    assert not any(path.exists() for path in paths[:3])
