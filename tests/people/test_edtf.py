"""Dates are read as people write them, and refused with a reason where they say too little."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.edtf import Edtf, UnreadableDate, read, write

DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
EDTFS = st.builds(Edtf, DAYS.map(str)) | st.builds(
    "{:04}{}".format,
    st.integers(1000, 2999),
    st.sampled_from(["", *(f"-{part:02}" for part in (*range(1, 13), *range(33, 37)))]),
).map(Edtf)


@pytest.mark.parametrize(
    ("value", "precision", "first", "last"),
    [
        ("2024-03-04", "day", date(2024, 3, 4), date(2024, 3, 4)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-33", "quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-35", "quarter", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-36", "quarter", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024", "year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_date_spans_the_days_it_may_mean(value, precision, first, last):
    edtf = Edtf.of(value)
    assert (edtf.precision, edtf.first, edtf.last) == (precision, first, last)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "unknown"),
        ("2024-3", "unknown"),
        ("2024-03-04T10:00", "unknown"),
        ("2024-03-04\n", "unknown"),
        ("2024~", "unknown"),
        ("٢٠٢٤", "unknown"),
        ("2024-00", "no_such_month"),
        ("2024-13", "no_such_month"),
        ("2024-21", "no_such_month"),
        ("2024-32", "no_such_month"),
        ("2024-37", "no_such_quarter"),
        ("2023-02-29", "no_such_day"),
        ("2024-33-01", "no_such_month"),
        ("2024-01-00", "no_such_day"),
        ("0999", "no_such_year"),
        ("0000", "no_such_year"),
        ("3000", "no_such_year"),
    ],
)
def test_only_the_canonical_spelling_is_a_date(value, code):
    with pytest.raises(UnreadableDate) as caught:
        Edtf(value)
    assert (caught.value.code, caught.value.text) == (code, value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4 марта 2024", "2024-03-04"),
        ("4 марта 2024 г.", "2024-03-04"),
        ("4 марта 2024г.", "2024-03-04"),
        ("4 марта 2024 года", "2024-03-04"),
        ("4-го марта 2024-го", "2024-03-04"),
        ("4\u00a0МАРТА\u00a0\u00a02024\u202fгода ", "2024-03-04"),
        ("04.03.2024", "2024-03-04"),
        ("4.3.2024 г.", "2024-03-04"),
        ("4. 3. 2024", "2024-03-04"),
        ("март 2024", "2024-03"),
        ("в марте 2024 года", "2024-03"),
        ("сент. 2024", "2024-09"),
        ("03.2024", "2024-03"),
        ("03/2024", "2024-03"),
        ("третий квартал 2024", "2024-35"),
        ("в третьем квартале 2024 года", "2024-35"),
        ("во втором квартале 2024-го", "2024-34"),
        ("четвёртый квартал 2024", "2024-36"),
        ("3-й квартал 2024", "2024-35"),
        ("III квартал 2024", "2024-35"),
        ("Ⅲ квартал 2024", "2024-35"),
        ("2024 год, III квартал", "2024-35"),
        ("2024-Q3", "2024-35"),
        ("Q3 2024", "2024-35"),
        ("Q3/2024", "2024-35"),
        ("3Q2024", "2024-35"),
        ("3 кв. 2024", "2024-35"),
        ("3 кв.2024", "2024-35"),
        ("2024 год", "2024"),
        ("в 2024 году", "2024"),
        ("2024 г.", "2024"),
        ("4 сакавіка 2024", "2024-03-04"),
        ("4 сакавіка 2024 года", "2024-03-04"),
        ("сакавік 2024", "2024-03"),
        ("у сакавіку 2024 года", "2024-03"),
        ("у жніўні 2024", "2024-08"),
        ("у маі 2024", "2024-05"),
        ("травень 2024", "2024-05"),
        ("трэці квартал 2024", "2024-35"),
        ("у трэцім квартале 2024 года", "2024-35"),
        ("ІІІ квартал 2024", "2024-35"),
        ("3-ці квартал 2024", "2024-35"),
        ("у 2024 годзе", "2024"),
        ("4 March 2024", "2024-03-04"),
        ("4th of March 2024", "2024-03-04"),
        ("on March 4, 2024", "2024-03-04"),
        ("March 4th, 2024.", "2024-03-04"),
        ("Mar. 4, 2024", "2024-03-04"),
        ("March 2024", "2024-03"),
        ("third quarter of 2024", "2024-35"),
        ("in the third quarter of 2024", "2024-35"),
        ("3rd quarter 2024", "2024-35"),
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T23:30:00+03:00", "2024-03-04"),
        ("2024-03-04 23:30", "2024-03-04"),
        ("2024/3/4", "2024-03-04"),
        ("2024.03.04", "2024-03-04"),
        ("2024-03", "2024-03"),
        ("2024-35", "2024-35"),
        ("2024", "2024"),
        ("13/04/2024", "2024-04-13"),
        ("04/13/2024", "2024-04-13"),
        ("04/04/2024", "2024-04-04"),
        ("29 февраля 2024", "2024-02-29"),
    ],
)
def test_what_people_write_is_understood(text, value):
    assert read(text).value == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4 марта", "year_missing"),
        ("4 сакавіка", "year_missing"),
        ("4 March", "year_missing"),
        ("March 4", "year_missing"),
        ("в марте", "year_missing"),
        ("third quarter", "year_missing"),
        ("Q3", "year_missing"),
        ("04.03", "year_missing"),
        ("04.03.24", "year_missing"),
        ("4/3", "year_missing"),
        ("4.3.24", "year_missing"),
        ("в третьем квартале", "year_missing"),
        ("4 марта 24 г.", "year_missing"),
        ("март 24", "year_missing"),
        ("24", "year_missing"),
        ("00.03.2024", "no_such_day"),
        ("31 февраля 2024", "no_such_day"),
        ("31.02.2024", "no_such_day"),
        ("29 февраля 2023 года", "no_such_day"),
        ("32 марта 2024", "no_such_day"),
        ("0 марта 2024", "no_such_day"),
        ("01.13.2024", "no_such_month"),
        ("13.2024", "no_such_month"),
        ("33.2024", "no_such_month"),
        ("14/13/2024", "no_such_month"),
        ("5 квартал 2024", "no_such_quarter"),
        ("Q0 2024", "no_such_quarter"),
        ("4 марта 3024", "no_such_year"),
        ("0999 год", "no_such_year"),
        ("03/04/2024", "ambiguous"),
        ("03-04-2024", "ambiguous"),
        ("12/05/2024", "ambiguous"),
        ("3/4/24", "ambiguous"),
        ("", "unknown"),
        ("  ", "unknown"),
        ("вчера", "unknown"),
        ("4 мартобря 2024", "unknown"),
        ("пятый квартал 2024", "unknown"),
        ("4 марта 2024 или 2025", "unknown"),
        ("2024-2025", "unknown"),
        ("4 марта 20245", "unknown"),
        ("12024", "unknown"),
        ("٤ марта ٢٠٢٤", "unknown"),
    ],
)
def test_what_says_too_little_is_refused_with_its_reason(text, code):
    with pytest.raises(UnreadableDate) as caught:
        read(text)
    assert (caught.value.code, caught.value.text) == (code, text)


def test_a_refusal_survives_a_copy():
    error = copy.copy(UnreadableDate("ambiguous", "03/04/2024"))
    assert (error.code, error.text) == ("ambiguous", "03/04/2024")


@pytest.mark.parametrize(
    ("value", "ru", "be", "en"),
    [
        ("2024-03-04", "4 марта 2024", "4 сакавіка 2024", "4 March 2024"),
        ("2024-03", "март 2024", "сакавік 2024", "March 2024"),
        ("2024-35", "3-й квартал 2024", "3-і квартал 2024", "third quarter of 2024"),
        ("2024", "2024 год", "2024 год", "2024"),
    ],
)
def test_a_date_is_written_in_the_reader_s_language(value, ru, be, en):
    assert [write(Edtf(value), language) for language in ("ru", "be", "en")] == [ru, be, en]


@given(EDTFS, st.sampled_from(["ru", "be", "en"]))
def test_what_is_written_reads_back_the_same(edtf, language):
    assert read(write(edtf, language)) == edtf
    assert read(str(edtf)) == edtf


@pytest.mark.parametrize(
    ("value", "after"), [("2024-03-06", True), ("2024-03-05", False), ("2024-03", False), ("2024-34", True)]
)
def test_a_date_lies_after_a_day_only_if_it_is_so_by_every_clock(value, after):
    assert Edtf(value).is_after(date(2024, 3, 4)) is after


@given(EDTFS)
def test_the_first_day_is_never_after_the_last(edtf):
    assert edtf.first <= edtf.last
    assert edtf.first.year == edtf.last.year


@given(st.text(max_size=40) | st.text(alphabet="0123456789 ./-qгмартквlI", max_size=20))
def test_any_text_is_a_date_or_a_clear_refusal(text):
    try:
        understood = read(text).value
    except UnreadableDate as error:
        understood = error.text
    assert understood == text or Edtf.of(understood)
