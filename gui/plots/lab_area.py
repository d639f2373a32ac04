"""The lab: its instruments as tabs, with two sentences about the one in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from gui.frame import Frame
from gui.i18n import translate
from gui.plots.lab_tab import LabTab
from gui.theme import Appearance
from gui.widgets.controls import PanelToolButton, is_language_change

ROOMY_PX = 400
"""An area at least this high has room for the sentences below the instrument."""


class LabArea(QWidget):
    """Shows one instrument at a time and passes frames to all of them."""

    tab_changed = Signal(str)

    def __init__(self, tabs: Sequence[LabTab], appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs = list(tabs)
        self._appearance = appearance
        self._is_shown = False
        self._wants_explanation: bool | None = None
        self.bar = QTabBar(self)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setDrawBase(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.explanation = QLabel(self)
        self.explanation.setProperty("quiet", True)
        self.explanation.setWordWrap(True)
        self._stack = QStackedWidget(self)
        for tab in self._tabs:
            self.bar.addTab("")
            self._stack.addWidget(tab)
            tab.explanation_changed.connect(self._show_explanation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.explain_button = PanelToolButton(self)
        self.explain_button.setCheckable(True)
        self.explain_button.setText("?")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.bar, 1)
        head.addWidget(self.explain_button)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)
        layout.addWidget(self.explanation)
        self.bar.currentChanged.connect(self._on_current_changed)
        self.explain_button.clicked.connect(self._on_explain_clicked)
        self.retranslate()

    @property
    def keys(self) -> list[str]:
        """Keys of all instruments in order."""
        return [tab.key for tab in self._tabs]

    @property
    def current_key(self) -> str:
        """Key of the instrument in front."""
        return self._tabs[self.bar.currentIndex()].key

    def open_tab(self, key: str) -> None:
        """Bring an instrument to the front; an unknown key is ignored."""
        if key in self.keys:
            self.bar.setCurrentIndex(self.keys.index(key))

    def tab(self, key: str) -> LabTab:
        """The instrument of this key."""
        return self._tabs[self.keys.index(key)]

    def show_frame(self, frame: Frame) -> None:
        """Pass a frame to every instrument; only the one in front draws it."""
        for tab in self._tabs:
            tab.show_frame(frame)

    def retranslate(self) -> None:
        """Set titles and sentences in the language in use."""
        for number, tab in enumerate(self._tabs):
            self.bar.setTabText(number, tab.title())
            self.bar.setTabToolTip(number, tab.explanation())
        self.explain_button.setToolTip(translate("Lab", "What am I looking at?"))
        self.explain_button.setAccessibleName(self.explain_button.toolTip())
        arrows = (translate("Lab", "Instruments to the left"), translate("Lab", "Instruments to the right"))
        for button, name in zip(self.bar.findChildren(QToolButton), arrows, strict=False):
            button.setAccessibleName(name)
        self._show_explanation()

    def close_jobs(self) -> None:
        """End all background work of the lab."""
        for tab in self._tabs:
            tab.close_jobs()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_explanation()

    def showEvent(self, event: QShowEvent) -> None:
        self._is_shown = True
        self._activate()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._is_shown = False
        self._activate()
        super().hideEvent(event)

    def _on_current_changed(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._show_explanation()
        self._activate()
        self.tab_changed.emit(self._tabs[index].key)

    def _activate(self) -> None:
        for number, tab in enumerate(self._tabs):
            wanted = self._is_shown and number == self.bar.currentIndex()
            if wanted != tab.is_active:
                tab.set_active(wanted)

    def _fold_explanation(self) -> None:
        """Until the person chooses, show the sentences where they leave the instrument enough room."""
        is_roomy = self.height() >= self._appearance.theme.px(ROOMY_PX)
        is_wanted = is_roomy if self._wants_explanation is None else self._wants_explanation
        self.explain_button.setChecked(is_wanted)
        self.explanation.setVisible(is_wanted)

    def _on_explain_clicked(self, is_checked: bool) -> None:
        self._wants_explanation = is_checked
        self._fold_explanation()

    def _show_explanation(self) -> None:
        index = max(self.bar.currentIndex(), 0)
        self.explanation.setText(self._tabs[index].explanation())
