"""What the database writes by itself of an article for two, also while two are at it."""

import pytest

from tests.rules.interleaving import meanwhile
from tests.rules.refusals.assignments import ANNOTATED, BORIS, NONE, one, set_
from tests.rules.refusals.doubles import (
    ANNAS,
    BORISES,
    EDIT,
    SETTLE,
    alone,
    at_work,
    both,
    both_done,
    double,
    one_done,
    side,
)
from tests.rules.rows import FIRST, SECOND, draft, place


def finish(user, **outcome):
    def act(world):
        whose = {"anna": ANNAS, "boris": BORISES}[user]
        world.acting(user).run(set_(**outcome) + " WHERE " + whose)

    return act


def content(world, letter="a"):
    question = "SELECT content FROM quotes_doubleside WHERE double_id = %(double)s AND letter = %(letter)s"
    return world.ask(question, letter=letter)


def stands(world):
    """How Anna's work is finished."""
    return world.ask("SELECT outcome FROM quotes_assignment WHERE article_id = %(article)s AND " + ANNAS)


class TestWhatWasMarked:
    def test_is_written_down_when_its_annotator_finishes(self, world):
        one_done(world)
        first, second = content(world)
        assert first["spans"] == [[*place(FIRST)], [*place(SECOND)]]
        assert (first["kind"], first["spoken"], second["spans"]) == ("direct", "2031-03-04", [[*place(SECOND)]])
        assert content(world, "b") is None

    def test_is_what_stands_there_whatever_an_update_says(self, world):
        one_done(world)
        world.acting("anna").run("UPDATE quotes_doubleside SET content = '[]', finished_at = now()")
        assert len(content(world)) == 2
        assert content(world, "b") is None

    def test_stays_when_who_settles_changes_a_quote(self, world):
        both_done(world)
        world.acting("vera").run(EDIT + "%(quote)s")
        assert content(world)[0]["kind"] == "direct"

    def test_notes_the_guideline_in_force(self, world):
        one_done(world)
        versions = "SELECT version FROM quotes_guideline g JOIN quotes_doubleside s ON s.guideline_id = g.id"
        assert world.ask(versions) == world.ask("SELECT max(version) FROM quotes_guideline")


class TestAnOutcome:
    def test_becomes_what_is_true_when_it_is_settled(self, world):
        both(world)
        finish("anna", **NONE)(world)
        world.acting("boris").statement()
        world.quote()
        world.lead("quote")
        finish("boris", **ANNOTATED)(world)
        assert stands(world) == "no_statements"
        world.acting("vera").run(SETTLE)
        assert stands(world) == "annotated"

    def test_of_the_one_is_not_opened_by_a_quote_of_the_other(self, world):
        both(world)
        finish("anna", **NONE)(world)
        world.acting("boris").statement()
        world.quote()
        assert stands(world) == "no_statements"

    def test_opens_again_by_a_first_quote_once_it_is_settled(self, world):
        both(world)
        finish("anna", **NONE)(world)
        finish("boris", **NONE)(world)
        world.acting("vera").run(SETTLE)
        world.acting("boris").statement()
        world.quote()
        assert stands(world) == ""


@pytest.fixture
def other(committed, connect):
    """The same rows from another session; what comes next in the first one is not committed yet."""

    def session(stage):
        stage(committed)
        committed.session.commit()
        return committed, committed.elsewhere(connect())

    return session


class TestTwoAtOnce:
    def test_one_marks_a_quote_while_somebody_makes_it_an_article_for_two(self, other):
        one_session, two = other(lambda world: None)
        one_session.acting("boris").statement()
        one_session.quote()
        with meanwhile(two, lambda world: world.acting("anna").run(double())) as drawing:
            assert not drawing.done()
            one_session.session.commit()
        assert drawing.result() == "double_begins_fresh"

    def test_it_is_made_one_for_two_while_somebody_marks_a_quote(self, other):
        one_session, two = other(lambda world: None)
        one_session.acting("anna").run(double())
        with meanwhile(two, lambda world: (world.acting("boris").statement(), world.quote())) as marking:
            assert not marking.done()
            one_session.session.commit()
        assert marking.result() == "quote_is_of_a_side"

    def test_one_goes_on_marking_in_another_tab_while_they_finish(self, other):
        one_session, two = other(at_work)
        finish("anna", **ANNOTATED)(one_session)
        with meanwhile(two, lambda world: world.acting("anna").run(EDIT + "%(quote)s")) as editing:
            assert not editing.done()
            one_session.session.commit()
        assert editing.result() == "side_is_finished"

    def test_they_finish_while_one_is_still_marking(self, other):
        one_session, two = other(at_work)
        one_session.acting("anna").run(EDIT + "%(quote)s")
        with meanwhile(two, finish("anna", **ANNOTATED)) as finishing:
            assert not finishing.done()
            one_session.session.commit()
        assert finishing.result() is None
        assert content(one_session)[0]["kind"] == "indirect"

    def test_both_finish(self, other):
        one_session, two = other(at_work)
        finish("anna", **ANNOTATED)(one_session)
        with meanwhile(two, finish("boris", **ANNOTATED)) as finishing:
            assert not finishing.done()
            one_session.session.commit()
        assert finishing.result() is None
        two.session.commit()
        assert one_session.ask("SELECT finished_at IS NOT NULL FROM quotes_doubleannotation WHERE id = %(double)s")

    def test_two_become_the_second(self, other):
        one_session, two = other(alone)
        second = one(**BORIS, blind="true") + ";" + side("b")
        third = (one(annotator_id="%(vera)s", blind="true") + ";" + side("b", annotator_id="%(vera)s")).replace(
            "annotator_id = %(boris)s", "annotator_id = %(vera)s"
        )
        one_session.acting("boris").run(second)
        with meanwhile(two, lambda world: world.acting("vera").run(third)) as beginning:
            assert not beginning.done()
            one_session.session.commit()
        assert beginning.result() == "side_once"

    def test_it_is_submitted_while_it_is_settled(self, other):
        one_session, two = other(both_done)
        one_session.acting("vera").run(SETTLE)
        with meanwhile(two, lambda world: world.acting("anna").revision()) as submitting:
            pass
        assert submitting.result() in {None, "revision_waits_for_settlement"}
        one_session.session.commit()


def test_a_draft_of_nobodys_double_is_written_as_ever(world):
    draft(world)
    assert world.ask("SELECT count(*) FROM quotes_quote WHERE side_id IS NOT NULL") == 0
