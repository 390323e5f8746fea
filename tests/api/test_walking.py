"""Whoever follows `next` to its end has everything once, whatever happens meanwhile."""

import random

import pytest

from people.acting import acting
from quotes.models import Approval, Quote, Revision, Span, Statement
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
DAY = "2031-05-04"


def many(count, *, of, speaker):
    """So many published statements of one day, written set by set, with all triggers."""
    anna, roman = world.user("anna", "annotator"), world.user("roman", "reviewer")
    fields = {"speaker": speaker, "spoken": DAY, "spoken_known": "text", "occasion_not_named": True}
    (anchor,) = world.anchors(of, world.BRIDGE)
    with acting(anna):
        statements = Statement.objects.bulk_create(Statement(**fields) for _ in range(count))
        quotes = Quote.objects.bulk_create(Quote(statement=each, snapshot=of) for each in statements)
        Span.objects.bulk_create(
            Span(quote=each, start=anchor.start, end=anchor.end, exact=anchor.exact) for each in quotes
        )
        for quote in quotes:
            Statement.objects.filter(pk=quote.statement_id).update(lead=quote)
        revisions = Revision.objects.bulk_create(
            Revision(statement=each, submitted_by=anna, number=0, content={}) for each in statements
        )
    with acting(roman):
        Approval.objects.bulk_create(Approval(revision=each, approved_by=roman) for each in revisions)
    return list(Statement.objects.published().filter(pk__in=[each.pk for each in statements]))


def test_a_walk_through_a_thousand_statements_of_one_day_gives_each_that_stayed_once(client):
    chance = random.Random(8)  # noqa: S311 - lots that can be drawn again
    of, elena = world.snapshot(), world.user("elena", "editor")
    speaker = world.person()
    there = many(1000, of=of, speaker=speaker)
    assert Statement.objects.filter(spoken=DAY).count() == len(there) == 1000
    gone = set()
    seen = []
    address = f"/api/v1/statements/?fields=spoken&page_size=50&spoken_from={DAY}&spoken_to={DAY}"
    while address:
        body = client.get(address).json()
        seen += [one["id"] for one in body["results"]]
        address = body["next"]
        # Between two pages others are added, and some of those seen and of those to come are withdrawn.
        many(2, of=of, speaker=speaker)
        for statement in chance.sample([each for each in there if each.public_id not in gone], 3):
            with acting(elena):
                withdraw(statement, "Ошибка.", by=elena)
            gone.add(statement.public_id)
    assert len(seen) == len(set(seen))
    stayed = {each.public_id for each in there} - gone
    assert stayed <= set(seen)
    assert gone - set(seen), "nothing was withdrawn before it was reached"
