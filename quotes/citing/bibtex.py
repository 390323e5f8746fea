"""BibTeX, with the fields that biblatex adds; other programs pass over those."""

import re
from typing import Final

from quotes.citing.cited import Cited
from quotes.citing.dates import bibtex_date, iso_date
from quotes.citing.notes import notes
from quotes.citing.wording import one_line, quote_text, title_of_words

# BibTeX counts braces without looking at backslashes, so that a single one must not stand in a field at all.
ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
    }
)
# TeX makes one sign of two of these: -- a dash, ?` a turned question mark.
LIGATURES: Final = re.compile(r"(?<=[-'`,<>])(?=[-'`,<>])|(?<=[?!])(?=`)")


def bibtex(cited: Cited) -> str:
    """One entry, with a line feed after its last line. UTF-8 as it is: Cyrillic is not spelled out in commands.

    Direct speech is `@misc` by its speaker, on the day it was said; anything else is the `@article` that reports it.
    """
    fields = _speech(cited) if cited.is_direct else _article(cited)
    fields |= {
        "eventtitle": braced(cited.occasion),
        "eventdate": f"{{{iso_date(cited.spoken)}}}" if cited.spoken else "",
        "language": braced(cited.language),
        "abstract": braced(quote_text(cited)),
        "note": braced(" ".join(notes(cited))),
        "url": _address(cited.address or cited.permanent),
        "urldate": f"{{{cited.accessed.isoformat()}}}" if cited.accessed else "",
    }
    kind = "misc" if cited.is_direct else "article"
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@{kind}{{skazano-{cited.public_id},\n{lines}}}\n"


def _speech(cited: Cited) -> dict[str, str]:
    return {
        "author": _whole(cited.speaker),
        "title": _whole(title_of_words(cited)),
        "howpublished": braced(cited.title),
        "organization": braced(cited.source),
        **(bibtex_date(cited.spoken) if cited.spoken else {}),
        "published": f"{{{iso_date(cited.published)}}}" if cited.published else "",
    }


def _article(cited: Cited) -> dict[str, str]:
    return {
        "author": _whole(cited.byline),
        "title": _whole(cited.title),
        "journal": braced(cited.source),
        **(bibtex_date(cited.published) if cited.published else {}),
        "speaker": braced(cited.speaker),
    }


def braced(text: str) -> str:
    """The text as a field's value, on one line; empty for an empty text."""
    # Between the two of a ligature goes an empty group; it is put in last, or its braces would be escaped.
    escaped = (piece.translate(ESCAPES) for piece in LIGATURES.split(one_line(text)))
    return f"{{{'{}'.join(escaped)}}}" if text else ""


def _whole(text: str) -> str:
    """In braces twice: a name that is not taken apart, a title whose capitals stay."""
    return f"{{{braced(text)}}}" if text else ""


def _address(address: str) -> str:
    """Left as it is, since both BibTeX and biblatex print it verbatim; a brace would end the field."""
    return f"{{{address.replace('{', '%7B').replace('}', '%7D')}}}"
