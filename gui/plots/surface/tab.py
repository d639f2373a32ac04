"""The surface tab: p over height and weight as the step's cliff, the sigmoid's hill, the logit's plane."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.document.state import ClassInfo
from engine.snapshots import Snapshot
from engine.specs import ModelSpec
from gui.document import Change
from gui.frame import Frame
from gui.i18n import translate
from gui.model_names import trained_on
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.scene3d.colors import Brushes
from gui.plots.scene3d.view import SpaceView
from gui.plots.surface import words as words
from gui.plots.surface.content import ShownSamples, SurfacePicture, surface_brushes
from gui.plots.surface.controls import (
    MOST_STEEP,
    MOST_STEEP_ON_GRID,
    Mode,
    SurfaceHead,
    SurfaceSliders,
    TitledBox,
)
from gui.plots.surface.model import STEP, SurfaceModel, has_one_logit
from gui.theme import Theme
from gui.throttle import TEXT_INTERVAL_MS, Throttle

FRAME_MS = 30
"""Least time between two drawings of both boxes by hand; turning a box is not held up."""
_LAST_MS = 50
"""So long after the last frame the box is drawn whose turn did not come."""

_MODEL_SETTINGS = frozenset({"model", "hidden", "loss_mode"})
_BOTH_FIT_PX = 420
_FORMULAS_FIT_PX = 290
_BESIDE_FITS_PX, _FOOT_PX = 350, 150
_ANY_WIDTH = 16_777_215  # QWIDGETSIZE_MAX, which PySide does not name
_BrushKey = tuple[Theme, tuple[ClassInfo, ...], int]


class SurfaceTab(LabTab):
    """Two boxes side by side over one steepness, or one box between the logit's plane and the hill."""

    key = "surface"

    def __init__(self, context: LabContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._mode: Mode = "steep"
        self._steepness = 1.0
        self._share = 1.0
        self._class_index = -1
        self._shown = ShownSamples()
        self._brushes: tuple[_BrushKey, Brushes] | None = None
        self.head = SurfaceHead(context.appearance, self)
        self.step_box = TitledBox(context.appearance, self)
        self.hill_box = TitledBox(context.appearance, self)
        self.sliders = SurfaceSliders(context.appearance, self)
        self.readout = QLabel(self)
        self.readout.setWordWrap(True)
        self._foot = QWidget(self)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._lay_out()
        self._redraw = Throttle(self._draw_now, FRAME_MS, self)
        self._stale: list[SpaceView] = []
        self._last_turn = QTimer(self)
        self._last_turn.setSingleShot(True)
        self._last_turn.timeout.connect(self._draw_turn)
        self._text = Throttle(self._show_text, TEXT_INTERVAL_MS, self)
        self._connect()
        self.sliders.show_values(self._steepness, self._share)
        self.retranslate()

    @property
    def mode(self) -> Mode:
        """What is shown: the two activations ("steep"), or the change from plane to hill ("morph")."""
        return self._mode if self._is_binary and has_one_logit(self._model) else "steep"

    @property
    def steepness(self) -> float:
        """The steepness k of the hill; `STEP` at its end."""
        return self._steepness

    @property
    def share(self) -> float:
        """How far the plane (0) has become the hill (1)."""
        return self._share

    def explanation(self) -> str:
        model = self._model
        return words.explanation(is_binary=has_one_logit(model), is_linear=self._is_linear, kind=model.kind)

    def draw(self, frame: Frame) -> None:
        """Two boxes take turns, so that no frame has to paint both."""
        del frame  # the newest one is kept
        self._stale += [view for view in self._shown_views() if view not in self._stale]
        self._draw_turn()

    def set_active(self, is_active: bool) -> None:
        super().set_active(is_active)
        if is_active:
            self._refresh()

    def forget(self) -> None:
        self._shown = ShownSamples()

    def set_mode(self, mode: Mode) -> None:
        """Show the two activations, or the change from plane to hill."""
        self._mode = mode
        self._refresh()

    def set_steepness(self, steepness: float) -> None:
        """Show sigmoid(k z) at another steepness k."""
        self._steepness = steepness
        self.sliders.show_values(steepness, self._share)
        self._name_boxes()
        self._redraw.request()

    def set_share(self, share: float) -> None:
        """Show another stage between the plane (0) and the hill (1)."""
        self._share = share
        self.sliders.show_values(self._steepness, share)
        self._redraw.request()

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.head.retranslate()
        self.sliders.retranslate()
        for box in (self.step_box, self.hill_box):
            box.view.setToolTip(
                translate(
                    "Surface",
                    "Each sample stands at its label, 0 or 1; its stem is the error |y - p|. "
                    "Drag to turn, wheel to zoom, double click to reset.",
                )
            )
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    @property
    def _is_binary(self) -> bool:
        return len(self.context.document.state.classes) == 2

    @property
    def _model(self) -> ModelSpec:
        """The selected model as the document asks for it."""
        spec, row = self.context.document.state.training_spec(), self.context.interaction.selected_model
        return spec.model_of(min(row, len(spec.losses) - 1))

    @property
    def _is_linear(self) -> bool:
        return not self.context.document.state.model.hidden

    @property
    def _most_steep(self) -> float:
        return MOST_STEEP if self._is_binary and self._is_linear else MOST_STEEP_ON_GRID

    def _lay_out(self) -> None:
        boxes = QHBoxLayout()
        boxes.setSpacing(8)
        boxes.addWidget(self.step_box, 1)
        boxes.addWidget(self.hill_box, 1)
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(4)
        foot.addWidget(self.sliders)
        foot.addWidget(self.readout)
        foot.addStretch(1)
        self._body.setSpacing(4)
        self._body.addLayout(boxes, 1)
        self._body.addWidget(self._foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.head)
        layout.addLayout(self._body, 1)

    def _connect(self) -> None:
        context = self.context
        self.head.mode_chosen.connect(self.set_mode)
        self.head.class_chosen.connect(self._on_class_chosen)
        self.sliders.steepness_picked.connect(self.set_steepness)
        self.sliders.share_picked.connect(self.set_share)
        context.interaction.hovered_id_changed.connect(self._redraw.request)
        context.interaction.selected_model_changed.connect(self._on_model_selected)
        context.document.changed.connect(self._on_document_changed)
        context.appearance.changed.connect(self._draw_now)
        for box, other in ((self.step_box, self.hill_box), (self.hill_box, self.step_box)):
            box.view.camera_changed.connect(other.view.set_camera)
            box.view.point_hovered.connect(context.interaction.set_hovered_id)

    def _refresh(self) -> None:
        """Show classes, names and what belongs to the mode, then draw."""
        classes = self.context.document.state.classes
        if not 0 <= self._class_index < len(classes):
            self._class_index = len(classes) - 1
        self.head.set_classes(classes, self._class_index, has_modes=has_one_logit(self._model))
        self.head.mode_switch.set_key(self.mode)
        self.head.set_linear(is_linear=self._is_linear)
        self.sliders.set_linear(is_linear=self._is_linear)
        if self._steepness != STEP:
            self._steepness = min(self._steepness, self._most_steep)
        self._name_boxes()
        self._arrange()
        self.sliders.show_values(self._steepness, self._share)
        self._draw_now()

    def _name_boxes(self) -> None:
        is_binary, kind = has_one_logit(self._model), self._model.kind
        step = words.step_formula(is_binary=is_binary, kind=kind)
        self.step_box.set_title(words.step_name(is_binary=is_binary, kind=kind), step)
        self.hill_box.set_title(
            words.smooth_name(self._steepness, is_binary=is_binary, kind=kind),
            words.smooth_formula(self._steepness, is_binary=is_binary, kind=kind),
        )
        height = max(box.title_height for box in (self.step_box, self.hill_box))
        for box in (self.step_box, self.hill_box):
            box.set_title_height(height)

    def _arrange(self) -> None:
        """Show what belongs to the mode, and one box alone where there is no room for two."""
        is_steep, px = self.mode == "steep", self.context.appearance.theme.px
        is_short = self.height() < px(_FORMULAS_FIT_PX)
        has_readout = is_steep and self._is_binary and self._is_linear and has_one_logit(self._model)
        is_beside = has_readout and is_short and self.width() >= px(_BESIDE_FITS_PX)
        room = self.width() - (px(_FOOT_PX) if is_beside else 0)
        were_both = self.step_box.isVisibleTo(self)
        self.step_box.setVisible(is_steep and room >= px(_BOTH_FIT_PX))
        for box in (self.step_box, self.hill_box):
            box.set_title_visible(is_steep and not is_short)
        self.sliders.set_mode(self.mode, self._most_steep)
        self.readout.setVisible(has_readout)
        self._put_foot(beside=is_beside)
        if self.step_box.isVisibleTo(self) and not were_both:
            self._draw_now()

    def _put_foot(self, *, beside: bool) -> None:
        """Put slider and readout below the boxes or, where height is scarce, beside them."""
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        width = self.context.appearance.theme.px(_FOOT_PX) if beside else _ANY_WIDTH
        self._foot.setMaximumWidth(width)

    def _shown_views(self) -> list[SpaceView]:
        boxes = (self.hill_box, self.step_box)
        return [box.view for box in boxes if box.isVisibleTo(self)]

    def _draw_turn(self) -> None:
        """Draw the box that has waited longest, and see to it that the other's turn comes."""
        if self._stale:
            self._draw_views([self._stale.pop(0)])
        if self._stale:
            self._last_turn.start(_LAST_MS)

    def _draw_now(self) -> None:
        self._stale.clear()
        self._draw_views(self._shown_views())

    def _draw_views(self, views: list[SpaceView]) -> None:
        if self.frame is None or not self.is_active:
            return
        picture = self._picture_of(self.frame.snapshot)
        for view in views:
            if picture is None:
                view.set_content(None)
            elif self.mode == "morph":
                view.set_content(picture.morph(self._share))
            else:
                view.set_content(picture.steep(STEP if view is self.step_box.view else self._steepness))
        for box in (self.step_box, self.hill_box):
            box.view.set_highlight(self.context.interaction.hovered_id)
        self._text.request()

    def _picture_of(self, snapshot: Snapshot) -> SurfacePicture | None:
        """All that is shown of a snapshot; None while it and the document differ in classes or model."""
        state = self.context.document.state
        model = self._model_of(snapshot)
        if model.model.n_classes != len(state.classes) or not model.is_finite:
            return None
        if model.is_binary != has_one_logit(self._model):  # the boxes' mode is that of the document's model
            return None
        theme, hovered = self.context.appearance.theme, self.context.interaction.hovered_id
        key = (theme, state.classes, model.class_index)
        if self._brushes is None or self._brushes[0] != key:
            self._brushes = (key, surface_brushes(theme, state.classes, model.class_index))
        return SurfacePicture(
            model=model,
            samples=self._shown.rows(state.samples, hovered),
            classes=state.classes,
            threshold=0.5 if model.model.kind == "sigmoids" else state.settings.threshold,
            theme=theme,
            brushes=self._brushes[1],
            hovered_id=hovered,
        )

    def _model_of(self, snapshot: Snapshot) -> SurfaceModel:
        heights, weights = self._shown.ranges(self.context.document.state.samples)
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        return SurfaceModel.of(snapshot, row, heights, weights, self._class_index)

    def _show_text(self) -> None:
        if self.frame is None or not self.is_active:
            return
        snapshot = self.frame.snapshot
        row = min(self.context.interaction.selected_model, len(snapshot.parameters) - 1)
        self.head.set_owner(trained_on(snapshot.spec, row), snapshot.spec.losses[row])
        model = self._model_of(snapshot)
        if self._is_binary and model.row is not None and model.is_finite:
            sentence = words.crossing_sentence(model, self._steepness, self._hovered_height_cm())
            self.readout.setText(sentence)

    def _hovered_height_cm(self) -> float | None:
        hovered = self.context.interaction.hovered_id
        if hovered is None:
            return None
        rows = self.context.document.state.samples.select([hovered])
        return float(rows.height_cm[0]) if len(rows) else None

    def _on_model_selected(self) -> None:
        """Another one may have another output layer."""
        if self.context.document.state.kinds:
            self._refresh()
            self.explanation_changed.emit()
        else:
            self._draw_now()

    def _on_class_chosen(self, index: int) -> None:
        self._class_index = index
        self._draw_now()

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced or change.settings & _MODEL_SETTINGS:
            self._refresh()
            self.explanation_changed.emit()
        elif change.samples or "threshold" in change.settings:
            self._redraw.request()
