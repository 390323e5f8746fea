"""Which range of a snapshot's text is the article itself."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Reason = Literal["end_mark", "credit", "teasers", "whole"]


@dataclass(frozen=True, slots=True)
class Body:
    """A proposal: the article is ``text[start:end]``, in code points.

    ``credit`` holds the credit lines outside the body, one a line, as printed. ``reason`` is what
    ended the body: the wire's end-mark, a credit line, teasers, or nothing (the whole text).
    """

    start: int
    end: int
    credit: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, without the white space around it."""

    start: int
    end: int
    text: str

    @property
    def is_credit(self) -> bool:
        return bool(_LABELLED.match(self.text)) or _names_sources(self.text)

    @property
    def is_teaser(self) -> bool:
        return self.text.endswith(("…", "..."))

    @property
    def is_closing(self) -> bool:
        """May stand after an article: a credit, a teaser, or a headline, which has no full stop."""
        return self.is_credit or self.is_teaser or self.is_see_also or not self.is_sentence

    @property
    def is_see_also(self) -> bool:
        return bool(_SEE_ALSO.match(self.text))

    @property
    def is_sentence(self) -> bool:
        return bool(_SENTENCE_END.search(self.text))


# The wire's end: -0- (БелТА, many others) or -30-, in any dashes; «счёт 1-0-» is none.
_END_MARK: Final = re.compile(r"(?<![\w–—-])[-–—] ?(?:0|30) ?[-–—]$")
_SENTENCE_END: Final = re.compile(r"[.!?…:;][»”“\"')\]]*$")
_LABELLED: Final = re.compile(
    r"(?:источник|крыніца|source|sources|фото|фота|photos?|видео|відэа|video|текст|тэкст|text"
    r"|иллюстрация|ілюстрацыя|фото и видео|фота і відэа|текст и фото|тэкст і фота)s?"
    r" ?[:—–] ?\S.{0,199}$|(?:фото (?:автора|из архива)|фота аўтара|photo by)\b.{0,199}$",
    re.IGNORECASE,
)
_BY_MATERIALS: Final = re.compile(
    r"(?:по (?:материалам|информации|сообщениям?|данным)"
    r"|паводле (?:матэрыялаў|інфармацыі|паведамленняў|звестак)|based on (?:reports|materials) (?:by|from|of)) "
    r"(?P<sources>.{1,100}?)\.?$",
    re.IGNORECASE,
)
_QUOTED_NAME: Final = re.compile('«[^»]*»|“[^”]*”|"[^"]*"')
_ADDRESS: Final = re.compile(r"[^\W\d_]\.[^\W\d_]{2}")  # example.by
_PUBLISHER_WORDS: Final = (
    "и сайта сайтов портала порталов газеты газет журнала агентства агентств информагентства редакции радио"
    " телеканала канала телеграм-канала телерадиокомпании издания изданий пресс-службы пресс-центра"
    " министерства управления отдела исполкома райисполкома горисполкома облисполкома"
    " і сайтаў партала газеты часопіса агенцтва рэдакцыі тэлеканала выдання прэс-службы міністэрства"
    " упраўлення аддзела выканкама райвыканкама гарвыканкама аблвыканкама"
    " and the news agency newspaper website press service"
)
_PUBLISHERS: Final = frozenset(_PUBLISHER_WORDS.split())
_SEE_ALSO: Final = re.compile(
    r"(?:(?:читайте|смотрите) также|(?:чытайце|глядзіце) таксама|(?:read|see) (?:also|more)"
    r"|related (?:news|articles|stories))\b[^.]*$",
    re.IGNORECASE,
)
_FEWEST_TEASERS: Final = 2


def propose_body(text: str) -> Body:
    """The article without what a page prints after it; text is normalised (LF line ends).

    In this order:

    1. The wire's end-mark (-0-) at the end of a line ends the article there, itself included: it
       is the author's own word for it. What follows is outside, whatever it looks like.
    2. Else a credit line («По материалам …», «Источник: …», «Фото: …») or a «Читайте также» ends
       it, if nothing follows but more of these, teasers, and headlines (no full stop). Where a
       whole paragraph still follows, it was a caption or a note within the article.
    3. Two or more closing lines that end in «…» are teasers, cut short by the site, and outside,
       right before such a credit line, too. A single one is a part of the article: reports do
       end on an unfinished thought, and losing an article's last words is worse than keeping a
       teaser, which the annotator sees and cuts off.

    What is left must hold a finished sentence, otherwise the whole text is proposed: it is then a
    list, a poem, or something else that these rules know nothing of. White space around the body
    is outside. The body is empty only if the text is.
    """
    lines = list(_lines(text))
    if not lines:
        return Body(0, len(text), "", "whole")
    reason, kept = _kept(lines)
    credit = "\n".join(line.text for line in lines[kept:] if line.is_credit)
    return Body(lines[0].start, lines[kept - 1].end, credit, reason)


def _lines(text: str) -> Iterator[_Line]:
    for match in re.finditer(r"[^\n]+", text):
        line = match.group().strip()
        if line:
            start = match.start() + match.group().index(line)
            yield _Line(start, start + len(line), line)


def _kept(lines: Sequence[_Line]) -> tuple[Reason, int]:
    """How many lines from the first one are the article, and why."""
    for number, line in enumerate(lines):
        mark = _END_MARK.search(line.text)
        if mark and (number or mark.start()):
            return "end_mark", number + 1
    reason, kept = _before_closing_lines(lines)
    if any(line.is_sentence and not line.is_credit for line in lines[:kept]):
        return reason, kept
    return "whole", len(lines)


def _before_closing_lines(lines: Sequence[_Line]) -> tuple[Reason, int]:
    closing = len(lines) - _run(lines, "is_closing")
    for number in range(closing, len(lines)):
        if lines[number].is_credit or lines[number].is_see_also:
            return "credit", _before_teasers(lines, number)
    kept = _before_teasers(lines, len(lines))
    return ("teasers" if kept < len(lines) else "whole"), kept


def _before_teasers(lines: Sequence[_Line], end: int) -> int:
    teasers = _run(lines[:end], "is_teaser")
    return end - teasers if teasers >= _FEWEST_TEASERS else end


def _run(lines: Sequence[_Line], quality: Literal["is_closing", "is_teaser"]) -> int:
    """How many lines at the end have the quality."""
    return next((n for n, line in enumerate(reversed(lines)) if not getattr(line, quality)), len(lines))


def _names_sources(line: str) -> bool:
    """«По материалам БелТА, сайта example.by.», not «По материалам дела Примеров оправдан.»

    Every word must be a name, an address, or a word for a publisher: a sentence has others.
    """
    match = _BY_MATERIALS.match(line)
    if not match:
        return False
    words = _QUOTED_NAME.sub(" A ", match["sources"]).replace(",", " ").split()
    return any(_is_name(word) for word in words) and all(_is_name(word) or word in _PUBLISHERS for word in words)


def _is_name(word: str) -> bool:
    return word != word.lower() or bool(_ADDRESS.search(word))
