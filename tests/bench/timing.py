"""How long pages take: asked for one after another, by one reader."""

import gzip
import json
import math
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.bench.site import Ask

ROUNDS = 10
GZIP = b"\x1f\x8b"
NEXT_PAGE = re.compile(rb'href="([^"]*)" rel="next"')
# The last of each stretch of pages that are told of together.
STRETCHES = (10, 100, 1_000, 10_000)


@dataclass(frozen=True)
class Case:
    """Pages of one kind, each asked for as often as the others."""

    name: str
    addresses: tuple[str, ...]
    hits: int | None = None  # how many statements the middle one of them finds


@dataclass(frozen=True)
class Took:
    """Milliseconds, in order."""

    every: tuple[float, ...]

    @classmethod
    def of(cls, seconds: Iterable[float]) -> "Took":
        return cls(tuple(sorted(each * 1000 for each in seconds)))

    def share(self, part: float) -> float:
        """What so large a part of them did not exceed: the nearest rank."""
        return self.every[max(math.ceil(part * len(self.every)) - 1, 0)]


@dataclass(frozen=True)
class Measured:
    """What it took to ask for each address so many times; first since a commit of the index, and again."""

    first: Took
    again: Took


def measure(case: Case, ask: Ask, rounds: int = ROUNDS, commit: Callable[[], object] = lambda: None) -> Measured:
    """All addresses in turn, so many times, and so many times more, each time after a `commit`.

    Everything was asked for once before: what a process reads or works out but once in its life is not in it.
    """

    def in_turn() -> list[float]:
        return [once(ask, address)[0] for address in case.addresses]

    in_turn()
    again = [took for _round in range(rounds) for took in in_turn()]
    first: list[float] = []
    for _round in range(rounds):
        commit()
        first += in_turn()
    return Measured(Took.of(first), Took.of(again))


def once(ask: Ask, address: str) -> tuple[float, bytes]:
    """Seconds, and the page; an error where it is none."""
    started = time.perf_counter()
    status, body = ask(address)
    took = time.perf_counter() - started
    if status != 200:
        raise AssertionError(f"{address} answers {status}")
    return took, body


def paging(ask: Ask, address: str, last: int, keep: Callable[[str], object] = lambda _address: None) -> dict[str, Took]:
    """From page to page by the pages' own links, or by the API's `next`, at most to the `last` one; what each stretch took, by its name.

    `keep` is told each address that was asked for.
    """
    seconds: list[float] = []
    following: str | None = address
    while following and len(seconds) < last:
        keep(following)
        took, body = once(ask, following)
        seconds.append(took)
        following = _next_page(gzip.decompress(body) if body.startswith(GZIP) else body)
    stretches = {}
    first = 1
    for end in STRETCHES:
        if part := seconds[first - 1 : end]:
            stretches[f"pages {first} to {first - 1 + len(part)}"] = Took.of(part)
        first = end + 1
    return stretches


def _next_page(body: bytes) -> str | None:
    if body.startswith(b"{"):
        following = json.loads(body)["next"]
        return urlsplit(following)._replace(scheme="", netloc="").geturl() if following else None
    found = NEXT_PAGE.search(body)
    return found[1].decode().replace("&amp;", "&") if found else None
