"""What readers hold to be wrong: taking it in, so many an hour from one sender and from all, and answering it."""

import datetime
import ipaddress
import secrets

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from quotes.models import ErrorReport, Revision
from quotes.refusals import refusals

# A token of the address of the answer, in bytes.
TOKEN_BYTES = 24
# What is handed out to one household or office of the newer kind of addresses.
IPV6_PREFIX = 64
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


class TooManyReports(Exception):  # noqa: N818 - an answer, told to the person who asked
    """The sender has sent as many reports as they may, or all senders together have; `wait` says for how long."""

    def __init__(self, wait: datetime.timedelta, *, of_all: bool = False) -> None:
        super().__init__(wait)
        self.wait = wait
        self.of_all = of_all


def report(revision: Revision, *, kind: str, text: str, contact: str, sender: str) -> ErrorReport:
    """Keeps a reader's report on what a published revision says; the same one sent twice is kept once.

    `sender` is what `sender_of` makes of the reader's address. Raises TooManyReports, and Refused.
    """
    now = timezone.now()
    with refusals(), transaction.atomic():
        _wait_for_others()
        of_sender = ErrorReport.objects.from_sender(sender, now - DAY)
        if sent := of_sender.filter(revision=revision, kind=kind, text=text).first():
            return sent
        for span, most in ((HOUR, settings.REPORTS_PER_HOUR), (DAY, settings.REPORTS_PER_DAY)):
            if of_sender.filter(made_at__gt=now - span).count() >= most:
                raise TooManyReports(span)
        if wait := _wait_for_all(now):
            raise TooManyReports(wait, of_all=True)
        return ErrorReport.objects.create(
            statement_id=revision.statement_id,
            revision=revision,
            kind=kind,
            text=text,
            contact=contact,
            sender=sender,
            token=secrets.token_urlsafe(TOKEN_BYTES),
        )


def sender_of(address: str, day: datetime.date, purpose: str = "quotes.reporting") -> str:
    """What stands for an IP address on that day, and can't be traced back to it without the site's key.

    The next day it is another one, and so it is for another `purpose`. Of IPv6 the network of the household is meant.
    Anything else than an address is all one sender.
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        network = "unknown"
    else:
        mapped = getattr(found, "ipv4_mapped", None) or found
        prefix = IPV6_PREFIX if mapped.version == 6 else mapped.max_prefixlen
        network = str(ipaddress.ip_network((mapped, prefix), strict=False))
    return salted_hmac(f"{purpose} {day.isoformat()}", network, algorithm="sha256").hexdigest()


def forget_senders() -> int:
    """Erases of all reports older than a day what stands for the sender's address; how many."""
    old = ErrorReport.objects.exclude(sender="").filter(made_at__lt=timezone.now() - DAY)
    return old.update(sender="")


def answer(report: ErrorReport, *, decision: str, words: str, by: User) -> None:
    """The reader sees decision and words from now on; their e-mail address is erased. Raises Refused.

    What is no report at all loses its text with that decision.
    """
    report.decision, report.answer = decision, words
    report.answered_at, report.answered_by = timezone.now(), by
    report.contact = ""
    if decision == ErrorReport.Decision.JUNK:
        report.text = ""
    with refusals():
        report.save(update_fields=["decision", "answer", "answered_at", "answered_by", "contact", "text"])


def _wait_for_all(now: datetime.datetime) -> datetime.timedelta | None:
    """How long it takes until one more report may come, from whomever; None where it may now."""
    if not (most := settings.REPORTS_PER_HOUR_OF_ALL):
        return None
    # So many reports ago; where that is less than an hour, one of them has to grow older first.
    before = ErrorReport.objects.order_by("-id").values_list("made_at", flat=True)[most - 1 : most].first()
    return before + HOUR - now if before and before > now - HOUR else None


def _wait_for_others() -> None:
    """Of two reports that are sent at once the second counts the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('report an error', 0))")
