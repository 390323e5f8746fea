"""Who changes a statement that others see is told that they no longer do, and how to submit it again."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from quotes.models import Statement
from tests import world

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
LEFT = "The change takes “{}” off the public pages until somebody approves it again."
OUT = "The change takes “{}” out of review until it is submitted again."


@pytest.fixture
def anna(client):
    """Anna's browser."""
    client.force_login(world.user("anna", "annotator"))
    return client


def sent(client, statement, **changes):
    """The answer to the statement's page in the admin, sent with these changes."""
    address = reverse("admin:quotes_statement_change", args=[statement.pk])
    form = client.get(address).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields} | changes
    rows = {"addressees-TOTAL_FORMS": len(changes.get("addressees", [])), "addressees-INITIAL_FORMS": 0}
    for number, words in enumerate(changes.pop("addressees", [])):
        rows[f"addressees-{number}-in_words"] = words
    filled = {name: value for name, value in fields.items() if value not in (None, False)}
    return client.post(address, filled | rows, headers=ENGLISH)


def saved(client, statement, **changes):
    """What is said after that."""
    response = sent(client, statement, **changes)
    assert response.status_code == 302, response.context["adminform"].form.errors
    return messages_of(response)


def messages_of(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("changes", [{"label": "весенний мост"}, {"addressees": ["жители Заречья"]}])
def test_a_changed_published_statement_is_said_to_have_left_the_public(anna, changes):
    statement = world.published(label="осенний мост")
    told = saved(anna, statement, **changes)[-1]
    assert told.startswith(LEFT.format(changes.get("label", "осенний мост")))
    assert f'href="{reverse("admin:quotes_review", args=[statement.public_id])}"' in told


def test_the_link_leads_to_where_it_is_submitted_again(anna):
    statement = world.published()
    saved(anna, statement, label="весенний мост")
    shown = anna.get(reverse("admin:quotes_review", args=[statement.public_id])).content.decode()
    submit = reverse("admin:quotes_submit_statement", args=[statement.public_id])
    assert f'action="{submit}"' in shown
    anna.post(submit)
    assert Statement.objects.get().state == "submitted"
    assert submit not in anna.get(reverse("admin:quotes_review", args=[statement.public_id])).content.decode()


def test_a_changed_statement_that_waited_for_review_is_said_to_wait_no_longer(anna):
    statement = world.submitted()
    assert saved(anna, statement, label="мост <весной>")[-1].startswith(OUT.format("мост &lt;весной&gt;"))


def test_what_nobody_else_saw_and_what_was_not_changed_is_only_said_to_be_saved(anna):
    of = world.snapshot()
    assert len(saved(anna, world.draft(of=of), label="мост")) == 1
    published = world.published(of=of)
    assert len(saved(anna, published)) == 1
    assert published in Statement.objects.published()


def test_what_is_refused_is_not_called_saved_as_well(anna):
    speaker = world.person()
    statement = world.published(speaker=speaker, tenure=world.tenure(speaker, world.office()))
    response = sent(anna, statement, speaker=world.person("Пётр Другов").pk)
    assert "This office was held by somebody else." in response.content.decode()
    assert messages_of(response) == []
    assert statement in Statement.objects.published()


def test_the_annotation_page_says_it_too(anna):
    statement = world.published()
    quote = statement.lead
    (span,) = quote.spans.all()
    form = {
        "spans": f"{span.start}-{span.end}",
        "kind": "indirect",
        "attribution": quote.attribution,
        "speaker": statement.speaker.pk,
        "spoken": statement.spoken,
        "spoken_known": statement.spoken_known,
        "occasion_not_named": "on",
        "seen": statement.fingerprint(),
    }
    address = reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id])
    assert messages_of(anna.post(address, form, headers=ENGLISH))[-1].startswith(LEFT.format(statement))


def test_a_quote_moved_to_a_published_statement_takes_it_off(anna):
    statement = world.published(label="осенний мост")
    report = world.draft(of=world.snapshot(world.TEXT + " ")).lead
    address = reverse("admin:quotes_quote_change", args=[report.pk])
    response = anna.post(address, {"statement": statement.pk}, headers=ENGLISH)
    assert any(told.startswith(LEFT.format("осенний мост")) for told in messages_of(response))
