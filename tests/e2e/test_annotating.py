"""The annotation page in a browser: nothing chosen is lost, and what can't be saved is told at once."""

import re

import pytest

from tests.e2e.browser import log_in
from tests.e2e.hands import TEASER, label, open_pasted, press, ru, select_by_typing

pytestmark = pytest.mark.e2e

LABEL = "смешной миллиард"
WORDS = "Это даже не обсуждается"


@pytest.fixture(autouse=True)
def refusals_are_expected(troubles):
    """The browser logs every answer that is no 2xx; a refused selection is one, and part of the job."""
    troubles.expect("422")
    troubles.expect("favicon")


@pytest.fixture
def anna(site, browser_for, sample):
    """Anna's browser, where the report is open for annotation."""
    site.user("anna", "annotator")
    page = browser_for("anna")
    open_pasted(site, page, sample)
    return page


def test_a_mouse_let_go_beside_the_text_and_a_moved_body_lose_nothing(anna, sample):
    anna.get_by_label(label("label")).fill(LABEL)

    pane = anna.get_by_label(ru("Text of the article")).bounding_box()
    anna.mouse.move(pane["x"] + 60, pane["y"] + 200)
    anna.mouse.down()
    anna.mouse.move(pane["x"] + 300, pane["y"] + 255, steps=10)
    anna.mouse.move(pane["x"] + pane["width"] + 15, pane["y"] + 255, steps=10)
    anna.mouse.up()
    press(anna, "Use as the quote")
    anna.get_by_role("button", name=ru("Remove")).wait_for()
    chosen = anna.get_by_role("group", name=ru("Chosen words")).inner_text()
    assert chosen.split("\n")[0] in sample[: len(sample.split("-0-")[0])]

    select_by_typing(anna, TEASER)
    press(anna, "End the article here")
    anna.get_by_text(ru("The body is moved.")).wait_for()
    assert anna.get_by_label(label("label")).input_value() == LABEL
    assert anna.get_by_role("group", name=ru("Chosen words")).inner_text() == chosen
    press(anna, "Use as the quote")
    anna.get_by_text(TEASER).first.wait_for()


def test_what_could_not_be_saved_is_told_as_soon_as_it_is_chosen(anna):
    problem = anna.get_by_role("alert")
    chosen = anna.get_by_role("group", name=ru("Chosen words"))

    select_by_typing(anna, "Я имею в виду выборы")
    press(anna, "Use as the quote")
    chosen.get_by_text("Я имею в виду выборы").wait_for()
    select_by_typing(anna, "в виду выборы. Вы внимательно")
    press(anna, "Add as another part")
    problem.get_by_text(ru("Two parts of the quote share characters. Select parts that follow one another.")).wait_for()
    assert "внимательно" not in chosen.inner_text()

    outside = ru("The passage must lie inside the quote's words, within one of its parts.")
    select_by_typing(anna, "Свежим глазом")
    press(anna, "Mark as the telling passage")
    problem.get_by_text(outside).wait_for()
    assert "глазом" not in chosen.inner_text()

    select_by_typing(anna, "Свежим глазом всегда виднее")
    press(anna, "Add as another part")
    chosen.get_by_text("виднее").wait_for()
    select_by_typing(anna, "глазом")
    press(anna, "Mark as the telling passage")
    chosen.get_by_text(re.compile(": глазом$")).wait_for()
    assert not problem.is_visible()
    # The passage is left behind when its part goes.
    anna.get_by_role("button", name=ru("Remove")).nth(1).click()
    problem.get_by_text(outside).wait_for()
    anna.get_by_role("button", name=ru("Remove")).nth(1).click()
    problem.wait_for(state="hidden")


def test_a_warning_leads_to_the_quote_that_has_the_words_already(anna):
    select_by_typing(anna, WORDS)
    press(anna, "Use as the quote")
    anna.get_by_label(label("label")).fill(LABEL)
    press(anna, "Save the quote")
    anna.get_by_text(ru("draft"), exact=True).wait_for()

    def follow(place):
        with anna.expect_popup() as opened:
            place.get_by_role("link", name=ru("Show that quote")).click()
        assert opened.value.get_by_label(label("label")).input_value() == LABEL
        opened.value.close()

    select_by_typing(anna, "не обсуждается")
    press(anna, "Use as the quote")
    follow(anna.get_by_role("status"))
    press(anna, "Save the quote")
    anna.get_by_label(label("Save all the same")).wait_for()
    follow(anna.locator("form"))


def test_whoever_was_logged_out_meanwhile_keeps_what_was_chosen_and_saves_it_after_logging_in(anna, troubles):
    # The form's token is of the former session: it is refused once, and renewed.
    troubles.expect("403")
    select_by_typing(anna, WORDS)
    press(anna, "Use as the quote")
    anna.get_by_label(label("label")).fill(LABEL)
    other = anna.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Выйти").click()
    other.get_by_role("link", name=re.compile("Войти")).wait_for()

    press(anna, "Save the quote")
    problem = anna.get_by_role("alert")
    with anna.expect_popup() as opened:
        problem.get_by_role("link", name=ru("Log in")).click()
    log_in(opened.value, "anna")
    # Moving the body asks the server with a form of its own.
    select_by_typing(anna, TEASER)
    press(anna, "End the article here")
    anna.get_by_text(ru("The body is moved.")).wait_for()
    press(anna, "Save the quote")
    anna.get_by_text(ru("draft"), exact=True).wait_for()
    assert anna.get_by_role("listitem").filter(has_text=LABEL).get_by_text(WORDS).is_visible()


def test_chosen_words_are_not_left_by_a_stray_click(anna):
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.dismiss()

    anna.on("dialog", stay)
    select_by_typing(anna, WORDS)
    press(anna, "Use as the quote")
    chosen = anna.get_by_role("group", name=ru("Chosen words"))
    chosen.get_by_text(WORDS).wait_for()
    anna.get_by_role("link", name=ru("Articles")).first.click(no_wait_after=True)
    anna.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert chosen.get_by_text(WORDS).is_visible()
    press(anna, "Save the quote")
    anna.get_by_text(ru("draft"), exact=True).wait_for()
    assert asked == ["beforeunload"]
