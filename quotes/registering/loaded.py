"""What a load has done; and what was done to the record before it by others, which stands."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import Model, Q

from people.models import HistoryEntry


@dataclass(slots=True)
class Loaded:
    """How many records of each kind a load has made and corrected; what it left out and why, in the reader's language."""

    made: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    corrected: dict[type[Model], int] = field(default_factory=lambda: defaultdict(int))
    remarks: list[str] = field(default_factory=list)


def of_users(model: type[Model], keys: Collection[int], fields: Sequence[str]) -> set[int]:
    """Those of the rows that somebody made here, or whose fields a user has changed."""
    made_here = Q(action=HistoryEntry.Action.INSERT) & (Q(after__registry_key=None) | ~Q(after__has_key="registry_key"))
    changed = Q(action=HistoryEntry.Action.UPDATE, user__isnull=False, after__has_any_keys=fields)
    entries = HistoryEntry.objects.filter(made_here | changed, table_name=model._meta.db_table, row_id__in=keys)
    return set(entries.values_list("row_id", flat=True))


def deleted_keys(model: type[Model], keys: Collection[str]) -> set[str]:
    """Those of the registry's keys whose record was here and has been deleted."""
    entries = HistoryEntry.objects.filter(
        table_name=model._meta.db_table, action=HistoryEntry.Action.DELETE, before__registry_key__in=list(keys)
    )
    return set(entries.values_list("before__registry_key", flat=True))
