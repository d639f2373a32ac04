"""The left column: the problem and the settings on one card, which scrolls where the window is low."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gui.document import Document
from gui.interaction import Interaction
from gui.panels.held_out_section import HeldOutSection
from gui.panels.problem_panel import ProblemPanel
from gui.panels.settings_panel import SettingsPanel
from gui.theme import Appearance
from gui.widgets.scrolled import Scrolled

WIDTH_PX = 244


class LeftColumn(QFrame):
    """Problem and settings. What needs a question first is only wished for, by signals."""

    remove_class_requested = Signal(int)
    binary_requested = Signal()
    exact_start_requested = Signal()
    new_seed_requested = Signal()

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setProperty("card", True)
        content = QWidget()
        self._scroll = Scrolled(content, self)
        self.problem = ProblemPanel(document, interaction, appearance, content)
        self.held_out = HeldOutSection(document, appearance, content)
        self.settings = SettingsPanel(document, interaction, appearance, content)
        self._content_layout = QVBoxLayout(content)
        self._content_layout.setSpacing(16)
        self._content_layout.addWidget(self.problem)
        self._content_layout.addWidget(self.held_out)
        self._content_layout.addWidget(self.settings)
        self._content_layout.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 4, 1, 4)
        layout.addWidget(self._scroll)
        self.problem.remove_class_requested.connect(self.remove_class_requested)
        self.problem.binary_requested.connect(self.binary_requested)
        self.settings.exact_start_requested.connect(self.exact_start_requested)
        self.settings.new_seed_requested.connect(self.new_seed_requested)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def sizeHint(self) -> QSize:
        """As wide as the design's column, as high as its content."""
        hint = super().sizeHint()
        return QSize(self._appearance.theme.px(WIDTH_PX), hint.height())

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        side = theme.px(14)
        self._content_layout.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self.setMinimumWidth(theme.px(232))
        self.setMaximumWidth(theme.px(320))
        self.updateGeometry()
