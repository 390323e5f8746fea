"""Citing on a statement's page, and the files for reference managers."""

from urllib.parse import unquote

import lxml.html
import pytest
import rispy
from django.test import Client
from pybtex.database import parse_string

from people.acting import acting
from quotes.annotating import write_quote
from quotes.models import Quote, Statement
from quotes.pages.citing import citing
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import STORY, WORDS, publish

pytestmark = pytest.mark.django_db

TYPES = {
    "json": "application/vnd.citationstyles.csl+json",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
}


def file(statement, ending):
    return f"/s/{statement.public_id}/cite.{ending}"


def section(client, statement):
    page = lxml.html.fromstring(client.get(statement.get_absolute_url()).content)
    return page.xpath("//section[@aria-labelledby='cite']")[0]


def text_of(part, key):
    return part.get_element_by_id(f"cite-{key}").text_content()


class TestThePage:
    def test_offers_the_words_and_references_to_copy_and_a_link_that_stays(self, client, story):
        part = section(client, story.statement)
        permanent = f"http://testserver/s/{story.statement.public_id}"
        who = f"Ivan Ozyorny, Head of Zarechye, Встреча с послом Приморья, 4 May 2031 ({permanent})"
        assert text_of(part, "quote") == f"«{WORDS}»"
        assert text_of(part, "apa").startswith(f"{who}, as quoted in: Мост построят. (2031, May 5). Заречный вестник")
        assert text_of(part, "plain").startswith(f"{who}. Quoted in: Мост построят, Заречный вестник")
        assert text_of(part, "link") == permanent
        assert client.get(f"/s/{story.statement.public_id}", follow=True).status_code == 200

    def test_writes_gost_in_russian_for_every_reader(self, client, story):
        told = text_of(section(client, story.statement), "gost")
        assert told.startswith("Иван Озёрный, Глава Заречья, Встреча с послом Приморья, 4 мая 2031 (http")
        assert "Цит. по: Мост построят // Заречный вестник (вымышлен). 2031. 5 мая. URL: https://vestnik" in told

    def test_speaks_russian_to_a_reader_of_russian(self, story):
        part = section(Client(headers={"accept-language": "ru"}), story.statement)
        assert "Цитируется по: Мост построят" in text_of(part, "plain")

    def test_never_puts_an_indirect_statement_in_quotation_marks(self, client):
        statement = world.published(words=(world.ROADS,), kind="indirect")
        part = section(client, statement)
        assert text_of(part, "quote") == world.ROADS
        assert "Not the speaker’s own words" in part.text_content()
        assert f"«{world.ROADS}" not in part.text_content()

    def test_links_to_the_words_on_the_live_page(self, client, story):
        page = lxml.html.fromstring(client.get(story.statement.get_absolute_url()).content)
        [link] = page.xpath("//a[contains(., 'These words on the live page')]")
        assert unquote(link.get("href")) == f"https://vestnik.example/most#:~:text={WORDS}"

    def test_has_no_such_link_for_a_text_without_an_address(self, client):
        page = client.get(world.published().get_absolute_url()).content.decode()
        assert "live page" not in page

    def test_shows_the_buttons_to_nobody_without_scripts(self, client, story):
        buttons = section(client, story.statement).findall(".//button")
        assert len(buttons) == 5
        assert all("hidden" in button.attrib for button in buttons)

    def test_does_not_take_the_nickname_for_words(self, client, story):
        part = section(client, story.statement)
        assert "смешной мост" not in part.text_content()
        assert "smeshnoi" not in lxml.html.tostring(part).decode()

    def test_keeps_the_language_that_was_chosen(self, client, story):
        page = client.get(f"{story.statement.get_absolute_url()}?lang=ru").content.decode()
        assert f'href="{file(story.statement, "bib")}?lang=ru"' in page


