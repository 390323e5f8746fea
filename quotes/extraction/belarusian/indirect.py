"""Belarusian indirect and mixed speech, read off cues, conjunctions and commas."""

from quotes.extraction.belarusian import words
from quotes.extraction.belarusian.cues import Hit, cues, hits
from quotes.extraction.belarusian.subjects import NEAR, REACH, phrase, subject
from quotes.extraction.candidates import Span
from quotes.extraction.outlets import outlets
from quotes.extraction.surface.clause import Clause as SurfaceClause
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Attribution, Reading

Clause = SurfaceClause[Hit]


def read_indirect(reading: Reading, sentence: Sentence, told: Attribution | None) -> None:
    """Adds the statements of a sentence; `told`: what it says of the words before it, if it is nothing else."""
    clause = Clause(reading, sentence, hits(sentence))
    if told is not None:
        _about_this(reading, sentence, told)
    if told is not None or _headline(clause):
        return
    _according_to(clause)
    for hit in clause.hits:
        if hit.first in reading.taken or hit.cue.weak:
            continue
        if not _as_said(clause, hit) and not _that(clause, hit) and not _colon(clause, hit):
            _inserted(clause, hit)


def _about_this(reading: Reading, sentence: Sentence, told: Attribution) -> None:
    """`Завод адкрыецца. Пра гэта паведаміў X.`: the sentence before, unless somebody is said to have said it."""
    before = reading.page.sentences[sentence.number - 1] if sentence.number else None
    if before is None or before.paragraph != sentence.paragraph or told.naming is None:
        return
    if (reading.last and reading.last.sentence == before.number) or _is_credit(sentence.tokens, told.naming):
        return
    reading.taken.clear()
    whole = [(0, len(before.tokens))]
    Clause(reading, before, []).add(whole, "indirect.about_this", 0.8, told.cue, told.naming)
    reading.taken = set(range(len(sentence.tokens)))


def is_cut(tokens: list[Token], first: int, end: int) -> bool:
    """Whether another clause begins between."""
    return any(
        one.kind == "quotation" or one.text in {";", ":"} or one.lower in words.THAT for one in tokens[first:end]
    )


def _that(clause: Clause, hit: Hit) -> bool:
    """`заявіў, што…`, `спытаў, ці…`."""
    tokens = clause.tokens
    for at in range(hit.end, min(len(tokens) - 1, hit.end + 2 * NEAR)):
        lower = tokens[at].lower
        after_comma = tokens[at - 1].text == "," or lower != "як"
        if lower in words.THAT and after_comma:
            return _content(clause, hit, at + 1, "indirect.that", 0.9)
        if lower == "ці" and hit.cue.kind == "ask":
            return _content(clause, hit, at, "indirect.whether", 0.75)
        if tokens[at].text in {";", ":", "—", "–"} or tokens[at].kind == "quotation":
            return False
        if tokens[at].text == "," and tokens[at + 1].lower not in words.THAT | {"ці"} and not _closes_soon(tokens, at):
            return False
    return False


def _colon(clause: Clause, hit: Hit) -> bool:
    """`Сіноптыкі папярэджваюць: у сераду чакаецца вецер.`"""
    tokens = clause.tokens
    colon = next((at for at in range(hit.end, min(len(tokens), hit.end + NEAR)) if tokens[at].text == ":"), None)
    if colon is None or sum(one.is_word for one in tokens[colon + 1 :]) < 3 or is_cut(tokens, hit.end, colon):
        return False
    if tokens[colon + 1].kind == "quotation" or tokens[colon + 1].text in words.DASHES:
        return False
    return _content(clause, hit, colon + 1, "indirect.colon", 0.75)


def _closes_soon(tokens: list[Token], comma: int) -> bool:
    """`заявіў дырэктар завода, Ян Прыкладны, што…`."""
    return any(
        tokens[at].text == "," and tokens[at + 1].lower in words.THAT
        for at in range(comma + 1, min(len(tokens) - 1, comma + NEAR))
    )


def _content(clause: Clause, hit: Hit, first: int, rule: str, confidence: float) -> bool:
    naming = subject(clause.sentence, hit, 0)
    if naming is not None and naming.first >= first:
        naming = None
    if naming is not None and clause.tokens[naming.first].lower in words.OWN_VOICE:
        return False
    clause.add([(first, _end(clause, first))], rule, confidence, hit.span(clause.sentence), naming)
    return True


def _end(clause: Clause, first: int) -> int:
    """Before the next cue that begins a clause of its own, else the end of the sentence."""
    tokens = clause.tokens
    for hit in clause.hits:
        if hit.first <= first + 1 or hit.cue.weak:
            continue
        before = tokens[hit.first - 1]
        if before.text in {",", "—", "–"} or (
            before.lower in words.CONJUNCTIONS | {"таксама"} and _has_that(tokens, hit.end)
        ):
            at = hit.first - 1
            while at > first and (
                tokens[at].lower in words.ADVERBS | words.CONJUNCTIONS or tokens[at].text in {",", "—", "–"}
            ):
                at -= 1
            return at + 1
    return len(tokens)


