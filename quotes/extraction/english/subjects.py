"""Who stands by an English cue: the noun phrase that is its subject, by commas, closed classes and capitals."""

from quotes.extraction.english import words
from quotes.extraction.english.cues import Hit, cues
from quotes.extraction.english.tongue import tongue
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token

# A subject begins at most this many words before its verb.
REACH = 60
# A relative clause between a subject and its verb has fewer words than this.
FARTHEST_RELATIVE = 14
RELATIVES = frozenset({"who", "which", "whose", "whom", "where", "including"})
STOPS_AFTER = (words.PREPOSITIONS - {"of", "for"}) | words.SUBORDINATORS | words.TIMES - {"earlier", "later"}


def is_finite(tokens: list[Token], at: int) -> bool:
    """Whether the token looks like the verb of a clause."""
    token = tokens[at]
    if not token.is_word:
        return False
    if token.lower in words.FINITE:
        return True
    if token.is_capitalised and at:
        return False
    before = tokens[at - 1].lower if at else ""
    if before in words.DETERMINERS or before in words.PREPOSITIONS:
        return False
    if token.lower.endswith("ed") and len(token.lower) > 4:
        return True
    return any(form in {"past", "s"} for _lemma, form in cues().forms.get(token.lower, ()))


def is_own_voice(tokens: list[Token], naming: Naming) -> bool:
    """Whether the author, or the reader, is said to speak; `one of the men` is somebody else."""
    following = tokens[naming.first + 1].lower if naming.first + 1 < naming.end else ""
    return tokens[naming.first].lower in words.OWN_VOICE and following != "of"


def subject_before(sentence: Sentence, hit: Hit, floor: int = 0) -> Naming | None:
    """The subject that precedes the cue, not before token `floor`; None if there is none."""
    tokens = sentence.tokens
    floor = max(floor, hit.first - REACH)
    end = _without_adverbs(tokens, hit.first, floor)
    if end <= floor:
        return None
    if tokens[end - 1].text == "," or tokens[end - 1].text == ")":
        return _before_comma(sentence, end, floor)
    if tokens[end - 1].lower in {"who", "which"} and end - 1 > floor:
        before = end - 2 if tokens[end - 2].text == "," else end - 1
        return _antecedent(sentence, _phrase(sentence, floor, max(before, floor)))
    found = _phrase(sentence, floor, end)
    relative = _relative_before(tokens, floor, found.first if found else end)
    return _phrase(sentence, floor, relative) if relative is not None else found


def _antecedent(sentence: Sentence, naming: Naming | None) -> Naming | None:
    """Of `protests from farmers, who say`, the farmers; of `a professor at Yale, who says`, the professor."""
    if naming is None:
        return None
    tokens = sentence.tokens
    for at in range(naming.end - 1, naming.first, -1):
        before = tokens[at - 1]
        known = before.is_capitalised or before.lower in words.ROLES | words.PLURAL_ROLES
        if tokens[at].lower in words.PREPOSITIONS - {"of", "for"} and not known:
            return Naming(naming.sentence, at + 1, naming.end) if at + 1 < naming.end else naming
    return naming


def _relative_before(tokens: list[Token], floor: int, end: int) -> int | None:
    """The token `who` of a relative clause without commas that ends here: `people who met Jane Doe said`."""
    verb = False
    for at in range(end - 1, max(floor, end - FARTHEST_RELATIVE), -1):
        if not tokens[at].is_word:
            return None
        if tokens[at].lower == "who":
            return at if verb and tokens[at - 1].is_word else None
        verb = verb or is_finite(tokens, at)
    return None


def _without_adverbs(tokens: list[Token], end: int, floor: int) -> int:
    while end > floor:
        token = tokens[end - 1]
        if not token.is_word:
            break
        if (
            end - 1 > floor
            and token.lower in words.TIMES
            and tokens[end - 2].lower in {"on", "last", "this", "earlier", "late", "early", "in"}
        ):
            end -= 2
        elif token.lower in words.BETWEEN | words.TIMES or (token.lower.endswith("ly") and not token.is_capitalised):
            end -= 1
        else:
            break
    return end


