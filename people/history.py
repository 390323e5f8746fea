"""What became of a record and its parts, when and by whom, in words: read from the history the database keeps."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from people.date_telling import told
from people.differing import Run, compare
from people.fields import EdtfField
from people.models import HistoryEntry, Restoration
from people.names import Trilingual

# What a row was called is in the first of these columns that it has and that is not empty.
NAMING = ("label", "text", "name_ru", "name_be", "name_en", "in_words", "title")
# Code points of a name; a statement is called by its words.
NAME_LENGTH = 80
# Texts longer than this are compared word by word; shorter ones are told one after the other.
LONG = 60
# What is deleted with a record stands so near before it in the history: its words tell what it was.
DELETED_WITH_IT = 500

# The key of a row of another table, as (model, key).
Place = tuple[type[models.Model], Any]


@dataclass(frozen=True)
class Change:
    """One field's value before and after, in words; empty where there was or is none."""

    name: str
    before: str
    after: str

    @property
    def runs(self) -> list[Run]:
        """What differs, word by word; empty where both values are short, or there is only one."""
        longest = max(len(self.before), len(self.after))
        return compare(self.before, self.after) if self.before and self.after and longest > LONG else []


@dataclass(frozen=True)
class Act:
    """What happened to one row: «other name “Шолохов”: made»; `kind` is one of HistoryEntry.Action."""

    subject: str
    action: str
    changes: list[Change]
    kind: str = ""


@dataclass(frozen=True)
class Event:
    """What one user, or one role of the database, did in one transaction, and why, if they restored something.

    `entry` is the number of its last entry: the record stood so after it.
    """

    at: datetime.datetime
    who: str
    acts: list[Act]
    entry: int = 0
    transaction: int = 0
    reason: str = ""


def history_of(record: models.Model, *parts: str) -> "models.QuerySet[HistoryEntry]":
    """The entries of a record and of all rows that were ever its parts, the newest first.

    `parts` name relations from the record to its parts, as in `names`, `quotes__spans` or (many-to-many) `topics`.
    """
    wanted = Q(table_name=record._meta.db_table, row_id=record.pk)
    for part in parts:
        for model, keys in ever(type(record), record.pk, part)[-1:]:
            wanted |= Q(table_name=model._meta.db_table, row_id__in=keys)
    return HistoryEntry.objects.filter(wanted).select_related("user").order_by("-id")


def events(entries: Iterable[HistoryEntry]) -> list[Event]:
    """The entries in words, those of one transaction together; the queries do not grow with their number."""
    entries = list(entries)
    labels, reasons = _Labels.of(entries), _reasons(entries)
    told_events = []
    for _together, group in groupby(entries, key=lambda entry: (entry.transaction_id, entry.user_id, entry.role)):
        together = list(group)
        acts = [_act(entry, labels) for entry in together]
        newest = together[0]
        reason = reasons.get((newest.transaction_id, newest.user_id), "")
        told_events.append(Event(newest.at, who(newest), acts, newest.pk, newest.transaction_id, reason))
    return told_events


def _reasons(entries: list[HistoryEntry]) -> dict[tuple[int, int | None], str]:
    """Why things were restored, by transaction and user."""
    numbers = {entry.transaction_id for entry in entries}
    return {
        (one.transaction_id, one.user_id): one.reason for one in Restoration.objects.filter(transaction_id__in=numbers)
    }


def deletions(model: type[models.Model]) -> "models.QuerySet[HistoryEntry]":
    """The last entries of rows that are deleted and have not come back, the newest first."""
    there = model._base_manager.filter(pk=OuterRef("row_id"))
    later = HistoryEntry.objects.filter(
        table_name=OuterRef("table_name"), row_id=OuterRef("row_id"), id__gt=OuterRef("id")
    )
    deleted = HistoryEntry.objects.filter(table_name=model._meta.db_table, action=HistoryEntry.Action.DELETE)
    return deleted.filter(~Exists(there), ~Exists(later)).select_related("user").order_by("-id")


def names_of_deleted(entries: Iterable[HistoryEntry]) -> dict[int, str]:
    """By the number of the row, what each was called; of one without a name, the words that were deleted with it."""
    entries = list(entries)
    with_it = Q(pk__in=[])
    for entry in entries:
        with_it |= Q(transaction_id=entry.transaction_id, id__gt=entry.pk - DELETED_WITH_IT, id__lt=entry.pk)
    near = HistoryEntry.objects.filter(with_it, action=HistoryEntry.Action.DELETE).order_by("id")
    names = dict(_last_names([*near, *entries]))
    return {entry.row_id: names.get((_models()[entry.table_name], entry.row_id), "") for entry in entries}


def in_words(entries: Iterable[HistoryEntry]) -> list[Act]:
    """The entries in words, each for itself; they need not be saved. Those of parts follow those they are parts of."""
    entries = list(entries)
    labels = _Labels.of(entries[::-1])
    return [_act(entry, labels) for entry in entries]


def ever(model: type[models.Model], key: int, part: str) -> list[tuple[type[models.Model], list[int]]]:
    """For each step of the way to a part, its model and the rows that named the record, or one of its parts, ever."""
    found: list[tuple[type[models.Model], list[int]]] = []
    keys = [key]
    for step in part.split("__"):
        through, column, target = way(model, step)
        named = Q(**{f"before__{column}__in": keys}) | Q(**{f"after__{column}__in": keys})
        entries = HistoryEntry.objects.filter(named, table_name=through._meta.db_table)
        keys = list(entries.order_by().values_list("row_id", flat=True).distinct())
        found.append((through, keys))
        model = target
    return found


