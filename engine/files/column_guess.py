"""Proposes which columns are height, weight and label, from their names and magnitudes."""

from __future__ import annotations

import re

import numpy as np

from engine.errors import QT_TRANSLATE_NOOP, Message
from engine.files.cells import is_missing, parse_column
from engine.files.columns import distinct_if_few
from engine.files.extraction import ColumnChoice, HeightUnit, LabelSource, WeightUnit
from engine.files.held_out_column import HELD_OUT_COLUMN, held_out_marks
from engine.files.labels import label_key
from engine.files.table import Table, column_title
from engine.specs import MAX_CLASSES

LOOKED_AT = 1000
"""Rows that magnitudes are taken from."""

MOST_SPELLINGS = 100
"""A column with more different cells than this is no label column, however they are spelled."""

HEIGHT_WORDS = ("height", "stature", "ht", "키", "신장", "größe", "groesse", "grösse", "taille", "altura",
                "estatura", "身長", "身高")  # fmt: skip
WEIGHT_WORDS = ("weight", "mass", "wt", "몸무게", "체중", "gewicht", "poids", "peso", "体重", "體重")
LABEL_WORDS = ("label", "class", "sex", "gender", "male", "target", "index", "group", "category", "status",
               "geschlecht", "klasse", "sexe", "sexo", "classe", "clase", "性別", "性别",
               "레이블", "라벨", "범주", "성별", "비만도", "구분")  # fmt: skip
REPORTED_WORDS = ("rep", "self", "ideal", "target", "goal", "birth", "자가", "목표")
"""Prefixes of a height or weight that was not measured: the second choice."""

HEIGHT_UNIT_WORDS: dict[str, HeightUnit] = {
    "cm": "cm", "centimetre": "cm", "centimeter": "cm", "m": "m", "metre": "m", "meter": "m",
    "mm": "mm", "in": "in", "inch": "in", "inches": "in",
}  # fmt: skip
WEIGHT_UNIT_WORDS: dict[str, WeightUnit] = {
    "kg": "kg", "kgs": "kg", "kilogram": "kg", "hg": "hg", "g": "g", "gram": "g",
    "lb": "lb", "lbs": "lb", "pound": "lb", "pounds": "lb",
}  # fmt: skip


def guess_columns(table: Table) -> ColumnChoice:
    """Propose a choice for a table; a column for which nothing speaks is left as an empty name.

    Without a column of labels the samples have no label yet. A table without a header goes by magnitudes.
    """
    medians = [_median(table, index) for index in range(len(table.names))]
    taken: set[int] = set()
    if table.has_header:
        height = _best_number(table, medians, HEIGHT_WORDS, taken)
        weight = _best_number(table, medians, WEIGHT_WORDS, taken)
    else:
        height, weight = _by_magnitude(table, medians)
        taken.update(index for index in (height, weight) if index is not None)
    held_out = _held_out(table, taken)
    label = _best_label(table, taken)
    height_unit = _height_unit(table, medians, height)
    weight_unit = _weight_unit(table, medians, weight, height_unit)
    height_name, weight_name, label_name = (
        "" if index is None else table.names[index] for index in (height, weight, label)
    )
    source: LabelSource = "none" if height is not None and weight is not None and label is None else "column"
    return ColumnChoice(
        height_name,
        weight_name,
        label_name,
        height_unit,
        weight_unit,
        label_source=source,
        held_out=held_out,
    )


def guess_units(
    table: Table, height: str, weight: str, height_unit: HeightUnit | None = None
) -> tuple[HeightUnit, WeightUnit]:
    """The units that the names and values of chosen columns speak for; that of the heights may be known.

    Raises
    ------
    TableError
        If there is no such column.
    """
    medians = [_median(table, index) for index in range(len(table.names))]
    column = table.column_index(height)
    known = height_unit or _height_unit(table, medians, column)
    return known, _weight_unit(table, medians, table.column_index(weight), known)


def has_people(guess: ColumnChoice) -> bool:
    """Whether a column of heights and one of weights are proposed."""
    return bool(guess.height and guess.weight)


def lacking_columns(table: Table) -> Message | None:
    """Why there is nothing to choose for height and weight, and what to do; None where there is."""
    if len(table.names) == 1:
        return Message(
            QT_TRANSLATE_NOOP(
                "Engine",
                "The table has only one column, and height and weight need one each. Choose a table with "
                "both; its cells are separated by commas, semicolons, tabs or bars.",
            )
        )
    numbers = [name for index, name in enumerate(table.names) if not np.isnan(_median(table, index))]
    if not numbers:
        return Message(
            QT_TRANSLATE_NOOP(
                "Engine",
                "No column holds numbers that could be heights or weights. Choose a table with a column of "
                "each.",
            )
        )
    if len(numbers) == 1:
        template = QT_TRANSLATE_NOOP(
            "Engine",
            "Only the column “{name}” holds numbers, and height and weight need one each. Choose a table "
            "with both.",
        )
        return Message(template, {"name": column_title(numbers[0])})
    return None


