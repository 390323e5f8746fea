"""English indirect and mixed speech, read off cues, conjunctions and commas."""

from quotes.extraction.english import words
from quotes.extraction.english.clauses import (
    Clause,
    bare_after,
    content_end,
    is_occasion,
    relative_end,
    skip_adverbs,
    that_after,
)
from quotes.extraction.english.cueless import according_to, adjectives, headline, nouns
from quotes.extraction.english.cues import Hit, is_infinitive, is_negated, is_passive
from quotes.extraction.english.direct import subject
from quotes.extraction.english.inserted import inserted
from quotes.extraction.english.subjects import is_finite, is_own_voice
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Reading


def read_indirect(reading: Reading, sentence: Sentence, hits: list[Hit]) -> None:
    clause = Clause(reading, sentence, hits)
    if headline(clause):
        return
    according_to(clause)
    adjectives(clause)
    for hit in hits:
        if hit.first in reading.taken or hit.cue.weak:
            continue
        _by_cue(clause, hit)
    nouns(clause)


def _by_cue(clause: Clause, hit: Hit) -> None:
    if is_negated(clause.tokens, hit) or is_passive(clause.tokens, hit):
        return
    if is_infinitive(clause.tokens, hit):
        return
    naming = subject(clause.sentence, hit)
    if naming is not None and is_own_voice(clause.tokens, naming):
        return
    if naming is None and hit.form == "past" and hit.first == 0:
        # "Asked whether…" opens an adverbial.
        return
    for rule in (inserted, _that, _colon, _to, _naming, _bare, _whether, _thing):
        if rule(clause, hit, naming):
            return


