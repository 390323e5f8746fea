"""An editor brings a record back to how it was: what is shown before, what happens, and what is refused."""

import html
import re

import pytest
from django.urls import reverse

from people.acting import acting
from people.models import Office, Organization, Participant, Person, PersonName, Restoration, Tenure
from tests import world
from tests.restoring import address, last_change, log_in_editor, restore, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def elena(client):
    return log_in_editor(client)


@pytest.fixture
def anna():
    return world.user("anna", "annotator")


def test_a_record_goes_back_to_what_it_was_after_the_chosen_change_with_the_reason_in_its_history(client, elena, anna):
    person = world.person("Иван Озёрный", about="мостостроитель из Заречья, автор книги о мостах и дорогах края")
    entry = last_change()
    with acting(anna):
        Person.objects.filter(pk=person.pk).update(about="мостостроитель из Приморья, автор книги о мостах и дорогах")
    history = client.get(reverse("admin:people_person_history", args=[person.pk])).content.decode()
    assert f'href="{address(person, entry)}"' in history
    assert f'href="{address(person, last_change())}"' not in history  # as it is now
    before, after = restore(client, person, entry, "Анна ошиблась краем.")
    assert "Nothing has been done yet" in before
    page = client.get(reverse("admin:people_person_history", args=[person.pk])).content.decode()
    assert "<del>Приморья</del><ins>Заречья</ins>" in html.unescape(page)
    assert "Restored. The reason is in the history." in after
    assert "Restored: Анна ошиблась краем." in after
    person.refresh_from_db()
    assert person.about == "мостостроитель из Заречья, автор книги о мостах и дорогах края"


def test_parts_come_back_and_go_with_the_record(client, elena):
    person, post = world.person("Иван Озёрный"), world.office("Глава Заречья")
    held = world.tenure(person, post, "2024-35", "..")
    kept = PersonName.objects.create(person=person, text="Дед Иван")
    entry = last_change()
    Tenure.objects.filter(pk=held.pk).update(start="2024-04", end="2025", end_known="other")
    kept.delete()
    PersonName.objects.create(person=person, text="Лишний")
    before, _after = restore(client, person, entry)
    assert "Tenure: Иван Озёрный, Глава Заречья – changed" in before
    assert "from: April 2024 → third quarter of 2024" in before
    assert "until: 2025 → present" in before
    assert "Other name: Лишний – deleted" in before
    assert "Other name: Дед Иван – made" in before
    held.refresh_from_db()
    assert (held.start, held.end, held.end_known) == ("2024-35", "..", "")
    assert [name.text for name in person.names.all()] == ["Дед Иван"]


def test_a_part_deleted_and_entered_again_is_left_as_it_is(client, elena):
    person = world.person("Иван Озёрный", about="поэт")
    PersonName.objects.create(person=person, text="Дед Иван")
    entry = last_change()
    PersonName.objects.all().delete()
    again = PersonName.objects.create(person=person, text="Дед Иван")
    Person.objects.update(about="прозаик")
    before, _after = restore(client, person, entry)
    assert "Other name:" not in before
    assert person.names.get() == again


def test_a_deleted_record_is_found_by_its_name_and_comes_back_with_its_parts_under_its_old_public_id(client, elena):
    meeting, person = world.meeting("Сход"), world.person("Иван Озёрный")
    Participant.objects.create(meeting=meeting, person=person)
    entry, number, public_id = last_change(), meeting.pk, meeting.public_id
    with acting(elena):
        meeting.delete()
    assert 'href="/admin/people/meeting/deleted/"' in client.get("/admin/people/meeting/").content.decode()
    found = client.get("/admin/people/meeting/deleted/").content.decode()
    assert f'<a href="/admin/people/meeting/{number}/history/">Сход</a>' in found
    history = client.get(f"/admin/people/meeting/{number}/history/")
    assert "Deleted: Сход" in text_of(history)
    meeting.pk = number
    assert address(meeting, entry) in history.content.decode()
    before, _after = restore(client, meeting, entry)
    assert "Meeting: Сход – made" in before
    assert "person: Иван Озёрный" in before
    meeting.refresh_from_db()
    assert (meeting.public_id, meeting.name_ru) == (public_id, "Сход")
    assert meeting.participants.get().person == person
    assert "Сход" not in client.get("/admin/people/meeting/deleted/").content.decode()


def test_a_deleted_record_comes_back_as_it_was_long_before_it_was_deleted(client, elena):
    body = Organization.objects.create(name_ru="Совет Заречья", aliases=["СЗ", "Совет"])
    entry, number = last_change(), body.pk
    Organization.objects.update(name_ru="Дума Заречья", aliases=["Дума"])
    body.delete()
    body.pk = number
    restore(client, body, entry)
    body.refresh_from_db()
    assert (body.name_ru, body.aliases) == ("Совет Заречья", ["СЗ", "Совет"])


