"""Scenes in the window: which there are, which one is open, and restoring it exactly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from engine.document.state import MARKERS, ClassInfo, DocumentState, Settings
from engine.files.scenes import Scene, list_scenes
from engine.generators import GENERATORS, GeneratorInfo, generate
from engine.samples import Samples
from engine.specs import StartSpec
from gui.document import Document
from gui.i18n import Language, message_text, translate
from gui.training_controller import TrainingController

SCENE_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "scenes"
FIRST_SCENE = "first"


@dataclass(frozen=True, slots=True, eq=False)
class _Origin:
    """From this index of the undo stack on, reached by `command`, the document comes from `scene`."""

    index: int
    command: QUndoCommand | None
    scene: Scene | None


class SceneController(QObject):
    """Opens scenes and generated samples into the document, as one undo command each."""

    scene_changed = Signal()
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
        self._language = language
        self._scene: Scene | None = None
        self._origins: list[_Origin] = []
        document.undo_stack.indexChanged.connect(self._on_undo_index_changed)
        self.scenes = list_scenes(SCENE_FOLDER)
        self.generators = GENERATORS

    @property
    def scene(self) -> Scene | None:
        """The scene that is open, or None."""
        return self._scene

    @property
    def title(self) -> str:
        """The open scene's title in the language in use."""
        return self.title_of(self._scene) if self._scene else ""

    @property
    def caption(self) -> str:
        """The open scene's caption, and its hint at what to press, in the language in use."""
        if self._scene is None:
            return ""
        parts = (self._scene.caption, self._scene.hint)
        return " ".join(self._in_language(part) for part in parts if part)

    def title_of(self, scene: Scene) -> str:
        """A scene's title in the language in use."""
        return self._in_language(scene.title)

    def open_first(self) -> None:
        """Show the first scene with nothing to undo before it."""
        scene = next(scene for scene in self.scenes if scene.key == FIRST_SCENE)
        self._document.open(scene.state)
        self._show(scene)
        self.made.emit()

    def open_scene(self, scene: Scene) -> None:
        """Open a scene; undo brings back what was there."""
        self._document.replace(scene.state, translate("Undo", "Open a scene"))
        self._show(scene)
        self.made.emit()

    def restore(self) -> None:
        """Put the open scene back exactly as it was when it opened."""
        if self._scene is not None:
            self.open_scene(self._scene)

    def leave(self) -> None:
        """The document is no scene any more: a file or generated samples stand in its place."""
        self._set_origin(None)

    def open_generator(self, info: GeneratorInfo) -> None:
        """Replace the samples and classes with generated ones; settings stay, the start becomes zeros."""
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

    def _show(self, scene: Scene) -> None:
        self._controller.set_speed(scene.speed)
        self._controller.reset()
        self._set_origin(scene)

    def _set_origin(self, scene: Scene | None) -> None:
        """Remember that the document comes from `scene` from the newest command on, and show it."""
        index = self._document.undo_stack.index()
        self._origins = [origin for origin in self._origins if origin.index < index and self._is_past(origin)]
        self._origins.append(_Origin(index, self._command_at(index), scene))
        self._scene = scene
        self.scene_changed.emit()

    def _on_undo_index_changed(self, index: int) -> None:
        """Undo and redo go from scene to scene: the caption is that of what stands there."""
        past = [origin for origin in self._origins if origin.index <= index and self._is_past(origin)]
        if past and past[-1].scene is not self._scene:
            self._scene = past[-1].scene
            self.scene_changed.emit()

    def _is_past(self, origin: _Origin) -> bool:
        """Whether the command is still the one that it was: others may have taken an undone one's place."""
        return self._command_at(origin.index) is origin.command

    def _command_at(self, index: int) -> QUndoCommand | None:
        """The command that leads to an index of the undo stack; None leads to 0."""
        return self._document.undo_stack.command(index - 1) if index else None

    def _in_language(self, texts: dict[str, str]) -> str:
        return texts.get(self._language.code) or texts["en"]


def _fresh_start(settings: Settings) -> Settings:
    return replace(settings, start=StartSpec())
