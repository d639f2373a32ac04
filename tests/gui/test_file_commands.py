"""Data and weights in the File menu: what is opened, written and told."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.document.state import DocumentState
from engine.files.registry import WEIGHT_FORMATS, export_weights, open_weights
from engine.files.samples_csv import samples_csv
from engine.files.trained import trained_weights
from engine.files.weights_csv import encode as encode_csv
from engine.files.weights_json import encode as encode_json
from engine.samples import Samples
from gui.file_commands import with_weights, written_text
from gui.i18n import class_name
from gui.model_choice import choose_model
from tests.gui.canvas_stage import class_infos
from tests.gui.window_driver import CTRL, SHIFT, open_window


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


@pytest.fixture
def save_as(monkeypatch):
    """Have the system's file dialog choose a path, or none."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path) if path else "", ""))

    return choose


def written_weights(driver, folder):
    """The first model on screen as a file."""
    driver.train_to(10)
    path = folder / "model.json"
    path.write_bytes(encode_json(trained_weights(driver.snapshot, ["no diet needed", "needs a diet"])[0]))
    return path


def drop(driver, path):
    """Drop a file on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(driver.window.rect().center(), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(driver.window, enter)
    assert enter.isAccepted()
    center = QPointF(driver.window.rect().center())
    QApplication.sendEvent(
        driver.window, QDropEvent(center, copy, data, left, Qt.KeyboardModifier.NoModifier)
    )


# Files


def exported_table(driver, path, kind):
    """The first model on screen, of this kind, as a table."""
    choose_model(driver.document, kind)
    driver.settle()
    driver.step_on(3)
    weights = trained_weights(driver.snapshot, ["no diet needed", "needs a diet"])[0]
    path.write_bytes(encode_csv(weights))
    return weights


@pytest.mark.parametrize("kind", ["logistic", "mlp", "softmax"])
def test_a_table_of_weights_opens_as_the_model_and_undo_takes_it_back(driver, tmp_path, kind):
    path = tmp_path / "model.csv"
    weights = exported_table(driver, path, kind)
    driver.step_on(3)
    before = driver.document.state
    drop(driver, path)  # no dialog opens, which would wait for an answer
    driver.settle()
    assert driver.notice == "model.csv: the model stands here as it was exported."
    assert driver.snapshot.parameters[0].tobytes() == weights.parameters.tobytes()
    assert driver.document.state.samples is before.samples
    assert path in driver.window.sessions.recent.paths
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.document.state.settings == before.settings


@pytest.mark.parametrize("kind", ["logistic", "mlp"])
def test_a_table_of_weights_that_a_spreadsheet_saved_again_opens_too(driver, tmp_path, kind):
    path = tmp_path / "model.csv"
    weights = exported_table(driver, path, kind)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    again = tmp_path / "model.txt"
    with again.open("w", encoding="utf-16", newline="") as file:  # "Unicode text" of Excel
        csv.writer(file, delimiter="\t").writerows(rows)
    driver.step_on(3)
    drop(driver, again)
    driver.settle()
    assert driver.notice.startswith("model.txt: the model stands here")
    assert driver.snapshot.parameters[0].tobytes() == weights.parameters.tobytes()


def test_a_broken_table_of_weights_is_told_by_its_place_and_leaves_all_as_it_is(driver, tmp_path):
    path = tmp_path / "model.csv"
    exported_table(driver, path, "logistic")
    path.write_text(path.read_text(encoding="utf-8").replace(",weight,kg,", ",weight,lb,"), encoding="utf-8")
    state, bits = driver.document.state, driver.weights
    drop(driver, path)
    assert driver.notice == 'model.csv: line 3, column 5: unit: expected "kg", found "lb".'
    assert driver.document.state is state
    assert driver.weights == bits
    assert path not in driver.window.sessions.recent.paths


@pytest.mark.parametrize("suffix", [known.suffix for known in WEIGHT_FORMATS])
@pytest.mark.parametrize(("written_in", "opened_in"), [("ko", "en"), ("en", "ko")])
def test_weights_keep_the_samples_in_another_language(driver, tmp_path, suffix, written_in, opened_in):
    driver.speak(written_in)
    driver.step_on(3)
    names = [class_name(info) for info in driver.document.state.classes]
    path = tmp_path / f"model{suffix}"
    weights = trained_weights(driver.snapshot, names)[0]
    export_weights({path: weights})
    driver.speak(opened_in)
    before = driver.document.state
    assert [class_name(info) for info in before.classes] != names
    driver.window.open_path(path)
    driver.settle()
    assert driver.document.state.samples is before.samples
    assert driver.document.state.classes == before.classes
    assert driver.snapshot.parameters[0].tobytes() == weights.parameters.tobytes()


def test_samples_that_go_with_their_classes_are_told_and_undo_brings_them_back(driver, tmp_path):
    path = written_weights(driver, tmp_path)
    driver.document.rename_class(0, "a")
    driver.settle()
    before = driver.document.state
    driver.window.open_path(path)
    driver.settle()
    assert len(driver.samples) == 0
    assert driver.notice == (
        "model.json: the model stands here as it was exported. "
        "Its classes are others, so all 120 samples went; Undo brings them back."
    )
    driver.key(Qt.Key.Key_Z, CTRL)
    assert driver.document.state.samples is before.samples
    driver.document.remove_samples(before.samples.rows.sample_id[1:].tolist())
    driver.window.open_path(path)
    assert driver.notice.endswith("so the one sample went; Undo brings it back.")


def test_classes_of_a_file_follow_the_language_where_they_are_built_in(driver, tmp_path):
    path = written_weights(driver, tmp_path)
    driver.document.rename_class(0, "a")
    driver.settle()
    driver.window.open_path(path)
    driver.speak("ko")
    assert [class_name(info) for info in driver.document.state.classes] == [
        "다이어트 불필요",
        "다이어트 필요",
    ]


def test_samples_are_exported_and_the_last_folder_is_remembered(driver, save_as, tmp_path):
    save_as(tmp_path / "people.csv")
    driver.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert driver.window._preferences.last_folder == tmp_path
    assert len((tmp_path / "people.csv").read_text(encoding="utf-8").splitlines()) == 121


def test_samples_that_cannot_be_written_are_told(driver, save_as, tmp_path):
    save_as(tmp_path / "no" / "such" / "folder.csv")
    driver.key(Qt.Key.Key_E, CTRL | SHIFT)
    assert "folder.csv" in driver.notice


def test_there_is_nothing_to_export_without_samples(driver):
    driver.key(Qt.Key.Key_N, CTRL)
    driver.settle()
    driver.key(Qt.Key.Key_E, CTRL)
    assert "no trained model" in driver.notice


def test_weights_without_samples_can_be_exported_again(driver, tmp_path):
    path = written_weights(driver, tmp_path)
    driver.key(Qt.Key.Key_N, CTRL)
    driver.document.rename_class(0, "a")
    driver.settle()
    driver.window.open_path(path)
    driver.until(lambda: driver.snapshot.spec.losses == ("bce",))
    driver.settle()
    assert len(driver.samples) == 0
    weights = open_weights(path)
    assert driver.snapshot.parameters[0].tobytes() == weights.parameters.tobytes()


def test_a_dropped_file_is_opened(driver, tmp_path):
    path = written_weights(driver, tmp_path)
    drop(driver, path)
    driver.until(lambda: driver.snapshot.spec.losses == ("bce",))
    assert path.name in driver.notice


def test_dropped_text_is_not(driver):
    data = QMimeData()
    data.setText("hello")
    enter = QDragEnterEvent(
        driver.window.rect().center(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    enter.ignore()
    QApplication.sendEvent(driver.window, enter)
    assert not enter.isAccepted()


# Pure parts


def test_samples_are_written_with_names_and_all_digits():
    samples = Samples.from_columns([170.1, 1 / 3 * 500, 160.0], [60.0, 70.25, 50.0], [1, 0, -1])
    lines = samples_csv(samples, ["class 1", "class 2"]).decode("utf-8").splitlines()
    assert lines == [
        "height_cm,weight_kg,class",
        "170.1,60.0,class 2",
        f"{1 / 3 * 500!r},70.25,class 1",
        "160.0,50.0,",
    ]


def test_a_name_with_a_comma_is_quoted():
    data = samples_csv(Samples.from_columns([170.0], [60.0], [0]), ['a, "b"', "c"])
    assert data.decode("utf-8").splitlines()[1] == '170.0,60.0,"a, ""b"""'


def test_a_few_written_files_are_told_by_name_and_many_by_number(qapp, tmp_path):
    paths = [tmp_path / f"model.{number}" for number in range(10)]
    assert written_text(paths[:3]) == "Written: model.0, model.1, model.2"
    assert written_text(paths) == f"Written: 10 files in {tmp_path.name}"


def test_weights_of_other_classes_take_the_samples_place(driver, tmp_path):
    weights = open_weights(written_weights(driver, tmp_path))
    state = driver.document.state
    kept = with_weights(state, weights)
    assert kept.samples is state.samples
    assert kept.settings.loss_mode == "cross_entropy"
    other = with_weights(DocumentState(state.samples, class_infos(2), state.settings), weights)
    assert len(other.samples) == 0
    assert [class_name(info) for info in other.classes] == ["no diet needed", "needs a diet"]
    np.testing.assert_array_equal([info.color for info in other.classes], [0, 1])
