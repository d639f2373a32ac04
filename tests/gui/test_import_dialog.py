"""Opening a table: sheets, pasting, missing labels, values outside sense, and rows that are saved."""

from __future__ import annotations

import csv
import threading

import openpyxl
import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine.bmi import bmi_classes, bmi_rule
from engine.document.state import ClassInfo, DocumentState
from engine.files.tables import TextSource, read_table
from engine.samples import Samples
from gui.dialogs.column_chooser import BY_BMI, NO_LABEL
from gui.dialogs.import_csv import ImportDialog, take_over
from gui.document import Document
from gui.theme import make_theme
from tests.gui.import_examples import choose, import_dialogs, settle
from tests.gui.window_driver import CTRL, WAIT_MS, open_window

LEFT = Qt.MouseButton.LeftButton
THEME = make_theme(dark=False)
PASTED = "height\tweight\tsex\n182\t77,5\tM\n161\t58\tF\n57\t166\tF\n170\t70\tM\n"
NO_LABELS = "height,weight\n182,77\n161,58\n170,90\n"


@pytest.fixture
def open_source(qtbot):
    yield from import_dialogs(qtbot)


@pytest.fixture
def driver(qtbot):
    with open_window(qtbot) as driver:
        yield driver


def press(qtbot, dialog: ImportDialog, button) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)
    settle(qtbot, dialog)


def two_classes() -> Document:
    classes = (ClassInfo(0, name="M", color=0), ClassInfo(1, name="B", color=1))
    return Document(DocumentState(Samples.from_columns([170.0, 160.0], [70.0, 60.0], [0, 1]), classes))


def save_book(path, **sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


# --- sheets -----------------------------------------------------------------------------------------


def test_sheets_are_offered_and_another_one_is_read_at_once(qtbot, open_source, tmp_path):
    rows = [["height", "weight", "sex"], [182, 77, "M"], [161, 58, "F"]]
    more = [["키(m)", "몸무게(kg)", "성별"], [1.75, 70, "남"], [1.6, 55, "여"], [1.65, 60, "여"]]
    dialog = open_source(save_book(tmp_path / "a.xlsx", first=rows, 둘째=more))
    assert dialog.file_label.text() == "a.xlsx, sheet “first”: 2 rows"
    assert dialog.sheet_box.isVisible()
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0]
    dialog.sheet_box.setFocus()
    QTest.keyClick(dialog.sheet_box, Qt.Key.Key_Down)
    settle(qtbot, dialog)
    assert dialog.columns.height_unit.currentText() == "m"
    assert dialog.extraction.height_cm.tolist() == [175.0, 160.0, 165.0]
    assert dialog.extraction.class_names == ("남", "여")


def test_a_book_with_one_sheet_and_a_text_file_show_no_sheets(open_source, tmp_path):
    rows = [["height", "weight", "sex"], [182, 77, "M"], [161, 58, "F"]]
    assert not open_source(save_book(tmp_path / "a.xlsx", only=rows)).sheet_box.isVisible()
    assert not open_source(TextSource(PASTED, "Clipboard")).sheet_box.isVisible()


