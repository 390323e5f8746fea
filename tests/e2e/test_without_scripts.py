"""The public pages, and taking an article in, serve a browser that runs no scripts at all."""

import re

import pytest
from django.utils import translation

from tests import world
from tests.e2e.browser import log_in

pytestmark = pytest.mark.e2e


def ru(text):
    with translation.override("ru"):
        return translation.gettext(text)


def test_a_reader_without_javascript_searches_reads_and_follows_links(site, browser_for):
    site.play("publish", topics=["Переправа"])
    reader = browser_for(java_script_enabled=False)
    reader.goto("/")
    reader.get_by_role("searchbox").last.fill("мосты")
    reader.keyboard.press("Enter")
    reader.get_by_role("link", name=ru("In context, with the proof")).click()
    reader.get_by_text(world.BRIDGE).first.wait_for()
    reader.get_by_role("link", name="Иван Озёрный").first.click()
    reader.get_by_role("heading", name="Иван Озёрный").wait_for()
    reader.get_by_role("link", name="English").click()
    reader.get_by_text("In context, with the proof").first.wait_for()


def test_an_annotator_without_javascript_takes_an_article_in(site, browser_for):
    site.play("publish", topics=["Переправа"])
    site.user("vera", "annotator")
    vera = browser_for(java_script_enabled=False)
    log_in(vera, "vera")
    vera.get_by_role("link", name=ru("Take in an article")).click()
    vera.get_by_label(f"{ru('Text')}:", exact=True).fill(
        "Паром ушёл в полдень. «Следующий — завтра», — сказал паромщик."
    )
    name = vera.get_by_label(ru("Source's name"))
    name.fill("Заречный вестник")
    vera.get_by_role("button", name=ru("Take in and annotate")).click()
    refusal = ru("No source is called “%(name)s”. Check the spelling, write its site instead, or add the source first.")
    vera.get_by_text(refusal % {"name": "Заречный вестник"}).wait_for()
    name.fill("заречный вестник (вымышлен)")
    vera.get_by_role("button", name=ru("Take in and annotate")).click()
    vera.get_by_text("Следующий — завтра").first.wait_for()


def test_an_editor_without_javascript_chooses_an_office_from_a_list(site, browser_for):
    site.play("publish", topics=["Переправа"])
    site.user("elena", "editor")
    elena = browser_for("elena", java_script_enabled=False)
    elena.goto("/admin/")
    elena.get_by_role("link", name=ru("offices").capitalize(), exact=True).first.click()
    elena.get_by_role("link", name=re.compile(ru("Add"))).last.click()
    elena.get_by_label(ru("name in Russian").capitalize()).fill("Смотритель переправы (вымышлен)")
    elena.get_by_role("button", name=ru("Save"), exact=True).click()
    elena.get_by_role("link", name="Начало", exact=True).click()
    elena.get_by_role("link", name=ru("people").capitalize(), exact=True).first.click()
    elena.get_by_role("link", name="Иван Озёрный").first.click()
    elena.get_by_role("link", name=ru("Show whole lists to choose from")).click()
    elena.locator("select[name=tenures-0-office]").select_option(label="Смотритель переправы (вымышлен)")
    elena.get_by_role("button", name=ru("Save"), exact=True).click()
    elena.get_by_role("link", name="Иван Озёрный").first.click()
    elena.get_by_text("Смотритель переправы (вымышлен)").first.wait_for()


def test_an_annotator_with_javascript_is_asked_for_the_source_once(site, browser_for):
    site.user("vera", "annotator")
    vera = browser_for("vera")
    vera.goto("/admin/")
    vera.get_by_role("link", name=ru("Take in an article")).click()
    vera.locator(".field-source").get_by_role("combobox").last.wait_for()
    assert not vera.get_by_label(ru("Source's name")).is_visible()
