"""`manage.py release`: writes everything that is published into a folder named by the day, once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from quotes.pages.linked_data import Site
from quotes.releasing.making import Licence, Refused, release


class Command(BaseCommand):
    """Makes a release of today; refuses to make a second one."""

    help = (
        "Writes a data package of everything published into RELEASES_DIR, in a folder named by the day. Needs DATA_LICENCE, "
        "DATA_LICENCE_ADDRESS and SITE_ADDRESS."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name in ("DATA_LICENCE", "DATA_LICENCE_ADDRESS", "SITE_ADDRESS"):
            if not getattr(settings, name):
                raise CommandError(f"Set {name}: a release says under which licence it is, and where the site stands.")
        site = Site(lambda path: f"{settings.SITE_ADDRESS.rstrip('/')}{path}")
        licence = Licence(settings.DATA_LICENCE, settings.DATA_LICENCE_ADDRESS)
        try:
            made = release(timezone.localdate().isoformat(), settings.RELEASES_DIR, site, licence)
        except Refused as error:
            raise CommandError(str(error)) from error
        counts = ", ".join(f"{count} {name}" for name, count in made.package["counts"].items())
        self.stdout.write(f"{made.folder}: {counts}")
