"""What lists show of statements, read at once: who, in what office, when, where, and each article's wording.

As records these would be two hundred objects of twelve tables for a page of twenty, which take longer to ask for and to
build than all else that a page does (docs/performance.md).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils.text import capfirst

from articles.models import Article, Source
from articles.models.article import Titled
from people.addresses import AddressedByName, AddressedByTitle, address_of
from people.models import Meeting, Person
from people.names import InThreeLanguages
from quotes.citing.wording import BETWEEN_SPANS, Span, passage_of
from quotes.models import Quote, Statement, Topic
from quotes.models.statement import slug_of
from quotes.pages import visible

# One part of a record each, so that PostgreSQL plans twelve small queries and not a join of twelve tables, which takes it
# longer than to answer it.
SUMMARIES = """
SELECT s.id, s.public_id, s.label, s.spoken, s.spoken_known, s.lead_id,
    (SELECT json_build_object('public_id', public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en,
            'other_names', ARRAY(SELECT text FROM people_personname WHERE person_id = p.id ORDER BY text))
        FROM people_person p WHERE p.id = s.speaker_id),
    (SELECT json_build_object('public_id', public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en)
        FROM people_organization WHERE id = s.speaker_organization_id),
    (SELECT json_build_object('public_id', public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en,
            'epithets', epithets)
        FROM people_office WHERE id = (SELECT office_id FROM people_tenure WHERE id = s.tenure_id)),
    (SELECT json_build_object('public_id', public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en)
        FROM people_meeting WHERE id = s.meeting_id),
    ARRAY(SELECT json_build_object('public_id', public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en)
        FROM quotes_topic WHERE id IN (SELECT topic_id FROM quotes_statement_topics WHERE statement_id = s.id)
        ORDER BY name_ru, name_en, id),
    ARRAY(SELECT json_build_object(
            'id', q.id, 'kind', q.kind, 'language', q.language, 'attribution', q.attribution,
            'passage_start', q.passage_start, 'passage_end', q.passage_end,
            'spans', ARRAY(SELECT json_build_array(start, "end", exact) FROM quotes_span WHERE quote_id = q.id
                ORDER BY start),
            'article', (SELECT json_build_object('public_id', a.public_id, 'title', a.title, 'address', a.address,
                    'language', a.language, 'published', a.published, 'source', json_build_object(
                        'public_id', o.public_id, 'name_ru', name_ru, 'name_be', name_be, 'name_en', name_en,
                        'kind', o.kind))
                FROM articles_snapshot n JOIN articles_article a ON a.id = n.article_id
                    JOIN articles_source o ON o.id = a.source_id WHERE n.id = q.snapshot_id))
        FROM quotes_quote q WHERE q.statement_id = s.id ORDER BY q.id)
FROM quotes_statement s WHERE s.id = ANY (%s) AND s.id IN ({published})
"""


@dataclass(frozen=True)
class Named(InThreeLanguages):
    """A record by its names; an empty text where there is none in a language."""

    public_id: str
    name_ru: str
    name_be: str
    name_en: str


@dataclass(frozen=True)
class SpeakerNamed(AddressedByName, Named):
    """A person, with the aliases and other spellings."""

    route = Person.route
    other_names: list[str]


@dataclass(frozen=True)
class OfficeNamed(Named):
    """An office, and what the press calls its holder."""

    epithets: list[str]


@dataclass(frozen=True)
class MeetingNamed(AddressedByName, Named):
    route = Meeting.route


@dataclass(frozen=True)
class TopicNamed(AddressedByName, Named):
    route = Topic.route


@dataclass(frozen=True)
class SourceNamed(AddressedByName, Named):
    route = Source.route
    kind: str


@dataclass(frozen=True)
class ArticleTitled(AddressedByTitle, Titled):
    """An article without its text; `published` is an EDTF date or None."""

    route = Article.route
    public_id: str
    title: str
    address: str
    language: str
    published: str | None
    source: SourceNamed


@dataclass(frozen=True)
class Wording:
    """How one article words a statement. Spans and passage as a quote has them, in code points of the snapshot's text."""

    id: int
    kind: str
    language: str
    attribution: str
    passage_start: int | None
    passage_end: int | None
    spans: list[Span]
    article: ArticleTitled

    @cached_property
    def words(self) -> str:
        """The words as printed; where the report breaks them off, « […] » stands between the parts."""
        return BETWEEN_SPANS.join(exact for _start, _end, exact in self.spans)

    @property
    def passage(self) -> str:
        """The telling part, as printed; empty where none is marked."""
        if self.passage_start is None or self.passage_end is None:
            return ""
        return passage_of(self.spans, self.passage_start, self.passage_end)

    @property
    def kind_told(self) -> str:
        """«Direct speech», in the reader's language."""
        return str(capfirst(Quote.Kind(self.kind).label))


@dataclass(frozen=True)
class Summary:
    """A published statement as lists show it. `spoken` is an EDTF date or None; `quotes` has the leading one somewhere."""

    id: int
    public_id: str
    label: str
    spoken: str | None
    spoken_known: str
    lead_id: int
    speaker: SpeakerNamed | None
    speaker_organization: Named | None
    office: OfficeNamed | None
    meeting: MeetingNamed | None
    topics: list[TopicNamed]
    quotes: list[Wording]

    def get_absolute_url(self) -> str:
        return address_of("statement", self.public_id, slug_of(self.label or self.lead.words))

    @property
    def lead(self) -> Wording:
        """The wording that is shown first."""
        return self.worded(self.lead_id)

    def worded(self, quote_id: int) -> Wording:
        """The wording of one of its quotes."""
        return next(quote for quote in self.quotes if quote.id == quote_id)

    @property
    def speaker_name(self) -> str:
        """Who spoke, in the reader's language; for an unidentified speaker the attribution as printed."""
        known = self.speaker or self.speaker_organization
        return known.name if known else self.lead.attribution


def summaries(numbers: Collection[int]) -> dict[int, Summary]:
    """By their numbers, those of the statements that are published; in one query, in no order."""
    if not numbers:
        return {}
    published, parameters = visible.written(Statement)
    with connection.cursor() as cursor:
        cursor.execute(SUMMARIES.format(published=published), [list(numbers), *parameters])
        return {row[0]: _summary(*row) for row in cursor.fetchall()}


def summaries_of(statements: Iterable[Statement]) -> list[Summary]:
    """Those of the statements that are published, in the order given."""
    numbers = [statement.pk for statement in statements]
    found = summaries(numbers)
    return [found[number] for number in numbers if number in found]


def _summary(*row: Any) -> Summary:
    number, public_id, label, spoken, spoken_known, lead, speaker, organization, office, meeting, topics, quotes = row
    return Summary(
        number,
        public_id,
        label,
        spoken,
        spoken_known,
        lead,
        SpeakerNamed(**speaker) if speaker else None,
        Named(**organization) if organization else None,
        OfficeNamed(**office) if office else None,
        MeetingNamed(**meeting) if meeting else None,
        [TopicNamed(**topic) for topic in topics],
        [_wording(**quote) for quote in quotes],
    )


def _wording(article: dict[str, Any], spans: list[list[Any]], **own: Any) -> Wording:
    source = SourceNamed(**article.pop("source"))
    return Wording(spans=[Span(*span) for span in spans], article=ArticleTitled(**article, source=source), **own)
