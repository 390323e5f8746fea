"""Statements in a laid-out Russian text: which words are reported, by which cue, and where the speaker is named.

Each rule gives `Found`s; who the speaker is, `speakers.py` decides afterwards.
"""

from quotes.extraction.russian.direct import read_block
from quotes.extraction.russian.headlines import read_headlines
from quotes.extraction.russian.layout import Document
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.phrases import hits
from quotes.extraction.russian.reading import Found, Reading
from quotes.extraction.russian.reported import read_sentence


def statements(doc: Document, lexicon: Lexicon) -> list[Found]:
    """All statements the rules find, in the order of the text."""
    reading = Reading(doc, lexicon, [hits(one, lexicon) for one in doc.sentences])
    for number in range(len(doc.blocks)):
        read_block(reading, number)
    read_headlines(reading)
    for number in range(len(doc.sentences)):
        read_sentence(reading, number)
    return sorted((one for one in reading.found if one.spans), key=lambda one: one.start)
