"""The settings of a run, from model to seed: the sections put one below the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.document import Document
from gui.interaction import Interaction
from gui.panels.model_section import ModelSection
from gui.panels.optimizer_section import OptimizerSection
from gui.panels.start_section import StartSection
from gui.theme import Appearance


class SettingsPanel(QWidget):
    """Model, loss, optimiser, learning rate, batch size, start weights and seed."""

    exact_start_requested = Signal()
    new_seed_requested = Signal()

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model = ModelSection(document, appearance, self)
        self.optimizer = OptimizerSection(document, interaction, self)
        self.start = StartSection(document, appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for section in (self.model, self.optimizer, self.start):
            layout.addWidget(section)
        self.start.exact_start_requested.connect(self.exact_start_requested)
        self.start.new_seed_requested.connect(self.new_seed_requested)
