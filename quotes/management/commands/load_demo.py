"""`manage.py load_demo`: a small record to look at, with an account for each kind of work."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from quotes.demo.accounts import PasswordMissing, staff_the_desk
from quotes.demo.loading import load, wait_for_others


class Command(BaseCommand):
    help = (
        "Loads the demo: sample articles, what is quoted from them, and the accounts annotator, reviewer and editor, "
        "whose passwords are read from DEMO_ANNOTATOR_PASSWORD, DEMO_REVIEWER_PASSWORD and DEMO_EDITOR_PASSWORD. All "
        "or nothing; a second run changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset-passwords", action="store_true", help="give the accounts that are here the passwords of now, too"
        )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        wait_for_others()
        try:
            desk = staff_the_desk(os.environ, reset=options["reset_passwords"], say=self.stdout.write)
        except PasswordMissing as error:
            raise CommandError(str(error)) from error
        if not load(desk, self.stdout.write):
            self.stdout.write(_("The demo is here already; nothing was changed."))
