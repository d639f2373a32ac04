"""The models: layouts, logits and probabilities, where training starts, how weights survive an edit.

Logistic: one output node, p = sigmoid(w_height z_height + w_weight z_weight + b) is class 1's probability.
Step: the same z, with p = 1 where z >= 0, else 0. Softmax: one output node a class, p = softmax of the K
logits; its rivals "absolute" and "square" normalise the same logits otherwise. Sigmoids: one output node a
class, each with a sigmoid of its own. All of them are one dense layer. Mlp (multi-layer perceptron): hidden
layers a_l = g(W_l [a_(l-1); 1]) over the z-scores a_0, then the logistic model's output node over the last.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from engine.activations import (
    HIDDEN_ACTIVATIONS,
    normalize_absolute,
    normalize_square,
    sigmoid,
    softmax,
    step,
)
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.layout import Activation, Floats, Layer, Layout
from engine.scaling import Standardizer
from engine.specs import (
    MAX_HIDDEN_LAYERS,
    MAX_HIDDEN_UNITS,
    RIVAL_KINDS,
    LossName,
    ModelKind,
    ModelSpec,
    StartSpec,
    TrainingSpec,
)

N_FEATURES = 2

OUTPUT_ACTIVATIONS: dict[ModelKind, Activation] = {
    "logistic": "sigmoid",
    "softmax": "softmax",
    "mlp": "sigmoid",
    "step": "step",
    "sigmoids": "sigmoid",
    "absolute": "absolute",
    "square": "square",
}
"""What the output nodes of each model do to their logits."""


def layout_of(model: ModelSpec) -> Layout:
    """The layers of a model: one of (1, 3) parameters, or of (K, 3) with an output node for each class.

    Mlp: one layer for each entry of `hidden`, then one of a single row.

    Raises
    ------
    ValueError
        If a model with one output node does not have two classes, or another fewer than two; if a model with
        hidden layers does not have 1 to 3 of them with 1 to 16 units each, or another model has any.
    """
    if model.kind != "mlp" and model.hidden:
        raise ValueError(f"a {model.kind} model has no hidden layers")
    activation = OUTPUT_ACTIVATIONS[model.kind]
    if not model.is_binary:
        if model.n_classes < 2:
            raise ValueError(f"a {model.kind} model has at least two classes, not {model.n_classes}")
        return Layout((Layer(N_FEATURES, model.n_classes, activation),))
    if model.n_classes != 2:
        raise ValueError(f"a {model.kind} model has two classes, not {model.n_classes}")
    if model.kind != "mlp":
        return Layout((Layer(N_FEATURES, 1, activation),))
    if not 1 <= len(model.hidden) <= MAX_HIDDEN_LAYERS:
        raise ValueError(f"a model has 1 to {MAX_HIDDEN_LAYERS} hidden layers, not {len(model.hidden)}")
    if not all(1 <= units <= MAX_HIDDEN_UNITS for units in model.hidden):
        raise ValueError(f"a hidden layer has 1 to {MAX_HIDDEN_UNITS} units, not {model.hidden}")
    inputs = (N_FEATURES, *model.hidden[:-1])
    hidden = (Layer(*sizes, model.activation) for sizes in zip(inputs, model.hidden, strict=True))
    return Layout((*hidden, Layer(model.hidden[-1], 1, activation)))


def hidden_units(model: ModelSpec, parameters: Floats, design: Floats) -> list[Floats]:
    """Outputs of the units of each hidden layer, shapes (units, n); none for models without any.

    Parameters as in `logits`.
    """
    layout, outputs = layout_of(model), [design[:N_FEATURES]]
    for index, layer in enumerate(layout.layers[:-1]):
        inputs = np.concatenate([outputs[-1], design[N_FEATURES:]])
        values = layout.layer_view(parameters, index) @ inputs
        outputs.append(HIDDEN_ACTIVATIONS[layer.activation](values))
    return outputs[1:]


def logits(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """Values of the output nodes before their activation: W F, F the inputs of the last layer.

    Parameters
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
        One model's row.
    design : ndarray of shape (3, n)
        ``[z_height; z_weight; 1]``; without biases the last row is 0.

    Returns
    -------
    ndarray of shape (outputs, n)
        K rows with an output node for each class, one for the others.
    """
    layout = layout_of(model)
    hidden = hidden_units(model, parameters, design)
    inputs = np.concatenate([hidden[-1], design[N_FEATURES:]]) if hidden else design
    return layout.layer_view(parameters, len(hidden)) @ inputs


def probabilities(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """Probability of each class, shape (K, n); two rows for a single output node too (row 1 is p).

    Those of "sigmoids" are independent: they need not add to 1. Those of "absolute" and "square" are NaN
    where every logit is 0, as there they are undefined. Parameters as in `logits`.
    """
    values = logits(model, parameters, design)
    if model.kind in _FROM_LOGITS:
        return _FROM_LOGITS[model.kind](values)
    if model.kind == "step":
        p = step(values)
        return np.concatenate([1.0 - p, p])
    return np.concatenate([sigmoid(-values), sigmoid(values)])


def start_parameters(spec: TrainingSpec) -> Floats:
    """Where training starts, in z-space, shape (models, P): the same row for every model of a comparison.

    A normal start draws every weight and bias from N(0, spread^2), a pure function of the seed; softmax rows
    are then centred over the classes, which changes no probability and which training preserves, and so are
    the rows of K sigmoids, so that the two can be compared from one start. The rivals of softmax start from
    what was drawn: two centred rows would have logits of equal size. With zeros they are undefined, have no
    slope and stay (`engine.rival_losses`). With hidden
    layers it draws the weights of a node with k inputs from N(0, spread^2 / k), so that its z stays about as
    large as they are (LeCun, Bottou, Orr and Mueller 1998, section 4.6), and its bias is 0. There, zeros are
    a saddle point: all units are alike and stay so, and only the output's bias has a gradient (with sigmoid
    units their weights to the output too). Without biases (`TrainingSpec.bias`) each of them is 0.

    Raises
    ------
    FallLineError
        If exact numbers are asked for and their count does not fit the model.
    """
    layout = layout_of(spec.model)
    start = spec.start
    row = np.zeros(layout.parameter_count)
    if start.kind == "normal":
        generator = np.random.Generator(np.random.Philox(key=spec.seed % 2**64))
        row = generator.normal(0.0, start.spread, layout.parameter_count)
        if not spec.model.is_binary and spec.model.kind not in RIVAL_KINDS:
            row = centred(layout.layer_view(row, 0)).ravel()
        elif spec.model.kind == "mlp":
            row[layout.bias_positions] = 0.0
            for index, layer in enumerate(layout.layers):
                row[layout.layer_slice(index)] /= math.sqrt(layer.inputs)
    elif start.kind == "exact":
        if len(start.parameters) != layout.parameter_count:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "The start has {given} numbers; this model needs {needed}."),
                given=len(start.parameters),
                needed=layout.parameter_count,
            )
        row = np.array(start.parameters, dtype=np.float64)
    return np.tile(held(spec, row), (len(spec.losses), 1))


def start_fits(start: StartSpec, model: ModelSpec) -> bool:
    """Whether a model can begin there: exact numbers are as many as its weights, others go with any."""
    return start.kind != "exact" or len(start.parameters) == layout_of(model).parameter_count


def held(spec: TrainingSpec, parameters: Floats) -> Floats:
    """Parameters (..., P) with what the spec holds at 0 at 0, in place: every bias, if it has none."""
    if not spec.bias:
        parameters[..., layout_of(spec.model).bias_positions] = 0.0
    return parameters


def centred(rows: Floats) -> Floats:
    """Softmax rows (..., K, 3) with their mean over the classes taken away: the same probabilities."""
    result: Floats = rows - rows.mean(axis=-2, keepdims=True)
    return result


def carry_scaler(model: ModelSpec, parameters: Floats, old: Standardizer, new: Standardizer) -> Floats:
    """Carry parameters (..., P) from one scaler to another so that p(cm, kg) is unchanged.

    Only the first layer reads the z-scores. The map is linear, so a momentum's velocity is carried by it too.
    """
    if old == new:
        return parameters.copy()
    carried = np.array(parameters, dtype=np.float64, order="C")
    layer = layout_of(model).layer_view(carried, 0)
    layer[...] = old.carry(layer, new)
    return carried


def can_carry(old: TrainingSpec, new: TrainingSpec) -> bool:
    """Whether weights mean something in another spec's model: hidden layers fit no other shape or classes."""
    same_meaning = old.model == new.model and old.class_ids == new.class_ids
    return same_meaning or "mlp" not in (old.model.kind, new.model.kind)


