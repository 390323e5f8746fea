"""`manage.py load_registry`: the shipped registry of office holders, or one of your own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils.translation import gettext as _

from quotes.extraction.registry_files import BadRegistry, read_rows
from quotes.registering import register


class Command(BaseCommand):
    help = (
        "Loads who held which office: the registry that comes with the program, or the files and folders named. All or "
        "nothing; a second run changes nothing; what was entered or changed here stays as it is."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="a TOML file, or a folder of such")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            rows = read_rows(*options["files"])
        except (BadRegistry, OSError) as error:
            raise CommandError(str(error)) from error
        loaded = register(rows)
        for remark in loaded.remarks:
            self.stdout.write(remark)
        if made := _counted(loaded.made):
            self.stdout.write(_("Made: %(what)s.") % {"what": made})
        if corrected := _counted(loaded.corrected):
            self.stdout.write(_("Corrected: %(what)s.") % {"what": corrected})
        if not made and not corrected:
            self.stdout.write(_("The registry is here already; nothing was changed."))


def _counted(numbers: dict[type[Model], int]) -> str:
    return ", ".join(f"{model._meta.verbose_name_plural}: {number}" for model, number in numbers.items() if number)
