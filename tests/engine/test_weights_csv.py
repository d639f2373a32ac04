"""Weights as CSV: read back to the last bit, also after a spreadsheet; a broken one told by its place."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files import weights_csv, weights_json
from engine.files.registry import export_weights, open_weights
from engine.files.samples_csv import samples_csv
from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from
from engine.files.weights_rows import MOST_ROWS, read_rows
from engine.models import layout_of
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import MULTI_CLASS_KINDS, ModelSpec
from tests.engine.weights_examples import hidden, logistic, output_layer, softmax, step

EXAMPLES = {
    **{"logistic": logistic(), "large": logistic(1e6), "softmax": softmax(8), "step": step()},
    **{"sigmoids": output_layer("sigmoids"), "square": output_layer("square", 2, 0.1)},
    **{"hidden": hidden(), "one unit": hidden((1,), "sigmoid"), "deep": hidden((16, 16, 16), "relu")},
    "Korean": logistic(names=("마른 사람", "체중이 많은 사람")),
}


def table_of(weights: WeightsFile) -> list[list[str]]:
    """All cells, the header's too."""
    return list(csv.reader(io.StringIO(weights_csv.encode(weights).decode("utf-8-sig"), newline="")))


def bytes_of(rows: list[list[str]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode(encoding)


def changed(weights: WeightsFile, line: int, column: int, cell: str) -> bytes:
    """The table with another cell at line and column, from 1."""
    rows = table_of(weights)
    rows[line - 1][column - 1] = cell
    return bytes_of(rows)


def with_metadata(weights: WeightsFile, **values: object) -> bytes:
    """The table with other values in its metadata."""
    metadata = json.loads(table_of(weights)[1][-1])
    column = len(weights_csv.HIDDEN_HEADER if weights.model == "mlp" else weights_csv.HEADER)
    return changed(weights, 2, column, json.dumps(metadata | values))


def content(weights: WeightsFile) -> tuple[object, ...]:
    """All that a file of weights holds, its numbers bit for bit."""
    numbers = (*weights.layers, weights.original_units, weights.scaler.mean, weights.scaler.std)
    return (
        *(weights.spec, weights.loss, weights.class_names, weights.training, weights.metrics),
        [array.tobytes() for array in numbers],
    )


# --- round trip -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("weights", EXAMPLES.values(), ids=EXAMPLES)
def test_a_table_opens_again_as_the_model_that_it_was(weights, tmp_path):
    path = tmp_path / "model.csv"
    export_weights({path: weights})
    again = open_weights(path)
    assert content(again) == content(weights)
    assert weights_csv.encode(again) == path.read_bytes()
    assert weights_json.encode(again) == weights_json.encode(weights)


NUMBERS = st.floats(-1e12, 1e12)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)


@st.composite
def any_weights(draw: st.DrawFn) -> WeightsFile:
    """A model of any kind with any numbers and names."""
    kind = draw(st.sampled_from(["logistic", "mlp", "step", *MULTI_CLASS_KINDS]))
    n_classes = draw(st.integers(2, 8)) if kind in MULTI_CLASS_KINDS else 2
    sizes = tuple(draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))) if kind == "mlp" else ()
    activation = draw(st.sampled_from(["tanh", "sigmoid", "relu"])) if kind == "mlp" else "tanh"
    model = ModelSpec(kind, n_classes, sizes, activation)
    count = layout_of(model).parameter_count
    counts = st.lists(st.integers(0, 2**53), min_size=n_classes, max_size=n_classes).map(tuple)
    training = TrainingInfo("gd", draw(st.floats(0, 1e6)), draw(st.none() | st.integers(1, 99)), 5, 7)
    return weights_from(
        model,
        np.array(draw(st.lists(NUMBERS, min_size=count, max_size=count))),
        Standardizer(
            draw(st.floats(-1e3, 1e3)),
            draw(st.floats(-1e3, 1e3)),
            draw(st.floats(1e-3, 1e3)),
            draw(st.floats(1e-3, 1e3)),
        ),
        draw(st.sampled_from(["mse"] if kind == "step" else ["mse", model.likelihood])),
        tuple(draw(st.lists(NAMES, min_size=n_classes, max_size=n_classes, unique=True))),
        replace(
            training, start="zeros", separable=draw(st.sampled_from([None, "none", "quasi", "complete"]))
        ),
        MetricsInfo(3, draw(st.floats(0, 1e9)), 0.1, 1.0, tuple(draw(counts) for _ in range(n_classes))),
    )


