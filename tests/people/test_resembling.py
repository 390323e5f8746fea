"""Who is on record already is recognised by another spelling of the name; who only has a name like it is not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.models import Organization, Person, PersonName
from people.resembling import resembling
from tests import world

pytestmark = pytest.mark.django_db


def names(typed, model=Person):
    return [found.record.name_ru or found.record.name_en for found in resembling(typed, model)]


SAME = [
    ("Касым-Жомарт Токарёв", "Токарев Касым-Жомарт"),
    ("Касым-Жомарт Токарёв", "Касым-Жомарту Токарёву"),
    ("Касым-Жомарт Токарёв", "К. Токарев"),
    ("К.-Ж. Токарёв", "Касым-Жомарт Токарёв"),
    ("Касым-Жомарт Токарёв", "К.-Ж. Токарёв"),
    ("Касым-Жомарт Токарёв", "Токарёв"),
    ("Касым-Жомарт Токарёв", "Kassym-Jomart Tokaryov"),
    ("Касым-Жомарт Токарёв", "Kasym-Zhomart Tokarev"),
    ("Касым-Жомарт Токарёв", "Касым-Жамарт Токараў"),
    ("Касым-Жомарт Токарёв", "Касым-Жомарт Тогарёв"),
    ("Касым-Жомарт Токарёв", "Касым-Жомарт Токраёв"),
    ("Касым-Жомарт Токарёв", "Касым-Жомарт Кемелевич Токарёв"),
    ("Николай Лесной", "Мікалай Лясны"),
    ("Владимир Лесной", "Уладзімір Лясны"),
    ("Пётр Лукошенко", "Пётр Лукошанка"),
    ("Светлана Озёрная", "Светланой Озёрной"),
    ("Дарья Полевая", "Дар’я Палявая"),
    ("Дарья Полевая", "Daria Polevaya"),
    ("Юрий Хацкевич", "Yury Khatskevich"),
    ("Михаил Щедрин", "Mikhail Shchedrin"),
    ("Ли Мин", "Мин Ли"),
]


@pytest.mark.parametrize(("kept", "typed"), SAME, ids=[f"{typed} is {kept}" for kept, typed in SAME])
def test_the_same_person_is_recognised(kept, typed):
    world.person(kept)
    for other in ("Павел Водолазов", "Анна Дубравина", "Токмаков Степан"):
        world.person(other)
    assert names(typed) == [kept]


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("Иван Лесной", "Пётр Лесной"),
        ("Иван Лесной", "П. Лесной"),
        ("Иван Петрович Лесной", "Иван Сергеевич Лесной"),
        ("Иван Белов", "Иван Беляев"),
        ("Иван Лесной", "И. П."),
        ("Иван Лесной", "И"),
        ("Иван Лесной", ""),
        ("Иван Лесной", "\0—"),
        ("Ким Ир", "Ким Ун"),
    ],
)
def test_another_person_is_not(kept, typed):
    world.person(kept)
    assert names(typed) == []


def test_a_person_is_recognised_by_an_alias_and_by_the_name_in_another_language():
    person = world.person("Иван Озёрный", name_en="John Lake")
    PersonName.objects.create(person=person, text="Дед Мазай")
    assert [found.by for found in resembling("Мазай Дед", Person)] == ["Дед Мазай"]
    assert [found.by for found in resembling("Johnn Leke", Person)] == ["John Lake"]


def test_the_likeliest_comes_first_and_the_record_itself_is_left_out():
    world.person("И. Озёрный")
    same = world.person("Иван Озёрный")
    world.person("Иван Озерной")
    assert names("Озерный Иван")[0] == "Иван Озёрный"
    assert same not in [found.record for found in resembling("Озерный Иван", Person, besides=same.pk)]


def test_a_merged_record_is_not_named():
    gone = world.person("И. Озёрный", merged_into=world.person("Пётр Лесной"))
    PersonName.objects.create(person=gone, text="Иван Озёрный")
    assert names("Иван Озёрный") == []


@pytest.mark.parametrize(
    "typed", ["Министерство иностранных дел Заречья", "Министерству мостов Заречья", "Мінмостаў", "Ministry of Bridges"]
)
def test_an_organization_is_recognised_unless_it_is_another_one(typed):
    Organization.objects.create(name_ru="Министерство мостов Заречья", aliases=["Минмостов", "Ministry of Bridges"])
    Organization.objects.create(name_ru="Министерство мостов Приморья")
    expected = [] if "иностранных" in typed else ["Министерство мостов Заречья"]
    assert names(typed, Organization) == expected


def test_the_queries_do_not_grow():
    counts = []
    for more in (1, 7):
        for number in range(more):
            world.person(f"Иван Озёрный {more}{number}")
        with CaptureQueriesContext(connection) as queries:
            assert names("Иван Озёрный")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", ["person", "organization"])
def test_who_adds_a_record_that_may_be_there_already_is_shown_the_other(client, model):
    client.force_login(world.user("anna", "annotator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    first = {"person": Person, "organization": Organization}[model].objects.create(name_ru="Совет Озёрный")
    empty = {f"{part}-{number}_FORMS": 0 for part in ("names", "tenures", "offices") for number in ("TOTAL", "INITIAL")}
    added = reverse(f"admin:people_{model}_add")
    shown = client.post(added, {"name_ru": "Озерный Совет"} | empty, follow=True).content.decode()
    assert "This may be on record already." in shown
    assert f'href="{reverse(f"admin:people_{model}_change", args=[first.pk])}">Совет Озёрный</a>' in shown
    assert type(first).objects.filter(name_ru="Озерный Совет").exists()
    shown = client.post(added, {"name_ru": "Павел Дубравин"} | empty, follow=True).content.decode()
    assert "This may be on record already." not in shown
