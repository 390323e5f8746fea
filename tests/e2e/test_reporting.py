"""A reader reports an error, an editor answers it in the admin, and the reader finds the answer."""

import pytest
from django.utils import translation
from playwright.sync_api import expect

from tests.e2e.hands import press, ru
from tests.e2e.test_accessibility import faults
from tests.world import BRIDGE

pytestmark = pytest.mark.e2e

TEXT = "Это сказал не он, а его заместитель."
REPLY = "Сверили с записью: говорил он сам."


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_reports_an_editor_answers_the_reader_reads_it(site, browser_for, troubles, scripts):
    [made] = site.play("publish", topics=["Мосты"])
    # The policy of the site forbids the inline styles by which axe measures; without scripts it holds.
    reader = browser_for(java_script_enabled=scripts, bypass_csp=scripts)
    reader.goto(made["address"])
    reader.get_by_role("link", name=ru("Report an error")).click()
    expect(reader.get_by_text(f"«{BRIDGE}»")).to_be_visible()
    troubles.expect("422")
    reader.get_by_label(ru("In your words")).fill(TEXT)
    press(reader, "Send the report")
    expect(reader.get_by_text(ru("Choose what is wrong."))).to_be_visible()
    expect(reader.get_by_label(ru("In your words"))).to_have_value(TEXT)
    assert not (scripts and faults(reader, "a report that was not taken"))
    reader.get_by_label(ru("somebody else said it")).check()
    reader.get_by_label(ru("Your e-mail address, if you like")).fill("reader@reader.example")
    press(reader, "Send the report")
    expect(reader.get_by_role("heading", name=ru("Your report is with the editors"))).to_be_visible()
    assert not (scripts and faults(reader, "a report that waits"))
    kept = reader.url

    site.user("elena", "editor")
    elena = browser_for("elena")
    elena.goto("/admin/")
    elena.get_by_role("link", name=f"{ru('Reported errors')} (1)").click()
    elena.get_by_role("link", name=TEXT).click()
    expect(elena.get_by_text(BRIDGE).first).to_be_visible()
    expect(elena.get_by_text("reader@reader.example")).to_be_visible()
    elena.get_by_label(ru("Decision")).select_option(label=ru("nothing is wrong"))
    elena.get_by_label(ru("Answer"), exact=True).fill(REPLY)
    with translation.override("ru"):
        name = translation.pgettext("button", "Answer")
    elena.get_by_role("button", name=name, exact=True).click()
    elena.get_by_text(ru("Answered. The reader sees it at the address that they were given.")).wait_for()

    reader.goto(kept)
    expect(reader.get_by_role("heading", name=ru("Your report is answered"))).to_be_visible()
    expect(reader.get_by_text(REPLY)).to_be_visible()
    expect(reader.get_by_text("elena")).to_have_count(0)
