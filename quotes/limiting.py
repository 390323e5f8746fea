"""Counting the requests of each client of the API, over all processes of the site.

The counts lie in one unlogged table. A request is one short statement there, which locks its own client's row for as long
as it runs and waits for no disk. What is counted is forgotten when its window is over.
"""

from dataclasses import dataclass

from django.db import connection

WINDOW = 60  # seconds, from a client's first request on
# One reading of the clock decides both columns; it is a moment old where the row was locked.
COUNT = """
    INSERT INTO quotes_requestcount AS c (client, since, requests) VALUES (%(client)s, clock_timestamp(), 1)
    ON CONFLICT (client) DO UPDATE SET
        requests = CASE WHEN c.since > EXCLUDED.since - %(window)s * interval '1 s' THEN c.requests + 1 ELSE 1 END,
        since = CASE WHEN c.since > EXCLUDED.since - %(window)s * interval '1 s' THEN c.since ELSE EXCLUDED.since END
    RETURNING requests, ceil(extract(epoch FROM since + %(window)s * interval '1 s' - clock_timestamp()))::int
"""
FORGET = "DELETE FROM quotes_requestcount WHERE since <= clock_timestamp() - %(window)s * interval '1 s'"


@dataclass(frozen=True)
class Counted:
    """The requests of a client in the present window, this one included, and the seconds until it is over."""

    requests: int
    seconds: int


def count(client: str) -> Counted:
    """Counts one more request of the client."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"client": client, "window": WINDOW})
        requests, seconds = cursor.fetchone()
    return Counted(requests, max(1, seconds))


def forget() -> int:
    """Erases the counts whose window is over, and with them what stands for their clients' addresses; how many."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, {"window": WINDOW})
        return int(cursor.rowcount)
