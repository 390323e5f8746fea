"""Two who bring in the same rows at once, or one of whom annotates meanwhile: nothing comes in twice."""

import threading
from functools import partial

import pytest
from django.db import connection, connections

from people.acting import acting
from people.models import Person
from quotes.annotating import write_quote
from quotes.importing.bringing import NotBroughtIn, bring_in
from quotes.importing.columns import column_of
from quotes.importing.planning import plan
from quotes.importing.sheets import read_sheet
from quotes.models import Quote, Statement
from tests import world
from tests.quotes.importing.sheets import article, as_csv, row, table

pytestmark = pytest.mark.django_db(transaction=True)


def sheet_of(*rows):
    return read_sheet(as_csv(table(*rows)), column_of)


def in_threads(*acts):
    """What each act gave, or the error it raised; all at once, each on a connection of its own."""
    ready, given = threading.Barrier(len(acts)), [None] * len(acts)

    def run(number, act):
        try:
            ready.wait(10)
            given[number] = act()
        except NotBroughtIn as reason:
            given[number] = reason.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return given


def test_the_same_rows_come_in_once(request):
    article()
    world.person()
    sheet = sheet_of(row(), row(world.ROADS))
    seen = plan(sheet, may_take_in=True).fingerprint
    anna, boris = world.user("anna", "annotator"), world.user("boris", "annotator")

    def bring(by):
        return lambda: len(bring_in(sheet, by=by, seen=seen, new_people=[], may_take_in=True))

    assert sorted(map(str, in_threads(*map(bring, [anna, boris, anna])))) == ["2", "changed", "changed"]
    assert Statement.objects.count() == 2


def test_a_new_person_is_made_once():
    article()
    sheet = sheet_of(row(speaker="Пётр Луговой"))
    seen = plan(sheet, may_take_in=True).fingerprint
    by = world.user("anna", "annotator")

    def bring():
        return len(bring_in(sheet, by=by, seen=seen, new_people=["Пётр Луговой"], may_take_in=True))

    assert sorted(map(str, in_threads(bring, bring))) == ["1", "changed"]


def test_a_new_person_of_two_sheets_about_different_articles_is_made_once():
    by, acts = world.user("anna", "annotator"), []
    for name in ("a", "b"):
        address = f"https://vestnik.example.org/{name}"
        article(address=address)
        sheet = sheet_of(row(speaker="Пётр Луговой", address=address))
        seen = plan(sheet, may_take_in=True).fingerprint
        acts.append(partial(bring_in, sheet, by=by, seen=seen, new_people=["Пётр Луговой"], may_take_in=True))
    assert "changed" in in_threads(*acts)
    assert Person.objects.count() == 1


def test_a_quote_that_is_being_saved_is_waited_for():
    of = article()
    speaker = world.person()
    sheet = sheet_of(row())
    seen = plan(sheet, may_take_in=True).fingerprint
    anna, boris = world.user("anna", "annotator"), world.user("boris", "annotator")
    written, brought = threading.Event(), []

    def bring():
        written.wait(10)
        try:
            brought.append(bring_in(sheet, by=boris, seen=seen, new_people=[], may_take_in=True))
        except NotBroughtIn as reason:
            brought.append(reason.code)
        finally:
            connections.close_all()

    thread = threading.Thread(target=bring)
    thread.start()
    with acting(anna):
        write_quote(Statement(speaker=speaker), Quote(snapshot=of), world.anchors(of, world.BRIDGE))
        written.set()
        wait_until_somebody_waits()
    thread.join(30)
    assert brought == ["changed"]
    assert Quote.objects.count() == 1


def wait_until_somebody_waits():
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    pytest.fail("nobody waits for the annotator")
