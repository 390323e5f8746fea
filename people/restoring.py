"""Bringing a record and its parts back to how they were after some change: the history read backwards.

What is to happen is a `Plan`, so that it can be read before it is done. Nothing is written but rows of the record: what
an edit would lead to (a revision taken back, an author noted) the database does as after any edit.
"""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection, models
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from people.acting import acting
from people.history import Act, ever, history_of, in_words, names_of_deleted, way
from people.models import HistoryEntry, Restoration

Action = HistoryEntry.Action
Row = dict[str, Any]
Model = type[models.Model]

REASONS: dict[str, Promise] = {
    "not_yet": _("The record was not there at that time. Choose a later change."),
    "merged": _("This record has been merged into another one. Restore the record that it leads to."),
    "lost": _("The history does not hold all that this record was, so it can't come back."),
    "nothing": _("The record is as it was then: there is nothing to restore."),
    "changed": _("The record has changed since you opened this page. Read again what would happen."),
    "deleted": _("%(kind)s “%(name)s” is needed for it and has been deleted. Restore that first."),
    "in_use": _("What would be taken away is in use elsewhere (%(kinds)s). Change that first."),
}


class CannotRestore(Exception):  # noqa: N818 - the name says what happened
    """The record stays as it is; `str()` is a sentence in the reader's language that says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return str(REASONS[self.code]) % self.params if self.params else str(REASONS[self.code])


@dataclass
class Step:
    """What becomes of one row. `now` and `then` are the columns that a person writes, None where there is no row."""

    model: Model
    key: int
    now: Row | None
    then: Row | None
    deleted: Row | None = None

    @property
    def changed(self) -> Row:
        """The columns to be written, with their values then."""
        if self.then is None:
            return {}
        now = self.now or {}
        return {column: value for column, value in self.then.items() if column not in now or now[column] != value}

    @property
    def is_needed(self) -> bool:
        if self.then is None or self.now is None:
            return self.then is not self.now
        return bool(self.changed)

    def entry(self) -> HistoryEntry:
        """The step as the history will tell it."""
        if self.now is None:
            action, before, after = Action.INSERT, None, self.then
        elif self.then is None:
            action, before, after = Action.DELETE, self.now, None
        else:
            action, after = Action.UPDATE, self.changed
            before = {column: self.now.get(column) for column in after}
        table = self.model._meta.db_table
        return HistoryEntry(table_name=table, row_id=self.key, action=action, before=before, after=after)


@dataclass
class Plan:
    """What it takes to bring a record back: steps, those of the record itself first, those of parts of parts last.

    `newest` is the last change that was known when the plan was made.
    """

    model: Model
    key: int
    entry: HistoryEntry
    newest: int
    steps: list[Step] = field(default_factory=list)

    @property
    def acts(self) -> list[Act]:
        """What will happen, in words."""
        return in_words(step.entry() for step in self.steps)

    def taken_away(self, model: Model) -> list[int]:
        """The rows of a model that are to go."""
        return [step.key for step in self.steps if step.model is model and step.then is None]


def plan(model: Model, key: int, entry: HistoryEntry, parts: Collection[str] = ()) -> Plan:
    """What brings the record of this number back to how it was after the entry, with its parts. Raises CannotRestore.

    `parts` name relations, as for `history_of`; those who write no part of them are left as they are.
    """
    of_record = model(pk=key)
    newest = history_of(of_record, *parts).values_list("id", flat=True).first() or 0
    made = Plan(model, key, entry, newest)
    (root,) = _steps(model, [key], entry)
    if root.then is None:
        raise CannotRestore("not_yet")
    if (root.now or {}).get("merged_into_id") is not None:
        raise CannotRestore("merged")
    places: dict[Model, set[int]] = {model: {key}}
    made.steps.append(root)
    for part in sorted(parts, key=lambda part: part.count("__")):
        above = model
        for relation, (through, keys) in zip(part.split("__"), ever(model, key, part), strict=True):
            _through, column, target = way(above, relation)
            if through not in places:
                found = _belonging(_steps(through, keys, entry), column, places[above])
                places[through] = {one.key for one in found}
                made.steps += found if _is_named(through) else _without_twins(found)
            above = target
    for step in made.steps:
        step.now, step.then = _written(step.model, step.now), _written(step.model, step.then)
    _follow_merges(made.steps)
    made.steps = [step for step in made.steps if step.is_needed]
    _refuse_impossible(made.steps)
    return made


def restore(
    made: Plan,
    reason: str,
    *,
    by: User,
    parts: Collection[str] = (),
    letting_go: Callable[[Plan], None] = lambda _plan: None,
) -> Plan:
    """Does what the plan says, in one transaction, and notes the reason. `letting_go` is asked before rows are deleted.

    Raises CannotRestore, or IntegrityError where a rule of the database refuses; then nothing has changed.
    """
    with acting(by):
        _lock(made)
        again = plan(made.model, made.key, made.entry, parts)
        if again.newest != made.newest:
            raise CannotRestore("changed")
        table = made.model._meta.db_table
        # The database itself writes when, and in which transaction.
        note = {"reason": reason, "user": by, "at": timezone.now(), "transaction_id": 0}
        Restoration.objects.create(table_name=table, row_id=made.key, entry=made.entry, **note)
        letting_go(again)
        _perform(again.steps)
        # Rules that wait for the commit speak now, while they can still be told.
        connection.check_constraints()
    return again


def _lock(made: Plan) -> None:
    """One restoration of a record at a time, and nobody edits its row meanwhile; it may not be there to be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [made.model._meta.db_table, made.key])
    list(made.model._base_manager.select_for_update().filter(pk=made.key).values_list("pk"))


