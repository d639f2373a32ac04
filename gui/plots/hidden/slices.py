"""The slices of both losses side by side, with how much of each curves downwards."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.plots.hidden import words as words
from gui.plots.hidden.work import LOSSES, SliceAnswer, SliceQuestion
from gui.plots.landscape.key import LineLabel
from gui.plots.landscape.panel import LandscapePanel, Overlay
from gui.plots.landscape.picture import Look, color_range
from gui.theme import Appearance

Point = tuple[float, float]

_ROOMY_PX = 150


class HiddenSlices(QWidget):
    """Two landscapes over one box; what they are of is in their axes and in the line below."""

    clicked = Signal(float, float)
    zoomed = Signal(float)
    resized = Signal()
    name_clicked = Signal(int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.panels = tuple(LandscapePanel(appearance, self) for _ in LOSSES)
        self.shares = tuple(LineLabel(appearance, self, centred=True) for _ in LOSSES)
        self.hint = LineLabel(appearance, self)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(0)
        for column, (panel, share) in enumerate(zip(self.panels, self.shares, strict=True)):
            grid.addWidget(panel, 0, column)
            grid.addWidget(share, 1, column)
            grid.setColumnStretch(column, 1)
            panel.clicked.connect(self.clicked)
            panel.zoomed.connect(lambda factor, u, v: self.zoomed.emit(factor))
            panel.pointed.connect(self._point)
            panel.name_clicked.connect(lambda column=column: self.name_clicked.emit(column))
        grid.setRowStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(grid, 1)
        layout.addWidget(self.hint)

    def look(self) -> Look:
        """How a picture has to be made to fit a panel pixel by pixel."""
        panel = self.panels[0]
        ratio, plot = panel.devicePixelRatioF(), panel.layout_.plot
        return Look(
            width=max(round(plot.width() * ratio), 1),
            height=max(round(plot.height() * ratio), 1),
            pixels=ratio * self._appearance.theme.scale,
        )

    def set_titles(self, titles: tuple[str, str], selected: int | None) -> None:
        """Name the axes, and underline the loss of the model whose weights these are."""
        for number, (panel, loss) in enumerate(zip(self.panels, LOSSES, strict=True)):
            panel.set_titles(*titles, loss, is_selected=number == selected)

    def set_answer(self, answer: SliceAnswer | None) -> None:
        """Show new slices, or none."""
        for number, (panel, share) in enumerate(zip(self.panels, self.shares, strict=True)):
            if answer is None:
                panel.set_picture(None, panel.box, None)
                share.set_text("")
                continue
            grid, box = answer.grids[number], answer.question.box
            panel.set_box(box)
            panel.set_picture(answer.pictures[number], box, color_range(grid))
            panel.set_overlay(Overlay(now=answer.question.now))
            share.set_text(words.share_text(grid), words.short_share_text(grid))

    def set_hint(self, question: SliceQuestion, used: int, total: int) -> None:
        """Say through which weights the slices go."""
        self.hint.set_text(words.slice_hint(question.centre, used, total))

    def set_message(self, message: str) -> None:
        """Say why there is no slice; nothing where there is one."""
        for panel in self.panels:
            panel.set_message(message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.setVisible(self.height() >= self._appearance.theme.px(_ROOMY_PX))
        self.resized.emit()

    def _point(self, point: Point | None) -> None:
        """The pointer of one panel is shown in both."""
        for panel in self.panels:
            panel.set_pointer(point)
