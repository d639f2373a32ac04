"""The window's dialogs. Each is imported when it is first asked for, so that a start waits for none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gui.document import Document
from gui.theme import Theme

if TYPE_CHECKING:
    from engine.bmi import RuleName
    from engine.files.tables import TableSource
    from engine.files.weights import WeightsFile
    from gui.dialogs.export_film import FilmChoice
    from gui.dialogs.export_picture import PictureChoice
    from gui.dialogs.import_csv import Outcome
    from gui.dialogs.session_questions import OverwriteChoice, SaveChoice
    from gui.dialogs.shortcuts import Rows
    from gui.export.picture import Recording


def edit_sample(document: Document, sample_id: int, parent: QWidget) -> None:
    """Ask for the exact numbers and class of a sample, and change them as one undo command."""
    from gui.dialogs.edit_sample import edit_sample

    edit_sample(document, sample_id, parent)


def exact_start(document: Document, parent: QWidget) -> None:
    """Ask for the start weights and set them as one undo command."""
    from gui.dialogs.exact_start import exact_start

    exact_start(document, parent)


def remove_class(document: Document, index: int, parent: QWidget) -> None:
    """Remove a class; one that has samples is asked about first."""
    from gui.dialogs.remove_class import remove_class

    remove_class(document, index, parent)


def make_binary(document: Document, parent: QWidget) -> None:
    """Ask which two classes stay, and keep them as one undo command."""
    from gui.dialogs.remove_class import make_binary

    make_binary(document, parent)


def ask_label_by_bmi(document: Document, parent: QWidget) -> RuleName | None:
    """Ask for a BMI rule, label every sample by it, and return the rule; None if it was not wanted."""
    from gui.dialogs.label_by_bmi import ask_label_by_bmi

    return ask_label_by_bmi(document, parent)


def import_csv(document: Document, source: TableSource | Path, theme: Theme, parent: QWidget) -> Outcome:
    """Ask how a table becomes samples, put them into the document, and tell what became of it."""
    from gui.dialogs.import_csv import import_csv

    return import_csv(document, source, theme, parent)


def show_export(models: Sequence[WeightsFile], selected: int, folder: Path, parent: QWidget) -> list[Path]:
    """Ask which models go to which files, write them, and return the files written."""
    from gui.dialogs.export_weights import show_export

    return show_export(models, selected, folder, parent)


def ask_save_changes(name: str, parent: QWidget) -> SaveChoice:
    """Ask whether the changes of the document called `name` are to be saved before it goes."""
    from gui.dialogs.session_questions import ask_save_changes

    return ask_save_changes(name, parent)


def ask_overwrite(sentence: str, parent: QWidget) -> OverwriteChoice:
    """Say why a file should not be written over, and ask whether it is to be."""
    from gui.dialogs.session_questions import ask_overwrite

    return ask_overwrite(sentence, parent)


def ask_picture(
    views: Sequence[tuple[str, str]], recorded: Callable[[str], Recording], parent: QWidget
) -> PictureChoice | None:
    """Ask which view becomes a picture, and how; `recorded` gives a view by its key."""
    from gui.dialogs.export_picture import ask_picture

    return ask_picture(views, recorded, parent)


def ask_film(trained_steps: int, parent: QWidget) -> FilmChoice | None:
    """Ask what a film of the run shows, and how."""
    from gui.dialogs.export_film import ask_film

    return ask_film(trained_steps, parent)


def show_shortcuts(commands: Rows, canvas: Rows, parent: QWidget) -> None:
    """Show the keys of all commands until the dialog is closed."""
    from gui.dialogs.shortcuts import show_shortcuts

    show_shortcuts(commands, canvas, parent)


def show_about(parent: QWidget) -> None:
    """Show what the program is until the dialog is closed."""
    from gui.dialogs.about import show_about

    show_about(parent)
