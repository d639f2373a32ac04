"""The page to hand out and its worksheet: A4, light, with the numbers of the run or blanks for them."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from engine.files.scenes import load_scene
from engine.files.session import Session, encode_state, write_session
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from gui.export.handout_words import BLANK, blanked
from tests.e2e.train_tools import MAIN

SCENES = MAIN.parent / "assets" / "scenes"
A4_POINTS = (595, 842)


def saved(path: Path, scene: str, **settings: object) -> Run:
    """A session of a scene, trained for 50 steps; returns its run."""
    state = load_scene(SCENES / f"{scene}.json").state
    state = replace(state, settings=replace(state.settings, **settings))
    run = Run(state.training_spec())
    run.advance(50)
    write_session(path, Session(state, SavedRun.of(run.snapshot())))
    return run


def render(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, str(MAIN), "render", "a.fallline", *words],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # nor does Qt complain, of sizes that its platform without a display ignores


def texts(path: Path) -> list[str]:
    """What an SVG says, text by text."""
    return [text for text, _ in placed_texts(path)]


def placed_texts(path: Path) -> list[tuple[str, float]]:
    """What an SVG says, and how far down each text begins, in pixels."""
    found = re.findall(r'aria-label="([^"]*)" d="M[\d.]+ ([\d.]+)', path.read_text(encoding="utf-8"))
    return [(unescape(text).strip(), float(y)) for text, y in found]


def test_the_page_is_one_a4_sheet(tmp_path, own_home):
    saved(tmp_path / "a.fallline", "01_first")
    render(tmp_path, "--out=a.pdf", "--view=handout")
    data = (tmp_path / "a.pdf").read_bytes()
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", data)
    assert [tuple(map(float, box)) for box in boxes] == [A4_POINTS]


def test_the_handout_says_the_numbers_and_the_worksheet_leaves_them_out(tmp_path, own_home):
    run = saved(tmp_path / "a.fallline", "01_first")
    render(tmp_path, "--out=a.svg", "--view=handout")
    render(tmp_path, "--out=b.svg", "--view=worksheet")
    handout, worksheet = texts(tmp_path / "a.svg"), texts(tmp_path / "b.svg")
    snapshot = run.snapshot()
    w = snapshot.parameters[0]
    weights = f"w = ({w[0]:.3f}, {w[1]:.3f})  b = {w[2]:.3f}"
    assert weights in handout
    assert weights not in worksheet
    assert f"w = ({BLANK}, {BLANK})  b = {BLANK}" in worksheet
    assert f"z = {BLANK} cm + {BLANK} kg + {BLANK}" in worksheet
    assert any(text.startswith("trained on BCE: ") for text in handout)
    assert "BCE" in worksheet
    assert not any(text.startswith("trained on BCE") for text in worksheet)
    for page in (handout, worksheet):
        assert "Seed: 7" in page
        assert "Step: 50" in page
        assert "needs a diet (53)" in page


def test_the_page_is_light_in_a_dark_theme_and_holds_something_in_every_part(tmp_path, own_home):
    from PIL import Image

    saved(tmp_path / "a.fallline", "01_first")
    render(tmp_path, "--out=a.png", "--view=handout", "--theme=dark", "--text=200")
    with Image.open(tmp_path / "a.png") as image:
        grey = np.asarray(image.convert("L"), dtype=float)
    assert grey.shape == (1123, 794)
    assert np.median(grey) > 200
    assert all((part < 100).any() for part in np.array_split(grey, 8))
    edges = (grey[:, :30], grey[:, -30:], grey[:20], grey[-20:])
    assert all((edge == 255).all() for edge in edges)  # nothing runs over the margins


@pytest.mark.parametrize(
    ("scene", "settings", "says"),
    [
        ("60_three_classes", {}, "overweight (65)"),
        ("60_three_classes", {"loss_mode": "outputs"}, "K sigmoids"),
        ("34_hidden_layers", {}, "Batch size: all"),
        ("21_step_perceptron", {}, "Results"),
    ],
)
@pytest.mark.parametrize("view", ["handout", "worksheet"])
def test_a_page_of_every_kind_of_model_ends_above_its_last_line(
    tmp_path, own_home, scene, settings, says, view
):
    saved(tmp_path / "a.fallline", scene, **settings)
    render(tmp_path, "--out=a.svg", f"--view={view}")
    *before, (last_words, last_y) = placed_texts(tmp_path / "a.svg")
    assert last_words.startswith("Fall Line 0.")
    assert max(y for _, y in before) < last_y - 10
    words = [text for text, _ in before]
    assert says in words
    assert any(text.startswith("Threshold on p") for text in words) == ("three" not in scene)


def test_a_page_is_no_film(tmp_path, own_home):
    (tmp_path / "a.fallline").write_bytes(encode_state(load_scene(SCENES / "01_first.json").state))
    with pytest.raises(AssertionError, match="not a film"):
        render(tmp_path, "--out=a.gif", "--view=handout")


def test_blanks_take_the_place_of_numbers_and_signs_alone():
    assert blanked("z₀ = -0.240 cm + 1,245.5 kg - 2.1e-7") == f"z₀ = {BLANK} cm + {BLANK} kg + {BLANK}"
    assert blanked("p₁ = σ(z₁ - z₀)") == "p₁ = σ(z₁ - z₀)"
