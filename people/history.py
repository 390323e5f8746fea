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
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.date_telling import told
from people.fields import EdtfField
from people.models import HistoryEntry
from people.names import Trilingual

# What a row was called is in the first of these columns that it has and that is not empty.
NAMING = ("text", "name_ru", "name_be", "name_en", "in_words")

# The key of a row of another table, as (model, key).
Place = tuple[type[models.Model], Any]


@dataclass(frozen=True)
class Change:
    """One field's value before and after, in words; empty where there was or is none."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Act:
    """What happened to one row: «other name “Шолохов”: made»."""

    subject: str
    action: str
    changes: list[Change]


@dataclass(frozen=True)
class Event:
    """What one user, or one role of the database, did in one transaction."""

    at: datetime.datetime
    who: str
    acts: list[Act]


def history_of(record: models.Model, *parts: str) -> "models.QuerySet[HistoryEntry]":
    """The entries of a record and of all rows that were ever its parts, the newest first.

    `parts` name relations from the record to its parts, as in `names`, `quotes__spans` or (many-to-many) `topics`.
    """
    wanted = Q(table_name=record._meta.db_table, row_id=record.pk)
    for part in parts:
        table, keys = _ever(record, part)
        wanted |= Q(table_name=table, row_id__in=keys)
    return HistoryEntry.objects.filter(wanted).select_related("user").order_by("-id")


def events(entries: Iterable[HistoryEntry]) -> list[Event]:
    """The entries in words, those of one transaction together; the queries do not grow with their number."""
    entries = list(entries)
    labels = _Labels.of(entries)
    told_events = []
    for _together, group in groupby(entries, key=lambda entry: (entry.transaction_id, entry.user_id, entry.role)):
        together = list(group)
        acts = [_act(entry, labels) for entry in together]
        told_events.append(Event(together[0].at, _who(together[0]), acts))
    return told_events


def _ever(record: models.Model, part: str) -> tuple[str, list[int]]:
    """The table of a part, and the keys of the rows that named the record (or one of its parts) at any time."""
    model, keys = type(record), [record.pk]
    table = model._meta.db_table
    for step in part.split("__"):
        relation: Any = model._meta.get_field(step)
        if relation.many_to_many:
            table, column = relation.m2m_db_table(), relation.m2m_column_name()
        else:
            table, column = relation.related_model._meta.db_table, relation.field.column
        model = relation.related_model
        named = Q(**{f"before__{column}__in": keys}) | Q(**{f"after__{column}__in": keys})
        keys = list(HistoryEntry.objects.filter(named, table_name=table).values_list("row_id", flat=True).distinct())
    return table, keys


def _who(entry: HistoryEntry) -> str:
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
    return Act(f"{capfirst(kind)}: {name}", entry.get_action_display(), changes)


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
        return labels

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
    return model._base_manager.select_related(*(of.name for of in model._meta.concrete_fields if of.is_relation))


def _name(row: models.Model) -> str:
    if isinstance(row, Trilingual):
        return row.name
    return str(getattr(row, "public_id", row))


def _last_names(entries: list[HistoryEntry]) -> Iterable[tuple[Place, str]]:
    """What deleted rows were called, from the entries of their deletion."""
    for entry in entries:
        model = _models().get(entry.table_name)
        if model and entry.action == HistoryEntry.Action.DELETE:
            values = entry.before or {}
            if called := next((str(values[column]) for column in NAMING if values.get(column)), ""):
                yield (model, entry.row_id), called


@cache
def _models() -> dict[str, type[models.Model]]:
    return {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}


@cache
def _columns(model: type[models.Model]) -> "dict[str, models.Field[Any, Any]]":
    return {str(of.column): of for of in model._meta.concrete_fields}
