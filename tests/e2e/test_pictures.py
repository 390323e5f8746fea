"""The pictures of the docs, taken of the demo's invented texts. `make pictures` puts them into docs/images."""

import itertools
import os
from pathlib import Path

import pytest
from django.utils import translation

from tests.e2e.browser import log_in
from tests.e2e.conftest import PICTURES
from tests.e2e.hands import FIND, ru
from tests.e2e.public import PAGES, addresses

pytestmark = pytest.mark.e2e

FOLDER = Path(os.environ.get("PICTURES") or PICTURES / "docs")
SIZES = {"wide": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}


@pytest.fixture
def site(demo_site):
    return demo_site


@pytest.fixture(autouse=True)
def no_icon(troubles):
    troubles.expect("favicon")


def take(page, name, language, **options):
    FOLDER.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=FOLDER / f"{name}{'' if language == 'ru' else f'-{language}'}.png", **options)


@pytest.mark.parametrize("language", ["ru", "be", "en"])
def test_the_pages_in_the_docs_look_as_they_do(browser_for, language):
    def said(text):
        with translation.override(language):
            return translation.gettext(text)

    annotator = browser_for(locale=language)
    log_in(annotator, "annotator", language)
    annotator.goto("/admin/quotes/assignment/")
    annotator.get_by_role("button", name=said("Next article for me")).click()
    annotator.locator(".suggestion").first.wait_for()
    annotator.get_by_label(FIND).wait_for()
    annotator.keyboard.press("n")
    annotator.get_by_text(said("Correct a suggestion"), exact=True).wait_for()
    take(annotator, "annotation", language)

    reviewer = browser_for("reviewer", locale=language)
    reviewer.goto("/admin/quotes/statement/review/")
    reviewer.get_by_role("link", name="Не здесь ли они вчера оставили зонт").click()
    reviewer.get_by_text(said("Your verdict")).wait_for()
    take(reviewer, "review", language)


def test_the_statement_in_the_readme_looks_as_it_does(browser_for):
    page = browser_for(viewport={"width": 1100, "height": 1400})
    page.goto("/search?q=смешной миллиард")
    page.get_by_role("link", name=ru("In context, with the proof")).first.click()
    page.get_by_text("4 марта 2024").first.wait_for()
    take(page, "statement", "ru")


def test_the_public_pages_in_the_docs_look_as_they_do(site, browser_for, troubles):
    troubles.expect("404")
    pages = PAGES | addresses(site)
    folder = FOLDER / "pages"
    folder.mkdir(parents=True, exist_ok=True)
    page = browser_for()
    for name, address in pages.items():
        page.goto(address)
        for size, colours in itertools.product(SIZES, ("light", "dark")):
            page.set_viewport_size(SIZES[size])
            page.emulate_media(color_scheme=colours)
            # A third of what it takes as PNG.
            picture = page.screenshot(animations="disabled", type="webp", quality=70)
            assert picture.startswith(b"RIFF")
            (folder / f"{name.replace(' ', '-')}-{size}-{colours}.webp").write_bytes(picture)
