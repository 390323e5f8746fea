"""How the API answers whatever it is asked: forms, caches, other sites' scripts, ids that moved, the page about it."""

import re
from html import unescape
from types import SimpleNamespace

import pytest
from rest_framework.test import APIClient

from people.acting import acting
from people.merging import merge
from people.models import Person
from quotes.annotating import write_quote
from quotes.models import Quote, Statement
from quotes.pages.context import in_context
from quotes.withdrawing import withdraw
from tests import world

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def test_only_the_fields_that_were_asked_for_are_told_and_the_id(client, record):
    (one, *_others) = client.get("/api/v1/statements/?fields=words,label").json().get("errors", [])
    assert one["parameter"] == "fields"
    told = client.get("/api/v1/statements/?fields=label,spoken").json()["results"]
    assert [each.keys() for each in told] == [{"id", "label", "spoken"}] * 3
    assert client.get(f"/api/v1/people/{record[0].speaker.public_id}/?fields=name").json().keys() == {"id", "name"}


def test_what_a_record_names_is_shown_in_full_where_asked_one_level_deep(client, record):
    address = f"/api/v1/statements/{record[0].public_id}/"
    brief, full = client.get(address).json(), client.get(f"{address}?expand=speaker,office,topics").json()
    assert "about" not in brief["speaker"]
    person = client.get(f"/api/v1/people/{record[0].speaker.public_id}/").json()
    assert full["speaker"] == person
    assert full["office"]["epithets"] == ["глава Заречья"]
    assert full["office"]["organization"].keys() == {"id", "name", "name_ru", "name_be", "name_en", "country"}
    assert full["topics"][0]["broader"]["name"] == "Транспорт"
    assert full["meeting"] == brief["meeting"]


def test_results_are_counted_only_where_asked(client, record):
    assert "count" not in client.get("/api/v1/statements/").json()
    for address in ("statements/", "quotes/", "search/", "statements/?q=озёрный", "statements/?speaker=zzzzzzzz"):
        joined = "&" if "?" in address else "?"
        body = client.get(f"/api/v1/{address}{joined}count=true&page_size=1").json()
        whole = client.get(f"/api/v1/{address}").json()
        assert body["count"] == len(whole["results"]), address


def test_while_the_index_lags_statements_are_counted_in_the_record(client, record):
    world.published(of=world.snapshot(world.TEXT + "\n\n"))
    assert client.get("/api/v1/statements/?count=true").json()["count"] == 4


def test_a_snapshot_shows_its_hash_and_what_is_public_of_its_text(client, settings):
    settings.CONTEXT_WINDOW = 20
    of = world.snapshot()
    world.published(of=of)
    world.published(of=of, words=("Работы", "уже идут"), kind="mixed")
    body = client.get(f"/api/v1/snapshots/{of.public_id}/").json()
    assert body["text_sha256"] == of.text_sha256
    assert body["characters"] == len(of.text)
    assert body["text"] is None
    for window in body["windows"]:
        assert of.text[window["start"] : window["end"]] == window["text"]
    shown = "|".join(window["text"] for window in body["windows"])
    assert world.BRIDGE in shown
    assert "Работы, — пояснил он, — уже идут" in shown
    assert "Глава Заречья Иван Озёрный принял" not in shown
    assert "агентства" not in shown


def test_the_windows_of_a_snapshot_are_what_its_pages_print(client, settings):
    settings.CONTEXT_WINDOW = 12
    of = world.snapshot("Начало. " + "слово " * 20 + "Первые слова" + " между" * 20 + " вторые слова" + " дальше" * 20)
    world.published(of=of, words=("Первые слова", "вторые слова"))
    (quote,) = Quote.objects.all()
    spans = [(span.start, span.end) for span in quote.spans.all()]
    pieces = in_context(of.text, (of.body_start, of.body_end), spans, window=12)
    printed = "".join("\n" if piece.kind == "cut" else piece.text for piece in pieces)
    windows = client.get(f"/api/v1/snapshots/{of.public_id}/").json()["windows"]
    assert len(windows) == 2
    assert [window["text"] for window in windows] == [part for part in printed.split("\n") if part]


