"""A small valid world by plain SQL: what a statement needs, and the steps that make it public.

Everything in it is invented. Ids are kept by name, so that SQL can say `%(quote)s`.
"""

from dataclasses import dataclass, field
from itertools import count
from typing import Any, Self

import psycopg

FIRST = "Мост будет к осени"
SECOND = "Денег хватит на всё"
TEASER = "Ещё один заголовок"
TEXT = (
    f"Город Примерск. «{FIRST}, — сказал Пётр Примеров. — {SECOND}». Вопросов больше не было.\n"
    f"Читайте также: «{TEASER}»…"
)
BODY_END = TEXT.index("Читайте")
_numbers = count(1)


def place(words: str) -> tuple[int, int]:
    """Where the words stand in the text."""
    start = TEXT.index(words)
    return start, start + len(words)


@dataclass
class World:
    """A session and the rows made in it, by name; each step adds to both."""

    session: psycopg.Connection[Any]
    names: dict[str, Any] = field(default_factory=dict)

    def run(self, statements: str, **more: Any) -> list[int]:
        """The numbers of rows that each statement touched, one after another (-1 for what touches none)."""
        cursor = self.session.execute(statements, self.names | more)
        counts = [cursor.rowcount]
        while cursor.nextset():
            counts.append(cursor.rowcount)
        return counts

    def ask(self, question: str, **more: Any) -> Any:
        """The first column of the first row."""
        row = self.session.execute(question, self.names | more).fetchone()
        return row[0] if row else None

    def make(self, name: str, table: str, **columns: Any) -> int:
        """The number of a new row, which `name` stands for from now on."""
        listed = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(f"%({column})s" for column in columns)
        row = self.session.execute(f"INSERT INTO {table} ({listed}) VALUES ({values}) RETURNING id", columns)
        self.names[name] = row.fetchone()[0]
        return self.names[name]

    def acting(self, user: str | None) -> Self:
        """From now on, until the transaction ends, this user writes; None is a session of the database itself."""
        self.session.execute("SELECT set_config('skazano.user', %s, true)", [str(self.names[user]) if user else ""])
        return self

    def check(self) -> None:
        """What waits for the commit is checked now."""
        self.session.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def elsewhere(self, session: psycopg.Connection[Any]) -> "World":
        """The same rows, seen from another session."""
        return World(session, dict(self.names))

    # -- steps of a statement

    def statement(self, name: str = "statement", **columns: Any) -> int:
        """A statement that lacks only its quotes."""
        complete = {
            "speaker_id": self.names["person"],
            "speaker_not_identified": False,
            "tenure_id": self.names["tenure"],
            "spoken": "2031-03-04",
            "spoken_known": "text",
            "spoken_evidence": "",
            "meeting_id": self.names["meeting"],
            "occasion_not_named": False,
            "label": "",
            "created_at": "2031-03-05T12:00:00+00:00",
        }
        return self.make(name, "quotes_statement", **(complete | columns))

    def quote(self, name: str = "quote", statement: str = "statement", words: str = FIRST, **columns: Any) -> int:
        """A quote of one span, which is called `<name>_span`."""
        complete = {
            "statement_id": self.names[statement],
            "snapshot_id": self.names["snapshot"],
            "kind": "direct",
            "language": "ru",
            "attribution": "сказал Пётр Примеров",
        }
        made = self.make(name, "quotes_quote", **(complete | columns))
        self.span(f"{name}_span", name, words)
        return made

    def span(self, name: str, quote: str, words: str) -> int:
        """A span over the words, wherever they stand."""
        start, end = place(words)
        return self.make(name, "quotes_span", quote_id=self.names[quote], start=start, end=end, exact=words)

    def lead(self, quote: str, statement: str = "statement") -> None:
        """The quote leads its statement."""
        self.session.execute(
            "UPDATE quotes_statement SET lead_id = %s WHERE id = %s", [self.names[quote], self.names[statement]]
        )

    def revision(self, name: str = "revision", statement: str = "statement", user: str = "anna") -> int:
        """The statement is submitted as it stands."""
        return self.make(
            name,
            "quotes_revision",
            statement_id=self.names[statement],
            submitted_by_id=self.names[user],
            submitted_at="2031-03-05T12:00:00+00:00",
        )

    def approval(self, revision: str = "revision", user: str = "boris") -> int:
        """The revision is approved."""
        return self.make(
            "approval",
            "quotes_approval",
            revision_id=self.names[revision],
            approved_by_id=self.names[user],
            approved_at="2031-03-05T12:00:00+00:00",
        )

    def is_public(self, statement: str = "statement") -> bool:
        """Whether the present state of the statement is approved."""
        return self.ask(
            "SELECT EXISTS (SELECT FROM quotes_statement s JOIN quotes_approval a ON a.revision_id = s.current_revision_id"
            " WHERE s.id = %(id)s)",
            id=self.names[statement],
        )


