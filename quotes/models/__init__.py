from quotes.models.change import Change
from quotes.models.guideline import Guideline
from quotes.models.quote import Quote, Span
from quotes.models.reading import Reading
from quotes.models.review import Approval, Authorship, Return, Revision, Seen
from quotes.models.statement import Addressee, Statement
from quotes.models.suggestion import Suggestion
from quotes.models.topic import Topic
from quotes.models.verification import Verification
from quotes.models.withdrawal import Withdrawal

__all__ = [
    "Addressee",
    "Approval",
    "Authorship",
    "Change",
    "Guideline",
    "Quote",
    "Reading",
    "Return",
    "Revision",
    "Seen",
    "Span",
    "Statement",
    "Suggestion",
    "Topic",
    "Verification",
    "Withdrawal",
]
