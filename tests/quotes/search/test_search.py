import datetime
import itertools

import pytest

from quotes.search.index import DEEPEST, Filters
from quotes.search.query import parse
from quotes.search.schema import sort_key
from tests.quotes.search.conftest import fill, found, statement


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("смешной миллиард", [1]),
        ("СМЕШНЫМИ миллиардами", [1]),
        ("Токаев", [2]),
        ("Байжанов", [1]),
        ("Пробный миллиард", [1]),
        ("Пробного", [1]),
        ("пресс-служба", [2]),
        ("служба", [2]),
        ("5000", [2]),
        ("5 000", [2]),
        ("мільярд", [3]),
        ("Сустрэча", [3]),
        ("паслоў", [1, 3]),  # «послом», in a text that does not tell its language, is read as both
        ("миллиард Токаев", []),
        ("нетакогослова", []),
    ],
)
def test_words_are_found_in_any_form_and_across_fields(filled, typed, expected):
    assert sorted(found(filled, typed)) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"тот миллиард"', [1]),
        ('"визита Токаева"', [2]),
        ('"визит Токаева"', []),
        ('"вымышленного края"', [1]),
        ('"Пробный миллиард"', []),
        ('"миллиарда"', []),
        ('"варта сустрэчы"', []),  # two spans, not one text
        ('"5 000 рублей"', [2]),
        ('"ждем визита"', [2]),
    ],
)
def test_a_phrase_is_found_word_for_word_within_one_text(filled, typed, expected):
    assert found(filled, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("-Токаев", [1, 3]),
        ("-Токаев -Байжанов", [3]),
        ("миллиард -Байжанов", []),
        ('миллиард -"смешной миллиард"', []),
        ('миллиард -"смешным миллиардом"', [1]),
        ("Токаев OR Байжанов", [1, 2]),
        ("Токаев OR Байжанов -рубль", [1]),
        ("", [1, 2, 3]),
    ],
)
def test_exclusions_and_alternatives(filled, typed, expected):
    assert sorted(found(filled, typed)) == expected


@pytest.mark.parametrize(
    ("typed", "in_label_only"),
    [
        ('"смешной миллиард"', True),
        ('"смешной миллиард" Байжанов', True),
        ('"тот миллиард"', False),
        ("смешной миллиард", False),
    ],
)
@pytest.mark.parametrize("order", ["relevance", "newest"])
def test_a_phrase_of_the_nickname_alone_is_told_apart(filled, typed, in_label_only, order):
    [hit] = filled.search(parse(typed), order=order).hits
    assert (hit.id, hit.in_label_only) == (1, in_label_only)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(speakers=frozenset({7})), [1]),
        (Filters(speakers=frozenset({7, 8})), [1, 2]),
        (Filters(meetings=frozenset({3})), [1]),
        (Filters(sources=frozenset({2})), [1, 2]),
        (Filters(articles=frozenset({12})), [1]),
        (Filters(topics=frozenset({5, 6})), [1]),
        (Filters(kinds=frozenset({"indirect"})), [1, 2]),
        (Filters(languages=frozenset({"be"})), [1, 3]),
        (Filters(sources=frozenset({2}), languages=frozenset({"be"})), [1]),
        (Filters(speakers=frozenset({9})), []),
        (Filters(since=datetime.date(2024, 3, 5)), [2]),
        (Filters(until=datetime.date(2024, 3, 4)), [1]),
        (Filters(since=datetime.date(2024, 3, 4), until=datetime.date(2024, 3, 5)), [1, 2]),
    ],
)
def test_filters_narrow_what_is_found(filled, filters, expected):
    assert sorted(found(filled, "", filters=filters)) == expected


def test_orders_by_date_put_the_undated_first_in_time(filled):
    assert found(filled, "", order="newest") == [2, 1, 3]
    assert found(filled, "", order="oldest") == [3, 1, 2]


def test_in_the_order_of_approval_what_became_public_last_comes_first_whenever_it_was_said(index):
    old = statement(1, "Слово о зерне", day="1999-01-01", approval=12)
    fill(index, old, statement(2, "О зерне", approval=11), statement(3, "О зерне", day=None, approval=13))
    assert found(index, "зерно", order="approved") == [3, 1, 2]
    first = index.search(parse("зерно"), order="approved", limit=1)
    assert found(index, "зерно", order="approved", after=first.next_after) == [1, 2]


def test_by_relevance_the_better_match_comes_first(index):
    far = "Много слов о разном, и среди них одно слово о зерне, а потом снова о чём-то совсем ином."
    fill(index, statement(1, far, day="2024-03-09"), statement(2, "О зерне."), statement(3, "О погоде."))
    hits = index.search(parse("зерно")).hits
    assert [hit.id for hit in hits] == [2, 1]
    assert hits[0].score > hits[1].score


