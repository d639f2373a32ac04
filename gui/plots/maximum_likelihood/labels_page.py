"""Bernoulli and Categorical on data: every sample's probability, and the distribution at one x."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from gui.i18n import class_name, translate
from gui.plots.formula_line import LiveFormula
from gui.plots.lab_tab import LabContext
from gui.plots.maximum_likelihood import page_texts
from gui.plots.maximum_likelihood.bars_plot import Bar, BarsPlot, Bell
from gui.plots.maximum_likelihood.data import LabelView, Outcome
from gui.plots.maximum_likelihood.rows_plot import RowsPlot
from gui.throttle import TEXT_INTERVAL_MS, Throttle
from gui.widgets.elided_label import ElidedLabel

_ROWS_FROM_PX, _FORMULA_PX, _LINE_PX, _NOTE_FROM_PX = 360, 14.0, 22, 190


class LabelsPage(QWidget):
    """Left: all samples by their probability. Right: bars at one x, with the bell that MSE assumes."""

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: LabelView | None = None
        self._outcome: Outcome | None = None
        self._build()
        self._texts = Throttle(self._show_texts, TEXT_INTERVAL_MS, self)
        context.appearance.changed.connect(self._apply_theme)
        self._apply_theme()

    @property
    def view(self) -> LabelView | None:
        """What is shown."""
        return self._view

    @property
    def outcome(self) -> Outcome | None:
        """The distribution that is shown."""
        return self._outcome

    def show_view(self, view: LabelView) -> None:
        """Show other probabilities."""
        if self._view is None or view.choice != self._view.choice:
            self.note.setMinimumHeight(0)
        self._view = view
        self.rows.set_view(view, self._context.document.state.classes)
        self.retitle()

    def forget(self) -> None:
        """Show nothing."""
        self._view = None
        self.rows.forget()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show the distribution at another x."""
        self._outcome = outcome
        view = self._view
        if view is None:
            return
        self.rows.set_lit(view.index_of(outcome.sample_id))
        self.bars.set_bars(
            bars_of(view, outcome, self._context.document.state.classes), bell_of(view, outcome)
        )
        self._texts.request()

    def retitle(self) -> None:
        """Name the axes for the distribution that is shown."""
        is_categorical = self._view is not None and self._view.choice.distribution == "categorical"
        self.rows.set_titles(
            translate("MaximumLikelihoodTab", "P(y|x) of its own class")
            if is_categorical
            else translate("MaximumLikelihoodTab", "p of each sample"),
            translate("MaximumLikelihoodTab", "the samples' y"),
        )
        self.bars.set_titles(
            translate("MaximumLikelihoodTab", "class")
            if is_categorical
            else translate("MaximumLikelihoodTab", "y"),
            translate("MaximumLikelihoodTab", "probability"),
        )

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.retitle()
        self._show_texts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        theme = self._context.appearance.theme
        self.rows.setVisible(self.width() >= theme.px(_ROWS_FROM_PX))
        self.note.setVisible(self.height() >= theme.px(_NOTE_FROM_PX))
        self.note.setMinimumHeight(0)
        self._keep_note_height()

    def _build(self) -> None:
        appearance = self._context.appearance
        self.rows = RowsPlot(appearance, self)
        self.bars = BarsPlot(appearance, self)
        self.heading, self.note = ElidedLabel(self), QLabel(self)
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.line = LiveFormula(appearance, self, size_px=_FORMULA_PX)
        plots = QHBoxLayout()
        plots.setSpacing(10)
        plots.addWidget(self.rows, 1)
        plots.addWidget(self.bars, 1)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        foot.addWidget(self.heading, 1)
        foot.addWidget(self.line, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        layout.addLayout(plots, 1)
        layout.addLayout(foot)
        layout.addWidget(self.note)
        self.rows.moved.connect(self._on_moved)
        self.rows.clicked.connect(self._on_clicked)

    def _apply_theme(self) -> None:
        self.line.setFixedHeight(self._context.appearance.theme.px(_LINE_PX))

    def _on_moved(self, place: QPointF | None) -> None:
        self._context.interaction.set_hovered_id(self._id_at(place))

    def _on_clicked(self, place: QPointF) -> None:
        found = self._id_at(place)
        self._context.interaction.set_selected_ids(() if found is None else (found,))

    def _id_at(self, place: QPointF | None) -> int | None:
        index = None if place is None else self.rows.dot_at(place)
        if index is None or self._view is None:
            return None
        return int(self._view.data.sample_id[index])

    def _show_texts(self) -> None:
        view, outcome = self._view, self._outcome
        if view is None or outcome is None:
            return
        classes = self._context.document.state.classes
        self.heading.setText(page_texts.outcome_heading(outcome, classes))
        self.line.set_formula(page_texts.outcome_formula(view, outcome))
        self.note.setText(page_texts.label_note(view, outcome, classes))
        self._keep_note_height()

    def _keep_note_height(self) -> None:
        """Let the note grow, never shrink, while one hovers: no dot may move away from the pointer."""
        needed = self.note.heightForWidth(self.width())
        if needed > self.note.minimumHeight():
            self.note.setMinimumHeight(needed)


def bars_of(view: LabelView, outcome: Outcome, classes: Sequence[ClassInfo]) -> tuple[Bar, ...]:
    """The bars of a distribution: one a class, or y = 0 and y = 1."""
    p, label = outcome.probability, outcome.label
    if view.choice.distribution == "categorical":
        shown = list(zip(classes, p.tolist(), strict=False))
        return tuple(
            Bar(class_name(info), value, info.color, info.marker, label == index)
            for index, (info, value) in enumerate(shown)
        )
    k = view.positive
    infos = [classes[1 - k] if len(classes) == 2 else None, classes[k] if k < len(classes) else None]
    values = [outcome.rest(k), float(p[k])]
    return tuple(
        Bar(
            str(y),
            value,
            None if info is None else info.color,
            None if info is None else info.marker,
            label is not None and (label == k) == bool(y),
        )
        for y, (info, value) in enumerate(zip(infos, values, strict=True))
    )


def bell_of(view: LabelView, outcome: Outcome) -> Bell | None:
    """The Gaussian around p with the likeliest sigma; none for Categorical, or where all is hit."""
    if view.choice.distribution == "categorical" or not view.sigma > 0.0:
        return None
    return Bell(float(outcome.probability[view.positive]), view.sigma, view.choice.is_pretence)
