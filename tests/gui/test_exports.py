"""File > Export picture, curves, film, and a scene in one line: through the window, read back by others."""

from __future__ import annotations

import csv
import io
import re
import sys

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.files.scene_text import encode_scene_text
from engine.files.session import encode_state
from gui.dialogs.export_film import ExportFilmDialog
from gui.dialogs.export_picture import ExportPictureDialog
from gui.export.process import own_command
from tests.gui.window_driver import open_window

VIEWS = ["canvas", "loss", "lab", "weights", "window"]


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        driver.train_to(5)
        driver.until(lambda: not driver.window.weights._throttle.pending)  # its last numbers are shown
        yield driver


@pytest.fixture
def target(monkeypatch, tmp_path):
    """Where the system's dialog saves to: a path to set, as a person would type it."""
    chosen = {"path": tmp_path / "out"}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(chosen["path"]), ""))
    return chosen


def choose(view="canvas", suffix=".png", scale="1", *, copies=False):
    """Answer the picture dialog as a person does."""

    def act(dialog):
        assert isinstance(dialog, ExportPictureDialog)
        dialog.view_box.setCurrentIndex(dialog.view_box.findData(view))
        for control, key in ((dialog.format_choice, suffix), (dialog.scale_choice, scale)):
            if control.isEnabled():
                QTest.mouseClick(control.button(key), Qt.MouseButton.LeftButton)
        assert not dialog.preview.pixmap().isNull()
        if copies:
            QTest.mouseClick(dialog.copy_button, Qt.MouseButton.LeftButton)
        else:
            dialog.accept()

    return act


def test_every_view_of_the_window_is_offered(driver):
    def look(dialog):
        assert [dialog.view_box.itemData(row) for row in range(dialog.view_box.count())] == VIEWS
        assert dialog.view_box.itemText(2) == "Lab: Network"

    driver.in_dialog(look, lambda: driver.trigger("export_picture"))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scale", [1, 3])
