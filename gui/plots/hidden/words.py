"""The hidden-layer instrument's words: names of layers and weights, and what the measured shares say."""

from __future__ import annotations

from engine.hidden.nonconvexity import NonConvexity
from engine.landscape.planes import LandscapeGrid
from engine.specs import ModelSpec
from gui.formulas import count_text, fixed_text, loss_name, percent_text
from gui.i18n import translate
from gui.plots.hidden.work import LOSSES, Centre, MeasureAnswer

ABOUT_EQUAL = 0.01
"""Shares nearer to each other than this say nothing about an order."""


def explanation() -> str:
    """What one is looking at, in two sentences."""
    return translate(
        "Hidden",
        "A slice of the loss through two weights, or two random directions, of one layer, hatched where it "
        "curves downwards. With the hidden weights held fixed BCE stays convex in the output's weights and "
        "MSE does not; in the hidden weights neither is convex, often less so further from the output: a "
        "tendency, not a theorem, so measure it.",
    )


def layer_name(model: ModelSpec, layer: int) -> str:
    """A layer's name: layer 1 is nearest to height and weight."""
    if layer == len(model.hidden):
        return translate("Hidden", "output")
    return translate("Hidden", "layer {number}", number=layer + 1)


def weight_name(model: ModelSpec, layer: int, place: int) -> str:
    """The name of a layer's weight by its place in the layer: from which input to which unit."""
    inputs = 2 if layer == 0 else model.hidden[layer - 1]
    unit, source = divmod(place, inputs + 1)
    if source == inputs:
        name = "b"
    elif layer == 0:
        name = (translate("Hidden", "w height"), translate("Hidden", "w weight"))[source]
    else:
        name = translate("Hidden", "w {unit}", unit=source + 1)
    if layer == len(model.hidden):
        return name
    return translate("Hidden", "{name}, unit {unit}", name=name, unit=unit + 1)


def direction_names() -> tuple[str, str]:
    """The axes' titles for random directions."""
    return translate("Hidden", "random direction 1"), translate("Hidden", "random direction 2")


def share_text(grid: LandscapeGrid) -> str:
    """How much of a slice curves downwards."""
    share = percent_text(grid.negative_share)
    return translate("Hidden", "curves downwards on {share} (2 × 2 Hessian)", share=share)


def short_share_text(grid: LandscapeGrid) -> str:
    """The same in fewer letters."""
    share = percent_text(grid.negative_share)
    return translate("Hidden", "λ < 0 on {share} (2 × 2 Hessian)", share=share)


def slice_hint(centre: Centre, used: int, total: int) -> str:
    """Through which weights a slice goes, and from which samples."""
    text = translate(
        "Hidden",
        "Through the weights trained on {loss} at step {step}. A click starts a run there.",
        loss=loss_name(centre.loss),
        step=count_text(centre.step),
    )
    if used < total:
        part = translate(
            "Hidden", "From {used} of {total} samples.", used=count_text(used), total=count_text(total)
        )
        return f"{part} {text}"
    return text


def cell_text(one: NonConvexity) -> str:
    """A measured share with its spread over the seeds: 70 % (69 to 83 %)."""
    low, high = one.spread
    if low == high:
        return percent_text(one.mean)
    return translate(
        "Hidden",
        "{mean} ({low} to {high})",
        mean=percent_text(one.mean),
        low=percent_text(low).removesuffix(" %"),
        high=percent_text(high),
    )


def chord_text(one: NonConvexity) -> str:
    """The share of violated chords; empty where none were drawn."""
    share = one.chord_mean
    return "" if share is None else translate("Hidden", "chords {share}", share=percent_text(share))


def box_text(answer: MeasureAnswer) -> str:
    """Over what was measured."""
    centre, slices = answer.question.centre, answer.question.slices
    directions = (
        translate("Hidden", "two random directions")
        if slices.kind == "directions"
        else translate("Hidden", "two weights drawn at random")
    )
    return translate(
        "Hidden",
        "Share of the slice's 2 × 2 Hessians with a negative eigenvalue: ± {half} along {directions} around "
        "the weights trained on {loss} at step {step}; {points} points a slice, {seeds} seeds, {samples} "
        "samples.",
        half=fixed_text(slices.box_half_width, 2).rstrip("0").rstrip("."),
        directions=directions,
        loss=loss_name(centre.loss),
        step=count_text(centre.step),
        points=count_text(slices.side**2),
        seeds=slices.seeds,
        samples=count_text(answer.found[0].samples if answer.found else 0),
    )


def conclusion(answer: MeasureAnswer) -> str:
    """What the shares say of this run, and where it disagrees with what is usually told."""
    if not answer.is_complete:
        return ""
    return " ".join([_depth_sentence(answer), _loss_sentence(answer), *_output_sentence(answer)])


def _depth_sentence(answer: MeasureAnswer) -> str:
    """Whether the share falls towards the output, for each loss."""
    model = answer.question.centre.model
    for loss in LOSSES:
        means = [one.mean for one in answer.found if one.loss == loss]
        for layer in range(len(means) - 1):
            nearer = max(range(layer + 1, len(means)), key=means.__getitem__)
            if means[nearer] > means[layer] + ABOUT_EQUAL:
                return translate(
                    "Hidden",
                    "This run disagrees with the tendency: for {loss}, {far} ({far_share}) curves downwards "
                    "less often than {near} ({near_share}), which is nearer to the output.",
                    loss=loss_name(loss),
                    far=layer_name(model, layer),
                    far_share=percent_text(means[layer]),
                    near=layer_name(model, nearer),
                    near_share=percent_text(means[nearer]),
                )
    return translate(
        "Hidden",
        "The further from the output, the more often both losses curve downwards here: a tendency, not a "
        "theorem.",
    )


def _loss_sentence(answer: MeasureAnswer) -> str:
    """Whether BCE curves downwards less often than MSE in every layer."""
    model = answer.question.centre.model
    against = []
    for layer in range(answer.n_layers):
        bce, mse = (answer.of(layer, loss) for loss in LOSSES)
        if bce is not None and mse is not None and bce.mean > mse.mean - ABOUT_EQUAL:
            against.append(layer_name(model, layer))
    if not against:
        return translate("Hidden", "BCE does so less often than MSE in every layer.")
    return translate(
        "Hidden", "BCE does not do so less often than MSE in: {layers}.", layers=", ".join(against)
    )


def _output_sentence(answer: MeasureAnswer) -> list[str]:
    last = answer.of(answer.n_layers - 1, "bce")
    if last is None or last.mean > 0.0:
        return []
    return [translate("Hidden", "In the output layer BCE is convex: its 0 % is certain.")]


def other_model_text(n_classes: int) -> str:
    """What to do where the model has no hidden layers."""
    if n_classes != 2:
        return translate(
            "Hidden", "Hidden layers are for two classes: make the problem binary on the left first."
        )
    return translate(
        "Hidden",
        "This model has no hidden layers: choose “Multi-layer perceptron” under Model on the left, or here.",
    )


def no_samples_text() -> str:
    """Why there is no slice of a model that has hidden layers."""
    return translate("Hidden", "There is no labelled sample, so nothing to measure a loss on.")
