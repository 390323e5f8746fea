"""Agencies, papers and channels: who carries the words of others."""

import re

from quotes.extraction.russian.analysis import Sentence
from quotes.extraction.russian.lexicon import Lexicon
from quotes.extraction.russian.phrases import Hit, Phrase
from quotes.extraction.russian.reading import Found
from quotes.extraction.russian.roles import roles

# With these an outlet names itself as the source.
CREDITS = {"передавать", "передать", "сообщать", "сообщить", "писать", "информировать"}
# «Qala.kz»
SITE = re.compile(r"\w\.[a-zа-я]{2,4}$")


def is_outlet(text: str, head: str, lexicon: Lexicon) -> bool:
    """Whether a phrase in lower case names an agency, a paper, a channel or its correspondent."""
    if head == "пресс-служба":
        return False
    if head in lexicon.outlet_nouns or text == "сми" or SITE.search(text):
        return True
    return any(one in text for one in lexicon.outlet_names if len(one) > 2)


def is_outlets_credit(sentence: Sentence, hit: Hit, phrase: Phrase | None, lexicon: Lexicon) -> bool:
    """`…, передаёт корреспондент БЕЛТА`: the outlet carries the words, and nobody is held to them."""
    if phrase is None or sentence.words[hit.verb].lemma not in CREDITS:
        return False
    if hit.verb and sentence.words[hit.verb - 1].text.lower() == "как":
        return False
    text = " ".join(word.text for word in sentence.words[phrase.first : phrase.last + 1]).lower()
    for word in sentence.words[phrase.last + 1 : phrase.last + 3]:
        # «Qala», «.», «kz» are three words to the tagger.
        if word.span.start != sentence.words[word.index - 1].span.end:
            break
        text += word.text.lower()
    return is_outlet(text, sentence.words[phrase.head].lemma, lexicon)


def is_passed_on(sentence: Sentence, found: Found, lexicon: Lexicon) -> bool:
    """A document or an outlet only carries what somebody else says in it."""
    if found.phrase is None:
        return False
    head = sentence.words[found.phrase.head].lemma
    words = sentence.words[found.phrase.first : found.phrase.last + 1]
    named = is_outlet(" ".join(word.text for word in words).lower(), head, lexicon)
    return named or head in roles().documents or head in lexicon.outlet_nouns
