"""Who stands by a Belarusian cue: after it, before it, or, of an impersonal one, as the body that `у` names."""

from quotes.extraction.belarusian import words
from quotes.extraction.belarusian.cues import Hit, cues, hits
from quotes.extraction.belarusian.spelling import key
from quotes.extraction.belarusian.tongue import tongue
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token

# A subject stands this near its cue; another clause of the sentence this near the one before.
REACH, NEAR = 24, 8


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
    following = range(hit.end, min(len(tokens), hit.end + NEAR))
    body = next((at for at in following if key(tokens[at].lower) in tongue().body_words), None)
    if body is None or body == hit.end or key(tokens[hit.end].lower) not in tongue().roles:
        return None
    return Naming(sentence.number, hit.end, body)


def _of_verb_before(sentence: Sentence, hit: Hit) -> Naming | None:
    """`Міністр падзякаваў яму за працу і паведаміў`: the subject of the first of two verbs."""
    tokens = sentence.tokens
    if not hit.first or tokens[hit.first - 1].lower not in words.CONJUNCTIONS:
        return None
    earlier = [one for one in hits(sentence) if one.end < hit.first]
    if earlier:
        return _subject_before(sentence, earlier[-1], 0)
    found = phrase(sentence, 0, hit.first - 1)
    while found is not None and found.end > found.first + 1 and _is_past(tokens[found.end - 1]):
        found.end -= 1
    return found


def _is_past(token: Token) -> bool:
    return not token.is_capitalised and token.lower.endswith(("ў", "ла", "лі", "ўся", "лася", "ліся"))


def _subject_after(sentence: Sentence, hit: Hit) -> Naming | None:
    tokens = sentence.tokens
    first = hit.end
    while first < len(tokens) and tokens[first].lower in words.ADVERBS:
        first += 1
    place = first + 2
    if place < len(tokens) and tokens[first].lower in words.PREPOSITIONS and _may_be_person(tokens[place]):
        # "сказаў у Мінску дырэктар"
        first = place
    return phrase(sentence, first, min(len(tokens), first + REACH))


def _may_be_person(token: Token) -> bool:
    return token.is_capitalised or token.lower in {"ён", "яна", "яны"} or key(token.lower) in tongue().roles


def phrase(sentence: Sentence, first: int, limit: int) -> Naming | None:
    """The noun phrase that begins at a token: to the next mark, preposition or conjunction."""
    tokens = sentence.tokens
    end = first
    while end < limit:
        token = tokens[end]
        if not token.is_word and not (token.text == "." and end > first and len(tokens[end - 1].text) == 1):
            if token.kind != "quotation" or end == first:
                break
        elif token.lower in words.PREPOSITIONS | words.SUBORDINATORS | words.TIMES or (
            token.lower in words.CONJUNCTIONS and not _names_around(tokens, end)
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
        and token.lower not in words.ADVERBS | words.SUBORDINATORS | words.PREPOSITIONS | words.CONJUNCTIONS
        and not token.text.isdigit()
    )


def _subject_before(sentence: Sentence, hit: Hit, floor: int) -> Naming | None:
    tokens = sentence.tokens
    floor = max(floor, hit.first - REACH)
    end = hit.first
    while end > floor and tokens[end - 1].lower in words.ADVERBS:
        end -= 1
    if end > floor and tokens[end - 1].text in {",", ")"}:
        return _before_comma(sentence, floor, end - 1)
    return _back(sentence, floor, end)


def _back(sentence: Sentence, floor: int, end: int) -> Naming | None:
    tokens = sentence.tokens
    first = end
    while first > floor:
        token = tokens[first - 1]
        if (
            (not token.is_word and token.text != ".")
            or token.lower in words.SUBORDINATORS
            or token.lower in cues().forms
        ):
            break
        if token.lower in words.CONJUNCTIONS and not _names_around(tokens, first - 1):
            break
        first -= 1
    first = _past_place(tokens, first, end)
    while first < end and (tokens[first].lower in words.ADVERBS | words.CONJUNCTIONS or not tokens[first].is_word):
        first += 1
    return Naming(sentence.number, first, end) if first < end and _is_noun(tokens[first]) else None


def _past_place(tokens: list[Token], first: int, end: int) -> int:
    """`У пятніцу міністр` begins with `міністр`; of `У Мінску` alone nothing is left."""
    if first < end and tokens[first].lower in words.PREPOSITIONS:
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
        if tokens[at].lower in words.IN:
            return phrase(sentence, at + 1, min(len(tokens), at + 1 + REACH) if at > hit.first else hit.first)
    return None
