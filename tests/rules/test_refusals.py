"""Each refusal, told once as data, is tried twice: as it is, and with its rule removed. And what is taken, is taken."""

import pytest

from tests.rules import acts
from tests.rules.refusals import (
    assignments,
    dates,
    doubles,
    feeds,
    guidelines,
    keys,
    people,
    records,
    reports,
    review,
    sheets,
    snapshots,
    spans,
    statements,
    suggestions,
    working,
)

PARTS = (
    snapshots,
    spans,
    review,
    statements,
    dates,
    people,
    records,
    suggestions,
    feeds,
    assignments,
    working,
    sheets,
    guidelines,
    doubles,
    reports,
    keys,
)
ACTS = [act for part in PARTS for act in part.ACTS]
REFUSED = [act for act in ACTS if act.rule]
TAKEN = [act for act in ACTS if not act.rule]


@pytest.mark.parametrize("act", REFUSED, ids=str)
def test_refused_by_name(world, act):
    acts.expect(world, act)


@pytest.mark.parametrize("act", REFUSED, ids=str)
def test_taken_once_the_rule_is_gone(world, act):
    acts.expect_taken_without_its_rule(world, act)


@pytest.mark.parametrize("act", TAKEN, ids=str)
def test_taken(world, act):
    acts.expect(world, act)
