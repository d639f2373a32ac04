"""The log-odds in space: a plane over height and weight, or the bent surface of models that have no plane."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.document.state import ClassInfo
from engine.samples import SampleRows
from gui.formulas import fixed_text, odds_text
from gui.i18n import translate
from gui.plots.log_odds.field import LogOddsField, odds_ticks
from gui.plots.scene3d.box import SpaceAxes, SpaceAxis, Tick
from gui.plots.scene3d.colors import Brushes, tint_scale
from gui.plots.scene3d.content import SpaceContent, SpaceLine, SpaceNote, SpacePoints
from gui.plots.scene3d.contours import pieces_between
from gui.plots.scene3d.surfaces import CliffField, HeightField, RidgeField, Surface
from gui.theme import Theme

Floats = NDArray[np.float64]

_STRIPS, _LINE_PIECES = 40, 24
_MARKER_PX = ((60, 4.0), (140, 3.3))
_SMALLEST_MARKER_PX = 2.8


@dataclass(frozen=True, eq=False)
class LogOddsSpace:
    """All that the box of one moment is made of.

    Attributes
    ----------
    field : LogOddsField
    samples : SampleRows
        Labelled ones to show; those of other classes are left out.
    classes : tuple of ClassInfo
    theme : Theme
    brushes : Brushes
    hovered_id : int or None
    """

    field: LogOddsField
    samples: SampleRows
    classes: tuple[ClassInfo, ...]
    theme: Theme
    brushes: Brushes
    hovered_id: int | None = None

    def content(self, z_title: str) -> SpaceContent:
        """The surface with its zero line, its round levels and the samples of both classes on it."""
        return SpaceContent(
            axes=self._axes(z_title),
            surface=log_odds_surface(self.field),
            brushes=self.brushes,
            lines=tuple(self._lines()),
            points=tuple(self._points()),
            notes=tuple(self._notes()),
            draped_grid=False,
        )

    def _axes(self, z_title: str) -> SpaceAxes:
        field, end = self.field, self.field.end
        odds = tuple(Tick(value, text) for value, text in odds_ticks(end))
        return SpaceAxes(
            SpaceAxis(translate("LogOdds", "height (cm)"), *field.height_range_cm),
            SpaceAxis(translate("LogOdds", "weight (kg)"), *field.weight_range_kg),
            SpaceAxis(z_title, -end, end),
            SpaceAxis(translate("LogOdds", "odds"), -end, end, odds),
        )

    def _lines(self) -> list[SpaceLine]:
        theme, field = self.theme, self.field
        lines = [SpaceLine(self._border(), theme.quiet, 1.0, hidden_opacity=0.5)]
        if field.shape == "infinite":
            pieces = field.contours[0.0]
            half_way = np.concatenate([pieces, np.zeros((*pieces.shape[:-1], 1))], axis=-1)
            return [*lines, SpaceLine(half_way, theme.ink, 2.5, halo=theme.plot)]
        for level, pieces in field.contours.items():
            if level != 0.0 and len(pieces):
                lines.append(SpaceLine(_cut(pieces), theme.quiet, 1.0))
        if len(field.contours[0.0]):
            lines.append(SpaceLine(_cut(field.contours[0.0]), theme.ink, 2.5, halo=theme.plot))
        return lines

    def _border(self) -> Floats:
        """Where the level of even odds meets the walls of the box."""
        (low_cm, high_cm), (low_kg, high_kg) = self.field.height_range_cm, self.field.weight_range_kg
        corners = np.array(
            [
                (low_cm, low_kg, 0.0),
                (high_cm, low_kg, 0.0),
                (high_cm, high_kg, 0.0),
                (low_cm, high_kg, 0.0),
            ]
        )
        sides = zip(corners, np.roll(corners, -1, axis=0), strict=True)
        return np.concatenate([pieces_between(start, end, _LINE_PIECES) for start, end in sides])

    def _points(self) -> list[SpacePoints]:
        rows, field = self.samples, self.field
        radius = next((px for limit, px in _MARKER_PX if len(rows) <= limit), _SMALLEST_MARKER_PX)
        heights = np.clip(np.nan_to_num(field.at(rows.height_cm, rows.weight_kg)), -field.end, field.end)
        places = np.stack([rows.height_cm, rows.weight_kg, heights], axis=1)
        groups = []
        for index in (field.second, field.first):
            chosen = rows.class_index == index
            if chosen.any():
                info = self.classes[index]
                groups.append(
                    SpacePoints(
                        ids=rows.sample_id[chosen],
                        places=places[chosen],
                        fill=self.theme.class_fill(info.color),
                        outline=self.theme.class_outline(info.color),
                        marker=info.marker,
                        radius_px=radius,
                    )
                )
        return groups

    def _notes(self) -> list[SpaceNote]:
        """The numbers of the hovered sample at its marker."""
        rows, field = self.samples, self.field
        found = np.flatnonzero(rows.sample_id == (-1 if self.hovered_id is None else self.hovered_id))
        if not found.size or rows.class_index[found[0]] not in (field.first, field.second):
            return []
        one = found[:1]
        value = float(field.at(rows.height_cm[one], rows.weight_kg[one])[0])
        place = (float(rows.height_cm[one[0]]), float(rows.weight_kg[one[0]]))
        height = value if math.isfinite(value) else math.copysign(field.end, value)
        return [SpaceNote((*place, height), f"{fixed_text(value, 2)}  ({odds_text(value)})", strong=True)]


def log_odds_surface(field: LogOddsField) -> Surface:
    """The plane cut where it leaves the box, a grid of the bent ones, or the step's cliff."""
    if field.on_floor is not None:
        cuts = np.linspace(-field.end, field.end, _STRIPS + 1)
        return RidgeField(field.on_floor, field.fraction, cuts)
    if field.shape == "infinite":
        return CliffField(_cliff_plane(field)[None])
    return HeightField(np.nan_to_num(field.fraction(field.grid), nan=0.5))


def log_odds_brushes(theme: Theme, classes: tuple[ClassInfo, ...], first: int, second: int) -> Brushes:
    """Colours from the reference's hue over neutral to the other class's."""
    low, high = (theme.class_fill(classes[index].color) for index in (second, first))
    return Brushes(tint_scale(theme, low, high))


def _cliff_plane(field: LogOddsField) -> Floats:
    """The step's z over the floor of the box, positive where the first class is answered."""
    a, b, c = field.scaler.to_original_units(field.parameters).tolist()
    (low_cm, high_cm), (low_kg, high_kg) = field.height_range_cm, field.weight_range_kg
    middle = a * (low_cm + high_cm) / 2 + b * (low_kg + high_kg) / 2 + c
    sign = 1.0 if field.first == 1 else -1.0
    return sign * np.array([a * (high_cm - low_cm), b * (high_kg - low_kg), middle])


def _cut(pieces: Floats) -> Floats:
    """Long straight pieces as short ones, so that the surface hides just the part behind it."""
    if len(pieces) > _LINE_PIECES:
        return pieces
    return np.concatenate([pieces_between(start, end, _LINE_PIECES) for start, end in pieces])
