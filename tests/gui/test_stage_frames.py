"""Every frame of a film, and every still, says the numbers of its own step: no text is a frame behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize

from engine.files.scenes import load_scene
from engine.files.session_content import Session
from engine.snapshots import METRICS
from gui.export import job
from gui.export.picture import Recording, picture_bytes
from gui.export.replay import Replay
from gui.export.stage import Setting, Stage
from gui.formulas import percent_text, weights_text
from gui.frame import Frame
from gui.i18n import Language
from gui.run_words import FEW_CLASSES
from gui.theme import Appearance
from tests.gui.window_driver import dressed

SCENE = Path(__file__).resolve().parents[2] / "assets" / "scenes" / "01_first.json"
STEPS = range(0, 61, 6)


@pytest.fixture(scope="module")
def session() -> Session:
    return Session(load_scene(SCENE).state)


@contextmanager
def staged(session: Session, view: str, size: QSize) -> Iterator[Stage]:
    appearance, language = Appearance(), Language()
    appearance.set_mode("light")
    language.set_code("en")
    with dressed(appearance):
        stage = Stage(session, view, Setting(appearance, language, size))
        try:
            yield stage
        finally:
            stage.close()
            stage.widget.deleteLater()


def words(recording: Recording) -> list[str]:
    """What a picture says, text by text."""
    svg = picture_bytes(recording, ".svg").decode()
    return [unescape(text).strip() for text in re.findall(r'aria-label="([^"]*)"', svg)]


def curve_ends(frame: Frame) -> list[str]:
    """What stands at the ends of the curves: each model's share of wrong answers."""
    shares = frame.snapshot.metrics[:, METRICS.index("error_rate")].tolist()
    return [
        f"trained on {loss.upper()}: {percent_text(share)}"
        for loss, share in zip(frame.snapshot.spec.losses, shares, strict=True)
    ]


def weights(frame: Frame) -> list[str]:
    return [weights_text(row) for row in frame.snapshot.parameters.tolist()]


@pytest.mark.parametrize(
    ("view", "size", "says"),
    [
        ("loss", QSize(640, 360), [curve_ends]),
        ("both", QSize(960, 480), [curve_ends]),
        ("weights", QSize(640, 360), [weights]),
        ("window", QSize(1440, 900), [curve_ends, weights]),
    ],
)
def test_each_frame_says_the_numbers_of_its_step(qtbot, session, view, size, says):
    replay = Replay(session.state, FEW_CLASSES)
    seen = set()
    with staged(session, view, size) as stage:
        for step in STEPS:
            replay.advance_to(step)
            frame = replay.frame(stage.request)
            stage.show_frame(frame)
            QCoreApplication.processEvents()  # new labels take their places
            shown = words(stage.recording())
            wanted = [text for texts in says for text in texts(frame)]
            assert [text for text in wanted if text not in shown] == []
            seen.update(wanted)
    assert len(seen) > len(STEPS)


def test_what_a_film_is_made_of_says_the_numbers_of_the_last_step(qtbot, session, tmp_path, monkeypatch):
    from engine.files.session import write_session

    write_session(tmp_path / "a.fallline", session)
    said, image_of = [], job.image_of

    def listened(recording: Recording, scale: float = 1):
        said.append(words(recording))
        return image_of(recording, scale)

    monkeypatch.setattr(job, "image_of", listened)
    appearance, language = Appearance(), Language()
    appearance.set_mode("light")
    language.set_code("en")
    request = job.RenderRequest(
        tmp_path / "a.fallline",
        tmp_path / "a.gif",
        view="loss",
        width=480,
        height=270,
        steps_per_frame=6,
        last_step=60,
    )
    job.render(request, appearance, language)
    replay = Replay(session.state, FEW_CLASSES)
    assert len(said) == len(STEPS)
    for step, shown in zip(STEPS, said, strict=True):
        replay.advance_to(step)
        assert set(curve_ends(replay.frame())) <= set(shown)
