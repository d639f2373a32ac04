"""The command line of ``main.py train``: flags and their checks, an interface that other programs rely on."""

from __future__ import annotations

import argparse
import csv
import math
import os
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn, cast, get_args

from engine.command_line.train import DivergedError, TrainRequest, run
from engine.errors import FallLineError
from engine.files.tables import HEIGHT_UNITS, WEIGHT_UNITS, ClassRule, ColumnChoice, TableError
from engine.files.weights import NotFiniteError
from engine.specs import (
    MAX_HIDDEN_LAYERS,
    MAX_HIDDEN_UNITS,
    MULTI_CLASS_KINDS,
    RIVAL_KINDS,
    HiddenActivation,
    LossName,
    ModelKind,
    OptimizerKind,
    OptimizerSpec,
    StartSpec,
)
from engine.version import COMMAND

PROGRAM = f"{COMMAND} train"
OPTIMIZERS: tuple[OptimizerKind, ...] = ("gd", "momentum", "adam")
MODELS: tuple[ModelKind, ...] = ("logistic", *MULTI_CLASS_KINDS, "mlp")
STATUS_BAD_INPUT = 2
STATUS_DIVERGED = 3
STATUS_INTERRUPTED = 130

DESCRIPTION = """\
Train a classifier of height and weight on a CSV file and export its weights, without a window. A spreadsheet
(.xlsx, .xls, .ods) is read as the window reads it: the first sheet with heights and weights.

The file's delimiter, quoting, byte-order mark and encoding are found. Rows with a missing (empty, NA) or
unreadable cell are left out, counted and listed. For two classes the second one is the positive one."""

EPILOGUE = """\
Status: 0 all went well; 2 bad input or usage; 3 training diverged, and nothing was exported.
The exported files are described in docs/weights-format.md."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one sentence, not the whole usage."""

    def error(self, message: str) -> NoReturn:
        self.exit(STATUS_BAD_INPUT, f"{self.prog}: error: {message}\nSee {self.prog} --help.\n")


def main(arguments: Sequence[str]) -> int:
    """Run ``main.py train`` with these arguments (the word ``train`` not among them); returns the status."""
    request = parse(arguments)
    try:
        summary = run(request, sys.stderr, _warn)
    except (DivergedError, NotFiniteError) as error:
        return _complain(str(error), STATUS_DIVERGED)
    except TableError as error:
        return _complain(f"{error.place}: {error}", STATUS_BAD_INPUT)
    except FallLineError as error:
        return _complain(str(error), STATUS_BAD_INPUT)
    except KeyboardInterrupt:
        return _complain("Stopped: nothing was exported.", STATUS_INTERRUPTED)
    _print(summary)
    return 0


