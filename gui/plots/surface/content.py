"""What the two boxes of the surface tab show: surfaces, the line, the steepest slope and the samples."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from engine.activations import sigmoid
from engine.document.edits import labels_of
from engine.document.state import ClassInfo
from engine.sample_search import evenly_chosen
from engine.samples import UNLABELLED, SampleRows, Samples, join_rows
from gui.formulas import fixed_text
from gui.i18n import translate
from gui.plots.scene3d.box import SpaceAxes, SpaceAxis, Tick, round_ticks
from gui.plots.scene3d.colors import Brushes, tint_scale
from gui.plots.scene3d.content import SpaceContent, SpaceLine, SpaceNote, SpacePoints
from gui.plots.surface.model import SurfaceModel
from gui.plots.surface.shapes import (
    level_pieces,
    morph_height,
    morph_surface,
    probability_surface,
    round_logit_end,
    steepest_pieces,
)
from gui.theme import Theme

Floats = NDArray[np.float64]
Range = tuple[float, float]

MOST_SAMPLES = 240
"""More markers than this hide one another: of larger data evenly chosen samples are shown."""

EMPTY_HEIGHT_CM: Range = (140.0, 200.0)
EMPTY_WEIGHT_KG: Range = (40.0, 120.0)
_MARGIN = 0.06
_LEAST_SPAN = 10.0
_MOST_ROUND_STEPS = 40
_ROUND_STEPS = tuple(factor * 10.0**power for power in range(300) for factor in (1.0, 2.0, 5.0))
_P_TICKS = (0.0, 1.0, 0.5, 0.25, 0.75)
_MORPH_P_TICKS = (0.5, 0.25, 0.75, 0.1, 0.9, 0.01, 0.99, 0.001, 0.999)
_MARKER_PX = ((60, 4.0), (140, 3.3), (MOST_SAMPLES, 2.8))
_LABELS_APPEAR = 0.7


@dataclass(frozen=True, eq=False)
class SurfacePicture:
    """All that the boxes of one moment are made of.

    Attributes
    ----------
    model : SurfaceModel
    samples : SampleRows
        Those to show, labelled.
    classes : tuple of ClassInfo
    threshold : float
    theme : Theme
    brushes : Brushes
    hovered_id : int or None
    """

    model: SurfaceModel
    samples: SampleRows
    classes: tuple[ClassInfo, ...]
    threshold: float
    theme: Theme
    brushes: Brushes
    hovered_id: int | None = None

    def steep(self, steepness: float) -> SpaceContent:
        """The step's cliff (steepness `STEP`) or the sigmoid's hill, the samples standing at 0 and 1."""
        model = self.model
        axis = SpaceAxis("p", 0.0, 1.0, tuple(Tick(value, f"{value:g}") for value in _P_TICKS))
        at_samples = self._p_at_samples(steepness)
        tangent = steepest_pieces(model, steepness)
        notes = [*self._hovered_notes(self._labels(), at_samples)]
        if len(tangent):
            notes.append(self._slope_note(tangent, steepness))
        return SpaceContent(
            axes=self._axes(axis),
            surface=probability_surface(model, steepness),
            brushes=self.brushes,
            lines=(self._level_line(steepness), self._tangent_line(tangent)),
            points=tuple(self._points(self._labels(), stem_to=at_samples)),
            notes=tuple(notes),
        )

    def morph(self, share: float) -> SpaceContent:
        """Between the plane of z (share 0) and the hill of p (share 1), with both scales on its axis.

        The samples lie on it; as the axis becomes that of p, their labels come in from minus and plus
        infinity.
        """
        model = self.model
        end = round_logit_end(model.largest_logit)
        surface = morph_surface(model, share, end)
        logit = model.logit_at(self.samples.height_cm, self.samples.weight_kg)
        on_surface = morph_height(logit, share, end)
        appeared = max(0.0, (share - _LABELS_APPEAR) / (1.0 - _LABELS_APPEAR))
        points = self._points(on_surface, opacity=1.0 - appeared)
        points += self._points(self._labels(), stem_to=on_surface, opacity=appeared)
        line = level_pieces(model, self.threshold, 1.0)
        shown = self._labels() if appeared > 0.5 else on_surface
        return SpaceContent(
            axes=self._axes(_logit_axis(end, share), _probability_axis(end, share)),
            surface=surface,
            brushes=self.brushes,
            lines=(self._line(line),),
            points=tuple(points),
            notes=tuple(self._hovered_notes(shown, sigmoid(logit), logit)),
        )

    def _axes(self, z: SpaceAxis, right: SpaceAxis | None = None) -> SpaceAxes:
        return SpaceAxes(
            SpaceAxis(translate("Surface", "height (cm)"), *self.model.height_range_cm),
            SpaceAxis(translate("Surface", "weight (kg)"), *self.model.weight_range_kg),
            z,
            right,
        )

    def _labels(self) -> Floats:
        """Heights of the samples' labels: 1 for the class whose probability is shown, else 0."""
        if self.model.model.kind == "sigmoids":  # which may be one of several
            return np.asarray(labels_of(self.samples) >> self.model.class_index & 1, dtype=np.float64)
        return np.where(self.samples.class_index == self.model.class_index, 1.0, 0.0)

    def _p_at_samples(self, steepness: float) -> Floats:
        return self.model.probability_at(self.samples.height_cm, self.samples.weight_kg, steepness)

    def _points(
        self, heights: Floats, *, stem_to: Floats | None = None, opacity: float = 1.0
    ) -> list[SpacePoints]:
        rows = self.samples
        radius = next((px for limit, px in _MARKER_PX if len(rows) <= limit), _MARKER_PX[-1][1])
        groups = []
        for index, info in enumerate(self.classes):
            for held_out in (False, True):
                chosen = (rows.class_index == index) & (rows.held_out == held_out)
                if not chosen.any():
                    continue
                fill, outline = self.theme.class_fill(info.color), self.theme.class_outline(info.color)
                groups.append(
                    SpacePoints(
                        ids=rows.sample_id[chosen],
                        places=np.stack([rows.height_cm, rows.weight_kg, heights], axis=1)[chosen],
                        fill=self.theme.plot if held_out else fill,
                        outline=self.theme.class_line(info.color) if held_out else outline,
                        marker=info.marker,
                        radius_px=radius,
                        stem_to=None if stem_to is None else stem_to[chosen],
                        opacity=opacity,
                    )
                )
        return groups

    def _level_line(self, steepness: float) -> SpaceLine:
        probability = self.threshold if self.model.is_binary else 0.5
        return self._line(level_pieces(self.model, probability, steepness))

    def _line(self, pieces: Floats) -> SpaceLine:
        return SpaceLine(pieces, self.theme.ink, 2.5, halo=self.theme.plot)

    def _tangent_line(self, pieces: Floats) -> SpaceLine:
        return SpaceLine(pieces, self.theme.accent, 2.0, hidden_opacity=0.6)

    def _slope_note(self, tangent: Floats, steepness: float) -> SpaceNote:
        """The steepest slope, named at the upper part of its tangent."""
        slope = "1/4" if steepness == 1.0 else f"{steepness / 4:.3g}"
        low, high = tangent[0]
        place = low + 0.85 * (high - low)
        return SpaceNote(
            (float(place[0]), float(place[1]), float(place[2])),
            translate("Surface", "slope {slope}", slope=slope),
        )

    def _hovered_notes(
        self, heights: Floats, probability: Floats, logit: Floats | None = None
    ) -> list[SpaceNote]:
        """The numbers of the hovered sample, where its marker stands."""
        if self.hovered_id not in self.samples.sample_id:
            return []
        row = int(np.flatnonzero(self.samples.sample_id == self.hovered_id)[0])
        height_cm, weight_kg = float(self.samples.height_cm[row]), float(self.samples.weight_kg[row])
        parts = [f"{height_cm:.1f} cm", f"{weight_kg:.1f} kg"]
        if logit is not None:
            parts.append(f"z = {fixed_text(float(logit[row]), 2)}")
        parts.append(f"p = {fixed_text(float(probability[row]), 2)}")
        return [SpaceNote((height_cm, weight_kg, float(heights[row])), "  ".join(parts), strong=True)]


