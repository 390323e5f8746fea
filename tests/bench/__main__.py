"""`python -m tests.bench --size 1000000`: the table of how long pages take, in Markdown, and what it was measured on."""

import argparse
import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path

from tests.bench.site import MEMORY, environment, inside, timed, whole

TARGETS = {"inside": 30, "whole": 60}  # milliseconds, p95, of pages
LAST_OF_API = 100  # pages of a hundred: each is as much work as several of the site's


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--size", type=int, default=100_000, help="statements")
    parser.add_argument("--data", type=Path, default=Path(".bench"), help="folder of the databases and indexes; kept")
    parser.add_argument("--rounds", type=int, default=10, help="how often each address is asked for")
    parser.add_argument("--addresses", type=int, default=20, help="how many addresses of each case, at most")
    parser.add_argument("--last", type=int, default=10_000, help="the page that paging by date goes to")
    parser.add_argument("--only", default="", help="only cases and exports with this in their names; no paging")
    parser.add_argument("--rebuild", action="store_true", help="fill the index anew")
    args = parser.parse_args()
    with environment(args.data.absolute(), args.size):
        import django

        django.setup()
        prepare(args)
        report(args)


def prepare(args: argparse.Namespace) -> None:
    """The record is loaded, the index filled, styles collected; what is there already is taken as it is."""
    from django.core.management import call_command
    from django.db import connection
    from psycopg.errors import UndefinedFunction

    from quotes.search.following import epoch, rebuild
    from quotes.search.published import index
    from tests.bench.loading import load
    from tests.bench.record import Record
    from tests.bench.rules import broken
    from tests.bench.warming import warm

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        session = cursor.connection
        held = session.execute("SELECT count(*) FROM quotes_statement").fetchone()[0]
        if held not in (0, args.size):
            sys.exit(f"The database holds {held} statements, not {args.size}: give an empty one, or another folder.")
        if not held:
            with timed("words and names made up", say):
                record = Record(args.size)
            with timed("loaded", say), session.transaction():
                load(session, record, say)
            with timed("vacuumed and analysed", say):
                session.execute("VACUUM ANALYZE")
            with timed("rules checked", say):
                found = broken(session)
            if found:
                sys.exit(f"The loaded record breaks rules: {found}")
        try:
            say(f"read into the buffers: {grouped(warm(session))} MB")
        except UndefinedFunction:
            say("PostgreSQL's buffers are as they are, for want of the extension pg_prewarm.")
    made = index()
    if args.rebuild or made.needs_rebuild() or made.position().epoch != epoch():
        with timed("index filled", say):
            rebuild(made)


def commit() -> None:
    """What the index had remembered is asked for anew."""
    from quotes.search.published import index

    made = index()
    with made.writer() as writer:
        writer.replace([], [], made.position())


def report(args: argparse.Namespace) -> None:
    from tests.bench.cases import Asking
    from tests.bench.timing import measure, paging

    asking = Asking(args.addresses)
    with timed("cases drawn", say):
        pages = [case for case in asking.cases() if args.only in case.name]
        api = [case for case in asking.of_the_api() if args.only in case.name]
    walks = {
        "newest first": (asking.newest(), args.last),
        "API: statements, 100 a page": (asking.statements(), min(args.last, LAST_OF_API)),
    }

    def all_of(ask, where: str):
        took = {}
        for case in [*pages, *api]:
            took[case.name] = measure(case, ask, args.rounds, commit)
            say(f"{where}  {case.name}: {told(took[case.name])}")
        return took, {name: {} if args.only else paging(ask, *walk) for name, walk in walks.items()}

    def table(cases, walk: str) -> None:
        four = "inside p50 | p95 | whole p50 | p95"
        print(f"| page | statements found | n | again: {four} | first since a commit: {four} |")
        print("|---|" + "---:|" * 10)
        for case in cases:
            inner, outer = within[case.name], over[case.name]
            print(line(case.name, case.hits, inner.again, outer.again, inner.first, outer.first))
        for name, took in walked[walk].items():
            print(line(f"{walk}, {name}", args.size, took, walked_over[walk][name]))

    within, walked = all_of(inside(), "inside")
    with whole(args.data / "gunicorn.log") as ask:
        over, walked_over = all_of(ask, "whole ")
    print(f"\n{args.size} statements. {machine()}\n")
    table(pages, "newest first")
    for kind in ("again", "first"):
        over_limit = [*slow(pages, within, kind, "inside"), *slow(pages, over, kind, "whole")]
        print(f"\nOver 30 ms inside or 60 ms whole, asked {kind}: " + (", ".join(over_limit) or "none"))
    print("\nThe API, for which no limits are set.\n")
    table(api, "API: statements, 100 a page")
    exports(args)


def slow(cases, took, kind: str, where: str) -> list[str]:
    """The cases that take longer there than they should."""
    return [f"{case.name} ({where})" for case in cases if getattr(took[case.name], kind).share(0.95) > TARGETS[where]]


def exports(args: argparse.Namespace) -> None:
    from tests.bench.streaming import FILES, stream

    print("\n| export | rows | rows a second | MB before | at most |\n|---|---:|---:|---:|---:|")
    for name in FILES:
        if args.only in f"export: {name}":
            took = stream(name, args.data / "gunicorn.log")
            cells = [took.rows, round(took.rows / took.seconds), round(took.before), round(took.highest)]
            print(f"| {name} | " + " | ".join(grouped(each) for each in cells) + " |")


def line(name, hits, within, over, *first) -> str:
    cells = [name, "" if hits is None else grouped(hits), len(within.every)]
    cells += [figure for took in (within, over, *first) for figure in figures(took)]
    cells += [""] * (11 - len(cells))
    return "| " + " | ".join(map(str, cells)) + " |"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def figures(took) -> list[str]:
    return [f"{took.share(part):.1f}" for part in (0.5, 0.95)]


def told(measured) -> str:
    p50, p95 = figures(measured.again)
    return f"p50 {p50} ms, p95 {p95} ms; first since a commit {' and '.join(figures(measured.first))} ms"


def machine() -> str:
    """What it ran on, as far as it matters."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('shared_buffers')")
        postgres, buffers = cursor.fetchone()
    processor = next(
        (
            row.partition(":")[2].strip()
            for row in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in row
        ),
        platform.processor(),
    )
    packages = ", ".join(f"{name} {version(name)}" for name in ("Django", "tantivy", "gunicorn"))
    return (
        f"{os.cpu_count()} cores ({processor}), {MEMORY / 1024:.0f} GB; PostgreSQL {postgres} with {buffers} of buffers, Python {platform.python_version()},"
        f" {packages}; load at the end {os.getloadavg()[0]:.1f}."
    )


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
