"""Valid files of every format: what the fuzzer puts its mistakes into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.document import edits
from engine.document.commands import Command, apply
from engine.document.state import DocumentState, GuessLine
from engine.files import weights_csv
from engine.files.journal import change_pieces, run_pieces, view_pieces, work_pieces
from engine.files.journal_content import RunRecord, StackChange, UndoEntry, Work
from engine.files.scene_text import encode_scene_text
from engine.files.scenes import parse_scene
from engine.files.session import Session, encode_session, encode_state
from engine.files.session_content import SessionView
from engine.files.weights import MetricsInfo, TrainingInfo, WeightsFile, weights_from
from engine.models import layout_of
from engine.running.run import Run
from engine.running.saved_run import SavedRun
from engine.samples import Samples
from engine.scaling import Standardizer
from engine.specs import ModelSpec

ROOT = Path(__file__).resolve().parents[2]
VIEW = SessionView(tab="loss", ruler="mse", selected_model=1, speed=20.0, scene="first", bmi_rule="who")


def weights() -> list[WeightsFile]:
    """Exported models: two classes, three, and one with hidden layers."""
    scaler = Standardizer(170.0, 65.5, 11.25, 15.0)
    training = TrainingInfo("gd", 0.1, 32, 500, 7, "none", start="zeros")
    made = []
    for kind, loss, n_classes in (("logistic", "bce", 2), ("softmax", "ce", 3), ("mlp", "bce", 2)):
        model = ModelSpec(kind, n_classes, (3, 2) if kind == "mlp" else ())
        count = layout_of(model).parameter_count
        metrics = MetricsInfo(20, 0.5, 0.1, 0.5, tuple(tuple(range(n_classes)) for _ in range(n_classes)))
        names = tuple(f"class {index}" for index in range(n_classes))
        made.append(
            weights_from(model, np.linspace(-1.0, 2.0, count), scaler, loss, names, training, metrics)
        )
    return made


def states() -> list[DocumentState]:
    """A document without samples, and one with a few: labelled, unlabelled, held out, of several labels."""
    state = parse_scene(scene_files()[0]).state
    few = Samples.from_columns([150.5, 170.25, 190.0], [50.0, 70.125, 90.0], [0, 1, -1], [False, True, False])
    several = edits.set_label_set(replace(state, samples=few), [0], 3)
    assert several is not None
    return [replace(state, samples=Samples()), apply(replace(state, samples=few), several)]


def sessions() -> list[bytes]:
    """Documents alone, and one with a run and a window's set-up."""
    state, snapshot = _trained()
    session = Session(state, SavedRun.of(snapshot), VIEW)
    return [*(encode_state(one) for one in states()), encode_session(session)]


def journals() -> list[bytes]:
    """A journal with a command of every kind, undone and done again, a run and a set-up; and the shortest."""
    state, snapshot = _trained()
    snapshot_line = b"".join(work_pieces(Work(state, run=RunRecord.of(snapshot), view=VIEW)))
    lines, entries, now = [snapshot_line], [], state
    for number, command in enumerate(_commands(state)):
        now = apply(now, command)
        entries.append(UndoEntry(command, "edit"))
        lines.append(b"".join(change_pieces(StackChange(number, (entries[-1],), number + 1))))
    lines.append(b"".join(change_pieces(StackChange(len(entries), (), len(entries) - 2))))
    lines.append(b"".join(run_pieces(RunRecord.of(snapshot))))
    lines.append(b"".join(view_pieces(VIEW)))
    whole = b"".join(work_pieces(Work(now, entries, len(entries), RunRecord.of(snapshot), VIEW)))
    return [b"".join(lines), whole, snapshot_line]


def tables() -> list[bytes]:
    """Tables as text in many manners, exported weights among them, which people open for samples."""
    rows = "height (cm),weight,sex\n170.5,65,F\n180,80.25,M\n160,,F\n"
    return [
        rows.encode(),
        rows.replace(",", ";").replace(".", ",").encode("utf-16"),
        ("\ufeff" + rows).encode(),
        '"키","몸무게","성별"\n"170","65","여"\n"181,5","80","남"\n'.encode("cp949"),
        b"sep=;\nheight;weight;label\n1.70;65;a\n1.81;90;b\n",
        b"'height'|'weight'\n'170.5'|'65'\n'180'|'75'\n",
        "Größe\tGewicht\n170,5\t65\n".encode("latin-1"),
        b"height_cm,weight_kg,class,labels,held_out\n170.5,65,a,a,0\n180,75,a,a|b,1\n160,50,b,b,1\n",
        *(weights_csv.encode(one) for one in weights()),
    ]


def plain_tables() -> list[bytes]:
    """Tables of the plain kind, which pyarrow reads where they are large."""
    rows = "height,weight,sex\n170.5,65,F\n180,80.25,M\n160,71,F\n"
    return [
        rows.encode(),
        rows.replace("\n", "\r\n").replace(",", ";").encode(),
        b'"height"\t"weight"\n 170,5 \t65\n180\t"75"\n',
        "키|몸무게|성별\n170|65|여\n181|80|남\n".encode("cp949"),
        "170,65,1\n180,75,0\n1e2,inf,0\n".encode("utf-16"),
        b"sep=;\nheight;weight\n1.70;65\n",
        b"height_cm,weight_kg,class,held_out\n170.5,65,a,0\n180,75,b,1\n160,50,b,true\n",
    ]


def scene_files() -> list[bytes]:
    """The scenes that the program brings."""
    return [path.read_bytes() for path in sorted((ROOT / "assets" / "scenes").glob("*.json"))]


def scene_lines() -> list[bytes]:
    """Documents as one line of text."""
    return [encode_scene_text(one).encode() for one in states()]


def _trained():  # noqa: ANN202 - a document and the snapshot of its run
    state = replace(states()[1], samples=Samples.from_columns([150.5, 170.25], [50.0, 70.125], [0, 1]))
    run = Run(state.training_spec())
    run.advance(3, every_step=True)
    return state, run.snapshot()


def _commands(state: DocumentState) -> Iterable[Command]:
    """A command of every kind, each after the one before."""
    for edit in (
        lambda now: edits.add_samples(now, [160.5, 171.0], [60.0, 70.0], 1),
        lambda now: edits.add_class(now, edits.next_class_id(now)),
        lambda now: edits.rename_class(now, 2, "새 범주"),
        lambda now: edits.change_settings(now, {"batch_size": 2, "seed": 5}),
        lambda now: edits.set_guess(now, GuessLine(-0.1, 0.2, 3.0)),
        lambda now: edits.remove_samples(now, [0]),
        lambda now: edits.replace_document(now, states()[1]),
    ):
        command = edit(state)
        assert command is not None
        yield command
        state = apply(state, command)
