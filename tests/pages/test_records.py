"""What the pages of people, occasions, sources, articles and topics, and the first page, tell of the record."""

import re

import lxml.html
import pytest

from articles.models import Article
from people.models import PersonName
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections(client):
    """A page's sections: the heading of each, and what stands under it, its spaces made one."""

    def found(record, **query):
        page = parsed(client.get(address(record), query))
        texts = {}
        for section in page.xpath("//main//section"):
            heading = section.find(".//h2")
            if heading is not None:
                whole = " ".join(" ".join(section.itertext()).split())
                title = " ".join(" ".join(heading.itertext()).split())
                texts[title] = whole.removeprefix(title).strip()
        return texts

    return found


def address(record):
    return record if isinstance(record, str) else record.get_absolute_url()


def parsed(response):
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def links(client, record, heading):
    """(text, address) of the links under a heading, the chart's picture aside."""
    page = parsed(client.get(address(record)))
    section = next(each for each in page.xpath("//main//section[h2]") if each.find("h2").text_content() == heading)
    return [(" ".join(a.text_content().split()), a.get("href")) for a in section.xpath(".//a[not(ancestor::svg)]")]


@pytest.fixture
def years(story, search_index):
    """Two statements of the speaker in 2029, one in 2033; then all is indexed."""
    for spoken, words in (("2029", "Мост"), ("2029-35", "будет построен"), ("2033-02", "Через год")):
        world.published(of=story.snapshot, words=(words,), speaker=story.speaker, spoken=spoken)
    search_index()
    return story


# A person


def test_a_person_is_named_as_in_other_languages_and_otherwise(read, story):
    PersonName.objects.create(person=story.speaker, text="Ваня Речной", kind="former", language="ru")
    text = read(story.speaker.get_absolute_url())
    assert "Ivan Ozyorny Also: Иван Озёрный, Ваня Речной (former name)" in text


def test_offices_stand_over_one_scale_of_years(client, story, sections):
    world.tenure(story.speaker, world.office("Смотритель"), start="2021-03", end="2022")
    told = sections(story.speaker)["Offices"]
    assert "Head of Zarechye, Заречье 1 January 2030 – present" in told
    assert "Смотритель March 2021 – 2022 2021 2030" in told
    drawn = parsed(client.get(address(story.speaker))).xpath("//svg[@class='term']")
    assert len(drawn) == 2
    assert [len(each.findall("rect")) for each in drawn] == [2, 2]


def test_one_office_has_no_scale(client, story):
    assert not parsed(client.get(address(story.speaker))).xpath("//svg[@class='term']")


def test_statements_by_year_lead_to_the_search(client, years):
    found = links(client, years.speaker, "By year")
    person = years.speaker.public_id
    assert found == [(year, f"/search?speaker={person}&year={year}") for year in ("2029", "2031", "2033")]
    page = parsed(client.get(address(years.speaker)))
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tbody/tr")]
    assert rows == [["2029", "2"], ["2031", "1"], ["2033", "1"]]
    bars = page.xpath("//svg[@class='chart-bars']//a/@href")
    assert bars == [each for _year, each in found]


def test_topics_and_occasions_of_a_person_are_counted_and_lead_to_the_search(client, years, sections):
    person = years.speaker.public_id
    assert sections(years.speaker)["Topics"] == "Транспорт 1 Мосты 1"
    assert ("Мосты", f"/search?speaker={person}&topic={years.topic.public_id}") in links(
        client, years.speaker, "Topics"
    )
    assert links(client, years.speaker, "Occasions") == [
        (years.meeting.name, f"/search?speaker={person}&meeting={years.meeting.public_id}")
    ]


def test_the_reader_s_language_goes_along_into_the_search(client, years):
    page = parsed(client.get(address(years.speaker), {"lang": "be"}))
    found = [each for each in page.xpath("//main//a/@href") if each.startswith("/search")]
    assert found
    assert all("lang=be" in each for each in found)


def test_what_cannot_be_told_has_no_section(client, story, search_index, sections):
    bare = world.person("Пётр Морской-младший")
    world.published(of=story.snapshot, words=("Мост",), speaker=bare)
    search_index()
    assert set(sections(bare)) == {"1 statement"}
    text = parsed(client.get(address(bare))).find(".//main").text_content()
    assert "Also:" not in text


def test_without_an_index_the_pages_do_without_counts(client, story, no_search_index, sections):
    assert set(sections(story.speaker)) == {"Offices", "Statements"}
    assert set(sections(story.meeting)) == {"When and where", "Participants", "Statements"}
    assert set(sections(story.source)) == {"Articles"}
    assert set(sections(story.topic)) == {"Statements"}
    assert set(sections("/")) == {"Recently published"}


# An occasion


def test_an_occasion_tells_when_where_and_who_took_part(story, sections):
    told = sections(story.meeting)
    assert told["When and where"] == "Date 4 May 2031 How the date is known: stated in the text Place Дворец на холме"
    assert told["Participants"] == "Ivan Ozyorny host советники also present"


