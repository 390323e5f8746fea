"""An article for two, by mouse, keyboard and visible text: both read it, a third settles, a stranger reads the result."""

import re

import pytest
from playwright.sync_api import expect

from tests import world
from tests.e2e.hands import choose, label, press, ru, select_by_typing

pytestmark = pytest.mark.e2e

WORKS = "уже идут"
SECRET = "примечание Анны"


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


def follow(page, text):
    """Follows the link of that name, with or without a number behind it, on the admin's first page."""
    page.goto("/admin/")
    name = ru(text)
    page.get_by_role("link", name=re.compile(rf"^{re.escape(name[0].upper() + name[1:])}( \(\d+\))?$")).first.click()


def take_next(page):
    """The next article is open, and says that it is one for two."""
    page.goto("/admin/")
    page.get_by_role("link", name=ru("Articles to annotate")).first.click()
    press(page, "Next article for me")
    page.get_by_role("heading", name=ru("Text"), exact=True).wait_for()
    page.get_by_text(ru("This article is annotated twice, independently: suggestions are off.")).wait_for()
    page.locator("body.scripted").wait_for()


def mark(page, words, kind, drafts, **more):
    """A quote is marked and saved; `drafts` are there then."""
    select_by_typing(page, words)
    press(page, "Use as the quote")
    page.get_by_role("group", name=ru("Chosen words")).get_by_text(words).wait_for()
    page.get_by_role("radio", name=ru(kind), exact=True).check()
    choose(page, "speaker", "Озёр", "Иван Озёрный")
    page.get_by_label(label("occasion not named")).check()
    if "nickname" in more:
        page.get_by_label(label("label")).fill(more["nickname"])
    press(page, "Save the quote")
    expect(page.get_by_text(ru("draft"), exact=True)).to_have_count(drafts)


def found_by(reader, words, shown):
    """The stranger asks again for a while: the index is a moment behind."""
    for _ in range(300):
        reader.goto(f"/search?q={words}")
        if reader.get_by_text(shown).first.is_visible():
            return
        reader.wait_for_timeout(200)
    pytest.fail("what was settled was not found")


