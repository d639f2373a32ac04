"""script/install-desktop: the desktop starts the program and knows its sessions, until it is removed."""

from __future__ import annotations

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent.parent
SESSION = CHECKOUT / "tests" / "engine" / "data" / "session-version-1.fallline"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="desktop entries are Linux's")

KIND_OF = """
import sys
from PySide6.QtCore import QMimeDatabase
for name in sys.argv[1:]:
    print(QMimeDatabase().mimeTypeForFile(name).name())
"""


@pytest.fixture
def checkout(tmp_path) -> Path:
    """What the script needs, in a folder whose name has everything that a desktop entry has to quote."""
    folder = tmp_path / 'a b$c`d"e\\f%g&h'
    for name in ("script/install-desktop", "assets/desktop", "assets/icons/fall-line.svg"):
        source, target = CHECKOUT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
    return folder


def install(checkout: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "script" / "install-desktop"), *words],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )


def entry_of(home: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=", comment_prefixes="#")
    parser.optionxform = str
    parser.read(home / "applications" / "fall-line.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def program_of(line: str) -> str:
    """The program that an Exec line starts, by the rules of the Desktop Entry Specification."""
    text = re.sub(r"\\(.)", r"\1", line)  # of a string
    quoted = re.fullmatch(r'"(?P<program>.*)" %f', text)
    assert quoted is not None
    return re.sub(r'\\([\\"`$])', r"\1", quoted["program"]).replace("%%", "%")


def test_the_entry_starts_the_program_of_this_checkout_with_a_file(checkout, tmp_path):
    home = tmp_path / "data"
    done = install(checkout, home)
    assert (done.returncode, done.stderr) == (0, "")
    entry = entry_of(home)
    assert program_of(entry["Exec"]) == str(checkout / "script" / "run")
    assert entry["MimeType"] == "application/x-fall-line;"
    assert (home / "icons" / "hicolor" / "scalable" / "apps" / f"{entry['Icon']}.svg").is_file()


def test_a_session_is_known_by_its_name_and_by_its_content(checkout, tmp_path):
    home = tmp_path / "data"
    assert install(checkout, home).returncode == 0
    by_name, by_content, other = tmp_path / "a.fallline", tmp_path / "nameless", tmp_path / "a.json"
    by_name.write_bytes(b"{}")
    shutil.copy2(SESSION, by_content)
    other.write_bytes(b"{}")
    told = subprocess.run(
        [sys.executable, "-c", KIND_OF, str(by_name), str(by_content), str(other)],
        env={**os.environ, "XDG_DATA_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["application/x-fall-line", "application/x-fall-line", "application/json"]


def test_taken_away_nothing_of_it_is_left(checkout, tmp_path):
    home = tmp_path / "data"
    assert install(checkout, home).returncode == 0
    assert install(checkout, home, "--remove").returncode == 0
    assert [path for path in home.rglob("*fall-line*") if path.is_file()] == []
    assert install(checkout, home, "--remove").returncode == 0


def test_another_word_is_refused(checkout, tmp_path):
    done = install(checkout, tmp_path / "data", "--help")
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "data").exists()
