"""The person's own line: drawn with handles while it is being made, a quiet ghost afterwards."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from engine.document.state import GuessLine
from gui.canvas.boundaries import paint_with_halo
from gui.canvas.context import CanvasContext
from gui.canvas.gestures import GuessPart
from gui.canvas.guess_line import HANDLE_LOGIT, Handles, PixelLine, default_line, handles_of
from gui.canvas.guess_score import GuessScore, GuessScorer
from gui.canvas.hit_testing import distance_to_segment
from gui.canvas.viewport import Viewport
from gui.theme import Theme

_HANDLE_PX = 7.0
_HANDLE_REACH_PX = 12.0
_LINE_REACH_PX = 7.0
_LINE_PX, _GHOST_PX = 2.5, 1.8
_INSET_PX = 10


class GuessLayer:
    """Knows where the line's handles stand and how good it is; the document owns the line itself."""

    def __init__(self, context: CanvasContext) -> None:
        self._context = context
        self._anchors: tuple[tuple[float, float], tuple[float, float]] | None = None
        self.scorer = GuessScorer()

    @property
    def guess(self) -> GuessLine | None:
        """The line to show: the document's, where there are two classes and it has a direction."""
        state = self._context.state
        guess = state.guess if len(state.classes) == 2 else None
        return guess if guess is not None and (guess.per_cm or guess.per_kg) else None

    @property
    def is_edited(self) -> bool:
        """Whether the handles show."""
        return self.guess is not None and self._context.interaction.tool == "line"

    def line(self) -> PixelLine | None:
        """The line over the pixels of the present view."""
        return None if self.guess is None else PixelLine.of(self.guess, self._context.viewport)

    def new_line(self) -> PixelLine:
        """A line to begin with."""
        context = self._context
        return default_line(context.state.samples.rows, context.viewport, context.theme.scale)

    def handles(self) -> Handles | None:
        """Where the handles stand now, or None where the line is out of view."""
        line = self.line()
        if line is None:
            return None
        viewport, inset = self._context.viewport, self._context.theme.px(_INSET_PX)
        anchors = None
        if self._anchors is not None:
            anchors = viewport.point(*self._anchors[0]), viewport.point(*self._anchors[1])
        rect = viewport.rect.adjusted(inset, inset, -inset, -inset)
        return handles_of(line, rect, anchors, self._context.theme.scale)

    def set_anchors(self, first: QPointF, second: QPointF) -> None:
        """Keep the two turning handles where the person put them (px of the present view)."""
        viewport: Viewport = self._context.viewport
        self._anchors = (
            (viewport.height_at(first.x()), viewport.weight_at(first.y())),
            (viewport.height_at(second.x()), viewport.weight_at(second.y())),
        )

    def forget(self) -> None:
        """Other people are there: let the handles stand where they are spread evenly, with no score yet."""
        self._anchors = None
        self.scorer.forget()

    def part_at(self, point: QPointF) -> GuessPart | None:
        """What of the line is under a pixel while it is edited."""
        handles = self.handles() if self.is_edited else None
        if handles is None:
            return None
        scale = self._context.theme.scale
        spots = (
            (GuessPart.STEEPNESS, handles.steepness),
            (GuessPart.FIRST, handles.first),
            (GuessPart.SECOND, handles.second),
        )
        near = [(_distance(point, spot), number, part) for number, (part, spot) in enumerate(spots)]
        distance, _, part = min(near)
        if distance <= _HANDLE_REACH_PX * scale:
            return part
        line = self.line()
        visible = None if line is None else line.clipped(self._context.viewport.rect)
        if visible is None:
            return None
        away = distance_to_segment(point.toTuple(), visible.p1().toTuple(), visible.p2().toTuple())
        return GuessPart.LINE if away <= _LINE_REACH_PX * scale else None

    def score(self) -> GuessScore | None:
        """How good the line is; of a crowd, how good it was a moment ago."""
        guess = self.guess
        if guess is None:
            self.scorer.forget()
            return None
        return self.scorer.score(guess, self._context.state.samples)

    def paint(self, painter: QPainter) -> None:
        """Draw the line, and its handles and its band from p = 10 % to 90 % while it is edited."""
        line = self.line()
        if line is None:
            return
        theme, rect = self._context.theme, self._context.viewport.rect
        visible = line.clipped(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if self.is_edited:
            _paint_band(painter, line, self._context.viewport, theme)
        if visible is not None:
            width = (_LINE_PX if self.is_edited else _GHOST_PX) * theme.scale
            paint_with_halo(painter, [visible], QPen(theme.accent, width), theme)
        handles = self.handles() if self.is_edited else None
        if handles is not None:
            _paint_handles(painter, handles, theme)


def _distance(first: QPointF, second: QPointF) -> float:
    way = first - second
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)


def _paint_band(painter: QPainter, line: PixelLine, viewport: Viewport, theme: Theme) -> None:
    color = QColor(theme.accent)
    color.setAlphaF(0.55)
    pen = QPen(color, theme.scale)
    pen.setDashPattern([4.0, 4.0])
    painter.setPen(pen)
    for logit in (-HANDLE_LOGIT, HANDLE_LOGIT):
        edge = line.level(logit).clipped(viewport.rect)
        if edge is not None:
            painter.drawLine(edge)


def _paint_handles(painter: QPainter, handles: Handles, theme: Theme) -> None:
    radius = _HANDLE_PX * theme.scale
    painter.setPen(QPen(theme.accent, 1.5 * theme.scale))
    painter.drawLine(handles.middle, handles.steepness)
    painter.setPen(QPen(theme.accent, 2.0 * theme.scale))
    painter.setBrush(theme.plot)
    for point in (handles.first, handles.second):
        painter.drawEllipse(point, radius, radius)
    painter.setBrush(theme.accent)
    side = 1.25 * radius
    painter.save()
    painter.translate(handles.steepness)
    painter.rotate(45)
    painter.drawRect(round(-side / 2), round(-side / 2), round(side), round(side))
    painter.restore()
    _paint_label(painter, handles, "p = 90 %", theme)


def _paint_label(painter: QPainter, handles: Handles, text: str, theme: Theme) -> None:
    """Write what the third handle means beyond it, on a patch of the plot's colour."""
    font = theme.font(11, bold=True, tabular=True)
    metrics = QFontMetricsF(font)
    away = handles.steepness - handles.middle
    length = max(math.hypot(away.x(), away.y()), 1.0)
    width, height = metrics.horizontalAdvance(text) + theme.px(8), metrics.height() + theme.px(2)
    reach = (
        2.0 * _HANDLE_PX * theme.scale
        + abs(away.x()) / length * width / 2
        + abs(away.y()) / length * height / 2
    )
    center = handles.steepness + away / length * reach
    rect = QRectF(center.x() - width / 2, center.y() - height / 2, width, height)
    patch = QColor(theme.plot)
    patch.setAlphaF(0.85)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(patch)
    painter.drawRoundedRect(rect, theme.px(4), theme.px(4))
    painter.setPen(theme.accent)
    painter.setFont(font)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