def test_what_needs_a_deleted_record_says_so_and_stays_as_it_is(client, elena):
    body = Organization.objects.create(name_ru="Совет Заречья")
    post = Office.objects.create(name_ru="Председатель", organization=body)
    entry = last_change()
    Office.objects.update(organization=None, name_ru="Глава")
    body.delete()
    answer = text_of(client.get(address(post, entry), follow=True))
    assert "Organization “Совет Заречья” is needed for it and has been deleted. Restore that first." in answer
    post.refresh_from_db()
    assert post.name_ru == "Глава"


def test_a_seat_taken_meanwhile_is_told_and_nothing_is_half_done(client, elena):
    person, post = world.person("Иван Озёрный"), world.office("Глава Заречья")
    world.tenure(person, post, "2024-01-01", "..")
    entry = last_change()
    Tenure.objects.update(end="2025-01-01", end_known="other")
    Person.objects.filter(pk=person.pk).update(name_ru="И. Озёрный")
    world.tenure(world.person("Пётр Лесной"), post, "2025-01-01", "..")
    _before, after = restore(client, person, entry)
    assert "Somebody else certainly holds this office on some of these days." in after
    person.refresh_from_db()
    assert (person.name_ru, person.tenures.get().end) == ("И. Озёрный", "2025-01-01")
    assert not Restoration.objects.exists()


def test_a_part_that_others_rely_on_is_not_taken_away(client, elena):
    post, person = world.office("Глава Заречья"), world.person("Иван Озёрный")
    entry = last_change()
    held = world.tenure(person, post, "2024-01-01", "..")
    world.draft(speaker=person, tenure=held)
    _before, after = restore(client, person, entry)
    assert "What would be taken away is in use elsewhere (statements). Change that first." in after
    assert Tenure.objects.filter(pk=held.pk).exists()


def test_somebody_merged_meanwhile_is_meant_by_the_record_that_took_them_over(client, elena):
    meeting, gone, stays = world.meeting("Сход"), world.person("И. Озёрный"), world.person("Иван Озёрный")
    Participant.objects.create(meeting=meeting, person=gone)
    entry = last_change()
    Participant.objects.all().delete()
    gone.merged_into = stays
    gone.save()
    before, _after = restore(client, meeting, entry)
    assert "person: Иван Озёрный" in before
    assert meeting.participants.get().person == stays
    answer = text_of(client.get(address(gone, last_change(gone)), follow=True))
    assert "This record has been merged into another one. Restore the record that it leads to." in answer


def test_what_changed_after_the_page_was_opened_is_read_again(client, elena):
    person = world.person("Иван Озёрный")
    entry = last_change()
    Person.objects.update(about="поэт")
    page = client.get(address(person, entry)).content.decode()
    newest = re.search(r'name="newest" value="(\d+)"', page)[1]
    Person.objects.update(about="прозаик")
    answer = client.post(address(person, entry), {"reason": "Ошибка", "newest": newest})
    assert "The record has changed since you opened this page." in text_of(answer)
    assert "who this is: прозаик" in text_of(answer)
    person.refresh_from_db()
    assert person.about == "прозаик"


def test_a_change_of_another_record_is_none_to_go_back_to(client, elena):
    person = world.person("Иван Озёрный")
    Person.objects.update(about="поэт")
    world.person("Пётр Лесной")
    assert client.get(address(person, last_change())).status_code == 404


def test_without_a_reason_nothing_is_restored(client, elena):
    person = world.person("Иван Озёрный")
    entry = last_change()
    Person.objects.update(about="поэт")
    _before, after = restore(client, person, entry, " ")
    assert "This field is required." in after
    person.refresh_from_db()
    assert person.about == "поэт"


def test_there_is_nothing_to_restore_where_nothing_has_changed(client, elena):
    person = world.person("Иван Озёрный")
    answer = client.get(address(person, last_change()), follow=True)
    assert "The record is as it was then: there is nothing to restore." in text_of(answer)


@pytest.mark.parametrize("role", ["annotator", "reviewer"])
def test_others_see_the_history_and_no_way_to_restore(client, role):
    client.force_login(world.user("boris", role))
    person = world.person("Иван Озёрный")
    entry = last_change()
    Person.objects.update(about="поэт")
    history = client.get(reverse("admin:people_person_history", args=[person.pk])).content.decode()
    assert "/restore/" not in history
    assert client.get(address(person, entry)).status_code == 403
    assert client.post(address(person, entry), {"reason": "Ошибка", "newest": 1}).status_code == 403
