"""The network as a picture: inputs, weighted sum, activation, p; one person's numbers flow through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.snapshots import Snapshot
from gui.document import Change, Document
from gui.formulas import fixed_text, logit_text, loss_name, probability_text
from gui.frame import Frame
from gui.i18n import class_name, translate
from gui.interaction import Interaction
from gui.panels.network_layout import network_layout
from gui.panels.network_painting import NetworkPicture, NodeText, paint_network
from gui.panels.point_values import PointValues, standardized_rows, values_at
from gui.theme import Appearance
from gui.throttle import Throttle
from gui.widgets.controls import SectionHeading, is_language_change

INTERVAL_MS = 100
_SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉"


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
        interaction.selected_model_changed.connect(self._rebuild)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._rebuild)
        self.retranslate()

    @property
    def picture(self) -> NetworkPicture | None:
        """What is painted; None before the first frame."""
        return self.canvas.picture

    def show_frame(self, frame: Frame) -> None:
        """Take the newest parameters; the picture follows a few times a second."""
        first = self._frame is None or self._frame.snapshot.spec.model != frame.snapshot.spec.model
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
                "Edges are as wide as the standardised weights: solid for positive, hollow for negative ones",
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
        self.canvas.show_picture(self._picture_of(snapshot, model, values))
        loss = snapshot.spec.losses[model]
        theme = self._appearance.theme
        self.owner_label.setText(translate("Network", "trained on {loss}", loss=loss_name(loss)))
        self.owner_label.setFont(theme.font(12, bold=True))
        self.owner_label.setStyleSheet(f"color: {theme.loss_color(loss).name()};")

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
        several = snapshot.spec.model.kind == "softmax"
        classes = self._output_classes(len(rows), several=several)
        outputs = classes if several else classes[-1:]
        probability = () if values is None else tuple(values.probability.tolist())
        shares = probability if several else probability[1:]
        names = [f"p{_SUBSCRIPTS[index]}" for index in range(len(rows))] if several else ["p"]
        texts = [probability_text(share) for share in shares] or [""] * len(outputs)
        return NetworkPicture(
            loss=snapshot.spec.losses[model],
            weights=tuple((row[0], row[1], row[2]) for row in rows),
            inputs=_input_texts(values),
            sums=tuple(_sum_text(node, values, several=several) for node in range(len(rows))),
            outputs=tuple(NodeText(name, text) for name, text in zip(names, texts, strict=True)),
            classes=outputs,
            activation="softmax" if several else "σ",
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

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.picture: NetworkPicture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_picture(self, picture: NetworkPicture) -> None:
        """Paint another picture."""
        if picture != self.picture:
            self.picture = picture
            self.setAccessibleName(_spoken(picture))
        self.update()

    def sizeHint(self) -> QSize:
        nodes = 1 if self.picture is None else len(self.picture.weights)
        return QSize(self._appearance.theme.px(230), self._appearance.theme.px(max(124, 20 * nodes)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(190), self._appearance.theme.px(110))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.picture is None:
            return
        theme = self._appearance.theme
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0)
        layout = network_layout(area, len(self.picture.weights), theme.scale)
        paint_network(painter, theme, layout, self.picture)
        painter.end()


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
