"""Feeds: each is followed once, each page they list has one entry, and an entry says what became of it."""

from tests.rules.acts import Act
from tests.rules.rows import World

FEED = (
    "INSERT INTO articles_feed (source_id, address, followed, created_at, title, etag, last_modified, next_at, minutes,"
    " failures, error, error_params, paused_at)"
    " VALUES (%(source)s, '{address}', true, now(), '', '', '', now(), 30, 0, '{error}', '{{}}', {paused})"
)
ENTRY = (
    "INSERT INTO articles_feedentry (feed_id, address, host, title, published, seen_at, state, tries, next_at, error,"
    " error_params, article_id) VALUES (%(feed)s, '{address}', 'example.com:443', '', {published}, now(), '{state}', 0,"
    " now(), '{error}', '{{}}', {article})"
)
KEY = "INSERT INTO articles_feedentrykey (entry_id, key) VALUES (%(entry)s, '{}')"
PAGE, RSS = "https://example.com/most", "https://example.com/rss"
FOUND, WHY = "feed_entry_found_has_article", "feed_entry_failed_says_why"


def feed(address: str = RSS, error: str = "", paused: str = "NULL") -> str:
    return FEED.format(address=address, error=error, paused=paused)


def entry(state: str = "waiting", article: str = "NULL", error: str = "", **more: str) -> str:
    given = {"address": PAGE, "published": "NULL"} | more
    return ENTRY.format(state=state, article=article, error=error, **given)


def followed(world: World) -> None:
    """The source's feed."""
    world.run(feed())
    world.names["feed"] = world.ask("SELECT max(id) FROM articles_feed")


def listed(world: World) -> None:
    """A page of that feed, known by its address and its guid."""
    followed(world)
    world.run(entry())
    world.names["entry"] = world.ask("SELECT max(id) FROM articles_feedentry")
    world.run(f"{KEY.format('page example.com/most')}; {KEY.format('guid 1 most')}")


def visited(world: World) -> None:
    """The site has been asked."""
    world.run("INSERT INTO articles_host (name, free_at) VALUES ('example.com:443', now())")


ARTICLE = "%(article)s"
ACTS = [
    Act("a feed", feed()),
    Act("the same feed again", feed(), "feed_address_once", followed),
    Act("a feed that is no address", feed(address="example.com/rss"), "feed_address_is_http"),
    Act("a feed in a file", feed(address="file:///etc/passwd"), "feed_address_is_http"),
    Act("a feed without an address", feed(address=""), "feed_address_is_http"),
    Act("a feed given up for no reason", feed(paused="now()"), "feed_paused_says_why"),
    Act("a feed given up for a reason", feed(paused="now()", error="fetch_gone")),
    Act(
        "all feeds are given up at once", "UPDATE articles_feed SET paused_at = now()", "feed_paused_says_why", followed
    ),
    Act("a page to be fetched", entry(), stage=followed),
    Act("a page that is no address", entry(address="most"), "feed_entry_address_is_http", followed),
    Act("a page of a day that never was", entry(published="'2024-02-30'"), "feed_entry_published_is_edtf", followed),
    Act("an outcome that nobody knows", entry("lost"), "feed_entry_state_is_known", followed),
    Act("a page taken in without an article", entry("taken"), FOUND, followed),
    Act("a page to be fetched that has its article", entry("waiting", ARTICLE), FOUND, followed),
    Act("a page taken in, with its article", entry("taken", ARTICLE), stage=followed),
    Act("a page that was here", entry("known", ARTICLE), stage=followed),
    Act("a page that was too old", entry("old"), stage=followed),
    Act("a page given up for no reason", entry("failed"), WHY, followed),
    Act("a page given up for a reason", entry("failed", error="fetch_gone"), stage=followed),
    Act("a page that is to be fetched is called found", "UPDATE articles_feedentry SET state = 'known'", FOUND, listed),
    Act("the same page again", KEY.format("page example.com/most"), "feed_entry_key_once", listed),
    Act("the same guid again", KEY.format("guid 1 most"), "feed_entry_key_once", listed),
    Act("the same guid of another feed", KEY.format("guid 2 most"), stage=listed),
    Act(
        "another name becomes the same one",
        "UPDATE articles_feedentrykey SET key = 'page example.com/most' WHERE key <> 'page example.com/most'",
        "feed_entry_key_once",
        listed,
    ),
    Act(
        "a site visited at two paces",
        "INSERT INTO articles_host (name, free_at) VALUES ('example.com:443', now())",
        "host_name_once",
        visited,
    ),
    Act("another port of the site", "INSERT INTO articles_host (name, free_at) VALUES ('example.com:80', now())"),
]
