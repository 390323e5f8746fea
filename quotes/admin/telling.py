"""Records as the annotation page's questions are answered: in words, ready to be shown."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count
from django.urls import reverse

from people.date_telling import told, told_period
from people.models import Organization, Person, Tenure
from people.resembling import Resemblance
from quotes.models import Quote, Statement
from quotes.models.doubling import Reader
from quotes.offering import Choice
from quotes.twins import Twin

LAST_OFFICES = 3


def told_choice(choice: Choice) -> dict[str, Any]:
    """Somebody to choose, with the offices held then."""
    return {
        **_told(choice.record),
        "offices": [tenure.office.name for tenure in choice.tenures],
        "here": choice.here,
    }


def told_resemblances(found: Sequence[Resemblance], user: Reader) -> list[dict[str, Any]]:
    """Records that somebody may mean, with what tells whether they do. Two queries at most."""
    numbers = _statements(found, user)
    offices = _last_offices([one.record.pk for one in found if isinstance(one.record, Person)])
    return [
        {
            **_told(one.record),
            "offices": offices.get(one.record.pk, [])[:LAST_OFFICES] if isinstance(one.record, Person) else [],
            "statements": numbers.get(one.record.pk, 0),
            "by": one.by,
            "likeness": round(one.likeness, 2),
            "address": reverse(f"admin:people_{one.record._meta.model_name}_change", args=[one.record.pk]),
        }
        for one in found
    ]


def told_tenure(tenure: Tenure, *, certain: bool) -> dict[str, Any]:
    """An office that somebody may have held then."""
    return {
        "id": tenure.pk,
        "name": tenure.office.name,
        "period": told_period(tenure.start, tenure.end),
        "certain": certain,
        "unverified": tenure.unverified,
    }


def told_twins(found: Sequence[Twin], user: Reader) -> list[dict[str, Any]]:
    """Statements that the words may report. One query, and one for each of the few."""
    quotes = Quote.objects.visible_to(user).filter(statement__in=[one.statement.pk for one in found]).order_by("pk")
    rows = quotes.select_related("snapshot__article__source").defer("snapshot__raw", "snapshot__text")
    reports: dict[int, list[Quote]] = {}
    for quote in rows:
        reports.setdefault(quote.statement_id, []).append(quote)
    return [
        {
            "id": one.statement.public_id,
            "name": str(one.statement),
            "words": one.statement.words,
            "said": told(one.statement.spoken),
            "state": one.statement.state.label,
            "articles": [
                f"{quote.snapshot.article} ({quote.snapshot.article.source})"
                for quote in reports.get(one.statement.pk, [])
            ],
            "likeness": round(one.likeness, 2),
            "seen": one.statement.fingerprint(),
            "address": _where_marked(one.statement.lead),
        }
        for one in found
    ]


def _where_marked(quote: Quote | None) -> str:
    return reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id]) if quote else ""


def _told(record: Person | Organization) -> dict[str, Any]:
    return {
        "type": "person" if isinstance(record, Person) else "organization",
        "id": record.pk,
        "public_id": record.public_id,
        "name": record.name,
        "about": record.about if isinstance(record, Person) else "",
    }


def _statements(found: Sequence[Resemblance], user: Reader) -> dict[int, int]:
    if not found:
        return {}
    column = "speaker" if isinstance(found[0].record, Person) else "speaker_organization"
    rows = Statement.objects.visible_to(user).filter(**{f"{column}__in": [one.record.pk for one in found]}).order_by()
    return dict(rows.values(column).annotate(number=Count("pk")).values_list(column, "number"))


def _last_offices(people: Sequence[int]) -> dict[int, list[str]]:
    """Of each person the offices in words, the last one first."""
    offices: dict[int, list[str]] = {}
    tenures = Tenure.objects.filter(person__in=people).select_related("office").order_by("-possible", "-pk")
    for tenure in tenures if people else ():
        period = told_period(tenure.start, tenure.end)
        offices.setdefault(tenure.person_id, []).append(
            f"{tenure.office.name}, {period}" if period else tenure.office.name
        )
    return offices
