"""A link to the very words on the live page: a text fragment, `#:~:text=[prefix-,]start[,end][,-suffix]`.

After the draft of the WICG, "URL Fragment Text Directives". The page may have changed since; then a browser opens it at
the top and says nothing, so such a link always stands beside the one that stays.
"""

import re
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final
from urllib.parse import quote

# Code points up to which all of the words are given; of more, the first and the last ones.
WHOLE_AT_MOST: Final = 200
END_WORDS: Final = 5
CONTEXT_WORDS: Final = 8
# A no-break space is a character of its own, in the page as well.
SPACE: Final = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class _Directive:
    """The terms, each a list of words; the browser looks for each within one block."""

    start: list[str]
    end: list[str]
    prefix: list[str]
    suffix: list[str]

    def __str__(self) -> str:
        terms = [encoded(self.start), encoded(self.end)]
        before = f"{encoded(self.prefix)}-" if self.prefix else ""
        after = f"-{encoded(self.suffix)}" if self.suffix else ""
        return "text=" + ",".join(filter(None, [before, *terms, after]))

    def place(self, text: str) -> tuple[int, int] | None:
        """Where a browser finds it first: case does not matter, white space is one space, words are whole."""
        first = _spaced(self.prefix), _spaced(self.start)
        if not self.end:
            words = r"\s*".join(filter(None, [first[0], f"(?P<start>{first[1]})", _spaced(self.suffix)]))
            found = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
            return (found.start("start"), found.end("start")) if found else None
        words = r"\s*".join(filter(None, [first[0], f"(?P<start>{first[1]})"]))
        begun = re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE)
        if not begun:
            return None
        last = r"\s*".join(filter(None, [f"(?P<end>{_spaced(self.end)})", _spaced(self.suffix)]))
        ended = re.compile(rf"(?<!\w){last}(?!\w)", re.IGNORECASE).search(text, begun.end("start"))
        return (begun.start("start"), ended.end("end")) if ended else None


def live_link(address: str, text: str, spans: list[tuple[int, int]]) -> str:
    """The article's address with a directive for each span: the browser marks all and scrolls to the first.

    Spans count code points of `text`, the end exclusive. What stands elsewhere in the text, too, gets as much context
    as tells it apart.
    """
    base = address.partition(":~:")[0]
    directives = "&".join(str(_directive(text, start, end)) for start, end in spans)
    return f"{base}{'' if '#' in base else '#'}:~:{directives}"


def encoded(words: list[str]) -> str:
    """The term in percent-encoded UTF-8; the three signs of the syntax, `-`, `,` and `&`, as well."""
    return quote(" ".join(words), safe="").replace("-", "%2D")


def _directive(text: str, start: int, end: int) -> _Directive:
    """The shortest directive by which a browser finds the span in the text before anything else."""
    blocks = [words for line in text[start:end].split("\n") if (words := _words(line))]
    if len(blocks) == 1 and (end - start <= WHOLE_AT_MOST or len(blocks[0]) <= 2 * END_WORDS):
        bare = _Directive(blocks[0], [], [], [])
        return _told_apart(bare, text, start, end)
    first, last = blocks[0], blocks[-1]
    # Each end takes up more words until it is the right one; the two never share a word.
    most = len(first) // 2 if len(blocks) == 1 else max(len(first), len(last))
    tried = [
        _told_apart(_Directive(first[:count], last[-count:], [], []), text, start, end)
        for count in accumulate([END_WORDS, END_WORDS, 2 * END_WORDS])
        if count <= max(most, END_WORDS)
    ]
    return next((one for one in tried if one.place(text) == _trimmed(text, start, end)), tried[0])


def _told_apart(bare: _Directive, text: str, start: int, end: int) -> _Directive:
    """With as little context as leads to the span; without any where no context does."""
    wanted = _trimmed(text, start, end)
    before, after = _beside(text[:start].split("\n"), last=True), _beside(text[end:].split("\n"), last=False)
    contexts = [(count, 0) for count in range(CONTEXT_WORDS + 1)] + [(n, n) for n in range(1, CONTEXT_WORDS + 1)]
    for words_before, words_after in contexts:
        prefix = before[len(before) - words_before :] if words_before else []
        tried = replace(bare, prefix=prefix, suffix=after[:words_after])
        if tried.place(text) == wanted:
            return tried
    return bare


def _beside(lines: list[str], *, last: bool) -> list[str]:
    """The words of the nearest block beside a span."""
    blocks = [words for line in lines if (words := _words(line))]
    return (blocks[-1] if last else blocks[0]) if blocks else []


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The range without white space at its ends."""
    exact = text[start:end]
    return start + len(exact) - len(exact.lstrip(" \t\r\n")), end - len(exact) + len(exact.rstrip(" \t\r\n"))


def _words(line: str) -> list[str]:
    return [word for word in SPACE.split(line) if word]


def _spaced(words: list[str]) -> str:
    return r"\s+".join(map(re.escape, words))
