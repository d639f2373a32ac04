"""Every command of the window as one table: its name, its text, its keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from engine.errors import QT_TRANSLATE_NOOP
from gui.i18n import translate

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One command. `group` makes checkable commands exclude one another."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    group: str | None = None


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", QT_TRANSLATE_NOOP("Action", "&New"), ("Ctrl+N",)),
    ActionSpec("open", QT_TRANSLATE_NOOP("Action", "&Open…"), ("Ctrl+O",)),
    ActionSpec("save", QT_TRANSLATE_NOOP("Action", "&Save"), ("Ctrl+S",)),
    ActionSpec("save_as", QT_TRANSLATE_NOOP("Action", "Save &as…"), ("Ctrl+Shift+S",)),
    ActionSpec("export_weights", QT_TRANSLATE_NOOP("Action", "&Export weights…"), ("Ctrl+E",)),
    ActionSpec("copy_python", "Python", ("Ctrl+Shift+C",)),
    ActionSpec("copy_numpy", "NumPy"),
    ActionSpec("copy_spreadsheet", QT_TRANSLATE_NOOP("Action", "Spreadsheet formulas")),
    ActionSpec("copy_latex", "LaTeX"),
    ActionSpec("export_samples", QT_TRANSLATE_NOOP("Action", "Ex&port samples as CSV…"), ("Ctrl+Shift+E",)),
    ActionSpec("export_curves", QT_TRANSLATE_NOOP("Action", "Export loss cur&ves as CSV…")),
    ActionSpec("export_picture", QT_TRANSLATE_NOOP("Action", "Export p&icture…"), ("Ctrl+P",)),
    ActionSpec("export_film", QT_TRANSLATE_NOOP("Action", "Export &film…")),
    ActionSpec("export_handout", QT_TRANSLATE_NOOP("Action", "Export &handout…")),
    ActionSpec("export_worksheet", QT_TRANSLATE_NOOP("Action", "Export wor&ksheet with blanks…")),
    ActionSpec("quit", QT_TRANSLATE_NOOP("Action", "&Quit"), ("Ctrl+Q",)),
    ActionSpec("undo", QT_TRANSLATE_NOOP("Action", "&Undo"), ("Ctrl+Z",)),
    ActionSpec("redo", QT_TRANSLATE_NOOP("Action", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("copy_line", QT_TRANSLATE_NOOP("Action", "C&opy as one line of text")),
    ActionSpec("paste", QT_TRANSLATE_NOOP("Action", "&Paste samples…"), ("Ctrl+V",)),
    ActionSpec("select_all", QT_TRANSLATE_NOOP("Action", "Selec&t all"), ("Ctrl+A",)),
    ActionSpec("select_none", QT_TRANSLATE_NOOP("Action", "Select &none"), ("Esc",)),
    ActionSpec("edit_sample", QT_TRANSLATE_NOOP("Action", "Ed&it sample…"), ("F2",)),
    ActionSpec("delete", QT_TRANSLATE_NOOP("Action", "&Delete"), ("Del", "Backspace")),
    ActionSpec("clear", QT_TRANSLATE_NOOP("Action", "&Clear all samples"), ("Ctrl+Del",)),
    ActionSpec("label_by_bmi", QT_TRANSLATE_NOOP("Action", "Label by B&MI…")),
    ActionSpec("tool_add", QT_TRANSLATE_NOOP("Action", "&Add"), ("A",), True, "tool"),
    ActionSpec("tool_select", QT_TRANSLATE_NOOP("Action", "&Select"), ("S",), True, "tool"),
    ActionSpec("tool_brush", QT_TRANSLATE_NOOP("Action", "&Brush"), ("B",), True, "tool"),
    ActionSpec("tool_erase", QT_TRANSLATE_NOOP("Action", "&Erase"), ("E",), True, "tool"),
    ActionSpec("tool_line", QT_TRANSLATE_NOOP("Action", "Your own &line"), ("L",), True, "tool"),
    ActionSpec("remove_line", QT_TRANSLATE_NOOP("Action", "Remo&ve your own line")),
    ActionSpec("fit", QT_TRANSLATE_NOOP("Action", "&Fit to the samples"), ("F",)),
    ActionSpec("optimum", QT_TRANSLATE_NOOP("Action", "Show the &optimum"), ("O",), True),
    ActionSpec("fan", QT_TRANSLATE_NOOP("Action", "&Perceptron lines from 30 starts"), ("P",), True),
    ActionSpec("pulls", QT_TRANSLATE_NOOP("Action", "&Each sample's pull"), (), True),
    ActionSpec("bmi_none", QT_TRANSLATE_NOOP("Action", "&None"), (), True, "bmi"),
    ActionSpec("bmi_who", QT_TRANSLATE_NOOP("Action", "&WHO (18.5 / 25 / 30)"), (), True, "bmi"),
    ActionSpec("bmi_korean", QT_TRANSLATE_NOOP("Action", "&Korean (18.5 / 23 / 25)"), (), True, "bmi"),
    ActionSpec("larger", QT_TRANSLATE_NOOP("Action", "&Larger text and lines"), ("Ctrl++", "Ctrl+=")),
    ActionSpec("smaller", QT_TRANSLATE_NOOP("Action", "S&maller text and lines"), ("Ctrl+-",)),
    ActionSpec("normal_size", QT_TRANSLATE_NOOP("Action", "&Normal size"), ("Ctrl+0",)),
    ActionSpec("mode_system", QT_TRANSLATE_NOOP("Action", "As the &desktop"), (), True, "mode"),
    ActionSpec("mode_light", QT_TRANSLATE_NOOP("Action", "&Light"), (), True, "mode"),
    ActionSpec("mode_dark", QT_TRANSLATE_NOOP("Action", "Dar&k"), (), True, "mode"),
    ActionSpec("language_system", QT_TRANSLATE_NOOP("Action", "As the &desktop"), (), True, "language"),
    ActionSpec("language_en", "English", (), True, "language"),
    ActionSpec("language_ko", "한국어", (), True, "language"),
    ActionSpec("show_left", QT_TRANSLATE_NOOP("Action", "&Settings column"), ("F6",), True),
    ActionSpec("show_right", QT_TRANSLATE_NOOP("Action", "&Curves and lab column"), ("F7",), True),
    ActionSpec("show_loss", QT_TRANSLATE_NOOP("Action", "Loss cur&ves"), ("F8",), True),
    ActionSpec("show_weights", QT_TRANSLATE_NOOP("Action", "&Weights"), ("F9",), True),
    ActionSpec("full_screen", QT_TRANSLATE_NOOP("Action", "F&ull screen"), ("F11",), True),
    ActionSpec("train", QT_TRANSLATE_NOOP("Action", "&Train or pause"), ("Space",)),
    ActionSpec("step_forward", QT_TRANSLATE_NOOP("Action", "One step &forward"), ("Right",)),
    ActionSpec("step_back", QT_TRANSLATE_NOOP("Action", "One step &back"), ("Left",)),
    ActionSpec("reset", QT_TRANSLATE_NOOP("Action", "&Reset to the same start"), ("Home",)),
    ActionSpec("new_seed", QT_TRANSLATE_NOOP("Action", "&New seed"), ("Ctrl+R",)),
    ActionSpec("slower", QT_TRANSLATE_NOOP("Action", "S&lower"), ("[",)),
    ActionSpec("faster", QT_TRANSLATE_NOOP("Action", "F&aster"), ("]",)),
    ActionSpec("full_speed", QT_TRANSLATE_NOOP("Action", "As fast as it &goes"), ("\\",)),
    ActionSpec("train_from_line", QT_TRANSLATE_NOOP("Action", "Train from &your own line"), ("Ctrl+L",)),
    ActionSpec("restore_scene", QT_TRANSLATE_NOOP("Action", "&Restore the scene"), ("F5",)),
    ActionSpec("shortcuts", QT_TRANSLATE_NOOP("Action", "&Keyboard shortcuts"), ("F1",)),
    ActionSpec("about", QT_TRANSLATE_NOOP("Action", "&About Fall Line")),
    *(
        ActionSpec(f"class_{number}", QT_TRANSLATE_NOOP("Action", "Class {number}"), (str(number),))
        for number in range(1, 9)
    ),
    *(
        ActionSpec(
            f"toggle_label_{number}",
            QT_TRANSLATE_NOOP("Action", "Give or take label {number}"),
            (f"Shift+{number}",),
        )
        for number in range(1, 9)
    ),
)

MENUS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        QT_TRANSLATE_NOOP("Menu", "&File"),
        ("new", "open", "menu:recent", SEPARATOR, "save", "save_as", SEPARATOR, "export_weights",
         "menu:copy", "export_samples", "export_curves", SEPARATOR, "export_picture", "export_film",
         "export_handout", "export_worksheet", SEPARATOR, "quit"),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&Edit"),
        ("undo", "redo", SEPARATOR, "copy_line", "paste",
         "select_all", "select_none", "edit_sample", "delete", "clear",
         "label_by_bmi", SEPARATOR,
         "tool_add", "tool_select", "tool_brush", "tool_erase", "tool_line", "remove_line"),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&View"),
        ("fit", "optimum", "fan", "pulls", "menu:bmi", SEPARATOR,
         "larger", "smaller", "normal_size", SEPARATOR,
         "menu:mode", "menu:language", SEPARATOR, "show_left", "show_right", "show_loss", "show_weights",
         "full_screen"),
    ),
    (
        QT_TRANSLATE_NOOP("Menu", "&Train"),
        ("train", "step_forward", "step_back", SEPARATOR, "reset", "new_seed", SEPARATOR, "slower", "faster",
         "full_speed", SEPARATOR, "train_from_line"),
    ),
    (QT_TRANSLATE_NOOP("Menu", "&Lab"), ("menu:lab",)),
    (QT_TRANSLATE_NOOP("Menu", "&Scenes"), ("menu:scenes", SEPARATOR, "restore_scene", "menu:generators")),
    (QT_TRANSLATE_NOOP("Menu", "&Help"), ("shortcuts", SEPARATOR, "about")),
)  # fmt: skip

SUBMENUS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "recent": (QT_TRANSLATE_NOOP("Menu", "Open &recent"), ()),
    "copy": (
        QT_TRANSLATE_NOOP("Menu", "&Copy model as"),
        ("copy_python", "copy_numpy", "copy_spreadsheet", "copy_latex"),
    ),
    "bmi": (QT_TRANSLATE_NOOP("Menu", "BM&I edges"), ("bmi_none", "bmi_who", "bmi_korean")),
    "mode": (QT_TRANSLATE_NOOP("Menu", "&Theme"), ("mode_system", "mode_light", "mode_dark")),
    "language": (QT_TRANSLATE_NOOP("Menu", "Lan&guage"), ("language_system", "language_en", "language_ko")),
    "generators": (QT_TRANSLATE_NOOP("Menu", "&Generate samples"), ()),
}


class Actions:
    """The window's QActions by name, each connected to one handler; texts follow the language."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]]) -> None:
        self._actions: dict[str, QAction] = {}
        groups: dict[str, QActionGroup] = {}
        for spec in ACTIONS:
            action = QAction(window)
            action.setObjectName(spec.name)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setCheckable(spec.checkable)
            if spec.group is not None:
                groups.setdefault(spec.group, QActionGroup(window)).addAction(action)
            action.triggered.connect(handlers[spec.name])
            window.addAction(action)
            self._actions[spec.name] = action
        self.retranslate()

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def retranslate(self) -> None:
        """Set every text in the language in use."""
        for name, action in self._actions.items():
            action.setText(self.text_of(name))

    def text_of(self, name: str) -> str:
        """The command's own text in the language in use, whatever its action shows now."""
        text = translate("Action", next(spec.text for spec in ACTIONS if spec.name == name))
        return text.format(number=name[-1]) if name.startswith(("class_", "toggle_label_")) else text

    def overview(self) -> list[tuple[str, str]]:
        """Text and keys of every command that has keys, for the shortcut overview."""
        rows = []
        for name, action in self._actions.items():
            keys = [key.toString(QKeySequence.SequenceFormat.NativeText) for key in action.shortcuts()]
            if keys:
                text = f"{menu_of(name)}{self.text_of(name)}"
                rows.append((_plain(text), " / ".join(keys)))
        return rows


def _plain(text: str) -> str:
    """A command's text without its mnemonic, which Korean has in brackets behind the words."""
    return re.sub(r"\(&.\)", "", text).replace("&", "").rstrip("…")


def menu_of(name: str) -> str:
    """The title of the submenu that a command is in, which says what its text leaves out; else nothing."""
    titles = [translate("Menu", title) for title, names in SUBMENUS.values() if name in names]
    return f"{titles[0]}: " if titles else ""
