"""What a program is told of changes: each statement in full or as a tombstone, and never that a draft exists."""

import base64
import os
import re
import time
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Snapshot, Source
from people.merging import merge
from people.models import Meeting, Office, Organization, Person
from quotes.api.changes import cursor_of, place_of
from quotes.mirroring import Place, here, history, prune
from quotes.models import Change, Quote, Statement, Topic
from quotes.search.following import EPOCH, LAST_SEQ
from quotes.withdrawing import restore, withdraw
from tests import world

# A change shows once its transaction is over, which the one of a test without this never is.
pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 120  # seconds: a transaction of another test run on this server may hold changes back for a while
SETTLED = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > coalesce(max(xid), 0) FROM quotes_change"
START = "/api/v1/changes/"


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def get(client, address=START, **headers):
    """What is answered when all that was committed is settled."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while not cursor.execute(SETTLED).fetchone()[0]:
            assert time.monotonic() < until, "a change is still held back"
            time.sleep(0.02)
    return client.get(address, headers={"accept-language": "en"} | headers)


def place(client, query=""):
    """Where a copy stands that begins now."""
    return get(client, START + query).json()["next"]


def changes(client, address):
    """All changes from there on, by `next`, and the last `next`."""
    results, more = [], True
    while more:
        body = get(client, address).json()
        results += body["results"]
        address, more = body["next"], body["more"]
    return results, address


def full(client, statement):
    return client.get(f"/api/v1/statements/{statement.public_id}/", headers={"accept-language": "en"}).json()


def test_without_a_cursor_it_tells_where_to_go_on_and_nothing_else(client):
    world.published()
    body = get(client).json()
    assert (body["results"], body["more"]) == ([], False)
    assert body["next"].startswith("http://testserver/api/v1/changes/?cursor=")
    assert body["epoch"] == history()
    assert changes(client, body["next"])[0] == []


def test_from_the_beginning_all_comes_first_and_then_what_changed_meanwhile(client, elena):
    of = world.snapshot()
    first, second, third, gone = (world.published(of=of) for _ in range(4))
    world.draft(of=of)
    withdraw(gone, "Источник отозвал сообщение.", by=elena)
    page = get(client, f"{START}?from=beginning&page_size=2&lang=en").json()
    assert page["results"] == [
        {"id": one.public_id, "statement": full(client, one), "tombstone": None} for one in (first, second)
    ]
    assert page["more"] is True
    assert "from=" not in page["next"]
    # Behind the walk, before it, and new.
    withdraw(first, "Источник отозвал сообщение.", by=elena)
    withdraw(third, "Источник отозвал сообщение.", by=elena)
    fourth = world.published(of=of)
    page = get(client, page["next"]).json()
    assert [one["id"] for one in page["results"]] == [fourth.public_id]
    results, _next = changes(client, page["next"])
    assert {one["id"]: one["statement"] is None for one in results} == {
        first.public_id: True,
        third.public_id: True,
        fourth.public_id: False,
    }


def test_an_empty_record_has_a_beginning_too(client):
    results, after = changes(client, f"{START}?from=beginning")
    assert results == []
    statement = world.published()
    ((one,), _next) = changes(client, after)
    assert one["id"] == statement.public_id


def test_a_place_is_told_once(client):
    after = place(client, "?from=beginning")
    response = get(client, f"{after}&from=beginning")
    assert response.status_code == 400
    assert response.json()["errors"] == [
        {"parameter": "from", "value": "beginning", "detail": "A cursor says already where to go on."}
    ]


def test_a_statement_comes_in_full_as_its_own_address_has_it(client):
    start = place(client)
    statement = world.published()
    ((one,), _next) = changes(client, start)
    assert one == {"id": statement.public_id, "statement": full(client, statement), "tombstone": None}


def test_a_statement_that_changed_many_times_comes_once(client):
    statement = world.published()
    start = place(client)
    for name in ("Ivan Lakes", "Ivan Ponds", "Ivan Streams"):
        Person.objects.update(name_en=name)
    ((one,), _next) = changes(client, start)
    assert one["statement"]["speaker"]["name_en"] == "Ivan Streams"
    assert one["id"] == statement.public_id


def test_what_is_withdrawn_is_told_with_its_public_reason_until_it_comes_back(client, elena):
    statement = world.published()
    start = place(client)
    withdrawal = withdraw(statement, "Источник отозвал сообщение.", by=elena)
    ((one,), after) = changes(client, start)
    assert one["statement"] is None
    assert one["tombstone"]["why"] == "withdrawn"
    assert one["tombstone"]["reason"] == "Источник отозвал сообщение."
    assert one["tombstone"]["withdrawn_at"] == timezone.localtime(withdrawal.withdrawn_at).isoformat()
    restore(withdrawal, "Источник подтвердил сообщение.", by=elena)
    ((one,), _next) = changes(client, after)
    assert (one["statement"], one["tombstone"]) == (full(client, statement), None)


def test_what_is_being_revised_is_gone_until_it_is_approved_anew(client):
    statement = world.published()
    start = place(client)
    Quote.objects.filter(statement=statement).update(kind="mixed")
    ((one,), after) = changes(client, start)
    assert one == {
        "id": statement.public_id,
        "statement": None,
        "tombstone": {"why": "revised", "reason": "", "withdrawn_at": None},
    }
    world.publish(statement)
    ((one,), _next) = changes(client, after)
    assert one["statement"]["quotes"][0]["kind"] == "mixed"


def test_nothing_tells_that_there_is_a_draft(client, elena):
    start = place(client)
    of = world.snapshot()
    draft, submitted, gone = world.draft(of=of), world.submitted(of=of), world.draft(of=of)
    Person.objects.update(name_en="Ivan Lakes")
    gone.quotes.all().delete()
    gone.delete()
    # An editor can withdraw what was never public, so that it can't become so.
    withdraw(submitted, "Не для публикации.", by=elena)
    assert Change.objects.filter(statement_id__in=[draft.pk, submitted.pk]).exists()
    body = get(client, start).json()
    assert (body["results"], body["more"]) == ([], False)
    # Where a copy stands then is where one stands that begins then.
    assert place_of(body["next"].partition("cursor=")[2]).seq == LAST_SEQ


RENAMED = [
    lambda of: Person.objects.update(name_en="Ivan Lakes"),
    lambda of: Organization.objects.update(name_en="Council"),
    lambda of: Office.objects.update(name_en="Head"),
    lambda of: Meeting.objects.update(name_en="Gathering"),
    lambda of: Source.objects.update(name_en="Herald"),
    lambda of: Article.objects.update(title="Мост построен"),
    lambda of: Topic.objects.update(name_en="Bridges"),
    lambda of: Snapshot.objects.update(body_end=len(of.text)),
    lambda of: merge(
        Person.objects.get(name_ru="И. Озёрный"),
        into=Person.objects.get(name_ru="Иван Озёрный"),
        by=world.user("elena"),
    ),
]


def test_whatever_stands_in_a_statement_and_changes_is_told(client):
    of, speaker = world.snapshot(), world.person("И. Озёрный")
    world.person("Иван Озёрный")
    held = world.tenure(speaker, world.office())
    statement = world.draft(of=of, speaker=speaker, tenure=held, meeting=world.meeting())
    statement.addressees.create(organization=Organization.objects.create(name_ru="Совет"))
    statement.topics.add(Topic.objects.create(name_ru="Мосты"))
    world.publish(statement)
    address, before = place(client), full(client, statement)
    for rename in RENAMED:
        rename(of)
        now = full(client, statement)
        assert now != before
        ((one,), address) = changes(client, address)
        assert one["statement"] == now
        before = now


def test_every_table_that_a_statement_in_full_reads_notes_its_changes(client):
    world.published()
    with CaptureQueriesContext(connection) as captured:
        client.get("/api/v1/statements/")
    asked = " ".join(query["sql"] for query in captured)
    read = set(re.findall(r'(?:FROM|JOIN) "((?:quotes|people|articles)_\w+)"', asked))
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'changes%'")
        noted = {row[0] for row in cursor.fetchall()}
    # A revision and a proof never change; which revision is the present one stands in the statement.
    assert read - noted == {"quotes_revision", "articles_proof"}
    assert "articles_snapshot" in read


def test_pages_are_bounded_and_say_that_there_is_more(client):
    start = place(client, "?page_size=2&lang=en")
    of = world.snapshot()
    made = [world.published(of=of).public_id for _ in range(5)]
    Person.objects.update(name_en="Ivan Lakes")  # all of them once more
    pages, address, more = [], start, True
    while more:
        body = get(client, address).json()
        pages.append([one["id"] for one in body["results"]])
        address, more = body["next"], body["more"]
        assert "page_size=2" in address
        assert "lang=en" in address
    assert max(map(len, pages)) == 2
    assert {one for page in pages for one in page} == set(made)
    assert len(pages) <= 6


def test_asked_again_with_the_last_place_it_answers_nothing_until_something_happens(client):
    statement = world.published()
    start = place(client)
    for _ in range(3):
        body = get(client, start).json()
        assert (body["results"], body["more"]) == ([], False)
        start = body["next"]
    Person.objects.update(name_en="Ivan Lakes")
    assert [one["id"] for one in changes(client, start)[0]] == [statement.public_id]


@pytest.mark.parametrize("drafts", [0, 30])
def test_many_drafts_hold_up_no_answer(client, monkeypatch, drafts):
    monkeypatch.setattr("quotes.mirroring.BATCH", 5)
    monkeypatch.setattr("quotes.mirroring.ROUNDS", 2)
    start = place(client)
    of = world.snapshot()
    for _ in range(drafts):
        world.draft(of=of)
    statement = world.published(of=of)
    first = get(client, start).json()
    assert first["more"] == bool(drafts) or first["results"]
    assert [one["id"] for one in changes(client, start)[0]][-1] == statement.public_id


def test_queries_do_not_grow_with_statements(client, elena):
    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            rows = len(client.get(address).json()["results"])
        return len(captured), rows

    def made(count):
        start = place(client)
        for number in range(count):
            of = world.snapshot(f"{world.TEXT}{number}{count}", source=world.source(f"Издание {number}"))
            world.published(
                of=of, speaker=world.person(f"Говорящий {number}"), meeting=world.meeting(f"Встреча {number}")
            )
            withdraw(world.published(of=of), "Источник отозвал сообщение.", by=elena)
        place(client)  # all is settled
        return queries(start)

    one, rows = made(1)
    assert rows == 2
    assert made(6) == (one, 12)


# -- another history


def refused(client, place_):
    response = get(client, f"{START}?page_size=7&cursor={cursor_of(place_)}")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    body = response.json()
    assert body["detail"].startswith("The database was restored from a backup since.")
    assert body["epoch"] == history()
    assert body["start"] == f"http://testserver{START}?page_size=7&from=beginning"
    assert get(client, body["start"]).status_code == 200


def test_a_cursor_of_another_history_is_told_to_start_over(client, monkeypatch):
    kept = here()
    monkeypatch.setattr("quotes.mirroring.epoch", lambda: "1-2-3")
    assert history() != kept.epoch
    refused(client, kept)


def test_another_database_of_the_server_has_another_history():
    # A restored one lies in such a one.
    another = urlsplit(os.environ["DATABASE_URL"])._replace(path="/postgres").geturl()
    with psycopg.connect(another) as other, connection.cursor() as cursor:
        cursor.execute(EPOCH)
        assert other.execute(EPOCH).fetchone() != cursor.fetchone()


def test_a_cursor_from_the_future_is_of_another_history(client):
    kept = here()
    refused(client, Place(kept.epoch, kept.xid + 1_000_000, LAST_SEQ))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "abc",
        "ы",
        "%00",
        "A" * 5000,
        *(
            base64.urlsafe_b64encode(one).decode()
            for one in (
                b"x-1-1",
                b"0123456789abcdef-1",
                b"0123456789abcdef-99999999999999999999-1",
                b"0123456789abcdef--1-1",
                b"0123456789abcdef-1-1-1-1",
                b"0123456789abcdef-1-1-9223372036854775808",
                b"0123456789abcdef-9223372036854775808-1",
                "0123456789abcdef-١-1".encode(),
            )
        ),
    ],
)
def test_a_cursor_that_was_never_given_is_refused(client, cursor):
    response = client.get(START, {"cursor": cursor}, headers={"accept-language": "en"})
    assert response.status_code == 400
    (wrong,) = response.json()["errors"]
    assert (wrong["parameter"], wrong["detail"]) == ("cursor", "Give the cursor exactly as `next` has it.")


def test_a_cursor_is_read_as_it_was_written():
    for one in (
        Place("0123456789abcdef", 0, 0, 0),
        Place("0123456789abcdef", 1, 2),
        Place("f" * 16, 2**63 - 1, LAST_SEQ),
    ):
        assert place_of(cursor_of(one)) == one


@pytest.mark.parametrize(
    "query", ["?page_size=0", "?page_size=201", "?q=мост", "?cursor=a&cursor=b", "?lang=xx", "?from=then"]
)
def test_what_it_does_not_take_is_refused(client, query):
    assert client.get(START + query).status_code == 400


def test_it_stands_among_the_lists_and_in_the_schema(client):
    assert client.get("/api/v1/").json()["changes"] == "http://testserver/api/v1/changes/"
    schema = client.get("/api/v1/schema/", headers={"accept": "application/vnd.oai.openapi+json"}).json()
    described = schema["paths"]["/api/v1/changes/"]["get"]
    assert {one["name"] for one in described["parameters"]} == {"cursor", "from", "page_size", "lang"}
    answer = described["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer == {"$ref": "#/components/schemas/Changes"}


# -- the list stays short


def test_after_pruning_an_old_cursor_tells_the_same_statements(client, elena, capsys):
    start = place(client)
    of = world.snapshot()
    stays, goes = (world.published(of=of) for _ in range(2))
    Person.objects.update(name_en="Ivan Lakes")
    withdraw(goes, "Источник отозвал сообщение.", by=elena)
    before, _next = changes(client, start)
    call_command("prune_changes")
    assert re.fullmatch(r"deleted: [1-9]\d* changes\n", capsys.readouterr().out)
    after, _next = changes(client, start)
    key = lambda one: one["id"]  # noqa: E731 - an order for this comparison alone
    assert sorted(after, key=key) == sorted(before, key=key)
    assert {one["id"] for one in after} == {stays.public_id, goes.public_id}
    assert Change.objects.count() == Statement.objects.count()
    assert prune() == 0
