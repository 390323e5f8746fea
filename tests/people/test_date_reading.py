"""Dates as they stand in an article are read from its day of publication."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.date_reading import read_near
from people.date_words import MONTHS
from people.edtf import Edtf, UnreadableDate, read

THURSDAY = "2024-08-15"


@pytest.mark.parametrize(
    ("text", "value", "how"),
    [
        # Whole dates, as everywhere
        ("4 марта 2024", "2024-03-04", "stated"),
        ("2024-03", "2024-03", "stated"),
        ("III квартал 2023", "2023-35", "stated"),
        ("третий квартал 2024", "2024-35", "stated"),
        ("04.03.2024", "2024-03-04", "stated"),
        ("2025", "2025", "stated"),
        # The year of the publication, or the one before
        ("4 марта", "2024-03-04", "near"),
        ("15 августа", "2024-08-15", "near"),
        ("16 августа", "2023-08-16", "near"),
        ("29 февраля", "2024-02-29", "near"),
        ("в марте", "2024-03", "near"),
        ("в августе", "2024-08", "near"),
        ("в декабре", "2023-12", "near"),
        ("в третьем квартале", "2024-35", "near"),
        ("III квартал", "2024-35", "near"),
        ("4 квартал", "2023-36", "near"),
        ("Q3", "2024-35", "near"),
        ("04.03", "2024-03-04", "near"),
        ("4.3.24", "2024-03-04", "near"),
        ("04.03.99", "1999-03-04", "near"),
        ("4 марта 24 г.", "2024-03-04", "near"),
        ("март 24 г.", "2024-03", "near"),
        ("4 сакавіка", "2024-03-04", "near"),
        ("у лістападзе", "2023-11", "near"),
        ("March 4", "2024-03-04", "near"),
        ("March 24", "2024-03-24", "near"),
        ("24 March", "2024-03-24", "near"),
        ("4 марта прошлого года", "2023-03-04", "near"),
        ("в марте этого года", "2024-03", "near"),
        ("4 марта с.г.", "2024-03-04", "near"),
        ("4 марта с. г.", "2024-03-04", "near"),
        ("в третьем квартале текущего года", "2024-35", "near"),
        ("4 снежня мінулага года", "2023-12-04", "near"),
        ("March of last year", "2023-03", "near"),
        ("March this year", "2024-03", "near"),
        # Counted from it
        ("сегодня", "2024-08-15", "relative"),
        ("Вчера", "2024-08-14", "relative"),
        ("вчера вечером", "2024-08-14", "relative"),
        ("накануне", "2024-08-14", "relative"),
        ("позавчера", "2024-08-13", "relative"),
        ("учора", "2024-08-14", "relative"),
        ("сёння ўвечары", "2024-08-15", "relative"),
        ("напярэдадні", "2024-08-14", "relative"),
        ("yesterday", "2024-08-14", "relative"),
        ("the day before", "2024-08-14", "relative"),
        ("в понедельник", "2024-08-12", "relative"),
        ("во вторник утром", "2024-08-13", "relative"),
        ("в четверг", "2024-08-15", "relative"),
        ("в прошлый четверг", "2024-08-08", "relative"),
        ("в минувшую пятницу", "2024-08-09", "relative"),
        ("у панядзелак", "2024-08-12", "relative"),
        ("у аўторак", "2024-08-13", "relative"),
        ("ў мінулую сераду", "2024-08-14", "relative"),
        ("on Monday", "2024-08-12", "relative"),
        ("last Thursday", "2024-08-08", "relative"),
        ("в прошлом году", "2023", "relative"),
        ("в этом году", "2024", "relative"),
        ("летась", "2023", "relative"),
        ("сёлета", "2024", "relative"),
        ("у мінулым годзе", "2023", "relative"),
        ("last year", "2023", "relative"),
        ("в прошлом месяце", "2024-07", "relative"),
        ("в этом месяце", "2024-08", "relative"),
        ("last month", "2024-07", "relative"),
        ("в прошлом квартале", "2024-34", "relative"),
        ("in the last quarter", "2024-34", "relative"),
        ("вчера, 4 марта", "2024-03-04", "near"),
        ("в понедельник, 4 марта 2024 года", "2024-03-04", "stated"),
        # Several days
        ("4–6 марта", "2024-03", "widened"),
        ("4-6 марта 2023 года", "2023-03", "widened"),
        ("24–26 марта", "2024-03", "widened"),
        ("с 4 по 6 марта", "2024-03", "widened"),
        ("с 30 марта по 2 апреля", "2024", "widened"),
        ("30 апреля – 2 мая", "2024-34", "widened"),
        ("04–06.03.2024", "2024-03", "widened"),
        ("04.03–06.03.2024", "2024-03", "widened"),
        ("март–апрель 2023", "2023", "widened"),
        ("I–II квартал 2024", "2024", "widened"),
        ("from 4 to 6 March", "2024-03", "widened"),
        ("з 4 па 6 сакавіка", "2024-03", "widened"),
    ],
)
def test_what_an_article_says_is_understood(text, value, how):
    reading = read_near(text, Edtf(THURSDAY))
    assert (reading.edtf.value, reading.how) == (value, how)


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("4 марта", "2024-02", "2023-03-04"),
        ("4 марта", "2024-03", "2024-03-04"),
        ("4 марта", "2024", "2024-03-04"),
        ("29 февраля", "2103-05-01", "2096-02-29"),
        ("в прошлом году", "2024-35", "2023"),
        ("в прошлом месяце", "2024-01", "2023-12"),
        ("в прошлом квартале", "2024-33", "2023-36"),
        ("вчера", "2024-01-01", "2023-12-31"),
    ],
)
def test_a_publication_known_only_roughly_is_enough_where_it_tells(text, published, value):
    assert read_near(text, Edtf(published)).edtf.value == value


@pytest.mark.parametrize(
    ("text", "published", "code"),
    [
        ("3/4/2024", THURSDAY, "ambiguous"),
        ("3/4", THURSDAY, "ambiguous"),
        ("3/4/24", THURSDAY, "ambiguous"),
        ("март 24", THURSDAY, "ambiguous"),
        ("вчера", None, "no_publication"),
        ("вчера", "2024-08", "no_publication"),
        ("в понедельник", "2024", "no_publication"),
        ("в прошлом году", None, "no_publication"),
        ("в прошлом месяце", "2024", "no_publication"),
        ("в прошлом месяце", "2024-35", "no_publication"),
        ("4 марта", None, "year_missing"),
        ("4–6 марта", None, "year_missing"),
        ("24", THURSDAY, "year_missing"),
        ("на прошлой неделе", THURSDAY, "week"),
        ("last week", THURSDAY, "week"),
        ("2023–2024", THURSDAY, "several_years"),
        ("с декабря 2023 по январь 2024", THURSDAY, "several_years"),
        ("6–4 марта", THURSDAY, "unknown"),
        ("весной", THURSDAY, "unknown"),
        ("", THURSDAY, "unknown"),
        ("–", THURSDAY, "unknown"),
        ("31 февраля", THURSDAY, "no_such_day"),
        ("5 квартал", THURSDAY, "no_such_quarter"),
        ("13.13", THURSDAY, "no_such_month"),
    ],
)
def test_what_it_does_not_say_is_refused_with_its_reason(text, published, code):
    with pytest.raises(UnreadableDate) as caught:
        read_near(text, Edtf(published) if published else None)
    assert (caught.value.code, caught.value.text) == (code, text)


@pytest.mark.parametrize("language", MONTHS)
def test_every_month_is_read_in_each_of_its_forms(language):
    for number, forms in enumerate(MONTHS[language], start=1):
        assert {read_near(form, Edtf("2024-12-31")).edtf.value for form in forms} == {f"2024-{number:02}"}


WORDS = st.sampled_from(
    [
        "в",
        "прошлом",
        "году",
        "вчера",
        "понедельник",
        "4",
        "24",
        "2024",
        "марта",
        "по",
        "с",
        "–",
        "-",
        "03.2024",
        "квартал",
        "III",
        "last",
        "year",
    ]
)


@given(st.lists(WORDS, max_size=6).map(" ".join) | st.text(max_size=30), st.none() | st.just(Edtf(THURSDAY)))
def test_any_text_is_a_date_or_a_clear_refusal(text, published):
    try:
        understood = read_near(text, published).edtf.value
    except UnreadableDate as error:
        understood = error.text
    assert understood == text or Edtf.of(understood)


@given(st.text("0123456789./- мартквл", max_size=12))
def test_what_is_read_without_an_article_is_read_the_same_beside_one(text):
    try:
        alone = read(text)
    except UnreadableDate:
        return
    assert read_near(text, Edtf(THURSDAY)).edtf == alone