def parse(arguments: Sequence[str]) -> TrainRequest:
    """Turn arguments into a request; a wrong one ends the program with a sentence and status 2."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.optimum and options.loss == "mse":
        parser.error("argument --optimum: the MSE has no exact optimum to compute; use --loss bce or ce")
    hidden: tuple[int, ...] = options.hidden or ()
    if hidden and options.optimum:
        parser.error("argument --optimum: a model with hidden layers has no exact optimum to compute")
    if hidden and options.loss == "ce":
        parser.error("argument --loss: a model with hidden layers has one output; use --loss bce or mse")
    if hidden and options.model not in (None, "mlp"):
        parser.error(f"argument --hidden: the model {options.model} has no hidden layers; use --model mlp")
    if options.model == "mlp" and not hidden:
        parser.error("argument --model: mlp needs the units of its hidden layers, as in --hidden 8")
    if options.optimum and options.model in RIVAL_KINDS:
        parser.error(f"argument --optimum: the model {options.model} has no exact optimum to compute")
    if hidden and options.label_smoothing:
        parser.error("argument --label-smoothing: a model with hidden layers knows no such thing")
    if options.activation and not hidden:
        parser.error("argument --activation: only hidden layers have one; use --hidden")
    kind = cast(OptimizerKind, options.optimizer)
    return TrainRequest(
        path=Path(options.data),
        choice=ColumnChoice(
            height=options.height,
            weight=options.weight,
            label=options.label,
            height_unit=options.height_unit or "cm",
            weight_unit=options.weight_unit or "kg",
            classes=tuple(options.classes) if options.classes else None,
        ),
        loss=options.loss,
        optimizer=OptimizerSpec(kind, options.learning_rate, options.momentum),
        batch_size=options.batch_size,
        steps=options.steps,
        start=options.start or StartSpec("normal" if hidden or options.model in RIVAL_KINDS else "zeros"),
        seed=options.seed,
        optimum=options.optimum,
        exports=tuple(options.exports),
        hidden=hidden,
        activation=options.activation or "tanh",
        model=options.model,
        label_smoothing=options.label_smoothing,
        is_height_unit_given=options.height_unit is not None,
        is_weight_unit_given=options.weight_unit is not None,
    )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("data", metavar="DATA.csv", help="the file with one person a row, and a header")
    _add_columns(parser.add_argument_group("what to read"))
    _add_model(parser.add_argument_group("what to train"))
    _add_training(parser.add_argument_group("how to train"))
    parser.add_argument(
        "--export",
        dest="exports",
        metavar="OUT.json",
        type=Path,
        action="append",
        required=True,
        help="write the weights; may be repeated; the suffix is the format: .json, .npz, .csv, .onnx or "
        ".safetensors",
    )
    return parser


def _add_columns(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--height", metavar="COL", type=_text, required=True, help="the column of heights")
    group.add_argument("--weight", metavar="COL", type=_text, required=True, help="the column of weights")
    group.add_argument("--label", metavar="COL", type=_text, required=True, help="the column of labels")
    group.add_argument("--height-unit", choices=HEIGHT_UNITS, help="unit of the heights (default: cm)")
    group.add_argument("--weight-unit", choices=WEIGHT_UNITS, help="unit of the weights (default: kg)")
    group.add_argument(
        "--class",
        dest="classes",
        metavar="NAME=VALUE[,VALUE...]",
        type=_class_rule,
        action="append",
        help="a class and the labels it is made of; repeated, in the order of the classes; other rows are "
        "left out and counted (default: one class for each distinct label, numbers by value, then text)",
    )


def _add_training(group: argparse._ArgumentGroup) -> None:
    optimizer = OptimizerSpec()
    group.add_argument(
        "--loss",
        choices=get_args(LossName),
        help="what to minimise; ce with two classes trains two softmax rows, bce needs two classes or "
        "--model sigmoids (default: bce for two classes, ce for more; with --model its own of the two)",
    )
    group.add_argument(
        "--optimizer",
        choices=OPTIMIZERS,
        default="gd",
        help="gradient descent, the same with momentum, or Adam (default: gd)",
    )
    group.add_argument(
        "--learning-rate",
        metavar="R",
        type=_positive,
        default=optimizer.learning_rate,
        help=f"above 0 (default: {optimizer.learning_rate})",
    )
    group.add_argument(
        "--batch-size",
        metavar="N|full",
        type=_batch_size,
        default=None,
        help="samples a step (default: full)",
    )
    group.add_argument(
        "--steps", metavar="N", type=_count, default=1000, help="steps to take (default: 1000)"
    )
    group.add_argument(
        "--start",
        metavar="zeros|normal[:SPREAD]",
        type=_start,
        help="where the standardised weights start: all 0, or drawn from a normal distribution with this "
        "standard deviation (default: zeros; SPREAD: 1); with --hidden the default is normal, the deviation "
        "is divided by the root of a node's inputs, and biases start at 0; with --model absolute or square, "
        "which zeros leave undefined, it is normal too",
    )
    group.add_argument(
        "--momentum",
        metavar="M",
        type=_share,
        default=optimizer.momentum,
        help=f"from 0 to below 1, for --optimizer momentum (default: {optimizer.momentum})",
    )
    group.add_argument(
        "--seed", metavar="N", type=_seed, default=0, help="for the start and the batches (default: 0)"
    )
    group.add_argument(
        "--optimum",
        action="store_true",
        help="write the exact optimum in place of training (all options here but --loss are then unused); "
        "an error for mse and for data that a line separates (default: train)",
    )


def _add_model(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--model",
        choices=MODELS,
        help="logistic (two classes); with an output node for each of 2 to 8 classes softmax, sigmoids "
        "(independent ones, on --loss bce or mse), absolute (|z| / sum |z|) or square (z^2 / sum z^2); or "
        "mlp with --hidden (default: logistic for two classes, softmax for more or with --loss ce)",
    )
    group.add_argument(
        "--label-smoothing",
        metavar="E",
        type=_share,
        default=0.0,
        help="soften the labels to (1 - E) y + E / K, from 0 to below 1; not with --hidden (default: 0)",
    )
    group.add_argument(
        "--hidden",
        metavar="N[,N[,N]]",
        type=_hidden,
        help="train a multi-layer perceptron with so many units in each hidden layer, as in 8,8: 1 to 3 "
        "layers of 1 to 16 units, for two classes and --loss bce or mse (default: no hidden layer)",
    )
    group.add_argument(
        "--activation",
        choices=get_args(HiddenActivation),
        help="of the hidden units (default: tanh)",
    )


def _text(text: str) -> str:
    """Text in the composed form that tables are read in."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise argparse.ArgumentTypeError("the text is not valid in this terminal's encoding") from None
    return unicodedata.normalize("NFC", text)


