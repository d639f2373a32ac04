"""The words and formulas that stand in the sensitivity plots, for each axis."""

from __future__ import annotations

import numpy as np

from engine.activations import sigmoid
from engine.sensitivity import MSE_INFLECTION_LOGIT, MSE_STEEPEST_ERROR, MSE_STEEPEST_SLOPE
from engine.sensitivity import Axis as XAxis
from gui.formulas import loss_name
from gui.i18n import translate
from gui.plots.loss.axes import Axis
from gui.plots.sensitivity.data import SlopeBy
from gui.plots.sensitivity.plot import Note, Place

_LABEL_LOSS, _BOUND_LOSS = 2.6, 4.2
"""Where on the curves of BCE the names stand: a label's, and that there is no bound."""
_WIDE_LOGITS = 8.0
"""With logits beyond this the two arms of BCE stand too close for words between them."""


def value_notes(axis: XAxis, x_axis: Axis, *, is_binary: bool) -> list[Note]:
    """Notes of the upper plot: which curve is which label's, which loss has a bound."""
    loss = loss_name("bce" if is_binary else "ce")
    unbounded = translate("SensitivityTab", "{loss} has no upper bound", loss=loss)
    if axis == "error":
        notes = [Note(unbounded, "left", _x_on_curve(axis, 1, _BOUND_LOSS), _BOUND_LOSS)]
    elif not is_binary:
        notes = [Note(unbounded, "right", _x_on_curve(axis, 1, _BOUND_LOSS), _BOUND_LOSS)]
    elif axis == "logit" and x_axis.high > _WIDE_LOGITS:
        notes = [Note(unbounded, "left", _x_on_curve(axis, 1, _BOUND_LOSS), _BOUND_LOSS)]
    else:
        notes = [Note(unbounded, "top")]
    if is_binary:
        notes += _label_notes(axis)
        stops = translate("SensitivityTab", "MSE stops at 1")
        notes.append(Note(stops, "above", 0.5 if axis == "probability" else x_axis.low, 1.0))
    return notes


def _label_notes(axis: XAxis) -> list[Note]:
    """Name both curves of BCE: inside the bowl by p, outside by the logit, where they may stand close."""
    if axis == "error":
        return []
    places: tuple[Place, Place] = ("left", "right") if axis == "logit" else ("right", "left")
    return [
        Note(f"y = {label}", place, _x_on_curve(axis, label, _LABEL_LOSS), _LABEL_LOSS)
        for label, place in zip((1, 0), places, strict=True)
    ]


def slope_notes(axis: XAxis, slope_by: SlopeBy, *, is_binary: bool) -> list[Note]:
    """Notes of the lower plot: MSE's largest slope, 8/27 at p = 1/3 (for three classes there is no one)."""
    if not is_binary or (slope_by == "axis" and axis != "logit"):
        return []
    value = f"= ⟦{MSE_STEEPEST_SLOPE:.4f}⟧"
    if axis == "error":
        tall, low = rf"\frac{{8}}{{27}} {value},\; e = \frac{{2}}{{3}}", rf"8/27 {value},\; e = 2/3"
        return [Note(tall, "top left", MSE_STEEPEST_ERROR, MSE_STEEPEST_SLOPE, (low,), is_formula=True)]
    tall, low = rf"\frac{{8}}{{27}} {value},\; p = \frac{{1}}{{3}}", rf"8/27 {value},\; p = 1/3"
    x = float(sigmoid(np.array(MSE_INFLECTION_LOGIT)))
    if axis == "logit":
        x = MSE_INFLECTION_LOGIT
        tall, low = rf"{tall},\; z = {{-}}\ln 2", rf"8/27 {value},\; z = {{-}}\ln 2"
    steepest = Note(tall, "bottom right", x, -MSE_STEEPEST_SLOPE, (low, f"8/27 {value}"), is_formula=True)
    return [steepest, Note("y = 0", "top left")]


def _x_on_curve(axis: XAxis, label: int, loss: float) -> float:
    """Where BCE of a label has a value."""
    right = float(np.exp(-loss))
    if axis == "error":
        return 1.0 - right
    p = right if label == 1 else 1.0 - right
    return p if axis == "probability" else float(np.log(p / (1.0 - p)))
