"""The small card beside the person's own line: how good it is, and Train from it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.errors import Message
from gui.canvas.guess_layer import GuessLayer
from gui.canvas.guess_score import GuessScore
from gui.formulas import loss_text, percent_text
from gui.i18n import message_text, translate
from gui.theme import Theme


class GuessCard(QFrame):
    """Shows a score; its two buttons train from the line and take it away."""

    train_requested = Signal()
    remove_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("guess_card")
        self.setProperty("card", True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self._score: GuessScore | None = None
        self._obstacle: Message | None = None
        self._accuracy = QLabel(self)
        self._losses = QLabel(self)
        self._losses.setProperty("quiet", True)
        self._train = QPushButton(self)
        self._train.setObjectName("train_from_guess")
        self._train.setProperty("primary", True)
        self._remove = QPushButton(self)
        self._remove.setObjectName("remove_guess")
        self._remove.setProperty("flat", True)
        for button in (self._train, self._remove):
            # The arrow keys and Space stay with canvas and transport.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._train.clicked.connect(self.train_requested)
        self._remove.clicked.connect(self.remove_requested)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._accuracy)
        self._layout.addWidget(self._losses)
        buttons = QHBoxLayout()
        buttons.addWidget(self._train)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        self._layout.addLayout(buttons)
        self.retranslate()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Take sizes and type from the theme."""
        margin = theme.px(10)
        self._layout.setContentsMargins(margin, theme.px(8), margin, margin)
        self._layout.setSpacing(theme.px(4))
        self._accuracy.setFont(theme.font(13, bold=True, tabular=True))
        self._losses.setFont(theme.font(12, tabular=True))
        self.adjustSize()

    def set_score(self, score: GuessScore) -> None:
        """Show how good the line is."""
        if score != self._score:
            self._score = score
            self._show_score()

    def set_obstacle(self, obstacle: Message | None) -> None:
        """Why the model cannot start from a line, which the button says; None where it can."""
        if obstacle != self._obstacle:
            self._obstacle = obstacle
            self._train.setEnabled(obstacle is None)
            self.retranslate()

    def follow(self, guess: GuessLayer, bounds: QRectF, gap: float) -> None:
        """Stand beside the line with its score while it is edited; else go."""
        handles, line, score = guess.handles(), guess.line(), guess.score()
        if not guess.is_edited or handles is None or line is None or score is None:
            self.hide()
            return
        self.set_score(score)
        self.adjustSize()
        self.place(handles.middle, line.towards * -1.0, bounds, gap)
        self.show()

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self._train.setText(translate("Canvas", "Train from it"))
        self._train.setToolTip(
            translate("Canvas", "Training starts from your line's weights (Ctrl+L)")
            if self._obstacle is None
            else message_text(self._obstacle)
        )
        self._remove.setText(translate("Canvas", "Remove"))
        self._remove.setToolTip(translate("Canvas", "Take your line away"))
        self._show_score()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def place(self, middle: QPointF, away: QPointF, bounds: QRectF, gap: float) -> None:
        """Stand beside the line at `middle` on the side of the unit vector `away`, inside `bounds`."""
        width, height = self.width(), self.height()
        reach = gap + abs(away.x()) * width / 2 + abs(away.y()) * height / 2
        left = middle.x() + away.x() * reach - width / 2
        top = middle.y() + away.y() * reach - height / 2
        left = min(max(left, bounds.left() + gap), bounds.right() - width - gap)
        top = min(max(top, bounds.top() + gap), bounds.bottom() - height - gap)
        self.move(round(left), round(top))

    def _show_score(self) -> None:
        if self._score is None:
            return
        self._accuracy.setText(
            translate("Canvas", "Your line: {share} right", share=percent_text(self._score.accuracy))
        )
        self._losses.setText(
            f"BCE {loss_text(self._score.cross_entropy)}    MSE {loss_text(self._score.squared_error)}"
        )
        self.adjustSize()