def _steps(model: Model, keys: Collection[int], entry: HistoryEntry) -> list[Step]:
    """For each row, how it is and how it was after the entry."""
    now = _rows(model, keys)
    then: dict[int, Row | None] = {key: now.get(key) for key in keys}
    deleted: dict[int, Row] = {}
    since = HistoryEntry.objects.filter(table_name=model._meta.db_table, row_id__in=keys, id__gt=entry.pk)
    for change in since.order_by("-id"):
        row = then[change.row_id]
        if change.action == Action.INSERT:
            then[change.row_id] = None
        elif change.action == Action.DELETE:
            then[change.row_id] = dict(change.before or {})
            deleted.setdefault(change.row_id, dict(change.before or {}))
        elif row is not None:
            then[change.row_id] = row | (change.before or {})
    return [Step(model, key, now.get(key), then[key], deleted.get(key)) for key in sorted(keys)]


def _rows(model: Model, keys: Collection[int]) -> dict[int, Row]:
    """The rows as the history would hold them, without bytes."""
    bytes_in = [of.column for of in model._meta.concrete_fields if isinstance(of, models.BinaryField)]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        sql = f"SELECT id, (to_jsonb(t) - %s::text[])::text FROM {table} t WHERE id = ANY(%s)"  # noqa: S608 - our own name
        cursor.execute(sql, [bytes_in, list(keys)])
        return {key: json.loads(row) for key, row in cursor.fetchall()}


def _belonging(steps: Iterable[Step], column: str, above: Collection[int]) -> list[Step]:
    """The rows that belong to the record, or did then."""
    return [step for step in steps if (step.now or {}).get(column) in above or (step.then or {}).get(column) in above]


def _is_named(model: Model) -> bool:
    """Whether each row has an identity of its own, even if another says the same."""
    return any(of.name == "public_id" for of in model._meta.concrete_fields)


def _without_twins(steps: list[Step]) -> list[Step]:
    """Without rows that were deleted and made again alike: an equal one is there."""
    gone = [step for step in steps if step.now is None]
    for step in [step for step in steps if step.then is None]:
        written = _written(step.model, step.now)
        if twin := next((one for one in gone if _written(one.model, one.then) == written), None):
            gone.remove(twin)
            steps = [one for one in steps if one is not twin and one is not step]
    return steps


def _written(model: Model, row: Row | None) -> Row | None:
    """The columns of a row that a person writes. What the database or an act of its own writes stays as it is."""
    if row is None:
        return None
    columns = {
        of.column for of in model._meta.concrete_fields if of.editable and not of.generated and not of.primary_key
    }
    return {column: value for column, value in row.items() if column in columns}


