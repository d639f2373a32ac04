"""The shipped scenes trained without a window, and the figures in their texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.files.scene_lesson import LANGUAGES
from engine.files.scenes import Scene, list_scenes
from engine.layout import Floats
from engine.optimum.optimum import find_optimum
from engine.samples import Samples
from engine.specs import TrainingSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "scenes"
SCENES = {scene.key: scene for scene in list_scenes(FOLDER)}
CROSS_ENTROPY, MSE, WRONG = 0, 1, 2
"""Columns of the metrics."""
BCE_MODEL, MSE_MODEL = 0, 1
"""Rows of a comparison."""

_NUMBER = re.compile(r"−?\d+(?:,\d{3})*(?:\.\d+)?")


class Run:
    """A scene being trained, without a window."""

    def __init__(self, key: str, samples: Samples | None = None, **changes: object) -> None:
        self.key, self.scene = key, SCENES[key]
        spec = replace(self.scene.state.training_spec(), **changes)  # type: ignore[arg-type]
        self.spec: TrainingSpec = spec if samples is None else replace(spec, samples=samples)
        self.model, self.data = self.spec.model, TrainingData.of(self.spec)
        self.stepper, self.state = Stepper(self.spec, self.data), start_state(self.spec)

    def to(self, step: int) -> Floats:
        """The metrics, shape (models, 3), at a step that is not before the present one."""
        self.stepper.advance(self.state, step - self.state.step)
        return self.stepper.metrics(self.state).copy()

    def to_outcome(self) -> Floats:
        """The metrics where the window shows the outcome."""
        assert self.scene.outcome_step is not None
        return self.to(self.scene.outcome_step)

    def first_step(self, row: int, wanted: float, start: int, stop: int) -> int | None:
        """The first step in a range at which a model's share of right answers reaches `wanted`."""
        for step in range(start, stop):
            if 1 - self.to(step)[row, WRONG] >= wanted - 1e-9:
                return step
        return None

    def weights_cm_kg(self, row: int = 0) -> Floats:
        """Weight per cm, weight per kg and bias of a model."""
        return self.data.scaler.to_original_units(self.state.parameters[row])

    def logit(self, height_cm: float, weight_kg: float, row: int = 0) -> float:
        """z of a person."""
        return float(self.weights_cm_kg(row) @ [height_cm, weight_kg, 1.0])

    def line_kg(self, height_cm: float, row: int = 0) -> float:
        """The body weight at which a model's line stands."""
        per_cm, per_kg, bias = self.weights_cm_kg(row)
        return float(-(bias + per_cm * height_cm) / per_kg)

    def probabilities(self, row: int = 0) -> Floats:
        """p of every sample."""
        return sigmoid(self.state.parameters[row] @ self.data.design)

    def right(self, row: int = 0) -> int:
        """How many samples a model answers rightly."""
        wrong = float(self.stepper.metrics(self.state)[row, WRONG]) * len(self.data)
        assert abs(wrong - round(wrong)) < 1e-9
        return len(self.data) - round(wrong)

    @property
    def least_cross_entropy(self) -> float:
        """The optimum's."""
        return find_optimum(self.model, self.data).cross_entropy


def sigmoid(z: float | Floats) -> Floats:
    """p = 1 / (1 + e^-z), as the textbook has it."""
    p: Floats = 1.0 / (1.0 + np.exp(-np.asarray(z)))
    return p


def lengths(parameters: Floats) -> Floats:
    """Length of each model's weights of height and body weight."""
    return np.hypot(parameters[..., 0], parameters[..., 1])


def decimals(value: float, places: int = 0) -> str:
    """A number as the texts have it: 5,040 and −0.373."""
    text = f"{value:,.{places}f}".replace("-", "−")
    return text.removeprefix("−") if not float(text.replace("−", "").replace(",", "")) else text


def percent(share: float) -> str:
    """A share as whole per cent, without the sign for it."""
    return decimals(100.0 * share)


def claims(scene: Scene, language: str) -> Iterator[str]:
    """Every text that has to be true: the wrong choices need not be."""
    for texts in (scene.title, scene.caption, scene.hint, scene.question, scene.outcome):
        if texts is not None:
            yield texts[language]
    if scene.answer is not None:
        yield scene.choices[scene.answer][language]


def check_figures(key: str, *proven: str) -> None:
    """Every number in a scene's texts was proven, and every proven one stands there, in both languages."""
    for language in LANGUAGES:
        told = {number for text in claims(SCENES[key], language) for number in _NUMBER.findall(text)}
        assert told == set(proven), (key, language, sorted(told ^ set(proven)))


def check_answer(key: str, *is_true: object) -> None:
    """Of what the choices say, in their order, the answer alone is true."""
    scene = SCENES[key]
    assert len(is_true) == len(scene.choices)
    assert [index for index, truth in enumerate(is_true) if truth] == [scene.answer]
