"""Articles brought in by address and by feed, in a browser, from a site on this machine."""

import re
import time

import pytest
from django.utils import translation
from playwright.sync_api import expect

from articles.refusals import NotTakenIn
from tests.articles.test_feeds import item, rss
from tests.e2e.hands import add_beside, label, ru
from tests.website import Answer, article

pytestmark = pytest.mark.e2e

FIRST, SECOND, THIRD = "В Примерске открыли мост", "В Образцове открыли школу", "В Пробном открыли музей"
WORDS = "Мост простоит сто лет"
PATIENCE = 120  # seconds for what the worker does, at the pace at which it visits a site


@pytest.fixture
def web(newspaper):
    return newspaper


@pytest.fixture(autouse=True)
def articles_of_the_newspaper(web, troubles):
    troubles.expect("favicon")
    web.requests.clear()
    web.routes.clear()
    web.routes |= {
        "/most": Answer(article(FIRST, WORDS)),
        "/shkola": Answer(article(SECOND, "Школа прослужит двести лет")),
        "/muzey": Answer(article(THIRD, "Музей простоит триста лет")),
    }
    lists(web, item("/most", guid="1"), item("/shkola", guid="2"))


def lists(web, *items):
    web.routes["/rss"] = Answer(rss(*items), type="application/rss+xml")


def name_source(page):
    page.get_by_label(label("name in Russian")).fill("Примерская газета")
    page.get_by_label(label("site")).fill("127.0.0.1")


def reload_until(page, shows):
    """Looks again for a while: the worker is at it."""
    deadline = time.monotonic() + PATIENCE
    while not shows():
        assert time.monotonic() < deadline, page.inner_text("body")
        page.wait_for_timeout(2000)
        page.reload()


def test_a_researcher_gives_an_address_and_annotates_the_article(site, browser_for, web):
    site.user("anna", "annotator")
    anna = browser_for("anna")
    anna.goto("/admin/")
    anna.get_by_role("link", name=ru("Take in an article")).first.click()

    # One that is not there: said beside the address, which stays.
    expect(anna.get_by_label(label("Address"))).to_be_focused()
    anna.keyboard.type(web.url("/gone"))
    anna.keyboard.press("Enter")
    with translation.override("ru"):
        anna.get_by_text(str(NotTakenIn("fetch_gone", host="127.0.0.1"))).wait_for()
    assert anna.get_by_label(label("Address")).input_value() == web.url("/gone")

    anna.get_by_label(label("Address")).fill(web.url("/most"))
    add_beside(anna, "Source", name_source)
    anna.get_by_role("button", name=ru("Take in and annotate")).click()
    anna.get_by_role("button", name=ru("Save the quote")).wait_for()
    assert WORDS in anna.get_by_label(ru("Text of the article")).inner_text()
    anna.locator(".messagelist").get_by_text(FIRST).wait_for()


@pytest.mark.slow  # It keeps to the pace at which a site is visited.
def test_a_feed_is_followed_and_brings_each_article_in_once(site, browser_for, web):
    site.user("elena", "editor")
    site.start_worker()
    elena = browser_for("elena")
    elena.goto("/admin/articles/source/add/")
    name_source(elena)
    elena.get_by_role("button", name=re.compile("продолжить")).click()
    elena.get_by_role("button", name=re.compile("^Добавить ещё")).click()
    elena.locator("#id_feeds-0-address").fill(web.url("/rss"))
    elena.get_by_role("button", name="Сохранить", exact=True).click()
    elena.locator(".messagelist").wait_for()

    elena.goto("/admin/")
    elena.get_by_role("link", name=label("feeds")).first.click()
    both = ru("%(listed)s listed, %(found)s of them articles here") % {"listed": 2, "found": 2}
    reload_until(elena, lambda: elena.get_by_role("link", name=both).is_visible())
    elena.get_by_role("link", name=both).click()
    for title in (FIRST, SECOND):
        expect(elena.get_by_role("row").filter(has_text=title)).to_contain_text(ru("taken in"))

    # The feed turns everything round, and has one page more.
    lists(
        web,
        item("/muzey", guid="3"),
        item("/shkola?utm_source=rss", guid="2"),
        item("/most", guid="99"),
    )
    elena.goto("/admin/articles/feed/")
    elena.get_by_role("checkbox").nth(1).check()
    elena.get_by_role("combobox", name=re.compile("^Действие")).select_option(label=ru("Ask now"))
    elena.get_by_role("button", name="Выполнить").click()
    elena.locator(".messagelist").wait_for()
    three = ru("%(listed)s listed, %(found)s of them articles here") % {"listed": 3, "found": 3}
    reload_until(elena, lambda: elena.get_by_role("link", name=three).is_visible())
    assert [len(web.asked(path)) for path in ("/most", "/shkola", "/muzey", "/robots.txt")] == [1, 1, 1, 1]

    elena.goto("/admin/articles/article/")
    for title in (FIRST, SECOND, THIRD):
        expect(elena.get_by_role("row").filter(has_text=title)).to_have_count(1)
