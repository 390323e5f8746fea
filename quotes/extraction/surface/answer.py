"""From what was found on the surface of a text to the candidates of the engine."""

from datetime import date

from quotes.extraction.candidates import Candidate
from quotes.extraction.surface.found import Found
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.layout import Page
from quotes.extraction.surface.people import Tongue
from quotes.extraction.surface.speakers import Speakers


def candidates(page: Page, found: list[Found], tongue: Tongue, known: Known, published: date | None) -> list[Candidate]:
    """The candidates in the order of the text, each with its speaker if one passes the threshold."""
    speakers = Speakers(page, tongue, known, published)
    answer = []
    for one in found:
        spans = tuple(sorted(span for span in one.spans if len(span)))
        if not spans:
            # Marks with nothing between them.
            continue
        mention = None
        if one.naming is not None:
            sentence = page.sentences[one.naming.sentence]
            mention = sentence.range(one.naming.first, one.naming.end)
        answer.append(Candidate(spans, one.kind, one.rule, one.confidence, one.cue, mention, speakers.choices(one)))
    return answer
