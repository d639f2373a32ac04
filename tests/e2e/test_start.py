"""Starting `main.py`: its help, and the one sentence where no window can be shown."""

from __future__ import annotations

import socket
import sys
import tomllib
from pathlib import Path

import pytest

from gui.display import display_problem, missing_library, plugin_problem

CHECKOUT = Path(__file__).resolve().parent.parent.parent
linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has display servers")


@pytest.fixture
def no_display(monkeypatch):
    """An environment without any display."""
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def test_help_names_both_ways(run_main):
    done = run_main("--help")
    assert done.returncode == 0
    assert "main.py [FILE]" in done.stdout
    assert "main.py train DATA.csv" in done.stdout


def test_version_is_that_of_the_project(run_main):
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run_main("--version").stdout == f"Fall Line {project['version']}\n"


def test_a_file_that_is_not_there(run_main):
    done = run_main("none.csv")
    assert done.returncode == 2
    assert 'there is no file "none.csv"' in done.stderr


@linux
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": ":59999"},
        {"DISPLAY": "nonsense"},
        {"DISPLAY": ":59999", "QT_QPA_PLATFORM": "xcb"},
        {"WAYLAND_DISPLAY": "wayland-9", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_no_display_is_one_sentence_and_status_2(run_main, no_display, environment):
    for name, value in environment.items():
        no_display.setenv(name, value)
    done = run_main()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("fall-line: there is no display to show the window on; start it")
    assert done.stderr.count("\n") == 1


@linux
def test_train_needs_no_display(run_main, no_display, tmp_path):
    (tmp_path / "people.csv").write_text("height,weight,sex\n160,60,F\n170,70,M\n")
    columns = ("--height", "height", "--weight", "weight", "--label", "sex", "--export", "out.json")
    assert run_main("train", tmp_path / "people.csv", *columns).returncode == 0


@linux
def test_a_display_that_answers_is_none(tmp_path):
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        environment = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
        assert display_problem(environment) is None
        assert display_problem({"WAYLAND_DISPLAY": str(tmp_path / "wayland-0")}) is None
        assert display_problem(environment | {"QT_QPA_PLATFORM": "xcb"}) is not None


@linux
def test_platforms_without_a_display_server_are_let_through():
    for platform in ("offscreen", "minimal:enable_fonts", "vnc"):
        assert display_problem({"QT_QPA_PLATFORM": platform}) is None


@linux
def test_a_library_that_is_missing_is_named_with_the_command(tmp_path, monkeypatch):
    sentence = missing_library("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "missing (libEGL.so.1); on Debian or Ubuntu: sudo apt-get install -y " in sentence
    monkeypatch.delenv("QT_QPA_PLATFORM")
    assert plugin_problem(tmp_path) is None
    (tmp_path / "libqxcb.so").write_bytes(b"no library")
    assert "libqxcb.so" in plugin_problem(tmp_path)


def test_an_internal_error_is_one_sentence_and_goes_to_the_log(run_main, no_display, own_home):
    no_display.setenv("QT_QPA_PLATFORM", "offscreen")
    broken = own_home / "broken"
    (broken / "PySide6").mkdir(parents=True)
    (broken / "PySide6" / "__init__.py").write_text("raise ImportError('broken on purpose')")
    no_display.setenv("PYTHONPATH", str(broken))
    done = run_main()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("fall-line: internal error, please report it")
    assert done.stderr.count("\n") == 1
    log = own_home / ".local" / "state" / "fall-line" / "fall-line.log"
    assert "broken on purpose" in log.read_text(encoding="utf-8")
