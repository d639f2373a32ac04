"""One start, in a process of its own: prints the moment of the first painted frame, and ends.

``python -m benchmarks.first_frame ours|bare``: the program as `main.py` starts it, or a bare pyqtgraph window
with a hundred points.
"""

from __future__ import annotations

import os
import sys
import time


def report() -> None:
    """Print the time (s, of the clock that all processes share) and end at once."""
    print(time.monotonic(), flush=True)
    os._exit(0)


def ours() -> None:
    """Start the program's window."""
    import gui.app
    import main
    from benchmarks.probe import FirstPaintApplication

    gui.app.QApplication = FirstPaintApplication
    FirstPaintApplication.on_first_paint = report
    sys.argv = ["main.py"]
    sys.exit(main.main([]))


def bare() -> None:
    """Start a window with nothing but a plot."""
    import numpy as np
    import pyqtgraph

    from benchmarks.probe import FirstPaintApplication

    FirstPaintApplication.on_first_paint = report
    app = FirstPaintApplication(["bare"])
    plot = pyqtgraph.PlotWidget()
    plot.resize(1200, 800)
    x, y = np.random.default_rng(0).normal(size=(2, 100))
    plot.plot(x, y, pen=None, symbol="o")
    plot.show()
    sys.exit(app.exec())


if __name__ == "__main__":
    {"ours": ours, "bare": bare}[sys.argv[1]]()
