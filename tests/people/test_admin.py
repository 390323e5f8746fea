import html

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.merging import merge
from people.models import Meeting, Organization, Participant, Person, PersonName, Tenure
from tests import world

pytestmark = pytest.mark.django_db

LISTS = ("person", "personname", "organization", "office", "tenure", "meeting")


@pytest.fixture
def editor(client):
    """A browser in which the editor Elena is logged in; she reads English."""
    client.force_login(world.user("elena", "editor"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


@pytest.fixture
def offered(editor):
    """What a field that names a record of the model offers for what was typed."""

    def ask(typed, of="tenure", field="person"):
        asked = {"term": typed, "app_label": "people", "model_name": of, "field_name": field}
        return [found["text"] for found in editor.get(reverse("admin:autocomplete"), asked).json()["results"]]

    return ask


def page(response):
    return html.unescape(response.content.decode())


def inline(prefix, *rows, initial=0):
    """The fields of an inline form set as a browser sends them."""
    fields = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return fields | {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(rows) for name, value in row.items()
    }


def someone(number):
    """A person with everything that a list may show."""
    person = world.person(f"Житель {number}", name_en=f"Villager {number}")
    PersonName.objects.create(person=person, text=f"Ж. {number}")
    body = Organization.objects.create(name_ru=f"Совет {number}")
    world.tenure(person, world.office(f"Старейшина {number}", organization=body), "2020-01-01")
    meeting = world.meeting(f"Сход {number}")
    Participant.objects.create(meeting=meeting, person=person)
    world.draft(speaker=person, meeting=meeting)
    return person


@pytest.mark.parametrize("model", [*LISTS, "merged"])
def test_the_queries_of_a_list_do_not_grow(editor, model):
    merged = model == "merged"
    address = reverse(f"admin:people_{'person' if merged else model}_changelist") + "?records=merged" * merged
    counts = []
    for more in (1, 7):
        for number in range(more):
            person = someone(f"{more}-{number}")
            world.person(f"Двойник {more}-{number}", merged_into=person)
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_of_people_shows_name_in_the_readers_language_offices_and_statements(editor):
    someone("1")
    shown = page(editor.get(reverse("admin:people_person_changelist")))
    assert "Villager 1" in shown
    assert "Старейшина 1" in shown
    assert '<td class="field-statements">1</td>' in shown
    assert "Житель 1</a>" in page(
        editor.get(reverse("admin:people_person_changelist"), headers={"accept-language": "ru"})
    )


def test_the_list_of_people_shows_a_few_other_names_and_how_many_more_there_are(editor):
    person = world.person("Иван Озёрный", name_be="Іван Азёрны", name_en="Ivan Ozyorny")
    for text in ("А. Озёрный", "Дед Иван"):
        PersonName.objects.create(person=person, text=text)
    address = reverse("admin:people_person_changelist")
    assert "Иван Озёрный · Іван Азёрны · А. Озёрный and 1 more</td>" in page(editor.get(address))
    person.names.first().delete()
    assert "Иван Озёрный · Іван Азёрны · Дед Иван</td>" in page(editor.get(address))


@pytest.mark.parametrize("typed", ["озерный", "ОЗЁРНЫЙ иван", "Ozyorny", "Азёрны", "дед иван", "Iван\0 Озёрный"])
def test_a_person_is_found_by_any_name_or_alias_in_any_language(offered, typed):
    person = world.person("Иван Озёрный", name_be="Іван Азёрны", name_en="Ivan Ozyorny")
    PersonName.objects.create(person=person, text="Дед Иван")
    PersonName.objects.create(person=person, text="Iван")
    world.person("Пётр Лесной")
    assert offered(typed) == ["Иван Озёрный"] or offered(typed) == ["Ivan Ozyorny"]


@pytest.mark.parametrize("typed", ["Озёрного", "озерным", "Азёрным", "дедом иваном", "Ивану Озёрному"])
def test_a_person_is_found_by_any_case_form_of_a_name(offered, typed):
    person = world.person("Иван Озёрный", name_be="Іван Азёрны")
    PersonName.objects.create(person=person, text="Дед Иван")
    world.person("Пётр Озерков")
    assert offered(typed) == ["Иван Озёрный"]


def test_whose_surname_it_is_stands_first_among_those_offered(offered):
    for name in ("Антон Ивановский", "Иван Лесной", "Пётр Иванов"):
        PersonName.objects.create(person=world.person(name), text=f"{name} II")
    assert offered("иванов") == ["Пётр Иванов", "Антон Ивановский"]


def test_namesakes_are_told_apart(offered):
    world.person("Иван Озёрный", about="поэт")
    world.person("Иван Озёрный", about="министр")
    assert sorted(offered("Озёрный")) == ["Иван Озёрный (министр)", "Иван Озёрный (поэт)"]


def test_a_merged_record_is_not_offered_nor_taken(editor, offered):
    gone, stays = world.person("И. Озёрный"), world.person("Иван Озёрный")
    merge(gone, stays, by=world.user("elena"))
    post = world.office()
    assert offered("И. Озёрный") == ["Иван Озёрный"]
    sent = {"person": gone.pk, "office": post.pk}
    assert "Select a valid choice" in page(editor.post(reverse("admin:people_tenure_add"), sent))
    assert not Tenure.objects.exists()


def test_the_queries_of_an_offer_do_not_grow(editor):
    asked = {"term": "", "app_label": "quotes", "model_name": "statement", "field_name": "tenure"}
    counts = []
    for more in (1, 7):
        for number in range(more):
            someone(f"{more}-{number}")
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(reverse("admin:autocomplete"), asked).json()["results"]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_office_is_found_by_what_the_press_calls_its_holder(offered):
    world.office("Глава Заречья", epithets=["заречный лидер", "первый человек"])
    assert offered("ЗАРЕЧНЫЙ лидер", "tenure", "office") == ["Глава Заречья"]


def test_a_person_is_entered_with_names_and_offices_on_one_page_dates_as_people_write_them(editor):
    post = world.office()
    sent = {"name_ru": "Иван Озёрный"}
    sent |= inline("names", {"text": "Дед Иван", "language": "ru", "kind": "alias"})
    sent |= inline(
        "tenures",
        {"office": post.pk, "start": "4 марта 2024", "start_known": "other", "end": "2025-Q3", "end_known": "text"},
        {"office": world.office("Судья").pk, "start": "2026-03", "start_known": "other", "end": "по н. в."},
    )
    editor.post(reverse("admin:people_person_add"), sent)
    person = Person.objects.get()
    assert [name.text for name in person.names.all()] == ["Дед Иван"]
    assert set(person.tenures.values_list("start", "end")) == {("2024-03-04", "2025-35"), ("2026-03", "..")}
    shown = page(editor.get(reverse("admin:people_person_change", args=[person.pk])))
    for date in ('value="4 March 2024"', 'value="third quarter of 2025"', 'value="March 2026"', 'value="present"'):
        assert date in shown


def test_a_page_saved_as_it_was_shown_changes_nothing(editor):
    person = world.person()
    tenure = world.tenure(person, world.office(), "2024-35", "..")
    row = {"id": tenure.pk, "person": person.pk, "office": tenure.office_id, "start": "third quarter of 2024"}
    row |= {"start_known": "other", "end": "present", "end_known": ""}
    sent = {"name_ru": person.name_ru} | inline("names") | inline("tenures", row, initial=1)
    editor.post(reverse("admin:people_person_change", args=[person.pk]), sent)
    tenure.refresh_from_db()
    assert (tenure.start, tenure.end) == ("2024-35", "..")


def test_a_date_that_can_not_be_read_says_what_to_write(editor):
    sent = {"person": world.person().pk, "office": world.office().pk, "start": "весной", "start_known": "other"}
    shown = page(editor.post(reverse("admin:people_tenure_add"), sent))
    assert "“весной” is not understood" in shown
    assert 'value="весной"' in shown


@pytest.mark.parametrize("form", ["tenure", "person", "office"])
def test_an_overlapping_tenure_is_refused_in_words_that_name_the_holder_and_keep_what_was_typed(editor, form):
    holder, post, other = world.person("Пётр Лесной"), world.office(), world.person("Иван Озёрный")
    world.tenure(holder, post, "2020-01-01", "2025-01-01")
    dates = {"start": "5 мая 2024", "start_known": "other", "end": "", "end_known": "", "evidence": "устав"}
    if form == "tenure":
        address, sent = reverse("admin:people_tenure_add"), {"person": other.pk, "office": post.pk} | dates
    elif form == "person":
        address = reverse("admin:people_person_change", args=[other.pk])
        sent = {"name_ru": "Иван Озёрный"} | inline("names") | inline("tenures", {"office": post.pk} | dates)
    else:
        address = reverse("admin:people_office_change", args=[post.pk])
        sent = {"name_ru": post.name_ru, "single_seat": "on"} | inline("tenures", {"person": other.pk} | dates)
    shown = page(editor.post(address, sent))
    assert "Пётр Лесной certainly holds this office on some of these days (1 January 2020 – 1 January 2025)." in shown
    assert 'value="5 мая 2024"' in shown
    assert 'value="устав"' in shown
    assert Tenure.objects.count() == 1


def test_two_overlapping_tenures_sent_together_are_refused_by_the_database_in_words(editor):
    post = world.office()
    dates = {"start": "2024", "start_known": "other", "end": ".."}
    sent = {"name_ru": post.name_ru, "single_seat": "on", "epithets": "староста"}
    rows = [{"person": world.person(name).pk} | dates for name in ("Иван Озёрный", "Пётр Лесной")]
    sent |= inline("tenures", *rows)
    shown = page(editor.post(reverse("admin:people_office_change", args=[post.pk]), sent))
    assert "Somebody else certainly holds this office on some of these days." in shown
    assert shown.count('value="2024"') == 2
    assert 'value="староста"' in shown
    assert not Tenure.objects.exists()
    post.refresh_from_db()
    assert post.epithets == []


def test_an_office_with_two_holders_does_not_become_single(editor):
    post = world.office(single_seat=False)
    for name in ("Иван Озёрный", "Пётр Лесной"):
        world.tenure(world.person(name), post)
    rows = [
        {"id": tenure.pk, "office": post.pk, "person": tenure.person_id, "start": "2030-01-01", "start_known": "other"}
        | {"end": ".."}
        for tenure in post.tenures.all()
    ]
    sent = {"name_ru": post.name_ru, "single_seat": "on"} | inline("tenures", *rows, initial=2)
    shown = page(editor.post(reverse("admin:people_office_change", args=[post.pk]), sent))
    assert "certainly holds this office" in shown
    post.refresh_from_db()
    assert not post.single_seat


def test_a_tenure_that_a_statement_names_does_not_change_hands(editor):
    person, post = world.person(), world.office()
    tenure = world.tenure(person, post)
    world.draft(speaker=person, tenure=tenure)
    sent = {
        "person": world.person("Пётр Лесной").pk,
        "office": post.pk,
        "start": "2030",
        "start_known": "other",
        "end": "..",
    }
    shown = page(editor.post(reverse("admin:people_tenure_change", args=[tenure.pk]), sent))
    assert "A statement was made in this office by this very person." in shown
    tenure.refresh_from_db()
    assert tenure.person == person


def test_a_meeting_is_entered_with_its_participants(editor):
    person = world.person()
    sent = {"name_ru": "Сход", "kind": "session", "start": "2024-Q3", "start_known": "text", "end": "", "end_known": ""}
    sent |= inline(
        "participants", {"role": "host", "person": person.pk}, {"role": "guest", "in_words": "жители трёх деревень"}
    )
    editor.post(reverse("admin:people_meeting_add"), sent)
    assert Meeting.objects.get().start == "2024-35"
    assert sorted(str(one) for one in Participant.objects.all()) == ["Иван Озёрный", "жители трёх деревень"]


def test_merged_records_are_listed_only_when_asked_for_and_can_only_be_read(editor):
    gone, stays = world.person("И. Озёрный"), world.person("Иван Озёрный")
    merge(gone, stays, by=world.user("elena"))
    people = reverse("admin:people_person_changelist")
    assert "merged into" not in page(editor.get(people)).split('id="result_list"')[1].split("</table>")[0]
    assert "И. Озёрный (merged into Иван Озёрный)" in page(editor.get(people, {"records": "merged"}))
    address = reverse("admin:people_person_change", args=[gone.pk])
    shown = page(editor.get(address))
    assert f'href="{reverse("admin:people_person_change", args=[stays.pk])}"' in shown
    assert 'name="_save"' not in shown
    assert editor.post(address, {"name_ru": "Кто-то"}).status_code == 403
    assert editor.post(reverse("admin:people_person_delete", args=[gone.pk]), {"post": "yes"}).status_code == 403
    assert "И. Озёрный" in page(editor.get(reverse("admin:people_person_change", args=[stays.pk])))


def test_filters_tell_who_is_in_office(editor):
    world.tenure(world.person("Пётр Лесной"), world.office("Судья"), "2010-01-01", "2015-01-01")
    world.tenure(world.person("Иван Озёрный"), world.office(), "2010-01-01")
    Tenure.objects.create(person=world.person("Анна Полевая"), office=world.office("Писарь"), end="..")
    people = reverse("admin:people_person_changelist")
    assert timezone.localdate().year > 2015
    in_office = page(editor.get(people, {"in_office": "yes"}))
    assert "Иван Озёрный" in in_office
    assert "Анна Полевая" in in_office
    assert "Пётр Лесной" not in in_office
    held = page(editor.get(reverse("admin:people_tenure_changelist"), {"held": "then"}))
    assert "Пётр Лесной" in held
    assert "Иван Озёрный" not in held


def test_no_page_of_the_admin_needs_inline_script_or_style(editor):
    person = someone("1")
    addresses = [reverse(f"admin:people_{model}_changelist") for model in LISTS]
    addresses += [reverse(f"admin:people_{model}_add") for model in LISTS]
    addresses += [
        reverse("admin:people_person_change", args=[person.pk]),
        reverse("admin:people_person_history", args=[person.pk]),
        reverse("admin:people_person_merge", args=[person.pk]) + f"?into={someone('2').pk}",
    ]
    for address in addresses:
        shown = editor.get(address).content.decode()
        assert " style=" not in shown, address
        assert "<style" not in shown, address
        assert "<script>" not in shown, address
        assert " onclick=" not in shown, address
