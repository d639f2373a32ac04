"""The start maps side by side: names and shares above them, the common scale of colours below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from engine.specs import LossName
from gui.formulas import loss_name
from gui.i18n import translate
from gui.plots.start_map import texts as texts
from gui.plots.start_map.box import Point, StartBox
from gui.plots.start_map.picture import StepScale, step_scale
from gui.plots.start_map.plot import StartMapPlot
from gui.plots.start_map.scale import StepScaleBar
from gui.plots.start_map.work import LOSSES, MapAnswer
from gui.theme import Appearance
from gui.widgets.emblems import loss_icon

_ICON_PX = (26, 12)
_SHARE_PX = 12


class _Header(QWidget):
    """A loss's line, its name, and how much of its map arrives."""

    def __init__(self, loss: LossName, appearance: Appearance) -> None:
        super().__init__()
        self._loss, self._appearance = loss, appearance
        self.picture, self.name, self.share = QLabel(self), QLabel(self), QLabel(self)
        self.share.setProperty("quiet", True)
        self.share.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.share.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.name.setText(loss_name(loss))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.picture)
        layout.addWidget(self.name)
        layout.addWidget(self.share, 1)
        appearance.changed.connect(self.apply_theme)
        self.apply_theme()

    def apply_theme(self) -> None:
        theme = self._appearance.theme
        size = QSize(theme.px(_ICON_PX[0]), theme.px(_ICON_PX[1]))
        self.picture.setPixmap(loss_icon(theme, self._loss, size).pixmap(size))
        self.name.setFont(theme.font(13, bold=True))
        self.share.setFont(theme.font(_SHARE_PX, tabular=True))
        self.share.setStyleSheet(f"font-size: {theme.px(_SHARE_PX)}px;")


class StartMapStage(QWidget):
    """Both maps; `plots` and `headers` are in the order of `LOSSES`."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headers = tuple(_Header(loss, appearance) for loss in LOSSES)
        self.plots = tuple(StartMapPlot(loss, appearance) for loss in LOSSES)
        self.scale_bar = StepScaleBar(appearance, self)
        self._answer: MapAnswer | None = None
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        for column, (header, plot) in enumerate(zip(self.headers, self.plots, strict=True)):
            layout.addWidget(header, 0, column)
            layout.addWidget(plot, 1, column)
            layout.setColumnStretch(column, 1)
        layout.setRowStretch(1, 1)
        layout.addWidget(self.scale_bar, 2, 0, 1, 2)

    @property
    def scale(self) -> StepScale:
        """The scale of colours of the maps that are shown."""
        if self._answer is None:
            return StepScale(1, 1000)
        return step_scale(self._answer.maps, self._answer.question.max_steps)

    def show_answer(self, answer: MapAnswer | None) -> None:
        """Show maps, or none."""
        self._answer = answer
        scale = self.scale
        for number, plot in enumerate(self.plots):
            found = None if answer is None else answer.maps[number]
            plot.set_map(found, plot.box if answer is None else answer.question.box, scale)
        self.show_texts()

    def set_box(self, box: StartBox) -> None:
        """Look at another square of starts."""
        for plot in self.plots:
            plot.set_box(box)

    def set_message(self, message: str) -> None:
        """Say in the maps' place why there are none."""
        for plot in self.plots:
            plot.set_message(message)

    def set_titles(self, x_title: str, y_title: str) -> None:
        """Name the axes."""
        for plot in self.plots:
            plot.set_names(x_title, y_title)

    def set_pointer(self, point: Point | None) -> None:
        """Show the pointer's start in both maps."""
        for plot in self.plots:
            plot.set_pointer(point)

    def show_texts(self) -> None:
        """Set what is said around the maps in the language in use."""
        answer = self._answer
        for number, header in enumerate(self.headers):
            header.share.setText("" if answer is None else texts.reached_text(answer.maps[number]))
        most = 1000 if answer is None else answer.question.max_steps
        self.scale_bar.set_content(self.scale, translate("StartMap", "steps"), texts.not_reached_text(most))
