"""The researcher's guide, docs/guide.*.md, as a page of the admin."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from markdown_it.token import Token

DOCS = settings.BASE_DIR / "docs"
# Where the pictures of the docs are among the static files.
PICTURES = "docs/images/"


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide in one language; `chapters` are pairs of an anchor and a heading."""

    title: str
    html: SafeString
    chapters: list[tuple[str, str]]


@cache
def guide_in(language: str) -> Guide:
    """The guide in `ru`, `be` or `en`."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse((DOCS / f"guide.{language}.md").read_text(encoding="utf-8"))
    headings = [(one, text) for one, text in pairwise(tokens) if one.type == "heading_open"]
    title = headings[0][1].content
    chapters = []
    for number, (heading, text) in enumerate(headings[1:], start=1):
        heading.attrSet("id", f"h{number}")
        if heading.tag == "h2":
            chapters.append((f"h{number}", text.content))
    for token in tokens:
        _place_pictures(token)
    # The page has the title as its own heading; the docs are ours, and raw HTML in them is shown as text.
    html = markdown.renderer.render(tokens[3:], markdown.options, {})
    return Guide(title, mark_safe(html), chapters)  # noqa: S308


def _place_pictures(token: "Token") -> None:
    for part in token.children or []:
        if part.type == "image":
            part.attrSet("src", static(PICTURES + str(part.attrGet("src")).removeprefix("images/")))
            part.attrSet("loading", "lazy")


def read_guide(request: HttpRequest, site: "AdminSite") -> HttpResponse:
    """The guide in the reader's language, one of those that the site speaks."""
    language = get_language() or settings.LANGUAGE_CODE
    guide = guide_in(language)
    context = {**site.each_context(request), "title": guide.title, "guide": guide, "guide_language": language}
    return TemplateResponse(request, "admin/quotes/guide.html", context)
