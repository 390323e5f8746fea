"""What a page is about, for programs that read schema.org's vocabulary as JSON-LD.

Direct speech is a `Quotation`, whose `text` are the speaker's own words. Of an indirect statement those words are not
known: it is a `CreativeWork` by the speaker whose `abstract` is what the reporter made of it, and says so. A date is there
as far as it is known; one that ISO 8601 can't write (a quarter), or that is only the day of publication, is left out.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article, Source
from people.edtf import Edtf
from people.fields import OPEN
from people.models import Meeting, Organization, Participant, Person, Tenure
from people.names import Trilingual
from quotes.models import Quote, Statement, Topic

Node = dict[str, Any]

NEWS: Final = frozenset({Source.Kind.AGENCY, Source.Kind.NEWSPAPER, Source.Kind.BROADCASTER})


@dataclass(frozen=True, slots=True)
class Site:
    """Where the pages stand: `whole` makes an address that starts with https:// of one that starts with a slash."""

    whole: Callable[[str], str]

    def id_of(self, route: str, public_id: str) -> str:
        """The address that stays, whatever its slug becomes."""
        return self.whole(reverse(f"{route}-by-id", args=[public_id]))

    def page_of(self, record: Any) -> str:
        return self.whole(record.get_absolute_url())

    def home(self) -> str:
        return self.whole(reverse("home"))


def statement_node(statement: Statement, site: Site) -> Node:
    """A published statement that was read for its page."""
    lead = cast("Quote", statement.lead)
    quotes = sorted(statement.quotes.all(), key=lambda quote: quote.pk != statement.lead_id)
    articles = {quote.snapshot.article_id: quote.snapshot.article for quote in quotes}
    revision = statement.current_revision
    return _known(
        {
            "@type": "CreativeWork",
            "@id": site.id_of("statement", statement.public_id),
            "url": site.page_of(statement),
            "identifier": statement.public_id,
            **_words(lead),
            "inLanguage": lead.language,
            "alternateName": statement.label,
            "creator": _speaker(statement, site),
            "spokenByCharacter": _party(statement, site) if lead.kind == Quote.Kind.DIRECT else None,
            "dateCreated": _day(statement.spoken, statement.spoken_known),
            "recordedAt": _meeting(statement.meeting, site) if statement.meeting else None,
            "about": [topic_node(topic, site) for topic in statement.topics.all()],
            "isBasedOn": [article_node(article, site) for article in articles.values()],
            "sdPublisher": _publisher(site),
            "sdDatePublished": timezone.localdate(revision.approval.approved_at).isoformat() if revision else None,
        }
    )


def person_node(person: Person, tenures: Iterable[Tenure], site: Site) -> Node:
    """Somebody who has a page: names, and each office with its time."""
    return _known(
        {
            **_person(person, site),
            "description": person.about,
            "hasOccupation": [_occupation(tenure) for tenure in tenures],
        }
    )


def meeting_node(meeting: Meeting, participants: Iterable[Participant], linked: frozenset[int], site: Site) -> Node:
    """An occasion. Who is named in words alone may be one or many, a person or a body: they are left out."""
    parties = [one for one in participants if not one.in_words]
    return _meeting(meeting, site) | _known(
        {"attendee": [_participant(one, linked, site) for one in parties], "additionalType": meeting.kind}
    )


def article_node(article: Article, site: Site) -> Node:
    """A publication. Of a sample it is said that it is none."""
    source = article.source
    return _known(
        {
            "@type": "NewsArticle" if source.kind in NEWS else "Article",
            "@id": site.id_of("article", article.public_id),
            "headline": article.title,
            "url": article.address or site.page_of(article),
            "inLanguage": article.language,
            "datePublished": _day(article.published),
            "creditText": article.byline,
            "publisher": source_node(source, site),
            "disambiguatingDescription": _sample(source),
        }
    )


def source_node(source: Source, site: Site) -> Node:
    """Who publishes."""
    return _known(
        {
            "@type": "NewsMediaOrganization" if source.kind in NEWS else "Organization",
            "@id": site.id_of("source", source.public_id),
            **_names(source),
            "url": site.page_of(source),
            "disambiguatingDescription": _sample(source),
        }
    )


def topic_node(topic: Topic, site: Site) -> Node:
    """A subject heading."""
    address = {"@id": site.id_of("topic", topic.public_id), "url": site.page_of(topic)}
    return {"@type": "DefinedTerm", **address, **_names(topic)}


