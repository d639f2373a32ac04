"""What one sample contributes to loss and gradient, for each model, as formulas with numbers."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.layout import Floats
from engine.losses import LOSSES
from engine.models import logits, probabilities
from engine.samples import NO_SET, UNLABELLED
from engine.snapshots import Snapshot
from engine.specs import TrainingSpec
from engine.training_data import TrainingData, losses_on
from gui.canvas.contribution_rows import Contribution, contribution_rows
from gui.formulas import count_text
from gui.i18n import translate
from gui.model_names import trained_on
from gui.theme import Theme
from gui.throttle import TEXT_INTERVAL_MS, Throttle


def contributions(
    snapshot: Snapshot, height_cm: float, weight_kg: float, class_index: int, label_set: int = NO_SET
) -> tuple[Contribution, ...]:
    """Every model's numbers at one sample; neither loss nor gradient where it has no label that one reads.

    `label_set` as in `SampleRows`: the labels of a sample with several, which K sigmoids alone read.
    """
    spec = snapshot.spec
    z_scores = snapshot.scaler.standardize(np.array([height_cm]), np.array([weight_kg]))
    design = np.stack([*z_scores, np.full(1, float(spec.bias))])
    sets = (
        np.array([label_set], dtype=np.int16) if label_set != NO_SET and spec.trains_on_label_sets else None
    )
    data = TrainingData(
        design, np.array([class_index]), np.zeros(1, np.int64), snapshot.scaler, spec.label_smoothing, sets
    )
    return tuple(_contribution(spec, row, snapshot.parameters[row], data) for row in range(len(spec.losses)))


def _contribution(spec: TrainingSpec, row: int, parameters: Floats, sample: TrainingData) -> Contribution:
    """The numbers of the model in a row at the one sample of `sample`."""
    model = spec.model_of(row)
    node = 0 if model.is_binary else max(int(sample.class_index[0]), 0)
    shown = 1 if model.is_binary else node
    z = logits(model, parameters, sample.design)
    p = probabilities(model, parameters, sample.design)
    found = Contribution(
        model.kind, spec.losses[row], float(z[node, 0]), float(p[shown, 0]), name=trained_on(spec, row)
    )
    data = sample.for_model(model)
    if not len(data) or (data.label_set is None and data.class_index[0] == UNLABELLED):
        return found
    pairs = {name: losses_on(model, name, z, data) for kind, name in LOSSES if kind == model.kind}
    return replace(
        found,
        target=float(data.targets(model)[shown, 0]),
        is_soft=data.has_soft_targets,
        values={name: float(value[0]) for name, (value, _) in pairs.items()},
        gradients={name: float(gradient[node, 0]) for name, (_, gradient) in pairs.items()},
    )


class ContributionPanel(QWidget):
    """A sample's table inside its menu; follows training a few times a second while the menu is open."""

    def __init__(
        self,
        theme: Theme,
        snapshot: Snapshot,
        sample: tuple[float, float, int, int],
        head: str,
        parent: QWidget | None = None,
        *,
        is_held_out: bool = False,
    ) -> None:
        super().__init__(parent)
        self._snapshot = snapshot
        self._sample = sample
        self._is_held_out = is_held_out
        self._head = head
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setFont(theme.font(12, tabular=True))
        self._quiet = theme.quiet.name()
        self._padding = theme.px(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(8))
        layout.addWidget(self._label)
        self._throttle = Throttle(self._show, TEXT_INTERVAL_MS, self)
        self._show()

    @property
    def text(self) -> str:
        """The table as rich text."""
        return self._label.text()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Follow the model."""
        self._snapshot = snapshot
        self._throttle.request()

    def _show(self) -> None:
        found = contributions(self._snapshot, *self._sample)
        rows = contribution_rows(found, class_index=self._sample[2])
        heads = [one.name for one in found]
        lines = [self._row(self._head, heads, bold=True), *(self._row(title, cells) for title, cells in rows)]
        note = ""
        if any(one.target is not None for one in found):
            note = f'<p style="color:{self._quiet}">{escape(self._note())}</p>'
        self._label.setText(
            f"<table cellspacing=0 cellpadding={self._padding}>{''.join(lines)}</table>{note}"
        )

    def _note(self) -> str:
        """What becomes of the sample's numbers: a share of the mean, or nothing."""
        if self._is_held_out:
            return translate("Canvas", "Held out: no part of the loss and gradient of training.")
        count = self._snapshot.spec.samples.moments[0]
        return translate(
            "Canvas", "Loss and gradient are the mean over {count} samples.", count=count_text(count)
        )

    def _row(self, title: str, cells: list[str], *, bold: bool = False) -> str:
        tag = "b" if bold else "span"
        values = "".join(f'<td align="right"><{tag}>&nbsp;{escape(cell)}</{tag}></td>' for cell in cells)
        return f'<tr><td style="color:{self._quiet}">{escape(title)}</td>{values}</tr>'
