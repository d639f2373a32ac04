"""The weights, always in view: standardised, in cm and kg, and as the formulas of z and of the line."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelSpec
from gui.document import Change, Document
from gui.formulas import formula_decimals, line_formula, logit_formula, weights_text
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.icons import icon
from gui.interaction import Interaction
from gui.model_names import model_name
from gui.panels.deep_weights import DeepWeights, deep_text
from gui.panels.point_values import original_rows, standardized_rows
from gui.theme import Appearance
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.controls import PanelToolButton, SectionHeading, is_language_change
from gui.widgets.emblems import marker_pixmap
from gui.widgets.flow_layout import FlowLayout

# A canvas may be zoomed out this far; up to 1,000 for both together the digits are the same.
CANVAS_HEIGHT_CM, CANVAS_WEIGHT_KG = 400.0, 600.0
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
_MARKER_PX = 16

_Shape = tuple[tuple[ModelSpec, ...], tuple[LossName, ...], tuple[ClassInfo, ...]]
"""What decides which labels there are: models, losses, classes."""


class WeightsPanel(QWidget):
    """A block of formulas for each model, selectable; a click on a model's name selects the model."""

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._interaction = interaction
        self._appearance = appearance
        self._frame: Frame | None = None
        self._shape: _Shape | None = None
        self._names: list[QLabel] = []
        self._formulas: list[list[QLabel]] = []
        self._build()
        self._throttle = Throttle(self._write, TEXT_INTERVAL_MS, self)
        document.changed.connect(self._on_document_changed)
        interaction.selected_model_changed.connect(self._mark_selected)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()
        self.retranslate()

    @property
    def formulas(self) -> list[list[str]]:
        """The lines shown for each model."""
        return [[label.text() for label in labels] for labels in self._formulas]

    def show_frame(self, frame: Frame) -> None:
        """Take the newest parameters; the digits follow a few times a second."""
        self._frame = frame
        if self._shape != self._shape_of(frame.snapshot):
            self._throttle.run_now()
        else:
            self._throttle.request()

    def copy_text(self) -> None:
        """Put everything shown on the clipboard, with the models' and the classes' names."""
        QGuiApplication.clipboard().setText(self._all_text())

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("Weights", "Weights"))
        self.copy_button.setToolTip(translate("Weights", "Copy all weights and formulas"))
        self.copy_button.setAccessibleName(self.copy_button.toolTip())
        self._set_tooltips()
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        self.heading = SectionHeading(self)
        self.copy_button = PanelToolButton(self)
        self.copy_button.clicked.connect(self.copy_text)
        self.deep = DeepWeights(self._appearance, self)
        self.deep.model_clicked.connect(self._interaction.set_selected_model)
        self.deep.hide()
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        header = QHBoxLayout()
        header.addWidget(self.heading)
        header.addStretch(1)
        header.addWidget(self.copy_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(header)
        layout.addLayout(self._grid)
        layout.addWidget(self.deep)
        layout.addStretch(1)

    def _shape_of(self, snapshot: Snapshot) -> _Shape:
        return snapshot.spec.models, snapshot.spec.losses, self._document.state.classes

    def _write(self) -> None:
        """Put the newest numbers into the labels, which are made anew only for another model."""
        if self._frame is None:
            return
        snapshot = self._frame.snapshot
        shape = self._shape_of(snapshot)
        if shape != self._shape:
            self._shape = shape
            self._make_labels(snapshot)
        if snapshot.spec.model.hidden:
            self.deep.show_snapshot(snapshot, self._selected(snapshot))
            return
        for model, labels in enumerate(self._formulas):
            for label, text in zip(labels, self._lines(snapshot, model), strict=True):
                if label.text() != text:
                    label.setText(text)

    def _lines(self, snapshot: Snapshot, model: int) -> list[str]:
        """For each output node its standardised weights and its logit in cm and kg; then the line.

        In place of a line two softmax rows have the difference of their logits, which says it all.
        """
        decimals = formula_decimals(CANVAS_HEIGHT_CM, CANVAS_WEIGHT_KG)
        height, weight = translate("Weights", "cm"), translate("Weights", "kg")
        kind, several = snapshot.spec.model_of(model).kind, not snapshot.spec.model.is_binary
        lines = []
        original = original_rows(snapshot, model).tolist()
        for node, (standardized, row) in enumerate(
            zip(standardized_rows(snapshot, model).tolist(), original, strict=True)
        ):
            symbol = f"z{_SUBSCRIPTS[node]}" if several else "z"
            lines += [weights_text(standardized), logit_formula(row, decimals, height, weight, symbol)]
        if kind == "softmax" and len(original) == 2:
            row = [one - zero for zero, one in zip(*original, strict=True)]
            lines.append(f"p₁ = σ(z₁ - z₀),  {logit_formula(row, decimals, height, weight, 'z₁ - z₀')}")
        if not several:
            is_step = kind == "step"  # p is 0 or 1: every threshold is at z = 0
            threshold = 0.5 if is_step else self._document.state.settings.threshold
            line = line_formula(original[0], threshold, height, weight, CANVAS_HEIGHT_CM)
            lines.append(translate("Weights", "line: {formula}", formula=line or "–"))
        return lines

    def _make_labels(self, snapshot: Snapshot) -> None:
        _empty(self._grid)
        self._names, self._formulas = [], []
        self.deep.setVisible(bool(snapshot.spec.model.hidden))
        if snapshot.spec.model.hidden:
            self.updateGeometry()
            return
        row = 0
        for model in range(len(snapshot.spec.losses)):
            row = self._add_model(model, snapshot, row)
        self._apply_theme()
        self._mark_selected()
        self._set_tooltips()
        self.updateGeometry()

    def _add_model(self, model: int, snapshot: Snapshot, row: int) -> int:
        """Add a model's name and its formulas: those of one output node side by side where there is room."""
        several = not snapshot.spec.model.is_binary
        name = _ModelName(model_name(snapshot.spec, model), model, self._interaction, self)
        self._names.append(name)
        # Above the markers of its rows, the name has the whole width.
        self._grid.addWidget(name, row, 0, 1, 2 if several else 1, Qt.AlignmentFlag.AlignTop)
        count = len(self._lines(snapshot, model))
        standardized = range(0, count, 2) if several else (0,)
        labels = [self._formula_label(is_quiet=number not in standardized) for number in range(count)]
        self._formulas.append(labels)
        row += 1 if several else 0
        for node, start in enumerate(standardized):
            flow = FlowLayout(gap=12)
            # The boundary's formula is short: it shares a line with the weights where the logit does not fit.
            for label in labels[start : start + 2] if several else (labels[0], *labels[2:], labels[1]):
                flow.addWidget(label)
            self._grid.addLayout(flow, row, 1)
            if several and start + 1 < count:
                marker = QLabel(self)
                marker.setObjectName(f"marker_{node}")
                self._grid.addWidget(marker, row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            row += 1
        self._grid.setRowMinimumHeight(row, 4)
        return row + 1

    def _formula_label(self, *, is_quiet: bool) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setProperty("quiet", is_quiet)
        return label

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.copy_button.setIcon(icon("copy", theme.quiet, theme.px(16)))
        self.copy_button.setIconSize(QSize(theme.px(16), theme.px(16)))
        for labels in self._formulas:
            for label in labels:
                label.setFont(theme.font(12, tabular=True))
        for marker, info in self._markers():
            marker.setPixmap(marker_pixmap(theme, info.color, info.marker, theme.px(_MARKER_PX)))
        self._mark_selected()

    def _markers(self) -> Iterator[tuple[QLabel, ClassInfo]]:
        """The picture beside each class's formulas, with the class."""
        classes = self._document.state.classes
        for marker in self.findChildren(QLabel):
            if marker.objectName().startswith("marker_"):
                yield marker, classes[min(int(marker.objectName().removeprefix("marker_")), len(classes) - 1)]

    def _selected(self, snapshot: Snapshot) -> int:
        return min(self._interaction.selected_model, len(snapshot.parameters) - 1)

    def _mark_selected(self) -> None:
        theme = self._appearance.theme
        if self._frame is not None and self._frame.snapshot.spec.model.hidden:
            self.deep.show_snapshot(self._frame.snapshot, self._selected(self._frame.snapshot))
            return
        losses = self._shape[1] if self._shape else ()
        for model, (label, loss) in enumerate(zip(self._names, losses, strict=False)):
            label.setFont(theme.font(12, bold=model == self._interaction.selected_model))
            label.setStyleSheet(f"color: {theme.loss_color(loss).name()};")

    def _set_tooltips(self) -> None:
        standardized = translate("Weights", "Weights of the standardised height and weight, and the bias")
        original = translate("Weights", "The same model in cm and kg: works out the logit by hand to 0.01")
        line = translate("Weights", "The decision boundary at the present threshold")
        if self._frame is not None and not self._frame.snapshot.spec.model.is_binary:
            line = translate(
                "Weights",
                "With two classes softmax is the sigmoid of the difference of its logits: as a function it "
                "is the logistic model. Trained with a row for each class it follows that at twice the "
                "learning rate, and its MSE is twice the binary one",
            )
        for labels in self._formulas:
            for number, label in enumerate(labels):
                last = number == len(labels) - 1 and len(labels) % 2 == 1
                label.setToolTip(line if last else original if number % 2 else standardized)
        for marker, info in self._markers():
            marker.setToolTip(class_name(info))
        for name in self._names:
            name.setToolTip(translate("Weights", "Select the model trained on {loss}", loss=name.text()))

    def _all_text(self) -> str:
        if self._frame is not None and self._frame.snapshot.spec.model.hidden:
            return deep_text(self._frame.snapshot)
        blocks = []
        classes = self._document.state.classes
        for name, labels in zip(self._names, self._formulas, strict=True):
            lines = [name.text()]
            for number, label in enumerate(labels):
                if (
                    len(labels) > 3
                    and number % 2 == 0
                    and number + 1 < len(labels)
                    and number // 2 < len(classes)
                ):
                    lines.append(class_name(classes[number // 2]))
                lines.append(label.text())
            blocks.append("\n".join(lines))
        return "\n\n".join(blocks)

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or "threshold" in change.settings:
            self._write()


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout and away."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            _empty(inner)
            inner.deleteLater()


class _ModelName(QLabel):
    """A model's name; a click selects the model."""

    def __init__(self, text: str, model: int, interaction: Interaction, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._model = model
        self._interaction = interaction
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._interaction.set_selected_model(self._model)
