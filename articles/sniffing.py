"""What kind of file some bytes are: a web page, plain text, or neither."""

import re
from pathlib import PurePath
from typing import Final, Literal

from articles.unreadable import UnreadableArticle

MediaType = Literal["text/html", "text/plain"]

_MAGIC: Final = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    # A page saved with its pictures in one file: its text is in parts and encoded.
    (b"From: <Saved by ", "multipart/related"),
)
_UNICODE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml"})
_PAGE_SUFFIXES: Final = frozenset({".html", ".htm", ".xhtml", ".shtml"})
# What a browser or a server says of a file that it does not know.
_UNKNOWN_TYPES: Final = frozenset({"", "application/octet-stream", "application/x-download", "binary/octet-stream"})
_NEVER_TEXT: Final = frozenset({"text/xml", "text/csv", "text/css", "text/javascript", "text/rtf", "text/calendar"})
_PAGE_START: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG: Final = re.compile(r"<[a-z!/][^<>]*>", re.IGNORECASE)
_ENOUGH: Final = 4096
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def refuse_binary(raw: bytes, content_type: str) -> None:
    """Raise `UnreadableArticle` (``wrong_type``) for what is no text, by its bytes or its declared type."""
    start = raw[:_ENOUGH]
    for magic, media_type in _MAGIC:
        if start.lstrip().startswith(magic) or start.startswith(magic):
            raise UnreadableArticle("wrong_type", media_type=media_type)
    declared = bare_type(content_type)
    if not (declared in _PAGE_TYPES | _UNKNOWN_TYPES or declared.startswith("text/")) or declared in _NEVER_TEXT:
        raise UnreadableArticle("wrong_type", media_type=declared)
    if start.startswith(_UNICODE_MARKS) or "utf-16" in content_type.lower() or "utf-32" in content_type.lower():
        return
    if b"\x00" in raw or len(_CONTROL.findall(start)) > len(start) / 100:
        raise UnreadableArticle("wrong_type", media_type="application/octet-stream")


def media_type_of(text: str, *, filename: str, content_type: str) -> MediaType:
    """Web page or plain text: by how the text starts, else by what is declared, if it has tags.

    Raises `UnreadableArticle` (``wrong_type``) for XML that is no web page, such as a feed.
    """
    start = text[:_ENOUGH].lstrip("\ufeff")
    if _PAGE_START.match(start.encode()):
        return "text/html"
    if start.lstrip().lower().startswith(("<?xml", "<rss", "<feed")):
        raise UnreadableArticle("wrong_type", media_type="application/xml")
    declared = bare_type(content_type) in _PAGE_TYPES or PurePath(filename).suffix.lower() in _PAGE_SUFFIXES
    return "text/html" if declared and _TAG.search(text) else "text/plain"


def bare_type(content_type: str) -> str:
    """The media type without its parameters, in lower case."""
    return content_type.partition(";")[0].strip().lower()
