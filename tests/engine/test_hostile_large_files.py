"""Files of 20 MB made to take all memory end in a sentence, within 2 GB; `script/fuzz --large` reads more."""

from __future__ import annotations

import sys

import pytest

from script.fuzzing.large import read_large_file

FAST = {
    "json_digits": "not valid JSON",
    "npz_bomb": "more than 64 MB",
    "npz_liar": "not a valid NPZ file",
    "onnx_dimension": "Another program has changed",
    "safetensors_header": "not a valid safetensors file",
    "session_depth": "brackets stand within brackets",
    "scene_depth": "not valid JSON",
    "scene_text_bomb": "holds what no document can",
    "journal_depth": "not a recovery file",
    "csv_header": "columns, and at most 5000 can be read",
    "xlsx_rows": "too large to be opened",
    "ods_bomb": "too large to be opened",
    "ods_liar": "broken or of a kind",
    "xls_chain": "broken or of a kind",
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded and measured as Linux does it")
@pytest.mark.parametrize("name", FAST)
def test_a_large_file_made_to_take_all_memory_is_refused_in_words(name):
    told = read_large_file(name)
    assert told["outcome"] == "refused", told
    assert FAST[name] in str(told["sentence"])
    assert float(str(told["resident_mb"])) < 2048