def carry_classes(parameters: Floats, old: TrainingSpec, new: TrainingSpec) -> Floats:
    """Carry parameters (models, P) to another model or other classes, row by row by the class ids.

    A class that is added starts with a zero row, one that is removed takes its row with it; softmax rows are
    then centred. A logistic model counts as the softmax rows (-w/2, +w/2), which is exact, so 2 -> 3 classes
    gives -w/2, +w/2, 0; back to logistic is w = row 1 - row 0. As K sigmoids it counts as (-w, +w), exact
    too; back is half of the difference. The step model's weights are the logistic model's. Between softmax,
    its rivals and K sigmoids the rows stay. A model of the new comparison goes on from the old one of the
    same kind, else from the one trained on the same loss (BCE and CE are one), else from the first.

    Raises
    ------
    ValueError
        If they cannot be carried (`can_carry`).
    """
    if not can_carry(old, new):
        raise ValueError(f"a {old.model.kind} model's weights mean nothing in this {new.model.kind} model")
    result = []
    for model, loss in zip(new.models, new.losses, strict=True):
        source = _source(model, loss, old)
        result.append(_carried_row(parameters[source], old, old.model_of(source), new, model))
    return np.array(result)


def _source(model: ModelSpec, loss: LossName, old: TrainingSpec) -> int:
    """Row of the old comparison from which a model trained on `loss` goes on."""
    likeness = [
        (old_model.kind == model.kind, (name == "mse") == (loss == "mse"))
        for old_model, name in zip(old.models, old.losses, strict=True)
    ]
    return likeness.index(max(likeness))