@given(weights=any_weights())
@example(weights=logistic(names=("a\rb", " \r")))
@example(weights=logistic(names=('"', "a\nb,;\t")))
@example(weights=logistic(names=("\0", "\ufeff")))
@example(weights=logistic(names=("e\u0301", "\u00e9")))
def test_any_model_comes_back_to_the_last_bit(weights):
    data = weights_csv.encode(weights)
    assert weights_csv.is_weights_table(data[:1024])
    again = weights_csv.decode(data)
    assert content(again) == content(weights)
    assert weights_csv.encode(again) == data


@pytest.mark.parametrize("weights", EXAMPLES.values(), ids=EXAMPLES)
def test_what_was_there_before_stands_where_it_was_and_the_metadata_once(weights):
    header, *rows = table_of(weights)
    assert header[-1] == "metadata"
    assert header == list(weights_csv.HIDDEN_HEADER if weights.model == "mlp" else weights_csv.HEADER)
    assert list(json.loads(rows[0][-1])) == ["format", "version", "classes", "training", "metrics"]
    assert {row[-1] for row in rows[1:]} == {""}


# --- saved again by a spreadsheet -----------------------------------------------------------------------


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
@pytest.mark.parametrize("weights", [EXAMPLES["Korean"], hidden()], ids=["classes", "layers"])
def test_another_delimiter_and_encoding_are_read(weights, delimiter, encoding):
    data = bytes_of(table_of(weights), delimiter, encoding)
    assert weights_csv.is_weights_table(data[:1024])
    assert content(weights_csv.decode(data)) == content(weights)


def test_decimal_commas_and_cells_and_rows_that_are_empty_are_read():
    weights = logistic()
    rows = [
        [*row[:5], *(cell.replace(".", ",") for cell in row[5:-1]), row[-1], "", ""]
        for row in table_of(weights)
    ]
    rows[1:] = [*rows[1:3], [""] * 12, rows[3][:9], [], []]
    assert content(weights_csv.decode(bytes_of(rows, ";"))) == content(weights)


@pytest.mark.parametrize("weights", EXAMPLES.values(), ids=EXAMPLES)
def test_fifteen_digits_are_enough(weights):
    """So many are left of a number by Excel."""
    rows = table_of(weights)
    for row in rows[1:]:
        for column, name in enumerate(rows[0]):
            if name in ("mean", "std", "value", "standardized", "original_units") and row[column]:
                row[column] = f"{float(row[column]):.15g}"
    again = weights_csv.decode(bytes_of(rows))
    np.testing.assert_allclose(again.parameters, weights.parameters, rtol=1e-14)
    assert (again.class_names, again.training) == (weights.class_names, weights.training)


def test_an_edited_pair_of_numbers_is_another_model():
    weights = logistic()
    rows = table_of(weights)
    rows[3][7:9] = [str(float(cell) + 1.0) for cell in rows[3][7:9]]  # the biases, which go together
    again = weights_csv.decode(bytes_of(rows))
    assert again.standardized[0, 2] == weights.standardized[0, 2] + 1.0
    assert (again.standardized[0, :2] == weights.standardized[0, :2]).all()


# --- what is wrong, and where ---------------------------------------------------------------------------


def replaced(weights: WeightsFile, old: str, new: str) -> bytes:
    """The table with one word in place of another wherever it fills a cell."""
    return bytes_of([[new if cell == old else cell for cell in row] for row in table_of(weights)])


