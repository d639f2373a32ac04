"""The lab of the window: which instruments there are, in which groups and order. Composition only.

A new instrument is one entry here: its tab's module is imported when the tab is opened for the first time.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.i18n import translate
from gui.plots.instrument import Instrument, InstrumentGroup, late
from gui.plots.lab_area import LabArea
from gui.plots.lab_tab import LabContext

MODEL = InstrumentGroup(
    lambda: translate("Lab", "Model"),
    (
        Instrument(
            "network",
            lambda: translate("Lab", "Network"),
            lambda: translate("Lab", "How height and weight become a probability, number by number."),
            late("gui.network_tab", "NetworkTab"),
        ),
        Instrument(
            "surface",
            lambda: translate("Surface", "Surface"),
            lambda: translate("Lab", "The probability as a hill over height and weight."),
            late("gui.plots.surface.tab", "SurfaceTab"),
        ),
        Instrument(
            "hidden",
            lambda: translate("Hidden", "Hidden layers"),
            lambda: translate("Lab", "What hidden layers make of the loss, layer by layer."),
            late("gui.plots.hidden.tab", "HiddenTab"),
        ),
    ),
)

LIKELIHOOD = InstrumentGroup(
    lambda: translate("Lab", "Likelihood"),
    (
        Instrument(
            "likelihood",
            lambda: translate("LikelihoodTab", "Likelihood"),
            lambda: translate("Lab", "The product of all probabilities, and why its logarithm is summed."),
            late("gui.plots.likelihood.tab", "LikelihoodTab"),
        ),
        Instrument(
            "maximum_likelihood",
            lambda: translate("MaximumLikelihoodTab", "Maximum likelihood"),
            lambda: translate(
                "MaximumLikelihoodTab", "From an assumed distribution to the loss that follows, on your data."
            ),
            late("gui.plots.maximum_likelihood.tab", "MaximumLikelihoodTab"),
        ),
        Instrument(
            "entropy",
            lambda: translate("Entropy", "Entropy"),
            lambda: translate("Lab", "Cross-entropy as entropy plus KL divergence, and the bound below it."),
            late("gui.plots.entropy.tab", "EntropyTab"),
        ),
    ),
)

LOSS = InstrumentGroup(
    lambda: translate("Lab", "Loss"),
    (
        Instrument(
            "sensitivity",
            lambda: translate("SensitivityTab", "Sensitivity"),
            lambda: translate("Lab", "How strongly each loss reacts to an error."),
            late("gui.plots.sensitivity.tab", "SensitivityTab"),
        ),
        Instrument(
            "landscape",
            lambda: translate("Landscape", "Landscape"),
            lambda: translate("Lab", "Each loss over two weights, and the way that training takes down it."),
            late("gui.plots.landscape.tab", "LandscapeTab"),
        ),
        Instrument(
            "start_map",
            lambda: translate("StartMap", "Start map"),
            lambda: translate("Lab", "From which starts training arrives, and how soon."),
            late("gui.plots.start_map.tab", "StartMapTab"),
        ),
        Instrument(
            "verdict",
            lambda: translate("Verdict", "Verdict"),
            lambda: translate("Lab", "BCE against MSE in numbers from this run."),
            late("gui.plots.verdict.tab", "VerdictTab"),
        ),
    ),
)

MULTI_CLASS = InstrumentGroup(
    lambda: translate("Lab", "Multi-class"),
    (
        Instrument(
            "output_layer",
            lambda: translate("OutputLayer", "Output layer"),
            lambda: translate("Lab", "The same logits through softmax, its rivals and K sigmoids."),
            late("gui.plots.output_layer.tab", "OutputLayerTab"),
        ),
        Instrument(
            "output_race",
            lambda: translate("OutputRace", "Softmax or sigmoids"),
            lambda: translate("Lab", "Softmax and K sigmoids in lockstep: sums, answers, two classes."),
            late("gui.plots.output_race.tab", "OutputRaceTab"),
        ),
        Instrument(
            "log_odds",
            lambda: translate("LogOdds", "Log-odds"),
            lambda: translate("Lab", "By what each kg and each cm multiplies the odds of two classes."),
            late("gui.plots.log_odds.tab", "LogOddsTab"),
        ),
    ),
)

RESULTS = InstrumentGroup(
    lambda: translate("Lab", "Results"),
    (
        Instrument(
            "metrics",
            lambda: translate("Metrics", "Metrics"),
            lambda: translate("Lab", "Who is taken for whom, and whether the probabilities can be trusted."),
            late("gui.plots.metrics.tab", "MetricsTab"),
        ),
    ),
)

GROUPS: tuple[InstrumentGroup, ...] = (MODEL, LIKELIHOOD, LOSS, MULTI_CLASS, RESULTS)


def make_lab(context: LabContext, parent: QWidget) -> LabArea:
    """Make the lab with all its instruments; none is built before it is opened."""
    return LabArea(GROUPS, context, parent)