def test_two_read_an_article_a_third_settles_and_a_stranger_reads_the_result(site, browser_for, page, troubles):
    troubles.expect("404")
    site.play("article_for_reading")
    for name, group in (("anna", "annotator"), ("boris", "annotator"), ("roman", "reviewer"), ("elena", "editor")):
        site.user(name, group)

    # The editor has every article read by two.
    elena = browser_for("elena")
    follow(elena, "share of double annotation")
    elena.get_by_label(label("share in per cent")).fill("100")
    elena.get_by_role("button", name="Сохранить", exact=True).click()
    elena.get_by_text(re.compile(r"100 ?%|100 процентов|100 per cent")).first.wait_for()

    # Anna reads it, without the machine's help.
    anna = browser_for("anna")
    take_next(anna)
    assert anna.get_by_text("Машинова").count() == 0
    mark(anna, world.BRIDGE, "direct speech", 1)
    mark(anna, world.ROADS, "indirect speech", 2, nickname=SECRET)
    address = anna.url

    # Boris gets the same article, and nothing of hers, wherever he looks.
    boris = browser_for("boris")
    take_next(boris)
    assert boris.url == address.split("?")[0]
    for place in (None, "/admin/quotes/statement/", "/admin/quotes/quote/", "/admin/quotes/assignment/?show=all"):
        if place:
            boris.goto(place)
            assert boris.get_by_text(world.ROADS).count() == 0
        else:
            assert boris.get_by_text(ru("draft"), exact=True).count() == 0
        assert boris.get_by_text(SECRET).count() == 0
        assert boris.get_by_text("anna").count() == 0
    boris.goto(address)
    boris.locator("body.scripted").wait_for()
    mark(boris, world.BRIDGE, "direct speech", 1)
    mark(boris, world.ROADS, "indirect with quoted words", 2)
    mark(boris, WORKS, "direct speech", 3)

    # Both are done; what they have marked is not public, and neither can submit it.
    for reader in (anna, boris):
        reader.goto(address)
        press(reader, "Finish and open the next")
        reader.get_by_text(ru("Nothing else waits for you.")).first.wait_for()
    page.goto("/search?q=дороги")
    assert page.get_by_text(world.ROADS).count() == 0
    anna.goto(address)
    anna.locator("body.scripted").wait_for()
    anna.keyboard.press("j")
    anna.keyboard.press("g")
    refusal = "This article is annotated twice, independently. Its statements are submitted when it is settled."
    anna.get_by_text(ru(refusal)).first.wait_for()

    # Roman sees folded what they agree on, and opened what differs; one key each.
    roman = browser_for("roman")
    follow(roman, "To settle")
    roman.get_by_role("link", name="Мост построят").click()
    agreed = roman.get_by_text(re.compile(re.escape(ru("What they agree on"))))
    assert not roman.get_by_role("blockquote").get_by_text(world.BRIDGE).is_visible()
    agreed.click()
    roman.get_by_role("blockquote").get_by_text(world.BRIDGE).wait_for()
    assert roman.get_by_role("heading", name=re.compile(ru("kind"))).is_visible()
    assert roman.get_by_text("anna").count() == 0
    roman.keyboard.press("1")
    roman.get_by_text(ru("A's is taken")).wait_for()
    # That was the wrong one.
    roman.keyboard.press("k")
    roman.keyboard.press("u")
    expect(roman.get_by_text(ru("A's is taken"))).to_have_count(0)
    roman.keyboard.press("2")
    roman.get_by_text(ru("B's is taken")).wait_for()
    # What Boris alone has marked is kept, and corrected.
    roman.keyboard.press("e")
    roman.get_by_role("button", name=re.compile(ru("Save the quote"))).wait_for()
    roman.locator("body.scripted").wait_for()
    roman.get_by_label(label("label")).fill("работы на мосту")
    press(roman, "Save the quote")
    roman.get_by_role("status").get_by_text("работы на мосту").first.wait_for()
    roman.get_by_role("link", name=ru("Settle what differs")).click()
    press(roman, "Settle, and approve what others wrote")
    roman.get_by_text(
        ru("Submitted: %(submitted)s, approved: %(approved)s.") % {"submitted": 3, "approved": 2}
    ).wait_for()

    # How far the two agreed is told, whatever became of it: of five quotes four are two pairs, word for word.
    roman.get_by_role("link", name=ru("Agreement of annotators")).first.click()
    row = roman.get_by_role("row").filter(has_text="anna").first
    expect(row.get_by_role("cell", name="0,800").first).to_be_visible()
    with roman.expect_download() as download:
        roman.get_by_role("link", name=ru("Download as CSV")).click()
    assert "0,800" in download.value.path().read_text(encoding="utf-8-sig")

    # The stranger reads what was settled, and not what was not approved.
    found_by(page, "дороги", world.ROADS)
    page.get_by_role("link", name=ru("In context, with the proof")).first.click()
    page.get_by_text(world.ROADS).first.wait_for()
    page.get_by_text(ru("Indirect with quoted words: the sentence is the reporter’s")).first.wait_for()
    page.goto("/search?q=работы")
    assert page.get_by_text("работы на мосту").count() == 0


def test_without_javascript_one_settles_by_plain_forms(site, browser_for):
    site.play("read_by_two")
    site.user("roman", "reviewer")
    roman = browser_for("roman", java_script_enabled=False)
    follow(roman, "To settle")
    roman.get_by_role("link", name="Мост построят").click()
    roman.get_by_role("button", name=re.compile(ru("Take A's"))).first.click()
    roman.get_by_role("button", name=re.compile(ru("Take the decision back"))).click()
    roman.get_by_role("button", name=re.compile(ru("Neither"))).click()
    roman.get_by_role("button", name=re.compile(ru("Settle and submit for review"))).click()
    told = ru("Submitted: %(submitted)s, approved: %(approved)s.") % {"submitted": 1, "approved": 0}
    roman.get_by_text(told).wait_for()
    follow(roman, "To review")
    roman.get_by_role("link", name=re.compile(world.BRIDGE)).first.wait_for()


def test_letters_of_another_alphabet_and_in_fields_are_what_they_should_be(site, browser_for):
    site.play("read_by_two")
    site.user("roman", "reviewer")
    roman = browser_for("roman")
    follow(roman, "To settle")
    roman.get_by_role("link", name="Мост построят").click()
    roman.get_by_role("button", name=re.compile(ru("Neither"))).wait_for()
    # The page's script marks the difference at hand, and takes keys from then on.
    roman.locator("[data-difference][aria-current=true]").wait_for()
    # The key X, as a Russian keyboard writes it.
    client = roman.context.new_cdp_session(roman)
    for kind in ("keyDown", "keyUp"):
        client.send("Input.dispatchKeyEvent", {"type": kind, "key": "ч", "code": "KeyX", "windowsVirtualKeyCode": 88})
    roman.get_by_text(ru("neither is taken")).wait_for()