def _carried_row(
    row: Floats, old: TrainingSpec, old_model: ModelSpec, new: TrainingSpec, new_model: ModelSpec
) -> Floats:
    """One model's row (P,) as that of another model or other classes."""
    if old.class_ids == new.class_ids and (
        old_model == new_model or (old_model.is_binary and new_model.is_binary)
    ):
        return row
    half = 1.0 if "sigmoids" in (old_model.kind, new_model.kind) else 0.5
    old_rows = layout_of(old_model).layer_view(row, 0)
    if old_model.is_binary:
        old_rows = np.concatenate([-half * old_rows, half * old_rows])
    new_rows = np.zeros((new_model.n_classes, N_FEATURES + 1))
    for place, class_id in enumerate(new.class_ids):
        if class_id in old.class_ids:
            new_rows[place] = old_rows[old.class_ids.index(class_id)]
    if new_model.is_binary:
        return np.asarray((new_rows[1] - new_rows[0]) * (0.5 / half))
    return np.ravel(centred(new_rows) if new_model.kind == "softmax" else new_rows)


_FROM_LOGITS: dict[ModelKind, Callable[[Floats], Floats]] = {
    "softmax": softmax,
    "sigmoids": sigmoid,
    "absolute": normalize_absolute,
    "square": normalize_square,
}
"""Models with an output node for each class: from their logits (K, n) to p."""
