"""Which model is trained, and on which loss."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.document import Change, Document
from gui.i18n import translate
from gui.theme import Appearance
from gui.widgets.controls import PanelCombo, SectionHeading, is_language_change
from gui.widgets.emblems import loss_icon
from gui.widgets.segmented import Segment, SegmentedControl


class ModelSection(QWidget):
    """The model (a choice with two classes, softmax with more) and the loss: one, the other, or both."""

    def __init__(self, document: Document, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._appearance = appearance
        self.model_heading = SectionHeading(self)
        self.model = PanelCombo(self)
        self.loss_heading = SectionHeading(self)
        self.loss = SegmentedControl(("cross_entropy", "mse", "compare"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.model_heading)
        layout.addWidget(self.model)
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
        self.model.set_choices(
            [
                ("logistic", translate("ModelSection", "Logistic regression")),
                ("softmax", translate("ModelSection", "Softmax regression")),
            ]
        )
        self.refresh()

    def refresh(self) -> None:
        """Show the document's model and loss."""
        state = self._document.state
        kind = state.model.kind
        self.model.set_key(kind)
        self.model.setEnabled(len(state.classes) == 2)
        self.model.setToolTip(self._model_tooltip(kind, len(state.classes)))
        self.loss.set_segments(self._loss_segments(kind), self._icon_size())
        self.loss.set_key(state.settings.loss_mode)

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def _icon_size(self) -> QSize:
        theme = self._appearance.theme
        return QSize(theme.px(18), theme.px(10))

    def _model_tooltip(self, kind: str, count: int) -> str:
        if count != 2:
            return translate("ModelSection", "With other than two classes the model is softmax regression")
        if kind == "logistic":
            return translate(
                "ModelSection",
                "Logistic regression: one logit z, linear in height and weight; p = sigmoid(z) is the "
                "probability of the second class",
            )
        return translate(
            "ModelSection",
            "Softmax regression: one logit a class; with two classes it follows the logistic model at "
            "twice the learning rate",
        )

    def _loss_segments(self, kind: str) -> list[Segment]:
        theme, size = self._appearance.theme, self._icon_size()
        if kind == "logistic":
            name = translate("ModelSection", "BCE")
            tooltip = translate(
                "ModelSection",
                "Binary cross-entropy: the mean of -ln of the probability given to each sample's own class",
            )
            mse = translate("ModelSection", "Mean squared error: the mean of (p - y) squared")
        else:
            name = translate("ModelSection", "CE")
            tooltip = translate(
                "ModelSection",
                "Cross-entropy: the mean of -ln of the probability given to each sample's own class",
            )
            mse = translate(
                "ModelSection", "Mean squared error: (p - y) squared, summed over the classes, then the mean"
            )
        both = translate(
            "ModelSection",
            "One model is trained on each loss: the same start, the same samples, the same steps",
        )
        return [
            Segment("cross_entropy", name, tooltip, loss_icon(theme, "bce", size)),
            Segment("mse", translate("ModelSection", "MSE"), mse, loss_icon(theme, "mse", size)),
            Segment("compare", translate("ModelSection", "Compare"), both),
        ]

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings & {"model", "loss_mode"}:
            self.refresh()

    def _on_model(self, row: int) -> None:
        self._document.change_settings(model=self.model.itemData(row))
        self.refresh()

    def _on_loss(self, key: str) -> None:
        self._document.change_settings(loss_mode=key)