def test_only_a_key_that_may_read_texts_gets_them_and_no_cache_hands_them_on(client):
    of = world.snapshot()
    world.published(of=of)
    address = f"/api/v1/snapshots/{of.public_id}/"
    for may_read, text in ((True, of.text), (False, None)):
        keyed = APIClient()
        keyed.force_authenticate(user=None, token=SimpleNamespace(may_read_texts=may_read))
        response = keyed.get(address)
        assert response.json()["text"] == text
        assert response["Cache-Control"] == "private, no-cache"
        assert "Authorization" in response["Vary"]
    response = client.get(address)
    assert response.json()["text"] is None
    assert "Authorization" in response["Vary"]


def test_an_unchanged_answer_costs_a_304_and_a_changed_one_does_not(client, record):
    person = record[0].speaker
    addresses = [
        f"/api/v1/{path}" for path in ("", "statements/", f"statements/{record[0].public_id}/", "search/?q=мост")
    ]
    tags = {address: client.get(address)["ETag"] for address in addresses}
    for address, tag in tags.items():
        response = client.get(address, headers={"if-none-match": tag})
        assert (response.status_code, response.content) == (304, b"")
    Person.objects.filter(pk=person.pk).update(name_ru="Иван Озёрный-Речной")
    for address, tag in tags.items():
        status = client.get(address, headers={"if-none-match": tag}).status_code
        assert status == (304 if address == "/api/v1/" else 200), address


def test_answers_differ_by_language_and_say_so_to_caches(client, record):
    address = f"/api/v1/statements/{record[0].public_id}/"
    response = client.get(address, headers={"accept-language": "be"})
    assert response["Content-Language"] == "be"
    assert {"Accept-Language", "origin"} <= {each.strip() for each in response["Vary"].split(",")}
    assert response["Cache-Control"] == "no-cache"


def test_a_form_that_is_not_there_is_refused(client):
    for address in ("/api/v1/", "/api/v1/people/", "/api/v1/search/", "/api/v1/schema/"):
        response = client.get(address, headers={"accept": "image/png"} | ENGLISH)
        assert response.status_code == 406
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"] == "Could not satisfy the request Accept header."
    browser = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    assert client.get("/api/v1/people/", headers=browser).status_code == 200


