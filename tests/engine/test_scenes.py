"""Scenes: the shipped ones do what their captions say, and a faulty file is told by file and place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.document.state import ClassInfo, GuessLine, Settings
from engine.errors import FallLineError
from engine.files.scenes import LANGUAGES, list_scenes, load_scene, parse_scene
from engine.metrics import confusion_matrix
from engine.optimum.optimum import find_optimum
from engine.samples import UNLABELLED
from engine.specs import ModelSpec, OptimizerSpec, StartSpec
from engine.training import Stepper, start_state
from engine.training_data import TrainingData

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "scenes"
SCENES = {scene.key: scene for scene in list_scenes(FOLDER)}
CROSS_ENTROPY, MSE, WRONG = 0, 1, 2
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


class Run:
    """A scene being trained, without a window."""

    def __init__(self, key):
        spec = SCENES[key].state.training_spec()
        self.data = TrainingData.from_samples(spec.samples, spec.model.n_classes)
        self.stepper, self.state, self.model = Stepper(spec, self.data), start_state(spec), spec.model

    def to(self, step):
        self.stepper.advance(self.state, step - self.state.step)
        return self.stepper.metrics(self.state).copy()

    def first_step(self, row, wanted, start, stop):
        """The first step in a range at which a model's share of right answers reaches `wanted`."""
        for step in range(start, stop):
            if 1 - self.to(step)[row, WRONG] >= wanted:
                return step
        return None


def test_the_shipped_scenes_are_these():
    assert list(SCENES) == [
        "first", "three_classes", "overlapping", "separable", "imbalanced", "outlier", "xor", "rate_too_high",
        "mini_batch",
    ]  # fmt: skip


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_text_is_there_in_both_languages(scene):
    for texts in (scene.title, scene.caption, scene.hint):
        if texts is not None:
            assert tuple(texts) == LANGUAGES
            assert all(text.strip() == text and text for text in texts.values())
    assert any("가" <= letter <= "힣" for letter in scene.title["ko"])
    for sentence in scene.caption["ko"].rstrip(".?").replace("?", ".").split(". "):
        assert sentence.endswith(("니다", "니까")), sentence
    assert "표본" not in scene.caption["ko"]
    assert "무게" not in scene.caption["ko"].replace("몸무게", "")


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
def test_every_scene_can_be_trained_from_its_start(scene):
    run = Run(scene.key)
    assert np.isfinite(run.to(5)).all()
    assert scene.state.populated_classes == len(scene.state.classes) >= 2


def test_first_scene_bce_turns_the_line_in_three_seconds_and_mse_struggles():
    scene = SCENES["first"]
    assert scene.state.losses == ("bce", "mse")
    assert scene.state.settings.start == StartSpec("exact", parameters=(5.0, -5.0, 0.0))
    assert scene.state.settings.optimizer == OptimizerSpec("gd", learning_rate=0.1)
    assert scene.state.settings.batch_size is None
    assert scene.speed == 120
    run = Run("first")
    bce = run.first_step(0, 0.8, 0, 500)
    assert 300 <= bce <= 400
    assert bce / scene.speed == pytest.approx(3.0, abs=0.3)
    assert 1 - run.to(15 * 120)[1, WRONG] < 0.7  # after 15 s
    assert 4000 <= run.first_step(1, 0.8, 1801, 7001) <= 7000


def test_overlapping_is_right_for_seven_in_ten_at_best():
    run = Run("overlapping")
    best = find_optimum(run.model, run.data).parameters
    matrix = confusion_matrix(run.model, best, run.data)
    assert matrix.trace() / matrix.sum() == pytest.approx(0.7, abs=0.02)


def test_separable_weights_keep_growing_when_the_line_stands():
    run = Run("separable")
    assert find_optimum(run.model, run.data).separable == "complete"
    loss, size, place = [], [], []
    for step in (5_000, 10_000, 20_000):
        loss.append(run.to(step)[0, CROSS_ENTROPY])
        size.append(np.hypot(*run.state.parameters[0, :2]))
        per_cm, per_kg, bias = run.data.scaler.to_original_units(run.state.parameters[0])
        place.append(-(bias + 168 * per_cm) / per_kg)
    assert loss[0] > loss[1] > loss[2] > 0
    assert size[0] < size[1] < size[2]
    assert np.ptp(place) < 0.2  # kg, on the line at 168 cm


