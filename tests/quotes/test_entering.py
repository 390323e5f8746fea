"""What the annotation form asks the server while somebody fills it in."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override

from people.models import Organization, Participant, PersonName
from quotes.models import Quote, Statement
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    """Anna's browser; she reads Russian."""
    client.force_login(world.user("anna", "annotator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "ru"
    return client


@pytest.fixture
def ask(anna):
    """What the server answers to one of the form's questions."""

    def asked(question, of, **data):
        return anna.get(reverse(f"admin:quotes_entering_{question}", args=[of.public_id]), data)

    return asked


@pytest.fixture
def offered(ask):
    """The names offered for what was typed."""
    return lambda typed, of, **data: [one["name"] for one in ask("speakers", of, term=typed, **data).json()["results"]]


class TestWhoIsOffered:
    @pytest.mark.parametrize(
        "typed",
        [
            *("Токарёвым", "токаревой", "Касым-Жомарту Токарёву", "главой Минмостов", "токарев касым", "Токар"),
            *("Токараў", "Токаравым", "Tokaryov"),
        ],
    )
    def test_a_speaker_is_found_in_any_case_form_by_name_and_alias(self, offered, typed):
        person = world.person("Касым-Жомарт Токарёв", name_be="Касым-Жамарт Токараў", name_en="Kassym Tokaryov")
        PersonName.objects.create(person=person, text="глава Минмостов")
        world.person("Пётр Лесной")
        assert offered(typed, world.snapshot()) == ["Касым-Жомарт Токарёв"]

    @pytest.mark.parametrize("typed", ["советом заречья", "МИДа", "мид"])
    def test_an_organization_is_found_in_any_case_form(self, offered, typed):
        Organization.objects.create(name_ru="Совет Заречья", aliases=["МИД", "Минмостов"])
        Organization.objects.create(name_ru="Совет Приморья")
        assert offered(typed, world.snapshot()) == ["Совет Заречья"]

    def test_a_surname_comes_before_a_first_name_and_the_beginning_of_a_longer_one(self, offered):
        for name in ("Пётр Ивановский", "Иван Лесной", "Сидоренко Степан", "Пётр Иван"):
            world.person(name)
        assert offered("иваном", world.snapshot()) == ["Пётр Иван", "Иван Лесной"]
        assert offered("иван", world.snapshot()) == ["Пётр Иван", "Иван Лесной", "Пётр Ивановский"]

    def test_the_holder_of_an_office_is_found_by_it_as_it_was_held_then(self, offered):
        of = world.snapshot()
        before, now = world.person("Пётр Лесной"), world.person("Анна Полевая")
        head = world.office(epithets=["заречный лидер"])
        world.tenure(before, head, "2020-01-01", "2030-01-01")
        world.tenure(now, head, "2030-01-01")
        assert offered("главой Заречья", of) == ["Анна Полевая"]
        assert offered("заречного лидера", of) == ["Анна Полевая"]
        assert offered("главой Заречья", of, spoken="2025") == ["Пётр Лесной"]

    def test_those_of_the_article_come_first_and_are_offered_before_a_word_is_typed(self, offered):
        of, meeting = world.snapshot(), world.meeting()
        world.person("Антон Лесной")
        quoted, guest = world.person("Пётр Лесной"), world.person("Яна Лесная")
        Participant.objects.create(meeting=meeting, person=guest)
        world.draft(of=of, speaker=quoted, meeting=meeting)
        assert offered("лесной", of) == ["Пётр Лесной", "Яна Лесная", "Антон Лесной"]
        assert offered("", of) == ["Пётр Лесной", "Яна Лесная"]
        assert offered("", world.snapshot(world.TEXT + " ")) == []

    def test_those_of_the_article_are_offered_however_many_namesakes_there_are(self, offered):
        of, quoted = world.snapshot(), world.person("Яков Лесной")
        world.draft(of=of, speaker=quoted)
        for number in range(25):
            world.person(f"Антон{number:02} Лесной")
        names = offered("лесной", of)
        assert (names[0], len(names)) == ("Яков Лесной", 20)

    def test_namesakes_are_told_apart_by_who_they_are_and_the_office_they_held_then(self, ask):
        of = world.snapshot()
        minister = world.person("Иван Озёрный", about="сын поэта")
        world.person("Иван Озёрный", about="поэт")
        world.tenure(minister, world.office("Министр мостов"), "2030-01-01", "2031-12-31")
        world.tenure(minister, world.office("Староста"), "2032-01-01")
        told = {one["about"]: one["offices"] for one in ask("speakers", of, term="озерного").json()["results"]}
        assert told == {"сын поэта": ["Министр мостов"], "поэт": []}

    def test_a_merged_record_is_not_offered(self, offered):
        world.person("И. Озёрный", merged_into=world.person())
        assert offered("озёрный", world.snapshot()) == ["Иван Озёрный"]

    @pytest.mark.parametrize("typed", ["\0", "(", "\\", "%", "—", "'", "а" * 500])
    def test_odd_signs_find_nobody_and_break_nothing(self, offered, typed):
        world.person()
        assert offered(typed + "ъ", world.snapshot()) == []

    def test_the_queries_do_not_grow(self, ask):
        of = world.snapshot()
        counts = []
        for more in (1, 7):
            for number in range(more):
                world.tenure(world.person(f"Пётр Лесной{number}"), world.office(f"Староста {more}-{number}"))
                Organization.objects.create(name_ru=f"Лесной {more}-{number}")
            with CaptureQueriesContext(connection) as queries:
                assert ask("speakers", of, term="лесной").json()["results"]
            counts.append(len(queries))
        assert counts[0] == counts[1]

    def test_a_stranger_is_turned_away(self, client):
        client.force_login(world.user("stranger"))
        address = reverse("admin:quotes_entering_speakers", args=[world.snapshot().public_id])
        assert client.get(address, {"term": "а"}).status_code == 403


class TestWhoMayBeOnRecordAlready:
    def test_a_new_name_is_told_whom_it_may_mean_and_what_tells_them_apart(self, ask):
        of, person = world.snapshot(), world.person("Иван Озёрный", about="поэт", name_en="Ivan Lake")
        world.tenure(person, world.office("Староста"), "2020", "2022")
        world.tenure(person, world.office(), "2030-01-01")
        world.draft(of=of, speaker=person)
        (found,) = ask("resembling", of, name="И. Озерный", type="person").json()["results"]
        assert found.pop("address") == reverse("admin:people_person_change", args=[person.pk])
        assert (found.pop("id"), found.pop("public_id")) == (person.pk, person.public_id)
        assert found == {
            "type": "person",
            "name": "Иван Озёрный",
            "about": "поэт",
            "offices": ["Глава Заречья, 1 января 2030 – по н. в.", "Староста, 2020 год – 2022 год"],
            "statements": 1,
            "by": "Иван Озёрный",
            "likeness": 0.9,
        }

    def test_an_organization_is_compared_with_organizations(self, ask):
        of = world.snapshot()
        world.person("Совет Заречья")
        Organization.objects.create(name_ru="Совет Заречья")
        (found,) = ask("resembling", of, name="Совету Заречья", type="organization").json()["results"]
        assert (found["type"], found["statements"]) == ("organization", 0)
        assert ask("resembling", of, name="Совет Приморья", type="organization").json()["results"] == []


class TestDates:
    @pytest.mark.parametrize(
        ("text", "edtf", "told", "known", "note"),
        [
            ("4 мая", "2031-05-04", "4 мая 2031", "text", "The year follows from the day of publication, 5 мая 2031."),
            ("вчера", "2031-05-04", "4 мая 2031", "text", "Counted from the day of publication, 5 мая 2031."),
            ("1–4 мая", "2031-05", "май 2031", "text", "The shortest that can be kept and holds all these days."),
            ("2031-Q1", "2031-33", "1-й квартал 2031", "text", ""),
            ("", "2031-05-05", "5 мая 2031", "publication", ""),
        ],
    )
    def test_what_was_typed_is_told_as_a_date_with_how_it_is_known(self, ask, text, edtf, told, known, note):
        answer = ask("date", world.snapshot(), text=text).json()
        with override("ru"):
            translated = gettext(note.replace("5 мая 2031", "%(published)s")) if note else ""
        assert answer == {"edtf": edtf, "told": told, "known": known, "note": translated % {"published": "5 мая 2031"}}

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("3/4/2031", "“3/4/2031” can be read in two ways. Write 04.03.2024 or 4 March 2024."),
            ("весной", "“весной” is not understood."),
            ("на прошлой неделе", "“на прошлой неделе”: a week can't be kept."),
        ],
    )
    def test_what_is_no_date_is_told_why(self, ask, anna, text, said):
        anna.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        answer = ask("date", world.snapshot(), text=text)
        assert answer.status_code == 422
        assert answer.json()["reason"].startswith(said)

    def test_an_article_without_a_date_has_none_to_propose(self, ask):
        of = world.snapshot()
        type(of.article).objects.update(published=None, published_known="")
        assert ask("date", of, text="").status_code == 422
        assert ask("date", of, text="вчера").status_code == 422


