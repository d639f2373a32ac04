"""One sample: its bar of H and KL, and the terms of its classes with their sum."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.specs import ModelSpec
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.class_table import ClassTable, TableRow
from gui.plots.entropy import words
from gui.plots.entropy.data import SampleView
from gui.plots.entropy.painting import paint_split_bar
from gui.plots.formula_line import LiveFormula
from gui.theme import Appearance

_BAR_PX, _FORMULA_PX = 12, 13.0


class SplitBar(QWidget):
    """H and KL of one sample lying end to end, on the scale of the worst sample."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shares = (0.0, 0.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self.updateGeometry)
        appearance.changed.connect(self.update)

    @property
    def shares(self) -> tuple[float, float]:
        """Lengths of H and of both together, as shares of the whole width."""
        return self._shares

    def set_values(self, entropy: float, divergence: float, largest: float) -> None:
        """Show H and KL where `largest` is as long as the bar; what is infinite goes to its end."""
        scale = largest if 0.0 < largest < math.inf else 1.0
        low, whole = (min(value / scale, 1.0) for value in (entropy, entropy + divergence))
        if (low, whole) != self._shares:
            self._shares = (low, whole)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.theme.px(120), self._appearance.theme.px(_BAR_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = self.width() - 1.0
            low, whole = (share * width for share in self._shares)
            paint_split_bar(painter, self._appearance.theme, QRectF(0, 0, width, self.height()), low, whole)


class SampleTerms(QWidget):
    """The numbers of the sample that is pointed at, or of the worst one."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.note = QLabel(self), QLabel(self)
        self.note.setProperty("quiet", True)
        for label in (self.heading, self.note):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = SplitBar(appearance, self)
        self.sum = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        self.table = ClassTable(appearance, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for widget in (self.heading, self.bar, self.sum, self.table, self.note):
            layout.addWidget(widget)
        layout.addStretch(1)

    def set_low(self, is_low: bool) -> None:
        """Leave the heading to the mark in the strip where height is scarce."""
        self.heading.setVisible(not is_low)

    def show_sample(
        self,
        model: ModelSpec,
        classes: tuple[ClassInfo, ...],
        sample: SampleView,
        largest: float,
        *,
        is_worst: bool,
    ) -> None:
        """Show a sample.

        Parameters
        ----------
        largest : float
            Cross-entropy of the worst predicted sample, to which the bar is scaled.
        is_worst : bool
            Nothing is pointed at: it stands in for the others.
        """
        self.heading.setText(words.sample_heading(sample, is_worst=is_worst))
        self.bar.set_values(sample.entropy, sample.divergence, largest)
        self.sum.set_formula(words.sample_template(sample))
        numbers = zip(sample.target.tolist(), sample.p.tolist(), sample.terms.tolist(), strict=True)
        rows = [
            TableRow(info, words.table_cells(*cells), is_strong=index == sample.class_index)
            for index, (info, cells) in enumerate(zip(classes, numbers, strict=True))
        ]
        total = (
            fixed_text(float(sample.target.sum()), 3),
            fixed_text(float(sample.p.sum()), 3),
            words.table_cells(0.0, 0.0, float(sample.terms.sum()))[2],
        )
        self.table.set_content(
            words.table_headers(model), [*rows, TableRow(None, total, translate("Entropy", "sum"))]
        )
        self.note.setText(words.terms_sentence(model, sample))
