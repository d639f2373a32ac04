"""The scenes as entries of their menu: those to start with, then each series of the lab as a submenu."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from engine.files.scene_lesson import Series
from engine.files.scenes import SceneEntry
from gui.i18n import translate
from gui.menus import MenuEntry, MenuGroup
from gui.scene_controller import SceneController

_LABS: dict[Series, Callable[[], str]] = {
    "binary": lambda: translate("SceneMenu", "Binary lab"),
    "multi_class": lambda: translate("SceneMenu", "Multi-class lab"),
}


def scene_entries(scenes: SceneController) -> list[MenuEntry | MenuGroup]:
    """Make the menu's entries, each in the order of the files; the open scene has a check mark."""

    def entry(scene: SceneEntry) -> MenuEntry:
        return MenuEntry(
            partial(scenes.title_of, scene),
            partial(scenes.open_scene, scene),
            lambda: scenes.scene is not None and scenes.scene.key == scene.key,
        )

    entries: list[MenuEntry | MenuGroup] = [
        entry(scene) for scene in scenes.scenes if scene.series not in _LABS
    ]
    for series, title in _LABS.items():
        lessons = tuple(entry(scene) for scene in scenes.scenes if scene.series == series)
        if lessons:
            entries.append(MenuGroup(title, lessons))
    return entries