def test_a_broken_book_is_told_and_nothing_can_be_opened(open_source, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 no book")
    dialog = open_source(path)
    assert dialog.trouble.startswith("The spreadsheet is broken or of a kind that cannot be read. Save its")
    assert not dialog.accept_button.isVisible()
    assert not dialog.columns.isVisible()
    assert not dialog.tabs.isVisible()
    assert dialog.height() < 300
    assert not dialog.progress.isVisible()


# --- pasting ----------------------------------------------------------------------------------------


def test_a_table_is_pasted_with_ctrl_v_as_one_command(driver):
    QGuiApplication.clipboard().setText(PASTED)
    driver.canvas.setFocus()

    def act(dialog) -> None:
        assert isinstance(dialog, ImportDialog)
        settle(driver.qtbot, dialog)
        assert dialog.file_label.text() == "Clipboard: 4 rows, delimiter tab"
        QTest.mouseClick(dialog.accept_button, LEFT)

    before = driver.document.undo_stack.count()
    driver.in_dialog(act, lambda: driver.key(Qt.Key.Key_V, CTRL))
    driver.settle()
    assert driver.samples.rows.weight_kg.tolist() == [77.5, 58.0, 166.0, 70.0]
    assert driver.document.undo_stack.count() == before + 1
    driver.key(Qt.Key.Key_Z, CTRL)
    assert len(driver.samples) == 120


def test_numbers_without_a_header_are_pasted_too(driver):
    QGuiApplication.clipboard().setText("1\t182\t77\n2\t161\t58\n3\t170\t70\n")

    def act(dialog) -> None:
        settle(driver.qtbot, dialog)
        assert dialog.columns.height_column.currentText() == "column 2"
        assert dialog.columns.label_source == "none"
        dialog.add_choice.setChecked(True)
        QTest.mouseClick(dialog.accept_button, LEFT)

    driver.in_dialog(act, lambda: driver.key(Qt.Key.Key_V, CTRL))
    assert len(driver.samples) == 123
    assert driver.samples.rows.class_index[-3:].tolist() == [-1, -1, -1]


def test_pasting_nothing_is_told(driver):
    QGuiApplication.clipboard().setText("  \n")
    driver.key(Qt.Key.Key_V, CTRL)
    assert driver.notice == "There is no text on the clipboard to make samples of."
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("text", ["hello", "random words", "Words, and more of them.", "one\ntwo\nthree"])
def test_pasted_text_that_is_no_table_is_answered_in_the_dialog(open_source, text):
    dialog = open_source(TextSource(text, "Clipboard"))
    assert dialog.trouble == (
        "The pasted text is no table. Copy cells from a spreadsheet, with a height and a weight in each row, "
        "and paste again."
    )
    assert not dialog.columns.isVisible()


@pytest.mark.parametrize("text", ["170,65", "170\t65\n", "height\tweight\n170\t65"])
def test_a_single_person_is_pasted(open_source, text):
    assert open_source(TextSource(text, "Clipboard")).extraction.height_cm.tolist() == [170.0]


def test_a_pasted_header_alone_is_told_as_such(open_source):
    assert "a header but no rows" in open_source(TextSource("height\tweight", "Clipboard")).trouble


# --- tables without height and weight -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("height\n170\n180\n", "The table has only one column, and height and weight need one each."),
        ("name,town\nA,B\nC,D\n", "No column holds numbers that could be heights or weights."),
        ("name,height\nA,170\nC,180\n", "Only the column “height” holds numbers, and height and weight need"),
        ("# Title | x\nSome prose | of words\nand more | of it\n", "No column holds numbers that could be"),
    ],
)
def test_columns_that_are_lacking_are_told_with_what_to_do(open_source, tmp_path, text, sentence):
    path = tmp_path / "a.csv"
    path.write_text(text)
    dialog = open_source(path)
    assert dialog.trouble.startswith(sentence)
    assert "Choose a table with" in dialog.trouble
    assert not dialog.accept_button.isEnabled()


def test_after_a_sheet_that_is_empty_another_one_shows_the_fields_again(qtbot, open_source, tmp_path):
    rows = [["height", "weight", "sex"], [182, 77, "M"], [161, 58, "F"]]
    dialog = open_source(save_book(tmp_path / "a.xlsx", people=rows, none=[]))
    size = dialog.size()
    dialog.sheet_box.setFocus()
    QTest.keyClick(dialog.sheet_box, Qt.Key.Key_Down)
    settle(qtbot, dialog)
    assert dialog.trouble == "The sheet “none” is empty. Choose another sheet or file."
    assert not dialog.content.isVisible()
    assert dialog.sheet_box.isVisible()
    QTest.keyClick(dialog.sheet_box, Qt.Key.Key_Up)
    settle(qtbot, dialog)
    assert dialog.content.isVisible()
    assert dialog.accept_button.isVisible()
    assert dialog.size() == size


# --- labels that are missing --------------------------------------------------------------------------


