"""Suggestions in a browser, from a pasted report and a running worker to decisions by key and by mouse."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import SOURCE, choose, label, open_pasted, paste, press, ru, select_by_typing

pytestmark = pytest.mark.e2e

SPEAKER = "Александр Лукашенко"
FIRST, LATER = "Наша с вами встреча проходит не просто так", "Я имею в виду выборы"
FREQUENT = "Беларусь готова расширять сотрудничество"


@pytest.fixture(autouse=True)
def complaints_that_belong_to_the_job(troubles):
    troubles.expect("422")
    troubles.expect("favicon")


@pytest.fixture
def anna(site, browser_for):
    """Anna's browser."""
    site.user("anna", "annotator")
    return browser_for("anna")


@pytest.fixture
def worker(site):
    """The site has a worker."""
    site.start_worker()


@pytest.fixture
def report(site, anna, sample):
    """The report, which the machine has read, is open in Anna's browser."""
    open_pasted(site, anna, sample, is_read=True)


def suggested(page, words):
    """The suggestion of these words in the list."""
    return page.locator("[data-suggestion]").filter(has_text=words)


def press_until_on(page, key, item):
    """Presses the key until the suggestion has the focus, if it has not."""
    for _ in range(20):
        if item.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail("the keys do not lead there")


def drafts(page):
    return page.locator(".statement").get_by_text(ru("draft"), exact=True)


def test_an_article_is_decided_by_key_and_by_mouse_and_stays_so(site, worker, anna, sample):
    paste(anna, sample)
    first, later, frequent = (suggested(anna, words) for words in (FIRST, LATER, FREQUENT))
    first.wait_for(timeout=60_000)  # the worker loads its models first

    # Accepted by key: nobody of that name is on record yet, so the form asks, and makes the record.
    press_until_on(anna, "j", frequent)
    anna.keyboard.press("a")
    expect(anna.get_by_label(label("Add to the records, and name as the speaker"))).to_be_focused()
    anna.keyboard.press("Space")
    anna.keyboard.press("a")
    expect(drafts(anna)).to_have_count(1)
    # From then on the name has its record in this text: one key is enough, and the focus has gone on to the next one.
    following = anna.locator("[data-suggestion]:focus")
    expect(following).to_contain_text(SPEAKER)
    anna.keyboard.press("a")
    expect(drafts(anna)).to_have_count(2)
    expect(anna.locator("[data-suggestion]:focus")).to_be_in_viewport()

    # Letters typed into a field are letters.
    count = anna.locator("[data-suggestion]").count()
    anna.keyboard.press("l")
    expect(anna.get_by_label(label("label"))).to_be_focused()
    anna.keyboard.type("axjc")
    assert anna.get_by_label(label("label")).input_value() == "axjc"
    anna.get_by_label(label("label")).fill("")
    assert anna.locator("[data-suggestion]").count() == count
    anna.keyboard.press("Escape")

    # Corrected by mouse: another kind.
    first.click()
    expect(anna.get_by_role("group", name=ru("Chosen words"))).to_contain_text(FIRST)
    anna.get_by_label(ru("indirect with quoted words")).check()
    if SPEAKER not in anna.locator("#select2-id_speaker-container").inner_text():
        choose(anna, "speaker", "лукашенко", SPEAKER)
    press(anna, "Save the quote")
    expect(drafts(anna)).to_have_count(3)

    # Rejected by key, taken back by key, done again.
    press_until_on(anna, "j", later)
    anna.keyboard.press("x")
    later.wait_for(state="detached")
    anna.keyboard.press("u")
    expect(later).to_be_focused()
    anna.keyboard.press("Shift+U")
    later.wait_for(state="detached")

    expect(anna.locator(".pending")).to_have_count(0)
    assert site.play("decided") == ["accepted", "accepted", "corrected", "rejected"]
    assert site.play("read_again") == 1
    anna.reload()
    suggested(anna, "").first.wait_for()
    assert [suggested(anna, words).count() for words in (FIRST, FREQUENT, LATER)] == [0, 0, 0]
    assert site.play("decided") == ["accepted", "accepted", "corrected", "rejected"]

    # What was done before the page was loaded anew can still be undone.
    anna.keyboard.press("u")
    expect(later).to_be_focused()


def test_keys_change_the_draft_at_once_and_every_change_can_be_undone(anna, report):
    item = suggested(anna, FREQUENT)
    item.wait_for()
    press_until_on(anna, "j", item)
    chosen = anna.get_by_role("group", name=ru("Chosen words"))
    expect(chosen).to_contain_text("совместных предприятий")
    anna.keyboard.press("[")
    expect(chosen).not_to_contain_text("предприятий")
    anna.keyboard.press("}")
    expect(chosen).not_to_contain_text("Беларусь")
    anna.keyboard.press("m")
    expect(anna.get_by_label(ru("indirect with quoted words"))).to_be_checked()
    anna.keyboard.press("q")
    expect(anna.get_by_label(ru("direct speech"), exact=True)).to_be_checked()
    for _ in range(4):
        anna.keyboard.press("u")
    expect(anna.get_by_label(ru("indirect speech"), exact=True)).to_be_checked()
    expect(chosen).to_contain_text("Беларусь")
    expect(chosen).to_contain_text("предприятий")
    anna.keyboard.press("Shift+U")
    expect(chosen).not_to_contain_text("предприятий")
    # What was entered and not saved is there after a reload.
    anna.on("dialog", lambda dialog: dialog.accept())
    anna.reload()
    press_until_on(anna, "j", item)
    expect(chosen).not_to_contain_text("предприятий")


