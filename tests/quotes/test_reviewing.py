import pytest
from django.utils.translation import override

from people.acting import acting
from quotes.models import Quote, Statement, Topic
from quotes.refusals import Refused
from quotes.reviewing import approve, lacking, send_back, submit
from quotes.withdrawing import restore, withdraw
from tests import world

pytestmark = pytest.mark.django_db


def test_a_statement_becomes_public_only_by_another_persons_approval():
    statement = world.submitted()
    assert statement not in Statement.objects.published()
    with acting(roman := world.user("roman", "reviewer")):
        approve(statement.current_revision, by=roman)
    assert statement in Statement.objects.published()


def test_the_author_is_told_that_somebody_else_has_to_approve():
    anna = world.user("anna", "annotator")
    statement = world.submitted(by=anna)
    with pytest.raises(Refused) as refused, acting(anna):
        approve(statement.current_revision, by=anna)
    with override("en"):
        assert str(refused.value) == "You wrote a part of this statement, so somebody else has to approve it."
    assert statement not in Statement.objects.published()


def test_who_changed_a_word_can_not_approve_even_what_another_submitted():
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    statement = world.draft(by=anna)
    with acting(roman):
        Statement.objects.filter(pk=statement.pk).update(label="мост к осени")
    with acting(anna):
        revision = submit(statement, by=anna)
    with pytest.raises(Refused) as refused, acting(roman):
        approve(revision, by=roman)
    assert refused.value.rule == "approval_by_another"


@pytest.mark.parametrize(
    "change",
    [
        {"spoken": "2031-05-05"},
        {"label": "осенний мост"},
        {"occasion_not_named": False},
        {"spoken_known": "address"},
    ],
)
def test_a_change_of_what_was_approved_takes_the_statement_from_the_public(change):
    statement = world.published()
    Statement.objects.filter(pk=statement.pk).update(**change)
    assert statement not in Statement.objects.published()


def test_a_change_of_a_quotes_kind_takes_the_statement_from_the_public():
    statement = world.published()
    Quote.objects.filter(statement=statement).update(kind="indirect")
    assert statement not in Statement.objects.published()


def test_topics_are_catalogue_work_and_need_no_new_approval():
    statement = world.published()
    statement.topics.add(Topic.objects.create(name_ru="Мосты"))
    assert statement in Statement.objects.published()


def test_a_returned_statement_says_why_and_can_be_submitted_again():
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    statement = world.submitted(by=anna)
    with acting(roman):
        send_back(statement.current_revision, "Проверьте дату.", by=roman)
    statement = Statement.objects.for_states().get(pk=statement.pk)
    assert statement.state == "returned"
    assert statement.current_revision.returned.comment == "Проверьте дату."
    with acting(anna):
        submit(statement, by=anna)
    assert Statement.objects.for_states().get(pk=statement.pk).state == "submitted"


def test_a_returned_revision_can_not_be_approved_after_all():
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    statement = world.submitted(by=anna)
    revision = statement.current_revision
    with acting(roman):
        send_back(revision, "Проверьте дату.", by=roman)
    with pytest.raises(Refused, match=r".+") as refused, acting(roman):
        approve(revision, by=roman)
    assert refused.value.rule == "verdict_only_once"


@pytest.mark.parametrize(
    ("without", "rule"),
    [
        ({"speaker": None}, "statement_has_speaker"),
        ({"spoken": None, "spoken_known": ""}, "statement_has_spoken_date"),
        ({"occasion_not_named": False}, "statement_has_occasion"),
        ({"lead": None}, "statement_has_lead_quote"),
        ({"speaker": None, "speaker_not_identified": True}, None),
    ],
)
def test_what_the_list_of_gaps_says_is_what_the_database_refuses(without, rule):
    anna = world.user("anna", "annotator")
    statement = world.draft(by=anna)
    Statement.objects.filter(pk=statement.pk).update(**without)
    statement = Statement.objects.get(pk=statement.pk)
    assert len(lacking(statement)) == (rule is not None)
    if rule is None:
        submit(statement, by=anna)
        return
    with pytest.raises(Refused) as refused:
        submit(statement, by=anna)
    assert refused.value.rule == rule
    assert lacking(statement) == [str(refused.value)]


def test_an_unidentified_speaker_needs_the_attribution_as_printed():
    anna = world.user("anna", "annotator")
    statement = world.draft(by=anna, attribution="", speaker_not_identified=True)
    with pytest.raises(Refused) as refused:
        submit(statement, by=anna)
    assert refused.value.rule == "statement_has_speaker"


def test_a_withdrawn_statement_is_not_public_until_it_is_restored():
    elena = world.user("elena", "editor")
    statement = world.published()
    withdrawal = withdraw(statement, "Источник отозвал сообщение.", by=elena)
    assert statement not in Statement.objects.published()
    assert Statement.objects.for_states().get(pk=statement.pk).state == "withdrawn"
    restore(withdrawal, "Источник подтвердил сообщение.", by=elena)
    assert statement in Statement.objects.published()


def test_a_statement_is_withdrawn_once_at_a_time():
    elena = world.user("elena", "editor")
    statement = world.published()
    withdraw(statement, "Источник отозвал сообщение.", by=elena)
    with pytest.raises(Refused) as refused:
        withdraw(statement, "Ещё раз.", by=elena)
    assert refused.value.rule == "withdrawal_once_at_a_time"


@pytest.mark.parametrize("state", Statement.State.values)
def test_the_filter_by_state_finds_what_the_state_says(state):
    elena, roman = world.user("elena", "editor"), world.user("roman", "reviewer")
    of = world.snapshot()
    made = {"draft": world.draft(of=of), "submitted": world.submitted(of=of), "published": world.published(of=of)}
    made["returned"] = world.submitted(of=of)
    send_back(made["returned"].current_revision, "Проверьте дату.", by=roman)
    made["withdrawn"] = world.published(of=of)
    withdraw(made["withdrawn"], "Источник отозвал сообщение.", by=elena)
    found = Statement.objects.in_state(state).for_states()
    assert list(found) == [made[state]]
    assert found[0].state == state
