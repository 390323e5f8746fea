"""Work in the background, done by `manage.py procrastinate worker`: feeds are followed."""

import datetime
from contextlib import suppress
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import JobDeferrer
from procrastinate.tasks import Task

from articles.following import poll, visit
from articles.models import Feed, FeedEntry

# After what somebody waits for.
PATIENT = -10


@app.periodic(cron="* * * * *")
@app.task(name="articles.follow_feeds", queueing_lock="follow_feeds", priority=PATIENT, pass_context=False)
def follow_feeds(timestamp: int) -> None:  # noqa: ARG001 - the worker hands over when the run was due
    """Each minute: the feeds that are due are asked, and the sites visited where pages wait."""
    for feed in Feed.objects.due():
        ask_for(feed)
    visit_hosts()


@app.task(name="articles.poll_feed", pass_context=False)
def poll_feed(feed: int) -> None:
    """One feed; again when its site may be asked. Its new pages are fetched next."""
    if later := poll(feed):
        _defer_once(_once(poll_feed, f"poll {feed}", later), feed=feed)
    visit_hosts()


@app.task(name="articles.visit_host", pass_context=False)
def visit_host(host: str) -> None:
    """One page of the host; the next one when its turn comes. One job for each host, so that none waits for another."""
    if later := visit(host):
        _defer_once(_once(visit_host, f"visit {host}", later), host=host)


def ask_for(feed: Feed) -> None:
    """The worker asks the feed next; told twice, it does so once."""
    _defer_once(_once(poll_feed, f"poll {feed.pk}"), feed=feed.pk)


def visit_hosts() -> None:
    """The worker visits each host where a page is due."""
    for host in FeedEntry.objects.due().order_by().values_list("host", flat=True).distinct():
        _defer_once(_once(visit_host, f"visit {host}"), host=host)


def _once(task: Task[Any, Any, Any], name: str, at: datetime.datetime | None = None) -> JobDeferrer:
    """A job that waits in the queue once, and runs once at a time."""
    return task.configure(queueing_lock=name, lock=name, schedule_at=at, priority=PATIENT)


def _defer_once(job: JobDeferrer, **arguments: int | str) -> None:
    # The refusal of a second job must not undo what else is being done.
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(**arguments)
