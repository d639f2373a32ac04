"""The words of the landscape: names of the parameters, and sentences about what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from engine.document.state import ClassInfo
from engine.landscape.chords import Chord
from engine.landscape.planes import LandscapeGrid
from engine.layout import Layout
from engine.specs import LossName
from gui.formulas import count_text, fixed_text, loss_name, loss_text, percent_text
from gui.i18n import class_name, translate
from gui.plots.landscape.work import Descent, PointValue

CONVEXITY_LATEX = r"f\left(t\,a + (1-t)\,b\right) \;\leq\; t\,f(a) + (1-t)\,f(b)"
CONVEXITY_SPOKEN = "f of t a plus 1 minus t b is at most t f of a plus 1 minus t f of b"


def parameter_names(layout: Layout, classes: Sequence[ClassInfo], *, is_short: bool = False) -> list[str]:
    """A name for each number of a row, in the order of the layout.

    With `is_short` layer and unit of a model with hidden layers are two numbers, for where room is scarce.
    """
    names = []
    features = [translate("Landscape", "w height"), translate("Landscape", "w weight")]
    bias = translate("Landscape", "bias b")
    single = len(layout.layers) == 1
    for number, layer in enumerate(layout.layers):
        for output in range(layer.outputs):
            inputs = features if number == 0 else [f"h{unit + 1}" for unit in range(layer.inputs)]
            own = [*inputs, bias]
            if single and layer.outputs > 1:
                # Just after a class has gone, the landscape is still the one that had it.
                owner = class_name(classes[output]) if output < len(classes) else str(output + 1)
                own = [f"{owner}: {name}" for name in own]
            elif not single:
                numbers = {"layer": number + 1, "unit": output + 1}
                place = translate("Landscape", "layer {layer}, unit {unit}", **numbers) + ":"
                if is_short:
                    place = "{layer}.{unit}".format(**numbers)
                own = [f"{place} {name}" for name in own]
            names += own
    return names


def example_names() -> list[str]:
    """Names of the parameters of an example, which has no bias."""
    return ["w₁", "w₂"]


def signed_text(value: float) -> str:
    """A number with its sign and about three digits: +0.0201, -0.0043, 0."""
    text = loss_text(value)
    return f"+{text}" if value > 0 else text


def value_text(value: PointValue) -> str:
    """A loss and the curvature of the landscape at a point."""
    return f"{loss_text(value.loss)}   λ {signed_text(value.slice_eigenvalue)}"


def point_text(names: Sequence[str], point: tuple[float, float]) -> str:
    """Where the pointer is."""
    return ", ".join(f"{name} {fixed_text(value, 2)}" for name, value in zip(names, point, strict=True))


def pointer_text(
    names: Sequence[str],
    point: tuple[float, float],
    losses: Sequence[LossName],
    values: Sequence[PointValue | None],
) -> str:
    """Where the pointer is, and for each loss the smallest eigenvalue of the Hessian by all weights."""
    parts = [
        f"{loss_name(loss)} {signed_text(value.full_eigenvalue)}"
        for loss, value in zip(losses, values, strict=True)
        if value is not None and value.full_eigenvalue is not None
    ]
    if not parts:
        return point_text(names, point)
    full = translate("Landscape", "λ over all weights: {values}", values="  ".join(parts))
    return f"{point_text(names, point)}   {full}"


def share_text(grids: Sequence[LandscapeGrid]) -> str:
    """How much of the box curves downwards, for each loss."""
    shares = "  ".join(f"{loss_name(grid.loss_name)} {percent_text(grid.negative_share)}" for grid in grids)
    return translate("Landscape", "curves downwards: {shares}", shares=shares)


def chord_sentence(losses: Sequence[LossName], chords: Sequence[Chord]) -> str:
    """What the chord shows, loss by loss."""
    sentences = []
    for loss, chord in zip(losses, chords, strict=True):
        name = loss_name(loss)
        if not chord.violated:
            sentences.append(translate("Landscape", "{loss}: never above the chord.", loss=name))
            continue
        share = sum(last - first for first, last in chord.violated)
        sentences.append(
            translate(
                "Landscape",
                "{loss}: above it on {share} of the way, by up to {most}: not convex.",
                loss=name,
                share=percent_text(min(share, 0.999)),
                most=loss_text(chord.largest_violation),
            )
        )
    return " ".join(sentences)


def chord_hint(ends: int) -> str:
    """What to do next in chord mode."""
    if ends == 0:
        return translate("Landscape", "Click two points, or drag from one to the other.")
    if ends == 1:
        return translate("Landscape", "Now the second point.")
    return translate("Landscape", "Drag either end, or click for a new chord.")


def start_hint(*, is_example: bool, is_space: bool) -> str:
    """What the mouse does."""
    if is_example:
        click = translate("Landscape", "Click: gradient descent from there.")
    else:
        click = translate("Landscape", "Click: a new run starts there.")
    if is_space:
        return f"{click} {translate('Landscape', 'Drag: turn. Wheel: zoom.')}"
    return f"{click} {translate('Landscape', 'Drag: move. Wheel: zoom.')}"


def step_hint() -> str:
    """Why the step model stays where it is."""
    return translate("Landscape", "Flat terraces: the gradient is 0 on each, so gradient descent stays put.")


def started_hint(names: Sequence[str], point: tuple[float, float]) -> str:
    """What follows a click."""
    return translate("Landscape", "New run from {point}. Press Train.", point=point_text(names, point))


def descent_text(losses: Sequence[LossName], descents: Sequence[Descent], rate: float) -> str:
    """How long gradient descent took on an example, loss by loss."""
    parts = []
    for loss, descent in zip(losses, descents, strict=True):
        if descent.certain_step is not None:
            text = translate(
                "Landscape",
                "{loss} {steps} steps to p > 0.9",
                loss=loss_name(loss),
                steps=f"{descent.certain_step:,}",
            )
        else:
            text = translate(
                "Landscape",
                "{loss} after {steps} steps at loss {value}",
                loss=loss_name(loss),
                steps=count_text(descent.steps),
                value=loss_text(descent.loss),
            )
        parts.append(text)
    return translate("Landscape", "Rate {rate}: {results}.", rate=f"{rate:g}", results=", ".join(parts))


def explanation() -> str:
    """Two sentences about what one is looking at."""
    return translate(
        "Landscape",
        "The loss over two weights, as a map: gradient descent goes straight down, across the lines. In the "
        "output layer BCE is convex, with one valley; MSE curves downwards where the model is confidently "
        "wrong.",
    )
