"""Weights as ONNX, run by onnxruntime as another program would, and read back."""

from __future__ import annotations

import json

import numpy as np
import onnx
import onnxruntime
import pytest

from engine.errors import FallLineError
from engine.files import weights_json, weights_onnx
from tests.engine.test_weights import EXAMPLES, HEIGHT_CM, WEIGHT_KG
from tests.engine.weights_examples import logistic, output_layer, softmax, step

PEOPLE = np.column_stack([HEIGHT_CM, WEIGHT_KG])


def run(data: bytes, people=PEOPLE):
    """The probabilities that onnxruntime gets, shape (n, K)."""
    session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
    (probabilities,) = session.run(None, {"height_weight": people})
    return probabilities


def changed(data: bytes, change) -> bytes:
    """The file after another program had it."""
    model = onnx.load_model_from_string(data)
    change(model)
    return model.SerializeToString()


@pytest.mark.parametrize("weights", EXAMPLES, ids=lambda weights: f"{weights.model} {weights.spec.hidden}")
class TestEveryModel:
    def test_onnxruntime_gets_the_programs_probabilities_over_the_canvas_and_beyond(self, weights):
        expected = weights.probabilities(HEIGHT_CM, WEIGHT_KG).T
        np.testing.assert_allclose(run(weights_onnx.encode(weights)), expected, rtol=0.0, atol=1e-12)

    def test_it_reads_back_as_the_same_model(self, weights):
        again = weights_onnx.decode(weights_onnx.encode(weights))
        assert weights_json.encode(again) == weights_json.encode(weights)

    def test_the_same_weights_are_the_same_bytes(self, weights):
        assert weights_onnx.encode(weights) == weights_onnx.encode(weights)

    def test_input_and_output_are_the_documented_ones(self, weights):
        model = onnx.load_model_from_string(weights_onnx.encode(weights))
        onnx.checker.check_model(model, full_check=True)
        (given,), (wanted,) = model.graph.input, model.graph.output
        shapes = [
            [size.dim_param or size.dim_value for size in value.type.tensor_type.shape.dim]
            for value in (given, wanted)
        ]
        assert (given.name, wanted.name) == ("height_weight", "probabilities")
        assert shapes == [["n", 2], ["n", len(weights.class_names)]]
        assert {value.type.tensor_type.elem_type for value in (given, wanted)} == {onnx.TensorProto.DOUBLE}
        texts = {entry.key: entry.value for entry in model.metadata_props}
        assert json.loads(texts["classes"]) == list(weights.class_names)


def test_it_asks_no_more_of_a_runtime_than_one_of_2020_has():
    model = onnx.load_model_from_string(weights_onnx.encode(softmax()))
    assert (model.ir_version, [(opset.domain, opset.version) for opset in model.opset_import]) == (
        7,
        [("", 13)],
    )


def test_no_one_and_one_person_are_as_good_as_many():
    data = weights_onnx.encode(softmax(3))
    assert run(data, PEOPLE[:0]).shape == (0, 3)
    np.testing.assert_array_equal(run(data, PEOPLE[:1]), run(data)[:1])


def test_a_tie_of_a_step_is_the_second_class():
    data = changed(weights_onnx.encode(step()), blank)
    assert run(data, PEOPLE[:1]).tolist() == [[0.0, 1.0]]


@pytest.mark.parametrize("kind", ["absolute", "square"])
def test_where_every_logit_is_zero_a_rival_of_softmax_is_undefined(kind):
    data = changed(weights_onnx.encode(output_layer(kind)), blank)
    assert np.isnan(run(data, PEOPLE[:1])).all()


def blank(model):
    """Put zeros in place of every weight and bias."""
    for tensor in model.graph.initializer:
        if tensor.name in ("0.weight", "0.bias"):
            tensor.CopyFrom(onnx.numpy_helper.from_array(np.zeros(tuple(tensor.dims)), tensor.name))


# What is refused


def without_metadata(model):
    del model.metadata_props[:]


def with_two_documents(model):
    model.metadata_props.append(model.metadata_props[-1])


def with_another_document(model):
    model.metadata_props[-1].value = weights_json.encode(logistic(2.0)).decode("utf-8")


def with_a_broken_document(model):
    model.metadata_props[-1].value = model.metadata_props[-1].value[:-40]


def with_a_weight_less(model):
    del model.graph.initializer[0]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (without_metadata, "This ONNX file was not exported by Fall Line"),
        (with_two_documents, "This ONNX file was not exported by Fall Line"),
        (with_another_document, "has changed the numbers"),
        (with_a_weight_less, "has changed the numbers"),
        (blank, "has changed the numbers"),
        (with_a_broken_document, "not valid JSON"),
    ],
)
def test_files_that_others_made_or_changed_are_refused_in_words(change, sentence):
    with pytest.raises(FallLineError, match=sentence):
        weights_onnx.decode(changed(weights_onnx.encode(logistic()), change))


@pytest.mark.parametrize(
    "data", [b"\x0a\xff\xff\xff\xff\x7f", b"{}", b"\xff" * 100], ids=["length", "json", "noise"]
)
def test_bytes_that_are_no_onnx_are_refused_in_words(data):
    with pytest.raises(FallLineError, match="not a valid ONNX file"):
        weights_onnx.decode(data)


def test_a_file_cut_short_anywhere_is_refused_in_words():
    data = weights_onnx.encode(logistic())
    for end in range(0, len(data), 7):
        with pytest.raises(FallLineError):
            weights_onnx.decode(data[:end])
