"""`main.py train` reads spreadsheets as the window does, and tells what stands above a table."""

from __future__ import annotations

import json

import openpyxl
import pytest

from engine.command_line.parser import main
from tests.e2e.train_tools import COLUMNS

PEOPLE = [("height", "weight", "sex"), (182, 77, "M"), (161, 58, "F"), (170, 60, "M"), (172, 70, "F")]


@pytest.fixture
def weights(tmp_path, capsys):
    def train(name: str) -> tuple[str, dict]:
        out = tmp_path / "out.json"
        status = main([str(tmp_path / name), *COLUMNS, "--steps", "5", "--export", str(out)])
        said = capsys.readouterr()
        assert (status, said.err) == (0, "")
        return said.out, json.loads(out.read_text(encoding="utf-8"))

    return train


def test_a_sheet_gives_the_weights_of_its_csv(tmp_path, weights):
    book = openpyxl.Workbook()
    book.active.title = "notes"
    book.active.append(("read", "me"))
    sheet = book.create_sheet("people")
    for row in [("Class 3B",), *PEOPLE]:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    text = "\n".join(["Class 3B, spring", *(",".join(map(str, row)) for row in PEOPLE)])
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    by_sheet, by_text = weights("a.xlsx"), weights("a.csv")
    assert by_sheet[1] == by_text[1]
    assert by_sheet[0].startswith(f'{tmp_path / "a.xlsx"}: 4 rows, sheet "people"\n')
    assert "passed over 1 above the table ('Class 3B')" in by_sheet[0]
    assert "passed over 1 above the table ('Class 3B, spring')" in by_text[0]
