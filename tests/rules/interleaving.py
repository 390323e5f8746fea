"""Two sessions at once: an act that waits for another session's commit, and what came of it."""

import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import psycopg

PATIENCE = 20  # seconds


@contextmanager
def meanwhile(world, act):
    """`act` is on its way in another thread, and either done or waiting for a lock. Yields its future.

    What the caller does inside comes between; the future's result is the name of the rule that refused, None where the
    act was taken, "deadlock" where PostgreSQL ended it for that.
    """
    with ThreadPoolExecutor(1) as threads:
        under_way = threads.submit(outcome, world, act)
        _wait(world, under_way)
        yield under_way


def outcome(world, act):
    """Run the act and commit; what refused it, if anything did."""
    try:
        act(world)
        world.session.commit()
    except psycopg.errors.DeadlockDetected:
        world.session.rollback()
        return "deadlock"
    except psycopg.errors.IntegrityError as error:
        world.session.rollback()
        return error.diag.constraint_name
    return None


def _wait(world, under_way: Future):
    """Until the act is done or its session waits for a lock."""
    info = world.session.info
    with psycopg.connect(info.dsn, autocommit=True) as observer:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not under_way.done():
            question = "SELECT wait_event_type = 'Lock' FROM pg_stat_activity WHERE pid = %s"
            if observer.execute(question, [info.backend_pid]).fetchone() == (True,):
                return
            time.sleep(0.01)
    assert under_way.done(), "the act neither ended nor waited for a lock"
