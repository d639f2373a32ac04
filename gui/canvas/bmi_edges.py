"""The edges of a BMI rule on the canvas: one curve for each of its numbers, named at its end."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from engine.bmi import bmi_rule, weight_of_bmi
from engine.layout import Floats
from gui.canvas.context import CanvasContext
from gui.canvas.name_tags import TagSpec
from gui.i18n import translate

BMI_TAG = "bmi_"
_N_POINTS = 65
_LINE_PX = 1.5


class BmiEdges:
    """Paints kg = cut (cm / 100)^2 while a rule is chosen."""

    def __init__(self, context: CanvasContext) -> None:
        self._context = context

    def curves(self) -> list[tuple[float, Floats]]:
        """Each number of the rule with its curve in pixels, shape (m, 2); none without a rule."""
        name = self._context.interaction.bmi_rule
        if name is None:
            return []
        viewport = self._context.viewport
        heights_cm = np.linspace(*viewport.height_range_cm, _N_POINTS)
        found = []
        for cut in bmi_rule(name).cuts:
            weights_kg = weight_of_bmi(cut, heights_cm)
            points = [
                viewport.point(height, weight)
                for height, weight in zip(heights_cm.tolist(), weights_kg.tolist(), strict=True)
            ]
            found.append((cut, np.array([(point.x(), point.y()) for point in points])))
        return found

    def paint(self, painter: QPainter) -> None:
        """Draw the curves."""
        theme = self._context.theme
        pen = QPen(theme.quiet, _LINE_PX * theme.scale, Qt.PenStyle.DashDotLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for _, curve in self.curves():
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in curve.tolist()]))

    def tags(self) -> list[TagSpec]:
        """A name for each curve that the view shows."""
        theme, rect = self._context.theme, self._context.viewport.rect
        specs = []
        for cut, curve in self.curves():
            inside = (
                (curve[:, 0] >= rect.left())
                & (curve[:, 0] <= rect.right())
                & (curve[:, 1] >= rect.top())
                & (curve[:, 1] <= rect.bottom())
            )
            if inside.sum() < 2:
                continue
            text = translate("Canvas", "BMI {cut}", cut=f"{cut:g}")
            specs.append(
                TagSpec(f"{BMI_TAG}{cut:g}", text, (), theme.card, theme.quiet, theme.line, (curve[inside],))
            )
        return specs
