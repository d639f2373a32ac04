"""A view as a picture: which one, in which format and how fine, with the picture in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialogButtonBox, QGridLayout, QLabel, QWidget

from gui.dialogs.dialog import Dialog, quiet_label
from gui.export.picture import PICTURE_SUFFIXES, SCALES, Recording, image_of
from gui.i18n import translate
from gui.widgets.controls import PanelCombo
from gui.widgets.segmented import Segment, SegmentedControl

PREVIEW_PX = QSize(420, 300)


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """What is to be made; `to_clipboard`: as a PNG, and no file."""

    view: str
    suffix: str
    scale: int
    to_clipboard: bool


class ExportPictureDialog(Dialog):
    """Asks for view, format and scale.

    Parameters
    ----------
    views : sequence of (key, title)
        What can be seen now.
    recorded : callable
        Gives the recording of a view by its key.
    """

    def __init__(
        self,
        views: Sequence[tuple[str, str]],
        recorded: Callable[[str], Recording],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(translate("ExportPicture", "Export picture"), parent)
        self._recorded = recorded
        self._is_for_clipboard = False
        self.view_box = PanelCombo()
        for key, title in views:
            self.view_box.addItem(title, key)
        self.format_choice = SegmentedControl(PICTURE_SUFFIXES)
        self.format_choice.set_segments([Segment(suffix, suffix[1:].upper()) for suffix in PICTURE_SUFFIXES])
        self.format_choice.set_key(PICTURE_SUFFIXES[0])
        self.scale_choice = SegmentedControl([str(scale) for scale in SCALES])
        self.scale_choice.set_segments([Segment(str(scale), f"{scale}x") for scale in SCALES])
        self.scale_choice.set_key("2")
        self.size_label = quiet_label("")
        self.preview = QLabel()
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setFixedSize(PREVIEW_PX)
        self._lay_out()
        self.add_accept(translate("ExportPicture", "Save…"))
        self.copy_button = self._buttons.addButton(
            translate("ExportPicture", "Copy to the clipboard"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.copy_button.clicked.connect(self._copy)
        self.view_box.currentIndexChanged.connect(self._show)
        self.format_choice.chosen.connect(self._on_format)
        self.scale_choice.chosen.connect(self._on_scale)
        self._show()

    @property
    def choice(self) -> PictureChoice:
        """What is chosen."""
        return PictureChoice(
            str(self.view_box.currentData()),
            self.format_choice.key,
            int(self.scale_choice.key),
            self._is_for_clipboard,
        )

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setSpacing(8)
        rows: tuple[tuple[str, QWidget], ...] = (
            (translate("ExportPicture", "View"), self.view_box),
            (translate("ExportPicture", "Format"), self.format_choice),
            (translate("ExportPicture", "Size"), self.scale_choice),
        )
        for number, (text, control) in enumerate(rows):
            grid.addWidget(QLabel(text), number, 0)
            grid.addWidget(control, number, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.size_label)
        self.body.addWidget(self.preview, 1)

    def _on_format(self, key: str) -> None:
        self.format_choice.set_key(key)
        self._show()

    def _on_scale(self, key: str) -> None:
        self.scale_choice.set_key(key)
        self._show()

    def _copy(self) -> None:
        self._is_for_clipboard = True
        self.accept()

    def _show(self) -> None:
        choice = self.choice
        recording = self._recorded(choice.view)
        size = recording.size
        is_pixels = choice.suffix == ".png"
        self.scale_choice.setEnabled(is_pixels)
        if is_pixels:
            width, height = size.width() * choice.scale, size.height() * choice.scale
            words = translate("ExportPicture", "{width} x {height} pixels", width=width, height=height)
        else:
            words = translate("ExportPicture", "Lines and text, sharp at any size")
        self.size_label.setText(words)
        ratio = self.devicePixelRatioF()
        share = min(
            PREVIEW_PX.width() / max(size.width(), 1), PREVIEW_PX.height() / max(size.height(), 1), 1.0
        )
        picture = QPixmap.fromImage(image_of(recording, share * ratio))
        picture.setDevicePixelRatio(ratio)
        self.preview.setPixmap(picture)


def ask_picture(
    views: Sequence[tuple[str, str]], recorded: Callable[[str], Recording], parent: QWidget | None = None
) -> PictureChoice | None:
    """Ask, and return what was chosen; None if the person thought better of it."""
    dialog = ExportPictureDialog(views, recorded, parent)
    choice = dialog.choice if dialog.exec() and dialog.choice else None
    dialog.deleteLater()
    return choice
