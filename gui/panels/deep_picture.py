"""From a snapshot to the picture of a network with hidden layers, and to its words."""

from __future__ import annotations

from engine.document.state import ClassInfo
from engine.models import layout_of
from engine.snapshots import Snapshot
from gui.formulas import fixed_text, logit_text, probability_text
from gui.i18n import class_name, translate
from gui.panels.deep_painting import DeepPicture, Unit
from gui.panels.network_painting import NodeText
from gui.panels.point_values import PointValues

_MOST_WEIGHTS_IN_TIP = 16


def deep_picture(
    snapshot: Snapshot,
    model_index: int,
    values: PointValues | None,
    inputs: tuple[NodeText, NodeText],
    info: ClassInfo,
    hovered: Unit | None,
) -> DeepPicture:
    """The picture of a snapshot's model, with a person's numbers where there is one."""
    layout = layout_of(snapshot.spec.model)
    row = snapshot.parameters[model_index]
    weights = tuple(
        tuple(map(tuple, layout.layer_view(row, index).tolist())) for index in range(len(layout.layers))
    )
    share = 0.0 if values is None else float(values.probability[1])
    return DeepPicture(
        loss=snapshot.spec.losses[model_index],
        weights=weights,
        activation=activation_name(snapshot.spec.model.activation),
        inputs=inputs,
        units=() if values is None else tuple(tuple(units.tolist()) for units in values.hidden),
        total=NodeText("Σ", "" if values is None else logit_text(float(values.logits[0]))),
        output=NodeText("p", "" if values is None else probability_text(share)),
        info=info,
        share=share,
        hovered=hovered,
    )


def activation_name(activation: str) -> str:
    """The name of a hidden activation function in the language in use."""
    names = {"tanh": "tanh", "sigmoid": translate("Network", "sigmoid"), "relu": "ReLU"}
    return names[activation]


def unit_words(picture: DeepPicture, unit: Unit) -> str:
    """A node's number and weights, as its tooltip; empty for the inputs, which show theirs."""
    column, number = unit
    if column == 0:
        return ""
    *weights, bias = picture.weights[column - 1][number]
    is_output = column > len(picture.hidden)
    name = (
        translate("Network", "Output node")
        if is_output
        else translate("Network", "Hidden layer {layer}, unit {unit}", layer=column, unit=number + 1)
    )
    if picture.units and not is_output:
        value = fixed_text(picture.units[column - 1][number], 3)
        name = translate(
            "Network",
            "{unit}: {activation}(z) = {value}",
            unit=name,
            activation=picture.activation,
            value=value,
        )
    numbers = ", ".join(fixed_text(weight, 2) for weight in weights[:_MOST_WEIGHTS_IN_TIP])
    return f"{name}\nw = ({numbers})  b = {fixed_text(bias, 2)}"


def deep_spoken(picture: DeepPicture) -> str:
    """The picture in words, for assistive software."""
    shape = "-".join(map(str, (2, *picture.hidden, 1)))
    parts = [text.value or text.name for text in (*picture.inputs, picture.total)]
    return ", ".join([shape, *parts, f"{class_name(picture.info)} {picture.output.value or 'p'}"])
