"""By what a statement's date, office and speaker are known: what the reviewer has to check, put beside the text."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import override

from people.dating import KnownBy
from people.edtf import Edtf
from people.models import Tenure
from quotes.explaining import because
from quotes.models import Quote, Statement, Suggestion

Range = tuple[int, int]
# How a text prints a day, in Django's letters; the longest first.
DAYS_IN_PRINT = ("j E Y", "E j, Y", "F j, Y", "d.m.Y", "j E", "F j", "d.m")
# Belarusian has two words for May; Django writes the first.
MAY, OTHER_MAY = "мая", "траўня"
# Languages that Django can write dates in.
LANGUAGES = ("ru", "be", "en")


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the machine said of the speaker of a quote, and what the person changed who decided on it."""

    suggestion: Suggestion
    speaker: str
    because: str
    corrected: list[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """A tenure that may cover the day on which something was said."""

    tenure: Tenure
    is_speakers: bool
    is_chosen: bool


def day_in_text(statement: Statement, quote: Quote) -> Range | None:
    """Where the text prints the day on which it was said, in one of the usual ways; None where it prints none of them.

    Code points of the snapshot's text, the end exclusive. Only for days said to be known from the text.
    """
    if statement.spoken_known != KnownBy.TEXT or not statement.spoken:
        return None
    date = Edtf.of(statement.spoken)
    if date.first != date.last:
        return None
    language = quote.language if quote.language in LANGUAGES else "ru"
    with override(language):
        printed = [date_format(date.first, letters) for letters in DAYS_IN_PRINT]
    if language == "be":
        printed += [words.replace(MAY, OTHER_MAY) for words in printed if MAY in words]
    text = quote.snapshot.text.casefold()
    if len(text) != len(quote.snapshot.text):
        text = quote.snapshot.text
    for words in printed:
        at = text.find(words.casefold())
        while at >= 0:
            # «4 марта» is not the end of «14 марта».
            if not text[at - 1 : at].isalnum():
                return at, at + len(words)
            at = text.find(words.casefold(), at + 1)
    return None


def holdings(statement: Statement) -> list[Holding]:
    """Who may have held the speaker's office on the day said, and what else the speaker may have held then."""
    if not statement.spoken:
        return []
    date = Edtf.of(statement.spoken)
    tenures = Tenure.objects.possibly_on(date.first, date.last).select_related("office", "person")
    held = tenures.filter(person=statement.speaker_id) if statement.speaker_id else tenures.none()
    if statement.tenure:
        held = held | tenures.filter(office=statement.tenure.office_id)
    return [
        Holding(tenure, tenure.person_id == statement.speaker_id, tenure.pk == statement.tenure_id)
        for tenure in held.distinct().order_by("office", "start", "id")
    ]


def grounds(quote: Quote) -> list[Grounds]:
    """Of what suggestions the quote came, with the reasons for their speakers."""
    found = []
    days = quote.snapshot.article.published_range
    for suggestion in quote.suggestions.select_related("speaker", "speaker_organization", "decided_by"):
        choice = next((one for one in suggestion.choices if one["name"] == suggestion.speaker_name), None)
        place = suggestion.mention
        mention = quote.snapshot.text[place.lower : place.upper] if place else ""
        record = suggestion.speaker or suggestion.speaker_organization
        found.append(
            Grounds(
                suggestion,
                record.name if record else suggestion.speaker_name,
                because(choice["reasons"], mention, days.lower if days else None) if choice else "",
                sorted(suggestion.corrections),
            )
        )
    return found
