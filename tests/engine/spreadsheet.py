"""A small spreadsheet to try formulas in: cells of text, evaluated as Excel documents it.

Numbers have 15 digits, a sign binds tighter than a power, EXP above 709.78 and a division by 0 are errors.
"""

from __future__ import annotations

import math
import re

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:E[+-]?\d+)?)|([A-Z]+\d+)|([A-Z]+)(?=\()|(>=|[-+*/^(),]))")


class CellError(Exception):
    """What a spreadsheet shows in place of a number, as #NUM!."""


def exponential(x):
    if x > 709.78:
        raise CellError("#NUM!")
    return math.exp(x)


FUNCTIONS = {
    "EXP": exponential,
    "TANH": math.tanh,
    "ABS": abs,
    "MIN": min,
    "MAX": max,
    "IF": lambda condition, yes, no: yes if condition else no,
}


class Sheet:
    """Cells by place, each a number or a formula; `value` evaluates one."""

    def __init__(self, cells):
        self.cells = dict(cells)
        self.values = {}

    def value(self, place):
        if place not in self.values:
            cell = self.cells[place]
            self.values[place] = Formula(cell[1:], self).value() if isinstance(cell, str) else cell
        return self.values[place]


class Formula:
    """One formula: recursive descent over its tokens, loosest binding first."""

    def __init__(self, text, sheet):
        self.tokens, end = [], 0
        while end < len(text):
            match = TOKEN.match(text, end)
            assert match, f"no token: {text[end : end + 20]}"
            self.tokens.append(next((kind, part) for kind, part in enumerate(match.groups()) if part))
            end = match.end()
        self.sheet = sheet

    def value(self):
        result = self.comparison()
        assert not self.tokens, self.tokens
        return result

    def next_is(self, *symbols):
        return bool(self.tokens) and self.tokens[0][0] == 3 and self.tokens[0][1] in symbols

    def take(self):
        return self.tokens.pop(0)[1]

    def comparison(self):
        left = self.sum()
        while self.next_is(">="):
            self.take()
            left = left >= self.sum()
        return left

    def sum(self):
        left = self.product()
        while self.next_is("+", "-"):
            left = left + self.product() if self.take() == "+" else left - self.product()
        return left

    def product(self):
        left = self.power()
        while self.next_is("*", "/"):
            if self.take() == "*":
                left = left * self.power()
            else:
                right = self.power()
                if right == 0.0:
                    raise CellError("#DIV/0!")
                left = left / right
        return left

    def power(self):
        left = self.signed()
        while self.next_is("^"):
            self.take()
            left = left ** self.signed()
        return left

    def signed(self):
        if self.next_is("-"):
            self.take()
            return -self.signed()
        return self.atom()

    def atom(self):
        kind, part = self.tokens.pop(0)
        if kind == 0:
            return float(f"{float(part):.15g}")
        if kind == 1:
            return self.sheet.value(part)
        if kind == 2:
            self.take()
            arguments = [self.comparison()]
            while self.next_is(","):
                self.take()
                arguments.append(self.comparison())
            assert self.take() == ")"
            return FUNCTIONS[part](*arguments)
        assert part == "(", part
        result = self.comparison()
        assert self.take() == ")"
        return result


def pasted(text, corner, cells):
    """A sheet with these cells and a copied text in it: a tab is the next column, a new line the next row."""
    column, row = corner
    filled = dict(cells)
    for down, line in enumerate(text.rstrip("\n").split("\n")):
        for right, cell in enumerate(line.split("\t")):
            filled[f"{letters(column + right)}{row + down}"] = cell
    return Sheet(filled)


def letters(number):
    """The letters of a column, A being 1."""
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place] + text
    return text
