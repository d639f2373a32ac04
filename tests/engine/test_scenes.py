"""Scenes: the shipped ones are complete in both languages, and a faulty file is told by file and place."""

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from engine.document.state import ClassInfo, GuessLine, Settings
from engine.errors import FallLineError
from engine.files.scene_lesson import Series
from engine.files.scenes import LANGUAGES, list_entries, list_scenes, load_scene, parse_scene
from engine.running.compiled import obstacle
from engine.samples import UNLABELLED
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.split import held_out_mask
from tests.engine.scene_examples import CROSS_ENTROPY, FOLDER, MSE, SCENES, WRONG, Run

SERIES = get_args(Series)
PLAIN = {
    "format": "fall-line-scene",
    "version": 1,
    "key": "plain",
    "title": {"en": "Plain", "ko": "기본"},
    "caption": {"en": "One. Two.", "ko": "하나. 둘."},
    "samples": {"height_cm": [160, 170.5], "weight_kg": [50, 80], "class": [0, 1]},
    "classes": [{"key": "no_diet"}, {"name": "mine", "color": 4, "marker": "star"}],
}


def parse(**changes):
    document = {key: value for key, value in (PLAIN | changes).items() if value is not ...}
    return parse_scene(json.dumps(document).encode())


def test_the_shipped_scenes_are_these():
    by_series = {name: [scene.key for scene in SCENES.values() if scene.series == name] for name in SERIES}
    assert by_series["start"] == ["first", "overlapping", "imbalanced", "rate_too_high", "mini_batch"]
    assert by_series["binary"] == [
        "problem", "step_perceptron", "perceptron_rule", "perceptron_unsettled", "step_and_sigmoid",
        "likelihood", "logit_odds", "sensitivity", "one_sample", "convexity", "plateau", "trap", "chord",
        "xor", "hidden_layers", "verdict", "easy_tie", "outlier", "wrong_labels", "separable",
    ]  # fmt: skip
    assert by_series["multi_class"] == [
        "three_classes", "maximum_likelihood", "gaussian_regression", "softmax", "rivals",
        "softmax_or_sigmoids", "multi_label", "two_rows", "cross_entropy", "same_place", "log_odds",
        "ce_or_mse", "bmi_labels", "metrics",
    ]  # fmt: skip
    assert [key for keys in by_series.values() for key in keys] == list(SCENES)


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_text_is_there_in_both_languages(scene):
    texts = (scene.title, scene.caption, scene.hint, scene.question, *scene.choices, scene.outcome)
    for each in texts:
        assert tuple(each) == LANGUAGES
        assert all(text.strip() == text and text for text in each.values())
        assert "표본" not in each["ko"]
        assert "무게" not in each["ko"].replace("몸무게", "")
    assert any("가" <= letter <= "힣" for letter in scene.title["ko"])
    for each in (scene.caption, scene.hint, scene.question, scene.outcome):
        for sentence in sentences(each["ko"]):
            assert sentence.rstrip(".?)").endswith(("니다", "니까")), sentence
    assert all(len(sentences(text)) == 2 for text in scene.caption.values())
    assert all(len(text) < 110 for text in scene.hint.values())  # one line
    assert scene.question["en"].endswith("?")
    assert scene.question["ko"].endswith("니까?")


def sentences(text):
    """A text's sentences, each with its full stop or question mark."""
    return re.split(r"(?<=[.?])\s", text)


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_scene_asks_before_training_and_tells_the_outcome_soon_after(scene):
    assert 2 <= len(scene.choices) <= 4
    assert scene.answer in range(len(scene.choices))
    assert scene.outcome_step / scene.speed <= 12  # seconds
    assert scene.tab in lab_keys()


