"""Chromium, driven by Playwright: a visitor's eyes and hands, and an ear for what goes wrong in their browser."""

import os
import re
import shutil
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.utils import translation
from playwright.sync_api import expect, sync_playwright

from tests.e2e.site import PASSWORD

ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # containers have little of it
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--renderer-process-limit=1",  # no process in reserve, which most pages would never use; each site has one all the same
]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 1000  # Playwright counts in milliseconds
PATIENCE = 60 * SECONDS
# What is typed is sent a moment later. Where saving was faster, it comes too late, and the page that sent it knows.
TOO_LATE = "/quotes/statement/working/.* 409 "


@contextmanager
def chromium():
    """A browser of this machine's; the test is skipped where there is none, and fails where CI=true demands one."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("no Chromium was found")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        # Root has no sandbox to use, and other users often none in a container; the browser sees only our own pages.
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, chromium_sandbox=False)
        yield browser
        browser.close()


class Troubles:
    """What a visitor's browser complained of: errors of scripts, refusals of the security policy, failed requests."""

    def __init__(self):
        self._seen = []
        self._expected = [re.compile(TOO_LATE)]

    def expect(self, pattern):
        """Complaints that this regular expression finds are part of the test."""
        self._expected.append(re.compile(pattern))

    def watch(self, page):
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self._seen.append(f"{page.url}: {error}"))
        page.on("requestfailed", self._note_request)

    def check(self):
        """Raises AssertionError where anything else was seen."""
        found = [line for line in self._seen if not any(pattern.search(line) for pattern in self._expected)]
        assert not found, "the browser complained:\n" + "\n".join(found)

    def _note_console(self, message):
        if message.type in {"error", "warning"}:
            self._seen.append(f"{message.location.get('url', '')}: {message.text}")

    def _note_request(self, request):
        # A page that is left gives up what it was still loading.
        if request.failure != "net::ERR_ABORTED":
            self._seen.append(f"{request.url}: {request.failure}")


class Visitors:
    """The people who look at a site in one test, each with a browser of their own."""

    def __init__(self, browser, site, troubles):
        self._browser, self._site, self._troubles = browser, site, troubles
        self._contexts = []

    def __enter__(self):
        return self

    def __exit__(self, *_trouble):
        for context in self._contexts:
            context.close()

    def page_for(self, username=None, **options):
        """A page, on no address yet, of somebody who has logged in to the admin; of a stranger where no name is given.

        Addresses can be given without the host. `options` are those of Playwright's `new_context`.
        """
        context = self._browser.new_context(
            **{"base_url": self._site.url, "locale": "ru-RU", "viewport": {"width": 1400, "height": 900}} | options
        )
        self._contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.on("page", self._troubles.watch)
        if username:
            session = {"name": settings.SESSION_COOKIE_NAME, "value": self._site.session(username)}
            context.add_cookies([session | {"url": self._site.url, "httpOnly": True, "sameSite": "Lax"}])
        return context.new_page()

    def take_pictures(self, folder, name):
        """A picture of every page that is open, as a file in the folder; their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for context in self._contexts for page in context.pages]
        plain = re.sub(r"\W+", "_", name)
        paths = [folder / f"{plain}-{number}.png" for number, _page in enumerate(pages, 1)]
        for page, path in zip(pages, paths, strict=True):
            page.screenshot(path=path)
        return [f"{path}: {page.url}" for page, path in zip(pages, paths, strict=True)]


def log_in(page, username, locale="ru"):
    """The visitor has typed name and password on the admin's own page, and stands on its first page."""
    with translation.override(locale):
        name, secret, enter, leave = map(translation.gettext, ("username", "password", "Log in", "Log out"))
    page.goto("/admin/")
    page.get_by_label(name.capitalize()).fill(username)
    page.get_by_label(secret.capitalize()).fill(PASSWORD)
    page.get_by_role("button", name=enter).click()
    page.get_by_role("button", name=leave).wait_for()
