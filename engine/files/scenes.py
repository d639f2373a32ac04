"""Scenes: small JSON files with samples or a generator, settings, a start and a caption (`docs/scenes.md`).

A scene is read strictly: an unknown key or a value of the wrong kind is an error that names the file and the
place in it, so that a mistyped key never passes for a default.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.document.splitting import split_anew
from engine.document.state import DocumentState, GuessLine, Settings
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.scene_lesson import (
    LANGUAGES as LANGUAGES,
)
from engine.files.scene_lesson import (
    SceneRuler,
    Series,
    Texts,
    answer_of,
    choices_of,
    optional_texts,
    outcome_step_of,
    ruler_of,
    selected_model_of,
    series_of,
    texts_of,
)
from engine.files.scene_samples import classes_of, default_classes, generated_of, samples_of
from engine.files.scene_settings import above_zero, check_keys, settings_from
from engine.files.weights_check import Node
from engine.files.weights_json import parse
from engine.models import layout_of
from engine.specs import MULTI_CLASS_KINDS

FORMAT = "fall-line-scene"
VERSION = 1

_REQUIRED = ("format", "version", "key", "title", "caption")
_OPTIONAL = (
    "samples",
    "generator",
    "classes",
    "settings",
    "speed",
    "guess",
    "hint",
    "tab",
    "question",
    "choices",
    "answer",
    "outcome",
    "outcome_step",
    "series",
    "ruler",
    "selected_model",
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A scene as it opens.

    Attributes
    ----------
    key : str
        Its name among the scenes; never shown.
    title, caption : dict of str to str
        By language code, "en" and "ko".
    state : DocumentState
    speed : float or None
        Steps per second; None is as fast as it goes.
    hint, question, outcome : dict of str to str, or None
        By language: what to do first; what to think about before training; what came out of it.
    tab : str or None
        Which tab of the lab to show.
    choices : tuple of dict of str to str
        Answers to the question to choose from, 2 to 4; empty where it is only to think about.
    answer : int or None
        Index of the right choice; None without choices.
    outcome_step : int or None
        The step from which the run shows the outcome; None: as soon as it is asked for.
    series : {"start", "binary", "multi_class"} or None
        Under which heading of the menu it stands.
    ruler : {"error_rate", "cross_entropy", "mse"} or None
        By which ruler the loss plot measures when it opens; None: by the one in use.
    selected_model : int or None
        Which model is the selected one when it opens; None: the first.
    """

    key: str
    title: Texts
    caption: Texts
    state: DocumentState
    speed: float | None = None
    hint: Texts | None = None
    tab: str | None = None
    question: Texts | None = None
    outcome: Texts | None = None
    choices: tuple[Texts, ...] = ()
    answer: int | None = None
    outcome_step: int | None = None
    series: Series | None = None
    ruler: SceneRuler | None = None
    selected_model: int | None = None


@dataclass(frozen=True, slots=True)
class SceneEntry:
    """A scene as a menu lists it, before its samples are made: what the file `path` says of them."""

    path: Path
    key: str
    title: Texts
    series: Series | None

    def load(self) -> Scene:
        """Read the whole scene; raises as `load_scene` does."""
        return load_scene(self.path)


def list_entries(folder: Path) -> list[SceneEntry]:
    """List every ``*.json`` of a folder, in the order of the file names, without making any samples.

    Raises
    ------
    FallLineError
        If a file is no scene of this version, has no key or title, or two have one key.
    OSError
        If a file cannot be read.
    """
    entries: dict[str, SceneEntry] = {}
    for path in sorted(folder.glob("*.json")):
        with _naming(path):
            root = _root(path.read_bytes())
            key, title, series = root.at("key").text(), texts_of(root.at("title")), series_of(root)
        if key in entries:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "{file}: another scene has the key “{key}” too."),
                file=path.name,
                key=key,
            )
        entries[key] = SceneEntry(path, key, title, series)
    return list(entries.values())


def list_scenes(folder: Path) -> list[Scene]:
    """Read every scene of a folder whole, in the order of the file names.

    Raises
    ------
    FallLineError
        If a file is no scene, or two have one key.
    OSError
        If a file cannot be read.
    """
    return [entry.load() for entry in list_entries(folder)]