def test_filters_and_many_forms_do_not_weigh(filled):
    plain = filled.search(parse("смешной")).hits[0].score
    narrowed = filled.search(parse("смешной"), filters=Filters(sources=frozenset({2}))).hits[0].score
    assert plain == narrowed


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance", "approved"])
@pytest.mark.parametrize("typed", ["зерно", "-лён", ""])
def test_walking_all_pages_gives_every_statement_once(index, order, typed):
    fill(index, *(statement(number, "Слово о зерне", approval=1000 - number) for number in range(1, 96)))
    seen, after, totals = [], None, set()
    while True:
        page = index.search(parse(typed), order=order, after=after, limit=10)
        seen += [hit.id for hit in page.hits]
        totals.add(page.total)
        after = page.next_after
        if after is None:
            break
    assert sorted(seen) == list(range(1, 96))
    assert totals == {95}
    if order == "newest":
        assert seen == sorted(seen, reverse=True)


def test_paging_by_date_misses_nothing_that_stays_while_others_come_and_go(index):
    fill(index, *(statement(number, "Слово о зерне") for number in range(1, 31)))
    first = index.search(parse("зерно"), order="newest", limit=10)
    with index.writer() as writer:
        writer.replace([statement(99, "Слово о зерне", day="2024-05-01")], [30, 25, 15], writer.position())
    rest = index.search(parse("зерно"), order="newest", after=first.next_after, limit=100)
    assert [hit.id for hit in rest.hits] == [number for number in range(20, 0, -1) if number != 15]
    assert rest.total == 28


def test_the_last_page_says_so_even_when_full(index):
    fill(index, *(statement(number, "Слово о зерне") for number in range(1, 11)))
    for order in ("newest", "relevance"):
        assert index.search(parse("зерно"), order=order, limit=10).next_after is None


def test_relevance_ends_where_nobody_reads(filled):
    page = filled.search(parse("миллиард"), after=DEEPEST)
    assert (page.hits, page.next_after, page.total) == ((), None, 1)


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 10_000}, {"after": -1}, {"after": 1 << 64}])
def test_a_page_that_cannot_be_is_refused(filled, wrong):
    with pytest.raises(ValueError, match="page"):
        filled.search(parse("миллиард"), **wrong)


@pytest.mark.parametrize(
    "typed", ["а" * 10_000, "слово " * 3_000, '"' + "а " * 1_500 + '"', "²", "½ ʼ", "a:b AND (c)", "*"]
)
def test_nothing_typed_breaks_the_search(filled, typed):
    assert filled.search(parse(typed)).total <= 3


def test_keys_stand_in_the_order_of_days_then_ids():
    early, late = datetime.date(2024, 3, 4), datetime.date(2024, 3, 5)
    assert sort_key(None, 9) < sort_key(early, 1) < sort_key(early, 2) < sort_key(late, 1)
    with pytest.raises(ValueError, match="Statement ids"):
        sort_key(early, 1 << 40)


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
@pytest.mark.parametrize(("count", "limit"), [(23, 5), (20, 5), (5, 5), (3, 5)])
def test_pages_walked_back_are_the_pages_walked_forth(index, order, count, limit):
    fill(
        index,
        *(statement(number, "Слово о зерне", day=None if number < 3 else "2024-03-04") for number in range(count)),
    )
    pages = [index.search(parse("зерно"), order=order, limit=limit)]
    while pages[-1].next_after is not None:
        pages.append(index.search(parse("зерно"), order=order, after=pages[-1].next_after, limit=limit))
    assert [page.start for page in pages] == list(range(0, count, limit))
    assert {page.total for page in pages} == {count}
    assert pages[0].previous_before is None
    for earlier, later in itertools.pairwise(pages):
        assert index.search(parse("зерно"), order=order, before=later.previous_before, limit=limit) == earlier


def test_going_back_over_what_is_gone_or_new_ends_at_a_whole_first_page(index):
    fill(index, *(statement(number, "Слово о зерне") for number in range(1, 31)))
    first = index.search(parse("зерно"), order="newest", limit=10)
    second = index.search(parse("зерно"), order="newest", after=first.next_after, limit=10)
    with index.writer() as writer:
        writer.replace([statement(99, "Слово о зерне", day="2024-05-01")], [30, 29], writer.position())
    back = index.search(parse("зерно"), order="newest", before=second.previous_before, limit=10)
    assert [hit.id for hit in back.hits] == [99, *range(28, 19, -1)]
    assert (back.start, back.previous_before) == (0, None)
