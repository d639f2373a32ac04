"""The status bar: what every model says about the point under the pointer, and how the selected one does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.document import Change, Document
from gui.frame import Frame
from gui.i18n import translate
from gui.interaction import Interaction
from gui.marker_shapes import marker_path
from gui.panels.point_values import values_at
from gui.panels.status_text import Line, Piece, binary_lines, node_lines, plain_text, run_lines
from gui.theme import Appearance, Theme
from gui.throttle import Throttle
from gui.widgets.controls import is_language_change

INTERVAL_MS = 100
_GAP_PX, _MODEL_GAP_PX, _MARKER_PX = 10, 8, 14


class StatusReadout(QWidget):
    """One line of numbers. In less room it leaves out the logit, the odds, then the class's name."""

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._interaction = interaction
        self._appearance = appearance
        self._frame: Frame | None = None
        self._left: list[Line] = []
        self._right: list[Line] = []
        self._chosen: tuple[Line, Line] = ((), ())
        self._spots: list[tuple[QRectF, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._throttle = Throttle(self._rebuild, INTERVAL_MS, self)
        interaction.pointer_changed.connect(self._throttle.request)
        interaction.selected_model_changed.connect(self._rebuild)
        document.changed.connect(self._on_document_changed)
        appearance.changed.connect(self._on_appearance_changed)
        self._rebuild()

    @property
    def text(self) -> str:
        """The words shown now, left and right."""
        return f"{plain_text(self._chosen[0])} | {plain_text(self._chosen[1])}"

    def show_frame(self, frame: Frame) -> None:
        """Take the newest parameters; the numbers follow a few times a second."""
        self._frame = frame
        self._throttle.request()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self._rebuild()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(400), self._appearance.theme.px(24))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(120), self._appearance.theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for rect, model in self._spots:
            if rect.contains(event.position()):
                self._interaction.set_selected_model(model)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            left, right = self._chosen
            self._spots = []
            right_start = self.width() - self._width_of(right)
            painter.save()
            painter.setClipRect(QRectF(0.0, 0.0, max(right_start - self._gap, 0.0), self.height()))
            self._paint_line(painter, left, 0.0)
            painter.restore()
            self._paint_line(painter, right, right_start)

    @property
    def _gap(self) -> float:
        return float(self._appearance.theme.px(_GAP_PX))

    def _rebuild(self) -> None:
        self._left, self._right = self._left_lines(), []
        if self._frame is not None:
            model = min(self._interaction.selected_model, len(self._frame.snapshot.parameters) - 1)
            self._right = run_lines(self._frame.snapshot, model)
        self._choose()

    def _left_lines(self) -> list[Line]:
        pointer = self._interaction.pointer
        if self._frame is None or pointer is None:
            hint = translate(
                "Status", "Point at the canvas to read each model's probability, odds and logit there."
            )
            return [(Piece(hint, quiet=True),)]
        snapshot = self._frame.snapshot
        spec, classes = snapshot.spec, self._document.state.classes
        values = [values_at(snapshot, row, *pointer) for row in range(len(spec.losses))]
        if spec.model.is_binary and len(classes) >= 2:
            return binary_lines(spec.losses, values, classes[1], is_step=spec.model.kind == "step")
        return node_lines(spec, values, classes[: min(len(classes), spec.model.n_classes)])

    def _choose(self) -> None:
        """Take the fullest wording that fits; what is under the pointer gives way last."""
        self._chosen = (self._left[-1] if self._left else (), self._right[-1] if self._right else ())
        pairs = [(left, right) for left in self._left for right in self._right or [()]]
        pairs.sort(key=lambda pair: 2 * self._left.index(pair[0]) + (self._right or [()]).index(pair[1]))
        for left, right in pairs:
            if self._width_of(left) + 2 * self._gap + self._width_of(right) <= self.width():
                self._chosen = (left, right)
                break
        self.setAccessibleName(self.text)
        self.update()

    def _font(self, piece: Piece) -> QFont:
        return self._appearance.theme.font(12, bold=piece.loss is not None, tabular=True)

    def _advance(self, piece: Piece) -> float:
        px = self._appearance.theme.px
        if piece.marker is not None:
            return float(px(_MARKER_PX + 2))
        metrics = QFontMetricsF(self._font(piece))
        width = max(metrics.horizontalAdvance(piece.text), metrics.horizontalAdvance(piece.room))
        if piece.loss is not None:
            return width + px(_MODEL_GAP_PX) - px(2)
        return width + (self._gap if piece.space_after else 0.0)

    def _width_of(self, line: Line) -> float:
        lead = sum(self._appearance.theme.px(_MODEL_GAP_PX) for piece in line if piece.loss is not None)
        return sum(map(self._advance, line), 0.0) + lead

    def _paint_line(self, painter: QPainter, line: Line, x: float) -> None:
        theme = self._appearance.theme
        for piece in line:
            if piece.loss is not None:
                x += theme.px(_MODEL_GAP_PX)
            advance = self._advance(piece)
            rect = QRectF(x, 0.0, advance, self.height())
            if piece.marker is not None:
                _paint_marker(painter, theme, piece, rect)
            else:
                painter.setFont(self._font(piece))
                painter.setPen(_color(theme, piece))
                painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, piece.text)
            if piece.model is not None:
                self._spots.append((rect, piece.model))
            x += advance

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced:
            self._rebuild()

    def _on_appearance_changed(self) -> None:
        self.updateGeometry()
        self._choose()


def _color(theme: Theme, piece: Piece) -> QColor:
    if piece.loss is not None:
        return theme.loss_color(piece.loss)
    return theme.quiet if piece.quiet else theme.text


def _paint_marker(painter: QPainter, theme: Theme, piece: Piece, rect: QRectF) -> None:
    info = piece.marker
    assert info is not None
    painter.save()
    painter.translate(QPointF(rect.left() + theme.px(_MARKER_PX) / 2, rect.center().y()))
    painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
    painter.setBrush(theme.class_fill(info.color))
    painter.drawPath(marker_path(info.marker, theme.px(_MARKER_PX) * 0.32))
    painter.restore()
