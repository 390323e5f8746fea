"""Each filter finds the same whether words are looked for, in the index, or not, in the database."""

from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from people.acting import acting
from people.models import Organization
from quotes.annotating import write_quote
from quotes.models import Quote, Statement, Topic
from quotes.pages.forms import SearchForm
from quotes.search import published
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied(search_index):
    """Statements that differ in all that can be asked for; «Заречный» stands in a name of each. By their names here."""
    ministry = Organization.objects.create(name_ru="Министерство мостов")
    office = world.office(organization=ministry)
    speaker, other = world.person("Иван Озёрный"), world.person("Пётр Полевой")
    held = world.tenure(speaker, office)
    broad = Topic.objects.create(name_ru="Транспорт")
    narrow = Topic.objects.create(name_ru="Мосты", parent=broad)
    meeting = world.meeting()
    herald, wire = world.source(), world.source("Заречный телеграф (вымышлен)")

    def article(source, published):
        known = "publication" if published else ""
        return Article.objects.create(source=source, title="Мост", published=published, published_known=known)

    def text(source=herald, published="2031-05-05", more=""):
        return world.snapshot(world.TEXT + more, article=article(source, published))

    drafts = {
        "plain": world.draft(of=text(), speaker=speaker, tenure=held, meeting=meeting),
        "indirect": world.draft(of=text(more=" "), words=(world.ROADS,), kind="indirect", speaker=speaker),
        "early": world.draft(of=text(published="2029-12-31"), speaker=other, spoken="2029-12-30"),
        "year": world.draft(of=text(published="2031"), speaker=other, spoken="2031"),
        "quarter": world.draft(of=text(wire, "2031-07"), speaker=other, spoken="2031-35", meeting=meeting),
        "body": world.draft(of=text(wire, None), speaker_organization=ministry),
        "nobody": world.draft(of=text(wire), speaker_not_identified=True),
        "reported twice": world.draft(of=text(), speaker=other),
    }
    with acting(world.user("anna", "annotator")):
        again = Quote(snapshot=text(wire, "2031-06-01", " \n"), kind="mixed", language="be")
        write_quote(drafts["reported twice"], again, world.anchors(again.snapshot, "Работы", "уже идут"))
    drafts["plain"].topics.add(broad)
    drafts["quarter"].topics.add(narrow)
    made = {name: world.publish(draft) for name, draft in drafts.items()}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE quotes_approval DISABLE TRIGGER USER")  # nothing else moves an approval
        moved = datetime(2031, 5, 9, 23, 59, 59, tzinfo=timezone.get_default_timezone())
        cursor.execute(
            "UPDATE quotes_approval SET approved_at = %s WHERE revision_id = %s",
            [moved, made["year"].current_revision_id],
        )
        cursor.execute("ALTER TABLE quotes_approval ENABLE TRIGGER USER")
    search_index()
    return made | {
        "ministry": ministry,
        "office": office,
        "broad": broad,
        "narrow": narrow,
        "herald": herald,
        "wire": wire,
    }


