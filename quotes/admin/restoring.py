"""Restoring statements and quotes: an edit like any other, which takes what was public back into review."""

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, Exists, OuterRef, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext as _

from people.models import HistoryEntry
from people.restoring import Plan
from quotes.admin.leaving import tell_if_it_left
from quotes.models import DoubleSide, Quote, Statement, Suggestion
from quotes.models.suggestion import UNDECIDED

if TYPE_CHECKING:
    from people.admin.base import RecordAdmin

    _Admin = RecordAdmin
else:
    _Admin = object


class RestoresStatements(_Admin):
    """Tells beforehand, and afterwards, what a restoration does to the statement's place before the public."""

    def statements_of(self, record_id: int) -> QuerySet[Statement]:
        """The statement that the record is, or is a part of; none where it is deleted."""
        raise NotImplementedError

    def deletions_for(self, request: HttpRequest) -> QuerySet[HistoryEntry]:
        """Without what was deleted in a reading that the user must not see."""
        hidden = list(DoubleSide.objects.hidden_from(request.user).values_list("pk", flat=True))
        quotes = HistoryEntry.objects.filter(
            table_name=Quote._meta.db_table, action=HistoryEntry.Action.DELETE, before__side_id__in=hidden
        )
        # A statement goes with its quotes, in one transaction.
        statements = quotes.filter(transaction_id=OuterRef("transaction_id")).annotate(
            statement=Cast(KeyTextTransform("statement_id", "before"), BigIntegerField())
        )
        return (
            super()
            .deletions_for(request)
            .exclude(pk__in=quotes.values("pk"))
            .exclude(Exists(statements.filter(statement=OuterRef("row_id"))))
        )

    def restoring_notes(self, record_id: int) -> list[str]:
        notes = [_("Whoever restores it becomes one of its authors: somebody else has to approve it.")]
        if any(one.state == Statement.State.PUBLISHED for one in self.statements_of(record_id).for_states()):  # type: ignore[attr-defined]
            notes.insert(
                0,
                _(
                    "If words, speaker, date or occasion change, it is off the public pages until somebody approves it again."
                ),
            )
        return notes

    def let_go(self, made: Plan) -> None:
        """A suggestion whose quote goes has not been decided on."""
        Suggestion.objects.filter(quote__in=made.taken_away(Quote)).update(**UNDECIDED)

    def perform_restoring(self, request: HttpRequest, made: Plan, reason: str) -> None:
        concerned: list[Any] = list(self.statements_of(made.key).for_states())  # type: ignore[attr-defined]
        before = [(statement, statement.state) for statement in concerned]
        super().perform_restoring(request, made, reason)
        for statement, was in before:
            tell_if_it_left(request, statement, was)
