"""Web and indexer as two processes, the database as a third: what is committed is found, whoever dies meanwhile."""

import http.client
import itertools
import json
import os
import shutil
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from config import processes
from quotes.search.index import Index
from tests import world
from tests.e2e.programs import seconds_until

# Seconds. A change is found within one on a quiet machine; how long it took is kept in the test's report.
SOON = 15
# Seconds for what needs a process to start first.
RECOVERY = 60
# Connections to the database, so that each of the two web processes has more than one beside the indexer's and ours.
MANY = 7
# Seconds in which the site is back after its database: fewer than pass between two tries of a pool left to itself.
BACK = 5


@pytest.fixture
def until(record_property, capsys):
    """`until(condition, what)`: the seconds it took, kept in the report and printed."""

    def measure(is_so, what, within=SOON):
        took = seconds_until(is_so, within=within, what=what)
        record_property(what, round(took, 3))
        with capsys.disabled():
            sys.stdout.write(f"\n  {took:.2f} s until {what}")
        return took

    return measure


def differences(site, *, formerly=()):
    """What still differs between index and database after a while, field by field and word by word."""
    return site.play("differences", formerly=list(formerly))


# Edits


EDITS = {
    "topic": ("UPDATE quotes_topic SET name_ru = 'Дороги'", "дорога"),
    "meeting": ("UPDATE people_meeting SET name_ru = 'Беседа у моста'", "беседу"),
    "speaker's name": ("UPDATE people_person SET name_ru = 'Иван Заозёрный'", "Заозёрного"),
    "source": ("UPDATE articles_source SET name_ru = 'Листок (вымышлен)'", "листки"),
    "speaker's alias": (
        "INSERT INTO people_personname (person_id, text, language, kind)"
        " SELECT id, 'Мостостроитель', 'ru', 'alias' FROM people_person",
        "мостостроителя",
    ),
}


def test_an_edit_by_raw_sql_is_on_the_search_page_within_a_second(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "a new statement is found")
    with site.connect() as database:
        for edited, (command, words) in EDITS.items():
            assert not site.finds(words, world.BRIDGE)
            database.execute(command)
            until(lambda words=words: site.finds(words, world.BRIDGE), f"an edit of the {edited} is found")
    assert differences(site, formerly=["Переправа", "Встреча с послом", "вестник"]) == []


def test_an_edit_that_needs_consent_again_takes_the_statement_away_at_once(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "a new statement is found")
    with site.connect() as database:
        database.execute("UPDATE quotes_statement SET label = 'Мостовая клятва'")
    assert not site.finds("переправа", world.BRIDGE)
    assert not site.finds("клятва", world.BRIDGE)
    assert differences(site, formerly=["Переправа", "Мостовая клятва"]) == []


def test_what_is_withdrawn_by_raw_sql_is_gone_at_once_and_comes_back(site, until):
    (statement,) = site.play("publish", topics=["Переправа"])
    elena = site.play("editor", name="elena")
    until(lambda: site.finds("переправа", world.BRIDGE), "a new statement is found")
    with site.connect() as database:
        database.execute(
            "INSERT INTO quotes_withdrawal (statement_id, reason, withdrawn_by_id, withdrawn_at, restored_why)"
            " VALUES (%s, 'Источник отозвал сообщение.', %s, now(), '')",
            [statement["id"], elena],
        )
        # Not "soon": the page asks the database, however far the index is.
        assert not site.finds("переправа", world.BRIDGE)
        assert site.get(statement["address"]).status == 410
        assert differences(site, formerly=["переправа"]) == []
        database.execute(
            "UPDATE quotes_withdrawal SET restored_by_id = %s, restored_at = now(), restored_why = 'Подтвердил.'",
            [elena],
        )
    until(lambda: site.finds("переправа", world.BRIDGE), "a restored statement is found")


# Transactions


