"""The search page: one shareable question, honest answers."""

from types import SimpleNamespace

import lxml.html
import pytest

from people.models import Organization
from tests import world
from tests.pages.conftest import PASSAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client, search_index):
    """The search page's own markup for a question, after the index was filled."""

    def answer(question, status=200, **more):
        search_index()
        response = client.get("/search", {"q": question} | more, follow=True)
        assert response.status_code == status
        return response.content.decode()

    return answer


def test_a_word_in_any_form_is_found_and_marked(found, story):
    page = found("мосты")
    assert "1 statement found" in page
    assert "<mark>мост</mark>" in page
    assert "<mark>Мост</mark>" in page


def test_words_outside_the_passage_open_the_whole_quotation(found, story):
    assert "<details open>" in found("осенью")
    assert "<details>" in found("пролёт")


def test_a_match_of_the_nickname_alone_is_called_not_verbatim(found, story):
    said = "Matches the nickname; these words are not verbatim."
    assert said in found('"смешной мост"')
    assert said not in found("смешной мост")


def test_a_speaker_is_found_by_name(found, story):
    assert "1 statement found" in found("Озёрным")


def test_words_of_another_report_are_shown_as_that_report_has_them(found, story):
    page = found("переправа")
    assert "<mark>переправу</mark> достроят к осени" in page
    assert "Приморские известия" in page
    assert "Indirect speech" in page


def test_nothing_found_is_said_with_ways_to_go_on(found, story):
    page = found("мост космодром")
    assert "Nothing published matches." in page
    assert 'href="/search?q=%D0%BC%D0%BE%D1%81%D1%82+OR+' in page
    assert "1 statement found" in found("мост OR космодром")


def test_without_a_question_all_statements_are_there_newest_first(found, story):
    world.published(label="позже", spoken="2032", speaker=story.speaker)
    page = found("")
    assert "2 statements found" in page
    assert page.index("позже") < page.index("смешной мост")
    page = found("", order="oldest")
    assert page.index("позже") > page.index("смешной мост")


def test_an_unknown_order_counts_as_none(found, story):
    assert "1 statement found" in found("мост", order="sideways")


def test_what_is_left_aside_of_a_question_is_named_with_the_reason(found, story):
    page = found('мост "космос')
    assert "has no partner" in page
    assert "too many words" in found("мост " + " ".join(f"слово{number}" for number in range(50)))


@pytest.mark.parametrize("question", ["🙂", "…", "OR"])
def test_a_question_without_a_word_finds_nothing_and_is_told_why(found, story, question):
    page = found(question)
    assert "Nothing published matches." in page
    assert f"“{question}”: " in page
    assert "onward" not in page