def lab_keys():
    """The keys of the lab's instruments, as its source has them: the engine's tests load no window."""
    tree = ast.parse((FOLDER.parents[1] / "gui" / "lab.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Instrument"
    }


def test_right_answers_stand_at_every_place():
    places = [scene.answer for scene in SCENES.values()]
    assert {0, 1, 2} <= set(places)
    assert max(map(places.count, set(places))) < len(places) / 2


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_scene_can_be_trained_from_its_start(scene):
    run = Run(scene.key)
    assert run.spec.losses == scene.state.losses
    assert obstacle(run.spec) is None
    before = run.state.step
    metrics = run.to(5)
    assert run.state.step == before + 5
    assert not np.isnan(metrics).any()
    assert np.isfinite(metrics[:, [MSE, WRONG]]).all()
    assert np.isfinite(metrics[:, CROSS_ENTROPY]).all() or run.model.kind == "step"


@pytest.mark.parametrize("key", SCENES)
def test_every_scene_is_held_to_what_it_says(key):
    """A test that computes a scene's figures exists."""
    tests = sorted(Path(__file__).parent.glob("test_scene_claims*.py"))
    assert any(f'Run("{key}"' in path.read_text(encoding="utf-8") for path in tests)


def test_a_plain_scene_has_the_programs_own_defaults():
    scene = parse()
    assert scene.state.settings == Settings()
    assert (
        scene.speed is scene.tab is scene.question is scene.outcome is scene.hint is scene.state.guess is None
    )
    first, second = scene.state.classes
    assert (first.class_id, first.key, first.name, first.color, first.marker) == (
        0,
        "no_diet",
        None,
        0,
        "circle",
    )
    assert (second.class_id, second.key, second.name, second.color, second.marker) == (
        1,
        "class",
        "mine",
        4,
        "star",
    )
    assert scene.state.samples.rows.height_cm.tolist() == [160.0, 170.5]
    assert scene.state.samples.rows.class_index.tolist() == [0, 1]


def test_everything_a_scene_can_say_is_kept():
    text = {"en": "a", "ko": "가"}
    scene = parse(
        samples={"height_cm": [1, 2], "weight_kg": [3, 4], "class": [None, 1], "held_out": [False, True]},
        settings={
            "model": "softmax", "loss_mode": "mse", "optimizer": "momentum", "learning_rate": 0.5,
            "momentum": 0.8, "batch_size": 16, "start": {"kind": "normal", "spread": 3}, "seed": 11,
            "threshold": 0.25, "hidden": [16, 1, 3], "activation": "relu", "standardize": False,
            "bias": False,
        },
        speed=2.5, guess={"per_cm": -0.1, "per_kg": 0.2, "bias": 3}, hint=text, tab="landscape",
        question=text, outcome=text,
    )  # fmt: skip
    assert scene.state.settings == Settings(
        model="softmax",
        loss_mode="mse",
        optimizer=OptimizerSpec("momentum", learning_rate=0.5, momentum=0.8),
        batch_size=16,
        start=StartSpec("normal", spread=3.0),
        seed=11,
        threshold=0.25,
        hidden=(16, 1, 3),
        activation="relu",
        standardize=False,
        bias=False,
    )
    assert scene.state.samples.rows.class_index.tolist() == [UNLABELLED, 1]
    assert scene.state.samples.rows.held_out.tolist() == [False, True]
    assert scene.state.guess == GuessLine(-0.1, 0.2, 3.0)
    assert (scene.speed, scene.tab) == (2.5, "landscape")
    assert scene.hint == scene.question == scene.outcome == text


def test_a_generator_brings_its_classes_and_a_list_replaces_them():
    generated = {"samples": ..., "generator": {"name": "clouds_3", "seed": 1, "n": 9}}
    scene = parse(**generated, classes=...)
    assert [info.key for info in scene.state.classes] == ["class"] * 3
    assert len({(info.color, info.marker) for info in scene.state.classes}) == 3
    assert len(scene.state.samples) == 9
    named = parse(**generated, classes=[{"name": "a"}, {"name": "b"}, {"name": "c"}])
    assert [info.name for info in named.state.classes] == ["a", "b", "c"]


def test_a_scene_of_hidden_layers_and_one_of_the_perceptron_rule_make_their_specs():
    hidden = parse(settings={"model": "mlp", "hidden": [4, 3], "activation": "sigmoid"}).state.training_spec()
    assert hidden.model == ModelSpec("mlp", 2, (4, 3), "sigmoid")
    assert hidden.losses == ("bce", "mse")
    step = parse(
        settings={"model": "step", "optimizer": "perceptron", "standardize": False, "bias": False}
    ).state.training_spec()
    assert (step.model, step.losses, step.optimizer.kind) == (ModelSpec("step", 2), ("mse",), "perceptron")
    assert (step.standardize, step.bias, step.samples_a_step) == (False, False, 1)


def test_a_scene_splits_its_samples_by_a_share_and_a_seed():
    generator = {"name": "people", "seed": 7}
    scene = parse(
        samples=..., classes=..., generator=generator, settings={"held_out_share": 0.25, "split_seed": 3}
    )
    samples = scene.state.samples
    assert (scene.state.settings.held_out_share, scene.state.settings.split_seed) == (0.25, 3)
    assert (samples.rows.held_out == held_out_mask(samples, 0.25, 3)).all()
    assert sum(samples.held_out_counts.values()) == 30


def test_marks_that_a_scene_gives_itself_stay():
    columns = {"height_cm": [1, 2, 3, 4], "weight_kg": [3, 4, 5, 6], "class": [0, 0, 1, 1]}
    marks = [False, True, False, False]
    scene = parse(samples={**columns, "held_out": marks}, settings={"held_out_share": 0.5})
    assert scene.state.samples.rows.held_out.tolist() == marks
    assert parse(samples=columns, settings={"held_out_share": 0.5}).state.samples.held_out_counts == {
        0: 1,
        1: 1,
    }


def test_three_classes_make_any_model_softmax_and_the_rule_gradient_descent():
    state = parse(settings={"model": "step", "optimizer": "perceptron"}).state
    three = replace(state, classes=(*state.classes, ClassInfo(2)))
    assert three.training_spec().model == ModelSpec("softmax", 3)
    assert three.training_spec().losses == ("ce", "mse")
    assert three.training_spec().optimizer.kind == "gd"
    assert replace(state, settings=replace(state.settings, model="mlp")).model == ModelSpec("mlp", 2, (8,))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"colour": 1}, "colour is not a known key."),
        ({"format": "fall-line-weights"}, "This is not a scene of Fall Line."),
        ({"version": 2}, "This scene has version 2; this program reads version 1."),
        ({"caption": {"en": "only"}}, "caption.ko is missing."),
        ({"title": {"en": "a", "ko": ""}}, 'title.ko: expected a text, found "".'),
        ({"title": {"en": "a", "ko": "b", "de": "c"}}, "title.de is not a known key."),
        ({"title": "a"}, 'title: expected an object, found "a".'),
        ({"samples": ...}, "A scene needs either “samples” or “generator”, and not both."),
        (
            {"generator": {"name": "xor", "seed": 0}},
            "A scene needs either “samples” or “generator”, and not both.",
        ),
        ({"classes": ...}, "classes is missing."),
        ({"classes": []}, "classes: expected 1 to 8 classes, found a list of 0."),
        ({"classes": [{"color": 8}, {}]}, "classes[0].color: expected a colour from 0 to 7, found 8."),
        ({"classes": [{}, {"key": "fat"}]}, "classes[1].key: expected "),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2, 3], "class": [0]}},
            "samples.weight_kg: expected a list of 1",
        ),
        (
            {"samples": {"height_cm": ["1"], "weight_kg": [2], "class": [0]}},
            "samples.height_cm[0]: expected a number",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "class": [2]}},
            "samples.class[0]: expected a class from 0 to 1",
        ),
        (
            {"samples": {"height_cm": [1], "weight_kg": [2], "class": [0], "held_out": [0]}},
            "samples.held_out[0]: expected true or false, found 0.",
        ),
        ({"samples": ..., "generator": {"name": "mob", "seed": 0}}, "generator.name: expected "),
        (
            {"samples": ..., "generator": {"name": "xor", "seed": 0}, "classes": [{}]},
            "classes: expected a list of 2",
        ),
        ({"speed": 0}, "speed: expected a number above 0, found 0."),
        ({"settings": {"rate": 1}}, "settings.rate is not a known key."),
        ({"settings": {"learning_rate": -1}}, "settings.learning_rate: expected a number above 0, found -1."),
        ({"settings": {"momentum": 1}}, "settings.momentum: expected a number from 0 to below 1, found 1."),
        (
            {"settings": {"batch_size": 0}},
            "settings.batch_size: expected a whole number, at least 1, found 0.",
        ),
        (
            {"settings": {"held_out_share": 1}},
            "settings.held_out_share: expected a number from 0 to below 1, found 1.",
        ),
        ({"settings": {"threshold": 1}}, "settings.threshold: expected a number between 0 and 1, found 1."),
        (
            {"settings": {"start": {"kind": "zeros", "spread": 1}}},
            "settings.start.spread is not a known key.",
        ),
        (
            {"settings": {"start": {"kind": "exact", "parameters": [1, 2]}}},
            "settings.start.parameters: expected a list of 3, found a list of 2.",
        ),
        (
            {"classes": [{}, {}, {}], "settings": {"model": "logistic"}},
            "settings.model: expected a model with an output node for each class, as there are not two "
            'classes, found "logistic".',
        ),
        (
            {"classes": [{}, {}, {}], "settings": {"model": "mlp"}},
            "settings.model: expected a model with an output node for each class, as there are not two "
            'classes, found "mlp".',
        ),
        (
            {"settings": {"model": "mlp", "start": {"kind": "exact", "parameters": [1, 2, 3]}}},
            "settings.start.parameters: expected a list of 33, found a list of 3.",
        ),
        ({"settings": {"hidden": []}}, "settings.hidden: expected a list of 1 to 3, found a list of 0."),
        (
            {"settings": {"hidden": [8, 17]}},
            "settings.hidden[1]: expected a whole number from 1 to 16, found 17.",
        ),
        (
            {"settings": {"hidden": [0]}},
            "settings.hidden[0]: expected a whole number, at least 1, found 0.",
        ),
        ({"settings": {"activation": "step"}}, 'settings.activation: expected "tanh" | "sigmoid" | "relu"'),
        ({"settings": {"bias": 1}}, "settings.bias: expected true or false, found 1."),
        (
            {"settings": {"optimizer": "perceptron"}},
            "settings.optimizer: expected another optimiser, as the model is not “step”",
        ),
        ({"guess": {"per_cm": 1, "per_kg": 2}}, "guess.bias is missing."),
    ],
)
def test_a_faulty_scene_is_told_by_its_place(changes, complaint):
    with pytest.raises(FallLineError) as caught:
        parse(**changes)
    assert str(caught.value).startswith(complaint)


