"""CSL-JSON, which Zotero, Mendeley, pandoc and most others read."""

from typing import Any

from quotes.citing.cited import Cited
from quotes.citing.dates import csl_date
from quotes.citing.notes import notes
from quotes.citing.phrases import PHRASES
from quotes.citing.wording import quote_text, title_of_words


def csl(cited: Cited) -> dict[str, Any]:
    """One item of CSL-JSON.

    Direct speech is a `speech` by its speaker, issued on the day it was said; its title are its first words. Anything
    else is the article that reports it, published on the day of the article, with the speaker as `original-author`:
    styles print titles in quotation marks and authors as those who wrote, and neither would be true.
    Names are literal: the record does not say which part of them is a surname.
    """
    phrases = PHRASES[cited.told_in]
    item = _speech(cited) if cited.is_direct else _article(cited)
    item |= {
        "language": cited.language,
        "abstract": quote_text(cited),
        "container-title": cited.source,
        "event-title": cited.occasion,
        "event-date": csl_date(cited.spoken, cited.told_in) if cited.spoken else None,
        "URL": cited.address or cited.permanent,
        "archive": phrases.database,
        "archive_location": cited.permanent,
        "note": " ".join(notes(cited)),
        "custom": _custom(cited),
    }
    if cited.accessed:
        item["accessed"] = {"date-parts": [[cited.accessed.year, cited.accessed.month, cited.accessed.day]]}
    return {"id": f"skazano-{cited.public_id}"} | {name: value for name, value in item.items() if value}


def _speech(cited: Cited) -> dict[str, Any]:
    return {
        "type": "speech",
        "genre": PHRASES[cited.told_in].statement,
        "title": title_of_words(cited),
        "author": _literal(cited.speaker),
        "issued": csl_date(cited.spoken, cited.told_in) if cited.spoken else None,
        "available-date": csl_date(cited.published, cited.told_in) if cited.published else None,
    }


def _article(cited: Cited) -> dict[str, Any]:
    return {
        "type": "article-newspaper",
        "title": cited.title,
        "author": _literal(cited.byline),
        "original-author": _literal(cited.speaker),
        "issued": csl_date(cited.published, cited.told_in) if cited.published else None,
    }


def _literal(name: str) -> list[dict[str, str]]:
    return [{"literal": name}] if name else []


def _custom(cited: Cited) -> dict[str, Any]:
    """What CSL has no field for, for programs: dates here are EDTF, whatever their precision."""
    return {
        "kind": cited.kind,
        "spans": list(cited.spans),
        "speaker": cited.speaker,
        "attribution": cited.attribution,
        "office": cited.office,
        "spoken": {"edtf": str(cited.spoken or ""), "known_by": cited.spoken_known},
        "article": cited.title,
        "published": {"edtf": str(cited.published or ""), "known_by": cited.published_known},
    }
