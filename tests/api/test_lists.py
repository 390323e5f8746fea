"""What a newsroom's program meets: lists that page safely, exact offsets, refusals that name what is wrong."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.api.urls import router
from people.merging import merge
from people.models import Organization
from quotes.api.expanding import expandable
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
SEARCHED = ("statements", "people", "offices", "organizations", "meetings", "sources", "articles", "topics")
LISTS = (*SEARCHED, "quotes", "tenures", "snapshots")
SHAPES = {prefix: view.serializer_class for prefix, view, _name in router.registry}


def wrong(response):
    """What a refused request has wrong: the parameters, each with what to do."""
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    return {one["parameter"]: one["detail"] for one in response.json()["errors"]}


def walk(client, address):
    """All results, going on by `next` as the API gives it."""
    results = []
    while address:
        body = client.get(address).json()
        results += body["results"]
        address = body["next"]
    return results


def test_a_statement_comes_with_the_exact_characters_of_its_snapshot(client):
    of = world.snapshot()
    statement = world.published(of=of, label="осенний мост")
    body = client.get(f"/api/v1/statements/{statement.public_id}/").json()
    (quote,) = body["quotes"]
    (span,) = quote["spans"]
    assert of.text[span["start"] : span["end"]] == span["exact"] == world.BRIDGE
    assert quote["snapshot"]["text_sha256"] == of.text_sha256
    assert quote["words"] == world.BRIDGE
    assert body["label"] == "осенний мост"
    assert body["spoken"] == {
        "edtf": "2031-05-04",
        "first": "2031-05-04",
        "last": "2031-05-04",
        "known_by": "text",
        "evidence": "",
    }
    assert quote["article"]["published"]["edtf"] == "2031-05-05"


def test_an_imprecise_date_says_the_days_it_can_mean(client):
    statement = world.published(spoken="2031-35")
    spoken = client.get(f"/api/v1/statements/{statement.public_id}/").json()["spoken"]
    assert (spoken["edtf"], spoken["first"], spoken["last"]) == ("2031-35", "2031-07-01", "2031-09-30")


def test_drafts_are_nowhere(client):
    world.draft(meeting=world.meeting())
    for name in LISTS:
        assert client.get(f"/api/v1/{name}/").json()["results"] == []


@pytest.mark.parametrize("name", LISTS)
def test_a_misspelt_parameter_is_refused_and_named(client, name):
    response = client.get(f"/api/v1/{name}/?pagesize=1", headers={"accept-language": "en"})
    assert wrong(response) == {"pagesize": "There is no such parameter here. Did you mean “page_size”?"}


def test_all_that_is_wrong_is_named_at_once(client):
    address = (
        "/api/v1/statements/?speeker=1&kind=loud,direct&spoken_from=2031-02-30&page_size=0&cursor=x&foo=1&topic=тема"
    )
    errors = client.get(address, headers={"accept-language": "en"}).json()["errors"]
    assert {(one["parameter"], one["value"]) for one in errors} == {
        ("speeker", "1"),
        ("kind", "loud,direct"),
        ("spoken_from", "2031-02-30"),
        ("page_size", "0"),
        ("cursor", "x"),
        ("foo", "1"),
        ("topic", "тема"),
    }
    told = {one["parameter"]: one["detail"] for one in errors}
    assert told["speeker"] == "There is no such parameter here. Did you mean “speaker”?"
    assert told["kind"] == "Give one of these: direct, indirect, mixed."
    assert told["spoken_from"] == "Give a day that exists as year-month-day, for example 2024-03-04."
    assert told["foo"].startswith("There is no such parameter here. There are: lang, q, id, speaker,")


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/schema/"])
def test_what_takes_no_parameters_refuses_every_one_but_the_language(client, address):
    response = client.get(f"{address}?foo=1", headers={"accept-language": "en"})
    assert wrong(response)["foo"].startswith("There is no such parameter here.")
    assert client.get(f"{address}?lang=en").status_code == 200


@pytest.mark.parametrize("language", ["xx", "RU", "%00", "..%2f..%2fru", "a" * 5000])
@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/schema/", "/api/v1/people/"])
def test_a_language_that_the_site_does_not_have_is_refused(client, address, language):
    response = client.get(f"{address}?lang={language}", headers={"accept-language": "en"})
    assert wrong(response) == {"lang": "Give one of these: ru, be, en."}


def test_a_parameter_given_twice_is_refused(client):
    response = client.get("/api/v1/people/?q=a&q=b", headers={"accept-language": "en"})
    assert wrong(response) == {"q": "Give this parameter once."}


@pytest.mark.parametrize("address", ["/api/v1/", "/api/v1/schema/", "/api/v1/people/"])
def test_nothing_can_be_written(client, address):
    response = client.post(address)
    assert response.status_code == 405
    assert response.json()["status"] == 405


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", 'Method "POST" not allowed.'), ("ru", 'Метод "POST" не разрешен.'), ("be", "Метад POST тут не дазволены.")],
)
def test_what_is_refused_is_refused_in_the_readers_language(client, language, words):
    response = client.post("/api/v1/people/", headers={"accept-language": language})
    assert response["Content-Language"] == language
    assert response.json()["detail"] == words


@pytest.mark.parametrize("size", ["0", "201", "many", "-1", "²", "9" * 500])
def test_a_page_size_out_of_range_is_refused(client, size):
    response = client.get("/api/v1/statements/", {"page_size": size})
    assert wrong(response).keys() == {"page_size"}


@pytest.mark.parametrize(
    "cursor", ["abc", "cD0=", "cD1hYmM=", "cD05OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk=", "after-1", "\0"]
)
@pytest.mark.parametrize("name", ["statements", "people"])
def test_a_cursor_that_no_page_gave_is_refused(client, name, cursor):
    assert wrong(client.get(f"/api/v1/{name}/", {"cursor": cursor})).keys() == {"cursor"}


def test_a_record_takes_no_list_parameters(client):
    statement = world.published()
    assert client.get(f"/api/v1/statements/{statement.public_id}/?q=мост").status_code == 400


def test_walking_the_pages_gives_each_statement_of_one_day_exactly_once(client):
    of = world.snapshot()
    made = {world.published(of=of).public_id for _ in range(7)}
    seen = [one["id"] for one in walk(client, "/api/v1/statements/?page_size=2")]
    assert len(seen) == len(set(seen)) == 7
    assert set(seen) == made


def test_statements_come_newest_first_and_the_way_back_leads_back(client):
    of = world.snapshot()
    for spoken in ("2031-05-01", "2031-05-03", "2031", "2031-05-02"):
        world.published(of=of, spoken=spoken)
    first = client.get("/api/v1/statements/?page_size=2").json()
    assert [one["spoken"]["edtf"] for one in first["results"]] == ["2031-05-03", "2031-05-02"]
    second = client.get(first["next"]).json()
    assert [one["spoken"]["edtf"] for one in second["results"]] == ["2031-05-01", "2031"]
    assert client.get(second["previous"]).json()["results"] == first["results"]
    assert first["previous"] is None
    assert second["next"] is None


def test_a_date_mistyped_into_the_far_future_breaks_no_paging(client, search_index):
    of = world.snapshot()
    for spoken in ("2924-03-04", "2924-03-05", "2031-05-01"):
        world.published(of=of, spoken=spoken)
    search_index()
    for question in ("", "&q=мост"):
        assert len(walk(client, f"/api/v1/statements/?page_size=1{question}")) == 3


def test_searching_pages_in_both_directions(client, search_index):
    of = world.snapshot()
    for day in range(1, 6):
        world.published(of=of, spoken=f"2031-05-0{day}")
    world.published(of=of, words=(world.ROADS,), kind="indirect")
    search_index()
    first = client.get("/api/v1/statements/", {"q": "мосты", "page_size": 2}).json()
    second = client.get(first["next"]).json()
    third = client.get(second["next"]).json()
    days = [one["spoken"]["edtf"][-1] for page in (first, second, third) for one in page["results"]]
    assert days == list("54321")
    assert third["next"] is None
    assert client.get(third["previous"]).json()["results"] == second["results"]


@pytest.mark.parametrize("name", SEARCHED)
def test_a_question_without_a_word_finds_nothing(client, search_index, name):
    of_everything(0)
    search_index()
    assert client.get(f"/api/v1/{name}/", {"q": "🙂"}).json()["results"] == []
    assert len(client.get(f"/api/v1/{name}/", {"q": " "}).json()["results"]) == 1


def test_the_next_page_is_there_too_for_words_that_came_unescaped(client, search_index):
    of = world.snapshot()
    made = {world.published(of=of).public_id for _ in range(3)}
    search_index()
    raw = "q=мост&page_size=2".encode().decode("latin-1")  # as curl sends it, and a server hands it on
    first = client.get("/api/v1/statements/", QUERY_STRING=raw).json()
    second = client.get(first["next"]).json()
    assert {one["id"] for one in (*first["results"], *second["results"])} == made


def test_a_nickname_finds_its_statement(client, search_index):
    statement = world.published(label="смешной миллиард")
    search_index()
    (found,) = client.get("/api/v1/statements/", {"q": "смешной миллиард"}).json()["results"]
    assert found["id"] == statement.public_id


@pytest.mark.usefixtures("no_search_index")
def test_without_an_index_the_search_says_to_come_back(client):
    response = client.get("/api/v1/statements/?q=мост")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert client.get("/api/v1/statements/").status_code == 200


def test_a_withdrawn_statement_answers_410_with_the_reason(client):
    statement = world.published()
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    response = client.get(f"/api/v1/statements/{statement.public_id}/")
    assert response.status_code == 410
    assert response.json()["detail"] == "Источник отозвал сообщение."
    assert response.json()["withdrawn_at"]


def test_an_unknown_id_is_not_found(client):
    response = client.get("/api/v1/statements/zzzzzzzz/")
    assert response.status_code == 404
    assert response.json()["status"] == 404


def test_an_id_may_be_written_in_capitals(client):
    statement = world.published()
    address = f"/api/v1/statements/{statement.public_id.upper()}/"
    assert client.get(address).json()["id"] == statement.public_id
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    assert client.get(address).status_code == 410


def test_a_merged_persons_id_leads_to_the_one_that_took_over_in_the_same_language(client):
    speaker, twin = world.published().speaker, world.person("И. Озёрный")
    merge(twin, into=speaker, by=world.user("elena", "editor"))
    response = client.get(f"/api/v1/people/{twin.public_id}/?lang=en")
    assert response.status_code == 301
    assert response["Location"] == f"http://testserver/api/v1/people/{speaker.public_id}/?lang=en"


@pytest.mark.parametrize(
    "address", ["/api/v1/nope/", "/api/v1/statements/zzz/", "/api/v1/statements.json/", "/api/v1/%0A/"]
)
def test_an_address_that_the_api_does_not_have_answers_in_its_own_form(client, address):
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert "/api/v1/ names its lists" in response.json()["detail"]


def test_a_forgotten_slash_leads_to_the_list(client):
    response = client.get("/api/v1/statements?page_size=2")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/statements/?page_size=2")


def test_people_are_found_by_an_alias(client):
    statement = world.published()
    statement.speaker.names.create(text="Ванька-мостостроитель")
    assert len(client.get("/api/v1/people/?q=мостостроитель").json()["results"]) == 1
    assert client.get("/api/v1/people/?q=никто").json()["results"] == []


def of_everything(number):
    """A published statement with a record of every kind that nothing else has."""
    speaker = world.person(f"Говорящий {number}")
    speaker.names.create(text=f"Говорун {number}")
    ministry = Organization.objects.create(name_ru=f"Ведомство {number}")
    held = world.tenure(speaker, world.office(f"Пост {number}", organization=ministry))
    of = world.snapshot(world.TEXT + str(number), source=world.source(f"Издание {number}"))
    made = world.draft(of=of, speaker=speaker, tenure=held, meeting=world.meeting(f"Встреча {number}"))
    made.addressees.create(person=world.person(f"Слушатель {number}"))
    made.meeting.participants.create(person=speaker, role="host")
    made.topics.create(name_ru=f"Тема {number}")
    return world.publish(made)


@pytest.mark.parametrize("expands", [False, True])
@pytest.mark.parametrize("name", LISTS)
def test_queries_do_not_grow_with_rows(client, name, expands):
    def queries():
        asked = {"expand": ",".join(expandable(SHAPES[name]))} if expands and expandable(SHAPES[name]) else {}
        with CaptureQueriesContext(connection) as captured:
            body = client.get(f"/api/v1/{name}/", asked).json()
        return len(captured), len(body["results"])

    of_everything(0)
    one, rows = queries()
    assert rows == 1
    for number in range(1, 4):
        of_everything(number)
    assert queries() == (one, 4)


def test_each_setting_of_the_framework_exists():
    from django.conf import settings
    from rest_framework.settings import DEFAULTS

    assert settings.REST_FRAMEWORK.keys() <= DEFAULTS.keys()
