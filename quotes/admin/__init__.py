from quotes.admin.api_key import ApiKeyAdmin
from quotes.admin.articles import AnnotatedArticleAdmin
from quotes.admin.doubling import DoubleAnnotationAdmin, DoubleShareAdmin
from quotes.admin.error_report import ErrorReportAdmin
from quotes.admin.guideline import GuidelineAdmin
from quotes.admin.queue import AssignmentAdmin
from quotes.admin.quote import QuoteAdmin
from quotes.admin.reading import ReadingAdmin
from quotes.admin.statement import StatementAdmin
from quotes.admin.suggestion import SuggestionAdmin
from quotes.admin.topic import TopicAdmin
from quotes.admin.verification import VerificationAdmin

__all__ = [
    "AnnotatedArticleAdmin",
    "ApiKeyAdmin",
    "AssignmentAdmin",
    "DoubleAnnotationAdmin",
    "DoubleShareAdmin",
    "ErrorReportAdmin",
    "GuidelineAdmin",
    "QuoteAdmin",
    "ReadingAdmin",
    "StatementAdmin",
    "SuggestionAdmin",
    "TopicAdmin",
    "VerificationAdmin",
]
