"""Nothing in a file is ever run, and no file is touched but the one that was chosen."""

from __future__ import annotations

import ast
import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from engine.errors import FallLineError
from engine.files import weights_onnx
from engine.files.registry import open_weights
from engine.files.sheets import read_sheet
from script.fuzzing import books
from script.fuzzing.formats import valid_files

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAM = [
    CHECKOUT / "main.py",
    *(path for room in ("engine", "gui") for path in sorted((CHECKOUT / room).rglob("*.py"))),
]

RUNNING_MODULES = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "cloudpickle",
    "joblib",
    "code",
    "runpy",
    "yaml",
    "torch",
}
RUNNING_CALLS = {"eval", "exec", "compile", "__import__"}
UNPACKING_CALLS = {"extract", "extractall", "unpack_archive"}


def calls(tree: ast.AST) -> Iterator[tuple[ast.Call, str, bool]]:
    """Each call with the last name of what is called, and whether it is a name alone."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node, node.func.id, True
            elif isinstance(node.func, ast.Attribute):
                yield node, node.func.attr, False


def dangers(source: str) -> list[str]:
    """What in a module could run or unpack something that a file brings."""
    tree = ast.parse(source)
    found = []
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        found += [f"import of {name}" for name in names if name.partition(".")[0] in RUNNING_MODULES]
    for call, name, is_alone in calls(tree):
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if is_alone and name in RUNNING_CALLS:
            found.append(name)
        if not is_alone and name in UNPACKING_CALLS:
            found.append(name)
        owner = (
            call.func.value.id
            if isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name)
            else ""
        )
        if (owner, name) == ("np", "load") and ast.dump(
            given.get("allow_pickle", ast.Constant(True))
        ) != ast.dump(ast.Constant(False)):
            found.append("np.load with pickle")
        if (owner, name) == ("os", "system") or "shell" in given:
            found.append("a shell")
    return found


@pytest.mark.parametrize("path", PROGRAM, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_no_module_can_run_or_unpack_what_a_file_brings(path):
    assert dangers(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from marshal import loads",
        "eval(text)",
        "exec(text)",
        "np.load(file)",
        "np.load(file, allow_pickle=True)",
        "archive.extractall(folder)",
        "os.system(text)",
        "subprocess.run(text, shell=True)",
    ],
)
def test_each_danger_would_be_seen(source):
    assert len(dangers(source)) == 1


def test_what_looks_like_a_danger_and_is_none_passes():
    assert (
        dangers("np.load(file, allow_pickle=False)\ndialog.exec()\nre.compile(text)\njson.load(file)") == []
    )


# --- paths ------------------------------------------------------------------------------------------


def renamed(archive_bytes: bytes, names: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive_bytes)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            target.writestr(names.get(name, name), source.read(name))
        target.writestr("../../outside.txt", b"outside")
        target.writestr("/outside.txt", b"outside")
    return stream.getvalue()


def files_under(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("suffix", [".npz", ".xlsx", ".ods", ".xlsb"])
def test_names_that_lead_out_of_an_archive_lead_nowhere(tmp_path, suffix):
    valid = {
        ".npz": valid_files("npz"),
        ".xlsx": books.xlsx_books(),
        ".ods": books.ods_books(),
        ".xlsb": books.xlsb_books(),
    }[suffix][0]
    path = tmp_path / "deep" / "deeper" / f"file{suffix}"
    path.parent.mkdir(parents=True)
    path.write_bytes(renamed(valid, {}))
    read = open_weights if suffix == ".npz" else read_sheet
    with suppress(FallLineError):  # an archive of arrays holds nothing else
        read(path)
    path.write_bytes(renamed(valid, dict.fromkeys(("format.npy", "content.xml"), "../../renamed")))
    with suppress(FallLineError):
        read(path)
    assert files_under(tmp_path) == {path}


def test_a_pickled_object_in_an_archive_is_refused(tmp_path):
    touched = tmp_path / "touched"

    class Trap:
        def __reduce__(self):
            return Path.touch, (touched,)

    with np.load(io.BytesIO(valid_files("npz")[0])) as archive:
        arrays = dict(archive)
    arrays["metadata"] = np.array(Trap(), dtype=object)
    np.savez(tmp_path / "trap.npz", allow_pickle=True, **arrays)
    with pytest.raises(FallLineError, match="it needs something that Fall Line does not write"):
        open_weights(tmp_path / "trap.npz")
    assert not touched.exists()
    with np.load(tmp_path / "trap.npz", allow_pickle=True) as archive:
        archive["metadata"]
    assert touched.exists()  # it is a trap


def test_a_tensor_that_says_to_lie_in_another_file_is_not_fetched(tmp_path):
    from onnx import TensorProto, load_model_from_string

    secret = tmp_path / "secret"
    model = load_model_from_string(valid_files("onnx")[0])
    tensor = model.graph.initializer[0]
    secret.write_bytes(tensor.raw_data)
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="../../secret")
    (tmp_path / "a" / "b").mkdir(parents=True)
    path = tmp_path / "a" / "b" / "weights.onnx"
    path.write_bytes(model.SerializeToString())
    with pytest.raises(FallLineError, match="Another program has changed"):
        open_weights(path)
    assert weights_onnx.decode(valid_files("onnx")[0]).model == "logistic"


def test_an_entity_that_names_another_file_brings_nothing_of_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret", encoding="utf-8")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(books.ods_books()[0])) as source, zipfile.ZipFile(stream, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "content.xml":
                entity = f'<!DOCTYPE a [<!ENTITY other SYSTEM "{secret.as_uri()}">]>'
                content = content.replace(b"?>", b"?>" + entity.encode(), 1).replace(b">F<", b">&other;<")
            target.writestr(name, content)
    path = tmp_path / "people.ods"
    path.write_bytes(stream.getvalue())
    cells: list[str] = []
    with suppress(FallLineError):
        cells = [cell for column in read_sheet(path).columns for cell in column]
    assert "secret" not in " ".join(cells)
