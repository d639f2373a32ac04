"""A model as formulas of a spreadsheet (Excel, LibreOffice), to be pasted at C1 beside A2 and B2.

What is copied are two rows with a tab between cells: headings, and under them a formula for each class, which
reads a height in cm from A2 and a weight in kg from B2. Hidden nodes have cells of their own to the right, as
a formula that held them all would be longer than a cell may be. No formula overflows: of EXP nothing above
700 is asked. What the cells say is in the language in use, as the classes' names are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.code_python import origin
from engine.files.weights import WeightsFile
from engine.layout import Floats
from engine.specs import HiddenActivation

HEIGHT, WEIGHT = "A2", "B2"
FIRST_COLUMN = 2
"""Of the formulas, counted from 0: C."""

Say = Callable[[Message], str]
"""Puts a sentence into the language in use; `str` leaves it in English."""

HOW_TO = QT_TRANSLATE_NOOP(
    "Engine",
    "Paste at C1, with a height in cm in A2 and a weight in kg in B2; fill down for more people. "
    "Numbers stand in full; spreadsheets use 15 digits of each.",
)
NODE = QT_TRANSLATE_NOOP("Engine", "layer {layer} node {node}")
Z_SCORES = (QT_TRANSLATE_NOOP("Engine", "z height"), QT_TRANSLATE_NOOP("Engine", "z weight"))

HIDDEN_FORMULAS: dict[HiddenActivation, str] = {
    "tanh": "TANH({z})",
    "sigmoid": "1/(1+EXP(MIN(700,-({z}))))",
    "relu": "MAX(0,{z})",
}


def spreadsheet_formulas(weights: WeightsFile, say: Say = str) -> str:
    """Two rows of cells, a tab between them: headings, and the formulas of each class's probability."""
    scaler = weights.scaler
    z_scores = [
        f"({cell}-{_number(mean)})/{_number(std)}".replace("--", "+")
        for cell, mean, std in zip((HEIGHT, WEIGHT), scaler.mean.tolist(), scaler.std.tolist(), strict=True)
    ]
    headings = [f"p({_plain(name)})" for name in weights.class_names]
    if weights.model == "mlp":
        cells = _hidden_cells(weights, z_scores, say)
        z = cells[-1][2]
        formulas = _one_node(z)
        headings += [heading for heading, _, _ in cells]
        formulas += [formula for _, formula, _ in cells]
    else:
        formulas = _single_layer(weights, z_scores)
    headings.append(f"{say(origin(weights))} {say(Message(HOW_TO))}")
    return "\t".join(headings) + "\n" + "\t".join(f"={formula}" for formula in formulas) + "\n"


def _single_layer(weights: WeightsFile, z_scores: Sequence[str]) -> list[str]:
    """A formula for each class that needs no other cell."""
    rows = weights.standardized
    if weights.model == "softmax":
        return [_softmax(rows, index, z_scores) for index in range(len(rows))]
    logits = [_sum(row, z_scores) for row in rows]
    if weights.model == "step":
        return [f"IF({logits[0]}>=0,{no},{yes})" for no, yes in ((0, 1), (1, 0))]
    if weights.model == "logistic":
        return _one_node(logits[0])
    if weights.model == "sigmoids":
        return [_sigmoid(f"-({z})") for z in logits]
    size: Callable[[str], str] = "ABS({})".format if weights.model == "absolute" else "({})^2".format
    total = "+".join(map(size, logits))
    return [f"{size(z)}/({total})" for z in logits]


def _one_node(z: str) -> list[str]:
    return [_sigmoid(z), _sigmoid(f"-({z})")]


def _sigmoid(minus_z: str) -> str:
    return f"1/(1+EXP(MIN(700,{minus_z})))"


def _softmax(rows: Floats, index: int, z_scores: Sequence[str]) -> str:
    """1 / (1 + the sum of e^(z_j - z_k) over the other classes j), each difference as one sum."""
    terms = [
        f"EXP(MIN(700,{_sum(row - rows[index], z_scores)}))" for row in (*rows[:index], *rows[index + 1 :])
    ]
    return f"1/({'+'.join(['1', *terms])})"


def _hidden_cells(weights: WeightsFile, z_scores: Sequence[str], say: Say) -> list[tuple[str, str, str]]:
    """Heading, formula and place of each further cell: the z-scores, all hidden nodes, and z."""
    cells: list[tuple[str, str, str]] = []

    def add(heading: str, formula: str) -> str:
        place = f"{_column(FIRST_COLUMN + len(weights.class_names) + len(cells))}2"
        cells.append((heading, formula, place))
        return place

    inputs = [add(say(Message(heading)), z) for heading, z in zip(Z_SCORES, z_scores, strict=True)]
    pattern = HIDDEN_FORMULAS[weights.activation]
    for number, layer in enumerate(weights.layers[:-1], start=1):
        inputs = [
            add(say(Message(NODE, {"layer": number, "node": node})), pattern.format(z=_sum(row, inputs)))
            for node, row in enumerate(layer, start=1)
        ]
    add("z", _sum(weights.layers[-1][0], inputs))
    return cells


def _sum(row: Floats, inputs: Sequence[str]) -> str:
    """Weights times inputs, and the bias."""
    *factors, bias = row.tolist()
    terms = [f"{_number(factor)}*{cell}" for factor, cell in zip(factors, inputs, strict=True)]
    return "+".join([*terms, _number(bias)]).replace("+-", "-")


def _number(value: float) -> str:
    """All digits, as a spreadsheet reads them."""
    return repr(value).upper()


def _plain(name: str) -> str:
    """A name that stays in its cell."""
    return " ".join(name.split())


def _column(index: int) -> str:
    """Letters of a column, counted from 0: A, B, ..., Z, AA, AB, ..."""
    letters = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        letters = chr(ord("A") + letter) + letters
        index -= 1
    return letters
