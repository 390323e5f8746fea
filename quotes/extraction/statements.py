"""Statements in a laid-out Russian text: which words are reported, by which cue, and where the speaker is named.

Each rule gives `Found`s; who the speaker is, `speakers.py` decides afterwards.
"""

from quotes.extraction.direct import read_block
from quotes.extraction.headlines import read_headlines
from quotes.extraction.layout import Document
from quotes.extraction.lexicon import Lexicon
from quotes.extraction.phrases import hits
from quotes.extraction.reading import Found, Reading
from quotes.extraction.reported import read_sentence


def statements(doc: Document, lexicon: Lexicon) -> list[Found]:
    """All statements the rules find, in the order of the text."""
    reading = Reading(doc, lexicon, [hits(one, lexicon) for one in doc.sentences])
    for number in range(len(doc.blocks)):
        read_block(reading, number)
    read_headlines(reading)
    for number in range(len(doc.sentences)):
        read_sentence(reading, number)
    return sorted((one for one in reading.found if one.spans), key=lambda one: one.start)
