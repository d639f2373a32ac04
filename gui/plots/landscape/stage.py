"""The visible parts of the landscape tab under its switches: panels, readouts, key, hint and chords."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from engine.landscape.chords import Chord
from engine.specs import LossName
from gui.i18n import translate
from gui.plots.landscape import texts as texts
from gui.plots.landscape.box import Box
from gui.plots.landscape.chord import ChordArea
from gui.plots.landscape.chord_hand import ChordHand
from gui.plots.landscape.key import LandscapeKey, LineLabel
from gui.plots.landscape.panel import LandscapePanel, Overlay, Point
from gui.plots.landscape.picture import Look, color_range, common_range
from gui.plots.landscape.space import LandscapeSpace
from gui.plots.landscape.work import Answer, PointValue
from gui.plots.scene3d.camera import Camera
from gui.plots.scene3d.view import SpaceView
from gui.theme import Appearance
from gui.throttle import Throttle

_REACH_PX = 12
CAMERA = Camera(azimuth_deg=322.0, elevation_deg=32.0)
"""Across the usual way down, from the lower right to the upper left."""

SPACE_INTERVAL_MS = 25
"""A surface is painted at most this often, this one and the other in turn."""


class LandscapeStage(QWidget):
    """Both landscapes side by side with what is said about them; composition only."""

    resized = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.panels = tuple(LandscapePanel(appearance, self) for _ in range(2))
        self.readouts = tuple(LineLabel(appearance, self, centred=True) for _ in range(2))
        self.chord_area = ChordArea(appearance, self)
        self.hand = ChordHand(self)
        self.key_line = LandscapeKey(appearance, self)
        self.hint = LineLabel(appearance, self)
        self._is_chord_mode = False
        self.spaces = tuple(SpaceView(appearance, CAMERA, self) for _ in range(2))
        self._answer: Answer | None = None
        self._surfaces: tuple[LandscapeSpace, ...] = ()
        self._stale_spaces: list[int] = []
        self._is_space = False
        self._titles = ("", "")
        self._pointer: Point | None = None
        self._draw_space = Throttle(self._show_space, SPACE_INTERVAL_MS, self)
        self._count = 2
        grid = self._grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for column in range(2):
            grid.addWidget(self.panels[column], 0, column)
            grid.addWidget(self.spaces[column], 0, column)
            grid.addWidget(self.readouts[column], 1, column)
            self.spaces[column].hide()
            self.spaces[column].camera_changed.connect(self._turn)
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(grid, 1)
        layout.addWidget(self.chord_area)
        layout.addWidget(self.key_line)
        layout.addWidget(self.hint)
        self.chord_area.hide()
        self.panels[0].resized.connect(self.resized)
        for number, panel in enumerate(self.panels):
            panel.chord_pressed.connect(partial(self.press_chord, number))
            panel.chord_dragged.connect(self._drag_chord)

    @property
    def aspect(self) -> float:
        """Width by height of a plot."""
        plot = self.panels[0].layout_.plot
        return plot.width() / plot.height()

    def look(self, *, is_common: bool, is_shaded: bool) -> Look:
        """How a picture has to be made to fit a panel pixel by pixel."""
        panel = self.panels[0]
        ratio, plot = panel.devicePixelRatioF(), panel.layout_.plot
        return Look(
            width=max(round(plot.width() * ratio), 1),
            height=max(round(plot.height() * ratio), 1),
            pixels=ratio * self._appearance.theme.scale,
            is_common=is_common,
            is_shaded=is_shaded,
        )

    def set_message(self, message: str) -> None:
        """Say why there is no landscape; nothing where there is one."""
        for panel in self.panels:
            panel.set_message(message)

    def set_overlays(self, box: Box, overlays: list[Overlay], *, is_automatic: bool) -> None:
        """Look at a box and move the ways on it."""
        for panel, overlay in zip(self.panels, overlays, strict=False):
            panel.waits_for_double_click = not is_automatic
            panel.set_box(box)
            panel.set_overlay(overlay)
        self._request_spaces()

    def set_titles(
        self, x_title: str, y_title: str, losses: tuple[LossName, ...], selected: tuple[bool, ...]
    ) -> None:
        """Name both axes and the losses, one or two, and underline the selected model's."""
        self._titles = (x_title, y_title)
        if len(losses) != self._count:
            self._count = len(losses)
            self._stale_spaces.clear()  # among them one that is no more
            self._show_parts()
        for panel, loss, is_selected in zip(self.panels, losses, selected, strict=False):
            panel.set_titles(x_title, y_title, loss, is_selected=is_selected)
        self._request_spaces()

    def set_space(self, is_on: bool) -> None:
        """Show heights in place of maps."""
        self._is_space = is_on
        self._show_parts()
        self._request_spaces()

    def set_answer(self, answer: Answer | None) -> None:
        """Show new landscapes, or none."""
        for number, panel in enumerate(self.panels):
            if answer is None or number >= len(answer.grids):
                panel.set_picture(None, panel.box, None)
                continue
            is_common = answer.question.look.is_common
            colors = common_range(answer.grids) if is_common else color_range(answer.grids[number])
            panel.set_picture(answer.pictures[number], answer.question.box, colors)
        self._answer, self._surfaces = answer, ()
        self._request_spaces()

    def set_pointer(self, point: Point | None) -> None:
        """Show the pointer in both panels."""
        self._pointer = point
        for panel in self.panels:
            panel.set_pointer(point)
        self._request_spaces()

    def set_values(self, values: tuple[PointValue | None, ...]) -> None:
        """Write each loss and its curvature under its panel."""
        for readout, value in zip(self.readouts, values, strict=False):
            readout.set_text("" if value is None else texts.value_text(value))

    def set_chords(self, ends: list[Point], chords: tuple[Chord, ...]) -> None:
        """Show the chord from above and from the side; no chords while they are not known."""
        for number, panel in enumerate(self.panels):
            panel.set_chord(ends, chords[number].violated if number < len(chords) else ())
        losses = tuple(panel.loss for panel in self.panels[: self._count])
        self.chord_area.set_chords(losses, chords, len(ends))
        self._request_spaces()

    def press_chord(self, number: int, u: float, v: float) -> None:
        """Put the hand that makes a chord down on a landscape."""
        panel, reach = self.panels[number], self._appearance.theme.px(_REACH_PX)

        def is_near(end: Point) -> bool:
            return (panel.pixel_of(*end) - panel.pixel_of(u, v)).manhattanLength() <= reach

        self.hand.press((u, v), is_near)

    def set_chord_mode(self, is_on: bool) -> None:
        """Make room for the chords."""
        self._is_chord_mode = is_on
        for panel in self.panels:
            panel.is_chord_mode = is_on
        self._share_room()

    def retranslate(self) -> None:
        """Set the texts that are the stage's own in the language in use."""
        self.chord_area.retranslate()
        self.key_line.setToolTip(
            translate(
                "Landscape",
                "Hatched: where the loss curves downwards over the two weights drawn, and its share of this "
                "box. Nothing is lower than a minimum, here and far around; a local minimum is the lowest of "
                "its surroundings alone.",
            )
        )
        for readout in self.readouts:
            readout.setToolTip(
                translate(
                    "Landscape",
                    "The loss at the pointer, else where the model is, and the smallest eigenvalue λ of the "
                    "Hessian over the two weights drawn: below 0 the loss curves downwards there",
                )
            )

    def show_key(self, answer: Answer | None, *, is_shaded: bool, minima: set[bool]) -> None:
        """Explain the marks that there are; `minima` tells whether global and local ones are among them."""
        entries = []
        if answer is not None and is_shaded and answer.grids[0].smallest_eigenvalue is not None:
            entries.append(("hatch", texts.share_text(answer.grids)))
        if True in minima:
            entries.append(("minimum", translate("Landscape", "minimum")))
        if False in minima:
            entries.append(("local minimum", translate("Landscape", "local minimum")))
        entries += [("start", translate("Landscape", "start")), ("now", translate("Landscape", "now"))]
        self.key_line.set_entries(entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_room()

    def _request_spaces(self) -> None:
        if self._is_space:
            self._stale_spaces += [
                number for number in range(self._count) if number not in self._stale_spaces
            ]
            self._draw_space.request()

    def _show_space(self) -> None:
        """One surface with what is on it now: the two take turns, so that no frame has to wait for both."""
        if not self._is_space or not self._stale_spaces:
            return
        number = self._stale_spaces.pop(0)
        if self._answer is not None and not self._surfaces:
            self._surfaces = tuple(LandscapeSpace(grid, color_range(grid)) for grid in self._answer.grids)
        panel, content = self.panels[number], None
        if self._surfaces:
            surface = self._surfaces[number]
            content = surface.content(*self._titles, panel.overlay, panel.chord, self._pointer)
        self.spaces[number].set_content(content)
        if self._stale_spaces:
            self._draw_space.request()

    def _show_parts(self) -> None:
        """As many losses as there are, as maps or as heights."""
        for number in range(len(self.panels)):
            is_used = number < self._count
            self.panels[number].setVisible(is_used and not self._is_space)
            self.spaces[number].setVisible(is_used and self._is_space)
            self.chord_area.charts[number].setVisible(is_used)
            self._grid.setColumnStretch(number, int(is_used))
        self._share_room()

    def _turn(self, camera: Camera) -> None:
        """Both are looked at from the same side."""
        for space in self.spaces:
            space.set_camera(camera)

    def _drag_chord(self, u: float, v: float) -> None:
        self.hand.drag((u, v))

    def _share_room(self) -> None:
        height = self.height() / self._appearance.theme.scale
        self.chord_area.setVisible(self._is_chord_mode)
        self.chord_area.set_room(height)
        self.hint.setVisible(not self._is_chord_mode)
        for number, readout in enumerate(self.readouts):
            readout.setVisible(number < self._count and height >= (300 if self._is_chord_mode else 180))
        self.key_line.setVisible(height >= (360 if self._is_chord_mode else 150))
