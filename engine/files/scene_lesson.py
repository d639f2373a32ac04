"""What a scene says and asks: its texts, a question with choices, and when the outcome is there."""

from __future__ import annotations

from typing import Literal, cast, get_args

from engine.errors import QT_TRANSLATE_NOOP
from engine.files.scene_settings import check_keys
from engine.files.weights_check import Node

LANGUAGES = ("en", "ko")
LEAST_CHOICES, MOST_CHOICES = 2, 4

Texts = dict[str, str]
Series = Literal["start", "binary", "multi_class"]
SceneRuler = Literal["error_rate", "cross_entropy", "mse"]


def texts_of(node: Node) -> Texts:
    """A text in every language, none of them empty."""
    check_keys(node, LANGUAGES)
    return {language: node.at(language).text() for language in LANGUAGES}


def optional_texts(root: Node, key: str) -> Texts | None:
    """The text under `key`, or None where there is none."""
    return texts_of(root.at(key)) if root.has(key) else None


def choices_of(root: Node) -> tuple[Texts, ...]:
    """The possible answers to the scene's question, 2 to 4; empty where it gives none.

    Raises
    ------
    FallLineError
        If there are too few or too many, two read the same, or question or outcome is missing.
    """
    if not root.has("choices"):
        return ()
    for key in ("question", "outcome"):
        root.at(key)
    node = root.at("choices")
    items = node.items()
    if not LEAST_CHOICES <= len(items) <= MOST_CHOICES:
        node.fail(
            QT_TRANSLATE_NOOP("Engine", "a list of {least} to {most}"), least=LEAST_CHOICES, most=MOST_CHOICES
        )
    choices = tuple(texts_of(item) for item in items)
    for index, item in enumerate(items):
        for language in LANGUAGES:
            if any(choice[language] == choices[index][language] for choice in choices[:index]):
                item.at(language).fail(QT_TRANSLATE_NOOP("Engine", "another text than the choices before"))
    return choices


def answer_of(root: Node, n_choices: int) -> int | None:
    """Index of the right choice; given exactly where there are choices."""
    if not root.has("choices") and not root.has("answer"):
        return None
    root.at("choices")
    answer = root.at("answer").whole()
    if answer >= n_choices:
        root.at("answer").fail(QT_TRANSLATE_NOOP("Engine", "a choice from 0 to {last}"), last=n_choices - 1)
    return answer


def outcome_step_of(root: Node) -> int | None:
    """The step at which the outcome can be seen; None: as soon as it is asked for."""
    if not root.has("outcome_step"):
        return None
    root.at("outcome")
    return root.at("outcome_step").whole(1)


def series_of(root: Node) -> Series | None:
    """Under which heading of the menu the scene stands."""
    return cast(Series, root.at("series").one_of(*get_args(Series))) if root.has("series") else None


def ruler_of(root: Node) -> SceneRuler | None:
    """By which ruler the loss plot measures when the scene opens."""
    return cast(SceneRuler, root.at("ruler").one_of(*get_args(SceneRuler))) if root.has("ruler") else None


def selected_model_of(root: Node, n_models: int) -> int | None:
    """Which model is the selected one when the scene opens; None: the first.

    Raises
    ------
    FallLineError
        If the scene trains fewer than so many models.
    """
    if not root.has("selected_model"):
        return None
    node = root.at("selected_model")
    model = node.whole()
    if model >= n_models:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a model from 0 to {last}"), last=n_models - 1)
    return model
