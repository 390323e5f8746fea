"""Work in the background, done by `manage.py procrastinate worker`."""

import logging
from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer

from quotes.limiting import forget as forget_requests_counted
from quotes.mirroring import prune
from quotes.models import SheetUpload
from quotes.reporting import forget_senders as forget_senders_of_reports
from quotes.suggesting import read, read_waiting
from quotes.verifying import verify
from quotes.working import forget

log = logging.getLogger(__name__)

# Texts read in one go: few enough that whoever waits for an article of theirs does not wait for long.
AT_ONCE = 10
# Before what no one is waiting for.
URGENT = 10


@app.periodic(cron="17 * * * *")
@app.task(name="quotes.verify_record", queueing_lock="verify_record", pass_context=False)
def verify_record(timestamp: int) -> None:  # noqa: ARG001 - the worker hands over when the run was due
    """Once an hour: the whole record against its own hashes and words."""
    verification = verify()
    if verification.faults:
        log.error("the record does not verify: %s", verification.faults)
    else:
        log.info(
            "verified: %s snapshots, %s spans, %s published statements",
            verification.snapshots,
            verification.spans,
            verification.statements,
        )


@app.periodic(cron="41 3 * * *")
@app.task(name="quotes.forget_working_copies", queueing_lock="forget_working_copies", pass_context=False)
def forget_working_copies(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Once a day: what was typed, never saved and not looked at for a month."""
    log.info("forgotten: %s working copies", forget())


@app.periodic(cron="53 3 * * *")
@app.task(name="quotes.prune_changes", queueing_lock="prune_changes", pass_context=False)
def prune_changes(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Once a day: what the table of changes says twice, so that it stays as long as there are statements."""
    log.info("deleted: %s changes that later ones say again", prune())


@app.periodic(cron="29 * * * *")
@app.task(name="quotes.forget_senders", queueing_lock="forget_senders", pass_context=False)
def forget_senders(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Once an hour: by what senders of error reports were counted, when they have been counted."""
    forget_senders_of_reports()


@app.periodic(cron="*/5 * * * *")
@app.task(name="quotes.forget_requests", queueing_lock="forget_requests", pass_context=False)
def forget_requests(timestamp: int) -> None:  # noqa: ARG001 - as above
    """By what the clients of the API were counted, when their minute is over."""
    forget_requests_counted()


@app.periodic(cron="*/10 * * * *")
@app.task(name="quotes.forget_sheets", queueing_lock="forget_sheets", pass_context=False)
def forget_sheets(timestamp: int) -> None:  # noqa: ARG001 - as above
    """Spreadsheets that nobody can bring in any more are deleted, also where nobody uploads another one."""
    SheetUpload.objects.too_old().delete()


@app.periodic(cron="* * * * *")
@app.task(name="quotes.suggest", queueing_lock="suggest", pass_context=False)
def suggest(timestamp: int) -> None:
    """Each minute: some of the snapshots that the engine has not read; then at once the next ones, until none is left."""
    if read_waiting(AT_ONCE):
        _defer_once(suggest.configure(queueing_lock="suggest"), timestamp=timestamp)


@app.task(name="quotes.suggest_for", pass_context=False)
def suggest_for(snapshot: int) -> None:
    """One snapshot, since somebody is looking at it."""
    read(snapshot)


def ask_for_suggestions(snapshot: int) -> None:
    """The worker reads the snapshot next, if it has not done so already; asked twice, it is told once."""
    _defer_once(suggest_for.configure(queueing_lock=f"suggest {snapshot}", priority=URGENT), snapshot=snapshot)


def _defer_once(job: JobDeferrer, **arguments: int) -> None:
    # The refusal of a second job must not undo what else is being done.
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**arguments)
