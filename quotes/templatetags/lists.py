"""What a page repeats some dozens of times: cards, facets, bars. Jinja renders these, three times as fast as Django."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.template import engines
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from quotes.pages.cards import Card
from quotes.pages.charts import BarChart
from quotes.pages.permalinks import HasAddress
from quotes.templatetags.links import chosen_language

register = template.Library()


@register.simple_tag(takes_context=True)
def card_list(context: Mapping[str, Any], cards: list[Card]) -> SafeString:
    """The cards one below the other; their links keep the language that the reader chose."""
    chosen = chosen_language(context)
    ending = f"?lang={chosen}" if chosen else ""

    def link(record: HasAddress) -> str:
        return record.get_absolute_url() + ending

    return _rendered("cards", cards=cards, link=link)


@register.simple_tag
def bar_chart(chart: BarChart, title: str) -> SafeString:
    """The chart of what `title` says is counted."""
    return _rendered("bar_chart", chart=chart, title=title, how_many=pgettext("how many", "Statements"))


@register.simple_tag(takes_context=True)
def facet_list(context: Mapping[str, Any]) -> SafeString:
    """The facets of the search that the page shows."""
    return _rendered(
        "facets",
        facets=context["facets"],
        chips=context["chips"],
        is_open=bool(context["asked"].more),
        how_many=pgettext("how many", "Statements"),
    )


def _rendered(name: str, **context: Any) -> SafeString:
    return mark_safe(engines["jinja2"].get_template(f"quotes/{name}.html").render(context))  # noqa: S308 - escaped by Jinja
