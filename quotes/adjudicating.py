"""What two annotators made of one article, side by side; a third person settles where they differ."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Prefetch
from django.utils import timezone

from articles.models import Snapshot
from people.differing import Run, compare
from quotes.agreeing import current_people, speaker_of
from quotes.annotating import delete_quote
from quotes.comparing import label_of, stated
from quotes.models import DoubleAnnotation, DoubleSide, Quote, Ruling, Statement
from quotes.pairing import pair
from quotes.refusals import refusals
from quotes.reviewing import approve, lacking, submit

Marked = dict[str, Any]
# What is compared, by the form's names: as the database wrote it down when each of the two finished.
COMPARED = {
    "spans": "spans",
    "passage": "passage",
    "kind": "kind",
    "attribution": "attribution",
    "speaker": "speaker",
    "speaker_organization": "organization",
    "speaker_not_identified": "not_identified",
    "spoken": "spoken",
    "spoken_known": "spoken_known",
    "meeting": "meeting",
    "occasion_not_named": "occasion_not_named",
    "tenure": "tenure",
    "label": "label",
    "topics": "topics",
}


class NotDecided(Exception):  # noqa: N818 - an answer, told to the person who asked
    """Some differences are still to be decided: `number` of them."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that the two filled in differently, in words: what only A has is `gone`, what only B has is `new`."""

    label: str
    a: list[Run]
    b: list[Run]


@dataclass(frozen=True, slots=True)
class Couple:
    """A quote of A's and the one of B's that it is, or one that only one of the two has marked.

    `of_a` and `of_b` are what they had marked when they finished, `a` and `b` the quotes as they are now.
    """

    number: int
    of_a: Marked | None
    of_b: Marked | None
    a: Quote | None
    b: Quote | None
    differing: list[str]
    ruling: Ruling | None

    @property
    def is_agreed(self) -> bool:
        return self.of_a is not None and self.of_b is not None and not self.differing

    @property
    def id_a(self) -> str:
        return self.of_a["quote"] if self.of_a else ""

    @property
    def id_b(self) -> str:
        return self.of_b["quote"] if self.of_b else ""

    @property
    def kept(self) -> Quote | None:
        """The quote that stays, as far as that is decided; of what both agree on A's."""
        if self.is_agreed:
            return self.a or self.b
        if self.ruling is None:
            return None
        return {Ruling.Takes.A: self.a, Ruling.Takes.B: self.b}.get(Ruling.Takes(self.ruling.takes))

    @property
    def fields(self) -> list[FieldDifference]:
        """What differs, field by field, in words."""
        if self.a is None or self.b is None:
            return []
        a, b = stated(self.a), stated(self.b)
        found = []
        for name in self.differing:
            runs = compare(a[name], b[name])
            only_a = [run for run in runs if run.kind != "new"]
            only_b = [run for run in runs if run.kind != "gone"]
            found.append(FieldDifference(label_of(name), only_a, only_b))
        return found

    @property
    def facts_a(self) -> list[tuple[str, str]]:
        return _facts(self.a)

    @property
    def facts_b(self) -> list[tuple[str, str]]:
        return _facts(self.b)


