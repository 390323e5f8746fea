"""A journalist takes a statement's words along: copied, embedded in a page of their own, framed."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.hands import press, ru
from tests.website import Answer, Website
from tests.world import BRIDGE

pytestmark = pytest.mark.e2e

WORDS = f"«{BRIDGE}»"
# As strict as a site can be: no script, no style, no picture, no frame.
STRICT = "default-src 'none'; base-uri 'none'; form-action 'none'"


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


@pytest.fixture
def statement(site):
    [made] = site.play("publish", topics=["Мосты"])
    return made["address"]


def pasted(page):
    """What a reader gets who pastes into the search box."""
    box = page.get_by_role("searchbox")
    box.fill("")
    box.click()
    page.keyboard.press("Control+v")
    return box.input_value()


def foreign(body, policy):
    page = f'<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Газета</title></head><body>{body}</body></html>'
    return Answer(page, headers={"Content-Security-Policy": policy})


def test_what_is_copied_is_what_is_pasted(browser_for, statement):
    page = browser_for(permissions=["clipboard-read", "clipboard-write"])
    page.goto(statement)
    press(page, "Copy the quotation")
    expect(page.get_by_role("status").filter(has_text=ru("Copied"))).to_have_count(1)
    expect(page.get_by_role("button", name=ru("Copied"), exact=True)).to_have_count(1)
    assert pasted(page) == WORDS
    page.get_by_role("button", name=re.compile(f"{ru('Copy the reference')}.*APA 7")).click()
    assert "Мост построят. (2031, 5 мая)" in pasted(page)
    press(page, "Copy the link")
    assert pasted(page) == page.url.rpartition("/")[0]
    # The button says again what it does.
    expect(page.get_by_role("button", name=ru("Copy the quotation"), exact=True)).to_be_visible()


def test_where_the_browser_refuses_the_words_are_selected_for_the_readers_own_keys(browser_for, statement):
    page = browser_for()
    page.goto(statement)
    denied = {"permission": {"name": "clipboard-write"}, "setting": "denied"}
    page.context.browser.new_browser_cdp_session().send(
        "Browser.setPermission",
        denied
        | {
            "browserContextId": page.context.new_cdp_session(page).send("Target.getTargetInfo")["targetInfo"][
                "browserContextId"
            ]
        },
    )
    press(page, "Copy the quotation")
    expect(page.get_by_role("button", name=ru("Selected: copy it with the keyboard"))).to_be_visible()
    page.keyboard.press("Control+c")
    assert pasted(page) == WORDS


def test_without_scripts_there_is_a_text_to_select_and_no_button_that_does_nothing(browser_for, statement):
    page = browser_for(java_script_enabled=False)
    page.goto(statement)
    expect(page.get_by_text(WORDS).last).to_be_visible()
    expect(page.get_by_text("APA 7", exact=True)).to_be_visible()
    expect(page.get_by_text("<blockquote")).to_be_visible()
    expect(page.get_by_role("button", name=ru("Copy the quotation"))).to_have_count(0)


def test_the_code_shows_words_and_link_in_a_strict_foreign_page(browser_for, statement):
    page = browser_for(permissions=["clipboard-read", "clipboard-write"])
    page.goto(statement)
    press(page, "Copy the code")
    expect(page.get_by_role("button", name=ru("Copied"), exact=True)).to_have_count(1)
    with Website({"/": foreign('<form><textarea aria-label="Заметка"></textarea></form>', STRICT)}) as paper:
        page.goto(paper.url())
        note = page.get_by_label("Заметка")
        note.click()
        page.keyboard.press("Control+v")
        code = note.input_value()
        assert "<script" not in code
        paper.routes["/article"] = foreign(f"<h1>Новости</h1>{code}", STRICT)
        page.goto(paper.url("/article"))
        expect(page.get_by_text(WORDS)).to_be_visible()
        expect(page.get_by_text("Иван Озёрный")).to_be_visible()
        page.get_by_role("link", name="Сказано: в контексте").click()
        page.wait_for_url(f"**{statement}")
        expect(page.get_by_role("heading", name=ru("Proof"))).to_be_visible()


def test_the_page_for_a_frame_shows_there_and_no_other_page_does(browser_for, site, statement, troubles):
    troubles.expect("frame|X-Frame-Options|chrome-error|BLOCKED_BY_RESPONSE")
    page = browser_for()
    frames = "".join(
        f'<iframe src="{site.url}{path}"></iframe>' for path in (f"{statement.rpartition('/')[0]}/embed", statement)
    )
    with Website({"/": foreign(frames, f"default-src 'none'; frame-src {site.url}")}) as paper:
        page.goto(paper.url())
        embedded = page.frame_locator("iframe").nth(0)
        expect(embedded.get_by_text(WORDS)).to_be_visible()
        expect(page.frame_locator("iframe").nth(1).get_by_text(WORDS)).to_have_count(0)
        with page.expect_popup() as opened:
            embedded.get_by_role("link", name="Сказано: в контексте").click()
        opened.value.wait_for_url(f"**{statement}")
