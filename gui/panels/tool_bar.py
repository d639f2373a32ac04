"""The canvas's tools: one button each, with its key in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from engine.errors import QT_TRANSLATE_NOOP
from gui.i18n import translate
from gui.icons import icon
from gui.interaction import Interaction, Tool
from gui.theme import Appearance

TOOLS: tuple[tuple[Tool, str, str], ...] = (
    ("add", "A", QT_TRANSLATE_NOOP("ToolBar", "Add: click to place a sample, drag one to move it")),
    ("select", "S", QT_TRANSLATE_NOOP("ToolBar", "Select: drag a rectangle, then move, recolour or delete")),
    ("brush", "B", QT_TRANSLATE_NOOP("ToolBar", "Brush: spray samples of the current class")),
    ("erase", "E", QT_TRANSLATE_NOOP("ToolBar", "Erase: hold the button to remove samples")),
    ("line", "L", QT_TRANSLATE_NOOP("ToolBar", "Your own line: turn, shift and steepen it by hand")),
)  # fmt: skip


class ToolBar(QWidget):
    """Buttons that pick the canvas's tool, and one that fits the view."""

    fit_requested = Signal()

    def __init__(
        self, interaction: Interaction, appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._interaction = interaction
        self._appearance = appearance
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, (tool, _key, _text) in enumerate(TOOLS):
            button = self._add_button(tool)
            button.setCheckable(True)
            self._group.addButton(button, number)
        layout.addSpacing(8)
        self._add_button("fit").clicked.connect(self.fit_requested)
        layout.addStretch(1)
        self._group.idClicked.connect(self._on_clicked)
        interaction.tool_changed.connect(self._show_tool)
        appearance.changed.connect(self._apply_theme)
        self._show_tool()
        self._apply_theme()
        self.retranslate()

    def retranslate(self) -> None:
        """Set the tooltips in the language in use."""
        for tool, key, text in TOOLS:
            self._buttons[tool].setToolTip(f"{translate('ToolBar', text)} ({key})")
        self._buttons["fit"].setToolTip(translate("ToolBar", "Fit the view to the samples") + " (F)")
        for name, button in self._buttons.items():
            button.setAccessibleName(button.toolTip() or name)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add_button(self, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"tool_{name}")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._buttons[name] = button
        self._layout.addWidget(button)
        return button

    def _on_clicked(self, number: int) -> None:
        self._interaction.set_tool(TOOLS[number][0])

    def _show_tool(self) -> None:
        self._buttons[self._interaction.tool].setChecked(True)
        self._apply_theme()

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        for name, button in self._buttons.items():
            color = theme.on_accent if button.isChecked() else theme.text
            button.setIcon(icon(name, color))
            button.setIconSize(QSize(theme.px(18), theme.px(18)))
