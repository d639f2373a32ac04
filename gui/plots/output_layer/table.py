"""Logits with handles, and beside them a column of bars for each output layer, a row for each class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.document.state import ClassInfo
from engine.specs import ModelKind
from gui.formulas import fixed_text, percent_text
from gui.i18n import class_name, translate
from gui.marker_shapes import marker_path
from gui.plots.formula_line import FormulaLine
from gui.plots.output_layer.logit_choice import Answers
from gui.plots.output_layer.words import FORMULAS, layer_name, short_layer_name
from gui.theme import Appearance, Theme
from gui.widgets.number_field import NumberField
from gui.widgets.short_names import short_names
from gui.widgets.slider import LinearScale, ValueSlider

LOGIT_SCALE = LinearScale(-6.0, 6.0, 240)
_FONT_PX, _SMALL_PX, _FORMULA_PX = 11, 10, 13.0
_TITLE_FONTS_PX = (12, 11, 10)
_TITLE_PX, _HEAD_FORMULA_PX, _LINE_PX = 17, 38, 18
_MOST_ROW_PX, _LEAST_ROW_PX = 52, 19
_MARKER_PX, _NAME_PX, _SLIDER_PX, _FIELD_PX, _GAP_PX = 4.2, 62, 66, 44, 6
_BAR_ALPHA = 120
_SUM_TOLERANCE = 5e-4
_NO_QUOTIENT = "0 / 0"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Handle:
    """The widgets that set one logit."""

    slider: ValueSlider
    field: NumberField


class AnswerTable(QWidget):
    """Shows answers; tells which logit a person moves. Bars follow at once, numbers when they are told to."""

    logit_moved = Signal(int, float, object)
    """Class index, value, and one object for all moves of a drag (None for a single act)."""

    def __init__(
        self, appearance: Appearance, kinds: Sequence[ModelKind], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._kinds = tuple(kinds)
        self._classes: tuple[ClassInfo, ...] = ()
        self._answers: Answers | None = None
        self._numbers: Answers | None = None
        self._trained: frozenset[ModelKind] = frozenset()
        self._true_class: int | None = None
        self._formulas: tuple[Theme, list[FormulaLine]] | None = None
        self.handles: list[Handle] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self._on_appearance_changed)

    @property
    def answers(self) -> Answers | None:
        """What the bars show."""
        return self._answers

    def set_answers(
        self, answers: Answers, classes: tuple[ClassInfo, ...], true_class: int | None = None
    ) -> None:
        """Show other answers; `true_class` is the class of the sample that they are of."""
        if classes != self._classes:
            self._classes = classes
            self._numbers = None
            self._make_handles(len(classes))
        self._answers, self._true_class = answers, true_class
        for handle, value in zip(self.handles, answers.logits.tolist(), strict=True):
            handle.slider.set_number(value)
        if self._numbers is None:
            self.show_numbers()
        self.update()

    def show_numbers(self) -> None:
        """Write the numbers of the newest answers."""
        self._numbers = self._answers
        if self._answers is not None:
            for handle, value in zip(self.handles, self._answers.logits.tolist(), strict=True):
                handle.field.set_value(value)
            self.setAccessibleDescription(self._spoken(self._answers))
        self.update()

    def set_trained(self, kinds: frozenset[ModelKind]) -> None:
        """Name the output layers that are being trained."""
        if kinds != self._trained:
            self._trained = kinds
            self.update()

    def retranslate(self) -> None:
        """Set the handles' names in the language in use."""
        for handle, info in zip(self.handles, self._classes, strict=True):
            name = translate("OutputLayer", "logit of {name}", name=class_name(info))
            for widget in (handle.slider, handle.field):
                widget.setAccessibleName(name)
            handle.slider.setToolTip(name)
            handle.field.set_hint(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(460, self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        rows = len(self._classes) * self._px(_LEAST_ROW_PX)
        width = self._columns_left() + 44 * len(self._kinds) * self._appearance.theme.scale
        return QSize(round(width), round(self._fixed_px() + rows))

    def resizeEvent(self, event: object) -> None:
        del event
        self._place_handles()

    def bar_rect(self, kind: ModelKind, index: int) -> QRectF:
        """Where a class's bar has its room in an output layer's column, in pixels of the widget."""
        row = self._row_rect(index)
        left, width = self._column(kind)
        pad = max(2.0, row.height() * 0.14)
        return QRectF(left, row.top() + pad, width, row.height() - 2 * pad)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        answers = self._answers
        if answers is None or not self._classes:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_head(painter)
            for index, info in enumerate(self._classes):
                self._paint_name(painter, index, info)
                for kind in self._kinds:
                    self._paint_bar(painter, answers, kind, index, info)
            self._paint_foot(painter)

    def _px(self, value: float) -> float:
        return value * self._appearance.theme.scale

    def _fixed_px(self) -> float:
        return self._px(_TITLE_PX + _HEAD_FORMULA_PX + 2 * _LINE_PX)

    def _row_rect(self, index: int) -> QRectF:
        top = self._px(_TITLE_PX + _HEAD_FORMULA_PX)
        room = (self.height() - self._fixed_px()) / max(len(self._classes), 1)
        height = min(room, self._px(_MOST_ROW_PX))
        return QRectF(0.0, top + index * height, float(self.width()), height)

    def _name_px(self) -> float:
        """Room of the names: more where the table is wide."""
        spare = self.width() - self._px(_SLIDER_PX + _FIELD_PX + 3 * _GAP_PX) - self._px(_NAME_PX)
        return self._px(_NAME_PX) + min(max(spare - 4 * self._px(76), 0.0), self._px(60))

    def _columns_left(self) -> float:
        return self._name_px() + self._px(_SLIDER_PX + _FIELD_PX + 2.5 * _GAP_PX)

    def _column(self, kind: ModelKind) -> tuple[float, float]:
        """Left end and width of a column of bars."""
        left = self._columns_left()
        width = (self.width() - left - 1.0) / len(self._kinds)
        return left + self._kinds.index(kind) * width + self._px(3), width - self._px(6)

    def _make_handles(self, count: int) -> None:
        for handle in self.handles:
            for widget in (handle.slider, handle.field):
                widget.hide()  # deleted only when the event loop comes round
                widget.deleteLater()
        self.handles = []
        for index in range(count):
            slider = ValueSlider(LOGIT_SCALE, self)
            field = NumberField(text_of=_logit_text, parent=self, inline=True)
            slider.value_picked.connect(
                lambda value, gesture, index=index: self.logit_moved.emit(index, value, gesture)
            )
            field.committed.connect(lambda value, index=index: self.logit_moved.emit(index, value, None))
            self.handles.append(Handle(slider, field))
            slider.show()
            field.show()
        self._limit_height()
        self._place_handles()
        self.retranslate()

    def _place_handles(self) -> None:
        left = round(self._name_px() + self._px(_GAP_PX / 2))
        slider, field = round(self._px(_SLIDER_PX)), round(self._px(_FIELD_PX))
        for index, handle in enumerate(self.handles):
            row = self._row_rect(index).toAlignedRect()
            handle.slider.setGeometry(left, row.top(), slider, row.height())
            height = min(row.height(), handle.field.sizeHint().height())
            top = row.top() + (row.height() - height) // 2
            handle.field.setGeometry(left + slider + round(self._px(_GAP_PX / 2)), top, field, height)

    def _paint_head(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        for kind, formula in zip(self._kinds, self._formula_lines(theme), strict=False):
            left, width = self._column(kind)
            is_trained = kind in self._trained
            name, font = self._title(kind, width)
            painter.setFont(font)
            painter.setPen(theme.accent if is_trained else theme.text)
            painter.drawText(QRectF(left, 0.0, width, self._px(_TITLE_PX)), _CENTRE, name)
            if is_trained:
                painter.setPen(QPen(theme.accent, 1.6 * theme.scale))
                y = self._px(_TITLE_PX) - 0.5
                painter.drawLine(QLineF(left, y, left + width, y))
            self._paint_formula(painter, formula, left + width / 2, width)
        head = self._formula_lines(theme)[-1]
        width = head.size(self._px(_FORMULA_PX)).width()
        self._paint_formula(painter, head, self._columns_left() - self._px(3) - width / 2, width)
        painter.setFont(theme.font(_FONT_PX))
        painter.setPen(theme.quiet)
        box = QRectF(self._name_px(), 0.0, self._px(_SLIDER_PX + _FIELD_PX), self._px(_TITLE_PX))
        painter.drawText(box, _LEFT, translate("OutputLayer", "logits z"))

    def _title(self, kind: ModelKind, width: float) -> tuple[str, QFont]:
        """An output layer's name, and the largest of a few fonts in which it has room, cut off in none."""
        theme = self._appearance.theme
        fonts = [theme.font(size, bold=size > _TITLE_FONTS_PX[-1]) for size in _TITLE_FONTS_PX]
        names = (layer_name(kind), short_layer_name(kind))
        for name in names:
            for font in fonts:
                if QFontMetricsF(font).horizontalAdvance(name) <= width:
                    return name, font
        cut = QFontMetricsF(fonts[-1]).elidedText(names[-1], Qt.TextElideMode.ElideRight, width)
        return cut, fonts[-1]

    def _paint_formula(self, painter: QPainter, line: FormulaLine, middle: float, width: float) -> None:
        px = self._px(_FORMULA_PX)
        size = line.size(px)
        shrink = min(1.0, width / max(size.width(), 1.0), self._px(_HEAD_FORMULA_PX - 4) / size.height())
        top = self._px(_TITLE_PX) + (self._px(_HEAD_FORMULA_PX) - size.height() * shrink) / 2
        line.paint(painter, QPointF(middle - size.width() * shrink / 2, top), px * shrink)

    def _formula_lines(self, theme: Theme) -> list[FormulaLine]:
        """A formula for each column, and the left side of all of them last."""
        if self._formulas is None or self._formulas[0] is not theme:
            lines = [FormulaLine(FORMULAS[kind], theme.text) for kind in self._kinds]
            self._formulas = (theme, [*lines, FormulaLine("p_k =", theme.text)])
        return self._formulas[1]

    def _paint_name(self, painter: QPainter, index: int, info: ClassInfo) -> None:
        theme, row = self._appearance.theme, self._row_rect(index)
        painter.save()
        painter.translate(self._px(_MARKER_PX + 2), row.center().y())
        painter.setPen(QPen(theme.class_outline(info.color), theme.scale))
        painter.setBrush(theme.class_fill(info.color))
        painter.drawPath(marker_path(info.marker, self._px(_MARKER_PX)))
        painter.restore()
        font = theme.font(_FONT_PX, bold=index == self._true_class)
        left = self._px(2 * _MARKER_PX + 6)
        room = self._name_px() - left
        painter.setFont(font)
        painter.setPen(theme.text)
        names = [class_name(other) for other in self._classes]
        text = short_names(names, QFontMetricsF(theme.font(_FONT_PX, bold=True)), room)[index]
        painter.drawText(QRectF(left, row.top(), room, row.height()), _LEFT, text)

    def _paint_bar(
        self, painter: QPainter, answers: Answers, kind: ModelKind, index: int, info: ClassInfo
    ) -> None:
        theme, box = self._appearance.theme, self.bar_rect(kind, index)
        painter.setPen(QPen(theme.line, 1.0))
        painter.setBrush(theme.plot)
        painter.drawRect(box)
        if answers.is_undefined(kind):
            painter.fillRect(box, QBrush(theme.line, Qt.BrushStyle.BDiagPattern))
            self._write(painter, box, _NO_QUOTIENT, theme.quiet)
            return
        p = float(answers.p[kind][index])
        fill = QColor(theme.class_fill(info.color))
        fill.setAlpha(_BAR_ALPHA)
        bar = QRectF(box.left(), box.top(), box.width() * p, box.height())
        painter.fillRect(bar, fill)
        painter.setPen(QPen(theme.class_line(info.color), 1.4 * theme.scale))
        painter.drawLine(QLineF(bar.right(), box.top(), bar.right(), box.bottom()))
        before = None if answers.before is None else float(answers.before[kind][index])
        if before is not None and not math.isnan(before):
            outline = QRectF(box.left(), box.top(), box.width() * before, box.height())
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.ink, 1.2 * theme.scale, Qt.PenStyle.DotLine))
            painter.drawRect(outline)
        numbers = self._numbers or answers
        if not numbers.is_undefined(kind):
            self._write(painter, box, percent_text(float(numbers.p[kind][index])), theme.text)

    def _write(self, painter: QPainter, box: QRectF, text: str, color: QColor) -> None:
        theme = self._appearance.theme
        painter.setFont(theme.font(_FONT_PX, tabular=True))
        painter.setPen(color)
        painter.drawText(box.adjusted(self._px(3), 0.0, -self._px(4), 0.0), _RIGHT, text)

    def _paint_foot(self, painter: QPainter) -> None:
        """The sum of each column and, with something to compare, whether its answer is another one."""
        theme, numbers = self._appearance.theme, self._numbers
        if numbers is None:
            return
        top = self._row_rect(len(self._classes)).top()
        left = self._columns_left() - self._px(_GAP_PX)
        painter.setFont(theme.font(_FONT_PX))
        painter.setPen(theme.quiet)
        line = self._px(_LINE_PX)
        painter.drawText(QRectF(0.0, top, left, line), _RIGHT, translate("OutputLayer", "sum"))
        if numbers.before is not None:
            text = translate("OutputLayer", "against the dotted bars")
            painter.drawText(QRectF(0.0, top + line, left, line), _RIGHT, text)
        for kind in self._kinds:
            left, width = self._column(kind)
            lines, font = self.sum_lines(kind)
            painter.setFont(font)
            painter.setPen(theme.error if numbers.is_undefined(kind) else theme.text)
            for number, text in enumerate(lines):
                box = QRectF(left, top + number * line, width - self._px(4), line)
                painter.drawText(box, _RIGHT, text)
            is_same = numbers.is_same(kind)
            if is_same is not None:
                painter.setFont(theme.font(_FONT_PX, bold=True))
                painter.setPen(theme.text if is_same else theme.accent)
                box = QRectF(left, top + line, width - self._px(4), line)
                painter.drawText(box, _RIGHT, verdict_text(is_same=is_same))

    def sum_lines(self, kind: ModelKind) -> tuple[list[str], QFont]:
        """What stands below a column, and its font: words too wide for it stand in two lines."""
        theme, numbers = self._appearance.theme, self._numbers
        if numbers is None:
            return [], theme.font(_FONT_PX)
        text, is_odd = sum_text(numbers, kind)
        room = self._column(kind)[1] - self._px(4)
        font = theme.font(_FONT_PX, bold=is_odd, tabular=True)
        width = QFontMetricsF(font).horizontalAdvance
        if width(text) <= room:
            return [text], font
        if numbers.is_undefined(kind):
            words = text.split(" ")
            # The second line has the verdict where there is one: then as short as the bars say it.
            has_room = numbers.before is None and len(words) == 2 and max(map(width, words)) <= room
            return (words if has_room else [_NO_QUOTIENT]), font
        return [text], theme.font(_SMALL_PX, tabular=True)

    def _spoken(self, answers: Answers) -> str:
        return "; ".join(
            f"{layer_name(kind)}: "
            + ", ".join(
                f"{class_name(info)} {percent_text(p)}"
                for info, p in zip(self._classes, answers.p[kind].tolist(), strict=True)
            )
            for kind in self._kinds
        )

    def _limit_height(self) -> None:
        """Rows grow only so far: what comes below the table stays near."""
        rows = max(len(self._classes), 1) * self._px(_MOST_ROW_PX)
        self.setMaximumHeight(round(self._fixed_px() + rows))
        self.updateGeometry()

    def _on_appearance_changed(self) -> None:
        self._place_handles()
        self._limit_height()
        self.update()


def sum_text(answers: Answers, kind: ModelKind) -> tuple[str, bool]:
    """The sum of an output layer's probabilities, and whether it is none of a distribution."""
    if answers.is_undefined(kind):
        return translate("OutputLayer", "undefined"), True
    total = float(answers.p[kind].sum())
    return f"{fixed_text(100.0 * total, 0)} %", abs(total - 1.0) > _SUM_TOLERANCE


def verdict_text(*, is_same: bool) -> str:
    """Whether an answer is that of the other logits."""
    return translate("OutputLayer", "the same") if is_same else translate("OutputLayer", "another")


def _logit_text(value: float) -> str:
    return fixed_text(value, 2)