def build(session: psycopg.Connection[Any]) -> World:
    """Users, a source with an article and its snapshot, a person in office, an occasion; no statement yet."""
    world = World(session)
    for user in ("anna", "boris", "vera"):
        world.make(
            user,
            "auth_user",
            username=f"{user}-{next(_numbers)}",
            password="!",
            is_superuser=False,
            first_name="",
            last_name="",
            email="",
            is_staff=True,
            is_active=True,
            date_joined="2031-01-01T00:00:00+00:00",
        )
    _texts(world)
    _people(world)
    _places(world)
    return world


def _texts(world: World) -> None:
    world.make("source", "articles_source", **_named("Газета «Пример»"), kind="sample", host="", country="")
    for name in ("article", "other_article"):
        world.make(
            name,
            "articles_article",
            source_id=world.names["source"],
            address="",
            title="Мост",
            byline="",
            language="ru",
            credit="",
            published="2031-03-05",
            published_known="text",
            created_at="2031-03-05T12:00:00+00:00",
        )
    for name, article in (("snapshot", "article"), ("other_snapshot", "other_article")):
        world.make(name, "articles_snapshot", article_id=world.names[article], **snapshot_columns())


def snapshot_columns(text: str = TEXT) -> dict[str, Any]:
    """All that a snapshot holds but its article."""
    return {
        "method": "paste",
        "retrieved_at": "2031-03-05T12:00:00+00:00",
        "raw": text.encode(),
        "media_type": "text/plain",
        "encoding": "utf-8",
        "extractor": "none",
        "text": text,
        "body_start": 0,
        "body_end": min(BODY_END, len(text)),
    }


def _people(world: World) -> None:
    for name, russian in (
        ("person", "Пётр Примеров"),
        ("other_person", "Павел Образцов"),
        ("third_person", "Анна Пробная"),
    ):
        world.make(name, "people_person", **_named(russian), about="")
    world.make("alias", "people_personname", person_id=world.names["person"], text="Петя", language="ru", kind="alias")
    world.make("organization", "people_organization", **_named("Примерный комитет"), country="")
    for name, single in (("office", True), ("seats", False)):
        world.make(name, "people_office", **_named("Пример"), country="", epithets=[], single_seat=single)
    world.make(
        "tenure",
        "people_tenure",
        person_id=world.names["person"],
        office_id=world.names["office"],
        start="2030-01-10",
        start_known="text",
        end="2032-01-10",
        end_known="text",
        evidence="",
    )


def _places(world: World) -> None:
    world.make(
        "meeting",
        "people_meeting",
        **_named("Встреча в Примерске"),
        kind="meeting",
        start="2031-03-04",
        start_known="text",
        end_known="",
        place="",
    )
    world.make(
        "participant",
        "people_participant",
        meeting_id=world.names["meeting"],
        person_id=world.names["person"],
        in_words="",
        role="host",
    )
    world.make("topic", "quotes_topic", **_named("Мосты"))
    world.make("other_topic", "quotes_topic", **_named("Дороги"))


def _named(russian: str) -> dict[str, str]:
    return {"name_ru": russian, "name_be": "", "name_en": ""}


# -- stages that a case starts from


def nothing(world: World) -> None:
    """No statement."""


def draft(world: World) -> None:
    """Anna's statement with a quote of two spans that leads, a second quote, and an addressee."""
    world.acting("anna")
    world.statement()
    world.quote()
    world.span("second_span", "quote", SECOND)
    world.lead("quote")
    world.quote("other_quote", words=SECOND)
    world.make(
        "addressee",
        "quotes_addressee",
        statement_id=world.names["statement"],
        person_id=world.names["other_person"],
        in_words="",
    )
    world.make(
        "tagged", "quotes_statement_topics", statement_id=world.names["statement"], topic_id=world.names["topic"]
    )


def submitted(world: World) -> None:
    """The draft, submitted by Anna."""
    draft(world)
    world.revision()


def published(world: World) -> None:
    """The draft, submitted by Anna and approved by Boris."""
    submitted(world)
    world.acting("boris").approval()


def withdrawn(world: World) -> None:
    """Published, then taken back by Vera."""
    published(world)
    world.acting("vera").make(
        "withdrawal",
        "quotes_withdrawal",
        statement_id=world.names["statement"],
        reason="Ошибка в источнике.",
        withdrawn_by_id=world.names["vera"],
        withdrawn_at="2031-03-06T12:00:00+00:00",
        restored_why="",
    )
