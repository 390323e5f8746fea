"""What readers ask for, drawn by lot from the record: words by how many statements hold them, filters, pages.

How frequent a word is, is asked of the index. The same record gives the same cases.
"""

import random
import re
from collections.abc import Iterator
from functools import cache, cached_property
from statistics import median_low
from urllib.parse import urlencode

from django.db import connection
from django.utils.translation import override

from articles.models import Article, Source
from people.models import Meeting, Person
from people.morphology import normal_forms
from quotes.api.changes import cursor_of
from quotes.mirroring import here
from quotes.models import Statement, Topic
from quotes.search.published import index
from quotes.search.query import parse
from tests.bench.timing import Case
from tests.bench.words import FUNCTION_WORDS

ADDRESSES = 20  # of a case
LOOKED_AT = 600  # statements from whose words those to be asked for are taken
# The share of statements that hold a word; and how few statements a rare one may have in a small record.
CLASSES = {"rare": (0, 0.0005), "medium": (0.001, 0.01), "common": (0.05, 1)}
FEW = 2
WORD = re.compile(r"[а-яё]{3,}")
# Of a medium and a common word, and all that the search page counts.
FACETS = "speaker,office,meeting,source,topic,kind,language,year"
EXPANDED = "speaker,office,meeting,topics"
FILTERS = "speaker office meeting source topic kind language year".split()


