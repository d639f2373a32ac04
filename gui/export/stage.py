"""A session set up to be pictured: its views at any size, without the window and without a display."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, QSettings, QSize, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.session_content import Session
from engine.snapshots import RegionRequest
from gui.background import Background
from gui.canvas.view import CanvasView
from gui.document import Document
from gui.export.handout_words import line_count
from gui.export.page import CURVES_PX, WIDTH_PX, canvas_height
from gui.export.picture import Recording, record
from gui.frame import Frame
from gui.i18n import Language
from gui.interaction import Interaction
from gui.lab import GROUPS
from gui.panels.weights_panel import WeightsPanel
from gui.plots.lab_tab import LabContext, LabTab
from gui.plots.loss.plot import RULERS, LossPlot
from gui.theme import Appearance
from gui.throttle import run_waiting
from gui.training_controller import TrainingController

if TYPE_CHECKING:
    from gui.main_window import MainWindow

MARGIN_PX = 12
SETTLE_MS = 300
ROUNDS = 5

PAGES = ("handout", "worksheet")
SAMPLES_VIEW = "samples"
TABLES = ("loss", SAMPLES_VIEW)
"""What a CSV file is made of."""
OWN_VIEWS = ("canvas", "loss", "both", "weights", "window", *PAGES)


def view_keys() -> tuple[str, ...]:
    """Every view that can be pictured: the window's own and the lab's instruments."""
    return (*OWN_VIEWS, *(instrument.key for group in GROUPS for instrument in group.instruments))


@dataclass(frozen=True, slots=True)
class Setting:
    """In which look and language to picture; `size` is that of the picture in pixels at scale 1."""

    appearance: Appearance
    language: Language
    size: QSize


class Stage:
    """One view of a session. `show_frame` draws a frame, `recording` is what is seen then."""

    def __init__(self, session: Session, view: str, setting: Setting) -> None:
        self._appearance = setting.appearance
        self._request: RegionRequest | None = None
        self._window: MainWindow | None = None
        self._canvas: CanvasView | None = None
        self._loss_plot: LossPlot | None = None
        self._weights: WeightsPanel | None = None
        self._tab: LabTab | None = None
        self.widget: QWidget
        if view == "window":
            self._make_window(session, setting)
        else:
            self.document = Document(session.state)
            self._interaction = Interaction(self.document)
            self._controller = TrainingController(self.document)
            self._make_view(view)
        self._set_up(session)
        if view in PAGES:
            self._fit_to_page()
        else:
            self.widget.setFixedSize(setting.size)
        self.widget.show()
        QCoreApplication.processEvents()
        self._activate()
        self._take_request()

    @property
    def request(self) -> RegionRequest | None:
        """The part of the canvas that a frame should bring the map of; None where there is none to see."""
        return self._request

    def show_frame(self, frame: Frame) -> None:
        """Draw a frame in every view that is here, with its texts: none waits for its turn."""
        self._take_request()
        if self._window is not None:
            self._controller.frame.emit(frame)
        if self._tab is not None:
            self._context.path.take(frame.snapshot)
        for view in (self._canvas, self._loss_plot, self._weights, self._tab):
            if view is not None:
                view.show_frame(frame)
        run_waiting(self.widget)

    def handout_views(self) -> tuple[CanvasView, LossPlot, WeightsPanel]:
        """The three views of a stage for a page.

        Raises
        ------
        ValueError
            If it was made for something else.
        """
        if self._canvas is None or self._loss_plot is None or self._weights is None:
            raise ValueError("this stage was not made for a page")
        return self._canvas, self._loss_plot, self._weights

    def settle(self) -> None:
        """Let what waits for its turn, and what is worked out in the background, come to the view."""
        for _ in range(ROUNDS):
            run_waiting(self.widget)
            for background in self.widget.findChildren(Background):
                background.wait_until_idle()
            loop = QEventLoop()
            QTimer.singleShot(SETTLE_MS // ROUNDS, loop.quit)
            loop.exec()

    def recording(self) -> Recording:
        """What is seen now."""
        return record(self.widget, self._appearance.theme.card)

    def close(self) -> None:
        """End all threads and let the views go."""
        if self._window is not None:
            self._window.close()  # nothing was changed: it asks nothing, and ends its threads
            self._folder.cleanup()
            return
        if self._tab is not None:
            self._tab.close_jobs()
        if self._canvas is not None:
            self._canvas.close_jobs()
        self._controller.close()
        self.widget.close()

    def _make_window(self, session: Session, setting: Setting) -> None:
        from gui.main_window import MainWindow
        from gui.preferences import Preferences
        from gui.session_setup import SessionSetup

        self._folder = tempfile.TemporaryDirectory()
        settings = QSettings(str(Path(self._folder.name) / "settings.ini"), QSettings.Format.IniFormat)
        window = MainWindow(Preferences(settings), setting.appearance, setting.language)
        self._window = window
        self.widget = window
        self.document, self._interaction = window.document, window.interaction
        self._controller = window.controller
        self.document.open(session.state)
        if session.run is not None:
            self._controller.resume(session.run)
        SessionSetup(self._interaction, self._controller, window.scenes, window.lab, window.loss_plot).show(
            session.view
        )

    def _make_view(self, view: str) -> None:
        self.widget = QWidget()
        self.widget.setProperty("card", True)
        layout = QHBoxLayout(self.widget) if view == "both" else QVBoxLayout(self.widget)
        layout.setContentsMargins(MARGIN_PX, MARGIN_PX, MARGIN_PX, MARGIN_PX)
        layout.setSpacing(2 * MARGIN_PX)
        if view in ("canvas", "both", *PAGES):
            self._canvas = CanvasView(self.document, self._interaction, self._appearance, self.widget)
            layout.addWidget(self._canvas, 5)
            self._canvas.regions_requested.connect(self._on_request)
        if view in ("loss", "both", *PAGES):
            self._loss_plot = LossPlot(
                self.document, self._interaction, self._controller, self._appearance, self.widget
            )
            _without_controls(self._loss_plot)
            layout.addWidget(self._loss_plot, 4)
        if view in ("weights", *PAGES):
            self._weights = WeightsPanel(self.document, self._interaction, self._appearance, self.widget)
            layout.addWidget(self._weights)
        if view not in OWN_VIEWS:
            self._make_tab(view)

    def _make_tab(self, key: str) -> None:
        self._context = LabContext(self.document, self._interaction, self._controller, self._appearance)
        for group in GROUPS:
            for instrument in group.instruments:
                if instrument.key == key:
                    self._tab = instrument.make(self._context)
        if self._tab is None:
            raise FallLineError(QT_TRANSLATE_NOOP("Engine", "There is no view “{view}”."), view=key)
        layout = self.widget.layout()
        assert layout is not None
        layout.addWidget(self._tab)

    def _fit_to_page(self) -> None:
        state, (canvas, loss_plot, _) = self.document.state, self.handout_views()
        lines = line_count(state.training_spec()) if len(state.classes) > 1 else 0
        canvas.setFixedSize(WIDTH_PX, canvas_height(lines))
        loss_plot.setFixedSize(WIDTH_PX, CURVES_PX)
        layout = self.widget.layout()
        assert layout is not None
        # What holds the views may have any size; a least one would be told to the platform at each change,
        # and the one without a display complains of that on standard error.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def _activate(self) -> None:
        """A tab of the lab learns its sizes when it is seen."""
        if self._tab is not None:
            self._tab.set_active(True)

    def _set_up(self, session: Session) -> None:
        view = session.view
        self._interaction.set_selected_model(view.selected_model)
        self._interaction.set_bmi_rule(view.bmi_rule)
        if self._loss_plot is not None and view.ruler in RULERS:
            self._loss_plot.set_ruler(view.ruler)

    def _take_request(self) -> None:
        """The window's canvas asks its own controller: what it asks for is the same for a frame from here."""
        if self._window is not None:
            from gui.canvas.probability_map import region_request

            threshold = self.document.state.settings.threshold
            self._request = region_request(
                self._window.canvas.viewport, self._interaction.selected_model, threshold
            )

    def _on_request(self, request: RegionRequest) -> None:
        self._request = request


def _without_controls(plot: LossPlot) -> None:
    """Take away what can be switched: in a picture there is nobody to do it."""
    for control in (plot.ruler_switch, plot.log_box, plot.log_steps_box, plot.optimum_box):
        control.hide()
