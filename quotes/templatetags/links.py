"""Links inside the site. A language chosen by `?lang=` goes along from page to page; the address that stays has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language, get_language_info

from quotes.pages.permalinks import HasAddress

register = template.Library()

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The page that is shown, in another language."""

    code: str
    name: str
    address: str
    is_current: bool


@register.simple_tag(takes_context=True)
def chosen_language(context: Context) -> str:
    """The language that the reader chose by `?lang=`; empty where the browser's wish holds."""
    request: HttpRequest | None = context.get("request")
    asked = request.GET.get("lang", "") if request else ""
    return asked if asked and asked in dict(settings.LANGUAGES) else ""


@register.simple_tag(takes_context=True)
def to(context: Context, target: HasAddress | str, *parts: Any, **query: Any) -> str:
    """The address of a record, or of a page by its pattern's name and parts, in the language that was chosen."""
    address = reverse(target, args=parts) if isinstance(target, str) else target.get_absolute_url()
    chosen = chosen_language(context)
    return _with_query(address, query | {"lang": chosen}) if query or chosen else address


@register.simple_tag(takes_context=True)
def this_page(context: Context, **changes: Any) -> str:
    """The shown page's own address with some of its query changed; None or an empty text takes a part out."""
    query: QueryDict = context["request"].GET
    return _with_query(context["request"].path, query.dict() | changes)


@register.simple_tag(takes_context=True)
def absolute(context: Context, address: str) -> str:
    """The whole address, from https:// on."""
    return str(context["request"].build_absolute_uri(address))


@register.simple_tag
def spoken_languages() -> list[str]:
    """The codes of the languages that the interface speaks."""
    return list(settings.SPOKEN_LANGUAGES)


@register.simple_tag(takes_context=True)
def in_each_language(context: Context) -> list[LanguageLink]:
    """The shown page in each language that the interface speaks, named in that language."""
    return [
        LanguageLink(
            code, str(get_language_info(code)["name_local"]), this_page(context, lang=code), code == get_language()
        )
        for code in settings.SPOKEN_LANGUAGES
    ]


def _with_query(address: str, query: Mapping[str, Any]) -> str:
    given = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{address}?{urlencode(given)}" if given else address
