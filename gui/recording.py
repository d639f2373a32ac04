"""Whether a view is painted for an export: then nothing is kept as pixels that can be drawn as lines."""

from __future__ import annotations

from PySide6.QtGui import QPaintEngine, QPainter
from PySide6.QtWidgets import QWidget

RECORDED_RATIO = 4.0
"""What is made of pixels all the same, as small dots by the thousand are, is made for a PNG of 4x."""


def is_recording(painter: QPainter) -> bool:
    """Whether the painter records into a `QPicture`, from which every export is made, at any size.

    Views paint what stands still as a picture of the screen's pixels once and copy it; here they paint it.
    """
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Picture


def pixel_ratio(painter: QPainter, view: QWidget) -> float:
    """How many device pixels of a picture stand for one of the view's: in a recording for its largest PNG."""
    return RECORDED_RATIO if is_recording(painter) else view.devicePixelRatioF()
