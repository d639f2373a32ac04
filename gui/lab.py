"""The lab of the window: which instruments there are, in which order. Composition only."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.frame import Frame
from gui.i18n import translate
from gui.panels.network_view import NetworkView
from gui.plots.hidden.tab import HiddenTab
from gui.plots.lab_area import LabArea
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.landscape.tab import LandscapeTab
from gui.plots.likelihood.tab import LikelihoodTab
from gui.plots.sensitivity.tab import SensitivityTab
from gui.plots.start_map.tab import StartMapTab
from gui.plots.surface.tab import SurfaceTab
from gui.plots.verdict.tab import VerdictTab


class NetworkTab(LabTab):
    """The picture of the network as the lab's first instrument."""

    key = "network"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view = NetworkView(context.document, context.interaction, context.appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)

    def title(self) -> str:
        return translate("Lab", "Network")

    def explanation(self) -> str:
        return translate(
            "Lab",
            "Height and weight, each times its weight, add up with the bias to the logit z; the activation "
            "function turns it into a probability. Point at a person to see the numbers flow.",
        )

    def draw(self, frame: Frame) -> None:
        self.view.show_frame(frame)


TABS: tuple[type[LabTab], ...] = (
    NetworkTab,
    SurfaceTab,
    LikelihoodTab,
    SensitivityTab,
    LandscapeTab,
    StartMapTab,
    HiddenTab,
    VerdictTab,
)


def make_lab(context: LabContext) -> LabArea:
    """Make the lab with all its instruments; the first is in front."""
    return LabArea([tab(context) for tab in TABS], context.appearance)
