"""What is entered on the annotation page and not saved is lost by nothing, and nobody's saved work is overwritten unseen."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import log_in
from tests.e2e.hands import label, ru

pytestmark = pytest.mark.e2e

WORDS = "Мост будет построен к осени"


@pytest.fixture(autouse=True)
def complaints_that_belong_to_the_job(troubles):
    """The browser logs each answer that is no 2xx, and each request that found nobody."""
    troubles.expect("40[349]|422|favicon|ERR_INTERNET_DISCONNECTED")


@pytest.fixture
def page_of_article(site):
    """The address of an article with a saved quote of Anna's and a suggestion."""
    site.user("anna", "annotator")
    site.user("vera", "annotator")
    return site.play("article_at_work")["page"]


def opened(browser_for, name, address):
    """The article's page in that person's browser, ready for keys."""
    page = browser_for(name)
    page.on("dialog", lambda dialog: dialog.accept())
    open_in(page, address)
    return page


def open_in(page, address):
    page.goto(address)
    page.locator("body.scripted").wait_for()


def row(page, words):
    return page.get_by_role("listitem").filter(has_text=words).first


def field(page):
    return page.get_by_label(label("label"))


def begin_to_change(page, text):
    """The saved quote is chosen by key, and has another label, which nobody has saved."""
    page.keyboard.press("j")
    expect(row(page, WORDS)).to_be_focused()
    page.keyboard.press("l")
    field(page).fill(text)


def reload_slowly(page):
    """The page is loaded anew, and comes a good while after the server has written it."""

    def come_late(route):
        answer = route.fetch()
        time.sleep(2)
        route.fulfill(response=answer)

    page.route(page.url, come_late)
    page.reload()
    page.locator("body.scripted").wait_for()
    page.unroute(page.url)


def unsaved(page):
    return page.get_by_text(ru("Not saved yet; what you entered is kept."))


def test_what_is_entered_is_there_in_another_browser_of_the_same_person_and_gone_once_saved(
    browser_for, page_of_article
):
    anna = opened(browser_for, "anna", page_of_article)
    begin_to_change(anna, "осенний мост")
    unsaved(anna).wait_for()
    elsewhere = opened(browser_for, "anna", page_of_article)
    elsewhere.keyboard.press("j")
    expect(field(elsewhere)).to_have_value("осенний мост")
    expect(elsewhere.get_by_text(ru("Here is what you had entered and not saved."))).to_be_visible()
    elsewhere.keyboard.press("Control+Enter")
    elsewhere.get_by_text("осенний мост", exact=False).first.wait_for()
    expect(unsaved(elsewhere)).to_have_count(0)
    open_in(elsewhere, page_of_article)
    elsewhere.keyboard.press("j")
    expect(field(elsewhere)).to_have_value("осенний мост")
    expect(unsaved(elsewhere)).to_have_count(0)


