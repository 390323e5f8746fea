"""Taking a statement back from the public, and restoring it: both leave a public note."""

from django.contrib.auth.models import User
from django.utils import timezone

from quotes.models import Statement, Withdrawal
from quotes.refusals import refusals


def withdraw(statement: Statement, reason: str, *, by: User) -> Withdrawal:
    """The statement's address answers 410 with the reason from now on. Raises Refused."""
    with refusals():
        return Withdrawal.objects.create(statement=statement, reason=reason, withdrawn_by=by)


def restore(withdrawal: Withdrawal, why: str, *, by: User) -> Withdrawal:
    """The withdrawal is over; the statement is public again if its present state is approved. Raises Refused."""
    withdrawal.restored_by = by
    withdrawal.restored_at = timezone.now()
    withdrawal.restored_why = why
    with refusals():
        withdrawal.save(update_fields=["restored_by", "restored_at", "restored_why"])
    return withdrawal
