"""Invented samples: believable people, and data sets that each show one thing.

Everything follows from a seed. Only uniform numbers are taken from NumPy's PCG64; normal and logistic ones
are made from them here, so that a seed means the same people in every version of NumPy.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import QT_TRANSLATE_NOOP, Message

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HEIGHT_RANGE_CM = (130.0, 210.0)
WEIGHT_RANGE_KG = (30.0, 160.0)
"""No invented person is outside these."""

DIET = ("no_diet", "needs_diet")
BMI_CLASSES = ("underweight", "normal", "overweight")


@dataclass(frozen=True, slots=True)
class GeneratorInfo:
    """A generator to choose from.

    `class_keys` are keys of built-in class names (`engine.document.state.BUILT_IN_CLASS_KEYS`), one a class;
    `n_samples` is how many samples it makes unless told.
    """

    name: str
    title: Message
    class_keys: tuple[str, ...]
    n_samples: int = 120


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedSamples:
    """What a generator made: columns of length n, to a tenth of a cm and kg.

    Attributes
    ----------
    height_cm, weight_kg : ndarray of float64, shape (n,)
    class_index : ndarray of int64, shape (n,)
    class_keys : tuple of str
        One key a class.
    """

    height_cm: Floats
    weight_kg: Floats
    class_index: Ints
    class_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Group:
    """Normally distributed people: mean and standard deviation of height and weight, their correlation."""

    height_cm: float
    height_std: float
    weight_kg: float
    weight_std: float
    correlation: float


# Usable estimates for Korean adults.
_MEN = _Group(172.5, 5.8, 74.0, 11.0, 0.45)
_WOMEN = _Group(159.6, 5.5, 57.6, 8.5, 0.3)


def generate(name: str, seed: int, n: int | None = None) -> GeneratedSamples:
    """Make the samples of the generator `name`: a pure function of its arguments.

    Parameters
    ----------
    name : str
        A name among `GENERATORS`.
    seed : int
        Taken modulo 2^64.
    n : int, optional
        Number of samples, at least one a class; each generator has its own default.

    Raises
    ------
    ValueError
        If there is no such generator, or `n` is smaller than its number of classes.
    """
    info = next((info for info in GENERATORS if info.name == name), None)
    if info is None:
        raise ValueError(f"there is no generator {name!r}")
    count = info.n_samples if n is None else n
    if count < len(info.class_keys):
        raise ValueError(f"{name} needs at least {len(info.class_keys)} samples, not {count}")
    points, class_index = _MAKERS[name](_Numbers(seed), count)
    return GeneratedSamples(np.round(points[0], 1), np.round(points[1], 1), class_index, info.class_keys)


class _Numbers:
    """Seeded random numbers, all made from uniform ones."""

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed % 2**64))

    def uniform(self, n: int) -> Floats:
        """Numbers of the open interval (0, 1): multiples of 2^-53, moved off 0."""
        return self._generator.random(n) + 2.0**-54

    def normal_pairs(self, n: int) -> Floats:
        """Independent standard normal numbers, shape (2, n), by Box and Muller's transform (1958)."""
        radius, angle = np.sqrt(-2.0 * np.log(self.uniform(n))), 2.0 * np.pi * self.uniform(n)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)])

    def logistic(self, n: int) -> Floats:
        """Numbers of the standard logistic distribution: the logit of uniform ones."""
        uniform = self.uniform(n)
        return np.log(uniform / (1.0 - uniform))

    def people(self, group: _Group, n: int) -> Floats:
        """`n` people, shape (2, n): height in cm, weight in kg; who is outside the ranges is drawn again."""
        people = np.empty((2, 0))
        while people.shape[1] < n:
            first, second = self.normal_pairs(n)
            mixed = group.correlation * first + np.sqrt(1.0 - group.correlation**2) * second
            height = group.height_cm + group.height_std * first
            weight = group.weight_kg + group.weight_std * mixed
            inside = (np.abs(height - np.mean(HEIGHT_RANGE_CM)) < np.ptp(HEIGHT_RANGE_CM) / 2) & (
                np.abs(weight - np.mean(WEIGHT_RANGE_KG)) < np.ptp(WEIGHT_RANGE_KG) / 2
            )
            people = np.concatenate([people, np.stack([height, weight])[:, inside]], axis=1)
        return people[:, :n]

    def adults(self, n: int) -> Floats:
        """Men and women in equal parts, shape (2, n)."""
        return np.concatenate([self.people(_MEN, n - n // 2), self.people(_WOMEN, n // 2)], axis=1)


_Maker = Callable[[_Numbers, int], tuple[Floats, Ints]]


def _bmi(points: Floats) -> Floats:
    """Body mass index: kg / m^2."""
    result: Floats = points[1] / (points[0] / 100.0) ** 2
    return result


def _diet(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
    """Label ~ Bernoulli(sigmoid((BMI - 24) / 1.2)): logistic noise of scale 1.2 around a BMI of 24."""
    points = numbers.adults(n)
    return points, (_bmi(points) + 1.2 * numbers.logistic(n) > 24.0).astype(np.int64)


def _bmi_classes(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
    """Ordered cut-offs at 18.5 and 23 on BMI with logistic noise of scale 1; a fifth is underweight."""
    wanted = max(1, round(n / 5))
    parts: list[Floats] = []
    labels: list[Ints] = []
    missing = np.array([wanted, n - wanted])
    while missing.any():
        points = numbers.adults(2 * n)
        noisy = _bmi(points) + numbers.logistic(2 * n)
        label = np.searchsorted([18.5, 23.0], noisy, side="right").astype(np.int64)
        for kind, chosen in enumerate((label == 0, label > 0)):
            rows = np.flatnonzero(chosen)[: missing[kind]]
            parts.append(points[:, rows])
            labels.append(label[rows])
            missing[kind] -= rows.size
    return np.concatenate(parts, axis=1), np.concatenate(labels)


def _clouds(*groups: _Group, shares: tuple[float, ...] | None = None) -> _Maker:
    """A maker of one cloud a class, in the given shares of the samples (equal ones unless told)."""

    def make(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
        parts = np.array(shares or [1.0 / len(groups)] * len(groups))
        ends = np.round(np.cumsum(parts / parts.sum()) * n).astype(int)
        counts = np.maximum(np.diff(ends, prepend=0), 1)
        counts[np.argmax(counts)] += n - counts.sum()
        people = [numbers.people(group, count) for group, count in zip(groups, counts.tolist(), strict=True)]
        return np.concatenate(people, axis=1), np.repeat(np.arange(len(groups)), counts)

    return make


def _separable(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
    """Two clouds of which nobody is nearer to the line half-way between them than 4 kg."""
    points, label = _clouds(_Group(166, 8, 56, 6, 0.4), _Group(166, 8, 84, 6, 0.4))(numbers, n)
    middle = 70.0 + 0.5 * (points[0] - 166.0)
    side = 2.0 * label - 1.0
    points[1] = middle + side * np.maximum(side * (points[1] - middle), 4.0)
    return points, label


def _outlier(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
    """Two clouds, and one very heavy person who is labelled as needing no diet."""
    points, label = _clouds(_Group(168, 7, 60, 7, 0.4), _Group(168, 7, 79, 8, 0.4))(numbers, n)
    points[:, 0] = 166.0, 128.0
    return points, label


def _xor(numbers: _Numbers, n: int) -> tuple[Floats, Ints]:
    """Four clouds, class 1 on one diagonal and class 0 on the other."""
    corner = np.arange(n) % 4
    points = numbers.people(_Group(170, 3.5, 70, 5, 0.0), n)
    tall, heavy = corner % 2, corner // 2
    points += np.stack([22.0 * tall - 11.0, 34.0 * heavy - 17.0])
    return points, (tall != heavy).astype(np.int64)


def _ring(n_classes: int, radius: float) -> _Maker:
    """One cloud a class, on an ellipse around 168 cm and 72 kg; `radius` 1 is 18 cm and 24 kg."""
    angles = 2.0 * np.pi * np.arange(n_classes) / n_classes + 0.6
    heights = (168.0 + 18.0 * radius * np.cos(angles)).tolist()
    weights = (72.0 + 24.0 * radius * np.sin(angles)).tolist()
    return _clouds(
        *(_Group(height, 5.0, weight, 7.0, 0.2) for height, weight in zip(heights, weights, strict=True))
    )


_MAKERS: dict[str, _Maker] = {
    "people": _diet,
    "people_3": _bmi_classes,
    "clouds": _clouds(_Group(166, 7, 57, 7, 0.4), _Group(171, 7, 80, 9, 0.4)),
    "overlapping": _clouds(_Group(165, 8, 62, 10, 0.4), _Group(169, 8, 72, 11, 0.4)),
    "separable": _separable,
    "imbalanced": _clouds(_Group(166, 7, 60, 8, 0.4), _Group(168, 7, 78, 8, 0.4), shares=(0.95, 0.05)),
    "outlier": _outlier,
    "xor": _xor,
    "clouds_3": _ring(3, 0.6),
    "clouds_5": _ring(5, 0.8),
    "clouds_8": _ring(8, 1.0),
}

GENERATORS: tuple[GeneratorInfo, ...] = (
    GeneratorInfo("people", Message(QT_TRANSLATE_NOOP("Engine", "Invented people, two classes")), DIET),
    GeneratorInfo(
        "people_3", Message(QT_TRANSLATE_NOOP("Engine", "Invented people, three classes")), BMI_CLASSES
    ),
    GeneratorInfo("clouds", Message(QT_TRANSLATE_NOOP("Engine", "Two clouds")), DIET),
    GeneratorInfo("overlapping", Message(QT_TRANSLATE_NOOP("Engine", "Overlapping clouds")), DIET),
    GeneratorInfo("separable", Message(QT_TRANSLATE_NOOP("Engine", "Separable by a line")), DIET),
    GeneratorInfo("imbalanced", Message(QT_TRANSLATE_NOOP("Engine", "Imbalanced classes")), DIET, 200),
    GeneratorInfo("outlier", Message(QT_TRANSLATE_NOOP("Engine", "One outlier")), DIET, 80),
    GeneratorInfo("xor", Message(QT_TRANSLATE_NOOP("Engine", "XOR")), ("class", "class")),
    GeneratorInfo("clouds_3", Message(QT_TRANSLATE_NOOP("Engine", "Clouds of 3 classes")), ("class",) * 3),
    GeneratorInfo(
        "clouds_5", Message(QT_TRANSLATE_NOOP("Engine", "Clouds of 5 classes")), ("class",) * 5, 200
    ),
    GeneratorInfo(
        "clouds_8", Message(QT_TRANSLATE_NOOP("Engine", "Clouds of 8 classes")), ("class",) * 8, 240
    ),
)
