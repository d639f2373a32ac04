"""The words of the sensitivity tab in the language in use."""

from __future__ import annotations

from collections.abc import Sequence

from engine.sensitivity import Axis as XAxis
from engine.specs import RIVAL_KINDS, LossName, ModelSpec, TrainingSpec
from gui.formulas import count_text, loss_name, loss_text
from gui.i18n import translate
from gui.plots.sensitivity.data import ModelDots, SlopeBy
from gui.widgets.segmented import Segment


def explanation() -> str:
    """What one is looking at."""
    return translate(
        "SensitivityTab",
        "How strongly each loss reacts to an error: its value above, its slope below, and every sample on "
        "the curve of the loss that its model is trained on. Where a model is confidently wrong, the slope "
        "of BCE tends to 1 while that of MSE vanishes.",
    )


def axis_segments(*, is_wide: bool) -> list[Segment]:
    """The switch of the horizontal axis; letters alone where there is little room."""
    texts = {
        "error": translate("SensitivityTab", "error e") if is_wide else "e",
        "probability": "p",
        "logit": translate("SensitivityTab", "logit z") if is_wide else "z",
    }
    tips = {
        "error": translate("SensitivityTab", "By the error e = |y - p|: both labels lie on one curve"),
        "probability": translate("SensitivityTab", "By the probability p: a curve for each label"),
        "logit": translate("SensitivityTab", "By the logit z, the value before the sigmoid"),
    }
    return [Segment(key, texts[key], tips[key]) for key in texts]


def slope_segments(axis: XAxis) -> list[Segment]:
    """The switch of the lower plot."""
    symbol = "e" if axis == "error" else "p"
    by_logit = translate(
        "SensitivityTab", "Slope by the logit: what gradient descent multiplies by the sample's inputs"
    )
    by_axis = translate("SensitivityTab", "Slope by what the horizontal axis is")
    return [Segment("logit", "∂/∂z", by_logit), Segment("axis", f"∂/∂{symbol}", by_axis)]


def titles(axis: XAxis, slope_by: SlopeBy, *, is_binary: bool) -> tuple[str, str, str]:
    """Titles of the horizontal axis, of the upper plot and of the lower one."""
    if is_binary:
        x_title = {
            "error": translate("SensitivityTab", "error e = |y - p|"),
            "probability": translate("SensitivityTab", "probability p"),
            "logit": translate("SensitivityTab", "logit z"),
        }[axis]
    else:
        x_title = {
            "error": translate("SensitivityTab", "error 1 - p of the true class"),
            "probability": translate("SensitivityTab", "p of the true class"),
            "logit": translate("SensitivityTab", "log-odds of the true class against the rest"),
        }[axis]
    if slope_by == "axis" and axis != "logit":
        symbol = "e" if axis == "error" else "p"
        slope = translate("SensitivityTab", "slope by {symbol}", symbol=symbol)
    elif axis == "error":
        slope = translate("SensitivityTab", "slope by the logit z, in size")
    else:
        slope = translate("SensitivityTab", "slope by the logit z")
    return x_title, translate("SensitivityTab", "loss of one sample"), slope


def pulls_texts() -> tuple[str, str]:
    """Text and tooltip of the switch for the pulls."""
    tip = translate(
        "SensitivityTab",
        "Show on the canvas how large each sample's share of the gradient is, under the loss of the "
        "selected model",
    )
    return translate("SensitivityTab", "pulls on the canvas"), tip


def obstacle(spec: TrainingSpec) -> str:
    """Why the models of a run have no dots on these curves; empty where they have."""
    kinds = {model.kind for model in spec.models}
    if "step" in kinds:
        return translate(
            "SensitivityTab",
            "The unit step has the slope 0 wherever it has one: no loss can react to it. "
            "Choose a model with a sigmoid.",
        )
    if not kinds.isdisjoint(RIVAL_KINDS):
        return translate(
            "SensitivityTab",
            "With softmax's rivals the slope by a logit depends on the size of all of them, not on p alone: "
            "there is no one curve. Choose softmax regression.",
        )
    if "sigmoids" in kinds:
        return translate(
            "SensitivityTab",
            "K sigmoids are K logistic models: each has the curves of logistic regression, once for every "
            "class of a sample. Choose logistic or softmax regression to see them with the samples.",
        )
    return ""


def model_sentence(model: ModelSpec) -> str:
    """What has to be said of a model that is not the logistic one; empty for that."""
    if not model.is_binary:
        return translate(
            "SensitivityTab",
            "CE depends on p of the true class alone. MSE lies in the band: it also depends on how the other "
            "classes share the rest.",
        )
    return ""


def edge_status(dots: Sequence[ModelDots]) -> str:
    """How many dots stand at the upper edge because their loss lies above it; empty if none does."""
    count = max((one.above for one in dots), default=0)
    if not count:
        return ""
    largest = max(one.largest for one in dots)
    return translate(
        "SensitivityTab",
        "{count} at the upper edge: losses up to {value}",
        count=count_text(count),
        value=loss_text(largest),
    )


def card_hint() -> tuple[str, str]:
    """Heading and note of the card while no sample is picked."""
    return (
        translate("SensitivityTab", "One sample"),
        translate("SensitivityTab", "Point at a dot, here or on the canvas, for its numbers."),
    )


def trained_on(loss: LossName) -> str:
    """Whose numbers a card shows."""
    return translate("SensitivityTab", "model trained on {loss}", loss=loss_name(loss))
