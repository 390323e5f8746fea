"""What the common reader asks of Belarusian: attribution beside quotations, and indirect speech by its conjunctions."""

from quotes.extraction.belarusian.cues import Hit, cues, hits
from quotes.extraction.belarusian.spelling import key
from quotes.extraction.belarusian.tongue import tongue
from quotes.extraction.belarusian.words import (
    ADVERBS,
    CONJUNCTIONS,
    HE,
    OWN_VOICE,
    PREPOSITIONS,
    SHE,
    SUBORDINATORS,
    THEY,
    TIMES,
)
from quotes.extraction.candidates import Span
from quotes.extraction.outlets import outlets
from quotes.extraction.surface.clause import Clause as SurfaceClause
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Attribution, Reading

Clause = SurfaceClause[Hit]
DASHES = frozenset("—–-")
# A cue stands this near its quotation; a subject this near its cue.
NEAR, REACH = 8, 24
THAT = frozenset(["што", "каб", "быццам", "нібы", "нібыта"])
IN = frozenset(["у", "ў", "на"])


class Belarusian:
    """The Belarusian grammar."""

    def after(self, sentence: Sentence, at: int) -> Attribution | None:
        tokens = sentence.tokens
        start = at + 1
        while start < len(tokens) and tokens[start].kind == "mark" and tokens[start].text in {",", *DASHES}:
            start += 1
        marks = {one.text for one in tokens[at + 1 : start]}
        if not marks or start >= len(tokens):
            return None
        for hit in hits(sentence):
            if start <= hit.first <= start + NEAR and not _is_cut(tokens, start, hit.first):
                naming = subject(sentence, hit, start)
                sure = 0.97 if marks & DASHES else 0.9
                return Attribution(hit.span(sentence), naming, _tail(tokens, hit.end), sure)
        return None

    def before(self, sentence: Sentence, at: int) -> Attribution | None:
        tokens = sentence.tokens
        if not at or tokens[at - 1].text not in {":", ","}:
            return None
        for hit in reversed(hits(sentence)):
            if hit.end <= at - 1 and at - hit.end < 2 * NEAR and not _is_cut(tokens, hit.end, at - 1):
                return Attribution(hit.span(sentence), subject(sentence, hit, 0), at, 0.95)
        if tokens[at - 1].text == ":" and 1 < at < 10 and len(tokens[at].text.split()) > 2:
            naming = _phrase(sentence, 0, at - 1)
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
        clause = Clause(reading, sentence, hits(sentence))
        told = self.alone(sentence)
        if told is not None:
            _about_this(reading, sentence, told)
        if _headline(clause) or told is not None:
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


def _is_cut(tokens: list[Token], first: int, end: int) -> bool:
    """Whether another clause begins between."""
    return any(one.kind == "quotation" or one.text in {";", ":"} or one.lower in THAT for one in tokens[first:end])


def _tail(tokens: list[Token], at: int) -> int:
    while at < len(tokens) and tokens[at].kind != "quotation":
        at += 1
    return at


# The subject


def subject(sentence: Sentence, hit: Hit, floor: int) -> Naming | None:
    """Who does what the cue says: after it, before it, or, of an impersonal one, the body "у" names."""
    if hit.cue.impersonal:
        return _place(sentence, hit)
    if hit.cue.kind == "cite":
        cited = _cited(sentence, hit)
        if cited is not None:
            return cited
    before = _subject_before(sentence, hit, floor) or _of_verb_before(sentence, hit)
    if before is not None:
        return before
    after = _subject_after(sentence, hit)
    if after is None and hit.cue.plural:
        return _place(sentence, hit)
    return after


def _cited(sentence: Sentence, hit: Hit) -> Naming | None:
    """`цытуе трэнера прэс-служба клуба`: the trainer."""
    tokens = sentence.tokens
    words = range(hit.end, min(len(tokens), hit.end + NEAR))
    body = next((at for at in words if key(tokens[at].lower) in tongue().body_words), None)
    if body is None or body == hit.end or key(tokens[hit.end].lower) not in tongue().roles:
        return None
    return Naming(sentence.number, hit.end, body)


