"""What a merge of persons does to statements: it changes whom rows point at, and undoes no approval."""

import pytest

from people.acting import acting
from people.merging import merge
from quotes.models import Statement
from tests import world

pytestmark = pytest.mark.django_db


def test_a_published_statement_stays_published_when_both_records_were_addressed():
    one, other = world.person("Пётр Приезжий"), world.person("П. Приезжий")
    statement = world.draft(speaker=world.person())
    statement.addressees.create(person=one)
    statement.addressees.create(person=other)
    world.publish(statement)
    elena = world.user("elena", "editor")
    with acting(elena):
        merge(other, one, by=elena)
    assert statement in Statement.objects.published()
    assert statement.addressees.get().person == one


def test_a_published_statement_stays_published_when_its_speaker_is_merged():
    one, other = world.person("Иван Озёрный"), world.person("И. Озёрный")
    statement = world.published(speaker=other)
    elena = world.user("elena", "editor")
    with acting(elena):
        merge(other, one, by=elena)
    assert Statement.objects.published().get(pk=statement.pk).speaker == one


def test_an_addressee_taken_away_is_a_change_of_content():
    statement = world.draft()
    statement.addressees.create(person=world.person("Пётр Приезжий"))
    world.publish(statement)
    statement.addressees.all().delete()
    assert statement not in Statement.objects.published()


def test_a_suggestion_goes_with_the_person_to_the_record_that_stays():
    double, ivan = world.person("Иван О."), world.person()
    one = world.suggestion(speaker=double)
    merge(double, into=ivan, by=world.user("elena", "editor"))
    one.refresh_from_db()
    assert one.speaker == ivan
