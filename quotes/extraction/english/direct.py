"""English direct speech: whose the words in quotation marks are, by the clause after, before, or between them."""

from quotes.extraction.candidates import Span
from quotes.extraction.english import words
from quotes.extraction.english.cues import Hit, cues, is_negated, is_passive
from quotes.extraction.english.subjects import is_finite, is_own_voice, subject_after, subject_before, subject_of_clause
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Attribution

# How far from its quotation a cue may stand: before it, after it.
BEFORE, AFTER = 16, 30


def attribution_after(sentence: Sentence, first: int, hits: list[Hit], *, comma: bool) -> Attribution | None:
    """The clause of attribution that begins with token `first`, right after a quotation."""
    tokens = sentence.tokens
    start = _past_marks(tokens, first)
    comma = comma or (first < start and tokens[first].text in ",—–-")
    if start >= len(tokens):
        return None
    head = _head(sentence, start)
    if head is not None and comma:
        return Attribution(head[0], head[1], tail(tokens, head[1].end), 0.95, "according_to")
    as_ = tokens[start].lower == "as" and comma
    for hit in hits:
        if hit.first < start + as_ or hit.first > start + AFTER:
            continue
        if any(one.kind == "quotation" for one in tokens[start : hit.first]):
            break
        if hit.form == "ing" or is_passive(tokens, hit):
            continue
        return _by_cue(sentence, start + as_, hit, comma=comma)
    return None


def _by_cue(sentence: Sentence, start: int, hit: Hit, *, comma: bool) -> Attribution | None:
    if hit.first == start or (hit.first == start + 1 and sentence.tokens[start].lower in words.BETWEEN):
        naming = subject_after(sentence, hit.end)
        if naming is None or not _inverts(sentence, naming):
            return None
        # "A" said X, without a comma, is as sure; "A" calls the tune is not.
        sure = 0.97 if comma else 0.85
        return Attribution(hit.span(sentence), naming, tail(sentence.tokens, naming.end), sure)
    if not comma:
        return None
    naming = subject_before(sentence, hit, start)
    if naming is None or not _is_near(sentence, start, naming) or is_negated(sentence.tokens, hit):
        return None
    if is_own_voice(sentence.tokens, naming) or sentence.tokens[naming.first].lower in {"which", "who"}:
        return None
    return Attribution(hit.span(sentence), naming, tail(sentence.tokens, hit.end), 0.97)


def _inverts(sentence: Sentence, naming: Naming) -> bool:
    """Whether nothing follows a subject that would make it an object: `"A" called the game a farce`."""
    tokens = sentence.tokens
    return naming.end >= len(tokens) or not tokens[naming.end].is_word or tokens[naming.end].lower not in {"that"}


def _is_near(sentence: Sentence, start: int, naming: Naming) -> bool:
    """The subject begins the clause: at most a few words of time or manner before it."""
    between = sentence.tokens[start : naming.first]
    return (
        len(between) <= 8
        and not any(one.kind == "quotation" for one in between)
        and not any(is_finite(sentence.tokens, at) for at in range(start, naming.first))
    )


def _past_marks(tokens: list[Token], at: int) -> int:
    while at < len(tokens) and not tokens[at].is_word and tokens[at].text in ",—–-.":
        at += 1
    return at


def tail(tokens: list[Token], at: int) -> int:
    """Where the attribution is over: at the next quotation, or the end."""
    while at < len(tokens) and tokens[at].kind != "quotation":
        at += 1
    return at


def _head(sentence: Sentence, start: int) -> tuple[Span, Naming] | None:
    head = cues().heads.at(sentence.tokens, start)
    naming = subject_after(sentence, head[0]) if head is not None else None
    return (sentence.range(start, head[0]), naming) if head and naming else None


def attribution_before(sentence: Sentence, at: int, hits: list[Hit]) -> Attribution | None:
    """What attributes the quotation at token `at` from before it: `X said: “…”`, `tweeting, “…”`, `X: “…”`."""
    tokens = sentence.tokens
    mark = tokens[at - 1].text if at and tokens[at - 1].kind == "mark" else ""
    end = at - 1 if mark else at
    for hit in reversed(hits):
        if hit.end > end or hit.first < at - BEFORE:
            continue
        attribution = _from_cue(sentence, at, hit, mark)
        if attribution is not None or hit.first < at - 4:
            return attribution
    return _from_colon(sentence, at) if mark == ":" else None


def _from_cue(sentence: Sentence, at: int, hit: Hit, mark: str) -> Attribution | None:
    tokens = sentence.tokens
    between = range(hit.end, at)
    if any(is_finite(tokens, place) or tokens[place].kind == "quotation" for place in between):
        return None
    if is_negated(tokens, hit) or (is_passive(tokens, hit) and hit.cue.kind != "cite") or "naming" in hit.cue.takes:
        return None
    if any(tokens[place].lower in {"that", "which"} for place in between):
        return None
    if mark not in {",", ":"} and not _stands_alone(sentence, at, hit):
        return None
    if mark == "," and hit.end + 6 < at and hit.cue.weak:
        return None
    naming = subject(sentence, hit)
    if naming is not None and is_own_voice(tokens, naming):
        return None
    confidence = 0.95 if mark else 0.85
    if naming is None:
        confidence -= 0.1
    return Attribution(hit.span(sentence), naming, at, confidence)


def _stands_alone(sentence: Sentence, at: int, hit: Hit) -> bool:
    """No mark before the quotation: it is speech only where it ends the sentence and begins like one."""
    tokens, token = sentence.tokens, sentence.tokens[at]
    rest = [one for one in tokens[at + 1 :] if one.is_word]
    inner = token.text.strip("“”‹›«»\"' ")
    if not inner or rest or len(inner.split()) < 3:
        return False
    if "addressee" in hit.cue.takes or hit.end == at:
        return hit.end + 6 >= at and (inner[0].isupper() or inner[0] == "…" or hit.end == at or len(inner.split()) > 3)
    return hit.end + 6 >= at and inner[0].isupper() and inner[-1] in ".!?…"


def _from_colon(sentence: Sentence, at: int) -> Attribution | None:
    """`The minister on his resignation: “…”`."""
    tokens = sentence.tokens
    if len(tokens[at].text.split()) < 3 or at > 14 or at < 2:
        return None
    naming = subject_after(sentence, 0, at - 1)
    if naming is None or (
        tokens[naming.first].lower in {"the", "this", "that", "these"}
        and tokens[naming.end - 1].lower not in words.ROLES
    ):
        return None
    return Attribution(None, naming, at, 0.7, "no_cue")


def subject(sentence: Sentence, hit: Hit) -> Naming | None:
    """Who does what the cue says, wherever they stand in the sentence."""
    if hit.form == "ing":
        return subject_of_clause(sentence, hit.first)
    tokens = sentence.tokens
    if hit.first > 1 and tokens[hit.first - 1].lower in {"has", "have", "had"} and tokens[hit.first - 2].text == ",":
        # "…, has threatened to": one of several things that one person did.
        found = subject_of_clause(sentence, hit.first)
        if found is not None:
            return found
    found = subject_before(sentence, hit)
    if found is None and hit.first and sentence.tokens[hit.first - 1].lower in {"and", "but", "to"} | words.BETWEEN:
        return subject_of_clause(sentence, hit.first)
    return found
