"""The words and formulas of the likelihood tab in the language in use."""

from __future__ import annotations

from collections.abc import Sequence

from engine.activations import sigmoid
from engine.document.state import ClassInfo
from engine.snapshots import Snapshot
from engine.specs import RIVAL_KINDS, LossName, ModelSpec
from gui.formulas import count_text, fixed_text, loss_name, loss_text
from gui.i18n import class_name, translate
from gui.plots.likelihood.data import RunningView, WeightView
from gui.plots.sample_formulas import probability_template
from gui.widgets.segmented import Segment

REPEATS = (1, 2, 5, 10, 20, 50, 100)


def explanation() -> str:
    """What one is looking at."""
    return translate(
        "LikelihoodTab",
        "The likelihood of the data is the product of every sample's P(y|x): numbers below 1, which soon "
        "multiply to exactly 0 in a computer, while the sum of their logarithms stays right. The logarithm "
        "is monotonic, so the likelihood has its peak where the loss, its mean logarithm with a minus, has "
        "its valley.",
    )


def page_segments() -> list[Segment]:
    """The switch between the two pages."""
    return [
        Segment(
            "running",
            translate("LikelihoodTab", "one by one"),
            translate("LikelihoodTab", "Multiply the likelihoods one by one, and add their logarithms"),
        ),
        Segment(
            "weight",
            translate("LikelihoodTab", "along a weight"),
            translate("LikelihoodTab", "Likelihood and loss of all samples as one weight changes"),
        ),
    ]


def order_choices() -> list[tuple[str, str]]:
    """In which order the samples come."""
    return [
        ("data", translate("LikelihoodTab", "as placed")),
        ("probability", translate("LikelihoodTab", "lowest P first")),
    ]


def repeat_choices() -> list[tuple[str, str]]:
    """How often the data come."""
    return [
        (str(times), translate("LikelihoodTab", "data × {times}", times=times) if times > 1 else _once())
        for times in REPEATS
    ]


def _once() -> str:
    return translate("LikelihoodTab", "data once")


def weight_choices(model: ModelSpec, classes: Sequence[ClassInfo], *, bias: bool) -> list[tuple[str, str]]:
    """The parameters of a model with one layer, by their place."""
    names = [
        translate("LikelihoodTab", "weight for height"),
        translate("LikelihoodTab", "weight for body weight"),
    ]
    if bias:
        names.append(translate("LikelihoodTab", "bias"))
    if model.is_binary:
        return [(str(index), name) for index, name in enumerate(names)]
    return [
        (str(3 * number + index), f"{class_name(info)}: {name}")
        for number, info in enumerate(classes)
        for index, name in enumerate(names)
    ]


def trained_on(loss: LossName) -> str:
    """Whose likelihood it is."""
    return translate("LikelihoodTab", "model trained on {loss}", loss=loss_name(loss))


def model_sentence(model: ModelSpec, *, is_running: bool) -> str:
    """Why there is nothing to see of a model; empty where there is."""
    if model.kind == "sigmoids":
        return translate(
            "LikelihoodTab",
            "K sigmoids give every sample K likelihoods, one for each label that it has or has not. This "
            "page multiplies one a sample: choose logistic or softmax regression.",
        )
    if model.kind in RIVAL_KINDS:
        return translate(
            "LikelihoodTab",
            "Softmax's rivals are undefined where every logit is 0, and their p can be exactly 0. This page "
            "is for logistic and softmax regression.",
        )
    if model.kind == "step":
        return translate(
            "LikelihoodTab",
            "The unit step is certain of every answer: one wrong sample has the likelihood 0, and with it "
            "all of them together. Choose a model with a sigmoid.",
        )
    if model.kind == "mlp" and not is_running:
        return translate(
            "LikelihoodTab",
            "With hidden layers the loss along a weight may have many valleys, as Hidden layers shows. "
            "Choose a model without them.",
        )
    return ""


def sample_heading(view: RunningView, position: int, classes: Sequence[ClassInfo]) -> str:
    """Which sample the person stands at."""
    text = translate(
        "LikelihoodTab",
        "sample {number} of {count}",
        number=count_text(position),
        count=count_text(len(view)),
    )
    label = int(view.data.class_index[view.place[position - 1]])
    return f"{text}: {class_name(classes[label])}" if label < len(classes) else text


def sample_template(view: RunningView, position: int, *, is_binary: bool) -> str:
    """P(y | x) of the sample that the person stands at, with its numbers."""
    log_odds = view.log_odds[position - 1]
    own, rest = float(sigmoid(log_odds)), float(sigmoid(-log_odds))
    right, wrong = probability_template(own, rest), probability_template(rest, own)
    if not is_binary:
        return f"= {right}"
    label = int(view.data.class_index[view.place[position - 1]])
    p, q = (right, wrong) if label == 1 else (wrong, right)
    return rf"= {p}⟦^{label}⟧ \cdot {q}⟦^{1 - label}⟧ = {right}"


def sample_definition(*, is_binary: bool) -> str:
    """P(y | x) in symbols."""
    return r"P(y \mid x) = p^y (1 - p)^{1 - y}" if is_binary else r"P(y \mid x) = p_y"


def product_number(value: float) -> str:
    """A product in a template: 0.0123, 1.23 x 10^-12, or 0 where it is exactly that."""
    if value == 0.0:
        return "⟦0⟧"
    if value >= 0.001:
        return f"⟦{value:.4f}⟧"
    mantissa, exponent = f"{value:.2e}".split("e")
    return f"⟦{mantissa}e{int(exponent)}⟧"


def sum_number(value: float) -> str:
    """A sum of logarithms in a template."""
    return f"⟦{fixed_text(value, 2)}⟧" if value > -1000.0 else f"⟦{value:,.0f}⟧"


def mean_number(view: RunningView, position: int) -> str:
    """Minus the mean logarithm so far."""
    return f"⟦{loss_text(-float(view.running.log_sum[position - 1]) / position)}⟧"


def weight_line(view: WeightView) -> str:
    """The model's weight and the peak, in one line."""
    now = rf"w = ⟦{fixed_text(view.now, 2)}⟧"
    if view.curve.peak is None:
        return now
    return rf"{now},\quad \hat{{w}} = ⟦{fixed_text(view.curve.peak, 2)}⟧"


def peak_sentence(view: WeightView) -> str:
    """What the two curves have in common, or why there is no peak."""
    name = loss_name("bce")
    if view.curve.peak is not None:
        return translate(
            "LikelihoodTab",
            "The likelihood's peak is the valley of {loss}: one and the same weight.",
            loss=name,
        )
    if view.grows > 0:
        return translate("LikelihoodTab", "No peak: the likelihood grows for ever as this weight grows.")
    if view.grows < 0:
        return translate("LikelihoodTab", "No peak: the likelihood grows for ever as this weight falls.")
    return translate("LikelihoodTab", "This weight changes nothing for these samples.")


def unit_text(snapshot: Snapshot, index: int, value: float) -> str:
    """A standardised weight in the units of its feature; empty for a bias."""
    scaler = snapshot.scaler
    feature = index % 3
    if feature == 2:
        return translate("LikelihoodTab", "standardised bias")
    std = scaler.std_height_cm if feature == 0 else scaler.std_weight_kg
    unit = translate("LikelihoodTab", "per cm") if feature == 0 else translate("LikelihoodTab", "per kg")
    number = fixed_text(value / std, 4)
    return translate("LikelihoodTab", "standardised; {number} {unit}", number=number, unit=unit)
