"""The round of a statement between its author and those who review it, by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import label, press, ru, search_until_found

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


def open_from_start(page, name):
    """Follows the link of that name, with its count, on the admin's first page."""
    page.goto("/admin/")
    page.get_by_role("link", name=re.compile(rf"^{re.escape(ru(name))}( \(1\))?$")).first.click()


def review_link(page):
    return page.get_by_role("link", name=re.compile("Мост будет построен")).first


def changes(page, tag):
    """What the page shows struck out (`del`) or put in (`ins`)."""
    return page.locator(f".changes {tag}")


def press_key_with_a(page):
    """Presses the key that has A on it, on a keyboard that is set to Russian."""
    keyboard = page.context.new_cdp_session(page)
    for event in ("keyDown", "keyUp"):
        keyboard.send(
            "Input.dispatchKeyEvent", {"type": event, "key": "ф", "code": "KeyA", "windowsVirtualKeyCode": 65}
        )


def test_a_statement_goes_back_and_forth_and_is_approved_by_one_who_wrote_nothing(site, browser_for):
    site.user("anna", "annotator")
    site.user("roman", "reviewer")
    site.user("olga", "reviewer")
    site.play("submit")

    # Roman returns it and points at a word by double click; the rest by keys.
    roman = browser_for("roman")
    open_from_start(roman, "To review")
    review_link(roman).click()
    roman.locator("mark.words").first.dblclick(position={"x": 12, "y": 12})
    expect(roman.get_by_label(ru("Words of the text that it is about"))).to_have_value("Мост")
    roman.mouse.click(5, 5)
    roman.keyboard.press("r")
    roman.keyboard.type("Какой мост, надо назвать.")
    press(roman, "Return with this comment")
    roman.get_by_text(ru("Returned to its author with your comment.")).wait_for()
    roman.get_by_text(ru("Nothing waits for you.")).wait_for()

    # Anna finds it, follows the pointer to the text, and answers.
    anna = browser_for("anna")
    open_from_start(anna, "Returned to me")
    anna.get_by_text("Какой мост, надо назвать.").wait_for()
    anna.get_by_role("link", name="Мост", exact=True).click()
    assert re.search(r"#at-\d+-\d+$", anna.url)
    anna.get_by_role("button", name=re.compile(ru("Select in the text"))).wait_for()
    assert anna.evaluate("document.getSelection().toString()") == "Мост"
    anna.get_by_label(label("label")).fill("мост у ярмарки")
    press(anna, "Save the quote")
    anna.get_by_role("status").get_by_text("мост у ярмарки").first.wait_for()
    open_from_start(anna, "Returned to me")
    anna.get_by_role("link", name=re.compile("мост у ярмарки")).first.click()
    anna.get_by_label(ru("Note for the reviewer, or your answer (may stay empty)")).fill("Назвала его.")
    press(anna, "Submit for review")
    anna.get_by_text(ru("Submitted: another person can approve it now.")).wait_for()

    # Roman reads the answer and what has changed, and changes a word himself: now he is an author.
    open_from_start(roman, "To review")
    roman.get_by_role("link", name=re.compile("мост у ярмарки")).first.click()
    roman.get_by_text("Назвала его.").first.wait_for()
    expect(changes(roman, "ins").first).to_have_text("мост у ярмарки")
    roman.get_by_text(ru("A change makes you an author: somebody else then has to approve it.")).wait_for()
    review = roman.url
    roman.wait_for_load_state()
    roman.keyboard.press("e")
    # The buttons show their keys once the page listens to them.
    roman.get_by_role("button", name=ru("Save the quote")).get_by_text("Enter").wait_for()
    roman.get_by_label(label("label")).fill("мост у реки")
    press(roman, "Save the quote")
    roman.get_by_role("status").get_by_text("мост у реки").first.wait_for()
    roman.goto(review)
    press(roman, "Submit for review")
    roman.get_by_text(ru("You wrote a part of this statement, so somebody else has to approve it.")).wait_for()
    expect(roman.get_by_role("button", name=re.compile(ru("Approve")))).to_have_count(0)

    # Anna sees what he changed, until she has seen it.
    open_from_start(anna, "Changed by others")
    expect(changes(anna, "del")).to_have_text("ярмарки")
    expect(changes(anna, "ins")).to_have_text("реки")
    anna.get_by_role("button", name=re.compile(ru("Seen"))).click()
    anna.get_by_text(ru("Others have changed nothing that you have not seen.")).wait_for()

    # Olga wrote nothing.
    olga = browser_for("olga")
    open_from_start(olga, "To review")
    olga.get_by_role("link", name=re.compile("мост у реки")).first.click()
    olga.get_by_role("button", name=re.compile(ru("Approve"))).wait_for()
    olga.wait_for_load_state()
    press_key_with_a(olga)
    olga.get_by_text(ru("Approved: the statement is public.")).wait_for()

    # Whoever comes along finds and reads it.
    stranger = browser_for()
    search_until_found(stranger, "мост у реки", "Мост будет построен к осени")
    stranger.get_by_role("link", name=ru("In context, with the proof")).click()
    expect(stranger.get_by_text("мост у реки").first).to_be_visible()
    expect(stranger.get_by_text("Мост будет построен к осени").first).to_be_visible()


def test_letters_typed_in_the_comment_are_no_keys(site, browser_for):
    site.user("roman", "reviewer")
    site.play("submit")
    roman = browser_for("roman")
    open_from_start(roman, "To review")
    review_link(roman).click()
    roman.get_by_role("button", name=re.compile(ru("Approve"))).wait_for()
    roman.wait_for_load_state()
    roman.keyboard.press("r")
    roman.keyboard.type("apnea")
    expect(roman.get_by_label(re.compile(ru("What is to be done before it can be approved?")))).to_have_value("apnea")
    roman.mouse.click(5, 5)
    roman.keyboard.press("?")
    expect(roman.get_by_text(ru("approve and open the next"))).to_be_visible()


def test_without_javascript_one_returns_and_approves(site, browser_for):
    site.user("anna", "annotator")
    site.user("roman", "reviewer")
    site.play("submit")
    roman = browser_for("roman", java_script_enabled=False)
    open_from_start(roman, "To review")
    review_link(roman).click()
    roman.get_by_label(re.compile(ru("What is to be done before it can be approved?"))).fill("Какой мост?")
    roman.get_by_label(ru("Words of the text that it is about")).fill("Мост")
    press(roman, "Return with this comment")
    anna = browser_for("anna", java_script_enabled=False)
    open_from_start(anna, "Returned to me")
    anna.get_by_role("link", name="Мост", exact=True).wait_for()
    anna.get_by_role(
        "link", name=ru("Answer and submit “%(statement)s”") % {"statement": "Мост будет построен к осени"}
    ).click()
    press(anna, "Submit for review")
    open_from_start(roman, "To review")
    review_link(roman).click()
    roman.get_by_role("button", name=re.compile(ru("Approve"))).click()
    roman.get_by_text(ru("Approved: the statement is public.")).wait_for()
