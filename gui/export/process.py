"""`main.py render` as a child process of the window: progress, cancel, and what it has to say."""

from __future__ import annotations

import logging
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from engine.errors import FallLineError
from engine.files.session import write_session
from engine.files.session_content import Session
from gui.background import Background
from gui.export.words import ERROR_WORD, NOTE_WORD, PROGRESS_WORD
from gui.i18n import message_text, translate

_LOG = logging.getLogger(__name__)

PATIENCE_MS = 5_000
"""How long a cancelled child may take to end by itself."""


def own_command() -> tuple[str, list[str]]:
    """Program and first arguments that start this program again: in a bundle it is one file of its own."""
    if getattr(sys, "frozen", False):
        return sys.executable, []
    return sys.executable, [str(Path(__file__).resolve().parents[2] / "main.py")]


class RenderProcess(QObject):
    """Makes one picture or film of a session in a process of its own; the file is written by that.

    `progressed(done, total)` counts frames. At the end comes one of `finished(sentences)`, with what is to be
    said about the film, and `failed(sentence)`; nothing comes after `cancel`, and no file.
    """

    progressed = Signal(int, int)
    finished = Signal(list)
    failed = Signal(str)

    def __init__(
        self, session: Session, out: Path, options: list[str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder = tempfile.TemporaryDirectory(prefix="fall-line-")
        file = Path(self._folder.name) / "session.fallline"
        self._notes: list[str] = []
        self._error = ""
        self._unread = b""
        self._is_cancelled = False
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.errorOccurred.connect(self._on_error)
        self._process.finished.connect(self._on_finished)
        self._words = ["render", str(file), "--out", str(out), "--progress", *options]
        self._writing = Background(self)  # a million samples take seconds
        self._writing.finished.connect(self._on_written)
        self._writing.run("session", write_session, file, session)

    @property
    def is_running(self) -> bool:
        """Whether the child works still."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def cancel(self) -> None:
        """Have the child end: it stops when nobody reads any more what it says, or else is made to."""
        self._is_cancelled = True
        if not self.is_running:
            return  # the session is still being written: when it is, nothing starts
        self._process.closeReadChannel(QProcess.ProcessChannel.StandardOutput)
        QTimer.singleShot(PATIENCE_MS, self._process, self._process.kill)

    def close(self) -> None:
        """End the child now, before the window closes."""
        self._is_cancelled = True
        self._writing.close()
        if self.is_running:
            self._process.kill()
            self._process.waitForFinished(PATIENCE_MS)

    def _on_written(self, kind: str, error: object) -> None:
        del kind
        self._writing.close()
        if self._is_cancelled or isinstance(error, FallLineError):
            self._end(message_text(error.message) if isinstance(error, FallLineError) else "")
        else:
            program, first = own_command()
            self._process.start(program, [*first, *self._words])

    def _read(self) -> None:
        *lines, self._unread = (self._unread + self._process.readAllStandardOutput().data()).split(b"\n")
        for line in lines:
            word, _, rest = line.decode("utf-8", errors="replace").strip().partition(" ")
            if word == PROGRESS_WORD:
                done, total = map(int, rest.split())
                self.progressed.emit(done, total)
            elif word == NOTE_WORD:
                self._notes.append(rest)
            elif word == ERROR_WORD:
                self._error = rest

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            _LOG.error("the process that exports cannot start: %s", self._process.errorString())
            reason = translate("Export", "the program that makes it cannot be started")
            self._end(translate("Export", "It could not be made: {reason}", reason=reason))

    def _on_finished(self, status: int, kind: QProcess.ExitStatus) -> None:
        if self._is_cancelled:
            self._end("")  # it may have been killed
            return
        self._read()
        good = status == 0 and kind == QProcess.ExitStatus.NormalExit
        self._end("" if good else self._error or self._ended_early(status))

    def _end(self, error: str) -> None:
        self._folder.cleanup()
        if self._is_cancelled:
            return
        if error:
            self.failed.emit(error)
        else:
            self.finished.emit(self._notes)

    def _ended_early(self, status: int) -> str:
        """A child that ended without a sentence: what it wrote instead is for the log."""
        words = bytes(self._process.readAllStandardError().data()).decode("utf-8", errors="replace")
        _LOG.error("the process that exports ended with status %d: %s", status, words)
        reason = translate(
            "Export",
            "the program that makes it ended early (status {status}); the log says more",
            status=status,
        )
        return translate("Export", "It could not be made: {reason}", reason=reason)
