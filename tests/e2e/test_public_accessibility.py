"""No public page has what the machine-checkable rules of WCAG 2.2 AA forbid, in any language, width and colours.

On the demo's record, where every section has something to show; one site for all of it.
"""

import itertools
import re

import pytest

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
# Pages of records that show the most: by a part of their address.
RECORDS = {
    "person": "/p/[^/]+/ivan-primerov",
    "occasion": "/m/[^/]+/press-konferentsiia",
    "source": "/o/[^/]+/primerskii-vestnik",
    "topic": "/t/[^/]+/transport",
    "article": "/a/[^/]+/priblizitelnyi-most",
    "direct": "/s/[^/]+/priblizitelnyi-most",
    "mixed": "/s/[^/]+/most-postroen",
    "indirect": "/s/[^/]+/za-god-pereshlo",
}
PAGES = {
    "first page": "/",
    "search": "/search?q=мост",
    "nothing found": "/search?q=космодром ракета",
    "all": "/search",
    "about": "/about",
    "method": "/method",
    "privacy": "/privacy",
    "unknown": "/nothing",
}


@pytest.fixture
def demo(site):
    """A site with the demo's record, and the addresses of its pages."""
    site.environment |= {f"DEMO_{name.upper()}_PASSWORD": PASSWORD for name in ACCOUNTS}
    site.manage("load_demo")
    for _ in range(300):
        if "Приблизительный мост" in site.get("/search", order="oldest").text:
            break
    return PAGES | addresses(site)


def addresses(site):
    """Where the pages of RECORDS are, found by following links."""
    found, seen = {}, set()
    waiting = ["/", "/search", "/search?order=oldest"]
    while waiting and len(found) < len(RECORDS):
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r'href="(/[pmotas]/[^"?]+)', site.get(page).text)
        for name, pattern in RECORDS.items():
            found |= {name: link for link in links if name not in found and re.match(pattern, link)}
        waiting += [link for link in links if link not in seen]
    assert set(found) == set(RECORDS)
    return found


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
