r"""A model as LaTeX with its numbers, to be pasted into a text: needs amsmath, and for Hangul more.

Numbers are rounded to six significant digits, which changes a logit in about its sixth digit.
"""

from __future__ import annotations

import re

from engine.files.code_python import origin
from engine.files.weights import WeightsFile
from engine.layout import Floats
from engine.specs import HiddenActivation

DIGITS = 6

COMMENT = (
    "% {origin}\n% h is the height in cm, m the weight in kg; numbers are rounded to six significant digits. "
    "Needs amsmath.\n"
)
HANGUL_COMMENT = (
    "% Hangul needs the package kotex too, or XeLaTeX or LuaLaTeX with a Korean typeface (fontspec).\n"
)
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff\uffa0-\uffdc]")
"""Its syllables and letters: pdfLaTeX stops at them, and LuaLaTeX leaves them out without a word."""
SIGMOID = r"\frac{1}{1 + e^{-z}}"
STEP = r"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}"
ACTIVATIONS: dict[HiddenActivation, str] = {
    "tanh": r"\tanh\left({z}\right)",
    "sigmoid": r"\sigma\left({z}\right)",
    "relu": r"\max\left(0, {z}\right)",
}
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "{}$&#_%"},
}


def latex_code(weights: WeightsFile) -> str:
    """A displayed, aligned block: the z-scores, the logits, then the probabilities."""
    if weights.model == "mlp":
        lines = [_inputs(weights), *_hidden(weights), _one_node(weights)]
    elif weights.spec.is_binary:
        lines = [_inputs(weights), f"z &= {_sum(weights.standardized[0])}", _one_node(weights)]
    else:
        lines = [_inputs(weights), *_rows(weights), _shares(weights)]
    body = " \\\\\n".join(f"  {line}" for line in lines)
    comment = COMMENT.format(origin=origin(weights))
    if HANGUL.search("".join(weights.class_names)):
        comment += HANGUL_COMMENT
    return f"{comment}\\[\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n\\]\n"


def _inputs(weights: WeightsFile) -> str:
    scaler = weights.scaler
    return (
        f"x_1 &= {_z_score('h', scaler.mean_height_cm, scaler.std_height_cm)}, \\quad "
        f"x_2 = {_z_score('m', scaler.mean_weight_kg, scaler.std_weight_kg)}"
    )


def _z_score(letter: str, mean: float, std: float) -> str:
    return rf"\frac{{{letter}{_signed(-mean)}}}{{{_number(std)}}}"


def _one_node(weights: WeightsFile) -> str:
    """The second class's probability, and the first's as what is left."""
    first, second = (rf"p(\text{{{_escaped(name)}}})" for name in weights.class_names)
    formula = STEP if weights.model == "step" else SIGMOID
    return rf"{second} &= {formula}, \quad {first} = 1 - {second}"


def _rows(weights: WeightsFile) -> list[str]:
    """A logit for each class."""
    names = map(_escaped, weights.class_names)
    return [
        rf"z_{number} &= {_sum(row)} \quad (\text{{{name}}})"
        for number, (row, name) in enumerate(zip(weights.standardized, names, strict=True), start=1)
    ]


def _shares(weights: WeightsFile) -> str:
    """What each class gets of its own logit and the others'."""
    if weights.model == "sigmoids":
        return r"p_k &= \frac{1}{1 + e^{-z_k}}"
    term = {"softmax": "e^{{z_{}}}", "absolute": r"\left|z_{}\right|", "square": "z_{}^2"}[weights.model]
    total = rf"\sum_{{j=1}}^{{{len(weights.class_names)}}} {term.format('j')}"
    return rf"p_k &= \frac{{{term.format('k')}}}{{{total}}}"


def _hidden(weights: WeightsFile) -> list[str]:
    """A line for each hidden layer, and one for z."""
    lines = []
    inputs = r"\left[\begin{array}{r} x_1 \\ x_2 \end{array}\right]"
    for number, layer in enumerate(weights.layers, start=1):
        z = f"{_matrix(layer[:, :-1])} {inputs} + {_matrix(layer[:, -1:])}"
        inputs = f"a^{{({number})}}"
        is_last = number == len(weights.layers)
        lines.append(
            f"z &= {z}" if is_last else f"{inputs} &= {ACTIVATIONS[weights.activation].replace('{z}', z)}"
        )
    if weights.activation == "sigmoid":
        lines.insert(0, rf"\sigma(z) &= {SIGMOID}")
    return lines


def _matrix(rows: Floats) -> str:
    """Brackets with any number of columns, where amsmath's own have ten at most."""
    cells = r" \\ ".join(" & ".join(map(_number, row)) for row in rows.tolist())
    return rf"\left[\begin{{array}}{{{'r' * rows.shape[1]}}} {cells} \end{{array}}\right]"


def _sum(row: Floats) -> str:
    """A logit: weights times z-scores, and the bias."""
    height, weight, bias = row.tolist()
    return rf"{_number(height)} \, x_1{_signed(weight)} \, x_2{_signed(bias)}"


def _signed(value: float) -> str:
    return f" - {_number(-value)}" if value < 0.0 else f" + {_number(value)}"


def _number(value: float) -> str:
    """Six significant digits; a power of ten where that is shorter."""
    mantissa, _, exponent = f"{value:.{DIGITS}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if exponent else mantissa


def _escaped(name: str) -> str:
    """A name as LaTeX sets it in a text."""
    return "".join(_SPECIAL.get(character, character) for character in " ".join(name.split()))