def marked(of, *words):
    """The spans of the words as the form sends them."""
    return ",".join(f"{one.start}-{one.end}" for one in world.anchors(of, *words))


class TestTheSameStatementElsewhere:
    @pytest.fixture
    def other(self):
        """Another article of the same saying."""
        return world.snapshot("Мост построят к осени, сообщил Иван Озёрный.\nПо материалам газеты.")

    @pytest.fixture
    def attach(self, anna, other):
        """Sends a new quote of the other article to join the statement; the server's answer."""

        def send(to, /, **fields):
            form = {"to": to.public_id, "seen": to.fingerprint(), "kind": "indirect", "attribution": ""}
            form["spans"] = marked(other, "Мост построят к осени")
            return anna.post(reverse("admin:quotes_entering_attach", args=[other.public_id]), form | fields)

        return send

    def test_it_is_offered_with_what_tells_whether_it_is_the_same(self, ask, other):
        statement = world.published()
        data = {"spans": marked(other, "Мост построят к осени"), "spoken": "вчера"}
        (found,) = ask("twins", other, speaker=statement.speaker.pk, **data).json()["results"]
        assert found == {
            "id": statement.public_id,
            "name": world.BRIDGE,
            "words": world.BRIDGE,
            "said": "4 мая 2031",
            "state": "опубликовано",
            "articles": ["Мост построят (Заречный вестник (вымышлен))"],
            "likeness": 1.0,
            "seen": statement.fingerprint(),
            "address": reverse(
                "admin:quotes_annotate_quote", args=[statement.lead.snapshot.public_id, statement.lead.public_id]
            ),
        }
        assert ask("twins", other, **data).json()["results"] == []
        assert ask("twins", other, speaker=statement.speaker.pk, spans="0-9999").status_code == 422

    def test_the_quote_joins_the_statement_instead_of_making_one(self, attach, other):
        statement = world.draft()
        answer = attach(statement)
        assert answer.json()["address"] == reverse("admin:quotes_annotate", args=[other.public_id])
        quote = other.quotes.get()
        assert (quote.public_id, quote.kind, quote.statement) == (answer.json()["quote"], "indirect", statement)
        statement.refresh_from_db()
        assert statement.lead != quote
        assert Statement.objects.count() == 1

    def test_what_was_published_needs_a_new_approval_by_somebody_who_did_not_write_it(self, attach):
        boris, anna = world.user("boris", "annotator"), world.user("anna", "annotator")
        statement = world.published(by=boris)
        assert statement.may_be_approved_by(anna.pk)
        answer = attach(statement)
        statement = Statement.objects.get()
        assert statement.state == Statement.State.DRAFT
        assert not statement.may_be_approved_by(anna.pk)
        assert {one.user for one in statement.authorships.all()} == {boris, anna}
        said = [str(message) for message in get_messages(answer.wsgi_request)]
        assert any("Мост будет построен к осени" in one and "href" in one for one in said)

    def test_a_statement_changed_meanwhile_takes_nothing(self, attach):
        statement = world.draft()
        seen = statement.fingerprint()
        Statement.objects.update(label="осенний мост")
        assert attach(statement, seen=seen).status_code == 409
        assert Quote.objects.count() == 1

    def test_a_withdrawn_statement_takes_nothing(self, attach):
        statement = world.published()
        withdraw(statement, "Ошибка.", by=world.user("elena", "editor"))
        assert attach(statement).status_code == 409

    @pytest.mark.parametrize(
        "fields",
        [{"spans": ""}, {"to": "00000000"}, {"kind": "sung"}, {"attribution": "спел"}, {"passage": "0-99"}],
        ids=str,
    )
    def test_what_makes_no_quote_is_refused_with_a_sentence(self, attach, fields):
        answer = attach(world.draft(), **fields)
        assert answer.status_code == 422
        assert answer.json()["reason"]
        assert Quote.objects.count() == 1

    def test_the_suggestion_that_it_was_made_of_is_decided_on(self, attach, other):
        statement = world.draft()
        suggestion = world.suggestion(other, "Мост построят к осени", speaker=statement.speaker)
        assert attach(statement, suggestion=suggestion.pk).status_code == 200
        suggestion.refresh_from_db()
        assert (suggestion.state, suggestion.quote) == ("corrected", other.quotes.get())
        assert suggestion.corrections.keys() == {"kind", "date"}


