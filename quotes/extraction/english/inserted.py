"""English content that comes before its cue: `The plan works, she said`; `The plan, she said, works`."""

from quotes.extraction.english import words
from quotes.extraction.english.clauses import Clause, content_end, skip_adverbs
from quotes.extraction.english.cues import Hit
from quotes.extraction.english.subjects import is_finite, subject_after
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Token


def inserted(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`The plan works, she said.`; `The plan, she said, works.`; `The plan works, said the minister.`"""
    if not hit.cue.takes & {"inserted", "addressee"} or hit.form == "ing":
        return False
    tokens = clause.tokens
    inverted = (hit.first > 0 and tokens[hit.first - 1].text in {",", "—", "–"}) or _quotation_before(tokens, hit.first)
    if inverted and "addressee" not in hit.cue.takes:
        after = subject_after(clause.sentence, hit.end)
        if after is not None and hit.first > 2:
            return _take(clause, hit, hit.first - (tokens[hit.first - 1].kind == "mark"), after, after.end)
    if (
        naming is None
        or naming.sentence != clause.sentence.number
        or (hit.form == "base" and not _is_plural(tokens, naming))
    ):
        return False
    start = naming.first
    as_ = start > 0 and tokens[start - 1].lower == "as"
    if as_:
        start -= 1
    if start == 0 or not (tokens[start - 1].text in {",", "—", "–"} or _quotation_before(tokens, start)):
        return False
    return _take(clause, hit, start - (tokens[start - 1].kind == "mark"), naming, hit.end, as_said=as_)


def _quotation_before(tokens: list[Token], at: int) -> bool:
    return (
        at > 0
        and tokens[at - 1].kind == "quotation"
        and tokens[at - 1].text.rstrip("”›»\"'")[-1:] in {",", "?", "!", "…"}
    )


def _is_plural(tokens: list[Token], naming: Naming) -> bool:
    last = tokens[naming.end - 1].lower
    return last in {"they"} | words.PLURAL_ROLES or last.endswith("s")


def _take(clause: Clause, hit: Hit, end: int, naming: Naming, after: int, *, as_said: bool = False) -> bool:
    tokens = clause.tokens
    first = content_start(clause, end)
    if "addressee" in hit.cue.takes:
        after = _past_addressee(tokens, after)
    rest = _rest_after(clause, after)
    if not _is_content(tokens, first, end, least=1 if rest else 2) or not _is_over(tokens, after):
        return False
    ranges = [(first, end), *([rest] if rest else [])]
    whole = any(is_finite(tokens, at) for first, last in ranges for at in range(first, last))
    if not whole or (not rest and end - first < 3):
        return False
    rule = "indirect.as_said" if as_said else "indirect.inserted"
    clause.reading.taken |= set(range(hit.first, hit.end)) | set(range(naming.first, naming.end))
    clause.add(ranges, rule, 0.88, hit.span(clause.sentence), naming, opens=not rest)
    return True


def content_start(clause: Clause, end: int) -> int:
    """After what of the sentence is spoken for, and after an opening conjunction."""
    taken = [at for at in clause.reading.taken if at < end]
    first = max(taken) + 1 if taken else 0
    while first < end and (
        (not clause.tokens[first].is_word and clause.tokens[first].kind == "mark")
        or clause.tokens[first].lower in {"but", "and", "yet"}
    ):
        first += 1
    return first


def _is_content(tokens: list[Token], first: int, end: int, *, least: int) -> bool:
    """Not a mere `On Friday,` or `In a statement,` before `X said …`; of so many words at least."""
    if first >= end:
        return False
    lower = tokens[first].lower
    if lower in words.PREPOSITIONS | words.SUBORDINATORS | words.TIMES | words.OPENERS or lower.endswith("ing"):
        return any(one.text == "," for one in tokens[first:end]) or lower in {
            "that",
            "if",
            "when",
            "while",
            "although",
            "there",
        }
    return sum(one.is_word for one in tokens[first:end]) >= least


def _is_over(tokens: list[Token], after: int) -> bool:
    """Whether the cue has no content after it: the sentence ends, or a comma or adverb follows."""
    if after >= len(tokens) or not tokens[after].is_word:
        return True
    if tokens[after].lower == "that":
        return False
    at = skip_adverbs(tokens, after)
    if at >= len(tokens) or not tokens[at].is_word:
        return True
    lower = tokens[at].lower
    return lower in words.PREPOSITIONS | {"when", "while", "as", "referring", "citing", "and"} and not any(
        is_finite(tokens, place) for place in range(at, min(at + 6, len(tokens)))
    )


def _past_addressee(tokens: list[Token], after: int) -> int:
    """Past those who were told and when; back to where it began if a clause begins first."""
    at = after
    while at < len(tokens) and tokens[at].is_word and at - after < 9:
        if tokens[at].lower in {"that", "he", "she", "they", "it"}:
            return after
        at += 1
    return at


def _rest_after(clause: Clause, after: int) -> tuple[int, int] | None:
    """The content that goes on after an inserted clause: `The plan, she said, works`."""
    tokens = clause.tokens
    at = skip_adverbs(tokens, after)
    if at >= len(tokens) or tokens[at].text not in {",", "—", "–"} or at + 2 >= len(tokens):
        return None
    following = tokens[at + 1]
    if following.lower in words.LOOSELY_TIED:
        return None
    if (
        following.kind == "quotation"
        or any(one.first == at + 1 for one in clause.hits)
        or following.lower.endswith("ing")
    ):
        return None
    end = content_end(clause.sentence, at + 1, clause.hits)
    return (at + 1, end) if any(is_finite(tokens, place) for place in range(at + 1, end)) else None
