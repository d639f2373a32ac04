"""Reads a copied LaTeX block as a person would: each line a definition, computed from the ones above."""

from __future__ import annotations

import re

import numpy as np

NUMBER = r"-?\d+(?:\.\d+)?(?: \\times 10\^\{-?\d+\})?"
MATRIX = re.compile(r"\\left\[\\begin\{array\}\{(r+)\} (.*?) \\end\{array\}\\right\]")
SHARES = re.compile(r"\\frac\{(.+)\}\{\\sum_\{j=1\}\^\{(\d)\} (.+)\}")
CASES = r"\begin{cases} 1 & z \ge 0 \\ 0 & z < 0 \end{cases}"


def definitions(block):
    """The lines inside the display, comments gone."""
    text = "\n".join(line for line in block.splitlines() if not line.startswith("%"))
    opening, _, rest = text.partition("\\begin{aligned}\n")
    body, _, closing = rest.partition("\n\\end{aligned}")
    assert (opening, closing) == ("\\[\n", "\n\\]")
    return [line.strip() for line in body.split(" \\\\\n")]


def read_number(text):
    assert re.fullmatch(NUMBER, text), text
    mantissa, _, power = text.partition(" \\times 10^")
    return float(mantissa) * 10.0 ** int(power[1:-1] or "0") if power else float(mantissa)


def number_after(sign, text):
    return read_number(text) if sign == "+" else -read_number(text)


def z_score(text, letter, value):
    """From (h - 170) / 12."""
    match = re.fullmatch(rf"\\frac\{{{letter} ([-+]) ({NUMBER})\}}\{{({NUMBER})\}}", text)
    return (value + number_after(match[1], match[2])) / read_number(match[3])


def linear(text, x):
    """From 2 x_1 + 3 x_2 - 1."""
    match = re.fullmatch(rf"({NUMBER}) \\, x_1 ([-+]) ({NUMBER}) \\, x_2 ([-+]) ({NUMBER})", text)
    first, sign, second, bias_sign, bias = match.groups()
    return read_number(first) * x[0] + number_after(sign, second) * x[1] + number_after(bias_sign, bias)


def affine(text, known):
    """From [matrix] name + [column]."""
    match = re.fullmatch(rf"({MATRIX.pattern}) (.+) \+ ({MATRIX.pattern})", text)
    weights, name, bias = matrix(match[1]), match[4], matrix(match[5])
    inputs = known["x"] if name == r"\left[\begin{array}{r} x_1 \\ x_2 \end{array}\right]" else known[name]
    return weights @ inputs + bias


def matrix(text):
    columns, cells = MATRIX.fullmatch(text).groups()
    rows = [[read_number(cell) for cell in row.split(" & ")] for row in cells.split(r" \\ ")]
    assert {len(row) for row in rows} == {len(columns)}
    return np.array(rows)


def sigmoid(z):
    with np.errstate(over="ignore"):
        return 1.0 / (1.0 + np.exp(-z))


HIDDEN = {
    r"\tanh\left(": np.tanh,
    r"\sigma\left(": sigmoid,
    r"\max\left(0, ": lambda z: np.maximum(0.0, z),
}
TERMS = {
    "e^{z_%}": lambda z: np.exp(z - z.max(axis=0)),
    r"\left|z_%\right|": np.abs,
    "z_%^2": np.square,
}


def probabilities(block, height_cm, weight_kg):
    """What the block says of these people, shape (K, n)."""
    first, *lines = definitions(block)
    x1, x2 = re.fullmatch(r"x_1 &= (.+), \\quad x_2 = (.+)", first).groups()
    known = {"x": np.stack([z_score(x1, "h", height_cm), z_score(x2, "m", weight_kg)])}
    logits = []
    for line in lines[:-1]:
        name, value = line.split(" &= ")
        if name == r"\sigma(z)":
            assert value == r"\frac{1}{1 + e^{-z}}"
        elif re.fullmatch(r"z_\d", name):
            value, _, label = value.partition(r" \quad ")
            assert re.fullmatch(r"\(\\text\{.+\}\)", label)
            logits.append(linear(value, known["x"]))
        elif name == "z":
            known["z"] = affine(value, known)[0] if "array" in value else linear(value, known["x"])
        else:
            opening = next(opening for opening in HIDDEN if value.startswith(opening))
            inner = value.removeprefix(opening).removesuffix(r"\right)")
            known[name] = HIDDEN[opening](affine(inner, known))
    name, value = lines[-1].split(" &= ")
    if name != "p_k":
        value, _, rest = value.rpartition(r", \quad ")
        assert re.fullmatch(rf"p\(\\text\{{.+\}}\) = 1 - {re.escape(name)}", rest)
        assert value in (CASES, r"\frac{1}{1 + e^{-z}}")
        p = np.where(known["z"] >= 0.0, 1.0, 0.0) if value == CASES else sigmoid(known["z"])
        return np.stack([1.0 - p, p])
    values = np.stack(logits)
    if value == r"\frac{1}{1 + e^{-z_k}}":
        return sigmoid(values)
    above, count, below = SHARES.fullmatch(value).groups()
    assert (above.replace("_k", "_%"), int(count)) == (below.replace("_j", "_%"), len(values))
    terms = TERMS[above.replace("_k", "_%")](values)
    return terms / terms.sum(axis=0)