class TestTheOfficeThen:
    @pytest.fixture
    def minister(self):
        """Somebody who was minister of bridges, then prime minister; and the head of the country, who is another."""
        person = world.person()
        bridges = world.office("Министр мостов Заречья", epithets=["глава Минмостов"])
        world.tenure(person, bridges, "2030-01-01", "2031-05")
        world.tenure(person, world.office("Премьер-министр Заречья"), "2031-06-10")
        world.office("Глава Заречья", epithets=["глава государства", "заречный лидер"])
        world.office("Министр", single_seat=False)
        return person

    @pytest.fixture
    def then(self, ask, anna, minister):
        """Offices and warnings for a date and an attribution; in English."""
        anna.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

        def told(spoken, attribution="", speaker=None):
            data = {"speaker": (speaker or minister).pk, "spoken": spoken, "attribution": attribution}
            answer = ask("office", world.snapshot(), **data).json()
            return [one["name"] for one in answer["offices"]], answer["warnings"]

        return told

    def test_is_the_one_that_leaves_no_choice(self, ask, minister):
        answer = ask("office", world.snapshot(), speaker=minister.pk, spoken="4 апреля").json()
        (held,) = answer["offices"]
        assert answer == {"offices": [held], "chosen": minister.tenures.first().pk, "warnings": []}
        assert held == {
            "id": answer["chosen"],
            "name": "Министр мостов Заречья",
            "period": "1 января 2030 – май 2031",
            "certain": True,
            "unverified": False,
        }

    def test_is_doubted_where_it_is_not_certain(self, then):
        told = "Министр мостов Заречья (1 January 2030 – May 2031)"
        assert then("2031-05-04") == (
            ["Министр мостов Заречья"],
            [f"Whether the office was held on 4 May 2031 is not certain: {told}."],
        )

    def test_is_doubted_where_it_was_held_only_in_a_part_of_the_time(self, then):
        clerk = world.person("Пётр Лесной")
        world.tenure(clerk, world.office("Писарь"), "2030-01-01", "2031-05-01")
        _offices, (warning,) = then("2031-Q2", speaker=clerk)
        assert warning.startswith("Whether the office was held on second quarter of 2031 is not certain: Писарь")

    def test_is_none_where_no_tenure_covers_the_date(self, then):
        offices, (warning,) = then("2031-06-05")
        assert offices == []
        assert warning.startswith("None of the offices on record covers 5 June 2031: Министр мостов Заречья (1 January")
        assert then("2031-06-05", speaker=world.person("Пётр Лесной")) == ([], [])

    def test_is_to_be_chosen_between_several(self, then):
        offices, (warning,) = then("2031")
        assert offices == ["Министр мостов Заречья", "Премьер-министр Заречья"]
        assert warning.startswith("More than one office may be meant on 2031: Министр мостов Заречья (1 January 2030")

    @pytest.mark.parametrize(
        ("attribution", "printed"),
        [
            ("сказал премьер-министр Иван Озёрный", "премьер-министр"),
            ("по словам премьер-министра", "премьер-министра"),
            ("отметил глава государства", "глава государства"),
            ("подчеркнул заречный лидер", "заречный лидер"),
        ],
    )
    def test_is_set_against_an_attribution_that_names_another(self, then, attribution, printed):
        told = f"The attribution says “{printed}”, the office on record is: Министр мостов Заречья."
        assert then("2031-04-04", attribution) == (["Министр мостов Заречья"], [told])

    @pytest.mark.parametrize(
        "attribution",
        [
            *("сказал министр мостов", "сообщил глава Минмостов Иван Озёрный", "рассказали у министра мостов Заречья"),
            *("сказал он", "сказал Иван Озёрный", "пояснил собеседник агентства", "", "—"),
        ],
    )
    def test_agrees_with_an_attribution_that_names_it_or_none(self, then, attribution):
        assert then("2031-04-04", attribution) == (["Министр мостов Заречья"], [])

    def test_that_the_attribution_names_is_missed_where_none_covers_the_date(self, then):
        _offices, warnings = then("2031-06-05", "сказал глава государства")
        told = "The attribution says “глава государства”; no such office of theirs is on record for that date."
        assert warnings[1:] == [told]

    @pytest.mark.parametrize("data", [{}, {"speaker": "x"}, {"speaker": "9" * 40}, {"speaker": "1", "spoken": "?"}])
    def test_is_nothing_while_speaker_or_date_is_open(self, ask, data):
        answer = ask("office", world.snapshot(), **({"spoken": "2031"} | data)).json()
        assert answer == {"offices": [], "chosen": None, "warnings": []}


