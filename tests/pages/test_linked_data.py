"""What pages say to programs as JSON-LD: read back by PyLD as triples of schema.org, and compared with the record."""

import json
import re

import lxml.html
import pytest
from django.test import Client
from pyld import jsonld

from articles.models import Article
from people.acting import acting
from people.models import Organization, Participant
from quotes.annotating import write_quote
from quotes.models import Quote
from tests import world
from tests.pages.conftest import WORDS, publish

pytestmark = pytest.mark.django_db

SCHEMA = "https://schema.org/"
# schema.org's own context, as far as our pages need it: names are its terms, and these are addresses.
CONTEXT = {"@vocab": SCHEMA, "url": {"@type": "@id"}, "item": {"@type": "@id"}}


def stored(address, _options):
    """Documents that PyLD asks for: the one context, and nothing from the network."""
    assert address == "https://schema.org"
    return {
        "contentType": "application/ld+json", "contextUrl": None, "documentUrl": address,
        "document": {"@context": CONTEXT},
    }  # fmt: skip


class Read:
    """A node of the document as PyLD understood it: `node.name`, `node.creator.name`; a list where there are several."""

    def __init__(self, node):
        self._node = node

    @property
    def type(self):
        [one] = self._node["@type"]
        return one.removeprefix(SCHEMA)

    @property
    def id(self):
        return self._node.get("@id")

    def __getattr__(self, name):
        return self._all(name)[0] if len(self._all(name)) == 1 else self._all(name)

    def __contains__(self, name):
        return SCHEMA + name in self._node

    def _all(self, name):
        values = self._node.get(SCHEMA + name, [])
        return [value["@value"] if "@value" in value else self._plain(value) for value in values]

    @staticmethod
    def _plain(value):
        return value["@id"] if set(value) == {"@id"} else Read(value)


def read(address, language="en"):
    """What the page at the address says of itself."""
    response = Client(headers={"accept-language": language}).get(address)
    assert response.status_code == 200
    [script] = lxml.html.fromstring(response.content).xpath("//script[@type='application/ld+json']")
    [node] = jsonld.expand(json.loads(script.text), {"documentLoader": stored})
    # Nothing is lost on the way: each name is a term of the vocabulary, and the document is a graph.
    assert jsonld.to_rdf(node, {"documentLoader": stored})["@default"]
    return Read(node)


def whole(record):
    return f"http://testserver{record.get_absolute_url()}"


def permanent(letter, record):
    return f"http://testserver/{letter}/{record.public_id}"


class TestDirectSpeech:
    def test_is_a_quotation_of_the_speakers_words_without_marks(self, story):
        told = read(story.statement.get_absolute_url())
        assert told.type == "Quotation"
        assert told.text == WORDS
        assert told.id == permanent("s", story.statement)
        assert told.url == whole(story.statement)
        assert told.inLanguage == "ru"
        assert told.spokenByCharacter.name == "Ivan Ozyorny"
        assert "abstract" not in told

    def test_names_the_speaker_in_the_office_held_then(self, story):
        role = read(story.statement.get_absolute_url()).creator
        assert (role.type, role.roleName) == ("Role", "Head of Zarechye")
        speaker = role.creator
        assert (speaker.type, speaker.id) == ("Person", permanent("p", story.speaker))
        assert (speaker.name, speaker.alternateName) == ("Ivan Ozyorny", "Иван Озёрный")

    def test_tells_when_on_what_occasion_and_about_what(self, story):
        told = read(story.statement.get_absolute_url(), "ru")
        assert told.dateCreated == "2031-05-04"
        occasion = told.recordedAt
        assert (occasion.type, occasion.id) == ("Event", permanent("m", story.meeting))
        assert (occasion.name, occasion.startDate) == ("Встреча с послом Приморья", "2031-05-04")
        assert (occasion.location.type, occasion.location.name) == ("Place", "Дворец на холме")
        assert (told.about.type, told.about.name, told.about.url) == ("DefinedTerm", "Мосты", whole(story.topic))

    def test_rests_on_every_article_that_reports_it_the_leading_one_first(self, story):
        lead, other = read(story.statement.get_absolute_url()).isBasedOn
        assert (lead.headline, lead.url, lead.datePublished) == (
            "Мост построят", "https://vestnik.example/most", "2031-05-05",
        )  # fmt: skip
        assert lead.publisher.name == "Заречный вестник (вымышлен)"
        assert (other.type, other.headline, other.publisher.type) == ("NewsArticle", "Новость", "NewsMediaOrganization")
        assert "datePublished" not in other

    def test_does_not_take_a_sample_for_news(self, story):
        lead, _other = read(story.statement.get_absolute_url()).isBasedOn
        assert (lead.type, lead.publisher.type) == ("Article", "Organization")
        assert lead.disambiguatingDescription == "sample, not a real publication"

    def test_has_the_nickname_as_another_name_and_not_as_words(self, story):
        told = read(story.statement.get_absolute_url())
        assert told.alternateName == "смешной мост"
        assert "смешной мост" not in told.text

    def test_says_who_vouches_for_the_data_and_since_when(self, story):
        told = read(story.statement.get_absolute_url(), "be")
        approved = story.statement.current_revision.approval.approved_at.astimezone()
        assert (told.sdPublisher.name, told.sdDatePublished) == ("Сказана", f"{approved:%Y-%m-%d}")


