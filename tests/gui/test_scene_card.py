"""The scene's card: question, guess, outcome and fold, by clicks and keys, without a window around it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.errors import Message
from engine.snapshots import Snapshot, Stop, StopKind
from gui.document import Document
from gui.i18n import Language
from gui.lesson import Lesson, LessonProgress
from gui.panels.scene_card import SceneCard
from gui.theme import Appearance
from gui.widgets.elided_label import ElidedLabel
from tests.gui.lesson_scenes import ANSWER, STEP, WRONG, both, lesson_scene
from tests.gui.view_fakes import frame_of, keep

LEFT = Qt.MouseButton.LeftButton
OLD_RUN, RUN = 3, 4
CHOICES = ("The one trained on BCE", "The one trained on MSE", "Both at once")


class RunFake(QObject):
    """A controller that shows what a test tells it to."""

    frame = Signal(object)

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.snapshot: Snapshot | None = None

    def come_to(self, step: int, run_id: int = RUN, stop: StopKind | None = None) -> None:
        """Draw a frame of a run at a step."""
        frame = frame_of(self._document, step=step)
        why = None if stop is None else Stop(stop, Message("It ended."))
        self.snapshot = replace(frame.snapshot, run_id=run_id, stop=why)
        self.frame.emit(replace(frame, snapshot=self.snapshot))


class Stage:
    """A card on the lesson of one scene."""

    def __init__(self, qtbot: QtBot, **changes: object) -> None:
        self.scene = lesson_scene(**changes)
        self.document = Document(self.scene.state)
        self.run = RunFake(self.document)
        self.language, self.appearance = Language(), Appearance()
        self.language.set_code("en")
        self.lesson = Lesson(self.document, self.run, self.language)  # type: ignore[arg-type]
        self.card = SceneCard(self.lesson, self.appearance)
        keep(qtbot, self.card, self)
        self.run.come_to(900, OLD_RUN)
        self.lesson.show(LessonProgress(self.scene))
        self.card.resize(520, 300)
        self.card.show()

    def click(self, choice: int) -> None:
        QTest.mouseClick(self.card.choice_buttons[choice], LEFT)

    @property
    def marked(self) -> list[int]:
        return [number for number, button in enumerate(self.card.choice_buttons) if button.isChecked()]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    return Stage(qtbot)


def test_there_is_no_card_without_a_scene(stage: Stage) -> None:
    assert not stage.card.isHidden()
    stage.lesson.show(None)
    assert stage.card.isHidden()


def test_the_question_stands_with_its_choices_and_says_when_it_is_answered(stage: Stage) -> None:
    card = stage.card
    assert card.title_label.text() == "Which one turns first"
    assert card.text_label.text() == (
        f"Both start the wrong way round. Press Space. The outcome shows at step {STEP}."
    )
    assert card.question_label.text() == "Which line turns first?"
    assert tuple(button.text() for button in card.choice_buttons) == CHOICES
    assert stage.marked == []
    assert card.outcome_label.isHidden()
    assert card.verdict_label.isHidden()
    assert card.reveal_button.isHidden()


def test_a_click_marks_a_choice_and_another_one_changes_it(stage: Stage) -> None:
    stage.click(WRONG)
    assert (stage.lesson.choice, stage.marked) == (WRONG, [WRONG])
    stage.click(WRONG)
    assert stage.marked == [WRONG]
    stage.click(ANSWER)
    assert (stage.lesson.choice, stage.marked) == (ANSWER, [ANSWER])
    assert stage.lesson.is_right
    assert stage.card.verdict_label.isHidden()


def test_return_chooses_and_space_is_left_to_the_transport(stage: Stage) -> None:
    button = stage.card.choice_buttons[1]
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert stage.lesson.choice is None
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert (stage.lesson.choice, stage.marked) == (1, [1])


def test_a_chosen_button_differs_in_more_than_colour(stage: Stage) -> None:
    button = stage.card.choice_buttons[0]
    before = button.grab().toImage()
    stage.click(0)
    after = button.grab().toImage()
    ring_x, ring_y = 8 + 11 // 2, before.height() // 2
    surrounding = before.pixelColor(3, ring_y), after.pixelColor(3, ring_y)
    assert before.pixelColor(ring_x, ring_y) == surrounding[0]
    assert after.pixelColor(ring_x, ring_y) != surrounding[1]


@pytest.mark.parametrize(
    ("choice", "is_right", "words"),
    [
        (ANSWER, True, "Your guess was right: The one trained on BCE"),
        (WRONG, False, "Your guess was wrong: Both at once\nThe answer was: The one trained on BCE"),
        (None, None, "The answer was: The one trained on BCE"),
    ],
)
def test_at_its_step_the_outcome_says_whether_the_guess_was_right(
    stage: Stage, choice: int | None, is_right: bool | None, words: str
) -> None:
    if choice is not None:
        stage.click(choice)
    stage.run.come_to(STEP - 1)
    assert not stage.lesson.is_revealed
    stage.run.come_to(STEP)
    card = stage.card
    assert stage.lesson.is_right is is_right
    assert card.verdict_label.text() == words
    assert card.verdict_label.isVisible()
    assert card.mark_label.isVisible() is (choice is not None)
    assert card.outcome_label.text() == "BCE turned it."
    assert card.outcome_label.isVisible()
    assert card.question_label.isVisible()
    assert card.choice_buttons == ()
    assert card.text_label.isHidden()


def test_right_and_wrong_have_marks_of_their_own(qtbot: QtBot) -> None:
    marks = []
    for choice in (ANSWER, WRONG):
        stage = Stage(qtbot)
        stage.click(choice)
        stage.run.come_to(STEP)
        image = stage.card.mark_label.pixmap().toImage()
        marks.append(
            {
                (x, y)
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).alpha() > 100
            }
        )
    assert all(marks)
    assert marks[0] != marks[1]


def test_the_outcome_stays_when_the_run_goes_back(stage: Stage) -> None:
    stage.click(WRONG)
    stage.run.come_to(STEP + 20)
    stage.run.come_to(0, RUN + 1)
    assert stage.card.outcome_label.isVisible()
    stage.lesson.choose(ANSWER)
    assert stage.lesson.choice == WRONG


def test_a_frame_of_a_run_from_before_the_scene_shows_no_outcome(stage: Stage) -> None:
    stage.run.come_to(STEP + 900, OLD_RUN)
    assert not stage.lesson.is_revealed
    assert len(stage.card.choice_buttons) == 3


@pytest.mark.parametrize(("stop", "is_revealed"), [("diverged", True), ("no_data", False)])
def test_a_run_that_diverges_before_its_step_shows_the_outcome(
    stage: Stage, stop: StopKind, is_revealed: bool
) -> None:
    stage.run.come_to(STEP - 1, stop=stop)
    assert stage.lesson.is_revealed is is_revealed


def test_without_a_step_the_outcome_comes_when_it_is_asked_for(qtbot: QtBot) -> None:
    stage = Stage(qtbot, outcome_step=...)
    assert "step" not in stage.card.text_label.text()
    stage.run.come_to(5_000)
    assert not stage.lesson.is_revealed
    stage.click(ANSWER)
    assert not stage.lesson.is_revealed
    QTest.mouseClick(stage.card.reveal_button, LEFT)
    assert stage.card.verdict_label.text().startswith("Your guess was right")
    assert stage.card.outcome_label.isVisible()
    assert stage.card.reveal_button.isHidden()


def test_a_question_to_think_about_has_an_outcome_but_no_verdict(qtbot: QtBot) -> None:
    stage = Stage(qtbot, choices=..., answer=..., outcome_step=...)
    assert stage.card.question_label.isVisible()
    assert stage.card.choice_buttons == ()
    QTest.mouseClick(stage.card.reveal_button, LEFT)
    assert stage.card.outcome_label.isVisible()
    assert stage.card.verdict_label.isHidden()
    assert stage.card.mark_label.isHidden()


def test_a_scene_that_asks_nothing_is_its_caption_alone(qtbot: QtBot) -> None:
    silent = dict.fromkeys(("question", "choices", "answer", "outcome", "outcome_step"), ...)
    stage = Stage(qtbot, **silent)
    stage.run.come_to(5_000)
    assert stage.card.text_label.text() == "Both start the wrong way round. Press Space."
    assert not stage.lesson.is_revealed
    for label in (stage.card.question_label, stage.card.outcome_label, stage.card.reveal_button):
        assert label.isHidden()
    assert stage.card.sizeHint().height() < 80


def test_an_edited_scene_says_that_its_outcome_is_that_of_the_shipped_one(stage: Stage) -> None:
    stage.document.change_settings(threshold=0.9)
    assert stage.lesson.is_as_shipped
    stage.document.add_samples([170.0], [70.0], [0])
    stage.run.come_to(STEP)
    assert stage.card.outcome_label.text() == (
        "BCE turned it. (The scene has been changed: this is what comes out of it as it was.)"
    )


def test_a_changed_rate_changes_the_scene(stage: Stage) -> None:
    settings = stage.document.state.settings
    stage.document.change_settings(optimizer=replace(settings.optimizer, learning_rate=0.7))
    assert not stage.lesson.is_as_shipped


def test_folded_the_card_is_one_line_that_says_how_far_one_is(qtbot: QtBot, stage: Stage) -> None:
    card = stage.card
    open_height = card.sizeHint().height()
    with qtbot.waitSignal(card.folded_changed) as heard:
        QTest.mouseClick(card.fold_button, LEFT)
    assert heard.args == [True]
    assert card.is_folded
    assert card.sizeHint().height() < min(open_height, 2.5 * card.fontMetrics().height())
    assert card.status_label.text() == "Which line turns first?"
    stage.lesson.choose(WRONG)
    assert card.status_label.text() == "Your guess: Both at once"
    stage.run.come_to(STEP)
    assert card.status_label.text() == (
        "Your guess was wrong: Both at once The answer was: The one trained on BCE"
    )
    with qtbot.waitSignal(card.folded_changed) as heard:
        QTest.mouseClick(card.fold_button, LEFT)
    assert heard.args == [False]
    assert card.status_label.text() == ""
    assert card.outcome_label.isVisible()


def test_when_the_choices_go_the_focus_stays_in_the_card(qtbot: QtBot) -> None:
    """Else the next key would land in whatever field comes after them."""
    stage = Stage(qtbot)
    window, field = QWidget(), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(stage.card)
    layout.addWidget(field)
    keep(qtbot, window, stage)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    stage.card.choice_buttons[1].setFocus()
    stage.run.come_to(STEP)
    assert stage.card.fold_button.hasFocus()


@pytest.mark.parametrize("percent", [100, 150])
def test_long_choices_wrap_in_a_narrow_card(qtbot: QtBot, percent: int) -> None:
    long = "Neither, as the loss of the one is larger than that of the other by a factor that depends on both"
    stage = Stage(qtbot, choices=[both("Yes"), both("No"), both(long)])
    stage.appearance.set_scale_percent(percent)
    stage.card.setFixedWidth(360)
    yes, no, narrow = stage.card.choice_buttons
    qtbot.waitUntil(lambda: narrow.geometry().top() > yes.geometry().bottom())
    assert narrow.width() <= 360
    assert narrow.height() == narrow.heightForWidth(narrow.width()) >= yes.height() + 12
    assert (yes.y(), no.x() > yes.geometry().right()) == (no.y(), True)


def test_another_scene_has_its_own_choices_unmarked(stage: Stage) -> None:
    stage.click(0)
    stage.lesson.show(LessonProgress(lesson_scene(choices=[both("Yes"), both("No")], answer=1)))
    assert [button.text() for button in stage.card.choice_buttons] == ["Yes", "No"]
    assert stage.marked == []


def test_a_lesson_taken_up_again_stands_where_it_stood(stage: Stage) -> None:
    first = LessonProgress(stage.scene)
    stage.lesson.show(first)
    stage.click(WRONG)
    stage.lesson.show(LessonProgress(lesson_scene(key="other")))
    stage.lesson.show(first)
    assert stage.marked == [WRONG]


def test_the_elided_label_asks_for_no_width_and_has_all_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.setText("a long sentence " * 20)
    assert label.sizeHint().width() == 0
    assert label.toolTip() == label.text()
    label.resize(80, 20)
    assert label.grab().toImage().size().width() == 80
