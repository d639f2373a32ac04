"""The status bar's words as pieces, from the fullest wording to the shortest: what fits is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.document.state import ClassInfo
from engine.snapshots import METRICS, Mistakes, Snapshot
from engine.specs import LossName, TrainingSpec
from gui.formulas import (
    count_text,
    fixed_text,
    logit_text,
    loss_name,
    loss_text,
    odds_text,
    percent_text,
    probability_text,
)
from gui.i18n import class_name, translate
from gui.model_names import model_name
from gui.panels.point_values import PointValues
from gui.run_words import is_flat

_ERROR_RATE = METRICS.index("error_rate")
_MSE = METRICS.index("mse")
_CROSS_ENTROPY = METRICS.index("cross_entropy")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, or a class's marker.

    `room` is a text that takes the most room this one ever will: numbers then change without moving what
    follows. `model` names the model that a click on the piece selects.
    """

    text: str = ""
    room: str = ""
    loss: LossName | None = None
    quiet: bool = False
    marker: ClassInfo | None = None
    model: int | None = None
    space_after: bool = True


Line = tuple[Piece, ...]


def position_pieces(values: PointValues) -> Line:
    """Where the pointer is, in cm and kg."""
    return (
        Piece(f"{values.height_cm:.1f} cm", "000.0 cm"),
        Piece(f"{values.weight_kg:.1f} kg", "000.0 kg"),
    )


def binary_lines(
    losses: Sequence[LossName],
    values: Sequence[PointValues],
    positive: ClassInfo,
    *,
    is_step: bool = False,
) -> list[Line]:
    """Probability, odds and logit of the positive class for each model, fullest first.

    The step's probability is exactly 0 or 1, and so are its odds 0 or without bound.
    """
    return [
        position_pieces(values[0])
        + tuple(
            piece
            for model, (loss, one) in enumerate(zip(losses, values, strict=True))
            for piece in _binary_pieces(model, loss, one, positive, detail, is_step=is_step)
        )
        for detail in (3, 2, 1, 0)
    ]


def node_lines(spec: TrainingSpec, values: Sequence[PointValues], classes: Sequence[ClassInfo]) -> list[Line]:
    """Probability of each class for each model, by its marker; in less room only the likeliest ones.

    The p of K sigmoids are independent: each has its odds and logit, and their sum is told, which is not 1.
    """
    counts = dict.fromkeys(count for count in (len(classes), 4, 2, 1) if count <= len(classes))
    wordings = [(len(classes), 2), (len(classes), 1), *((count, 0) for count in counts)]
    lines = [
        position_pieces(values[0])
        + tuple(
            piece
            for row, one in enumerate(values)
            for piece in _node_pieces(spec, row, one, classes, count, detail)
        )
        for count, detail in wordings
    ]
    return list(dict.fromkeys(lines))


def run_lines(snapshot: Snapshot, model: int) -> list[Line]:
    """The selected model's losses and accuracy at this step, and whose map it is; fullest first.

    Beside the accuracy stands that on the held-out samples, where there are any.
    """
    loss = snapshot.spec.losses[model]
    metrics = snapshot.metrics[model]
    likelihood = snapshot.spec.model_of(model).likelihood
    accuracy = translate("Status", "accuracy {value}", value=percent_text(1.0 - float(metrics[_ERROR_RATE])))
    owner = Piece(translate("Status", "map: {loss}", loss=model_name(snapshot.spec, model)), quiet=True)
    both = tuple(
        Piece(f"{loss_name(name)} {loss_text(float(metrics[index]))}", f"{loss_name(name)} 0.0000")
        for name, index in ((likelihood, _CROSS_ENTROPY), ("mse", _MSE))
    )
    own = both[1:] if loss == "mse" else both[:1]
    right = Piece(accuracy, translate("Status", "accuracy {value}", value="99.9 %"))
    judged: Line = (right, *held_out_pieces(snapshot, model))
    if snapshot.spec.model.kind != "step":
        fullest: list[Line] = [(*both, *judged, owner), (*own, *judged, owner), (*judged, owner)]
        return [*dict.fromkeys([*fullest, (right, owner)]), (owner,)]
    extra = step_pieces(snapshot, model)
    fullest = [(*extra, *both, *judged), (*extra, *own, *judged), (*extra, *judged)]
    return [*dict.fromkeys([*fullest, (*extra, right)]), extra]


