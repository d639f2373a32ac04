"""What each command of the window does: the table's names, bound to intents of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMainWindow

from gui.canvas.view import CanvasView
from gui.document import Document
from gui.i18n import translate
from gui.interaction import Interaction, Tool
from gui.labels import toggle_label
from gui.questions import ask_label_by_bmi, edit_sample, show_about, show_shortcuts
from gui.training_controller import TrainingController

Handlers = dict[str, Callable[[], object]]

SPEEDS: tuple[float | None, ...] = (
    1,
    2,
    5,
    10,
    30,
    60,
    120,
    300,
    600,
    1200,
    3000,
    10_000,
    30_000,
    100_000,
    None,
)
"""Steps per second that the keys go through; None is as fast as it goes."""


def document_handlers(document: Document, interaction: Interaction, canvas: CanvasView) -> Handlers:
    """Undo, selection, classes, tools and the view of the canvas."""
    tools: tuple[Tool, ...] = ("add", "select", "brush", "erase", "line")
    return {
        "undo": document.undo_stack.undo,
        "redo": document.undo_stack.redo,
        "select_all": lambda: interaction.set_selected_ids(document.state.samples.rows.sample_id.tolist()),
        "select_none": lambda: interaction.set_selected_ids(()),
        "delete": lambda: delete_picked(document, interaction),
        "clear": document.clear_samples,
        "remove_line": lambda: document.set_guess(None),
        "fit": canvas.fit,
        "fan": lambda: interaction.set_fan_shown(not interaction.fan_shown),
        "bmi_none": lambda: interaction.set_bmi_rule(None),
        "bmi_who": lambda: interaction.set_bmi_rule("who"),
        "bmi_korean": lambda: interaction.set_bmi_rule("korean"),
        "pulls": lambda: interaction.set_pulls_shown(not interaction.pulls_shown),
        **{f"tool_{tool}": partial(interaction.set_tool, tool) for tool in tools},
        **{f"class_{number + 1}": partial(interaction.set_current_class, number) for number in range(8)},
        **{
            f"toggle_label_{number + 1}": partial(toggle_label, document, interaction, number)
            for number in range(8)
        },
    }


def training_handlers(controller: TrainingController) -> Handlers:
    """The transport's commands."""
    return {
        "train": controller.toggle,
        "step_forward": controller.step_forward,
        "step_back": controller.step_back,
        "reset": controller.reset,
        "new_seed": controller.new_seed,
        "slower": lambda: controller.set_speed(next_speed(controller.speed, -1)),
        "faster": lambda: controller.set_speed(next_speed(controller.speed, +1)),
        "full_speed": lambda: controller.set_speed(None),
        "train_from_line": controller.train_from_guess,
    }


def help_handlers(window: QMainWindow, overview: Callable[[], list[tuple[str, str]]]) -> Handlers:
    """What the Help menu does; `overview` gives every command's text and keys."""
    return {
        "shortcuts": lambda: show_shortcuts(overview(), canvas_keys(), window),
        "about": lambda: show_about(window),
    }


def canvas_keys() -> list[tuple[str, str]]:
    """What mouse and wheel do on the canvas, for the overview of shortcuts."""
    return [
        (translate("Shortcuts", "Add a sample of the current class"), translate("Shortcuts", "click")),
        (translate("Shortcuts", "Move a sample"), translate("Shortcuts", "drag it")),
        (translate("Shortcuts", "Select samples in a rectangle"), translate("Shortcuts", "Shift + drag")),
        (translate("Shortcuts", "Menu of a sample or the selection"), translate("Shortcuts", "right click")),
        (translate("Shortcuts", "Zoom"), translate("Shortcuts", "wheel")),
        (translate("Shortcuts", "Pan"), translate("Shortcuts", "middle button + drag")),
    ]


def edit_picked(document: Document, interaction: Interaction, window: QMainWindow) -> None:
    """Ask for the exact numbers of the one sample that is selected, or else under the pointer."""
    if len(interaction.selected_ids) == 1:
        edit_sample(document, next(iter(interaction.selected_ids)), window)
    elif interaction.hovered_id is not None:
        edit_sample(document, interaction.hovered_id, window)


def full_screen(window: QMainWindow) -> None:
    """Go to full screen or come back from it."""
    if window.isFullScreen():
        window.showNormal()
    else:
        window.showFullScreen()


def delete_picked(document: Document, interaction: Interaction) -> None:
    """Remove the selected samples, or else the one under the pointer."""
    if interaction.selected_ids:
        document.remove_samples(interaction.selected_ids)
    elif interaction.hovered_id is not None:
        document.remove_samples((interaction.hovered_id,))


def next_speed(speed: float | None, direction: int) -> float | None:
    """Return the next faster (+1) or slower (-1) of `SPEEDS`."""
    if direction > 0:
        faster = [value for value in SPEEDS if value is None or (speed is not None and value > speed)]
        return faster[0]
    slower = [value for value in SPEEDS if value is not None and (speed is None or value < speed)]
    return slower[-1] if slower else SPEEDS[0]


def label_by_bmi(document: Document, interaction: Interaction, window: QMainWindow) -> None:
    """Ask for a BMI rule, label every sample by it and show its edges on the canvas."""
    rule = ask_label_by_bmi(document, window)
    if rule is not None:
        interaction.set_bmi_rule(rule)


def crowded_words() -> str:
    """Why one of the columns is not seen any more, and how to change between them."""
    return translate("View", "No room for all columns: F6 shows the settings, F7 curves and lab.")