def _of_verb_before(sentence: Sentence, hit: Hit) -> Naming | None:
    """`Міністр падзякаваў яму за працу і паведаміў`: the subject of the first of two verbs."""
    tokens = sentence.tokens
    if not hit.first or tokens[hit.first - 1].lower not in CONJUNCTIONS:
        return None
    earlier = [one for one in hits(sentence) if one.end < hit.first]
    if earlier:
        return _subject_before(sentence, earlier[-1], 0)
    found = _phrase(sentence, 0, hit.first - 1)
    while found is not None and found.end > found.first + 1 and _is_past(tokens[found.end - 1]):
        found.end -= 1
    return found


def _is_past(token: Token) -> bool:
    return not token.is_capitalised and token.lower.endswith(("ў", "ла", "лі", "ўся", "лася", "ліся"))


def _subject_after(sentence: Sentence, hit: Hit) -> Naming | None:
    tokens = sentence.tokens
    first = hit.end
    while first < len(tokens) and tokens[first].lower in ADVERBS:
        first += 1
    place = first + 2
    if place < len(tokens) and tokens[first].lower in PREPOSITIONS and _may_be_person(tokens[place]):
        # "сказаў у Мінску дырэктар"
        first = place
    return _phrase(sentence, first, min(len(tokens), first + REACH))


def _may_be_person(token: Token) -> bool:
    return token.is_capitalised or token.lower in {"ён", "яна", "яны"} or key(token.lower) in tongue().roles


def _phrase(sentence: Sentence, first: int, limit: int) -> Naming | None:
    """The noun phrase that begins at a token: to the next mark, preposition or conjunction."""
    tokens = sentence.tokens
    end = first
    while end < limit:
        token = tokens[end]
        if not token.is_word and not (token.text == "." and end > first and len(tokens[end - 1].text) == 1):
            if token.kind != "quotation" or end == first:
                break
        elif token.lower in PREPOSITIONS | SUBORDINATORS | TIMES or (
            token.lower in CONJUNCTIONS and not _names_around(tokens, end)
        ):
            break
        end += 1
    while end > first and not tokens[end - 1].is_word and tokens[end - 1].kind == "mark":
        end -= 1
    return Naming(sentence.number, first, end) if end > first and _is_noun(tokens[first]) else None


def _names_around(tokens: list[Token], at: int) -> bool:
    return 0 < at < len(tokens) - 1 and tokens[at - 1].is_capitalised and tokens[at + 1].is_capitalised


def _is_noun(token: Token) -> bool:
    return (
        token.is_word
        and token.lower not in ADVERBS | SUBORDINATORS | PREPOSITIONS | CONJUNCTIONS
        and not token.text.isdigit()
    )


def _subject_before(sentence: Sentence, hit: Hit, floor: int) -> Naming | None:
    tokens = sentence.tokens
    floor = max(floor, hit.first - REACH)
    end = hit.first
    while end > floor and tokens[end - 1].lower in ADVERBS:
        end -= 1
    if end > floor and tokens[end - 1].text in {",", ")"}:
        return _before_comma(sentence, floor, end - 1)
    return _back(sentence, floor, end)


def _back(sentence: Sentence, floor: int, end: int) -> Naming | None:
    tokens = sentence.tokens
    first = end
    while first > floor:
        token = tokens[first - 1]
        if (not token.is_word and token.text != ".") or token.lower in SUBORDINATORS or token.lower in cues().forms:
            break
        if token.lower in CONJUNCTIONS and not _names_around(tokens, first - 1):
            break
        first -= 1
    first = _past_place(tokens, first, end)
    while first < end and (tokens[first].lower in ADVERBS | CONJUNCTIONS or not tokens[first].is_word):
        first += 1
    return Naming(sentence.number, first, end) if first < end and _is_noun(tokens[first]) else None


def _past_place(tokens: list[Token], first: int, end: int) -> int:
    """`У пятніцу міністр` begins with `міністр`; of `У Мінску` alone nothing is left."""
    if first < end and tokens[first].lower in PREPOSITIONS:
        for at in range(first + 1, end):
            lower = tokens[at].lower
            if lower in {"ён", "яна", "яны"} or key(lower) in tongue().roles:
                return at
        return min(end, first + 2)
    return first


def _before_comma(sentence: Sentence, floor: int, comma: int) -> Naming | None:
    """`Ян Прыкладны, дырэктар завода, сказаў`; `Ян Прыкладны (дырэктар завода) сказаў`."""
    tokens = sentence.tokens
    mark = "(" if tokens[comma].text == ")" else ","
    opening = next((at for at in range(comma - 1, floor - 1, -1) if tokens[at].text == mark), None)
    if opening is None:
        return None
    return _back(sentence, floor, opening)


