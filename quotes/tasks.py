"""Work in the background, done by `manage.py procrastinate worker`."""

import logging

from procrastinate.contrib.django import app

from quotes.verifying import verify

log = logging.getLogger(__name__)


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
