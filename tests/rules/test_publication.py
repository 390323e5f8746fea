"""What undoes a publication and what does not; who counts as an author; what can't be forged."""

import pytest

from tests.rules.acts import refusal_of
from tests.rules.rows import FIRST, SECOND, draft, place, published, submitted

start, end = place(FIRST)
STATEMENT = "UPDATE quotes_statement SET {} WHERE id = %(statement)s"
QUOTE = "UPDATE quotes_quote SET {} WHERE id = %(quote)s"
EDITS = {
    "another speaker": STATEMENT.format("speaker_id = %(other_person)s, tenure_id = NULL"),
    "an organization speaks": STATEMENT.format(
        "speaker_id = NULL, tenure_id = NULL, speaker_organization_id = %(organization)s"
    ),
    "nobody known speaks": STATEMENT.format("speaker_id = NULL, tenure_id = NULL, speaker_not_identified = true"),
    "no office": STATEMENT.format("tenure_id = NULL"),
    "another date": STATEMENT.format("spoken = '2031-03-05'"),
    "a less exact date": STATEMENT.format("spoken = '2031-03'"),
    "a date known otherwise": STATEMENT.format("spoken_known = 'publication'"),
    "evidence for the date": STATEMENT.format("spoken_evidence = 'протокол'"),
    "no occasion": STATEMENT.format("meeting_id = NULL"),
    "an occasion not named": STATEMENT.format("meeting_id = NULL, occasion_not_named = true"),
    "a label": STATEMENT.format("label = 'Мост'"),
    "another lead": STATEMENT.format("lead_id = %(other_quote)s"),
    "all statements at once": "UPDATE quotes_statement SET spoken = '2031'",
    "another kind": QUOTE.format("kind = 'mixed'"),
    "another language": QUOTE.format("language = 'be'"),
    "no attribution": QUOTE.format("attribution = ''"),
    "a passage": QUOTE.format(f"passage_start = {start}, passage_end = {start + 4}"),
    "a span less": "DELETE FROM quotes_span WHERE id = %(second_span)s",
    "a span more": "INSERT INTO quotes_span (quote_id, start, \"end\", exact) VALUES (%(quote)s, 0, 5, 'Город')",
    "a span shorter": f"UPDATE quotes_span SET \"end\" = {start + 4}, exact = 'Мост' WHERE id = %(quote_span)s",
    "a span goes to another quote": "UPDATE quotes_span SET quote_id = %(other_quote)s WHERE id = %(quote_span)s",
    "a quote less": "DELETE FROM quotes_span WHERE quote_id = %(other_quote)s;"
    " DELETE FROM quotes_quote WHERE id = %(other_quote)s",
    "no addressee": "DELETE FROM quotes_addressee",
    "another addressee": "UPDATE quotes_addressee SET person_id = %(third_person)s",
    "an addressee in words": "UPDATE quotes_addressee SET person_id = NULL, in_words = 'все'",
    "an addressee more": "INSERT INTO quotes_addressee (statement_id, in_words) VALUES (%(statement)s, 'все')",
    "an addressee's place among them": "UPDATE quotes_addressee SET id = id + 1000000",
    "an edit that names the approved revision": STATEMENT.format("label = 'Мост', current_revision_id = %(revision)s"),
    "a part by way of a conflict": "INSERT INTO quotes_addressee (id, statement_id, in_words)"
    " VALUES (%(addressee)s, %(statement)s, 'все') ON CONFLICT (id) DO UPDATE SET person_id = NULL, in_words = 'все'",
}
NO_EDITS = {
    "a topic": "UPDATE quotes_statement_topics SET topic_id = %(other_topic)s",
    "no topic": "DELETE FROM quotes_statement_topics",
    "the same again": STATEMENT.format("label = label, spoken = spoken, lead_id = lead_id"),
    "the moment it was entered": STATEMENT.format("created_at = now()"),
    "the person's name": "UPDATE people_person SET name_ru = 'Пётр Пробный' WHERE id = %(person)s",
    "the body's range": "UPDATE articles_snapshot SET body_start = 1 WHERE id = %(snapshot)s",
    "a merge of the speaker": "UPDATE people_person SET merged_into_id = %(third_person)s WHERE id = %(person)s;"
    " UPDATE people_tenure SET person_id = %(third_person)s WHERE person_id = %(person)s;"
    " UPDATE quotes_statement SET speaker_id = %(third_person)s",
    "a merge of the addressee": "UPDATE people_person SET merged_into_id = %(third_person)s WHERE id = %(other_person)s;"
    " UPDATE quotes_addressee SET person_id = %(third_person)s",
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_change_of_content_takes_the_statement_from_the_public_and_notes_its_author(world, edit):
    published(world)
    world.acting("vera")
    assert 0 not in world.run(edit)
    world.check()
    assert not world.is_public()
    assert world.ask("SELECT EXISTS (SELECT FROM quotes_authorship WHERE user_id = %(vera)s)")


@pytest.mark.parametrize("edit", NO_EDITS.values(), ids=NO_EDITS)
def test_what_is_no_change_of_content_leaves_it_public(world, edit):
    published(world)
    world.acting("vera")
    assert 0 not in world.run(edit)
    world.check()
    assert world.is_public()


def test_an_edit_is_seen_to_stay_public_without_the_triggers_that_notice_it(world):
    published(world)
    world.run("DROP TRIGGER span_rewritten ON quotes_span; DROP TRIGGER addressee_rewritten ON quotes_addressee")
    world.run(EDITS["a span shorter"])
    world.run(EDITS["another addressee"])
    world.check()
    assert world.is_public()


def test_an_approval_after_the_edit_is_public_again_under_a_new_revision(world):
    published(world)
    world.acting("anna").run(STATEMENT.format("label = 'Мост'"))
    world.revision("second")
    assert not world.is_public()
    world.acting("boris").approval("second")
    world.check()
    assert world.is_public()
    assert world.ask("SELECT number FROM quotes_revision WHERE id = %(second)s") == 2


def test_who_deleted_and_reinserted_a_part_does_not_approve(world):
    draft(world)
    world.acting("boris").run("DELETE FROM quotes_span WHERE id = %(second_span)s")
    world.span("second_span", "quote", SECOND)
    world.acting("anna").revision()
    world.acting("boris")
    assert refusal_of(world, lambda w: w.approval()) == "approval_by_another"


MOVES = {
    "a quote": "UPDATE quotes_quote SET statement_id = %(target)s WHERE id = %(other_quote)s",
    "a span": "UPDATE quotes_span SET quote_id = %(target_quote)s WHERE id = %(second_span)s",
    "an addressee": "UPDATE quotes_addressee SET statement_id = %(target)s",
}


@pytest.mark.parametrize("move", MOVES.values(), ids=MOVES)
def test_an_author_goes_with_what_is_moved_to_another_statement(world, move):
    draft(world)
    world.acting("vera").statement("target")
    world.quote("target_quote", "target", "Город")
    world.lead("target_quote", "target")
    world.run(move)
    world.revision("moved", "target", "vera")
    world.acting("anna")
    assert refusal_of(world, lambda w: w.approval("moved", "anna")) == "approval_by_another"


def test_a_quote_moved_out_takes_both_statements_from_the_public(world):
    published(world)
    world.acting("vera").statement("target")
    world.quote("target_quote", "target", "Город")
    world.lead("target_quote", "target")
    world.revision("of_target", "target", "vera")
    world.acting("boris").approval("of_target")
    assert world.is_public()
    assert world.is_public("target")
    world.run(MOVES["a quote"])
    assert not world.is_public()
    assert not world.is_public("target")


def test_the_database_itself_writes_number_and_content_of_a_revision(world):
    draft(world)
    world.run(
        "INSERT INTO quotes_revision (statement_id, number, content, submitted_by_id, submitted_at)"
        """ VALUES (%(statement)s, 77, '{"label": "forged"}', %(anna)s, now())"""
    )
    assert world.ask("SELECT number FROM quotes_revision") == 1
    assert world.ask("SELECT content = statement_content(statement_id) FROM quotes_revision")
    assert world.ask("SELECT content #>> '{quotes,0,spans,0,exact}' FROM quotes_revision") == FIRST


def test_a_speaker_who_is_recorded_only_after_the_approval_is_refused(world):
    draft(world)
    number = world.ask("SELECT max(id) + 1 FROM people_person")
    world.run(STATEMENT.format("tenure_id = NULL, speaker_id = %(future)s"), future=number)
    assert refusal_of(world, lambda w: w.revision()) == "statement_has_speaker"


def test_an_occasion_that_is_recorded_only_after_the_approval_is_refused(world):
    draft(world)
    world.run(STATEMENT.format("meeting_id = (SELECT max(id) + 1 FROM people_meeting)"))
    assert refusal_of(world, lambda w: w.revision()) == "statement_has_occasion"


MERGE = "UPDATE people_person SET merged_into_id = %(third_person)s WHERE id = %({})s"
MOVE = (
    "UPDATE people_tenure SET person_id = %(third_person)s WHERE person_id = %(person)s;"
    " UPDATE quotes_statement SET speaker_id = %(third_person)s"
)
UNDOINGS = {
    "undone": "UPDATE people_person SET merged_into_id = NULL WHERE id = %(person)s",
    "led elsewhere": "UPDATE people_person SET merged_into_id = %(other_person)s WHERE id = %(person)s",
    "the merged record is deleted": "DELETE FROM people_personname; DELETE FROM people_participant;"
    " DELETE FROM people_person WHERE id = %(person)s",
    "undone and deleted": "UPDATE people_person SET merged_into_id = NULL WHERE id = %(person)s;"
    " DELETE FROM people_personname; DELETE FROM people_participant; DELETE FROM people_person WHERE id = %(person)s",
}


@pytest.mark.parametrize("undoing", UNDOINGS.values(), ids=UNDOINGS)
def test_a_merge_for_show_does_not_give_an_approved_statement_to_somebody_else(world, undoing):
    published(world)
    world.run(MERGE.format("person") + ";" + MOVE)
    assert world.is_public()
    world.run(undoing)
    world.check()
    assert not world.is_public()


def test_a_merge_for_show_is_seen_to_work_without_the_rule(world):
    published(world)
    world.check()
    world.run("DROP TRIGGER merge_undone ON people_person")
    world.run(MERGE.format("person") + ";" + MOVE + ";" + UNDOINGS["undone"])
    world.check()
    assert world.is_public()


def test_an_addressee_changed_by_a_merge_for_show_is_taken_back(world):
    published(world)
    world.run(MERGE.format("other_person") + "; UPDATE quotes_addressee SET person_id = %(third_person)s")
    world.run("UPDATE people_person SET merged_into_id = NULL WHERE id = %(other_person)s")
    world.check()
    assert not world.is_public()


def test_a_merge_that_is_undone_before_anything_moved_changes_nothing(world):
    published(world)
    world.run(MERGE.format("person") + ";" + UNDOINGS["undone"])
    world.check()
    assert world.is_public()


def test_no_author_is_noted_for_a_session_of_the_database_itself(world):
    submitted(world)
    world.acting(None).run(STATEMENT.format("label = 'Мост'"))
    assert world.ask("SELECT array_agg(user_id) FROM quotes_authorship") == [world.names["anna"]]
    assert world.ask("SELECT current_revision_id FROM quotes_statement WHERE id = %(statement)s") is None


def test_a_quote_notes_the_guideline_in_force_when_it_was_made_and_keeps_it(world):
    draft(world)
    version = (
        "SELECT g.version FROM quotes_quote q JOIN quotes_guideline g ON g.id = q.guideline_id WHERE q.id = %(quote)s"
    )
    first = world.ask(version)
    assert first == world.ask("SELECT max(version) FROM quotes_guideline")
    world.run(
        "INSERT INTO quotes_guideline (text_ru, text_en, published_at) VALUES ('Как', 'How', now());"
        " UPDATE quotes_quote SET kind = 'mixed', guideline_id = NULL WHERE id = %(quote)s"
    )
    assert world.ask(version) == first
    world.quote("later_quote", words=SECOND)
    assert world.ask(version.replace("%(quote)s", "%(later_quote)s")) == first + 1
