"""Files as people have them are read; damaged, swollen and foreign ones are refused by a reason."""

import datetime
import io
import random
import zipfile
from contextlib import suppress

import pytest
from django.utils import translation

from quotes.importing.columns import column_of
from quotes.importing.sheets import MAX_ROWS, UnreadableSheet, read_sheet
from quotes.importing.template import as_csv as written_csv
from quotes.importing.template import as_workbook, harmless, template
from tests import world
from tests.quotes.importing.sheets import (
    ADDRESS,
    HEADINGS,
    as_csv,
    as_xlsx,
    in_first_sheet,
    repacked,
    row,
    table,
)

RUSSIAN = ["Цитата", "Автор", "Ссылка"]
CELLS = [world.BRIDGE, "Иван Озёрный", ADDRESS]
VALUES = {"words": world.BRIDGE, "speaker": "Иван Озёрный", "address": ADDRESS}


def read(raw):
    return read_sheet(raw, column_of)


def refused(raw):
    with pytest.raises(UnreadableSheet) as refusal:
        read(raw)
    return refusal.value.code


class TestCsv:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_is_read_in_the_encodings_and_with_the_delimiters_that_are_about(self, encoding, delimiter):
        raw = as_csv([RUSSIAN, [f"{world.BRIDGE}; и, да", *CELLS[1:]]], delimiter, encoding)
        (one,) = read(raw).rows
        assert one.values == VALUES | {"words": f"{world.BRIDGE}; и, да"}
        assert (one.number, one.beyond) == (2, False)

    def test_may_say_its_delimiter_as_excel_does(self):
        sheet = read(b"sep=|\r\n" + as_csv([RUSSIAN, CELLS], "|"))
        assert sheet.rows[0].values == VALUES
        assert sheet.rows[0].number == 3

    def test_keeps_line_breaks_inside_a_cell(self):
        (one,) = read(as_csv([RUSSIAN, ["Первая строка\r\nвторая", *CELLS[1:]]])).rows
        assert one.values["words"] == "Первая строка\nвторая"

    def test_with_an_open_quotation_mark_is_refused_instead_of_losing_rows(self):
        raw = as_csv([RUSSIAN, CELLS]) + f'"Мост будет,Иван Озёрный,{ADDRESS}\r\nещё,Кто,{ADDRESS}\r\n'.encode()
        with pytest.raises(UnreadableSheet) as refusal:
            read(raw)
        assert (refusal.value.code, refusal.value.params) == ("damaged", {"place": 3})

    def test_tells_of_text_beyond_the_headings(self):
        assert read(as_csv([RUSSIAN, [*CELLS, "лишнее"]])).rows[0].beyond


class TestHeadings:
    @pytest.mark.parametrize("language", ["ru", "be", "en"])
    def test_of_the_template_are_understood_whatever_language_it_was_made_in(self, language):
        with translation.override(language):
            for kind in ("csv", "xlsx"):
                assert "words" in read(template(kind)).columns

    def test_may_stand_below_a_title_and_in_any_order_and_case(self):
        sheet = read(as_csv([["Цитаты за 2031 год"], [], ["  ССЫЛКА: ", "автор", "ЦИТАТА*"], CELLS[::-1]]))
        assert sheet.rows[0].values == VALUES
        assert sheet.rows[0].number == 4

    def test_that_are_not_understood_are_told(self):
        assert read(as_csv([[*RUSSIAN, "Моё"], [*CELLS, "да"]])).unknown == ("Моё",)

    def test_twice_are_refused(self):
        assert refused(as_csv([[*RUSSIAN, "Кто сказал"], CELLS])) == "heading_twice"

    def test_that_are_missing_are_asked_for(self):
        assert refused(as_csv([["А", "Б"], ["в", "г"]])) == "no_headings"


