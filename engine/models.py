"""The models: layouts, logits and probabilities, where training starts, how weights survive an edit.

Logistic: one output node, p = sigmoid(w_height z_height + w_weight z_weight + b) is class 1's probability.
Step: the same z, with p = 1 where z >= 0, else 0. Softmax: one output node a class, p = softmax of the K
logits. All three are one dense layer. Mlp (multi-layer perceptron): hidden layers a_l = g(W_l [a_(l-1); 1])
over the z-scores a_0, then the logistic model's output node over the last of them.
"""

from __future__ import annotations

import math

import numpy as np

from engine.activations import HIDDEN_ACTIVATIONS, sigmoid, softmax, step
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.layout import Floats, Layer, Layout
from engine.scaling import Standardizer
from engine.specs import MAX_HIDDEN_LAYERS, MAX_HIDDEN_UNITS, LossName, ModelSpec, TrainingSpec

N_FEATURES = 2


def layout_of(model: ModelSpec) -> Layout:
    """The layers of a model: one of (1, 3) parameters for logistic and step, of (K, 3) for softmax.

    Mlp: one layer for each entry of `hidden`, then one of a single row.

    Raises
    ------
    ValueError
        If a model other than softmax does not have two classes, or softmax fewer than two; if a model with
        hidden layers does not have 1 to 3 of them with 1 to 16 units each, or another model has any.
    """
    if model.kind != "mlp" and model.hidden:
        raise ValueError(f"a {model.kind} model has no hidden layers")
    if model.kind == "softmax":
        if model.n_classes < 2:
            raise ValueError(f"a softmax model has at least two classes, not {model.n_classes}")
        return Layout((Layer(N_FEATURES, model.n_classes, "softmax"),))
    if model.n_classes != 2:
        raise ValueError(f"a {model.kind} model has two classes, not {model.n_classes}")
    if model.kind == "step":
        return Layout((Layer(N_FEATURES, 1, "step"),))
    if model.kind == "logistic":
        return Layout((Layer(N_FEATURES, 1, "sigmoid"),))
    if not 1 <= len(model.hidden) <= MAX_HIDDEN_LAYERS:
        raise ValueError(f"a model has 1 to {MAX_HIDDEN_LAYERS} hidden layers, not {len(model.hidden)}")
    if not all(1 <= units <= MAX_HIDDEN_UNITS for units in model.hidden):
        raise ValueError(f"a hidden layer has 1 to {MAX_HIDDEN_UNITS} units, not {model.hidden}")
    inputs = (N_FEATURES, *model.hidden[:-1])
    hidden = (Layer(*sizes, model.activation) for sizes in zip(inputs, model.hidden, strict=True))
    return Layout((*hidden, Layer(model.hidden[-1], 1, "sigmoid")))


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
        K rows for softmax, one for the others.
    """
    layout = layout_of(model)
    hidden = hidden_units(model, parameters, design)
    inputs = np.concatenate([hidden[-1], design[N_FEATURES:]]) if hidden else design
    return layout.layer_view(parameters, len(hidden)) @ inputs


def probabilities(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """Probability of each class, shape (K, n); two rows for a single output node too (row 1 is p).

    Parameters as in `logits`.
    """
    values = logits(model, parameters, design)
    if model.kind == "softmax":
        return softmax(values)
    if model.kind == "step":
        p = step(values)
        return np.concatenate([1.0 - p, p])
    return np.concatenate([sigmoid(-values), sigmoid(values)])


def start_parameters(spec: TrainingSpec) -> Floats:
    """Where training starts, in z-space, shape (models, P): the same row for every model of a comparison.

    A normal start draws every weight and bias from N(0, spread^2), a pure function of the seed; softmax rows
    are then centred over the classes, which changes no probability and which training preserves. With hidden
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
        if spec.model.kind == "softmax":
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

    A class that is added starts with a zero row, one that is removed takes its row with it; the rows are
    then centred. A logistic model counts as the softmax rows (-w/2, +w/2), which is exact, so 2 -> 3 classes
    gives -w/2, +w/2, 0; back to logistic is w = row 1 - row 0. The step model's weights are the logistic
    model's. A model of the new comparison goes on from the old one trained on the same loss (BCE and CE are
    one), or from the first where there is none.

    Raises
    ------
    ValueError
        If they cannot be carried (`can_carry`).
    """
    if not can_carry(old, new):
        raise ValueError(f"a {old.model.kind} model's weights mean nothing in this {new.model.kind} model")
    rows = np.array([parameters[_source(loss, old.losses)] for loss in new.losses])
    if old.class_ids == new.class_ids and (
        old.model == new.model or (old.model.is_binary and new.model.is_binary)
    ):
        return rows
    old_rows = _as_softmax_rows(old.model, rows)
    new_rows = np.zeros((len(rows), new.model.n_classes, N_FEATURES + 1))
    for row, class_id in enumerate(new.class_ids):
        if class_id in old.class_ids:
            new_rows[:, row] = old_rows[:, old.class_ids.index(class_id)]
    if new.model.is_binary:
        return new_rows[:, 1] - new_rows[:, 0]
    return centred(new_rows).reshape(len(rows), -1)


def _source(loss: LossName, old_losses: tuple[LossName, ...]) -> int:
    """Row of the old comparison from which a model trained on `loss` goes on."""
    is_squared = [name == "mse" for name in old_losses]
    return is_squared.index(loss == "mse") if (loss == "mse") in is_squared else 0


def _as_softmax_rows(model: ModelSpec, parameters: Floats) -> Floats:
    """Parameters (models, P) as softmax rows (models, K, 3) with the same probabilities."""
    layer = layout_of(model).layer_view(parameters, 0)
    return np.concatenate([-layer / 2.0, layer / 2.0], axis=1) if model.is_binary else layer
