from articles.models.article import Article
from articles.models.feed import Feed, FeedEntry, FeedEntryKey, Host
from articles.models.proof import Proof
from articles.models.retrieval import Retrieval
from articles.models.snapshot import Snapshot
from articles.models.source import Source

__all__ = ["Article", "Feed", "FeedEntry", "FeedEntryKey", "Host", "Proof", "Retrieval", "Snapshot", "Source"]
