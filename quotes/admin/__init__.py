from quotes.admin.articles import AnnotatedArticleAdmin
from quotes.admin.queue import AssignmentAdmin
from quotes.admin.quote import QuoteAdmin
from quotes.admin.statement import StatementAdmin
from quotes.admin.suggestion import ReadingAdmin, SuggestionAdmin
from quotes.admin.topic import TopicAdmin
from quotes.admin.verification import VerificationAdmin

__all__ = [
    "AnnotatedArticleAdmin",
    "AssignmentAdmin",
    "QuoteAdmin",
    "ReadingAdmin",
    "StatementAdmin",
    "SuggestionAdmin",
    "TopicAdmin",
    "VerificationAdmin",
]
