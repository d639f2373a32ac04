"""The simplex: the samples under one output layer, and the place pointed at under all four."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.normalizers import NORMALIZERS, normalized
from engine.samples import SampleRows
from engine.specs import ModelKind
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.output_layer.logit_choice import Answers
from gui.plots.output_layer.simplex_plot import SimplexPlot, SimplexSamples
from gui.plots.output_layer.words import layer_name, unbroken
from gui.theme import Appearance
from gui.widgets.controls import is_language_change
from gui.widgets.segmented import Segment, SegmentedControl

Floats = NDArray[np.float64]

SHARING: tuple[ModelKind, ...] = NORMALIZERS[:3]
"""Output layers whose probabilities sum to 1."""
_SENTENCE_FROM_PX = 200
"""Below this height the triangle has the sentence's room."""


class SimplexPage(QWidget):
    """With other than three classes it says why there is no triangle."""

    sample_hovered = Signal(object)
    sample_clicked = Signal(int)
    kind_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: ModelKind = "softmax"
        self._answers: Answers | None = None
        self.choice = SegmentedControl(SHARING, self)
        self.choice_label, self.sentence, self.obstacle = QLabel(self), QLabel(self), QLabel(self)
        self.choice_label.setProperty("quiet", True)
        for label in (self.sentence, self.obstacle):
            label.setWordWrap(True)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.plot = SimplexPlot(appearance, self)
        shown = QWidget(self)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.choice_label)
        top.addWidget(self.choice)
        top.addStretch(1)
        inner = QVBoxLayout(shown)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(5)
        inner.addLayout(top)
        inner.addWidget(self.plot, 1)
        inner.addWidget(self.sentence)
        self._appearance = appearance
        self._pages = QStackedLayout(self)
        self._pages.addWidget(shown)
        self._pages.addWidget(self.obstacle)
        self.choice.set_key(self._kind)
        self.choice.chosen.connect(self.set_kind)
        self.plot.sample_hovered.connect(self.sample_hovered)
        self.plot.sample_clicked.connect(self.sample_clicked)

    @property
    def kind(self) -> ModelKind:
        """The output layer that places the samples."""
        return self._kind

    def set_kind(self, kind: ModelKind) -> None:
        """Place the samples by another output layer."""
        self._kind = kind
        self.choice.set_key(kind)
        self.kind_changed.emit()

    def show_samples(self, logits: Floats, rows: SampleRows, classes: tuple[ClassInfo, ...]) -> None:
        """Place the samples, whose logits are of shape (K, n)."""
        has_triangle = len(classes) == 3
        self._pages.setCurrentIndex(0 if has_triangle else 1)
        if not has_triangle:
            return
        p = normalized(self._kind, logits)
        known = np.flatnonzero(~np.isnan(p).any(axis=0))
        shown = rows.take(known)
        samples = SimplexSamples(p[:, known], shown.class_index.astype(np.int64), shown.sample_id)
        self.plot.set_samples(samples, classes)

    def show_place(self, answers: Answers, sample_id: int | None) -> None:
        """Mark one place under all four; the sigmoids' p divided by their sum."""
        self._answers = answers
        points = {
            kind: answers.p[kind] / answers.p[kind].sum()
            for kind in NORMALIZERS
            if not answers.is_undefined(kind)
        }
        self.plot.set_points(points if len(answers.logits) == 3 else {})
        self.plot.set_ringed(sample_id)

    def show_texts(self) -> None:
        """Write the sentence about the newest answers."""
        if self._answers is None:
            return
        total = float(self._answers.p["sigmoids"].sum())
        sentence = translate(
            "OutputLayer",
            "Inside the triangle three numbers sum to 1; the lines part the answers. The sigmoids sum to "
            "{total}: they have no point here but divided by that (hollow).",
            total=fixed_text(total, 2),
        )
        if self._answers.is_undefined("absolute"):
            sentence = translate(
                "OutputLayer",
                "Every logit is 0: |z| and z² are undefined there and have no point in the triangle.",
            )
        self.sentence.setText(unbroken(sentence))

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.choice_label.setText(translate("OutputLayer", "Samples under"))
        hint = translate("OutputLayer", "Place the samples by the probabilities of this output layer")
        self.choice.set_segments([Segment(kind, layer_name(kind), hint) for kind in SHARING])
        self.obstacle.setText(
            translate(
                "OutputLayer",
                "The triangle is for three classes: its corners are the three certain answers. Two classes "
                "have a line, four a tetrahedron.",
            )
        )
        self.show_texts()
        self.plot.update()

    def changeEvent(self, event: QEvent) -> None:
        if is_language_change(event):
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sentence.setVisible(self.height() >= self._appearance.theme.px(_SENTENCE_FROM_PX))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 120)
