"""What the common reader asks of English, sentence by sentence."""

from quotes.extraction.english import direct, words
from quotes.extraction.english.clauses import is_occasion
from quotes.extraction.english.cues import hits
from quotes.extraction.english.indirect import read_indirect
from quotes.extraction.surface.layout import Sentence
from quotes.extraction.surface.reading import Attribution, Reading


class English:
    """The English grammar."""

    def after(self, sentence: Sentence, at: int) -> Attribution | None:
        inner = sentence.tokens[at].text[1:-1].rstrip()
        comma = inner[-1:] in {",", "?", "!", "…", "—", "–", "-"} or inner.endswith("..")
        return direct.attribution_after(sentence, at + 1, hits(sentence), comma=comma)

    def before(self, sentence: Sentence, at: int) -> Attribution | None:
        return direct.attribution_before(sentence, at, hits(sentence))

    def alone(self, sentence: Sentence) -> Attribution | None:
        """`He said.`, `She told reporters on Monday.` after a quotation that ended as a sentence."""
        tokens = sentence.tokens
        if len(tokens) > 14 or any(one.kind == "quotation" for one in tokens):
            return None
        found = direct.attribution_after(sentence, 0, hits(sentence), comma=True)
        if found is None or found.cue is None:
            return None
        rest = [one for one in tokens if one.span.start >= found.cue.end and one.is_word]
        told = any(hit.span(sentence) == found.cue and not hit.cue.weak for hit in hits(sentence))
        if any(one.lower in {"that", "it", "he", "she", "they"} for one in rest) or (rest and not told):
            return None
        return found if not rest or rest[0].lower in _TAILS or is_occasion(rest, 0) else None

    def indirect(self, reading: Reading, sentence: Sentence) -> None:
        read_indirect(reading, sentence, hits(sentence))


_TAILS = words.TIMES | words.ADDRESSEES
