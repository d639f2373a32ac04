"""The dialogs: what they ask, what they refuse, and what they do to the document or the disk."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine.document.state import ClassInfo, DocumentState, Settings
from engine.files.registry import open_weights
from engine.files.weights import MetricsInfo, TrainingInfo, weights_from
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import StartSpec
from engine.version import VERSION
from gui.dialogs.about import AboutDialog
from gui.dialogs.edit_sample import EditSampleDialog, edit_sample
from gui.dialogs.exact_start import ExactStartDialog, exact_start
from gui.dialogs.export_weights import ExportDialog
from gui.dialogs.import_csv import ImportDialog, import_csv, take_over
from gui.dialogs.remove_class import MakeBinaryDialog, RemoveClassDialog, make_binary, remove_class
from gui.dialogs.shortcuts import ShortcutsDialog
from gui.document import Document
from gui.theme import make_theme

WAIT_MS = 10_000
LEFT = Qt.MouseButton.LeftButton
THEME = make_theme(dark=False)


def make_state(n_classes: int = 2, **settings) -> DocumentState:
    markers = ("circle", "triangle", "square", "diamond", "cross", "star", "pentagon", "hexagon")
    classes = tuple(ClassInfo(k, name="ABCDEFGH"[k], color=k, marker=markers[k]) for k in range(n_classes))
    rows = range(3 * n_classes)
    samples = Samples.from_columns(
        [150.5 + k for k in rows], [50.0 + k for k in rows], [k % n_classes for k in rows]
    )
    return DocumentState(samples, classes, Settings(**settings))


def shown(qtbot, dialog):
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


def type_into(field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def press(dialog, key) -> None:
    QTest.keyClick(dialog, key)


def answer(act) -> None:
    """Do something to the modal dialog that is about to open."""
    QTimer.singleShot(0, lambda: act(QApplication.activeModalWidget()))


# --- one sample -----------------------------------------------------------------------------------


def test_a_sample_is_edited_to_exact_numbers_as_one_command(qtbot):
    document = Document(make_state())

    def act(dialog: EditSampleDialog) -> None:
        assert dialog.height_cm.text() == "152.5"
        type_into(dialog.height_cm, "171,25")
        type_into(dialog.weight_kg, "64.5")
        dialog.sample_class.setCurrentIndex(2)
        press(dialog.weight_kg, Qt.Key.Key_Return)

    answer(act)
    edit_sample(document, 2)
    row = document.state.samples.select([2])
    assert (row.height_cm[0], row.weight_kg[0], row.class_index[0]) == (171.25, 64.5, -1)
    assert document.undo_stack.count() == 1


def test_a_sample_is_not_changed_when_the_person_cancels(qtbot):
    document = Document(make_state())

    def act(dialog: EditSampleDialog) -> None:
        type_into(dialog.height_cm, "171")
        press(dialog, Qt.Key.Key_Escape)

    answer(act)
    edit_sample(document, 2)
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("text", ["tall", "0", ""])
def test_a_number_that_makes_no_sense_keeps_the_dialog_open(qtbot, text):
    dialog = shown(qtbot, EditSampleDialog(make_state(), 0))
    dialog.weight_kg.setFocus()
    dialog.weight_kg.selectAll()
    QTest.keyClick(dialog.weight_kg, Qt.Key.Key_Delete)
    QTest.keyClicks(dialog.weight_kg, text)
    press(dialog.weight_kg, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.trouble


# --- classes --------------------------------------------------------------------------------------


def test_removing_a_class_asks_where_its_samples_go(qtbot):
    document = Document(make_state(3))

    def act(dialog: RemoveClassDialog) -> None:
        texts = [label.text() for label in dialog.findChildren(QLabel)]
        assert "What becomes of the samples of the class B?" in texts
        dialog.fate.target.setCurrentIndex(1)
        dialog.accept()

    answer(act)
    remove_class(document, 1)
    assert [info.name for info in document.state.classes] == ["A", "C"]
    assert document.state.samples.class_counts == {0: 3, 1: 6}


def test_removing_a_class_can_remove_its_samples(qtbot):
    document = Document(make_state(3))

    def act(dialog: RemoveClassDialog) -> None:
        QTest.mouseClick(dialog.fate.discard, LEFT)
        assert not dialog.fate.target.isEnabled()
        dialog.accept()

    answer(act)
    remove_class(document, 1)
    assert document.state.samples.class_counts == {0: 3, 1: 3}


def test_an_empty_class_goes_without_a_question(qapp):
    document = Document(make_state())
    document.add_class()
    remove_class(document, 2)
    assert len(document.state.classes) == 2


def test_making_the_problem_binary_asks_which_two_stay(qtbot):
    document = Document(make_state(3))

    def act(dialog: MakeBinaryDialog) -> None:
        dialog.reference.setCurrentIndex(1)
        dialog.positive.setCurrentIndex(0)
        dialog.fate.target.setCurrentIndex(1)
        dialog.accept()

    answer(act)
    make_binary(document)
    assert [info.name for info in document.state.classes] == ["B", "A"]
    assert document.state.samples.class_counts == {0: 3, 1: 6}
    assert document.undo_stack.count() == 1


def test_one_class_is_not_kept_twice(qtbot):
    dialog = shown(qtbot, MakeBinaryDialog(make_state(3)))
    dialog.positive.setCurrentIndex(0)
    assert dialog.trouble == "Choose two different classes."


# --- exact start ----------------------------------------------------------------------------------


def test_exact_start_weights_are_one_command(qtbot):
    document = Document(make_state())

    def act(dialog: ExactStartDialog) -> None:
        for field, text in zip(dialog.fields, ("5", "-5", "0,25"), strict=True):
            type_into(field, text)
        press(dialog.fields[-1], Qt.Key.Key_Return)

    answer(act)
    exact_start(document)
    assert document.state.settings.start == StartSpec("exact", 1.0, (5.0, -5.0, 0.25))
    assert document.undo_stack.count() == 1


def test_the_dialog_begins_with_the_present_start(qtbot):
    dialog = shown(qtbot, ExactStartDialog(make_state(3, start=StartSpec("normal", 2.0))))
    rows = np.reshape(dialog.parameters, (3, 3))
    assert np.any(rows != 0.0)
    assert np.allclose(rows.sum(axis=0), 0.0, atol=1e-12)


def test_a_start_that_does_not_fit_begins_with_zeros(qtbot):
    state = make_state(3, start=StartSpec("exact", 1.0, (1.0, 2.0, 3.0)))
    assert shown(qtbot, ExactStartDialog(state)).parameters == (0.0,) * 9


@pytest.mark.parametrize(
    ("settings", "count"), [({"model": "step"}, 3), ({"model": "mlp", "hidden": (3, 2)}, 9 + 8 + 3)]
)
def test_exact_start_weights_are_as_many_as_the_model_has(qtbot, settings, count):
    numbers = tuple(float(number) for number in range(count))
    state = make_state(start=StartSpec("exact", parameters=numbers), **settings)
    dialog = shown(qtbot, ExactStartDialog(state))
    assert dialog.parameters == numbers
    assert dialog.fields[-1].accessibleName() == "b, B"
    if settings["model"] == "mlp":
        assert dialog.fields[9].accessibleName() == "w unit 1, Hidden layer 2, unit 1"


# --- opening a table ------------------------------------------------------------------------------

PEOPLE = (
    "name;height;weight;sex\n"
    "a;1,70;70,5;M\n"
    "b;1,60;55,0;F\n"
    "c;NA;60,0;F\n"
    "d;1,80;abc;M\n"
    "e;1,55;50,0;F\n"
    "f;1,75;80,0;\n"
)


@pytest.fixture
def open_dialog(qtbot, tmp_path):
    opened = []

    def make(text: str, present=("A", "B"), encoding: str = "utf-8") -> ImportDialog:
        path = tmp_path / "people.csv"
        path.write_text(text, encoding=encoding)
        dialog = ImportDialog(path, THEME, present)
        qtbot.addWidget(dialog)
        opened.append(dialog)
        settle(qtbot, dialog)
        return dialog

    yield make
    for dialog in opened:
        dialog.background.close()


def settle(qtbot, dialog: ImportDialog) -> None:
    """Wait until the dialog says something final: samples to open, or what is wrong."""
    qtbot.waitUntil(lambda: dialog.accept_button.isEnabled() or bool(dialog.trouble))


def cells(model) -> list[list[str]]:
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_the_file_is_described_and_columns_and_units_are_guessed(open_dialog):
    dialog = open_dialog(PEOPLE)
    assert dialog.file_label.text() == "people.csv: 6 rows, encoding utf-8, delimiter semicolon"
    assert dialog.columns.height_column.currentText() == "height"
    assert dialog.columns.height_unit.currentText() == "m"
    assert dialog.columns.weight_column.currentText() == "weight"
    assert dialog.columns.label_column.currentText() == "sex"


def test_every_row_is_used_or_listed(open_dialog):
    dialog = open_dialog(PEOPLE)
    assert dialog.accept_button.text() == "Open 3 samples"
    assert dialog.tabs.tabText(1) == "Left out: 3"
    assert cells(dialog.left_out.rows) == [
        ["4", "height", "NA", "height is missing"],
        ["5", "weight", "abc", "weight is not a number"],
        ["7", "sex", "", "sex is missing"],
    ]
    assert cells(dialog.tabs.widget(0).model())[:3] == [
        ["2", "1,70", "70,5", "M", "170.0 cm, 70.5 kg, M"],
        ["3", "1,60", "55,0", "F", "160.0 cm, 55.0 kg, F"],
        ["4", "NA", "60,0", "F", "left out: height is missing"],
    ]


def test_another_unit_is_read_at_once(qtbot, open_dialog):
    dialog = open_dialog(PEOPLE)
    dialog.columns.height_unit.setCurrentText("cm")
    dialog.columns.height_unit.activated.emit(0)
    settle(qtbot, dialog)
    assert dialog.extraction.height_cm.tolist() == [1.7, 1.6, 1.55]


def test_the_second_class_is_the_positive_one_and_the_order_can_be_reversed(qtbot, open_dialog):
    dialog = open_dialog(PEOPLE)
    assert dialog.order_label.text() == "class 0: F (2); class 1, positive: M (1)"
    QTest.mouseClick(dialog.reverse_button, LEFT)
    settle(qtbot, dialog)
    assert dialog.order_label.text() == "class 0: M (1); class 1, positive: F (2)"
    assert dialog.extraction.class_index.tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    ("labels", "present", "expected"),
    [
        ("F M F", ("M", "F"), ("M", "F")),  # samples of this document, opened again
        ("F M F", ("M", "X"), ("F", "M")),
        ("overweight normal underweight", ("A", "B"), ("underweight", "normal", "overweight")),
        ("obese normal", ("A", "B"), ("normal", "obese")),
        ("needs a diet|no diet needed|needs a diet", ("A", "B"), ("no diet needed", "needs a diet")),
        ("normal odd", ("A", "B"), ("normal", "odd")),
    ],
)
def test_classes_keep_the_order_that_they_are_known_in(open_dialog, labels, present, expected):
    given = labels.split("|") if "|" in labels else labels.split()
    rows = [f"{160 + number},{60 + number},{label}" for number, label in enumerate(given)]
    dialog = open_dialog("\n".join(["height,weight,label", *rows]), present)
    assert dialog.extraction.class_names == expected


def test_labels_are_renamed_merged_and_left_out(qtbot, open_dialog):
    lines = "".join(f"17{k},7{k},{k}\n" for k in range(4))
    dialog = open_dialog("height,weight,index\n" + lines)
    for row, name in enumerate(("thin", "thin", "heavy")):
        field = dialog.labels.box(row).lineEdit()
        type_into(field, name)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    box = dialog.labels.box(3)
    box.setCurrentIndex(0)
    box.activated.emit(0)
    settle(qtbot, dialog)
    assert dialog.extraction.class_names == ("thin", "heavy")
    assert dialog.extraction.class_index.tolist() == [0, 0, 1]
    assert len(dialog.extraction.left_out) == 1


def test_too_many_labels_are_left_out_until_classes_are_typed(qtbot, open_dialog):
    lines = "".join(f"17{k % 10},7{k % 10},{k}\n" for k in range(12))
    dialog = open_dialog("height,weight,group\n" + lines)
    dialog.columns.label_column.setCurrentIndex(3)
    dialog.columns.label_column.activated.emit(3)
    settle(qtbot, dialog)
    assert dialog.trouble == "There are 12 labels: choose which of them become classes, 2 to 8 in all."
    assert dialog.labels.rowCount() == 12
    assert dialog.labels.rules() == ()
    type_into(dialog.labels.box(3).lineEdit(), "low")
    QTest.keyClick(dialog.labels.box(3).lineEdit(), Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert dialog.trouble == "Between 2 and 8 classes are possible, not 1."
    type_into(dialog.labels.box(5).lineEdit(), "high")
    QTest.keyClick(dialog.labels.box(5).lineEdit(), Qt.Key.Key_Return)
    settle(qtbot, dialog)
    assert (dialog.trouble, dialog.extraction.class_names) == ("", ("low", "high"))


def test_a_column_that_is_not_guessed_has_to_be_chosen(open_dialog):
    dialog = open_dialog("p,q,r\nx,1,2\ny,3,4\n")
    assert dialog.trouble == "Choose the columns of height, weight and label."
    assert not dialog.accept_button.isEnabled()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty: choose one with a table of heights and weights."),
        (
            "height,weight,sex\n",
            "Line 1: There is a header but no rows below it: choose a table with a row for each person.",
        ),
    ],
)
def test_a_file_that_is_no_table_is_answered_in_a_sentence(open_dialog, text, sentence):
    dialog = open_dialog(text)
    assert dialog.trouble == sentence
    assert not dialog.accept_button.isEnabled()


def test_opening_replaces_the_samples_as_one_command(open_dialog):
    document = Document(make_state(3, seed=5, start=StartSpec("exact", 1.0, (0.0,) * 9)))
    take_over(document, open_dialog(PEOPLE).extraction, adds=False)
    state = document.state
    assert state.samples.rows.height_cm.tolist() == [170.0, 160.0, 155.0]
    assert [info.name for info in state.classes] == ["F", "M"]
    assert (state.settings.seed, state.settings.start) == (5, StartSpec())
    assert document.undo_text == "Open samples"
    document.undo_stack.undo()
    assert len(document.state.classes) == 3


def test_adding_finds_classes_by_name_and_appends_the_new_ones(open_dialog):
    document = Document(make_state())
    document.rename_class(0, "M")
    take_over(document, open_dialog(PEOPLE).extraction, adds=True)
    assert [info.name for info in document.state.classes] == ["M", "B", "F"]
    assert document.state.samples.rows.class_index.tolist() == [0, 1, 0, 1, 0, 1, 0, 2, 2]
    document.undo_stack.undo()
    assert len(document.state.samples) == 6
    assert len(document.state.classes) == 2


def test_more_than_eight_classes_together_are_refused(open_dialog):
    dialog = open_dialog(PEOPLE, present=tuple("ABCDEGH"))
    dialog.add_choice.setChecked(True)
    assert not dialog.accept_button.isEnabled()
    assert dialog.trouble == "Together with those on the canvas these are more than 8 classes."
    dialog.replace_choice.setChecked(True)
    assert dialog.accept_button.isEnabled()


@pytest.mark.parametrize(("adds", "outcome", "count"), [(False, "replaced", 3), (True, "added", 9)])
def test_the_window_hears_what_became_of_the_file(qtbot, tmp_path, adds, outcome, count):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="cp949")
    document = Document(make_state())

    def act(dialog: ImportDialog) -> None:
        settle(qtbot, dialog)
        dialog.add_choice.setChecked(adds)
        QTest.mouseClick(dialog.accept_button, LEFT)

    answer(act)
    assert import_csv(document, path, THEME) == outcome
    assert len(document.state.samples) == count
    assert document.undo_stack.count() == 1


def test_a_cancelled_file_changes_nothing(qtbot, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    document = Document(make_state())
    answer(lambda dialog: press(dialog, Qt.Key.Key_Escape))
    assert import_csv(document, path, THEME) == "cancelled"
    assert document.undo_stack.count() == 0


# --- exporting weights ----------------------------------------------------------------------------


def make_models() -> list:
    state = make_state()
    training = TrainingInfo("gd", 0.1, None, 1240, 7, "none", None, "zeros", None)
    metrics = MetricsInfo(6, 0.3, 0.1, 0.5, ((2, 1), (2, 1)))
    scaler = Standardizer(165.0, 65.0, 8.0, 11.0)
    return [
        weights_from(state.model, np.array([bias, 3.0, -0.52]), scaler, loss, ("A", "B"), training, metrics)
        for bias, loss in ((-1.89, "bce"), (5.24, "mse"))
    ]


def test_the_selected_model_is_exported_and_reads_back_the_same(qtbot, tmp_path):
    dialog = shown(qtbot, ExportDialog(make_models(), 1, tmp_path))
    type_into(dialog.name_field, "mine.json")
    QTest.mouseClick(dialog.accept_button, LEFT)
    assert not dialog.isVisible()
    again = open_weights(tmp_path / "mine.json")
    assert again.loss == "mse"
    assert again.standardized.tolist() == [[5.24, 3.0, -0.52]]


def test_both_models_go_to_files_of_their_own_in_every_format(qtbot, tmp_path):
    dialog = shown(qtbot, ExportDialog(make_models(), 0, tmp_path))
    QTest.mouseClick(dialog.model_choice.button("both"), LEFT)
    suffixes = (".npz", ".csv", ".onnx", ".safetensors")
    for suffix in suffixes:
        QTest.mouseClick(dialog.formats[suffix], LEFT, pos=dialog.formats[suffix].rect().center() / 8)
    QTest.mouseClick(dialog.accept_button, LEFT)
    stem = "fall-line-weights"
    names = {f"{stem}-{loss}{suffix}" for loss in ("bce", "mse") for suffix in (".json", *suffixes)}
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == names


def test_what_will_be_written_is_shown(qtbot, tmp_path):
    (tmp_path / "fall-line-weights.json").write_text("old", encoding="utf-8")
    dialog = shown(qtbot, ExportDialog(make_models()[:1], 0, tmp_path))

    def until_shown(words: str) -> None:
        qtbot.waitUntil(lambda: words in dialog.preview.toPlainText(), timeout=WAIT_MS)

    until_shown('{\n  "format": "fall-line-weights"')
    assert dialog.files_label.text() == "fall-line-weights.json (replaces the file of that name)"
    shown_before = ".json"
    for suffix, words in (
        (".npz", "standardized_weights  float64 (1, 2)"),
        (".onnx", "logits = Gemm"),
        (".safetensors", "0.weight  float64 (1, 2)"),
    ):
        dialog.formats[shown_before].setChecked(False)
        dialog.formats[suffix].setChecked(True)
        until_shown(words)
        shown_before = suffix
    assert 'classes: ["A", "B"]' in dialog.preview.toPlainText()
    dialog.formats[shown_before].setChecked(False)
    assert dialog.preview.toPlainText() == ""
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "folder", "sentence"),
    [
        ("", None, "The files need a name."),
        ("a/b", None, 'A name has none of the characters /\\:*?"<>|'),
        ("a", "nowhere", "There is no such folder."),
        ("a", "n" * 5_000, "There is no such folder."),
    ],
)
def test_names_that_cannot_be_written_are_refused(qtbot, tmp_path, name, folder, sentence):
    dialog = shown(qtbot, ExportDialog(make_models(), 0, tmp_path))
    dialog.name_field.setText(name)
    if folder is not None:
        dialog.folder_field.setText(str(tmp_path / folder))
    assert dialog.trouble == sentence
    assert not dialog.accept_button.isEnabled()


def test_at_least_one_format_is_needed(qtbot, tmp_path):
    dialog = shown(qtbot, ExportDialog(make_models(), 0, tmp_path))
    dialog.formats[".json"].setChecked(False)
    assert dialog.trouble == "Choose at least one format."


def test_a_file_that_cannot_be_written_keeps_the_dialog_open(qtbot, tmp_path):
    (tmp_path / "fall-line-weights.json").mkdir()
    dialog = shown(qtbot, ExportDialog(make_models(), 0, tmp_path))
    QTest.mouseClick(dialog.accept_button, LEFT)
    assert dialog.isVisible()
    assert "fall-line-weights.json" in dialog.trouble


# --- overviews ------------------------------------------------------------------------------------


def test_the_shortcut_overview_lists_commands_and_gestures(qtbot):
    dialog = shown(
        qtbot, ShortcutsDialog([("Undo", "Ctrl+Z"), ("Train", "Space")], [("Pan", "middle button")])
    )
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert {"Undo", "Ctrl+Z", "Train", "Space", "Pan", "middle button", "ON THE CANVAS"} <= set(texts)


def test_about_tells_version_licences_and_what_labels_are_not(qtbot):
    dialog = shown(qtbot, AboutDialog())
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for part in (VERSION, "MIT", "SIL Open Font Licence", "invented", "not medical advice"):
        assert part in text
