"""The models: layouts, logits and probabilities, where training starts, how weights survive an edit.

Logistic: one output node, p = sigmoid(w_height z_height + w_weight z_weight + b) is class 1's probability.
Softmax: one output node a class, p = softmax of the K logits. Both are one dense layer.
"""

from __future__ import annotations

import numpy as np

from engine.activations import sigmoid, softmax
from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.layout import Floats, Layer, Layout
from engine.scaling import Standardizer
from engine.specs import LossName, ModelSpec, TrainingSpec

N_FEATURES = 2


def layout_of(model: ModelSpec) -> Layout:
    """The layers of a model: (1, 3) parameters for the logistic model, (K, 3) for softmax.

    Raises
    ------
    ValueError
        If a logistic model does not have two classes, or softmax fewer than two.
    """
    if model.kind == "logistic":
        if model.n_classes != 2:
            raise ValueError(f"a logistic model has two classes, not {model.n_classes}")
        return Layout((Layer(N_FEATURES, 1, "sigmoid"),))
    if model.n_classes < 2:
        raise ValueError(f"a softmax model has at least two classes, not {model.n_classes}")
    return Layout((Layer(N_FEATURES, model.n_classes, "softmax"),))


def logits(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """Values of the output nodes before their activation: W F.

    Parameters
    ----------
    model : ModelSpec
    parameters : ndarray of shape (P,)
        One model's row.
    design : ndarray of shape (3, n)
        ``[z_height; z_weight; 1]``.

    Returns
    -------
    ndarray of shape (outputs, n)
        One row for the logistic model, K for softmax.
    """
    return layout_of(model).layer_view(parameters, 0) @ design


def probabilities(model: ModelSpec, parameters: Floats, design: Floats) -> Floats:
    """Probability of each class, shape (K, n); two rows for the logistic model too (row 1 is p).

    Parameters as in `logits`.
    """
    values = logits(model, parameters, design)
    if model.kind == "logistic":
        return np.concatenate([sigmoid(-values), sigmoid(values)])
    return softmax(values)


def start_parameters(spec: TrainingSpec) -> Floats:
    """Where training starts, in z-space, shape (models, P): the same row for every model of a comparison.

    A normal start draws every weight and bias from N(0, spread^2), a pure function of the seed; softmax rows
    are then centred over the classes, which changes no probability and which training preserves.

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
    elif start.kind == "exact":
        if len(start.parameters) != layout.parameter_count:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "The start has {given} numbers; this model needs {needed}."),
                given=len(start.parameters),
                needed=layout.parameter_count,
            )
        row = np.array(start.parameters, dtype=np.float64)
    return np.tile(row, (len(spec.losses), 1))


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


def carry_classes(parameters: Floats, old: TrainingSpec, new: TrainingSpec) -> Floats:
    """Carry parameters (models, P) to another model or other classes, row by row by the class ids.

    A class that is added starts with a zero row, one that is removed takes its row with it; the rows are
    then centred. A logistic model counts as the softmax rows (-w/2, +w/2), which is exact, so 2 -> 3 classes
    gives -w/2, +w/2, 0; back to logistic is w = row 1 - row 0. A model of the new comparison goes on from
    the old one trained on the same loss (BCE and CE are one), or from the first where there is none.
    """
    rows = np.array([parameters[_source(loss, old.losses)] for loss in new.losses])
    if old.model == new.model and old.class_ids == new.class_ids:
        return rows
    old_rows = _as_softmax_rows(old.model, rows)
    new_rows = np.zeros((len(rows), new.model.n_classes, N_FEATURES + 1))
    for row, class_id in enumerate(new.class_ids):
        if class_id in old.class_ids:
            new_rows[:, row] = old_rows[:, old.class_ids.index(class_id)]
    if new.model.kind == "logistic":
        return new_rows[:, 1] - new_rows[:, 0]
    return centred(new_rows).reshape(len(rows), -1)


def _source(loss: LossName, old_losses: tuple[LossName, ...]) -> int:
    """Row of the old comparison from which a model trained on `loss` goes on."""
    is_squared = [name == "mse" for name in old_losses]
    return is_squared.index(loss == "mse") if (loss == "mse") in is_squared else 0


def _as_softmax_rows(model: ModelSpec, parameters: Floats) -> Floats:
    """Parameters (models, P) as softmax rows (models, K, 3) with the same probabilities."""
    layer = layout_of(model).layer_view(parameters, 0)
    return np.concatenate([-layer / 2.0, layer / 2.0], axis=1) if model.kind == "logistic" else layer
