"""Broken files of every format are read or refused in words, nothing else; `script/fuzz.py` feeds more."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files import weights_json, weights_npz
from engine.files.scenes import parse_scene
from engine.optimum.best_mse import best_found_mse
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from script.fuzz import FORMATS, mutated, valid_files

NAMES = list(FORMATS)


def read_or_refused(name: str, data: bytes) -> None:
    with suppress(FallLineError):  # any other exception fails the test, and so does a warning
        FORMATS[name].read(data)


@pytest.mark.parametrize("name", NAMES)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name, data):
    read_or_refused(name, data)


@pytest.mark.parametrize("name", NAMES)
@given(seed=st.integers(0, 2**64))
def test_files_with_mistakes_are_read_or_refused(name, seed):
    is_archive = FORMATS[name].is_archive
    read_or_refused(name, mutated(random.Random(seed), valid_files(name), is_archive=is_archive))


def npz_of(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def test_an_archive_that_unpacks_to_far_more_than_weights_is_refused_before_it_is():
    bomb = npz_of(format=np.zeros(weights_npz.MAX_UNPACKED_BYTES // 8 + 1))
    assert len(bomb) < 100_000
    with pytest.raises(FallLineError, match="> 64 MB"):
        weights_npz.decode(bomb)


def test_an_array_that_says_to_be_larger_than_any_memory_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (1000000000000000,), }\n"
        archive.writestr("format.npy", b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header)
    with pytest.raises(FallLineError, match="not a valid NPZ file"):
        weights_npz.decode(stream.getvalue())


def test_text_that_is_made_of_no_characters_is_refused():
    broken = np.frombuffer(np.array([0x110000], dtype=np.uint32).tobytes(), dtype="<U1").reshape(())
    with pytest.raises(FallLineError, match="not a valid NPZ file"):
        weights_npz.decode(npz_of(format=broken))


def test_metadata_with_half_a_character_is_refused():
    with np.load(io.BytesIO(valid_files("npz")[0])) as archive:
        arrays = dict(archive)
    arrays["metadata"] = np.array("\ud920")
    with pytest.raises(FallLineError, match="not valid JSON"):
        weights_npz.decode(npz_of(**arrays))


@pytest.mark.parametrize("text", [b"[" * 100_000, b"1" * 5_000], ids=["depth", "digits"])
def test_json_beyond_what_python_reads_is_refused_as_a_scene(text):
    with pytest.raises(FallLineError, match="not valid JSON"):
        parse_scene(text)


def test_the_last_of_very_many_keys_standing_twice_is_found():
    keys = ",".join(f'"k{number}":0' for number in range(60_000))
    with pytest.raises(FallLineError, match='"k59999" stands twice'):
        weights_json.parse(f'{{{keys},"k59999":1}}'.encode())
    with pytest.raises(FallLineError, match="k59999 stands there twice"):
        parse_scene(f'{{{keys},"k59999":1}}'.encode())


def test_where_no_weight_changes_anything_every_start_is_a_best_one():
    samples = Samples.from_columns([170.0, 170.0], [70.0, 70.0], [0, 1])
    data = TrainingData.from_samples(samples, 2, bias=False)
    assert best_found_mse(ModelSpec("logistic", 2), data).mse == pytest.approx(0.25)