def test_a_faulty_file_is_told_by_name_line_and_column(tmp_path):
    path = tmp_path / "broken.json"
    for content, complaint in [
        (b'{\n "format": fall}', "broken.json: This is not valid JSON: line 2, column 12: something"),
        (b'{"key": "a", "key": "b"}', "broken.json: key stands there twice."),
        (b'{"key": "\xff"}', "broken.json: This is not valid JSON: line 1, column 10: its text"),
        (b"[]", "broken.json: The file holds a list of 0 in place of an object."),
    ]:
        path.write_bytes(content)
        with pytest.raises(FallLineError) as caught:
            load_scene(path)
        assert str(caught.value).startswith(complaint)


def test_two_scenes_with_one_key_are_refused(tmp_path):
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps(PLAIN), encoding="utf-8")
    with pytest.raises(FallLineError, match=r"2\.json: another scene has the key “plain” too"):
        list_scenes(tmp_path)
    (tmp_path / "2.json").unlink()
    assert [scene.key for scene in list_scenes(tmp_path)] == ["plain"]


def test_a_list_for_a_menu_says_what_the_scenes_say_and_makes_no_samples(tmp_path):
    listed = [(entry.key, entry.title, entry.series) for entry in list_entries(FOLDER)]
    assert listed == [(scene.key, scene.title, scene.series) for scene in list_scenes(FOLDER)]
    path = tmp_path / "1.json"
    path.write_text(json.dumps({**PLAIN, "samples": "none"}), encoding="utf-8")
    (entry,) = list_entries(tmp_path)
    with pytest.raises(FallLineError, match=r"1\.json: "):
        entry.load()
