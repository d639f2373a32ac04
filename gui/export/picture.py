"""A view as a picture: recorded once as lines and text, then written as PNG, SVG or PDF at any size."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPoint, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter, QPicture, QRegion
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from gui.export.pdf_context import with_nameless_named
from gui.export.pdf_text import with_plain_characters
from gui.export.svg_text import texts_of, with_text_as_shapes
from gui.throttle import run_waiting

PICTURE_SUFFIXES = (".png", ".svg", ".pdf")
SCALES = (1, 2, 3, 4)
"""How many pixels of a PNG stand for one on the screen, across and down."""

DOTS_PER_INCH = 96
"""What a screen's pixel is on paper: an SVG or PDF is as large as the view at 100 %."""
_POINTS_PER_INCH = 72
_METRE_INCHES = 39.3701
_MOST_PIXELS = 200_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """What a view painted, and how large the view is in pixels at 100 %."""

    picture: QPicture
    size: QSize


def record(view: QWidget, ground: QColor) -> Recording:
    """Have a view paint itself and all in it, on a ground of this colour, into a recording.

    Its texts are those of what it shows now: films paint faster than texts change on the screen.
    """
    run_waiting(view)
    picture = QPicture()
    with QPainter(picture) as painter:
        painter.fillRect(QRect(QPoint(), view.size()), ground)
        view.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return Recording(picture, view.size())


def picture_bytes(recording: Recording, suffix: str, scale: int = 1) -> bytes:
    """The recording as the bytes of a file.

    Parameters
    ----------
    suffix : {".png", ".svg", ".pdf"}
        SVG and PDF hold lines and text; the map of probabilities alone is made of pixels.
    scale : int
        Of a PNG: 1 to 4.

    Raises
    ------
    FallLineError
        If a PNG would be too large to be made.
    ValueError
        If it is no format of pictures.
    """
    if suffix == ".png":
        return png_bytes(image_of(recording, scale))
    if suffix == ".svg":
        return _svg_bytes(recording)
    if suffix == ".pdf":
        return _pdf_bytes(recording)
    raise ValueError(f"{suffix} is no format of pictures")


def image_of(recording: Recording, scale: float = 1) -> QImage:
    """The recording as an image, `scale` times as large as the view; raises as `picture_bytes` does."""
    size = recording.size * scale
    image = QImage()
    if size.width() * size.height() <= _MOST_PIXELS:
        image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "A picture of {width} x {height} pixels is too large to be made."),
            width=size.width(),
            height=size.height(),
        )
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(scale, scale)
        painter.drawPicture(0, 0, recording.picture)
    per_metre = round(scale * DOTS_PER_INCH * _METRE_INCHES)  # last: it would change how text is laid out
    image.setDotsPerMeterX(per_metre)
    image.setDotsPerMeterY(per_metre)
    return image


def png_bytes(image: QImage) -> bytes:
    """An image as the bytes of a PNG file."""
    buffer = _opened()
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())


def _svg_bytes(recording: Recording) -> bytes:
    return with_text_as_shapes(_svg_of(recording)).encode()


def _svg_of(recording: Recording) -> str:
    """The recording as Qt writes it, with its text as text."""
    buffer = _opened()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the older version knows no clipping
    generator.setOutputDevice(buffer)
    generator.setResolution(DOTS_PER_INCH)
    generator.setSize(recording.size)
    generator.setViewBox(QRect(QPoint(), recording.size))
    generator.setTitle("Fall Line")
    _play(recording, generator)
    return bytes(buffer.data().data()).decode()


def _pdf_bytes(recording: Recording) -> bytes:
    buffer = _opened()
    writer = QPdfWriter(buffer)
    writer.setCreator("Fall Line")
    writer.setTitle("Fall Line")
    writer.setResolution(DOTS_PER_INCH)
    points = QSizeF(recording.size) * (_POINTS_PER_INCH / DOTS_PER_INCH)
    size = QPageSize(points, QPageSize.Unit.Point)  # A4 where it is that to within a hair
    if size.id() != QPageSize.PageSizeId.A4:
        size = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF())
    _play(recording, writer)
    del writer  # it writes the end of the file when it goes
    pdf = with_plain_characters(bytes(buffer.data().data()))
    return with_nameless_named(pdf, lambda: texts_of(_svg_of(recording)))


def _play(recording: Recording, device: QSvgGenerator | QPdfWriter) -> None:
    with QPainter(device) as painter:
        painter.drawPicture(0, 0, recording.picture)


def _opened() -> QBuffer:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return buffer
