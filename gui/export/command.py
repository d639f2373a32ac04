"""The command line of ``main.py render``: pictures and films of a session, without a display."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from engine.errors import FallLineError
from engine.version import COMMAND
from gui.app import Look, make_application
from gui.export.film import MAX_FRAMES_PER_SECOND
from gui.export.job import SUFFIXES, RenderRequest, render
from gui.export.picture import SCALES
from gui.export.stage import PAGES, SAMPLES_VIEW, view_keys
from gui.export.words import ERROR_WORD, NOTE_WORD, PROGRESS_WORD
from gui.i18n import Language, message_text
from gui.theme import Appearance

PROGRAM = f"{COMMAND} render"
STATUS_BAD_INPUT = 2
SMALLEST_PX, LARGEST_PX = 120, 8_192

DESCRIPTION = """\
Make a picture or a film of a session, without a window and without a display.

FILE's ending decides what is made: .png, .svg or .pdf is a picture of where the session stands; .gif, .webp
or .mp4 is a film of its run, trained again from its start; .csv is a table of its samples or loss curves
(--view samples, --view loss); .txt is its samples, classes and settings as one line to send."""

EPILOGUE = "Status: 0 all went well; 2 bad input or usage. FILE is written whole or not at all."


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence, not the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(STATUS_BAD_INPUT, f"{self.prog}: error: {message}\nSee {self.prog} --help.\n")


def main(arguments: Sequence[str]) -> int:
    """Run ``main.py render`` with these arguments, the word ``render`` left out; returns the status."""
    request, is_watched = parse(arguments)
    app = make_application([PROGRAM])
    appearance, language = Appearance(), Language()
    is_page = request.view in PAGES  # for paper: light, and as large as paper is
    appearance.set_mode("light" if is_page else request.theme)
    appearance.set_scale_percent(100 if is_page else request.text_percent)
    language.set_code(request.language)
    look = Look(app, appearance)
    try:
        notes = render(request, appearance, language, _tell_progress if is_watched else _show_progress)
    except FallLineError as error:
        _say(ERROR_WORD, message_text(error.message), is_watched)
        return STATUS_BAD_INPUT
    finally:
        del look
    for note in notes:
        _say(NOTE_WORD, message_text(note), is_watched)
    if not is_watched and sys.stdout is not None:
        print(f"{request.out}")
    return 0


def parse(arguments: Sequence[str]) -> tuple[RenderRequest, bool]:
    """The request, and whether another program watches; a wrong argument ends the program with status 2."""
    options = _parser().parse_args(arguments)
    request = RenderRequest(
        session=Path(options.session),
        out=Path(options.out),
        view=options.view,
        width=options.width,
        height=options.height,
        scale=options.scale,
        frames_per_second=options.fps,
        steps_per_frame=options.steps,
        last_step=options.to,
        theme=options.theme,
        language=options.language,
        text_percent=options.text,
    )
    return request, options.progress


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOGUE,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = RenderRequest(Path(), Path())
    size = _whole(SMALLEST_PX, LARGEST_PX)
    views = (*view_keys(), SAMPLES_VIEW)
    add = parser.add_argument
    add("session", metavar="SESSION", help="a session file (.fallline)")
    add("--out", metavar="FILE", required=True, help=f"what to write: {', '.join(SUFFIXES)}")
    add(
        "--view",
        choices=views,
        default=default.view,
        metavar="VIEW",
        help=f"one of {', '.join(views)} (default: {default.view}, the canvas and the loss curves)",
    )
    add("--width", type=size, default=default.width, help="in pixels at scale 1 (default: %(default)s)")
    add("--height", type=size, default=default.height, help="in pixels at scale 1 (default: %(default)s)")
    add("--scale", type=int, choices=SCALES, default=1, help="pixels of a PNG or film for one (default: 1)")
    add("--theme", choices=("light", "dark"), default=default.theme, help="(default: %(default)s)")
    add("--language", choices=("system", "en", "ko"), default=default.language, help="(default: %(default)s)")
    add(
        "--text",
        type=_whole(100, 250),
        default=default.text_percent,
        metavar="PERCENT",
        help="size of text, lines and markers, 100 to 250 (default: %(default)s)",
    )
    film = parser.add_argument_group("films")
    film.add_argument(
        "--fps",
        type=_whole(1, MAX_FRAMES_PER_SECOND),
        default=default.frames_per_second,
        help="frames per second (default: %(default)s)",
    )
    film.add_argument(
        "--steps", type=_whole(1), help="training steps from frame to frame (default: for about 150 frames)"
    )
    film.add_argument(
        "--to", type=_whole(1), metavar="STEP", help="the last step (default: where the session stands)"
    )
    add("--progress", action="store_true", help="tell another program what is done, a line each")
    return parser


def _whole(least: int, most: int = 2**53) -> Callable[[str], int]:
    def read(text: str) -> int:
        value = int(text) if text.isascii() and text.isdecimal() and len(text) <= 20 else -1
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from {least} to {most}')
        return value

    return read


def _show_progress(done: int, total: int) -> None:
    """A line on a terminal, redrawn in place and wiped at the end; a log gets nothing."""
    if sys.stderr is not None and sys.stderr.isatty():
        line = "" if done == total else f"frame {done:,} of {total:,}"
        print(f"\r{line:<40}", end="\r", file=sys.stderr, flush=True)


def _tell_progress(done: int, total: int) -> None:
    """The window that cancels a film reads no more: that ends it here, before anything is written."""
    try:
        _write(f"{PROGRESS_WORD} {done} {total}\n")
    except OSError:
        raise KeyboardInterrupt from None


def _say(word: str, sentence: str, is_watched: bool) -> None:
    if is_watched:
        _write(f"{word} {sentence}\n")
    else:
        print(f"{PROGRAM}: {word}: {sentence}", file=sys.stderr)


def _write(line: str) -> None:
    """To the descriptor itself: a bundle made for a desktop has no sys.stdout on Windows, and yet a pipe."""
    os.write(1, line.encode("utf-8"))
