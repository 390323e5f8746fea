"""The whole demo, from its data files to published statements."""

import hashlib
from collections.abc import Callable, Mapping, Sequence

from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext as _

from articles.ingest import ingest
from articles.models import Snapshot
from people.acting import acting
from quotes.assigning import finish
from quotes.demo.accounts import Desk
from quotes.demo.catalogue import Catalogue, load_catalogue
from quotes.demo.files import Publication, Said, publications
from quotes.demo.writing import write
from quotes.models import Assignment, Statement

LONGEST_WORDS = 60
WITH_THEIR_AUTHOR = {Statement.State.DRAFT, Statement.State.RETURNED}


def wait_for_others() -> None:
    """No other loader is at work until the transaction ends; two at once would make everything twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('load_demo', 0))")


def load(desk: Desk, say: Callable[[str], None]) -> bool:
    """Articles that are not here yet are taken in, with what is quoted from them; whether there were any.

    An article that is here is left alone with all its statements, whatever people have made of them since. `say` gets a
    line about each thing made.
    """
    entries = publications()
    here = _here(entries)
    fresh = [entry for entry in entries if entry.key not in here]
    if not fresh:
        return False
    catalogue = load_catalogue(desk, lambda row: say(_line(row)))
    snapshots = here | {entry.key: _take_in(entry, desk, catalogue, say) for entry in fresh}
    for entry in fresh:
        for said in entry.statements:
            say(_line_of_statement(write(said, desk, catalogue, snapshots), said))
    _finish(fresh, desk, snapshots)
    return True


def _finish(entries: Sequence[Publication], desk: Desk, snapshots: Mapping[str, Snapshot]) -> None:
    """The annotator is done with the articles whose statements have all left their hands; the others are in the queue."""
    with acting(desk.annotator):
        for entry in entries:
            if entry.statements and all(said.state not in WITH_THEIR_AUTHOR for said in entry.statements):
                finish(snapshots[entry.key].article, Assignment.Outcome.ANNOTATED, by=desk.annotator)


def _here(entries: Sequence[Publication]) -> dict[str, Snapshot]:
    """The snapshots of those articles that the database has, by their bytes or their address."""
    # Their texts are few and short; what else the database holds is not read.
    hashes = {hashlib.sha256(entry.raw).hexdigest(): entry.key for entry in entries}
    addresses = {entry.address: entry.key for entry in entries if entry.address}
    snapshots = Snapshot.objects.defer("raw").select_related("article").order_by("-id")
    found = {addresses[each.article.address]: each for each in snapshots.filter(article__address__in=addresses)}
    return found | {hashes[each.raw_sha256]: each for each in snapshots.filter(raw_sha256__in=hashes)}


def _take_in(entry: Publication, desk: Desk, catalogue: Catalogue, say: Callable[[str], None]) -> Snapshot:
    ingested = ingest(
        entry.raw,
        method=Snapshot.Method.FILE,
        by=desk.annotator,
        source=catalogue.sources[entry.source],
        filename=f"{entry.key}.txt",
        content_type="text/plain; charset=utf-8",
        address=entry.address,
        title=entry.title,
        byline=entry.byline,
        language=entry.language,
        published=entry.published,
        published_known=entry.published_known,
    )
    say(_line(ingested.article))
    return ingested.snapshot


def _line(row: Model) -> str:
    about = getattr(row, "about", "")  # Namesakes are told apart.
    return f"{row._meta.verbose_name}: {row}" + (f" ({about})" if about else "")


def _line_of_statement(statement: Statement, said: Said) -> str:
    words = statement.words
    shown = words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS].rsplit(maxsplit=1)[0]}…"
    return _("statement: “%(words)s” (%(state)s)") % {"words": shown, "state": Statement.State(said.state).label}
