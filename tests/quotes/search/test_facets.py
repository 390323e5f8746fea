"""Facets say how many of the statements found have which speaker, office and so on: exactly."""

import datetime
from collections import Counter
from dataclasses import replace
from itertools import count
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotes.search import schema
from quotes.search.counting import Remembered
from quotes.search.finding import FACETS, Filters
from quotes.search.index import Index
from quotes.search.query import parse
from quotes.search.schema import organization_code, person_code
from tests.quotes.search.conftest import START, fill, found, statement

WORDS = ("мост", "река", "берег", "сустрэча", "bridge")
ALL = dict.fromkeys(FACETS, 1_000)

few = st.integers(1, 4)
documents = st.lists(
    st.fixed_dictionaries(
        {
            "words": st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join),
            "said_by": st.none() | st.tuples(st.sampled_from(["speaker", "organization"]), few),
            "day": st.none() | st.integers(2001, 2004).map(lambda year: f"{year}-06-01"),
            "office": st.none() | few,
            "meeting": st.none() | few,
            "sources": st.sets(few, max_size=4).map(tuple),
            "topics": st.sets(st.integers(1, 7), max_size=7).map(tuple),
            "kinds": st.sets(st.sampled_from(["direct", "indirect", "mixed"])).map(tuple),
            "languages": st.sets(st.sampled_from(["ru", "be", "en"])).map(tuple),
        }
    ),
    max_size=12,
)
chosen = st.fixed_dictionaries(
    {},
    optional={
        "speakers": st.frozensets(few, max_size=2),
        "organizations": st.frozensets(few, max_size=2),
        "offices": st.frozensets(few, max_size=2),
        "meetings": st.frozensets(few, max_size=2),
        "sources": st.frozensets(few, max_size=2),
        "topics": st.frozensets(st.integers(1, 7), max_size=2),
        "kinds": st.frozensets(st.sampled_from(["direct", "mixed"]), max_size=2),
        "languages": st.frozensets(st.sampled_from(["ru", "be"]), max_size=2),
        "years": st.frozensets(st.integers(2001, 2004), max_size=2),
    },
).map(lambda values: Filters(**values))


@pytest.fixture(scope="module")
def one_index(tmp_path_factory):
    return Index(tmp_path_factory.mktemp("facets") / "index")


def document(number, fields):
    fields = dict(fields)
    said_by = fields.pop("said_by")
    words = fields.pop("words")
    return statement(number, words, **(dict([said_by]) if said_by else {}), **fields)


def values(document, facet):
    """What a document has of a facet, read from its own fields."""
    if facet == "speaker":
        person, body = document.speaker, document.organization
        return {person_code(person)} if person else {organization_code(body)} if body else set()
    if facet == "year":
        return {document.day.year} if document.day else set()
    if facet in ("office", "meeting"):
        return {getattr(document, facet)} - {None}
    return set(getattr(document, FACETS[facet]))


def passes(document, filters):
    return all(not filters.chosen(facet) or values(document, facet) & filters.chosen(facet) for facet in FACETS)


def counted(those, facet, filters):
    """The facet's counts by hand, with zeros for what is chosen."""
    others = [each for each in those if passes(each, filters.without(facet))]
    counts = Counter(value for each in others for value in values(each, facet))
    return dict.fromkeys(filters.chosen(facet), 0) | counts


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents, chosen, st.sampled_from(["", "мосты", "мост река", "-берег", "bridge OR сустрэчы"]))
def test_counts_are_those_of_counting_by_hand(one_index, fields, filters, typed):
    those = [document(number, each) for number, each in enumerate(fields, 1)]
    fill(one_index, *those)
    query = parse(typed)
    numbers = set(found(one_index, typed, limit=1_000))
    matching = [each for each in those if each.id in numbers]
    for facet, pairs in one_index.facets(query, ALL, filters).items():
        assert dict(pairs) == counted(matching, facet, filters), facet
        assert [number for _value, number in pairs] == sorted((number for _value, number in pairs), reverse=True)
    shown = {each.id for each in matching if passes(each, filters)}
    assert set(found(one_index, typed, filters=filters, limit=1_000)) == shown
    assert one_index.count(query, filters) == len(shown)


def test_only_the_first_ones_are_given_and_what_is_chosen_besides(index):
    fill(index, *(statement(number, "мост", speaker=1 + number % 5 % 3, topics=(number,)) for number in range(1, 21)))
    pairs = index.facets(parse("мост"), {"speaker": 1, "topic": 2}, Filters(topics=frozenset({17})))
    assert [value for value, _count in pairs["topic"]] == [1, 2, 17]
    assert pairs["speaker"] == ((person_code(3), 1),)
    without = index.facets(parse("мост"), {"speaker": 1}, Filters())
    assert without["speaker"] == ((person_code(1), 8),)


