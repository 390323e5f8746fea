"""A reader searches, filters and leafs through what is found: by mouse, by keyboard, with scripts and without."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

EACH = 21  # of either speaker: three pages of both


@pytest.fixture
def searching(site, browser_for):
    """`searching(...)`: a reader's page of a site that has something to search; options are the browser's."""
    site.play("to_search", each=EACH)
    assert not site.play("differences")  # the index has all of it

    def start(**options):
        page = browser_for(**{"locale": "en-GB"} | options)
        page.goto("/search")
        found(page, 2 * EACH + 1)
        return page

    return start


def found(page, number):
    noun = "statement" if number == 1 else "statements"
    expect(page.get_by_role("heading", name=f"{number} {noun} found")).to_be_visible()


def ask(page, words):
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")


def facet(page, name):
    return page.get_by_role("region", name=name)


def mark(page):
    """Leaves a mark that only a new page takes away."""
    page.evaluate("window.mark = 1")


def is_marked(page):
    return page.evaluate("window.mark") == 1


def head(page):
    """What the page tells the browser of itself: where it is for good, and the feeds that follow it."""
    links = page.locator("head link[rel=canonical], head link[type='application/atom+xml']")
    return sorted(link.get_attribute("href") for link in links.all())


def leaf_through(page):
    """Asks, filters, turns pages forth and back, lets the filter go; the same with scripts and without."""
    ask(page, "мосты")
    found(page, 2 * EACH)
    facet(page, "Who").get_by_role("link", name="Вера Луговая").click()
    found(page, EACH)
    assert page.get_by_role("article").count() == 0
    expect(page.get_by_text("shown 1–20")).to_be_visible()
    page.get_by_role("link", name="oldest first").click()
    expect(page.get_by_role("link", name="oldest first")).to_have_attribute("aria-current", "true")
    first = page.get_by_role("main").inner_text()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_text(f"shown {EACH}–{EACH}")).to_be_visible()
    page.get_by_role("link", name="Previous page").click()
    expect(page.get_by_text("shown 1–20")).to_be_visible()
    assert page.get_by_role("main").inner_text() == first
    facet(page, "Who").get_by_role("link", name="Иван Озёрный").click()
    found(page, 2 * EACH)
    chips = page.get_by_role("navigation", name="Filters in force")
    expect(chips.get_by_role("link")).to_have_count(3)
    chips.get_by_role("link", name="Вера Луговая").click()
    found(page, EACH)
    chips.get_by_role("link", name="Иван Озёрный").click()
    found(page, 2 * EACH)
    facet(page, "Year").get_by_text("As a table").click()
    facet(page, "Year").get_by_role("link", name="2032").click()
    found(page, EACH)


def test_without_scripts_every_link_is_a_page(searching):
    page = searching(java_script_enabled=False)
    leaf_through(page)
    assert page.url.endswith("&year=2032&order=oldest")
    ask(page, "паром")
    expect(page.get_by_role("heading", name="Nothing published matches.")).to_be_visible()
    page.get_by_role("link", name="The same without filters").click()
    found(page, 1)


def test_with_scripts_the_page_stays_and_its_address_follows(searching):
    page = searching()
    mark(page)
    leaf_through(page)
    assert is_marked(page)
    assert page.url.endswith("&year=2032&order=oldest")
    assert page.title() == "мосты · Skazano"
    shared = page.context.new_page()
    shared.goto(page.url)
    found(shared, EACH)
    # What browsers and readers of feeds take from the page speaks of this question, not of the first one.
    assert "year=2032" in " ".join(told := head(page))
    assert told == head(shared)
    assert shared.get_by_role("main").inner_text().count("Вера Луговая") == page.get_by_role("main").inner_text().count(
        "Вера Луговая"
    )


def test_the_browsers_own_way_back_works_and_the_languages_know_the_question(searching):
    page = searching()
    ask(page, "мосты")
    found(page, 2 * EACH)
    facet(page, "Who").get_by_role("link", name="Вера Луговая").click()
    found(page, EACH)
    page.go_back()
    found(page, 2 * EACH)
    page.go_back()
    found(page, 2 * EACH + 1)
    page.go_forward()
    found(page, 2 * EACH)
    expect(page.get_by_role("searchbox")).to_have_value("мосты")
    ask(page, "паром")
    found(page, 1)
    page.get_by_role("link", name="Русский").click()
    expect(page.get_by_role("searchbox")).to_have_value("паром")
    assert "lang=ru" in page.url


def test_a_bar_of_the_chart_is_a_link_and_the_number_found_is_told_to_those_who_hear(searching):
    page = searching()
    mark(page)
    page.locator("svg .bar").nth(2).click()
    found(page, 1)
    assert is_marked(page)
    assert page.url.endswith("?year=2033")
    expect(page.get_by_role("status")).to_have_text("1 statement found")
    ask(page, "космодром")
    expect(page.get_by_role("status")).to_have_text("Nothing published matches.")


def test_the_keyboard_alone_filters_and_turns_pages(searching):
    page = searching()
    keys = page.keyboard
    page.get_by_role("searchbox").focus()
    keys.type("мосты")
    keys.press("Enter")
    found(page, 2 * EACH)
    assert focused(page) == ""  # the words stay under the fingers
    expect(page.get_by_role("searchbox")).to_be_focused()
    walk_to(page, "Вера Луговая 21")
    keys.press("Enter")
    found(page, EACH)
    expect(facet(page, "Who").get_by_role("link", name="Вера Луговая")).to_be_focused()
    walk_to(page, "Next page")
    keys.press("Enter")
    expect(page.get_by_text(f"shown {EACH}–{EACH}")).to_be_visible()
    expect(page.get_by_role("heading", name="21 statements found")).to_be_focused()
    walk_to(page, "Previous page")
    keys.press("Enter")
    expect(page.get_by_text("shown 1–20")).to_be_visible()


def walk_to(page, name):
    for _ in range(150):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    pytest.fail(f"the key Tab leads to no “{name}”")


def focused(page):
    return " ".join(page.evaluate("document.activeElement.innerText || ''").split())


def test_on_a_phone_the_filters_unfold_and_stay_so(searching):
    page = searching(viewport={"width": 390, "height": 800})
    link = page.get_by_role("link", name="Вера Луговая 22")
    expect(link).to_be_hidden()
    page.get_by_text("Filter", exact=True).click()
    link.click()
    found(page, EACH + 1)
    expect(facet(page, "Who").get_by_role("link", name="Вера Луговая")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