def _references(step: Step) -> "Iterable[tuple[models.Field[Any, Any], Any]]":
    for of in step.model._meta.concrete_fields:
        value = (step.then or {}).get(str(of.column))
        if of.is_relation and value is not None:
            yield of, value


def _follow_merges(steps: Iterable[Step]) -> None:
    """Who has been merged into another since is the other now."""
    for step in steps:
        for of, value in _references(step):
            target: Any = of.related_model
            if any(one.name == "merged_into" for one in target._meta.concrete_fields):
                into = target._base_manager.filter(pk=value).values_list("merged_into", flat=True).first()
                if into is not None and step.then is not None:
                    step.then[str(of.column)] = into


def _refuse_impossible(steps: list[Step]) -> None:
    if not steps:
        raise CannotRestore("nothing")
    back = {(step.model, step.key) for step in steps if step.now is None}
    for step in steps:
        if step.now is None and (step.deleted is None or _required(step.model) - step.deleted.keys()):
            raise CannotRestore("lost")
        for of, value in _references(step):
            target: Any = of.related_model
            if (target, value) not in back and not target._base_manager.filter(pk=value).exists():
                raise CannotRestore(
                    "deleted", kind=capfirst(str(target._meta.verbose_name)), name=_called(target, value)
                )


def _required(model: Model) -> set[str]:
    """Columns without which a row can't come back, and that the history may leave out."""
    return {
        str(of.column)
        for of in model._meta.concrete_fields
        if not (of.null or of.generated or of.has_default() or of.has_db_default())
    }


def _called(model: Model, key: int) -> str:
    entries = HistoryEntry.objects.filter(table_name=model._meta.db_table, row_id=key, action=Action.DELETE)
    return names_of_deleted(entries.order_by("-id")[:1]).get(key, "") or f"№ {key}"


def _perform(steps: list[Step]) -> None:
    """Parts go before what they belong to; then, from the record down, rows change and come back."""
    models_in_order = list(dict.fromkeys(step.model for step in steps))
    for model in reversed(models_in_order):
        _delete(model, [step.key for step in steps if step.model is model and step.then is None])
    for model in models_in_order:
        of_model = [step for step in steps if step.model is model and step.then is not None]
        for step in of_model:
            if step.now is not None:
                _write(step, step.changed)
        for step in of_model:
            if step.now is None and step.deleted is not None:
                _bring_back(step, step.deleted)


def _delete(model: Model, keys: list[int]) -> None:
    try:
        _count, deleted = model._base_manager.filter(pk__in=keys).delete()
    except ProtectedError as error:
        raise CannotRestore("in_use", kinds=_kinds(type(one) for one in error.protected_objects)) from error
    if lost := set(deleted) - {model._meta.label}:
        raise CannotRestore(
            "in_use", kinds=_kinds(one for one in apps.get_models(include_auto_created=True) if one._meta.label in lost)
        )


def _kinds(of: Iterable[Model]) -> str:
    return ", ".join(sorted({str(model._meta.verbose_name_plural) for model in of}))


def _bring_back(step: Step, deleted: Row) -> None:
    """The very row that was deleted, number and all; then what was different before it was deleted."""
    fields = [of for of in step.model._meta.concrete_fields if not of.generated]
    row = {str(of.column): deleted[str(of.column)] for of in fields if of.column in deleted}
    for of in fields:
        if of.column not in row and of.has_default():
            row[str(of.column)] = of.get_default()
    columns = ", ".join(connection.ops.quote_name(column) for column in row)
    table = connection.ops.quote_name(step.model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"  # noqa: S608 - names of our own columns
            f" SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)",
            [json.dumps(row)],
        )
    as_deleted = _written(step.model, deleted) or {}
    _write(step, {column: value for column, value in (step.then or {}).items() if as_deleted.get(column) != value})


def _write(step: Step, values: Row) -> None:
    if not values:
        return
    quote = connection.ops.quote_name
    table = quote(step.model._meta.db_table)
    setting = ", ".join(f"{quote(column)} = new.{quote(column)}" for column in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} t SET {setting}"  # noqa: S608 - names of our own columns
            f" FROM jsonb_populate_record(NULL::{table}, %s::jsonb) new WHERE t.id = %s",
            [json.dumps(values), step.key],
        )
