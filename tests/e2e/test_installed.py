"""The built wheel, installed beside nothing of the checkout, is the command `fall-line`."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from engine.files.scenes import load_scene
from engine.files.session import Session, SessionView, write_session

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PACKED = ["pyproject.toml", "README.md", "LICENSE", "main.py", "engine", "gui", "assets", "script/package"]


def run(*words: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words, cwd=folder, env={**os.environ, **variables}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of a copy of the checkout, so that nothing is built inside it."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in PACKED:
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(CHECKOUT / name)
    built = run(
        sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet", "--no-deps",
        "--no-index", "--no-build-isolation", "--wheel-dir", str(folder), str(source), folder=folder,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The wheel's content in a folder; the libraries come from the environment of the tests."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


def test_only_one_name_is_taken_in_a_shared_environment(installed):
    names = {path.name for path in installed.iterdir() if not path.name.endswith(".dist-info")}
    assert names == {"fall_line"}


def test_every_package_of_the_program_is_in_it(installed):
    program = installed / "fall_line" / "program"
    expected = {
        path.relative_to(CHECKOUT) for room in ("engine", "gui") for path in (CHECKOUT / room).rglob("*.py")
    }
    assert {path.relative_to(program) for path in program.rglob("*.py")} == {*expected, Path("main.py")}


def test_it_has_the_scenes_fonts_icons_and_the_korean_catalogue(installed):
    assets = installed / "fall_line" / "program" / "assets"
    for kind in ("scenes/*.json", "fonts/*.otf", "icons/*.svg", "icons/style/*.svg", "translations/*.qm"):
        packed = {path.name for path in assets.glob(kind)}
        assert packed == {path.name for path in (CHECKOUT / "assets").glob(kind)} != set()


def test_the_command_tells_its_version_from_any_folder(installed, tmp_path):
    script = "import sys; from fall_line import main; sys.argv = ['fall-line', '--version']; sys.exit(main())"
    said = run(sys.executable, "-P", "-c", script, folder=tmp_path, PYTHONPATH=str(installed))
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("Fall Line ")


def test_it_trains_without_the_checkout(installed, tmp_path):
    rows = ["h,w,label", *(f"{150 + i},{40 + 2 * i + (i % 3) * 9},{'ab'[i % 2]}" for i in range(20))]
    (tmp_path / "people.csv").write_text("\n".join(rows), encoding="utf-8")
    done = run(
        sys.executable, "-P", "-m", "fall_line", "train", "people.csv", "--height", "h", "--weight", "w",
        "--label", "label", "--export", "out.json", folder=tmp_path, PYTHONPATH=str(installed),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out.json").exists()


def test_it_is_called_by_its_installed_name_in_what_it_says(installed, tmp_path):
    said = run(sys.executable, "-P", "-m", "fall_line", "train", folder=tmp_path, PYTHONPATH=str(installed))
    assert said.stderr.startswith("fall-line train: error: "), said.stderr
    assert said.stderr.endswith("See fall-line train --help.\n")


def test_it_makes_pictures_tables_and_films_without_the_checkout(installed, tmp_path):
    state = load_scene(CHECKOUT / "assets" / "scenes" / "01_first.json").state
    write_session(tmp_path / "lesson.fallline", Session(state, None, SessionView()))
    begins = {
        "a.png": b"\x89PNG", "a.svg": b"<?xml", "a.pdf": b"%PDF-1.", "a.gif": b"GIF89a", "a.csv": b"height_cm"
    }  # fmt: skip
    for name in begins:
        done = run(
            sys.executable, "-P", "-m", "fall_line", "render", "lesson.fallline", "--out", name,
            "--width=320", "--height=240", "--steps=10", "--to=20",
            f"--view={'samples' if name == 'a.csv' else 'both'}",
            folder=tmp_path, PYTHONPATH=str(installed), QT_QPA_PLATFORM="",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert (tmp_path / name).read_bytes().startswith(begins[name])