def _that(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    if not hit.cue.takes & {"clause", "that", "addressee", "inserted"}:
        return False
    if clause.tokens[hit.end : hit.end + 1] and clause.tokens[hit.end].kind == "quotation":
        return False
    at = that_after(clause.sentence, hit)
    if at is None or at >= len(clause.tokens):
        return False
    confidence = 0.93 if naming is not None else 0.7
    _content(clause, hit, at, "indirect.that", confidence, naming)
    return True


def _colon(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`Doe said: The plan works.`"""
    at = skip_adverbs(clause.tokens, hit.end)
    if naming is None or at + 3 > len(clause.tokens) or clause.tokens[at].text != ":":
        return False
    if not any(is_finite(clause.tokens, place) for place in range(at + 1, len(clause.tokens))):
        return False
    _content(clause, hit, at + 1, "indirect.colon", 0.75, naming)
    return True


def _content(clause: Clause, hit: Hit, first: int, rule: str, confidence: float, naming: Naming | None) -> None:
    end = content_end(clause.sentence, first, clause.hits)
    if _is_relative(clause.tokens, hit):
        end = min(end, relative_end(clause.tokens, first))
    clause.add([(first, end)], rule, confidence, hit.span(clause.sentence), naming)


def _is_relative(tokens: list[Token], hit: Hit) -> bool:
    """`Doe, who once said that…,`: its content ends where the clause around goes on."""
    return any(one.lower == "who" for one in tokens[max(0, hit.first - 3) : hit.first])


def _bare(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    if not hit.cue.takes & {"clause", "addressee"} or (naming is None and hit.form != "ing"):
        return False
    at = bare_after(clause.sentence, hit)
    if at is None or (hit.form == "ing" and not _begins_plainly(clause.tokens, at)):
        return False
    confidence = 0.85 if hit.cue.lemma in {"say", "tell"} else 0.75
    _content(clause, hit, at, "indirect.bare", confidence - 0.15 * (naming is None), naming)
    return True


def _begins_plainly(tokens: list[Token], at: int) -> bool:
    """`saying he knew`, `saying inflation was slowing`: not `saying goodbye to the crew`."""
    if tokens[at].lower.split("'")[0] in words.SUBJECT_STARTS | words.DETERMINERS:
        return True
    return any(tokens[place].lower in words.AUXILIARIES for place in range(at + 1, min(at + 4, len(tokens))))


def _whether(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`asked whether he would go`, `explained how it works`, `wondered why`."""
    if not hit.cue.takes & {"clause", "that", "whether", "addressee"}:
        return False
    tokens = clause.tokens
    for at in range(hit.end, min(len(tokens), hit.end + 6)):
        if tokens[at].lower in {"whether", "if"} | (words.WH - {"which", "when", "where"}):
            if tokens[at].lower == "if" and "whether" not in hit.cue.takes:
                return False
            if not any(is_finite(tokens, place) for place in range(at + 1, len(tokens))) or at + 2 >= len(tokens):
                return False
            _content(
                clause,
                hit,
                at,
                "indirect.whether" if tokens[at].lower in {"whether", "if"} else "indirect.question",
                0.65,
                naming,
            )
            return True
        if not tokens[at].is_word:
            return False
    return False


def _to(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`promised to resign`; `urged the government to resign`, whose content is whom and what."""
    tokens = clause.tokens
    first = skip_adverbs(tokens, hit.end)
    if "infinitive" in hit.cue.takes and first + 2 < len(tokens) and tokens[first].lower == "to":
        _content(clause, hit, first, "indirect.infinitive", 0.6, naming)
        return True
    if "person_to" not in hit.cue.takes or naming is None:
        return False
    for at in range(hit.end + 1, min(len(tokens), hit.end + 14)):
        if tokens[at].text in {",", ";", ":"} or is_finite(tokens, at):
            return False
        if tokens[at].lower == "to" and at + 1 < len(tokens) and _is_verb_base(tokens[at + 1]):
            _content(clause, hit, hit.end, "indirect.infinitive", 0.7, naming)
            return True
    return False


def _is_verb_base(token: Token) -> bool:
    if token.kind == "quotation":
        return True
    return token.is_word and not token.is_capitalised and token.lower not in words.DETERMINERS | words.PREPOSITIONS


def _naming(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`called the plan “a disgrace”`, `described it as a disgrace`: whom, and what it is called."""
    if "naming" not in hit.cue.takes or naming is None:
        return False
    quoted = _named_in_marks(clause.tokens, hit)
    end = quoted or _named_plainly(clause.tokens, hit)
    if end is None:
        return False
    rule, confidence = ("mixed.naming", 0.75) if quoted else ("indirect.naming", 0.63)
    clause.add([(hit.end, end)], rule, confidence, hit.span(clause.sentence), naming)
    return True


def _named_in_marks(tokens: list[Token], hit: Hit) -> int | None:
    """Where the quotation ends that says what somebody or something was called."""
    for at in range(hit.end, min(len(tokens), hit.end + 22)):
        if tokens[at].kind == "quotation":
            joined = (
                at + 2 < len(tokens) and tokens[at + 1].lower in {"and", "or"} and tokens[at + 2].kind == "quotation"
            )
            return at + 3 if joined else at + 1
        over = is_finite(tokens, at) or tokens[at].lower in words.SUBORDINATORS | {"during"}
        if tokens[at].text in {";", ":"} or (over and at > hit.end):
            break
    return None


def _named_plainly(tokens: list[Token], hit: Hit) -> int | None:
    """Where `it as a disgrace`, or `it a disgrace`, ends."""
    for at in range(hit.end + 1, min(len(tokens), hit.end + 14)):
        if tokens[at].text == ",":
            break
        if tokens[at].lower == "as":
            return _phrase_end(tokens, at)
    calls = hit.cue.lemma in {"call", "label", "dub", "brand"} and hit.end + 2 < len(tokens)
    if calls and tokens[hit.end].lower in _OBJECTS and tokens[hit.end + 1].lower in words.DETERMINERS:
        return _phrase_end(tokens, hit.end)
    return None


_OBJECTS = frozenset(["it", "him", "her", "them", "this", "that", "himself", "herself"])


def _phrase_end(tokens: list[Token], at: int) -> int:
    end = at + 1
    while (
        end < len(tokens)
        and (tokens[end].is_word or tokens[end].kind == "quotation" or tokens[end].text in "$%&'")
        and end - at < 25
    ):
        if (
            tokens[end].lower in {"after", "during", "while", "when", "before", "because", "who", "which", "but"}
            and end > at + 1
        ):
            break
        if end > at + 1 and is_occasion(tokens, end):
            break
        end += 1
    return end


def _thing(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`called for a moratorium`, `urges retaliation`: a noun phrase that somebody can be held to."""
    if "thing" not in hit.cue.takes or naming is None:
        return False
    tokens = clause.tokens
    if (
        hit.end >= len(tokens)
        or tokens[hit.end].kind == "mark"
        or tokens[hit.end].lower in words.PREPOSITIONS | words.CONJUNCTIONS | words.TIMES
    ):
        return False
    end = min(_phrase_end(tokens, hit.end), content_end(clause.sentence, hit.end, clause.hits))
    if sum(len(one.text.split()) for one in tokens[hit.end : end] if one.kind != "mark") < 2:
        return False
    clause.add([(hit.end, end)], "indirect.thing", 0.5, hit.span(clause.sentence), naming)
    return True