def test_a_transaction_that_began_first_and_commits_last_loses_nothing(site, until):
    first, second, third = site.play("publish", topics=["Первая", "Вторая", "Третья"])
    until(lambda: site.finds("третья", world.BRIDGE), "the statements are found")
    for writes in ("early", "late"):
        with site.connect() as slow, site.connect() as quick:
            slow.execute("BEGIN")
            slow.execute("SELECT pg_current_xact_id()")
            if writes == "early":
                rename(slow, first, f"Медленная{writes}")
            rename(quick, second, f"Быстрая{writes}")
            # Several looks of the indexer: it has had every chance to step over the slow one's rows.
            time.sleep(1)
            rename(quick, third, f"Скорая{writes}")
            if writes == "late":
                rename(slow, first, f"Медленная{writes}")
            slow.execute("COMMIT")
        for word in (f"{name}{writes}" for name in ("медленная", "быстрая", "скорая")):
            until(lambda word=word: site.finds(word, world.BRIDGE), f"«{word}» is found after the slow one's end")
    assert differences(site, formerly=["Первая Вторая Третья"]) == []


def test_what_is_not_committed_when_the_index_is_rebuilt_is_followed_afterwards(site, until):
    first, second = site.play("publish", topics=["Первая", "Вторая"])
    until(lambda: site.finds("вторая", world.BRIDGE), "the statements are found")
    with site.connect() as slow, site.connect() as quick:
        slow.execute("BEGIN")
        rename(slow, first, "Медленная")
        for number in range(100):
            rename(quick, second, f"Быстрая{number}")
        shutil.rmtree(site.index_dir)
        until(lambda: is_found(site, "Быстрая99"), "the index is rebuilt beside a slow transaction", RECOVERY)
        slow.execute("COMMIT")
    until(lambda: site.finds("медленная", world.BRIDGE), "the slow transaction's edit is found")
    assert differences(site, formerly=["Первая", "Вторая"]) == []


def rename(database, statement, topic):
    database.execute("UPDATE quotes_topic SET name_ru = %s WHERE id = %s", [topic, statement["topic"]])


def test_what_a_slow_transaction_holds_back_is_not_shown_once_withdrawn(site, until):
    first, second = site.play("publish", topics=["Первая", "Вторая"])
    elena = site.play("editor", name="elena")
    until(lambda: site.finds("вторая", world.BRIDGE), "the statements are found")
    with site.connect() as slow, site.connect() as quick:
        slow.execute("BEGIN")
        rename(slow, first, "Медленная")
        quick.execute(
            "INSERT INTO quotes_withdrawal (statement_id, reason, withdrawn_by_id, withdrawn_at, restored_why)"
            " VALUES (%s, 'Источник отозвал сообщение.', %s, now(), '')",
            [second["id"], elena],
        )
        assert not site.finds("вторая", world.BRIDGE)
        slow.execute("ROLLBACK")
    assert differences(site, formerly=["Вторая", "Медленная"]) == []


# The index


def test_a_killed_indexer_s_deleted_index_is_rebuilt_and_equal(site, until):
    labels = [f"Обещание{number}" for number in range(20)]
    made = site.play("publish", topics=labels)
    until(lambda: site.finds("Обещание19", world.BRIDGE), "the statements are found")
    site.kill_indexer()
    shutil.rmtree(site.index_dir)
    with site.connect() as database:
        rename(database, made[3], "Перемена")
    answer = site.get("/search", q="мост")
    assert answer.status == 503
    assert "Retry-After" in answer.headers
    assert "<h1" in answer.text
    assert site.get("/health/ready").status == 503
    assert site.get("/").status == site.get(made[0]["address"]).status == 200
    site.restart_indexer()
    until(lambda: site.get("/search", q="перемена").status == 200, "the index is rebuilt", RECOVERY)
    assert site.finds("перемена", world.BRIDGE)
    assert differences(site, formerly=labels) == []


