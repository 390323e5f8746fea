"""What a first visit to each public page brings into a browser: how much, and data that its policy lets stand."""

import json
import re

import pytest

pytestmark = pytest.mark.e2e

MOST_BYTES = 100 * 1024  # with everything that the page loads, as it comes over the wire


def listed(site, file):
    """The addresses in a file of the sitemap, without the host."""
    answer = site.get(file)
    assert answer.status == 200, file
    return [address.removeprefix(site.url) for address in re.findall("<loc>([^<]+)", answer.text)]


def test_each_page_is_light_and_its_data_for_programs_disturbs_no_browser(site, browser_for, troubles, record_property):
    troubles.expect("404")
    site.play("publish", topics=[f"Переправа {number}" for number in range(21)])
    pages = [page for file in listed(site, "/sitemap.xml") for page in listed(site, file)]
    kinds = {re.sub("/[^/]+/[^/]+$", "", page): page for page in pages}
    assert {"/s", "/p", "/m", "/o", "/a", "/t", "/", "/search"} <= kinds.keys()
    weights = {}
    for kind, address in [*kinds.items(), ("a search", "/search?q=мост"), ("no page", "/nothing")]:
        visitor = browser_for()  # with an empty cache
        finished = []
        visitor.on("requestfinished", lambda request, done=finished: done.append(request))
        visitor.goto(address, wait_until="networkidle")
        sizes = [request.sizes() for request in finished]
        weights[kind] = sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes)
        blocks = visitor.locator("script[type='application/ld+json']").all_text_contents()
        # The pages about the site itself, searches and errors speak of nothing in the record.
        assert bool(blocks) == (address == "/" or address.count("/") > 1), address
        assert all(json.loads(block)["@context"] == "https://schema.org" for block in blocks)
    record_property("figures", "\n".join(f"{weight / 1024:7.1f} KB {kind}" for kind, weight in weights.items()))
    assert max(weights.values()) <= MOST_BYTES, weights
