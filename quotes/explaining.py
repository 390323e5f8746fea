"""What the machine gives as its grounds, put into words: reasons for a speaker, rules, confidence."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

# Why somebody is held to be the speaker, as clauses that follow on “because”. `mention` are the words that name the
# speaker in the text, `about` what the engine says the reason is about; a clause is used where it has both.
CLAUSES: Mapping[str, Sequence[StrOrPromise]] = {
    "named": (
        gettext_lazy("the text names the speaker: “%(about)s”"),
        gettext_lazy("the text names the speaker"),
    ),
    "named_together": (gettext_lazy("the text names them together: “%(about)s”"),),
    "registry_name": (gettext_lazy("the full name is on record: “%(about)s”"),),
    "registry_surname": (gettext_lazy("of the people on record the surname fits only “%(about)s”"),),
    "pronoun": (
        gettext_lazy("“%(mention)s” points back to “%(about)s”"),
        gettext_lazy("“%(mention)s” points back to the one spoken of last"),
        gettext_lazy("the pronoun points back to the one spoken of last"),
    ),
    "pronoun_first": (
        gettext_lazy("“%(mention)s” stands at the beginning, and the text names this person first"),
        gettext_lazy("the text names this person first"),
    ),
    "only_person": (gettext_lazy("the text names nobody else who fits"),),
    "most_named": (gettext_lazy("the text names nobody else so often"),),
    "interviewed": (gettext_lazy("the text introduces this person before the first question"),),
    "goes_on": (gettext_lazy("the same speech goes on"),),
    "said_last": (gettext_lazy("nobody is named here, and this speaker was the last one before"),),
    "also_possible": (gettext_lazy("this one may be meant as well"),),
    "as_printed": (gettext_lazy("the text says no more than “%(about)s”"),),
    "role_in_text": (
        gettext_lazy("the text has told who “%(mention)s” is"),
        gettext_lazy("the text has told who holds that role"),
    ),
    "office_holder": (
        gettext_lazy("“%(mention)s” is the holder of the office “%(about)s” on %(day)s"),
        gettext_lazy("“%(mention)s” is the holder of the office “%(about)s”"),
        gettext_lazy("the office “%(about)s” is held by this person on %(day)s"),
        gettext_lazy("the office “%(about)s” is held by this person"),
    ),
    "role_of_last": (
        gettext_lazy("“%(mention)s” fits the one who spoke last"),
        gettext_lazy("the role fits the one who spoke last"),
    ),
    "role_of_subject": (
        gettext_lazy("“%(mention)s” fits the one of whom the sentence before tells"),
        gettext_lazy("the role fits the one of whom the sentence before tells"),
    ),
    "document": (gettext_lazy("the words stand in a document: “%(about)s”"),),
    "document_of_last": (gettext_lazy("the document is of the body that spoke last"),),
    "body": (gettext_lazy("the text names a body as the speaker: “%(about)s”"),),
    "body_of_last": (
        gettext_lazy("“%(mention)s” fits the body that spoke last"),
        gettext_lazy("the word fits the body that spoke last"),
    ),
    "body_told_of": (gettext_lazy("the text has just told of this body: “%(about)s”"),),
}
# For a code that only an older engine, whose suggestions are still here, knew; or a newer one.
UNKNOWN = gettext_lazy("a reason without a name in this version: %(code)s")

# How the engine has recognised that words are a statement; the endings are told behind.
RULES: Mapping[str, StrOrPromise] = {
    "direct.inside": gettext_lazy("quoted words with the attribution between them: “…, — said X, — …”"),
    "direct.after": gettext_lazy("quoted words, then the attribution: “…”, — said X"),
    "direct.before": gettext_lazy("attribution, then the quoted words: X said “…”"),
    "direct.colon": gettext_lazy("attribution, colon, quoted words: X said: “…”"),
    "direct.alone": gettext_lazy("quoted words alone in their paragraph"),
    "direct.goes_on": gettext_lazy("quoted words that go on from the quotation before"),
    "direct.headline": gettext_lazy("quoted words at the beginning of a headline: “…”: …"),
    "direct.interview": gettext_lazy("an answer in an interview, word for word"),
    "direct.about_this": gettext_lazy("quoted words, then “X said this” in the next sentence"),
    "indirect.about_this": gettext_lazy("a report, then “X said this” in the next sentence"),
    "indirect.according_to": gettext_lazy("“according to X” and the report"),
    "indirect.as_said": gettext_lazy("“as X said” and the report"),
    "indirect.inserted": gettext_lazy("a report with “said X” inserted"),
    "indirect.colon": gettext_lazy("attribution, colon, report"),
    "indirect.headline": gettext_lazy("a headline: X: report"),
    "indirect.interview": gettext_lazy("an answer in an interview: X: …"),
    "indirect.infinitive": gettext_lazy("X asked, promised, called on somebody to do something"),
    "indirect.question": gettext_lazy("X told who, where, when, why"),
    "indirect.that": gettext_lazy("X said that …"),
    "indirect.bare": gettext_lazy("X said … (a clause without “that”)"),
    "indirect.adjective": gettext_lazy("X is confident that …"),
    "indirect.noun": gettext_lazy("X’s claim that …"),
    "indirect.naming": gettext_lazy("X called something so and so"),
    "indirect.thing": gettext_lazy("X called for, opposed or demanded something"),
    "indirect.no_conjunction": gettext_lazy("X is sure … (a report without “that”)"),
    "indirect.whether": gettext_lazy("X asked whether …"),
    "mixed.naming": gettext_lazy("X called something “…”"),
}
ENDINGS: Mapping[str, StrOrPromise] = {
    "quoted": gettext_lazy("all in quotation marks"),
    "unknown_verb": gettext_lazy("by a verb that is not in the list of cues"),
    "sentence": gettext_lazy("attributed by a sentence of its own"),
    "according_to": gettext_lazy("by “according to”"),
    "name_alone": gettext_lazy("by a name without a verb"),
    "no_cue": gettext_lazy("without a verb"),
}

# From which confidence on it is called so.
LEVELS: Sequence[tuple[float, StrOrPromise]] = (
    (0.9, pgettext_lazy("confidence", "almost sure")),
    (0.75, pgettext_lazy("confidence", "likely")),
    (0.0, pgettext_lazy("confidence", "uncertain")),
)


def because(reasons: Sequence[Sequence[str]], mention: str = "", day: date | None = None) -> str:
    """The reasons as one clause, in the reader's language; empty where there are none.

    `mention` are the words of the text that name the speaker: what the first reason is about. `day` is the day of
    publication, on which holders of offices are looked up.
    """
    told = [
        _clause(code, {"about": about, "mention": mention if number == 0 else "", "day": _in_words(day)})
        for number, (code, about) in enumerate(dict.fromkeys(map(tuple, reasons)))
    ]
    return "; ".join(dict.fromkeys(told))


def _clause(code: str, values: dict[str, str]) -> str:
    known = {name: value for name, value in values.items() if value}
    for clause in CLAUSES.get(code, ()):
        try:
            return str(clause) % known
        except KeyError:
            continue
    return str(UNKNOWN) % {"code": code}


def rule_in_words(rule: str) -> str:
    """What the rule recognises a statement by; its id where it has no words."""
    base, endings = rule, list[str]()
    while base not in RULES and "." in base:
        base, _dot, ending = base.rpartition(".")
        endings.insert(0, str(ENDINGS.get(ending, ending)))
    return ", ".join([str(RULES[base]), *endings]) if base in RULES else rule


def confidence_in_words(confidence: float) -> str:
    """How sure the engine is, in a word or two."""
    return str(next(word for least, word in LEVELS if confidence >= least))


def _in_words(day: date | None) -> str:
    return date_format(day, "j E Y") if day else ""