def test_a_table_without_labels_comes_without_a_label_and_keeps_the_classes(open_source):
    dialog = open_source(TextSource(NO_LABELS, "Clipboard"))
    assert dialog.columns.label_column.currentText() == "no label yet"
    assert dialog.order_label.text().startswith("The samples come without labels.")
    assert not dialog.labels.isVisible()
    document = two_classes()
    take_over(document, dialog.extraction, adds=False)
    assert document.state.samples.rows.class_index.tolist() == [-1, -1, -1]
    assert [info.name for info in document.state.classes] == ["M", "B"]
    assert document.undo_stack.count() == 1


@pytest.mark.parametrize(("rule", "count"), [("who", 2), ("who", 4), ("korean", 2), ("korean", 3)])
def test_a_bmi_rule_makes_the_labels(qtbot, open_source, rule, count):
    dialog = open_source(TextSource(NO_LABELS, "Clipboard"))
    assert not dialog.columns.rule.isVisible()
    choose(qtbot, dialog, dialog.columns.label_column, BY_BMI)
    choose(qtbot, dialog, dialog.columns.rule, rule)
    choose(qtbot, dialog, dialog.columns.class_count, count)
    expected = bmi_classes(bmi_rule(rule), count, [182.0, 161.0, 170.0], [77.0, 58.0, 90.0])
    assert dialog.extraction.class_index.tolist() == expected.tolist()
    assert len(dialog.extraction.class_names) == count


def test_classes_of_a_rule_keep_their_built_in_names_which_follow_the_language(qtbot, open_source):
    dialog = open_source(TextSource(NO_LABELS, "Clipboard"))
    choose(qtbot, dialog, dialog.columns.label_column, BY_BMI)
    assert "underweight (0), normal (2), overweight (1)" in dialog.order_label.text()
    document = two_classes()
    take_over(document, dialog.extraction, adds=False)
    assert [(info.key, info.name) for info in document.state.classes] == [
        ("underweight", None), ("normal", None), ("overweight", None),
    ]  # fmt: skip
    other = two_classes()
    take_over(other, dialog.extraction, adds=True)
    assert [(info.key, info.name) for info in other.state.classes[2:]] == [
        ("underweight", None), ("normal", None), ("overweight", None),
    ]  # fmt: skip
    assert other.state.samples.rows.class_index.tolist() == [0, 1, 3, 3, 4]


def test_labels_of_a_column_can_be_passed_over(qtbot, open_source):
    dialog = open_source(TextSource(PASTED, "Clipboard"))
    assert dialog.labels.isVisible()
    choose(qtbot, dialog, dialog.columns.label_column, NO_LABEL)
    assert dialog.extraction.class_index.tolist() == [-1] * 4
    assert not dialog.labels.isVisible()


# --- values outside sense -------------------------------------------------------------------------------


def cells(model) -> list[list[str]]:
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_swapped_row_is_marked_and_swapped_with_one_click(qtbot, open_source):
    dialog = open_source(TextSource(PASTED, "Clipboard"))
    assert dialog.tabs.tabText(2) == "Outside sense: 1"
    assert cells(dialog.doubts.rows) == [
        ["4", "57.0 cm, 166.0 kg", "height and weight stand in each other's columns"]
    ]
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0, 57.0, 170.0]  # marked, not dropped
    dialog.tabs.setCurrentWidget(dialog.doubts)
    assert dialog.doubts.swap_button.text() == "Swap height and weight (1)"
    press(qtbot, dialog, dialog.doubts.swap_button)
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0, 166.0, 170.0]
    assert dialog.extraction.weight_kg.tolist() == [77.5, 58.0, 57.0, 70.0]
    assert dialog.tabs.tabText(2) == "Outside sense: 0"
    press(qtbot, dialog, dialog.doubts.restore_button)
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0, 57.0, 170.0]


def test_a_row_outside_sense_is_removed_with_one_click_and_listed(qtbot, open_source):
    dialog = open_source(TextSource(PASTED, "Clipboard"))
    dialog.tabs.setCurrentWidget(dialog.doubts)
    press(qtbot, dialog, dialog.doubts.remove_button)
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0, 170.0]
    assert cells(dialog.left_out.rows) == [
        ["4", "", "", "taken out by hand, as its values are outside sense"]
    ]


