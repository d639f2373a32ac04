"""Documents, runs and set-ups of every kind, for the tests of session files and of what else stores them."""

from __future__ import annotations

from typing import get_args

import numpy as np
from hypothesis import strategies as st

from engine.document.state import (
    BUILT_IN_CLASS_KEYS,
    MARKERS,
    ClassInfo,
    DocumentState,
    GuessLine,
    LossMode,
    Settings,
)
from engine.files.session import SessionView
from engine.running.run import Run
from engine.samples import SampleRows, Samples, lowest_label
from engine.specs import HiddenActivation, ModelKind, OptimizerKind, OptimizerSpec, StartSpec

REAL = st.floats(allow_nan=False, allow_infinity=False)
SHARE = st.floats(0.0, 1.0, exclude_max=True)
POSITIVE = st.floats(1e-300, 1e300)
WHOLE = st.integers(0, 2**53)


@st.composite
def samples(draw, n_classes: int) -> Samples:
    """Up to 40 samples with gaps in their ids, some without a label, held out, or with several labels."""
    ids = sorted(draw(st.sets(st.integers(0, 10_000), max_size=40)))
    n = len(ids)
    column = lambda values: draw(st.lists(values, min_size=n, max_size=n))  # noqa: E731
    sets = np.array(column(st.integers(-1, 2**n_classes - 1)), dtype=np.int16)
    classes = np.array(column(st.integers(-1, n_classes - 1)), dtype=np.int64)
    rows = SampleRows.make(
        np.array(ids, dtype=np.int64),
        np.array(column(REAL)),
        np.array(column(REAL)),
        np.where(sets < 0, classes, lowest_label(sets)),
        np.array(column(st.booleans()), dtype=bool),
        sets,
    )
    return Samples((), draw(st.integers(ids[-1] + 1 if ids else 0, 20_000))).put(rows)


@st.composite
def settings(draw) -> Settings:
    """Settings over the whole of what they can be."""
    return Settings(
        model=draw(st.sampled_from(get_args(ModelKind))),
        loss_mode=draw(st.sampled_from(get_args(LossMode))),
        optimizer=OptimizerSpec(
            draw(st.sampled_from(get_args(OptimizerKind))), draw(POSITIVE), *(draw(SHARE) for _ in range(3)),
            draw(POSITIVE),
        ),
        batch_size=draw(st.none() | st.integers(1, 2**53)),
        start=draw(
            st.builds(StartSpec, st.just("zeros"))
            | st.builds(StartSpec, st.just("normal"), POSITIVE)
            | st.builds(StartSpec, st.just("exact"), st.just(1.0), st.lists(REAL, max_size=9).map(tuple))
        ),
        seed=draw(WHOLE),
        threshold=draw(st.floats(0.0, 1.0)),
        hidden=draw(st.lists(st.integers(1, 16), min_size=1, max_size=3).map(tuple)),
        activation=draw(st.sampled_from(get_args(HiddenActivation))),
        standardize=draw(st.booleans()),
        bias=draw(st.booleans()),
        held_out_share=draw(SHARE),
        split_seed=draw(WHOLE),
        label_smoothing=draw(SHARE),
    )  # fmt: skip


@st.composite
def documents(draw) -> DocumentState:
    """A document of 0 to 8 classes."""
    n_classes = draw(st.integers(0, 8))
    ids = draw(
        st.lists(
            WHOLE.filter(lambda number: number < 2**53), min_size=n_classes, max_size=n_classes, unique=True
        )
    )
    classes = tuple(
        ClassInfo(
            class_id,
            draw(st.sampled_from(BUILT_IN_CLASS_KEYS)),
            draw(st.none() | st.text()),
            draw(st.integers(0, 7)),
            draw(st.sampled_from(MARKERS)),
        )
        for class_id in ids
    )
    guess = draw(st.none() | st.builds(GuessLine, REAL, REAL, REAL))
    return DocumentState(draw(samples(n_classes)), classes, draw(settings()), guess)


VIEWS = st.builds(
    SessionView,
    tab=st.none() | st.text(),
    ruler=st.none() | st.text(),
    selected_model=st.integers(0, 1),
    speed=st.none() | POSITIVE,
    scene=st.none() | st.text(),
    bmi_rule=st.none() | st.sampled_from(["who", "korean"]),
    current_class=st.integers(0, 7),
)


def people(n_classes: int = 2, n: int = 40, **changes: object) -> DocumentState:
    """People on whom every model can be trained."""
    rng = np.random.default_rng(3)
    labels = np.arange(n) % n_classes
    columns = Samples.from_columns(
        rng.normal(170.0, 8.0, n) + labels, rng.normal(70.0, 9.0, n) + 6 * labels, labels
    )
    classes = tuple(ClassInfo(index, color=index, marker=MARKERS[index]) for index in range(n_classes))
    return DocumentState(columns, classes, Settings(**changes))


def trained(state: DocumentState, steps: int) -> Run:
    """A run on a document, so many steps on."""
    run = Run(state.training_spec())
    assert run.advance(steps, every_step=True) == steps
    return run
