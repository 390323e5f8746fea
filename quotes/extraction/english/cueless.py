"""English reporting without a verb of saying: according to, adjectives and nouns of opinion, headlines."""

from quotes.extraction.english import words
from quotes.extraction.english.clauses import Clause, content_end
from quotes.extraction.english.cues import Hit, cues
from quotes.extraction.english.inserted import content_start
from quotes.extraction.english.subjects import is_finite, is_own_voice, subject_after, subject_before
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Token


def according_to(clause: Clause) -> None:
    tokens = clause.tokens
    for at in range(len(tokens)):
        head = cues().heads.at(tokens, at)
        if head is not None and at not in clause.reading.taken:
            _by_head(clause, at, head[0])


def _by_head(clause: Clause, at: int, end: int) -> None:
    tokens = clause.tokens
    naming = subject_after(clause.sentence, end)
    if naming is None:
        return
    cue = clause.sentence.range(at, end)
    if at == 0 or not any(one.is_word or one.kind == "quotation" for one in tokens[:at]):
        comma = next(
            (
                place
                for place in range(naming.first, min(len(tokens), naming.end + 40))
                if tokens[place].text == "," and not _is_appositive(tokens, place)
            ),
            None,
        )
        if comma is not None:
            clause.add(
                [(comma + 1, content_end(clause.sentence, comma + 1, clause.hits))],
                "indirect.according_to",
                0.9,
                cue,
                naming,
            )
        return
    first = content_start(clause, at)
    reported = any(hit.first < at and "clause" in hit.cue.takes for hit in clause.hits)
    if reported and sum(one.is_word for one in tokens[naming.end :]) > 2:
        # "Critics say the plan, according to one study, would…": a source within somebody's words.
        return
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


def adjectives(clause: Clause) -> None:
    """`She is confident that the plan works`."""
    tokens = clause.tokens
    for at in range(1, len(tokens) - 2):
        if tokens[at].lower not in cues().adjectives or at in clause.reading.taken:
            continue
        place = at - 1
        while place > 0 and (
            tokens[place].lower in words.BETWEEN - words.BE
            or tokens[place].lower.endswith("ly")
            or tokens[place].lower in {"very", "quite", "so", "more"}
        ):
            place -= 1
        if (
            tokens[place].lower not in words.BE | {"feel", "feels", "felt", "remain", "remains", "remained"}
            or tokens[at - 1].lower in words.NEGATIONS
        ):
            continue
        verb = Hit(place, place + 1, cues().verbs["say"], "past")
        naming = subject_before(clause.sentence, verb)
        if naming is None or is_own_voice(tokens, naming) or tokens[naming.first].lower == "it":
            continue
        first = at + 1 + (tokens[at + 1].lower == "that")
        if tokens[at + 1].lower != "that" and not (
            tokens[at + 1].lower in {"he", "she", "it", "they", "the", "there"} and _has_verb(tokens, at + 2)
        ):
            continue
        end = content_end(clause.sentence, first, clause.hits)
        clause.add([(first, end)], "indirect.adjective", 0.75, clause.sentence.range(at, at + 1), naming)


def _has_verb(tokens: list[Token], at: int) -> bool:
    near = range(at, min(len(tokens), at + 12))
    return any(is_finite(tokens, place) or tokens[place].kind == "quotation" for place in near)


def nouns(clause: Clause) -> None:
    """`repeated his claim that the plan works`; `expressed hope that…`."""
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
    """Who `expressed` the hope, `repeated her` claim; a claim that somebody rejects, or only has, is not told so."""
    tokens = clause.tokens
    for place in range(at - 1, max(-1, at - 5), -1):
        if tokens[place].lower in words.EXPRESSING:
            return subject_before(clause.sentence, Hit(place, place + 1, cues().verbs["say"], "past"))
    return None


def headline(clause: Clause) -> bool:
    """`Doe: the plan works`, in the first lines."""
    sentence, tokens = clause.sentence, clause.tokens
    if sentence.paragraph > 1 or sentence.span.start != clause.reading.page.paragraphs[sentence.paragraph].start:
        return False
    colon = next((at for at in range(1, min(9, len(tokens) - 3)) if tokens[at].text == ":"), None)
    if (
        colon is None
        or not clause.is_free(0, len(tokens))
        or (tokens[colon + 1].kind == "quotation" and colon + 3 >= len(tokens))
    ):
        return False
    naming = subject_after(sentence, 0, colon)
    if naming is None or naming.end != colon or any(is_finite(tokens, at) for at in range(colon)):
        return False
    if not _has_verb(tokens, colon + 2) or tokens[colon + 1].lower in words.WH:
        return False
    clause.add([(colon + 1, content_end(sentence, colon + 1, []))], "indirect.headline", 0.8, None, naming)
    return True
