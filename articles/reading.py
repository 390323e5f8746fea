"""What an article's file says: its text, and what is known of it from the file alone."""

from dataclasses import dataclass

from articles.decoding import decode
from articles.language import language_of
from articles.page import EXTRACTOR, read_page
from articles.sniffing import MediaType, media_type_of, refuse_binary
from articles.text import normalise
from articles.unreadable import UnreadableArticle

__all__ = ["Reading", "UnreadableArticle", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An article as read from a file. What the file does not say is "".

    ``text`` is normalised, a paragraph a line where it comes from a page; ``media_type`` is what
    the file turned out to be; ``encoding`` as Python spells it; ``published`` an ISO date;
    ``language`` an ISO 639-1 code; ``canonical_url`` as the page gives it, which may be no address
    at all; ``extractor`` names what found the text, with its version.
    """

    text: str
    media_type: MediaType
    encoding: str
    title: str = ""
    byline: str = ""
    published: str = ""
    language: str = ""
    canonical_url: str = ""
    extractor: str = "plain text"


def read(raw: bytes, *, filename: str = "", content_type: str = "") -> Reading:
    """What the bytes of a web page or a plain text say; nothing is fetched.

    ``filename`` and ``content_type`` (with its charset) are what the sender says; the bytes count
    more. Raises `UnreadableArticle`: ``wrong_type`` (PDF, picture, archive, feed), ``wrong_encoding``,
    ``empty`` (nothing or white space), ``no_text`` (a page without an article).
    """
    refuse_binary(raw, content_type)
    decoded, encoding = decode(raw, content_type=content_type)
    if not any(char.isprintable() and not char.isspace() for char in decoded):
        raise UnreadableArticle("empty")
    media_type = media_type_of(decoded, filename=filename, content_type=content_type)
    if media_type == "text/html":
        return _reading_of_page(decoded, encoding)
    text = normalise(decoded)
    return Reading(text=text, media_type=media_type, encoding=encoding, language=language_of(text))


def _reading_of_page(html: str, encoding: str) -> Reading:
    page = read_page(html)
    return Reading(
        text=page.text,
        media_type="text/html",
        encoding=encoding,
        title=page.title,
        byline=page.byline,
        published=page.published,
        language=language_of(page.text),
        canonical_url=page.canonical_url,
        extractor=EXTRACTOR,
    )