def test_only_selected_rows_are_acted_on(qtbot, open_source):
    text = PASTED + "60\t170\tM\n1,7\t70\tF\n"
    dialog = open_source(TextSource(text, "Clipboard"))
    assert dialog.doubts.swap_button.text() == "Swap height and weight (2)"
    assert dialog.doubts.remove_button.text() == "Leave out (3)"
    dialog.tabs.setCurrentWidget(dialog.doubts)
    view = dialog.doubts.view
    index = dialog.doubts.rows.index(2, 0)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())
    assert not dialog.doubts.swap_button.isEnabled()
    press(qtbot, dialog, dialog.doubts.remove_button)
    assert dialog.extraction.height_cm.tolist() == [182.0, 161.0, 57.0, 170.0, 60.0]


def test_another_unit_forgets_what_was_decided(qtbot, open_source):
    dialog = open_source(TextSource(PASTED, "Clipboard"))
    dialog.tabs.setCurrentWidget(dialog.doubts)
    press(qtbot, dialog, dialog.doubts.remove_button)
    dialog.columns.weight_unit.setFocus()
    QTest.keyClick(dialog.columns.weight_unit, Qt.Key.Key_End)
    settle(qtbot, dialog)
    assert len(dialog.extraction.height_cm) == 4


# --- rows that are left out ---------------------------------------------------------------------------


def test_rows_that_are_left_out_are_saved_with_their_reasons(qtbot, open_source, tmp_path, monkeypatch):
    source = tmp_path / "people.csv"
    source.write_text("name,height,weight,sex\nAnn,1,2,F\n김,NA,60,F\nBo,180,80,M\nCy,170,x,M\n", "utf-8")
    target = tmp_path / "rest"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    dialog = open_source(source)
    dialog.tabs.setCurrentWidget(dialog.left_out)
    QTest.mouseClick(dialog.left_out.save_button, LEFT)
    qtbot.waitUntil(lambda: dialog.left_out.note.text() == "Written: rest.csv", timeout=WAIT_MS)
    written = (tmp_path / "rest.csv").read_bytes().decode("utf-8-sig")
    assert list(csv.reader(written.splitlines())) == [
        ["line", "reason", "name", "height", "weight", "sex"],
        ["3", "height is missing", "김", "NA", "60", "F"],
        ["5", "weight is not a number", "Cy", "170", "x", "M"],
    ]
    assert list(read_table(tmp_path / "rest.csv").columns[2]) == ["김", "Cy"]
    assert dialog.accept_button.isEnabled()


