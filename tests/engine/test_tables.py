"""From a CSV file to samples: encodings, delimiters, units, classes, and every row accounted for."""

from __future__ import annotations

import codecs
from pathlib import Path

import numpy as np
import pytest

from engine.files.cells import parse_number
from engine.files.tables import (
    ClassRule,
    ColumnChoice,
    TableError,
    extract_samples,
    guess_columns,
    read_table,
)

PEOPLE = "height,weight,sex\n182,77,M\n161,58,F\n161.5,53,F\n177,68,M\n"
CHOICE = ColumnChoice("height", "weight", "sex")
KOREAN = "키,몸무게,성별\n182,77,남\n161,58,여\n"


def write(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "people.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


def extract(folder: Path, text: str | bytes, choice: ColumnChoice = CHOICE):
    return extract_samples(read_table(write(folder, text)), choice)


def reasons(extraction):
    return [(left.line, left.column, str(left.reason), left.cell) for left in extraction.left_out]


class TestEncodings:
    @pytest.mark.parametrize(
        ("encoding", "found"),
        [
            ("utf-8", "utf-8"),
            ("utf-8-sig", "utf-8-sig"),
            ("utf-16", "utf-16"),
            ("utf-16-le", "utf-16-le"),
            ("utf-16-be", "utf-16-be"),
            ("utf-32", "utf-32"),
            ("cp949", "cp949"),
        ],
    )
    def test_korean_text_is_read_in_every_encoding_it_comes_in(self, tmp_path, encoding, found):
        table = read_table(write(tmp_path, KOREAN, encoding))
        assert table.names == ("키", "몸무게", "성별")
        assert list(table.columns[2]) == ["남", "여"]
        assert table.encoding == found

    def test_utf_16_with_either_byte_order_mark(self, tmp_path):
        for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
            assert read_table(write(tmp_path, mark + PEOPLE.encode(encoding))).names == (
                "height",
                "weight",
                "sex",
            )

    @pytest.mark.parametrize(
        "header", ["größe,gewicht,geschlecht", "taille,poids,catégorie", "høyde,vekt,kjønn"]
    )
    def test_western_text_in_latin_1(self, tmp_path, header):
        text = header + "\n182,77,männlich\n161,58,weiblich\n"
        table = read_table(write(tmp_path, text, "latin-1"))
        assert ",".join(table.names) == header
        assert table.columns[2][0] == "männlich"

    def test_a_western_apostrophe_of_windows(self, tmp_path):
        table = read_table(write(tmp_path, b"d\x92height,w,l\n1,2,3\n"))
        assert table.names[0] == "d’height"

    def test_one_korean_cell_far_down_decides_for_cp949(self, tmp_path):
        rows = "".join(f"{150 + index % 40},60,M\n" for index in range(5000))
        text = "height,weight,sex\n" + rows + "160,60,여자\n"
        table = read_table(write(tmp_path, text, "cp949"))
        assert table.columns[2][-1] == "여자"

    def test_another_code_page_is_left_to_charset_normalizer(self, tmp_path):
        names = ["мужчина", "женщина", "мальчик", "девочка", "бабушка", "дедушка"]
        rows = "".join(f"{150 + index % 40},60,{names[index % 6]}\n" for index in range(60))
        table = read_table(write(tmp_path, "рост,вес,человек\n" + rows, "cp1251"))
        assert table.names == ("рост", "вес", "человек")

    def test_hangul_typed_in_pieces_matches_its_composed_form(self, tmp_path):
        import unicodedata

        table = read_table(write(tmp_path, unicodedata.normalize("NFD", KOREAN)))
        assert table.column_index("몸무게") == 1


class TestDelimitersAndQuotes:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
    def test_found_by_itself(self, tmp_path, delimiter, line_end):
        table = read_table(write(tmp_path, PEOPLE.replace(",", delimiter).replace("\n", line_end)))
        assert table.delimiter == delimiter
        assert list(table.columns[0]) == ["182", "161", "161.5", "177"]
        assert list(table.line_numbers) == [2, 3, 4, 5]

    def test_semicolons_with_decimal_commas(self, tmp_path):
        text = "height, m;weight, kg;sex\n1,82;77,5;M\n1,61;58;F\n"
        choice = ColumnChoice("height, m", "weight, kg", "sex", "m", "kg")
        result = extract(tmp_path, text, choice)
        np.testing.assert_array_equal(result.height_cm, [182.0, 161.0])
        np.testing.assert_array_equal(result.weight_kg, [77.5, 58.0])

    def test_quoted_cells_hold_delimiters_line_ends_and_quotes(self, tmp_path):
        text = '"height","weight","sex","note"\n"182","77","M","tall,\nsays ""he"""\n161,58,F,\n'
        table = read_table(write(tmp_path, text))
        assert table.columns[3][0] == 'tall,\nsays "he"'
        assert list(table.line_numbers) == [2, 4]

    def test_single_quotes(self, tmp_path):
        table = read_table(write(tmp_path, "'height','weight','a,b'\n'182','77','M'\n"))
        assert table.names == ("height", "weight", "a,b")

    def test_spaces_after_delimiters_do_not_matter(self, tmp_path):
        table = read_table(write(tmp_path, 'height , weight, "sex"\n 182 , 77 , "M"\n'))
        assert table.names == ("height", "weight", "sex")
        assert table.row(0) == ("182", "77", "M")

    def test_excel_tells_its_delimiter(self, tmp_path):
        table = read_table(write(tmp_path, "sep=;\r\na,b;c\r\n1,2;3\r\n"))
        assert table.names == ("a,b", "c")
        assert (table.header_line, table.line_numbers[0]) == (2, 3)

    def test_text_after_a_closing_quote_is_read_as_spreadsheets_do(self, tmp_path):
        table = read_table(write(tmp_path, 'height,weight,sex\n182,77,"M"ale\n'))
        assert table.columns[2][0] == "Male"

    def test_a_quote_that_is_never_closed_names_the_line_where_it_opens(self, tmp_path):
        path = write(tmp_path, 'height,weight,sex\n182,77,M\n161,"58,F\n177,68,M\n')
        with pytest.raises(TableError, match="never closed") as caught:
            read_table(path)
        assert caught.value.place == f"{path}, line 3"


class TestHeaders:
    def test_empty_and_repeated_names_get_names_of_their_own(self, tmp_path):
        table = read_table(write(tmp_path, ",height,height,height (1),\n1,2,3,4,5\n"))
        assert table.names == ("column 1", "height (2)", "height (3)", "height (1)", "column 5")

    def test_a_repeated_name_is_refused_with_those_that_exist(self, tmp_path):
        table = read_table(write(tmp_path, "height,weight,weight,sex\n1,2,3,4\n"))
        with pytest.raises(TableError, match=r'Several .*"weight \(1\)", "weight \(2\)"'):
            table.column_index("weight")

    def test_a_wrong_name_gets_a_suggestion(self, tmp_path):
        table = read_table(write(tmp_path, PEOPLE))
        with pytest.raises(TableError, match=r'no column "hieght"\. Did you mean "height"') as caught:
            table.column_index("hieght")
        assert caught.value.line == 1

    def test_a_name_that_is_like_no_other_gets_the_list(self, tmp_path):
        table = read_table(write(tmp_path, PEOPLE))
        with pytest.raises(TableError, match='The columns are "height", "weight", "sex"'):
            table.column_index("xyz")

    def test_row_names_of_r_without_a_header(self, tmp_path):
        table = read_table(write(tmp_path, '"height","weight","sex"\n"1",182,77,"M"\n"2",161,58,"F"\n'))
        assert table.names == ("column 1", "height", "weight", "sex")


class TestRows:
    def test_every_row_is_a_sample_or_is_listed(self, tmp_path):
        text = (
            "height,weight,sex\n182,77,M\n,58,F\n161,NA,F\n161,abc,F\n161,58,\n\n161,58\n161,58,F,extra\n"
            "0,58,F\n-161,58,F\ninf,58,F\n161,1e400,F\n1e9,58,F\n177,68,F\n"
        )
        result = extract(tmp_path, text)
        assert reasons(result) == [
            (3, "height", "height is missing", ""),
            (4, "weight", "weight is missing", "NA"),
            (5, "weight", "weight is not a number", "abc"),
            (6, "sex", "sex is missing", ""),
            (8, "sex", "sex is missing", ""),
            (9, "", "the row has more cells than the header has names", ""),
            (10, "height", "height is not above zero", "0"),
            (11, "height", "height is not above zero", "-161"),
            (12, "height", "height is not a finite number", "inf"),
            (13, "weight", "weight is not a finite number", "1e400"),
            (14, "height", "height is out of any range", "1e9"),
        ]
        np.testing.assert_array_equal(result.height_cm, [182.0, 177.0])
        assert [(str(reason), count) for reason, count in result.reason_counts][:2] == [
            ("sex is missing", 2),
            ("height is not above zero", 2),
        ]

    @pytest.mark.parametrize("word", ["", " ", "NA", "N/A", "NaN", "nan", "null", "NULL", "-", "#N/A"])
    def test_words_for_missing(self, tmp_path, word):
        result = extract(tmp_path, PEOPLE + f"{word},60,M\n170,60,{word}\n")
        assert [str(left.reason) for left in result.left_out] == ["height is missing", "sex is missing"]

    def test_plus_and_minus_are_labels(self, tmp_path):
        result = extract(tmp_path, "height,weight,sex\n180,70,+\n160,60,-\n")
        assert result.class_names == ("+", "-")

    def test_trailing_delimiters_are_no_extra_cells(self, tmp_path):
        assert len(extract(tmp_path, PEOPLE.replace("\n", ",\n")).height_cm) == 4

    def test_columns_are_found_by_name_and_not_by_order(self, tmp_path):
        text = "rownames,sex,weight,height\n1,M,77,182\n2,F,58,161\n"
        result = extract(tmp_path, text)
        np.testing.assert_array_equal(result.height_cm, [182.0, 161.0])
        np.testing.assert_array_equal(result.weight_kg, [77.0, 58.0])
        np.testing.assert_array_equal(result.class_index, [1, 0])

    def test_no_usable_row_tells_the_first_reason_and_its_place(self, tmp_path):
        with pytest.raises(TableError, match=r"None of the 4 rows .* sex is not a number") as caught:
            extract(tmp_path, PEOPLE, ColumnChoice("sex", "weight", "height"))
        assert (caught.value.line, caught.value.column) == (2, 3)

    def test_a_column_is_not_two_things(self, tmp_path):
        with pytest.raises(TableError, match='"height" is chosen twice'):
            extract(tmp_path, PEOPLE, ColumnChoice("height", "height", "sex"))


class TestUnits:
    @pytest.mark.parametrize(("unit", "cell"), [("cm", "182.5"), ("m", "1.825"), ("mm", "1825")])
    def test_metric_heights(self, tmp_path, unit, cell):
        text = f"height,weight,sex\n{cell},77,M\n{cell},58,F\n"
        result = extract(tmp_path, text, ColumnChoice("height", "weight", "sex", unit))
        assert result.height_cm[0] == 182.5

    @pytest.mark.parametrize(("unit", "cell"), [("kg", "69.5"), ("hg", "695"), ("g", "69500")])
    def test_metric_weights(self, tmp_path, unit, cell):
        text = f"height,weight,sex\n182,{cell},M\n182,{cell},F\n"
        result = extract(tmp_path, text, ColumnChoice("height", "weight", "sex", "cm", unit))
        assert result.weight_kg[0] == 69.5

    def test_inches_and_pounds_by_their_definitions(self, tmp_path):
        text = "height,weight,sex\n100,100,M\n70,150,F\n"
        result = extract(tmp_path, text, ColumnChoice("height", "weight", "sex", "in", "lb"))
        np.testing.assert_allclose(result.height_cm, [254.0, 177.8], rtol=1e-15)
        np.testing.assert_allclose(result.weight_kg, [45.359237, 68.0388555], rtol=1e-15)


class TestClasses:
    @staticmethod
    def labels(folder, *labels, rules=None):
        text = "height,weight,sex\n" + "".join(
            f"{160 + index},60,{label}\n" for index, label in enumerate(labels)
        )
        return extract(folder, text, ColumnChoice("height", "weight", "sex", classes=rules))

    def test_numbers_by_value_then_text(self, tmp_path):
        assert self.labels(tmp_path, "10", "b", "9", "a", "-1").class_names == ("-1", "9", "10", "a", "b")

    def test_equal_numbers_are_one_label_as_first_written(self, tmp_path):
        result = self.labels(tmp_path, "1.0", "0", "1", "1e0")
        assert result.class_names == ("0", "1.0")
        assert result.class_index.tolist() == [1, 0, 1, 1]

    def test_rules_keep_their_order_and_leave_out_the_rest(self, tmp_path):
        rules = (ClassRule("heavy", ("4", "5")), ClassRule("light", ("1.0",)))
        result = self.labels(tmp_path, "1", "2", "4", "5", "NA", rules=rules)
        assert result.class_names == ("heavy", "light")
        assert result.class_index.tolist() == [1, 0, 0]
        assert reasons(result) == [
            (3, "sex", "sex belongs to no chosen class", "2"),
            (6, "sex", "sex is missing", "NA"),
        ]

    def test_a_label_that_no_row_has_is_told(self, tmp_path):
        rules = (ClassRule("a", ("x", "q")), ClassRule("b", ("y",)))
        assert self.labels(tmp_path, "x", "y", rules=rules).unused_labels == ("q",)

    @pytest.mark.parametrize(
        ("rules", "complaint"),
        [
            ((ClassRule("a", ("x",)),), "Between 2 and 8"),
            ((ClassRule("a", ("x",)), ClassRule("a", ("y",))), 'Two classes are called "a"'),
            ((ClassRule("a", ("1",)), ClassRule("b", ("1.0",))), 'given to both "a" and "b"'),
            ((ClassRule("a", ("x",)), ClassRule("b", ("z",))), 'a label of the class "b"'),
            ((ClassRule("a", ("x",)), ClassRule("", ("y",))), "needs a name"),
        ],
    )
    def test_rules_that_cannot_be_followed(self, tmp_path, rules, complaint):
        with pytest.raises(TableError, match=complaint):
            self.labels(tmp_path, "x", "y", "1", rules=rules)

    def test_too_many_labels(self, tmp_path):
        with pytest.raises(TableError, match="9 different values, and at most 8") as caught:
            self.labels(tmp_path, *"abcdefghi")
        assert (caught.value.line, caught.value.column) == (1, 3)

    def test_labels_of_unusable_rows_make_no_class(self, tmp_path):
        result = extract(tmp_path, PEOPLE + "NA,60,X\n")
        assert result.class_names == ("F", "M")

    def test_one_label_is_not_enough(self, tmp_path):
        with pytest.raises(TableError, match=r'only label .* is "x"'):
            self.labels(tmp_path, "x", "x")


class TestHugeCells:
    LONG = "x" * 140_000

    @pytest.mark.parametrize(
        "row", [f"170,{LONG},F\n", f'170,"{LONG}\n', '170,"\n' + "1,2,F\n" * 30_000, f'1,"a"b,"{LONG}\n']
    )
    def test_are_told_in_our_own_words_with_the_line(self, tmp_path, row):
        with pytest.raises(TableError, match="more than 131,072 characters") as caught:
            read_table(write(tmp_path, PEOPLE + row + "182,77,M\n"))
        assert caught.value.line == 6
        assert 'a quote (") opens in it and is never closed' in str(caught.value)
        assert "field" not in str(caught.value)

    def test_among_the_lines_that_tell_the_delimiter(self, tmp_path):
        lines = "x" * 9_000 + "\n"
        with pytest.raises(TableError, match="more than 131,072 characters") as caught:
            read_table(write(tmp_path, 'height,weight\n170,"' + lines * 40))
        assert caught.value.line == 2


class TestTroubleWithTheFile:
    def test_missing(self, tmp_path):
        with pytest.raises(TableError, match="no such file") as caught:
            read_table(tmp_path / "none.csv")
        assert caught.value.place == str(tmp_path / "none.csv")

    def test_a_folder(self, tmp_path):
        with pytest.raises(TableError, match="is a folder"):
            read_table(tmp_path)

    @pytest.mark.parametrize(
        "data", [b"", b"\n\n", b"  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\xff\xfe"]
    )
    def test_empty(self, tmp_path, data):
        with pytest.raises(TableError, match="is empty"):
            read_table(write(tmp_path, data))

    def test_only_a_header(self, tmp_path):
        with pytest.raises(TableError, match="a header but no rows"):
            read_table(write(tmp_path, "height,weight,sex\n"))

    @pytest.mark.parametrize(
        "data", [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"PK\x03\x04\x14\x00\x06\x00", bytes(range(256)) * 20]
    )
    def test_not_text(self, tmp_path, data):
        with pytest.raises(TableError, match="not text"):
            read_table(write(tmp_path, data))


class TestNumbers:
    @pytest.mark.parametrize(
        ("cell", "delimiter", "value"),
        [
            ("1.75", ",", 1.75),
            ("1,75", ";", 1.75),
            ("70,5", ",", 70.5),
            ("1.750,5", ";", 1750.5),
            ("1,750.5", ",", 1750.5),
            ("+5e1", ",", 50.0),
            (",5", ";", 0.5),
        ],
    )
    def test_read(self, cell, delimiter, value):
        assert parse_number(cell, delimiter) == value

    @pytest.mark.parametrize("cell", ["1,750", "1_0", "170 cm", "5'11", "0x10", "1,2,3", "", "--1"])
    def test_refused(self, cell):
        assert np.isnan(parse_number(cell, ","))


class TestGuess:
    @pytest.mark.parametrize(
        ("text", "names", "units"),
        [
            (PEOPLE, ("height", "weight", "sex"), ("cm", "kg")),
            (KOREAN + "170,70,남\n", ("키", "몸무게", "성별"), ("cm", "kg")),
            (
                "Height (in),Mass (lbs),Sex\n70,150,M\n64,120,F\n",
                ("Height (in)", "Mass (lbs)", "Sex"),
                ("in", "lb"),
            ),
            ("id,ht,wt,class\n1,1.82,77,a\n2,1.61,58,b\n", ("ht", "wt", "class"), ("m", "kg")),
            ("신장_mm,체중_g,구분\n1820,77000,1\n1610,58000,2\n", ("신장_mm", "체중_g", "구분"), ("mm", "g")),
            ("repwt,repht,wt,ht,sex\n77,180,77,182,M\n51,159,58,161,F\n", ("ht", "wt", "sex"), ("cm", "kg")),
            ("a,b\n1,2\n", ("", "", ""), ("cm", "kg")),
        ],
    )
    def test_by_names_and_magnitudes(self, tmp_path, text, names, units):
        guess = guess_columns(read_table(write(tmp_path, text)))
        assert (guess.height, guess.weight, guess.label) == names
        assert (guess.height_unit, guess.weight_unit) == units
