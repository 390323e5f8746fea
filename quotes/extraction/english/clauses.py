"""Where an English content clause begins and ends: after the cue, its addressee and its adverbs; before the next cue."""

from quotes.extraction.english import words
from quotes.extraction.english.cues import Hit, cues
from quotes.extraction.english.subjects import is_finite, subject_before
from quotes.extraction.surface.clause import Clause as SurfaceClause
from quotes.extraction.surface.found import Naming
from quotes.extraction.surface.layout import Sentence, Token

Clause = SurfaceClause[Hit]
# "that" stands at most this many words after its cue.
FAR = 16
SUBJECTS = words.SUBJECT_STARTS
THAT = frozenset({"that"})


def skip_adverbs(tokens: list[Token], at: int) -> int:
    """Past what tells when, where and how it was said: `on Friday in an interview with the BBC`."""
    while at < len(tokens):
        after = _past_adverb(tokens, at)
        if after == at:
            break
        at = after
    return at


def _past_adverb(tokens: list[Token], at: int) -> int:
    token = tokens[at]
    if not token.is_word:
        return at
    lower = token.lower
    if lower in words.TIMES or (lower.endswith("ly") and not token.is_capitalised and lower not in {"only", "family"}):
        return at + 1
    if lower in words.MONTHS and at + 1 < len(tokens) and tokens[at + 1].lower.isdigit():
        return at + 2
    if lower in {"last", "this", "next", "earlier", "late", "early"} and _is_time(tokens, at + 1):
        return at + 2
    if lower in words.PREPOSITIONS:
        return _past_preposition(tokens, at)
    return at


def is_occasion(tokens: list[Token], at: int) -> bool:
    """`in a statement on Thursday`, `during a rally`: when or where something was said, not what."""
    if tokens[at].lower not in words.PREPOSITIONS:
        return tokens[at].lower in words.WEEKDAYS
    after = _past_preposition(tokens, at)
    return after > at and any(tokens[place].lower in words.OCCASIONS | words.WEEKDAYS for place in range(at + 1, after))


def _is_time(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].lower in words.TIMES | words.MONTHS


def _past_preposition(tokens: list[Token], at: int) -> int:
    """`in a statement`, `at the UN General Assembly`, `on state television`, `during Monday's briefing`."""
    end = at + 1
    occasion = False
    while end < len(tokens) and end - at <= 9:
        token = tokens[end]
        if token.kind == "quotation" and end - at > 1:
            end += 1
            break
        if not token.is_word or token.lower in words.SUBORDINATORS | {"he", "she", "it", "they", "there"}:
            break
        if is_finite(tokens, end) or token.lower in words.PREPOSITIONS - {"of"}:
            break
        if token.lower in words.OCCASIONS | words.TIMES or (
            token.is_capitalised and not _capitalised_at(tokens, end + 1)
        ):
            following = tokens[end + 1].lower if end + 1 < len(tokens) else ""
            if following in words.OCCASIONS or following in {"'s"}:
                end += 1
                continue
            occasion = True
            end += 1
            break
        end += 1
    return end if occasion else at


def _capitalised_at(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].is_capitalised


def that_after(sentence: Sentence, hit: Hit) -> int | None:
    """The token after "that", if it follows the cue with nothing but addressee and adverbs between."""
    tokens = sentence.tokens
    for at in range(hit.end, min(len(tokens), hit.end + FAR)):
        lower = tokens[at].lower
        if lower == "that" and (at == hit.end or _begins_clause(tokens, at + 1)):
            return at + 1 if (at + 1 < len(tokens) and tokens[at + 1].text not in {",", "."}) or at == hit.end else None
        if (
            tokens[at].text in {";", ":", "—"}
            or is_finite(tokens, at)
            or (lower in {"which", "who", "to"} and at == hit.end)
        ):
            return None
        if tokens[at].text == "," and not _interrupts(tokens, at):
            return None
    return None