def asked(varied):
    """Each question with the names of the statements that answer it."""

    def ids(*names):
        return ",".join(varied[name].public_id for name in names)

    speaker, other = varied["plain"].speaker.public_id, varied["early"].speaker.public_id
    meeting = varied["plain"].meeting.public_id
    article = varied["year"].lead.snapshot.article.public_id
    everybody = {"plain", "indirect", "early", "year", "quarter", "body", "nobody", "reported twice"}
    yield {}, everybody
    yield {"speaker": speaker}, {"plain", "indirect"}
    yield {"speaker": f"{speaker},{other}"}, everybody - {"body", "nobody"}
    yield {"speaker": f"{speaker},{varied['ministry'].public_id}"}, {"plain", "indirect", "body"}
    yield {"speaker": f"{other},zzzzzzzz"}, {"early", "year", "quarter", "reported twice"}
    yield {"speaker": "zzzzzzzz"}, set()
    yield {"speaker": speaker.upper(), "kind": "indirect"}, {"indirect"}
    yield {"office": varied["office"].public_id}, {"plain"}
    yield {"organization": varied["ministry"].public_id}, {"plain", "body"}
    yield {"meeting": meeting}, {"plain", "quarter"}
    yield {"meeting": meeting, "speaker": other}, {"quarter"}
    yield {"source": ids("wire")}, {"quarter", "body", "nobody", "reported twice"}
    yield {"source": ids("wire", "herald")}, everybody
    yield {"article": article}, {"year"}
    yield {"topic": ids("broad")}, {"plain", "quarter"}
    yield {"topic": ids("narrow")}, {"quarter"}
    yield {"kind": "indirect,mixed"}, {"indirect", "reported twice"}
    yield {"language": "be"}, {"reported twice"}
    yield {"language": "en"}, set()
    yield {"year": "2029"}, {"early"}
    yield {"year": "2029,2031"}, everybody
    yield {"spoken_from": "2031-01-01", "spoken_to": "2031-01-01"}, {"year"}
    yield {"spoken_from": "2031-05-05"}, {"quarter"}
    yield {"spoken_from": "2031-07-02"}, set()
    yield {"spoken_to": "2029-12-30"}, {"early"}
    yield {"spoken_from": "2031-06-01", "spoken_to": "2031-05-01"}, set()
    yield {"published_to": "2030-12-31"}, {"early"}
    yield {"published_from": "2031-01-01", "published_to": "2031-01-01"}, {"year"}
    yield {"published_from": "2031-06-01"}, {"quarter", "reported twice"}
    yield {"approved_from": "2031-05-09", "approved_to": "2031-05-09"}, {"year"}
    yield {"approved_to": "2031-05-08"}, everybody - {"year"}
    yield {"id": ids("plain", "body")}, {"plain", "body"}
    yield (
        {"id": ids("plain", "body"), "organization": ids("ministry"), "kind": "direct", "source": ids("wire")},
        {"body"},
    )
    yield {"spoken_from": "0001-01-01", "spoken_to": "9999-12-31", "approved_from": "0001-01-01"}, everybody
    yield {"published_to": "9999-12-31", "approved_to": "9999-12-31"}, everybody - {"body"}


def test_the_database_and_the_index_find_the_same_in_the_same_order(client, varied, settings, tmp_path):
    names = {varied[name].public_id: name for name in varied if isinstance(varied[name], Statement)}
    filled, none = settings.SEARCH_INDEX_DIR, tmp_path / "none"
    for question, expected in asked(varied):
        orders = []
        settings.SEARCH_INDEX_DIR = none
        published.index.cache_clear()
        body = client.get("/api/v1/statements/", question).json()
        orders.append([names[each["id"]] for each in body["results"]])
        settings.SEARCH_INDEX_DIR = filled
        published.index.cache_clear()
        for path, words in (("statements", {}), ("statements", {"q": "заречный"}), ("search", {})):
            body = client.get(f"/api/v1/{path}/", question | words | {"count": "true"}).json()
            found = [names[each.get("statement", each)["id"]] for each in body["results"]]
            assert set(found) == expected, (path, question, words)
            assert len(found) == body["count"], (path, question, words)
            orders.append(found)
        assert all(order == orders[0] for order in orders), question


def test_of_quotes_the_filters_ask_for_that_very_quote(client, varied):
    def found(**question):
        return [one["kind"] for one in client.get("/api/v1/quotes/", question).json()["results"]]

    twice = varied["reported twice"]
    assert sorted(found(statement=twice.public_id)) == ["direct", "mixed"]
    assert found(statement=twice.public_id, source=varied["wire"].public_id) == ["mixed"]
    assert found(statement=twice.public_id, source=varied["wire"].public_id, kind="direct") == []
    assert found(statement=twice.public_id, published_to="2031-05-31") == ["direct"]
    assert found(snapshot=varied["early"].lead.snapshot.public_id) == ["direct"]
    assert len(found(topic=varied["broad"].public_id)) == 2
    assert len(found(organization=varied["ministry"].public_id)) == 2


def test_other_lists_are_filtered_by_what_they_are_connected_with(client, varied):
    def found(path, **question):
        return {one.get("name", one.get("id")) for one in client.get(f"/api/v1/{path}/", question).json()["results"]}

    speaker, ministry, office = varied["plain"].speaker, varied["ministry"].public_id, varied["office"].public_id
    assert found("people", office=office) == found("people", organization=ministry) == {"Иван Озёрный"}
    assert found("people", meeting=varied["plain"].meeting.public_id) == {"Иван Озёрный", "Пётр Полевой"}
    assert found("people", topic=varied["narrow"].public_id) == {"Пётр Полевой"}
    assert found("people", q="озёрного") == {"Иван Озёрный"}
    assert found("people", office="zzzzzzzz") == set()
    assert found("offices", person=speaker.public_id) == found("offices", organization=ministry) == {"Глава Заречья"}
    assert found("organizations", q="министерство") == {"Министерство мостов"}
    assert found("meetings", speaker=speaker.public_id, kind="meeting,call") == {"Встреча с послом Приморья"}
    assert found("meetings", start_from="2031-05-05") == set()
    assert found("sources", kind="agency") == set()
    assert found("articles", speaker=speaker.public_id, published_from="2031-06-01") == set()
    assert len(found("articles", source=varied["wire"].public_id)) == 4
    assert found("topics", broader=varied["broad"].public_id) == {"Мосты"}
    text = varied["plain"].lead.snapshot
    for sha256 in (text.text_sha256, text.raw_sha256):
        assert text.public_id in found("snapshots", sha256=sha256)
    assert len(found("snapshots", source=varied["wire"].public_id)) == 4


