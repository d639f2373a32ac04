from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from gui.icons import ICON_FOLDER, icon, icon_pixmap

NAMES = sorted(path.stem for path in ICON_FOLDER.glob("*.svg") if "currentColor" in path.read_text("utf-8"))
RED = QColor("#FF0000")


def drawn(image: QImage) -> list[QColor]:
    points = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return [color for color in (image.pixelColor(x, y) for x, y in points) if color.alpha() > 0]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_draws_in_the_asked_colour_alone(qapp: object, name: str) -> None:
    colors = drawn(icon_pixmap(name, RED, 24).toImage())
    assert len(colors) > 20
    assert all(color.green() == 0 and color.blue() == 0 for color in colors)
    assert max(color.alpha() for color in colors) > 200


def test_an_icon_is_crisp_at_twice_the_density(qapp: object) -> None:
    pixmap = icon_pixmap("play", RED, 20, 2.0)
    assert pixmap.size() == QSize(40, 40)
    assert pixmap.deviceIndependentSize().toSize() == QSize(20, 20)
    assert icon("play", RED, 20).pixmap(QSize(20, 20), 2.0).size() == QSize(40, 40)


def test_a_disabled_icon_is_paler(qapp: object) -> None:
    modes = (QIcon.Mode.Normal, QIcon.Mode.Disabled)
    both = [icon("play", RED).pixmap(QSize(20, 20), 1.0, mode) for mode in modes]
    strong, pale = (max(color.alpha() for color in drawn(pixmap.toImage())) for pixmap in both)
    assert pale < strong / 2


def test_an_unknown_icon_is_told_at_once(qapp: object) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", RED)
