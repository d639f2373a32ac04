"""Icons: stroke drawings from assets/icons in any colour, crisp on a screen of any density."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap, QTransform
from PySide6.QtSvg import QSvgRenderer

ICON_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "icons"
DISABLED_OPACITY = 0.4


@cache
def _drawing(name: str) -> bytes:
    return (ICON_FOLDER / f"{name}.svg").read_bytes()


def icon_pixmap(name: str, color: QColor, size_px: int, pixel_ratio: float = 1.0) -> QPixmap:
    """Draw one icon.

    Parameters
    ----------
    name : str
        File in assets/icons, without its ending.
    color : QColor
        Colour of every stroke and fill, its opacity included.
    size_px : int
        Width and height in device-independent pixels.
    pixel_ratio : float
        Device pixels for each of those.

    Raises
    ------
    FileNotFoundError
        If there is no such icon.
    """
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", color.name().encode())))
    device_size = round(size_px * pixel_ratio)
    pixmap = QPixmap(QSize(device_size, device_size))
    pixmap.fill(Qt.GlobalColor.transparent)
    area = QRectF(0.0, 0.0, device_size, device_size)
    with QPainter(pixmap) as painter:
        renderer.render(painter, area)
        # The opacity comes last, so that a stroke over its own fill is no darker than either.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.fillRect(area, QColor(0, 0, 0, color.alpha()))
    pixmap.setDevicePixelRatio(pixel_ratio)
    return pixmap


@cache
def _icon(name: str, rgba: int, size_px: int, pixel_ratios: tuple[float, ...]) -> QIcon:
    color = QColor.fromRgba(rgba)
    icon = QIcon()
    for ratio in pixel_ratios:
        strong = icon_pixmap(name, color, size_px, ratio)
        icon.addPixmap(strong, QIcon.Mode.Normal)
        icon.addPixmap(_paler(strong), QIcon.Mode.Disabled)
    return icon


def _paler(pixmap: QPixmap) -> QPixmap:
    pale = QPixmap(pixmap.size())
    pale.setDevicePixelRatio(pixmap.devicePixelRatio())
    pale.fill(Qt.GlobalColor.transparent)
    with QPainter(pale) as painter:
        painter.setOpacity(DISABLED_OPACITY)
        painter.drawPixmap(0, 0, pixmap)
    return pale


def _pixel_ratios() -> tuple[float, ...]:
    """Those of the screens at hand, and 2 for one that is plugged in later."""
    return tuple(sorted({2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}))


def fold_chevron(color: QColor, side_px: int, pixel_ratio: float, *, is_folded: bool) -> QIcon:
    """The chevron of a button that folds: down over what it would fold, to the right where that is folded."""
    arrow = icon("chevron-down", color, side_px)
    if not is_folded:
        return arrow
    return QIcon(arrow.pixmap(QSize(side_px, side_px), pixel_ratio).transformed(QTransform().rotate(-90.0)))


def icon(name: str, color: QColor, size_px: int = 20) -> QIcon:
    """Return the icon `name` in one colour, with a paler picture for disabled buttons.

    Raises
    ------
    FileNotFoundError
        If there is no such icon.
    """
    return _icon(name, color.rgba(), size_px, _pixel_ratios())
