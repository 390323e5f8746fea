from articles.admin.article import ArticleAdmin
from articles.admin.feed import FeedAdmin, FeedEntryAdmin
from articles.admin.snapshot import SnapshotAdmin
from articles.admin.source import SourceAdmin

__all__ = ["ArticleAdmin", "FeedAdmin", "FeedEntryAdmin", "SnapshotAdmin", "SourceAdmin"]
