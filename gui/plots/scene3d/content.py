"""What stands in the box besides its surface: lines, points and notes, all in the axes' own units."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from engine.document.state import Marker
from gui.plots.scene3d.box import SpaceAxes
from gui.plots.scene3d.colors import Brushes
from gui.plots.scene3d.surfaces import Surface

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class SpaceLine:
    """A line of straight pieces; where the surface hides it, it shows faintly through.

    Attributes
    ----------
    pieces : ndarray of shape (n, 2, 3) or (n, 2, 2)
        Both ends of each piece; with two coordinates it lies on the surface.
    color : QColor
    width_px : float
        At 100 %.
    style : Qt.PenStyle
    halo : QColor or None
        Behind the seen part, so that it stands out on any colour.
    hidden_opacity : float
        Of the part that the surface hides; 0 leaves it out.
    """

    pieces: Floats
    color: QColor
    width_px: float = 2.0
    style: Qt.PenStyle = Qt.PenStyle.SolidLine
    halo: QColor | None = None
    hidden_opacity: float = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class SpacePoints:
    """Markers of one look.

    Attributes
    ----------
    ids : ndarray of int64, shape (n,)
        What hovering and clicking report.
    places : ndarray of shape (n, 3)
    fill, outline : QColor
    marker : Marker
    radius_px : float
        At 100 %.
    stem_to : ndarray of shape (n,) or None
        Heights at which a stem from each marker ends; NaN for none.
    opacity : float
    """

    ids: Ints
    places: Floats
    fill: QColor
    outline: QColor
    marker: Marker = "circle"
    radius_px: float = 4.0
    stem_to: Floats | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class SpaceNote:
    """A short text at a place (x, y, z), beside it where there is room."""

    place: tuple[float, float, float]
    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class SpaceContent:
    """All that the box shows.

    Attributes
    ----------
    axes : SpaceAxes
    surface : Surface or None
    brushes : Brushes or None
        The surface's colours; needed with a surface.
    lines : tuple of SpaceLine
        Drawn in order.
    points : tuple of SpacePoints
    notes : tuple of SpaceNote
        The first ones win where there is no room for all.
    draped_grid : bool
        Whether the axes' round numbers are drawn as lines on the surface.
    """

    axes: SpaceAxes
    surface: Surface | None = None
    brushes: Brushes | None = None
    lines: tuple[SpaceLine, ...] = ()
    points: tuple[SpacePoints, ...] = ()
    notes: tuple[SpaceNote, ...] = field(default=())
    draped_grid: bool = True