def load_scene(path: Path) -> Scene:
    """Read a scene.

    Raises
    ------
    FallLineError
        If it is not a scene; the sentence names the file and the place.
    OSError
        If the file cannot be read.
    """
    with _naming(path):
        return parse_scene(path.read_bytes())


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Put the file's name before what is wrong in it."""
    try:
        yield
    except FallLineError as error:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "{file}: {reason}"), file=path.name, reason=error.message
        ) from error


def parse_scene(data: bytes) -> Scene:
    """Read a scene from the bytes of its file.

    Raises
    ------
    FallLineError
        If it is not a scene; the sentence names the place.
    """
    root = _root(data)
    check_keys(root, _REQUIRED, _OPTIONAL)
    state = _state(root)
    choices = choices_of(root)
    return Scene(
        key=root.at("key").text(),
        title=texts_of(root.at("title")),
        caption=texts_of(root.at("caption")),
        state=state,
        speed=_speed(root),
        hint=optional_texts(root, "hint"),
        tab=root.at("tab").text() if root.has("tab") else None,
        question=optional_texts(root, "question"),
        outcome=optional_texts(root, "outcome"),
        choices=choices,
        answer=answer_of(root, len(choices)),
        outcome_step=outcome_step_of(root),
        series=series_of(root),
        ruler=ruler_of(root),
        selected_model=selected_model_of(root, len(state.losses)),
    )


def _root(data: bytes) -> Node:
    """The contents of a file that says to be a scene of this version."""
    root = Node("", parse(data))
    if root.at("format").value != FORMAT:
        raise FallLineError(QT_TRANSLATE_NOOP("Engine", "This is not a scene of Fall Line."))
    if root.at("version").whole(1) != VERSION:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine", "This scene has version {version}; this program reads version {known}."
            ),
            version=root.at("version").whole(1),
            known=VERSION,
        )
    return root


def _speed(root: Node) -> float | None:
    if not root.has("speed") or root.at("speed").value is None:
        return None
    return above_zero(root.at("speed"))


def _state(root: Node) -> DocumentState:
    if root.has("samples") == root.has("generator"):
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "A scene needs either “samples” or “generator”, and not both.")
        )
    if root.has("samples"):
        classes = classes_of(root.at("classes"))
        samples = samples_of(root.at("samples"), len(classes))
    else:
        samples, keys = generated_of(root.at("generator"))
        classes = classes_of(root.at("classes")) if root.has("classes") else default_classes(keys)
        if len(classes) != len(keys):
            root.at("classes").fail(QT_TRANSLATE_NOOP("Engine", "a list of {length}"), length=len(keys))
    state = DocumentState(
        samples=samples,
        classes=classes,
        settings=_settings(root, len(classes)),
        guess=_guess(root.at("guess")) if root.has("guess") else None,
    )
    _check_comparison(root, state)
    _check_start(root, state)
    is_marked = root.has("samples") and root.at("samples").has("held_out")
    return state if is_marked else split_anew(state)


def _guess(node: Node) -> GuessLine:
    check_keys(node, ("per_cm", "per_kg", "bias"))
    return GuessLine(node.at("per_cm").number(), node.at("per_kg").number(), node.at("bias").number())


def _settings(root: Node, n_classes: int) -> Settings:
    if not root.has("settings"):
        return Settings()
    node = root.at("settings")
    settings = settings_from(node)
    if node.has("model") and settings.model not in MULTI_CLASS_KINDS and n_classes != 2:
        node.at("model").fail(
            QT_TRANSLATE_NOOP(
                "Engine", "a model with an output node for each class, as there are not two classes"
            )
        )
    return settings


def _check_comparison(root: Node, state: DocumentState) -> None:
    if state.settings.loss_mode == "outputs" and not state.kinds:
        root.at("settings").at("loss_mode").fail(
            QT_TRANSLATE_NOOP("Engine", "another comparison, as the model is neither softmax nor K sigmoids")
        )


def _check_start(root: Node, state: DocumentState) -> None:
    start = state.settings.start
    if start.kind != "exact":
        return
    count = layout_of(state.model).parameter_count if len(state.classes) >= 2 else 0
    if len(start.parameters) != count:
        root.at("settings").at("start").at("parameters").fail(
            QT_TRANSLATE_NOOP("Engine", "a list of {length}"), length=count
        )
