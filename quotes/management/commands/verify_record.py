"""`manage.py verify_record`: checks the whole record now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from quotes.verifying import verify


class Command(BaseCommand):
    """Checks every hash and every quoted word against the archive; exits with 1 where anything does not hold."""

    help = "Checks every hash and every quoted word against the archive. The worker does it once an hour."

    def handle(self, *_args: Any, **_options: Any) -> None:
        found = verify()
        if found.faults:
            raise CommandError("\n".join(f"{fault['rule']}: {fault['id']}" for fault in found.faults))
        self.stdout.write(
            f"{found.snapshots} snapshots, {found.spans} spans, {found.statements} published statements: all hold"
        )