@pytest.mark.parametrize(
    "address", ["/api/v1/", "/api/v1/people/", "/api/v1/people/zzzzzzzz/", "/api/v1/people/?foo=1"]
)
def test_scripts_of_other_sites_may_read_whatever_the_answer(client, address):
    response = client.get(address, headers={"origin": "https://paper.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response


def test_scripts_of_other_sites_ask_beforehand_and_may_only_read(client):
    asking = {"origin": "https://paper.example", "access-control-request-method": "GET"}
    response = client.options("/api/v1/people/", headers=asking)
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "if-none-match" in response["Access-Control-Allow-Headers"]
    unchanged = client.get("/api/v1/")["ETag"]
    again = client.get("/api/v1/", headers={"origin": "https://paper.example", "if-none-match": unchanged})
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")


@pytest.mark.parametrize("address", ["/", "/search", "/admin/login/"])
def test_pages_are_not_theirs(client, address):
    response = client.get(address, headers={"origin": "https://paper.example"})
    assert "Access-Control-Allow-Origin" not in response


def test_a_quote_of_a_withdrawn_statement_answers_410_with_the_reason(client):
    statement = world.published()
    quote = statement.lead.public_id
    withdraw(statement, "Источник отозвал сообщение.", by=world.user("elena", "editor"))
    response = client.get(f"/api/v1/quotes/{quote}/")
    assert response.status_code == 410
    assert (response.json()["id"], response.json()["detail"]) == (quote, "Источник отозвал сообщение.")


def test_a_statement_that_is_being_revised_says_so_and_a_draft_nothing(client):
    statement, draft = world.published(), world.draft()
    Statement.objects.filter(pk=statement.pk).update(label="иначе")
    for kind, public_id in (("statements", statement.public_id), ("quotes", statement.lead.public_id)):
        response = client.get(f"/api/v1/{kind}/{public_id}/", headers=ENGLISH)
        assert (response.status_code, "being revised" in response.json()["detail"]) == (404, True)
    for kind, public_id in (("statements", draft.public_id), ("quotes", draft.lead.public_id)):
        response = client.get(f"/api/v1/{kind}/{public_id}/", headers=ENGLISH)
        assert response.json()["detail"] == "There is no such record, or it is not public."


def test_a_quote_added_to_a_withdrawn_statement_was_never_public(client):
    statement = world.published()
    with acting(world.user("anna", "annotator")):
        added = Quote(snapshot=world.snapshot(world.TEXT + " "), kind="indirect")
        write_quote(statement, added, world.anchors(added.snapshot, world.ROADS))
    withdraw(statement, "Ошибка.", by=world.user("elena", "editor"))
    assert client.get(f"/api/v1/quotes/{added.public_id}/").status_code == 404
    assert client.get(f"/api/v1/quotes/{statement.lead.public_id}/").status_code == 410


def test_the_old_id_of_a_merged_person_filters_as_the_new_one(client, record):
    speaker, twin = record[0].speaker, world.person("И. Озёрный")
    merge(twin, into=speaker, by=world.user("elena", "editor"))
    old, new = (
        [one["id"] for one in client.get(f"/api/v1/statements/?speaker={each.public_id}").json()["results"]]
        for each in (twin, speaker)
    )
    assert old == new
    assert len(old) == 2


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_every_example_of_the_docs_answers(client, record, language):
    page = client.get("/api/v1/docs/", headers={"accept-language": language}).content.decode()
    links = {unescape(each) for each in re.findall(r'href="(/api/v1/[^"]*)"', page)}
    typed = {unescape(each).removeprefix("http://testserver") for each in re.findall(r"curl '(.*?)'", page)}
    assert len(typed) == 4
    assert f"/api/v1/statements/{record[1].public_id}/?expand=speaker,meeting" in typed
    # Those of the lists are the same in every language.
    for address in links | typed if language == "en" else typed:
        response = client.get(address)
        assert response.status_code == 200, address
        if "/search/" in address and "q=" in address:
            assert response.json()["results"], address


def test_the_docs_name_every_address_and_explain_every_field_without_any_script(client, record):
    response = client.get("/api/v1/docs/", headers=ENGLISH)
    page = response.content.decode()
    schema = client.get("/api/v1/schema.json", headers=ENGLISH).json()
    for path in schema["paths"]:
        assert f"<code>{path}</code>" in page
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page, anchor
    assert "<script" not in page
    assert "style=" not in page


def test_the_docs_answer_on_an_empty_site(client):
    assert client.get("/api/v1/docs/").status_code == 200


def test_a_key_of_the_root_leads_to_the_docs(client):
    root = client.get("/api/v1/").json()
    assert root["docs"] == "http://testserver/api/v1/docs/"
    assert client.get("/api/v1/docs").status_code == 301


HOSTILE = [
    "\0",
    "'; DROP TABLE quotes_statement; --",
    "9" * 400,
    "-1",
    "٣٤٥٦٧٨٩٠",
    "\u202e,",
    "{}",
    "2031-13-45",
    "a" * 3000,
    "",
]


def test_hostile_values_are_refused_each_by_name_and_never_break_anything(client, record):
    schema = client.get("/api/v1/schema.json").json()
    for path, operations in schema["paths"].items():
        asked = [each for each in operations.get("get", {}).get("parameters", []) if each["in"] == "query"]
        text = {each["name"] for each in asked if "maxLength" in each["schema"]}
        exact = {each["name"] for each in asked} - text
        needed = {each["name"] for each in asked if each.get("required")}
        for value in HOSTILE:
            if "{" not in path and exact:
                response = client.get(path, dict.fromkeys(exact, value))
                assert response.status_code == 400, (path, value)
                assert {one["parameter"] for one in response.json()["errors"]} == exact | needed, (path, value)
            for name in text:
                answer = client.get(path.replace("{public_id}", "zzzzzzzz"), {name: value})
                assert answer.status_code in {200, 400, 404}, (path, name, value)
    assert client.get("/api/v1/statements/", QUERY_STRING="q=%ff%fe&kind=%00&%c0%80=1").status_code == 400
