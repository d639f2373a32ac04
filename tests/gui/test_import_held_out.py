"""Opening samples that say who is held out: the dialog shows it, undo and journal keep it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from engine.document.commands import same_rows
from engine.files import table_file
from engine.files.journal import read_journal
from engine.files.samples_csv import samples_csv
from engine.files.tables import TextSource
from engine.samples import Samples
from gui.dialogs.column_chooser import NO_LABEL
from gui.dialogs.import_csv import ImportDialog
from tests.gui.import_examples import choose, import_dialogs, settle
from tests.gui.window_driver import CTRL, WindowDriver, open_window

LEFT = Qt.MouseButton.LeftButton
SHIFT = Qt.KeyboardModifier.ShiftModifier
PEOPLE = (
    "height_cm,weight_kg,class,held_out\n"
    "170,60,tall,1\n160,50,light,0\n165,55,light,1\n181,95,tall,0\n"
)  # fmt: skip


@pytest.fixture
def open_source(qtbot):
    yield from import_dialogs(qtbot)


@pytest.fixture
def driver(qtbot) -> Iterator[WindowDriver]:
    with open_window(qtbot) as driver:
        yield driver


def shown(dialog: ImportDialog) -> tuple[list[str], list[str]]:
    """The headers of the first rows, and how each row is read."""
    model = dialog.tabs.widget(0).model()
    columns = range(model.columnCount())
    headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    return headers, [model.data(model.index(row, model.columnCount() - 1)) for row in range(model.rowCount())]


def held_out(samples: Samples) -> list[bool]:
    return samples.rows.held_out.tolist()


# --- the dialog -------------------------------------------------------------------------------------------


def test_the_column_is_shown_as_read(open_source):
    dialog = open_source(TextSource(PEOPLE, "a.csv"))
    box = dialog.columns.held_out_box
    assert box.isVisible()
    assert box.isChecked()
    assert box.text() == "as “held_out” says: 2"
    assert dialog.columns.label_column.currentText() == "class"
    headers, read_as = shown(dialog)
    assert headers == ["line", "height_cm", "weight_kg", "class", "held_out", "is read as"]
    assert read_as == [
        "170.0 cm, 60.0 kg, tall, held out", "160.0 cm, 50.0 kg, light",
        "165.0 cm, 55.0 kg, light, held out", "181.0 cm, 95.0 kg, tall",
    ]  # fmt: skip


def test_a_click_leaves_it_to_the_settings_and_another_takes_it_back(qtbot, open_source):
    dialog = open_source(TextSource(PEOPLE, "a.csv"))
    box = dialog.columns.held_out_box
    QTest.mouseClick(box, LEFT, pos=box.rect().center() - box.rect().center() / 2)
    settle(qtbot, dialog)
    assert not box.isChecked()
    assert dialog.extraction.held_out is None
    assert box.text() == "as “held_out” says"
    assert shown(dialog)[0] == ["line", "height_cm", "weight_kg", "class", "is read as"]
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert dialog.extraction.held_out.tolist() == [True, False, True, False]


def test_a_click_on_it_keeps_what_was_decided_about_single_rows(qtbot, open_source):
    dialog = open_source(TextSource(PEOPLE + "57,166,tall,1\n", "a.csv"))
    dialog.tabs.setCurrentWidget(dialog.doubts)
    QTest.mouseClick(dialog.doubts.swap_button, LEFT)
    settle(qtbot, dialog)
    dialog.columns.held_out_box.setFocus()
    QTest.keyClick(dialog.columns.held_out_box, Qt.Key.Key_Space)
    settle(qtbot, dialog)
    assert dialog.extraction.height_cm.tolist()[-1] == 166.0


def test_a_column_that_is_taken_for_the_labels_is_no_longer_offered(qtbot, open_source):
    dialog = open_source(TextSource(PEOPLE, "a.csv"))
    choose(qtbot, dialog, dialog.columns.label_column, "held_out")
    assert not dialog.columns.held_out_box.isVisible()
    assert dialog.extraction.class_names == ("0", "1")
    assert dialog.extraction.held_out is None
    choose(qtbot, dialog, dialog.columns.label_column, NO_LABEL)
    assert dialog.columns.held_out_box.isVisible()
    assert dialog.extraction.held_out.tolist() == [True, False, True, False]


@pytest.mark.parametrize(
    "text",
    [PEOPLE.replace("tall,1", "tall,fold 1"), PEOPLE.replace("held_out", "fold"), "height,weight\n170,60\n"],
)
def test_without_such_a_column_nothing_is_offered(open_source, text):
    dialog = open_source(TextSource(text, "a.csv"))
    assert not dialog.columns.held_out_box.isVisible()
    assert dialog.extraction.held_out is None
    assert "held_out" not in shown(dialog)[0]


# --- in the window ----------------------------------------------------------------------------------------


def accept(driver: WindowDriver, *, adds: bool = False):
    """What a person does in the dialog that opens."""

    def act(dialog) -> None:
        assert isinstance(dialog, ImportDialog)
        settle(driver.qtbot, dialog)
        if adds:
            QTest.mouseClick(dialog.add_choice, LEFT)
        QTest.mouseClick(dialog.accept_button, LEFT)

    return act


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.3])
def test_exported_samples_open_again_as_one_command(driver, tmp_path, monkeypatch, is_large, share):
    if is_large:
        monkeypatch.setattr(table_file, "LARGE_BYTES", 10)
    path = tmp_path / "people.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    document = driver.document
    document.set_held_out_share(share)
    document.set_held_out([3, 50, 51, 52], True)
    driver.trigger("export_samples")
    before, settings = document.state.samples, document.state.settings
    count = document.undo_stack.count()
    driver.in_dialog(accept(driver), lambda: driver.window.open_path(path))
    driver.settle()
    assert document.undo_stack.count() == count + 1
    assert document.state.settings == settings
    assert held_out(document.state.samples) == held_out(before)
    assert document.state.samples is not before
    opened = document.state.samples
    driver.key(Qt.Key.Key_Z, CTRL)
    assert document.state.samples is before
    driver.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert same_rows(document.state.samples.rows, opened.rows)


def test_pasted_samples_join_those_at_hand_with_their_marks(driver):
    document = driver.document
    document.set_held_out_share(0.2)
    before = held_out(document.state.samples)
    QGuiApplication.clipboard().setText(PEOPLE)
    driver.canvas.setFocus()
    driver.in_dialog(accept(driver, adds=True), lambda: driver.key(Qt.Key.Key_V, CTRL))
    driver.settle()
    assert held_out(document.state.samples) == [*before, True, False, True, False]
    assert document.undo_text == "Add 4 samples"
    driver.key(Qt.Key.Key_Z, CTRL)
    assert held_out(document.state.samples) == before
    driver.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert held_out(document.state.samples) == [*before, True, False, True, False]


@pytest.mark.parametrize("adds", [False, True])
def test_the_journal_keeps_the_marks_and_what_undo_takes_back(driver, tmp_path, adds):
    driver.window.protect(tmp_path / "recovery")
    recovery = driver.window.recovery
    driver.until(lambda: recovery.has_looked)
    path = tmp_path / "people.csv"
    path.write_bytes(
        samples_csv(Samples.from_columns([170.0, 160.0], [60.0, 50.0], [0, 1], [True, False]), "ab")
    )
    driver.in_dialog(accept(driver, adds=adds), lambda: driver.window.open_path(path))
    after = driver.document.state.samples
    assert held_out(after)[-2:] == [True, False]
    driver.key(Qt.Key.Key_Z, CTRL)
    driver.settle()
    assert recovery.wait_until_written()
    work = read_journal(recovery.journal)
    assert same_rows(work.state.samples.rows, driver.document.state.samples.rows)
    assert work.index == len(work.entries) - 1
    command = work.entries[-1].command
    if adds:
        assert command.values.put.held_out.tolist() == [True, False]
    else:
        assert same_rows(command.values.state.samples.rows, after.rows)
