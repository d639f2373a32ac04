"""The share of the samples that training never sees: a slider, how many they are, and another split."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.document import Change, Document
from gui.formulas import count_text
from gui.i18n import translate
from gui.icons import icon
from gui.theme import Appearance
from gui.widgets.controls import PanelToolButton, is_language_change
from gui.widgets.number_field import FieldError, parse_number
from gui.widgets.slider import LinearScale
from gui.widgets.slider_field import SliderField

LARGEST_SHARE = 0.5
SHARE_SCALE = LinearScale(0.0, LARGEST_SHARE, 10)


class HeldOutSection(QWidget):
    """Train/test split: each drag of the slider is one undo command, and so is a new split."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.share = SliderField(SHARE_SCALE, parse_share, share_text, self)
        self.share.setObjectName("held_out_share")
        self.note = QLabel(self)
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.new_split = PanelToolButton(self)
        self.new_split.setObjectName("new_split")
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.note, 1)
        line.addWidget(self.new_split, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.share)
        layout.addLayout(line)
        self.share.value_picked.connect(document.set_held_out_share)
        self.new_split.clicked.connect(document.split_anew)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.share.set_texts(
            translate("HeldOutSection", "Held out"),
            translate(
                "HeldOutSection",
                "Train/test split: this share of each class is held out of training, chosen by chance. How "
                "the models do on samples that they have never seen is drawn beside the training curves. "
                "The weights stay as they are",
            ),
        )
        self.note.setToolTip(
            translate(
                "HeldOutSection", "Held-out samples are hollow on the canvas. Right-click one to change it"
            )
        )
        self.new_split.setToolTip(
            translate("HeldOutSection", "New split: hold other samples out, as many of each class")
        )
        self.new_split.setAccessibleName(translate("HeldOutSection", "New split"))
        self.refresh()

    def refresh(self) -> None:
        """Show the document's share."""
        share = self._document.state.settings.held_out_share
        self.share.set_number(share)
        self.new_split.setVisible(share > 0.0)
        self._show_count()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _show_count(self) -> None:
        samples = self._document.state.samples
        count = sum(samples.held_out_counts.values())
        self.note.setVisible(count > 0 or self._document.state.settings.held_out_share > 0.0)
        self.note.setText(
            translate(
                "HeldOutSection",
                "{count} of {all} samples, hollow",
                count=count_text(count),
                all=count_text(len(samples)),
            )
        )

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.new_split.setIcon(icon("dice", theme.text))
        self.new_split.setIconSize(QSize(theme.px(16), theme.px(16)))

    def _on_document_changed(self, change: Change) -> None:
        if change.replaced or "held_out_share" in change.settings:
            self.refresh()
        elif change.samples or change.classes:
            self._show_count()


def share_text(share: float) -> str:
    """A share as a percentage, with no more digits than it has: 20 %, 12.5 %."""
    return f"{100.0 * share:.10g} %"


def parse_share(text: str) -> float:
    """Read a percentage from 0 to 50 as a share; raises `FieldError` for anything else."""
    percentage = parse_number(text.strip().removesuffix("%"))
    if not 0.0 <= percentage <= 100.0 * LARGEST_SHARE:
        raise FieldError(translate("HeldOutSection", "The held-out share is from 0 % to 50 %."))
    return percentage / 100.0