def surface_brushes(theme: Theme, classes: tuple[ClassInfo, ...], class_index: int) -> Brushes:
    """Colours from p = 0 to p = 1: between two classes' hues, or from neutral to the chosen class's."""
    high = _fill(theme, classes, class_index)
    low = _fill(theme, classes, 0) if len(classes) == 2 else None
    return Brushes(tint_scale(theme, low, high))


class ShownSamples:
    """Which samples a box shows and how far it reaches; worked out again only when they change."""

    def __init__(self) -> None:
        self._samples: Samples | None = None
        self._rows = Samples().rows
        self._ranges: tuple[Range, Range] = (EMPTY_HEIGHT_CM, EMPTY_WEIGHT_KG)

    def rows(self, samples: Samples, hovered_id: int | None = None) -> SampleRows:
        """At most `MOST_SAMPLES` labelled samples, evenly chosen, and the hovered one."""
        self._take(samples)
        rows = self._rows
        hovered = samples.select([] if hovered_id is None else [hovered_id])
        if not len(hovered) or hovered.class_index[0] == UNLABELLED:
            return rows
        place = int(rows.sample_id.searchsorted(hovered.sample_id[0]))
        if place < len(rows) and rows.sample_id[place] == hovered.sample_id[0]:
            return rows
        return join_rows([rows.take(slice(0, place)), hovered, rows.take(slice(place, None))])

    def ranges(self, samples: Samples) -> tuple[Range, Range]:
        """Heights (cm) and weights (kg) from round number to round number, with room around all samples."""
        self._take(samples)
        return self._ranges

    def _take(self, samples: Samples) -> None:
        if samples is self._samples:
            return
        self._samples, extent = samples, samples.extent
        self._rows = evenly_chosen(samples, MOST_SAMPLES)
        if extent is None:
            self._ranges = (EMPTY_HEIGHT_CM, EMPTY_WEIGHT_KG)
        else:
            self._ranges = (_round_range(*extent[:2]), _round_range(*extent[2:]))