def way(model: type[models.Model], step: str) -> "tuple[type[models.Model], str, type[models.Model]]":
    """To the rows of a relation: their model, the column that names the record, and the model at the other end."""
    relation: Any = model._meta.get_field(step)
    if relation.many_to_many:
        return relation.remote_field.through, relation.m2m_column_name(), relation.related_model
    return relation.related_model, relation.field.column, relation.related_model


def who(entry: HistoryEntry) -> str:
    """Who made a change: the application's user, else the role that was connected to the database."""
    if entry.user is None:
        return _("%(role)s, in the database itself") % {"role": entry.role}
    return entry.user.get_full_name() or entry.user.get_username()


def _act(entry: HistoryEntry, labels: "_Labels") -> Act:
    model = _models().get(entry.table_name)
    kind = str(model._meta.verbose_name) if model else entry.table_name
    name = labels.name(model, entry.row_id) if model else str(entry.row_id)
    before, after = entry.before or {}, entry.after or {}
    changes = [
        change
        for column in _in_order(model, {**before, **after})
        if (change := _change(model, column, before.get(column), after.get(column), labels))
    ]
    return Act(f"{capfirst(kind)}: {name}", entry.get_action_display(), changes, entry.action)


def _in_order(model: type[models.Model] | None, columns: Iterable[str]) -> list[str]:
    """The columns as the model's fields follow each other; the database itself gives them by length."""
    places = list(_columns(model)) if model else []
    return sorted(columns, key=lambda column: places.index(column) if column in places else len(places))


def _change(model: type[models.Model] | None, column: str, before: Any, after: Any, labels: "_Labels") -> Change | None:
    """The change of a column in words; None for what nobody typed and what stayed empty."""
    of = _columns(model).get(column) if model else None
    if of is not None and not of.is_relation and (of.generated or not of.editable or of.primary_key):
        return None
    words = _words(of, before, labels), _words(of, after, labels)
    if not any(words):
        return None
    return Change(str(of.verbose_name) if of is not None else column, *words)


def _words(of: "models.Field[Any, Any] | None", value: Any, labels: "_Labels") -> str:
    if value is None or value == "":
        return ""
    if of is not None and of.is_relation:
        return labels.name(of.related_model, value)  # type: ignore[arg-type]
    if isinstance(of, EdtfField):
        return told(value)
    if of is not None and of.choices:
        return str(dict(of.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(of, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(timezone.localtime(moment), "DATETIME_FORMAT")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return str(value)


@dataclass
class _Labels:
    """The names of rows that entries are about or refer to, fetched with one query for each table."""

    names: dict[Place, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: list[HistoryEntry]) -> "_Labels":
        wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
        for entry in entries:
            if model := _models().get(entry.table_name):
                wanted[model].add(entry.row_id)
                for target, key in _references(model, entry):
                    wanted[target].add(key)
        labels = cls()
        for model, keys in wanted.items():
            for row in _rows(model).filter(pk__in=keys):
                labels.names[model, row.pk] = _name(row)
        labels.names |= {place: name for place, name in _last_names(entries) if place not in labels.names}
        labels.names |= {place: name for place, name in labels._by_references(entries) if place not in labels.names}
        return labels

    def _by_references(self, entries: list[HistoryEntry]) -> Iterable[tuple[Place, str]]:
        """What joins two records has no name but theirs: «Сход, Иван Озёрный»."""
        for entry in entries:
            if (model := _models().get(entry.table_name)) and entry.action != HistoryEntry.Action.UPDATE:
                yield (model, entry.row_id), ", ".join(self.name(*place) for place in _references(model, entry))

    def name(self, model: type[models.Model], key: Any) -> str:
        """The row's name now, else what it was called when it was deleted, else its number."""
        return self.names.get((model, key)) or f"№ {key}"


def _references(model: type[models.Model], entry: HistoryEntry) -> Iterable[Place]:
    for values in (entry.before or {}, entry.after or {}):
        for column, value in values.items():
            of = _columns(model).get(column)
            if of is not None and of.is_relation and value is not None:
                yield of.related_model, value  # type: ignore[misc]


def _rows(model: type[models.Model]) -> "models.QuerySet[Any]":
    """Rows with what their names need, so that no name asks the database again."""
    rows = model._base_manager.all()
    verb = getattr(getattr(model, "objects", None), "for_names", None)
    if verb is not None:
        return verb()  # type: ignore[no-any-return]  # a queryset of the model
    return rows.select_related(*(of.name for of in model._meta.concrete_fields if of.is_relation))


def _name(row: models.Model) -> str:
    return Truncator(row.name if isinstance(row, Trilingual) else str(row)).chars(NAME_LENGTH)


def _last_names(entries: list[HistoryEntry]) -> Iterable[tuple[Place, str]]:
    """What rows that are not there were called, from their whole entries: by a name, or by the words of their parts."""
    parts: dict[Place, list[str]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: entry.pk or 0):
        model = _models().get(entry.table_name)
        if model is None or entry.action == HistoryEntry.Action.UPDATE:
            continue
        values = entry.before or entry.after or {}
        # Parts are deleted before what they are parts of.
        words = values.get("exact") or " […] ".join(parts[model, entry.row_id])
        if words:
            for place in _references(model, entry):
                parts[place].append(words)
        if called := next((str(values[column]) for column in NAMING if values.get(column)), words):
            yield (model, entry.row_id), Truncator(called).chars(NAME_LENGTH)


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


@cache
def _columns(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {str(of.column): of for of in model._meta.concrete_fields}
