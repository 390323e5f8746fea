"""The made-up record into the database, through the real tables.

People, offices, meetings, sources and topics are taken in as from anybody, with every trigger. For what comes by the
million, the triggers of its tables are off within the one transaction that loads it (nobody else ever sees them off);
keys, checks, unique and excluding constraints hold throughout. What the triggers would have written is written set by
set: revisions hold what the database's own `statement_content` gives, approvals are a second person's. What they would
have refused is looked for afterwards (`rules`). Left out are the history's entries and the notes for the indexer: no
public page reads the first, and a rebuild goes by without the second.
"""

from collections.abc import Callable
from typing import Any

from psycopg import Connection

from tests.bench.record import COLUMNS, NOWHERE, Numbers, Record

WHEN = "2024-12-31 12:00:00+00"
AUTHORS, REVIEWERS = 6, 3
# What gets its rows in bulk, by COPY or from those rows.
BULK = [*COLUMNS, "quotes_revision", "quotes_approval"]

# The reviewers' numbers and the moment are given; the numbers of rows are the statements', so that both are ready at once.
REVISIONS = """
    INSERT INTO quotes_revision (id, statement_id, number, content, submitted_by_id, submitted_at, note)
    SELECT s.id, s.id, 1, statement_content(s.id), a.user_id, a.since, ''
    FROM quotes_statement s JOIN quotes_authorship a ON a.statement_id = s.id
"""
APPROVALS = """
    INSERT INTO quotes_approval (id, revision_id, approved_by_id, approved_at)
    SELECT id, id, (%(reviewers)s::int[])[1 + id %% %(count)s], submitted_at + interval '1 day' FROM quotes_revision
"""

# The trigger of this table computes them.
PROOFS = """
    INSERT INTO articles_proof (snapshot_id)
    SELECT id FROM articles_snapshot n WHERE NOT EXISTS (SELECT FROM articles_proof WHERE snapshot_id = n.id)
"""


def load(session: Connection[Any], record: Record, tell: Callable[[str], None] = lambda _line: None) -> None:
    """Everything of the record is there, published, in one transaction, which is the caller's to commit.

    The tables must be empty: a loaded record is no addition to a real one.
    """
    if session.execute("SELECT EXISTS (SELECT FROM quotes_statement)").fetchone()[0]:
        raise ValueError("This database holds statements already; give an empty one.")
    numbers = _load_cast(session, record)
    tell(f"{len(numbers.people)} people, {len(numbers.meetings)} meetings, {len(numbers.sources)} sources")
    # What waits for the commit is checked now: a table with checks waiting can't be altered.
    session.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    for table in BULK:
        session.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for batch in record.batches(numbers):
        for table, columns in COLUMNS.items():
            with session.cursor().copy(f"COPY {table} ({', '.join(columns.split())}) FROM STDIN") as copy:
                copy.write("".join(f"{line}\n" for line in batch.lines[table]))
        tell(f"{numbers.next['quotes_statement']} statements, {numbers.next['quotes_quote']} quotes")
    for table in COLUMNS:
        session.execute(f"ANALYZE {table}")
    session.execute(REVISIONS)
    session.execute(APPROVALS, {"reviewers": numbers.reviewers, "count": len(numbers.reviewers)})
    for table in BULK:
        session.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    session.execute(PROOFS)
    tell("revisions, approvals and proofs")
    session.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    for table in BULK:
        session.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    tell("every reference checked")


def _load_cast(session: Connection[Any], record: Record) -> Numbers:
    cast = record.cast
    users = _insert(session, "auth_user", [_user(f"annotator-{at}") for at in range(AUTHORS)])
    reviewers = _insert(session, "auth_user", [_user(f"reviewer-{at}") for at in range(REVIEWERS)])
    people = _insert(
        session,
        "people_person",
        [
            {"name_ru": one.name, "name_be": "", "name_en": one.english, "about": "", "gender": one.gender}
            for one in cast.people
        ],
    )
    aliases = [
        {"person_id": number, "text": one.name.split()[1], "language": "ru", "kind": "alias"}
        for one, number in zip(cast.people[::5], people[::5], strict=True)
    ]
    _insert(session, "people_personname", aliases)
    organizations = _insert(
        session, "people_organization", [_named(name) | {"country": "", "aliases": []} for name in cast.organizations]
    )
    offices = _insert(
        session,
        "people_office",
        [
            _named(name)
            | {"country": "", "epithets": [], "single_seat": True}
            | {"organization_id": organizations[at % len(organizations)]}
            for at, name in enumerate(cast.offices)
        ],
    )
    tenures = _insert(
        session,
        "people_tenure",
        [
            {"person_id": people[one.person], "office_id": offices[one.office], "evidence": ""}
            | {"start": one.start.isoformat(), "start_known": "text", "end": one.end.isoformat(), "end_known": "text"}
            for one in cast.tenures
        ],
    )
    meetings = _insert(
        session,
        "people_meeting",
        [
            _named(one.name)
            | {
                "kind": one.kind,
                "start": one.day.isoformat(),
                "start_known": "text",
                "end_known": "",
                "place": one.place,
            }
            for one in cast.meetings
        ],
    )
    _insert(
        session,
        "people_participant",
        [
            {"meeting_id": number, "person_id": people[speaker], "in_words": "", "role": "speaker"}
            for one, number in zip(cast.meetings, meetings, strict=True)
            for speaker in one.speakers
        ],
    )
    sources = _insert(
        session,
        "articles_source",
        [
            _named(name) | {"kind": kind, "host": f"source-{at}.example", "country": ""}
            for at, (kind, name) in enumerate(cast.sources)
        ],
    )
    topics: list[int] = []
    for is_broad in (True, False):
        rows = [
            _named(name) | {"parent_id": None if is_broad else topics[broader]}
            for name, broader in cast.topics
            if (broader == NOWHERE) is is_broad
        ]
        topics += _insert(session, "quotes_topic", rows)
    following = {table: _ask(session, f"SELECT nextval(pg_get_serial_sequence('{table}', 'id'))") for table in COLUMNS}
    guideline = _ask(session, "SELECT id FROM quotes_guideline WHERE version IS NOT NULL ORDER BY version DESC LIMIT 1")
    return Numbers(
        *(people, organizations, tenures, meetings, sources, topics, users, reviewers, guideline),
        next={table: number - 1 for table, number in following.items()},
    )


def _insert(session: Connection[Any], table: str, rows: list[dict[str, Any]]) -> list[int]:
    """The numbers that the database gave the rows, in their order."""
    if not rows:
        return []
    columns = ", ".join(f'"{column}"' for column in rows[0])
    values = ", ".join(f"%({column})s" for column in rows[0])
    with session.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING id", rows, returning=True)
        numbers = []
        while True:
            numbers.append(cursor.fetchone()[0])
            if not cursor.nextset():
                return numbers


def _ask(session: Connection[Any], question: str) -> Any:
    row = session.execute(question).fetchone()
    return row[0] if row else None


def _named(russian: str) -> dict[str, str]:
    return {"name_ru": russian, "name_be": "", "name_en": ""}


def _user(name: str) -> dict[str, Any]:
    names = {"username": name, "password": "!", "first_name": "", "last_name": "", "email": ""}
    return names | {"is_superuser": False, "is_staff": True, "is_active": True, "date_joined": WHEN}