def test_words_are_selected_by_the_word_cursor_alone(site, anna, sample):
    open_pasted(site, anna, sample)
    chosen = anna.get_by_role("group", name=ru("Chosen words"))
    anna.keyboard.press("v")
    anna.keyboard.press("ArrowRight")
    anna.keyboard.press("Shift+ArrowRight")
    expect(anna.locator("#annotation-said")).to_contain_text("Беларуси Александр")
    anna.keyboard.press("Enter")
    expect(chosen).to_contain_text("Беларуси Александр")
    anna.keyboard.press("ArrowRight")
    anna.keyboard.press("ArrowRight")
    anna.keyboard.press("+")
    expect(chosen).to_contain_text("рассчитывает")
    anna.keyboard.press("p")
    expect(chosen).to_contain_text(f"{ru('Passage')}: рассчитывает")
    anna.keyboard.press("Escape")
    anna.keyboard.press("-")
    expect(chosen.get_by_role("button", name=ru("Remove"))).to_have_count(2)


def test_a_key_is_changed_under_the_question_mark_and_stays_changed(anna, report):
    suggested(anna, FIRST).wait_for()
    anna.keyboard.press("?")
    dialog = anna.get_by_role("dialog", name=ru("Keys"))
    change = dialog.get_by_role("button", name=f"{ru('Change the key')}: {ru('next statement or suggestion')}")
    change.click()
    anna.keyboard.press("k")
    expect(dialog).to_contain_text(ru("This key does something already: %(what)s.") % {"what": ru("previous one")})
    change.click()
    anna.keyboard.press("z")
    anna.keyboard.press("Escape")
    anna.reload()
    suggested(anna, FIRST).wait_for()
    anna.keyboard.press("z")
    expect(anna.locator("[data-item]").first).to_be_focused()


def test_a_click_on_words_in_the_text_leads_to_their_suggestion(anna, report):
    suggested(anna, FIRST).wait_for()
    pane = anna.get_by_label(ru("Text of the article")).bounding_box()
    anna.mouse.click(pane["x"] + 120, pane["y"] + 30)
    expect(suggested(anna, "рассчитывает на серьезный рост").first).to_be_focused()


def test_keys_are_found_on_a_keyboard_set_to_russian(anna, report):
    suggested(anna, FIRST).wait_for()
    for _ in range(2):
        anna.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'о', code: 'KeyJ', bubbles: true}))")
    expect(anna.locator("[data-suggestion]").nth(1)).to_be_focused()


def test_suggestions_follow_when_the_body_is_moved_by_hand(site, worker, anna, sample):
    open_pasted(site, anna, sample)
    suggested(anna, LATER).wait_for(timeout=60_000)
    select_by_typing(anna, FIRST)
    press(anna, "End the article here")
    suggested(anna, LATER).wait_for(state="detached")
    select_by_typing(anna, "Это даже не обсуждается")
    press(anna, "End the article here")
    suggested(anna, LATER).wait_for()


def test_without_javascript_one_reloads_accepts_and_rejects(site, browser_for, sample):
    site.user("vera", "annotator")
    site.play("pasted_article", text=sample, source=SOURCE)
    vera = browser_for("vera", java_script_enabled=False)
    vera.goto("/admin/articles/article/")
    vera.get_by_role("link", name=re.compile("рассчитывает")).first.click()
    vera.get_by_role("link", name=re.compile(ru("Annotate"), re.IGNORECASE)).first.click()
    vera.get_by_text(ru("Suggestions are being made; they appear here.")).wait_for()
    site.play("read_again")
    vera.get_by_role("link", name=ru("Reload the page")).click()
    suggested(vera, LATER).get_by_role("button", name=re.compile(ru("Reject"))).click()
    suggested(vera, LATER).wait_for(state="detached")
    suggested(vera, FREQUENT).get_by_role("button", name=re.compile(ru("Name the speaker and accept"))).click()
    vera.get_by_label(label("Add to the records, and name as the speaker")).check()
    press(vera, "Save the quote")
    vera.get_by_text(ru("draft"), exact=True).wait_for()
    suggested(vera, FIRST).get_by_role("button", name=re.compile(f"^{ru('Accept')}")).click()
    vera.get_by_text(ru("draft"), exact=True).nth(1).wait_for()
    assert site.play("decided") == ["accepted", "accepted", "rejected"]
