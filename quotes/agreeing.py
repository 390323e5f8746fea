"""Who agrees with whom: pairs of annotators, by the month in which both had finished and by the guideline in force."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from people.models import Person
from quotes.agreement import Agreement, Marked, Readings, measure
from quotes.models import DoubleSide

Content = list[dict[str, Any]]
NOT_IDENTIFIED = "not identified"


@dataclass(frozen=True, slots=True)
class Row:
    """Two annotators' agreement; `month` as 2031-05, `guideline` as versions. Empty in a row over all of them."""

    first: User | None
    second: User | None
    month: str
    guideline: str
    agreement: Agreement

    @property
    def is_total(self) -> bool:
        return not self.month


@dataclass(frozen=True, slots=True)
class _Text:
    pair: tuple[User, User]
    month: str
    guideline: str
    readings: Readings


def agreement_rows() -> list[Row]:
    """Of each two annotators a row for each month and guideline, the last month first, then their total; all at the end.

    From what the two had marked when they finished, whatever became of it. Two queries, however many texts.
    """
    texts = _texts()
    rows = []
    for pair, of_pair in _grouped(texts, lambda text: text.pair, key=lambda text: _names(text.pair)):
        periods = _grouped(of_pair, lambda text: (text.month, text.guideline))
        rows += [
            Row(pair[0], pair[1], month, guideline, measure(text.readings for text in group))
            for (month, guideline), group in reversed(periods)
        ]
        rows.append(Row(pair[0], pair[1], "", "", measure(text.readings for text in of_pair)))
    if texts:
        rows.append(Row(None, None, "", "", measure(text.readings for text in texts)))
    return rows


def current_people(contents: Iterable[Content]) -> dict[str, str]:
    """Of people who were merged since into others, whose record is theirs now, by public ids. One query."""
    ids = {one["speaker"] for content in contents for one in content if one["speaker"]}
    merged = Person.objects.filter(public_id__in=ids, merged_into__isnull=False)
    return dict(merged.values_list("public_id", "merged_into__public_id"))


def speaker_of(one: Mapping[str, Any], people: Mapping[str, str]) -> str:
    """Who spoke, as one value: a person, an organization, somebody not identified; empty where nobody has said."""
    if one["speaker"]:
        return f"person {people.get(one['speaker'], one['speaker'])}"
    if one["organization"]:
        return f"organization {one['organization']}"
    return NOT_IDENTIFIED if one["not_identified"] else ""


def _texts() -> list[_Text]:
    sides = list(DoubleSide.objects.for_agreement())
    people = current_people(side.content or [] for side in sides)
    texts = []
    for _double, group in groupby(sides, key=lambda side: side.double_id):
        two = sorted(group, key=lambda side: _names((side.annotator,)))
        first, second = two
        versions = dict.fromkeys(str(side.guideline.version) for side in two if side.guideline)
        finished = two[0].double.finished_at
        texts.append(
            _Text(
                (first.annotator, second.annotator),
                timezone.localtime(finished).strftime("%Y-%m") if finished else "",
                ", ".join(sorted(versions, key=int)),
                (_marked(first.content or [], people), _marked(second.content or [], people)),
            )
        )
    return texts


def _marked(content: Content, people: Mapping[str, str]) -> list[Marked]:
    return [Marked(one["spans"], one["kind"], speaker_of(one, people)) for one in content]


def _names(users: Iterable[User]) -> tuple[tuple[str, int], ...]:
    return tuple((user.get_username(), user.pk) for user in users)


def _grouped(
    texts: list[_Text], of: Callable[[_Text], Any], key: Callable[[_Text], Any] | None = None
) -> list[tuple[Any, list[_Text]]]:
    ordered = sorted(texts, key=key or of)
    return [(value, list(group)) for value, group in groupby(ordered, key=of)]