def _interrupts(tokens: list[Token], at: int) -> bool:
    """`said, however, that`; `said in a statement, released on Monday, that`."""
    for place in range(at + 1, min(len(tokens), at + 9)):
        if tokens[place].text == ",":
            return place + 1 < len(tokens) and tokens[place + 1].lower == "that"
    return at + 1 < len(tokens) and tokens[at + 1].lower == "that"


def _begins_clause(tokens: list[Token], at: int) -> bool:
    """Not `that` the pronoun or determiner before a bare noun: some verb follows."""
    return any(
        is_finite(tokens, place) or tokens[place].kind == "quotation" for place in range(at, min(len(tokens), at + 40))
    )


def bare_after(sentence: Sentence, hit: Hit) -> int | None:
    """Where the content begins without "that": `said the plan works`, `told the BBC he would go`."""
    tokens = sentence.tokens
    at = hit.end
    if "addressee" in hit.cue.takes:
        return _after_addressee(tokens, at)
    at = skip_adverbs(tokens, at)
    if at < len(tokens) and tokens[at].text == "," and at > hit.end:
        at += 1
    if at < len(tokens) and _can_begin(tokens, at) and _is_clause(tokens, at):
        return at
    return None


def _after_addressee(tokens: list[Token], at: int) -> int | None:
    """`told the AP on Monday he would go`: past the one told, to where a subject begins."""
    start = at
    if at < len(tokens) and tokens[at].lower in {"that"}:
        return None
    while at < len(tokens) and at - start < FAR:
        token = tokens[at]
        if token.text in {",", ";", ":", "."} or token.lower == "to" or (is_finite(tokens, at) and at > start):
            return None
        if at > start:
            known = tokens[at - 1].lower in words.ADDRESSEES or tokens[at - 1].lower in words.OCCASIONS | words.TIMES
            ended = known or tokens[at - 1].is_capitalised
            new = (
                token.lower in SUBJECTS
                or _is_contraction(token.lower)
                or (ended and token.lower in words.DETERMINERS)
                or (known and _can_begin(tokens, at) and not _is_occasion_soon(tokens, at))
            )
            if new and tokens[at - 1].lower not in words.PREPOSITIONS and _is_clause(tokens, at):
                return at
        at += 1
    return None


def _is_occasion_soon(tokens: list[Token], at: int) -> bool:
    """`told the Echo's video newsmaker series`: still the one who was told."""
    return at + 1 < len(tokens) and tokens[at + 1].lower in words.OCCASIONS and tokens[at].lower not in SUBJECTS