class Case:
    """A double annotation that both have finished, quote by quote, in text order. As many queries, however many quotes."""

    def __init__(self, double: DoubleAnnotation) -> None:
        self.double = double
        self.sides = {side.letter: side for side in double.sides.select_related("annotator")}

    @cached_property
    def couples(self) -> list[Couple]:
        ones, others = self._content("a"), self._content("b")
        people = current_people([ones, others])
        quotes = self._quotes()
        rulings = {(one.quote_a, one.quote_b): one for one in self.double.rulings.all()}
        found = []
        for number, (i, j) in enumerate(
            pair([one["spans"] for one in ones], [other["spans"] for other in others]), start=1
        ):
            a, b = ones[i] if i is not None else None, others[j] if j is not None else None
            ids = (a["quote"] if a else "", b["quote"] if b else "")
            differing = _differing(a, b, people) if a and b else []
            live = (quotes.get(ids[0]), quotes.get(ids[1]))
            found.append(Couple(number, a, b, *live, differing, rulings.get(ids)))
        return found

    @property
    def agreed(self) -> list[Couple]:
        """What both have marked and described alike."""
        return [one for one in self.couples if one.is_agreed]

    @property
    def differences(self) -> list[Couple]:
        """What somebody has to decide."""
        return [one for one in self.couples if not one.is_agreed]

    @property
    def undecided(self) -> list[Couple]:
        return [one for one in self.differences if one.ruling is None]

    def after(self, number: int) -> Couple | None:
        """The next one to decide, after that number or else from the start; None where all are decided."""
        undecided = self.undecided
        return next((one for one in undecided if one.number > number), undecided[0] if undecided else None)

    def numbered(self, number: int) -> Couple | None:
        return next((one for one in self.differences if one.number == number), None)

    def _content(self, letter: str) -> list[Marked]:
        side: DoubleSide = self.sides[letter]
        return sorted(side.content or [], key=lambda one: one["spans"][0])

    def _quotes(self) -> dict[str, Quote]:
        statements = ("speaker", "speaker_organization", "meeting", "tenure__office", "tenure__person")
        rows = (
            Quote.objects.filter(side__double=self.double)
            .select_related("statement", *(f"statement__{name}" for name in statements))
            .prefetch_related("spans", "statement__topics", Prefetch("snapshot", Snapshot.objects.light()))
        )
        return {quote.public_id: quote for quote in rows}


def rule(couple: Couple, takes: str, *, double: DoubleAnnotation, by: User) -> None:
    """What of a difference stays: A's, B's or neither. Raises Refused."""
    with refusals():
        Ruling.objects.update_or_create(
            double=double,
            quote_a=couple.id_a,
            quote_b=couple.id_b,
            defaults={"takes": takes, "ruled_by": by, "ruled_at": timezone.now()},
        )


def take_back(couple: Couple) -> None:
    """The decision is taken back; what was edited meanwhile stays as it is. Raises Refused."""
    if couple.ruling:
        with refusals():
            couple.ruling.delete()


@dataclass(frozen=True, slots=True)
class Settlement:
    """How many statements stay, how many of them were submitted, how many approved at once, and how many lack something."""

    kept: int
    submitted: int
    approved: int
    incomplete: int


def settle(double: DoubleAnnotation, *, by: User, approving: bool = False) -> Settlement:
    """What is decided is done: the one quote stays, the other goes; complete statements are submitted.

    `approving`: those of which the user wrote no part are approved at once. The article is finished from now on, as
    annotated or without statements, as it is. Raises NotDecided, or Refused; then nothing has changed.
    """
    with refusals():
        double = DoubleAnnotation.objects.select_for_update().get(pk=double.pk)
        case = Case(double)
        if case.undecided:
            raise NotDecided(len(case.undecided))
        kept = [couple.kept for couple in case.couples if couple.kept]
        for couple in case.couples:
            for quote in (couple.a, couple.b):
                if quote is not None and quote != couple.kept:
                    delete_quote(quote)
        double.settled_at, double.settled_by = timezone.now(), by
        double.save(update_fields=["settled_at", "settled_by"])
        statements = Statement.objects.for_states().filter(quotes__in=kept).distinct().select_related("lead")
        return _submit([one for one in statements.order_by("id") if one.is_with_its_authors], by, approving=approving)


def _submit(statements: list[Statement], by: User, *, approving: bool) -> Settlement:
    complete = [one for one in statements if not lacking(one)]
    approved = 0
    for statement in complete:
        # Asked before it is submitted: who edited it is one of its authors.
        may_approve = approving and statement.may_be_approved_by(by.pk)
        revision = submit(statement, by=by)
        if may_approve:
            approve(revision, by=by)
            approved += 1
    return Settlement(len(statements), len(complete), approved, len(statements) - len(complete))


def _differing(a: Marked, b: Marked, people: dict[str, str]) -> list[str]:
    names = [name for name, key in COMPARED.items() if a[key] != b[key]]
    # Two records of one person that were merged since are one.
    if "speaker" in names and speaker_of(a, people) == speaker_of(b, people):
        names.remove("speaker")
    return names


def _facts(quote: Quote | None) -> list[tuple[str, str]]:
    """What is said of the quote besides its words, in words."""
    if quote is None:
        return []
    said = stated(quote)
    shown = ("kind", "speaker", "speaker_organization", "attribution", "spoken", "meeting")
    return [(label_of(name), said[name]) for name in shown if said[name]]
