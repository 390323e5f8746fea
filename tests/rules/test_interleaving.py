"""Two sessions at once. Whatever the order, after both have committed the rules hold, and nobody waits for ever."""

import pytest

from tests.rules.interleaving import meanwhile, outcome
from tests.rules.refusals.dates import hold
from tests.rules.rows import SECOND, draft, place, published, submitted

start, end = place(SECOND)


@pytest.fixture
def other(committed, connect):
    """The same rows from another session; what comes next in the first one is not committed yet."""

    def session(stage):
        stage(committed)
        committed.session.commit()
        return committed, committed.elsewhere(connect())

    return session


def add_span(world):
    world.acting("anna").session.execute("DELETE FROM quotes_span WHERE id = %s", [world.names["second_span"]])
    world.span("again", "quote", SECOND)


def move_body(world):
    world.run("UPDATE articles_snapshot SET body_end = %(cut)s WHERE id = %(snapshot)s", cut=end - 1)


def without_second(world):
    draft(world)
    world.run("DELETE FROM quotes_span WHERE id = %(second_span)s")
    world.run(
        "DELETE FROM quotes_span WHERE id = %(other_quote_span)s; DELETE FROM quotes_quote WHERE id = %(other_quote)s"
    )


def insert_span(world):
    world.acting("anna").span("again", "quote", SECOND)


def spans_are_exact_and_inside(world):
    return not world.ask(
        "SELECT EXISTS (SELECT FROM quotes_span s JOIN quotes_quote q ON q.id = s.quote_id"
        ' JOIN articles_snapshot n ON n.id = q.snapshot_id WHERE s.start < n.body_start OR s."end" > n.body_end'
        ' OR s.exact <> substr(n.text, s.start + 1, s."end" - s.start))'
    )


def test_the_body_is_moved_while_a_span_is_being_inserted(other):
    one, two = other(without_second)
    insert_span(one)
    with meanwhile(two, move_body) as moving:
        assert not moving.done()
        one.session.commit()
    assert moving.result() == "snapshot_body_keeps_quotes"
    assert spans_are_exact_and_inside(one)


def test_a_span_is_inserted_while_the_body_is_being_moved(other):
    one, two = other(without_second)
    move_body(one)
    with meanwhile(two, insert_span) as inserting:
        assert not inserting.done()
        one.session.commit()
    assert inserting.result() == "span_inside_body"
    assert spans_are_exact_and_inside(one)


def edit_span(world):
    world.acting("vera").run("DELETE FROM quotes_span WHERE id = %(second_span)s")


def edit_statement(world):
    world.acting("vera").run("UPDATE quotes_statement SET spoken = '2031-03' WHERE id = %(statement)s")


def edit_addressee(world):
    world.acting("vera").run("UPDATE quotes_addressee SET person_id = NULL, in_words = 'все' WHERE id = %(addressee)s")


def submit(world):
    world.acting("anna").revision("late")


def approve(world):
    world.acting("boris").approval("revision")


def approved_content_is_what_stands(world):
    """Nowhere in the database is a statement current under a revision that says something else."""
    return not world.ask(
        "SELECT EXISTS (SELECT FROM quotes_statement s JOIN quotes_revision r ON r.id = s.current_revision_id"
        " WHERE named_now(r.content) IS DISTINCT FROM named_now(statement_content(s.id))"
        " OR r.content - '{speaker,addressees}'::text[] <> statement_content(s.id) - '{speaker,addressees}'::text[])"
    )


EDITS = pytest.mark.parametrize("edit", [edit_span, edit_statement, edit_addressee])


@EDITS
def test_a_statement_is_edited_while_it_is_being_approved(other, edit):
    one, two = other(submitted)
    approve(one)
    with meanwhile(two, edit) as editing:
        assert not editing.done()
        one.session.commit()
        assert editing.result() is None
    assert not one.is_public()
    assert approved_content_is_what_stands(one)


@EDITS
def test_a_statement_is_approved_while_it_is_being_edited(other, edit):
    one, two = other(submitted)
    edit(one)
    with meanwhile(two, approve) as approving:
        assert not approving.done()
        one.session.commit()
    assert approving.result() == "verdict_on_current_revision"
    assert not one.is_public()


@EDITS
def test_an_edit_that_is_rolled_back_lets_the_approval_through(other, edit):
    one, two = other(submitted)
    edit(one)
    with meanwhile(two, approve) as approving:
        one.session.rollback()
    assert approving.result() is None
    assert one.is_public()
    assert approved_content_is_what_stands(one)


@EDITS
def test_a_statement_is_edited_while_it_is_being_submitted(other, edit):
    one, two = other(draft)
    submit(one)
    with meanwhile(two, edit) as editing:
        assert not editing.done()
        one.session.commit()
    assert editing.result() is None
    assert one.ask("SELECT current_revision_id FROM quotes_statement WHERE id = %(statement)s") is None


@EDITS
def test_a_statement_is_submitted_while_it_is_being_edited(other, edit):
    one, two = other(draft)
    edit(one)
    with meanwhile(two, submit) as submitting:
        assert not submitting.done()
        one.session.commit()
    assert submitting.result() is None
    assert approved_content_is_what_stands(one)
    assert one.ask("SELECT current_revision_id FROM quotes_statement WHERE id = %(statement)s") == two.names["late"]


def test_two_approve_at_once(other):
    one, two = other(submitted)
    approve(one)
    with meanwhile(two, lambda world: world.acting("vera").approval("revision", "vera")) as approving:
        assert not approving.done()
        one.session.commit()
    assert approving.result() == "verdict_only_once"
    assert one.is_public()


