"""Whether a view is painted for an export: then nothing is kept as pixels that can be drawn as lines."""

from __future__ import annotations

from PySide6.QtGui import QPaintEngine, QPainter


def is_recording(painter: QPainter) -> bool:
    """Whether the painter records into a `QPicture`, from which every export is made, at any size.

    Views paint what stands still as a picture of the screen's pixels once and copy it; here they paint it.
    """
    engine = painter.paintEngine()
    return engine is not None and engine.type() == QPaintEngine.Type.Picture
