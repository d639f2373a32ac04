"""The lab's head line: a list of the groups, the tabs of the group in front, and the "?"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QWidget

from gui.i18n import translate
from gui.icons import icon
from gui.plots.instrument import InstrumentGroup
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo, PanelToolButton

_CHEVRON_PX = 14
_LEAST_LIST_PX = 110


class LabHead(QWidget):
    """Chooses among the instruments; a group comes back with the one that was last in front in it.

    `chosen(key)`: the person wants another instrument in front.
    """

    chosen = Signal(str)

    def __init__(
        self, groups: Sequence[InstrumentGroup], appearance: Appearance, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._groups = tuple(groups)
        self._appearance = appearance
        self._last = [group.instruments[0].key for group in self._groups]
        self._group = 0
        self._chevron_width = 0
        self._make_group_list()
        self.bar = QTabBar(self)
        self.bar.setExpanding(False)
        self.bar.setUsesScrollButtons(False)
        self.bar.setElideMode(Qt.TextElideMode.ElideRight)  # sooner than scroll arrows
        self.bar.setDrawBase(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.tab_list = PanelCombo(self)
        self.tab_list.hide()
        self.explain_button = PanelToolButton(self)
        self.explain_button.setCheckable(True)
        self.explain_button.setText("?")
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.group_button)
        layout.addWidget(self.bar, 1)
        layout.addWidget(self.tab_list, 1)
        layout.addWidget(self.explain_button)
        self._fill_bar()
        self.bar.currentChanged.connect(self._on_tab_chosen)
        self.tab_list.activated.connect(self._on_tab_chosen)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    @property
    def current_key(self) -> str:
        """Key of the instrument in front."""
        return self._last[self._group]

    def show_key(self, key: str) -> None:
        """Show an instrument as the one in front. Emits nothing."""
        group = next(
            number
            for number, group in enumerate(self._groups)
            if key in [instrument.key for instrument in group.instruments]
        )
        self._last[group] = key
        if group != self._group:
            self._group = group
            self._fill_bar()
        keys = [instrument.key for instrument in self._groups[group].instruments]
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(keys.index(key))
        self.tab_list.set_key(key)
        self._show_group()

    def retranslate(self) -> None:
        """Set all words in the language in use."""
        for action, group in zip(self._actions, self._groups, strict=True):
            names = ", ".join(instrument.title() for instrument in group.instruments)
            action.setText(f"{group.title()}\t{names}")
        self._fill_bar()
        self.explain_button.setToolTip(translate("Lab", "What am I looking at?"))
        self.explain_button.setAccessibleName(self.explain_button.toolTip())
        self._show_group()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the lists without the group's name: tabs need no room that the window has not got."""
        buttons = self._chevron_width + self.explain_button.sizeHint().width()
        width = buttons + self._appearance.theme.px(_LEAST_LIST_PX) + 2 * self._row.spacing()
        return QSize(width, super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_group_list(self) -> None:
        self.group_button = PanelToolButton(self)
        self.group_button.setProperty("flat", False)
        self.group_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.group_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron at the end
        self.group_menu = QMenu(self)
        self.group_menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        one_of_them = QActionGroup(self)
        self._actions: list[QAction] = []
        for number in range(len(self._groups)):
            action = self.group_menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(partial(self._on_group_chosen, number))
            one_of_them.addAction(action)
            self._actions.append(action)
        self.group_button.clicked.connect(self._open_group_list)

    def _open_group_list(self) -> None:
        self.group_menu.popup(self.group_button.mapToGlobal(QPoint(0, self.group_button.height())))

    def _fill_bar(self) -> None:
        """Put the tabs of the present group in the bar, and in the list that stands in for it."""
        instruments = self._groups[self._group].instruments
        with QSignalBlocker(self.bar):
            while self.bar.count() > len(instruments):
                self.bar.removeTab(0)
            while self.bar.count() < len(instruments):
                self.bar.addTab("")
            for number, instrument in enumerate(instruments):
                self.bar.setTabText(number, instrument.title())
                self.bar.setTabToolTip(number, instrument.hint())
        self.tab_list.set_choices([(instrument.key, instrument.title()) for instrument in instruments])
        self.tab_list.set_key(self.current_key)

    def _show_group(self) -> None:
        title = self._groups[self._group].title()
        self.group_button.setText(title)
        self.group_button.setToolTip(self._group_words())
        self.group_button.setAccessibleName(self.group_button.toolTip())
        self._actions[self._group].setChecked(True)
        self._fit()

    def _fit(self) -> None:
        """Show what fits without cutting a tab off: else list the tabs, else give up the group's name too."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        room = self.width() - self.explain_button.sizeHint().width() - 2 * self._row.spacing()
        self.group_button.setToolButtonStyle(alone)
        self._chevron_width = self.group_button.sizeHint().width()
        self.group_button.setToolButtonStyle(beside)
        named = self.group_button.sizeHint().width()
        fits = named + self.bar.sizeHint().width() <= room
        if named + self._appearance.theme.px(_LEAST_LIST_PX) > room and not fits:
            self.group_button.setToolButtonStyle(alone)
        self.bar.setVisible(fits)
        self.tab_list.setVisible(not fits)

    def _group_words(self) -> str:
        """The group's name, and that there are others."""
        return translate(
            "Lab", "Instruments: {group} (other groups)", group=self._groups[self._group].title()
        )

    def _on_group_chosen(self, number: int) -> None:
        self.chosen.emit(self._last[number])

    def _on_tab_chosen(self, index: int) -> None:
        self.chosen.emit(self._groups[self._group].instruments[index].key)

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        size = theme.px(_CHEVRON_PX)
        self.group_button.setIcon(icon("chevron-down", theme.quiet, size))
        self.group_button.setIconSize(QSize(size, size))
        self._fit()
