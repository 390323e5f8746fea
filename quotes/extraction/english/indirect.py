"""English indirect and mixed speech, read off cues, conjunctions and commas."""

from quotes.extraction.candidates import Span
from quotes.extraction.english import words
from quotes.extraction.english.clauses import bare_after, content_end, is_occasion, skip_adverbs, that_after
from quotes.extraction.english.cues import Hit, cues, is_infinitive, is_negated, is_passive
from quotes.extraction.english.direct import subject
from quotes.extraction.english.subjects import is_finite, subject_after, subject_before
from quotes.extraction.surface.clause import Clause as SurfaceClause
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token
from quotes.extraction.surface.reading import Reading

Clause = SurfaceClause[Hit]



def read_indirect(reading: Reading, sentence: Sentence, hits: list[Hit]) -> None:
    clause = Clause(reading, sentence, hits)
    if _headline(clause):
        return
    _according_to(clause)
    _adjectives(clause)
    for hit in hits:
        if hit.first in reading.taken or hit.cue.weak:
            continue
        _by_cue(clause, hit)
    _nouns(clause)


def _by_cue(clause: Clause, hit: Hit) -> None:
    if is_negated(clause.tokens, hit) or is_passive(clause.tokens, hit):
        return
    if is_infinitive(clause.tokens, hit):
        return
    naming = subject(clause.sentence, hit)
    if naming is not None and clause.tokens[naming.first].lower in words.OWN_VOICE:
        return
    for rule in (_inserted, _that, _to, _naming, _bare, _whether, _thing):
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


def _content(clause: Clause, hit: Hit, first: int, rule: str, confidence: float, naming: Naming | None) -> None:
    end = content_end(clause.sentence, first, clause.hits)
    clause.add([(first, end)], rule, confidence, hit.span(clause.sentence), naming)


