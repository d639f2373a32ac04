"""The lesson in a scene's file: question, choices, answer, outcome, and how the window opens."""

from __future__ import annotations

import json

import pytest

from engine.errors import FallLineError
from engine.files.scenes import Scene, parse_scene

A, B, C = ({"en": letter, "ko": letter + "가"} for letter in "abc")
PLAIN = {
    "format": "fall-line-scene",
    "version": 1,
    "key": "plain",
    "title": A,
    "caption": A,
    "generator": {"name": "people", "seed": 7},
}
ASKING = {"question": A, "choices": [A, B, C], "answer": 2, "outcome": B, "outcome_step": 40}


def parse(**changes: object) -> Scene:
    document = {key: value for key, value in {**PLAIN, **changes}.items() if value is not ...}
    return parse_scene(json.dumps(document).encode())


def test_a_lesson_is_kept_as_it_is_written() -> None:
    scene = parse(**ASKING, series="multi_class", tab="landscape", ruler="mse", selected_model=1)
    assert (scene.question, scene.choices, scene.answer) == (A, (A, B, C), 2)
    assert (scene.outcome, scene.outcome_step) == (B, 40)
    assert (scene.series, scene.tab, scene.ruler, scene.selected_model) == (
        "multi_class",
        "landscape",
        "mse",
        1,
    )


def test_a_scene_without_a_lesson_asks_nothing() -> None:
    scene = parse()
    assert scene.choices == ()
    assert scene.question is scene.answer is scene.outcome is scene.outcome_step is None
    assert scene.series is scene.ruler is scene.selected_model is None


def test_a_question_may_be_only_to_think_about() -> None:
    scene = parse(question=A, outcome=B)
    assert (scene.question, scene.choices, scene.answer, scene.outcome_step) == (A, (), None, None)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({**ASKING, "question": ...}, "question is missing."),
        ({**ASKING, "choices": ...}, "choices is missing."),
        ({**ASKING, "answer": ...}, "answer is missing."),
        ({**ASKING, "answer": 3}, "answer: expected a choice from 0 to 2, found 3."),
        ({**ASKING, "answer": "b"}, 'answer: expected a whole number, at least 0, found "b".'),
        ({**ASKING, "choices": [A]}, "choices: expected a list of 2 to 4, found a list of 1."),
        ({**ASKING, "choices": [A, B, C, A, B]}, "choices: expected a list of 2 to 4, found a list of 5."),
        ({**ASKING, "choices": [A, {"en": "b"}]}, "choices[1].ko is missing."),
        (
            {**ASKING, "choices": [A, B, {"en": "c", "ko": B["ko"]}]},
            'choices[2].ko: expected another text than the choices before, found "b가".',
        ),
        ({**ASKING, "outcome": ...}, "outcome is missing."),
        ({**ASKING, "outcome_step": 0}, "outcome_step: expected a whole number, at least 1, found 0."),
        (
            {"series": "regression"},
            'series: expected "start" | "binary" | "multi_class", found "regression".',
        ),
        ({"ruler": "own"}, 'ruler: expected "error_rate" | "cross_entropy" | "mse", found "own".'),
        ({"selected_model": 2}, "selected_model: expected a model from 0 to 1, found 2."),
        (
            {"selected_model": 1, "settings": {"loss_mode": "mse"}},
            "selected_model: expected a model from 0 to 0, found 1.",
        ),
        (
            {"selected_model": 1, "settings": {"model": "step"}},
            "selected_model: expected a model from 0 to 0, found 1.",
        ),
    ],
)
def test_a_faulty_lesson_is_told_by_its_place(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(FallLineError) as caught:
        parse(**changes)
    assert str(caught.value) == complaint