def test_a_png_is_as_many_times_as_large_as_the_view_and_looks_like_it(driver, target, view, scale):
    target["path"] = target["path"].with_suffix(".png")
    driver.in_dialog(choose(view, ".png", str(scale)), lambda: driver.trigger("export_picture"))
    image = QImage(str(target["path"]))
    widget = next(one.widget() for one in driver.window.exports.views if one.key == view)
    assert image.size() == widget.size() * scale
    whole, place = driver.window.grab(), widget.mapTo(driver.window, QPoint())
    shown = whole.copy(QRect(place, widget.size())).toImage()
    smooth = Qt.TransformationMode.SmoothTransformation
    reduced = image.scaled(shown.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    seen = widget.visibleRegion().boundingRect()  # the weights may be scrolled
    difference = np.abs(_pixels(reduced.copy(seen)).astype(int) - _pixels(shown.copy(seen)))
    assert difference.mean() < 6.0
    assert _pixels(image).std() > 10.0
    assert driver.notice == "Written: out.png"


def test_a_canvas_as_svg_is_lines_and_text(driver, target):
    driver.in_dialog(choose("canvas", ".svg"), lambda: driver.trigger("export_picture"))
    data = (target["path"].parent / "out.svg").read_bytes()
    renderer = QSvgRenderer(QByteArray(data))
    assert renderer.isValid()
    assert renderer.viewBox().size() == driver.canvas.size()
    text = data.decode()
    assert text.count("<image") == 1  # the map of probabilities
    assert 'aria-label="height (cm)"' in text
    assert text.count("<path") > len(driver.samples)


def test_curves_as_svg_have_no_pixels_at_all(driver, target):
    driver.in_dialog(choose("loss", ".svg"), lambda: driver.trigger("export_picture"))
    text = (target["path"].parent / "out.svg").read_text()
    assert "<image" not in text
    assert 'aria-label="trained on BCE' in text
    assert "<text" not in text
    assert "font-family" not in text


def test_a_pdf_has_one_page_of_the_views_size_with_text(driver, target):
    driver.in_dialog(choose("canvas", ".pdf"), lambda: driver.trigger("export_picture"))
    data = (target["path"].parent / "out.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")
    assert data.count(b"/Type /Page\n") == 1
    box = data.split(b"/MediaBox [")[1].split(b"]")[0].split()
    size = driver.canvas.size()
    assert [float(number) for number in box[2:]] == pytest.approx(
        [0.75 * size.width(), 0.75 * size.height()], abs=1.0
    )
    assert b"/FontFile" in data or b"/Type /Font" in data


@pytest.mark.parametrize("view", ["canvas", "loss", "weights", "window"])
def test_figures_and_spaces_of_a_pdf_are_copied_as_such(driver, target, view):
    driver.in_dialog(choose(view, ".pdf"), lambda: driver.trigger("export_picture"))
    data = (target["path"].parent / "out.pdf").read_bytes()
    start, end = int(data.split()[-2]), data.rindex(b"trailer")  # the table of places, unmoved
    assert data[start:end].startswith(b"xref")
    maps = re.findall(rb"begincmap\n.*?\nendcmap", data, re.DOTALL)
    lists = [part for text in maps for part in re.findall(rb"\[[^]]*\]", text)]
    characters = {chr(int(code, 16)) for part in lists for code in re.findall(rb"<(.{4})>", part)}
    assert "0" in characters
    assert not any(character < " " or "\ue000" <= character < "\uf900" for character in characters)


def test_a_picture_goes_to_the_clipboard(driver):
    driver.in_dialog(choose("loss", ".png", "2", copies=True), lambda: driver.trigger("export_picture"))
    image = QGuiApplication.clipboard().image()
    assert image.size() == driver.window.loss_plot.chart.size() * 2
    assert driver.notice == "The picture is on the clipboard."


def test_a_folder_that_cannot_be_written_is_told(driver, target, tmp_path):
    target["path"] = tmp_path / "no such folder" / "a.png"
    driver.in_dialog(choose(), lambda: driver.trigger("export_picture"))
    assert "cannot be written" in driver.notice


def test_the_curves_as_csv_hold_what_was_recorded(driver, target):
    driver.trigger("export_curves")
    rows = list(csv.DictReader(io.StringIO((target["path"].parent / "out.csv").read_text())))
    assert set(rows[0]) == {"step", "model", "trained_on", "cross_entropy", "mse", "error_rate"}
    curve = driver.frames[-1].curve
    for row, loss in enumerate(("bce", "mse")):
        mine = [entry for entry in rows if entry["trained_on"] == loss]
        steps, _, _, last = curve.arrays(row, 0)
        assert [int(entry["step"]) for entry in mine] == steps.tolist()
        assert [float(entry["cross_entropy"]) for entry in mine] == last.tolist()
    assert {entry["model"] for entry in rows} == {"logistic"}
    assert [float(rows[-2][name]) for name in ("cross_entropy", "mse", "error_rate")] == (
        driver.snapshot.metrics[0].tolist()
    )


def test_curves_of_held_out_samples_have_columns_of_their_own(driver, target):
    driver.document.set_held_out_share(0.3)
    driver.settle()
    driver.step_on(2)
    driver.trigger("export_curves")
    rows = list(csv.DictReader(io.StringIO((target["path"].parent / "out.csv").read_text())))
    assert rows[0]["held_out_mse"] == ""
    held_out = driver.snapshot.held_out_metrics
    assert float(rows[-1]["held_out_mse"]) == held_out[1, 1]


def test_a_scene_goes_out_as_a_line_and_comes_back_as_a_change(driver):
    before = driver.document.state
    driver.trigger("copy_line")
    text = QGuiApplication.clipboard().text()
    assert text == encode_scene_text(before)
    assert driver.notice == f"The scene is on the clipboard as one line of {len(text):,} characters."
    driver.document.clear_samples()
    QGuiApplication.clipboard().setText(f"Look:\n{text}\n")
    driver.trigger("paste")
    assert encode_state(driver.document.state) == encode_state(before)
    driver.trigger("undo")
    assert len(driver.samples) == 0


def test_a_broken_line_is_told_and_changes_nothing(driver):
    before = driver.document.state
    QGuiApplication.clipboard().setText(encode_scene_text(before)[:-9])
    driver.trigger("paste")
    assert driver.document.state is before
    assert driver.notice.startswith("The scene is cut off")


def test_other_text_is_still_taken_over_as_samples(driver):
    QGuiApplication.clipboard().setText("height,weight,sex\n170,60,F\n180,80,M\n")
    driver.in_dialog(lambda dialog: dialog.reject(), lambda: driver.trigger("paste"))


def film(driver, act):
    """Export a film as `act` chooses, and wait for the child's end."""
    driver.in_dialog(act, lambda: driver.trigger("export_film"))
    driver.until(lambda: driver.window.exports.process is None)


def short_film(suffix, view="both", last=40):
    def act(dialog):
        assert isinstance(dialog, ExportFilmDialog)
        QTest.mouseClick(dialog.format_choice.button(suffix), Qt.MouseButton.LeftButton)
        QTest.mouseClick(dialog.view_choice.button(view), Qt.MouseButton.LeftButton)
        dialog.size_box.setCurrentIndex(0)
        dialog.last_box.setValue(last)
        dialog.steps_box.setValue(10)
        assert (
            dialog.length_label.text() == f"{last // 10 + 1} frames, {(last / 10 + 1) / 20 + 2:.1f} seconds"
        )
        dialog.accept()

    return act


def test_a_film_is_made_by_a_child_while_the_window_goes_on(driver, target):
    film(driver, short_film(".gif"))
    assert driver.notice == "Written: out.gif"
    from PIL import Image

    with Image.open(target["path"].parent / "out.gif") as image:
        assert image.size == (640, 360)
        assert image.n_frames == 5


@pytest.mark.parametrize("command", ["export_handout", "export_worksheet"])
def test_a_page_is_made_by_a_child(driver, target, command):
    driver.trigger(command)
    driver.until(lambda: driver.window.exports.process is None)
    assert driver.notice == "Written: out.pdf"
    data = (target["path"].parent / "out.pdf").read_bytes()
    assert b"/MediaBox [0 0 595" in data


def test_one_film_or_page_is_made_at_a_time(driver, target):
    driver.trigger("export_handout")
    driver.trigger("export_film")
    assert driver.notice.startswith("One film or page after the other")
    driver.until(lambda: driver.window.exports.process is None)


def test_a_page_that_cannot_be_written_is_told_in_the_process_words(driver, target, tmp_path):
    target["path"] = tmp_path / "no such folder" / "page.pdf"
    driver.trigger("export_handout")
    driver.until(lambda: driver.window.exports.process is None)
    assert driver.notice.startswith("There is no folder")


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (sys.executable, "the program that makes it ended early (status 3); the log says more"),
        ("no such program", "the program that makes it cannot be started"),
    ],
)
def test_a_child_that_fails_without_a_sentence_is_told_in_words_of_ours(
    driver, target, monkeypatch, caplog, program, reason
):
    dying = ["-c", "import sys; print('KeyError: odd', file=sys.stderr); sys.exit(3)"]
    monkeypatch.setattr("gui.export.process.own_command", lambda: (program, dying))
    driver.trigger("export_handout")
    driver.until(lambda: driver.window.exports.process is None)
    assert driver.notice == f"It could not be made: {reason}"
    assert ("KeyError: odd" in caplog.text) == (program == sys.executable)


