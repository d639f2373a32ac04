"""The model at a glance: a live picture of its network and its weights, always in view."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from gui.document import Document
from gui.frame import Frame
from gui.interaction import Interaction
from gui.panels.network_view import NetworkView
from gui.panels.weights_panel import WeightsPanel
from gui.theme import Appearance


class ModelCard(QFrame):
    """Network above, weights below; the weights scroll when many classes need more room."""

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.network = NetworkView(document, interaction, appearance, self)
        self.weights = WeightsPanel(document, interaction, appearance, self)
        self.network.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self.weights)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.network, 3)
        layout.addWidget(scroll, 2)

    def show_frame(self, frame: Frame) -> None:
        """Show the models of a frame."""
        self.network.show_frame(frame)
        self.weights.show_frame(frame)
