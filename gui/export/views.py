"""The window's views that can be pictured, as they stand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.canvas.view import CanvasView
from gui.export.commands import PicturedView
from gui.i18n import translate
from gui.panels.weights_panel import WeightsPanel
from gui.plots.lab_area import LabArea
from gui.plots.loss.plot import LossPlot


def pictured_views(
    canvas: CanvasView, loss_plot: LossPlot, lab: LabArea, weights: WeightsPanel, window: QWidget
) -> tuple[PicturedView, ...]:
    """Canvas, curves without their switches, the instrument in front, the weights, the whole window."""
    return (
        PicturedView("canvas", lambda: translate("Export", "Canvas"), lambda: canvas),
        PicturedView("loss", lambda: translate("Export", "Loss curves"), lambda: loss_plot.chart),
        PicturedView(
            "lab",
            lambda: translate("Export", "Lab: {title}", title=lab.instrument(lab.current_key).title()),
            lambda: lab.tab(lab.current_key),
        ),
        PicturedView("weights", lambda: translate("Export", "Weights"), lambda: weights),
        PicturedView("window", lambda: translate("Export", "Whole window"), lambda: window),
    )