def test_one_approves_and_one_returns_at_once(other):
    one, two = other(submitted)
    one.acting("vera").run(
        "INSERT INTO quotes_return (revision_id, returned_by_id, returned_at, comment)"
        " VALUES (%(revision)s, %(vera)s, now(), 'Нет.')"
    )
    with meanwhile(two, approve) as approving:
        one.session.commit()
    assert approving.result() == "verdict_only_once"
    assert not one.is_public()


def test_two_submit_at_once(other):
    one, two = other(draft)
    submit(one)
    with meanwhile(two, submit) as submitting:
        one.session.commit()
    assert submitting.result() is None
    numbers = one.session.execute("SELECT number FROM quotes_revision WHERE statement_id = %(statement)s", one.names)
    assert sorted(number for (number,) in numbers) == [1, 2]
    assert approved_content_is_what_stands(one)


def test_the_last_two_spans_of_a_quote_are_deleted_at_once(other):
    one, two = other(draft)
    one.run("DELETE FROM quotes_span WHERE id = %(quote_span)s")
    with meanwhile(two, edit_span) as deleting:
        one.session.commit()
    assert deleting.result() == "quote_has_words"


def nothing(world):
    pass


def take(first, last, office="office"):
    def act(world):
        world.run(hold(first, last, office))

    return act


def seat_one(world):
    world.run("UPDATE people_office SET single_seat = true WHERE id = %(seats)s")


def test_two_overlapping_tenures_at_once(other):
    one, two = other(nothing)
    take("2040", "..")(one)
    with meanwhile(two, take("2041", "..")) as taking:
        assert not taking.done()
        one.session.commit()
    assert taking.result() == "tenure_one_holder_at_a_time"


def test_two_tenures_one_after_another_at_once(other):
    one, two = other(nothing)
    take("2040-01-01", "2042-01-01")(one)
    with meanwhile(two, take("2042-01-01", "..")) as taking:
        one.session.commit()
    assert taking.result() is None


def test_an_office_is_turned_single_seat_while_a_second_tenure_is_inserted(other):
    one, two = other(take("2040", "..", "seats"))
    take("2041", "..", "seats")(one)
    with meanwhile(two, seat_one) as turning:
        assert not turning.done()
        one.session.commit()
    assert turning.result() == "tenure_one_holder_at_a_time"


def test_a_second_tenure_is_inserted_while_the_office_is_turned_single_seat(other):
    one, two = other(take("2040", "..", "seats"))
    seat_one(one)
    with meanwhile(two, take("2041", "..", "seats")) as taking:
        assert not taking.done()
        one.session.commit()
    assert taking.result() == "tenure_one_holder_at_a_time"


def merge(who, into):
    def act(world):
        world.run(f"UPDATE people_person SET merged_into_id = %({into})s WHERE id = %({who})s")

    return act


def test_two_merges_that_would_make_a_chain(other):
    one, two = other(nothing)
    merge("person", "other_person")(one)
    one.check()
    with meanwhile(two, merge("other_person", "third_person")) as merging:
        assert not merging.done()
        one.session.commit()
    assert merging.result() == "person_merge_is_flat"


def test_a_merge_into_somebody_who_is_just_being_merged(other):
    one, two = other(nothing)
    merge("other_person", "third_person")(one)
    one.check()
    with meanwhile(two, merge("person", "other_person")) as merging:
        assert not merging.done()
        one.session.commit()
    assert merging.result() == "person_merge_is_flat"


def test_two_merges_into_each_other_end_with_an_error_not_a_wait(other):
    one, two = other(nothing)
    merge("person", "other_person")(one)
    merge("other_person", "person")(two)
    with meanwhile(two, nothing) as merging:
        merged = outcome(one, nothing)
    assert None in {merged, merging.result()}
    assert {merged, merging.result()} & {"person_merge_is_flat", "deadlock"}


def test_a_merge_is_undone_while_a_statement_goes_over(other):
    one, two = other(published)
    merge("person", "third_person")(one)
    one.session.commit()
    one.run(
        "UPDATE people_tenure SET person_id = %(third_person)s WHERE id = %(tenure)s;"
        " UPDATE quotes_statement SET speaker_id = %(third_person)s WHERE id = %(statement)s"
    )
    undo = "UPDATE people_person SET merged_into_id = NULL WHERE id = %(person)s"
    with meanwhile(two, lambda world: world.run(undo)) as undoing:
        assert not undoing.done()
        one.session.commit()
    assert undoing.result() is None
    assert not one.is_public()


def test_two_quotes_that_change_places_end_with_both_statements_unpublished(other):
    one, two = other(published)
    one.acting("anna").statement("target")
    one.quote("target_quote", "target", "Город")
    one.quote("target_other", "target", SECOND)
    one.lead("target_quote", "target")
    one.session.commit()
    two = one.elsewhere(two.session)
    one.run("UPDATE quotes_quote SET statement_id = %(target)s WHERE id = %(other_quote)s")
    back = "UPDATE quotes_quote SET statement_id = %(statement)s WHERE id = %(target_other)s"
    with meanwhile(two, lambda world: world.run(back)) as moving:
        one.session.commit()
    assert moving.result() is None
    assert not one.is_public()


def test_sessions_that_wait_for_each_other_are_told_so(other):
    one, two = other(nothing)
    one.run("UPDATE people_tenure SET evidence = 'а' WHERE id = %(tenure)s")
    two.run("UPDATE people_meeting SET place = 'б' WHERE id = %(meeting)s")
    with meanwhile(
        two, lambda world: world.run("UPDATE people_office SET single_seat = false WHERE id = %(office)s")
    ) as turning:
        first = outcome(one, lambda world: world.run("UPDATE people_meeting SET place = 'а' WHERE id = %(meeting)s"))
    assert sorted([str(first), str(turning.result())]) == ["None", "deadlock"]
