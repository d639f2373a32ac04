"""A page of A4 to hand out: canvas, curves, formulas, results, settings; legible in black and white."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPicture
from PySide6.QtSvg import QSvgRenderer

from engine.version import VERSION
from gui.export.handout_words import HandoutWords, handout_words
from gui.export.page import LINE_PX, MARGIN_PX, PAGE, WIDTH_PX
from gui.export.picture import Recording, record
from gui.formula_view import formula_svg
from gui.i18n import class_name, translate
from gui.marker_shapes import marker_path
from gui.model_names import model_name
from gui.theme import Theme

if TYPE_CHECKING:
    from gui.export.stage import Stage
    from gui.frame import Frame

_EQUATION_PX, _GAP_PX = 50, 10
_WRITING_PX = 28
"""Height of a line in which one can write by hand, where the page has room."""
_HEADING_PX, _SETTINGS_PX = 26, 60


def handout(stage: Stage, frame: Frame, theme: Theme, *, with_blanks: bool) -> Recording:
    """The page for what a stage made for it shows; `with_blanks`: the numbers are left to be written in."""
    canvas, curves, weights = stage.handout_views()
    if with_blanks:
        curves.chart.set_end_texts(
            [
                "" if one.held_out else model_name(frame.snapshot.spec, one.model)
                for one in curves.chart.content.series
            ]
        )
    words = handout_words(stage.document.state, frame.snapshot, weights.formulas, with_blanks=with_blanks)
    picture = QPicture()
    page = _Page(QPainter(picture), theme)
    page.head(with_blanks=with_blanks)
    page.view(record(canvas, theme.card))
    page.legend(stage)
    page.view(record(curves, theme.card))
    page.words(words, with_blanks=with_blanks)
    page.end()
    return Recording(picture, PAGE)


class _Page:
    """Writes down the page, from top to bottom."""

    def __init__(self, painter: QPainter, theme: Theme) -> None:
        self._painter = painter
        self._theme = theme
        self._y = float(MARGIN_PX)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(QPointF(), PAGE.toSizeF()), Qt.GlobalColor.white)

    def head(self, *, with_blanks: bool) -> None:
        """The title, and where a name goes."""
        title = translate("Handout", "Worksheet") if with_blanks else translate("Handout", "Handout")
        self._text(f"Fall Line: {title}", 18, bold=True)
        line = translate("Handout", "Name") + " ______________________   "
        line += translate("Handout", "Date") + " ____________"
        self._text(line, 12, align=Qt.AlignmentFlag.AlignRight)
        self._y += 30

    def view(self, recording: Recording) -> None:
        """A recorded view across the page."""
        self._painter.save()
        self._painter.drawPicture(QPointF(MARGIN_PX, self._y), recording.picture)
        self._painter.restore()
        self._y += recording.size.height() + _GAP_PX

    def legend(self, stage: Stage) -> None:
        """Each class's marker, name and number of samples."""
        state, theme = stage.document.state, self._theme
        x = float(MARGIN_PX + 40)
        for index, info in enumerate(state.classes):
            text = f"{class_name(info)} ({state.samples.label_counts.get(index, 0):,})"
            width = self._width(text, 12) + 34
            if x + width > MARGIN_PX + WIDTH_PX:
                x, self._y = float(MARGIN_PX + 40), self._y + LINE_PX
            self._painter.save()
            self._painter.translate(x + 7, self._y + 8)
            self._painter.setPen(QPen(theme.class_outline(info.color), 1.0))
            self._painter.setBrush(theme.class_fill(info.color))
            self._painter.drawPath(marker_path(info.marker, 5.0))
            self._painter.restore()
            self._text(text, 12, left=x + 18)
            x += width
        self._y += LINE_PX + _GAP_PX

    def words(self, words: HandoutWords, *, with_blanks: bool) -> None:
        """Formulas, results, settings."""
        self._heading(translate("Handout", "Formulas"))
        self._equations(words.equations)
        height = self._writing_height(words) if with_blanks else float(LINE_PX)
        for name, lines in words.formulas:
            self._text(name, 12, bold=True)
            self._y += 0 if lines else height
            for line in lines:
                self._text(line, 12, left=MARGIN_PX + 70.0)
                self._y += height
        self._y += _GAP_PX
        self._heading(translate("Handout", "Results"))
        for number, row in enumerate(words.results):
            for column, cell in enumerate(row):
                left = MARGIN_PX + 160.0 * column
                self._text(cell, 12, left=left, quiet=not number, bold=bool(number) and not column)
            self._y += height
        self._y += _GAP_PX
        self._heading(translate("Handout", "Settings"))
        self._settings(words.settings)

    def end(self) -> None:
        """The last line of the page."""
        self._y = float(PAGE.height() - MARGIN_PX)
        text = translate(
            "Handout",
            "Fall Line {version}. The labels are for teaching, not medical advice.",
            version=VERSION,
        )
        self._text(text, 10, quiet=True)
        self._painter.end()

    def _writing_height(self, words: HandoutWords) -> float:
        """The height of a line with blanks: as much as the rest of the page has for each."""
        n_lines = sum(max(len(lines), 1) for _, lines in words.formulas) + len(words.results)
        rest = PAGE.height() - MARGIN_PX - self._y - 2 * (_GAP_PX + _HEADING_PX) - _SETTINGS_PX
        return min(max(rest / n_lines, float(LINE_PX)), float(_WRITING_PX))

    def _heading(self, text: str) -> None:
        self._painter.setPen(QPen(self._theme.line, 1.0))
        self._painter.drawLine(QPointF(MARGIN_PX, self._y), QPointF(MARGIN_PX + WIDTH_PX, self._y))
        self._y += 5
        self._text(text, 13, bold=True)
        self._y += 21

    def _equations(self, equations: tuple[str, ...]) -> None:
        """Side by side, and in another row where there is no more room."""
        x = float(MARGIN_PX)
        for latex in equations:
            renderer = QSvgRenderer(QByteArray(formula_svg(latex, 15, self._theme.text.name())))
            size = renderer.defaultSize()
            if x + size.width() > MARGIN_PX + WIDTH_PX:
                x, self._y = float(MARGIN_PX), self._y + _EQUATION_PX
            top = self._y + (_EQUATION_PX - size.height()) / 2
            self._painter.setPen(Qt.PenStyle.NoPen)  # a formula is made of areas
            renderer.render(self._painter, QRectF(x, top, size.width(), size.height()))
            x += size.width() + 34
        self._y += _EQUATION_PX + _GAP_PX

    def _settings(self, settings: tuple[tuple[str, str], ...]) -> None:
        x = float(MARGIN_PX)
        for name, value in settings:
            width = self._width(f"{name}: {value}", 12) + 26
            if x + width > MARGIN_PX + WIDTH_PX + 26:
                x, self._y = float(MARGIN_PX), self._y + LINE_PX
            self._text(f"{name}: {value}", 12, left=x)
            x += width
        self._y += LINE_PX

    def _width(self, text: str, size: int) -> float:
        return QFontMetricsF(self._theme.font(size, tabular=True)).horizontalAdvance(text)

    def _text(
        self,
        text: str,
        size: int,
        *,
        left: float = MARGIN_PX,
        bold: bool = False,
        quiet: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """A line of text at the present height, which stays."""
        self._painter.setFont(self._theme.font(size, bold=bold, tabular=True))
        self._painter.setPen(self._theme.quiet if quiet else self._theme.text)
        box = QRectF(left, self._y, MARGIN_PX + WIDTH_PX - left, 2 * size)
        self._painter.drawText(box, align | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextDontClip, text)