def held_out_pieces(snapshot: Snapshot, model: int) -> Line:
    """A model's accuracy on the held-out samples; nothing where there are none."""
    if snapshot.held_out_metrics is None:
        return ()
    accuracy = percent_text(1.0 - float(snapshot.held_out_metrics[model, _ERROR_RATE]))
    room = translate("Status", "held out {value}", value="99.9 %")
    return (Piece(translate("Status", "held out {value}", value=accuracy), room),)


def step_pieces(snapshot: Snapshot, model: int) -> Line:
    """The step model's gradient, which is 0, or the mistakes that the perceptron rule has made."""
    if is_flat(snapshot.spec):
        return (Piece(translate("Status", "gradient 0")),)
    if snapshot.mistakes is None:
        return ()
    room = translate("Status", "mistakes {now} · last epoch {last}", now="000", last="000")
    return (Piece(_mistakes_text(snapshot.mistakes[model]), room),)


def _mistakes_text(mistakes: Mistakes) -> str:
    now = count_text(mistakes.so_far)
    if mistakes.last_epoch is None:
        return translate("Status", "mistakes {now}", now=now)
    last = count_text(mistakes.last_epoch)
    return translate("Status", "mistakes {now} · last epoch {last}", now=now, last=last)


def plain_text(line: Line) -> str:
    """Return a line's words, a marker by its class's name."""
    words = [class_name(piece.marker) if piece.marker is not None else piece.text for piece in line]
    return " ".join(word for word in words if word)


def _binary_pieces(
    model: int, loss: LossName, values: PointValues, positive: ClassInfo, detail: int, *, is_step: bool
) -> Line:
    logit, share = float(values.logits[0]), float(values.probability[1])
    name = f"{class_name(positive)} " if detail >= 1 else ""
    probability = percent_text(share) if is_step else probability_text(share)
    pieces = [Piece(loss_name(loss), loss=loss, model=model), Piece(f"{name}{probability}", f"{name}99.9 %")]
    if detail >= 2:
        certain = "∞ : 1" if share == 1.0 else "0 : 1"
        odds = translate("Status", "odds {odds}", odds=certain if is_step else odds_text(logit))
        pieces.append(Piece(odds, translate("Status", "odds {odds}", odds="99.9 : 1")))
    if detail >= 3:
        pieces.append(
            Piece(
                translate("Status", "logit {logit}", logit=logit_text(logit)),
                translate("Status", "logit {logit}", logit="-00.00"),
            )
        )
    return tuple(pieces)


def _node_pieces(
    spec: TrainingSpec,
    row: int,
    values: PointValues,
    classes: Sequence[ClassInfo],
    count: int,
    detail: int,
) -> Line:
    """One model's p of the `count` likeliest classes; of K sigmoids with their odds (1) and logits (2)."""
    pieces = [Piece(model_name(spec, row), loss=spec.losses[row], model=row)]
    is_independent = spec.model_of(row).kind == "sigmoids"
    if np.isnan(values.probability).any():
        return (*pieces, Piece(translate("Status", "undefined: every logit is 0")))
    likeliest = sorted(range(len(classes)), key=lambda index: -float(values.probability[index]))[:count]
    for index in sorted(likeliest):
        pieces.append(Piece(marker=classes[index], space_after=False))
        pieces.append(Piece(probability_text(float(values.probability[index])), "99.9 %"))
        if is_independent:
            pieces += _odds_pieces(float(values.logits[index]), detail)
    if is_independent:
        total = fixed_text(float(values.probability.sum()), 2)
        room = translate("Status", "sum {value}", value="0.00")
        pieces.append(Piece(translate("Status", "sum {value}", value=total), room))
    return tuple(pieces)


def _odds_pieces(logit: float, detail: int) -> Line:
    pieces: Line = ()
    if detail >= 1:
        room = translate("Status", "odds {odds}", odds="99.9 : 1")
        pieces += (Piece(translate("Status", "odds {odds}", odds=odds_text(logit)), room),)
    if detail >= 2:
        room = translate("Status", "logit {logit}", logit="-00.00")
        pieces += (Piece(translate("Status", "logit {logit}", logit=logit_text(logit)), room),)
    return pieces