class TestAFile:
    @pytest.mark.parametrize(("ending", "media_type"), TYPES.items())
    def test_is_sent_as_what_it_is_under_a_name_of_its_own(self, client, story, ending, media_type):
        response = client.get(file(story.statement, ending))
        assert response.status_code == 200
        assert response.headers["Content-Type"] == media_type
        name = f"skazano-{story.statement.public_id}.{ending}"
        assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert "Accept-Language" in response.headers["Vary"]
        assert client.head(file(story.statement, ending)).status_code == 200
        assert client.post(file(story.statement, ending)).status_code == 405

    def test_says_what_the_record_says(self, client, story):
        [item] = client.get(file(story.statement, "json")).json()
        assert item["author"] == [{"literal": "Ivan Ozyorny"}]
        assert item["abstract"] == f"«{WORDS}»"
        assert item["custom"]["spans"] == [WORDS]
        assert item["issued"] == item["event-date"] == {"date-parts": [[2031, 5, 4]]}
        assert item["available-date"] == {"date-parts": [[2031, 5, 5]]}
        assert item["custom"]["spoken"] == {"edtf": "2031-05-04", "known_by": "other"}
        assert item["custom"]["published"] == {"edtf": "2031-05-05", "known_by": "address"}
        assert item["URL"] == "https://vestnik.example/most"
        assert item["archive_location"] == f"http://testserver/s/{story.statement.public_id}"
        day = story.snapshot.retrieved_at.astimezone().date()
        assert abs((day - type(day)(*item["accessed"]["date-parts"][0])).days) <= 1

    def test_of_bibtex_and_ris_is_read_by_others(self, client, story):
        entries = parse_string(client.get(file(story.statement, "bib")).content.decode(), "bibtex").entries
        assert entries[f"skazano-{story.statement.public_id}"].fields["eventdate"] == "2031-05-04"
        [record] = rispy.loads(client.get(file(story.statement, "ris")).content.decode())
        assert record["abstract"] == f"«{WORDS}»"
        assert record["date"] == "2031/05/04/"

    def test_of_two_spans_keeps_them_apart_and_in_order(self, client):
        statement = world.published(words=("Работы,", "уже идут"), kind="mixed", spoken="2031-35")
        [item] = client.get(file(statement, "json")).json()
        assert item["type"] == "article-newspaper"
        assert item["abstract"] == statement.lead.words == "Работы, […] уже идут"
        assert item["custom"]["spans"] == ["Работы,", "уже идут"]
        assert item["event-date"] == {"date-parts": [[2031]], "literal": "third quarter of 2031"}

    def test_of_an_unidentified_speaker_names_nobody(self, client):
        statement = world.published(speaker_not_identified=True)
        [item] = client.get(file(statement, "json")).json()
        assert "author" not in item
        assert "Speaker not identified (in the article: “сказал Иван Озёрный”)." in item["note"]
        assert "AU  -" not in client.get(file(statement, "ris")).content.decode()

    def test_is_of_the_leading_quote(self, client, story):
        assert "переправу достроят" not in client.get(file(story.statement, "json")).content.decode()

    def test_never_has_the_nickname(self, client, story):
        for ending in TYPES:
            text = client.get(file(story.statement, ending)).content.decode()
            assert "смешной мост" not in text
            assert "smeshnoi" not in text

    def test_has_one_address(self, client, story):
        shouted = f"/s/{story.statement.public_id.upper()}/cite.bib"
        response = client.get(f"{shouted}?lang=ru")
        assert (response.status_code, response.headers["Location"]) == (301, f"{file(story.statement, 'bib')}?lang=ru")

    def test_in_a_format_that_is_not_written_is_taken_for_a_slug(self, client, story):
        response = client.get(file(story.statement, "xml"))
        assert (response.status_code, response.headers["Location"]) == (301, story.statement.get_absolute_url())


