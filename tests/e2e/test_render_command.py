"""`main.py render`: real processes without a display, and the files that others read back."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.files.scene_text import decode_scene_text
from engine.files.scenes import load_scene
from engine.files.session import Session, SessionView, encode_state, write_session
from engine.files.tables import extract_samples, guess_columns, read_table
from engine.running.history import LossCurve
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from tests.e2e.train_tools import MAIN

SCENES = MAIN.parent / "assets" / "scenes"
STEPS = 60


@pytest.fixture
def session(tmp_path) -> Path:
    """The first scene, trained for a while."""
    state = load_scene(SCENES / "01_first.json").state
    run = Run(state.training_spec())
    run.advance(STEPS)
    path = tmp_path / "lesson.fallline"
    write_session(path, Session(state, SavedRun.of(run.snapshot()), SessionView(ruler="cross_entropy")))
    return path


@pytest.fixture
def render(tmp_path, own_home):
    """Run ``main.py render`` where there is no display at all."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }

    def run(*words: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(MAIN), "render", *map(str, words)],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
            check=False,
        )

    return run


def made(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_png_has_the_size_asked_for(render, session, tmp_path):
    from PIL import Image

    made(render(session, "--out", "a.png", "--width=640", "--height=360", "--scale=2"))
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (1280, 720)
        assert len(image.getcolors(1 << 24)) > 500


@pytest.mark.parametrize("view", ["canvas", "loss", "weights", "window", "network", "surface", "metrics"])
def test_every_kind_of_view_can_be_pictured(render, session, tmp_path, view):
    from PIL import Image

    made(render(session, "--out", "a.png", "--view", view, "--width=1200", "--height=800"))
    with Image.open(tmp_path / "a.png") as image:
        assert image.size == (1200, 800)
        assert np.asarray(image.convert("L")).std() > 4


def test_svg_and_pdf_are_what_they_are_called(render, session, tmp_path):
    made(render(session, "--out", "a.svg"))
    made(render(session, "--out", "a.pdf", "--theme=dark", "--language=ko", "--text=150"))
    assert b"</svg>" in (tmp_path / "a.svg").read_bytes()
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_gif_holds_the_run_and_ends_where_the_session_stands(render, session, tmp_path):
    from PIL import Image

    size = ("--width=480", "--height=270")
    made(render(session, "--out", "a.gif", "--steps=20", "--fps=10", *size))
    made(render(session, "--out", "end.png", *size))
    with Image.open(tmp_path / "a.gif") as film, Image.open(tmp_path / "end.png") as end:
        assert (film.n_frames, film.size, film.info["loop"]) == (STEPS // 20 + 1, (480, 270), 0)
        durations, frames = [], []
        for number in range(film.n_frames):
            film.seek(number)
            durations.append(film.info["duration"])
            frames.append(np.asarray(film.convert("RGB"), dtype=int))
        assert durations == [100, 100, 100, 2100]
        last = np.asarray(end.convert("RGB"), dtype=int)
        assert np.abs(frames[-1] - last).mean() < 3
        assert np.abs(frames[0] - last).mean() > 5


@pytest.mark.parametrize(("name", "codec"), [("a.mp4", "h264"), ("a.webp", "webp")])
def test_films_play_at_the_speed_asked_for(render, session, tmp_path, name, codec):
    made(render(session, "--out", name, "--steps=10", "--fps=5", "--width=481", "--height=271"))
    if name.endswith(".webp"):
        from PIL import Image

        with Image.open(tmp_path / name) as film:
            assert (film.size, film.n_frames) == ((480, 270), STEPS // 10 + 1)
            durations = []
            for number in range(film.n_frames):
                film.seek(number)
                film.load()
                durations.append(film.info["duration"])
            assert durations[:-1] == [200] * (STEPS // 10)
        return
    import av

    with av.open(str(tmp_path / name)) as container:
        stream = container.streams.video[0]
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(stream)]
        assert (stream.codec_context.name, stream.average_rate) == (codec, 5)
        assert frames[0].shape == (270, 480, 3)
        assert len(frames) == STEPS // 10 + 1 + 10
        assert np.abs(frames[0].astype(int) - frames[-1]).mean() > 5


def test_a_session_that_was_never_trained_becomes_a_film_of_as_many_steps_as_asked_for(render, tmp_path):
    from PIL import Image

    state = load_scene(SCENES / "60_three_classes.json").state
    (tmp_path / "b.fallline").write_bytes(encode_state(state))
    made(render("b.fallline", "--out", "b.gif", "--view=canvas", "--to=30", "--steps=10", "--width=300"))
    with Image.open(tmp_path / "b.gif") as film:
        assert film.n_frames == 4


def test_a_run_that_was_changed_on_its_way_is_told(render, session, tmp_path):
    state = load_scene(SCENES / "01_first.json").state
    run = Run(state.training_spec())
    run.advance(30)
    run.set_spec(
        replace(state.training_spec(), optimizer=replace(state.settings.optimizer, learning_rate=1.0))
    )
    run.advance(30)
    changed = replace(state.settings, optimizer=replace(state.settings.optimizer, learning_rate=1.0))
    saved = Session(replace(state, settings=changed), SavedRun.of(run.snapshot()))
    write_session(tmp_path / "c.fallline", saved)
    picture = render("c.fallline", "--out", "c.png")
    assert picture.returncode == 0
    assert "begin at step 60" in picture.stderr
    curve = LossCurve(2)
    for batch in run.take_records()[0]:
        curve.append(batch)
    write_session(tmp_path / "d.fallline", replace(saved, run=SavedRun.of(run.snapshot(), curve)))
    known = render("d.fallline", "--out", "d.png")
    assert (known.returncode, known.stderr) == (0, "")
    assert (tmp_path / "d.png").read_bytes() != (tmp_path / "c.png").read_bytes()
    film = render("c.fallline", "--out", "c.gif", "--steps=30", "--width=200", "--height=150")
    assert film.returncode == 0
    assert "ends elsewhere" in film.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("none.fallline", "--out", "a.png"), "cannot be read"),
        (
            ("lesson.fallline", "--out", "a.bmp"),
            "ends in none of .png, .svg, .pdf, .gif, .webp, .mp4, .csv",
        ),
        (("lesson.fallline", "--out", "no/a.png"), "There is no folder"),
        (("lesson.fallline", "--out", "a.gif", "--steps=1", "--to=1000000"), "take more steps a frame"),
        (("lesson.fallline", "--out", "a.mp4", "--width=2100", "--scale=2"), "at most 4096 pixels"),
        (
            ("lesson.fallline", "--out", "a.png", "--width=8192", "--height=8192", "--scale=4"),
            "too large to be made",
        ),
        (("lesson.fallline", "--out", "a.csv"), "made of the views loss and samples"),
        (("lesson.fallline", "--out", "a.png", "--view=samples"), "made of the views loss and samples"),
        (("lesson.fallline", "--out", "a.png", "--view", "moon"), "invalid choice"),
        (("lesson.fallline", "--out", "a.png", "--width", "9"), "not a whole number from 120"),
        (("lesson.fallline",), "required: --out"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_sentence(render, session, tmp_path, words, sentence):
    done = render(*words)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert [path for path in tmp_path.iterdir() if path.name.startswith(("a.", ".a"))] == []


def test_progress_is_told_line_by_line_to_the_program_that_asks(render, session):
    done = render(session, "--out", "a.gif", "--steps=30", "--width=200", "--height=150", "--progress")
    assert done.returncode == 0
    assert done.stdout.splitlines() == ["progress 1 3", "progress 2 3", "progress 3 3"]


def test_the_curves_are_written_as_a_table(render, session, tmp_path):
    made(render(session, "--out", "curves.csv", "--view=loss"))
    lines = (tmp_path / "curves.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(lines))
    run = Run(load_scene(SCENES / "01_first.json").state.training_spec())
    assert [int(row["step"]) for row in rows] == [step for step in range(STEPS + 1) for _ in run.spec.models]
    assert [row["trained_on"] for row in rows[:2]] == ["bce", "mse"]
    run.advance(STEPS)
    assert float(rows[-2]["cross_entropy"]) == run.snapshot().metrics[0][0]


def test_the_samples_are_written_as_a_table_that_opens_again(render, session, tmp_path):
    made(render(session, "--out", "samples.csv", "--view=samples", "--language=en"))
    table = read_table(tmp_path / "samples.csv")
    found = extract_samples(table, guess_columns(table))
    rows = load_scene(SCENES / "01_first.json").state.samples.rows
    assert found.height_cm.tobytes() == rows.height_cm.tobytes()
    by_name = {"no diet needed": rows.class_counts[0], "needs a diet": rows.class_counts[1]}
    assert dict(zip(found.class_names, found.class_counts, strict=True)) == by_name


def test_the_scene_is_written_as_one_line(render, session, tmp_path):
    made(render(session, "--out", "scene.txt"))
    text = (tmp_path / "scene.txt").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    state = load_scene(SCENES / "01_first.json").state
    assert encode_state(decode_scene_text(text)) == encode_state(state)
