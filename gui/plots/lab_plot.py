"""The lab's plots: pyqtgraph dressed in the theme, without its menu and its mouse modes."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.theme import Appearance

AXES = ("left", "bottom")


class LabPlot(QWidget):
    """A plot with the vertical axis's title standing horizontally above it, in both languages.

    Items are added to `plot` (a `pyqtgraph.PlotItem`) once and then given new data. An image is passed
    row-major, its first row at the lowest y.
    """

    def __init__(self, appearance: Appearance, *, mouse: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.y_title = QLabel(self)
        self.y_title.setProperty("quiet", True)
        self.widget = pg.PlotWidget(self, enableMenu=False)
        self.widget.setFrameShape(self.widget.Shape.NoFrame)
        self.widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot: pg.PlotItem = self.widget.getPlotItem()
        self.plot.hideButtons()
        self.plot.setMouseEnabled(mouse, mouse)
        self._x_title = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.y_title)
        layout.addWidget(self.widget, 1)
        appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    def set_titles(self, x_title: str, y_title: str) -> None:
        """Name both axes in the language in use, units included."""
        self._x_title = x_title
        self.y_title.setText(y_title)
        self._show_x_title()

    def _apply_theme(self) -> None:
        theme = self._appearance.theme
        self.widget.setBackground(theme.plot)
        self.y_title.setFont(theme.font(11))
        for name in AXES:
            axis = self.plot.getAxis(name)
            axis.setPen(pg.mkPen(theme.line, width=1))
            axis.setTextPen(pg.mkPen(theme.quiet))
            axis.setTickFont(theme.font(11, tabular=True))
        self._show_x_title()

    def _show_x_title(self) -> None:
        theme = self._appearance.theme
        style = {"color": theme.quiet.name(), "font-size": f"{theme.px(11)}px"}
        self.plot.setLabel("bottom", self._x_title, **style)