def test_a_value_beyond_the_first_ones_is_counted_exactly_where_it_is_chosen(index):
    fill(index, *(statement(number, "мост", office=number % 4 + 1) for number in range(1, 22)))
    pairs = index.facets(parse(""), {"office": 1}, Filters(offices=frozenset({1, 9})))
    assert pairs["office"] == ((2, 6), (1, 5), (9, 0))


def test_sums_of_cut_columns_are_counted_again(index, monkeypatch):
    monkeypatch.setattr("quotes.search.counting.MOST_BROUGHT", 2)
    those = [statement(number, "мост", sources=(number % 5 + 1, 6 + number % 2)) for number in range(1, 31)]
    fill(index, *those)
    counts = Counter(source for each in those for source in each.sources)
    pairs = index.facets(parse(""), {"source": 10})["source"]
    assert pairs
    assert all(counts[value] == number for value, number in pairs)


@pytest.mark.parametrize("most", [20, 200])
@pytest.mark.parametrize("commits", [1, 6])
def test_the_first_values_are_exact_where_segments_hand_over_few(index, monkeypatch, most, commits):
    monkeypatch.setattr("quotes.search.counting.SOME_VALUES", 3)
    chance = Random(7)  # noqa: S311 - no secret
    those = [statement(number, "мост", office=chance.randint(1, most)) for number in range(1, 301)]
    size = len(those) // commits
    with index.rebuild() as writer:
        for start in range(0, len(those), size):
            writer.replace(those[start : start + size], [], START)
    pairs = index.facets(parse(""), {"office": 4})["office"]
    counts = Counter(each.office for each in those)
    assert [number for _office, number in pairs] == sorted(counts.values(), reverse=True)[:4]
    assert all(counts[office] == number for office, number in pairs)


def test_a_value_that_is_first_in_no_segment_may_be_first_of_all(index, monkeypatch):
    monkeypatch.setattr("quotes.search.counting.SOME_VALUES", 3)
    numbers = count(1)
    with index.rebuild() as writer:
        for segment in range(5):
            offices = [segment * 10 + local for local in range(1, 8) for _ in range(6)] + [99] * 5
            writer.replace([statement(next(numbers), "мост", office=office) for office in offices], [], START)
    assert index.facets(parse(""), {"office": 1})["office"] == ((99, 25),)


def test_no_column_has_a_gap_which_would_slow_counting_down(index):
    """Tantivy's own word for it stands in the column's header; what can be seen of it is that each document has a value."""
    fill(index, statement(1, "мост", day=None), statement(2, "мост", topics=(1, 2, 3, 4, 5, 6)))
    searcher = index._searcher()
    names = [*schema.SINGLE, *schema.columns(), *schema.TOGETHER.values()]
    answer = searcher.aggregate(
        schema.tantivy.Query.all_query(), {name: {"value_count": {"field": name}} for name in names}
    )
    assert {name: answer[name]["value"] for name in names} == dict.fromkeys(names, searcher.num_docs)


def test_counts_follow_each_commit(filled):
    assert dict(filled.facets(parse(""), ALL)["kind"]) == {"direct": 1, "indirect": 2}
    with filled.writer() as writer:
        writer.replace([statement(9, "новое", kinds=("mixed",))], [1], replace(START, xid=START.xid + 1))
    assert dict(filled.facets(parse(""), ALL)["kind"]) == {"indirect": 1, "mixed": 1}


def test_what_was_asked_last_is_remembered_and_no_more():
    asked = []
    remembered = Remembered(2)

    def answer(question):
        return remembered.get(question, lambda: asked.append(question) or question)

    assert [answer(question) for question in "abac"] == list("abac")
    assert asked == ["a", "b", "c"]
    answer("a")
    assert asked == ["a", "b", "c"]
    answer("b")
    assert asked == ["a", "b", "c", "b"]


def test_a_date_of_some_years_counts_for_its_first(index):
    fill(index, statement(1, "мост", day="2024-01-01"), statement(2, "мост", day=None))
    assert index.facets(parse(""), ALL)["year"] == ((2024, 1),)
    assert found(index, "", filters=Filters(years=frozenset({2024, 2030}))) == [1]
    assert found(index, "", filters=Filters(since=datetime.date(2024, 1, 1), years=frozenset({2023}))) == []
