from quotes.models.api_key import ApiKey
from quotes.models.assignment import Assignment
from quotes.models.change import Change
from quotes.models.doubling import DoubleAnnotation, DoubleShare, DoubleSide, Ruling
from quotes.models.error_report import ErrorReport
from quotes.models.guideline import Guideline
from quotes.models.quote import Quote, Span
from quotes.models.reading import Reading
from quotes.models.request_count import RequestCount
from quotes.models.review import Approval, Authorship, Opening, Return, Revision, Seen
from quotes.models.sheet import SheetUpload
from quotes.models.statement import Addressee, Statement
from quotes.models.suggestion import Suggestion
from quotes.models.topic import Topic
from quotes.models.verification import Verification
from quotes.models.withdrawal import Withdrawal
from quotes.models.working import Presence, WorkingCopy

__all__ = [
    "Addressee",
    "ApiKey",
    "Approval",
    "Assignment",
    "Authorship",
    "Change",
    "DoubleAnnotation",
    "DoubleShare",
    "DoubleSide",
    "ErrorReport",
    "Guideline",
    "Opening",
    "Presence",
    "Quote",
    "Reading",
    "RequestCount",
    "Return",
    "Revision",
    "Ruling",
    "Seen",
    "SheetUpload",
    "Span",
    "Statement",
    "Suggestion",
    "Topic",
    "Verification",
    "Withdrawal",
    "WorkingCopy",
]
