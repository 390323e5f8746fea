"""Suggestions are made by the engine in the worker; what people decided stays as it is."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from people.acting import acting
from quotes import suggesting, tasks
from quotes.deciding import accept, reject
from quotes.extraction.candidates import Candidate, Choice, Reason, Span
from quotes.models import Quote, Reading, Suggestion
from quotes.refusals import Refused
from tests import world

pytestmark = pytest.mark.django_db


def suggested(of):
    """What is open, as words."""
    return [one.words_in(of.text) for one in Suggestion.objects.open().filter(snapshot=of)]


def candidate(of, words=world.BRIDGE, kind="direct", **fields):
    """What the engine might find."""
    (span,) = world.anchors(of, words)
    return Candidate((Span(span.start, span.end),), kind, **({"rule": "direct.after", "confidence": 0.9} | fields))


def rejected(of, **fields):
    one = world.suggestion(of, **fields)
    anna = world.user("anna", "annotator")
    with acting(anna):
        reject(one, by=anna)
    return one


def read_again():
    """As if a newer engine, which finds the same, were installed."""
    Reading.objects.update(engine=0)
    assert suggesting.read_waiting(10)


class TestReading:
    def test_a_text_that_came_in_gets_suggestions_once(self):
        of = world.snapshot()
        assert suggesting.read_waiting(10) == 1
        assert world.BRIDGE in suggested(of)
        reading = Reading.objects.get()
        assert (reading.outcome, reading.found, reading.engine) == ("done", len(suggested(of)), suggesting.ENGINE)
        assert suggesting.read_waiting(10) == 0

    def test_the_speaker_is_somebody_on_record_and_the_reasons_come_along(self):
        ivan = world.person()
        of = world.snapshot()
        suggesting.read(of.pk)
        one = Suggestion.objects.get(kind="direct", snapshot=of, start=of.text.index(world.BRIDGE))
        assert one.speaker == ivan
        assert one.attribution_in(of.text) == "сказал Иван Озёрный"
        assert one.choices[0]["reasons"]

    def test_the_newest_texts_are_read_first_and_no_more_than_asked_for(self):
        old, new = world.snapshot(), world.snapshot(world.TEXT + " ")
        assert suggesting.read_waiting(1) == 1
        assert (suggested(old), bool(suggested(new))) == ([], True)

    @pytest.mark.parametrize("correct", ["published", "language", "body"])
    def test_a_correction_of_what_the_machine_was_told_calls_for_another_reading(self, correct):
        of = world.snapshot()
        suggesting.read(of.pk)
        if correct == "body":
            of.body_end = len(of.text)
            of.save()
        else:
            setattr(of.article, correct, {"published": "2031-05-06", "language": "en"}[correct])
            of.article.save()
        assert suggesting.read_waiting(10) == 1
        assert suggesting.read_waiting(10) == 0

    def test_a_narrower_body_needs_no_other_reading(self):
        of = world.snapshot()
        suggesting.read(of.pk)
        of.body_end -= 20
        of.save()
        assert suggesting.read_waiting(10) == 0

    def test_a_text_in_a_language_that_the_engine_does_not_know_is_read_and_done_with(self):
        world.snapshot("Kirjoitus sillasta.", language="fi")
        assert suggesting.read_waiting(10) == 1
        assert Reading.objects.get().outcome == "done"

    def test_a_text_on_which_the_engine_fails_is_told_of_and_not_tried_again_and_others_go_on(self, monkeypatch):
        fine, broken = world.snapshot(), world.snapshot("Сломанный текст.")

        def failing(text, *args):
            if text == broken.text:
                msg = "no way through"
                raise ValueError(msg)
            return suggest(text, *args)

        suggest = suggesting.suggest
        monkeypatch.setattr(suggesting, "suggest", failing)
        assert suggesting.read_waiting(10) == 2
        assert suggested(fine)
        (failed,) = Reading.objects.failed()
        assert (failed.snapshot, failed.outcome, failed.error) == (broken, "failed", "ValueError: no way through")
        assert suggesting.read_waiting(10) == 0

    def test_what_the_database_refuses_of_the_engines_findings_is_a_failed_reading(self, monkeypatch):
        of = world.snapshot()
        far = Candidate((Span(0, len(of.text) + 1),), "direct", "direct.after", 0.9)
        monkeypatch.setattr(suggesting, "suggest", lambda *_args: [candidate(of), far])
        suggesting.read(of.pk)
        assert "suggestion_inside_text" in Reading.objects.get().error
        assert suggested(of) == []

    def test_a_text_that_ends_its_worker_is_tried_thrice_and_then_called_failed(self):
        of = world.snapshot()
        for attempt in range(1, 4):
            assert suggesting._begun(of).attempts == attempt  # and here its worker dies
            assert not suggesting.read(of.pk)
            Reading.objects.update(started_at=timezone.now() - timedelta(hours=1))
        assert suggesting.read_waiting(10) == 0
        (failed,) = Reading.objects.failed()
        assert failed.outcome == "failed"


class TestWhatIsKept:
    def test_the_same_findings_stay_the_same_suggestions(self):
        of = world.snapshot()
        suggesting.keep(of, [candidate(of)])
        before = Suggestion.objects.get().pk
        suggesting.keep(of, [candidate(of, confidence=0.5), candidate(of, world.ROADS, "indirect")])
        assert sorted(suggested(of)) == sorted([world.BRIDGE, world.ROADS])
        assert Suggestion.objects.get(pk=before).confidence == 0.5

    def test_open_ones_that_a_newer_engine_does_not_make_are_gone(self):
        of = world.snapshot()
        suggesting.keep(of, [candidate(of)])
        suggesting.keep(of, [])
        assert suggested(of) == []

    def test_what_a_person_rejected_is_not_revived(self):
        of = world.snapshot()
        suggesting.read(of.pk)
        one = Suggestion.objects.get(start=of.text.index(world.BRIDGE), kind="direct")
        anna = world.user("anna", "annotator")
        with acting(anna):
            reject(one, by=anna)
        read_again()
        assert world.BRIDGE not in suggested(of)
        one.refresh_from_db()
        assert (one.state, one.decided_by) == ("rejected", anna)

    @pytest.mark.parametrize(
        ("words", "kind", "revived"),
        [
            ("Мост будет построен к осен", "direct", False),  # nearly the same
            ("Мост будет построен", "direct", True),
            (world.BRIDGE, "mixed", True),
        ],
    )
    def test_nearly_the_same_words_of_the_same_kind_count_as_the_same(self, words, kind, revived):
        of = world.snapshot()
        rejected(of)
        suggesting.keep(of, [candidate(of, words, kind)])
        assert bool(suggested(of)) == revived

    def test_nothing_is_suggested_where_the_words_are_quoted_already(self):
        of = world.snapshot()
        world.draft(of=of)
        suggesting.keep(of, [candidate(of, kind="mixed"), candidate(of, world.ROADS, "indirect")])
        assert suggested(of) == [world.ROADS]

    def test_other_speakers_are_kept_with_their_reasons(self):
        of = world.snapshot()
        choice = Choice("Анна", None, "person", 0.5, (Reason("also_possible"),), unverified=True)
        suggesting.keep(of, [candidate(of, choices=(choice,))])
        (kept,) = Suggestion.objects.get().choices
        assert (kept["name"], kept["reasons"], kept["unverified"]) == ("Анна", [["also_possible", ""]], True)

    def test_a_finding_in_very_many_pieces_is_left_out(self):
        of = world.snapshot("а б " * 500)
        spans = tuple(Span(at, at + 1) for at in range(0, 404, 4))
        suggesting.keep(of, [Candidate(spans, "direct", "direct.after", 0.9)])
        assert suggested(of) == []


class TestTwoVersionsAtOnce:
    """While a new engine is rolled out, an older one is still at work."""

    @pytest.fixture
    def older(self, monkeypatch):
        """Our engine is the older one from now on."""
        return lambda: monkeypatch.setattr(suggesting, "ENGINE", suggesting.ENGINE - 1)

    def test_the_older_one_does_not_read_what_the_newer_one_has_read(self, older):
        of = world.snapshot()
        suggesting.read(of.pk)
        found = suggested(of)
        older()
        assert (suggesting.read_waiting(10), suggesting.read(of.pk)) == (0, False)
        assert (suggested(of), Reading.objects.count()) == (found, 1)

    def test_the_older_one_gives_way_where_the_newer_one_began_meanwhile(self, older, monkeypatch):
        of = world.snapshot()
        newer = suggesting.ENGINE
        older()

        def read_by_the_newer_one(*_args):
            monkeypatch.setattr(suggesting, "suggest", lambda *_args: [candidate(of, world.ROADS, "indirect")])
            monkeypatch.setattr(suggesting, "ENGINE", newer)
            suggesting.read(of.pk)
            older()
            return [candidate(of)]

        monkeypatch.setattr(suggesting, "suggest", read_by_the_newer_one)
        assert not suggesting.read(of.pk)
        assert suggested(of) == [world.ROADS]
        assert [(one.engine, one.outcome) for one in Reading.objects.all()] == [(newer, "done")]

    def test_the_newer_one_reads_what_the_older_one_has_read(self):
        of = world.snapshot()
        suggesting.read(of.pk)
        Reading.objects.update(engine=suggesting.ENGINE - 1)
        assert suggesting.read_waiting(10) == 1

    @pytest.mark.parametrize("change", ["body", "failure"])
    def test_the_older_one_reads_what_the_newer_one_has_not_read_so_or_could_not_read(self, older, change):
        of = world.snapshot()
        suggesting.read(of.pk)
        if change == "body":
            of.body_end = len(of.text)
            of.save()
        else:
            Reading.objects.update(found=None, error="broken")
        older()
        assert suggesting.read_waiting(10) == 1


class TestSameWords:
    def test_four_fifths_in_common_are_the_same(self):
        assert suggesting.same_words([(0, 10)], [(0, 8)])
        assert not suggesting.same_words([(0, 10)], [(0, 7)])

    def test_parts_count_together(self):
        assert suggesting.same_words([(0, 5), (10, 15)], [(0, 5), (10, 14)])
        assert not suggesting.same_words([(0, 5), (10, 15)], [(0, 15)])


class TestTheWorker:
    def jobs(self):
        return list(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", flat=True))

    def test_goes_on_until_nothing_is_left(self):
        world.snapshot()
        tasks.suggest(0)
        assert self.jobs() == ["quotes.suggest"]
        tasks.suggest(0)  # nothing is left: no further one
        assert self.jobs() == ["quotes.suggest"]

    def test_is_asked_once_for_a_text_however_often_it_is_opened(self):
        of = world.snapshot()
        tasks.ask_for_suggestions(of.pk)
        tasks.ask_for_suggestions(of.pk)
        assert self.jobs() == ["quotes.suggest_for"]
        tasks.suggest_for(of.pk)
        assert suggested(of)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_read_a_text_once_and_propose_the_same_words_once():
    of = world.snapshot()
    start, read = threading.Barrier(2), []

    def work():
        try:
            start.wait(10)
            read.append(suggesting.read(of.pk))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(read) == [False, True]
    assert len(suggested(of)) == len(set(suggested(of))) > 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_that_keep_at_once_make_no_doubles():
    of = world.snapshot()
    start, kept = threading.Barrier(4), []

    def work():
        try:
            start.wait(10)
            kept.append(suggesting.keep(of, [candidate(of), candidate(of, world.ROADS, "indirect")]))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert (kept, sorted(suggested(of))) == ([2] * 4, sorted([world.BRIDGE, world.ROADS]))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("decide", ["accept", "reject"])
def test_a_decision_while_the_machine_writes_waits_for_it_and_the_reading_stands(decide):
    of, ivan, anna = world.snapshot(), world.person(), world.user("anna", "annotator")
    one = world.suggestion(of, speaker=ivan)
    world.suggestion(of, world.ROADS, speaker=ivan, kind="indirect")
    said = []

    def decided():
        try:
            with acting(anna):
                accept(one, ivan, by=anna) if decide == "accept" else reject(one, by=anna)
            said.append("decided")
        except Refused as refused:
            said.append(refused.rule)
        finally:
            connection.close()

    person = threading.Thread(target=decided)
    with transaction.atomic():
        suggesting.keep(of, [candidate(of, world.ROADS, "indirect")])
        person.start()
        person.join(0.5)
        assert said == []
    person.join(30)
    # The machine was first, and proposes these words no longer.
    assert said == ["suggestion_stays_as_decided"]


@pytest.mark.django_db(transaction=True)
def test_the_machine_that_writes_while_somebody_decides_leaves_the_decision_and_the_reading_stands():
    of, ivan, anna = world.snapshot(), world.person(), world.user("anna", "annotator")
    one = world.suggestion(of, speaker=ivan)
    kept = []

    def keep():
        try:
            kept.append(suggesting.keep(of, [candidate(of, confidence=0.3)]))
        finally:
            connection.close()

    machine = threading.Thread(target=keep)
    with acting(anna), transaction.atomic():
        reject(one, by=anna)
        machine.start()
        machine.join(0.5)
        assert kept == []
    machine.join(30)
    one.refresh_from_db()
    assert (kept, one.state) == ([0], "rejected")


@pytest.mark.slow  # A process of its own, since this one may have loaded them for other tests.
def test_a_web_process_loads_no_models():
    script = (
        "import config.wsgi, django.urls, sys; django.urls.get_resolver().url_patterns;"
        " print([name for name in ('slovnet', 'navec', 'natasha') if name in sys.modules]);"
        " from quotes.extraction.russian.analysis import analyzer; print(analyzer.cache_info().currsize)"
    )
    said = subprocess.run(
        [sys.executable, "-c", script], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True, timeout=120
    )
    assert said.stdout.split("\n")[:2] == ["[]", "0"]


def test_an_accepted_one_is_not_proposed_again_even_when_the_quote_was_changed():
    of, ivan = world.snapshot(), world.person()
    one = world.suggestion(of, speaker=ivan)
    anna = world.user("anna", "annotator")
    with acting(anna):
        accept(one, ivan, by=anna)
    Quote.objects.update(kind="mixed")
    suggesting.keep(of, [candidate(of)])
    assert suggested(of) == []