def _place(sentence: Sentence, hit: Hit) -> Naming | None:
    """`паведамілі ў міністэрстве`, `у паведамленні гаворыцца`."""
    tokens = sentence.tokens
    for at in [*range(hit.end, min(len(tokens), hit.end + 4)), *range(hit.first - 1, max(-1, hit.first - 10), -1)]:
        if tokens[at].lower in IN:
            return _phrase(sentence, at + 1, min(len(tokens), at + 1 + REACH) if at > hit.first else hit.first)
    return None


# Indirect speech


def _that(clause: Clause, hit: Hit) -> bool:
    """`заявіў, што…`, `спытаў, ці…`."""
    tokens = clause.tokens
    for at in range(hit.end, min(len(tokens) - 1, hit.end + 2 * NEAR)):
        lower = tokens[at].lower
        after_comma = tokens[at - 1].text == "," or lower != "як"
        if lower in THAT and after_comma:
            return _content(clause, hit, at + 1, "indirect.that", 0.9)
        if lower == "ці" and hit.cue.kind == "ask":
            return _content(clause, hit, at, "indirect.whether", 0.75)
        if tokens[at].text in {";", ":", "—", "–"} or tokens[at].kind == "quotation":
            return False
        if tokens[at].text == "," and tokens[at + 1].lower not in THAT | {"ці"} and not _closes_soon(tokens, at):
            return False
    return False


def _colon(clause: Clause, hit: Hit) -> bool:
    """`Сіноптыкі папярэджваюць: у сераду чакаецца вецер.`"""
    tokens = clause.tokens
    colon = next((at for at in range(hit.end, min(len(tokens), hit.end + NEAR)) if tokens[at].text == ":"), None)
    if colon is None or sum(one.is_word for one in tokens[colon + 1 :]) < 3 or _is_cut(tokens, hit.end, colon):
        return False
    if tokens[colon + 1].kind == "quotation" or tokens[colon + 1].text in DASHES:
        return False
    return _content(clause, hit, colon + 1, "indirect.colon", 0.75)


def _closes_soon(tokens: list[Token], comma: int) -> bool:
    """`заявіў дырэктар завода, Ян Прыкладны, што…`."""
    return any(
        tokens[at].text == "," and tokens[at + 1].lower in THAT
        for at in range(comma + 1, min(len(tokens) - 1, comma + NEAR))
    )


def _content(clause: Clause, hit: Hit, first: int, rule: str, confidence: float) -> bool:
    naming = subject(clause.sentence, hit, 0)
    if naming is not None and naming.first >= first:
        naming = None
    if naming is not None and clause.tokens[naming.first].lower in OWN_VOICE:
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
            before.lower in CONJUNCTIONS | {"таксама"} and _has_that(tokens, hit.end)
        ):
            at = hit.first - 1
            while at > first and (tokens[at].lower in ADVERBS | CONJUNCTIONS or tokens[at].text in {",", "—", "–"}):
                at -= 1
            return at + 1
    return len(tokens)


def _has_that(tokens: list[Token], at: int) -> bool:
    return any(one.lower in THAT for one in tokens[at : at + NEAR])


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
    while start > 0 and tokens[start].lower in ADVERBS:
        start -= 1
    if start < 2 or tokens[start].text not in {",", *DASHES} or (hit.cue.impersonal and tokens[start].text == ","):
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
            and tokens[at + 1].lower in HE | SHE | THEY | {"ягоную", "ейную"}
            and tokens[at + 2].lower in {"слоў", "словаў", "думку", "словах"}
        ):
            _by_pronoun(clause, at)
        elif head is not None:
            _by_head(clause, at, head[0])


def _by_pronoun(clause: Clause, at: int) -> None:
    """`Паводле яго слоў, A.`"""
    _around(clause, at, at + 3, clause.sentence.range(at, at + 3), Naming(clause.sentence.number, at + 1, at + 2))


def _by_head(clause: Clause, at: int, end: int) -> None:
    naming = _phrase(clause.sentence, end, min(len(clause.tokens), end + REACH))
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
    if tokens[at - 1].text not in {",", *DASHES}:
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
    naming = _phrase(sentence, 0, colon)
    if naming is None or naming.end != colon or (tokens[colon + 1].kind == "quotation" and len(tokens) <= colon + 3):
        return False
    clause.add([(colon + 1, len(tokens))], "indirect.headline", 0.75, None, naming)
    return True
