"""The short summary that ``main.py train`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from engine.files.tables import Extraction, LeftOut, Table
from engine.files.weights import FEATURES, TrainingInfo, WeightsFile
from engine.specs import RIVAL_KINDS

LISTED_LINES = 10
"""Lines of left-out rows that are named for each reason."""

ENCODING_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}
LOSS_TITLES = {"bce": "BCE", "ce": "CE", "mse": "MSE"}
SEPARABLE_TITLES = {
    "none": "no: the best weights are finite",
    "quasi": "partly (quasi-complete): some weights would grow for ever",
    "complete": "yes (complete): the best weights would grow for ever",
    None: "not decided",
}
LINE_TITLES = {
    "none": "not by a straight line",
    "quasi": "partly by a straight line (quasi-complete)",
    "complete": "by a straight line (complete)",
}
"""With hidden layers and softmax's rivals, where a straight line says nothing of the weights."""


def summary(
    table: Table,
    extraction: Extraction,
    weights: WeightsFile,
    exports: Sequence[Path],
    warning: str | None = None,
) -> str:
    """What was read, what was trained, how good it is, and which files were written."""
    counts = zip(extraction.class_names, extraction.class_counts, strict=True)
    lines = [
        f"{table.path}: {len(table)} rows, {_form_text(table)}",
        *([_entry("passed over", _above_text(table))] if table.above else []),
        _entry("used", f"{weights.metrics.n} ({', '.join(f'{name}: {count}' for name, count in counts)})"),
        *_left_out(extraction),
        _entry("model", _model_text(weights)),
        _entry("loss", _loss_text(weights)),
        _entry("accuracy", f"{weights.metrics.accuracy:.2%}"),
        _entry("separable", _separable_text(weights)),
        *_formulas(weights),
        *([_entry("warning", warning)] if warning else []),
        *(_entry("written", str(path)) for path in exports),
    ]
    return "\n".join(lines)


def _entry(title: str, text: str) -> str:
    return f"  {title:<10} {text}"


def _form_text(table: Table) -> str:
    if table.sheet:
        return f'sheet "{table.sheet}"'
    return f"{ENCODING_NAMES[table.delimiter]}-separated, {table.encoding}"


def _above_text(table: Table) -> str:
    """How many lines above the table are no part of it, with the first of them."""
    first, *more = table.above
    return f"{len(table.above)} above the table ({_short(first)!r}{' and more' if more else ''})"


def _left_out(extraction: Extraction) -> list[str]:
    """One line for each reason, with the first few places."""
    lines = [_entry("left out", str(len(extraction.left_out)))]
    by_reason: dict[str, list[LeftOut]] = {}
    for row in extraction.left_out:
        by_reason.setdefault(str(row.reason), []).append(row)
    for reason, rows in sorted(by_reason.items(), key=lambda entry: -len(entry[1])):
        places = ", ".join(f"{row.line}{_cell_text(row.cell)}" for row in rows[:LISTED_LINES])
        more = f" and {len(rows) - LISTED_LINES} more" if len(rows) > LISTED_LINES else ""
        lines.append(f"    {len(rows)} {reason}: line {places}{more}")
    if extraction.unused_labels:
        lines.append(f"    no row has the label {', '.join(extraction.unused_labels)}")
    return lines


def _cell_text(cell: str) -> str:
    return f" ({_short(cell)!r})" if cell else ""


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:17] + "..."


def _model_text(weights: WeightsFile) -> str:
    model, training = weights.model, _training_text(weights.training)
    if weights.spec.hidden:
        sizes = "-".join(map(str, (len(FEATURES), *weights.spec.hidden, 1)))
        return f"{model} {sizes}, {weights.activation}, on {LOSS_TITLES[weights.loss]}, {training}"
    smoothing = weights.training.label_smoothing
    smoothed = "" if smoothing is None else f" with labels smoothed by {smoothing:g}"
    return f"{model} on {LOSS_TITLES[weights.loss]}{smoothed}, {training}"


def _separable_text(weights: WeightsFile) -> str:
    kind = weights.training.separable
    says_nothing = bool(weights.spec.hidden) or weights.model in RIVAL_KINDS
    return LINE_TITLES[kind] if kind is not None and says_nothing else SEPARABLE_TITLES[kind]


def _training_text(training: TrainingInfo) -> str:
    if training.optimizer == "newton":
        return f"exact optimum after {training.steps} Newton steps"
    batch = "full batch" if training.batch_size is None else f"batches of {training.batch_size}"
    return f"{training.steps} steps of {training.optimizer}, rate {training.learning_rate:g}, {batch}"


def _loss_text(weights: WeightsFile) -> str:
    metrics = weights.metrics
    return f"{LOSS_TITLES[weights.likelihood_loss]} {metrics.cross_entropy:.10g}, MSE {metrics.mse:.10g}"


def _formulas(weights: WeightsFile) -> list[str]:
    """The logit of each output node in cm and kg, with the digits to work it out to 0.01 by hand.

    None for a model with hidden layers, whose logit is no sum of two terms.
    """
    if weights.spec.hidden:
        return []
    names = weights.class_names[1:] if weights.spec.is_binary else weights.class_names
    return [
        _entry("logit" if row == 0 else "", f"z({name}) = {_formula(*numbers)}")
        for row, (name, numbers) in enumerate(zip(names, weights.original_units.tolist(), strict=True))
    ]


def _formula(per_cm: float, per_kg: float, bias: float) -> str:
    return f"{_digits(per_cm, 5)} cm{_signed(per_kg, 5)} kg{_signed(bias, 3)}"


def _signed(value: float, decimals: int) -> str:
    return f" {'-' if value < 0.0 else '+'} {_digits(abs(value), decimals)}"


def _digits(value: float, decimals: int) -> str:
    """Fixed decimals; ten digits where that would be an endless row of them."""
    return f"{value:.{decimals}f}" if abs(value) < 1e6 else f"{value:.10g}"
