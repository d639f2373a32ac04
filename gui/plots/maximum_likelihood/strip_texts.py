"""What the six boxes of the strip say, in the language in use."""

from __future__ import annotations

from dataclasses import dataclass

from gui.formulas import count_text, fixed_text, loss_name, loss_text
from gui.i18n import translate
from gui.plots.maximum_likelihood.choice import DISTRIBUTIONS, LOSSES, Choice
from gui.plots.maximum_likelihood.numbers import likelihood_number
from gui.plots.maximum_likelihood.strip import BoxContent

_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class StripNumbers:
    """The numbers in the boxes; None is not known.

    Attributes
    ----------
    count : int
        Samples.
    n_classes : int
    parameter : tuple of float
        Of the distribution at the x that is shown: p, p_1 to p_K, or mu in kg; empty: none.
    log_likelihood, loss : float or None
    step : int
        Of the run.
    learnt : int
        The network's parameters.
    is_step_model : bool
        Whether p is a unit step of z.
    """

    count: int
    n_classes: int
    parameter: tuple[float, ...]
    log_likelihood: float | None
    loss: float | None
    step: int
    learnt: int
    is_step_model: bool = False


def explanation() -> str:
    """What one is looking at."""
    return translate(
        "MaximumLikelihoodTab",
        "A distribution is assumed for y, the network gives that distribution's parameter for each x (it "
        "changes with x), and gradient descent looks for the network's own parameters, the weights (they are "
        "learnt), that make the data most likely. The loss, NLL, is minus the logarithm of that likelihood: "
        "so the choice of a loss is the choice of a distribution.",
    )


def parameters_sentence(choice: Choice) -> str:
    """Both meanings of "parameter", kept apart."""
    if choice.target == "weight":
        return translate(
            "MaximumLikelihoodTab",
            "The distribution's parameter μ changes with x. The network's parameters w and b are learnt: the "
            "same for every x.",
        )
    if choice.distribution == "categorical":
        return translate(
            "MaximumLikelihoodTab",
            "The distribution's parameters p₁, p₂, … change with x. The network's parameters, weights and "
            "biases, are learnt: the same for every x.",
        )
    return translate(
        "MaximumLikelihoodTab",
        "The distribution's parameter p changes with x. The network's parameters, weights and bias, are "
        "learnt: the same for every x.",
    )


def strip_contents(choice: Choice, numbers: StripNumbers) -> list[BoxContent]:
    """What each box says, in their order."""
    return [*_assumed(choice, numbers), *_derived(choice, numbers)]


def _assumed(choice: Choice, numbers: StripNumbers) -> list[BoxContent]:
    """Data, distribution, and the network that gives its parameter."""
    return [
        BoxContent(
            translate("MaximumLikelihoodTab", "1 data: what y is"),
            translate("MaximumLikelihoodTab", "1 data"),
            _data_formula(choice, numbers),
            tooltip=translate("MaximumLikelihoodTab", "What is to be told from x = (height, weight)"),
            choices=_data_choices(numbers),
            key=choice.target,
        ),
        BoxContent(
            translate("MaximumLikelihoodTab", "2 assumed distribution"),
            translate("MaximumLikelihoodTab", "2 assumes"),
            _distribution_formula(choice),
            tooltip=translate("MaximumLikelihoodTab", "How y is taken to vary at one and the same x"),
            choices=_distribution_choices(),
            key=choice.distribution,
        ),
        BoxContent(
            translate(
                "MaximumLikelihoodTab", "3 network gives {parameter}", parameter=_parameter_name(choice)
            ),
            translate("MaximumLikelihoodTab", "3 network"),
            _network_formula(choice, numbers),
            value=_parameter_value(choice, numbers),
            joined=_joined_parameter(choice, numbers),
            tooltip=parameters_sentence(choice),
        ),
    ]


def _derived(choice: Choice, numbers: StripNumbers) -> list[BoxContent]:
    """Likelihood, NLL and gradient descent."""
    loss = "⟦–⟧" if numbers.loss is None else f"⟦{loss_text(numbers.loss)}⟧"
    total = numbers.log_likelihood
    return [
        BoxContent(
            translate("MaximumLikelihoodTab", "4 likelihood of all"),
            translate("MaximumLikelihoodTab", "4 likelihood"),
            _likelihood_formula(choice),
            value="" if total is None else f"L = {likelihood_number(total)}",
            joined=_likelihood_formula(choice) + ("" if total is None else f" = {likelihood_number(total)}"),
            tooltip=translate(
                "MaximumLikelihoodTab",
                "The product over all samples, taken to be independent. For a Gaussian of densities, with "
                "σ² = MSE",
            ),
        ),
        BoxContent(
            translate("MaximumLikelihoodTab", "5 NLL: the loss"),
            translate("MaximumLikelihoodTab", "5 NLL"),
            _loss_formula(choice, loss),
            tooltip=translate(
                "MaximumLikelihoodTab",
                "Minus the logarithm of the likelihood, a sample. Choose a loss, and see which distribution "
                "it assumes",
            ),
            choices=tuple((name, loss_name(name)) for name in LOSSES),
            key=choice.loss,
        ),
        BoxContent(
            translate("MaximumLikelihoodTab", "6 gradient descent"),
            translate("MaximumLikelihoodTab", "6 descent"),
            _slope_formula(choice),
            text=descent_text(numbers),
            joined=_slope_formula(choice),
            tooltip=parameters_sentence(choice),
        ),
    ]