class TestRows:
    def test_that_are_empty_or_remarks_are_left_out_and_numbers_are_those_of_the_program(self):
        sheet = read(as_csv([RUSSIAN, [], ["# примечание"], ["", " ", ""], CELLS]))
        assert [one.number for one in sheet.rows] == [5]

    def test_of_a_hashtag_are_rows(self):
        assert read(as_csv([RUSSIAN, ["#мост", *CELLS[1:]]])).rows[0].values["words"] == "#мост"

    @pytest.mark.parametrize("made", [as_csv, as_xlsx])
    def test_beyond_the_limit_are_refused(self, made):
        assert len(read(made([RUSSIAN, *([CELLS] * MAX_ROWS)])).rows) == MAX_ROWS
        assert refused(made([RUSSIAN, *([CELLS] * (MAX_ROWS + 1))])) == "too_many_rows"
        assert refused(made([RUSSIAN, *([CELLS] * (MAX_ROWS + 500))])) == "too_many_rows"


class TestXlsx:
    def test_is_read_from_the_first_sheet_with_headings(self):
        raw = as_xlsx([["Просто текст"]], more=[("Цитаты", [RUSSIAN, CELLS]), ("Ещё", [RUSSIAN, CELLS])])
        sheet = read(raw)
        assert (sheet.name, [one.values for one in sheet.rows]) == ("Цитаты", [VALUES])

    def test_gives_dates_as_precise_as_they_are_shown(self):
        day = datetime.date(2031, 5, 1)
        dates = [[*CELLS, day], [*CELLS, day], [*CELLS, day], [*CELLS, datetime.datetime(2031, 5, 1, 14, 30)]]  # noqa: DTZ001
        formats = {"D2": "dd.mm.yyyy", "D3": '[$-419]mmmm yyyy"д."', "D4": "yyyy", "D5": "d/m/yy h:mm"}
        sheet = read(as_xlsx([[*RUSSIAN, "Дата"], *dates], formats=formats))
        assert [one.values["spoken"] for one in sheet.rows] == ["2031-05-01", "2031-05", "2031", "2031-05-01"]

    def test_gives_numbers_without_a_point_and_formulas_as_their_values(self):
        raw = as_xlsx([[*RUSSIAN, "Дата", "Примечание"], [*CELLS, 2031.0, 1.5]])
        raw = repacked(raw, in_first_sheet(rb'<c r="E2"[^>]*><v>1.5</v>', b'<c r="E2"><f>D2/2</f><v>1015.5</v>'))
        assert read(raw).rows[0].values == VALUES | {"spoken": "2031", "note": "1015.5"}

    def test_fills_cells_that_are_merged_downwards_and_not_those_merged_sideways(self):
        lines = [
            [*RUSSIAN],
            CELLS,
            ["второе", "", ""],
            ["третье", "", ""],
            ["", "", ""],
            ["сбоку", "", ""],
            ["", "", ADDRESS],
        ]
        rows = read(as_xlsx(lines, merged=("C2:C5", "B2:B3", "A6:B7"))).rows
        assert [one.values.get("address") for one in rows] == [ADDRESS, ADDRESS, ADDRESS, None, ADDRESS]
        assert [one.values.get("speaker") for one in rows] == ["Иван Озёрный", "Иван Озёрный", None, None, None]
        assert [one.values.get("words") for one in rows] == [world.BRIDGE, "второе", "третье", "сбоку", None]

    @pytest.mark.parametrize("said", [b"A1:XFD1048576", b"A1:A1"])
    def test_that_is_wrong_about_its_size_is_read_by_what_is_in_it(self, said):
        raw = repacked(as_xlsx([RUSSIAN, CELLS]), in_first_sheet(rb'ref="A1:C2"', b'ref="%s"' % said))
        assert len(read(raw).rows) == 1

    def test_with_a_cell_in_the_last_corner_is_read_without_the_emptiness_between(self):
        far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
        raw = repacked(as_xlsx([RUSSIAN, CELLS]), in_first_sheet(rb"</sheetData>", far))
        assert read(raw).rows[0].values == VALUES

    def test_that_would_swell_is_refused_before_it_is_unpacked(self):
        raw = repacked(as_xlsx([RUSSIAN, CELLS]), add=[("xl/bomb.xml", b"0" * (60 * 1024 * 1024))])
        assert len(raw) < 1024 * 1024
        assert refused(raw) == "too_much_inside"

    def test_that_lies_about_its_size_is_refused(self):
        raw = bytearray(repacked(as_xlsx([RUSSIAN, *([CELLS] * 50)])))
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            true = archive.getinfo("xl/worksheets/sheet1.xml").file_size
        while (at := raw.find(true.to_bytes(4, "little"))) >= 0:
            raw[at : at + 4] = (10).to_bytes(4, "little")
        assert refused(bytes(raw)) == "damaged"

    def test_with_entities_that_multiply_is_refused(self):
        lol = (
            b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        )
        raw = repacked(as_xlsx([RUSSIAN, CELLS]), in_first_sheet(rb"<worksheet[^>]*>", lol))
        assert refused(raw) == "damaged"

    def test_packed_in_a_way_that_excel_does_not_is_refused(self):
        assert refused(repacked(as_xlsx([RUSSIAN, CELLS]), method=zipfile.ZIP_BZIP2)) == "damaged"

    def test_damaged_anywhere_is_read_or_refused_and_nothing_else(self):
        whole = as_xlsx([RUSSIAN, *([CELLS] * 5)])
        chance = random.Random(2031)  # noqa: S311 - the same damage in every run
        for _ in range(200):
            raw = bytearray(whole)
            for _ in range(chance.randint(1, 30)):
                raw[chance.randrange(4, len(raw))] = chance.randrange(256)
            with suppress(UnreadableSheet):
                read(bytes(raw[: chance.choice([len(raw), chance.randrange(4, len(raw))])]))

    def test_with_any_of_its_parts_garbled_is_read_or_refused_and_nothing_else(self):
        whole = as_xlsx([[*RUSSIAN, "Дата"], *([[*CELLS, datetime.date(2031, 5, 4)]] * 3)], merged=("C2:C3",))
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        chance = random.Random(2031)  # noqa: S311 - the same damage in every run
        for number in range(300):
            target = parts[number % len(parts)]

            def garble(name, content, target=target):
                if name != target:
                    return content
                garbled = bytearray(content)
                for _ in range(chance.randint(1, 4)):
                    at = chance.randrange(len(garbled))
                    garbled[at : at + chance.choice([1, 1, 6])] = chance.choice(
                        [b"9" * 12, b"-1", b"", b'"', b"ZZZZ", b"<", b"e9", b"x"]
                    )
                return bytes(garbled)

            with suppress(UnreadableSheet):
                read(repacked(whole, garble))


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "wrong_encoding"),
        (b"x" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_what_is_no_sheet_is_refused(raw, code):
    assert refused(raw) == code


def test_an_open_document_is_told_apart_from_a_damaged_workbook():
    assert refused(repacked(as_xlsx([RUSSIAN]), add=[("content.xml", b"<x/>")])) == "open_document"


class TestWhatWeWrite:
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
    def test_is_never_a_formula(self, start):
        text = f'{start}HYPERLINK("https://evil.example","x")'
        assert harmless(text) == f"'{text}"
        assert f"'{start}HYPER".encode() in written_csv([[text]])
        with zipfile.ZipFile(io.BytesIO(as_workbook({"Л": [[text]]}))) as book:
            assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")

    def test_is_read_back_as_it_was(self):
        raw = written_csv([HEADINGS, ["=1+1", "- Нет", ADDRESS]])
        assert read(raw).rows[0].values == {"words": "=1+1", "speaker": "- Нет", "address": ADDRESS}

    def test_is_read_by_excel_in_russian_and_in_english(self):
        for language, delimiter in (("ru", ";"), ("en", ",")):
            with translation.override(language):
                assert written_csv([["а", "б"]]) == f"\ufeffа{delimiter}б\r\n".encode()

    def test_the_template_has_no_rows_of_its_own(self):
        for kind in ("csv", "xlsx"):
            assert read(template(kind)).rows == ()


def test_a_row_of_the_helper_is_what_the_template_asks_for():
    assert read(as_csv(table(row()))).rows[0].values == VALUES
