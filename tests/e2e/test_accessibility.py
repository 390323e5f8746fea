"""No page of the work has what the rules of WCAG 2.2 AA that a machine can check forbid, in light and in dark colours."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.e2e.hands import ru

pytestmark = pytest.mark.e2e

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    # It would fetch style sheets by addresses of its own making; one rule that is experimental needs them.
    "preload": False,
}
LOOKS = ("light", "dark")
# Axe, and the same where the page has it already.
AXE, AXE_THERE = Axe(), Axe("null")
# So high that no bar that stays in sight covers anything: where it does depends on how far one has scrolled.
NARROW = {"width": 390, "height": 9000}

# Lists and forms whose address needs no record.
PAGES = {
    "first page": "/admin/",
    "queue": "/admin/quotes/assignment/",
    "review list": "/admin/quotes/statement/review/",
    "returned list": "/admin/quotes/statement/review/returned/",
    "changed list": "/admin/quotes/statement/review/changed/",
    "import": "/admin/quotes/statement/import/",
    "taking in": "/admin/articles/article/ingest/",
    "articles": "/admin/articles/article/",
    "guideline": "/admin/quotes/guideline/read/",
    "rules": "/admin/quotes/suggestion/rules/",
    "feeds": "/admin/articles/feed/",
    "people": "/admin/people/person/",
    "deleted people": "/admin/people/person/deleted/",
}


@pytest.fixture(autouse=True)
def the_sites_icon_may_be_missing(troubles):
    troubles.expect("favicon")


def vera_looks(site, browser_for, sample, **options):
    """A browser of somebody who may do everything, and the addresses of what is there.

    The policy of the site forbids the inline styles by which axe measures; it holds for all other tests.
    """
    site.user("vera", "annotator", "reviewer", "editor")
    there = site.play("everything", name="vera", text=sample)
    return browser_for("vera", bypass_csp=True, **options), there


def faults(page, name):
    """What is wrong with the page as it is now, a line for each element: the rule, where, and why."""
    axe = AXE_THERE if page.evaluate("'axe' in window") else AXE
    found = axe.run(page, options=RULES).response
    assert found["testEngine"]["name"] == "axe-core"
    return [
        f"{name}: {fault['id']} at {' '.join(map(str, node['target']))}: {node['html'][:160]} {node['failureSummary']}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]


def show(page, **media):
    """The page as it looks with these wishes of the reader, once it has gone over from one look to the other."""
    page.emulate_media(**media)
    # One that has ended may set off the next; what is folded away would never end by itself.
    page.evaluate("while (document.getAnimations().some((one) => one.finish() ?? true));")


def faults_in_all_colours(page, name):
    """The same, in light and in dark colours; the page is left in light ones."""
    found = []
    for colours in reversed(LOOKS):
        show(page, color_scheme=colours)
        found += faults(page, f"{name}, {colours}")
    return found


def opened(page, address):
    page.goto(address)
    return page


def test_the_pages_of_the_work_have_no_faults(site, browser_for, sample):
    vera, there = vera_looks(site, browser_for, sample)
    found = []
    for name, address in (PAGES | there).items():
        found += faults_in_all_colours(opened(vera, address), name)
    opened(vera, there["suggestions"])
    vera.locator("[data-suggestion]").first.click()
    found += faults_in_all_colours(vera, "a suggestion chosen")
    vera.mouse.click(5, 5)
    vera.keyboard.press("?")
    vera.get_by_role("dialog").wait_for()
    found += faults_in_all_colours(vera, "keys of the annotation page")
    vera.keyboard.press("Escape")
    opened(vera, there["review"]).keyboard.press("?")
    vera.get_by_text(ru("approve and open the next")).wait_for()
    found += faults_in_all_colours(vera, "keys of the review page")
    vera.set_viewport_size(NARROW)
    for name in ("suggestions", "empty", "review", "history", "restore"):
        found += faults_in_all_colours(opened(vera, there[name]), f"{name}, narrow")
    assert not found, "\n".join(found)
