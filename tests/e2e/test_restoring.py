"""An editor undoes a mistake and a deletion, by what the history shows; by mouse and keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import label, press, ru

pytestmark = pytest.mark.e2e


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


@pytest.fixture
def elena(site, browser_for):
    site.user("elena", "editor")
    return browser_for("elena")


def make_person(page, name):
    page.goto("/admin/people/person/add/")
    page.get_by_label(label("name in Russian")).fill(name)
    page.get_by_role("button", name="Сохранить", exact=True).click()
    page.get_by_role("link", name=name).first.click()


def restore(page, reason):
    """Chooses the oldest state in the history, reads what would change, and restores it."""
    page.get_by_role("link", name=ru("Restore as it was after this")).last.click()
    page.get_by_label(ru("Reason")).fill(reason)
    press(page, "Restore")
    page.get_by_text(ru("Restored. The reason is in the history.")).wait_for()
    page.get_by_text(f"{ru('Restored:')} {reason}").wait_for()


def test_a_record_is_brought_back_from_its_history(elena):
    make_person(elena, "Иван Озёрный")
    elena.get_by_label(label("who this is")).fill("по ошибке")
    elena.get_by_role("button", name=re.compile("продолжить")).click()
    elena.get_by_role("link", name="История").click()
    elena.get_by_role("link", name=ru("Restore as it was after this")).last.click()
    expect(elena.locator("#change-history del")).to_have_text("по ошибке")
    elena.go_back()
    restore(elena, "Это о другом человеке.")
    elena.get_by_role("link", name="Иван Озёрный").click()
    expect(elena.get_by_label(label("who this is"))).to_have_value("")


def test_a_deleted_record_is_found_and_brought_back(elena):
    make_person(elena, "Пётр Лесной")
    address = elena.url
    elena.get_by_role("link", name="Удалить").click()
    elena.get_by_role("button", name=re.compile("Да")).click()
    elena.get_by_role("link", name=ru("Deleted ones")).click()
    elena.get_by_role("link", name="Пётр Лесной").click()
    restore(elena, "Удалили не того.")
    elena.goto(address)
    expect(elena.get_by_label(label("name in Russian"))).to_have_value("Пётр Лесной")
