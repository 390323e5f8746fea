"""A quote as a piece of HTML for other people's pages: text and links alone, so that no script or style is needed."""

import re
from html import escape
from typing import Final

from people.edtf import write
from quotes.citing.cited import Cited
from quotes.citing.phrases import PHRASES
from quotes.citing.references import who_and_when
from quotes.citing.wording import quote_text

# What HTML and XML forbid; a tab and a line feed they take.
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# How a browser sets it by default, roughly: pixels of a line, of a letter in it, and of all that is no letter.
LINE: Final = 26
LETTER: Final = 8
MARGINS: Final = 80


def blockquote(cited: Cited, *, target: str = "") -> str:
    """`<blockquote cite="…" lang="…">` with the words, whose they are, who said them, when, where they are printed, and
    the link that stays. `target`: where its links open, for a page in a frame.

    `cite` is the address of the record, which is there even for a text without an address.
    """
    opens = f' target="{escape(target)}" rel="noopener"' if target else ""
    paragraphs = "\n".join(f"  <p>{clean(line)}</p>" for line in quote_text(cited).split("\n") if line.strip())
    permanent = clean(cited.permanent)
    footer = " ".join(filter(None, [*_about(cited, opens), _link(cited, opens)]))
    return (
        f'<blockquote cite="{permanent}" lang="{clean(cited.language)}">\n{paragraphs}\n'
        f'  <footer lang="{cited.told_in}">{footer}</footer>\n</blockquote>'
    )


def height(cited: Cited, width: int) -> int:
    """About how many pixels it takes at that width; nobody knows the page's own type."""
    words = len(quote_text(cited)) + len(who_and_when(cited)) + len(cited.title) + len(cited.source)
    return MARGINS + LINE * (2 + words * LETTER // max(width, LETTER))


def clean(text: str) -> str:
    """The text as it may stand in HTML, in an attribute as well."""
    return escape(FORBIDDEN.sub(" ", text))


def _about(cited: Cited, opens: str) -> list[str]:
    phrases = PHRASES[cited.told_in]
    title = clean(cited.title or f"[{phrases.untitled}]")
    named = f'<cite lang="{clean(cited.language)}">{title}</cite>' if cited.title else title
    if cited.address:
        named = f'<a href="{clean(cited.address)}"{opens}>{named}</a>'
    published = phrases.published.format(write(cited.published, cited.told_in)) if cited.published else ""
    how = phrases.quoted_in if cited.is_direct else phrases.reported_in
    where = ", ".join(filter(None, [named, clean(cited.source), clean(published)]))
    whose = "" if cited.is_direct else clean(phrases.notes[cited.kind])
    return [f"— {clean(who_and_when(cited))}.", whose, f"{how}: {where}."]


def _link(cited: Cited, opens: str) -> str:
    return f'<a href="{clean(cited.permanent)}"{opens}>{clean(PHRASES[cited.told_in].in_context)}</a>'
