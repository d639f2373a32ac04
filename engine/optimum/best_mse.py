"""The best weights for MSE that a search finds, and what can be said of them.

MSE is not convex in the weights: it has minima of different height, and its smallest value may only be
approached while the weights grow for ever, towards a step function. So this is called "best found", never
the optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.models import centred, layout_of
from engine.optimum.newton import ShouldStop
from engine.optimum.optimum import Optimum, find_optimum
from engine.optimum.squared_error import Polished, polish
from engine.specs import ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_RANDOM_STARTS = 10
_SEARCHED_SAMPLES = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class BestFound:
    """The best finite weights for MSE that a search found: nothing proves that none are better.

    Attributes
    ----------
    parameters : ndarray of shape (P,), read-only, or None
        As in `Optimum`: the lowest minimum found. None where every search ended in weights without bound.
    mse : float
        The MSE of `parameters`; NaN without.
    limit : float or None
        A smaller MSE that was approached while the weights grew for ever, towards a step function; 0 for
        complete separation.
    message : Message
        All of this in words.
    searches : int
        Starts that were tried.
    gradient_max : float
        Largest entry of the mean gradient of MSE at `parameters`; NaN without.
    """

    parameters: Floats | None
    mse: float
    limit: float | None
    message: Message
    searches: int
    gradient_max: float


def best_found_mse(
    model: ModelSpec,
    data: TrainingData,
    should_stop: ShouldStop | None = None,
    *,
    optimum: Optimum | None = None,
    seed: int = 0,
) -> BestFound:
    """Search for the smallest MSE: down from the optimum of cross-entropy and from seeded starts.

    Above 20,000 samples the starts are compared on a part of them, and the best is polished on all.

    Parameters
    ----------
    model : ModelSpec
    data : TrainingData
    should_stop : callable, optional
        Asked before every step; after True what was found so far is not offered.
    optimum : Optimum, optional
        What `find_optimum` gave for the same model and data; found here unless told.
    seed : int
        Of the random starts.
    """
    known = optimum if optimum is not None else find_optimum(model, data, should_stop)
    if not len(data) or model.kind in ("mlp", "step"):
        return _nothing_found(known.message)
    if known.separable == "complete":
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "No best weights exist for MSE either: it tends to 0 while the weights grow for ever.",
        )
        return _nothing_found(Message(text), limit=0.0)
    starts = _mse_starts(model, data, known, seed)
    part = _part(data, seed)
    ends = [polish(model, part, start, should_stop) for start in starts]
    minima = [end for end in ends if end.is_minimum]
    best = min(minima, key=lambda end: end.mse, default=None)
    lowest = min(ends, key=lambda end: end.mse)
    if part is not data:
        best = None if best is None else polish(model, data, best.parameters, should_stop)
        lowest = polish(model, data, lowest.parameters, should_stop)
    if should_stop is not None and should_stop():
        text = QT_TRANSLATE_NOOP("Engine", "The search for the best weights was stopped.")
        return _nothing_found(Message(text), searches=len(starts))
    return _best_found(best, lowest, len(starts))


def _best_found(best: Polished | None, lowest: Polished, searches: int) -> BestFound:
    """The lowest minimum, and what is lower without being one."""
    if best is None or not best.is_minimum:
        text = QT_TRANSLATE_NOOP(
            "Engine", "No best weights for MSE were found: it keeps falling while the weights grow for ever."
        )
        return _nothing_found(Message(text), searches, lowest.mse)
    limit = lowest.mse if lowest.mse < best.mse and not lowest.is_minimum else None
    if limit is None:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "The best MSE that {searches} searches found; MSE is not convex, so a better one may exist.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "The best MSE of finite weights that {searches} searches found; weights that grow for ever, "
            "towards a step, come down to {limit:.4g}.",
        )
    parameters = best.parameters.copy()
    parameters.flags.writeable = False
    message = Message(text, {"searches": searches} | ({} if limit is None else {"limit": limit}))
    return BestFound(parameters, best.mse, limit, message, searches, best.gradient_max)


def _nothing_found(message: Message, searches: int = 0, limit: float | None = None) -> BestFound:
    return BestFound(None, float("nan"), limit, message, searches, float("nan"))


def _mse_starts(model: ModelSpec, data: TrainingData, optimum: Optimum, seed: int) -> list[Floats]:
    """The optimum of cross-entropy, half and twice as steep too; then normal starts of growing spread."""
    count = layout_of(model).parameter_count
    known = optimum.parameters
    starts = [] if known is None else [known, 0.5 * known, 2.0 * known]
    generator = np.random.Generator(np.random.PCG64(seed % 2**64))
    for spread in np.geomspace(0.5, 8.0, _RANDOM_STARTS):
        start = generator.normal(0.0, float(spread), count)
        if not data.has_bias:
            start[2::3] = 0.0
        if model.kind == "softmax":
            start = np.ravel(centred(start.reshape(model.n_classes, 3)))
        starts.append(start)
    return starts


def _part(data: TrainingData, seed: int) -> TrainingData:
    """The data, or a random part of them that is quick to search on; the same scaler in any case."""
    if len(data) <= _SEARCHED_SAMPLES:
        return data
    generator = np.random.Generator(np.random.PCG64(seed % 2**64))
    rows = np.sort(generator.choice(len(data), _SEARCHED_SAMPLES, replace=False))
    design = np.ascontiguousarray(data.design[:, rows])
    return TrainingData(design, data.class_index[rows], data.sample_id[rows], data.scaler)