def test_imbalanced_captions_numbers():
    run = Run("imbalanced")
    best = find_optimum(run.model, run.data).parameters
    matrix = confusion_matrix(run.model, best, run.data)
    assert matrix.sum(axis=1).tolist() == [190, 10]
    assert matrix.trace() / matrix.sum() == pytest.approx(0.955)
    assert matrix[1, 1] == 3


def test_outlier_keeps_bce_gentle_and_mse_does_not_listen():
    run = Run("outlier")
    run.to(10_000)
    bce, mse = np.hypot(*run.state.parameters[:, :2].T)
    heavy = run.data.design[1].argmax()
    without = TrainingData(
        np.delete(run.data.design, heavy, axis=1),
        np.delete(run.data.class_index, heavy),
        np.delete(run.data.sample_id, heavy),
        run.data.scaler,
    )
    alone = np.hypot(*find_optimum(run.model, without).parameters[:2])
    assert bce < 0.5 * alone
    assert mse == pytest.approx(alone, rel=0.15)


def test_xor_bce_says_half_and_mse_cuts_off_a_corner():
    run = Run("xor")
    metrics = run.to(5_000)
    assert metrics[0, WRONG] == pytest.approx(0.5, abs=0.05)
    assert metrics[1, WRONG] == pytest.approx(0.25, abs=0.02)
    p = 1 / (1 + np.exp(-run.state.parameters[0] @ run.data.design))
    assert np.abs(p - 0.5).max() < 0.1


def test_too_high_a_rate_never_settles_and_a_lower_one_does():
    scene = SCENES["rate_too_high"]
    run = Run("rate_too_high")
    run.to(1_000)
    late = np.array([run.to(step)[0, CROSS_ENTROPY] for step in range(1_001, 1_101)])
    assert (np.diff(late) > 0).sum() > 20
    assert late.max() > np.log(2) > late.min()
    assert scene.state.settings.optimizer.learning_rate == 20.0
    best = find_optimum(run.model, run.data)
    calm = replace(scene.state.training_spec(), optimizer=OptimizerSpec("gd", learning_rate=1.0))
    Stepper(calm, run.data).advance(run.state, 2_000)
    assert run.stepper.metrics(run.state)[0, CROSS_ENTROPY] == pytest.approx(best.cross_entropy, rel=1e-9)


def test_mini_batches_of_eight_tremble():
    run = Run("mini_batch")
    assert SCENES["mini_batch"].state.settings.batch_size == 8
    run.to(3_000)
    late = np.array([run.to(step)[0, CROSS_ENTROPY] for step in range(3_001, 3_101)])
    assert 20 < (np.diff(late) > 0).sum() < 80
    assert late.min() > find_optimum(run.model, run.data).cross_entropy


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
            'settings.model: expected softmax, as there are not two classes, found "logistic".',
        ),
        (
            {"classes": [{}, {}, {}], "settings": {"model": "mlp"}},
            'settings.model: expected softmax, as there are not two classes, found "mlp".',
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
        (b'{\n "format": fall}', "broken.json: Line 2, column 12 is not JSON."),
        (b'{"key": "a", "key": "b"}', "broken.json: key stands there twice."),
        (b'{"key": "\xff"}', "broken.json: Byte 10 is not UTF-8."),
        (b"[]", "broken.json: : expected an object"),
    ]:
        path.write_bytes(content)
        with pytest.raises(FallLineError) as caught:
            load_scene(path)
        assert str(caught.value).startswith(complaint.replace(": :", ": $:"))


def test_two_scenes_with_one_key_are_refused(tmp_path):
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps(PLAIN), encoding="utf-8")
    with pytest.raises(FallLineError, match=r"2\.json: another scene has the key “plain” too"):
        list_scenes(tmp_path)
    (tmp_path / "2.json").unlink()
    assert [scene.key for scene in list_scenes(tmp_path)] == ["plain"]