def page_node(entity: Node, address: str, trail: Sequence[tuple[str, str]], site: Site) -> Node:
    """A page that collects statements around an entity; `trail` leads to it, as names and addresses."""
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": site.whole(where)}
        for place, (name, where) in enumerate(trail, 1)
    ]
    return _known(
        {
            "@type": "CollectionPage",
            "@id": site.whole(address),
            "url": site.whole(address),
            "inLanguage": get_language(),
            "isPartOf": {"@id": site.home()},
            "mainEntity": entity,
            "breadcrumb": {"@type": "BreadcrumbList", "itemListElement": steps} if steps else None,
        }
    )


def site_node(site: Site) -> Node:
    """The site, and how it is searched."""
    template = f"{site.whole(reverse('search'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": site.home(),
        "url": site.home(),
        "name": _("Skazano"),
        "inLanguage": get_language(),
        "publisher": _publisher(site),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": template},
            "query-input": "required name=search_term_string",
        },
    }


def document(node: Node) -> Node:
    """The node as a document of its own."""
    return {"@context": "https://schema.org", **node}


def _words(quote: Quote) -> Node:
    match quote.kind:
        case Quote.Kind.DIRECT:
            return {"@type": "Quotation", "text": quote.words}
        case Quote.Kind.MIXED:
            whose = _("Indirect with quoted words: the sentence is the reporter’s")
        case _:
            whose = _("Indirect speech: these are the reporter’s words")
    return {"abstract": quote.words, "disambiguatingDescription": whose}


def _speaker(statement: Statement, site: Site) -> Node | None:
    """The speaker; in the role of their office then, where one is known, for it may be another's by now."""
    party = _party(statement, site)
    if party is None or statement.tenure is None:
        return party
    return {"@type": "Role", "roleName": statement.tenure.office.name, "creator": party}


def _party(statement: Statement, site: Site) -> Node | None:
    if statement.speaker:
        return _person(statement.speaker, site)
    return _organization(statement.speaker_organization) if statement.speaker_organization else None


def _person(person: Person, site: Site) -> Node:
    address = {"@id": site.id_of("person", person.public_id), "url": site.page_of(person)}
    return {"@type": "Person", **address, **_names(person)}


def _organization(organization: Organization) -> Node:
    return {"@type": "Organization", **_names(organization)}


def _occupation(tenure: Tenure) -> Node:
    """The office as a role with its time: schema.org's way to tell what somebody was, not only what they are."""
    office = tenure.office
    occupation: Node = {"@type": "Occupation", "name": office.name}
    return _known(
        {
            "@type": "Role",
            "hasOccupation": occupation,
            "startDate": _day(tenure.start, tenure.start_known),
            "endDate": None if tenure.end == OPEN else _day(tenure.end, tenure.end_known),
        }
    )


def _participant(participant: Participant, linked: frozenset[int], site: Site) -> Node:
    """Somebody who has no page is named and not linked."""
    if participant.organization:
        return _organization(participant.organization)
    person = cast("Person", participant.person)
    return _person(person, site) if person.pk in linked else {"@type": "Person", **_names(person)}


def _meeting(meeting: Meeting, site: Site) -> Node:
    return _known(
        {
            "@type": "Event",
            "@id": site.id_of("meeting", meeting.public_id),
            **_names(meeting),
            "url": site.page_of(meeting),
            "startDate": _day(meeting.start, meeting.start_known),
            "endDate": _day(meeting.end, meeting.end_known),
            "location": {"@type": "Place", "name": meeting.place} if meeting.place else None,
        }
    )


def _publisher(site: Site) -> Node:
    return {"@type": "Organization", "name": _("Skazano"), "url": site.home()}


def _names(record: Trilingual) -> Node:
    """The name in the language of the page, and those in others."""
    others = [name for name in dict.fromkeys(record.names_given) if name != record.name]
    return _known({"name": record.name, "alternateName": others})


def _sample(source: Source) -> str:
    return str(source.get_kind_display()) if source.kind == Source.Kind.SAMPLE else ""


def _day(edtf: str | None, known: str = "") -> str | None:
    """The date in ISO 8601, to the day, month or year; None where it can't be written so, or is only that of publication."""
    if not edtf or known == "publication" or Edtf.of(edtf).quarter:
        return None
    return edtf


def _known(node: Node) -> Node:
    """Without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [])}
