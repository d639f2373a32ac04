"""The left column: every control changes the document as one undo command and shows what it says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest

from engine.document.state import ClassInfo, DocumentState, Settings
from engine.samples import Samples
from engine.specs import OptimizerSpec, StartSpec
from gui.document import Document
from gui.interaction import Interaction
from gui.model_choice import choose_model
from gui.panels.left_column import LeftColumn
from gui.theme import Appearance

LEFT = Qt.MouseButton.LeftButton


def make_document(n_classes: int = 2, count: int = 120, **settings) -> Document:
    keys = ("no_diet", "needs_diet") if n_classes == 2 else ("class",) * n_classes
    markers = ("circle", "triangle", "square", "diamond", "cross", "star", "pentagon", "hexagon")
    classes = tuple(ClassInfo(k, keys[k], color=k, marker=markers[k]) for k in range(n_classes))
    rows = range(count)
    samples = Samples.from_columns([150.0 + k for k in rows], [50.0] * count, [k % n_classes for k in rows])
    return Document(DocumentState(samples, classes, Settings(**settings)))


@pytest.fixture
def make_column(qtbot):
    kept = []

    def make(document: Document) -> LeftColumn:
        interaction, appearance = Interaction(document), Appearance()
        kept.extend([interaction, appearance])
        column = LeftColumn(document, interaction, appearance)
        column.interaction, column.appearance = interaction, appearance
        kept.append(column)
        column.resize(column.sizeHint().width(), 900)
        qtbot.addWidget(column)
        with qtbot.waitActive(column):
            column.show()
            column.activateWindow()
        return column

    return make


def click(widget) -> None:
    QTest.mouseClick(widget, LEFT)


def type_into(field, text: str, key=Qt.Key.Key_Return) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def pick(combo, key: str) -> None:
    """Choose as a person does: open the list, press on the line."""
    combo.showPopup()
    view = combo.view()
    index = combo.model().index(combo.findData(key), 0)
    view.scrollTo(index)
    QTest.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


# --- problem and classes --------------------------------------------------------------------------


def test_the_list_shows_names_and_counts(make_column):
    column = make_column(make_document())
    rows = column.problem.rows
    assert [row.name_label.text() for row in rows] == ["no diet needed", "needs a diet"]
    assert [row.count_label.text() for row in rows] == ["60", "60"]


def test_counts_follow_edits_and_samples_without_a_label_are_told(make_column):
    document = make_document()
    column = make_column(document)
    document.set_class_of([0, 2], 1)
    document.set_class_of([1], -1)
    assert [row.count_label.text() for row in column.problem.rows] == ["58", "61"]
    assert column.problem.unlabelled.isVisible()
    assert column.problem.unlabelled.text() == "without a label: 1"


def test_a_click_on_a_class_makes_it_the_current_one(make_column):
    column = make_column(make_document())
    click(column.problem.rows[1].name_label)
    assert column.interaction.current_class == 1
    assert [row.property("current") for row in column.problem.rows] == [False, True]


def test_a_name_is_edited_in_place(make_column):
    document = make_document()
    row = make_column(document).problem.rows[1]
    QTest.mouseDClick(row, LEFT, pos=row.name_label.geometry().center())
    assert row.name_field.isVisible()
    type_into(row.name_field, "heavy")
    assert document.state.classes[1].name == "heavy"
    assert row.name_label.isVisible()
    assert row.name_label.text() == "heavy"
    assert document.undo_stack.count() == 1


def test_escape_takes_a_name_back(make_column):
    document = make_document()
    row = make_column(document).problem.rows[0]
    row.start_editing()
    type_into(row.name_field, "x", Qt.Key.Key_Escape)
    assert not row.name_field.isVisible()
    assert document.undo_stack.count() == 0
    assert row.name_label.text() == "no diet needed"


def test_an_empty_name_gives_the_built_in_one_back(make_column):
    document = make_document()
    row = make_column(document).problem.rows[0]
    document.rename_class(0, "thin")
    row.start_editing()
    row.name_field.clear()
    QTest.keyClick(row.name_field, Qt.Key.Key_Return)
    assert document.state.classes[0].name is None
    assert row.name_label.text() == "no diet needed"


def test_a_name_that_is_taken_is_refused_in_a_sentence(make_column):
    document = make_document()
    column = make_column(document)
    row = column.problem.rows[0]
    row.start_editing()
    type_into(row.name_field, "needs a diet")
    assert document.undo_stack.count() == 0
    assert row.name_field.isVisible()
    assert column.problem.trouble.text() == "Another class is called needs a diet already."
    type_into(row.name_field, "other")
    assert document.state.classes[0].name == "other"
    assert not column.problem.trouble.isVisible()


def test_a_name_that_is_being_typed_goes_with_its_class(make_column):
    document = make_document()
    document.add_class()
    row = make_column(document).problem.rows[2]
    row.start_editing()
    QTest.keyClicks(row.name_field, "half a na")
    document.remove_class(2, None)  # its field loses the focus with what was typed
    assert len(document.state.classes) == 2
    assert [info.name for info in document.state.classes] == [None, None]


def test_multi_class_adds_a_third_class_and_binary_asks_which_stay(make_column, qtbot):
    document = make_document()
    column = make_column(document)
    click(column.problem.problem.button("multi_class"))
    assert len(document.state.classes) == 3
    assert column.problem.problem.key == "multi_class"
    assert column.problem.rows[2].name_label.text() == "class 3"
    with qtbot.waitSignal(column.binary_requested):
        click(column.problem.problem.button("binary"))
    assert column.problem.problem.button("multi_class").isChecked()
    document.undo_stack.undo()
    assert column.problem.problem.key == "binary"
    assert len(column.problem.rows) == 2


def test_adding_stops_at_eight_and_says_why(make_column):
    document = make_document(7)
    column = make_column(document)
    click(column.problem.add_button)
    assert len(document.state.classes) == 8
    assert not column.problem.add_button.isEnabled()
    assert "the most" in column.problem.add_button.toolTip()


def test_removing_a_class_is_wished_for(make_column, qtbot):
    column = make_column(make_document(3))
    row = column.problem.rows[1]
    QTest.mouseMove(row)
    assert row.remove_button.isVisible()
    with qtbot.waitSignal(column.remove_class_requested) as wish:
        click(row.remove_button)
    assert wish.args == [1]


def test_the_last_class_offers_no_removal(make_column):
    column = make_column(make_document(1))
    assert not column.problem.make_look_menu(0).remove_action.isEnabled()


def test_the_look_menu_restyles_and_offers_no_look_twice(make_column):
    document = make_document()
    menu = make_column(document).problem.make_look_menu(0)
    assert not menu.colors.actions()[1].isEnabled()
    assert not menu.markers.actions()[1].isEnabled()
    menu.colors.actions()[4].trigger()
    assert (document.state.classes[0].color, document.state.classes[0].marker) == (4, "circle")
    assert document.undo_stack.count() == 1


# --- model and loss -------------------------------------------------------------------------------


def test_a_third_class_leaves_the_choice_of_output_layers(make_column):
    document = make_document()
    section = make_column(document).settings.model
    pick(section.model, "softmax")
    assert document.state.model.kind == "softmax"
    assert section.loss.button("cross_entropy").text() == "CE"
    document.add_class()
    assert [section.model.itemData(row) for row in range(section.model.count())] == [
        "softmax", "sigmoids", "absolute", "square",
    ]  # fmt: skip
    assert section.model.key == "softmax"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert section.model.key == "logistic"
    assert section.loss.button("cross_entropy").text() == "BCE"


@pytest.mark.parametrize("mode", ["cross_entropy", "mse"])
def test_the_loss_is_one_command(make_column, mode):
    document = make_document()
    section = make_column(document).settings.model
    click(section.loss.button(mode))
    assert document.state.settings.loss_mode == mode
    assert section.loss.button(mode).isChecked()
    document.undo_stack.undo()
    assert section.loss.button("compare").isChecked()


# --- optimiser, rate, batch -----------------------------------------------------------------------


def test_momentum_is_shown_for_momentum_alone(make_column):
    document = make_document()
    section = make_column(document).settings.optimizer
    assert not section.momentum.isVisible()
    pick(section.optimizer, "momentum")
    assert document.state.settings.optimizer == OptimizerSpec("momentum")
    assert section.momentum.isVisible()
    type_into(section.momentum.field, "0,5")
    assert document.state.settings.optimizer.momentum == 0.5
    type_into(section.momentum.field, "1")
    assert section.momentum.field.trouble == "The momentum is at least 0 and below 1."


@pytest.mark.parametrize(
    ("text", "rate"), [("0.05", 0.05), ("0,05", 0.05), ("1e-7", 1e-7), ("250", 250.0), (".5", 0.5)]
)
def test_a_learning_rate_is_typed_in_either_decimal_form(make_column, text, rate):
    document = make_document()
    field = make_column(document).settings.optimizer.rate.field
    type_into(field, text)
    assert document.state.settings.optimizer.learning_rate == rate
    assert not field.hasFocus()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("fast", "Type a number, such as 0.1 or 1e-3."),
        ("0", "The number must be above 0."),
        ("-1", "The number must be above 0."),
        ("1e999", "This number is too large."),
        ("nan", "Type a number, such as 0.1 or 1e-3."),
    ],
)
def test_a_learning_rate_that_makes_no_sense_is_answered_in_place(make_column, text, sentence):
    document = make_document()
    rate = make_column(document).settings.optimizer.rate
    type_into(rate.field, text)
    assert document.undo_stack.count() == 0
    assert rate.field.trouble == sentence
    assert rate.field.toolTip() == sentence
    QTest.keyClick(rate.field, Qt.Key.Key_Escape)
    assert rate.field.text() == "0.1"
    assert rate.field.trouble == ""


def test_a_drag_of_the_rate_slider_is_one_command(make_column):
    document = make_document()
    slider = make_column(document).settings.optimizer.rate.slider
    middle = slider.height() // 2
    start = QPoint(slider.width() // 2, middle)
    QTest.mousePress(slider, LEFT, pos=start)
    for x in range(0, 60, 10):
        QTest.mouseMove(slider, start + QPoint(x, 0))
    QTest.mouseRelease(slider, LEFT, pos=start + QPoint(50, 0))
    raised = document.state.settings.optimizer.learning_rate
    assert raised > 0.5
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.state.settings.optimizer.learning_rate == 0.1
    assert slider.scale.value_at(slider.value()) == 0.1


def test_the_rate_slider_spans_its_decades(make_column):
    document = make_document()
    slider = make_column(document).settings.optimizer.rate.slider
    middle = slider.height() // 2
    QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, middle))
    assert document.state.settings.optimizer.learning_rate == 100.0
    QTest.mouseClick(slider, LEFT, pos=QPoint(0, middle))
    assert document.state.settings.optimizer.learning_rate == 1e-4


def test_the_batch_size_is_typed_or_all(make_column):
    document = make_document(count=120)
    field = make_column(document).settings.optimizer.batch.field
    assert field.text() == "all 120"
    type_into(field, "32")
    assert document.state.settings.batch_size == 32
    type_into(field, "all")
    assert document.state.settings.batch_size is None
    type_into(field, "121")
    assert field.trouble == "Type a whole number from 1 to 120, or all."
    type_into(field, "0")
    assert field.trouble == "Type a whole number from 1 to 120, or all."
    type_into(field, "120")
    assert document.state.settings.batch_size is None
    assert field.text() == "all 120"


def test_the_batch_slider_goes_from_one_to_all(make_column):
    document = make_document()
    slider = make_column(document).settings.optimizer.batch.slider
    QTest.mouseClick(slider, LEFT, pos=QPoint(0, slider.height() // 2))
    assert document.state.settings.batch_size == 1
    QTest.mouseClick(slider, LEFT, pos=QPoint(slider.width() - 1, slider.height() // 2))
    assert document.state.settings.batch_size is None


def test_all_follows_the_number_of_samples(make_column):
    document = make_document(count=120)
    field = make_column(document).settings.optimizer.batch.field
    document.remove_samples([0, 1])
    assert field.text() == "all 118"
    document.clear_samples()
    assert field.text() == "all"
    type_into(field, "all")
    assert field.trouble == ""
    assert document.state.settings.batch_size is None
    document.add_samples(170.0, 60.0, 0)
    assert field.text() == "all 1"


# --- start and seed -------------------------------------------------------------------------------


def test_the_spread_is_shown_for_a_start_by_chance(make_column):
    document = make_document()
    section = make_column(document).settings.start
    pick(section.start, "normal")
    assert section.spread.isVisible()
    type_into(section.spread.field, "2.5")
    assert document.state.settings.start == StartSpec("normal", 2.5)


def test_exact_numbers_are_asked_for_before_they_hold(make_column, qtbot):
    document = make_document()
    column = make_column(document)
    with qtbot.waitSignal(column.exact_start_requested):
        pick(column.settings.start.start, "exact")
    assert document.undo_stack.count() == 0
    assert column.settings.start.start.key == "zeros"


def test_with_one_class_there_are_no_exact_numbers_to_ask_for(make_column):
    document = make_document(start=StartSpec("exact", 1.0, (5.0, -5.0, 0.0)))
    column = make_column(document)
    section = column.settings.start
    document.remove_class(1, None)
    assert not section.edit_button.isEnabled()
    document.change_settings(start=StartSpec())
    asked = []
    column.exact_start_requested.connect(lambda: asked.append(True))
    pick(section.start, "exact")
    assert section.start.currentData() == "zeros"
    assert section.trouble.text() == "Training needs at least two classes."
    assert not asked


def test_another_model_can_be_chosen_while_there_is_one_class():
    document = make_document(start=StartSpec("exact", 1.0, (5.0, -5.0, 0.0)))
    document.remove_class(1, None)
    choose_model(document, "absolute")
    assert document.state.settings.model == "absolute"
    assert document.state.settings.start.kind == "normal"


def test_exact_numbers_are_shown_and_go_with_a_change_of_classes(make_column):
    document = make_document(start=StartSpec("exact", 1.0, (5.0, -5.0, 0.0)))
    column = make_column(document)
    section = column.settings.start
    assert section.numbers.text() == "w (5.00, -5.00)  b 0.00"
    click(column.problem.add_button)
    assert section.numbers.text() == "9 numbers"
    assert section.start.key == "exact"
    assert not section.trouble.isVisible()
    document.undo_stack.undo()
    assert section.numbers.text() == "w (5.00, -5.00)  b 0.00"


def test_a_seed_is_typed_and_a_new_one_is_wished_for(make_column, qtbot):
    document = make_document()
    column = make_column(document)
    type_into(column.settings.start.seed, "1234")
    assert document.state.settings.seed == 1234
    type_into(column.settings.start.seed, "1.5")
    assert column.settings.start.seed.trouble == "Type a whole number."
    with qtbot.waitSignal(column.new_seed_requested):
        click(column.settings.start.new_seed)


# --- keys, look, language -------------------------------------------------------------------------


def test_space_arrows_and_digits_stay_with_the_window_after_any_click(make_column):
    window = column = make_column(make_document())
    pressed = []
    for key in ("Space", "Left", "Right", "1", "Del"):
        action = QAction(window)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _checked=False, key=key: pressed.append(key))
        window.addAction(action)
    settings = column.settings
    for widget in (
        settings.model.loss.button("mse"),
        settings.optimizer.rate.slider,
        column.problem.rows[1],
        column.problem.add_button,
    ):
        click(widget)
        assert window.focusWidget() is not widget
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_1, Qt.Key.Key_Delete):
            QTest.keyClick(window, key)
        assert pressed == ["Space", "Left", "Right", "1", "Del"]
        pressed.clear()
    settings.optimizer.rate.field.setFocus()
    QTest.keyClick(settings.optimizer.rate.field, Qt.Key.Key_1)
    assert pressed == []


def test_return_presses_a_control_reached_with_tab(make_column):
    document = make_document()
    button = make_column(document).settings.model.loss.button("mse")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert document.state.settings.loss_mode == "mse"


def test_up_and_down_move_a_slider_reached_with_tab_and_left_does_not(make_column):
    document = make_document()
    slider = make_column(document).settings.optimizer.rate.slider
    slider.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(slider, Qt.Key.Key_Up)
    assert document.state.settings.optimizer.learning_rate > 0.1
    QTest.keyClick(slider, Qt.Key.Key_Down)
    QTest.keyClick(slider, Qt.Key.Key_Left)
    assert document.state.settings.optimizer.learning_rate == 0.1


def test_every_control_has_a_tooltip(make_column):
    document = make_document(start=StartSpec("exact", 1.0, (5.0, -5.0, 0.0)))
    column = make_column(document)
    settings, problem = column.settings, column.problem
    controls = [
        *(problem.problem.button(key) for key in ("binary", "multi_class")),
        *problem.rows,
        problem.add_button,
        settings.model.model,
        *(settings.model.loss.button(key) for key in ("cross_entropy", "mse", "compare")),
        settings.optimizer.optimizer,
        *(
            part
            for field in (settings.optimizer.rate, settings.optimizer.momentum, settings.optimizer.batch)
            for part in (field.slider, field.field)
        ),
        settings.start.start,
        settings.start.edit_button,
        settings.start.seed,
        settings.start.new_seed,
    ]
    assert all(control.toolTip() for control in controls)


def test_the_column_grows_with_the_scale_and_scrolls_when_low(make_column):
    column = make_column(make_document(8))
    before = column.problem.rows[0].height()
    column.appearance.set_scale_percent(200)
    assert column.minimumWidth() == 464
    assert column.problem.rows[0].height() == 2 * before


def test_texts_are_set_again_when_the_language_changes(make_column, qapp, monkeypatch):
    column = make_column(make_document())
    for module in ("model_section", "model_words"):
        monkeypatch.setattr(f"gui.panels.{module}.translate", lambda _context, text, **_values: f"<{text}>")
    qapp.sendEvent(column.settings.model, QEvent(QEvent.Type.LanguageChange))
    assert column.settings.model.loss.button("compare").text() == "<Compare>"
    assert column.settings.model.model.currentText() == "<Logistic regression>"