def test_rows_that_cannot_be_saved_are_told_and_the_dialog_goes_on(qtbot, open_source, tmp_path, monkeypatch):
    dialog = open_source(TextSource("height\tweight\tsex\n180\t80\tM\n160\t\tF\n170\t60\tF\n", "Clipboard"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no" / "a.csv"), ""))
    dialog.tabs.setCurrentWidget(dialog.left_out)
    QTest.mouseClick(dialog.left_out.save_button, LEFT)
    qtbot.waitUntil(lambda: "a.csv" in dialog.trouble, timeout=WAIT_MS)
    assert dialog.accept_button.isEnabled()
    assert dialog.extraction is not None


def test_there_is_nothing_to_save_where_every_row_is_used(open_source):
    assert not open_source(TextSource(PASTED, "Clipboard")).left_out.save_button.isEnabled()


# --- large files ----------------------------------------------------------------------------------------


def large_file(folder):
    path = folder / "large.csv"
    path.write_text("height,weight,sex\n" + "182,77,M\n161,58,F\n" * 60_000, encoding="utf-8")
    return path


def test_a_large_file_tells_how_far_it_is_and_is_one_command(qtbot, open_source, tmp_path, monkeypatch):
    monkeypatch.setattr("engine.files.large_csv.PIECE_BYTES", 100_000)
    shares = []
    take = ImportDialog._on_arrived
    monkeypatch.setattr(
        ImportDialog, "_on_arrived", lambda *words: (take(*words), shares.append(words[0].progress.value()))
    )
    dialog = open_source(large_file(tmp_path))
    assert len(shares) > 5
    assert shares == sorted(shares)
    assert not dialog.progress.isVisible()
    assert dialog.accept_button.text() == "Open 120,000 samples"
    document = two_classes()
    take_over(document, dialog.extraction, adds=True)
    assert len(document.state.samples) == 120_002
    assert document.undo_stack.count() == 1


def test_a_long_reading_is_cancelled(qtbot, tmp_path, monkeypatch):
    begun, never = threading.Event(), threading.Event()

    def endless(source, sheet, should_stop):
        begun.set()
        yield 0.5
        while not should_stop():
            never.wait(0.01)

    monkeypatch.setattr("gui.dialogs.import_csv.open_table", endless)
    dialog = ImportDialog(large_file(tmp_path), THEME, ("A", "B"))
    qtbot.addWidget(dialog)
    dialog.show()
    assert begun.wait(WAIT_MS / 1000)
    qtbot.waitUntil(lambda: dialog.progress.value() == 500, timeout=WAIT_MS)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.extraction is None
    assert dialog.background.wait_until_idle()


@pytest.mark.parametrize("adds", [False, True])
def test_samples_of_several_labels_come_in_with_all_of_them(open_source, adds):
    text = (
        "height_cm,weight_kg,class,labels\n"
        "170,60,tall,tall|strong\n160,50,light,light\n165,55,,|\n181,95,strong,strong\n"
    )
    dialog = open_source(TextSource(text, "a.csv"))
    assert [dialog.labels.item(row, 0).text() for row in range(3)] == ["light", "strong", "tall"]
    assert dialog.extraction is not None
    document = Document(
        DocumentState(
            Samples.from_columns([190.0], [80.0], [0]), (ClassInfo(0, name="tall"), ClassInfo(1, name="x"))
        )
    )
    take_over(document, dialog.extraction, adds)
    names = [info.name for info in document.state.classes]
    rows = document.state.samples.rows
    sets = [
        {name for k, name in enumerate(names) if mask >> k & 1} if mask >= 0 else {names[index]}
        for index, mask in zip(rows.class_index.tolist(), rows.label_set.tolist(), strict=True)
    ]
    assert sets == [*([{"tall"}] if adds else []), {"tall", "strong"}, {"light"}, set(), {"strong"}]
    document.undo_stack.undo()
    assert len(document.state.samples) == 1


def test_lines_above_the_header_are_told_with_their_text(qtbot, open_source):
    dialog = open_source(
        TextSource("Class <3B>, spring\n\nn,height,weight,label\n1,182,77,M\n2,161,58,F\n", "a")
    )
    assert dialog.file_label.text() == "a: 2 rows, delimiter comma. Lines passed over above the table: 1"
    assert dialog.file_label.toolTip() == "Class &lt;3B&gt;, spring"
    assert (dialog.columns.choice(()).height, dialog.columns.choice(()).weight) == ("height", "weight")
    assert dialog.accept_button.isEnabled()


class Numbered(QTranslator):
    """A language in which a column without a name is called by its number, as in Korean."""

    def translate(self, context, text, disambiguation=None, n=-1):
        del disambiguation, n
        return "{number}열" if (context, text) == ("Engine", "column {number}") else text


def test_columns_without_names_are_called_by_number_in_the_language_in_use(qtbot, open_source):
    translator = Numbered()
    QCoreApplication.installTranslator(translator)
    try:
        dialog = open_source(TextSource("182,77,M\n161,x,F\n170,70,F\n", "a"))
        box = dialog.columns.height_column
        assert [box.itemText(index) for index in range(1, box.count())] == ["1열", "2열", "3열"]
        assert dialog.columns.choice(()).height == "column 1"
        model = dialog.left_out.rows
        row = [model.data(model.index(0, column)) for column in range(model.columnCount())]
        assert row == ["2", "2열", "x", "2열 is not a number"]
        titles = [dialog._first_rows.headerData(number, Qt.Orientation.Horizontal) for number in range(1, 4)]
        assert titles == ["1열", "2열", "3열"]
    finally:
        QCoreApplication.removeTranslator(translator)
