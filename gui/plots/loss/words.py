"""What the loss plot says about its curves, in the language in use."""

from __future__ import annotations

from engine.snapshots import Mark
from gui.formulas import loss_name
from gui.i18n import translate
from gui.plots.loss.chart_content import Series


def end_text(series: Series, training: str, held_out: str | None) -> str:
    """Name a model's curve at its end; with a second curve, of held-out samples, for both of them."""
    loss = series.name or loss_name(series.loss)
    if held_out is None and series.name:
        return f"{loss}: {training}"
    if held_out is None:
        return translate("LossPlot", "trained on {loss}: {value}", loss=loss, value=training)
    return translate(
        "LossPlot",
        "{loss}: training {training}, held out {held_out}",
        loss=loss,
        training=training,
        held_out=held_out,
    )


def value_text(series: Series, number: str, *, paired: bool) -> str:
    """Name a curve's value beside a sample of its line; `paired` where each model has two curves."""
    loss = series.name or loss_name(series.loss)
    if not paired:
        return f"{loss}  {number}"
    if series.held_out:
        return translate("LossPlot", "{loss}, held out: {value}", loss=loss, value=number)
    return translate("LossPlot", "{loss}, training: {value}", loss=loss, value=number)


def own_title(series: Series) -> str:
    """Title of the axis on which a model's own loss is measured."""
    loss = loss_name(series.loss)
    if not series.name:
        return translate("LossPlot", "{loss} of the model trained on {loss}", loss=loss)
    if series.loss == "bce":
        return translate("LossPlot", "BCE of {model}, summed over the classes", model=series.name)
    return translate("LossPlot", "{loss} of {model}", loss=loss, model=series.name)


def optimum_text(series: Series, value: str) -> str:
    """Name the lowest loss that a model can reach."""
    if not series.name:
        return translate("LossPlot", "optimum: {value}", value=value)
    return translate("LossPlot", "optimum of {model}: {value}", model=series.name, value=value)


def bound_text(series: Series, value: str) -> str:
    """Name the entropy of the targets, the bound that no model passes."""
    if not series.name:
        return translate("LossPlot", "bound H(y): {value}", value=value)
    return translate("LossPlot", "bound H(y) of {model}: {value}", model=series.name, value=value)


def held_out_key() -> str:
    """What the thin curves are."""
    return translate("LossPlot", "Thin: held out.")


def mark_text(mark: Mark) -> str:
    """What the person changed at a mark."""
    if mark.kind == "data":
        return translate("LossPlot", "samples edited here")
    return translate("LossPlot", "settings changed here")


def ruler_tooltips() -> dict[str, str]:
    """What each ruler measures."""
    return {
        "error_rate": translate(
            "LossPlot", "Share of the samples that the model answers wrongly (error rate)"
        ),
        "cross_entropy": translate("LossPlot", "Mean cross-entropy over the samples, in nats"),
        "mse": translate("LossPlot", "Mean squared error over the samples"),
        "own": translate("LossPlot", "Each model by the loss it is trained on, on an axis of its own"),
    }
