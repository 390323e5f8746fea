"""A link to the words on the live page, followed as the WICG's draft tells browsers to."""

import re
from urllib.parse import unquote, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from quotes.citing.live import live_link

ADDRESS = "https://vestnik.example/most"
TEXT = "«Мост будет построен», — сказал Иван Озёрный.\nОн добавил: «Работы, — пояснил он, — уже идут»."
SYNTAX = re.compile(
    r"text=(?:(?P<prefix>[^,&-]+)-,)?(?P<start>[^,&-]+)(?:,(?P<end>[^,&-]+))?(?:,-(?P<suffix>[^,&-]+))?"
)


def link(text, *words):
    """The link for words, each where it stands first."""
    return live_link(ADDRESS, text, [(text.index(part), text.index(part) + len(part)) for part in words])


def followed(address, text):
    """What a browser marks in a page of these blocks, for each directive."""
    return [text[start:end] for start, end in places(address, text)]


def places(address, text):
    fragment = urlsplit(address).fragment.partition(":~:")[2]
    return [marked(SYNTAX.fullmatch(directive).groupdict(), text) for directive in fragment.split("&")]


def marked(terms, text):
    """The first place of the start, right after the prefix, and the first of the end from there, right before the suffix."""
    prefix, start, end, suffix = (unquote(terms[name] or "") for name in ("prefix", "start", "end", "suffix"))
    for begun in all_of(start, text, 0, whole_start=not prefix, whole_end=bool(end) or not suffix):
        if prefix and not any(skipped(text, to) == begun[0] for _, to in all_of(prefix, text, 0, whole_start=True)):
            continue
        ends = all_of(end, text, begun[1], whole_start=True, whole_end=not suffix) if end else [begun]
        for ended in ends:
            if not suffix or (skipped(text, ended[1]) in (at for at, _ in all_of(suffix, text, 0, whole_end=True))):
                return begun[0], ended[1]
    return None


def all_of(term, text, at, *, whole_start=False, whole_end=False):
    """Each place of the term within one block, by whatever case, white space being one space."""
    words = re.escape(term).replace(r"\ ", r"[ \t]+")
    bounded = (r"(?<!\w)" if whole_start else "") + f"(?=({words}))" + (r"(?=\1(?!\w))" if whole_end else "")
    return [match.span(1) for match in re.compile(bounded, re.IGNORECASE).finditer(text, at)]


def skipped(text, at):
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def test_short_words_are_given_whole():
    assert link(TEXT, "Мост будет") == f"{ADDRESS}#:~:text=%D0%9C%D0%BE%D1%81%D1%82%20%D0%B1%D1%83%D0%B4%D0%B5%D1%82"


def test_the_signs_of_the_syntax_are_encoded():
    text = "Сказал: 50%, Q&A - по-нашему, a=b #1"
    address = link(text, "50%, Q&A - по-нашему, a=b #1")
    assert "text=50%25%2C%20Q%26A%20%2D%20%D0%BF%D0%BE%2D%D0%BD" in address
    assert followed(address, text) == ["50%, Q&A - по-нашему, a=b #1"]


def test_each_span_has_a_directive_of_its_own():
    address = link(TEXT, "Работы,", "уже идут")
    assert address.count("text=") == 2
    assert followed(address, TEXT) == ["Работы,", "уже идут"]


def test_of_long_words_the_first_and_the_last_are_given():
    words = " ".join(f"слово{number}" for number in range(60))
    address = link(f"Он сказал: «{words}».", words)
    assert unquote(address).endswith(
        ":~:text=слово0 слово1 слово2 слово3 слово4,слово55 слово56 слово57 слово58 слово59"
    )


def test_no_term_runs_over_the_end_of_a_block():
    text = "Он сказал.\nПервая строка\nвторая\nпоследняя строка\nКонец."
    address = link(text, "Первая строка\nвторая\nпоследняя строка")
    assert unquote(address).endswith(":~:text=Первая строка,последняя строка")
    assert followed(address, text) == ["Первая строка\nвторая\nпоследняя строка"]


def test_words_that_stand_earlier_too_are_told_apart_by_what_goes_before():
    text = "Мост построят. Он повторил: мост построят. И снова: мост построят."
    start = text.rindex("мост")
    address = live_link(ADDRESS, text, [(start, start + len("мост построят"))])
    assert unquote(address).endswith(":~:text=снова:-,мост построят")
    assert places(address, text) == [(start, start + len("мост построят"))]


def test_and_by_what_follows_where_that_is_the_same():
    text = "Снова и снова слышно: да, сказал он. " * 9 + "Снова и снова слышно: да, сказала она."
    start = text.rindex("да,")
    address = live_link(ADDRESS, text, [(start, start + 2)])
    assert unquote(address).endswith("слышно:-,да,-, сказала")
    assert places(address, text) == [(start, start + 2)]


def test_the_end_of_long_words_is_not_looked_for_too_early():
    words = " ".join([*["и так далее и так"] * 12, "до самого конца и так далее и так"])
    text = f"Он сказал: «{words}». И замолчал."
    start = text.index(words)
    assert places(link(text, words), text) == [(start, start + len(words))]


def test_words_found_nowhere_in_one_way_still_have_a_link():
    text = "да да да да да да да да да да да да да да да да да да да да да да да да"
    start = len("да ") * 12
    assert followed(live_link(ADDRESS, text, [(start, start + 2)]), text) == ["да"]


def test_an_address_with_a_fragment_keeps_it_and_loses_a_directive():
    assert live_link(f"{ADDRESS}#part", "да", [(0, 2)]).startswith(f"{ADDRESS}#part:~:text=")
    assert live_link(f"{ADDRESS}#:~:text=old", "да", [(0, 2)]).startswith(f"{ADDRESS}#:~:text=%D0")


TEXTS = st.lists(
    st.lists(st.sampled_from(["мост", "Мост", "и", "дорога,", "«паром»", "по-нашему", "50%", "a&b", "река."]), min_size=1)
    .map(" ".join),
    min_size=1, max_size=6,
).map("\n".join)  # fmt: skip


@given(TEXTS, st.data())
def test_a_link_leads_to_the_very_words_or_to_the_same_ones(text, data):
    ends = [match.span() for match in re.finditer(r"\S+", text)]
    first = data.draw(st.integers(0, len(ends) - 1))
    last = data.draw(st.integers(first, len(ends) - 1))
    start, end = ends[first][0], ends[last][1]
    [shown] = followed(live_link(ADDRESS, text, [(start, end)]), text)
    assert shown.lower().split()[0] == text[start:end].lower().split()[0]
