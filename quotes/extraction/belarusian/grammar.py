"""What the common reader asks of Belarusian, sentence by sentence."""

from quotes.extraction.belarusian import words
from quotes.extraction.belarusian.cues import hits
from quotes.extraction.belarusian.indirect import is_cut, read_indirect
from quotes.extraction.belarusian.subjects import NEAR, phrase, subject
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Attribution, Reading


class Belarusian:
    """The Belarusian grammar."""

    def after(self, sentence: Sentence, at: int) -> Attribution | None:
        tokens = sentence.tokens
        start = at + 1
        while start < len(tokens) and tokens[start].kind == "mark" and tokens[start].text in {",", *words.DASHES}:
            start += 1
        marks = {one.text for one in tokens[at + 1 : start]}
        if not marks or start >= len(tokens):
            return None
        for hit in hits(sentence):
            if start <= hit.first <= start + NEAR and not is_cut(tokens, start, hit.first):
                naming = subject(sentence, hit, start)
                sure = 0.97 if marks & words.DASHES else 0.9
                return Attribution(hit.span(sentence), naming, _tail(tokens, hit.end), sure)
        return None

    def before(self, sentence: Sentence, at: int) -> Attribution | None:
        tokens = sentence.tokens
        if not at or tokens[at - 1].text not in {":", ","}:
            return None
        for hit in reversed(hits(sentence)):
            if hit.end <= at - 1 and at - hit.end < 2 * NEAR and not is_cut(tokens, hit.end, at - 1):
                return Attribution(hit.span(sentence), subject(sentence, hit, 0), at, 0.95)
        if tokens[at - 1].text == ":" and 1 < at < 10 and len(tokens[at].text.split()) > 2:
            naming = phrase(sentence, 0, at - 1)
            return Attribution(None, naming, at, 0.7, "no_cue") if naming else None
        return None

    def alone(self, sentence: Sentence) -> Attribution | None:
        """`Так сказаў дырэктар.`, `Пра гэта паведаміў X.` after a quotation that is a sentence."""
        tokens = sentence.tokens
        if len(tokens) > 16 or any(one.kind == "quotation" for one in tokens):
            return None
        if tokens[0].lower not in {"так", "пра", "аб"} or any(one.text == "," for one in tokens):
            return None
        floor = 1 if tokens[0].lower == "так" else 2
        for hit in hits(sentence):
            if hit.first < 4:
                return Attribution(hit.span(sentence), subject(sentence, hit, floor), len(tokens), 0.85)
        return None

    def indirect(self, reading: Reading, sentence: Sentence) -> None:
        read_indirect(reading, sentence, self.alone(sentence))


def _tail(tokens: list[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind != "quotation":
        at += 1
    return at
