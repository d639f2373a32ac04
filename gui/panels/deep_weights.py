"""The weights of a network with hidden layers: its shape, and one layer at a time as a table."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.models import layout_of
from engine.snapshots import Snapshot
from engine.specs import MAX_HIDDEN_LAYERS, LossName, ModelSpec
from gui.formulas import loss_name
from gui.i18n import translate
from gui.panels.deep_picture import activation_name
from gui.panels.layer_table import LayerTable
from gui.theme import Appearance
from gui.widgets.controls import is_language_change
from gui.widgets.number_field import number_text
from gui.widgets.segmented import Segment, SegmentedControl

MOST_ROWS, LEAST_ROWS = 5, 2
"""Rows of a layer's table that are seen at once."""

LAYERS = tuple(str(number) for number in range(MAX_HIDDEN_LAYERS + 1))


class DeepWeights(QWidget):
    """The selected model's weights; a click on a model's name selects the model."""

    model_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._snapshot: Snapshot | None = None
        self._model = 0
        self._layer = 0
        self.names = (QLabel(self), QLabel(self))
        self.shape = QLabel(self)
        self.shape.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.layers = SegmentedControl(LAYERS, self)
        self.table = LayerTable(appearance, self)
        self._scroll = _TableScroll(self.table, self)
        self._lay_out()
        for model, name in enumerate(self.names):
            name.setCursor(Qt.CursorShape.PointingHandCursor)
            name.installEventFilter(self)
            name.setObjectName(f"deep_model_{model}")
        self.layers.chosen.connect(self._on_layer)
        appearance.changed.connect(self._apply_theme)
        self.retranslate()

    def show_snapshot(self, snapshot: Snapshot, model: int) -> None:
        """Show a model's newest numbers."""
        before, self._snapshot, self._model = self._snapshot, snapshot, model
        if before is None or before.spec.model != snapshot.spec.model:
            self._layer = min(self._layer, len(snapshot.spec.model.hidden))
            self._show_shape()
        self._apply_theme()
        self._show_table()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        if self._snapshot is not None:
            self._show_shape()
            self._apply_theme()
            self._show_table()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Select the model whose name is pressed."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            if watched in self.names and event.button() == Qt.MouseButton.LeftButton:
                self.model_clicked.emit(self.names.index(watched))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for name in self.names:
            head.addWidget(name)
        head.addWidget(self.shape)
        head.addStretch(1)
        head.addWidget(self.layers)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._scroll, 1)

    def _show_shape(self) -> None:
        assert self._snapshot is not None
        model = self._snapshot.spec.model
        self.shape.setText(shape_text(model))
        self.shape.setToolTip(
            translate("Weights", "Inputs, units of each hidden layer, outputs; weights and biases")
        )
        segments = []
        for number, key in enumerate(LAYERS):
            is_output = number == len(model.hidden)
            self.layers.button(key).setVisible(number <= len(model.hidden))
            text = translate("Weights", "out") if is_output else str(number + 1)
            tooltip = (
                translate("Weights", "Weights of the output layer")
                if is_output
                else translate("Weights", "Weights of hidden layer {number}", number=number + 1)
            )
            segments.append(Segment(key, text, tooltip))
        self.layers.set_segments(segments)
        self.layers.set_key(str(self._layer))

    def _show_table(self) -> None:
        assert self._snapshot is not None
        model = self._snapshot.spec.model
        values = layer_rows(self._snapshot, self._model, self._layer)
        self.table.set_layer(input_names(model, self._layer), node_names(model, self._layer), values)
        self._scroll.updateGeometry()

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        losses: tuple[LossName, ...] = () if self._snapshot is None else self._snapshot.spec.losses
        for model, label in enumerate(self.names):
            label.setVisible(model < len(losses))
            if model < len(losses):
                label.setText(loss_name(losses[model]))
                label.setFont(theme.font(12, bold=model == self._model))
                label.setStyleSheet(f"color: {theme.loss_color(losses[model]).name()};")
                label.setToolTip(
                    translate("Weights", "Select the model trained on {loss}", loss=loss_name(losses[model]))
                )
        self.shape.setFont(theme.font(12, tabular=True))

    def _on_layer(self, key: str) -> None:
        self._layer = int(key)
        self.layers.set_key(key)
        self._show_table()


class _TableScroll(QScrollArea):
    """Shows a few rows of a table, and fewer where the panel is low."""

    def __init__(self, table: LayerTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setWidget(table)
        self.setCornerWidget(QWidget(self))  # the style draws a black corner between two bars

    def sizeHint(self) -> QSize:
        return QSize(200, self._height_of(MOST_ROWS))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self._height_of(LEAST_ROWS))

    def _height_of(self, rows: int) -> int:
        """So many rows and, where the table is wider than the panel, the bar below them."""
        bar = self.horizontalScrollBar().sizeHint().height() if self._table.width() > self.width() else 0
        return min(self._table.height(), self._table.height_of(rows)) + bar


def shape_text(model: ModelSpec) -> str:
    """A network's shape in words: 2-8-8-1, 105 parameters."""
    shape = "-".join(map(str, (2, *model.hidden, 1)))
    count = layout_of(model).parameter_count
    return translate("Weights", "{shape}, {count} parameters", shape=shape, count=f"{count:,}")


def layer_rows(snapshot: Snapshot, model: int, layer: int) -> tuple[tuple[float, ...], ...]:
    """A layer's weights, one row a node, the bias last; the first layer's are for z-scores."""
    values = layout_of(snapshot.spec.model).layer_view(snapshot.parameters[model], layer)
    return tuple(map(tuple, values.tolist()))


def input_names(model: ModelSpec, layer: int) -> tuple[str, ...]:
    """What a layer reads, and the bias."""
    if layer == 0:
        return translate("Weights", "height"), translate("Weights", "weight"), "b"
    return (*(f"a{number + 1}" for number in range(model.hidden[layer - 1])), "b")


def node_names(model: ModelSpec, layer: int) -> tuple[str, ...]:
    """What a layer's nodes are called."""
    return (
        tuple(str(number + 1) for number in range(model.hidden[layer]))
        if layer < len(model.hidden)
        else ("z",)
    )


def deep_text(snapshot: Snapshot) -> str:
    """All models' weights in full, with what is needed to work out p from them."""
    scaler, model = snapshot.scaler, snapshot.spec.model
    blocks = [
        f"z(height) = (cm - {number_text(scaler.mean_height_cm)}) / {number_text(scaler.std_height_cm)}\n"
        f"z(weight) = (kg - {number_text(scaler.mean_weight_kg)}) / {number_text(scaler.std_weight_kg)}"
    ]
    for index, loss in enumerate(snapshot.spec.losses):
        lines = [f"{loss_name(loss)}  {shape_text(model)}"]
        for layer in range(len(model.hidden) + 1):
            is_output = layer == len(model.hidden)
            name = (
                translate("Weights", "output layer, sigmoid")
                if is_output
                else translate(
                    "Weights",
                    "hidden layer {number}, {activation}",
                    number=layer + 1,
                    activation=activation_name(model.activation),
                )
            )
            lines += [name, "\t".join(("", *input_names(model, layer)))]
            rows = zip(node_names(model, layer), layer_rows(snapshot, index, layer), strict=True)
            lines += ["\t".join((node, *map(number_text, row))) for node, row in rows]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)
