"""The canvas widget: turns mouse, wheel and keys into intents and paints what comes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from engine.optimum.optimum import Optimum
from engine.scaling import Standardizer
from engine.snapshots import RegionRequest
from gui.canvas.axes import AxisTitles
from gui.canvas.boundaries import original_rows
from gui.canvas.context import CanvasContext
from gui.canvas.context_menu import CanvasMenu, canvas_menu
from gui.canvas.gesture_holder import GestureHolder
from gui.canvas.gestures import Pan
from gui.canvas.guess_card import GuessCard
from gui.canvas.keyboard import Keyboard
from gui.canvas.layers import GUESS_TAG, MODEL_TAG, Layers, tool_area
from gui.canvas.probability_map import region_request
from gui.canvas.tools import Hit, Tools
from gui.canvas.viewport import Viewport
from gui.document import Change, Document
from gui.frame import Frame
from gui.i18n import translate
from gui.interaction import Interaction, Tool
from gui.run_words import line_obstacle
from gui.theme import Appearance

_WHEEL_ZOOM = 1.2
_WHEEL_NOTCH = 120.0


class CanvasView(QWidget):
    """People in cm and kg, what the models make of them, and the tools that change them.

    It changes nothing itself: an act becomes an intent of the document or the interaction, and what
    follows from it comes back through their signals.
    """

    regions_requested = Signal(RegionRequest)
    edit_sample_requested = Signal(int)
    train_from_guess_requested = Signal()

    def __init__(
        self,
        document: Document,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.installEventFilter(self)
        self._context = CanvasContext(document, interaction, appearance)
        self._layers = Layers(self._context)
        self._tools = Tools(self._context, self._layers.guess)
        self._gestures = GestureHolder(self)
        self._keyboard = Keyboard(self._context, self.zoom, self.edit_sample_requested.emit)
        self._mouse: QPointF | None = None
        self._menu: CanvasMenu | None = None
        self._card = GuessCard(self)
        self._card.train_requested.connect(self.train_from_guess_requested)
        self._card.remove_requested.connect(self._remove_guess)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._connect()
        self._on_appearance_changed()
        self.retranslate()
        self.fit()

    @property
    def viewport(self) -> Viewport:
        """What is shown, and where."""
        return self._context.viewport

    @property
    def layers(self) -> Layers:
        """What the canvas is painted from."""
        return self._layers

    @property
    def context(self) -> CanvasContext:
        """What the parts of the canvas share."""
        return self._context

    @property
    def menu(self) -> CanvasMenu | None:
        """The open menu of the right button, or None."""
        return self._menu

    def sizeHint(self) -> QSize:
        return QSize(640, 640)

    def minimumSizeHint(self) -> QSize:
        return QSize(260, min(self._context.theme.px(220), 300))  # a projector has no more for large text

    def show_frame(self, frame: Frame) -> None:
        """Show the models of a frame; samples, axes and view stay as they are."""
        self._layers.set_snapshot(frame.snapshot)
        if self._menu is not None:
            self._menu.show_snapshot(frame.snapshot)
        self._update_plot()

    def show_optimum(self, optimum: Optimum | None, scaler: Standardizer | None = None) -> None:
        """Show the exact optimum's boundary as a ghost, or none.

        Parameters
        ----------
        optimum : Optimum or None
            Of the document's model.
        scaler : Standardizer, optional
            Of the data that it was found on; that of the document's samples unless given.
        """
        rows = None
        if optimum is not None and optimum.parameters is not None:
            if scaler is None:
                _, mean, std = self._context.state.samples.moments
                scaler = Standardizer.from_moments(mean, std)
            rows = original_rows(self._context.state.model, optimum.parameters, scaler)
        self._layers.set_optimum(rows)
        self._update_plot()

    def close_jobs(self) -> None:
        """End background work for good, before the window closes."""
        self._layers.close_jobs()

    def fit(self) -> None:
        """Show all samples, from round number to round number."""
        self._set_viewport(self.viewport.fitted(self._context.state.samples))

    def zoom(self, factor: float) -> None:
        """Magnify around the middle of the plot."""
        center = self.viewport.rect.center()
        self._set_viewport(self.viewport.zoomed(factor, center.x(), center.y()))

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        self.setAccessibleName(translate("Canvas", "Canvas of heights and weights"))
        titles = AxisTitles(translate("Canvas", "height (cm)"), translate("Canvas", "weight (kg)"))
        self._layers.set_titles(titles)
        self._relayout()

    def _connect(self) -> None:
        interaction = self._context.interaction
        self._context.document.changed.connect(self._on_document_changed)
        self._context.appearance.changed.connect(self._on_appearance_changed)
        interaction.selected_ids_changed.connect(self._update_plot)
        interaction.hovered_id_changed.connect(self._update_plot)
        interaction.current_class_changed.connect(self._update_plot)
        interaction.pulls_shown_changed.connect(self._update_plot)
        interaction.bmi_rule_changed.connect(self._update_plot)
        interaction.selected_model_changed.connect(self._on_selected_model_changed)
        self._layers.fan.changed.connect(self._update_plot)
        self._layers.density.changed.connect(self._update_plot)
        for show in (self._update_card, self._update_plot):
            self._layers.guess.scorer.changed.connect(show)
        interaction.tool_changed.connect(self._on_tool_changed)

    def _on_document_changed(self, change: Change) -> None:
        if change.classes or change.replaced:
            self._layers.recolor()
        if change.replaced:
            self._layers.guess.forget()
            self._layers.density.forget()
            self.fit()
        elif "threshold" in change.settings and self._context.state.model.hidden:
            self._request_regions()
        self._layers.forget_boundaries()
        self._update_card()
        self._refresh_hover()
        self._update_plot()

    def _on_appearance_changed(self) -> None:
        self._layers.restyle()
        self._card.set_theme(self._context.theme)
        self.updateGeometry()
        self._relayout()

    def _on_selected_model_changed(self) -> None:
        self._request_regions()
        self._update_plot()

    def _on_tool_changed(self, tool: Tool) -> None:
        state = self._context.state
        if tool == "line" and state.guess is None and len(state.classes) == 2:
            line = self._layers.guess.new_line()
            self._context.document.set_guess(line.to_guess(self.viewport))
        self._refresh_hover()
        self._update_card()
        self._update_plot()

    def _remove_guess(self) -> None:
        self._context.document.set_guess(None)
        self._context.interaction.set_tool("add")

    def _set_viewport(self, viewport: Viewport) -> None:
        self._context.viewport = viewport
        self._relayout()

    def _relayout(self) -> None:
        self._layers.layout(QSizeF(self.size()))
        self._request_regions()
        self._update_card()
        self._refresh_hover()
        self.update()

    def _request_regions(self) -> None:
        if self.isVisible() and self.viewport.rect.width() > 1 and self.viewport.rect.height() > 1:
            selected = self._context.interaction.selected_model
            threshold = self._context.state.settings.threshold
            self.regions_requested.emit(region_request(self.viewport, selected, threshold))

    def _update_plot(self) -> None:
        self.update(self.viewport.rect.toAlignedRect())

    def _update_card(self) -> None:
        self._card.set_obstacle(line_obstacle(self._context.state.model))
        self._card.follow(self._layers.guess, self.viewport.rect, 14 * self._context.theme.scale)

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        self._mouse = point
        if self._gestures.active:
            return
        if event.button() == Qt.MouseButton.MiddleButton:
            self._gestures.start(Pan(point, self._pan), event.button())
        elif event.button() == Qt.MouseButton.LeftButton and self.viewport.rect.contains(point):
            self._press(self._layers.hit(point), point, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        hit = self._layers.hit(event.position())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._context.interaction.tool == "select" and hit.sample_id is not None:
            self.edit_sample_requested.emit(hit.sample_id)
        else:
            # Fast clicking adds a sample with every click.
            self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        before, self._mouse = self._mouse, event.position()
        if self._gestures.move(self._mouse):
            self._tell_pointer()
            self._update_plot()
        else:
            self._refresh_hover()
        if self._context.interaction.tool in ("brush", "erase"):
            for place in (before, self._mouse):
                if place is not None:
                    self.update(self._circle_area(place))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._gestures.finish(event.button()):
            self._after_gesture()

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._mouse = None
        self._context.interaction.set_pointer(None)
        self._context.interaction.set_hovered_id(None)
        self._update_plot()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._gestures.active:
            return
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        interaction = self._context.interaction
        sample_id = interaction.hovered_id if keyboard else self._layers.hit(QPointF(event.pos())).sample_id
        menu = canvas_menu(
            self._context, self, sample_id, self._layers.snapshot, self.edit_sample_requested.emit, self.fit
        )
        menu.destroyed.connect(self._forget_menu)
        self._menu = menu
        menu.popup(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / _WHEEL_NOTCH
        if not notches or self._gestures.active:
            return
        point, factor = event.position(), _WHEEL_ZOOM**notches
        tool = self._context.interaction.tool
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and tool in ("brush", "erase"):
            self._context.zoom_tool_radius(factor)
            self._update_plot()
            return
        self._zoom_at(factor, point)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_at(1.0 + event.value(), event.position())
                return True
        elif event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # While a drag lasts, Escape takes it back; otherwise the window's own shortcut comes first.
            if self._gestures.active and event.key() == Qt.Key.Key_Escape:
                event.accept()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._gestures.cancel():
            self._after_gesture()
        elif not self._keyboard.press(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self._update_card()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._relayout()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._request_regions()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._layers.paint(
                painter,
                event.region(),
                QSizeF(self.size()),
                self.devicePixelRatioF(),
                self._pointer_in_plot(),
                self._gestures.paint,
            )

    # Helpers

    def _press(self, hit: Hit, point: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        if hit.tag is not None:
            self._click_tag(hit.tag)
            return
        gesture = self._tools.begin(hit, point, modifiers)
        if gesture is not None:
            self._gestures.start(gesture, Qt.MouseButton.LeftButton)

    def _click_tag(self, tag: str) -> None:
        if tag.startswith(MODEL_TAG):
            self._context.interaction.set_selected_model(int(tag.removeprefix(MODEL_TAG)))
        elif tag == GUESS_TAG:
            self._context.interaction.set_tool("line")

    def _after_gesture(self) -> None:
        self._refresh_hover()
        self._update_plot()

    def _pan(self, dx: float, dy: float) -> None:
        self._set_viewport(self.viewport.panned(dx, dy))

    def _zoom_at(self, factor: float, point: QPointF) -> None:
        """Zoom at a pixel; beside the plot only the axis that lies there."""
        plot = self.viewport.rect
        height, weight = point.x() >= plot.left(), point.y() <= plot.bottom()
        self._set_viewport(self.viewport.zoomed(factor, point.x(), point.y(), height=height, weight=weight))

    def _forget_menu(self) -> None:
        self._menu = None

    def _pointer_in_plot(self) -> QPointF | None:
        inside = self._mouse is not None and self.viewport.rect.contains(self._mouse)
        return self._mouse if inside else None

    def _tell_pointer(self) -> None:
        point = self._pointer_in_plot()
        place = (
            None
            if point is None
            else (self.viewport.height_at(point.x()), self.viewport.weight_at(point.y()))
        )
        self._context.interaction.set_pointer(place)

    def _refresh_hover(self) -> None:
        """Tell what lies under the pointer now: it moved, or what is below it did."""
        if self._mouse is None or self._gestures.active:
            return
        self._tell_pointer()
        hit = self._layers.hit(self._mouse)
        self._context.interaction.set_hovered_id(hit.sample_id)
        inside = self._pointer_in_plot() is not None
        self.setCursor(self._tools.cursor(hit) if inside else Qt.CursorShape.ArrowCursor)

    def _circle_area(self, place: QPointF) -> QRect:
        return tool_area(place, self._context.scaled_tool_radius)
