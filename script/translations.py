"""Keep the Korean catalogue in step with the code: collect every visible string, compile the result.

Run from anywhere with the project's Python::

    .venv/bin/python script/translations.py            # update assets/translations
    .venv/bin/python script/translations.py --missing  # only list what is not translated yet

Qt's own extraction misses ``translate("Context", "text {n}", n=3)`` because of the keyword, so the
strings are collected from the syntax tree and handed to lupdate as a list of marks.
"""

from __future__ import annotations

import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "assets" / "translations" / "fall-line_ko.ts"
MARKERS = {"translate", "QT_TRANSLATE_NOOP"}


def source_files() -> list[Path]:
    """Python files whose strings a person can see."""
    return [ROOT / "main.py", *sorted((ROOT / "engine").rglob("*.py")), *sorted((ROOT / "gui").rglob("*.py"))]


def marked_strings(path: Path) -> Iterator[tuple[str, str]]:
    """Context and text of every marked string in a file.

    Raises
    ------
    ValueError
        If a mark has no literal context: such a string could not be found in a catalogue.
    """
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) >= 2):
            continue
        if node.func.id not in MARKERS:
            continue
        context, text = node.args[0], node.args[1]
        if not (isinstance(context, ast.Constant) and isinstance(context.value, str)):
            if path.name in ("i18n.py", "errors.py"):
                continue
            raise ValueError(f"{path}:{node.lineno}: the context of a visible string must be a literal")
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield context.value, text.value
        elif node.func.id == "QT_TRANSLATE_NOOP":
            raise ValueError(f"{path}:{node.lineno}: the text of a mark must be a literal")


def all_strings() -> list[tuple[str, str]]:
    """Every visible string once, ordered by context, then text."""
    return sorted({found for path in source_files() if path.exists() for found in marked_strings(path)})


def update(catalogue: Path) -> None:
    """Bring a .ts catalogue up to date with the code; translations already there are kept."""
    with tempfile.TemporaryDirectory() as folder:
        marks = Path(folder) / "marks.py"
        lines = [
            f"QT_TRANSLATE_NOOP({_literal(context)}, {_literal(text)})" for context, text in all_strings()
        ]
        marks.write_text("\n".join(lines) + "\n", encoding="utf-8")
        _run("lupdate", str(marks), "-ts", str(catalogue), "-locations", "none", "-no-obsolete",
             "-source-language", "en", "-target-language", "ko")  # fmt: skip


def compile_catalogue(catalogue: Path, compiled: Path) -> None:
    """Compile a .ts into the .qm that the program loads."""
    _run("lrelease", str(catalogue), "-qm", str(compiled), "-removeidentical")


def missing(catalogue: Path) -> list[tuple[str, str]]:
    """Context and text of every string without a finished translation."""
    found = []
    for context in ElementTree.parse(catalogue).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished" or not translation.text:
                found.append((name, message.findtext("source", "")))
    return found


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _run(tool: str, *arguments: str) -> None:
    folder = Path(sys.executable).parent
    command = [str(folder / f"pyside6-{tool}"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{tool} failed: {done.stderr.strip() or done.stdout.strip()}")


def main() -> int:
    """Update and compile the catalogue; report what is missing."""
    if "--missing" not in sys.argv[1:]:
        update(CATALOGUE)
        compile_catalogue(CATALOGUE, CATALOGUE.with_suffix(".qm"))
    untranslated = missing(CATALOGUE)
    for context, text in untranslated:
        print(f"{context}: {text}")
    print(f"{len(untranslated)} strings without a translation")
    return 1 if untranslated else 0


if __name__ == "__main__":
    sys.exit(main())
