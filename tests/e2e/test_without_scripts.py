"""The public pages serve a browser that runs no scripts at all."""

import pytest
from django.utils import translation

from tests import world

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
