"""`manage.py prune_changes`: shortens the table of changes now."""

from typing import Any

from django.core.management.base import BaseCommand

from quotes.mirroring import prune


class Command(BaseCommand):
    """Deletes the changes that later ones say again."""

    help = (
        "Deletes the changes that later ones say again. No copy and no index misses anything; the worker does it daily."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(f"deleted: {prune()} changes")
