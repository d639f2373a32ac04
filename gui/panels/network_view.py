"""The network as a picture: inputs, weighted sum, activation, p; one person's numbers flow through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.snapshots import Snapshot
from engine.specs import ModelKind
from gui.document import Change, Document
from gui.formulas import fixed_text, logit_text, percent_text, probability_text
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.interaction import Interaction
from gui.model_names import trained_on
from gui.panels.deep_layout import DeepLayout, deep_layout
from gui.panels.deep_painting import DeepPicture, Unit, paint_deep
from gui.panels.deep_picture import deep_picture, deep_spoken, unit_words
from gui.panels.network_layout import network_layout
from gui.panels.network_painting import NetworkPicture, NodeText, paint_network
from gui.panels.point_values import PointValues, standardized_rows, values_at
from gui.style_sheet import owner_sheet
from gui.theme import Appearance
from gui.throttle import Throttle
from gui.widgets.controls import SectionHeading, is_language_change

INTERVAL_MS = 100
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"
ACTIVATIONS: dict[ModelKind, str] = {"softmax": "softmax", "absolute": "|z| / Σ|z|", "square": "z² / Σz²"}
"""What turns all logits together into p; the others have a σ or a step of their own."""


class NetworkView(QWidget):
    """The selected model's network. A sample that is hovered goes before the bare pointer."""

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
        self.heading = SectionHeading(self)
        self.owner_label = QLabel(self)
        self.canvas = _NetworkCanvas(appearance, self)
        header = QHBoxLayout()
        header.addWidget(self.heading)
        header.addStretch(1)
        header.addWidget(self.owner_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self.canvas, 1)
        self._throttle = Throttle(self._rebuild, INTERVAL_MS, self)
        interaction.pointer_changed.connect(self._throttle.request)
        interaction.hovered_id_changed.connect(self._throttle.request)
        self.canvas.unit_hovered.connect(self._throttle.request)
        interaction.selected_model_changed.connect(self._rebuild)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._rebuild)
        self.retranslate()

    @property
    def picture(self) -> NetworkPicture | DeepPicture | None:
        """What is painted; None before the first frame."""
        return self.canvas.picture

    def show_frame(self, frame: Frame) -> None:
        """Take the newest parameters; the picture follows a few times a second."""
        first = self._frame is None or self._frame.snapshot.spec.models != frame.snapshot.spec.models
        self._frame = frame
        if first:
            self._throttle.run_now()
        else:
            self._throttle.request()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.heading.set_title(translate("Network", "Network"))
        self.canvas.setToolTip(
            translate(
                "Network",
                "Edges are as wide as the standardised weights: solid for positive, hollow or dashed for "
                "negative ones",
            )
        )
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _rebuild(self) -> None:
        if self._frame is None:
            return
        snapshot = self._frame.snapshot
        model = min(self._interaction.selected_model, len(snapshot.parameters) - 1)
        person = self._person()
        values = None if person is None else values_at(snapshot, model, *person)
        if snapshot.spec.model.hidden:
            info = self._output_classes(1, several=False)[-1]
            inputs = _input_texts(values)[:2]
            hovered = self.canvas.hovered_unit
            self.canvas.show_picture(deep_picture(snapshot, model, values, inputs, info, hovered))
        else:
            self.canvas.show_picture(self._picture_of(snapshot, model, values))
        loss = snapshot.spec.losses[model]
        self.owner_label.setText(trained_on(snapshot.spec, model))
        self.owner_label.setStyleSheet(owner_sheet(self._appearance.theme, loss))

    def _person(self) -> tuple[float, float] | None:
        """Height (cm) and weight (kg) of the hovered sample, else of the pointer."""
        hovered = self._interaction.hovered_id
        if hovered is not None:
            rows = self._document.state.samples.select([hovered])
            if len(rows):
                return float(rows.height_cm[0]), float(rows.weight_kg[0])
        return self._interaction.pointer

    def _picture_of(self, snapshot: Snapshot, model: int, values: PointValues | None) -> NetworkPicture:
        rows = standardized_rows(snapshot, model).tolist()
        kind, several = snapshot.spec.model_of(model).kind, not snapshot.spec.model.is_binary
        classes = self._output_classes(len(rows), several=several)
        outputs = classes if several else classes[-1:]
        probability = () if values is None else tuple(values.probability.tolist())
        shares = probability if several else probability[1:]
        names = [f"p{_SUBSCRIPTS[index]}" for index in range(len(rows))] if several else ["p"]
        text_of = percent_text if kind == "step" else probability_text
        texts = [text_of(share) for share in shares] or [""] * len(outputs)
        activation = translate("Network", "step") if kind == "step" else ACTIVATIONS.get(kind, "σ")
        return NetworkPicture(
            loss=snapshot.spec.losses[model],
            weights=tuple((row[0], row[1], row[2]) for row in rows),
            inputs=_input_texts(values),
            sums=tuple(_sum_text(node, values, several=several) for node in range(len(rows))),
            outputs=tuple(NodeText(name, text) for name, text in zip(names, texts, strict=True)),
            classes=outputs,
            activation=activation,
            is_activation_shared=kind != "sigmoids",
            shares=shares,
            factors=() if values is None or several else (*map(float, values.z_scores), 1.0),
        )

    def _output_classes(self, nodes: int, *, several: bool) -> tuple[ClassInfo, ...]:
        """The document's classes; it may be a frame ahead of the snapshot."""
        wanted = nodes if several else 2
        classes = self._document.state.classes[:wanted]
        return classes + tuple(ClassInfo(index) for index in range(len(classes), wanted))

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.samples or change.replaced:
            self._throttle.request()


