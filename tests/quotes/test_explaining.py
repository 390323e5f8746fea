"""The machine's grounds in words: every reason and every rule that the engine knows has a sentence."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from quotes import extraction
from quotes.explaining import CLAUSES, ENDINGS, RULES, UNKNOWN, because, confidence_in_words, rule_in_words

RULE = re.compile(r"(direct|indirect|mixed)(\.[a-z_]+)+")


def engine():
    """The syntax of the engine's modules."""
    return [ast.parse(path.read_text(encoding="utf-8")) for path in Path(extraction.__file__).parent.rglob("*.py")]


def calls(name):
    """The arguments of all calls of a function or method of that name."""
    for tree in engine():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and name in {getattr(node.func, "id", ""), getattr(node.func, "attr", "")}:
                yield node.args


def texts(node):
    """The texts that an expression may be."""
    return {one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def codes_of_the_engine():
    made = [args[0] for args in calls("Reason")]
    handed_on = [args[-1] for args in calls("again")]
    assigned = [
        node.value
        for tree in engine()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "code"
    ]
    return {text for node in (*made, *handed_on, *assigned) for text in texts(node)}


def rules_of_the_engine():
    every = {text for tree in engine() for text in texts(tree)}
    return {text for text in every if RULE.fullmatch(text)}


def test_every_reason_of_the_engine_has_a_clause():
    codes = codes_of_the_engine()
    assert len(codes) > 15
    assert codes - set(CLAUSES) == set()


def test_every_rule_of_the_engine_has_words():
    rules = rules_of_the_engine()
    assert len(rules) > 15
    assert {rule for rule in rules if rule_in_words(rule) == rule} == set()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("code", CLAUSES)
def test_every_clause_can_be_said_with_little_and_with_much(language, code):
    with override(language):
        for clause in (
            because([[code, "Глава Заречья"]], "глава", date(2031, 5, 5)),
            because([[code, "Глава Заречья"]]),
        ):
            assert clause != str(UNKNOWN) % {"code": code}
            assert "%(" not in clause


def test_what_the_first_reason_is_about_is_not_said_of_the_second():
    with override("en"):
        told = because([["pronoun", ""], ["office_holder", "Глава Заречья"]], "он", date(2031, 5, 5))
    assert told == (
        "“он” points back to the one spoken of last; the office “Глава Заречья” is held by this person on 5 May 2031"
    )


def test_the_same_reason_is_given_once():
    with override("en"):
        told = because([["pronoun", ""], ["pronoun", ""]], "она")
    assert told == "“она” points back to the one spoken of last"


def test_a_code_of_another_version_is_told_as_it_is():
    with override("en"):
        assert because([["by_magic", ""]]) == "a reason without a name in this version: by_magic"
        assert rule_in_words("sung.aloud") == "sung.aloud"


def test_a_rule_with_an_ending_says_both():
    with override("en"):
        assert rule_in_words("indirect.that.quoted") == f"{RULES['indirect.that']}, {ENDINGS['quoted']}"


def test_confidence_is_a_word():
    with override("en"):
        assert [confidence_in_words(share) for share in (1.0, 0.9, 0.8, 0.1, 0.0)] == [
            "almost sure",
            "almost sure",
            "likely",
            "uncertain",
            "uncertain",
        ]