class TestWhatIsNotPublic:
    @pytest.mark.parametrize("ending", TYPES)
    @pytest.mark.parametrize("make", [world.draft, world.submitted])
    def test_has_no_file(self, client, make, ending):
        statement = make(label="тайна")
        response = client.get(file(statement, ending))
        assert response.status_code == 404
        assert world.BRIDGE not in response.content.decode()
        assert client.get(f"/s/00000000/cite.{ending}").status_code == 404

    @pytest.mark.parametrize("ending", TYPES)
    def test_any_more_answers_with_the_reason(self, client, story, ending):
        with acting(elena := world.user("elena", "editor")):
            withdraw(story.statement, "Слова приписаны не тому.", by=elena)
        response = client.get(file(story.statement, ending))
        assert response.status_code == 410
        assert "Слова приписаны не тому." in response.content.decode()
        assert "Content-Disposition" not in response.headers
        assert WORDS not in response.content.decode()

    def test_while_it_is_revised_says_so(self, read, story):
        with acting(world.user("anna", "annotator")):
            Statement.objects.filter(pk=story.statement.pk).update(label="другое имя")
        assert "This statement is being revised" in read(file(story.statement, "ris"), 404)


def test_queries_do_not_grow_with_articles_and_words(client, count_queries, story):
    def counted():
        return count_queries(lambda: [client.get(file(story.statement, ending)) for ending in TYPES])

    before = counted()
    assert before <= 4 * len(TYPES)
    with acting(world.user("anna", "annotator")):
        for _ in range(3):
            other = world.snapshot(STORY, body=(0, len(STORY)))
            statement = Statement.objects.get(pk=story.statement.pk)
            write_quote(statement, Quote(snapshot=other, kind="direct"), world.anchors(other, WORDS))
    publish(story.statement)
    assert counted() == before


def test_citing_costs_the_page_no_query(client, count_queries, story):
    """All that is cited was read for the page already."""
    found = Statement.objects.published().for_page().get()
    lead = next(one for one in found.quotes.all() if one.pk == found.lead_id)
    request = client.get(story.statement.get_absolute_url()).wsgi_request
    assert count_queries(lambda: citing(request, found, lead)) == 0


class TestAnotherWording:
    def test_is_offered_beside_the_leading_one(self, client, story):
        part = section(client, story.statement)
        chosen = {link.text_content(): link.get("aria-current") for link in part.xpath(".//nav//a")}
        assert chosen == {"Заречный вестник (вымышлен)": "true", "Приморские известия": None}

    def test_is_cited_as_its_own_source_has_it(self, client, story):
        other = story.statement.quotes.exclude(pk=story.statement.lead_id).get()
        response = client.get(f"/s/{story.statement.public_id}?quote={other.public_id}", follow=True)
        part = lxml.html.fromstring(response.content.decode()).xpath("//section[@aria-labelledby='cite']")[0]
        assert text_of(part, "quote") == "переправу достроят к осени"
        assert "Reported, not verbatim, in: Новость, Приморские известия" in text_of(part, "plain")
        assert text_of(part, "link").endswith(f"/s/{story.statement.public_id}?quote={other.public_id}")
        [bib] = part.xpath(".//a[text() = 'BibTeX']/@href")
        [entry] = parse_string(client.get(bib).content.decode(), "bibtex").entries.items()
        assert entry[0] == f"skazano-{story.statement.public_id}-{other.public_id}"
        assert entry[1].fields["title"].strip("{}") == "Новость"

    @pytest.mark.parametrize("named", ["00000000", "%00", "x", "%D0", "9" * 400])
    def test_that_there_is_not_is_no_file(self, client, story, named):
        assert client.get(f"{file(story.statement, 'ris')}?quote={named}").status_code == 404
        assert client.get(f"{story.statement.get_absolute_url()}?quote={named}").status_code == 200
        assert client.get(f"/s/{story.statement.public_id}/embed?quote={named}").status_code == 200

    def test_of_another_statement_is_none_of_this_one(self, client, story):
        other = world.published()
        assert client.get(f"{file(story.statement, 'ris')}?quote={other.lead.public_id}").status_code == 404
