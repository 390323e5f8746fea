"""Rules 5 and 6: the database and `people.edtf` mean the same days, and certain are only days that any reading covers."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from people.edtf import Edtf, UnreadableDate

IN_ONE_SESSION = settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
PARTS = ["", *(f"-{part:02}" for part in (*range(1, 13), *range(33, 37)))]
VALID = DAYS.map(str) | st.builds("{:04}{}".format, st.integers(1000, 2999), st.sampled_from(PARTS))
NEARLY = st.builds(
    "{:04}-{:02}-{:02}".format, st.integers(0, 9999), st.integers(0, 99), st.integers(0, 99)
) | st.builds("{:04}-{:02}".format, st.integers(0, 9999), st.integers(0, 99))
# No NUL, which PostgreSQL has in no text.
GARBAGE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])) | st.text("0123456789-.~?%X/٢२ \n")
END = VALID | st.just("..")


def in_python(text):
    """The first day and the day after the last; None for what is no date."""
    try:
        edtf = Edtf.of(text)
    except UnreadableDate:
        return None
    return edtf.first, edtf.last + timedelta(days=1)


def in_sql(db, text):
    return db.execute("SELECT lower(r), upper(r) FROM edtf_range(%s) AS r WHERE r IS NOT NULL", [text]).fetchone()


@IN_ONE_SESSION
@given(VALID)
def test_valid_dates_mean_the_same_days_in_python_and_in_the_database(db, text):
    assert in_sql(db, text) == in_python(text) is not None


@IN_ONE_SESSION
@given(NEARLY | GARBAGE)
def test_whatever_is_written_both_read_or_both_refuse_it(db, text):
    assert in_sql(db, text) == in_python(text)


def test_every_month_quarter_and_year_of_a_century_means_the_same(db):
    texts = [f"{year}{part}" for year in (1000, 1582, *range(1900, 2001), 2999) for part in PARTS]
    rows = db.execute(
        "SELECT lower(edtf_range(t)), upper(edtf_range(t)) FROM unnest(%s::text[]) WITH ORDINALITY AS x (t, n) ORDER BY n",
        [texts],
    )
    assert rows.fetchall() == [in_python(text) for text in texts]


@pytest.mark.parametrize("text", ["2٠٢٤", "2٠٢٤-٠١", "1२३४"])
def test_digits_of_other_scripts_are_no_date_under_any_collation(db, text):
    # A server built without ICU has only C; the others, and so Debian's, take every script's digits for digits.
    found = db.execute("SELECT max(collname) FROM pg_collation WHERE collname IN ('C', 'und-x-icu')").fetchone()[0]
    asked = sql.SQL("SELECT edtf_range({} COLLATE {})").format(sql.Literal(text), sql.Identifier(found))
    assert db.execute(asked).fetchone() == (None,)


def readings(text):
    """Every single day that a date may mean, or its outer ones where it is long."""
    edtf = Edtf.of(text)
    return {edtf.first, edtf.last}


@IN_ONE_SESSION
@given(VALID, END | st.none())
def test_a_day_is_certain_only_if_every_reading_of_the_dates_covers_it(db, starts, ends):
    certain = db.execute(
        "SELECT lower(p), upper(p), isempty(p) FROM certain_period(%s, %s) AS p", [starts, ends]
    ).fetchone()
    if ends == "..":
        assert certain == (Edtf.of(starts).last, None, False)
        return
    first_day = max(readings(starts))
    # With an end that is not known only the start is certain, and only if it is one day.
    end_day = min(readings(ends)) if ends else min(readings(starts)) + timedelta(days=1)
    assert certain == ((first_day, end_day, False) if first_day < end_day else (None, None, True))


@IN_ONE_SESSION
@given(VALID | st.none(), END | st.none())
def test_possible_are_all_days_from_the_first_reading_to_the_last(db, starts, ends):
    row = db.execute(
        "SELECT p IS NULL, lower(p), upper(p) FROM possible_period(%s, %s) AS p", [starts, ends]
    ).fetchone()
    lower = Edtf.of(starts).first if starts else None
    upper = Edtf.of(ends).last + timedelta(days=1) if ends and ends != ".." else None
    assert row == ((True, None, None) if lower and upper and upper <= lower else (False, lower, upper))
