"""What `make bench` measures stays a record of the product's and pages that answer. How fast, it alone tells."""

import os
from urllib.parse import urlsplit

import pytest
from django.db import connection
from psycopg.errors import UndefinedFunction

from quotes.models import Quote, Statement
from tests.bench.cases import FACETS, FILTERS, Asking
from tests.bench.loading import load
from tests.bench.record import Record
from tests.bench.rules import broken
from tests.bench.streaming import FILES, stream
from tests.bench.timing import Case, Took, measure, paging
from tests.bench.warming import warm

SIZE = 300


@pytest.fixture(scope="module")
def record():
    """A small record; finding words for it in the dictionary takes a second or two."""
    return Record(SIZE)


@pytest.fixture
def loaded(db, record):
    """The session that loaded the record."""
    with connection.cursor() as cursor:
        load(cursor.connection, record)
        yield cursor.connection


@pytest.fixture
def ask(client):
    """A page by the site's own code, as the bench asks for it."""

    def answer(address):
        response = client.get(address, headers={"accept-language": "ru"})
        return response.status_code, response.content

    return answer


@pytest.mark.slow  # The dictionary is read for words to make texts of: a second or two.
def test_the_record_breaks_no_rule_and_is_public(loaded):
    assert broken(loaded) == {}
    assert Statement.objects.published().count() == SIZE
    assert Quote.objects.count() > SIZE
    assert set(Quote.objects.values_list("kind", flat=True)) == {"direct", "indirect", "mixed"}


@pytest.mark.slow  # As above.
@pytest.mark.parametrize(
    ("tampering", "rule"),
    [
        ("UPDATE quotes_span SET exact = exact || '!' WHERE id = (SELECT min(id) FROM quotes_span)", "span_is_exact"),
        ("UPDATE quotes_approval SET approved_by_id = submitted_by_id FROM quotes_revision r WHERE r.id = revision_id",
         "published_is_what_was_approved"),
        ("DELETE FROM quotes_approval WHERE id = (SELECT min(id) FROM quotes_approval)", "statement_is_published"),
        ("UPDATE quotes_quote SET attribution = 'промолчал'", "quote_attribution_is_printed"),
    ],
)  # fmt: skip
def test_a_record_that_the_product_could_not_have_made_is_told_from_one_that_it_could(loaded, tampering, rule):
    for table in ("quotes_span", "quotes_approval", "quotes_quote"):
        loaded.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    loaded.execute(tampering)
    assert rule in broken(loaded)


@pytest.mark.slow  # As above.
def test_the_same_seed_makes_the_same_record(record):
    again = Record(SIZE)
    assert again.vocabulary == record.vocabulary
    assert again.cast == record.cast


@pytest.mark.slow  # As above, and every page that is measured is asked for.
def test_every_case_answers_and_what_is_searched_for_is_there(loaded, search_index, ask):
    search_index()
    asking = Asking(addresses=2)
    cases = {case.name: case for case in asking.cases()}
    of_the_api = {case.name: case for case in asking.of_the_api()}
    for case in [*cases.values(), *of_the_api.values()]:
        assert case.addresses, case.name
        assert measure(case, ask, rounds=1).again.share(0.95) > 0
        assert case.hits != 0 or case.name == "search: misremembered quotation", case.name
    assert {f"search: filter by {name}" for name in FILTERS} <= cases.keys()
    walked = paging(ask, asking.newest(), 10_000)
    assert list(walked) == ["pages 1 to 10", "pages 11 to 15"]
    assert {f"API: statements by {name}" for name in FILTERS} <= of_the_api.keys()
    walked = paging(ask, asking.statements(), 10_000)
    assert [(name, len(took.every)) for name, took in walked.items()] == [("pages 1 to 3", 3)]


@pytest.mark.slow  # As above.
def test_the_cases_of_the_api_are_what_they_are_called(loaded, search_index, client):
    search_index()
    cases = {case.name: case.addresses for case in Asking(addresses=2).of_the_api()}

    def answers(name):
        return [client.get(address) for address in cases[f"API: {name}"]]

    for answer in answers("a true quotation verified"):
        assert answer.json()["answer"] in {"found", "ambiguous"}
    for answer in answers("search, 1 common word, with facets"):
        assert answer.json()["facets"].keys() == set(FACETS.split(","))
    for address in cases["API: statement, expanded"]:
        assert len(client.get(address).content) > len(client.get(address.partition("?")[0]).content)
    for answer in answers("evidence packet"):
        assert answer["Content-Type"] == "application/zip"
    (changes,) = answers("changes from the beginning")
    assert len(changes.json()["results"]) == 200
    (changes,) = answers("no changes since")
    assert (changes.json()["results"], changes.json()["more"]) == ([], False)


@pytest.mark.slow  # As above, and gunicorn is started for each file.
def test_exports_are_read_from_gunicorn_to_their_end(transactional_db, record, tmp_path, monkeypatch):
    with connection.cursor() as cursor, cursor.connection.transaction():
        load(cursor.connection, record)
    of_the_tests = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    monkeypatch.setenv("DATABASE_URL", of_the_tests)
    took = {name: stream(name, tmp_path / "gunicorn.log") for name in FILES}
    rows = {name: each.rows for name, each in took.items()}
    assert rows == {"statements.jsonl": SIZE, "quotes.csv": Quote.objects.count()}
    for each in took.values():
        assert each.seconds > 0
        assert 10 < each.before <= each.highest


def test_first_and_again_are_told_apart():
    asked = []

    def ask(address):
        asked.append(address)
        return 200, b""

    took = measure(Case("two pages", ("/a/", "/b/")), ask, 2, lambda: asked.append("commit"))
    assert asked == ["/a/", "/b/"] * 3 + ["commit", "/a/", "/b/"] * 2
    assert (len(took.again.every), len(took.first.every)) == (4, 4)


def test_a_server_without_the_extension_is_not_warmed(db):
    with connection.cursor() as cursor, pytest.raises(UndefinedFunction):
        warm(cursor.connection)


def test_a_percentile_is_the_nearest_rank():
    took = Took.of([0.001 * number for number in range(1, 21)])
    assert took.share(0.5) == pytest.approx(10)
    assert took.share(0.95) == pytest.approx(19)
    assert Took.of([0.004]).share(0.95) == pytest.approx(4)
