"""References to copy: after ГОСТ Р 7.0.5-2008, after APA 7, and in plain words.

Each tells first who said it, in what office, on what occasion, when, and where the record of it stays; then the article
that prints it, as the style asks. The article is what was consulted, so it is what a bibliography lists; ГОСТ (4.12)
and APA (secondary sources) both say so. Where the words are not the speaker's own, the reference says that, too.
"""

from collections.abc import Iterable
from typing import Final

from people.date_words import MONTHS
from people.edtf import Edtf, write
from quotes.citing.cited import Cited
from quotes.citing.phrases import PHRASES

ROMAN: Final = ("", "I", "II", "III", "IV")
STOPS: Final = (".", "…", "?", "!", ".»", "…»", "?»", "!»", ".”", "…”", "?”", "!”")


def gost(cited: Cited) -> str:
    """«… Цит. по: Заглавие // Источник. 2031. 5 мая. URL: … (дата обращения: 06.05.2031).»

    An indirect statement is «Приводится по:». The byline stands after a slash as it is printed, since only its author
    knows which part of it is a surname.
    """
    phrases = PHRASES[cited.told_in]
    how = phrases.gost_quoted if cited.is_direct else phrases.gost_reported
    title = cited.title or f"[{phrases.untitled}]"
    named = f"{title} / {cited.byline}" if cited.byline else title
    parts = [f"{named} // {cited.source}", _gost_date(cited)]
    if cited.address:
        accessed = f" ({phrases.gost_accessed}: {cited.accessed:%d.%m.%Y})" if cited.accessed else ""
        parts.append(f"URL: {cited.address}{accessed}")
    return f"{_sentences([said(cited)])} {how}: {_sentences(parts)}"


def apa(cited: Cited) -> str:
    """“…, as quoted in: Title. (2031, May 5). Source. https://…”: the reference of an article without a named author.

    The byline, as it is printed, stands before the date. The day of retrieval is told where that of publication is not
    known.
    """
    phrases = PHRASES[cited.told_in]
    how = phrases.apa_quoted if cited.is_direct else phrases.apa_reported
    return f"{said(cited)}, {how}: {apa_reference(cited)}"


def apa_reference(cited: Cited) -> str:
    """What stands in the list of references: the article."""
    phrases = PHRASES[cited.told_in]
    title = cited.title or f"[{phrases.untitled}]"
    when = f"({_apa_date(cited, cited.published) if cited.published else phrases.no_date})"
    heading = [cited.byline, when, title] if cited.byline else [title, when]
    text = _sentences([*heading, cited.source])
    if not cited.address:
        return text
    if cited.published is None and cited.accessed:
        day = _apa_day(cited, Edtf(cited.accessed.isoformat()))
        return f"{text} {phrases.apa_retrieved.format(day, cited.address)}"
    return f"{text} {cited.address}"


def plain(cited: Cited) -> str:
    """The same for people who follow no style, with each date named for what it is."""
    phrases = PHRASES[cited.told_in]
    how = phrases.quoted_in if cited.is_direct else phrases.reported_in
    dates = []
    if cited.published:
        dates.append(phrases.published.format(write(cited.published, cited.told_in)))
    if cited.accessed:
        dates.append(phrases.retrieved.format(write(Edtf(cited.accessed.isoformat()), cited.told_in)))
    where = ", ".join(filter(None, [cited.title, cited.byline, cited.source, *dates]))
    return f"{_sentences([said(cited)])} {how}: {_sentences([where])} {cited.address}".rstrip()


def said(cited: Cited) -> str:
    """Who, in what office, on what occasion, when; and the address of the record, which stays."""
    return f"{who_and_when(cited)} ({cited.permanent})"


def who_and_when(cited: Cited) -> str:
    """Who, in what office, on what occasion, when."""
    phrases = PHRASES[cited.told_in]
    who = cited.speaker
    if not who:
        printed = f" ({phrases.as_printed.format(cited.attribution)})" if cited.attribution else ""
        who = f"{phrases.not_identified}{printed}"
    when = write(cited.spoken, cited.told_in) if cited.spoken else ""
    # Published is not said: where the one only stands for the other, the reader is told.
    inferred = phrases.known["publication"] if cited.spoken and cited.spoken_known == "publication" else ""
    return ", ".join(filter(None, [who, cited.office, cited.occasion, when, inferred]))


def _gost_date(cited: Cited) -> str:
    """«2031. 5 мая», «2031. Май», «2031. III кв.», «2031»; empty where it is not known."""
    if cited.published is None:
        return ""
    phrases, date = PHRASES[cited.told_in], cited.published
    year, month = date.first.year, date.first.month - 1
    within = {
        "day": f"{date.first.day} {phrases.day[month]}",
        "month": phrases.alone[month],
        "quarter": _quarter(phrases.gost_quarter, date),
        "year": "",
    }[date.precision]
    return f"{year}. {within}" if within else str(year)


def _apa_date(cited: Cited, date: Edtf) -> str:
    """The year first, then what else is known: “2031, May 5”."""
    within = {
        "day": _day_and_month(cited, date),
        "month": MONTHS[cited.told_in][date.first.month - 1][0],
        "quarter": _quarter(PHRASES[cited.told_in].apa_quarter, date),
        "year": "",
    }[date.precision]
    return f"{date.first.year}, {within}" if within else str(date.first.year)


def _quarter(phrase: str, date: Edtf) -> str:
    return phrase.format(number=date.quarter, roman=ROMAN[date.quarter])


def _apa_day(cited: Cited, day: Edtf) -> str:
    return f"{_day_and_month(cited, day)}, {day.first.year}" if cited.told_in == "en" else write(day, cited.told_in)


def _day_and_month(cited: Cited, date: Edtf) -> str:
    month = MONTHS[cited.told_in][date.first.month - 1][1]
    return f"{month} {date.first.day}" if cited.told_in == "en" else f"{date.first.day} {month}"


def _sentences(parts: Iterable[str]) -> str:
    """The parts that there are, each with one full stop or what it ends with already."""
    return " ".join(part if part.endswith(STOPS) else f"{part}." for part in parts if part)