def _can_begin(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind == "quotation":
        return True
    if not token.is_word:
        return token.text in "$£€"
    lower = token.lower
    if lower in SUBJECTS | words.DETERMINERS or _is_contraction(lower):
        return True
    if lower in words.PREPOSITIONS | words.CONJUNCTIONS | words.AUXILIARIES | {
        "to",
        "which",
        "whether",
        "because",
        "than",
    }:
        return lower in {
            "in",
            "under",
            "despite",
            "without",
            "during",
            "after",
            "since",
            "at",
            "with",
            "by",
            "for",
        } and _has_comma(tokens, at)
    return True


def _is_contraction(lower: str) -> bool:
    """`it's`, `she'd`: a subject and its verb in one."""
    return "'" in lower and lower.split("'")[0] in SUBJECTS


def _has_comma(tokens: list[Token], at: int) -> bool:
    return any(one.text == "," for one in tokens[at : at + 14])


def _is_clause(tokens: list[Token], at: int) -> bool:
    """Whether there are a subject and something that looks like its verb."""
    if _is_contraction(tokens[at].lower):
        return True
    wordy = 0
    for place in range(at, min(len(tokens), at + 40)):
        if tokens[place].kind == "quotation":
            return True
        if place > at and (is_finite(tokens, place) or _looks_like_verb(tokens, place)):
            return True
        wordy += tokens[place].is_word
        if tokens[place].text in {";", ":"}:
            return False
    return tokens[at].lower in words.AUXILIARIES and wordy > 2


def _looks_like_verb(tokens: list[Token], at: int) -> bool:
    """An unknown word in -s after a noun in the singular, a bare one after a plural: `the plan harms`, `parents fear`."""
    token, before = tokens[at], tokens[at - 1]
    if not token.is_word or token.is_capitalised or not before.is_word:
        return False
    if before.lower in {"he", "she", "it", "they", "we", "i", "you", "who"}:
        return True
    return token.lower.endswith("s") and before.is_capitalised and not token.lower.endswith(("ss", "us", "is"))


def content_end(sentence: Sentence, first: int, hits: list[Hit]) -> int:
    """The token at which the content is over: what reports anew, or the end."""
    tokens = sentence.tokens
    end = len(tokens)
    while end > first and tokens[end - 1].kind == "mark" and tokens[end - 1].text in ".!;,…:":
        end -= 1
    for hit in hits:
        if hit.first <= first or hit.first >= end:
            continue
        dash = next(
            (
                at
                for at in range(first + 1, hit.first)
                if tokens[at].text in {"—", "–"} or tokens[at].text == tokens[at - 1].text == "-"
            ),
            None,
        )
        if dash is not None and hit.form != "ing" and "inserted" in hit.cue.takes:
            return dash - (tokens[dash].text == "-")
        cut = _cut_before(sentence, first, hit)
        if cut is not None and cut > first:
            return cut
    return min(end, _before_head(tokens, first, end))


def _goes_on_after(tokens: list[Token], at: int, end: int) -> bool:
    """`the plan, according to one study, would fail`: a verb follows the comma that closes it."""
    comma = next((place for place in range(at, end) if tokens[place].text == ","), end)
    return comma + 1 < end and is_finite(tokens, comma + 1)


def _before_head(tokens: list[Token], first: int, end: int) -> int:
    """A trailing `, according to …` belongs to somebody else."""
    for at in range(first + 1, end - 2):
        if tokens[at].text == "," and cues().heads.at(tokens, at + 1) and not _goes_on_after(tokens, at + 1, end):
            return at
    return end


def _cut_before(sentence: Sentence, first: int, hit: Hit) -> int | None:
    """Where the content before a further cue ends, if the cue reports anew; None if it is part of the content."""
    tokens = sentence.tokens
    before = hit.first - 1
    if hit.form == "ing":
        # ", adding that": the reporting goes on.
        return before if tokens[before].text == "," and not hit.cue.weak else None
    if tokens[before].lower in {"has", "have", "had"} and tokens[before - 1].text == ",":
        return before - 1
    if tokens[before].lower in {"and", "but"} | words.BETWEEN:
        return _cut_at_conjunction(tokens, first, hit)
    naming = subject_before(sentence, hit, first)
    return _cut_at_subject(tokens, first, hit, naming) if naming is not None and naming.first > first else None


def _cut_at_conjunction(tokens: list[Token], first: int, hit: Hit) -> int | None:
    """`…, and added that`: the same speaker reports on; "and thought" may be within the content."""
    place = hit.first - 1
    while place > first and tokens[place].lower in words.BETWEEN:
        place -= 1
    if tokens[place].lower not in {"and", "but"} or hit.form not in {"past", "s"}:
        return None
    comma = tokens[place - 1].text == ","
    if hit.cue.kind in {"think", "show"} and not comma:
        return None
    return place - comma


def _cut_at_subject(tokens: list[Token], first: int, hit: Hit, naming: Naming) -> int | None:
    """`…, while Doe said that`: somebody else reports."""
    place = naming.first - 1
    lead = tokens[place].lower
    if lead in {"and", "but", "while", "as", "though", "although", "whereas"} and tokens[place - 1].text == ",":
        return place - 1
    if lead in {"while", "as"}:
        return place
    return place if tokens[place].text in {";", ","} and hit.first - naming.end <= 1 and place > first + 2 else None


def relative_end(tokens: list[Token], first: int) -> int:
    """Where a relative clause is over: at a dash, or at a comma that a verb follows."""
    for at in range(first + 1, len(tokens) - 1):
        dash = tokens[at].text in {"—", "–"} or tokens[at].text == tokens[at + 1].text == "-"
        if dash or (tokens[at].text == "," and is_finite(tokens, at + 1)):
            return at
    return len(tokens)
