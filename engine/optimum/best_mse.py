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
from engine.optimum.optimum import LOGISTIC, Optimum, class_against_rest, find_optimum
from engine.optimum.squared_error import Polished, polish
from engine.specs import INFINITE_KINDS, ModelSpec
from engine.training_data import TrainingData

Floats = NDArray[np.float64]

_RANDOM_STARTS = 10
_SEARCHED_SAMPLES = 20_000

_BEST = QT_TRANSLATE_NOOP(
    "Engine", "The best MSE that {searches} searches found; MSE is not convex, so a better one may exist."
)
_WITH_LIMIT = QT_TRANSLATE_NOOP(
    "Engine",
    "The best MSE of finite weights that {searches} searches found; weights that grow for ever, "
    "towards a step, come down to {limit:.4g}.",
)


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
    data = data.for_model(model)
    if not len(data) or model.kind in ("mlp", *INFINITE_KINDS):
        return _nothing_found(known.message)
    if model.kind == "sigmoids":
        return _together(
            [
                _search(LOGISTIC, *class_against_rest(model, data, k), of_class, seed, should_stop)
                for k, of_class in enumerate(known.by_class)
            ]
        )
    targets = data.targets(model) if data.has_soft_targets else None
    return _search(model, data, targets, known, seed, should_stop)


def _search(
    model: ModelSpec,
    data: TrainingData,
    targets: Floats | None,
    known: Optimum,
    seed: int,
    should_stop: ShouldStop | None,
) -> BestFound:
    """Search for one model, whose labels or soft targets (K, n) are given."""
    if known.separable == "complete":
        text = QT_TRANSLATE_NOOP(
            "Engine",
            "No best weights exist for MSE either: it tends to 0 while the weights grow for ever.",
        )
        return _nothing_found(Message(text), limit=0.0)
    starts = _mse_starts(model, data, known, seed)
    part, part_targets = _part(data, targets, seed)
    ends = [polish(model, part, start, should_stop, part_targets) for start in starts]
    minima = [end for end in ends if end.is_minimum]
    best = min(minima, key=lambda end: end.mse, default=None)
    lowest = min(ends, key=lambda end: end.mse)
    if part is not data:
        best = None if best is None else polish(model, data, best.parameters, should_stop, targets)
        lowest = polish(model, data, lowest.parameters, should_stop, targets)
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
    text = _BEST if limit is None else _WITH_LIMIT
    parameters = best.parameters.copy()
    parameters.flags.writeable = False
    message = Message(text, {"searches": searches} | ({} if limit is None else {"limit": limit}))
    return BestFound(parameters, best.mse, limit, message, searches, best.gradient_max)


def _together(found: list[BestFound]) -> BestFound:
    """The best of K sigmoids from those of its classes, each on its own."""
    rows = [one.parameters for one in found if one.parameters is not None]
    searches = sum(one.searches for one in found)
    limits = [one.mse if one.limit is None else one.limit for one in found]
    has_limit = any(one.limit is not None for one in found)
    limit = float(sum(limits)) if has_limit else None
    if len(rows) < len(found):
        message = next(one.message for one in found if one.parameters is None)
        return _nothing_found(message, searches, limit)
    text = _WITH_LIMIT if has_limit else _BEST
    parameters = np.concatenate(rows)
    parameters.flags.writeable = False
    values: dict[str, object] = {"searches": searches} | ({} if limit is None else {"limit": limit})
    return BestFound(
        parameters,
        sum(one.mse for one in found),
        limit,
        Message(text, values),
        searches,
        max(one.gradient_max for one in found),
    )


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


def _part(data: TrainingData, targets: Floats | None, seed: int) -> tuple[TrainingData, Floats | None]:
    """The data and soft targets, or a random part of them that is quick to search on; the same scaler."""
    if len(data) <= _SEARCHED_SAMPLES:
        return data, targets
    generator = np.random.Generator(np.random.PCG64(seed % 2**64))
    rows = np.sort(generator.choice(len(data), _SEARCHED_SAMPLES, replace=False))
    return data.take(rows), None if targets is None else targets[:, rows]
