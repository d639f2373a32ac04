"""Gordan's alternative in exact integers: rows that one direction makes all positive, or that cancel out.

For integer rows a_1 ... a_m exactly one of two things holds (Gordan 1873): some direction d has
a_j . d > 0 for every j, or some weights lambda_j >= 0, not all 0, have sum lambda_j a_j = 0. The second is
a linear program in standard form, sum lambda_j (a_j, s) = (0, s) with lambda >= 0; the first phase of the
simplex method decides it, and its final prices are the direction.

The tableau holds integers over one common denominator (Edmonds 1967), so no rounding takes part in any
decision. Floating-point numbers only choose which column to try first.
"""

from __future__ import annotations

from math import gcd

import numpy as np

Row = list[int]

_DEGENERATE_STEPS = 50
"""Pivots without progress after which Bland's rule takes over, which never cycles."""


def reduced(row: Row) -> Row:
    """The row divided by the greatest common divisor of its entries (unchanged where all are 0)."""
    divisor = gcd(*row)
    return [entry // divisor for entry in row] if divisor > 1 else row


def dot(left: Row, right: Row) -> int:
    """Scalar product of two integer rows of one length."""
    return sum(a * b for a, b in zip(left, right, strict=True) if a and b)


def gordan(rows: list[Row]) -> tuple[Row | None, list[int]]:
    """Decide Gordan's alternative for integer rows.

    Parameters
    ----------
    rows : list of m >= 1 rows, all of one length p >= 1

    Returns
    -------
    direction : list of p ints or None
        With row . direction > 0 for every row, where such a direction exists.
    support : list of int
        Otherwise rows of which a combination with all weights positive is 0.
    """
    return _Simplex(rows).solve()


def null_space(rows: list[Row], width: int) -> list[Row]:
    """Integer basis of {d : row . d = 0 for every row}, by elimination without fractions."""
    echelon: list[tuple[int, Row]] = []
    for source in rows:
        row = source
        for column, pivot in echelon:
            if row[column]:
                row = reduced([pivot[column] * a - row[column] * b for a, b in zip(row, pivot, strict=True)])
        leading = next((index for index, entry in enumerate(row) if entry), None)
        if leading is not None:
            echelon.append((leading, row))
    pivots = {column for column, _ in echelon}
    return [_null_vector(echelon, free, width) for free in range(width) if free not in pivots]


def _null_vector(echelon: list[tuple[int, Row]], free: int, width: int) -> Row:
    """The basis vector with one free coordinate set: back substitution, scaled to stay in integers."""
    vector = [0] * width
    vector[free] = 1
    for column, pivot in reversed(echelon):
        rest = dot(pivot, vector)
        if rest:
            scale = pivot[column]
            vector = [scale * entry for entry in vector]
            vector[column] = -rest
            vector = reduced(vector)
    return vector


class _Simplex:
    """First phase of the revised simplex method: minimise the sum of p + 1 artificial variables."""

    def __init__(self, rows: list[Row]) -> None:
        self.width = len(rows[0])
        self.columns = [[*row, max(1, *map(abs, row))] for row in (reduced(row) for row in rows)]
        size = self.width + 1
        self.inverse = [[int(i == j) for j in range(size)] for i in range(size)]
        self.denominator = 1
        self.basis = [row - size for row in range(size)]  # artificial variables count from -size to -1
        self.used = np.zeros(len(rows), dtype=bool)
        self.scaled = np.array([[entry / column[-1] for entry in column] for column in self.columns])

    def solve(self) -> tuple[Row | None, list[int]]:
        """Pivot until the artificial variables are 0 (the rows cancel out) or no column improves."""
        idle = 0
        while any(index < 0 and self.inverse[row][-1] for row, index in enumerate(self.basis)):
            prices = self._prices()
            entering = self._entering(prices, bland=idle > _DEGENERATE_STEPS)
            if entering is None:
                return reduced([-price for price in prices[:-1]]), []
            idle = 0 if self._pivot(entering) else idle + 1
        return None, [index for row, index in enumerate(self.basis) if index >= 0 and self.inverse[row][-1]]

    def _prices(self) -> Row:
        artificial = [self.inverse[row] for row, index in enumerate(self.basis) if index < 0]
        return [sum(entries) for entries in zip(*artificial, strict=True)]

    def _entering(self, prices: Row, *, bland: bool) -> int | None:
        """A column that lowers the sum, or None where exact arithmetic finds none."""
        if not bland:
            largest = max(map(abs, prices))
            gains = self.scaled @ np.array([price / largest for price in prices])
            gains[self.used] = -np.inf
            best = int(np.argmax(gains))
            if not self.used[best] and dot(self.columns[best], prices) > 0:
                return best
        return next((i for i, column in enumerate(self.columns) if dot(column, prices) > 0), None)

    def _pivot(self, entering: int) -> bool:
        """Bring a column into the basis; True if the sum of the artificial variables fell."""
        column = self.columns[entering]
        change = [dot(row, column) for row in self.inverse]
        leaving = -1
        for row, rate in enumerate(change):
            if rate > 0 and (leaving < 0 or self._leaves_before(row, leaving, change)):
                leaving = row
        progress = self.inverse[leaving][-1] != 0
        pivot, pivot_row = change[leaving], self.inverse[leaving]
        for row, rate in enumerate(change):
            if row != leaving:
                self.inverse[row] = [
                    (pivot * a - rate * b) // self.denominator
                    for a, b in zip(self.inverse[row], pivot_row, strict=True)
                ]
        self.denominator = pivot
        if self.basis[leaving] >= 0:
            self.used[self.basis[leaving]] = False
        self.basis[leaving] = entering
        self.used[entering] = True
        return progress

    def _leaves_before(self, row: int, other: int, change: list[int]) -> bool:
        """Smaller ratio of value to rate of change; among equals the smaller variable (Bland's rule)."""
        difference = self.inverse[row][-1] * change[other] - self.inverse[other][-1] * change[row]
        return difference < 0 or (difference == 0 and self.basis[row] < self.basis[other])
