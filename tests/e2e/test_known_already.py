"""What is on record already is offered before it is entered twice, and the article's bounds are dragged."""

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import ru

pytestmark = pytest.mark.e2e

SPEAKER = "Иван Озёрный"


@pytest.fixture
def anna(site, browser_for, troubles):
    troubles.expect("422|favicon")
    site.user("anna", "annotator", "editor")
    return browser_for("anna")


def open_article(site, page, scene, **arguments):
    page.goto(site.play(scene, **arguments)["page"])
    page.locator("body.scripted").wait_for()
    page.keyboard.press("j")
    expect(page.locator("[data-suggestion]").first).to_be_focused()


def test_a_quote_of_a_statement_that_another_article_reports_joins_it(site, anna):
    open_article(site, anna, "second_report")
    offered = anna.get_by_role("status").filter(has_text=ru("Known already from another text"))
    expect(offered).to_contain_text("Мост будет построен к осени")
    offered.get_by_role("button", name=ru("Attach this quote to it")).click()
    anna.get_by_text(ru("Attached: the statement has one more report.")).wait_for()
    expect(anna.locator("[data-suggestion]")).to_have_count(0)
    expect(anna.locator(".statement")).to_contain_text("Мост построят к осени")
    assert site.play("reports") == [["Мост будет построен к осени", "Мост построят к осени"]]


def test_a_name_that_resembles_one_on_record_is_not_added_again(site, anna):
    open_article(site, anna, "article_of_a_stranger", name="Озёрный Иван", on_record=SPEAKER)
    anna.keyboard.press("a")
    resembling = anna.get_by_role("status").filter(has_text=ru("On record already"))
    expect(resembling).to_contain_text(SPEAKER)
    resembling.get_by_role("button", name=ru("Take this one")).click()
    expect(anna.locator("#select2-id_speaker-container")).to_contain_text(SPEAKER)
    anna.keyboard.press("Escape")
    anna.keyboard.press("a")
    expect(anna.locator(".statement")).to_contain_text(SPEAKER)
    assert site.play("speakers") == [SPEAKER]


def test_a_name_that_is_on_nobodys_record_is_added_on_the_spot(site, anna):
    open_article(site, anna, "article_of_a_stranger", name="Марфа Пробная", on_record=SPEAKER)
    anna.keyboard.press("a")
    anna.keyboard.press("Space")
    anna.keyboard.press("a")
    expect(anna.locator(".statement")).to_contain_text("Марфа Пробная")
    assert site.play("speakers") == ["Иван Озёрный", "Марфа Пробная"]


def test_the_end_of_the_article_is_dragged_by_the_mouse(site, anna):
    open_article(site, anna, "article_of_suggestions", words=["Мост будет построен к осени", "уже идут"])
    handle = anna.get_by_title(ru("End of the article: drag"))
    handle.hover()
    box = handle.bounding_box()
    anna.mouse.down()
    anna.mouse.move(box["x"] + 200, box["y"] - 35, steps=6)
    anna.mouse.up()
    anna.get_by_text(ru("The body is moved.")).wait_for()
    expect(anna.locator("[data-suggestion]")).to_have_count(1)
