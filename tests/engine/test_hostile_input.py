"""Broken files of every format are read or refused in words, nothing else; `script/fuzz` feeds many more."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
import zlib
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import FallLineError
from engine.files import sheet_worker, weights_json, weights_npz
from engine.files.decoding import MOST_MARKS, composed
from engine.files.journal import decode_journal
from engine.files.scenes import parse_scene
from engine.files.sheets import read_sheet
from engine.files.table import TableError
from engine.files.table_rows import MOST_COLUMNS, unique_names
from engine.files.table_source import TextSource, open_table
from engine.optimum.best_mse import best_found_mse
from engine.samples import Samples
from engine.specs import ModelSpec
from engine.training_data import TrainingData
from script.fuzzing import books
from script.fuzzing.formats import FORMATS, valid_files

HERE = [name for name, known in FORMATS.items() if not known.is_child]
BOOKS = [name for name, known in FORMATS.items() if known.is_child]


def read_or_refused(name: str, data: bytes) -> None:
    with suppress(FallLineError):  # any other exception fails the test, and so does a warning
        FORMATS[name].read(data)


@pytest.mark.parametrize("name", HERE)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name, data):
    read_or_refused(name, data)


@pytest.mark.parametrize("name", HERE)
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**64), rounds=st.integers(1, 3))
def test_files_with_mistakes_are_read_or_refused_and_what_is_read_can_be_written(name, seed, rounds):
    generator, valid = random.Random(seed), valid_files(name)
    data = generator.choice(valid)
    for _ in range(rounds):
        data = FORMATS[name].mutate(generator, data, valid)
    read_or_refused(name, data)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", BOOKS)
def test_books_with_mistakes_are_read_or_refused_whatever_becomes_of_their_process(tmp_path, name, seed):
    made = {
        "xlsx": books.xlsx_books,
        "xlsb": books.xlsb_books,
        "ods": books.ods_books,
        "xls": books.xls_books,
    }
    valid = made[name]()
    path = tmp_path / f"people.{name}"
    path.write_bytes(FORMATS[name].mutate(random.Random(seed), valid[0], valid))
    with suppress(FallLineError):
        assert len(read_sheet(path)) > 0


# --- archives ---------------------------------------------------------------------------------------


def npz_of(**arrays: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)
    return stream.getvalue()


def test_an_archive_that_unpacks_to_far_more_than_weights_is_refused_before_it_is():
    bomb = npz_of(format=np.zeros(weights_npz.MAX_UNPACKED_BYTES // 8 + 1))
    assert len(bomb) < 100_000
    with pytest.raises(FallLineError, match="more than 64 MB"):
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


# --- JSON -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [b"[" * 100_000, b"1" * 5_000], ids=["depth", "digits"])
def test_json_beyond_what_python_reads_is_refused_as_a_scene(text):
    with pytest.raises(FallLineError, match="not valid JSON"):
        parse_scene(text)


def test_the_last_of_very_many_keys_standing_twice_is_found():
    keys = ",".join(f'"k{number}":0' for number in range(60_000))
    with pytest.raises(FallLineError, match="k59999 stands there twice"):
        weights_json.parse(f'{{{keys},"k59999":1}}'.encode())
    with pytest.raises(FallLineError, match="k59999 stands there twice"):
        parse_scene(f'{{{keys},"k59999":1}}'.encode())


def scene_with(part: str, key: str, value: object) -> bytes:
    scene = next(found for found in map(json.loads, valid_files("scene")) if part in found)
    return json.dumps({**scene, part: {**scene[part], key: value}}).encode()


@pytest.mark.parametrize("n", [100_001, 2**31, 2**63, 10**400])
def test_a_scene_does_not_generate_more_people_than_open_at_once(n):
    with pytest.raises(FallLineError, match=r"generator\.n: expected a whole number from \d to \d+, found"):
        parse_scene(scene_with("generator", "n", n))
    assert len(parse_scene(scene_with("generator", "n", 300)).state.samples) == 300


@pytest.mark.parametrize("key", ["seed", "batch_size", "split_seed"])
def test_a_scene_holds_no_number_that_a_session_could_not(key):
    assert getattr(parse_scene(scene_with("settings", key, 2**53)).state.settings, key) == 2**53
    with pytest.raises(FallLineError, match=f"{key}: expected a whole number from . to 9007199254740992"):
        parse_scene(scene_with("settings", key, 2**53 + 1))


def test_a_whole_line_of_a_journal_nested_too_deep_ends_it():
    start = valid_files("journal")[2]
    body = b'{"record":' + b"[" * 5_000
    deep = body + b" %08x\n" % zlib.crc32(body)
    assert len(decode_journal(start + deep + start).state.samples) == len(decode_journal(start).state.samples)
    with pytest.raises(FallLineError, match="not a recovery file"):
        decode_journal(deep)


# --- tables -----------------------------------------------------------------------------------------


def opened(text: str) -> object:
    *_, table = open_table(TextSource(text, "Clipboard"), None, lambda: False)
    return table


def test_a_table_of_very_many_columns_is_refused():
    row = "\t".join(["sex"] * MOST_COLUMNS)
    assert len(opened(f"{row}\n1\n").table.names) == MOST_COLUMNS
    with pytest.raises(TableError, match="has 5001 columns, and at most 5000"):
        opened(f"{row}\tsex\n1\n")


def test_names_that_stand_there_often_are_numbered_past_those_that_are_taken():
    names, repeated = unique_names(["a", "a (2)", "a", "a", "b", ""])
    assert names == ("a (1)", "a (2)", "a (3)", "a (4)", "b", "column 6")
    assert repeated == {"a"}
    many, _ = unique_names(["x"] * 200_000)
    assert many[-1] == "x (200000)"


def test_marks_without_end_on_one_letter_are_no_text():
    assert composed("e\u0301" * 1000) == "\u00e9" * 1000
    assert composed("각" * 1000) == "\uac01" * 1000
    marks = "\u0315\u0300" * (MOST_MARKS // 2)
    stacked = "가" * 100 + marks
    assert composed(stacked) == "가" * 100 + "\u0300" * (MOST_MARKS // 2) + "\u0315" * (MOST_MARKS // 2)
    assert composed(stacked + "\u0315") is None


@pytest.mark.parametrize(
    "data",
    [
        b"height;weight\r\r\n170.5;65\r\n",
        b'"height"\t"\right"\n170,5\t65\n',
        b"height,weight\n170.5,65\v\n",
        b"height,weight\n170.5,\f65\n",
        b"height,weight\n\xef\xbb\xbf170,65\n",
        b"sep=;\nheight;weight\n\xef\xbb\xbf;65\n",
    ],
)
def test_a_large_table_has_the_lines_and_cells_that_a_small_one_has(data):
    """The reader of large tables is compared with the other one, whatever the size."""
    read_or_refused("csv_large", data)


# --- spreadsheets -----------------------------------------------------------------------------------


def test_an_element_that_never_ends_is_a_broken_book(tmp_path):
    """calamine 0.37 waits for its end for ever."""
    path = tmp_path / "people.ods"
    path.write_bytes(books.ods_books()[0])
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members["content.xml"] = members["content.xml"].replace(b"</table:table>", b"</table:other>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(TableError, match="broken or of a kind"):
        read_sheet(path)


def test_a_chain_of_sectors_that_goes_round_is_a_broken_book(tmp_path):
    """calamine 0.37 follows it until there is no memory left."""
    data = bytearray(books.xls_books()[0])
    folder, table = struct.unpack_from("<I", data, 48)[0], struct.unpack_from("<I", data, 76)[0]
    path = tmp_path / "people.xls"
    path.write_bytes(data)
    sheet_worker.check_xls(str(path))
    assert read_sheet(path).names == ("height (cm)", "weight (kg)", "sex")
    struct.pack_into("<I", data, (table + 1) * 512 + 4 * folder, folder)
    path.write_bytes(data)
    with pytest.raises(ValueError, match="goes round"):
        sheet_worker.check_xls(str(path))
    with pytest.raises(TableError, match="broken or of a kind"):
        read_sheet(path)


def test_a_panic_in_the_library_is_a_broken_book(tmp_path):
    path = tmp_path / "people.xlsb"
    path.write_bytes(books.xlsb_books()[0])
    assert read_sheet(path).columns[2] == ["M", "F", "여"]
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    relations = members["xl/_rels/workbook.bin.rels"]
    members["xl/_rels/workbook.bin.rels"] = relations.replace(b"rId1", b"rId2")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    with pytest.raises(TableError, match="broken or of a kind"):
        read_sheet(path)


# --- what is not a file -----------------------------------------------------------------------------


def test_where_no_weight_changes_anything_every_start_is_a_best_one():
    samples = Samples.from_columns([170.0, 170.0], [70.0, 70.0], [0, 1])
    data = TrainingData.from_samples(samples, 2, bias=False)
    assert best_found_mse(ModelSpec("logistic", 2), data).mse == pytest.approx(0.25)
