"""Build a folder that runs Fall Line on machines without Python: ``python script/bundle.py [FOLDER]``.

The folder (by default ``dist/fall-line``) holds the program, Python and every library, for the system that
it was built on: run this on Linux for Linux, on Windows for Windows, on macOS for macOS. What it needs goes
to an environment of its own in ``build``, so that nothing of the builder's own gets in. Needs Python 3.11.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "bundle"
NAME = "fall-line"

# Loaded by name or with data files of their own: PyInstaller's analysis of imports does not see them.
COLLECTED_MODULES = ("engine", "gui")
COLLECTED_DATA = ("ziamath", "ziafont", "latex2mathml")
# Parts of libraries that the program never calls.
EXCLUDED = (
    "tkinter",
    "pyqtgraph.examples",
    "pyqtgraph.opengl",
    "onnx.backend",
    "pyarrow.tests",
    "pyarrow.flight",
    "pyarrow.dataset",
    "pyarrow.parquet",
)
# In the folder of libraries: what the hooks of PyInstaller take along, and nothing that is left loads.
PRUNED = (
    "pyarrow/*flight*",
    "pyarrow/libarrow_s3*",
    "pyarrow/_s3fs*",
    "pyarrow/libarrow_python*.so",  # for compilers: the program loads those with a number behind
    "pyarrow/libarrow_python*.so.*.*",
    "pyarrow/include",
    "pyarrow/includes",
    "pyarrow/src",
    "pyarrow/tests",
    "pyarrow/*.p[xy][xdi]",
    "PySide6/Qt/translations/qt_*",
    "PySide6/Qt/translations/qtbase_*",
    "PySide6/translations/qt_*",
    "PySide6/translations/qtbase_*",
    "PySide6/Qt/plugins/egldeviceintegrations",
    "PySide6/Qt/plugins/platforms/libqeglfs.so",
    "PySide6/Qt/plugins/platforms/libqlinuxfb.so",
    "PySide6/Qt/plugins/platforms/libqvkkhrdisplay.so",
    "PySide6/Qt/plugins/platforms/libqvnc.so",
    "PySide6/Qt/lib/libQt6EglFS*",
)
STRIPPED = ("libpython3*.so*", "av/**/*.so", "PIL/*.so")
"""Libraries with large tables for debuggers; some of the others (OpenBLAS) do not survive the same."""
KEPT = re.compile(r"_(en|ko)\.qm$")
"""Qt's own words in the program's languages."""


def make_environment() -> Path:
    """Make the clean environment, once; returns its Python."""
    folder = BUILD / "environment"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(folder, with_pip=True)
    for names in (["requirements.txt"], ["requirements-bundle.txt"]):
        words = [word for name in names for word in ("-r", str(ROOT / name))]
        subprocess.run(
            [
                python,
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",  # the files are complete
                "--require-hashes",
                *words,
            ],
            check=True,
        )
    return python


def build(python: Path, target: Path) -> None:
    """Build the folder `target`; what was there is replaced when the new one is complete."""
    work = BUILD / "work"
    shutil.rmtree(work, ignore_errors=True)
    words = ["--noconfirm", "--clean", "--onedir", "--windowed", "--log-level=WARN", f"--name={NAME}"]
    words += [f"--collect-submodules={name}" for name in COLLECTED_MODULES]
    words += [f"--collect-data={name}" for name in COLLECTED_DATA]
    words += [f"--exclude-module={name}" for name in EXCLUDED]
    for folder in ("fonts", "icons", "scenes", "translations"):
        words.append(f"--add-data={ROOT / 'assets' / folder}{os.pathsep}assets/{folder}")
    words += [f"--paths={ROOT}", f"--workpath={work}", f"--specpath={work}", f"--distpath={work / 'dist'}"]
    subprocess.run([python, "-m", "PyInstaller", *words, str(ROOT / "main.py")], check=True, cwd=ROOT)
    prune(work / "dist" / NAME / "_internal")
    shutil.copy(ROOT / "LICENSE", work / "dist" / NAME)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(work / "dist" / NAME, target)


def prune(libraries: Path) -> None:
    """Remove what nothing loads, and on Linux the tables for debuggers where they are large."""
    for pattern in PRUNED:
        for path in libraries.glob(pattern):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            elif not KEPT.search(path.name):
                path.unlink()
    strip = shutil.which("strip") if sys.platform == "linux" else None
    if strip is not None:
        for pattern in STRIPPED:
            subprocess.run([strip, "--strip-debug", *libraries.glob(pattern)], check=True)


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def main() -> int:
    """Build, and say where it is and how large."""
    if len(sys.argv) > 2 or sys.argv[1:2] == ["--help"]:
        print(__doc__)
        return 2
    target = Path(sys.argv[1]).resolve() if len(sys.argv) == 2 else ROOT / "dist" / NAME
    build(make_environment(), target)
    subprocess.run([target / NAME, "--version"], check=True)
    print(f"{target}: {size_of(target) / 1e6:.0f} MB; start {target / NAME}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
