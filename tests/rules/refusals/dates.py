"""Rule 5: a date is an EDTF string and says how it is known. Rule 6: a single seat has one holder at a time."""

from tests.rules.acts import Act
from tests.rules.rows import draft

COLUMNS = [
    ("quotes_statement", "statement", "spoken"),
    ("people_meeting", "meeting", "start"),
    ("people_meeting", "meeting", "end"),
    ("people_tenure", "tenure", "start"),
    ("people_tenure", "tenure", "end"),
    ("articles_article", "article", "published"),
]
WRONG = [
    "2031-02-29",
    "2031-13",
    "2031-32",
    "2031-37",
    "0999",
    "3000",
    "4 марта 2031",
    "2031-3-4",
    "2031-03-04\n",
    "",
    "2031~",
]
# The date is checked before it is compared with another.
BESIDE = {
    "meeting_end_is_edtf": ("meeting_ends_after_its_start",),
    "meeting_start_is_edtf": ("meeting_ends_after_its_start",),
}


def _dates():
    for table, name, column in COLUMNS:
        change = f'UPDATE {table} SET "{column}" = {{}}, {column}_known = {{}} WHERE id = %({name})s'
        edtf, known = f"{name}_{column}_is_edtf", f"{name}_{column}_says_how_known"
        for wrong in WRONG if column == "spoken" else ["2031-02-30"]:
            yield Act(f"{wrong!r}", change.format(f"'{wrong}'", "'text'"), edtf, draft, also=BESIDE.get(edtf, ()))
        if (name, column) != ("tenure", "end"):
            yield Act("an end that is open", change.format("'..'", "'text'"), edtf, draft, also=BESIDE.get(edtf, ()))
        for right in ("2031-03-04", "2031-03", "2031-33", "2031"):
            yield Act(f"{right} in {table}.{column}", change.format(f"'{right}'", "'text'"), stage=draft)
        yield Act(f"no {table}.{column}", change.format("NULL", "''"), stage=draft)
        yield Act("a date that doesn't say how it is known", change.format("'2031'", "''"), known, draft)
        yield Act("a date known by hearsay", change.format("'2031'", "'hearsay'"), known, draft)
        yield Act("no date, and yet it is known", change.format("NULL", "'text'"), known, draft)
        yield Act("a date known by NULL", change.format("'2031'", "NULL"), f"{table}.{column}_known", draft)


MEETING = (
    "UPDATE people_meeting SET start = {}, start_known = {}, \"end\" = {}, end_known = 'text' WHERE id = %(meeting)s"
)
TENURE = "UPDATE people_tenure SET start = {}, start_known = {}, \"end\" = {}, end_known = 'text' WHERE id = %(tenure)s"
MEETS, HOLDS = "meeting_ends_after_its_start", "tenure_ends_after_its_start"
ONE = "tenure_one_holder_at_a_time"


def hold(start: str | None, end: str | None, office: str = "office") -> str:
    """A second person takes the office; the first holds it from 2030-01-10 to 2032-01-10."""
    written = [f"'{date}'" if date else "NULL" for date in (start, end)]
    known = ["'text'" if date and date != ".." else "''" for date in (start, end)]
    return (
        'INSERT INTO people_tenure (person_id, office_id, start, start_known, "end", end_known, evidence)'
        f" VALUES (%(other_person)s, %({office})s, {written[0]}, {known[0]}, {written[1]}, {known[1]}, '')"
    )


OVERLAPS = [
    ("2031-01-01", "2031-06-01"),
    ("2029-01-01", "2030-01-11"),
    ("2032-01-09", ".."),
    ("2029", "2033"),
    ("2030", "2031-02"),
    ("2031-12", "2033"),
    ("2031-33", "2031-36"),
    ("1999", ".."),
    ("2031-03-04", None),
]
FREE = [
    ("2032-01-10", "2033-01-01"),
    ("2032-01-10", ".."),
    ("2029-01-01", "2030-01-10"),
    ("2032-01", ".."),
    ("2032", ".."),
    ("2028", "2030"),
    ("2031", "2031"),
    ("2031-03", "2031-03"),
    (None, "2031-03-04"),
    (None, ".."),
    (None, None),
    ("2031", None),
    ("2031-03", None),
]

ACTS = [
    Act(
        "an open end that is known by hearsay",
        "UPDATE people_tenure SET \"end\" = '..', end_known = 'hearsay' WHERE id = %(tenure)s",
        "tenure_end_says_how_known",
    ),
    Act(
        "an open end needs no telling",
        "UPDATE people_tenure SET \"end\" = '..', end_known = '' WHERE id = %(tenure)s",
    ),
    *_dates(),
    Act(
        "another source that is not named",
        "UPDATE quotes_statement SET spoken_known = 'other' WHERE id = %(statement)s",
        "statement_evidence_for_date_is_named",
        draft,
    ),
    Act(
        "another source, named",
        "UPDATE quotes_statement SET spoken_known = 'other', spoken_evidence = 'протокол' WHERE id = %(statement)s",
        stage=draft,
    ),
    Act("a meeting ends before it starts", MEETING.format("'2031-03-04'", "'text'", "'2031-03-03'"), MEETS),
    Act("a meeting ends and never starts", MEETING.format("NULL", "''", "'2031-03-03'"), MEETS),
    Act("a meeting ends in the month in which it starts", MEETING.format("'2031-03-04'", "'text'", "'2031-03'")),
    Act("a tenure ends before it starts", TENURE.format("'2031-03-04'", "'text'", "'2031-02'"), HOLDS),
    Act("a tenure ends on the day on which it starts", TENURE.format("'2031-03-04'", "'text'", "'2031-03-04'")),
    Act("a tenure whose start is not known", TENURE.format("NULL", "''", "'2031-02'")),
    *(Act(f"{start} to {end}", hold(start, end), ONE) for start, end in OVERLAPS),
    *(Act(f"another holds it {start} to {end}", hold(start, end)) for start, end in FREE),
    *(Act(f"one of many seats, {start} to {end}", hold(start, end, "seats")) for start, end in OVERLAPS),
    Act(
        "a tenure is prolonged into another",
        hold("2032-01-10", "..")
        + "; UPDATE people_tenure SET \"end\" = '2033', end_known = 'text' WHERE id = %(tenure)s",
        ONE,
    ),
    Act(
        "a tenure says of itself that there are many seats",
        hold("2031-01-01", "..").replace("evidence)", "evidence, single_seat)").replace("'')", "'', false)"),
        ONE,
        also=(),
    ),
    Act(
        "tenures are told that there are many seats",
        "UPDATE people_tenure SET single_seat = false; " + hold("2031-01-01", ".."),
        ONE,
    ),
    Act(
        "an office where two sit comes to seat one",
        hold("2031-01-01", "..", "seats")
        + "; "
        + hold("2031-02-01", "..", "seats")
        + "; UPDATE people_office SET single_seat = true WHERE id = %(seats)s",
        ONE,
    ),
    Act(
        "an office comes to seat many, and two sit there",
        "UPDATE people_office SET single_seat = false; " + hold("2031-01-01", ".."),
    ),
    Act(
        "two at once in one insert",
        hold("2040", "..") + hold("2041", "..").partition("VALUES")[2].replace(" (", ", (", 1),
        ONE,
    ),
]