FAULTS = {
    "header": (changed(logistic(), 1, 7, "sd"), 1, 7, 'header: expected "std", found "sd"'),
    "word": (changed(logistic(), 3, 8, "much"), 3, 8, "standardized.weights[0][1]: expected a number"),
    "infinity": (changed(softmax(3), 7, 9, "inf"), 7, 9, "original_units.bias[1]: expected a finite number"),
    "NaN": (changed(hidden(), 4, 10, "nan"), 4, 10, 'layers[0].bias[0]: expected a number, found "nan"'),
    "empty": (changed(logistic(), 4, 8, ""), 4, 8, "standardized.bias[0]: expected a number"),
    "no std": (changed(logistic(), 2, 7, "0"), 2, 7, "features[0].std: expected a number above zero"),
    "mean": (changed(softmax(3), 5, 6, "171.5"), 5, 6, "mean: expected 170.02, found 171.5"),
    "class": (changed(softmax(3), 5, 3, "x"), 5, 3, 'class: expected "class 1", found "x"'),
    "term": (changed(logistic(), 3, 4, "height"), 3, 4, 'term: expected "weight", found "height"'),
    "unit": (changed(logistic(), 2, 5, "in"), 2, 5, 'unit: expected "cm", found "in"'),
    "mean of a bias": (changed(logistic(), 4, 6, "1"), 4, 6, 'mean: expected "", found "1"'),
    "model": (changed(logistic(), 2, 1, "tree"), 2, 1, 'This program does not know the model "tree"'),
    "two models": (changed(logistic(), 3, 1, "step"), 3, 1, 'model: expected "logistic", found "step"'),
    "mlp": (changed(logistic(), 2, 1, "mlp"), 2, 1, 'model: expected "logistic" | "softmax" | "step" |'),
    "no mlp": (changed(hidden(), 2, 1, "step"), 2, 1, 'model: expected "mlp", found "step"'),
    "loss": (replaced(logistic(), "mse", "ce"), 2, 2, 'loss: expected "bce" | "mse", found "ce"'),
    "bias": (changed(logistic(), 4, 9, "-58.9"), 4, 9, "original_units and standardized are two"),
    "weight": (changed(softmax(3), 6, 9, "9"), 6, 9, "original_units and standardized are two"),
    "second metadata": (changed(logistic(), 3, 10, "{}"), 3, 10, 'metadata: expected "", found "{}"'),
    "no metadata": (changed(logistic(), 2, 10, ""), 2, 10, "This is not valid JSON"),
    "list": (changed(logistic(), 2, 10, "[]"), 2, 10, "metadata: expected an object, found a list of 0"),
    "no key": (changed(logistic(), 2, 10, "{}"), 2, 10, "metadata.format is missing"),
    "format": (with_metadata(logistic(), format="x"), 2, 10, "These are not weights exported by Fall Line"),
    "version": (with_metadata(logistic(), version=2), 2, 10, "These weights have version 2 of the format"),
    "three": (with_metadata(logistic(), classes=["a", "b", "c"]), 2, 10, "classes: expected a list of 2"),
    "one": (with_metadata(softmax(2), classes=["a"]), 2, 10, "classes: expected a list of 2 to 8, found"),
    "training": (with_metadata(hidden(), training={"batch_size": 1}), 2, 11, "training.learning_rate is"),
    "layer": (changed(hidden(), 14, 3, "3"), 14, 3, 'layer: expected "2", found "3"'),
    "node": (changed(hidden(), 5, 4, "3"), 5, 4, 'node: expected "2", found "3"'),
    "activation": (changed(hidden(), 3, 5, "relu"), 3, 5, 'activation: expected "tanh", found "relu"'),
    "output": (replaced(hidden(), "sigmoid", "step"), 29, 5, 'layers[2].activation: expected "sigmoid"'),
    "short": (bytes_of(table_of(softmax(3))[:-1]), 10, 1, "the table ends before all weights"),
    "nothing": (bytes_of(table_of(logistic())[:1]), 2, 1, "the table ends before all weights have come"),
    "long": (bytes_of([*table_of(softmax(2)), table_of(softmax(3))[2]]), 8, 1, "nothing more belongs here"),
    "broad": (bytes_of([[*row, "", "x"] for row in table_of(logistic())]), 1, 12, "nothing more belongs"),
    "one layer": (bytes_of(table_of(hidden())[:13]), 2, 3, "layers: expected a list of 2 to 4"),
    "quote": (weights_csv.encode(logistic())[:400], 2, 1, "a quotation mark is missing in this row"),
    "huge": (changed(logistic(), 3, 3, "M" * 200_000), 3, 1, "a quotation mark is missing in this row"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "line", "column", "problem"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_line_and_column(data, line, column, problem):
    assert weights_csv.is_weights_table(data[:1024])
    with pytest.raises(FallLineError) as refusal:
        weights_csv.decode(data)
    assert str(refusal.value).startswith(f"line {line}, column {column}: {problem}")


def test_weights_too_large_for_cm_and_kg_are_told_by_their_place():
    rows = table_of(logistic())
    for row in rows[1:3]:
        row[6:8] = ["1e-300", "1e300"]
    with pytest.raises(FallLineError, match="line 2, column 9: original_units: expected a finite number"):
        weights_csv.decode(bytes_of(rows))


@pytest.mark.parametrize("weights", [logistic(), hidden()], ids=["classes", "layers"])
def test_a_table_of_before_is_refused_in_words(weights):
    data = bytes_of([row[:-1] for row in table_of(weights)])
    assert weights_csv.is_weights_table(data[:1024])
    with pytest.raises(FallLineError, match="of an older version: it has no column “metadata”"):
        weights_csv.decode(data)


def test_rows_that_no_model_has_are_not_kept():
    rows = [*table_of(logistic()), *([table_of(logistic())[-1]] * 3 * MOST_ROWS)]
    assert len(read_rows(bytes_of(rows), [weights_csv.HEADER]).rows) == MOST_ROWS
    with pytest.raises(FallLineError, match="line 5, column 1: nothing more belongs here"):
        weights_csv.decode(bytes_of(rows))


@pytest.mark.parametrize("weights", [logistic(names=("a\nb", "c")), softmax(2), hidden((2,))])
def test_a_file_cut_anywhere_is_refused_in_words_or_whole(weights):
    data = weights_csv.encode(weights)
    last_cell = data.rindex(b"\n", 0, -1) + 1
    for end in range(len(data) - 1):
        with contextlib.suppress(FallLineError):
            again = weights_csv.decode(data[:end])
            assert end > last_cell  # all that can be lost unseen are digits of the last number
            np.testing.assert_array_equal(again.parameters[:-1], weights.parameters[:-1])


@given(data=st.data(), cell=st.text(max_size=6) | st.floats().map(repr))
def test_any_cell_may_hold_anything_and_the_rest_is_read_or_refused(data, cell):
    weights = data.draw(st.sampled_from([logistic(), softmax(3), hidden((2, 1))]))
    rows = table_of(weights)
    line = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[line][column] = cell
    try:
        again = weights_csv.decode(bytes_of(rows, encoding="utf-8", delimiter=","))
    except (FallLineError, UnicodeEncodeError):
        return
    assert content(weights_csv.decode(weights_csv.encode(again))) == content(again)


@given(data=st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data):
    for start in (b"", b"model,loss,class,term,unit,mean,std,standardized,original_units,metadata\n"):
        with pytest.raises(FallLineError):
            weights_csv.decode(start + data)


# --- which files are such tables ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        samples_csv(Samples.from_columns([170.0], [60.0], [0], [True]), ["a", "b"]),
        b"height,weight,sex\n170,60,M\n",
        b"model,class,unit,mean,std\n",
        b"name,height,weight,class,term,model\n",
        b"",
        b"\xff\xfe",
        b"\xff\xfem\0o",
        b"model",
        weights_json.encode(logistic()),
    ],
)
def test_other_tables_are_none(data):
    assert not weights_csv.is_weights_table(data)
    with pytest.raises(FallLineError, match="These are not weights exported by Fall Line"):
        weights_csv.decode(data)


def test_a_table_of_another_suffix_is_read_as_one(tmp_path):
    path = tmp_path / "model.txt"
    path.write_bytes(weights_csv.encode(logistic()))
    assert content(open_weights(path, ".csv")) == content(logistic())
    path.write_bytes(changed(logistic(), 3, 8, "much"))
    with pytest.raises(FallLineError, match=r"^model\.txt: line 3, column 8: "):
        open_weights(path, ".csv")


def test_an_infinite_bce_of_a_step_model_comes_back():
    weights = step()
    again = weights_csv.decode(weights_csv.encode(weights))
    assert again.metrics.cross_entropy == float("inf")
    finite = replace(weights, metrics=replace(weights.metrics, cross_entropy=0.0))
    assert weights_csv.decode(weights_csv.encode(finite)).metrics.cross_entropy == 0.0
