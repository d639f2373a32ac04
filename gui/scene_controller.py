"""Scenes in the window: which there are, which one is open, and restoring it exactly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine.document.commands import Command
from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.files.scenes import Scene, SceneEntry, list_entries
from engine.generators import GENERATORS, GeneratorInfo, generate
from engine.samples import Samples
from engine.specs import StartSpec
from gui.document import Document
from gui.i18n import Language, message_text, translate
from gui.lesson import Lesson, LessonProgress
from gui.training_controller import TrainingController

SCENE_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "scenes"
FIRST_SCENE = "first"


@dataclass(frozen=True, slots=True, eq=False)
class _Origin:
    """From this index of the undo stack on, reached by `command`, the document is a lesson's, or nobody's."""

    index: int
    command: Command | None
    progress: LessonProgress | None


class SceneController(QObject):
    """Opens scenes and generated samples into the document, as one undo command each.

    A scene that opens asks for its tab of the lab, its ruler of the loss plot and its selected model.
    """

    scene_changed = Signal()
    tab_requested = Signal(str)
    ruler_requested = Signal(str)
    model_requested = Signal(int)
    made = Signal()
    """A scene, generated samples or an empty canvas was put in the document's place."""

    def __init__(
        self,
        document: Document,
        controller: TrainingController,
        language: Language,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._controller = controller
        self.lesson = Lesson(document, controller, language, self)
        self.replaces: Callable[[Callable[[], object], bool], None] = _at_once
        """Called with what puts a scene or generated samples in the document's place, at once or never, and
        whether the document's file is left then."""
        self._origins: list[_Origin] = []
        self._origin: _Origin | None = None
        document.undo_stack.index_changed.connect(self._on_undo_index_changed)
        document.undo_stack.oldest_let_go.connect(self._on_oldest_let_go)
        self.scenes = list_entries(SCENE_FOLDER)
        self.generators = GENERATORS

    @property
    def scene(self) -> Scene | None:
        """The scene that is open, or None."""
        return self.lesson.scene

    @property
    def title(self) -> str:
        """The open scene's title in the language in use."""
        return self.title_of(self.scene) if self.scene else ""

    def title_of(self, scene: Scene | SceneEntry) -> str:
        """A scene's title in the language in use."""
        return self.lesson.text_of(scene.title)

    def open_first(self) -> None:
        """Show the first scene with nothing to undo before it."""
        scene = next(entry for entry in self.scenes if entry.key == FIRST_SCENE).load()
        self._document.open(scene.state)
        self._show(scene)
        self._ask_for_tab(scene)
        self.made.emit()

    def open_scene(self, listed: Scene | SceneEntry) -> None:
        """Open a scene and its tab of the lab; undo brings back what was there."""
        scene = listed.load() if isinstance(listed, SceneEntry) else listed

        def put() -> None:
            self._open(scene)
            self._ask_for_tab(scene)

        self.replaces(put, True)

    def open_example(self, key: str) -> None:
        """Open a scene by its key for the tab that asks for it, which stays; an unknown key is ignored."""
        for entry in self.scenes:
            if entry.key == key:
                self.replaces(partial(self._open, entry.load()), True)

    def restore(self) -> None:
        """Put the open scene back exactly as it was when it opened."""
        if self.scene is not None:
            self.open_scene(self.scene)

    def leave(self) -> None:
        """The document is no scene any more: a file or generated samples stand in its place."""
        self._begin(None)

    def belong_to(self, key: str | None) -> None:
        """The document that a file brought is this scene's; nobody's where the key is None or unknown.

        So are, with an undo stack that came along, the documents from the newest command on that put another
        in its place; whose those before and after were, no file says.
        """
        entry = next((entry for entry in self.scenes if entry.key == key), None)
        progress = None if entry is None else LessonProgress(entry.load())
        stack = self._document.undo_stack
        index = stack.index()
        places = [0, *(number + 1 for number, _ in stack.replacing())]
        begun = max(place for place in places if place <= index)
        self._origins = [
            _Origin(place, self._command_at(place), progress if place == begun else None) for place in places
        ]
        self._turn_to(self._origins[places.index(begun)])

    def open_generator(self, info: GeneratorInfo) -> None:
        """Replace the samples and classes with generated ones; settings stay, the start becomes zeros."""
        self.replaces(partial(self._generate, info), False)

    def _generate(self, info: GeneratorInfo) -> None:
        made = generate(info.name, self._document.state.settings.seed)
        classes = tuple(
            ClassInfo(number, key=key, color=number, marker=marker)
            for number, (key, marker) in enumerate(zip(made.class_keys, MARKERS, strict=False))
        )
        state = DocumentState(
            samples=Samples.from_columns(made.height_cm, made.weight_kg, made.class_index),
            classes=classes,
            settings=_fresh_start(self._document.state.settings),
        )
        self._document.replace(state, translate("Undo", "Generate samples"))
        self.leave()
        self.made.emit()

    def generator_title(self, info: GeneratorInfo) -> str:
        """A generator's name in the language in use."""
        return message_text(info.title)

    def open_empty(self) -> None:
        """Put an empty canvas with two classes in the document's place; undo brings back what was there."""
        state = DocumentState(
            classes=(ClassInfo(0), ClassInfo(1, color=1, marker=MARKERS[1])),
            settings=_fresh_start(self._document.state.settings),
        )
        self._document.replace(state, translate("Undo", "New document"))
        self.leave()
        self.made.emit()

    def _open(self, scene: Scene) -> None:
        self._document.replace(scene.state, translate("Undo", "Open a scene"))
        self._show(scene)
        self.made.emit()

    def _show(self, scene: Scene) -> None:
        self._controller.set_speed(scene.speed)
        self._controller.reset()
        self._begin(LessonProgress(scene))
        self.model_requested.emit(scene.selected_model or 0)
        if scene.ruler is not None:
            self.ruler_requested.emit(scene.ruler)

    def _ask_for_tab(self, scene: Scene) -> None:
        if scene.tab is not None:
            self.tab_requested.emit(scene.tab)

    def _begin(self, progress: LessonProgress | None) -> None:
        """Remember what the document is from the newest command on, and show it."""
        index = self._document.undo_stack.index()
        self._origins = [origin for origin in self._on_the_stack() if origin.index < index]
        self._origins.append(_Origin(index, self._command_at(index), progress))
        self._turn_to(self._origins[-1])

    def _on_undo_index_changed(self, index: int) -> None:
        """Undo and redo go from lesson to lesson: what is shown is that of what stands there."""
        self._origins = self._on_the_stack()
        past = [origin for origin in self._origins if origin.index <= index]
        if past and past[-1] is not self._origin:
            self._turn_to(past[-1])

    def _on_oldest_let_go(self, gone: int) -> None:
        """The newest of the origins that went with the oldest commands is what undo ends at now."""
        begun = [origin for origin in self._origins if origin.index <= gone][-1:]
        later = [origin for origin in self._origins if origin.index > gone]
        self._origins = [replace(origin, index=0, command=None) for origin in begun]
        self._origins += [replace(origin, index=origin.index - gone) for origin in later]
        self._origin = self._origins[-1] if self._origins else None

    def _turn_to(self, origin: _Origin) -> None:
        self._origin = origin
        self.lesson.show(origin.progress)
        self.scene_changed.emit()

    def _on_the_stack(self) -> list[_Origin]:
        """The origins whose command is still there: others may have taken an undone one's place."""
        return [origin for origin in self._origins if self._command_at(origin.index) is origin.command]

    def _command_at(self, index: int) -> Command | None:
        """The command that leads to an index of the undo stack; None leads to 0."""
        count = self._document.undo_stack.count()
        return self._document.undo_stack.entry(index - 1)[0] if 0 < index <= count else None


def _at_once(put: Callable[[], object], leaves_file: bool) -> None:
    del leaves_file
    put()


def _fresh_start(settings: Settings) -> Settings:
    return replace(settings, start=StartSpec())
