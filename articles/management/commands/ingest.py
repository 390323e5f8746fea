"""`manage.py ingest`: takes in articles from files, from standard input or by their addresses."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from articles.bringing import bring
from articles.ingest import Ingested, User, ingest, source_called
from articles.models import Snapshot, Source
from articles.refusals import NotTakenIn, too_large
from people.dating import KnownBy
from people.fields import canonical

STANDARD_INPUT = "-"
WEB = ("http://", "https://")
OF_ONE_FILE = ("address", "title", "published")


class Command(BaseCommand):
    help = (
        "Takes in articles from web pages (HTML) and plain text files; “-” is standard input, and what begins with "
        "https:// or http:// is fetched. Each is taken in whole or not at all; the same one again is found, not doubled. "
        "Works beside the running site."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a page or a text; “-” for standard input; an address"
        )
        parser.add_argument("--source", help="who published it: name, site or id; not needed where the site is known")
        parser.add_argument("--address", default="", help="where it was published; else the page's canonical address")
        parser.add_argument("--title", default="", help="else the page's title, else the first sentence")
        parser.add_argument("--published", help="date of publication, for example “4 марта 2024” or 2024-03-04")
        parser.add_argument(
            "--published-known",
            choices=KnownBy.values,
            default=KnownBy.PUBLICATION,
            help="how that date is known (default: %(default)s)",
        )
        parser.add_argument("--language", default="", help="two letters: ru, be, en; else it is recognised")
        parser.add_argument("--as", dest="username", help="the user whom history names; else the database's role")

    def handle(self, *_args: Any, **options: Any) -> None:
        files: list[str] = options["files"]
        if len(files) > 1 and (given := [name for name in OF_ONE_FILE if options[name]]):
            raise CommandError(_("--%(option)s belongs to one article. Give one file.") % {"option": given[0]})
        if options["address"] and files[0].startswith(WEB):
            raise CommandError(_("Give the page to fetch without --address: it is known where it was published."))
        said = {
            "by": _user(options["username"]),
            "source": _source(options["source"]),
            "address": options["address"],
            "title": options["title"],
            "published": _date(options["published"]),
            "published_known": options["published_known"],
            "language": options["language"],
        }
        failed = [name for name in files if not self._took_in(name, said)]
        if failed:
            raise CommandError(_("Not taken in: %(files)s") % {"files": ", ".join(failed)})

    def _took_in(self, name: str, said: dict[str, Any]) -> bool:
        """Says what became of the file, or why nothing did."""
        try:
            ingested = _ingested(name, said)
        except OSError as error:
            self.stderr.write(f"{name}: {error.strerror or error}")
        except NotTakenIn as refusal:
            self.stderr.write(f"{name}: {refusal}{_hint(refusal)}")
        else:
            self.stdout.write(f"{name}: {_outcome(ingested)}")
            return True
        return False


def _ingested(name: str, said: dict[str, Any]) -> Ingested:
    if name.startswith(WEB):
        return bring(name, **{fact: value for fact, value in said.items() if fact != "address"})
    filename = "" if name == STANDARD_INPUT else Path(name).name
    return ingest(_bytes_of(name), method=Snapshot.Method.FILE, filename=filename, **said)


def _bytes_of(name: str) -> bytes:
    """The file's bytes; a file that is too large is not read whole."""
    limit = settings.INGEST_MAX_BYTES + 1
    if name == STANDARD_INPUT:
        raw = sys.stdin.buffer.read(limit)
    else:
        with Path(name).open("rb") as file:
            raw = file.read(limit)
    if len(raw) == limit:
        raise too_large(settings.INGEST_MAX_BYTES)
    return raw


def _outcome(ingested: Ingested) -> str:
    snapshot = ingested.snapshot
    if ingested.is_new_article:
        what = _("new article %(article)s, snapshot %(snapshot)s")
    elif ingested.is_new_snapshot:
        what = _("new snapshot %(snapshot)s of article %(article)s")
    else:
        what = _("already here: snapshot %(snapshot)s of article %(article)s")
    ids = {"article": ingested.article.public_id, "snapshot": snapshot.public_id}
    body = _("body %(start)s–%(end)s of %(length)s characters")
    bounds = {"start": snapshot.body_start, "end": snapshot.body_end, "length": len(snapshot.text)}
    return f"{what % ids}, {body % bounds}"


def _hint(refusal: NotTakenIn) -> str:
    """The option that answers the question."""
    return f" (--{refusal.field.replace('_', '-')})" if refusal.field else ""


def _user(username: str | None) -> User | None:
    if username is None:
        return None
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(username)
    except users.DoesNotExist as error:
        raise CommandError(_("There is no user “%(name)s”. Check --as.") % {"name": username}) from error


def _source(text: str | None) -> Source | None:
    try:
        return None if text is None else source_called(text)
    except NotTakenIn as refusal:
        raise CommandError(f"{refusal}{_hint(refusal)}") from refusal


def _date(text: str | None) -> str | None:
    try:
        return canonical(text) if text else None
    except ValidationError as error:
        raise CommandError(f"--published: {' '.join(error.messages)}") from error
