"""What headers say in many spellings and languages, in every encoding and with every decimal mark."""

from __future__ import annotations

import numpy as np
import pytest

from engine.files.doubts import is_sensible
from engine.files.tables import ColumnChoice, extract_samples, guess_columns, read_table


@pytest.mark.parametrize(
    ("header", "units"),
    [
        ("height (in),weight (lb)", ("in", "lb")),
        ("Height_in,Weight_lbs", ("in", "lb")),
        ("Height(Inches),Weight(Pounds)", ("in", "lb")),
        ("heightCm,weightKg", ("cm", "kg")),
        ("키(cm),몸무게(kg)", ("cm", "kg")),
        ("키 [m],체중 [g]", ("m", "g")),
        ("Größe [cm],Gewicht [kg]", ("cm", "kg")),
        ("taille (m),poids (kg)", ("m", "kg")),
        ("altura (mm),peso (g)", ("mm", "g")),
        ("身長 (cm),体重 (kg)", ("cm", "kg")),
    ],
)
def test_units_are_read_from_headers_whatever_the_magnitudes_say(tmp_path, header, units):
    path = tmp_path / "people.csv"
    path.write_text(f"{header},sex\n1,2,M\n3,4,F\n", encoding="utf-8")
    choice = guess_columns(read_table(path))
    assert (choice.height, choice.weight) == tuple(header.split(","))
    assert (choice.height_unit, choice.weight_unit) == units


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("utf-8", "키 (cm);몸무게 (kg);성별"),
        ("utf-8-sig", "키 (cm);몸무게 (kg);성별"),
        ("utf-16", "키 (cm);몸무게 (kg);성별"),
        ("utf-16-le", "키 (cm);몸무게 (kg);성별"),
        ("cp949", "키 (cm);몸무게 (kg);성별"),
        ("latin-1", "Größe (cm);Gewicht (kg);Geschlecht"),
        ("cp1252", "Größe (cm);Gewicht (kg);Geschlecht"),
    ],
)
@pytest.mark.parametrize("quote", ["", '"'])
def test_decimal_commas_between_semicolons_in_every_encoding(tmp_path, encoding, names, quote):
    rows = [names.split(";"), ["182,5", "77,25", "A"], ["161", "1.058,5", "B"]]
    text = "\r\n".join(";".join(f"{quote}{cell}{quote}" for cell in row) for row in rows)
    path = tmp_path / "people.csv"
    path.write_bytes(text.encode(encoding))
    table = read_table(path)
    assert ";".join(table.names) == names
    result = extract_samples(table, guess_columns(table))
    assert result.height_cm.tolist() == [182.5, 161.0]
    assert result.weight_kg.tolist() == [77.25, 1058.5]


def test_a_table_of_numbers_without_a_header_goes_by_magnitude(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("1;77;1,82\n2;58;1,61\n3;60;1,70\n", encoding="utf-8")
    choice = guess_columns(read_table(path))
    assert (choice.height, choice.weight, choice.height_unit) == ("column 3", "column 2", "m")
    assert choice.label_source == "none"


def test_values_outside_sense_in_real_data(shared_data):
    table = read_table(shared_data / "Davis.csv")
    choice = ColumnChoice("height", "weight", "sex")
    doubts = extract_samples(table, choice).doubts
    assert [table.line_numbers[row] for row in doubts.rows] == [13]  # row 12 below the header
    assert (doubts.height_cm.tolist(), doubts.weight_kg.tolist()) == ([57.0], [166.0])
    assert doubts.swapped.tolist() == [True]
    howell = read_table(shared_data / "Howell2.csv")  # children of all ages
    assert len(extract_samples(howell, ColumnChoice("height", "weight", "male")).doubts) == 0


def test_a_swap_in_inches_and_pounds_takes_each_number_in_the_unit_of_its_new_column(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("height,weight,sex\n126,65,F\n70,170,M\n", encoding="utf-8")
    choice = ColumnChoice("height", "weight", "sex", "in", "lb", swapped=frozenset({0}))
    result = extract_samples(read_table(path), choice)
    assert result.height_cm.tolist() == [65 * 2.54, 70 * 2.54]
    assert result.weight_kg.tolist() == [126 * 0.45359237, 170 * 0.45359237]
    unswapped = extract_samples(read_table(path), ColumnChoice("height", "weight", "sex", "in", "lb"))
    assert (unswapped.doubts.rows.tolist(), unswapped.doubts.swapped.tolist()) == ([0], [True])


@pytest.mark.parametrize(
    ("height_cm", "weight_kg", "expected"),
    [(272, 199, True), (54.6, 2.3, True), (251, 120, True), (170, 635, False), (185, 400, True),
     (57, 166, False), (1.7, 70, False), (170, 7, False), (1700, 70, False), (67, 150, False)],
)  # fmt: skip
def test_the_tallest_and_heaviest_people_make_sense_and_slips_do_not(height_cm, weight_kg, expected):
    assert is_sensible(np.array([float(height_cm)]), np.array([float(weight_kg)])).tolist() == [expected]
