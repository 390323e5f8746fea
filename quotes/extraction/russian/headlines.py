"""Lines that begin with a name and a colon: headlines, and answers in interviews."""

import re

from quotes.extraction.candidates import Span
from quotes.extraction.russian.phrases import phrase_around
from quotes.extraction.russian.reading import Reading, made

SAYS = re.compile(r"(?P<who>[^\n:«»\".!?]{3,60}):\s+(?P<what>\S[^\n]{11,})")
# More words than this before the colon are no name with its title.
LONGEST_TITLE = 8


def read_headlines(reading: Reading) -> None:
    """`Приметов: завод откроют в срок`; in an interview, each answer."""
    for number, line in enumerate(reading.doc.paragraphs):
        match = SAYS.match(reading.doc.text, line.start, line.end)
        if match is not None and not reading.doc.blocks_in(line):
            _read_line(reading, number, match)


def _read_line(reading: Reading, number: int, match: re.Match[str]) -> None:
    who = Span(*match.span("who"))
    at = reading.doc.sentence_at(who.start)
    sentence = reading.doc.sentences[at]
    named = [one for one in reading.doc.names_in(who) if one.type == "PER" and one.span.end >= who.end - 1]
    title = [word for word in sentence.words if word.span.end <= who.end]
    if not named or not title or len(title) > LONGEST_TITLE or any(word.is_finite for word in title):
        return
    if any(one.sentence == at for one in reading.found):
        return
    end = reading.doc.paragraphs[number].end if number else sentence.span.end
    rule = "indirect.headline" if number < 2 else "indirect.interview"
    found = made(reading, at, None, [(match.start("what"), end)], rule, 0.8)
    if found is not None:
        head = next((word for word in title if word.span.start >= named[0].span.start), title[-1])
        found.phrase, found.mention = phrase_around(sentence, head.index), named[0].span
        reading.found.append(found)
