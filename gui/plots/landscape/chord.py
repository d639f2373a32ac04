"""The chord of each loss: the loss along the way between two points, and the straight line over it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.landscape.chords import Chord
from engine.specs import LossName
from gui.formula_view import FormulaView
from gui.formulas import loss_name
from gui.plots.landscape.texts import CONVEXITY_LATEX, CONVEXITY_SPOKEN, chord_hint, chord_sentence
from gui.plots.loss.axes import Axis
from gui.plots.loss.curve_geometry import CurveGeometry
from gui.theme import Appearance

_LOW_PX, _HEIGHT_PX, _LEFT_PX, _BOTTOM_PX, _TOP_PX = 66, 92, 38, 16, 8


class ChordChart(QWidget):
    """One loss from b (left, t = 0) to a (right, t = 1), its chord, and what lies above it in red."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._loss: LossName = "bce"
        self._chord: Chord | None = None
        self._is_low = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(90)
        appearance.changed.connect(self._on_appearance_changed)

    @property
    def chord(self) -> Chord | None:
        """What is drawn."""
        return self._chord

    def set_chord(self, loss: LossName, chord: Chord | None) -> None:
        """Show another chord, or none."""
        self._loss, self._chord = loss, chord
        self.update()

    def set_low(self, is_low: bool) -> None:
        """Take less room."""
        if is_low != self._is_low:
            self._is_low = is_low
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(180, self._appearance.theme.px(_LOW_PX if self._is_low else _HEIGHT_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme, chord = self._appearance.theme, self._chord
        px = theme.px
        plot = QRectF(self.rect()).adjusted(px(_LEFT_PX), px(_TOP_PX), -px(9), -px(_BOTTOM_PX))
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.line, px(1)))
            painter.setBrush(theme.plot)
            painter.drawRect(plot)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setFont(theme.font(11, tabular=True))
            painter.setPen(theme.quiet)
            for name, x in (("b", plot.left()), ("a", plot.right())):
                area = QRectF(x - 20, plot.bottom() + 1, 40, px(_BOTTOM_PX) - 1)
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, name)
            name = loss_name(self._loss)
            painter.drawText(
                QRectF(plot.left(), plot.bottom() + 1, plot.width(), px(_BOTTOM_PX) - 1),
                Qt.AlignmentFlag.AlignCenter,
                name,
            )
            if chord is not None:
                self._paint_chord(painter, plot, chord)

    def _paint_chord(self, painter: QPainter, plot: QRectF, chord: Chord) -> None:
        theme = self._appearance.theme
        low, high = (
            float(min(chord.loss.min(), chord.chord.min())),
            float(max(chord.loss.max(), chord.chord.max())),
        )
        room = 0.08 * (high - low) or 1.0
        axis = Axis(low - room, high + room)
        self._paint_ticks(painter, plot, axis)
        x = plot.left() + chord.t * plot.width()
        loss = plot.bottom() - axis.fraction(chord.loss) * plot.height()
        line = plot.bottom() - axis.fraction(chord.chord) * plot.height()
        fill = QColor(theme.error)
        fill.setAlphaF(0.28)
        stretches = [(chord.t >= first) & (chord.t <= last) for first, last in chord.violated]
        for inside in stretches:
            outline = [*zip(x[inside], loss[inside], strict=True)]
            outline += reversed([*zip(x[inside], line[inside], strict=True)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawPolygon(QPolygonF([QPointF(float(a), float(b)) for a, b in outline]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.accent, 1.6 * theme.scale))
        painter.drawLine(QPointF(float(x[0]), float(line[0])), QPointF(float(x[-1]), float(line[-1])))
        painter.setPen(theme.loss_pen(self._loss, 2.0))
        painter.drawPolyline(CurveGeometry(x, loss, loss, loss).line())
        painter.setPen(QPen(theme.error, 2.6 * theme.scale))
        for inside in stretches:
            painter.drawPolyline(CurveGeometry(x[inside], loss[inside], loss[inside], loss[inside]).line())

    def _paint_ticks(self, painter: QPainter, plot: QRectF, axis: Axis) -> None:
        theme = self._appearance.theme
        metrics = QFontMetricsF(theme.font(11, tabular=True))
        for fraction, text in axis.ticks(plot.height(), theme.px(24)):
            y = plot.bottom() - fraction * plot.height()
            painter.setPen(QPen(theme.line, theme.px(1)))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.quiet)
            area = QRectF(0, y - metrics.height() / 2, plot.left() - theme.px(4), metrics.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self.update()


class ChordArea(QWidget):
    """A chart under each landscape, the definition as a formula, and what came out in words."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._losses: tuple[LossName, ...] = ("bce", "mse")
        self._chords: tuple[Chord, ...] = ()
        self._ends = 0
        self.charts = (ChordChart(appearance, self), ChordChart(appearance, self))
        self.formula = FormulaView(appearance, "", CONVEXITY_SPOKEN, self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        for chart in self.charts:
            row.addWidget(chart, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.formula)
        layout.addWidget(self.sentence)

    @property
    def chords(self) -> tuple[Chord, ...]:
        """What is shown, one a loss; empty without two points."""
        return self._chords

    def set_chords(self, losses: tuple[LossName, ...], chords: tuple[Chord, ...], ends: int) -> None:
        """Show the chords between two points, or how many of these are picked."""
        self._losses, self._chords, self._ends = losses, chords, ends
        for number, loss in enumerate(losses):
            self.charts[number].set_chord(loss, chords[number] if chords else None)
        self.retranslate()

    def set_room(self, height: float) -> None:
        """Leave the formula out where there is little room, `height` px at 100 %."""
        for chart in self.charts:
            chart.set_low(height < 330)
        has_room = height >= 400
        if has_room:
            self.formula.set_formula(CONVEXITY_LATEX, CONVEXITY_SPOKEN)
        self.formula.setVisible(has_room)

    def retranslate(self) -> None:
        """Set the sentence in the language in use."""
        if self._chords:
            self.sentence.setText(chord_sentence(self._losses, self._chords))
        else:
            self.sentence.setText(chord_hint(self._ends))