def test_what_was_sent_while_the_page_was_loaded_anew_is_on_it(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    field(anna).fill("осенний мост")
    reload_slowly(anna)
    expect(field(anna)).to_have_value("осенний мост")
    # Once the server has all of it, it counts as one state: nobody is asked to choose between it and itself.
    unsaved(anna).wait_for()
    expect(anna.get_by_role("button", name=ru("Take what stands there"))).to_have_count(0)
    anna.reload()
    anna.locator("body.scripted").wait_for()
    expect(field(anna)).to_have_value("осенний мост")


def test_what_was_entered_before_the_tab_was_closed_can_still_be_undone(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    begin_to_change(anna, "мост")
    unsaved(anna).wait_for()
    anna.keyboard.press("Escape")
    anna.keyboard.press("m")
    # A moment later both have reached the server.
    anna.wait_for_timeout(1500)
    later = anna.context.new_page()
    anna.close(run_before_unload=False)
    open_in(later, page_of_article)
    later.keyboard.press("j")
    mixed = later.get_by_label(ru("indirect with quoted words"))
    expect(mixed).to_be_checked()
    later.keyboard.press("u")
    expect(mixed).not_to_be_checked()
    expect(field(later)).to_have_value("мост")
    later.keyboard.press("Shift+U")
    expect(mixed).to_be_checked()


def test_without_the_network_all_is_kept_here_and_goes_to_the_server_when_it_is_back(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    anna.context.set_offline(True)
    begin_to_change(anna, "осенний мост")
    here = anna.get_by_text(
        ru("Kept in this browser only: the server does not answer. It goes there as soon as it does.")
    )
    here.wait_for()
    # Saving fails, and loses nothing.
    anna.keyboard.press("Control+Enter")
    anna.get_by_role("alert").get_by_text(
        ru("The server does not answer. What you typed is still here; try again.")
    ).wait_for()
    expect(field(anna)).to_have_value("осенний мост")
    anna.context.set_offline(False)
    unsaved(anna).wait_for()
    elsewhere = opened(browser_for, "anna", page_of_article)
    elsewhere.keyboard.press("j")
    expect(field(elsewhere)).to_have_value("осенний мост")
    anna.keyboard.press("Control+Enter")
    row(anna, "осенний мост").wait_for()


def test_a_rejection_that_did_not_reach_the_server_is_taken_back_and_told(site, browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    anna.keyboard.press("n")
    anna.context.set_offline(True)
    anna.keyboard.press("x")
    anna.get_by_role("alert").get_by_text(
        ru("The server does not answer. What you typed is still here; try again.")
    ).wait_for()
    expect(anna.locator("[data-suggestion]")).to_have_count(1)
    anna.context.set_offline(False)
    anna.keyboard.press("x")
    expect(anna.locator("[data-suggestion]")).to_have_count(0)
    assert site.play("decided") == ["rejected"]


def log_out_in_another_tab(page):
    other = page.context.new_page()
    other.goto("/admin/")
    other.get_by_role("button", name="Выйти").click()
    other.get_by_role("link", name=re.compile("Войти")).wait_for()
    return other


def test_an_expired_login_is_told_while_one_types_and_after_the_next_one_all_is_sent(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    other = log_out_in_another_tab(anna)
    other.close()
    begin_to_change(anna, "осенний мост")
    anna.get_by_text(ru("Kept in this browser only: you are logged out.")).wait_for()
    with anna.expect_popup() as popup:
        anna.get_by_role("link", name=ru("Log in")).first.click()
    log_in(popup.value, "anna")
    popup.value.close()
    unsaved(anna).wait_for()
    anna.keyboard.press("Control+Enter")
    row(anna, "осенний мост").wait_for()


def test_nobody_saves_in_the_name_of_whoever_logs_in_next_in_the_same_browser(site, browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    other = log_out_in_another_tab(anna)
    log_in(other, "vera")
    begin_to_change(anna, "осенний мост")
    anna.keyboard.press("Control+Enter")
    anna.get_by_role("alert").get_by_text(
        ru("Somebody else has logged in. Log in as yourself in another tab: nothing is lost.")
    ).wait_for()
    open_in(other, page_of_article)
    other.keyboard.press("j")
    expect(field(other)).to_have_value("")


def test_of_two_people_who_save_the_same_statement_the_second_sees_both_versions_and_chooses(
    browser_for, page_of_article
):
    anna = opened(browser_for, "anna", page_of_article)
    vera = opened(browser_for, "vera", page_of_article)
    begin_to_change(anna, "осенний мост")
    begin_to_change(vera, "новый мост")
    vera.keyboard.press("Escape")
    vera.keyboard.press("m")
    vera.keyboard.press("Control+Enter")
    row(vera, "новый мост").wait_for()

    anna.keyboard.press("Control+Enter")
    conflict = anna.get_by_role("group", name=ru("Two versions"))
    conflict.get_by_text("новый мост").wait_for()
    expect(conflict).to_contain_text("осенний мост")
    expect(conflict).to_contain_text("vera")
    # Both have changed the label: Anna's own is chosen first. Only Vera has changed the kind: hers stays.
    expect(field(anna)).to_have_value("осенний мост")
    expect(anna.get_by_role("radio", name=ru("indirect with quoted words")).last).to_be_checked()
    conflict.get_by_role("radio", name="новый мост").check()
    expect(field(anna)).to_have_value("новый мост")
    conflict.get_by_role("button", name=ru("All of mine")).click()
    expect(field(anna)).to_have_value("осенний мост")
    # What is changed in the form is no longer chosen here.
    anna.keyboard.press("Escape")
    anna.keyboard.press("w")
    expect(conflict.get_by_role("radio", name=ru("indirect with quoted words"))).not_to_be_checked()
    conflict.get_by_role("radio", name=ru("indirect with quoted words")).check()
    conflict.get_by_role("button", name=ru("Save what is chosen")).click()
    expect(conflict).to_be_hidden()
    row(anna, "осенний мост").wait_for()

    open_in(vera, page_of_article)
    vera.keyboard.press("j")
    expect(field(vera)).to_have_value("осенний мост")
    expect(vera.get_by_label(ru("indirect with quoted words"))).to_be_checked()


def test_of_two_windows_of_one_person_the_one_that_lags_behind_is_told_and_can_take_the_other_version(
    browser_for, page_of_article
):
    anna = opened(browser_for, "anna", page_of_article)
    begin_to_change(anna, "мост")
    unsaved(anna).wait_for()
    second = anna.context.new_page()
    open_in(second, page_of_article)
    second.keyboard.press("j")
    expect(field(second)).to_have_value("мост")
    second.keyboard.press("l")
    field(second).fill("мост через реку")
    second.wait_for_timeout(1500)
    field(anna).fill("осенний мост")
    told = anna.get_by_role("status").filter(
        has_text=ru("You have gone on with this in another tab. Choose which version to keep.")
    )
    told.wait_for()
    expect(field(anna)).to_have_value("осенний мост")
    told.get_by_role("button", name=ru("Take what stands there")).click()
    expect(field(anna)).to_have_value("мост через реку")
    anna.keyboard.press("Escape")
    anna.keyboard.press("u")
    expect(field(anna)).to_have_value("осенний мост")


def test_what_was_entered_for_a_quote_that_somebody_has_deleted_becomes_a_new_one(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    vera = opened(browser_for, "vera", page_of_article)
    begin_to_change(anna, "осенний мост")
    vera.keyboard.press("j")
    vera.keyboard.press("x")
    row(vera, WORDS).wait_for(state="detached")
    anna.keyboard.press("Control+Enter")
    anna.get_by_role("alert").get_by_text(
        ru("It is no longer there: somebody has deleted it meanwhile. What you entered is kept.")
    ).wait_for()
    expect(anna.get_by_role("heading", name=ru("New quote"))).to_be_visible()
    expect(field(anna)).to_have_value("осенний мост")
    anna.keyboard.press("Control+Enter")
    row(anna, "осенний мост").wait_for()


def test_what_was_entered_for_a_suggestion_that_is_gone_is_offered_as_a_new_quote(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    vera = opened(browser_for, "vera", page_of_article)
    anna.keyboard.press("n")
    anna.keyboard.press("l")
    field(anna).fill("осенние дороги")
    unsaved(anna).wait_for()
    vera.keyboard.press("n")
    vera.keyboard.press("x")
    expect(vera.locator("[data-suggestion]")).to_have_count(0)
    open_in(anna, page_of_article)
    anna.get_by_role("button", name=ru("Take it as a new quote")).click()
    expect(anna.get_by_role("group", name=ru("Chosen words"))).to_contain_text("дороги отремонтируют раньше")
    expect(field(anna)).to_have_value("осенние дороги")
    expect(anna.get_by_role("heading", name=ru("New quote"))).to_be_visible()


def test_what_was_entered_goes_with_a_rejection_and_comes_back_with_its_undo(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    anna.keyboard.press("n")
    anna.keyboard.press("l")
    field(anna).fill("осенние дороги")
    anna.keyboard.press("Escape")
    anna.keyboard.press("x")
    expect(anna.locator("[data-suggestion]")).to_have_count(0)
    open_in(anna, page_of_article)
    expect(anna.get_by_role("button", name=ru("Take it as a new quote"))).to_have_count(0)
    anna.keyboard.press("u")
    expect(anna.locator("[data-suggestion]")).to_be_focused()
    expect(field(anna)).to_have_value("осенние дороги")


def test_two_people_at_one_article_see_each_other_and_what_each_is_at(browser_for, page_of_article):
    anna = opened(browser_for, "anna", page_of_article)
    anna.keyboard.press("j")
    anna.wait_for_timeout(4000)
    vera = opened(browser_for, "vera", page_of_article)
    vera.get_by_text(f"{ru('Also at this article')}: anna: «{WORDS}»").wait_for()
    anna.get_by_text(f"{ru('Also at this article')}: vera").wait_for()
    anna.goto("/admin/")
    vera.get_by_text(ru("Also at this article")).wait_for(state="hidden")
