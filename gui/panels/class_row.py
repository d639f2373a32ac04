"""One class in the list: its marker, its name (edited in place), its count, and a way to remove it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from engine.document.state import ClassInfo
from gui.i18n import class_name, translate
from gui.icons import icon
from gui.theme import Theme
from gui.widgets.controls import PanelToolButton, is_enter
from gui.widgets.emblems import marker_pixmap
from gui.widgets.escape_first import EscapeFirst

MAX_NAME_LENGTH = 60
_MARKER_PX = 18


class ClassRow(QFrame):
    """Shows one class and emits what a person wants done with it; `index` is its place in the list."""

    picked = Signal(int)
    renamed = Signal(int, str)
    look_requested = Signal(int)
    remove_requested = Signal(int)

    def __init__(self, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._index = index
        self._name = ""
        self.setProperty("class_row", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.swatch = PanelToolButton(self)
        self.swatch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.name_label = QLabel(self)
        self.name_label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.name_label.setTextFormat(Qt.TextFormat.PlainText)
        self.name_field = _NameField(self)
        self.name_field.hide()
        self.remove_button = PanelToolButton(self)
        for button in (self.swatch, self.remove_button):
            button.setProperty("bare", True)
        policy = self.remove_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove_button.setSizePolicy(policy)
        self.remove_button.hide()
        self.count_label = QLabel(self)
        self.count_label.setProperty("quiet", True)
        self.count_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._build_layout()
        self._removable = True
        self.swatch.clicked.connect(self._on_swatch)
        self.remove_button.clicked.connect(self._on_remove)
        self.name_field.committed.connect(self._on_name)
        self.name_field.left.connect(self.end_editing)

    def show_class(self, info: ClassInfo, current: bool, removable: bool) -> None:
        """Show a class, and whether new samples get it."""
        self._name = class_name(info)
        self._removable = removable
        self._elide_name()
        if self.property("current") != current:
            self.setProperty("current", current)
            self.style().unpolish(self)
            self.style().polish(self)
        if not removable:
            self.remove_button.hide()
        self._set_tooltips()

    def show_count(self, count: int) -> None:
        """Show how many samples the class has, or carry it among several labels."""
        self.count_label.setText(f"{count:,}")

    def apply_theme(self, theme: Theme, info: ClassInfo) -> None:
        """Draw the marker and size the small parts."""
        size = theme.px(_MARKER_PX)
        self.swatch.setIcon(marker_pixmap(theme, info.color, info.marker, size))
        self.swatch.setIconSize(QSize(size, size))
        self.swatch.setFixedSize(theme.px(24), theme.px(24))
        self.remove_button.setIcon(icon("close", theme.quiet))
        self.remove_button.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.remove_button.setFixedSize(theme.px(20), theme.px(20))
        self.count_label.setFont(theme.font(tabular=True))
        self.setFixedHeight(theme.px(28))

    def start_editing(self) -> None:
        """Put the name into a field to be typed over."""
        self.name_label.hide()
        self.name_field.begin(self._name)
        self.name_field.show()
        self.name_field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name_field.selectAll()

    def end_editing(self) -> None:
        """Show the name as a label again."""
        self.name_field.clearFocus()
        self.name_field.hide()
        self.name_label.show()
        self._elide_name()

    def show_trouble(self, sentence: str) -> None:
        """Say what is wrong with the typed name; the field stays open while the person is in it."""
        if self.name_field.hasFocus():
            self.name_field.show_trouble(sentence)
        else:
            self.end_editing()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(self._index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.start_editing()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()
        self.look_requested.emit(self._index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_enter(event):
            self.start_editing()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.remove_button.setVisible(self._removable)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.remove_button.setVisible(self._removable and self.remove_button.hasFocus())
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide_name()

    def _build_layout(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 6, 0)
        layout.setSpacing(4)
        layout.addWidget(self.swatch)
        layout.addWidget(self.name_label, 1)
        layout.addWidget(self.name_field, 1)
        layout.addWidget(self.remove_button)
        layout.addWidget(self.count_label)

    def _elide_name(self) -> None:
        metrics = self.name_label.fontMetrics()
        width = self.name_label.width()
        self.name_label.setText(metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, width))

    def _set_tooltips(self) -> None:
        key = str(self._index + 1)
        self.setToolTip(
            translate(
                "ClassRow",
                "{name}: click or press {key} to place samples of this class; double-click to rename",
                name=self._name,
                key=key,
            )
        )
        self.setAccessibleName(self._name)
        self.swatch.setToolTip(translate("ClassRow", "Colour and marker shape of the class"))
        self.swatch.setAccessibleName(self.swatch.toolTip())
        self.remove_button.setToolTip(translate("ClassRow", "Remove the class"))
        self.remove_button.setAccessibleName(self.remove_button.toolTip())

    def _on_swatch(self) -> None:
        self.look_requested.emit(self._index)

    def _on_remove(self) -> None:
        self.remove_requested.emit(self._index)

    def _on_name(self, name: str) -> None:
        if name == self._name:
            self.end_editing()
        else:
            self.renamed.emit(self._index, name)


class _NameField(QLineEdit):
    """The name while it is typed: Return or leaving the field commits it, Escape takes it back."""

    committed = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        EscapeFirst(self)
        self.setMaxLength(MAX_NAME_LENGTH)
        self._troubled = False
        self._active = False
        self.editingFinished.connect(self._on_finished)
        self.textEdited.connect(self._clear_trouble)

    def begin(self, name: str) -> None:
        """Start with a name."""
        self._active = True
        self.setText(name)
        self._set_troubled(False, "")

    def show_trouble(self, sentence: str) -> None:
        """Mark the field and stay open."""
        self._active = True
        self._set_troubled(True, sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
            return
        super().keyPressEvent(event)
        if is_enter(event):
            event.accept()  # it ends the typing and must not start it again in the row behind

    def _close(self) -> None:
        self._active = False
        self._set_troubled(False, "")
        self.left.emit()

    def _on_finished(self) -> None:
        if not self._active:
            return
        self._active = False
        self.committed.emit(self.text().strip())

    def _clear_trouble(self) -> None:
        self._set_troubled(False, "")

    def _set_troubled(self, troubled: bool, sentence: str) -> None:
        self.setToolTip(sentence)
        if troubled != self._troubled:
            self._troubled = troubled
            self.setProperty("error", troubled)
            self.style().unpolish(self)
            self.style().polish(self)
