"""Restoring statements and quotes is an edit: words, authors and the public's view follow the same rules."""

import pytest
from django.urls import reverse

from people.acting import acting
from quotes.annotating import delete_quote
from quotes.models import Addressee, Quote, Statement, Suggestion, Topic
from quotes.refusals import Refused
from quotes.reviewing import approve, submit
from tests import world
from tests.restoring import address, last_change, log_in_editor, restore, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(client):
    return log_in_editor(client)


@pytest.fixture
def anna():
    return world.user("anna", "annotator")


def correct_words(statement, words, by):
    quote = statement.quotes.get()
    with acting(by):
        quote.spans.all().delete()
        start = quote.snapshot.text.index(words)
        quote.spans.create(start=start, end=start + len(words), exact=words)


def test_the_words_of_a_statement_come_back_and_it_waits_for_another_approval(client, elena, anna):
    statement = world.published(by=anna, label="смешной мост")
    entry = last_change()
    correct_words(statement, "Мост будет построен", anna)
    Statement.objects.filter(pk=statement.pk).update(label="")
    world.publish(statement, by=anna, reviewer=world.user("roman", "reviewer"))
    before, after = restore(client, statement, entry)
    assert "Span: Мост будет построен к осени – made" in before
    assert "Span: Мост будет построен – deleted" in before
    assert "label: смешной мост" in before
    assert "it is off the public pages until somebody approves it again" in before
    assert "The change takes “смешной мост” off the public pages until somebody approves it again." in after
    statement = Statement.objects.get(pk=statement.pk)
    assert (statement.words, statement.label, statement.state) == (world.BRIDGE, "смешной мост", "draft")


def test_who_restored_may_not_approve_and_another_may(client, elena, anna):
    statement = world.draft(by=anna)
    entry = last_change()
    correct_words(statement, "Мост будет построен", anna)
    restore(client, statement, entry)
    with acting(anna):
        revision = submit(statement, by=anna)
    with acting(elena), pytest.raises(Refused):
        approve(revision, by=elena)
    roman = world.user("roman", "reviewer")
    with acting(roman):
        approve(revision, by=roman)
    assert Statement.objects.published().get() == statement


def test_a_deleted_statement_comes_back_whole_with_its_public_id_and_its_authors(client, elena, anna):
    topic = Topic.objects.create(name_ru="Мосты")
    statement = world.draft(by=anna, label="смешной мост")
    statement.topics.add(topic)
    Addressee.objects.create(statement=statement, in_words="посол Приморья")
    quote = statement.quotes.get()
    kept = (statement.public_id, quote.public_id, quote.guideline_id, statement.created_at)
    entry, number = last_change(), statement.pk
    boris = world.user("boris", "annotator")
    with acting(boris):
        delete_quote(quote)
    assert not Statement.objects.exists()
    listed = text_of(client.get("/admin/quotes/statement/deleted/"))
    assert "смешной мост" in listed
    statement.pk = number
    before, _after = restore(client, statement, entry)
    assert "Statement: смешной мост – made" in before
    assert "Quote: Мост будет построен к осени – made" in before
    assert "to whom" not in before
    back = Statement.objects.get()
    assert (back.public_id, back.lead.public_id, back.lead.guideline_id, back.created_at) == kept
    assert (back.words, [one.in_words for one in back.addressees.all()]) == (world.BRIDGE, ["посол Приморья"])
    assert list(back.topics.all()) == [topic]
    assert {one.user.username for one in back.authorships.all()} == {
        "anna",
        "boris",
        "elena",
    }  # who deletes has a part in it
    with acting(anna):
        revision = submit(back, by=anna)
    with acting(anna), pytest.raises(Refused):
        approve(revision, by=anna)


def test_a_deleted_statement_without_a_label_is_called_by_its_words(client, elena, anna):
    delete_quote(world.draft(by=anna).quotes.get())
    assert "Мост будет построен к осени" in text_of(client.get("/admin/quotes/statement/deleted/"))


def test_a_quote_made_since_of_a_suggestion_goes_and_the_suggestion_is_open_again(client, elena, anna):
    statement = world.draft(by=anna)
    entry = last_change()
    with acting(anna):
        quote = Quote.objects.create(statement=statement, snapshot=statement.lead.snapshot)
        start = quote.snapshot.text.index(world.ROADS)
        quote.spans.create(start=start, end=start + len(world.ROADS), exact=world.ROADS)
    made_of = world.suggestion(quote.snapshot, world.ROADS)
    with acting(anna):
        Suggestion.objects.filter(pk=made_of.pk).update(
            state="accepted", decided_by=anna, decided_at=statement.created_at, quote=quote
        )
    restore(client, statement, entry)
    assert statement.quotes.count() == 1
    made_of.refresh_from_db()
    assert (made_of.state, made_of.quote) == ("open", None)


def test_a_quote_whose_statement_is_deleted_says_what_to_restore_first(client, elena, anna):
    quote = world.draft(by=anna).quotes.get()
    entry, number = last_change(quote), quote.pk
    delete_quote(quote)
    quote.pk = number
    answer = text_of(client.get(address(quote, entry), follow=True))
    assert "Statement “Мост будет построен к осени” is needed for it and has been deleted." in answer


def test_a_topic_goes_back_in_its_tree(client, elena):
    parent = Topic.objects.create(name_ru="Транспорт")
    topic = Topic.objects.create(name_ru="Мосты", parent=parent)
    entry = last_change()
    Topic.objects.filter(pk=topic.pk).update(parent=None)
    before, _after = restore(client, topic, entry)
    assert "broader topic: Транспорт" in before
    topic.refresh_from_db()
    assert topic.parent == parent


def test_a_statements_history_calls_quotes_and_spans_by_their_words(client, elena, anna):
    statement = world.draft(by=anna)
    page = client.get(reverse("admin:quotes_statement_history", args=[statement.pk]))
    assert "Span: Мост будет построен к осени – made" in text_of(page)
    assert "Quote: Мост будет построен к осени – made" in text_of(page)
