"""The numbers in the boxes of the strip."""

from __future__ import annotations

from engine.distributions import best_gaussian_log_likelihood
from engine.gaussian_regression import RegressionRun
from engine.models import layout_of
from engine.snapshots import Snapshot
from gui.plots.maximum_likelihood.data import LabelView, Outcome
from gui.plots.maximum_likelihood.place import Place
from gui.plots.maximum_likelihood.strip_texts import StripNumbers


def no_numbers(n_classes: int) -> StripNumbers:
    """Before there is a sample that can be used."""
    return StripNumbers(0, n_classes, (), None, None, 0, 0)


def label_numbers(snapshot: Snapshot, view: LabelView, outcome: Outcome) -> StripNumbers:
    """Of a model that tells labels, at the x that is shown."""
    model = snapshot.spec.model_of(view.model_row)
    layout = layout_of(model)
    learnt = layout.parameter_count
    if not snapshot.spec.bias:
        learnt -= len(layout.bias_positions)
    p = outcome.probability
    is_categorical = view.choice.distribution == "categorical"
    return StripNumbers(
        count=view.count,
        n_classes=model.n_classes,
        parameter=tuple(p.tolist()) if is_categorical else (float(p[view.positive]),),
        log_likelihood=view.log_likelihood,
        loss=view.loss,
        step=snapshot.step,
        learnt=learnt,
        is_step_model=model.kind == "step",
    )


def regression_numbers(run: RegressionRun, place: Place, n_classes: int) -> StripNumbers:
    """Of the descent of the regression, at the height that is shown."""
    regression = run.regression
    height = regression.scaler.mean_height_cm if place.height_cm is None else place.height_cm
    mse = regression.mse_kg2(run.line)
    return StripNumbers(
        count=regression.count,
        n_classes=n_classes,
        parameter=(float(regression.mu_kg(run.line, height)),),
        log_likelihood=float(best_gaussian_log_likelihood(mse, regression.count)),
        loss=mse,
        step=run.step,
        learnt=2,
    )