def _before_comma(sentence: Sentence, end: int, floor: int) -> Naming | None:
    """`Jane Doe, a teacher, who lives in Flint,`: back over what stands in commas to the name or noun it explains."""
    tokens = sentence.tokens
    segments = _segments(tokens, floor, end)
    index = len(segments) - 1
    head = segments[index]
    while index > 0 and _explains(tokens, segments, index):
        index -= 1
        first, last = segments[index]
        if first >= last or tokens[first].lower in RELATIVES:
            continue
        head = (first, last)
        if tokens[first].lower in words.CONJUNCTIONS or any(is_finite(tokens, at) for at in range(first, last)):
            break
    if tokens[head[0]].lower in RELATIVES and index > 0:
        head = segments[index - 1]
    return _with_name(sentence, _phrase(sentence, *head), segments)


def _segments(tokens: list[Token], floor: int, end: int) -> list[tuple[int, int]]:
    """What stands between the commas and their like, each from its first token to before its last mark."""
    marks = [at for at in range(floor, end - 1) if tokens[at].kind == "mark" and tokens[at].text in ",(;:—–"]
    return list(zip([floor, *(at + 1 for at in marks)], [*marks, end - 1], strict=True))


def _explains(tokens: list[Token], segments: list[tuple[int, int]], index: int) -> bool:
    """Whether a segment may explain the one before it, which is then the subject rather than an adverbial."""
    first, last = segments[index - 1]
    if first >= last:
        return True
    return tokens[segments[index][0] - 1].text not in ";:" and not _is_adverbial(tokens, first, last)


def _with_name(sentence: Sentence, naming: Naming | None, segments: list[tuple[int, int]]) -> Naming | None:
    """`his lawyer, Jane Doe,`: drawn out to the name where the noun has none."""
    tokens = sentence.tokens
    if naming is None:
        return naming
    if tokens[naming.first].lower not in words.DETERMINERS or tokens[naming.end - 1].is_capitalised:
        return naming
    for first, last in segments:
        if (
            first == naming.end + 1
            and last - first <= 6
            and tokens[first].is_capitalised
            and tokens[first].lower not in words.NO_NAMES
        ):
            return Naming(naming.sentence, naming.first, last)
    return naming


def _is_adverbial(tokens: list[Token], first: int, last: int) -> bool:
    lower = tokens[first].lower
    if lower in words.PREPOSITIONS | words.SUBORDINATORS - RELATIVES | words.WEEKDAYS | words.TIMES | (
        words.OPENERS - words.CONJUNCTIONS
    ):
        return lower not in {"like", "that"} or last - first < 2
    return (lower.endswith(("ing", "ed")) and not _is_name_like(tokens, first)) or (
        last - first == 1 and lower.endswith("ly")
    )


def _is_name_like(tokens: list[Token], at: int) -> bool:
    return tokens[at].is_capitalised and (at > 0 or tokens[at].lower in tongue().first_names)


def _phrase(sentence: Sentence, floor: int, end: int) -> Naming | None:
    """The noun phrase that ends before `end`."""
    tokens = sentence.tokens
    while end > floor and not tokens[end - 1].is_word:
        end -= 1
    first = end
    while first > floor:
        token = tokens[first - 1]
        if _is_boundary(tokens, first - 1, end):
            break
        if token.lower in {"and", "&"} and not _joins(tokens, floor, first - 1):
            break
        first -= 1
    while first < end and (tokens[first].lower in words.OPENERS | words.CONJUNCTIONS or not tokens[first].is_word):
        first += 1
    start = first
    first = _after_adverbial(tokens, first, end)
    if first >= end or not _can_be_subject(tokens, first, end):
        return _before_participle(sentence, floor, start)
    return Naming(sentence.number, first, end)


def _before_participle(sentence: Sentence, floor: int, start: int) -> Naming | None:
    """`A study published in May found`: over the participle, to the noun it belongs to."""
    before = start - 1
    if before <= floor or not sentence.tokens[before].lower.endswith(("ed", "en", "ing")):
        return None
    return _phrase(sentence, floor, before)


