"""How many keys an article takes, and how long each of them: every action completes. `make keys` prints the figures."""

import json
import statistics

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

# Seven statements that the annotators of this text agree on; offsets in code points, the end exclusive.
STATEMENTS = 7
WITHIN_KEYS = 25

# Milliseconds from the key until what it changes is painted. `until` is an expression that is true from then on.
MEASURE = """
(() => {
  let pressed = 0;
  document.addEventListener("keydown", (event) => { pressed = event.timeStamp; }, true);
  window.measured = (holds) => new Promise((resolve, reject) => {
    pressed = 0;
    setTimeout(() => reject(new Error(`not within 30 seconds: ${holds}`)), 30000);
    const look = () => {
      if (pressed && holds()) setTimeout(() => resolve(performance.now() - pressed), 0);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
})()
"""


class Hand:
    """Presses keys, counts them, and can time them."""

    def __init__(self, page):
        self.page = page
        self.pressed = 0

    def press(self, *keys):
        for key in keys:
            if key.isalpha() and not key.isascii():
                self.page.keyboard.type(key)
            else:
                self.page.keyboard.press(key)
            self.pressed += 1

    def time(self, key, until):
        self.page.evaluate(f"void (window.result = window.measured(() => ({until})))")
        self.press(key)
        return self.page.evaluate("window.result")


@pytest.fixture
def anna(site, browser_for, troubles):
    troubles.expect("422")
    troubles.expect("favicon")
    site.user("anna", "annotator")
    return browser_for("anna")


def test_the_sample_article_is_done_right_in_few_keys(site, anna, sample, record_property):
    made = site.play("sample_article", text=sample)
    anna.goto(made["page"])
    anna.locator("body.scripted").wait_for()
    hand = Hand(anna)
    # The occasion is set once, with the first statement; the others take it from there.
    hand.press("j", "e")
    anna.locator(".select2-search__field").last.wait_for()
    hand.press(*"посл")
    anna.get_by_role("option", name=made["meeting"]).wait_for()
    hand.press("Enter")
    for number in range(1, STATEMENTS + 1):
        hand.press("a")
        expect(anna.locator(".item.statement")).to_have_count(number)
    drafts = site.play("drafts")
    assert [one["lacking"] for one in drafts] == [[]] * STATEMENTS
    assert {(one["speaker"], one["spoken"], one["meeting"]) for one in drafts} == {
        ("Александр Лукашенко", "2024-03-04", made["meeting"])
    }
    text = sample[slice(*drafts[1]["parts"][0])]
    assert text.startswith("Наша с вами встреча")
    assert text.endswith("самые продвинутые отношения")
    told = f"The sample article, {STATEMENTS} statements: {hand.pressed} keys (at most {WITHIN_KEYS} are wanted)"
    record_property("figures", told)
    assert hand.pressed <= WITHIN_KEYS


def test_every_action_completes_on_a_very_long_article(site, anna, record_property):
    made = site.play("long_article")
    anna.goto(made["page"])
    anna.locator("body.scripted").wait_for()
    anna.evaluate(MEASURE)
    hand = Hand(anna)
    current = "document.querySelector('[aria-current]')?.id"
    took = {}

    def act(name, key, until, times=5):
        for _ in range(times):
            before = anna.evaluate(f"{current} ?? ''")
            words = anna.evaluate("document.getElementById('annotation-words').innerText")
            until_now = until.replace("BEFORE", json.dumps(before)).replace("WORDS", json.dumps(words))
            took.setdefault(name, []).append(hand.time(key, until_now))

    moved = f"{current} !== BEFORE"
    words_changed = "document.getElementById('annotation-words').innerText !== WORDS"
    saved = "document.getElementById(BEFORE) === null && !document.querySelector('.pending')"
    act("next", "j", moved)
    act("previous", "k", moved, 3)
    act("next left to decide", "n", moved)
    act("end a word earlier", "[", words_changed)
    act("end a word later", "]", words_changed)
    act("start a word later", "}", words_changed)
    act("start a word earlier", "{", words_changed)
    for name, key in (("mixed", "m"), ("direct", "q"), ("indirect", "w")):
        act(name, key, f"document.querySelector('[name=kind]:checked').value === '{name}'", 1)
    act("undo in the form", "u", "document.querySelector('[name=kind]:checked').value !== 'indirect'", 1)
    act("accept: the next one is shown", "a", moved)
    expect(anna.locator(".pending")).to_have_count(0)
    act("accept: the statement is listed", "a", saved)
    act("reject", "x", saved)
    act("undo of a rejection", "u", f"{moved} && !document.querySelector('.pending')", 3)
    act("word cursor", "v", "document.querySelector('.has-cursor')", 1)
    told = "document.getElementById('annotation-said').textContent"
    for name, key in (("word cursor, a word on", "ArrowRight"), ("word cursor, a line down", "ArrowDown")):
        for _ in range(5):
            was = json.dumps(anna.evaluate(told))
            took.setdefault(name, []).append(hand.time(key, f"{told} !== {was}"))
    head = f"{made['words']} words, 300 spans; milliseconds from the key to the picture: median, worst"
    rows = [f"  {name:36} {statistics.median(times):6.0f} {max(times):6.0f}" for name, times in took.items()]
    record_property("figures", "\n".join([head, *rows]))
    assert all(times for times in took.values())