def _class_rule(text: str) -> ClassRule:
    name, equals, values = _text(text).partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f'"{text}" is not of the form NAME=VALUE[,VALUE...]')
    cells = next(csv.reader([values]), [])
    rule = ClassRule(name.strip(), tuple(cell.strip() for cell in cells))
    if not rule.name or not rule.values or not all(rule.values):
        raise argparse.ArgumentTypeError(f'"{text}" lacks a name or a value')
    return rule


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f'"{text}" is not a finite number')
    return value


def _positive(text: str) -> float:
    value = _number(text)
    if value <= 0.0:
        raise argparse.ArgumentTypeError(f'"{text}" is not above 0')
    return value


def _share(text: str) -> float:
    value = _number(text)
    if not 0.0 <= value < 1.0:
        raise argparse.ArgumentTypeError(f'"{text}" is not from 0 to below 1')
    return value


def _count(text: str, least: int = 0, most: int = 2**53) -> int:
    value = int(text) if text.isascii() and text.isdecimal() and len(text) <= 20 else -1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f'"{text}" is not a whole number from {least}')
    return value


def _seed(text: str) -> int:
    return _count(text)


def _batch_size(text: str) -> int | None:
    return None if text == "full" else _count(text, least=1)


def _hidden(text: str) -> tuple[int, ...]:
    sizes = tuple(_count(part) if part.isascii() and part.isdecimal() else 0 for part in text.split(","))
    if len(sizes) > MAX_HIDDEN_LAYERS or not all(1 <= size <= MAX_HIDDEN_UNITS for size in sizes):
        raise argparse.ArgumentTypeError(
            f'"{text}" is not 1 to {MAX_HIDDEN_LAYERS} numbers from 1 to {MAX_HIDDEN_UNITS}, with commas'
        )
    return sizes


def _start(text: str) -> StartSpec:
    kind, colon, spread = text.partition(":")
    if kind == "zeros" and not colon:
        return StartSpec("zeros")
    if kind == "normal":
        return StartSpec("normal", _positive(spread) if colon else StartSpec().spread)
    raise argparse.ArgumentTypeError(f'"{text}" is neither zeros nor normal nor normal:SPREAD')


def _complain(sentence: str, status: int) -> int:
    print(f"{PROGRAM}: error: {sentence}", file=sys.stderr)
    return status


def _warn(sentence: str) -> None:
    print(f"{PROGRAM}: warning: {sentence}", file=sys.stderr)


def _print(summary: str) -> None:
    """Print to a standard output that nobody may be reading any more: the files are written anyway."""
    try:
        print(summary, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
