"""The public pages' addresses. The id in them decides; whatever stands where the slug should be leads to it."""

from django.urls import URLPattern, path

from quotes.pages import about, feeds, sitemaps
from quotes.pages.article import article
from quotes.pages.citing import FORMATS, cite
from quotes.pages.embedding import embed, oembed
from quotes.pages.home import home
from quotes.pages.meeting import meeting
from quotes.pages.person import person
from quotes.pages.releases import release_file, releases
from quotes.pages.reporting import error_report, report_error
from quotes.pages.robots import robots
from quotes.pages.search import search
from quotes.pages.source import source
from quotes.pages.statement import statement
from quotes.pages.topic import topic

RECORDS = {
    "s": ("statement", statement),
    "p": ("person", person),
    "m": ("meeting", meeting),
    "o": ("source", source),
    "a": ("article", article),
    "t": ("topic", topic),
}


def record_patterns() -> list[URLPattern]:
    """For each kind of record its address, and the same without a slug."""
    patterns = []
    for letter, (name, view) in RECORDS.items():
        record = f"{letter}/<public_id:public_id>"
        patterns += [
            path(record, view, name=f"{name}-by-id"),
            path(f"{record}/", view),
            path(f"{record}/<anything:_slug>", view, name=name),
        ]
    return patterns


def citing_patterns() -> list[URLPattern]:
    """A statement's citation in each format. No slug has a dot, so none is taken for it."""
    return [
        path(f"s/<public_id:public_id>/cite.{ending}", cite, {"ending": ending}, name=f"cite-{ending}")
        for ending in FORMATS
    ]


FEEDS = {
    "p": ("person", feeds.of_person),
    "m": ("meeting", feeds.of_meeting),
    "o": ("source", feeds.of_source),
    "t": ("topic", feeds.of_topic),
}


def feed_patterns() -> list[URLPattern]:
    """The feeds of records, beside those of a search and of everything."""
    return [
        path("feed.atom", feeds.everything, name="feed"),
        path("search.atom", feeds.of_search, name="search-feed"),
        *(
            path(f"{letter}/<public_id:public_id>/feed.atom", view, name=f"{name}-feed")
            for letter, (name, view) in FEEDS.items()
        ),
    ]


def crawling_patterns() -> list[URLPattern]:
    """What programs that read the whole site ask for first."""
    return [
        path("robots.txt", robots, name="robots"),
        path("sitemap.xml", sitemaps.index, name="sitemap"),
        path("sitemap-<section:section>.xml", sitemaps.section, name="sitemap-section"),
    ]


urlpatterns = [
    path("", home, name="home"),
    path("search", search, name="search"),
    *(path(name, about.page(name), name=name) for name in about.NAMES),
    *feed_patterns(),
    *crawling_patterns(),
    *citing_patterns(),
    path("data", releases, name="releases"),
    path("data/<day:day>/<str:name>", release_file, name="release-file"),
    path("oembed", oembed, name="oembed"),
    path("s/<public_id:public_id>/embed", embed, name="embed"),
    path("s/<public_id:public_id>/report", report_error, name="report-error"),
    path("r/<slug:token>", error_report, name="error-report"),
    *record_patterns(),
]
