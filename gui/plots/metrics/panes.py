"""The three parts of the metrics tab: answers (matrix and scores), the ROC curve, calibration."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from gui.i18n import class_name, translate
from gui.plots.metrics import words as words
from gui.plots.metrics.calibration import CalibrationPlot
from gui.plots.metrics.matrix import ConfusionView
from gui.plots.metrics.roc import RocContent, RocPlot
from gui.plots.metrics.score_formulas import ScoreFormulas
from gui.plots.metrics.table import ScoreTable
from gui.plots.metrics.work import Answer, ModelScores
from gui.theme import Appearance
from gui.widgets.segmented import SegmentedControl

BINS = ("width", "quantile")
_BESIDE_FROM_PX = 400
_LEAST_MATRIX_PX = 150
_SHARED_FROM_PX = 560
"""A pane at least this wide has room for most of the matrix's names beside the table."""
_BOLDER_PX = 10
"""Room for the letters of the chosen segment, which are bold."""
NO_BREAK = "\N{NO-BREAK SPACE}"
_GAP_PX = 12


class AnswersPane(QWidget):
    """The matrix beside the table, or above it where that is too narrow; formulas where they have room."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.matrix = ConfusionView(appearance, self)
        self.table = ScoreTable(appearance, self)
        self.note = quiet_label(self)
        self.formulas = ScoreFormulas(appearance, self)
        self._side = QVBoxLayout()
        self._side.setSpacing(6)
        self._side.addWidget(self.table)
        self._side.addWidget(self.note)
        self._side.addWidget(self.formulas)
        self._side.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(_GAP_PX)
        self._columns.addWidget(self.matrix)
        self._columns.addLayout(self._side)

    def show_model(
        self,
        model: ModelScores | None,
        classes: Sequence[ClassInfo],
        subject: int,
        *,
        is_choosable: bool,
    ) -> None:
        """Show one model's answers; formulas are those of the class of the curves."""
        names = [class_name(info) for info in classes]
        scores = None if model is None else model.scores
        self.matrix.set_matrix(None if model is None else model.confusion, classes)
        self.table.set_scores(scores, classes, subject, is_choosable=is_choosable)
        set_text(self.note, "" if scores is None else words.undefined_note(scores, names))
        self.formulas.show_class(scores, subject, names[subject])
        self._fit()

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.matrix.setAccessibleName(translate("Metrics", "Confusion matrix"))
        self.table.setAccessibleName(translate("Metrics", "Precision, recall, F1 and samples of each class"))
        self.formulas.retranslate()

    def minimumSizeHint(self) -> QSize:
        matrix, table = self.matrix.minimumSizeHint().height(), self.table.sizeHint().height()
        is_beside = self._columns.direction() == QBoxLayout.Direction.LeftToRight
        height = max(matrix, table) if is_beside else matrix + table + self._columns.spacing()
        return QSize(self._appearance.theme.px(220), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Lay out for the room there is."""
        is_beside = self._has_room_beside()
        direction = QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
            self.updateGeometry()
        self._share_room(is_beside=is_beside)
        needed = self.table.sizeHint().height() + self.formulas.sizeHint().height() + self._side.spacing()
        if self.note.text():
            needed += self.note.heightForWidth(max(self.table.width(), 1)) + self._side.spacing()
        if not is_beside:
            needed += self.matrix.minimumSizeHint().height() + self._columns.spacing()
        self.formulas.setVisible(needed <= self.height())
        self.note.setVisible(bool(self.note.text()))

    def _has_room_beside(self) -> bool:
        """Whether the table has all its names beside a matrix that has as many as it would have alone."""
        needed = self._least_matrix() + self._columns.spacing() + self.table.wanted_width()
        return self.width() >= max(self._appearance.theme.px(_BESIDE_FROM_PX), needed)

    def _least_matrix(self) -> int:
        """What the matrix needs: in a narrow pane room for its names, where it would have that alone."""
        px, named = self._appearance.theme.px, self.matrix.named_width()
        wants_names = named <= self.width() < px(_SHARED_FROM_PX)
        return named if wants_names else px(_LEAST_MATRIX_PX)

    def _share_room(self, *, is_beside: bool) -> None:
        """The table gets what its names need, but never so much that the matrix is too narrow."""
        matrix, side = 1, 0
        if is_beside:
            room = self.width() - self._columns.spacing()
            side = min(max(self.table.wanted_width(), room // 2), room - self._least_matrix())
            matrix = room - side
        self._columns.setStretch(0, matrix)
        self._columns.setStretch(1, side)


class RocPane(QWidget):
    """The area under the curve above the plot."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = QLabel(self)
        self.plot = RocPlot(appearance, self)
        ignore_width(self.heading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.heading)
        layout.addWidget(self.plot, 1)

    def show_curves(self, answer: Answer, row: int) -> None:
        """Draw every model's curve, the selected one's last."""
        chosen = answer.models[row]
        if chosen is None or chosen.roc is None:
            self.plot.set_content(None)
            return
        others = [one for index, one in enumerate(answer.models) if index != row and one is not None]
        curves = [(one.loss, one.roc) for one in (*others, chosen) if one.roc is not None]
        self.plot.set_content(RocContent(curves, chosen.rates))

    def show_heading(self, model: ModelScores | None, name: str) -> None:
        """Say how large the area is, or why there is no curve."""
        curve = None if model is None else model.roc
        set_text(self.heading, words.no_roc(name) if curve is None else words.roc_heading(curve, name))

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.heading.setToolTip(
            translate(
                "Metrics",
                "Area under the curve: how often a sample of the class has a larger p than one of the others "
                "(0.5 is chance)",
            )
        )
        self.plot.set_titles(
            translate("Metrics", "false positive rate"), translate("Metrics", "true positive rate (recall)")
        )
        self.plot.set_diagonal_name(translate("Metrics", "chance"))
        self.plot.setAccessibleName(translate("Metrics", "ROC curve"))


class CalibrationPane(QWidget):
    """Brier score, calibration error and the switch of bins above the plot."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.heading = QLabel(self)
        self.bins_switch = SegmentedControl(BINS, self)
        self.plot = CalibrationPlot(appearance, self)
        ignore_width(self.heading)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.bins_switch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self.plot, 1)

    def show_curves(self, answer: Answer, row: int) -> None:
        """Draw every model's curve, the selected one's last."""
        chosen = answer.models[row]
        if chosen is None or chosen.reliability is None:
            self.plot.set_curves(())
            return
        others = [one for index, one in enumerate(answer.models) if index != row and one is not None]
        self.plot.set_curves(
            [(one.loss, one.reliability) for one in (*others, chosen) if one.reliability is not None]
        )

    def show_heading(self, model: ModelScores | None, name: str) -> None:
        """Say how far from calibrated the model is."""
        found = None if model is None else model.reliability
        long, short = ("", "") if found is None else words.calibration_headings(found, name)
        fits = self.heading.fontMetrics().horizontalAdvance(long) <= self.heading.width()
        set_text(self.heading, long if fits else short)

    def retranslate(self) -> None:
        """Set the texts in the language in use."""
        self.bins_switch.set_segments(words.bins_segments())
        width = self.bins_switch.sizeHint().width() + self._appearance.theme.px(_BOLDER_PX)
        self.bins_switch.setMinimumWidth(width)
        self.heading.setToolTip(
            translate(
                "Metrics",
                "Brier score: mean of (p - y)². ECE, expected calibration error: mean distance from the "
                "diagonal, weighted by the samples in each bin",
            )
        )
        self.plot.set_titles(
            translate("Metrics", "mean p of a bin"), translate("Metrics", "share of the class")
        )
        self.plot.set_diagonal_name(translate("Metrics", "calibrated"))
        self.plot.setAccessibleName(translate("Metrics", "Calibration curve"))


def quiet_label(parent: QWidget) -> QLabel:
    """A quiet line that wraps."""
    label = QLabel(parent)
    label.setProperty("quiet", True)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def ignore_width(label: QLabel) -> None:
    """Let a label have less room than its text needs."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def set_text(label: QLabel, text: str) -> None:
    """Set a label's text if it is another one; no line ends between a number and its sign."""
    unbroken = text.replace(" %", f"{NO_BREAK}%").replace(" / ", f"{NO_BREAK}/{NO_BREAK}")
    if label.text() != unbroken:
        label.setText(unbroken)
