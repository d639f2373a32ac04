"""From where a box is looked at, and how its points come to lie on the screen.

The box stands on its floor: x and y run from -1/2 to 1/2, z from 0 to its height. The camera looks at its
middle in perspective; it can go all the way round and from level to straight above, never below the floor.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

Floats = NDArray[np.float64]

BOX_HEIGHT = 0.62
"""Height of the box; its floor is a square of side 1."""

EYE_DISTANCE = 4.0
"""From the box's middle to the eye: far enough that parallels stay nearly so."""

LOWEST_DEG, HIGHEST_DEG = 4.0, 90.0
LEAST_ZOOM, MOST_ZOOM = 0.6, 8.0
DEGREES_PER_PX = 0.45

_MIDDLE = np.array([0.0, 0.0, BOX_HEIGHT / 2])
_HALF_DIAGONAL = math.sqrt(0.5)


@dataclass(frozen=True, slots=True)
class Camera:
    """A direction to look from, and how near.

    Attributes
    ----------
    azimuth_deg : float
        0 looks along the y axis with x to the right; the box seems to turn clockwise as it grows.
    elevation_deg : float
        Above the floor: 0 is level, 90 straight down.
    zoom : float
        1 shows all of the box, whichever way it is turned.
    """

    azimuth_deg: float = 32.0
    elevation_deg: float = 27.0
    zoom: float = 1.0

    def turned(self, dx_px: float, dy_px: float) -> Camera:
        """The camera after a drag: the box follows the pointer, held between level and straight above."""
        azimuth = (self.azimuth_deg - dx_px * DEGREES_PER_PX) % 360.0
        elevation = self.elevation_deg + dy_px * DEGREES_PER_PX
        return replace(self, azimuth_deg=azimuth, elevation_deg=min(max(elevation, LOWEST_DEG), HIGHEST_DEG))

    def zoomed(self, factor: float) -> Camera:
        """The camera `factor` times nearer, held within what can be read."""
        return replace(self, zoom=min(max(self.zoom * factor, LEAST_ZOOM), MOST_ZOOM))


@dataclass(frozen=True)
class Projection:
    """A camera and the rectangle (px) that the box is fitted into.

    Attributes
    ----------
    camera : Camera
    area : QRectF
    """

    camera: Camera
    area: QRectF

    @cached_property
    def axes(self) -> Floats:
        """Rows right, up and towards the eye: unit vectors in the box's coordinates, shape (3, 3)."""
        azimuth, elevation = math.radians(self.camera.azimuth_deg), math.radians(self.camera.elevation_deg)
        right = (math.cos(azimuth), math.sin(azimuth), 0.0)
        away = (-math.sin(azimuth), math.cos(azimuth))
        up = (
            away[0] * math.sin(elevation),
            away[1] * math.sin(elevation),
            math.cos(elevation),
        )
        towards = (
            -away[0] * math.cos(elevation),
            -away[1] * math.cos(elevation),
            math.sin(elevation),
        )
        return np.array([right, up, towards])

    @cached_property
    def eye(self) -> Floats:
        """Where the eye is, in the box's coordinates, shape (3,)."""
        result: Floats = _MIDDLE + EYE_DISTANCE * self.axes[2]
        return result

    @cached_property
    def scale(self) -> float:
        """Pixels to a unit of the box, at the distance of its middle.

        The box turned about its own upright axis fits into the area in every position, so that turning it
        does not change its size.
        """
        above, below = self._reach
        fit = min(self.area.width() / (2 * self._half_width), self.area.height() / (above + below))
        return max(fit, 1.0) * self.camera.zoom

    @cached_property
    def center(self) -> QPointF:
        """The pixel of the box's middle: what the box needs above and below it fills the area."""
        above, below = self._reach
        shift = (above - below) / 2 * self.scale / self.camera.zoom
        return QPointF(self.area.center().x(), self.area.center().y() + shift)

    def project(self, points: Floats) -> Floats:
        """Pixels of points of the box: (..., 3) -> (..., 2)."""
        seen = (points - _MIDDLE) @ self.axes.T
        size = self.scale * EYE_DISTANCE / (EYE_DISTANCE - seen[..., 2])
        result: Floats = np.empty((*seen.shape[:-1], 2))
        np.multiply(seen[..., 0], size, out=result[..., 0])
        np.multiply(seen[..., 1], -size, out=result[..., 1])
        result += (self.center.x(), self.center.y())
        return result

    def point(self, x: float, y: float, z: float) -> QPointF:
        """Pixel of one point of the box."""
        place = self.project(np.array([x, y, z]))
        return QPointF(float(place[0]), float(place[1]))

    def ray(self, pixel: QPointF) -> Floats:
        """Direction from the eye through a pixel, in the box's coordinates, shape (3,), of length 1."""
        across = (pixel.x() - self.center.x()) / self.scale
        upwards = (self.center.y() - pixel.y()) / self.scale
        direction = across * self.axes[0] + upwards * self.axes[1] - EYE_DISTANCE * self.axes[2]
        result: Floats = direction / np.linalg.norm(direction)
        return result

    @cached_property
    def _half_width(self) -> float:
        """How far the box, turned in any way, reaches sideways on the screen, in units of the scale.

        The largest r cos(t) D / (D - c - s sin(t)) of a corner of the top at angle t, the eye at distance D.
        """
        elevation = math.radians(self.camera.elevation_deg)
        before = EYE_DISTANCE - BOX_HEIGHT / 2 * math.sin(elevation)
        swing = _HALF_DIAGONAL * math.cos(elevation)
        return _HALF_DIAGONAL * EYE_DISTANCE / math.sqrt(before**2 - swing**2)

    @cached_property
    def _reach(self) -> tuple[float, float]:
        """How far the box reaches above and below its middle on the screen, at most, in units of the scale.

        Highest is the top's farthest corner; lowest the nearest one of the floor or, from above, of the top.
        """
        elevation = math.radians(self.camera.elevation_deg)
        up, towards = math.sin(elevation), math.cos(elevation)
        half = BOX_HEIGHT / 2
        far_top = _HALF_DIAGONAL * up + half * towards, -_HALF_DIAGONAL * towards + half * up
        near_floor = _HALF_DIAGONAL * up + half * towards, _HALF_DIAGONAL * towards - half * up
        near_top = _HALF_DIAGONAL * up - half * towards, _HALF_DIAGONAL * towards + half * up
        above, *below = (
            height * EYE_DISTANCE / (EYE_DISTANCE - depth)
            for height, depth in (far_top, near_floor, near_top)
        )
        return above, max(below)
