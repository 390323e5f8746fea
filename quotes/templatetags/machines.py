"""What a page's head says to programs: structured data, and its title and description once more for link previews."""

import json
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from articles.models import Article, Source
from people.models import Meeting, Participant, Person, Tenure
from quotes.models import Statement, Topic
from quotes.pages import linked_data
from quotes.pages.feeds import FeedOf, Followed, asked_of_a_search
from quotes.pages.linked_data import Node, Site, page_node

register = template.Library()

# So that no text can end the element it stands in; JSON reads each as the character that it stands for.
ESCAPES: Final = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
LOCALES: Final = {"ru": "ru_RU", "be": "be_BY", "en": "en_GB"}  # Open Graph knows no language without a country


@register.simple_tag(takes_context=True)
def text_of(context: Context, block: str) -> str:
    """A block's text as plain text, on one line; of a title what stands before the name of the site."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    found = blocks.get_block(block) if blocks else None
    text = " ".join(unescape(found.render(context)).split()) if found else ""
    return text.removesuffix(f" · {_('Skazano')}")


@register.simple_tag
def open_graph_locales() -> list[str]:
    """The page's own locale, then those in which it is shown elsewhere."""
    return sorted(LOCALES.values(), key=lambda locale: locale != LOCALES.get((get_language() or "").split("-")[0]))


@register.simple_tag
def feed_of_everything() -> str:
    """The address of the feed of all statements, in the page's language."""
    return _in_this_language(reverse("feed"))


@register.simple_tag
def feed_of(record: Followed) -> str:
    """The address of a record's feed, in the page's language."""
    return _in_this_language(FeedOf(record).get_absolute_url())


@register.simple_tag(takes_context=True)
def feed_of_search(context: Mapping[str, Any]) -> str:
    """The address of the feed of what the shown page searches for, in the page's language."""
    return _in_this_language(reverse("search-feed"), asked_of_a_search(context["request"]))


@register.simple_tag(takes_context=True)
def canonical_search(context: Mapping[str, Any]) -> str:
    """The address of what is searched for, whatever the order and the page; without the language."""
    query = asked_of_a_search(context["request"])
    return f"{reverse('search')}?{query}" if query else reverse("search")


@register.simple_tag(takes_context=True)
def canonical(context: Mapping[str, Any], address: str) -> str:
    """The address of a list's shown page: later pages have one of their own, since they show other statements."""
    after = context["request"].GET.get("after", "") if not context.get("is_first_page", True) else ""
    return f"{address}?after={after}" if after.isascii() and after.isdigit() else address


@register.simple_tag(takes_context=True)
def statement_data(context: Mapping[str, Any], statement: Statement) -> SafeString:
    """A published statement's page."""
    return _element(linked_data.statement_node(statement, _site(context)))


@register.simple_tag(takes_context=True)
def person_data(context: Mapping[str, Any], person: Person, tenures: Iterable[Tenure]) -> SafeString:
    """A person's page."""
    site = _site(context)
    return _element(page_node(linked_data.person_node(person, tenures, site), person.get_absolute_url(), (), site))


@register.simple_tag(takes_context=True)
def meeting_data(
    context: Mapping[str, Any], meeting: Meeting, participants: Iterable[Participant], linked: frozenset[int]
) -> SafeString:
    """An occasion's page; `linked` are the numbers of people who have a page."""
    site = _site(context)
    node = linked_data.meeting_node(meeting, participants, linked, site)
    return _element(page_node(node, meeting.get_absolute_url(), (), site))


@register.simple_tag(takes_context=True)
def source_data(context: Mapping[str, Any], source: Source) -> SafeString:
    """A source's page."""
    site = _site(context)
    return _element(page_node(linked_data.source_node(source, site), source.get_absolute_url(), (), site))


@register.simple_tag(takes_context=True)
def article_data(context: Mapping[str, Any], article: Article) -> SafeString:
    """An article's page, which stands below its source's."""
    site, source = _site(context), article.source
    trail = [(source.name, source.get_absolute_url()), (str(article), article.get_absolute_url())]
    return _element(page_node(linked_data.article_node(article, site), article.get_absolute_url(), trail, site))


@register.simple_tag(takes_context=True)
def topic_data(context: Mapping[str, Any], topic: Topic) -> SafeString:
    """A topic's page, which stands below the broader topic's."""
    site = _site(context)
    trail = [(one.name, one.get_absolute_url()) for one in (topic.parent, topic) if one]
    return _element(page_node(linked_data.topic_node(topic, site), topic.get_absolute_url(), trail, site))


@register.simple_tag(takes_context=True)
def site_data(context: Mapping[str, Any]) -> SafeString:
    """The first page."""
    return _element(linked_data.site_node(_site(context)))


def _site(context: Mapping[str, Any]) -> Site:
    request: HttpRequest = context["request"]
    return Site(request.build_absolute_uri)


def _in_this_language(address: str, query: str = "") -> str:
    return f"{address}?{'&'.join(filter(None, (query, f'lang={get_language()}')))}"


def _element(node: Node) -> SafeString:
    """A block of data: browsers run no script of this type, and our policy forbids none."""
    text = json.dumps(linked_data.document(node), ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