def _is_boundary(tokens: list[Token], at: int, end: int) -> bool:
    token = tokens[at]
    if not token.is_word:
        return token.text not in "&'." and not (token.kind == "quotation" and at + 1 < end)
    if token.lower in words.SUBORDINATORS | {"but", "or", "yet"}:
        return True
    if token.lower == "to" and at and tokens[at - 1].lower == "according":
        return True
    return is_finite(tokens, at) or any(form == "ing" for _lemma, form in cues().forms.get(token.lower, ()))


def _joins(tokens: list[Token], floor: int, at: int) -> bool:
    """Whether this "and" joins two nouns: what precedes it, back to the clause's beginning, has no verb."""
    position = at - 1
    seen = 0
    while position >= floor and seen < 14:
        if _is_boundary(tokens, position, at):
            return seen > 0 and not tokens[position].is_word
        position -= 1
        seen += 1
    return seen > 0


def _after_adverbial(tokens: list[Token], first: int, end: int) -> int:
    """`On Friday the president` begins with `the president`."""
    if first >= end or tokens[first].lower not in words.PREPOSITIONS | {
        "last",
        "this",
        "next",
        "earlier",
        "late",
        "early",
    }:
        return first
    for at in range(end - 1, first, -1):
        if tokens[at].lower in words.TIMES and at + 1 < end:
            return at + 1
    for at in range(first + 2, end):
        lower = tokens[at].lower
        if lower in {"the", "he", "she", "it", "they", "a", "an"} and tokens[at - 1].lower not in words.PREPOSITIONS:
            return at
    return first


def _can_be_subject(tokens: list[Token], first: int, end: int) -> bool:
    last = tokens[end - 1]
    if end - first == 1:
        lower = last.lower
        if lower in words.PREPOSITIONS | words.CONJUNCTIONS | words.SUBORDINATORS | words.NEGATIONS | words.WEEKDAYS:
            return False
        return lower not in {"to", "the", "a", "an", "there", "it"} and not lower.isdigit()
    return tokens[
        first
    ].lower not in words.PREPOSITIONS and last.lower not in words.PREPOSITIONS | words.DETERMINERS - {
        "others",
        "all",
        "both",
        "many",
        "some",
        "most",
        "few",
    }


def subject_after(sentence: Sentence, start: int, high: int | None = None) -> Naming | None:
    """The speaker after an inverted cue, or after "according to"."""
    tokens = sentence.tokens
    end = start
    limit = min(high if high is not None else len(tokens), start + 30)
    while end < limit:
        token = tokens[end]
        if not token.is_word and token.text not in "&.'":
            break
        if token.text == "." and end + 1 >= len(tokens):
            break
        if token.lower in STOPS_AFTER and end > start and not _goes_on(tokens, end):
            break
        if end > start and (token.lower in {"told", "said"} or token.lower in words.AUXILIARIES):
            break
        end += 1
    while end > start and (tokens[end - 1].lower in words.CONJUNCTIONS or not tokens[end - 1].is_word):
        end -= 1
    if end == start or not _begins_noun(tokens[start]):
        return None
    return Naming(sentence.number, start, end)


def _goes_on(tokens: list[Token], at: int) -> bool:
    """A preposition inside a name or after a role: `a professor at Yale`, `Campaign to Save Our Seas`."""
    if tokens[at].lower == "at":
        return tokens[at - 1].lower in words.ROLES
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        tokens[at].lower == "to"
        and tokens[at - 1].is_capitalised
        and following is not None
        and following.is_capitalised
    )


def _begins_noun(token: Token) -> bool:
    if token.lower in words.DETERMINERS | {"he", "she", "they"} or token.lower in words.ROLES | words.PLURAL_ROLES:
        return True
    if token.lower in words.DOCUMENTS | words.BODY_WORDS:
        return True
    return token.is_word and token.lower not in words.NO_NAMES and not token.lower.endswith("ly")


def subject_of_clause(sentence: Sentence, before: int) -> Naming | None:
    """The subject of the sentence, for a participle (`…, saying that`): what stands before its first verb."""
    tokens = sentence.tokens
    for at in range(min(before, REACH)):
        if tokens[at].kind == "quotation":
            continue
        if is_finite(tokens, at) or (at and tokens[at].lower in words.AUXILIARIES):
            found = subject_before(sentence, Hit(at, at + 1, _VERB, "past"))
            if found is not None:
                return found
    return None


_VERB = cues().verbs["say"]
