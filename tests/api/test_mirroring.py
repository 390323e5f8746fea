"""A copy built by the documented client is equal to the source, whatever happened to it and however it came in between."""

import json
import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import urllib3
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Article, Snapshot, Source
from people.acting import acting
from people.merging import CannotMerge, merge
from people.models import Meeting, Office, Person
from quotes.api.changes import cursor_of
from quotes.mirroring import Place, prune
from quotes.models import Change, Quote, Statement, Topic
from quotes.refusals import Refused
from quotes.withdrawing import restore, withdraw
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)

DOCS = Path(__file__).parents[2] / "docs" / "mirroring.md"
PATIENCE = 120  # seconds: a transaction of another test run on this server may hold changes back for a while
SETTLED = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > coalesce(max(xid), 0) FROM quotes_change"


def code_of_the_docs():
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    return code


class Asking:
    """What the client knows as urllib3: asks for pages of `size`, and does `then` after each, given its number."""

    def __init__(self, size, then):
        self.size, self.then, self.asked = size, then, []

    def request(self, method, address):
        answer = urllib3.request(method, address.replace("page_size=200", f"page_size={self.size}"))
        self.asked.append(address)
        self.then(len(self.asked))
        return answer


class Copy:
    """A mirror of the live site in a file, kept by the documented client."""

    def __init__(self, api, file):
        self.api, self.file = api, file
        self.client = {"__name__": "mirror"}
        exec(compile(code_of_the_docs(), str(DOCS), "exec"), self.client)  # noqa: S102 - our own docs

    def follow(self, size=200, then=lambda _page: None):
        """Runs the client once; the addresses that it asked for."""
        self.client["urllib3"] = asking = Asking(size, then)
        self.client["mirror"](self.api, str(self.file))
        return asking.asked

    def catch_up(self):
        """Runs it when everything that was committed is settled."""
        until = time.monotonic() + PATIENCE
        while not settled():
            assert time.monotonic() < until, "a change is still held back"
            time.sleep(0.02)
        self.follow()

    def has(self):
        with closing(sqlite3.connect(self.file)) as db:
            return {key: json.loads(body) for key, body in db.execute("SELECT id, body FROM statement")}

    def source(self):
        """What the API shows of all statements now."""
        found, page = {}, {"next": f"{self.api}statements/?page_size=200"}
        while page["next"]:
            page = urllib3.request("GET", page["next"]).json()
            found |= {one["id"]: one for one in page["results"]}
        return found

    def is_equal(self):
        self.catch_up()
        assert self.has() == self.source()
        return True


def settled():
    with connection.cursor() as cursor:
        cursor.execute(SETTLED)
        return cursor.fetchone()[0]


@pytest.fixture
def copy(live_server, tmp_path):
    return Copy(f"{live_server.url}/api/v1/", tmp_path / "copy.sqlite")


def test_the_client_has_thirty_lines_at_most():
    lines = [line.strip() for line in code_of_the_docs().splitlines()]
    assert len([line for line in lines if line and not line.startswith("#")]) <= 30
    assert max(map(len, code_of_the_docs().splitlines())) <= 120


def test_a_copy_begun_anew_has_every_published_statement_and_no_other(copy):
    of = world.snapshot()
    made = {world.published(of=of).public_id for _ in range(3)}
    world.draft(of=of)
    world.submitted(of=of)
    copy.follow()
    assert copy.has().keys() == made
    assert copy.is_equal()