def _has_that(tokens: list[Token], at: int) -> bool:
    return any(one.lower in words.THAT for one in tokens[at : at + NEAR])


def _as_said(clause: Clause, hit: Hit) -> bool:
    """`Як адзначыў X, A.`; `A, як адзначыў X.`"""
    tokens = clause.tokens
    start = hit.first - 1
    if start < 0 or tokens[start].lower != "як":
        return False
    naming = subject(clause.sentence, hit, hit.end) or subject(clause.sentence, hit, start)
    after = naming.end if naming is not None and naming.first >= hit.end else hit.end
    comma = next((at for at in range(after, min(len(tokens), after + NEAR)) if tokens[at].text == ","), None)
    ranges = [(comma + 1, _end(clause, comma + 1))] if comma is not None else []
    if any(one.is_word for one in tokens[:start]):
        ranges = [(0, start), *ranges]
    clause.add(ranges, "indirect.as_said", 0.85, hit.span(clause.sentence), naming)
    return True


def _inserted(clause: Clause, hit: Hit) -> None:
    """`A, — адзначыў X.`, `A, адзначыў X, B.`"""
    tokens = clause.tokens
    start = hit.first - 1
    while start > 0 and tokens[start].lower in words.ADVERBS:
        start -= 1
    if (
        start < 2
        or tokens[start].text not in {",", *words.DASHES}
        or (hit.cue.impersonal and tokens[start].text == ",")
    ):
        return
    naming = subject(clause.sentence, hit, hit.first)
    if naming is None or _is_credit(tokens, naming):
        return
    taken = [at for at in clause.reading.taken if at < start]
    first = max(taken) + 1 if taken else 0
    if sum(one.is_word or one.kind == "quotation" for one in tokens[first:start]) < 3:
        return
    clause.add([(first, start)], "indirect.inserted", 0.8, hit.span(clause.sentence), naming, opens=True)


def _is_credit(tokens: list[Token], naming: Naming) -> bool:
    """`…, паведамляе карэспандэнт БЕЛТА`: the outlet carries the words, and nobody is held to them."""
    known = outlets("be")
    return any(one.lower in known.names or one.lower in known.nouns for one in tokens[naming.first : naming.end])


def _according_to(clause: Clause) -> None:
    tokens = clause.tokens
    for at in range(len(tokens) - 2):
        head = cues().heads.at(tokens, at)
        if (
            tokens[at].lower in {"паводле", "на", "са", "зь", "з", "па"}
            and tokens[at + 1].lower in words.HE | words.SHE | words.THEY | {"ягоную", "ейную"}
            and tokens[at + 2].lower in {"слоў", "словаў", "думку", "словах"}
        ):
            _by_pronoun(clause, at)
        elif head is not None:
            _by_head(clause, at, head[0])


def _by_pronoun(clause: Clause, at: int) -> None:
    """`Паводле яго слоў, A.`"""
    _around(clause, at, at + 3, clause.sentence.range(at, at + 3), Naming(clause.sentence.number, at + 1, at + 2))


def _by_head(clause: Clause, at: int, end: int) -> None:
    naming = phrase(clause.sentence, end, min(len(clause.tokens), end + REACH))
    if naming is None or at in clause.reading.taken:
        return
    bare = end - at == 1
    if bare and not any(one.is_capitalised for one in clause.tokens[naming.first : naming.end]):
        return
    _around(clause, at, naming.end, clause.sentence.range(at, end), naming)


def _around(clause: Clause, at: int, end: int, cue: Span, naming: Naming) -> None:
    tokens = clause.tokens
    if not any(one.is_word or one.kind == "quotation" for one in tokens[:at]):
        comma = next((place for place in range(end, min(len(tokens), end + REACH)) if tokens[place].text == ","), None)
        if comma is not None:
            clause.add([(comma + 1, _end(clause, comma + 1))], "indirect.according_to", 0.9, cue, naming)
        return
    if tokens[at - 1].text not in {",", *words.DASHES}:
        return
    rest = [(end + 1, _end(clause, end + 1))] if end + 2 < len(tokens) and tokens[end].text == "," else []
    clause.add([(0, at), *rest], "indirect.according_to", 0.85, cue, naming)


def _headline(clause: Clause) -> bool:
    """`Прыкладны: завод адкрыецца ў маі` in the first lines."""
    sentence, tokens = clause.sentence, clause.tokens
    colon = next((at for at in range(1, min(8, len(tokens) - 2)) if tokens[at].text == ":"), None)
    if sentence.paragraph > 1 or colon is None or (clause.hits and clause.hits[0].first < colon):
        return False
    if not clause.is_free(0, len(tokens)) or len(tokens) - colon < 4 or not tokens[0].is_capitalised:
        return False
    naming = phrase(sentence, 0, colon)
    if naming is None or naming.end != colon or (tokens[colon + 1].kind == "quotation" and len(tokens) <= colon + 3):
        return False
    clause.add([(colon + 1, len(tokens))], "indirect.headline", 0.75, None, naming)
    return True