def test_tenures_tell_who_held_what_on_a_day(client, varied):
    for day, holders in (("2031-05-04", 1), ("2029-12-31", 0)):
        body = client.get("/api/v1/tenures/", {"on": day, "organization": varied["ministry"].public_id}).json()
        assert len(body["results"]) == holders
    assert client.get("/api/v1/tenures/", {"person": varied["early"].speaker.public_id}).json()["results"] == []


def test_an_article_is_found_by_its_address_however_spelled(client, record):
    article = record[0].lead.snapshot.article
    for address in (article.address, "http://www.vestnik.example/most"):
        (found,) = client.get("/api/v1/articles/", {"address": address}).json()["results"]
        assert found["id"] == article.public_id


def test_the_search_ranks_and_counts_as_the_search_page_does(client, varied):
    body = client.get("/api/v1/search/", {"q": "дороги", "facets": "speaker,source,kind,year,topic"}).json()
    page = client.get("/search", {"q": "дороги"}).context
    assert [one["statement"]["id"] for one in body["results"]] == [one.public_id for one in page["found"].statements]
    assert SearchForm.base_fields.keys() >= {"q", "order"}
    body = client.get("/api/v1/search/", {"facets": "speaker,source,kind,year,topic"}).json()
    shown = {facet.facet: facet for facet in client.get("/search").context["facets"]}
    for facet in ("speaker", "source", "kind", "topic"):
        told = {(one["name"], one["count"]) for one in body["facets"][facet]}
        assert told == {(choice.name, choice.count) for choice in shown[facet].choices}, facet
    for facet, values in body["facets"].items():
        for value in values:
            found = client.get("/api/v1/search/", {facet: value["value"], "count": "true"}).json()
            assert found["count"] == value["count"], (facet, value)


def test_the_search_says_where_the_words_stand_and_what_it_left_aside(client, record):
    body = client.get("/api/v1/search/", {"q": 'мостов 🙂 "'}).json()
    assert {one["reason"] for one in body["left_aside"]} == {"no word", "unpaired mark"}
    first = next(one for one in body["results"] if one["statement"]["id"] == record[0].public_id)
    (place,) = first["found"]
    (span,) = place["ranges"]
    quote = first["statement"]["quotes"][0]
    assert place["quote"] == quote["id"]
    assert quote["words"][span["start"] : span["end"]] == "Мост"
    (nicknamed,) = client.get("/api/v1/search/", {"q": '"осенний мост"'}).json()["results"]
    assert nicknamed["label_only"] is True


def test_pages_of_the_search_lead_on_and_back(client, varied):
    for order in ("relevance", "newest", "oldest"):
        question = {"q": "заречный", "page_size": 3, "order": order}
        first = client.get("/api/v1/search/", question).json()
        second = client.get(first["next"]).json()
        third = client.get(second["next"]).json()
        pages = [[one["statement"]["id"] for one in page["results"]] for page in (first, second, third)]
        assert [len(page) for page in pages] == [3, 3, 2]
        assert len({one for page in pages for one in page}) == 8
        assert third["next"] is first["previous"] is None
        assert client.get(third["previous"]).json()["results"] == second["results"]


def test_the_search_takes_no_more_queries_for_more_statements(client, varied, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        assert len(client.get("/api/v1/search/?q=заречный&facets=speaker,source").json()["results"]) == 8


@pytest.mark.usefixtures("no_search_index")
def test_without_an_index_the_search_says_to_come_back_and_lists_go_on(client):
    world.published()
    for address in ("/api/v1/search/", "/api/v1/search/?q=мост", "/api/v1/statements/?q=мост"):
        response = client.get(address)
        assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert client.get("/api/v1/statements/?count=true").json()["count"] == 1
