"""Real data in, weights out, in the real window: open, train both losses, scrub, export, open again."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from engine.files.registry import open_weights
from gui.dialogs.export_weights import ExportDialog
from gui.dialogs.import_csv import ImportDialog
from tests.gui.window_driver import CTRL, SHIFT, WAIT_MS, open_window

HEIGHTS_CM = np.linspace(120.0, 220.0, 60)
WEIGHTS_KG = np.linspace(150.0, 30.0, 60)
HEIGHT_GRID, WEIGHT_GRID = (axis.ravel() for axis in np.meshgrid(HEIGHTS_CM, WEIGHTS_KG))


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


@pytest.fixture
def choose_file(monkeypatch):
    """Have the system's own file dialogs, which no test can press, choose a path."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    return choose


def open_table(driver, choose_file, path, act=None) -> None:
    """Ctrl+O, then the import dialog with real clicks."""
    choose_file(path)

    def in_import(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        driver.qtbot.waitUntil(dialog.accept_button.isEnabled, timeout=WAIT_MS)
        if act is not None:
            act(dialog)
            driver.qtbot.waitUntil(dialog.accept_button.isEnabled, timeout=WAIT_MS)
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    driver.in_dialog(in_import, lambda: driver.key(Qt.Key.Key_O, CTRL))
    driver.settle()


def export_everything(driver, folder) -> None:
    """Ctrl+E, then both models in all formats, with real clicks and keys."""

    def in_export(dialog: QDialog) -> None:
        assert isinstance(dialog, ExportDialog)
        QTest.mouseClick(dialog.model_choice.button("both"), Qt.MouseButton.LeftButton)
        for suffix in (".npz", ".csv", ".onnx", ".safetensors"):
            box = dialog.formats[suffix]
            QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=_on_box(box))
        dialog.name_field.selectAll()
        QTest.keyClicks(dialog.name_field, "davis")
        dialog.folder_field.selectAll()
        QTest.keyClicks(dialog.folder_field, str(folder))
        assert dialog.accept_button.isEnabled()
        QTest.mouseClick(dialog.accept_button, Qt.MouseButton.LeftButton)

    driver.in_dialog(in_export, lambda: driver.key(Qt.Key.Key_E, CTRL))


