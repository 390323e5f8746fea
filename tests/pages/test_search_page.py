"""The search page: one shareable question, honest answers."""

import pytest

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
    assert "these are the reporter’s words" in page


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
