"""Every key that the page's dialog of keys names does what the dialog says."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import label, ru

pytestmark = pytest.mark.e2e

BRIDGE, ROADS, WORKS = "Мост будет построен к осени", "дороги отремонтируют раньше", "уже идут"


class Desk:
    """Somebody at the annotation page, who reads in the dialog which key does what, and presses it."""

    def __init__(self, page):
        self.page = page
        self.keys = {}
        self.pressed = set()
        self.chosen = page.get_by_role("group", name=ru("Chosen words"))

    def read_keys(self):
        self.page.keyboard.press("?")
        rows = self.page.get_by_role("dialog", name=ru("Keys")).get_by_role("row")
        for row in rows.all():
            self.keys[row.get_by_role("rowheader").inner_text()] = row.locator("kbd").inner_text()
        self.page.keyboard.press("Escape")

    def press(self, does):
        key = self.keys[ru(does)].replace("Ctrl", "Control").replace("→", "ArrowRight")
        self.page.keyboard.press(key.lower() if len(key) == 1 else key)
        self.pressed.add(ru(does))

    def row(self, words):
        return self.page.locator("[data-item]").filter(has_text=words)

    def find(self, words):
        """Words are selected by typing them."""
        self.press("find words in the text by typing them")
        sought = self.page.get_by_label(re.compile("…"))
        expect(sought).to_be_focused()
        sought.fill(words)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Escape")

    def leave(self):
        """Esc leads out of a field, back to the list."""
        self.page.keyboard.press("Escape")
        expect(self.page.locator("[data-item]:focus, #suggestions:focus")).to_have_count(1)

    def is_ready(self):
        self.page.locator("body.scripted").wait_for()


@pytest.fixture
def desk(site, browser_for, troubles):
    troubles.expect("422|favicon")
    site.user("anna", "annotator", "editor")
    made = site.play("article_of_suggestions", words=[BRIDGE, ROADS, WORKS])
    site.play("articles", titles=["Дождь"])
    anna = browser_for("anna")
    anna.goto(made["page"])
    desk = Desk(anna)
    desk.is_ready()
    return desk


def test_every_key_does_what_is_said_of_it(desk):
    page, press, row, chosen = desk.page, desk.press, desk.row, desk.chosen
    desk.read_keys()
    press("show the keys")
    expect(page.get_by_role("dialog", name=ru("Keys"))).to_be_visible()
    page.keyboard.press("Escape")

    press("begin the article")
    page.get_by_role("button", name=ru("Begin"), exact=True).wait_for(state="detached")
    desk.is_ready()

    # From item to item
    press("next statement or suggestion")
    expect(row(BRIDGE)).to_be_focused()
    press("next one left to decide")
    expect(row(ROADS)).to_be_focused()
    press("previous one")
    expect(row(BRIDGE)).to_be_focused()

    # What it is
    for kind in ("indirect with quoted words", "indirect speech", "direct speech"):
        press(kind)
        expect(page.get_by_role("radio", name=ru(kind), exact=True)).to_be_checked()
    press("correct it: go into the form")
    expect(page.get_by_role("radio", name=ru("direct speech"), exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(row(BRIDGE)).to_be_focused()

    # Its ends
    press("end a word earlier")
    expect(chosen).not_to_contain_text("осени")
    press("end a word later")
    expect(chosen).to_contain_text("осени")
    press("start a word earlier")
    expect(chosen).to_contain_text("Приморья")
    press("start a word later")
    expect(chosen).not_to_contain_text("Приморья")

    # The fields
    press("speaker")
    expect(page.locator(".select2-search__field:focus")).to_be_visible()
    desk.leave()
    press("date")
    expect(page.get_by_label(label("said"))).to_be_focused()
    desk.leave()
    press("occasion")
    page.keyboard.type("посл")
    page.get_by_role("option", name="Встреча с послом Приморья").wait_for()
    page.keyboard.press("Enter")
    expect(page.locator("#select2-id_meeting-container")).to_contain_text("Встреча с послом Приморья")
    press("occasion not named")
    expect(page.get_by_label(label("occasion not named"))).to_be_checked()
    press("topics")
    expect(page.locator(".select2-search__field:focus")).to_be_visible()
    desk.leave()
    press("label")
    nickname = page.get_by_label(label("label"))
    expect(nickname).to_be_focused()
    page.keyboard.type("осенний мост")
    desk.leave()
    press("undo")
    expect(nickname).to_have_value("")
    press("do again")
    expect(nickname).to_have_value("осенний мост")

    # Words by the word cursor
    press("word cursor: arrows move, Shift or Space marks, Enter takes the words")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.get_by_text(ru("Marked: %(words)s") % {"words": "Мост будет"})).to_be_visible()
    press("the marked words are the quote")
    expect(chosen.get_by_text("Мост будет", exact=True)).to_be_visible()
    page.keyboard.press("ArrowRight")
    press("the marked words are another part of the quote")
    expect(chosen.get_by_text("построен", exact=True)).to_be_visible()
    press("take the last part off")
    expect(chosen.get_by_text("построен", exact=True)).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    press("the marked words are the telling passage")
    expect(chosen).to_contain_text(f"{ru('Passage')}: будет")
    desk.find("Иван Озёрный")
    press("the marked words name the speaker")
    expect(page.get_by_label(label("attribution as printed"))).to_have_value("Иван Озёрный")

    # Decisions
    press("save the quote")
    expect(page.locator(".statement")).to_have_count(1)
    expect(row(ROADS)).to_be_focused()
    press("accept the suggestion as the form shows it")
    expect(page.locator(".statement")).to_have_count(2)
    expect(row(WORKS)).to_be_focused()
    press("reject the suggestion, or delete the quote")
    expect(row(WORKS)).to_have_count(0)
    press("next statement or suggestion")
    press("submit the statement for review")
    expect(page.get_by_text(ru("waits for review"), exact=True)).to_be_visible()
    press("begin a new quote")
    expect(page.get_by_role("heading", name=ru("New quote"))).to_be_visible()

    # The bounds of the article
    moved = page.get_by_text(ru("The body is moved."))
    desk.find(WORKS)
    press("the article ends at the marked words")
    expect(moved).to_be_visible()
    press("next statement or suggestion")
    expect(moved).to_have_count(0)
    desk.find("Мост")
    press("the article starts at the marked words")
    expect(moved).to_be_visible()

    # On to other articles
    press("skip the article, with a reason")
    expect(page.get_by_label(ru("Why:"))).to_be_focused()
    page.keyboard.press("Escape")
    press("another article, without finishing this one")
    page.get_by_role("heading", name="Дождь").wait_for()
    desk.is_ready()
    press("finish the article and open the next one")
    page.get_by_role("heading", name="Дождь").wait_for(state="detached")

    assert desk.pressed == set(desk.keys)
