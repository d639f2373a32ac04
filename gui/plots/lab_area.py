"""The lab: its instruments in groups of tabs, with two sentences about the one in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui.frame import Frame
from gui.plots.instrument import Instrument, InstrumentGroup
from gui.plots.lab_head import LabHead
from gui.plots.lab_tab import MANY_SAMPLES, LabContext, LabTab
from gui.widgets.controls import is_language_change
from gui.widgets.scrolled import Scrolled

ROOMY_PX = 400
"""An area at least this high has room for the sentences below the instrument."""
_LEAST_PX = 240
"""Height of an instrument above its sentences, which are scrolled to where there is less."""
_GAP_PX = 6
LEAST_WIDTH_PX = 330
"""What the widest instruments need: the column has it before one of them is built, and does not jump."""


class _Stack(QStackedWidget):
    """The instruments; asks for no more height than they need at least, however wide it is."""

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        return False


class LabArea(QWidget):
    """Shows one instrument at a time. Each is built when it is first opened and gets all frames from then on.

    `tab_changed(key)`: another instrument is in front. `example_requested(key)`: an instrument wants a scene.
    """

    tab_changed = Signal(str)
    example_requested = Signal(str)

    def __init__(
        self, groups: Sequence[InstrumentGroup], context: LabContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.groups = tuple(groups)
        self._instruments = {
            instrument.key: instrument for group in self.groups for instrument in group.instruments
        }
        self._context = context
        self._tabs: dict[str, LabTab] = {}
        self._frame: Frame | None = None
        self._is_shown = False
        self._wants_explanation: bool | None = None
        self.head = LabHead(self.groups, context.appearance, self)
        self.explanation = QLabel(self)
        self.explanation.setProperty("quiet", True)
        self.explanation.setWordWrap(True)
        self._stack = _Stack(self)
        content = QWidget(self)
        below = QVBoxLayout(content)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(_GAP_PX)
        below.addWidget(self._stack, 1)
        below.addWidget(self.explanation)
        self.scrolled = Scrolled(content, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_GAP_PX)
        layout.addWidget(self.head)
        layout.addWidget(self.scrolled, 1)
        self.head.chosen.connect(self.open_tab)
        self.head.explain_button.clicked.connect(self._on_explain_clicked)

    @property
    def keys(self) -> list[str]:
        """Keys of all instruments, group by group."""
        return list(self._instruments)

    @property
    def current_key(self) -> str:
        """Key of the instrument in front."""
        return self.head.current_key

    def instrument(self, key: str) -> Instrument:
        """What is known of an instrument without building it."""
        return self._instruments[key]

    def is_built(self, key: str) -> bool:
        """Whether an instrument has been built already."""
        return key in self._tabs

    def open_tab(self, key: str) -> None:
        """Bring an instrument to the front, where it is built once it is seen; ignores an unknown key."""
        if key in self._instruments and key != self.current_key:
            self.head.show_key(key)
            if self._is_shown:
                self._bring_to_front()
            self.tab_changed.emit(key)

    def tab(self, key: str) -> LabTab:
        """The instrument of this key, built now if it was not yet."""
        if key not in self._tabs:
            tab = self._instruments[key].make(self._context)
            self._tabs[key] = tab
            self._stack.addWidget(tab)
            tab.explanation_changed.connect(self._show_explanation)
            tab.example_requested.connect(self.example_requested)
            if self._frame is not None:
                tab.show_frame(self._frame)
        return self._tabs[key]

    def show_frame(self, frame: Frame) -> None:
        """Pass a frame to every instrument that is built; only the one in front draws it."""
        self._frame = frame
        self._context.path.take(frame.snapshot)
        for tab in self._tabs.values():
            tab.show_frame(frame)

    def retranslate(self) -> None:
        """Set titles and sentences in the language in use."""
        self.head.retranslate()
        self._show_explanation()

    def close_jobs(self) -> None:
        """End all background work of the lab."""
        for tab in self._tabs.values():
            tab.close_jobs()

    def minimumSizeHint(self) -> QSize:
        """What head and instrument need; sentences below them are scrolled to."""
        head, stack = self.head.minimumSizeHint(), self._stack.minimumSizeHint()
        width = max(head.width(), stack.width(), LEAST_WIDTH_PX)
        return QSize(width, head.height() + _GAP_PX + stack.height())

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_explanation()

    def showEvent(self, event: QShowEvent) -> None:
        self._is_shown = True
        self._bring_to_front()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._is_shown = False
        self._activate()
        super().hideEvent(event)

    def _bring_to_front(self) -> None:
        self._stack.setCurrentWidget(self.tab(self.current_key))
        self._show_explanation()
        self._activate()
        self.scrolled.verticalScrollBar().setValue(0)

    def _activate(self) -> None:
        for key, tab in self._tabs.items():
            wanted = self._is_shown and key == self.current_key
            if wanted != tab.is_active:
                tab.set_active(wanted)
                if not wanted and len(self._context.document.state.samples) > MANY_SAMPLES:
                    tab.forget()

    def _fold_explanation(self) -> None:
        """Until the person chooses, show the sentences where they leave the instrument enough room."""
        is_roomy = self.height() >= self._context.appearance.theme.px(ROOMY_PX)
        is_wanted = is_roomy if self._wants_explanation is None else self._wants_explanation
        self.head.explain_button.setChecked(is_wanted)
        self.explanation.setVisible(is_wanted)
        self._stack.setMinimumHeight(self._context.appearance.theme.px(_LEAST_PX) if is_wanted else 0)

    def _on_explain_clicked(self, is_checked: bool) -> None:
        self._wants_explanation = is_checked
        self._fold_explanation()
        if is_checked:
            QTimer.singleShot(0, self, self._reveal_explanation)  # once it has its place

    def _reveal_explanation(self) -> None:
        self.scrolled.ensureWidgetVisible(self.explanation, 0, 0)

    def _show_explanation(self) -> None:
        tab = self._tabs.get(self.current_key)
        if tab is not None:
            self.explanation.setText(tab.explanation())
