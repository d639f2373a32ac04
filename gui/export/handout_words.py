"""What a handout says besides its pictures: formulas, results and settings, with their numbers or blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.document.state import DocumentState
from engine.snapshots import Snapshot
from engine.specs import LossName, ModelKind, ModelSpec, OptimizerKind, TrainingSpec
from gui.formulas import count_text, loss_name, loss_text, percent_text
from gui.i18n import translate
from gui.model_names import model_name
from gui.panels.model_words import model_names

BLANK = "____________"
_LINES_OF_ONE = 3
_NUMBER = re.compile(r"(?<![\w.])-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")
_SIGN_BEFORE = re.compile(r" - (?=\d)")

PROBABILITY_LATEX: dict[ModelKind, str] = {
    "logistic": r"p = \frac{1}{1 + e^{-z}}",
    "step": r"p = 1 \text{ if } z \geq 0, \text{ else } 0",
    "softmax": r"p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}",
    "sigmoids": r"p_k = \frac{1}{1 + e^{-z_k}}",
    "absolute": r"p_k = \frac{|z_k|}{\sum_j |z_j|}",
    "square": r"p_k = \frac{z_k^2}{\sum_j z_j^2}",
    "mlp": r"p = \frac{1}{1 + e^{-z}}",
}


@dataclass(frozen=True, slots=True)
class HandoutWords:
    """Everything to be written on the page, in the language in use.

    Attributes
    ----------
    equations : tuple of str
        LaTeX: of p, and of each loss.
    formulas : tuple of (str, tuple of str)
        Each model's name, and its lines.
    results : tuple of tuple of str
        A table, its head first.
    settings : tuple of (str, str)
        Names and values.
    """

    equations: tuple[str, ...]
    formulas: tuple[tuple[str, tuple[str, ...]], ...]
    results: tuple[tuple[str, ...], ...]
    settings: tuple[tuple[str, str], ...]


def handout_words(
    state: DocumentState, snapshot: Snapshot, lines: Sequence[Sequence[str]], *, with_blanks: bool
) -> HandoutWords:
    """The page's words; `lines` are the formulas of each model, as the weights are shown in the window."""
    spec = snapshot.spec
    names = [model_name(spec, row) for row in range(len(spec.losses))]
    shown = [shown_lines(block) for block in lines]
    if with_blanks:
        shown = [tuple(map(blanked, block)) for block in shown]
    return HandoutWords(
        equations=tuple(
            dict.fromkeys(
                [PROBABILITY_LATEX[model.kind] for model in spec.models]
                + [
                    loss_latex(loss, model.kind, model.n_classes)
                    for loss, model in zip(spec.losses, spec.models, strict=True)
                ]
            )
        ),
        formulas=tuple(zip(names, shown, strict=True)) if shown else (),
        results=_results(snapshot, names, with_blanks=with_blanks),
        settings=_settings(state, snapshot),
    )


def shown_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Of several output nodes the logits in cm and kg alone, as there are many; of one all that there is."""
    return tuple(lines if len(lines) <= _LINES_OF_ONE else lines[1::2])


def line_count(spec: TrainingSpec) -> int:
    """How many lines `shown_lines` and the results take."""
    if spec.model.hidden:
        return 2 * len(spec.models) + 1  # too many weights for a page: the models are only named
    each = [_LINES_OF_ONE if model.is_binary else model.n_classes for model in spec.models]
    further_equations = _LINES_OF_ONE if spec.kinds else 0
    return sum(each) + len(each) + 1 + further_equations


def blanked(line: str) -> str:
    """A formula with room to write in the place of each number, and of its sign."""
    return _NUMBER.sub(BLANK, _SIGN_BEFORE.sub(" + ", line))


def loss_latex(loss: LossName, kind: ModelKind, n_classes: int) -> str:
    """The mean loss over n samples, as `engine.losses` has it."""
    each = kind == "sigmoids"
    single = n_classes == 2 and kind in ("logistic", "step", "mlp")
    if loss == "bce" and not each:
        return r"\text{BCE} = -\frac{1}{n} \sum_i \left[ y_i \ln p_i + (1 - y_i) \ln (1 - p_i) \right]"
    if loss == "bce":
        inner = r"y_{ik} \ln p_{ik} + (1 - y_{ik}) \ln (1 - p_{ik})"
        return rf"\text{{BCE}} = -\frac{{1}}{{n}} \sum_{{i, k}} \left[ {inner} \right]"
    if loss == "ce":
        return r"\text{CE} = -\frac{1}{n} \sum_{i, k} y_{ik} \ln p_{ik}"
    if single:
        return r"\text{MSE} = \frac{1}{n} \sum_i (p_i - y_i)^2"
    return r"\text{MSE} = \frac{1}{n} \sum_{i, k} (p_{ik} - y_{ik})^2"


def _results(snapshot: Snapshot, names: Sequence[str], *, with_blanks: bool) -> tuple[tuple[str, ...], ...]:
    head = (
        translate("Handout", "trained on"),
        " / ".join(dict.fromkeys(loss_name(model.likelihood) for model in snapshot.spec.models)),
        "MSE",
        translate("Handout", "wrong answers"),
    )
    rows = []
    for row, (cross_entropy, mse, error_rate) in enumerate(snapshot.metrics.tolist()):
        cells = [loss_text(cross_entropy), loss_text(mse), percent_text(error_rate)]
        rows.append((names[row], *([BLANK] * len(cells) if with_blanks else cells)))
    return head, *rows


def _model_text(model: ModelSpec) -> str:
    """The model's name, with the units of its layers where some are hidden: 2-8-1."""
    name = model_names()[model.kind]
    return f"{name} {'-'.join(map(str, (2, *model.hidden, 1)))}" if model.hidden else name


def _optimizer_name(kind: OptimizerKind) -> str:
    return {
        "gd": translate("OptimizerSection", "Gradient descent"),
        "momentum": translate("OptimizerSection", "Momentum"),
        "adam": translate("OptimizerSection", "Adam"),
        "perceptron": translate("OptimizerSection", "Perceptron rule"),
    }[kind]


def _settings(state: DocumentState, snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    settings, spec = state.settings, snapshot.spec
    kinds = dict.fromkeys(_model_text(model) for model in spec.models)
    batch = settings.batch_size
    return (
        (translate("Handout", "Model"), ", ".join(kinds)),
        (
            translate("Handout", "Optimiser"),
            translate(
                "Handout",
                "{name}, learning rate {rate}",
                name=_optimizer_name(spec.optimizer.kind),
                rate=f"{spec.optimizer.learning_rate:g}",
            ),
        ),
        (
            translate("Handout", "Batch size"),
            translate("Handout", "all") if batch is None else count_text(batch),
        ),
        (translate("Handout", "Seed"), str(settings.seed)),
        *_threshold(state, spec),
        (translate("Handout", "Step"), count_text(snapshot.step)),
        (translate("Handout", "Samples"), count_text(len(state.samples))),
    )


def _threshold(state: DocumentState, spec: TrainingSpec) -> tuple[tuple[str, str], ...]:
    """The threshold, where an answer depends on it: of several outputs the largest p decides."""
    if not any(model.is_binary for model in spec.models):
        return ()
    return ((translate("Handout", "Threshold on p"), f"{state.settings.threshold:g}"),)
