"""No public page has what the machine-checkable rules of WCAG 2.2 AA forbid, in any language, width and colours.

On the demo's record, where every section has something to show; one site for all of it.
"""

import itertools

import pytest

from tests.e2e.public import PAGES, addresses, wait_until_indexed
from tests.e2e.site import PASSWORD
from tests.e2e.test_accessibility import NARROW, faults, opened

pytestmark = pytest.mark.e2e

ACCOUNTS = ("annotator", "reviewer", "editor")
WIDE = {"width": 1280, "height": 900}
# In Russian all four looks, in the other languages both widths.
LOOKS = [
    *(("ru", size, colours) for size, colours in itertools.product((WIDE, NARROW), ("light", "dark"))),
    *(("be", size, "light") for size in (WIDE, NARROW)),
    *(("en", size, "dark") for size in (WIDE, NARROW)),
]


@pytest.fixture
def demo(site):
    """A site with the demo's record, and the addresses of its pages."""
    site.environment |= {f"DEMO_{name.upper()}_PASSWORD": PASSWORD for name in ACCOUNTS}
    site.manage("load_demo")
    wait_until_indexed(site)
    found = addresses(site)
    statement = found["statement"].rpartition("/")[0]
    others = {"frame": f"{statement}/embed", "report form": f"{statement}/report", "API": "/api/v1/docs/"}
    return PAGES | found | others


def sideways(page, name):
    """What sticks out of the screen to the right."""
    beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{name}: {beyond} px wider than the screen"] if beyond > 0 else []


def test_the_public_pages_have_no_faults_and_fit_the_screen(demo, browser_for, troubles):
    troubles.expect("404")
    found = []
    for language, size, colours in LOOKS:
        # The policy of the site forbids the inline styles by which axe measures; it holds for all other tests.
        page = browser_for(bypass_csp=True, locale=language, viewport=size, color_scheme=colours)
        for name, address in demo.items():
            what = f"{name}, {language}, {size['width']}, {colours}"
            found += faults(opened(page, address), what) + sideways(page, what)
        page.context.close()
    assert not found, "\n".join(found)
