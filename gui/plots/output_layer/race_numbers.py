"""The numbers of a race of four output layers, with a piece of each one's curve."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from engine.normalizer_race import RaceCurves
from engine.normalizers import NORMALIZERS
from engine.snapshots import METRICS
from engine.specs import ModelKind
from gui.formulas import count_text, loss_text, percent_text
from gui.i18n import translate
from gui.plots.output_layer.race_plot import layer_pen
from gui.plots.output_layer.words import layer_name
from gui.theme import Appearance

_WRONG, _MSE = METRICS.index("error_rate"), METRICS.index("mse")


class RaceNumbers(QWidget):
    """A swatch, a name and two numbers for each output layer, at the end or at the step under the pointer."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = QLabel(self)
        self.heads = [QLabel(self), QLabel(self)]
        self.cells = {kind: (QLabel(self), QLabel(self)) for kind in NORMALIZERS}
        self.names = {kind: QLabel(self) for kind in NORMALIZERS}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        for label in (self.step, *self.heads):
            label.setProperty("quiet", True)
        grid.addWidget(self.step, 0, 1)
        for column, head in enumerate(self.heads, start=2):
            grid.addWidget(head, 0, column)
        for row, kind in enumerate(NORMALIZERS, start=1):
            grid.addWidget(LayerSwatch(appearance, kind, self), row, 0)
            grid.addWidget(self.names[kind], row, 1)
            for column, cell in enumerate(self.cells[kind], start=2):
                grid.addWidget(cell, row, column)
        grid.setRowStretch(len(NORMALIZERS) + 1, 1)

    def set_curves(self, curves: RaceCurves | None, record: int | None) -> None:
        """Show the numbers of a record, or of the last one."""
        has_curves = curves is not None and curves.step.size > 0
        self.setVisible(has_curves)
        if curves is None or not has_curves:
            return
        at = curves.step.size - 1 if record is None else min(record, curves.step.size - 1)
        self.step.setText(translate("OutputLayer", "step {step}", step=count_text(int(curves.step[at]))))
        for index, kind in enumerate(NORMALIZERS):
            wrong, mse = self.cells[kind]
            wrong.setText(percent_text(float(curves.values[at, index, _WRONG])))
            mse.setText(loss_text(float(curves.values[at, index, _MSE])))

    def retranslate(self) -> None:
        """Set all names in the language in use."""
        self.heads[0].setText(translate("OutputLayer", "wrong"))
        self.heads[1].setText("MSE")
        for kind, label in self.names.items():
            label.setText(layer_name(kind))


class LayerSwatch(QWidget):
    """A piece of an output layer's curve."""

    def __init__(self, appearance: Appearance, kind: ModelKind, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance, self._kind = appearance, kind
        appearance.changed.connect(self.updateGeometry)
        appearance.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        px = self._appearance.theme.px
        return QSize(px(26), px(12))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(layer_pen(self._appearance.theme, self._kind))
            y = self.height() / 2
            painter.drawLine(QPointF(1.0, y), QPointF(self.width() - 1.0, y))