def test_the_question_stays_in_the_box_as_text(found):
    page = found('"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page


def test_marked_words_are_escaped(found):
    evil = "<img src=x onerror=alert(1)> волна"
    world.published(of=world.snapshot(f"Он: «{evil}»."), words=(evil,), attribution="")
    page = found("onerror волна")
    assert "<img" not in page
    assert "&lt;img src=x <mark>onerror</mark>=alert(1)&gt; <mark>волна</mark>" in page


@pytest.mark.usefixtures("no_search_index")
def test_a_missing_index_is_said_to_be_rebuilt_and_the_rest_of_the_site_works(client, story):
    response = client.get("/search?q=мост")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "The search index is being rebuilt." in response.content.decode()
    assert client.get("/").status_code == 200


@pytest.mark.slow  # Thirty statements are made, each approved by another person.
def test_walking_a_search_meets_every_statement_once(client, search_index, read, story):
    for _ in range(29):
        world.published(of=story.snapshot, words=(PASSAGE,), speaker=story.speaker, attribution="")
    search_index()
    for order in ("newest", "oldest", "relevance"):
        first = client.get("/search", {"q": "пролёт", "order": order}).content.decode()
        assert "30 statements found" in first
        following = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
        second = client.get(following).content.decode()
        links = [page.count('class="onward"') for page in (first, second)]
        assert links == [20, 10]
        assert 'rel="next"' not in second


@pytest.fixture
def answers(client, search_index):
    """The search page as a reader sees it: its text, facets with counts, chips, links by their names."""

    def ask(address, **headers):
        search_index()
        response = client.get(address, follow=True, headers=headers)
        assert response.status_code == 200
        return Seen(response)

    return ask


class Seen:
    def __init__(self, response):
        self.response = response
        self.page = lxml.html.fromstring(response.content.decode())
        self.text = said(self.page)
        self.links = {said(link): link.get("href") for link in self.page.iter("a")}

    def facet(self, title):
        """The facet's values with their counts, and whether each is chosen."""
        for section in self.page.xpath('.//section[@class="facet"]'):
            if said(section.find("h3")) == title:
                links = section.xpath("./ul/li/a")
                return [
                    (
                        *(said(part) for part in link.xpath("./span[starts-with(@class, 'facet-')]")),
                        bool(link.get("aria-current")),
                    )
                    for link in links
                ]
        return None

    def link(self, name):
        """The address of a facet's value."""
        [found] = [
            link.get("href") for link in self.page.xpath('.//section[@class="facet"]//li/a') if name in said(link)
        ]
        return found

    @property
    def chips(self):
        return [said(chip) for chip in self.page.find_class("chip")]


def said(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def three(story):
    """The story, a statement of an organization, and one of nobody known."""
    body = Organization.objects.create(name_ru="Союз рыбаков", name_en="Fishers’ Union")
    of = story.snapshot
    world.published(of=of, words=(PASSAGE,), speaker_organization=body, attribution="", spoken="2030-02")
    world.published(of=of, words=(PASSAGE,), speaker_not_identified=True, spoken="2029")
    return SimpleNamespace(body=body, **vars(story))


def test_facets_name_and_count_what_was_found(answers, three):
    seen = answers("/search?q=мост OR пролёт")
    assert "3 statements found" in seen.text
    assert seen.facet("Who") == [("Fishers’ Union", "1", False), ("Ivan Ozyorny", "1", False)]
    assert seen.facet("Office then") == [("Head of Zarechye", "1", False)]
    assert ("Indirect speech", "1", False) in seen.facet("Kind of speech")
    rows = seen.page.xpath(".//table//tbody/tr")
    assert [[said(cell) for cell in row] for row in rows] == [
        ["2029", "1"], ["2030", "1"], ["2031", "1"],
    ]  # fmt: skip


def test_a_facet_narrows_and_its_other_values_keep_their_counts(answers, three):
    seen = answers(answers("/search?q=пролёт").link("Fishers’ Union"))
    assert "1 statement found" in seen.text
    assert seen.facet("Who") == [("Fishers’ Union", "1", True), ("Ivan Ozyorny", "1", False)]
    assert seen.chips == ["Without this filter: Who: Fishers’ Union ×"]
    both = answers(seen.link("Ivan Ozyorny"))
    assert "2 statements found" in both.text
    assert len(both.chips) == 2
    again = answers(both.link("Fishers’ Union"))
    assert again.chips == ["Without this filter: Who: Ivan Ozyorny ×"]
    assert (
        answers(both.links["Clear all filters"]).response.request["QUERY_STRING"]
        == "q=%D0%BF%D1%80%D0%BE%D0%BB%D1%91%D1%82"
    )


def test_filters_of_different_kinds_must_all_hold(answers, three):
    speaker, topic = three.speaker.public_id, three.topic.public_id
    assert "1 statement found" in answers(f"/search?speaker={speaker}&topic={topic}&year=2031&language=ru").text
    assert "Nothing published matches." in answers(f"/search?speaker={speaker}&year=2029").text
    assert "2 statements found" in answers("/search?year=2029&year=2030").text


def test_a_broader_topic_a_source_and_an_occasion_filter_too(answers, three):
    for name, record in {"topic": three.broad, "source": three.source, "meeting": three.meeting}.items():
        seen = answers(f"/search?{name}={record.public_id}")
        assert seen.chips, name
        assert "found" in seen.text


def test_a_merged_person_is_filtered_by_as_the_one_that_took_it_over(answers, three):
    old = world.person("И. Озёрный", merged_into=three.speaker)
    seen = answers(f"/search?speaker={old.public_id}")
    assert seen.chips == ["Without this filter: Who: Ivan Ozyorny ×"]
    assert "1 statement found" in seen.text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("speaker=zzzzzzzz", "Who: “zzzzzzzz” is not known here"),
        ("kind=loud", "Kind of speech: “loud” is not known here"),
        ("year=last", "Year: “last” is not known here"),
        ("source=%3Cscript%3E", "Source: “<script>” is not known here"),
    ],
)
def test_an_unknown_filter_is_named_and_left_out(answers, three, query, told):
    seen = answers(f"/search?{query}")
    assert told in seen.text
    assert "3 statements found" in seen.text
    assert seen.chips == []


