"""What the tests of the running site may ask for: the site, and browsers that look at it."""

import os
from pathlib import Path

import pytest

from tests import databases
from tests.e2e import browser as browsers
from tests.e2e.programs import MARK, ROOT, Scenes, end_leftovers, manage, run
from tests.e2e.site import PASSWORD, Site
from tests.website import Website

DEMO_ACCOUNTS = ("annotator", "reviewer", "editor")
PICTURES = Path(__file__).resolve().parent.parent.parent / ".cache" / "e2e"


def mark_of_run():
    """What the processes of this run are known by. Another checkout's run may use a database of the same name."""
    return f"{ROOT}:{databases.name_of_run()}"


@pytest.fixture(scope="session")
def server():
    """The database server of these tests."""
    end_leftovers(mark_of_run())
    with databases.server() as running:
        yield running


@pytest.fixture(scope="session")
def newspaper():
    """The web site on this machine from which sites may fetch articles."""
    with Website() as running:
        yield running


@pytest.fixture(scope="session")
def site_environment(tmp_path_factory, newspaper):
    """The environment of a site's processes; static files are collected."""
    own = {
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "STATIC_ROOT": str(tmp_path_factory.mktemp("static")),
        "FETCH_OPEN_TARGETS": newspaper.name(),
        "PYTHONUNBUFFERED": "1",
    }
    environment = os.environ | own | {MARK: mark_of_run()}
    run(manage("collectstatic", "--noinput"), environment)
    return environment


@pytest.fixture(scope="session")
def migrated_database(server, site_environment):
    """The name of a database with all tables and no records, to be copied."""
    name = f"{databases.name_of_run()}_e2e"
    run(manage("migrate", "--noinput"), site_environment | {"DATABASE_URL": server.create(name)})
    yield name
    server.drop(name)


@pytest.fixture(scope="session")
def running_site(server, migrated_database, site_environment, tmp_path_factory):
    """A running site that tests have one after another: see `site`."""
    name = f"{migrated_database}_site"
    running = Site(server.create(name, migrated_database), tmp_path_factory.mktemp("site"), site_environment)
    try:
        running.start()
        yield running
    finally:
        try:
            running.stop()
        finally:
            server.drop(name)


@pytest.fixture
def site(server, migrated_database, running_site):
    """A running site without records: gunicorn and the indexer, on a database and an index of their own.

    Its programs may have served other tests, over a database that is gone: they come back from whatever a test does to
    them, and where one was left dead, another is started.
    """
    yield from lent(running_site, server, migrated_database)


@pytest.fixture(scope="session")
def demo_database(server, migrated_database, site_environment):
    """The name of a database with the demo's record, whose texts the machine has read, to be copied."""
    name = f"{migrated_database}_demo"
    passwords = {f"DEMO_{name.upper()}_PASSWORD": PASSWORD for name in DEMO_ACCOUNTS}
    scenes = Scenes(site_environment | passwords | {"DATABASE_URL": server.create(name, migrated_database)})
    scenes.play("demo", {})
    scenes.end()
    yield name
    server.drop(name)


@pytest.fixture
def demo_site(server, demo_database, running_site):
    """The same as `site`, with the demo's record and its accounts."""
    yield from lent(running_site, server, demo_database)


def lent(running, server, template):
    """The running site over a new copy of that database, for one test."""
    running.mend()
    server.renew(running.database, template)
    running.wait_until_followed()
    yield running
    running.stop_extras()


@pytest.fixture(scope="package")
def chromium():
    """A browser process. Not of the whole session: while Playwright runs, Django refuses its ORM to other tests here."""
    with browsers.chromium() as running:
        yield running


@pytest.fixture
def troubles():
    """What the browsers complained of. A test that provokes some names them by `troubles.expect("410")`."""
    seen = browsers.Troubles()
    yield seen
    seen.check()


@pytest.fixture
def browser_for(chromium, site, troubles):
    """`browser_for("anna")`: a page in a browser where that account has logged in; in a stranger's without a name."""
    with browsers.Visitors(chromium, site, troubles) as visitors:
        yield visitors.page_for


@pytest.fixture
def page(browser_for):
    """A page in a stranger's browser."""
    return browser_for()


@pytest.fixture
def sample(shared_dir):
    """The text of the report in which all this began."""
    return (shared_dir / "samples" / "belta-turnover.txt").read_text(encoding="utf-8")


def pytest_terminal_summary(terminalreporter):
    """What tests have measured stands at the end: each text that one has recorded as `figures`."""
    done = (report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome))
    for text in [text for report in done for name, text in report.user_properties if name == "figures"]:
        terminalreporter.write_line(f"\n{text}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed test shows what the site wrote, and leaves pictures of its pages in `.cache/e2e/`."""
    report = yield
    site = getattr(item, "funcargs", {}).get("site")
    if report.failed and site is not None:
        report.sections.append(("the site's logs", site.logs()))
    visitors = getattr(getattr(item, "funcargs", {}).get("browser_for"), "__self__", None)
    if report.failed and visitors is not None and call.when != "teardown":
        report.sections.append(("pictures", "\n".join(visitors.take_pictures(PICTURES, item.name))))
    return report
