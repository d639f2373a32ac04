"""The picture of the network as an instrument of the lab: a panel's view on a tab."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.frame import Frame
from gui.i18n import translate
from gui.panels.network_view import NetworkView
from gui.plots.lab_tab import LabContext, LabTab


class NetworkTab(LabTab):
    """The numbers of one person flowing through the model."""

    key = "network"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view = NetworkView(context.document, context.interaction, context.appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)

    def explanation(self) -> str:
        return translate(
            "Lab",
            "Height and weight, each times its weight, add up with the bias to the logit z; the activation "
            "function turns it into a probability. Point at a person to see the numbers flow.",
        )

    def draw(self, frame: Frame) -> None:
        self.view.show_frame(frame)