class _NetworkCanvas(QWidget):
    """The painted part."""

    unit_hovered = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self.installEventFilter(self)
        self._appearance = appearance
        self.picture: NetworkPicture | DeepPicture | None = None
        self.hovered_unit: Unit | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: NetworkPicture | DeepPicture) -> None:
        """Paint another picture."""
        if picture != self.picture:
            self.picture = picture
            spoken = deep_spoken(picture) if isinstance(picture, DeepPicture) else _spoken(picture)
            self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        picture = self.picture
        nodes = 1 if picture is None else len(picture.weights)
        if isinstance(picture, DeepPicture):
            nodes = min(max(picture.hidden), 10)
        return QSize(self._appearance.theme.px(230), self._appearance.theme.px(max(124, 20 * nodes)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(190), self._appearance.theme.px(110))

    def paintEvent(self, event: QPaintEvent) -> None:
        picture, theme = self.picture, self._appearance.theme
        if picture is None:
            return
        with QPainter(self) as painter:
            if isinstance(picture, DeepPicture):
                paint_deep(painter, theme, self._deep_layout(picture), picture)
            else:
                layout = network_layout(self._area(), len(picture.weights), theme.scale)
                paint_network(painter, theme, layout, picture)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if isinstance(self.picture, DeepPicture):
            self._hover(self._deep_layout(self.picture).unit_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
        super().leaveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a unit's numbers where there is one, else what the edges mean."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            picture, unit = self.picture, self.hovered_unit
            words = unit_words(picture, unit) if isinstance(picture, DeepPicture) and unit else ""
            QToolTip.showText(event.globalPos(), words or self.toolTip(), self)
            return True
        return super().eventFilter(watched, event)

    def _hover(self, unit: Unit | None) -> None:
        if unit != self.hovered_unit:
            self.hovered_unit = unit
            QToolTip.hideText()
            self.unit_hovered.emit()

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)

    def _deep_layout(self, picture: DeepPicture) -> DeepLayout:
        return deep_layout(self._area(), picture.hidden, self._appearance.theme.scale)


def _input_texts(values: PointValues | None) -> tuple[NodeText, NodeText, NodeText]:
    """Names with measurements above the z-scores that go into the sum."""
    height, weight, one = translate("Network", "height"), translate("Network", "weight"), "1"
    if values is None:
        return NodeText(height), NodeText(weight), NodeText(one)
    return (
        NodeText(f"{values.height_cm:.1f} cm", fixed_text(float(values.z_scores[0]), 2)),
        NodeText(f"{values.weight_kg:.1f} kg", fixed_text(float(values.z_scores[1]), 2)),
        NodeText(one),
    )


def _sum_text(node: int, values: PointValues | None, *, several: bool) -> NodeText:
    name = f"z{_SUBSCRIPTS[node]}" if several else "Σ"
    return NodeText(name, "" if values is None else logit_text(float(values.logits[node])))


def _spoken(picture: NetworkPicture) -> str:
    """The picture in words, for assistive software."""
    parts = [text.value or text.name for text in (*picture.inputs, *picture.sums)]
    parts += [
        f"{class_name(info)} {text.value or text.name}"
        for info, text in zip(picture.classes, picture.outputs, strict=True)
    ]
    return ", ".join(parts)
