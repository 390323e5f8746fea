"""From bytes to text, without guessing where something better than a guess is there."""

import codecs
import re
from typing import Final

from articles.unreadable import UnreadableArticle

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Servers send these for anything, and browsers, too, take them for Windows' Western code page.
_SAID_OF_ANYTHING: Final = frozenset({"ascii", "iso8859-1", "cp1252"})
_WIDE: Final = ("utf-16", "utf-32")
# Python's own, which no page is written in but a hostile one may name; "" is an unknown name.
_NOT_OF_FILES: Final = frozenset({"", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
_CYRILLIC: Final = ("cp1251", "koi8-u", "cp866", "iso8859-5")
_LATIN: Final = ("cp1252", "cp1250", "cp1257")
_FREQUENT: Final = frozenset("оеаинтсрвлкідзьы")
_MEANT: Final = 1.25  # Measured: prose in its own code page scores 1.6-1.7, in another one at most 1.0.
_DECLARED: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE | re.ASCII)
_XML_DECLARED: Final = re.compile(r"<\?xml[^>]*encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE | re.ASCII)
_HEAD: Final = 4096  # HTML lets the declaration stand in the first 1024 bytes; pages are not so strict.
_SAMPLE: Final = 100_000
_C1: Final = re.compile("[\x80-\x9f]")
_BESIDE_ASCII: Final = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff](?=[A-Za-z])")


def decode(raw: bytes, *, content_type: str = "") -> tuple[str, str]:
    """The text and the name of its encoding, as Python spells it.

    By the byte order mark; else UTF-8, if the bytes are valid UTF-8, whatever is declared: prose
    in another encoding never is; else as the server, then as the page declares; else by the look
    of the letters. Raises `UnreadableArticle` (``wrong_encoding``) if nothing fits.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _strictly(raw, encoding), encoding.removesuffix("-sig")
    declared = _declared(raw, content_type)
    # Wide characters show by their zero bytes: UTF-16 passes for UTF-8, and a page in bytes for UTF-16.
    candidates = [name for name in ("utf-8", *declared) if name.startswith(_WIDE) == (b"\x00" in raw)]
    for encoding in candidates:
        text = _decoded(raw, encoding) if encoding not in _SAID_OF_ANYTHING else None
        if text is not None and (encoding == "utf-8" or not _C1.search(text)):
            return text, encoding
    encoding = _by_letters(raw) or _western(declared) or _by_punctuation(raw)
    return _strictly(raw, encoding), encoding


def _strictly(raw: bytes, encoding: str) -> str:
    text = _decoded(raw, encoding)
    if text is None:
        raise UnreadableArticle("wrong_encoding")
    return text


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError):  # LookupError: no such encoding, or not one of text
        return None


def _declared(raw: bytes, content_type: str) -> list[str]:
    """What the server and then the page say, as Python spells it."""
    head = raw[:_HEAD].decode("latin-1")
    said = [*_DECLARED.findall(content_type), *_XML_DECLARED.findall(head), *_DECLARED.findall(head)]
    return [name for label in said if (name := _python_name(label)) not in _NOT_OF_FILES]


def _python_name(label: str) -> str:
    try:
        return codecs.lookup(label.lower().removeprefix("x-")).name
    except LookupError:
        return ""


def _by_letters(raw: bytes) -> str:
    """The Cyrillic code page in which the letters beyond ASCII are mostly small and frequent ones.

    The code pages differ in where they put small and capital letters, so that prose read by a
    wrong one is full of capitals, frames and signs.
    """
    sample = raw[:_SAMPLE]
    beyond = bytes(byte for byte in sample if byte > 0x7F)
    if len(_BESIDE_ASCII.findall(sample)) > len(beyond) / 4:  # «déjà»: Latin words with accents
        return ""
    scores = {encoding: _likeness(beyond.decode(encoding, "replace")) for encoding in _CYRILLIC}
    best = max(scores, key=lambda encoding: scores[encoding])
    return best if scores[best] > _MEANT else ""


def _likeness(letters: str) -> float:
    """0-2: the share of small Cyrillic letters and that of the frequent ones among them."""
    small = sum("а" <= char <= "џ" for char in letters)
    frequent = sum(char in _FREQUENT for char in letters)
    return (small + frequent) / max(len(letters), 1)


def _western(declared: list[str]) -> str:
    return "cp1252" if _SAID_OF_ANYTHING.intersection(declared) else ""


def _by_punctuation(raw: bytes) -> str:
    """Windows' Western code page, if its neighbours read the bytes alike: “it’s”, « », é, ü."""
    readings = {_decoded(raw, encoding) for encoding in _LATIN}
    ascii_letters = len(re.findall(rb"[A-Za-z]", raw))
    is_latin = ascii_letters > sum(byte > 0x7F for byte in raw)
    return _LATIN[0] if is_latin and len(readings) == 1 else ""