def test_an_indirect_statement_is_no_quotation():
    statement = world.published(words=(world.ROADS,), kind="indirect")
    told = read(statement.get_absolute_url())
    assert told.type == "CreativeWork"
    assert told.abstract == world.ROADS
    assert told.disambiguatingDescription == "Indirect speech: these are the reporter’s words"
    assert told.creator.name == "Иван Озёрный"
    assert "text" not in told
    assert "spokenByCharacter" not in told


def test_a_mixed_statement_of_two_spans_is_told_as_the_reporters_sentence():
    statement = world.published(words=("Работы,", "уже идут"), kind="mixed", occasion_not_named=True)
    told = read(statement.get_absolute_url())
    assert (told.type, told.abstract) == ("CreativeWork", "Работы, […] уже идут")
    assert told.disambiguatingDescription == "Indirect with quoted words: the sentence is the reporter’s"
    assert "text" not in told
    assert "recordedAt" not in told


@pytest.mark.parametrize(
    ("spoken", "known", "told"),
    [
        ("2031-05-04", "text", "2031-05-04"),
        ("2031-05", "address", "2031-05"),
        ("2031", "text", "2031"),
        ("2031-35", "text", None),
        ("2031-05-04", "publication", None),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known_and_never_that_of_publication(spoken, known, told):
    statement = world.published(spoken=spoken, spoken_known=known, words=("Работы,", "уже идут"))
    node = read(statement.get_absolute_url())
    assert ("dateCreated" in node) == bool(told)
    assert not told or node.dateCreated == told
    assert node.text == "Работы, […] уже идут"


def test_nobody_is_named_where_nobody_is_identified_and_a_body_is_no_person():
    of = world.snapshot()
    unknown = world.published(of=of, speaker_not_identified=True)
    assert "creator" not in read(unknown.get_absolute_url())
    body = Organization.objects.create(name_ru="Министерство мостов", name_en="Ministry of Bridges")
    said = world.published(of=of, speaker_organization=body, words=("Мост будет",))
    creator = read(said.get_absolute_url()).creator
    assert (creator.type, creator.name) == ("Organization", "Ministry of Bridges")


def test_an_article_retrieved_twice_is_named_once(story):
    again = world.snapshot(f"{story.snapshot.text} Дополнено.", article=story.article)
    with acting(world.user("anna", "annotator")):
        write_quote(story.statement, Quote(snapshot=again, kind="direct"), world.anchors(again, WORDS))
    publish(story.statement)
    assert len(read(story.statement.get_absolute_url()).isBasedOn) == 2


def test_a_person_has_offices_with_their_times(story):
    world.tenure(story.speaker, world.office("Мэр Слободы", name_en="Mayor of Sloboda"), "2024-03", "2029-35")
    page = read(story.speaker.get_absolute_url())
    assert (page.type, page.id, page.inLanguage) == ("CollectionPage", whole(story.speaker), "en")
    assert page.isPartOf == "http://testserver/"
    person = page.mainEntity
    assert (person.type, person.id, person.name) == ("Person", permanent("p", story.speaker), "Ivan Ozyorny")
    now, before = person.hasOccupation
    assert (now.type, now.hasOccupation.type, now.hasOccupation.name) == ("Role", "Occupation", "Head of Zarechye")
    assert (now.startDate, "endDate" in now) == ("2030-01-01", False)
    assert (before.hasOccupation.name, before.startDate) == ("Mayor of Sloboda", "2024-03")
    assert "endDate" not in before  # a quarter


def test_an_occasion_names_who_took_part_and_links_only_who_has_a_page(story):
    Participant.objects.create(meeting=story.meeting, person=story.guest, role="guest")
    Participant.objects.create(
        meeting=story.meeting, organization=Organization.objects.create(name_ru="Приморье"), role="guest"
    )
    event = read(story.meeting.get_absolute_url()).mainEntity
    assert (event.type, event.startDate, event.additionalType) == ("Event", "2031-05-04", "meeting")
    host, guest, body = event.attendee
    assert (host.name, host.url) == ("Ivan Ozyorny", whole(story.speaker))
    assert (guest.type, guest.name, "url" in guest, guest.id) == ("Person", "Пётр Морской", False, None)
    assert (body.type, body.name) == ("Organization", "Приморье")


def test_an_article_a_source_and_a_topic_say_what_they_are(story):
    page = read(story.article.get_absolute_url())
    assert (page.mainEntity.headline, page.mainEntity.url) == ("Мост построят", "https://vestnik.example/most")
    source, own = page.breadcrumb.itemListElement
    assert (source.position, source.name, source.item) == (1, "Заречный вестник (вымышлен)", whole(story.source))
    assert (own.position, own.name, own.item) == (2, "Мост построят", whole(story.article))
    publisher = read(story.source.get_absolute_url()).mainEntity
    assert (publisher.id, publisher.name) == (permanent("o", story.source), "Заречный вестник (вымышлен)")
    topic = read(story.topic.get_absolute_url())
    assert (topic.mainEntity.type, topic.mainEntity.name) == ("DefinedTerm", "Мосты")
    assert [step.name for step in topic.breadcrumb.itemListElement] == ["Транспорт", "Мосты"]


def test_the_first_page_says_how_the_site_is_searched():
    site = read("/", "ru")
    assert (site.type, site.name, site.url) == ("WebSite", "Сказано", "http://testserver/")
    action = site.potentialAction
    assert action.type == "SearchAction"
    assert action.target.urlTemplate == "http://testserver/search?q={search_term_string}"


def test_no_words_can_end_the_element_that_they_stand_in(client):
    evil = "Мост </script><script>alert(1)</script><!-- & ]]> построят"
    of = world.snapshot(f"«{evil}», — сказал он.", article=Article.objects.create(source=world.source(), title=evil))
    statement = world.published(of=of, words=(of.text[1 : of.text.index("»")],), label="</script>")
    page = client.get(statement.get_absolute_url()).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert not set("<>&") & set(block)
    told = read(statement.get_absolute_url())
    assert told.text == statement.words
    assert told.alternateName == "</script>"


def test_lists_cost_no_more_queries_for_what_they_say_to_programs(story, count_queries):
    client = Client()
    pages = [story.statement, story.speaker, story.meeting, story.article, story.source, story.topic]
    before = [count_queries(lambda at=page: client.get(at.get_absolute_url())) for page in pages]
    for number in range(4):
        guest = world.person(f"Гость {number}")
        Participant.objects.create(meeting=story.meeting, person=guest)
        world.tenure(story.speaker, world.office(f"Пост {number}"))
    after = [count_queries(lambda at=page: client.get(at.get_absolute_url())) for page in pages]
    assert after == before
