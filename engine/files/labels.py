"""From the labels of a table's rows to classes: found from the data, or made by rules."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from engine.errors import QT_TRANSLATE_NOOP, FallLineError
from engine.files.cells import is_missing, parse_number
from engine.specs import MAX_CLASSES

LabelKey = float | str
"""What makes two labels the same: their value where both are numbers ("1" and "1.0"), else their text."""


@dataclass(frozen=True, slots=True)
class ClassRule:
    """A class called `name`, made of the rows whose label is one of `values` (text, or an equal number)."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassMap:
    """Which class each label belongs to.

    Attributes
    ----------
    names : tuple of str
        The classes, in order.
    index_by_label : dict of str to int or None
        For every distinct label of the rows: its class, or None where it belongs to none.
    unused_values : tuple of str
        Values of rules that no row has.
    """

    names: tuple[str, ...]
    index_by_label: dict[str, int | None]
    unused_values: tuple[str, ...] = ()


def label_key(label: str) -> LabelKey:
    """The value of a label that is a finite number, else its text."""
    number = parse_number(label, ",")
    return number if math.isfinite(number) else label


def is_missing_label(label: str, labels: Sequence[str], rules: tuple[ClassRule, ...] | None) -> bool:
    """Whether a row without a class has this label; "-" is one where "+" is another or a rule names it."""
    if label == "-":
        return "+" not in labels and not any("-" in rule.values for rule in rules or ())
    return is_missing(label)


def find_classes(labels: Sequence[str]) -> ClassMap:
    """Make a class of each distinct label, none of them missing: numbers by value, then text.

    Raises
    ------
    FallLineError
        If there are more classes than the program takes.
    """
    spelled: dict[LabelKey, str] = {}
    for label in labels:
        spelled.setdefault(label_key(label), label)
    if len(spelled) > MAX_CLASSES:
        raise FallLineError(
            QT_TRANSLATE_NOOP(
                "Engine",
                "The label column has {count} different values, and at most {most} classes are possible: "
                "choose which values make which class.",
            ),
            count=len(spelled),
            most=MAX_CLASSES,
        )
    keys = sorted(spelled, key=lambda key: (isinstance(key, str), key))
    index = {key: number for number, key in enumerate(keys)}
    return ClassMap(tuple(spelled[key] for key in keys), {label: index[label_key(label)] for label in labels})


def apply_rules(labels: Sequence[str], rules: tuple[ClassRule, ...]) -> ClassMap:
    """Make the classes that the rules name, in their order.

    Raises
    ------
    FallLineError
        If the rules contradict one another or make too many classes.
    """
    check_rules(rules)
    index = {label_key(value): number for number, rule in enumerate(rules) for value in rule.values}
    present = {label_key(label) for label in labels}
    unused = tuple(value for rule in rules for value in rule.values if label_key(value) not in present)
    return ClassMap(
        tuple(rule.name for rule in rules), {label: index.get(label_key(label)) for label in labels}, unused
    )


def check_rules(rules: tuple[ClassRule, ...]) -> None:
    """Refuse rules that cannot all be followed.

    Raises
    ------
    FallLineError
        If a class has no name or no value, a name or value stands twice, or their number is not possible.
    """
    if not 2 <= len(rules) <= MAX_CLASSES:
        raise FallLineError(
            QT_TRANSLATE_NOOP("Engine", "Between 2 and {most} classes are possible, not {count}."),
            most=MAX_CLASSES,
            count=len(rules),
        )
    names: set[str] = set()
    owners: dict[LabelKey, str] = {}
    for rule in rules:
        if not rule.name or not rule.values or not all(rule.values):
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", "Every class needs a name and at least one label.")
            )
        if rule.name in names:
            raise FallLineError(
                QT_TRANSLATE_NOOP("Engine", 'Two classes are called "{name}".'), name=rule.name
            )
        names.add(rule.name)
        for value in rule.values:
            owner = owners.setdefault(label_key(value), rule.name)
            if owner != rule.name:
                raise FallLineError(
                    QT_TRANSLATE_NOOP(
                        "Engine", 'The label "{label}" is given to both "{first}" and "{second}".'
                    ),
                    label=value,
                    first=owner,
                    second=rule.name,
                )
