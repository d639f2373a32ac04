"""What the model section says of models and losses, in the language in use."""

from __future__ import annotations

from engine.document.state import DocumentState
from engine.specs import ModelKind
from gui.i18n import translate


def model_names() -> dict[ModelKind, str]:
    """The models by their names in full."""
    return {
        "logistic": translate("ModelSection", "Logistic regression"),
        "softmax": translate("ModelSection", "Softmax regression"),
        "sigmoids": translate("ModelSection", "K sigmoids"),
        "absolute": translate("ModelSection", "|z| normaliser"),
        "square": translate("ModelSection", "z² normaliser"),
        "step": translate("ModelSection", "Step perceptron"),
        "mlp": translate("ModelSection", "Multi-layer perceptron"),
    }


def model_tooltip(kind: ModelKind, n_classes: int) -> str:
    """What a model is."""
    if kind == "softmax" and n_classes > 2:
        return translate(
            "ModelSection",
            "Softmax regression (multinomial logistic regression): one logit z a class, linear in height and "
            "weight; p = e to the z over the sum of all of them",
        )
    return {
        "logistic": translate(
            "ModelSection",
            "Logistic regression: one logit z, linear in height and weight; p = sigmoid(z) is the "
            "probability of the second class",
        ),
        "softmax": translate(
            "ModelSection",
            "Softmax regression: one logit a class; with two classes it follows the logistic model at "
            "twice the learning rate",
        ),
        "sigmoids": translate(
            "ModelSection",
            "K sigmoids: one logit a class, each with a sigmoid of its own. The probabilities are "
            "independent and need not add to 1: right for samples with several labels (multi-label "
            "classification)",
        ),
        "absolute": translate(
            "ModelSection",
            "Softmax's rival |z| / Σ|z|: it cannot tell a logit from its opposite, has a kink where one is 0 "
            "and is undefined where all are",
        ),
        "square": translate(
            "ModelSection",
            "Softmax's rival z² / Σz²: it cannot tell a logit from its opposite and is undefined where all "
            "logits are 0",
        ),
        "step": translate(
            "ModelSection",
            "Step perceptron: the same z, but p = 1 where z is at least 0, else 0 (unit step function)",
        ),
        "mlp": translate(
            "ModelSection",
            "Multi-layer perceptron: hidden layers of units before the logit, so that the boundary can "
            "be curved; p = sigmoid(z)",
        ),
    }[kind]


def loss_tooltips(kind: ModelKind) -> dict[str, str]:
    """What each loss is for a model, or why it has none."""
    if kind == "step":
        infinite = translate(
            "ModelSection",
            "The step's p is exactly 0 or 1, so its BCE is infinite as soon as one sample is wrong: there is "
            "nothing to train on",
        )
        error_rate = translate(
            "ModelSection", "Mean squared error: for the step it is the share of wrong answers"
        )
        return {"cross_entropy": infinite, "mse": error_rate, "compare": infinite, "outputs": infinite}
    return {
        "cross_entropy": _cross_entropy_tooltip(kind),
        "mse": translate("ModelSection", "Mean squared error: the mean of (p - y) squared")
        if kind in ("logistic", "mlp")
        else translate(
            "ModelSection", "Mean squared error: (p - y) squared, summed over the classes, then the mean"
        ),
        "compare": translate(
            "ModelSection",
            "One model is trained on each loss: the same start, the same samples, the same steps",
        ),
        "outputs": translate(
            "ModelSection",
            "Softmax trained on CE beside K sigmoids trained on BCE: the same start, the same samples, the "
            "same steps",
        ),
    }


def _cross_entropy_tooltip(kind: ModelKind) -> str:
    if kind in ("logistic", "mlp"):
        return translate(
            "ModelSection",
            "Binary cross-entropy: the mean of -ln of the probability given to each sample's own class",
        )
    if kind == "sigmoids":
        return translate(
            "ModelSection",
            "Binary cross-entropy of each class against the rest, summed over the classes, then the mean",
        )
    return translate(
        "ModelSection", "Cross-entropy: the mean of -ln of the probability given to each sample's own class"
    )


def label_note(state: DocumentState) -> str:
    """What becomes of several labels in models that read one; empty where nothing is lost."""
    kinds = state.kinds or (state.model.kind,)
    if not state.samples.has_label_sets or set(kinds) == {"sigmoids"}:
        return ""
    if "sigmoids" in kinds:
        return translate(
            "ModelSection",
            "Some samples carry several labels or none: softmax uses only the first one, its class; "
            "K sigmoids learn all.",
        )
    return translate(
        "ModelSection",
        "Some samples carry several labels or none: this model uses only the first one, its class.",
    )
