"""What the parts of the canvas share: the state they read, the present view, and what lies where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF

from engine.document.state import DocumentState
from engine.sample_search import samples_in
from engine.samples import Samples
from gui.canvas.hit_testing import inside, near_path, nearest
from gui.canvas.markers import DOTS_ABOVE, Look, marker_radius_px, places_px
from gui.canvas.viewport import Viewport
from gui.document import Document
from gui.interaction import Interaction
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOOL_RADIUS_PX = 26.0
MIN_TOOL_RADIUS_PX, MAX_TOOL_RADIUS_PX = 6.0, 120.0
_PICK_MARGIN_PX = 4.0
_SMALLEST_PICK_PX = 5.0
_CROWD_PICK_PX = 3.0


class CanvasContext:
    """Document, interaction, appearance and the viewport; answers what lies under a pixel."""

    def __init__(self, document: Document, interaction: Interaction, appearance: Appearance) -> None:
        self.document = document
        self.interaction = interaction
        self.appearance = appearance
        self.viewport = Viewport()
        self.tool_radius_px = TOOL_RADIUS_PX
        self._places: tuple[Samples, Viewport, tuple[Floats, Floats]] | None = None

    @property
    def state(self) -> DocumentState:
        """The document as it is now."""
        return self.document.state

    @property
    def theme(self) -> Theme:
        """The theme in use."""
        return self.appearance.theme

    @property
    def scaled_tool_radius(self) -> float:
        """Radius of brush and eraser in pixels at the present scale."""
        return self.tool_radius_px * self.theme.scale

    def look(self, pixel_ratio: float) -> Look:
        """The look of the markers now."""
        return Look.of(self.state.classes, self.theme, len(self.state.samples), pixel_ratio)

    def places(self) -> tuple[Floats, Floats]:
        """Pixel of every sample in the order of its rows, worked out once for each edit and view."""
        samples = self.state.samples
        if self._places is None or self._places[0] is not samples or self._places[1] != self.viewport:
            self._places = samples, self.viewport, places_px(samples, self.viewport)
        return self._places[2]

    def sample_at(self, point: QPointF) -> int | None:
        """Id of the sample under a pixel, or None."""
        reach = self._pick_reach_px()
        ids, x, y = self._around(QRectF(point, point).adjusted(-reach, -reach, reach, reach))
        row = nearest(x, y, point.toTuple(), reach)
        return None if row is None else int(ids[row])

    def place_of(self, sample_id: int) -> QPointF | None:
        """Pixel of a sample, or None where there is no such sample."""
        rows = self.state.samples.select([sample_id])
        return self.viewport.point(float(rows.height_cm[0]), float(rows.weight_kg[0])) if len(rows) else None

    def ids_inside(self, first: QPointF, second: QPointF) -> list[int]:
        """Ids of the samples in the rectangle between two pixels."""
        ids, x, y = self._around(QRectF(first, second).normalized())
        chosen: list[int] = ids[inside(x, y, first.toTuple(), second.toTuple())].tolist()
        return chosen

    def ids_near_path(self, start: QPointF, end: QPointF, radius: float) -> list[int]:
        """Ids of the samples within `radius` px of the way between two pixels."""
        box = QRectF(start, end).normalized().adjusted(-radius, -radius, radius, radius)
        ids, x, y = self._around(box)
        chosen: list[int] = ids[near_path(x, y, start.toTuple(), end.toTuple(), radius)].tolist()
        return chosen

    def zoom_tool_radius(self, factor: float) -> None:
        """Make brush and eraser larger or smaller."""
        self.tool_radius_px = min(max(self.tool_radius_px * factor, MIN_TOOL_RADIUS_PX), MAX_TOOL_RADIUS_PX)

    def _pick_reach_px(self) -> float:
        """How near the pointer must be; in a crowd, which has no markers to aim at, next to the place."""
        count = len(self.state.samples)
        if count > DOTS_ABOVE:
            return _CROWD_PICK_PX * self.theme.scale
        return max(marker_radius_px(count) * self.theme.scale + _PICK_MARGIN_PX, _SMALLEST_PICK_PX)

    def _around(self, box: QRectF) -> tuple[Ints, Floats, Floats]:
        """Ids and pixels of the samples that may lie in a rectangle of pixels: of few samples, all."""
        samples, viewport = self.state.samples, self.viewport
        if len(samples) <= DOTS_ABOVE:
            return samples.rows.sample_id, *self.places()
        # A pixel more, so that no rounding of cm and kg hides a sample on the edge.
        left, right = viewport.height_at(box.left() - 1), viewport.height_at(box.right() + 1)
        low, high = viewport.weight_at(box.bottom() + 1), viewport.weight_at(box.top() - 1)
        ids, height_cm, weight_kg = samples_in(samples, (left, right), (low, high))
        return ids, viewport.x_of(height_cm), viewport.y_of(weight_kg)
