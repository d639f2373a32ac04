"""Kills a session in the real window at a random moment, and looks at what is left of it."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.document.commands import apply
from engine.files.journal import SUFFIX, read_journal
from engine.files.journal_content import Work
from engine.files.session import read_session
from tests.e2e.kill_child import TICK_MS, digest, digest_of

CHILD = Path(__file__).resolve().with_name("kill_child.py")
TICKS_A_SECOND = 1000 // TICK_MS
_LONGEST_SECONDS = 120.0

Line = dict[str, Any]


@dataclass(frozen=True)
class Killed:
    """What was told until a session was killed, and what its journal says.

    Attributes
    ----------
    told : list of Line
        Each change of the document, frame and tick of the session's own clock.
    at : float
        When it was killed, on the clock of what was told.
    work : Work or None
        None where it was killed before the first change was a moment old.
    journals, halves : int
        Files of journals, and files that were being written when it was killed, which nobody reads.
    has_session : bool
        Whether there is a session file; it was read, and is whole.
    """

    told: list[Line]
    at: float
    work: Work | None
    journals: int
    halves: int
    has_session: bool

    @property
    def documents(self) -> list[Line]:
        """How the document stood, in the order of time."""
        return [line for line in self.told if line["kind"] == "document"]

    @property
    def last_tick(self) -> int:
        """Ticks that the session lived."""
        return max(line["tick"] for line in self.told)

    @property
    def kept(self) -> int | None:
        """The newest of `documents` that the journal holds, with its undo stack; None where it holds none."""
        if self.work is None:
            return 0  # what a start shows by itself
        state = digest(self.work.state)
        matches = [
            number
            for number, line in enumerate(self.documents)
            if (line["state"], line["index"], line["count"])
            == (state, self.work.index, len(self.work.entries))
        ]
        return matches[-1] if matches else None

    @property
    def first_missing(self) -> Line | None:
        """The oldest change of the document that is not in the journal."""
        assert self.kept is not None
        later = self.documents[self.kept + 1 :]
        return later[0] if later else None

    @property
    def lost_ticks(self) -> int:
        """Age of the oldest change that is missing, on the session's own clock; 0 where nothing is."""
        missing = self.first_missing
        return 0 if missing is None else self.last_tick - int(missing["tick"])

    @property
    def lost_seconds(self) -> float:
        """The same in seconds before the kill."""
        missing = self.first_missing
        return 0.0 if missing is None else self.at - float(missing["seconds"])

    @property
    def run_age_ticks(self) -> int | None:
        """How long before the kill the run was where the journal says; None where no frame shows it."""
        frames = [line for line in self.told if line["kind"] == "frame"]
        if self.work is None or self.work.run is None:
            return 0
        run = self.work.run.run
        shown = digest_of(run.parameters.tobytes())
        places = [
            number for number, line in enumerate(frames) if (line["step"], line["run"]) == (run.step, shown)
        ]
        if not places:
            return None
        later = frames[places[-1] + 1 :]
        return self.last_tick - int(later[0]["tick"]) if later else 0

    @property
    def can_undo_and_redo(self) -> bool:
        """Whether the whole undo stack goes down and up again, to the same document."""
        if self.work is None:
            return True
        state, index = self.work.state, self.work.index
        for entry in reversed(self.work.entries[:index]):
            state = apply(state, entry.command.inverted())
        for entry in self.work.entries[:index]:
            state = apply(state, entry.command)
        return digest(state) == digest(self.work.state)


def kill_session(folder: Path, environment: Mapping[str, str], seed: int, longest_seconds: float) -> Killed:
    """Start a session, kill it at a moment that the seed chooses, and look at what is left.

    `folder` is for its files; the environment names the state folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    told, session = folder / "told.jsonl", folder / "lesson.fallline"
    command = [sys.executable, str(CHILD), str(told), str(seed), str(session)]
    with subprocess.Popen(command, env=dict(environment), stderr=subprocess.PIPE) as child:
        try:
            _wait_for(told, "ready", child)
            time.sleep(random.Random(seed).uniform(0.05, longest_seconds))
        finally:
            at = time.monotonic()
            child.kill()
    recovery = state_folder(environment) / "recovery"
    journals = sorted(recovery.glob(f"*{SUFFIX}"))
    if session.exists():
        read_session(session)
    return Killed(
        told=_lines(told),
        at=at,
        work=read_journal(journals[0]) if journals else None,
        journals=len(journals),
        halves=len(list(recovery.glob("*.tmp"))),
        has_session=session.exists(),
    )


def start_again(folder: Path, environment: Mapping[str, str]) -> list[Line]:
    """Start the program, bring back what is offered, and return what it told."""
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "told-again.jsonl"
    done = subprocess.run(
        [sys.executable, str(CHILD), str(told)],
        env=dict(environment),
        timeout=_LONGEST_SECONDS,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return _lines(told)


def state_folder(environment: Mapping[str, str]) -> Path:
    """Where the program keeps its recovery folder, in an environment made for it."""
    return Path(environment["XDG_STATE_HOME"]) / "fall-line"


def _lines(path: Path) -> list[Line]:
    """The whole lines of what was told."""
    text = path.read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]


def _wait_for(path: Path, kind: str, child: subprocess.Popen[bytes]) -> None:
    """Wait until a process told something of this kind."""
    end = time.monotonic() + _LONGEST_SECONDS
    while not (path.exists() and any(line["kind"] == kind for line in _lines(path))):
        if child.poll() is not None or time.monotonic() > end:
            error = b"" if child.stderr is None or child.poll() is None else child.stderr.read()
            raise AssertionError(f"the session did not begin: {error.decode(errors='replace')}")
        time.sleep(0.01)
