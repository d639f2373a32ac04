"""The card of the open scene: what to watch for, a question to answer before training, and what came out."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.formulas import count_text
from gui.i18n import translate
from gui.icons import fold_chevron, icon_pixmap
from gui.lesson import Lesson
from gui.theme import Appearance
from gui.widgets.choice_button import ChoiceButton
from gui.widgets.controls import PanelButton, PanelToolButton, is_language_change
from gui.widgets.elided_label import ElidedLabel
from gui.widgets.flow_layout import FlowLayout
from gui.widgets.natural_scroll import NaturalHeightScroll

MOST_LINES = 12
"""At 100 %, and as high for larger text: a card with more to say scrolls, and the canvas keeps its room."""


class SceneCard(QFrame):
    """Shows a lesson; hidden while there is none. Its head folds it to one line.

    `folded_changed(is_folded)`: the person folded or unfolded it.
    """

    folded_changed = Signal(bool)

    def __init__(self, lesson: Lesson, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lesson = lesson
        self._appearance = appearance
        self._is_folded = False
        self.setProperty("card", True)
        self.fold_button = PanelToolButton(self)
        self.fold_button.setProperty("bare", True)
        self.title_label = QLabel(self)
        self.status_label = ElidedLabel(self)
        self.status_label.setProperty("quiet", True)
        self.text_label, self.question_label, self.outcome_label = QLabel(), QLabel(), QLabel()
        self.text_label.setProperty("quiet", True)
        self.mark_label, self.verdict_label = QLabel(), QLabel()
        for label in (self.text_label, self.question_label, self.outcome_label, self.verdict_label):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        self.reveal_button = PanelButton()
        self._choices: list[ChoiceButton] = []
        self._lay_out()
        self.fold_button.clicked.connect(self._on_fold)
        self.reveal_button.clicked.connect(lesson.reveal)
        lesson.changed.connect(self._refresh)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    @property
    def choice_buttons(self) -> tuple[ChoiceButton, ...]:
        """The buttons of the question's choices, in their order."""
        return tuple(self._choices)

    @property
    def is_folded(self) -> bool:
        """Whether only the head is shown."""
        return self._is_folded

    def set_folded(self, is_folded: bool) -> None:
        """Show the head alone, or everything."""
        self._is_folded = is_folded
        self._show_chevron()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use, the scene's own ones too."""
        self.fold_button.setToolTip(
            translate("SceneCard", "Unfold the scene's card")
            if self._is_folded
            else translate("SceneCard", "Fold the scene's card to one line")
        )
        self.fold_button.setAccessibleName(self.fold_button.toolTip())
        self.reveal_button.setText(translate("SceneCard", "Show what comes out"))
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(self.fold_button)
        head.addWidget(self.title_label)
        head.addSpacing(10)
        head.addWidget(self.status_label, 1)
        content = QWidget()
        self._body = NaturalHeightScroll(content, MOST_LINES, self)
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers, gap=6, line_gap=4)
        self._verdict = QWidget()
        verdict = QHBoxLayout(self._verdict)
        verdict.setContentsMargins(0, 0, 0, 0)
        verdict.setSpacing(6)
        verdict.addWidget(self.mark_label, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self.verdict_label, 1)
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (
            self.text_label, self.question_label, self._answers, self._verdict, self.outcome_label,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addWidget(self.reveal_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(3)
        layout.addLayout(head)
        layout.addWidget(self._body)

    def _refresh(self) -> None:
        """Show the lesson as it stands."""
        lesson = self._lesson
        self.setVisible(lesson.scene is not None)
        if lesson.scene is None:
            return
        if lesson.is_revealed or self._is_folded:
            self._keep_focus()
        words = lesson.words
        self.title_label.setText(words.title)
        self.title_label.setToolTip(words.caption)
        self.status_label.setText(self._folded_text() if self._is_folded else "")
        self._body.setVisible(not self._is_folded)
        self._show_text(self.text_label, "" if lesson.is_revealed else self._caption_text())
        self._show_text(self.question_label, words.question)
        self._show_choices(() if lesson.is_revealed else words.choices)
        self._show_verdict()
        self._show_text(self.outcome_label, self._outcome_text() if lesson.is_revealed else "")
        self.reveal_button.setVisible(lesson.can_reveal)

    def _keep_focus(self) -> None:
        """Before an answer with the focus goes, so that the next key reaches no number field."""
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus():
            self.fold_button.setFocus()

    def _show_text(self, label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))

    def _show_choices(self, texts: tuple[str, ...]) -> None:
        while len(self._choices) > len(texts):
            button = self._choices.pop()
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        while len(self._choices) < len(texts):
            button = ChoiceButton(self._appearance)
            number = len(self._choices)
            button.clicked.connect(lambda _=False, number=number: self._on_choice(number))
            self._flow.addWidget(button)
            QWidget.setTabOrder(self._choices[-1] if self._choices else self.fold_button, button)
            self._choices.append(button)
        for number, (button, text) in enumerate(zip(self._choices, texts, strict=True)):
            button.setText(text)
            button.setChecked(number == self._lesson.choice)
            button.updateGeometry()
        self._answers.setVisible(bool(texts))

    def _show_verdict(self) -> None:
        lesson = self._lesson
        text = self._verdict_text() if lesson.is_revealed else ""
        self._show_text(self.verdict_label, text)
        theme = self._appearance.theme
        name, color = ("check", theme.accent) if lesson.is_right else ("close", theme.text)
        self.mark_label.setVisible(lesson.is_right is not None)
        self.mark_label.setPixmap(icon_pixmap(name, color, theme.px(16), self.devicePixelRatioF()))
        self._verdict.setVisible(bool(text))

    def _verdict_text(self) -> str:
        """Which answer is the right one, and whether it was guessed; empty for a question without choices."""
        lesson, choices = self._lesson, self._lesson.words.choices
        if lesson.scene is None or lesson.scene.answer is None:
            return ""
        answer = choices[lesson.scene.answer]
        if lesson.choice is None:
            return translate("SceneCard", "The answer was: {answer}", answer=answer)
        if lesson.is_right:
            return translate("SceneCard", "Your guess was right: {answer}", answer=answer)
        return translate(
            "SceneCard",
            "Your guess was wrong: {guess}\nThe answer was: {answer}",
            guess=choices[lesson.choice],
            answer=answer,
        )

    def _outcome_text(self) -> str:
        outcome = self._lesson.words.outcome
        if self._lesson.is_as_shipped:
            return outcome
        changed = translate(
            "SceneCard", "(The scene has been changed: this is what comes out of it as it was.)"
        )
        return f"{outcome} {changed}"

    def _caption_text(self) -> str:
        """What to watch for, and when the outcome comes."""
        scene, caption = self._lesson.scene, self._lesson.words.caption
        if scene is None or scene.outcome_step is None:
            return caption
        step = count_text(scene.outcome_step)
        return f"{caption} {translate('SceneCard', 'The outcome shows at step {step}.', step=step)}"

    def _folded_text(self) -> str:
        """Beside the title of a folded card: what it would say first."""
        lesson, words = self._lesson, self._lesson.words
        if lesson.is_revealed:
            return self._verdict_text().replace("\n", " ") or words.outcome
        if lesson.choice is not None:
            return translate("SceneCard", "Your guess: {guess}", guess=words.choices[lesson.choice])
        return words.question or words.caption

    def _on_choice(self, number: int) -> None:
        self._choices[number].setChecked(number == self._lesson.choice)  # what holds is the lesson's to say
        self._lesson.choose(number)

    def _on_fold(self) -> None:
        self.set_folded(not self._is_folded)
        self.folded_changed.emit(self._is_folded)

    def _apply_theme(self) -> None:
        for label in (self.title_label, self.verdict_label):
            label.setFont(self._appearance.theme.font(bold=True))
        self._body.set_most_lines(round(MOST_LINES / self._appearance.theme.scale))
        for button in self._choices:
            button.updateGeometry()
        self._show_chevron()
        self._show_verdict()

    def _show_chevron(self) -> None:
        """Down over what it would fold, to the right where that is folded."""
        theme = self._appearance.theme
        side = theme.px(12)
        ratio = self.devicePixelRatioF()
        self.fold_button.setIcon(fold_chevron(theme.quiet, side, ratio, is_folded=self._is_folded))
        self.fold_button.setIconSize(QSize(side, side))