def descent_text(numbers: StripNumbers) -> str:
    """How far gradient descent is, and how many numbers it learns."""
    return translate(
        "MaximumLikelihoodTab",
        "step {step}; learns {count}",
        step=count_text(numbers.step),
        count=count_text(numbers.learnt),
    )


def _data_choices(numbers: StripNumbers) -> tuple[tuple[str, str], ...]:
    labels = translate("MaximumLikelihoodTab", "label: {count} classes", count=numbers.n_classes)
    return (("label", labels), ("weight", translate("MaximumLikelihoodTab", "body weight")))


def _distribution_choices() -> tuple[tuple[str, str], ...]:
    names = {
        "bernoulli": translate("MaximumLikelihoodTab", "Bernoulli"),
        "categorical": translate("MaximumLikelihoodTab", "Categorical"),
        "gaussian": translate("MaximumLikelihoodTab", "Gaussian"),
    }
    return tuple((name, names[name]) for name in DISTRIBUTIONS)


def _data_formula(choice: Choice, numbers: StripNumbers) -> str:
    count = rf"n = ⟦{count_text(numbers.count)}⟧"
    if choice.target == "weight":
        return rf"y \in \mathbb{{R}},\quad {count}"
    if choice.distribution == "categorical":
        return rf"y \in \{{0, 1\}}^K,\quad {count}"
    return rf"y \in \{{0, 1\}},\quad {count}"


def _distribution_formula(choice: Choice) -> str:
    if choice.target == "weight":
        return r"y \sim \mathcal{N}(\mu, \sigma^2)"
    return {
        "bernoulli": r"y \sim \mathrm{Bernoulli}(p)",
        "categorical": r"y \sim \mathrm{Cat}(p_1, \dots, p_K)",
        "gaussian": r"y \sim \mathcal{N}(p, \sigma^2)",
    }[choice.distribution]


def _network_formula(choice: Choice, numbers: StripNumbers) -> str:
    if choice.target == "weight":
        return r"\mu(x) = w x + b"
    if numbers.is_step_model:
        return r"p = [\,z \geq 0\,],\ z = w x + b"
    if choice.distribution == "categorical":
        return r"p_k = \mathrm{softmax}_k(z)"
    return r"p = 1 / (1 + e^{-z(x)})" if numbers.n_classes == 2 else r"p = p_k(x)"


def _parameter_name(choice: Choice) -> str:
    if choice.target == "weight":
        return "μ"
    return "p₁, p₂, …" if choice.distribution == "categorical" else "p"


def _parameter_value(choice: Choice, numbers: StripNumbers) -> str:
    values = numbers.parameter
    if not values:
        return r"\mu = ⟦–⟧" if choice.target == "weight" else r"p = ⟦–⟧"
    if choice.target == "weight":
        return rf"\mu = ⟦{fixed_text(values[0], 1)}⟧\,\mathrm{{kg}}"
    if len(values) == 1:
        return rf"p = ⟦{values[0]:.3f}⟧"
    shown = r",\,".join(f"⟦{value:.2f}⟧" for value in values[:_MOST_SHOWN])
    return f"({shown})" if len(values) <= _MOST_SHOWN else rf"({shown},\,\dots)"


def _joined_parameter(choice: Choice, numbers: StripNumbers) -> str:
    """Formula and value in one line."""
    value = _parameter_value(choice, numbers)
    if choice.distribution == "categorical":
        return rf"\mathrm{{softmax}}(z) = {value}" if numbers.parameter else r"\mathrm{softmax}(z)"
    formula = r"\mu = w x + b" if choice.target == "weight" else _network_formula(choice, numbers)
    return f"{formula.partition(',')[0]} = {value.partition('=')[2].strip()}"


def _likelihood_formula(choice: Choice) -> str:
    if choice.target == "weight":
        return r"L = \prod \mathcal{N}(y;\, \mu(x), \sigma^2)"
    return {
        "bernoulli": r"L = \prod p^y (1 - p)^{1 - y}",
        "categorical": r"L = \prod p_1^{y_1} \cdots p_K^{y_K}",
        "gaussian": r"L = \prod \mathcal{N}(y;\, p(x), \sigma^2)",
    }[choice.distribution]


def _loss_formula(choice: Choice, loss: str) -> str:
    if choice.distribution == "gaussian":
        return rf"2 \sigma^2 (\mathrm{{NLL}} - c) = {loss}"
    return rf"-\ln L / n = {loss}"


def _slope_formula(choice: Choice) -> str:
    if choice.target == "weight":
        return r"\partial / \partial \mu = (\mu - y) / \sigma^2"
    return {
        "bernoulli": r"\partial / \partial z = p - y",
        "categorical": r"\partial / \partial z_k = p_k - y_k",
        "gaussian": r"\partial / \partial z = 2 (p - y)\, p (1 - p)",
    }[choice.distribution]
