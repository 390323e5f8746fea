"""`manage.py rebuild_index`: fills the search index anew, once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.search.following import rebuild
from quotes.search.index import IndexLocked, IndexUnavailable
from quotes.search.published import index


class Command(BaseCommand):
    """Fills a new index from the database; searches are answered by the old one until it is ready."""

    help = "Fills the search index anew from the database. Stop the indexer first; it rebuilds by itself when needed."

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            count = rebuild(index())
        except (IndexLocked, IndexUnavailable) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} statements indexed")
