"""The window: puts the rooms side by side and connects them. Composition only."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QMainWindow

from gui.actions import Actions
from gui.canvas.unit_maps import UnitMapStrip
from gui.canvas.view import CanvasView
from gui.document import Change, Document
from gui.export.commands import ExportCommands, ExportRooms
from gui.export.views import pictured_views
from gui.file_commands import FileCommands
from gui.frame import Frame
from gui.i18n import Language, message_text, translate
from gui.interaction import Interaction
from gui.lab import make_lab
from gui.menus import MenuEntry, MenuGroup, Menus
from gui.notices import Notices, Words
from gui.panels.left_column import LeftColumn
from gui.panels.scene_card import SceneCard
from gui.panels.status_readout import StatusReadout
from gui.panels.threshold_control import ThresholdControl
from gui.panels.tool_bar import ToolBar
from gui.panels.transport import Transport
from gui.panels.weights_panel import WeightsPanel
from gui.plots.lab_tab import LabContext
from gui.plots.loss.plot import LossPlot
from gui.preferences import Preferences
from gui.questions import edit_sample, exact_start, make_binary, remove_class
from gui.run_memory import RunMemory
from gui.scene_controller import SceneController
from gui.scene_menu import scene_entries
from gui.session_commands import SessionCommands
from gui.session_setup import SessionSetup
from gui.theme import Appearance
from gui.training_controller import TrainingController
from gui.view_commands import ColumnSide, ViewCommands
from gui.widgets.natural_scroll import NaturalHeightScroll
from gui.window_commands import (
    Handlers,
    crowded_words,
    document_handlers,
    edit_picked,
    full_screen,
    help_handlers,
    label_by_bmi,
    training_handlers,
)
from gui.window_place import place_window
from gui.window_rooms import WindowRooms

if TYPE_CHECKING:
    from gui.recovery import Recovery
    from gui.recovery_offer import RecoveryOffer


class MainWindow(QMainWindow):
    """The document, what trains it, and every view of it."""

    def __init__(self, preferences: Preferences, appearance: Appearance, language: Language) -> None:
        super().__init__()
        self._preferences = preferences
        self._appearance = appearance
        self._language = language
        self.document = Document(parent=self)
        self.document.changed.connect(self._drop_notices)  # before anybody speaks of the new document
        self.interaction = Interaction(self.document, self)
        self.controller = TrainingController(self.document, parent=self)
        RunMemory(self.document, self.controller, self)
        self.scenes = SceneController(self.document, self.controller, language, self)
        self.files = FileCommands(
            self.document, self.interaction, self.controller, preferences, appearance, self
        )
        self._rooms = WindowRooms(self)
        self.setCentralWidget(self._rooms)
        self._make_views()
        self._setup = SessionSetup(self.interaction, self.controller, self.scenes, self.lab, self.loss_plot)
        self.sessions = SessionCommands(
            self.document, self.controller, self.scenes, self.files, self._setup, preferences, self
        )
        self.exports = ExportCommands(self._export_rooms(), self.files.paste, self)
        self.recovery: Recovery | None = None
        self.recovery_offer: RecoveryOffer | None = None
        self._lay_out()
        self._make_commands()
        self._connect()
        self.scenes.open_first()
        self.setAcceptDrops(True)
        self._restore_layout()
        self.retranslate()
        self.controller.show_now()  # before the layout, which has to know how much room numbers take
        self._was_shown = False

    def open_path(self, path: Path) -> None:
        """Open a session, a CSV file (after its import dialog) or exported weights."""
        self.sessions.open_path(path)

    def protect(self, folder: Path) -> None:
        """Keep the work in a recovery journal in `folder`, and offer what was not closed before."""
        from gui.recovery import Recovery
        from gui.recovery_offer import RecoveryOffer

        self.recovery = Recovery(folder, self.document, self.controller, self._setup.view, self)
        self.recovery.notice.connect(self.notices.tell)
        self.recovery_offer = RecoveryOffer(self.recovery, self.sessions, self._setup, self._rooms.middle)

    def tell_failure(self, sentence: Words) -> None:
        """Say that something went wrong, until it is read, and offer to save the work."""
        self.notices.tell(sentence, lambda: translate("Session", "Save as…"), self.sessions.save_as)

    def retranslate(self) -> None:
        """Set the texts that are the window's own in the language in use."""
        self.actions_by_name.retranslate()
        self.menus.retranslate()
        self._show_undo()
        self._show_scene()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Train in the frames' gaps while the window is seen; the first frame has the map already."""
        self.controller.set_hidden(False)
        if not self._was_shown:
            self._was_shown = True
            self.controller.show_now()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Train by a timer while the window is hidden."""
        self.controller.set_hidden(True)
        super().hideEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file dropped from the desktop."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the dropped file."""
        self.open_path(Path(event.mimeData().urls()[0].toLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about unsaved changes, remember the layout, end the training thread."""
        if not self.sessions.may_close():
            event.ignore()
            return
        self._preferences.set_layout("geometry", self.saveGeometry())
        self._preferences.set_layout("columns", self._columns.saveState())
        self._preferences.set_layout("right_column", self._right_split.saveState())
        self._preferences.instrument = self.lab.current_key
        self.sessions.close_jobs()
        self.exports.close()
        if self.recovery is not None:
            self.recovery.close()
        self.lab.close_jobs()
        self.canvas.close_jobs()
        self.controller.close()
        super().closeEvent(event)

    def _make_views(self) -> None:
        document, interaction, appearance = self.document, self.interaction, self._appearance
        rooms = self._rooms
        self.left_column = LeftColumn(document, interaction, appearance, rooms.columns)
        self.tool_bar = ToolBar(interaction, appearance, rooms.header)
        self.scene_card = SceneCard(self.scenes.lesson, appearance, rooms.middle)
        self.canvas = CanvasView(document, interaction, appearance, rooms.middle)
        self.unit_maps = UnitMapStrip(interaction, appearance, rooms.middle)
        self.threshold = ThresholdControl(document, appearance, rooms.header)
        self.loss_plot = LossPlot(document, interaction, self.controller, appearance, rooms.loss_card)
        self.lab = make_lab(LabContext(document, interaction, self.controller, appearance), rooms.lab_card)
        self.weights = WeightsPanel(document, interaction, appearance, rooms.weights_card)
        self.transport = Transport(document, self.controller, appearance, rooms.transport_card)
        self.readout = StatusReadout(document, interaction, appearance, rooms)
        self.notices = Notices(appearance, self.canvas)

    def _export_rooms(self) -> ExportRooms:
        views = pictured_views(self.canvas, self.loss_plot, self.lab, self.weights, self)
        return ExportRooms(
            self.document, self.controller, self._preferences, self._appearance, self._language,
            self.sessions.session, views,
        )  # fmt: skip

    def _lay_out(self) -> None:
        rooms = self._rooms
        rooms.hold(self.left_column, self.tool_bar, self.threshold, self.readout)
        rooms.middle.hold(self.scene_card, self.canvas, self.unit_maps, roomy=self.canvas)
        rooms.loss_card.hold(self.loss_plot, roomy=self.loss_plot)
        rooms.lab_card.hold(self.lab, roomy=self.lab)
        rooms.weights_card.hold(NaturalHeightScroll(self.weights, 12, rooms.weights_card))
        rooms.transport_card.hold(self.transport)
        self._columns, self._right_split = rooms.columns, rooms.right_split

    def _make_commands(self) -> None:
        self.view_commands = ViewCommands(
            self._preferences,
            self._appearance,
            self._language,
            {
                "show_left": ColumnSide(self._rooms.columns, "left"),
                "show_right": ColumnSide(self._rooms.columns, "right"),
                "show_loss": self._rooms.loss_card,
                "show_weights": self._rooms.weights_card,
            },
            self,
        )
        handlers: Handlers = {
            **document_handlers(self.document, self.interaction, self.canvas),
            **training_handlers(self.controller),
            **help_handlers(self, lambda: self.actions_by_name.overview()),
            **self.view_commands.handlers(),
            **self.files.handlers(),
            **self.exports.handlers(),
            **self.sessions.handlers(),
            "restore_scene": self.scenes.restore,
            "label_by_bmi": partial(label_by_bmi, self.document, self.interaction, self),
            "edit_sample": partial(edit_picked, self.document, self.interaction, self),
            "optimum": self._toggle_optimum,
            "full_screen": partial(full_screen, self),
            "quit": self.close,
        }
        self.actions_by_name = Actions(self, handlers)
        generators = [
            MenuEntry(partial(self.scenes.generator_title, info), partial(self.scenes.open_generator, info))
            for info in self.scenes.generators
        ]
        lab = [
            MenuGroup(
                group.title,
                tuple(
                    MenuEntry(
                        instrument.title,
                        partial(self.lab.open_tab, instrument.key),
                        partial(self._is_in_front, instrument.key),
                    )
                    for instrument in group.instruments
                ),
            )
            for group in self.lab.groups
        ]
        self.menus = Menus(
            self.menuBar(),
            self.actions_by_name,
            {"scenes": scene_entries(self.scenes), "generators": generators, "lab": lab},
        )
        self.sessions.recent.fill(self.menus.submenus["recent"])
        self.view_commands.restore(self.actions_by_name)
        self._columns.sides_changed.connect(partial(self.view_commands.show_marks, self.actions_by_name))
        self._columns.crowded.connect(partial(self.notices.tell, crowded_words))

    def _connect(self) -> None:
        document = self.document
        self.left_column.remove_class_requested.connect(lambda index: remove_class(document, index, self))
        self.left_column.binary_requested.connect(lambda: make_binary(document, self))
        self.left_column.exact_start_requested.connect(lambda: exact_start(document, self))
        self.left_column.new_seed_requested.connect(self.controller.new_seed)
        self.tool_bar.fit_requested.connect(self.canvas.fit)
        self.canvas.edit_sample_requested.connect(lambda sample_id: edit_sample(document, sample_id, self))
        self.canvas.train_from_guess_requested.connect(self.controller.train_from_guess)
        self.canvas.regions_requested.connect(self.controller.request_regions)
        self.canvas.regions_requested.connect(self.unit_maps.show_region)
        self.controller.frame.connect(self._show_frame)
        self.controller.optimum_changed.connect(self._show_optimum)
        self.controller.notice.connect(lambda message: self.notices.tell(partial(message_text, message)))
        self.files.notice.connect(self.notices.tell)
        self.files.opened.connect(self.scenes.leave)
        self.exports.notice.connect(self.notices.tell)
        self.exports.replaced.connect(self.scenes.leave)
        self.sessions.notice.connect(self.notices.tell)
        self.sessions.name_changed.connect(self._show_name)
        self.document.undo_text_changed.connect(self._show_undo)
        self.document.changed.connect(self._on_document_changed)
        self.interaction.tool_changed.connect(self._show_tool)
        self.interaction.fan_shown_changed.connect(self.actions_by_name["fan"].setChecked)
        self.interaction.pulls_shown_changed.connect(self.actions_by_name["pulls"].setChecked)
        self.interaction.bmi_rule_changed.connect(
            lambda rule: self.actions_by_name[f"bmi_{rule or 'none'}"].setChecked(True)
        )
        self.actions_by_name["bmi_none"].setChecked(True)
        self.interaction.selected_ids_changed.connect(self._show_selection)
        self.interaction.hovered_id_changed.connect(self._show_selection)
        self.scenes.scene_changed.connect(self._show_scene)
        self.scenes.tab_requested.connect(self.lab.open_tab)
        self.scenes.ruler_requested.connect(self.loss_plot.set_ruler)
        self.scenes.model_requested.connect(self.interaction.set_selected_model)
        self.lab.example_requested.connect(self.scenes.open_example)
        self.scene_card.folded_changed.connect(partial(self._preferences.set_flag, "scene_card_folded"))
        self._show_tool()
        self._show_selection()

    def _is_in_front(self, key: str) -> bool:
        return self.lab.current_key == key

    def _show_frame(self, frame: Frame) -> None:
        for view in (
            self.canvas, self.unit_maps, self.loss_plot, self.lab, self.weights, self.transport, self.readout,
        ):  # fmt: skip
            view.show_frame(frame)
        self.left_column.settings.optimizer.batch_hint.show_pace(frame.snapshot, self.controller.speed)

    def _show_optimum(self) -> None:
        optimum = self.controller.optimum
        self.actions_by_name["optimum"].setChecked(self.controller.is_optimum_shown)
        self.canvas.show_optimum(optimum, self.controller.optimum_scaler)

    def _show_undo(self) -> None:
        for name, text, possible in (
            ("undo", self.document.undo_text, self.document.undo_stack.can_undo),
            ("redo", self.document.redo_text, self.document.undo_stack.can_redo),
        ):
            action = self.actions_by_name[name]
            base = self.actions_by_name.text_of(name)
            action.setText(f"{base}: {text}" if text else base)
            action.setEnabled(possible)

    def _show_tool(self) -> None:
        self.actions_by_name[f"tool_{self.interaction.tool}"].setChecked(True)

    def _show_selection(self) -> None:
        picked = bool(self.interaction.selected_ids) or self.interaction.hovered_id is not None
        self.actions_by_name["edit_sample"].setEnabled(picked)

    def _show_scene(self) -> None:
        self.actions_by_name["restore_scene"].setEnabled(self.scenes.scene is not None)
        self._show_name()

    def _show_name(self) -> None:
        """The document's name in the title bar, with the desktop's own mark where something is unsaved."""
        is_modified = self.sessions.is_modified
        if not is_modified:
            self.setWindowModified(False)  # first: the mark needs its place in the title
        self.setWindowTitle(f"{self.sessions.name}[*]" if is_modified else self.sessions.name)
        self.setWindowModified(is_modified)

    def _on_document_changed(self, change: Change) -> None:
        if change.guess or change.replaced:
            self.actions_by_name["remove_line"].setEnabled(self.document.state.guess is not None)
            self.actions_by_name["train_from_line"].setEnabled(self.document.state.guess is not None)

    def _drop_notices(self, change: Change) -> None:
        if change.replaced:
            self.notices.drop()

    def _toggle_optimum(self) -> None:
        self.controller.show_optimum(not self.controller.is_optimum_shown)

    def _restore_layout(self) -> None:
        place_window(self, self._preferences.layout("geometry"))
        self._columns.restoreState(self._preferences.layout("columns"))
        self._right_split.restoreState(self._preferences.layout("right_column"))
        self.lab.open_tab(self._preferences.instrument)
        self.scene_card.set_folded(self._preferences.flag("scene_card_folded", default=False))