def test_an_occasion_tells_who_reported_it_and_how_much(client, story, search_index, sections):
    world.published(of=story.snapshot, words=("дороги отремонтируют раньше",), kind="indirect", meeting=story.meeting)
    search_index()
    told = sections(story.meeting)
    assert told["Who reported it"] == "Заречный вестник (вымышлен) 2 Приморские известия 1"
    assert told["Who spoke"] == "Ivan Ozyorny 2"


def test_what_was_said_on_an_occasion_stands_report_by_report_as_printed(read, story, client):
    """Entered last, and said to be of an earlier day: its place in the text decides."""
    world.published(of=story.snapshot, words=("принял посла",), meeting=story.meeting, spoken="2031-05-03")
    later = world.snapshot(
        "«Обед был хорош», — сказал Иван Озёрный.",
        article=Article.objects.create(source=story.source, title="Об обеде"),
    )
    world.published(of=later, words=("Обед был хорош",), meeting=story.meeting)
    world.published(of=story.snapshot, words=("дороги отремонтируют раньше",), meeting=story.meeting)
    text = read(story.meeting.get_absolute_url())
    order = ("Мост построят, 5 May", "принял посла", "смешной мост", "дороги отремонтируют", "Об обеде", "Обед был")
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    headings = parsed(client.get(address(story.meeting))).xpath("//h3")
    assert [" ".join(each.text_content().split()) for each in headings] == [
        "Заречный вестник (вымышлен): Мост построят, 5 May 2031",
        "Заречный вестник (вымышлен): Об обеде",
    ]


# A source


def test_a_source_says_what_it_is_and_where(client, story):
    paper = world.source("Приморские ведомости", kind="newspaper", host="vedomosti.example")
    world.published(of=world.snapshot(article=Article.objects.create(source=paper, title="Х")))
    page = parsed(client.get(address(paper)))
    head = " ".join(page.xpath("//header[@class='record-head']")[0].text_content().split())
    assert head == "Newspaper or magazine Приморские ведомости vedomosti.example"
    link = page.xpath("//header[@class='record-head']//a")[0]
    assert (link.get("href"), link.get("rel")) == ("https://vedomosti.example/", "external nofollow noopener")


def test_a_source_tells_whom_it_quotes_and_when(client, years, sections):
    told = sections(years.source)
    assert told["Whom it quotes"] == "Ivan Ozyorny 4"
    assert told["4 statements in its articles"] == "Мост построят published 5 May 2031 · 4 statements"
    source = years.source.public_id
    assert links(client, years.source, "By year")[0] == ("2029", f"/search?source={source}&year=2029")


# An article


def test_an_article_shows_its_words_in_the_order_printed_and_where_they_are_from(years, sections):
    told = sections(years.article)
    assert "Published 5 May 2031 How the date is known: from the page's address" in told["Publication"]
    assert "Credit as printed По материалам агентства «Вымысел»." in told["Publication"]
    assert "Address https://vestnik.example/most" in told["Publication"]
    assert "pasted text" in told["Publication"]
    text = told["4 statements, in the order printed"]
    places = [text.index(words) for words in ("смешной мост", "«Через год»", "«Мост»", "«будет построен»")]
    assert places == sorted(places)


# A topic


def test_a_topic_stands_under_its_broader_one_and_tells_who_speaks_of_it(client, years, sections):
    page = parsed(client.get(address(years.topic)))
    assert [a.get("href") for a in page.xpath("//nav[@aria-label='Broader topic']//a")] == [address(years.broad)]
    broad = parsed(client.get(address(years.broad)))
    assert [a.text for a in broad.xpath("//nav[@aria-label='Narrower topics']//a")] == ["Мосты"]
    told = sections(years.broad)
    assert told["Who speaks of it"] == "Ivan Ozyorny 1"
    assert "By year" not in told  # One year is nothing to compare.


# The first page


def test_the_first_page_names_what_one_can_look_through(client, years, sections):
    told = sections("/")
    assert told["Topics"] == "Транспорт 1 Мосты 1"
    assert told["Most quoted"] == "Ivan Ozyorny 4"
    assert links(client, "/", "Most quoted") == [("Ivan Ozyorny", address(years.speaker))]
    assert links(client, "/", "Topics")[1] == ("Мосты", address(years.topic))
    assert told["Recently published"].endswith("All 4 statements")


def test_the_example_of_a_question_is_one_that_finds_something(client, story, search_index):
    search_index()
    example = parsed(client.get("/")).xpath("//p[@class='example']/a")[0]
    assert example.text == "смешной мост"
    assert "Known as" in parsed(client.get(example.get("href"))).find(".//main").text_content()


def test_without_a_nickname_there_is_no_example(client):
    world.published()
    assert not parsed(client.get("/")).xpath("//p[@class='example']")


def test_numbers_are_written_as_the_language_does(client, story, search_index, rf):
    from django.template.loader import render_to_string
    from django.utils import translation

    for language, written in (("ru", "12 345 высказываний"), ("be", "12 345 выказванняў"), ("en", "12,345 statements")):
        with translation.override(language):
            shown = render_to_string("quotes/_statements.html", {"total": 12345, "cards": [], "is_first_page": True})
        assert re.search(written.replace(" ", r"\s"), shown)
