"""A quote of one more article joins a statement that is on record."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from quotes.anchoring import Anchor
from quotes.annotating import write_quote
from quotes.models import Quote, Statement
from quotes.refusals import refusals

REASONS: dict[str, Promise] = {
    "gone": _("This statement is no longer on record. Enter the quote as a new one."),
    "changed": _("This statement was changed while you were looking at it. Read it again before you attach the quote."),
    "withdrawn": _("This statement is withdrawn. Enter the quote as a new one, or have the statement restored first."),
}


class CannotAttach(Exception):  # noqa: N818 - an answer, told to the person who asked
    """The quote does not join the statement; `str()` is a sentence that says why and what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(REASONS[self.code])


def attach(quote: Quote, anchors: Sequence[Anchor], to: Statement, seen: str) -> Quote:
    """Saves a new quote as one more report of the statement `to`, which the user has read as of the fingerprint `seen`.

    A statement that others relied on asks for a new submission, as after any change; the quote's writer is one of its
    authors from now on. Raises CannotAttach, or Refused where a rule forbids it; then nothing is saved.
    """
    with refusals():
        # Locked, so that it stays what was read until the commit.
        statement = Statement.objects.select_for_update().filter(pk=to.pk).first()
        if statement is None:
            raise CannotAttach("gone")
        if statement.state == Statement.State.WITHDRAWN:
            raise CannotAttach("withdrawn")
        if statement.fingerprint() != seen:
            raise CannotAttach("changed")
        return write_quote(statement, quote, anchors)
