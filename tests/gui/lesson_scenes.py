"""Scenes with a lesson that no test has to share with those that the program ships."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from engine.files.scenes import Scene, parse_scene
from gui import scene_controller

STEP = 6
ANSWER, WRONG = 0, 2


def both(text: str) -> dict[str, str]:
    """A text in both languages, the Korean one told apart."""
    return {"en": text, "ko": f"{text} 한국어"}


LESSON: dict[str, object] = {
    "format": "fall-line-scene",
    "version": 1,
    "key": "lesson",
    "series": "binary",
    "title": both("Which one turns first"),
    "caption": both("Both start the wrong way round."),
    "hint": both("Press Space."),
    "generator": {"name": "people", "seed": 7},
    "settings": {"start": {"kind": "exact", "parameters": [5, -5, 0]}},
    "tab": "landscape",
    "ruler": "mse",
    "selected_model": 1,
    "question": both("Which line turns first?"),
    "choices": [both("The one trained on BCE"), both("The one trained on MSE"), both("Both at once")],
    "answer": ANSWER,
    "outcome": both("BCE turned it."),
    "outcome_step": STEP,
}


def lesson_scene(**changes: object) -> Scene:
    """The lesson with other values; ``...`` leaves a key out."""
    document = {key: value for key, value in {**LESSON, **changes}.items() if value is not ...}
    return parse_scene(json.dumps(document).encode())


def ship_lessons(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Give the window two more scenes: "lesson", and "asked", which waits for no step."""
    for path in scene_controller.SCENE_FOLDER.glob("*.json"):
        shutil.copy(path, folder)
    asked = {key: value for key, value in LESSON.items() if key not in ("outcome_step", "ruler")}
    asked |= {"key": "asked", "title": both("Only asked"), "series": "multi_class"}
    for name, lesson in (("98_lesson", LESSON), ("99_asked", asked)):
        (folder / f"{name}.json").write_text(json.dumps(lesson), encoding="utf-8")
    patch.setattr(scene_controller, "SCENE_FOLDER", folder)
