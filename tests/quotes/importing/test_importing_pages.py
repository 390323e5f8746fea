"""A spreadsheet on its way in, as the server answers: tried row by row, then all brought in or none."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from people.models import Person
from quotes.models import Quote, SheetUpload, Statement
from tests import world
from tests.quotes.importing.sheets import ADDRESS, article, as_csv, as_xlsx, row, table

pytestmark = pytest.mark.django_db

START = "/admin/quotes/statement/import/"


@pytest.fixture
def anna(client):
    """Anna's browser, in English."""
    client.force_login(world.user("anna", "annotator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def upload(client, raw, name="quotes.csv"):
    return client.post(START, {"upload": SimpleUploadedFile(name, raw)})


def tried(client, *rows):
    """The page that shows what would become of the rows."""
    answer = upload(client, as_csv(table(*rows)))
    assert answer.status_code == 302, answer.context["form"].errors
    return client.get(answer["Location"])


def press(client, report, **more):
    """The answer to the button that brings all in."""
    return client.post(report.request["PATH_INFO"], {"seen": report.context["seen"]} | more, follow=True)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)] or [
        str(message) for message in response.context["messages"]
    ]


def told(report):
    """Of each row its number, what happens, and the sentences."""
    return [(one.entry.number, one.entry.status.value, " ".join(one.told)) for one in report.context["rows"]]


def test_rows_become_drafts_of_whoever_brings_them_in(anna):
    of, speaker = article(), world.person()
    report = tried(anna, row(), row(world.ROADS, kind="indirect speech"))
    assert [state for _number, state, _told in told(report)] == ["new", "new"]
    assert not Statement.objects.exists()
    assert "Bring in all 2 rows as drafts" in report.content.decode()
    done = press(anna, report)
    assert said(done) == ["Brought in: 2 drafts."]
    bridge, roads = Statement.objects.order_by("id")
    assert (bridge.words, roads.words) == (world.BRIDGE, world.ROADS)
    assert {bridge.state, roads.state} == {"draft"}
    assert bridge.speaker == speaker
    assert (bridge.spoken, bridge.spoken_known) == ("2031-05-05", "publication")
    assert (roads.lead.kind, roads.lead.snapshot) == ("indirect", of)
    assert [one.user.username for one in bridge.authorships.all()] == ["anna"]
