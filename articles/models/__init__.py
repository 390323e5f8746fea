from articles.models.article import Article
from articles.models.snapshot import Snapshot
from articles.models.source import Source

__all__ = ["Article", "Snapshot", "Source"]
