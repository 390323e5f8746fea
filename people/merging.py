"""Merging two records of one person: everything moves to the one that stays, and the other leads there."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, connection, models
from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.acting import acting
from people.models import Meeting, Office, Person, PersonName
from people.names import LANGUAGES

REASONS: dict[str, Promise] = {
    "gone": _("One of the two records has just been deleted. Nothing is left to merge."),
    "same": _("This is the same record. Choose the other one."),
    "merged_already": _("This record has been merged into another already. Nothing is left to merge."),
    "into_merged": _("The record you chose has itself been merged into another. Choose the one it leads to."),
    "stands_in_the_way": _(
        "Something that refers to the record can't be moved, so nothing was changed. Tell the maintainer: %s"
    ),
}


class CannotMerge(Exception):  # noqa: N818 - the name says what happened
    """These two are not merged; `str()` is a sentence in the reader's language that says why."""

    def __init__(self, code: str, rule: str = "") -> None:
        super().__init__(code, rule)
        self.code = code
        self.rule = rule

    def __str__(self) -> str:
        sentence = str(REASONS[self.code])
        return sentence % self.rule if self.rule else sentence


@dataclass(frozen=True)
class Move:
    """What becomes of the rows whose foreign key `key` names the person."""

    key: "models.ForeignKey[Person, Person]"
    moved: int
    dropped: int  # The record that stays has an equal row, and there may be one of a kind.

    @property
    def kind(self) -> str:
        """What the rows are, in the plural and the reader's language."""
        return str(self.key.model._meta.verbose_name_plural)

    @property
    def field(self) -> str:
        """As what they name the person: «speaker»."""
        return str(self.key.verbose_name)


@dataclass(frozen=True)
class Merge:
    """What a merge does, or has done: rows moved, and names that the record that stays takes over as aliases."""

    moves: list[Move]
    aliases: list[str]


@dataclass(frozen=True)
class Doubts:
    """What speaks for two people: occasions with both, and single-seat offices that both held."""

    meetings: list[Meeting]
    offices: list[Office]


def references() -> "list[models.ForeignKey[Person, Person]]":
    """Every foreign key to a person, of every app; those of many-to-many tables and hidden relations, too."""
    relations = Person._meta.get_fields(include_hidden=True)
    return [relation.field for relation in relations if isinstance(relation, models.ManyToOneRel)]


def doubts(person: Person, into: Person) -> Doubts:
    """What somebody should look at before they say that the two are one."""
    meetings = Meeting.objects.filter(participants__person=person).filter(participants__person=into)
    offices = Office.objects.filter(single_seat=True, tenures__person=person).filter(tenures__person=into)
    return Doubts(list(meetings.distinct()), list(offices.distinct()))


def preview(person: Person, into: Person) -> Merge:
    """What `merge` would do now. Raises CannotMerge where it would refuse."""
    _refuse_impossible(person, into)
    moves = []
    for key in references():
        dropped = _twins(key, person, into).count()
        moves.append(Move(key, _rows(key, person).count() - dropped, dropped))
    return Merge(_worth_telling(moves), [name.text for name in _new_aliases(person, into)])


def merge(person: Person, into: Person, *, by: User) -> Merge:
    """Move everything that refers to `person` to `into`, in one transaction, and leave a redirect.

    The names stay findable as aliases of `into`. What is published stays so: the database sees that the redirect is
    there before a statement changes hands (quotes, person_now). Raises CannotMerge; then nothing has changed.
    """
    try:
        with acting(by):
            person, into = _locked(person, into)
            _refuse_impossible(person, into)
            done = _merged(person, into)
            # Rules that wait for the commit speak now, while they can still be told as CannotMerge.
            connection.check_constraints()
    except (IntegrityError, ProtectedError) as error:
        raise CannotMerge("stands_in_the_way", str(error).strip()) from error
    return done


def _merged(person: Person, into: Person) -> Merge:
    aliases = _new_aliases(person, into)
    person.merged_into = into
    person.save(update_fields=["merged_into"])
    moves = [_move(key, person, into) for key in references()]
    # One of them may have come along as an alias of the other record.
    PersonName.objects.bulk_create(aliases, ignore_conflicts=True)
    return Merge(_worth_telling(moves), [name.text for name in aliases])


def _locked(person: Person, into: Person) -> tuple[Person, Person]:
    """Both rows, locked in one order for everybody, so that two merges at once wait for each other."""
    rows = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[person.pk, into.pk]).order_by("pk")
    }
    if not {person.pk, into.pk} <= rows.keys():
        raise CannotMerge("gone")
    return rows[person.pk], rows[into.pk]


def _refuse_impossible(person: Person, into: Person) -> None:
    # Two holders of one single-seat office are no reason to refuse: the database lets no two tenures of it certainly
    # overlap, whoever holds them, and one person may hold it twice. The preview shows what a person has to judge.
    if person.pk == into.pk:
        raise CannotMerge("same")
    if person.merged_into_id is not None:
        raise CannotMerge("merged_already")
    if into.merged_into_id is not None:
        raise CannotMerge("into_merged")


def _new_aliases(person: Person, into: Person) -> list[PersonName]:
    """The names of `person` that `into` does not have in their language yet."""
    known = set(into.names.values_list("text", "language")) | {
        (getattr(into, f"name_{language}"), language) for language in LANGUAGES
    }
    names = [(getattr(person, f"name_{language}"), language) for language in LANGUAGES]
    return [
        PersonName(person=into, text=text, language=language, kind=PersonName.Kind.ALIAS)
        for text, language in names
        if text and (text, language) not in known
    ]


def _worth_telling(moves: list[Move]) -> list[Move]:
    return [move for move in moves if move.moved or move.dropped]


def _move(key: "models.ForeignKey[Person, Person]", person: Person, into: Person) -> Move:
    twins = list(_twins(key, person, into).values_list("pk", flat=True))
    _drop(key.model, twins)
    return Move(key, _rows(key, person).update(**{key.name: into}), len(twins))


def _drop(model: type[models.Model], keys: list[int]) -> None:
    """Delete the rows, and refuse to lose anything that hangs on them."""
    _count, deleted = model._base_manager.filter(pk__in=keys).delete()
    if lost := set(deleted) - {model._meta.label}:
        raise CannotMerge("stands_in_the_way", ", ".join(sorted(lost)))


def _rows(key: "models.ForeignKey[Person, Person]", person: Person) -> "models.QuerySet[models.Model]":
    return key.model._base_manager.filter(**{key.name: person})


def _twins(key: "models.ForeignKey[Person, Person]", person: Person, into: Person) -> "models.QuerySet[models.Model]":
    """The rows of `person` that can't move, since `into` has one that a uniqueness rule takes for the same."""
    twin = Q(pk__in=[])
    for others, condition in _unique_sets(key):
        equal = {name: OuterRef(name) for name in others}
        twin |= condition & Q(Exists(_rows(key, into).filter(condition, **equal)))
    return _rows(key, person).filter(twin)


def _unique_sets(key: "models.ForeignKey[Person, Person]") -> Iterator[tuple[list[str], Q]]:
    """Of each uniqueness rule that the key is part of: the other fields, and the rows it holds for."""
    meta = key.model._meta
    if key.unique:
        yield [], Q()
    for together in meta.unique_together:
        if key.name in together:
            yield [name for name in together if name != key.name], Q()
    for rule in meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and key.name in rule.fields:
            yield [name for name in rule.fields if name != key.name], rule.condition or Q()
