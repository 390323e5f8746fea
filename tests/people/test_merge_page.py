import html

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from people.models import Participant, Person
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins():
    return world.person("И. Озёрный"), world.person("Иван Озёрный")


@pytest.fixture
def editor(client):
    client.force_login(world.user("elena", "editor"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page(response):
    return html.unescape(response.content.decode())


def address(person):
    return reverse("admin:people_person_merge", args=[person.pk])


def test_the_way_from_a_persons_page_to_the_merged_record(editor, twins):
    gone, stays = twins
    world.draft(speaker=gone)
    shown = page(editor.get(reverse("admin:people_person_change", args=[gone.pk])))
    assert f'href="{address(gone)}"' in shown
    assert "The record that stays" in page(editor.get(address(gone)))
    foreseen = page(editor.get(address(gone), {"into": stays.pk}))
    assert "“И. Озёрный” is merged into “Иван Озёрный”." in foreseen
    assert "Moved – statements (speaker): 1" in foreseen
    assert "Kept as other names, so that searching finds them: И. Озёрный" in foreseen
    assert not Person.objects.exclude(merged_into=None).exists()
    after = editor.post(address(gone), {"into": stays.pk}, follow=True)
    assert after.redirect_chain == [(reverse("admin:people_person_change", args=[stays.pk]), 302)]
    assert "“И. Озёрный” is merged into this record; its old address leads here." in page(after)
    gone.refresh_from_db()
    assert gone.merged_into == stays


def test_the_preview_warns_of_signs_of_two_people(editor, twins):
    meeting = world.meeting("Сход")
    for person in twins:
        Participant.objects.create(meeting=meeting, person=person)
    foreseen = page(editor.get(address(twins[0]), {"into": twins[1].pk}))
    assert "Look again: these may be two people" in foreseen
    assert "Both took part in: Сход" in foreseen
    assert "Dropped, since the record that stays has the same – participants (person): 1" in foreseen


def test_reading_the_preview_merges_nothing_and_asks_for_a_token(twins):
    from django.test import Client

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(world.user("elena", "editor"))
    assert careful.post(address(twins[0]), {"into": twins[1].pk}).status_code == 403
    assert not Person.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("choice", ["itself", "nobody", "nothing", "a merged one"])
def test_what_can_not_be_merged_is_refused_in_words(editor, twins, choice):
    gone, stays = twins
    merged = world.person("Озёрный", merged_into=stays)
    into = {"itself": gone.pk, "nobody": 0, "nothing": "", "a merged one": merged.pk}[choice]
    words = {
        "itself": "This is the same record. Choose the other one.",
        "nobody": "There is no such record. Choose one from the list.",
        "nothing": "This field is required.",
        "a merged one": "The record you chose has itself been merged into another.",
    }
    for answer in (editor.get(address(gone), {"into": into}), editor.post(address(gone), {"into": into})):
        assert words[choice] in page(answer)
    gone.refresh_from_db()
    assert gone.merged_into is None


def test_a_record_merged_already_is_not_merged_again(editor, twins):
    gone, stays = twins
    for _time in range(2):
        answer = editor.post(address(gone), {"into": stays.pk})
    assert "has been merged into another already" in page(answer)
    assert "Merge…" not in page(editor.get(reverse("admin:people_person_change", args=[gone.pk])))


def test_both_records_remember_the_merge_and_who_did_it(editor, twins):
    gone, stays = twins
    editor.post(address(gone), {"into": stays.pk})
    entries = LogEntry.objects.filter(user__username="elena", content_type__model="person")
    said = {entry.object_id: entry.change_message for entry in entries}
    assert said == {str(gone.pk): "Merged into “Иван Озёрный”.", str(stays.pk): "Took over “И. Озёрный”."}
    for person in twins:
        history = page(editor.get(reverse("admin:people_person_history", args=[person.pk])))
        assert "<td>elena</td>" in history
        assert "merged into:" in history
        assert "<ins>Иван Озёрный</ins>" in history
