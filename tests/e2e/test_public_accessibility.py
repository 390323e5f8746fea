"""No public page has what the machine-checkable rules of WCAG 2.2 AA forbid, in any language, width and colours.

On the demo's record, where every section has something to show; one site for all of it.
"""

import pytest

from tests.e2e.public import PAGES, addresses
from tests.e2e.test_accessibility import NARROW, faults, show

pytestmark = pytest.mark.e2e

WIDE = {"width": 1280, "height": 900}
# In Russian all four looks, in the other languages both widths.
LOOKS = {
    "ru": [(size, colours) for size in (WIDE, NARROW) for colours in ("light", "dark")],
    "be": [(size, "light") for size in (WIDE, NARROW)],
    "en": [(size, "dark") for size in (WIDE, NARROW)],
}


@pytest.fixture
def site(demo_site):
    return demo_site


def pages_of(site):
    """The addresses of all kinds of pages."""
    found = addresses(site)
    statement = found["statement"].rpartition("/")[0]
    others = {"frame": f"{statement}/embed", "report form": f"{statement}/report", "API": "/api/v1/docs/"}
    return PAGES | found | others


def sideways(page, name):
    """What sticks out of the screen to the right."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name}: {beyond} px wider than the screen"] if beyond > 0 else []


def test_the_public_pages_have_no_faults_and_fit_the_screen(site, browser_for, troubles):
    troubles.expect("404")
    pages, found = pages_of(site), []
    for language, looks in LOOKS.items():
        # The policy of the site forbids the inline styles by which axe measures; it holds for all other tests.
        page = browser_for(bypass_csp=True, locale=language)
        for name, address in pages.items():
            page.goto(address)
            for size, colours in looks:
                page.set_viewport_size(size)
                show(page, color_scheme=colours)
                what = f"{name}, {language}, {size['width']}, {colours}"
                found += faults(page, what) + sideways(page, what)
    assert not found, "\n".join(found)
