"""Pages that stand in for an article: they lead elsewhere, ask to log in or to pay, or say that it is gone."""

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from articles.address import is_front_page

Stub = Literal["fetch_front_page", "fetch_login", "fetch_gone", "fetch_challenge", "fetch_paywall", ""]

_HEAD: Final = 64 * 1024
_AT_ONCE: Final = 5  # Seconds. Pages that reload themselves do it after minutes.
# What only a browser without scripts would do, and what is commented out. What is not closed goes on to the end, and
# lengths are bounded, so that a hostile page costs no more time than its length.
_ASIDE: Final = re.compile(
    rb"<!--.*?(?:-->|\Z)|<noscript\b.*?(?:</noscript\s*>|\Z)|<script\b.*?(?:</script\s*>|\Z)", re.I | re.S
)
_META: Final = re.compile(rb"<meta\b[^>]{0,600}>", re.IGNORECASE)
_REFRESH: Final = re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh\b", re.IGNORECASE)
_WHERE: Final = re.compile(
    rb"content\s*=\s*[\"']?\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'>\s]+)", re.I
)
_LOGIN: Final = re.compile(r"/(?:log-?in|sign-?in|auth|authorize|passport|sso|account/login|vhod)(?:[/.?]|$)", re.I)
_TITLE: Final = re.compile(r"<title\b[^>]{0,200}>(.{0,400}?)</title", re.IGNORECASE | re.DOTALL)
_GONE: Final = re.compile(
    r"(?:ошибка\s+)?404\b|(?:страница|материал|старонка)\s+не\s+(?:найдена?|існуе|знойдзена)|(?:page\s+)?not\s+found\b",
    re.I,
)
_CHALLENGE: Final = re.compile(
    r"just a moment|attention required|checking your browser|ddos-guard|verify you are human|are you a robot"
    r"|доступ ограничен|проверка браузера|подтвердите, что (?:вы не робот|запросы)|вы не робот",
    re.IGNORECASE,
)
_NOT_FREE: Final = re.compile(
    r"[\"']isAccessibleForFree[\"']\s*:\s*(?:[\"']\s*)?(?:https?://schema.org/)?false\b", re.I
)


def refresh_in(raw: bytes) -> str:
    """Where the page sends its reader at once, as it is written there; "" for a page that is one to be read."""
    for meta in _META.findall(_ASIDE.sub(b" ", raw[:_HEAD])):
        where = _WHERE.search(meta)
        if where and _REFRESH.search(meta) and int(where[1]) <= _AT_ONCE:
            return where[2].decode("utf-8", "replace").replace("&amp;", "&")
    return ""


def stub_of(html: str, asked: str, came_to: str) -> Stub:
    """Why the page is not the article that was asked for; "" where nothing speaks against it.

    `asked` and `came_to` are the addresses before and after the redirects.
    """
    if is_front_page(came_to):
        return "fetch_front_page"
    if _LOGIN.search(urlsplit(came_to).path) and not _LOGIN.search(urlsplit(asked).path):
        return "fetch_login"
    found = _TITLE.search(html[:_HEAD])
    title = found[1].strip() if found else ""
    if _GONE.match(title):
        return "fetch_gone"
    if _CHALLENGE.match(title):
        return "fetch_challenge"
    return "fetch_paywall" if _NOT_FREE.search(html) else ""
