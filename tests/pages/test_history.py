"""What a statement's page tells of its past: when it was published, what kind of thing was changed, withdrawn, restored."""

import lxml.html
import pytest

from people.acting import acting
from quotes.models import Quote, Statement, Verification
from quotes.verifying import verify
from quotes.withdrawing import restore, withdraw
from tests import world
from tests.pages.conftest import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """The events on the statement's page, the first one first, and what changed."""

    def events(statement):
        page = lxml.html.fromstring(client.get(f"/s/{statement.public_id}", follow=True).content)
        return [" ".join(one.text_content().split()) for one in page.xpath("//section[@aria-labelledby='history']//dd")]

    return events


def change(statement, **fields):
    with acting(world.user("anna", "annotator")):
        Statement.objects.filter(pk=statement.pk).update(**fields)
    return publish(statement)


def test_a_statement_published_once_says_when(told):
    assert told(world.published()) == ["Published, as revision 1"]


def test_each_change_is_told_by_what_kind_of_thing_changed_and_never_by_its_earlier_value(told, client):
    statement = change(world.published(label="первое имя"), label="второе имя", spoken="2031-05-03")
    with acting(world.user("anna", "annotator")):
        Quote.objects.filter(statement=statement).update(kind="indirect")
    publish(statement)
    assert told(statement) == [
        "Published, as revision 1",
        "Changed and approved again, as revision 2 What changed: date on which it was said, label",
        "Changed and approved again, as revision 3 What changed: kind",
    ]
    page = client.get(f"/s/{statement.public_id}", follow=True).content.decode()
    assert "первое имя" not in page
    assert "anna" not in page


def test_what_was_submitted_and_never_published_leaves_no_trace(told):
    statement = world.published(label="имя")
    with acting(anna := world.user("anna", "annotator")):
        Statement.objects.filter(pk=statement.pk).update(label="тайное")
        world.submit(Statement.objects.get(pk=statement.pk), by=anna)
    statement = change(statement, label="имя")
    assert told(statement) == ["Published, as revision 1", "Changed and approved again, as revision 3"]


def test_a_withdrawal_and_its_end_are_told_with_their_reasons(told):
    statement = world.published()
    with acting(elena := world.user("elena", "editor")):
        withdrawal = withdraw(statement, "Спорный источник.", by=elena)
        restore(withdrawal, "Подтверждено записью.", by=elena)
    assert told(statement)[1:] == ["Withdrawn Спорный источник.", "Shown again Подтверждено записью."]


def test_a_withdrawal_from_before_it_was_public_is_nobodys_business(told):
    draft = world.draft()
    with acting(elena := world.user("elena", "editor")):
        restore(withdraw(draft, "Рано.", by=elena), "Можно.", by=elena)
    assert told(publish(draft)) == ["Published, as revision 1"]


def test_the_last_check_by_machine_is_proof_as_long_as_it_found_nothing(read):
    statement = world.published()
    address = statement.get_absolute_url()
    assert "Checked again" not in read(address)
    verify()
    assert "Checked again" in read(address)
    Verification.objects.update(faults=[{"rule": "span_is_exact", "id": statement.lead.public_id}])
    assert "Checked again" not in read(address)
    Verification.objects.update(faults=[{"rule": "span_is_exact", "id": "00000000"}])
    assert "Checked again" in read(address)


def test_a_check_from_before_the_approval_proves_nothing_of_it(read):
    verify()
    assert "Checked again" not in read(world.published().get_absolute_url())