def test_what_happens_during_the_first_walk_is_in_the_copy(copy):
    of = world.snapshot()
    goes, stays, goes_too = (world.published(of=of) for _ in range(3))

    def while_it_walks(page):
        if page == 1:
            for one in (goes, goes_too):
                withdraw(one, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
            Person.objects.update(name_en="Ivan Lakes")
            world.published(of=of)

    copy.follow(size=1, then=while_it_walks)
    assert copy.is_equal()
    assert len(copy.has()) == 2
    assert copy.has()[stays.public_id]["speaker"]["name_en"] == "Ivan Lakes"


class CutOff(Exception):  # noqa: N818 - the name says what happened
    """The network is gone, or somebody has stopped the client."""


def test_cut_off_at_any_page_it_goes_on_where_it_was(copy):
    of = world.snapshot()
    for _ in range(3):
        world.published(of=of)

    def cut_off(_page):
        raise CutOff

    def later(page):
        if page == 2:
            raise CutOff

    with pytest.raises(CutOff):
        copy.follow(size=1, then=cut_off)
    assert copy.has() == {}
    for have in (1, 2):
        with pytest.raises(CutOff):
            copy.follow(size=1, then=later)
        assert len(copy.has()) == have
    withdraw(Statement.objects.earliest("pk"), "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    assert not any("from=" in address for address in copy.follow(size=1))
    assert copy.is_equal()
    assert len(copy.has()) == 2


def test_told_to_wait_it_waits(copy, settings, monkeypatch):
    monkeypatch.setattr("quotes.limiting.WINDOW", 2)
    settings.API_REQUESTS_PER_MINUTE = 1
    made = [world.published().public_id]
    started = time.monotonic()
    assert len(copy.follow()) > 1
    assert time.monotonic() - started > 1
    assert list(copy.has()) == made


def test_an_error_ends_it_with_what_the_api_says(copy):
    world.published()
    with pytest.raises(SystemExit, match='"status":404'):
        copy.client["mirror"](f"{copy.api}nothing/", str(copy.file))
    assert copy.has() == {}


def test_a_copy_of_another_history_starts_over_by_itself(copy):
    world.published()
    copy.follow()
    restored = Place("0123456789abcdef", 1, 1)
    with closing(sqlite3.connect(copy.file)) as db:
        db.execute("UPDATE place SET next = ?", (f"{copy.api}changes/?cursor={cursor_of(restored)}",))
        db.execute("INSERT INTO statement VALUES ('lost0000', '{}')")
        db.commit()
    copy.follow()
    assert copy.is_equal()
    assert "lost0000" not in copy.has()


class Session:
    """A connection of its own, whose transaction stays open until it is told how to end."""

    def __init__(self):
        self.thread = ThreadPoolExecutor(1)
        self.open = None

    def do(self, act, *args):
        return self.thread.submit(self._do, act, args).result()

    def end(self, *, keep=True):
        self.thread.submit(self._end, keep).result()

    def close(self):
        self.end(keep=False)
        self.thread.submit(lambda: connection.close()).result()  # the thread's own
        self.thread.shutdown()

    def _do(self, act, args):
        if self.open is None:
            self.open = transaction.atomic()
            self.open.__enter__()
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '50ms'")
        try:
            with transaction.atomic():
                act(*args)
        except (DatabaseError, Refused, CannotMerge):
            """Another one has the row, or a rule forbids it: nothing was done."""

    def _end(self, keep):
        ending, self.open = self.open, None
        if ending is None:
            return
        try:
            if not keep:
                transaction.set_rollback(True)
            ending.__exit__(None, None, None)
        except DatabaseError:
            """A rule that looks at the end has refused all of it."""


@pytest.fixture
def sessions(transactional_db):
    opened = [Session(), Session()]
    yield opened
    for session in opened:
        session.close()


def test_a_slow_transaction_is_not_passed_by(copy, sessions):
    slow, quick = sessions
    of = world.snapshot()
    statement = world.published(of=of)
    copy.catch_up()
    slow.do(lambda: Person.objects.update(name_en="Ivan Lakes"))
    quick.do(lambda: Source.objects.update(name_en="Fabricated Herald"))  # begins later, and is over earlier
    quick.end()
    copy.follow()
    slow.end()
    assert copy.is_equal()
    (body,) = copy.has().values()
    assert body["id"] == statement.public_id
    assert body["speaker"]["name_en"] == "Ivan Lakes"
    assert body["quotes"][0]["article"]["source"]["name_en"] == "Fabricated Herald"


# -- any history: acts on the records of one example, chosen by number


def nth(rows, number):
    """One of the rows, in the order of their numbers; None where there is none."""
    found = rows.order_by("pk")
    count = found.count()
    return found[number % count] if count else None


class Acts:
    """What people do to the record, each by its own name; `number` chooses to which one."""

    def __init__(self, round_):
        self.round = round_
        self.elena = world.user("elena", "editor")
        world.user("anna", "annotator")
        world.user("roman", "reviewer")
        self.of = world.snapshot(source=world.source(f"Вестник {round_}"))
        for name in ("Иван Озёрный", "И. Озёрный", "Пётр Лесной"):
            world.person(f"{name} {round_}")
        self.meeting = world.meeting(f"Встреча {round_}")
        self.tenure = world.tenure(self.people.first(), world.office(f"Глава {round_}"))
        self.topic = Topic.objects.create(name_ru=f"Мосты {round_}")

    @property
    def people(self):
        return Person.objects.filter(name_ru__endswith=f" {self.round}")

    @property
    def statements(self):
        return Statement.objects.filter(quotes__snapshot=self.of)

    def draft(self, number):
        return world.draft(of=self.of, speaker=nth(self.people.current(), number), meeting=self.meeting)

    def submit(self, number):
        world.submitted(of=self.of, speaker=nth(self.people.current(), number), meeting=self.meeting)

    def publish(self, number):
        world.published(of=self.of, speaker=nth(self.people.current(), number), meeting=self.meeting)

    def publish_by_office(self, number):
        world.published(of=self.of, speaker=self.tenure.person, tenure=self.tenure, spoken="2031-05")

    def edit(self, number):
        kind = ("mixed", "direct")[number % 2]
        Quote.objects.filter(statement=nth(self.statements, number)).update(kind=kind)

    def redate(self, number):
        self.statements.filter(pk=getattr(nth(self.statements, number), "pk", None)).update(
            spoken=f"2031-0{number % 9 + 1}"
        )

    def address(self, number):
        if statement := nth(self.statements, number):
            statement.addressees.create(person=nth(self.people.current(), number + 1))

    def approve(self, number):
        if statement := nth(self.statements.draft(), number):
            world.publish(statement)

    def delete(self, number):
        if statement := nth(self.statements.draft(), number):
            statement.quotes.all().delete()
            statement.delete()

    def withdraw(self, number):
        if statement := nth(self.statements.published(), number):
            with acting(self.elena):
                withdraw(statement, f"Источник отозвал сообщение {number}.", by=self.elena)

    def restore(self, number):
        if statement := nth(self.statements.withdrawn(), number):
            with acting(self.elena):
                restore(statement.withdrawals.get(restored_at=None), "Подтверждено.", by=self.elena)

    def tag(self, number):
        if statement := nth(self.statements, number):
            statement.topics.set([] if number % 3 == 0 else [self.topic])

    def rename_person(self, number):
        self.people.filter(pk=nth(self.people, number).pk).update(name_en=f"Person {number}")

    def rename_source(self, number):
        Source.objects.filter(articles__snapshots=self.of).update(name_en=f"Herald {number}")

    def rename_topic(self, number):
        Topic.objects.filter(pk=self.topic.pk).update(name_en=f"Bridges {number}")

    def rename_meeting(self, number):
        Meeting.objects.filter(pk=self.meeting.pk).update(name_en=f"Meeting {number}")

    def rename_office(self, number):
        Office.objects.filter(pk=self.tenure.office_id).update(name_en=f"Head {number}")

    def retitle(self, number):
        Article.objects.filter(pk=self.of.article_id).update(title=f"Мост {number}")

    def bound(self, number):
        Snapshot.objects.filter(pk=self.of.pk).update(body_end=len(self.of.text) - number % 3)

    def merge(self, number):
        person, into = nth(self.people, number), nth(self.people, number + 1)
        merge(person, into=into, by=self.elena)

    def prune(self, number):
        prune()


NAMES = sorted(name for name in vars(Acts) if not name.startswith("_") and name not in {"people", "statements"})
STEPS = st.tuples(
    st.sampled_from([0, 0, 1]),  # which of the two connections
    st.sampled_from([*NAMES, *["publish"] * 6, *["withdraw"] * 2]),
    st.integers(0, 20),
    st.sampled_from(["commit", "commit", "go on", "go on", "roll back"]),
    st.booleans(),  # whether the copy is brought up to date then
)


@given(history=st.lists(STEPS, min_size=10, max_size=30))
@settings(
    max_examples=12,
    derandomize=True,
    phases=[Phase.generate],  # a shorter history of a failure takes minutes to find
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_after_any_history_of_two_connections_the_copy_is_equal(copy, sessions, history):
    acts = Acts(Person.objects.count())
    copy.file = copy.file.with_name(f"copy-{acts.round}.sqlite")
    for which, name, number, ending, follows in history:
        sessions[which].do(getattr(acts, name), number)
        if ending != "go on":
            sessions[which].end(keep=ending == "commit")
        if follows:
            copy.follow()
    for session in sessions:
        session.end()
    assert copy.is_equal()


def test_pruning_takes_away_what_is_said_again_and_a_copy_misses_nothing(copy):
    of = world.snapshot()
    first, second = (world.published(of=of) for _ in range(2))
    copy.catch_up()
    Person.objects.update(name_en="Ivan Lakes")
    withdraw(second, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    Person.objects.update(name_en="Ivan Ponds")
    before = Change.objects.count()
    until = time.monotonic() + PATIENCE
    while not settled():
        assert time.monotonic() < until
        time.sleep(0.02)
    assert prune() == before - 2
    assert set(Change.objects.values_list("statement_id", flat=True)) == {first.pk, second.pk}
    assert prune() == 0
    assert copy.is_equal()
    assert copy.has().keys() == {first.public_id}
