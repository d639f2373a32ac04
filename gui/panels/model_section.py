"""Which model is trained, and on which loss."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.specs import SMOOTHED_KINDS, ModelSpec
from gui.document import Change, Document
from gui.formulas import loss_name
from gui.i18n import translate
from gui.model_choice import choose_model, models_of
from gui.panels.hidden_fields import HiddenFields
from gui.panels.model_words import label_note, loss_tooltips, model_names, model_tooltip
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo, SectionHeading, is_language_change
from gui.widgets.emblems import loss_icon
from gui.widgets.number_field import FieldError, number_text, parse_number
from gui.widgets.segmented import Segment, SegmentedControl
from gui.widgets.slider import LinearScale
from gui.widgets.slider_field import SliderField

LARGEST_SMOOTHING = 0.5
SMOOTHING_SCALE = LinearScale(0.0, LARGEST_SMOOTHING, 50)
_COMPARED = ("softmax", "sigmoids")


class ModelSection(QWidget):
    """The model and the loss: one, the other, or both; or, of two output layers, each on its own.

    Below them label smoothing, for models that know it.
    """

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.model_heading = SectionHeading(self)
        self.model = PanelCombo(self)
        self.hidden = HiddenFields(document, self)
        self.loss_heading = SectionHeading(self)
        self.loss = SegmentedControl(("cross_entropy", "mse", "compare"), self, below=("outputs",))
        self.note = QLabel(self)
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.smoothing = SliderField(SMOOTHING_SCALE, parse_smoothing, number_text, self)
        self.smoothing.setObjectName("label_smoothing")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.model_heading)
        layout.addWidget(self.model)
        layout.addWidget(self.hidden)
        layout.addWidget(self.note)
        layout.addSpacing(8)
        layout.addWidget(self.loss_heading)
        layout.addWidget(self.loss)
        layout.addWidget(self.smoothing)
        self.model.activated.connect(self._on_model)
        self.loss.chosen.connect(self._on_loss)
        self.smoothing.value_picked.connect(self._on_smoothing)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.model_heading.set_title(translate("ModelSection", "Model"))
        self.loss_heading.set_title(translate("ModelSection", "Loss"))
        self.model.setAccessibleName(translate("ModelSection", "Model"))
        self.smoothing.set_texts(
            translate("ModelSection", "Label smoothing"),
            translate(
                "ModelSection",
                "Label smoothing ε: the targets are (1 - ε) y + ε / K in place of the labels y, so that no p "
                "is pulled to 0 or 1. No cross-entropy goes below the entropy of such targets",
            ),
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the document's model and loss."""
        state = self._document.state
        kind, names = state.model.kind, model_names()
        self.model.set_choices([(one, names[one]) for one in models_of(state)])
        self.model.set_key(kind)
        self.model.setEnabled(len(state.classes) >= 2)
        self.model.setToolTip(model_tooltip(kind, len(state.classes)))
        self.hidden.setVisible(kind == "mlp")
        self.loss.set_segments(self._loss_segments(state.model), self._icon_size())
        for key in ("cross_entropy", "compare"):
            self.loss.button(key).setEnabled(kind != "step")
        self.loss.button("outputs").setVisible(kind in _COMPARED)
        is_elsewhere = state.settings.loss_mode == "outputs" and not state.kinds
        mode = "compare" if is_elsewhere else state.settings.loss_mode
        self.loss.set_key("mse" if kind == "step" else mode)
        self.smoothing.setVisible(kind in SMOOTHED_KINDS)
        self.smoothing.set_number(state.settings.label_smoothing)
        self._show_note()

    def _show_note(self) -> None:
        text = label_note(self._document.state)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _icon_size(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.px(18), theme.px(10))

    def _loss_segments(self, model: ModelSpec) -> list[Segment]:
        theme, size = self._appearance.theme, self._icon_size()
        name, squared = loss_name(model.likelihood), loss_name("mse")
        tooltips = loss_tooltips(model.kind)
        return [
            Segment("cross_entropy", name, tooltips["cross_entropy"], loss_icon(theme, "bce", size)),
            Segment("mse", squared, tooltips["mse"], loss_icon(theme, "mse", size)),
            Segment("compare", translate("ModelSection", "Compare"), tooltips["compare"]),
            Segment("outputs", translate("ModelSection", "Softmax and K sigmoids"), tooltips["outputs"]),
        ]

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings & {"model", "loss_mode", "label_smoothing"}:
            self.refresh()
        elif change.samples:
            self._show_note()

    def _on_model(self, row: int) -> None:
        choose_model(self._document, self.model.itemData(row))
        self.refresh()

    def _on_loss(self, key: str) -> None:
        self._document.change_settings(loss_mode=key)

    def _on_smoothing(self, value: float, gesture: object) -> None:
        self._document.change_settings(gesture, label_smoothing=value)


def parse_smoothing(text: str) -> float:
    """Read a label smoothing: from 0 to 0.5; raises `FieldError` for anything else."""
    value = parse_number(text)
    if not 0.0 <= value <= LARGEST_SMOOTHING:
        raise FieldError(translate("ModelSection", "Label smoothing is from 0 to 0.5."))
    return value
