"""The lesson of the open scene: what the person guesses before training, and what came out. No widgets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from engine.files.scene_lesson import Texts
from engine.files.scenes import Scene
from engine.running.compiled import same_samples
from gui.document import Document
from gui.frame import Frame
from gui.i18n import Language
from gui.training_controller import TrainingController


@dataclass(slots=True, eq=False)
class LessonProgress:
    """How far the person has come in a scene since it was opened.

    Attributes
    ----------
    scene : Scene
    choice : int or None
        The guess: an index of the scene's choices.
    is_revealed : bool
        Whether the outcome is shown; it stays.
    """

    scene: Scene
    choice: int | None = None
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class LessonWords:
    """A scene's texts in the language in use; what it does not have is empty."""

    title: str = ""
    caption: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    outcome: str = ""


class Lesson(QObject):
    """Keeps the guess, and shows the outcome when the run has come to the scene's step.

    Training never waits for it: without a guess the outcome shows as well.
    """

    changed = Signal()

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
        self._progress: LessonProgress | None = None
        self._earlier_run_id = 0
        controller.frame.connect(self._on_frame)

    @property
    def scene(self) -> Scene | None:
        """The scene that is open, or None."""
        return self._progress.scene if self._progress else None

    @property
    def choice(self) -> int | None:
        """Index of the person's guess; None while there is none."""
        return self._progress.choice if self._progress else None

    @property
    def is_revealed(self) -> bool:
        """Whether the outcome is shown."""
        return self._progress is not None and self._progress.is_revealed

    @property
    def is_right(self) -> bool | None:
        """Whether the guess is right; None without one."""
        if self._progress is None or self._progress.choice is None:
            return None
        return self._progress.choice == self._progress.scene.answer

    @property
    def can_reveal(self) -> bool:
        """Whether the outcome waits to be asked for, not for a step of the run."""
        scene = self.scene
        return (
            scene is not None
            and scene.outcome is not None
            and scene.outcome_step is None
            and not self.is_revealed
        )

    @property
    def is_as_shipped(self) -> bool:
        """Whether samples and settings are still the scene's own; the threshold changes no training."""
        if self._progress is None:
            return True
        scene, state = self._progress.scene.state, self._document.state
        settings = replace(state.settings, threshold=scene.settings.threshold)
        return same_samples(state.samples, scene.samples) and settings == scene.settings

    @property
    def words(self) -> LessonWords:
        """The scene's texts in the language in use; its hint, what to do first, follows the caption."""
        scene = self.scene
        if scene is None:
            return LessonWords()
        text = self.text_of
        return LessonWords(
            text(scene.title),
            f"{text(scene.caption)} {text(scene.hint)}".strip(),
            text(scene.question),
            tuple(text(choice) for choice in scene.choices),
            text(scene.outcome),
        )

    def text_of(self, texts: Texts | None) -> str:
        """A scene's text in the language in use; empty for None."""
        if texts is None:
            return ""
        return texts.get(self._language.code) or texts["en"]

    def show(self, progress: LessonProgress | None) -> None:
        """Take up a lesson where it stood; what earlier runs had come to says nothing about it."""
        self._progress = progress
        snapshot = self._controller.snapshot
        self._earlier_run_id = 0 if snapshot is None else snapshot.run_id
        self.changed.emit()

    def choose(self, choice: int) -> None:
        """Guess, or guess again; ignored when the outcome is there."""
        progress = self._progress
        if progress is None or progress.is_revealed or not 0 <= choice < len(progress.scene.choices):
            return
        if choice != progress.choice:
            progress.choice = choice
            self.changed.emit()

    def reveal(self) -> None:
        """Show what came out, where that waits for no step."""
        if self.can_reveal:
            self._reveal()

    def _on_frame(self, frame: Frame) -> None:
        scene, snapshot = self.scene, frame.snapshot
        if scene is None or scene.outcome_step is None or self.is_revealed:
            return
        has_diverged = snapshot.stop is not None and snapshot.stop.kind == "diverged"
        if snapshot.run_id > self._earlier_run_id and (snapshot.step >= scene.outcome_step or has_diverged):
            self._reveal()

    def _reveal(self) -> None:
        if self._progress is not None:
            self._progress.is_revealed = True
            self.changed.emit()
