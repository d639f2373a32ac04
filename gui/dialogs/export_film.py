"""The run as a film: what it shows, in which format, how large, how fast, and how long it becomes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox, QWidget

from engine.errors import FallLineError
from gui.dialogs.dialog import Dialog, quiet_label
from gui.export.film import FILM_SUFFIXES, HOLD_SECONDS, MAX_FRAMES_PER_SECOND, check_film
from gui.i18n import message_text, translate
from gui.widgets.controls import PanelCombo
from gui.widgets.segmented import Segment, SegmentedControl

SIZES = ((640, 360), (960, 540), (1280, 720), (1920, 1080))
FRAMES = 150
"""About how many frames a film has at first."""
MAX_STEPS = 10_000_000


@dataclass(frozen=True, slots=True)
class FilmChoice:
    """What is to be made."""

    view: str
    suffix: str
    width: int
    height: int
    frames_per_second: int
    steps_per_frame: int
    last_step: int


class ExportFilmDialog(Dialog):
    """Asks for view, format, size and speed; `trained_steps` is how far the run came."""

    def __init__(self, trained_steps: int, parent: QWidget | None = None) -> None:
        super().__init__(translate("ExportFilm", "Export film"), parent)
        self.view_choice = SegmentedControl(("both", "canvas", "loss"))
        self.view_choice.set_segments(
            [
                Segment("both", translate("ExportFilm", "Canvas and curves")),
                Segment("canvas", translate("ExportFilm", "Canvas")),
                Segment("loss", translate("ExportFilm", "Loss curves")),
            ]
        )
        self.view_choice.set_key("both")
        self.format_choice = SegmentedControl(FILM_SUFFIXES)
        names = {".gif": "GIF", ".webp": "WebP", ".mp4": "MP4"}
        self.format_choice.set_segments([Segment(suffix, names[suffix]) for suffix in FILM_SUFFIXES])
        self.format_choice.set_key(".mp4")
        self.size_box = PanelCombo()
        for width, height in SIZES:
            self.size_box.addItem(f"{width} x {height}", (width, height))
        self.size_box.setCurrentIndex(2)
        last = trained_steps or 1_000
        self.speed_box = _spin(1, MAX_FRAMES_PER_SECOND, 20)
        self.last_box = _spin(1, MAX_STEPS, last)
        self.steps_box = _spin(1, MAX_STEPS, max(1, -(-last // FRAMES)))
        self.length_label = quiet_label("")
        self._lay_out()
        self.accept_button = self.add_accept(translate("ExportFilm", "Save…"))
        self.view_choice.chosen.connect(self._on_view)
        self.format_choice.chosen.connect(self._on_format)
        self.size_box.currentIndexChanged.connect(self._show)
        for box in (self.speed_box, self.last_box, self.steps_box):
            box.valueChanged.connect(self._show)
        self._show()

    @property
    def choice(self) -> FilmChoice:
        """What is chosen."""
        width, height = self.size_box.currentData()
        return FilmChoice(
            self.view_choice.key,
            self.format_choice.key,
            width,
            height,
            self.speed_box.value(),
            self.steps_box.value(),
            self.last_box.value(),
        )

    @property
    def n_frames(self) -> int:
        """How many frames the film has, the start among them."""
        return 1 + -(-self.last_box.value() // self.steps_box.value())

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        rows: tuple[tuple[str, QWidget], ...] = (
            (translate("ExportFilm", "Shows"), self.view_choice),
            (translate("ExportFilm", "Format"), self.format_choice),
            (translate("ExportFilm", "Size in pixels"), self.size_box),
            (translate("ExportFilm", "Frames per second"), self.speed_box),
            (translate("ExportFilm", "Steps per frame"), self.steps_box),
            (translate("ExportFilm", "Last step"), self.last_box),
        )
        for number, (text, control) in enumerate(rows):
            grid.addWidget(QLabel(text), number, 0)
            grid.addWidget(control, number, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.length_label)
        self.body.addWidget(
            quiet_label(
                translate(
                    "ExportFilm",
                    "The film trains again from the start, with the samples and settings of now, while the "
                    "window stays free.",
                )
            )
        )

    def _on_view(self, key: str) -> None:
        self.view_choice.set_key(key)

    def _on_format(self, key: str) -> None:
        self.format_choice.set_key(key)
        self._show()

    def _show(self) -> None:
        choice = self.choice
        seconds = self.n_frames / choice.frames_per_second + HOLD_SECONDS
        self.length_label.setText(
            translate(
                "ExportFilm",
                "{frames} frames, {seconds} seconds",
                frames=f"{self.n_frames:,}",
                seconds=f"{seconds:.1f}",
            )
        )
        try:
            check_film(choice.suffix, choice.width, choice.height, self.n_frames)
        except FallLineError as error:
            self.set_trouble(message_text(error.message))
        else:
            self.set_trouble("")
        self.accept_button.setEnabled(not self.trouble)


def ask_film(trained_steps: int, parent: QWidget | None = None) -> FilmChoice | None:
    """Ask, and return what was chosen; None if the person thought better of it."""
    dialog = ExportFilmDialog(trained_steps, parent)
    choice = dialog.choice if dialog.exec() else None
    dialog.deleteLater()
    return choice


def _spin(low: int, high: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setGroupSeparatorShown(True)
    box.setValue(value)
    return box
