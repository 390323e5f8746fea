"""Web addresses: one spelling of each, whose site it is, and the date that some of them hold."""

import re
from datetime import date
from itertools import product
from typing import Final
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

LONGEST: Final = 2000  # Bytes; what a unique index can hold, and more than browsers and servers agree on.

# Marks of who sent the reader; the page is the same without them.
_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|yclid|ysclid|_openstat|mc_[ce]id|igshid")
_PORTS: Final = {"http": 80, "https": 443}
_SAME_SITE: Final = ("www.", "m.")

_YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
_DATES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        # /2024/03/04/, /2024-03-04-most
        rf"(?<!\d){_YEAR}([/_.-])(?P<month>\d\d?)\2(?P<day>\d\d?)(?!\d)",
        # /04-03-2024/, the day first, as is usual here
        rf"(?<!\d)(?P<day>\d\d?)([/_.-])(?P<month>\d\d?)\2{_YEAR}(?!\d)",
        # /20240304/ and /04032024/ only as a whole part of the path: elsewhere eight digits are some number
        rf"/{_YEAR}(?P<month>\d\d)(?P<day>\d\d)(?=[/.]|$)",
        rf"/(?P<day>\d\d)(?P<month>\d\d){_YEAR}(?=[/.]|$)",
        # /2024/03/
        rf"/{_YEAR}/(?P<month>\d\d)/",
    )
)


class BadAddress(ValueError):  # noqa: N818 - the name says what it is
    """A text that is no web address; `str()` is that text."""


def normal_address(text: str) -> str:
    """The address in one spelling, so that the same page has the same one.

    Scheme and host in small letters, the host and what is not ASCII encoded, without the default port, the fragment
    and what only tells where the reader came from (utm_source and the like). Raises `BadAddress` for everything that is
    not a whole http or https address of at most `LONGEST` bytes.
    """
    try:
        parts = urlsplit(text.strip())
        address = f"{parts.scheme.lower()}://{_authority(parts)}{_quoted(parts.path) or '/'}{_query(parts.query)}"
    except ValueError as error:  # a broken port, IPv6 or international name
        raise BadAddress(text) from error
    is_web = parts.scheme.lower() in _PORTS and "." in (parts.hostname or "")
    if not is_web or re.search(r"\s", text.strip()) or len(address) > LONGEST:
        raise BadAddress(text)
    return address


def same_addresses(address: str) -> list[str]:
    """All spellings under which a site gives the page of a normal address: with and without www, https or not."""
    scheme, _, rest = address.partition("://")
    bare = rest.removeprefix("www.")
    ends = [bare] if "?" in bare else [bare.removesuffix("/"), f"{bare.removesuffix('/')}/"]
    spellings = {f"{s}://{w}{end}" for s, w, end in product(_PORTS, ("", "www."), ends)}
    return sorted(spellings | {f"{scheme}://{rest}"})


def host_of(address: str) -> str:
    """The site's name without www. or m.; "" where the address has none."""
    host = (urlsplit(address).hostname or "").lower()
    for prefix in _SAME_SITE:
        host = host.removeprefix(prefix) if host.count(".") > 1 else host
    return host


def same_hosts(address: str) -> list[str]:
    """The names under which the site of an address may be on record, international ones in both spellings."""
    host = host_of(address)
    if not host:
        return []
    names = {host, _decoded(host)}
    return sorted(names | {f"{prefix}{name}" for prefix, name in product(_SAME_SITE, names)})


def is_same_site(address: str, other: str) -> bool:
    """Whether the two addresses are on one site, or one on a part of the other's: amp.example.com, example.com."""
    host, other_host = host_of(address), host_of(other)
    if not host or not other_host:
        return False
    return host == other_host or host.endswith(f".{other_host}") or other_host.endswith(f".{host}")


def is_front_page(address: str) -> bool:
    """A site's front page: some sites name it as the canonical address of every article."""
    parts = urlsplit(address)
    return parts.path in {"", "/"} and not parts.query


def date_in(address: str) -> str:
    """The date that the address's path holds, as a day or a month (ISO 8601); "" where it holds none."""
    path = urlsplit(address).path
    for pattern in _DATES:
        for match in pattern.finditer(path):
            if found := _written(match.groupdict()):
                return found
    return ""


def _written(parts: dict[str, str]) -> str:
    year, month, day = int(parts["year"]), int(parts["month"]), int(parts.get("day", "1"))
    try:
        written = date(year, month, day).isoformat()
    except ValueError:  # no such day: the digits mean something else
        return ""
    return written if "day" in parts else written[: len("2024-03")]


def _authority(parts: SplitResult) -> str:
    """Host and port, without a user's name and password."""
    host = (parts.hostname or "").encode("idna").decode("ascii")
    return f"{host}:{parts.port}" if parts.port not in {None, _PORTS.get(parts.scheme.lower())} else host


def _decoded(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


def _quoted(path: str) -> str:
    return quote(path, safe="/%:@!$&'()*+,;=~-._")


def _query(query: str) -> str:
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair[0])]
    if not kept:
        return ""
    # Untouched where nothing goes: a server may tell «?a» from «?a=».
    return f"?{urlencode(kept) if len(kept) < len(pairs) else quote(query, safe='%/?:@!$&()*+,;=~-._')}"