class TestWhatANewFormShowsFirst:
    @pytest.fixture
    def shown(self, ask):
        """Date, how it is known, occasion, and where both are from."""

        def told(of):
            first = ask("defaults", of).json()
            occasion = first["meeting"]["name"] if first["meeting"] else first["occasion_not_named"]
            return first["told"], first["spoken_known"], first["spoken_from"], occasion, first["meeting_from"]

        return told

    def test_is_date_and_occasion_of_the_users_last_quote_of_this_article(self, shown):
        of, meeting = world.snapshot(), world.meeting()
        world.draft(of=of, meeting=world.meeting("Сход"))
        world.draft(of=of, words=(world.ROADS,), spoken="2031-05-02", meeting=meeting)
        world.draft(world.user("boris"), of=of, words=("уже идут",), spoken="2031-05-01")
        world.draft(of=world.snapshot(world.TEXT + " "), spoken="2030")
        assert shown(of) == ("2 мая 2031", "text", "last", "Встреча с послом Приморья", "last")
        world.draft(of=of, words=("Работы",))
        assert shown(of) == ("4 мая 2031", "text", "last", True, "last")

    def test_is_else_the_day_of_publication_and_the_occasion_that_others_name(self, shown):
        of = world.snapshot()
        assert shown(of) == ("5 мая 2031", "publication", "publication", False, "")
        boris = world.user("boris")
        world.draft(boris, of=of, meeting=world.meeting())
        world.draft(boris, of=of, words=(world.ROADS,))
        assert shown(of) == ("5 мая 2031", "publication", "publication", "Встреча с послом Приморья", "others")
        world.draft(boris, of=of, words=("Работы",), meeting=world.meeting("Сход"))
        assert shown(of) == ("5 мая 2031", "publication", "publication", False, "")

    def test_is_empty_where_nothing_speaks_for_it(self, shown):
        of = world.snapshot()
        type(of.article).objects.update(published=None, published_known="")
        assert shown(of) == ("", "", "", False, "")
