"""Which model is trained, and on which loss."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.specs import ModelKind
from gui.document import Change, Document
from gui.i18n import translate
from gui.model_choice import choose_model
from gui.panels.hidden_fields import HiddenFields
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo, SectionHeading, is_language_change
from gui.widgets.emblems import loss_icon
from gui.widgets.segmented import Segment, SegmentedControl

MODELS: tuple[ModelKind, ...] = ("logistic", "softmax", "step", "mlp")


class ModelSection(QWidget):
    """The model (a choice with two classes, softmax with more) and the loss: one, the other, or both."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.model_heading = SectionHeading(self)
        self.model = PanelCombo(self)
        self.hidden = HiddenFields(document, self)
        self.loss_heading = SectionHeading(self)
        self.loss = SegmentedControl(("cross_entropy", "mse", "compare"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.model_heading)
        layout.addWidget(self.model)
        layout.addWidget(self.hidden)
        layout.addSpacing(8)
        layout.addWidget(self.loss_heading)
        layout.addWidget(self.loss)
        self.model.activated.connect(self._on_model)
        self.loss.chosen.connect(self._on_loss)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self.retranslate)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.model_heading.set_title(translate("ModelSection", "Model"))
        self.loss_heading.set_title(translate("ModelSection", "Loss"))
        self.model.setAccessibleName(translate("ModelSection", "Model"))
        names = {
            "logistic": translate("ModelSection", "Logistic regression"),
            "softmax": translate("ModelSection", "Softmax regression"),
            "step": translate("ModelSection", "Step perceptron"),
            "mlp": translate("ModelSection", "Multi-layer perceptron"),
        }
        self.model.set_choices([(kind, names[kind]) for kind in MODELS])
        self.refresh()

    def refresh(self) -> None:
        """Show the document's model and loss."""
        state = self._document.state
        kind = state.model.kind
        self.model.set_key(kind)
        self.model.setEnabled(len(state.classes) == 2)
        self.model.setToolTip(self._model_tooltip(kind, len(state.classes)))
        self.hidden.setVisible(kind == "mlp")
        self.loss.set_segments(self._loss_segments(kind), self._icon_size())
        for key in ("cross_entropy", "compare"):
            self.loss.button(key).setEnabled(kind != "step")
        self.loss.set_key("mse" if kind == "step" else state.settings.loss_mode)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _icon_size(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.px(18), theme.px(10))

    def _model_tooltip(self, kind: ModelKind, count: int) -> str:
        if count != 2:
            return translate("ModelSection", "With other than two classes the model is softmax regression")
        return {
            "logistic": translate(
                "ModelSection",
                "Logistic regression: one logit z, linear in height and weight; p = sigmoid(z) is the "
                "probability of the second class",
            ),
            "softmax": translate(
                "ModelSection",
                "Softmax regression: one logit a class; with two classes it follows the logistic model at "
                "twice the learning rate",
            ),
            "step": translate(
                "ModelSection",
                "Step perceptron: the same z, but p = 1 where z is at least 0, else 0 (unit step function)",
            ),
            "mlp": translate(
                "ModelSection",
                "Multi-layer perceptron: hidden layers of units before the logit, so that the boundary can "
                "be curved; p = sigmoid(z)",
            ),
        }[kind]

    def _loss_segments(self, kind: ModelKind) -> list[Segment]:
        theme, size = self._appearance.theme, self._icon_size()
        is_binary = kind != "softmax"
        name = translate("ModelSection", "BCE") if is_binary else translate("ModelSection", "CE")
        squared = translate("ModelSection", "MSE")
        tooltips = _loss_tooltips(kind)
        return [
            Segment("cross_entropy", name, tooltips["cross_entropy"], loss_icon(theme, "bce", size)),
            Segment("mse", squared, tooltips["mse"], loss_icon(theme, "mse", size)),
            Segment("compare", translate("ModelSection", "Compare"), tooltips["compare"]),
        ]

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings & {"model", "loss_mode"}:
            self.refresh()

    def _on_model(self, row: int) -> None:
        choose_model(self._document, self.model.itemData(row))
        self.refresh()

    def _on_loss(self, key: str) -> None:
        self._document.change_settings(loss_mode=key)


def _loss_tooltips(kind: ModelKind) -> dict[str, str]:
    """What each loss is for a model, or why it has none."""
    if kind == "step":
        infinite = translate(
            "ModelSection",
            "The step's p is exactly 0 or 1, so its BCE is infinite as soon as one sample is wrong: there is "
            "nothing to train on",
        )
        error_rate = translate(
            "ModelSection", "Mean squared error: for the step it is the share of wrong answers"
        )
        return {"cross_entropy": infinite, "mse": error_rate, "compare": infinite}
    both = translate(
        "ModelSection", "One model is trained on each loss: the same start, the same samples, the same steps"
    )
    if kind == "softmax":
        return {
            "cross_entropy": translate(
                "ModelSection",
                "Cross-entropy: the mean of -ln of the probability given to each sample's own class",
            ),
            "mse": translate(
                "ModelSection", "Mean squared error: (p - y) squared, summed over the classes, then the mean"
            ),
            "compare": both,
        }
    return {
        "cross_entropy": translate(
            "ModelSection",
            "Binary cross-entropy: the mean of -ln of the probability given to each sample's own class",
        ),
        "mse": translate("ModelSection", "Mean squared error: the mean of (p - y) squared"),
        "compare": both,
    }
