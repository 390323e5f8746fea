"""The whole path by hand: mouse, keyboard and visible text, from a pasted report to what a stranger reads."""

import re

import pytest

from tests.e2e.browser import log_in
from tests.e2e.hands import TEASER, add_beside, choose, label, paste, press, ru, search_until_found, select_by_typing

pytestmark = pytest.mark.e2e

QUOTE = (278, 950)
PASSAGE = "тот миллиард, который мы достигли в товарообороте, после этого визита окажется просто смешным"
SPEAKER, MEETING = "Александр Лукашенко", "Встреча Президента Беларуси с послом Казахстана"
LABEL = "смешной миллиард"


@pytest.fixture(autouse=True)
def refusals_are_expected(troubles):
    """The browser logs every answer that is no 2xx; a refused selection is one, and part of the job."""
    troubles.expect("422")
    troubles.expect("favicon")


def select_by_mouse(page, sample):
    """A triple click takes the quotation's paragraph; the attribution behind it is given back letter by letter."""
    pane = page.get_by_label(ru("Text of the article"))
    pane.hover()
    page.mouse.wheel(0, -10_000)
    stands_still(page)
    box = pane.bounding_box()
    page.mouse.click(box["x"] + 200, box["y"] + 220, click_count=3)
    paragraph = sample.split("\n")[1]
    for _ in range(len(paragraph) - paragraph.index("», — сказал")):
        page.keyboard.press("Shift+ArrowLeft")


def stands_still(page):
    """What the page shows moves no more: the wheel has rolled out. Each picture is taken after what was done before."""
    pictures = []
    while len(pictures) < 5 or len(set(pictures[-5:])) > 1:
        assert len(pictures) < 300, "the page never stands still"
        pictures.append(page.screenshot())
        page.wait_for_timeout(100)


def test_a_report_becomes_a_proven_statement_that_a_stranger_finds(site, browser_for, page, sample):
    site.user("anna", "annotator", "reviewer")
    site.user("roman", "reviewer")
    anna = browser_for()
    log_in(anna, "anna")
    paste(anna, sample)

    # A teaser is not the article.
    select_by_typing(anna, TEASER)
    press(anna, "Use as the quote")
    anna.get_by_text(
        ru(
            "These words lie outside the article's body: a teaser, a credit line or a menu is not the article. "
            "If they do belong to it, move the bounds of the body first."
        )
    ).wait_for()

    select_by_mouse(anna, sample)
    press(anna, "Use as the quote")
    anna.get_by_text(f"{QUOTE[0]}–{QUOTE[1]}").wait_for()
    select_by_typing(anna, "тот миллиард … просто смешным")
    press(anna, "Mark as the telling passage")
    anna.get_by_text(PASSAGE).last.wait_for()
    select_by_typing(anna, "сказал глава государства")
    press(anna, "Take as attribution")

    def name_speaker(window):
        window.get_by_label(label("name in Russian")).fill(SPEAKER)

    def name_meeting(window):
        window.get_by_label(label("name in Russian")).fill(MEETING)

    add_beside(anna, "speaker", name_speaker)
    anna.get_by_label(label("said")).fill("4 марта 2024")
    anna.get_by_label(label("how the date is known")).select_option(label=ru("from another source"))
    anna.get_by_label(label("evidence for the date")).fill("адрес перепечатки")
    add_beside(anna, "occasion", name_meeting)
    anna.get_by_label(label("label")).fill(LABEL)
    press(anna, "Save the quote")
    anna.get_by_text(ru("draft"), exact=True).wait_for()
    press(anna, "Submit for review")
    anna.get_by_text(ru("waits for review"), exact=True).wait_for()

    # A stranger finds nothing yet.
    page.goto(f"/search?q={LABEL}")
    assert PASSAGE not in page.inner_text("body")

    # Anna is a reviewer, too, but not of her own words.
    anna.get_by_role("link", name=ru("Review page")).click()
    anna.get_by_text(ru("You wrote a part of this statement, so somebody else has to approve it.")).wait_for()
    assert not anna.get_by_role("button", name=re.compile(ru("Approve"))).is_visible()

    roman = browser_for()
    log_in(roman, "roman")
    roman.get_by_role("link", name=ru("To review")).first.click()
    roman.get_by_role("link", name=re.compile(LABEL)).click()
    roman.get_by_role("button", name=re.compile(ru("Approve"))).click()
    roman.get_by_text(ru("Approved: the statement is public.")).wait_for()

    search_until_found(page, LABEL, PASSAGE)
    page.get_by_text(SPEAKER).first.wait_for()
    page.get_by_role("link", name=ru("In context, with the proof")).click()
    page.get_by_text("4 марта 2024").first.wait_for()
    page.get_by_text(ru("a nickname, not verbatim")).first.wait_for()
    page.get_by_text(MEETING).first.wait_for()
    address = page.url
    assert "/s/" in address

    (found,) = page.request.get("/api/v1/statements/", params={"q": LABEL}).json()["results"]
    (quote,) = found["quotes"]
    (span,) = quote["spans"]
    assert (span["start"], span["end"]) == QUOTE
    assert span["exact"] == sample[QUOTE[0] : QUOTE[1]]
    assert quote["passage"]["exact"] == PASSAGE
    assert found["url"] == address
    assert found["spoken"]["known_by"] == "other"


def test_one_seat_is_not_given_to_two_people_on_the_same_days(site, browser_for):
    site.user("elena", "editor")
    elena = browser_for("elena")

    def open_form():
        elena.goto("/admin/")
        elena.get_by_role("link", name=label("tenures")).first.click()
        elena.locator(".object-tools").get_by_role("link").first.click()

    def named(name):
        return lambda window: window.get_by_label(label("name in Russian")).fill(name)

    def date(start, end):
        elena.get_by_label(label("from")).fill(start)
        elena.get_by_label(label("until")).fill(end)
        elena.get_by_label(label("how the date is known")).first.select_option(label=ru("from another source"))
        elena.get_by_role("button", name="Сохранить", exact=True).click()

    open_form()
    add_beside(elena, "person", named("Иван Примеров"))
    add_beside(elena, "office", named("Глава Примерии"))
    date("2030", "по н. в.")
    elena.locator(".messagelist").wait_for()

    open_form()
    add_beside(elena, "person", named("Пётр Образцов"))
    choose(elena, "office", "глава пример", "Глава Примерии")
    date("май 2031", "по н. в.")
    elena.locator(".errorlist").get_by_text("Иван Примеров").wait_for()
    assert elena.get_by_label(label("from")).input_value() == "май 2031"
