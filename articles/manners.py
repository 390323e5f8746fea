"""How sites are visited in the background: at a pace that all workers share, and as far as robots.txt allows."""

import datetime
import time
from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.utils import timezone
from protego import Protego

from articles.bringing import USER_AGENT, fetcher
from articles.fetching import NotFetched, Target
from articles.models import Host

ROBOTS_HOLD = datetime.timedelta(hours=24)
# How long a site whose robots.txt can't be had is left alone, before that is asked for again.
ROBOTS_PAUSE = datetime.timedelta(hours=1)
ROBOTS_MAX_BYTES = 1024 * 1024
LONGEST_PACE = 300  # seconds
LONGEST_HOLD = datetime.timedelta(days=1)
# A redirect waits for its turn in place, if it comes within so many seconds.
PATIENCE = 15

_TAKE_TURN = """
    INSERT INTO articles_host AS host (name, free_at) VALUES (%(name)s, clock_timestamp() + %(seconds)s * interval '1 second')
    ON CONFLICT (name) DO UPDATE SET free_at = clock_timestamp() + %(seconds)s * interval '1 second' WHERE host.free_at <= clock_timestamp()
    RETURNING true
"""


class NotYet(Exception):  # noqa: N818 - the name says what happened
    """Another request to the site has to wait until `until`."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(until)
        self.until = until


class Visit:
    """The manners of one fetch: to be called ahead of each of its requests, as `Fetcher.fetch` does with `before`."""

    def __init__(self) -> None:
        self._is_begun = False

    def __call__(self, target: Target) -> None:
        """Returns when the request may be made. Raises `NotYet`, or `NotFetched` for what robots.txt forbids."""
        self._wait_for_turn(target.name)
        host = Host.objects.get(name=target.name)
        if host.robots_until is None or host.robots_until <= timezone.now():
            host = _ask_for_robots(target)
            self._wait_for_turn(target.name)
        if host.robots is None:
            raise NotFetched("fetch_robots_unknown", is_passing=True, host=target.host)
        if not _rules(host).can_fetch(target.address, USER_AGENT):
            raise NotFetched("fetch_robots", host=target.host)
        self._is_begun = True

    def _wait_for_turn(self, name: str) -> None:
        """Takes the site's next turn: at once, or after a short wait where the fetch has begun already."""
        while until := take_turn(name):
            wait = (until - timezone.now()).total_seconds()
            if not self._is_begun or wait > PATIENCE:
                raise NotYet(until)
            time.sleep(max(wait, 0.01))


def take_turn(name: str) -> datetime.datetime | None:
    """None where the site may be asked now, and nobody else is let to it until its pace is over; else when it may be."""
    host = Host.objects.filter(name=name).first()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE_TURN, {"name": name, "seconds": _pace(host)})
        if cursor.fetchone():
            return None
    return Host.objects.get(name=name).free_at


def hold(name: str, wait: datetime.timedelta) -> None:
    """The site asks to be left alone for so long."""
    until = timezone.now() + min(wait, LONGEST_HOLD)
    Host.objects.filter(name=name, free_at__lt=until).update(free_at=until)


def _pace(host: Host | None) -> float:
    """The seconds between two requests: ours, or as many as the site asks for."""
    asked = float(_rules(host).crawl_delay(USER_AGENT) or 0) if host else 0.0
    return min(max(asked, settings.FETCH_PACE_SECONDS), LONGEST_PACE)


def _rules(host: Host) -> Protego:
    return Protego.parse(host.robots or "")


def _ask_for_robots(target: Target) -> Host:
    """The host with its rules as they are now (RFC 9309): a site without them allows all, a silent one nothing."""
    robots: str | None
    asking = replace(fetcher(), max_bytes=ROBOTS_MAX_BYTES)
    try:
        answer = asking.fetch(replace(target, path="/robots.txt").address)
    except NotFetched as failure:
        robots = None if failure.is_passing and failure.code != "fetch_gone" else ""
    else:
        robots = answer.raw.decode("utf-8", "replace").replace("\0", "")
    until = timezone.now() + (ROBOTS_PAUSE if robots is None else ROBOTS_HOLD)
    Host.objects.filter(name=target.name).update(robots=robots, robots_until=until)
    return Host.objects.get(name=target.name)