def test_an_index_deleted_under_an_idle_indexer_is_back_in_seconds(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    seen = set()

    def is_back():
        answer = site.get("/search", q="переправа")
        seen.add(answer.status)
        return answer.status == 200

    # Held still, so that readers meet the site without an index for certain.
    site.indexer.signal(signal.SIGSTOP)
    shutil.rmtree(site.index_dir)
    assert not is_back()
    site.indexer.signal(signal.SIGCONT)
    until(is_back, "the deleted index is back")
    assert seen == {200, 503}
    assert differences(site) == []
    assert site.indexer.runs


def test_whatever_is_deleted_of_the_index_readers_never_meet_an_error(site, until):
    (statement,) = site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    with at_the_same_time(lambda: site.get("/search", q="мост").status) as seen, site.connect() as database:
        for part, delete in DELETIONS.items():
            delete(site.index_dir)
            time.sleep(1)
            rename(database, statement, f"Дорога{part}")
            until(lambda part=part: is_found(site, f"Дорога{part}"), f"all is well without {part}")
    assert set(seen) <= {200, 503}
    assert seen[-1] == 200
    assert differences(site, formerly=["Переправа", *(f"Дорога{part}" for part in [*DELETIONS][:-1])]) == []


def test_an_index_deleted_again_and_again_while_others_write_is_equal_in_the_end(site, until):
    made = site.play("publish", topics=[f"Обещание{number}" for number in range(30)])
    until(lambda: site.finds("Обещание29", world.BRIDGE), "the statements are found")
    with writers(site, made):
        for turn in range(20):
            [*DELETIONS.values()][turn % len(DELETIONS)](site.index_dir)
            time.sleep(0.37)
    assert differences(site, formerly=[f"Обещание{number}" for number in range(30)]) == []
    assert site.indexer.runs


def is_found(site, words):
    """Whether the search page shows the statement, as far as there is an index at all."""
    answer = site.get("/search", q=words)
    assert answer.status in {200, 503}
    return answer.status == 200 and "<blockquote" in answer.text


def delete_files(pattern):
    def delete(folder):
        for file in folder.glob(pattern):
            file.unlink(missing_ok=True)

    return delete


def delete_build(folder):
    for build in folder.glob("generation-*"):
        shutil.rmtree(build, ignore_errors=True)


DELETIONS = {
    # The indexer may make a new file in it in the same moment.
    "the folder": lambda folder: shutil.rmtree(folder, ignore_errors=True),
    "the pointer": delete_files("CURRENT"),
    "the build": delete_build,
    "a segment's words": delete_files("*/*.term"),
    "the lock": delete_files("writer.lock"),
}


@contextmanager
def at_the_same_time(act):
    """`act` is called over and over meanwhile; the list of what it answered."""
    stop, answers = threading.Event(), []

    def go_on():
        while not stop.is_set():
            answers.append(act())

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield answers
    finally:
        stop.set()
        thread.join()


@contextmanager
def writers(site, statements):
    """Two connections rename topics meanwhile, one after another, some hundred a second."""
    numbers = itertools.count()

    def write(database, mine):
        of = mine[next(numbers) % len(mine)]
        rename(database, of, f"Слово{next(numbers)}и{of['topic']}")
        time.sleep(0.005)

    with (
        site.connect() as one,
        site.connect() as other,
        at_the_same_time(lambda: write(one, statements[::2])),
        at_the_same_time(lambda: write(other, statements[1::2])),
    ):
        yield


# Processes


def test_an_indexer_killed_in_the_middle_of_many_changes_goes_on_from_there(site, until):
    count = 100
    site.play("publish", topics=[f"Обещание{number}" for number in range(count)])
    until(lambda: site.finds(f"Обещание{count - 1}", world.BRIDGE), "the statements are found")
    kills = 0
    for turn in range(12):
        # Three kills, and as many more as it takes until one of them comes in the middle.
        if turn >= 3 and kills:
            break
        site.indexer.signal(signal.SIGSTOP)
        start = Index(site.index_dir).position()
        with site.connect() as database:
            for number in range(30):  # each of the hundred: three thousand rows, in three steps of the indexer
                database.execute("UPDATE quotes_topic SET name_ru = %s || id", [f"Слово{turn}и{number}и"])
            (last,) = database.execute("SELECT max(seq) FROM quotes_change").fetchone()
        site.indexer.signal(signal.SIGCONT)
        seconds_until(
            lambda start=start: Index(site.index_dir).position() != start, within=SOON, what="it goes on", every=0.01
        )
        site.kill_indexer()
        kills += start.seq < Index(site.index_dir).position().seq < last
        site.restart_indexer()
    assert kills, "no kill came between the first change and the last one"
    assert differences(site, formerly=[f"Обещание{number}" for number in range(count)]) == []


def test_an_indexer_killed_while_others_write_loses_nothing(site, until):
    made = site.play("publish", topics=[f"Обещание{number}" for number in range(30)])
    until(lambda: site.finds("Обещание29", world.BRIDGE), "the statements are found")
    with writers(site, made):
        for pause in (0.2, 2, 2.5):
            time.sleep(pause)
            site.kill_indexer()
            site.restart_indexer()
    assert differences(site, formerly=[f"Обещание{number}" for number in range(30)]) == []


def test_a_second_indexer_waits_and_takes_over_when_the_first_dies(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    second = site.start_indexer("second")
    seconds_until(lambda: "waiting" in second.log.read_text(), within=RECOVERY, what="the second indexer waits")
    time.sleep(2)
    assert second.log.read_text().count("waiting") == 1, "it says so once"
    assert site.indexer.runs
    site.kill_indexer()
    site.indexer = second
    with site.connect() as database:
        database.execute("UPDATE quotes_topic SET name_ru = 'Дороги'")
    until(lambda: site.finds("дорога", world.BRIDGE), "the second indexer has taken over")
    assert differences(site, formerly=["переправа"]) == []


def test_the_site_answers_on_when_its_workers_are_killed(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    seconds_until(lambda: len(site.web.children()) == 2, within=RECOVERY, what="there are two workers")
    one, other = site.web.children()
    kill(one)
    until(lambda: answers(site), "the site answers after a worker's death", RECOVERY)
    seconds_until(lambda: len(site.web.children()) == 2, within=RECOVERY, what="there is another worker")
    for worker in site.web.children():
        kill(worker)
    until(lambda: answers(site), "the site answers after all workers' death", RECOVERY)
    assert site.finds("переправа", world.BRIDGE)
    assert not other.is_alive()


def kill(process):
    os.kill(process.pid, signal.SIGKILL)
    assert processes.wait_until_gone([process], RECOVERY)


def answers(site):
    """Whether a request got its answer; the one that a dying worker had taken gets none."""
    try:
        return site.get("/search", q="переправа").status == 200
    except (OSError, http.client.HTTPException):
        return False


# The database


def test_the_site_goes_on_when_its_connections_are_cut(site, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    with site.connect() as database:
        for turn in range(3):
            cut(database)
            # Not "soon": a connection is tried before a request gets it.
            assert site.finds("мост", world.BRIDGE)
            database.execute("UPDATE quotes_topic SET name_ru = %s", [f"Дорога{turn}"])
            until(lambda turn=turn: site.finds(f"Дорога{turn}", world.BRIDGE), "an edit after the cut is found")
    assert site.indexer.runs
    assert differences(site, formerly=["переправа"]) == []


def test_a_database_that_is_away_is_told_and_the_site_is_back_soon_after_it(site, server, until):
    site.play("publish", topics=["Переправа"])
    until(lambda: site.finds("переправа", world.BRIDGE), "the statement is found")
    with psycopg.connect(server.url("postgres"), autocommit=True) as elsewhere:
        admit(elsewhere, site, "false")
        # Longer than a pool takes to see that it has to wait longer and longer between two tries.
        away = [site.get(path) for _ in range(4) for path in ("/", "/api/v1/statements/")]
        admit(elsewhere, site, "true")
    assert {answer.status for answer in away} == {503}
    assert all(int(answer.headers["Retry-After"]) for answer in away)
    assert '<html lang="ru">' in away[0].text
    assert json.loads(away[1].text)["status"] == 503
    until(lambda: site.get("/").status == 200, "the site is back after its database", BACK)
    with site.connect() as database:
        database.execute("UPDATE quotes_topic SET name_ru = 'Дороги'")
    until(lambda: site.finds("дорога", world.BRIDGE), "an edit after the outage is found", RECOVERY)
    assert site.indexer.runs


def test_no_request_is_refused_because_many_connections_were_lost(site):
    """As after a restart of the database: each process of the site has several, all of them dead."""
    with site.connect() as database:
        with ThreadPoolExecutor(8) as readers:
            while connections(database) < MANY:
                list(readers.map(lambda _: site.get("/health/ready"), range(16)))
        cut(database)
    assert {site.get("/").status for _ in range(12)} == {200}


def connections(database):
    return database.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()").fetchone()[0]


def admit(elsewhere, site, allowed):
    """Whether anybody may be connected to the site's database; who may not any more is put out."""
    name = urlsplit(site.database_url).path.strip("/")
    elsewhere.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS " + allowed).format(sql.Identifier(name)))
    if allowed == "false":
        elsewhere.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [name])


def cut(database):
    done = database.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    assert done.rowcount, "nobody was connected"
