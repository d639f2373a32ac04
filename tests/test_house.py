"""The rules of the house, as tests: who imports whom, how long a file may be, what no file may say."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
ENGINE_FILES = sorted((CHECKOUT / "engine").rglob("*.py"))
GUI_FILES = sorted((CHECKOUT / "gui").rglob("*.py"))
PROGRAM_FILES = [CHECKOUT / "main.py", *ENGINE_FILES, *GUI_FILES]

FILE_LINES = 400
FUNCTION_LINES = 60

# What engine/files reads with, besides NumPy, and only inside the functions that read.
PINNED_READERS = {"charset_normalizer", "msgspec", "onnx", "pyarrow", "python_calamine", "safetensors"}


def named(path: Path) -> str:
    """A test's name for a file."""
    return path.relative_to(CHECKOUT).as_posix()


def module_name(path: Path) -> str:
    """The dotted name of a module of the program."""
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Each import in `tree` with the top-level package that it names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            yield node, (node.module or "").partition(".")[0]


# What stands in for every package that the engine must not load: an import of it fails.
WITHOUT_QT = """
import importlib, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"PySide6", "shiboken6", "pyqtgraph", "gui", "main"}:
            raise ImportError(f"the engine must not import {name}")

sys.meta_path.insert(0, Refuse())
at_the_start = set(sys.modules)
for name in sys.argv[1:]:
    importlib.import_module(name)
from importlib.metadata import packages_distributions
packages = {name.partition(".")[0] for name in set(sys.modules) - at_the_start}
print(*sorted(packages & set(packages_distributions()) - {"numpy"}))
"""


def loaded_with(modules: list[str]) -> list[str]:
    """Third-party packages that a fresh process holds after importing `modules`, Qt being out of reach."""
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_QT, *modules],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_every_engine_module_can_be_imported_where_qt_cannot_and_loads_numpy_alone():
    assert loaded_with([module_name(path) for path in ENGINE_FILES]) == []


def test_the_process_without_qt_really_refuses_it_and_sees_other_packages():
    with pytest.raises(AssertionError, match="must not import PySide6"):
        loaded_with(["PySide6.QtCore"])
    assert "scipy" in loaded_with(["scipy.special"])


def test_the_import_contracts_are_kept():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", ENGINE_FILES, ids=named)
def test_the_engine_imports_numpy_alone_and_its_files_room_the_pinned_readers_late(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    own = {*sys.stdlib_module_names, "engine", "numpy"}
    outside = [(statement, package) for statement, package in imported(tree) if package not in own]
    if "files" in path.relative_to(CHECKOUT / "engine").parts:
        late = {id(node) for function in functions(tree) for node in ast.walk(function)}
        outside = [
            (statement, package)
            for statement, package in outside
            if package not in PINNED_READERS or id(statement) not in late
        ]
    assert [f"line {statement.lineno}: {package}" for statement, package in outside] == []


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method in `tree`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", PROGRAM_FILES, ids=named)
def test_no_file_or_function_is_long_enough_to_have_two_jobs(path):
    text = path.read_text(encoding="utf-8")
    file_lines = len(text.splitlines())
    assert file_lines <= FILE_LINES
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions(ast.parse(text))}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", GUI_FILES, ids=named)
def test_an_exception_while_painting_can_be_told(path):
    """PySide 6.11 on Python 3.11 ends the process at an exception that passes two nested overrides, and Qt at
    a painter that is still at work: so nothing overrides `event` (a filter does), and painters are in `with`.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    overrides = [
        node.lineno for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "event"
    ]
    painters = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "QPainter"
    ]
    assert not overrides
    assert not painters


def test_pyproject_lists_exactly_the_packages_on_disk():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    on_disk = {
        f"fall_line.program.{module_name(path)}"
        for room in ("engine", "gui")
        for path in (CHECKOUT / room).rglob("__init__.py")
    }
    beside = {"fall_line", "fall_line.program", "fall_line.program.assets"}
    assert set(project["tool"]["setuptools"]["packages"]) == on_disk | beside


def test_every_folder_of_modules_is_a_package():
    folders = {path.parent for path in PROGRAM_FILES if path.parent != CHECKOUT}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_the_pins_of_the_program_and_of_its_tests_agree():
    def pins(name: str) -> set[str]:
        return set(
            re.findall(r"^[\w.-]+==[^\s;\\]+", (CHECKOUT / name).read_text(encoding="utf-8"), re.MULTILINE)
        )

    program = pins("requirements.txt")
    assert program
    assert program <= pins("requirements-test.txt")


def test_the_benchmarks_peer_has_one_version():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = (CHECKOUT / "requirements-bench.txt").read_text(encoding="utf-8").splitlines()
    assert project["dependency-groups"]["bench"] == [line for line in lines if not line.startswith("#")]


def test_the_fuzzer_has_one_version():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    text = (CHECKOUT / "requirements-fuzz.txt").read_text(encoding="utf-8")
    assert project["dependency-groups"]["fuzz"] == re.findall(r"^[\w.-]+==[^\s\\]+", text, re.MULTILINE)


# Some are split, so that this file may be looked through as well.
PLACES = {
    "a folder of one machine": r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)" + "/",
    "a file address": "file:" + "//",
    "a package registry": r"(?:\bpypi|pythonhosted|registry\.npmjs|anaconda|pytorch)\.(?:org|com)\b",
    "a package mirror": r"(?:deb\.debian|archive\.ubuntu|security\.ubuntu|ports\.ubuntu)\.\w+",
    "an index option": r"--(?:extra-)?index-url[ =]|--find-links[ =]",
}


def tracked_text_files() -> list[tuple[str, str]]:
    """Path and text of each file that git tracks here, binary ones left out."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True)
    texts = []
    for name in filter(None, done.stdout.decode().split("\0")):
        path = CHECKOUT / name
        content = path.read_bytes() if path.is_file() else b""
        if b"\0" not in content:
            texts.append((name, content.decode("utf-8")))
    return texts


@pytest.mark.skipif(
    shutil.which("git") is None or not (CHECKOUT / ".git").exists(), reason="not a checkout made by git"
)
def test_no_tracked_file_names_a_machine_or_a_registry():
    found = [
        f"{name}: {what}: {match.group()}"
        for name, text in tracked_text_files()
        for what, pattern in PLACES.items()
        for match in re.finditer(pattern, text)
    ]
    assert found == []
