"""The public pages of a site with the demo's record, where every section has something to show."""

import re

# Pages of records that show the most: by a part of their address.
RECORDS = {
    "person": "/p/[^/]+/ivan-primerov",
    "occasion": "/m/[^/]+/press-konferentsiia",
    "source": "/o/[^/]+/primerskii-vestnik",
    "topic": "/t/[^/]+/transport",
    "article": "/a/[^/]+/priblizitelnyi-most",
    "statement": "/s/[^/]+/priblizitelnyi-most",
    "mixed": "/s/[^/]+/most-postroen",
    "indirect": "/s/[^/]+/za-god-pereshlo",
}
PAGES = {
    "first page": "/",
    "search": "/search?q=мост",
    "nothing found": "/search?q=космодром ракета",
    "about": "/about",
    "method": "/method",
    "privacy": "/privacy",
    "unknown": "/nothing",
}


def addresses(site):
    """Where the pages of RECORDS are, found by following links."""
    found, seen = {}, set()
    waiting = ["/search?order=oldest", "/search", "/"]
    while waiting and len(found) < len(RECORDS):
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        links = re.findall(r'href="(/[pmotas]/[^"?]+)', site.get(page).text)
        for name, pattern in RECORDS.items():
            if first := next((link for link in links if re.match(pattern, link)), None):
                found.setdefault(name, first)
        # What is sought leads on to the rest of it.
        waiting = [*found.values(), *waiting, *links]
    assert set(found) == set(RECORDS)
    return found
