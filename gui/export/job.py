"""What `main.py render` does: a session to one picture, film, table or line of text, with progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QImage

from engine.errors import QT_TRANSLATE_NOOP, FallLineError, Message
from engine.files.atomic import check_writable, write_files
from engine.files.curves_csv import curves_csv
from engine.files.samples_csv import samples_csv
from engine.files.scene_text import encode_scene_text
from engine.files.session import read_session
from engine.files.session_content import Session
from gui.export.film import FILM_SUFFIXES, check_film, film_bytes, film_size
from gui.export.handout import handout
from gui.export.picture import PICTURE_SUFFIXES, Recording, image_of, picture_bytes
from gui.export.replay import Replay
from gui.export.stage import PAGES, SAMPLES_VIEW, TABLES, Setting, Stage
from gui.frame import Frame
from gui.i18n import Language, class_name
from gui.run_words import FEW_CLASSES
from gui.theme import Appearance

TABLE_SUFFIX, LINE_SUFFIX = ".csv", ".txt"
SUFFIXES = (*PICTURE_SUFFIXES, *FILM_SUFFIXES, TABLE_SUFFIX, LINE_SUFFIX)
UNTRAINED_STEPS = 1_000
"""How far the film of a session goes that was never trained."""
FILM_FRAMES = 150
"""About how many frames a film has, unless told."""
_REPLAY_SECONDS = 60.0

CURVES_UNKNOWN = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "The run, taken again, leads elsewhere, as it was changed on its way or made on another kind of "
        "processor: its curves begin at step {step}.",
    )
)
OTHER_RUN = Message(
    QT_TRANSLATE_NOOP(
        "Engine",
        "The run was changed on its way or made on another kind of processor: the film shows it from its "
        "start with the samples and settings of the end, and ends elsewhere.",
    )
)
ENDED = Message(QT_TRANSLATE_NOOP("Engine", "The film ends at step {step}, where the run does: {reason}"))

Report = Callable[[int, int], object]
"""Hears how much is done of how much."""


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """What to make of a session.

    Attributes
    ----------
    view : str
        One of `stage.view_keys`.
    width, height : int
        In pixels at scale 1.
    scale : int
        How many pixels stand for one, across and down (PNG and films).
    frames_per_second : int
    steps_per_frame : int or None
        None: as many as give a film of about `FILM_FRAMES` frames.
    last_step : int or None
        None: where the session stands, or `UNTRAINED_STEPS`.
    """

    session: Path
    out: Path
    view: str = "both"
    width: int = 1280
    height: int = 720
    scale: int = 1
    frames_per_second: int = 20
    steps_per_frame: int | None = None
    last_step: int | None = None
    theme: Literal["light", "dark"] = "light"
    language: Literal["system", "en", "ko"] = "system"
    text_percent: int = 100


def render(
    request: RenderRequest,
    appearance: Appearance,
    language: Language,
    report: Report = lambda done, total: None,
) -> list[Message]:
    """Make the picture, film or text and write it, whole or not at all; returns what is to be said about it.

    Raises
    ------
    FallLineError
        If the session cannot be read, or the picture cannot be made or written.
    """
    suffix = request.out.suffix.lower()
    if suffix not in SUFFIXES:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "“{name}” ends in none of {suffixes}."),
            name=request.out.name,
            suffixes=", ".join(SUFFIXES),
        )
    if request.view in PAGES and suffix in FILM_SUFFIXES:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "A page to hand out is a picture, not a film."))
    if (suffix == TABLE_SUFFIX and request.view not in TABLES) or (
        request.view == SAMPLES_VIEW and suffix != TABLE_SUFFIX
    ):
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "A CSV file is made of the views loss and samples, and the latter makes nothing else.",
            )
        )
    check_writable([request.out])
    session = read_session(request.session)
    if suffix in (TABLE_SUFFIX, LINE_SUFFIX):
        data, notes = _text(request, session)
        write_files({request.out: data})
        return notes
    size = QSize(*_size(request, suffix))
    stage = Stage(session, request.view, Setting(appearance, language, size))
    try:
        if suffix in FILM_SUFFIXES:
            data, notes = _film(request, session, stage, report)
        else:
            frame, notes = _stand(session, stage)
            recording = (
                _page(request, stage, frame, appearance) if request.view in PAGES else stage.recording()
            )
            data = picture_bytes(recording, suffix, request.scale)
    finally:
        stage.close()
    write_files({request.out: data})
    return notes


def film_steps(request: RenderRequest, session: Session) -> tuple[int, int]:
    """The last step of a film, and how many steps each of its frames goes on."""
    trained = 0 if session.run is None else session.run.step
    last = request.last_step if request.last_step is not None else trained or UNTRAINED_STEPS
    return last, request.steps_per_frame or max(1, -(-last // FILM_FRAMES))


def _size(request: RenderRequest, suffix: str) -> tuple[int, int]:
    if suffix not in FILM_SUFFIXES:
        return request.width, request.height
    width, height = film_size(suffix, request.width, request.height)
    return max(width, 2), max(height, 2)


def _page(request: RenderRequest, stage: Stage, frame: Frame | None, appearance: Appearance) -> Recording:
    if frame is None:
        raise FallLineError(FEW_CLASSES.template, **FEW_CLASSES.values)
    return handout(stage, frame, appearance.theme, with_blanks=request.view == "worksheet")


def _stand(session: Session, stage: Stage) -> tuple[Frame | None, list[Message]]:
    """Show the session as it stands, with its curves: from the file, or from taking its run again."""
    if len(session.state.classes) < 2:
        stage.settle()
        return None, []
    replay, notes = _replayed(session)
    frame = replay.frame(stage.request)
    stage.show_frame(frame)
    stage.settle()
    stage.show_frame(frame)  # what was settled may be the window's own, without the curves
    return frame, notes


def _replayed(session: Session) -> tuple[Replay, list[Message]]:
    """The session's run where it stands, with its curves: from the file, or from taking it again."""
    replay, saved = Replay(session.state, FEW_CLASSES), session.run
    if saved is not None and saved.curve is not None:
        replay.resume(saved)
    elif saved is not None:
        replay.advance_to(saved.step, _REPLAY_SECONDS)
        if not replay.is_at(saved):
            replay.resume(saved)
            return replay, [Message(CURVES_UNKNOWN.template, {"step": saved.step})]
    return replay, []


