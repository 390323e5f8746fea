"""RIS, the tagged format of EndNote and its neighbours."""

from collections.abc import Iterator
from typing import Final

from people.edtf import Edtf
from quotes.citing.cited import Cited
from quotes.citing.dates import ris_date
from quotes.citing.notes import notes
from quotes.citing.phrases import PHRASES
from quotes.citing.wording import one_line, quote_text, title_of_words

LINE_END: Final = "\r\n"


def ris(cited: Cited) -> str:
    """One record, its lines ended by CR LF as the format asks; to be sent as UTF-8.

    Direct speech is a web page by its speaker, dated as it was said (the format has no type for speeches); anything
    else is the newspaper article that reports it, dated as it was published, with the speaker as a keyword.
    """
    tags = ((tag, one_line(value)) for tag, value in _tags(cited))
    return "".join(f"{tag}  - {value}{LINE_END}" for tag, value in tags if value or tag == "ER")


def _tags(cited: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC" if cited.is_direct else "NEWS"
    yield "ID", f"skazano-{cited.public_id}"
    yield "AU", cited.speaker if cited.is_direct else cited.byline
    yield "TI", title_of_words(cited) if cited.is_direct else cited.title
    yield "T2", cited.source
    if date := cited.spoken if cited.is_direct else cited.published:
        yield "PY", str(date.first.year)
        yield "DA", ris_date(date)
    if cited.accessed:
        yield "Y2", ris_date(Edtf(cited.accessed.isoformat()))
    yield "AB", quote_text(cited)
    yield "KW", cited.speaker
    yield "KW", cited.occasion
    yield "LA", cited.language
    for note in notes(cited):
        yield "N1", note
    yield "DP", PHRASES[cited.told_in].database
    yield "UR", cited.address
    yield "UR", cited.permanent
    yield "ER", ""
