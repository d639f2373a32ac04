"""The samples of a scene, its own or generated, and their classes."""

from __future__ import annotations

from engine.document.state import BUILT_IN_CLASS_KEYS, MARKERS, ClassInfo
from engine.errors import QT_TRANSLATE_NOOP
from engine.files.scene_settings import check_keys, flag
from engine.files.weights_check import Node
from engine.generators import GENERATORS, generate
from engine.samples import NO_SET, UNLABELLED, Samples, lowest_label
from engine.specs import MAX_CLASSES

MOST_GENERATED = 100_000
"""A scene is to be open at once."""


def samples_of(node: Node, n_classes: int) -> Samples:
    """Columns of one length.

    Under `class` a sample has an index, or null where it has no label; under `labels`, in its place, a list
    of any number of them, which K sigmoids train on.

    Raises
    ------
    FallLineError
        If a column is missing, of another length or of the wrong kind, or a label is none of the classes.
    """
    has_sets = node.has("labels")
    check_keys(node, ("height_cm", "weight_kg", "labels" if has_sets else "class"), ("held_out",))
    height = [item.number() for item in node.at("height_cm").items()]
    weight = [item.number() for item in node.at("weight_kg").items(len(height))]
    held_out = [False] * len(height)
    if node.has("held_out"):
        held_out = [flag(item) for item in node.at("held_out").items(len(height))]
    if has_sets:
        sets = [_label_set(item, n_classes) for item in node.at("labels").items(len(height))]
        labels = lowest_label(sets).tolist()
    else:
        labels = [_label(item, n_classes) for item in node.at("class").items(len(height))]
        sets = [NO_SET] * len(height)
    return Samples.from_columns(height, weight, labels, held_out, sets) if height else Samples()


def _label_set(node: Node, n_classes: int) -> int:
    """The labels of a sample as a bit mask; null is a sample without a label."""
    if node.value is None:
        return NO_SET
    mask = 0
    for item in node.items():
        bit = 1 << _index(item, n_classes)
        if mask & bit:
            item.fail(QT_TRANSLATE_NOOP("Engine", "each label once"))
        mask |= bit
    return mask


def _label(node: Node, n_classes: int) -> int:
    if node.value is None:
        return UNLABELLED
    return _index(node, n_classes)


def _index(node: Node, n_classes: int) -> int:
    label = node.whole()
    if label >= n_classes:
        node.fail(QT_TRANSLATE_NOOP("Engine", "a class from 0 to {last}"), last=n_classes - 1)
    return label


def generated_of(node: Node) -> tuple[Samples, tuple[str, ...]]:
    """What a generator makes, and the built-in names of its classes.

    Raises
    ------
    FallLineError
        If there is no such generator, or a number is not one that it takes.
    """
    check_keys(node, ("name", "seed"), ("n",))
    info = {info.name: info for info in GENERATORS}[
        node.at("name").one_of(*(info.name for info in GENERATORS))
    ]
    least = len(info.class_keys)
    n = node.at("n").whole(least) if node.has("n") else None
    if n is not None and n > MOST_GENERATED:
        node.at("n").fail(
            QT_TRANSLATE_NOOP("Engine", "a whole number from {least} to {most}"),
            least=least,
            most=MOST_GENERATED,
        )
    made = generate(info.name, node.at("seed").whole(), n)
    return Samples.from_columns(made.height_cm, made.weight_kg, made.class_index), made.class_keys


def default_classes(keys: tuple[str, ...]) -> tuple[ClassInfo, ...]:
    """Classes with these built-in names, colours and markers by their places."""
    return tuple(
        ClassInfo(index, key=key, color=index, marker=MARKERS[index]) for index, key in enumerate(keys)
    )


def classes_of(node: Node) -> tuple[ClassInfo, ...]:
    """The classes that a scene lists, 1 to 8.

    Raises
    ------
    FallLineError
        If they are too few or too many, or a value is not one that it can have.
    """
    items = node.items()
    if not 1 <= len(items) <= MAX_CLASSES:
        node.fail(QT_TRANSLATE_NOOP("Engine", "1 to {most} classes"), most=MAX_CLASSES)
    return tuple(_class(item, index) for index, item in enumerate(items))


def _class(node: Node, index: int) -> ClassInfo:
    """One class: a built-in key, or a name of its own; colour and marker follow its place unless told."""
    check_keys(node, (), ("key", "name", "color", "marker"))
    marker = node.at("marker").one_of(*MARKERS) if node.has("marker") else MARKERS[index]
    color = node.at("color").whole() if node.has("color") else index
    if color >= len(MARKERS):
        node.at("color").fail(QT_TRANSLATE_NOOP("Engine", "a colour from 0 to {last}"), last=len(MARKERS) - 1)
    return ClassInfo(
        index,
        key=node.at("key").one_of(*BUILT_IN_CLASS_KEYS) if node.has("key") else "class",
        name=node.at("name").text() if node.has("name") else None,
        color=color,
        marker=next(known for known in MARKERS if known == marker),
    )