def _text(request: RenderRequest, session: Session) -> tuple[bytes, list[Message]]:
    """The samples or curves as a table, or the scene as one line."""
    if request.out.suffix.lower() == LINE_SUFFIX:
        return f"{encode_scene_text(session.state)}\n".encode(), []
    if request.view == SAMPLES_VIEW:
        names = [class_name(info) for info in session.state.classes]
        return samples_csv(session.state.samples, names), []
    replay, notes = _replayed(session)
    frame = replay.frame()
    return curves_csv(frame.curve, frame.snapshot.spec), notes


def _film(
    request: RenderRequest, session: Session, stage: Stage, report: Report
) -> tuple[bytes, list[Message]]:
    suffix = request.out.suffix.lower()
    replay = Replay(session.state, FEW_CLASSES)
    if replay.obstacle is not None:
        raise FallLineError(replay.obstacle.template, **replay.obstacle.values)
    last, steps = film_steps(request, session)
    frames = 1 + -(-last // steps)
    width, height = _size(request, suffix)
    check_film(suffix, request.scale * width, request.scale * height, frames)
    settles = request.view not in ("canvas", "loss", "both")

    def images() -> Iterator[QImage]:
        for number in range(frames):
            replay.advance_to(min(number * steps, last))
            frame = replay.frame(stage.request)
            stage.show_frame(frame)
            if settles:
                stage.settle()
                stage.show_frame(frame)  # as in `_stand`
            QCoreApplication.processEvents()
            report(number + 1, frames)
            yield image_of(stage.recording(), request.scale)
            if replay.has_stopped:
                return

    data = film_bytes(images(), suffix, request.frames_per_second)
    notes = []
    if replay.step < last and replay.stop is not None:
        notes.append(Message(ENDED.template, {"step": replay.step, "reason": replay.stop.message}))
    elif session.run is not None and replay.step == session.run.step and not replay.is_at(session.run):
        notes.append(OTHER_RUN)
    return data, notes
