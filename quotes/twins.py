"""The same statement, reported by another article: found by speaker, date and words before it is entered twice."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Q, QuerySet

from articles.models import Snapshot
from people.edtf import Edtf
from people.models import Organization, Person
from quotes.models import DoubleAnnotation, Span, Statement
from quotes.models.doubling import Reader
from quotes.search.analysis import analyse

AT_MOST: Final = 5
# Statements whose words are compared, the last said first: a busy speaker has hundreds in the days around.
COMPARED: Final = 400
# Reports differ by a day or two about when something was said.
DAYS_APART: Final = timedelta(days=3)
# How long before the publication it was said, where nobody knows the day.
DAYS_REPORTED: Final = timedelta(days=14)
# The likeness from which somebody should look (tests/quotes/test_twins.py measures it).
ALIKE: Final = 0.5
# Of words that all stand in a longer report, the likeness; of fewer than so many it says nothing.
CONTAINED: Final = 0.85
ENOUGH_WORDS: Final = 4

# What stands in any two sentences, folded, in one form of each word that the dictionary knows.
# fmt: off
EMPTY_WORDS: Final = frozenset(
    ["и", "а", "но", "да", "или", "что", "чтобы", "как", "в", "во", "на", "с", "со", "к", "ко", "у", "о", "об", "от", "до", "по", "за", "из", "при", "для", "без", "над", "под", "не", "ни", "это", "этот", "эта", "эти", "тот", "та", "те", "то", "он", "она", "они", "мы", "вы", "я", "его", "ее", "их", "нас", "вас", "наш", "наша", "наши", "свой", "свою", "своих", "быть", "был", "была", "было", "были", "будет", "будут", "есть", "мне", "нам", "вам", "так", "же", "уже", "еще", "все", "весь", "всех", "очень", "если", "когда", "где", "только", "сам", "сама", "самый", "который", "которая", "которые", "которых", "также", "лишь", "бы", "і", "й", "але", "ды", "ці", "што", "каб", "у", "з", "са", "да", "каля", "пра", "аб", "ад", "па", "без", "над", "пад", "не", "ні", "гэта", "гэты", "гэтая", "яны", "яна", "ён", "мы", "вы", "яго", "яе", "іх", "быў", "была", "было", "былі", "будзе", "будуць", "ёсць", "ужо", "яшчэ", "усе", "усё", "так", "калі", "дзе", "толькі", "які", "якая", "якія", "таксама", "the", "a", "an", "and", "or", "but", "that", "this", "these", "those", "in", "on", "at", "of", "to", "for", "from", "by", "with", "as", "is", "are", "was", "were", "be", "been", "will", "would", "it", "its", "he", "she", "they", "we", "you", "i", "his", "her", "their", "our", "not", "no", "so", "if", "when"]
)
# fmt: on

Forms = frozenset[str]


@dataclass(frozen=True, slots=True)
class Twin:
    """A statement on record that may be the same; `likeness` of the words is 1 where all of them agree."""

    statement: Statement
    likeness: float


def twins(
    words: str, speaker: Person | Organization, snapshot: Snapshot, spoken: str | None = None, *, user: Reader
) -> list[Twin]:
    """Statements of the speaker, known from other texts, that these words of the snapshot may report; best first.

    Of those that the user may see; none while the article is annotated twice, since its quotes join no other statement
    then.

    Compared are those said within some days of `spoken`, an EDTF date, or, where that is not known, before the
    article's publication; and those of no known date. Four queries, however much the speaker has said.
    """
    if DoubleAnnotation.objects.open().filter(article=snapshot.article_id).exists():
        return []
    candidates = _candidates(speaker, snapshot, spoken).visible_to(user)  # type: ignore[attr-defined]
    found = candidates.order_by("-sort_key").values_list("pk", flat=True)[:COMPARED]
    spans = Span.objects.filter(quote__statement__in=list(found)).order_by("quote", "start")
    quoted: dict[tuple[int, int, str], list[str]] = {}
    for statement, quote, language, exact in spans.values_list("quote__statement", "quote", "quote__language", "exact"):
        quoted.setdefault((statement, quote, language), []).append(exact)
    asked = content(words, snapshot.article.language)
    best: dict[int, float] = {}
    for (statement, _quote, language), parts in quoted.items():
        best[statement] = max(best.get(statement, 0), likeness(asked, content(" ".join(parts), language)))
    first = sorted((pk for pk in best if best[pk] >= ALIKE), key=lambda pk: (-best[pk], pk))[:AT_MOST]
    rows = {row.pk: row for row in Statement.objects.for_states().for_cards().filter(pk__in=first)}
    return [Twin(rows[pk], best[pk]) for pk in first if pk in rows]


def content(words: str, language: str | None = None) -> list[Forms]:
    """The words that say something, each as all forms it may be compared by."""
    return [
        token.forms
        for token in analyse(words, language or None)
        if token.length == 1 and token.forms.isdisjoint(EMPTY_WORDS)
    ]


def likeness(one: Sequence[Forms], other: Sequence[Forms]) -> float:
    """From 0 to 1: the share of words that both have, in whatever form, or nearly 1 where one has all of the other's."""
    if not one or not other:
        return 0.0
    shared, shared_back = _in_both(one, other), _in_both(other, one)
    alike = (shared + shared_back) / (len(one) + len(other))
    shorter, of_shorter = (one, shared) if len(one) <= len(other) else (other, shared_back)
    if len(shorter) < ENOUGH_WORDS:
        return alike
    return max(alike, CONTAINED * of_shorter / len(shorter))


def _in_both(words: Collection[Forms], others: Iterable[Forms]) -> int:
    known = frozenset().union(*others)
    return sum(1 for forms in words if not known.isdisjoint(forms))


def _candidates(speaker: Person | Organization, snapshot: Snapshot, spoken: str | None) -> "QuerySet[Statement]":
    by = Q(speaker=speaker) if isinstance(speaker, Person) else Q(speaker_organization=speaker)
    rows = Statement.objects.filter(by).exclude(quotes__snapshot=snapshot)
    rows = rows.exclude(pk__in=Statement.objects.withdrawn().filter(by).values("pk"))
    published = snapshot.article.published
    if spoken:
        first, last = Edtf.of(spoken).first - DAYS_APART, Edtf.of(spoken).last + DAYS_APART
    elif published:
        first, last = Edtf.of(published).first - DAYS_REPORTED, Edtf.of(published).last + DAYS_APART
    else:
        return rows
    return rows.filter(Q(spoken_range=None) | Q(spoken_range__overlap=(first, last + timedelta(days=1))))
