"""`manage.py load_registry`: it loads once, researchers' rows win, and the database never has to refuse."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from people.acting import acting
from people.merging import merge
from people.models import HistoryEntry, Office, Organization, Person, PersonName, Tenure
from quotes.extraction.registry_files import read_rows
from quotes.known import known
from quotes.registering import register
from tests import world

pytestmark = pytest.mark.django_db

HEAD = """
country = "XP"
known_until = "2031-06"

[[body]]
key = "xp-court"
name = { ru = "Двор Заречья", be = "Двор Зарэчча", en = "Court of Zarechye" }
aliases = ["зареченский двор"]

[[office]]
key = "xp-head"
name = { ru = "Глава Заречья", be = "Кіраўнік Зарэчча", en = "Head of Zarechye" }
epithets = ["заречный лидер", "Глава Республики Заречье"]
body = "xp-court"

[[person]]
key = "xp-ozyorny"
name = { ru = "Иван Озёрный", be = "Іван Азёрны", en = "Ivan Ozyorny" }
aliases = ["Иван Иванович Озёрный"]
gender = "m"

[[person]]
key = "xp-polevaya"
name = { ru = "Анна Полевая", be = "Ганна Палявая", en = "Anna Polevaya" }
gender = "f"
"""
OZYORNY = """
[[tenure]]
person = "xp-ozyorny"
office = "xp-head"
start = "2020-01-10"
end = "{end}"
reference = "https://primer.example/1"
"""
POLEVAYA = """
[[tenure]]
person = "xp-polevaya"
office = "xp-head"
start = "{start}"
end = ".."
"""
BOTH = OZYORNY.format(end="2025-01-10") + POLEVAYA.format(start="2025-01-10")


@pytest.fixture
def load(tmp_path):
    """Runs the command on a file with the given rows; its lines."""

    def run(rows=BOTH, head=HEAD):
        file = tmp_path / "xp.toml"
        file.write_text(head + rows, encoding="utf-8")
        out = StringIO()
        call_command("load_registry", file, stdout=out)
        return out.getvalue().splitlines()

    return run


@pytest.fixture
def elena():
    return world.user("elena", "editor")


def terms():
    return list(Tenure.objects.order_by("start").values_list("person__name_ru", "start", "end", "unverified"))


OZYORNYS_TERM = ("Иван Озёрный", "2020-01-10", "2025-01-10", False)
POLEVAYAS_TERM = ("Анна Полевая", "2025-01-10", "..", True)
HERE_ALREADY = ["Реестр уже загружен; ничего не изменено."]


def test_people_offices_and_who_held_them_are_made(load):
    assert load() == ["Создано: организации: 1, персоны: 2, должности: 1, сроки в должности: 2."]
    assert terms() == [OZYORNYS_TERM, POLEVAYAS_TERM]
    office = Office.objects.get()
    assert (office.name_en, office.country, office.epithets[0]) == ("Head of Zarechye", "XP", "заречный лидер")
    assert office.organization == Organization.objects.get(aliases=["зареченский двор"])
    assert [name.text for name in PersonName.objects.all()] == ["Иван Иванович Озёрный"]
    assert Person.objects.get(name_be="Ганна Палявая").gender == "f"
    assert Tenure.objects.get(unverified=False).evidence == "https://primer.example/1"


def test_a_second_load_changes_nothing(load):
    load()
    newest = HistoryEntry.objects.first()
    assert load() == HERE_ALREADY
    assert HistoryEntry.objects.first() == newest


def test_the_registry_that_comes_with_the_program_is_loaded_whole_and_once():
    out = StringIO()
    call_command("load_registry", stdout=out)
    assert out.getvalue().count("\n") == 1
    rows = read_rows()
    assert Tenure.objects.count() == len(rows.tenures)
    assert Person.objects.count() == len(rows.people)
    again = StringIO()
    call_command("load_registry", stdout=again)
    assert again.getvalue().splitlines() == HERE_ALREADY


def test_a_load_asks_the_database_no_more_often_for_more_rows(tmp_path):
    (tmp_path / "one.toml").write_text(HEAD + BOTH, encoding="utf-8")
    with CaptureQueriesContext(connection) as few:
        register(read_rows(tmp_path))
    with CaptureQueriesContext(connection) as many:
        register(read_rows())
    assert len(many) <= len(few) + 12  # bulk writes go in batches


@pytest.mark.parametrize("known_as", ["name", "alias", "other spelling"])
def test_a_person_who_is_here_by_any_full_name_is_taken(load, known_as):
    here = world.person("Озёрный Иван" if known_as == "alias" else "Иван Озёрный")
    if known_as == "alias":
        PersonName.objects.create(person=here, text="Ivan Ozyorny", language="en")
    if known_as == "other spelling":
        Person.objects.filter(pk=here.pk).update(name_ru="иван Озерный")
    assert load()[0].startswith("Создано: организации: 1, персоны: 1,")
    assert here.tenures.get().start == "2020-01-10"
    assert Person.objects.count() == 2


def test_a_surname_alone_is_no_sign(load):
    here = world.person("Озёрный")
    load(head=HEAD.replace("Иван Иванович Озёрный", "Озёрный"))
    assert not here.tenures.exists()


def test_of_namesakes_none_is_taken(load):
    for about in ("поэт", "министр"):
        world.person("Иван Озёрный", about=about)
    said = load()
    assert said[0] == "Иван Озёрный: подходят несколько записей, поэтому ничего не загружено."
    assert terms() == [POLEVAYAS_TERM]
    assert load() == [said[0], *HERE_ALREADY]


@pytest.mark.parametrize(
    "named",
    [{"name": "Глава Заречья"}, {"name": "глава республики Заречье"}, {"name": "Князь", "epithets": ["Глава Заречья"]}],
)
def test_an_office_that_is_here_by_its_name_and_country_is_taken_as_it_is(load, named):
    here = world.office(country="XP", **named)
    load()
    assert here.tenures.count() == 2
    here.refresh_from_db()
    assert (here.name_ru, here.epithets) == (named["name"], named.get("epithets", []))


def test_an_office_of_another_country_is_another(load):
    here = world.office(country="XO")
    load()
    assert not here.tenures.exists()


def test_renamed_and_merged_records_are_known_again(load, elena):
    load()
    with acting(elena):
        Person.objects.filter(name_ru="Анна Полевая").update(name_ru="А. П.", name_be="", name_en="")
        Office.objects.update(name_ru="Князь Заречья", name_be="", name_en="", country="")
    stays = world.person("Озёрный-старший")
    merge(Person.objects.get(name_ru="Иван Озёрный"), stays, by=elena)
    assert load() == HERE_ALREADY
    assert stays.tenures.count() == 1
    assert load(OZYORNY.format(end="2024-12-31") + POLEVAYA.format(start="2025-01-10")) == [
        "Исправлено: сроки в должности: 1."
    ]
    assert stays.tenures.get().end == "2024-12-31"


class TestAResearchersTenure:
    def test_of_somebody_else_on_the_same_seat_wins(self, load):
        here = world.tenure(world.person("Пётр Лесной"), world.office(country="XP"), "2024-01-01", "2026-01-01")
        said = load()
        assert said[:2] == [
            "Иван Озёрный, Глава Заречья, 10 января 2020 – 10 января 2025: не загружено, поскольку расходится с имеющейся записью "
            "(Пётр Лесной, Глава Заречья, 1 января 2024 – 1 января 2026).",
            "Анна Полевая, Глава Заречья, 10 января 2025 – по н. в.: не загружено, поскольку расходится с имеющейся записью "
            "(Пётр Лесной, Глава Заречья, 1 января 2024 – 1 января 2026).",
        ]
        assert list(Tenure.objects.all()) == [here]

    def test_of_the_same_person_in_the_same_office_wins(self, load):
        here = world.tenure(world.person(), world.office(country="XP", single_seat=False), "2020", None)
        assert "не загружено" in load()[0]
        assert here.person.tenures.get() == here

    def test_that_says_the_same_needs_no_remark(self, load):
        here = world.tenure(world.person(), world.office(country="XP"), "2020-01-10", "2025-01-10")
        assert load() == ["Создано: организации: 1, персоны: 1, сроки в должности: 1."]
        assert here.person.tenures.get() == here

    def test_of_the_same_person_at_another_time_goes_with_it(self, load):
        here = world.tenure(world.person(), world.office(country="XP"), "2010", "2012")
        load()
        assert here.person.tenures.count() == 2

    def test_of_the_same_person_that_ends_when_the_next_term_begins_goes_with_it(self, load):
        here = world.tenure(world.person(), world.office(country="XP"), "2019", "2020-01")
        load()
        assert here.person.tenures.count() == 2

    def test_that_ends_on_the_day_the_next_one_begins_goes_with_it(self, load):
        world.tenure(world.person("Пётр Лесной"), world.office(country="XP"), "2019-01-10", "2020-01-10")
        load()
        assert len(terms()) == 3


class TestACorrectionInTheRegistry:
    def test_reaches_a_tenure_that_nobody_has_touched(self, load):
        load(OZYORNY.format(end=".."))
        number = Tenure.objects.get().pk
        assert load() == ["Создано: сроки в должности: 1.", "Исправлено: сроки в должности: 1."]
        assert terms() == [OZYORNYS_TERM, POLEVAYAS_TERM]
        assert Tenure.objects.get(person__name_ru="Иван Озёрный").pk == number

    def test_of_a_start_too(self, load):
        load()
        number = Tenure.objects.get(unverified=True).pk
        load(OZYORNY.format(end="2025-01-10") + POLEVAYA.format(start="2025-02"))
        assert terms()[1][1] == "2025-02"
        assert Tenure.objects.get(unverified=True).pk == number

    def test_of_the_day_on_which_one_followed_another_never_meets_the_rule_of_one_holder(self, load):
        load()
        for day in ("2026-01-10", "2024-01-10"):
            assert load(OZYORNY.format(end=day) + POLEVAYA.format(start=day)) == ["Исправлено: сроки в должности: 2."]
            assert [term[1:3] for term in terms()] == [("2020-01-10", day), (day, "..")]

    def test_that_does_not_go_with_a_researchers_tenure_is_left_out(self, load):
        load(OZYORNY.format(end="2024-01-01"))
        world.tenure(world.person("Пётр Лесной"), Office.objects.get(), "2024-01-01", "2026-01-01")
        assert "не загружено" in load(OZYORNY.format(end="2025-01-10"))[0]
        assert terms()[0][2] == "2024-01-01"

    def test_leaves_what_a_user_has_changed(self, load, elena):
        load(OZYORNY.format(end=".."))
        with acting(elena):
            Tenure.objects.update(end="2024-12", end_known="other", evidence="устав")
        assert load(OZYORNY.format(end="2025-01-10")) == HERE_ALREADY
        assert terms()[0][2] == "2024-12"

    def test_leaves_a_tenure_that_somebody_gave_to_another_person(self, load, elena):
        load(OZYORNY.format(end=".."))
        with acting(elena):
            Tenure.objects.update(person=world.person("Пётр Лесной"))
        assert load(OZYORNY.format(end="2025-01-10")) == HERE_ALREADY
        assert terms() == [("Пётр Лесной", "2020-01-10", "..", False)]

    def test_leaves_a_mark_that_a_researcher_has_taken_off(self, load, client, elena):
        load()
        tenure = Tenure.objects.get(unverified=True)
        client.force_login(elena)
        sent = {"person": tenure.person_id, "office": tenure.office_id, "start": "2025-01-10", "start_known": "other"}
        address = reverse("admin:people_tenure_change", args=[tenure.pk])
        shown = client.get(address).content.decode()
        assert 'name="unverified"' in shown
        assert "checked" in shown
        assert client.post(address, sent | {"end": "по н. в.", "end_known": "", "evidence": "устав"}).status_code == 302
        assert load() == HERE_ALREADY
        tenure.refresh_from_db()
        assert (tenure.unverified, tenure.evidence) == (False, "устав")

    def test_of_epithets_reaches_an_office_that_nobody_has_touched(self, load, elena):
        load()
        more = HEAD.replace('"заречный лидер"', '"заречный лидер", "князь"')
        assert load(head=more) == ["Исправлено: должности: 1."]
        assert "князь" in Office.objects.get().epithets
        with acting(elena):
            Office.objects.update(epithets=["барин"])
        assert load(head=more) == HERE_ALREADY
        assert Office.objects.get().epithets == ["барин"]


def test_what_was_deleted_here_stays_away(load, elena):
    load()
    with acting(elena):
        Tenure.objects.filter(unverified=True).delete()
        Person.objects.filter(name_ru="Анна Полевая").delete()
    assert load() == ["Анна Полевая: запись здесь удалена и не восстановлена.", *HERE_ALREADY]
    with acting(elena):
        Tenure.objects.all().delete()
    ozyorny = "Иван Озёрный, Глава Заречья, 10 января 2020 – 10 января 2025: запись здесь удалена и не восстановлена."
    assert ozyorny in load()
    assert not Tenure.objects.exists()


def test_a_file_that_can_not_be_taken_is_told_in_words_and_changes_nothing(load):
    with pytest.raises(CommandError, match=r"xp\.toml, tenure 1 \(xp-ozyorny\), end: '2025-13' is not a day"):
        load(OZYORNY.format(end="2025-13"))
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_registry", "no-such-file.toml")
    assert not Person.objects.exists()


class TestWhatIsKnown:
    def test_is_what_was_loaded_and_what_was_entered(self, load, elena):
        load()
        gone = world.person("И. Озёрный")
        merge(gone, Person.objects.get(name_ru="Иван Озёрный"), by=elena)
        world.tenure(world.person("Пётр Лесной"), world.office("Судья"), "2030-03", None)
        registry = known()
        ozyorny, polevaya, lesnoy = registry.people
        assert ozyorny.names == ("Иван Озёрный", "Іван Азёрны", "Ivan Ozyorny", "И. Озёрный", "Иван Иванович Озёрный")
        assert (ozyorny.gender, polevaya.gender, lesnoy.gender) == ("m", "f", None)
        head, judge = registry.offices
        assert head.titles == ("Глава Заречья", "Кіраўнік Зарэчча", "Head of Zarechye")
        assert head.epithets == ("заречный лидер", "Глава Республики Заречье")
        (court,) = registry.bodies
        assert (head.body, judge.body) == (court.key, "")
        assert court.names[-1] == "зареченский двор"
        assert [(one.person, one.unverified) for one in registry.holders(head.key)] == [
            (ozyorny.key, False),
            (polevaya.key, True),
        ]
        assert ozyorny.key == Person.objects.get(name_ru="Иван Озёрный").public_id
        (held,) = registry.holders(judge.key)
        assert (str(held.first), held.last) == ("2030-03-01", None)

    def test_is_read_with_five_queries_however_much_it_is(self, load, django_assert_num_queries):
        load()
        for number in range(5):
            world.tenure(world.person(f"Житель {number}"), world.office(f"Староста {number}"))
        with django_assert_num_queries(5):
            known()
