from articles.admin.article import ArticleAdmin
from articles.admin.snapshot import SnapshotAdmin
from articles.admin.source import SourceAdmin

__all__ = ["ArticleAdmin", "SnapshotAdmin", "SourceAdmin"]
