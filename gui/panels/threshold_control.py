"""The threshold on p: moves the decision line in parallel and changes no weight."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui.document import Change, Document
from gui.i18n import translate
from gui.theme import Appearance
from gui.widgets.controls import is_language_change
from gui.widgets.slider import LinearScale, ValueSlider

LOWEST, HIGHEST, NEUTRAL = 0.01, 0.99, 0.5
_NAMED_SLIDER_PX, _LEAST_SLIDER_PX = 48, 18


class ThresholdControl(QWidget):
    """A slider from 0.01 to 0.99, a double click for 0.5. Models whose p is one sigmoid have one."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.name_label, self.value_label = QLabel(self), QLabel(self)
        self.slider = ValueSlider(LinearScale(LOWEST, HIGHEST, 98), self)
        self.slider.installEventFilter(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        layout.addWidget(self.name_label)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.value_label)
        self.slider.value_picked.connect(self._on_picked)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()
        self._show_settings()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.name_label.setText(translate("Threshold", "threshold on p"))
        tooltip = translate(
            "Threshold",
            "The answer is yes where p is at least this. Moving it shifts the line in parallel and changes "
            "no weight; double-click for 0.5.",
        )
        self.setToolTip(f"{self.name_label.text()}: {tooltip}")
        self._fit_name()
        self.slider.setAccessibleName(self.name_label.text())

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.slider and event.type() == QEvent.Type.MouseButtonDblClick:
            self._document.change_settings(threshold=NEUTRAL)
            return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Room for the slider and its number: the name gives way."""
        width = self._appearance.theme.px(_LEAST_SLIDER_PX) + 8 + self.value_label.minimumWidth()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_name()

    def _fit_name(self) -> None:
        """Leave the name to the tooltip where the slider would have no room."""
        taken = self.name_label.sizeHint().width() + self.value_label.minimumWidth() + 16
        self.name_label.setVisible(self.width() - taken >= self._appearance.theme.px(_NAMED_SLIDER_PX))

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.value_label.setFont(theme.font(tabular=True))
        self.value_label.setMinimumWidth(self.value_label.fontMetrics().horizontalAdvance("0.00"))
        self.value_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def _show_settings(self) -> None:
        state = self._document.state
        self.setVisible(state.model.kind in ("logistic", "mlp"))
        self.slider.set_number(state.settings.threshold)
        self.value_label.setText(f"{state.settings.threshold:.2f}")

    def _on_picked(self, value: float, gesture: object) -> None:
        self._document.change_settings(gesture=gesture, threshold=value)

    def _on_document_changed(self, change: Change) -> None:
        if change.settings or change.classes or change.replaced:
            self._show_settings()
