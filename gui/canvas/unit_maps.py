"""A strip below the canvas: what each hidden unit of the selected model answers all over it, small."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.hidden.units import unit_maps
from engine.snapshots import RegionRequest
from engine.specs import HiddenActivation
from gui.frame import Frame
from gui.i18n import translate
from gui.icons import fold_chevron
from gui.interaction import Interaction
from gui.theme import Appearance, Theme
from gui.throttle import Throttle
from gui.widgets.controls import PanelToolButton

Floats32 = NDArray[np.float32]

INTERVAL_MS = 120
COLUMNS, ROWS = 40, 30
LEVELS = 256
POSITIVE_HUE, NEGATIVE_HUE = 1, 0
_STRONGEST = 0.85
_WIDEST_PX, _NARROWEST_PX = 56, 16
_GAP_PX, _HEAD_PX, _LABEL_PX = 4, 18, 16


class UnitMapStrip(QWidget):
    """A row of small maps for each hidden layer; not there for models without any. Its head folds it.

    A map's colours are the answer: orange above and blue below the middle (0 for tanh, 1/2 for sigmoid);
    ReLU has no below. The pointer's place on the canvas is marked in every map.
    """

    def __init__(
        self,
        interaction: Interaction,
        appearance: Appearance,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.installEventFilter(self)
        self._interaction = interaction
        self._appearance = appearance
        self._frame: Frame | None = None
        self._region: RegionRequest | None = None
        self._maps: tuple[Floats32, ...] = ()
        self._images: tuple[tuple[QImage, ...], ...] = ()
        self._is_folded = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.hide()
        self.fold_button = PanelToolButton(self)
        self.fold_button.setProperty("bare", True)
        self.fold_button.clicked.connect(lambda: self.set_folded(not self._is_folded))
        self._throttle = Throttle(self._compute, INTERVAL_MS, self)
        interaction.selected_model_changed.connect(self._throttle.request)
        interaction.pointer_changed.connect(self._on_pointer)
        appearance.changed.connect(self._on_appearance_changed)
        self.retranslate()

    @property
    def maps(self) -> tuple[Floats32, ...]:
        """Answers of the units of each layer, (units, ROWS, COLUMNS); empty while nothing is shown."""
        return self._maps

    @property
    def is_folded(self) -> bool:
        """Whether only the head shows."""
        return self._is_folded

    def show_frame(self, frame: Frame) -> None:
        """Take the newest model; the maps follow a few times a second."""
        before, self._frame = self._frame, frame
        model = frame.snapshot.spec.model
        if before is None or before.snapshot.spec.model != model:
            self._maps = self._images = ()
            self.setVisible(bool(model.hidden))
            self._fit()
        if model.hidden and not self._is_folded:
            self._throttle.request()

    def show_region(self, region: RegionRequest) -> None:
        """Map the part of the plane that the canvas shows."""
        self._region = region
        self._throttle.request()

    def set_folded(self, is_folded: bool) -> None:
        """Leave only the head, or show the maps again."""
        self._is_folded = is_folded
        self.retranslate()
        self._fit()
        self._throttle.request()

    def map_rect(self, layer: int, unit: int) -> QRectF:
        """Where a unit's map stands, in pixels."""
        theme, size = self._appearance.theme, self._map_size()
        gap = theme.px(_GAP_PX)
        left = theme.px(_LABEL_PX) + unit * (size.width() + gap)
        top = theme.px(_HEAD_PX) + gap + layer * (size.height() + gap)
        return QRectF(left, top, size.width(), size.height())

    def retranslate(self) -> None:
        """Set all texts in the language in use."""
        self.setAccessibleName(translate("UnitMaps", "Hidden units"))
        self.fold_button.setToolTip(
            translate("UnitMaps", "Show the maps of the hidden units")
            if self._is_folded
            else translate("UnitMaps", "Fold the maps of the hidden units")
        )
        self.fold_button.setAccessibleName(self.fold_button.toolTip())
        self._dress()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(200, self._needed_height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.position().y() <= self._appearance.theme.px(_HEAD_PX):
            self.set_folded(not self._is_folded)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        is_head = event.position().y() <= self._appearance.theme.px(_HEAD_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_head else Qt.CursorShape.ArrowCursor)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell a unit's numbers where there is one."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._words_at(QPointF(event.pos())), self)
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        theme = self._appearance.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_head(painter, theme)
            if not self._is_folded:
                for layer, images in enumerate(self._images):
                    self._paint_layer(painter, theme, layer, images)

    def _paint_head(self, painter: QPainter, theme: Theme) -> None:
        height = theme.px(_HEAD_PX)
        painter.setFont(theme.font(11, bold=True))
        painter.setPen(theme.quiet)
        title = translate("UnitMaps", "Hidden units").upper()
        box = QRectF(theme.px(_LABEL_PX), 0.0, self.width(), height)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        room = painter.fontMetrics().horizontalAdvance(title) + theme.px(12)
        painter.setFont(theme.font(11))
        text = painter.fontMetrics().elidedText(
            translate("UnitMaps", "what each answers over the canvas"),
            Qt.TextElideMode.ElideRight,
            max(int(box.width()) - room - theme.px(_LABEL_PX), 0),
        )
        box.setLeft(box.left() + room)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_layer(self, painter: QPainter, theme: Theme, layer: int, images: tuple[QImage, ...]) -> None:
        first = self.map_rect(layer, 0)
        painter.setFont(theme.font(11, tabular=True))
        painter.setPen(theme.quiet)
        label = QRectF(0.0, first.top(), first.left(), first.height())
        painter.drawText(label, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(layer + 1))
        place = self._pointer_share()
        for unit, image in enumerate(images):
            rect = self.map_rect(layer, unit)
            painter.drawImage(rect, image)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.line, 1.0))
            painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))
            if place is not None:
                at = QPointF(rect.left() + place[0] * rect.width(), rect.bottom() - place[1] * rect.height())
                painter.setPen(QPen(theme.plot, 1.0))
                painter.setBrush(theme.ink)
                painter.drawEllipse(at, 2.5 * theme.scale, 2.5 * theme.scale)

    def _pointer_share(self) -> tuple[float, float] | None:
        """Where the pointer is in the mapped region: 0 to 1 to the right and upwards; None outside."""
        pointer, region = self._interaction.pointer, self._region
        if pointer is None or region is None:
            return None
        across = (pointer[0] - region.height_min_cm) / (region.height_max_cm - region.height_min_cm)
        up = (pointer[1] - region.weight_min_kg) / (region.weight_max_kg - region.weight_min_kg)
        return (across, up) if 0.0 <= across <= 1.0 and 0.0 <= up <= 1.0 else None

    def _words_at(self, point: QPointF) -> str:
        for layer, images in enumerate(() if self._is_folded else self._images):
            for unit in range(len(images)):
                if self.map_rect(layer, unit).contains(point):
                    return translate(
                        "UnitMaps",
                        "Hidden layer {layer}, unit {unit}: orange where its answer is high, blue where low",
                        layer=layer + 1,
                        unit=unit + 1,
                    )
        return self.fold_button.toolTip()

    def _compute(self) -> None:
        """Evaluate every unit and colour its map."""
        if self._frame is None or self._region is None or self._is_folded:
            return
        snapshot = self._frame.snapshot
        if not snapshot.spec.model.hidden:
            return
        row = snapshot.parameters[min(self._interaction.selected_model, len(snapshot.parameters) - 1)]
        request = replace(self._region, columns=COLUMNS, rows=ROWS)
        self._maps = unit_maps(snapshot.spec.model, row, snapshot.scaler, request)
        self._color()

    def _color(self) -> None:
        model = None if self._frame is None else self._frame.snapshot.spec.model
        if model is not None:
            table = _color_table(self._appearance.theme)
            self._images = tuple(_pictures(units, model.activation, table) for units in self._maps)
            self.update()

    def _on_pointer(self) -> None:
        if self._images and not self._is_folded:
            self.update()

    def _dress(self) -> None:
        """Give the button its chevron: down over the maps, to the right where they are folded."""
        theme = self._appearance.theme
        side = theme.px(12)
        ratio = self.devicePixelRatioF()
        self.fold_button.setIcon(fold_chevron(theme.quiet, side, ratio, is_folded=self._is_folded))
        self.fold_button.setIconSize(QSize(side, side))
        self.fold_button.setGeometry(0, 0, theme.px(_LABEL_PX), theme.px(_HEAD_PX))

    def _on_appearance_changed(self) -> None:
        self._dress()
        self._fit()
        self._color()

    def _map_size(self) -> QSize:
        """As large as fits the layer with the most units, in the proportions of the grid."""
        theme = self._appearance.theme
        gap, room = theme.px(_GAP_PX), self.width() - theme.px(_LABEL_PX)
        width = min(room // max(self._hidden(), default=1) - gap, theme.px(_WIDEST_PX))
        width = max(width, theme.px(_NARROWEST_PX))
        return QSize(width, round(width * ROWS / COLUMNS))

    def _hidden(self) -> tuple[int, ...]:
        return () if self._frame is None else self._frame.snapshot.spec.model.hidden

    def _needed_height(self) -> int:
        theme = self._appearance.theme
        if self._is_folded:
            return theme.px(_HEAD_PX)
        gap = theme.px(_GAP_PX)
        return theme.px(_HEAD_PX) + gap + len(self._hidden()) * (self._map_size().height() + gap)

    def _fit(self) -> None:
        if self.height() != self._needed_height():
            self.setFixedHeight(self._needed_height())
        self.update()


def _color_table(theme: Theme) -> NDArray[np.uint32]:
    """Colours of answers from the lowest to the highest, the plot's own ground in the middle."""
    ends = (theme.class_fill(NEGATIVE_HUE), theme.class_fill(POSITIVE_HUE))
    place = np.linspace(-1.0, 1.0, LEVELS)
    ground, low, high = (_rgb(color) for color in (theme.plot, *ends))
    end = np.where(place[:, None] < 0.0, low, high)
    rgb = np.rint(ground + _STRONGEST * np.abs(place)[:, None] * (end - ground)).astype(np.uint32)
    return (0xFF000000 | rgb[:, 0] << 16 | rgb[:, 1] << 8 | rgb[:, 2]).astype(np.uint32)


def _rgb(color: QColor) -> NDArray[np.float64]:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)


def _pictures(units: Floats32, activation: HiddenActivation, table: NDArray[np.uint32]) -> tuple[QImage, ...]:
    """One image a unit, the highest weight on top."""
    if activation == "tanh":
        share = 0.5 * (units + 1.0)
    elif activation == "sigmoid":
        share = units
    else:
        share = 0.5 + 0.5 * units / max(float(units.max(initial=0.0)), 1e-12)
    level = np.clip(np.nan_to_num(share) * (LEVELS - 1), 0, LEVELS - 1).astype(np.intp)
    pixels = np.ascontiguousarray(table[level[:, ::-1]])
    rows, columns = pixels.shape[1:]
    return tuple(
        QImage(one.tobytes(), columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy() for one in pixels
    )
