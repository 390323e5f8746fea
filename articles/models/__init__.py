from articles.models.article import Article
from articles.models.retrieval import Retrieval
from articles.models.snapshot import Snapshot
from articles.models.source import Source

__all__ = ["Article", "Retrieval", "Snapshot", "Source"]