def _on_box(box: QWidget) -> QPoint:
    """The square of a check box: its words may be shorter than it is wide."""
    return QPoint(8, box.height() // 2)


def check_davis_from_file_to_file(driver, choose_file, folder, davis, qtbot) -> None:
    """The whole way that the program is for."""
    open_table(driver, choose_file, davis)
    assert len(driver.samples) == 200
    assert [info.name for info in driver.document.state.classes] == ["F", "M"]
    assert driver.samples.class_counts == {0: 112, 1: 88}
    assert driver.window.scenes.scene is None
    swapped = driver.samples.rows  # row 12 has its height and weight swapped; it is kept
    assert (swapped.height_cm[11], swapped.weight_kg[11]) == (57.0, 166.0)

    driver.key(Qt.Key.Key_Backslash)
    driver.train_to(2_000)
    assert driver.snapshot.spec.losses == ("bce", "mse")
    assert driver.accuracy(0) > 0.85
    last = driver.snapshot.step
    driver.drag_slider(driver.window.transport.scrub_slider, 0.7, 0.5)
    driver.until(lambda: abs(driver.snapshot.step / last - 0.5) < 0.05)
    driver.settle()
    shown = [driver.probabilities(model, HEIGHT_GRID, WEIGHT_GRID) for model in (0, 1)]
    step = driver.snapshot.step

    export_everything(driver, folder)
    names = sorted(path.name for path in folder.iterdir())
    kinds = ("csv", "json", "npz", "onnx", "safetensors")
    assert names == [f"davis-{loss}.{kind}" for loss in ("bce", "mse") for kind in kinds]
    assert driver.notice == f"Written: {len(names)} files in {folder.name}"
    for model, loss in enumerate(("bce", "mse")):
        written = json.loads((folder / f"davis-{loss}.json").read_text(encoding="utf-8"))
        assert (written["format"], written["loss"], written["classes"]) == (
            "fall-line-weights", loss, ["F", "M"],
        )  # fmt: skip
        assert written["training"]["steps"] == step
        assert written["metrics"]["n"] == 200
        metrics = driver.snapshot.metrics[model]
        assert written["metrics"]["loss"]["bce"] == pytest.approx(metrics[0], rel=1e-12)
        assert written["metrics"]["loss"]["mse"] == pytest.approx(metrics[1], rel=1e-12)
        for kind in kinds[1:]:
            weights = open_weights(folder / f"davis-{loss}.{kind}")
            assert weights.parameters.tobytes() == driver.snapshot.parameters[model].tobytes()

    for model, loss in enumerate(("bce", "mse")):
        for kind in kinds[1:]:
            with open_window(qtbot) as other:
                choose_file(folder / f"davis-{loss}.{kind}")
                other.key(Qt.Key.Key_O, CTRL)
                other.until(lambda other=other, loss=loss: other.snapshot.spec.losses == (loss,))
                other.settle()
                assert [info.name for info in other.document.state.classes] == ["F", "M"]
                got = other.probabilities(0, HEIGHT_GRID, WEIGHT_GRID)
                np.testing.assert_allclose(got, shown[model], rtol=0, atol=1e-12)
                assert f"davis-{loss}.{kind}" in other.notice


@pytest.mark.parametrize(
    "place", [pytest.param("offscreen"), pytest.param("window", marks=pytest.mark.real_window)]
)
def test_davis_from_file_to_file(driver, qtbot, choose_file, shared_data, tmp_path, place):
    folder = tmp_path / "export"
    folder.mkdir()
    check_davis_from_file_to_file(driver, choose_file, folder, shared_data / "Davis.csv", qtbot)


def test_opening_weights_keeps_the_samples_of_the_same_classes(driver, choose_file, people, tmp_path):
    open_table(driver, choose_file, people)
    driver.train_to(50)
    model = driver.probabilities(0, HEIGHT_GRID, WEIGHT_GRID)
    export_everything(driver, tmp_path)
    count = len(driver.samples)
    driver.train_to(driver.snapshot.step + 50)
    driver.click(driver.free_px())  # another scaler than the file's
    choose_file(tmp_path / "davis-bce.json")
    driver.key(Qt.Key.Key_O, CTRL)
    driver.until(lambda: driver.snapshot.spec.losses == ("bce",))
    driver.settle()
    assert len(driver.samples) == count + 1
    got = driver.probabilities(0, HEIGHT_GRID, WEIGHT_GRID)
    np.testing.assert_allclose(got, model, rtol=0, atol=1e-12)
    driver.key(Qt.Key.Key_Space)  # and it trains on
    driver.until(lambda: driver.snapshot.step > 10)


def test_copy_as_python_gives_the_same_probabilities(driver):
    driver.train_to(40)
    for model in (0, 1):
        driver.interaction.set_selected_model(model)
        driver.key(Qt.Key.Key_C, CTRL | SHIFT)
        assert ("BCE", "MSE")[model] in driver.notice
        text = QApplication.clipboard().text()
        assert [line for line in text.splitlines() if line.startswith(("import", "from"))] == ["import math"]
        space: dict[str, object] = {}
        exec(compile(text, "copied", "exec"), space)
        (function,) = (value for name, value in space.items() if callable(value) and name[0] != "_")
        ours = driver.probabilities(model, HEIGHT_GRID, WEIGHT_GRID)
        for height_cm, weight_kg, p in list(zip(HEIGHT_GRID, WEIGHT_GRID, ours.T, strict=True))[::37]:
            answer = function(height_cm, weight_kg)
            values = list(answer.values()) if isinstance(answer, dict) else answer
            np.testing.assert_allclose(
                values if np.ndim(values) else [1 - values, values], p, rtol=0, atol=1e-12
            )


def test_samples_go_out_as_csv_and_come_back_exactly(driver, choose_file, tmp_path):
    driver.click(driver.free_px())
    before = driver.samples.rows
    path = tmp_path / "people.csv"
    choose_file(path)
    driver.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert path.name in driver.notice
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == 1 + len(before.height_cm)
    open_table(driver, choose_file, path)
    after = driver.samples.rows
    np.testing.assert_array_equal(after.height_cm, before.height_cm)
    np.testing.assert_array_equal(after.weight_kg, before.weight_kg)
    names = [info.name for info in driver.document.state.classes]
    assert [names[index] for index in after.class_index] == [
        ("no diet needed", "needs a diet")[index] for index in before.class_index
    ]


def test_opening_a_file_is_one_undo(driver, choose_file, people):
    before = driver.document.state
    open_table(driver, choose_file, people)
    assert driver.document.undo_stack.count() == 1
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.samples is before.samples
    assert driver.document.state.classes == before.classes


def test_adding_a_file_to_the_samples_there(driver, choose_file, people):
    count = len(driver.samples)
    open_table(driver, choose_file, people, lambda dialog: _pick(dialog.add_choice))
    assert len(driver.samples) > count
    assert len(driver.document.state.classes) == 4


def _pick(radio) -> None:
    QTest.mouseClick(radio, Qt.MouseButton.LeftButton, pos=_on_box(radio))


def test_cancelling_the_import_leaves_everything(driver, choose_file, people):
    before = driver.document.state
    choose_file(people)
    driver.in_dialog(
        lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape), lambda: driver.key(Qt.Key.Key_O, CTRL)
    )
    assert driver.document.state is before


def test_a_broken_weights_file_is_told_in_a_sentence(driver, choose_file, tmp_path):
    before = driver.document.state
    broken = tmp_path / "broken.json"
    broken.write_text('{"format": "fall-line-weights", "version": 99}', encoding="utf-8")
    choose_file(broken)
    driver.key(Qt.Key.Key_O, CTRL)
    assert driver.notice
    assert driver.document.state is before


def test_three_classes_from_a_file_to_a_file(driver, choose_file, tmp_path, qtbot):
    rng = np.random.default_rng(5)
    path = tmp_path / "three.csv"
    rows = [
        f"{rng.normal(150 + 15 * k, 6):.2f},{rng.normal(50 + 12 * k, 6):.2f},{name}"
        for k, name in enumerate(("small", "middle", "tall"))
        for _ in range(30)
    ]
    path.write_text("\n".join(["height_cm,weight_kg,size", *rows]), encoding="utf-8")
    open_table(driver, choose_file, path)
    assert driver.snapshot.spec.model.kind == "softmax"
    assert driver.snapshot.spec.losses == ("ce", "mse")
    driver.train_to(60)
    shown = driver.probabilities(0, HEIGHT_GRID, WEIGHT_GRID)
    folder = tmp_path / "out"
    folder.mkdir()
    export_everything(driver, folder)
    written = json.loads((folder / "davis-ce.json").read_text(encoding="utf-8"))
    np.testing.assert_allclose(np.sum(written["standardized"]["weights"], axis=0), 0, atol=1e-12)
    with open_window(qtbot) as other:
        choose_file(folder / "davis-ce.json")
        other.key(Qt.Key.Key_O, CTRL)
        other.until(lambda: other.snapshot.spec.losses == ("ce",))
        other.settle()
        got = other.probabilities(0, HEIGHT_GRID, WEIGHT_GRID)
        np.testing.assert_allclose(got, shown, rtol=0, atol=1e-12)
