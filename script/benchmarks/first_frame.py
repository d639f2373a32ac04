"""One start, in a process of its own: prints the moment of the first painted frame, and ends.

``python -m benchmarks.first_frame ours|bare``: the program as `main.py` starts it, or a bare pyqtgraph window
with a hundred points.
"""

from __future__ import annotations

import os
import sys
import time

from PySide6 import QtWidgets
from PySide6.QtCore import QEvent, QObject, QTimer


def report() -> None:
    """Print the time (s, of the clock that all processes share) and end at once."""
    print(time.monotonic(), flush=True)
    os._exit(0)


class PaintProbe(QObject):
    """Sees a window's own events alone: to watch those of every widget in Python costs more than a frame."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        """Report when the window has been painted, which is Qt's answer to its being exposed."""
        if event.type() == QEvent.Type.Expose:
            QTimer.singleShot(0, report)
        return False


class FirstPaintApplication(QtWidgets.QApplication):
    """An application whose windows are watched from the moment when its event loop starts."""

    def exec(self) -> int:
        """Watch the windows that are shown, and run."""
        probe = PaintProbe()
        for window in self.topLevelWidgets():
            if window.isVisible():
                window.windowHandle().installEventFilter(probe)
        return super().exec()


def ours() -> None:
    """Start the program's window."""
    import main

    QtWidgets.QApplication = FirstPaintApplication  # `main` imports the program, as in any start
    sys.argv = ["main.py"]
    sys.exit(main.main([]))


def bare() -> None:
    """Start a window with nothing but a plot."""
    import numpy as np
    import pyqtgraph

    app = FirstPaintApplication(["bare"])
    plot = pyqtgraph.PlotWidget()
    plot.resize(1200, 800)
    x, y = np.random.default_rng(0).normal(size=(2, 100))
    plot.plot(x, y, pen=None, symbol="o")
    plot.show()
    sys.exit(app.exec())


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