def _bare(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    if not hit.cue.takes & {"clause", "addressee"} or (naming is None and hit.form != "ing"):
        return False
    at = bare_after(clause.sentence, hit)
    if at is None or (hit.form == "ing" and clause.tokens[at].lower not in _CLAUSE_STARTS):
        return False
    confidence = 0.85 if hit.cue.lemma in {"say", "tell"} else 0.75
    _content(clause, hit, at, "indirect.bare", confidence - 0.15 * (naming is None), naming)
    return True


_CLAUSE_STARTS = words.SUBJECT_STARTS | words.DETERMINERS


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
            _content(clause, hit, at, "indirect.whether" if tokens[at].lower in {"whether", "if"} else "indirect.question", 0.65, naming)
            return True
        if not tokens[at].is_word:
            return False
    return False


def _to(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`promised to resign`; `urged the government to resign`, whose content is whom and what."""
    tokens = clause.tokens
    if "infinitive" in hit.cue.takes and hit.end + 2 < len(tokens) and tokens[hit.end].lower == "to":
        _content(clause, hit, hit.end, "indirect.infinitive", 0.6, naming)
        return True
    if "person_to" not in hit.cue.takes or naming is None:
        return False
    for at in range(hit.end + 1, min(len(tokens), hit.end + 14)):
        if tokens[at].text in {",", ";", ":"} or is_finite(tokens, at):
            return False
        if tokens[at].lower == "to" and tokens[at - 1].lower not in {"according", "due"} and at + 1 < len(tokens):
            if _is_verb_base(tokens[at + 1]):
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
    tokens = clause.tokens
    for at in range(hit.end, min(len(tokens), hit.end + 22)):
        if tokens[at].text in {";", ":"} or (is_finite(tokens, at) and at > hit.end):
            break
        if at > hit.end and tokens[at].lower in words.SUBORDINATORS | {"during"}:
            break
        if tokens[at].kind == "quotation":
            end = at + 1
            if at + 2 < len(tokens) and tokens[at + 1].lower in {"and", "or"} and tokens[at + 2].kind == "quotation":
                end = at + 3
            clause.add([(hit.end, end)], "mixed.naming", 0.75, hit.span(clause.sentence), naming)
            return True
    as_ = next((at for at in range(hit.end + 1, min(len(tokens), hit.end + 14)) if tokens[at].lower == "as"), None)
    if as_ is not None and not any(tokens[at].text == "," for at in range(hit.end, as_)):
        end = _phrase_end(tokens, as_)
        clause.add([(hit.end, end)], "indirect.naming", 0.65, hit.span(clause.sentence), naming)
        return True
    if hit.cue.lemma in {"call", "label", "dub", "brand"} and hit.end < len(tokens) and tokens[hit.end].lower in _OBJECTS:
        if hit.end + 2 < len(tokens) and tokens[hit.end + 1].lower in words.DETERMINERS:
            clause.add([(hit.end, _phrase_end(tokens, hit.end))], "indirect.naming", 0.6, hit.span(clause.sentence), naming)
            return True
    return False


_OBJECTS = frozenset("it him her them this that himself herself".split())


def _phrase_end(tokens: list[Token], at: int) -> int:
    end = at + 1
    while end < len(tokens) and (tokens[end].is_word or tokens[end].kind == "quotation" or tokens[end].text in "$%&'") and end - at < 25:
        if tokens[end].lower in {"after", "during", "while", "when", "before", "because", "who", "which", "but"} and end > at + 1:
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
    if hit.end >= len(tokens) or tokens[hit.end].kind == "mark" or tokens[hit.end].lower in words.PREPOSITIONS | words.CONJUNCTIONS | words.TIMES:
        return False
    end = min(_phrase_end(tokens, hit.end), content_end(clause.sentence, hit.end, clause.hits))
    if sum(len(one.text.split()) for one in tokens[hit.end : end] if one.kind != "mark") < 2:
        return False
    clause.add([(hit.end, end)], "indirect.thing", 0.5, hit.span(clause.sentence), naming)
    return True


# Inserted: the content comes first


def _inserted(clause: Clause, hit: Hit, naming: Naming | None) -> bool:
    """`The plan works, she said.`; `The plan, she said, works.`; `The plan works, said the minister.`"""
    if not hit.cue.takes & {"inserted", "addressee"} or hit.form == "ing":
        return False
    tokens = clause.tokens
    inverted = hit.first > 0 and tokens[hit.first - 1].text in {",", "—", "–"} or _quotation_before(tokens, hit.first)
    if inverted and "addressee" not in hit.cue.takes:
        after = subject_after(clause.sentence, hit.end)
        if after is not None and hit.first > 2:
            return _take_inserted(clause, hit, hit.first - (tokens[hit.first - 1].kind == "mark"), after, after.end)
    if naming is None or naming.sentence != clause.sentence.number or hit.form == "base" and not _is_plural(tokens, naming):
        return False
    start = naming.first
    as_ = start > 0 and tokens[start - 1].lower == "as"
    if as_:
        start -= 1
    if start == 0 or not (tokens[start - 1].text in {",", "—", "–"} or _quotation_before(tokens, start)):
        return False
    return _take_inserted(clause, hit, start - (tokens[start - 1].kind == "mark"), naming, hit.end, as_said=as_)


def _quotation_before(tokens: list[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].kind == "quotation" and tokens[at - 1].text.rstrip("”›»\"'")[-1:] in {",", "?", "!", "…"}


def _is_plural(tokens: list[Token], naming: Naming) -> bool:
    last = tokens[naming.end - 1].lower
    return last in {"they"} | words.PLURAL_ROLES or last.endswith("s")


def _take_inserted(clause: Clause, hit: Hit, end: int, naming: Naming, after: int, *, as_said: bool = False) -> bool:
    tokens = clause.tokens
    first = _content_start(clause, end)
    if not _is_content(tokens, first, end) or not _is_over(tokens, hit, after):
        return False
    rest = _rest_after(clause, hit, after)
    ranges = [(first, end), *([rest] if rest else [])]
    whole = any(is_finite(tokens, at) for first, last in ranges for at in range(first, last))
    if not whole or (not rest and end - first < 3):
        return False
    rule = "indirect.as_said" if as_said else "indirect.inserted"
    clause.reading.taken |= set(range(hit.first, hit.end)) | set(range(naming.first, naming.end))
    clause.add(ranges, rule, 0.88, hit.span(clause.sentence), naming, opens=not rest)
    return True


def _content_start(clause: Clause, end: int) -> int:
    """After what of the sentence is spoken for, and after an opening conjunction."""
    taken = [at for at in clause.reading.taken if at < end]
    first = max(taken) + 1 if taken else 0
    while first < end and (not clause.tokens[first].is_word and clause.tokens[first].kind == "mark" or clause.tokens[first].lower in {"but", "and", "yet"}):
        first += 1
    return first


def _is_content(tokens: list[Token], first: int, end: int) -> bool:
    """Not a mere `On Friday,` or `In a statement,` before `X said …`."""
    if first >= end:
        return False
    lower = tokens[first].lower
    if lower in words.PREPOSITIONS | words.SUBORDINATORS | words.TIMES | words.OPENERS or lower.endswith("ing"):
        return any(one.text == "," for one in tokens[first:end]) or lower in {"that", "if", "when", "while", "although", "there"}
    return sum(one.is_word for one in tokens[first:end]) >= 2


def _is_over(tokens: list[Token], hit: Hit, after: int) -> bool:
    """Whether the cue has no content after it: the sentence ends, or a comma or adverb follows."""
    if after >= len(tokens) or not tokens[after].is_word:
        return True
    if tokens[after].lower == "that":
        return False
    at = skip_adverbs(tokens, after)
    if "addressee" in hit.cue.takes:
        while at < len(tokens) and tokens[at].is_word and at - after < 9 and tokens[at].lower not in {"that", "he", "she", "they", "it"}:
            at += 1
    if at >= len(tokens) or not tokens[at].is_word:
        return True
    lower = tokens[at].lower
    return lower in words.PREPOSITIONS | {"when", "while", "as", "referring", "citing", "and"} and not any(
        is_finite(tokens, place) for place in range(at, min(at + 6, len(tokens)))
    )


def _rest_after(clause: Clause, hit: Hit, after: int) -> tuple[int, int] | None:
    """The content that goes on after an inserted clause: `The plan, she said, works`."""
    tokens = clause.tokens
    at = skip_adverbs(tokens, after)
    if at >= len(tokens) or tokens[at].text not in {",", "—", "–"} or at + 2 >= len(tokens):
        return None
    following = tokens[at + 1]
    if following.lower in {"who", "which", "citing", "referring", "a", "an", "in", "on", "at", "during", "after", "speaking", "according", "while"}:
        return None
    if following.kind == "quotation" or any(one.first == at + 1 for one in clause.hits) or following.lower.endswith("ing"):
        return None
    end = content_end(clause.sentence, at + 1, clause.hits)
    return (at + 1, end) if any(is_finite(tokens, place) for place in range(at + 1, end)) else None


# Without a verb


def _according_to(clause: Clause) -> None:
    tokens = clause.tokens
    for at in range(len(tokens)):
        for head in cues().heads:
            if tuple(one.lower for one in tokens[at : at + len(head)]) == head and at not in clause.reading.taken:
                _by_head(clause, at, at + len(head))


def _by_head(clause: Clause, at: int, end: int) -> None:
    tokens = clause.tokens
    naming = subject_after(clause.sentence, end)
    if naming is None:
        return
    cue = clause.sentence.range(at, end)
    if at == 0 or not any(one.is_word or one.kind == "quotation" for one in tokens[:at]):
        comma = next((place for place in range(naming.first, min(len(tokens), naming.end + 40)) if tokens[place].text == "," and not _is_appositive(tokens, place)), None)
        if comma is not None:
            clause.add([(comma + 1, content_end(clause.sentence, comma + 1, clause.hits))], "indirect.according_to", 0.9, cue, naming)
        return
    first = _content_start(clause, at)
    clause.add([(first, at)], "indirect.according_to", 0.9, cue, naming, opens=True)


def _is_appositive(tokens: list[Token], comma: int) -> bool:
    """A comma that only sets off who the source is: `According to Jane Doe, a teacher, the school…`."""
    following = tokens[comma + 1] if comma + 1 < len(tokens) else None
    if following is None or following.lower not in {"a", "an", "who", "which", "the"} | words.ROLES:
        return False
    close = next((at for at in range(comma + 1, min(len(tokens), comma + 16)) if tokens[at].text == ","), None)
    if close is None:
        return False
    return following.lower in {"who", "which"} or not any(is_finite(tokens, at) for at in range(comma + 1, close))


def _adjectives(clause: Clause) -> None:
    """`She is confident that the plan works`."""
    tokens = clause.tokens
    for at in range(1, len(tokens) - 2):
        if tokens[at].lower not in cues().adjectives or at in clause.reading.taken:
            continue
        place = at - 1
        while place > 0 and (tokens[place].lower in words.BETWEEN - words.BE or tokens[place].lower.endswith("ly") or tokens[place].lower in {"very", "quite", "so", "more"}):
            place -= 1
        if tokens[place].lower not in words.BE | {"feel", "feels", "felt", "remain", "remains", "remained"} or tokens[at - 1].lower in words.NEGATIONS:
            continue
        verb = Hit(place, place + 1, cues().verbs["say"], "past")
        naming = subject_before(clause.sentence, verb)
        if naming is None or tokens[naming.first].lower in words.OWN_VOICE | {"it"}:
            continue
        first = at + 1 + (tokens[at + 1].lower == "that")
        if tokens[at + 1].lower != "that" and not (tokens[at + 1].lower in {"he", "she", "it", "they", "the", "there"} and _has_verb(tokens, at + 2)):
            continue
        end = content_end(clause.sentence, first, clause.hits)
        clause.add([(first, end)], "indirect.adjective", 0.75, clause.sentence.range(at, at + 1), naming)


def _has_verb(tokens: list[Token], at: int) -> bool:
    near = range(at, min(len(tokens), at + 12))
    return any(is_finite(tokens, place) or tokens[place].kind == "quotation" for place in near)


def _nouns(clause: Clause) -> None:
    """`his claim that the plan works`; `expressed hope that…`."""
    tokens = clause.tokens
    for at in range(1, len(tokens) - 3):
        if tokens[at].lower not in cues().nouns or tokens[at + 1].lower != "that" or not clause.is_free(at, at + 2):
            continue
        if not _has_verb(tokens, at + 2) or tokens[at + 2].lower in words.AUXILIARIES | {"he's", "would"}:
            continue
        naming = _owner(clause, at)
        if naming is None:
            continue
        end = content_end(clause.sentence, at + 2, clause.hits)
        clause.add([(at + 2, end)], "indirect.noun", 0.6, clause.sentence.range(at, at + 1), naming)


def _owner(clause: Clause, at: int) -> Naming | None:
    """Whose claim it is: `Jane Doe's claim`, `his hope`; or who `expressed` it."""
    tokens = clause.tokens
    for place in range(at - 1, max(-1, at - 5), -1):
        lower = tokens[place].lower
        if lower in words.POSSESSIVES:
            return Naming(clause.sentence.number, place, place + 1)
        if lower.endswith(("'s", "s'")):
            first = place
            while first > 0 and tokens[first - 1].is_capitalised:
                first -= 1
            return Naming(clause.sentence.number, first, place + 1)
        if lower in _EXPRESS:
            return subject_before(clause.sentence, Hit(place, place + 1, cues().verbs["say"], "past"))
    return None


_EXPRESS = frozenset(
    "expressed expresses voiced voices made makes issued raised raises repeated repeats rejected rejects denied dismissed "
    "dismisses reiterated gave offered shared drew reached came defended".split()
)


# Headlines


def _headline(clause: Clause) -> bool:
    """`Doe: the plan works`, in the first lines."""
    sentence, tokens = clause.sentence, clause.tokens
    if sentence.paragraph > 1 or sentence.span.start != clause.reading.page.paragraphs[sentence.paragraph].start:
        return False
    colon = next((at for at in range(1, min(9, len(tokens) - 3)) if tokens[at].text == ":"), None)
    if colon is None or not clause.is_free(0, len(tokens)) or tokens[colon + 1].kind == "quotation" and colon + 3 >= len(tokens):
        return False
    naming = subject_after(sentence, 0, colon)
    if naming is None or naming.end != colon or any(is_finite(tokens, at) for at in range(colon)):
        return False
    if not _has_verb(tokens, colon + 2) or tokens[colon + 1].lower in words.WH:
        return False
    clause.add([(colon + 1, content_end(sentence, colon + 1, []))], "indirect.headline", 0.8, None, naming)
    return True