def test_a_person_without_a_published_statement_is_no_filter(answers, three):
    assert "is not known here" in answers(f"/search?speaker={three.guest.public_id}").text


def test_the_address_has_no_empty_parts(client, search_index):
    search_index()
    response = client.get("/search?q=&speaker=&order=oldest&lang=en")
    assert (response.status_code, response["Location"]) == (302, "/search?order=oldest&lang=en")


def test_words_asked_anew_keep_the_filters(answers, three):
    seen = answers("/search?q=пролёт&year=2030&order=oldest&lang=en")
    fields = seen.page.xpath('.//input[@form="search-main"]')
    assert {(each.get("name"), each.get("value")) for each in fields} == {
        ("year", "2030"), ("order", "oldest"), ("lang", "en"),
    }  # fmt: skip
    address = answers("/search?q=пролёт&order=oldest&lang=en").link("Fishers’ Union")
    assert all(f"{name}=" in address for name in ("q", "order", "lang", "speaker"))


def test_more_values_of_a_facet_are_one_link_away(answers, three):
    for number in range(9):
        world.published(of=three.snapshot, words=(PASSAGE,), speaker=world.person(f"Гость {number}"), attribution="")
    seen = answers("/search")
    assert len(seen.facet("Who")) == 7
    more = answers(seen.links["More: Who"])
    assert len(more.facet("Who")) == 11
    assert len(answers(more.links["Fewer: Who"]).facet("Who")) == 7


def test_a_misremembered_quotation_is_offered_apart_with_what_agrees_marked(answers, story):
    seen = answers("/search?q=первый паром покажется просто смешным")
    assert "Nothing published matches." in seen.text
    [section] = seen.page.xpath('.//section[@aria-labelledby="close"]')
    assert "Did you mean this statement?" in said(section)
    assert [mark.text for mark in section.iter("mark")][:3] == ["первый", "покажется", "просто"]
    assert "Did you mean" not in answers("/search?q=первый пролёт покажется просто смешным").text


def test_one_wrong_word_in_a_phrase_is_forgiven_apart(answers, story):
    seen = answers('/search?q="Мы строим дорогу вдвоём"')
    assert "Nothing published matches." in seen.text
    assert "Did you mean this statement?" in seen.text


def test_too_little_in_common_is_not_offered(answers, story):
    assert "Did you mean" not in answers("/search?q=космодром запустил мост корабль вчера").text
    assert "Did you mean" not in answers("/search?q=космодром мост").text


def test_nothing_found_offers_looser_questions_with_what_they_find(answers, story):
    seen = answers("/search?q=мост космодром -река")
    assert "Without “космодром” 1" in seen.text
    assert "1 statement found" in answers(seen.links["Without “космодром”"]).text
    assert "The same words, not side by side 1" in answers('/search?q="мост строим"').text
    assert "Without excluding anything 1" in answers("/search?q=мост -пролёт").text
    assert "The same without filters 1" in answers("/search?q=мост&year=1999").text