class Asking:
    """The cases of the record that the settings name."""

    def __init__(self, addresses: int = ADDRESSES, seed: int = 7) -> None:
        """At most so many `addresses` of each case."""
        self._most = max(addresses, 2)  # of records the first ones, and others by lot
        self._random = random.Random(seed)
        self._total = self._one("SELECT count(*) FROM quotes_statement")

    def cases(self) -> Iterator[Case]:
        """Pages: all but paging, which is a walk."""
        yield Case("home", ("/",))
        yield self._search("no words", [{}], order="newest")
        for name, words in self._word_cases():
            for order in ("relevance", "newest"):
                yield self._search(f"{name}, by {order}", [{"q": each} for each in words], order=order)
        yield self._search("phrase of 3 words", [{"q": f'"{each}"'} for each in self._phrases()])
        yield self._search("misremembered quotation", [{"q": each} for each in self._misremembered()])
        yield self._search("a speaker's name", [{"q": each} for each in self._surnames()])
        common = self._words_of("common", 1)
        for name in FILTERS:
            chosen = list(self._chosen(name))
            yield self._search(f"filter by {name}", [{name: each} for each in chosen], order="newest")
            both = [{"q": self._random.choice(common), name: each} for each in chosen]
            yield self._search(f"filter by {name}, common word", both)
        yield from self._pages()

    def newest(self) -> str:
        """Where paging by date begins."""
        return "/search?order=newest"

    def of_the_api(self) -> Iterator[Case]:
        """What programs ask for; but for the walk, which begins at `statements`, and for files."""
        yield Case("API: newest statements", ("/api/v1/statements/",), self._total)
        for name in FILTERS:
            asked = [{name: each} for each in self._chosen(name)]
            yield Case(f"API: statements by {name}", _asked("/api/v1/statements/", asked))
        for name in ("medium", "common"):
            words = self._words_of(name, 1)
            addresses = _asked("/api/v1/search/", [{"q": each, "facets": FACETS} for each in words])
            yield Case(f"API: search, 1 {name} word, with facets", addresses, median_low(map(_hits, words)))
        by_people = (
            "SELECT public_id FROM quotes_statement WHERE speaker_id IS NOT NULL ORDER BY md5(id::text) LIMIT %s"
        )
        drawn = self._column(by_people, self._most)
        expanded = urlencode({"expand": EXPANDED})
        yield Case("API: statement, expanded", tuple(f"/api/v1/statements/{each}/?{expanded}" for each in drawn))
        yield Case("API: evidence packet", tuple(f"/api/v1/statements/{each}/evidence.zip" for each in drawn))
        yield Case(
            "API: a true quotation verified", _asked("/api/v1/verify/", [{"text": each} for each in self._said()])
        )
        yield Case("API: changes from the beginning", ("/api/v1/changes/?from=beginning&page_size=200",))
        yield Case("API: no changes since", _asked("/api/v1/changes/", [{"cursor": cursor_of(here())}]))

    def statements(self) -> str:
        """Where a walk through all statements begins, as the API lists them."""
        return "/api/v1/statements/?page_size=100"

    def _said(self) -> list[str]:
        """The words of some quotes, as printed."""
        query = """
            SELECT p.exact FROM quotes_span p JOIN quotes_statement s ON s.lead_id = p.quote_id
            WHERE length(p.exact) > 80 ORDER BY md5(p.id::text) LIMIT %s
        """
        return self._column(query, self._most)

    # Searches

    def _search(self, name: str, asked: list[dict[str, str]], **more: str) -> Case:
        addresses = tuple(f"/search?{urlencode(each | more)}" if each or more else "/search" for each in asked)
        only_words = [each["q"] for each in asked if each.keys() == {"q"}]
        hits = median_low(map(_hits, only_words)) if only_words else self._total if asked == [{}] else None
        return Case(f"search: {name}", addresses, hits)

    def _word_cases(self) -> Iterator[tuple[str, list[str]]]:
        for name in CLASSES:
            for count in (1, 2, 3):
                if words := self._words_of(name, count):
                    yield f"{count} {name} word{'s' if count > 1 else ''}", words
        yield "3 function words", [" ".join(self._random.sample(FUNCTION_WORDS[:20], 3)) for _ in range(self._most)]

    @cache  # noqa: B019 - lives as long as the run
    def _words_of(self, name: str, count: int) -> list[str]:
        """So many words of that class together, which stand in one statement; of several statements."""
        low, high = (share * self._total for share in CLASSES[name])
        high = max(high, FEW) if name == "rare" else high
        found: dict[str, None] = {}
        for words in self._statements:
            fit = [
                word
                for word in dict.fromkeys(WORD.findall(words))
                if self._is_asked(word) and low < _hits(word) <= high
            ]
            if len(fit) >= count:
                found[" ".join(self._random.sample(fit, count))] = None
            if len(found) == self._most:
                break
        return list(found)

    def _is_asked(self, word: str) -> bool:
        return word not in FUNCTION_WORDS

    def _phrases(self) -> Iterator[str]:
        for words in self._statements[: self._most]:
            several = words.split(". ")[0].split()
            at = self._random.randrange(max(len(several) - 3, 1))
            yield " ".join(several[at : at + 3])

    def _misremembered(self) -> Iterator[str]:
        """Eight words of a statement: two swapped, one in another form, one left out, one put in its place."""
        for words in self._statements[self._most : 2 * self._most]:
            several = re.findall(r"\w+", words)
            at = self._random.randrange(max(len(several) - 8, 1))
            kept = several[at : at + 8]
            kept[1], kept[2] = kept[2], kept[1]
            kept[5] = sorted(normal_forms(kept[5].lower()))[0]
            kept[6] = self._random.choice(self._words_of("medium", 1) or ["забыто"])
            yield " ".join(kept[:3] + kept[4:])

    def _surnames(self) -> list[str]:
        names = self._column("SELECT name_ru FROM people_person ORDER BY md5(id::text) LIMIT %s", self._most)
        return [name.split()[-1] for name in names]

    @cached_property
    def _statements(self) -> list[str]:
        """The words of some statements, in small letters."""
        query = """
            SELECT lower(p.exact) FROM quotes_statement s, LATERAL (
                SELECT exact FROM quotes_span WHERE quote_id = s.lead_id ORDER BY start LIMIT 1
            ) p WHERE s.id = ANY (%s) AND length(p.exact) > 80 ORDER BY s.id
        """
        numbers = [
            self._random.randrange(self._total) + self._one("SELECT min(id) FROM quotes_statement")
            for _ in range(LOOKED_AT)
        ]
        found = self._column(query, numbers)
        self._random.shuffle(found)
        return found

    def _chosen(self, name: str) -> list[str]:
        """Values to filter by: those with the most statements, and some by lot."""
        if name in ("kind", "language", "year"):
            return {
                "kind": ["direct", "indirect", "mixed"],
                "language": ["ru"],
                "year": [str(year) for year in range(2005, 2025)],
            }[name][: self._most]
        tables = {
            "speaker": ("people_person", "speaker_id"),
            "meeting": ("people_meeting", "meeting_id"),
            "office": ("people_office", "(SELECT office_id FROM people_tenure WHERE id = tenure_id)"),
        }
        if name in tables:
            table, column = tables[name]
            counted = f"SELECT {column} AS id, count(*) AS n FROM quotes_statement GROUP BY 1"
        elif name == "topic":
            table, counted = (
                "quotes_topic",
                "SELECT topic_id AS id, count(*) AS n FROM quotes_statement_topics GROUP BY 1",
            )
        else:
            table, counted = "articles_source", "SELECT source_id AS id, count(*) AS n FROM articles_article GROUP BY 1"
        query = f"SELECT t.public_id FROM {table} t JOIN ({counted}) c ON c.id = t.id ORDER BY c.n DESC"
        ranked = self._column(query)
        return ranked[: self._most // 2] + self._random.sample(ranked, min(self._most // 2, len(ranked)))

    # Pages of records

    def _pages(self) -> Iterator[Case]:
        by_lot = "ORDER BY md5(id::text) LIMIT %s"
        statements = f"SELECT public_id FROM quotes_statement {by_lot}"
        reported_twice = f"""
            SELECT public_id FROM quotes_statement s
            WHERE EXISTS (SELECT FROM quotes_quote WHERE statement_id = s.id AND id <> s.lead_id) {by_lot}
        """
        yield Case("statement", self._addresses(Statement, self._column(statements, self._most)))
        yield Case("statement, two reports", self._addresses(Statement, self._column(reported_twice, self._most)))
        for name, model, of in (
            ("person", Person, "speaker"),
            ("meeting", Meeting, "meeting"),
            ("source", Source, "source"),
        ):
            ranked = self._chosen(of)
            yield Case(f"{name} with the most statements", self._addresses(model, ranked[:1]))
            yield Case(name, self._addresses(model, ranked[self._most // 2 :]))
        yield Case("topic", self._addresses(Topic, self._chosen("topic")))
        articles = f"SELECT public_id FROM articles_article {by_lot}"
        yield Case("article", self._addresses(Article, self._column(articles, self._most)))

    def _addresses(self, model, public_ids: list[str]) -> tuple[str, ...]:
        """The addresses that stay: as a link says them, so that nothing redirects."""
        with override("ru"):
            return tuple(
                one.get_absolute_url() for one in model.objects.filter(public_id__in=public_ids).order_by("pk")
            )

    # The database

    def _one(self, query: str) -> int:
        return self._column(query)[0]

    def _column(self, query: str, *values: object) -> list:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return [row[0] for row in cursor.fetchall()]


def _asked(address: str, asked: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(f"{address}?{urlencode(each)}" for each in asked)


@cache
def _hits(typed: str) -> int:
    return index().search(parse(typed), limit=1).total
