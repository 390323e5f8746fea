"""The article in a web page, and what the page says of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import trafilatura
from lxml import etree

from articles.text import normalise
from articles.unreadable import UnreadableArticle

EXTRACTOR: Final = f"trafilatura {trafilatura.__version__}"

_BLOCKS: Final = frozenset({"body", "p", "head", "quote", "list", "item", "table", "row", "code", "lb", "div"})
_SPACES: Final = re.compile(r"[ \t\n]+")
_FEWEST_WORDS: Final = 4
_SENTENCE_END: Final = re.compile("[.!?…]")


@dataclass(frozen=True, slots=True)
class Page:
    """An article's text, a paragraph a line, and what its page says; "" where it says nothing."""

    text: str
    title: str
    byline: str
    published: str
    canonical_url: str


def read_page(html: str) -> Page:
    """The article that a page shows; nothing is fetched.

    Extraction is balanced, between trafilatura's precision and recall: a teaser too many is cut
    off by moving the body's range, a paragraph too few could not be brought back. Reader comments
    are left out. The date is the one that the page declares (in its metadata or its address); its
    text is not searched for one, as that would be a guess.
    Raises `UnreadableArticle` (``no_text``) if the page holds no prose.
    """
    document = _extracted(html)
    text = normalise("\n".join(_lines(document.body))) if document else ""
    if not any(_is_prose(line) for line in text.split("\n")):
        raise UnreadableArticle("no_text")
    return Page(
        text=text,
        title=_one_line(document.title),
        byline=_one_line(document.author),
        published=document.date or "",
        canonical_url=_one_line(document.url),
    )


def _extracted(html: str) -> Any:
    # "Any": trafilatura ships no types.
    return trafilatura.bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )


def _lines(body: Any) -> Iterator[str]:
    """The text of each block, without the marks that trafilatura's own output puts before list items."""
    line: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _flushed(line)
        elif element.tag == "cell" and event == "end":
            line.append(" ")
        line.append((element.text if event == "start" else element.tail) or "")
    yield from _flushed(line)


def _flushed(line: list[str]) -> Iterator[str]:
    text = _SPACES.sub(" ", "".join(line)).strip()
    line.clear()
    if text:
        yield text


def _is_prose(line: str) -> bool:
    """A sentence: menus and lists of headlines have none, a footer has its copyright."""
    return not line.startswith("©") and len(line.split()) >= _FEWEST_WORDS and bool(_SENTENCE_END.search(line))


def _one_line(text: str | None) -> str:
    return " ".join(normalise(text or "").split())
