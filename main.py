"""Fall Line: arguments, logging and the last guard against exceptions; then window, `train` or `render`."""

from __future__ import annotations

import argparse
import gc
import logging
import logging.handlers
import os
import sys
import threading
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from engine.version import COMMAND, VERSION

# NumPy's linear algebra reads these when it is loaded, which is later. One thread: the same bits in every
# run, however many cores there are, and for matrices of three rows a second thread only costs time.
for _variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_variable] = "1"

STATUS_INTERNAL_ERROR = 1
STATUS_NO_WINDOW = 2
STATUS_INTERRUPTED = 130

USAGE = f"""\
{COMMAND} [FILE]                       open the window, with a session, a CSV file or exported weights in it
       {COMMAND} train DATA.csv ... [--help]  train and export without a window
       {COMMAND} render SESSION --out FILE    make a picture, a film or a table without a window"""

DESCRIPTION = "Place people on a height and weight canvas, and watch gradient descent find the boundary."

logger = logging.getLogger("fall_line")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["read-sheet"]:
        return _read_sheet(words[1:])
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a console without Hangul must not end the program
    log_file = _start_log()
    try:
        if words[:1] == ["train"]:
            return _train(words[1:])
        if words[:1] == ["render"]:
            return _render(words[1:])
        return _window(words, log_file)
    except KeyboardInterrupt:
        print("fall-line: stopped", file=sys.stderr)
        return STATUS_INTERRUPTED
    except Exception:
        logger.critical("unexpected exception", exc_info=True)
        print(f"fall-line: internal error, please report it with what {log_file} says", file=sys.stderr)
        return STATUS_INTERNAL_ERROR


def _read_sheet(words: list[str]) -> int:
    """What a bundle, which has no Python to run a file with, starts itself again for."""
    from engine.files.sheet_worker import main as read_sheet

    return read_sheet(words)


def _train(words: list[str]) -> int:
    from engine.command_line.parser import main as train

    return train(words)


def _render(words: list[str]) -> int:
    """Make a picture or film of a session: Qt paints it, on a platform that needs no display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.display import missing_library

    try:
        from gui.export.command import main as render
    except ImportError as error:
        if "cannot open shared object file" not in str(error):
            raise
        print(f"fall-line: {missing_library(str(error))}", file=sys.stderr)
        return STATUS_NO_WINDOW
    return render(words)


def _window(words: list[str], log_file: Path) -> int:
    """Open the window, or say in one sentence why there can be none."""
    parser = argparse.ArgumentParser(prog=COMMAND, usage=USAGE, description=DESCRIPTION, allow_abbrev=False)
    parser.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        help="a session (.fallline), a CSV file, or exported weights (.json, .npz)",
    )
    parser.add_argument("--version", action="version", version=f"Fall Line {VERSION}")
    options = parser.parse_args(words)
    if options.file is not None and not Path(options.file).exists():
        parser.error(f'there is no file "{options.file}"')

    gc.disable()  # what a start makes is there to stay; later `gui.garbage` collects
    from gui.display import display_problem, missing_library, plugin_problem

    problem = display_problem()
    if problem is None:
        try:
            import PySide6

            from gui.app import run
        except ImportError as error:
            if "cannot open shared object file" not in str(error):
                raise
            problem = missing_library(str(error))
        else:
            problem = plugin_problem(Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms")
    if problem is not None:
        gc.enable()
        print(f"fall-line: {problem}", file=sys.stderr)
        return STATUS_NO_WINDOW
    return run(sys.argv[:1], [options.file] if options.file is not None else [], log_file)


def _state_folder() -> Path:
    """Where a program keeps its log on this system."""
    home = Path(os.path.expanduser("~"))  # unlike Path.home() never fails
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "Fall Line"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "Fall Line"
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / "fall-line"


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log that is made, with its folder, only when there is something to write."""

    def _open(self) -> TextIOWrapper:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Print what cannot be written, so that it is not lost."""
        if sys.stderr is not None:
            print(self.format(record), file=sys.stderr)


def _start_log() -> Path:
    """Log warnings and errors, those of other threads too, to a rotating file; returns its path."""
    log_file = _state_folder() / "fall-line.log"
    handler = _LogFile(log_file, maxBytes=500_000, backupCount=2, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.setLevel(logging.WARNING)
    logging.getLogger().addHandler(handler)
    threading.excepthook = _log_thread_exception
    return log_file


def _log_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    logger.critical(
        "unexpected exception in %s",
        arguments.thread.name if arguments.thread else "a thread",
        exc_info=arguments.exc_value,
    )


if __name__ == "__main__":
    sys.exit(main())
