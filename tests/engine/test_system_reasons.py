"""Why the system refuses a file: told in our own words by the number of the error, reading and writing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from engine.errors import FallLineError, Message
from engine.files.atomic import check_writable, write_files
from engine.files.reading import read_file
from engine.files.system_reasons import REASONS, reason_of
from engine.files.tables import read_table

NUMBERS = sorted(REASONS)


@pytest.mark.parametrize("number", NUMBERS, ids=[errno.errorcode[number] for number in NUMBERS])
def test_a_known_error_is_told_without_the_systems_words(number):
    reason = reason_of(OSError(number, os.strerror(number)))
    assert isinstance(reason, Message)
    assert os.strerror(number) not in str(reason)
    assert ": " in str(reason)  # what is wrong, then what to do
    assert not str(reason).endswith(".")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ELOOP, "Too many levels"), f"the system refuses it (error {errno.ELOOP}): try"),
        (OSError("strange"), "the system refuses it: try"),
        (ValueError("embedded null byte"), "no file can have this name: choose"),
    ],
)
def test_any_other_error_is_told_without_the_systems_words_too(error, words):
    assert str(reason_of(error)).startswith(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.ENOSPC, "the disk is full: free some space"), (errno.EROFS, "the disk can only be read")],
)
def test_a_disk_that_takes_no_file_is_told(tmp_path, monkeypatch, number, words):
    def refuse(*_args, **_options):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("engine.files.atomic.tempfile.mkstemp", refuse)
    with pytest.raises(FallLineError, match=f"cannot be written: {words}"):
        write_files({tmp_path / "a.csv": b"1"})


def test_a_folder_that_is_not_there_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "no" / "a.csv"
    with pytest.raises(FallLineError) as early:
        check_writable([path])
    with pytest.raises(FallLineError) as late:
        write_files({path: b"1"})
    assert str(early.value) == f"There is no folder “{path.parent}”: choose another one, or make it first."
    assert str(late.value) == (
        f"“{path}” cannot be written, because its folder is not there: "
        "choose another folder, or make it first."
    )


def test_a_folder_without_permission_is_told_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(FallLineError, match="cannot be written: permission denied: change"):
        check_writable([tmp_path / "a.csv"])


@pytest.mark.parametrize("read", [read_file, read_table])
def test_a_disk_that_fails_while_reading_is_told(tmp_path, monkeypatch, read):
    def fail(*_args, **_options):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    path = tmp_path / "a.csv"
    path.write_bytes(b"1")
    monkeypatch.setattr(Path, "open", fail)
    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(FallLineError, match="cannot be read: the disk reports an error"):
        read(path)