def test_a_cancelled_child_that_has_to_be_killed_is_no_error(driver, target, monkeypatch, caplog):
    deaf = ["-c", "import time; time.sleep(600)"]
    monkeypatch.setattr("gui.export.process.own_command", lambda: (sys.executable, deaf))
    monkeypatch.setattr("gui.export.process.PATIENCE_MS", 0)
    driver.trigger("export_handout")
    process = driver.window.exports.process
    driver.until(lambda: process.is_running)
    process.cancel()
    driver.until(lambda: not process.is_running)
    QApplication.processEvents()
    assert caplog.text == ""


def test_a_window_that_closes_ends_the_child(qtbot, target):
    with open_window(qtbot) as driver:
        driver.in_dialog(short_film(".gif", last=2000), lambda: driver.trigger("export_film"))
        process = driver.window.exports.process
        assert process is not None
        qtbot.waitSignal(process.progressed, timeout=30_000).wait()
    assert not process.is_running
    assert not (target["path"].parent / "out.gif").exists()


def test_a_film_that_is_cancelled_leaves_no_file_and_no_process(driver, target):
    def long_film(dialog):
        dialog.size_box.setCurrentIndex(3)
        dialog.last_box.setValue(3000)
        dialog.steps_box.setValue(1)
        dialog.accept()

    driver.in_dialog(long_film, lambda: driver.trigger("export_film"))
    process = driver.window.exports.process
    driver.qtbot.waitSignal(process.progressed, timeout=30_000).wait()
    driver.window.exports._progress.canceled.emit()
    assert driver.notice == "Cancelled: nothing was written."
    driver.until(lambda: not process.is_running)
    assert list(target["path"].parent.glob("*out*")) == []
    assert driver.window.exports.process is None


def test_a_film_that_cannot_be_made_says_why_before_anything_is_done(driver):
    def too_long(dialog):
        QTest.mouseClick(dialog.format_choice.button(".gif"), Qt.MouseButton.LeftButton)
        dialog.last_box.setValue(1_000_000)
        dialog.steps_box.setValue(1)
        assert "take more steps a frame" in dialog.trouble
        assert not dialog.accept_button.isEnabled()

    driver.in_dialog(too_long, lambda: driver.trigger("export_film"))


def test_a_bundle_starts_its_own_file(monkeypatch):
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", "/opt/fall-line/fall-line")
    assert own_command() == ("/opt/fall-line/fall-line", [])


def _pixels(image: QImage) -> np.ndarray:
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), dtype=np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].copy()
