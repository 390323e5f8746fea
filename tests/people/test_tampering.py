"""A request that no page of ours sends gets an answer, not an error of the server."""

import pytest
from django.urls import reverse

from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vera(client):
    client.force_login(world.user("vera", "annotator", "reviewer", "editor"))


@pytest.mark.parametrize(
    "address",
    [
        "/admin/people/tenure/add/?person=abc&office=x",
        "/admin/people/office/add/?organization=abc",
        "/admin/quotes/topic/add/?parent=abc",
        "/admin/articles/feed/add/?source=abc",
        "/admin/articles/article/?source__id__exact=abc",
        "/admin/quotes/assignment/?source=abc",
        "/admin/quotes/statement/review/?source=abc&speaker=x",
    ],
)
def test_words_where_a_record_is_named_by_its_number_choose_none(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("/admin/people/tenure/add/", {"person": "abc", "office": "x"}),
        ("/admin/articles/article/ingest/", {"source": "abc", "text": "Слова"}),
        ("/admin/quotes/topic/add/", {"parent": "abc"}),
    ],
)
def test_a_form_that_names_no_record_is_shown_again(client, address, sent):
    assert client.post(address, sent).status_code == 200


def test_the_annotation_and_the_merge_page_are_shown_again_too(client):
    quote = world.draft(speaker=world.person()).quotes.get()
    page = reverse("admin:quotes_annotate", args=[quote.snapshot.public_id])
    assert client.post(page, {"speaker": "abc", "meeting": "abc", "topics": "abc"}).status_code == 200
    merge = reverse("admin:people_person_merge", args=[quote.statement.speaker.pk])
    assert client.get(merge, {"into": "abc"}).status_code == 200
