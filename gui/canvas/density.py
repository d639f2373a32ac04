"""The layer of a crowd: more samples than dots can show, drawn as their density, one colour a class."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from engine.samples import Samples
from gui.background import Background
from gui.canvas.context import CanvasContext
from gui.canvas.density_picture import DensityLook, DensityPicture, density_pictures
from gui.canvas.markers import DOTS_ABOVE, MarkerLayer, paint_marker
from gui.i18n import translate

MOST_MARKED = 2_000
"""Of selected samples, each of which is drawn by itself."""
_KIND = "density"
_NOTE_ALPHA = 0.8


class DensityLayer(QObject):
    """Draws the density of more than `DOTS_ABOVE` samples; selected and hovered ones each on top of it.

    Counting takes a part of a second for a million: it is done in the background while the picture at hand
    stands in. An edit of a few samples is shown at once: only the cells that it touched are counted anew.
    """

    changed = Signal()

    def __init__(self, context: CanvasContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._shown: DensityPicture | None = None
        self._is_counting = False
        self._marked = MarkerLayer()
        self._marked_of: tuple[Samples, frozenset[int]] | None = None
        self._marked_samples = Samples()
        self._background = Background(self)
        self._background.arrived.connect(self._on_arrived)
        self._background.finished.connect(self._on_finished)

    @property
    def is_needed(self) -> bool:
        """Whether there are more samples than dots can show."""
        return len(self._context.state.samples) > DOTS_ABOVE

    @property
    def shown(self) -> DensityPicture | None:
        """What is on the canvas now."""
        return self._shown

    def wait_until_idle(self) -> bool:
        """Block until nothing is counted; the picture arrives with the event loop."""
        return self._background.wait_until_idle()

    def close_jobs(self) -> None:
        """End the background thread for good."""
        self._background.close()

    def forget(self) -> None:
        """Show nothing until it was counted: these are other people."""
        self._background.cancel(_KIND)
        self._shown, self._is_counting = None, False

    def paint(self, painter: QPainter, pixel_ratio: float) -> None:
        """Draw the density as far as it is known, and see to it that it will be."""
        state, viewport = self._context.state, self._context.viewport
        look = DensityLook(viewport, state.classes, self._context.theme, pixel_ratio)
        picture = self._shown
        is_mended = picture is not None and picture.mend(state.samples)
        if picture is None or not is_mended or picture.look != look:
            self._ask(state.samples, look)
        if picture is not None:
            self._paint_picture(painter, picture)
        self._paint_marked(painter, pixel_ratio)

    def paint_now(self, painter: QPainter) -> None:
        """Draw the density, counted here and now: an export waits for it."""
        state = self._context.state
        look = DensityLook(self._context.viewport, state.classes, self._context.theme, 1.0)
        picture = list(density_pictures(state.samples, look, False, lambda: False))[-1]
        self._paint_picture(painter, picture)
        self._paint_marked(painter, 1.0)

    def paint_hovered(self, painter: QPainter) -> None:
        """Draw the hovered sample itself, which the density shows among others."""
        context = self._context
        hovered = context.interaction.hovered_id
        rows = context.state.samples.select([] if hovered is None else [hovered])
        if not len(rows):
            return
        place = context.viewport.point(float(rows.height_cm[0]), float(rows.weight_kg[0]))
        index = int(rows.class_index[0])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.translate(place)
        known = index if index < len(context.state.classes) else -1
        paint_marker(painter, context.look(1.0), known, held_out=bool(rows.held_out[0]))
        painter.restore()

    def paint_note(self, painter: QPainter) -> None:
        """Say in a corner of the plot that this is no crowd of dots."""
        theme, box, gap = self._context.theme, self.note_box(), self._context.theme.px(4)
        ground = QColor(theme.plot)
        ground.setAlphaF(_NOTE_ALPHA)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, gap, gap)
        painter.setFont(self._note_font())
        painter.setPen(theme.quiet)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.note())

    def note_box(self) -> QRectF:
        """Where the note stands, in pixels."""
        gap = self._context.theme.px(4)
        size = QFontMetricsF(self._note_font()).size(Qt.TextFlag.TextSingleLine, self.note())
        box = QRectF(0.0, 0.0, size.width() + 2 * gap, size.height() + gap)
        box.moveBottomRight(self._context.viewport.rect.bottomRight() - QPointF(gap, gap))
        return box

    def note(self) -> str:
        """How many samples are shown, and how."""
        count = f"{len(self._context.state.samples):,}"
        selected = len(self._context.interaction.selected_ids)
        if selected <= MOST_MARKED:
            return translate("Canvas", "{count} samples, shown as density", count=count)
        return translate(
            "Canvas",
            "{count} samples, shown as density; {marked} of {selected} selected ones marked",
            count=count,
            marked=f"{MOST_MARKED:,}",
            selected=f"{selected:,}",
        )

    def _note_font(self) -> QFont:
        return self._context.theme.font(11, tabular=True)

    def _paint_picture(self, painter: QPainter, picture: DensityPicture) -> None:
        viewport = self._context.viewport
        target = picture.target(viewport)
        is_smooth = picture.is_coarse or picture.look.viewport != viewport
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_smooth)
        if is_smooth:
            painter.drawImage(target, picture.image())
        else:
            image, ratio = picture.image(), picture.look.pixel_ratio
            image.setDevicePixelRatio(ratio)
            painter.drawImage(
                QPointF(round(target.x() * ratio) / ratio, round(target.y() * ratio) / ratio), image
            )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _paint_marked(self, painter: QPainter, pixel_ratio: float) -> None:
        context = self._context
        samples, selected = context.state.samples, context.interaction.selected_ids
        if not selected:
            self._marked_of = None
            return
        if self._marked_of is None or self._marked_of[0] is not samples or self._marked_of[1] != selected:
            self._marked_of = samples, selected
            rows = samples.select(list(islice(selected, MOST_MARKED)))
            self._marked_samples = Samples((rows,) if len(rows) else (), samples.next_id)
        look = context.look(pixel_ratio)
        picture = self._marked.picture(self._marked_samples, selected, context.viewport, look)
        painter.drawPixmap(context.viewport.rect.topLeft(), picture)

    def _ask(self, samples: Samples, look: DensityLook) -> None:
        """Count in the background, unless that is under way: it is quick, and the next paint asks again."""
        if self._is_counting:
            return
        self._is_counting = True
        is_rough = self._shown is None or not self._shown.covers(look.viewport)
        self._background.stream(_KIND, density_pictures, samples, look, is_rough)

    def _on_arrived(self, kind: str, picture: DensityPicture) -> None:
        del kind
        if not picture.is_coarse:
            self._is_counting = False
        elif self._is_outdated(picture):
            # The view has moved on: what is counted finely now would be thrown away.
            self._background.cancel(_KIND)
            self._is_counting = False
        self._shown = picture
        self.changed.emit()

    def _is_outdated(self, picture: DensityPicture) -> bool:
        return picture.look.viewport != self._context.viewport

    def _on_finished(self, kind: str, value: object) -> None:
        del kind, value
        self._is_counting = False