def _by_magnitude(table: Table, medians: list[float]) -> tuple[int | None, int | None]:
    """The first column that may be heights in cm or m, and the first other one that may be weights in kg."""
    numbers = [index for index, median in enumerate(medians) if median > 0 and not _counts(table, index)]
    heights = [index for index in numbers if 120 <= medians[index] <= 220 or 1.2 <= medians[index] <= 2.2]
    height = heights[0] if heights else None
    weights = [index for index in numbers if index != height and 20 <= medians[index] <= 150]
    return height, weights[0] if height is not None and weights else None


def _counts(table: Table, index: int) -> bool:
    """Whether a column numbers the rows, one after the other."""
    values = parse_column(table.columns[index][:LOOKED_AT], table.delimiter)
    return bool(values.size > 2 and np.isfinite(values).all() and (values[1:] == values[:-1] + 1.0).all())


def _words(name: str) -> list[str]:
    """The words of a header: ``Height_in (cm)`` and ``heightCm`` both fall apart."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W\d_]+", split.casefold())


def _median(table: Table, index: int) -> float:
    """Median of a column's numbers; NaN where under half of the cells that are not missing are numbers."""
    cells = table.columns[index][:LOOKED_AT]
    values = parse_column(cells, table.delimiter)
    is_number = np.isfinite(values)
    others = sum(not is_missing(cells[row]) for row in np.flatnonzero(~is_number).tolist())
    numbers = values[is_number]
    return float(np.median(numbers)) if numbers.size and numbers.size >= others else float("nan")


def name_score(name: str, words: tuple[str, ...]) -> int:
    """How well a header names a thing: 3 as a word, 2 inside one, 1 if it was not measured, 0 not at all."""
    found = _words(name)
    joined = "".join(found)
    if any(joined.startswith(word) for word in REPORTED_WORDS):
        return 1 if any(word in joined for word in words) else 0
    if any(word in found for word in words):
        return 3
    return 2 if any(len(word) > 2 or not word.isascii() for word in words if word in joined) else 0


def _best_number(table: Table, medians: list[float], words: tuple[str, ...], taken: set[int]) -> int | None:
    scores = [
        (name_score(name, words), -index, index)
        for index, name in enumerate(table.names)
        if index not in taken and not np.isnan(medians[index])
    ]
    best = max(scores, default=(0, 0, 0))
    if best[0] == 0:
        return None
    taken.add(best[2])
    return best[2]


def _held_out(table: Table, taken: set[int]) -> str:
    """The column that says who is held out of training, which is no column of labels then."""
    index = table.names.index(HELD_OUT_COLUMN) if HELD_OUT_COLUMN in table.names else None
    if index is None or index in taken or held_out_marks(table.columns[index]) is None:
        return ""
    taken.add(index)
    return HELD_OUT_COLUMN


def _best_label(table: Table, taken: set[int]) -> int | None:
    """The best named column with 2 to 8 different values; without a good name, the first with fewest."""
    candidates: list[tuple[int, int, int]] = []
    for index, name in enumerate(table.names):
        if index in taken:
            continue
        cells = distinct_if_few(table.columns[index], MOST_SPELLINGS)
        if cells is None:
            continue
        different = {label_key(cell) for cell in cells if not is_missing(cell)}
        if 2 <= len(different) <= MAX_CLASSES:
            named = any(word in LABEL_WORDS for word in _words(name))
            if not named and _counts(table, index):
                continue
            candidates.append((not named, index if named else len(different), index))
    return min(candidates)[2] if candidates else None


def _height_unit(table: Table, medians: list[float], column: int | None) -> HeightUnit:
    if column is None:
        return "cm"
    for word in _words(table.names[column])[1:]:
        if word in HEIGHT_UNIT_WORDS:
            return HEIGHT_UNIT_WORDS[word]
    median = medians[column]
    if median < 3.0:
        return "m"
    if median > 500.0:
        return "mm"
    return "in" if 30.0 <= median < 90.0 else "cm"


def _weight_unit(
    table: Table, medians: list[float], column: int | None, height_unit: HeightUnit
) -> WeightUnit:
    if column is None:
        return "kg"
    for word in _words(table.names[column])[1:]:
        if word in WEIGHT_UNIT_WORDS:
            return WEIGHT_UNIT_WORDS[word]
    median = medians[column]
    if median > 5000.0:
        return "g"
    if median > 350.0:
        return "hg"
    return "lb" if height_unit == "in" or median > 130.0 else "kg"
