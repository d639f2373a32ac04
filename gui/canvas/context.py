"""What the parts of the canvas share: the state they read, the present view, and what lies where."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF

from engine.document.state import DocumentState
from engine.samples import Samples
from gui.canvas.hit_testing import inside, near_path, nearest
from gui.canvas.markers import Look, marker_radius_px, places_px
from gui.canvas.viewport import Viewport
from gui.document import Document
from gui.interaction import Interaction
from gui.theme import Appearance, Theme

Floats = NDArray[np.float64]

TOOL_RADIUS_PX = 26.0
MIN_TOOL_RADIUS_PX, MAX_TOOL_RADIUS_PX = 6.0, 120.0
_PICK_MARGIN_PX = 4.0
_SMALLEST_PICK_PX = 5.0


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
        x, y = self.places()
        radius = marker_radius_px(len(self.state.samples)) * self.theme.scale
        reach = max(radius + _PICK_MARGIN_PX, _SMALLEST_PICK_PX)
        row = nearest(x, y, point.toTuple(), reach)
        return None if row is None else int(self.state.samples.rows.sample_id[row])

    def place_of(self, sample_id: int) -> QPointF | None:
        """Pixel of a sample, or None where there is no such sample."""
        rows = self.state.samples.select([sample_id])
        return self.viewport.point(float(rows.height_cm[0]), float(rows.weight_kg[0])) if len(rows) else None

    def ids_inside(self, first: QPointF, second: QPointF) -> list[int]:
        """Ids of the samples in the rectangle between two pixels."""
        x, y = self.places()
        return self._ids(inside(x, y, first.toTuple(), second.toTuple()))

    def ids_near_path(self, start: QPointF, end: QPointF, radius: float) -> list[int]:
        """Ids of the samples within `radius` px of the way between two pixels."""
        x, y = self.places()
        return self._ids(near_path(x, y, start.toTuple(), end.toTuple(), radius))

    def zoom_tool_radius(self, factor: float) -> None:
        """Make brush and eraser larger or smaller."""
        self.tool_radius_px = min(max(self.tool_radius_px * factor, MIN_TOOL_RADIUS_PX), MAX_TOOL_RADIUS_PX)

    def _ids(self, chosen: NDArray[np.bool_]) -> list[int]:
        ids: list[int] = self.state.samples.rows.sample_id[chosen].tolist()
        return ids