def _round_range(low: float, high: float) -> Range:
    """A range around two values with a margin, at least `_LEAST_SPAN`, its ends on round numbers."""
    half = max((high - low) * (0.5 + _MARGIN), _LEAST_SPAN / 2)
    middle = (low + high) / 2
    step = next(step for step in _ROUND_STEPS if 2 * half / step <= _MOST_ROUND_STEPS)
    return math.floor((middle - half) / step) * step, math.ceil((middle + half) / step) * step


def _fill(theme: Theme, classes: tuple[ClassInfo, ...], index: int) -> QColor:
    """A class's fill; the document may be a frame ahead of the model."""
    return theme.class_fill(classes[index].color if index < len(classes) else index)


def _logit_axis(end: float, share: float) -> SpaceAxis:
    """The z scale of a morph: evenly spaced for the plane, crowded at the ends of the hill."""
    ticks = sorted(round_ticks(-end, end, 6), key=lambda tick: (tick.value != 0.0, -abs(tick.value)))
    heights = morph_height(np.array([tick.value for tick in ticks]), share, end)
    return SpaceAxis(
        translate("Surface", "logit z"),
        0.0,
        1.0,
        tuple(Tick(float(height), tick.text) for height, tick in zip(heights, ticks, strict=True)),
    )


def _probability_axis(end: float, share: float) -> SpaceAxis:
    """The p scale of a morph: evenly spaced for the hill, which alone has room for 0 and 1."""
    values = [value for value in _MORPH_P_TICKS if abs(np.log(value / (1.0 - value))) <= end]
    heights = morph_height(np.log(np.array(values) / (1.0 - np.array(values))), share, end)
    ticks = [Tick(float(height), f"{value:g}") for height, value in zip(heights, values, strict=True)]
    if share == 1.0:
        ticks = [Tick(0.0, "0"), Tick(1.0, "1"), *ticks]
    return SpaceAxis(translate("Surface", "probability p"), 0.0, 1.0, tuple(ticks))
