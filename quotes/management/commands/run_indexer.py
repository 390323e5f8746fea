"""`manage.py run_indexer`: follows the database's changes until it is told to stop."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from quotes.search.following import follow
from quotes.search.index import IndexLocked, IndexUnavailable
from quotes.search.published import index

# Well under the second within which a change has to be found.
PAUSE_SECONDS = 0.2
RETRY_SECONDS = 1.0

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Keeps the search index equal to what is published, from the database's table of changes."""

    help = "Keeps the search index equal to what is published. Rebuilds it where it is missing. Runs until stopped."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        waits = False
        while not stop.is_set():
            try:
                follow(index(), pause=lambda: stop.wait(PAUSE_SECONDS))
            except IndexLocked:
                if not waits:
                    log.info("another process keeps the search index; waiting for it to end")
                waits = True
                stop.wait(RETRY_SECONDS)
                continue
            except IndexUnavailable as taken_away:
                log.warning("%s", taken_away)
                # Where it stays so (a disk that can't be read), trying again is no reason to be busy.
                stop.wait(PAUSE_SECONDS)
            except (OperationalError, InterfaceError) as lost:
                log.warning("the database does not answer: %s", lost)
                connection.close()
                stop.wait(RETRY_SECONDS)
            waits = False