def test_nothing_found_names_whom_one_may_mean(answers, story):
    seen = answers("/search?q=Азерный")
    assert "People with such a name" in seen.text
    assert "1 statement found" in answers(seen.links["statements: Ivan Ozyorny"]).text
    assert seen.links["Ivan Ozyorny"] == story.speaker.get_absolute_url()
    assert "Морской" not in answers("/search?q=Маорской").text  # has said nothing


def test_what_was_searched_besides_is_said(answers, story):
    assert "Also searched: строить." in answers("/search?q=строим").text
    assert "Also searched" not in answers('/search?q="строим"').text


def test_another_name_of_a_speaker_is_explained(client, search_index, answers, story):
    story.speaker.names.create(text="Старина Том")
    search_index()
    assert "“Старина Том” is another name of Ivan Ozyorny." in answers("/search?q=Старина").text
    assert "another name" not in answers("/search?q=Озёрный").text


def test_pages_go_forth_and_back_in_every_order(answers, client, search_index, story):
    for _ in range(24):
        world.published(of=story.snapshot, words=(PASSAGE,), speaker=story.speaker, attribution="")
    search_index()
    for order in ("newest", "oldest", "relevance"):
        first = answers(f"/search?q=пролёт&order={order}")
        second = answers(first.links["Next page"])
        assert "shown 1–20" in first.text
        assert "shown 21–25" in second.text
        back = answers(second.links["Previous page"])
        # But for the address, which is printed on paper at the end of the page.
        assert back.text.split("http://")[0] == first.text.split("http://")[0]
        assert "Previous page" not in back.links


@pytest.mark.parametrize(
    "query", ["after=-1", "after=99999999999999999999", "before=x", "after=1&before=1", "before=0"]
)
@pytest.mark.parametrize("order", ["newest", "relevance"])
def test_a_page_that_nobody_gave_is_an_ordinary_one(answers, story, query, order):
    answers(f"/search?q=мост&order={order}&{query}")


def test_queries_do_not_grow_with_what_is_found(answers, client, search_index, count_queries, three):
    def ask(address):
        return count_queries(lambda: client.get(address))

    def add(number):
        speaker = world.person(f"Гость {number}")
        meeting = world.meeting(name=f"Встреча {number}")
        tenure = world.tenure(speaker, world.office(name=f"Пост {number}"))
        fields = {"speaker": speaker, "meeting": meeting, "tenure": tenure, "attribution": ""}
        world.published(of=three.snapshot, words=(PASSAGE,), **fields)
        search_index()

    addresses = ["/search", "/search?q=пролёт", f"/search?speaker={three.speaker.public_id}&year=2031"]
    add(0)
    before = [ask(address) for address in addresses]
    for number in range(1, 6):
        add(number)
    assert [ask(address) for address in addresses] == before
    assert max(before) < 20


def test_htmx_gets_only_what_changes(answers, three):
    whole = answers("/search?q=пролёт")
    part = answers("/search?q=пролёт&speaker=", **{"HX-Request": "true"})
    assert part.page.xpath('.//*[@id="answers"]')
    assert not part.page.xpath(".//*[@id='main']|.//form")
    assert part.response["HX-Push-Url"] == "/search?q=%D0%BF%D1%80%D0%BE%D0%BB%D1%91%D1%82"
    assert part.facet("Who") == whole.facet("Who")
    assert "HX-Request" in part.response["Vary"]
    assert "HX-Request" in whole.response["Vary"]
    restored = answers("/search?q=пролёт", **{"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert restored.page.xpath(".//*[@id='main']")


def test_what_the_head_says_of_the_question_comes_with_its_answers(answers, story):
    question = "/search?q=пролёт&year=2031&order=oldest&lang=en"
    part, whole = answers(question, **{"HX-Request": "true"}), answers(question)
    for rel, kind in (("canonical", None), ("alternate", "application/atom+xml")):
        [replacing] = [
            each.get("href") for each in part.page.xpath(f'//link[@rel="{rel}"]') if each.get("type") == kind
        ]
        assert "year=2031" in replacing
        assert replacing in [each.get("href") for each in whole.page.xpath(f'//head/link[@rel="{rel}"]')]
