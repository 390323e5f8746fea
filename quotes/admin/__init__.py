from quotes.admin.quote import QuoteAdmin
from quotes.admin.statement import StatementAdmin
from quotes.admin.topic import TopicAdmin

__all__ = ["QuoteAdmin", "StatementAdmin", "TopicAdmin"]
