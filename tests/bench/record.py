"""A record made up by lot: people in offices, meetings, sources, articles, and what was said in them.

The same size and seed give the same record. Everything in it is invented; the words are of `words`. What a batch holds
is rows for COPY, with the numbers they will have. A text is made whole first and cut into spans, so that every span is
what stands there.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from tests.bench.words import Speech, Vocabulary, zipf

FIRST_DAY, LAST_DAY = datetime.date(2005, 1, 1), datetime.date(2024, 12, 31)
SHORTEST, LONGEST = 10, 60  # words of a quote
BATCH = 5_000  # articles
REPORTED_TWICE = 0.1  # of the statements, by another article, word for word
MOST_STATEMENTS = 6  # of an article
WORDS = 420  # as many as the longest article takes
LABELLED, ADDRESSED = 0.005, 0.15  # of the statements
PASSAGE_FROM = 120  # code points: a shorter quote has no part that tells it all
NOWHERE = -1

FIRST_NAMES = {
    "m": "Аркадий Борис Вадим Герман Демьян Захар Игнат Климент Лаврентий Макар Назар Остап Родион Тихон Фома".split(),
    "f": "Алла Берта Влада Глафира Дина Ева Злата Инга Клара Лада Майя Нонна Ольга Рената Фаина Эмма".split(),
}
SYLLABLES = "ба ве гу до жи зу кра лю ми не пу ро сви та ту фе хо ца чу шта бо гла дре ка мо ни пле ра сто".split()
ENDINGS = {"m": ("ов", "ин", "ский", "ько"), "f": ("ова", "ина", "ская", "ько")}
SAID = {"m": ("сказал", "заявил", "отметил", "добавил"), "f": ("сказала", "заявила", "отметила", "добавила")}
THEMES = "Мосты Дороги Школы Хлеб Торговля Лес Вода Энергия Театр Спорт Наука Связь Жильё Почта Рынки Музеи Порты Границы".split()
MEETING_KINDS = ("meeting", "speech", "press_conference", "interview", "call", "session", "written")
MEETING_NAMES = ("Встреча", "Выступление", "Пресс-конференция", "Интервью", "Разговор", "Заседание", "Обращение")
SOURCE_KINDS = ("agency", "newspaper", "official", "broadcaster", "channel")
POSTS = ("Глава", "Заместитель главы", "Советник главы", "Секретарь", "Представитель", "Посол")


@dataclass(frozen=True)
class Scale:
    """How much of everything there is beside so many statements: at a million, what the issue of speed names."""

    statements: int

    @property
    def people(self) -> int:
        return max(self.statements // 50, 20)

    @property
    def meetings(self) -> int:
        return max(self.statements // 200, 8)

    @property
    def sources(self) -> int:
        return max(self.statements // 500, 6)

    @property
    def offices(self) -> int:
        return max(self.people // 20, 4)

    @property
    def lemmas(self) -> int:
        """A larger text has more words, though not as many more."""
        return min(80_000, max(1_000, int(80 * self.statements**0.5)))


@dataclass(frozen=True)
class Person:
    gender: str
    name: str
    english: str


@dataclass(frozen=True)
class Occasion:
    kind: str
    name: str
    place: str
    day: datetime.date
    precision: str
    speakers: tuple[int, ...]  # who may speak there, by their place in `Cast.people`


@dataclass(frozen=True)
class Tenure:
    person: int
    office: int
    start: datetime.date
    end: datetime.date


@dataclass(frozen=True)
class Cast:
    """Who and what statements are about; each known by its place in its list."""

    people: list[Person]
    organizations: list[str]
    offices: list[str]
    tenures: list[Tenure]
    meetings: list[Occasion]
    sources: list[tuple[str, str]]  # kind, name
    topics: list[tuple[str, int]]  # name, place of the broader one (NOWHERE: it is one of the broad ones)


@dataclass(frozen=True)
class Numbers:
    """The rows' numbers in the database: of the cast by place, and where the counting of the others goes on."""

    people: list[int]
    organizations: list[int]
    tenures: list[int]
    meetings: list[int]
    sources: list[int]
    topics: list[int]
    authors: list[int]
    reviewers: list[int]
    guideline: int | None
    next: dict[str, int]


@dataclass
class Batch:
    """Rows by table, each a line of COPY's text format."""

    lines: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, *values: object) -> None:
        self.lines[table].append("\t".join(["\\N" if value is None else str(value) for value in values]))


# The columns that a batch fills, in its order.
COLUMNS = {
    "articles_article": "id source_id address title byline language credit published published_known created_at",
    "articles_snapshot": "id article_id method retrieved_at raw media_type encoding extractor text body_start body_end",
    "quotes_statement": "id speaker_id speaker_organization_id speaker_not_identified tenure_id spoken spoken_known"
    " spoken_evidence meeting_id occasion_not_named label lead_id current_revision_id created_at",
    "quotes_quote": "id statement_id snapshot_id kind language attribution passage_start passage_end guideline_id",
    "quotes_span": 'id quote_id start "end" exact',
    "quotes_statement_topics": "id statement_id topic_id",
    "quotes_addressee": "id statement_id person_id organization_id in_words",
    "quotes_authorship": "id statement_id user_id since",
}


@dataclass(frozen=True)
class Said:
    """What was said once, as long as another article may still report it."""

    number: int
    words: list[str]  # of each span
    kind: str
    attribution: str


class Record:
    """The made-up record of a size and a seed: first `cast`, then `batches` of all that refers to it."""

    def __init__(self, statements: int, seed: int = 2024) -> None:
        self.scale = Scale(statements)
        self._random = np.random.default_rng(seed)
        self.vocabulary = Vocabulary.drawn(self.scale.lemmas, self._random)
        self._speech = Speech(self.vocabulary, self.scale.meetings, self._random)
        self.cast = self._cast()

    # The cast

    def _cast(self) -> Cast:
        people = self._people()
        organizations = [f"Ведомство {name}" for name in self._titles(max(self.scale.people // 100, 4))]
        offices = [f"{POSTS[at % len(POSTS)]} {name}" for at, name in enumerate(self._titles(self.scale.offices))]
        return Cast(
            people,
            organizations,
            offices,
            list(self._tenures(len(offices))),
            [self._occasion(at) for at in range(self.scale.meetings)],
            [
                (SOURCE_KINDS[at % len(SOURCE_KINDS)], f"Вестник {name} (вымышлен)")
                for at, name in enumerate(self._titles(self.scale.sources))
            ],
            self._topics(),
        )

    def _people(self) -> list[Person]:
        names: dict[str, Person] = {}
        while len(names) < self.scale.people:
            gender = "f" if self._random.random() < 0.3 else "m"
            first = self._one_of(FIRST_NAMES[gender])
            last = "".join(self._one_of(SYLLABLES) for _ in range(3)) + self._one_of(ENDINGS[gender])
            name = f"{first} {last.capitalize()}"
            names.setdefault(name, Person(gender, name, _in_latin(name)))
        return list(names.values())

    def _titles(self, count: int) -> list[str]:
        """Invented names of places, in the genitive."""
        made: dict[str, None] = {}
        while len(made) < count:
            made["".join(self._one_of(SYLLABLES) for _ in range(3)).capitalize() + "бурга"] = None
        return list(made)

    def _tenures(self, offices: int) -> Iterator[Tenure]:
        """Each office has a few holders one after another over the years; half of the people held one."""
        holders = self._random.permutation(self.scale.people)[: self.scale.people // 2]
        of_office = np.array_split(holders, offices)
        span = (LAST_DAY - FIRST_DAY).days
        for office, people in enumerate(of_office):
            for turn, person in enumerate(people):
                start, end = (FIRST_DAY + datetime.timedelta(span * each // len(people)) for each in (turn, turn + 1))
                yield Tenure(int(person), office, start, end)

    def _occasion(self, at: int) -> Occasion:
        kind = int(self._random.integers(len(MEETING_KINDS)))
        words = self._speech.words(np.full(3, at))
        speakers = self._random.choice(
            self.scale.people, min(6, self.scale.people), replace=False, p=zipf(self.scale.people)
        )
        return Occasion(
            MEETING_KINDS[kind],
            f"{MEETING_NAMES[kind]}: {' '.join(words)}",
            self._titles(1)[0].removesuffix("а"),
            FIRST_DAY + datetime.timedelta(int(self._random.integers((LAST_DAY - FIRST_DAY).days))),
            self._precision(),
            tuple(int(each) for each in speakers),
        )

    def _topics(self) -> list[tuple[str, int]]:
        broad = [(name, NOWHERE) for name in THEMES]
        return broad + [(f"{name}: {part}", at) for at, (name, _) in enumerate(broad) for part in self._parts()]

    def _parts(self) -> list[str]:
        return [words[0] for words in (self.vocabulary.lemmas[int(n)] for n in self._random.integers(0, 500, 8))]

    def _precision(self) -> str:
        return str(self._random.choice(["day", "month", "quarter", "year"], p=[0.92, 0.04, 0.01, 0.03]))

    def _one_of(self, choices):
        return choices[int(self._random.integers(len(choices)))]

    # The statements

    def batches(self, numbers: Numbers) -> Iterator[Batch]:
        """All articles with their statements, in the order of their numbers; speakers and sources by Zipf."""
        made = 0
        while made < self.scale.statements:
            writer = _Writer(self, numbers, self._random, self._speech)
            while writer.articles < BATCH and made < self.scale.statements:
                made += writer.article(self.scale.statements - made)
            yield writer.batch


class _Writer:
    """Writes the articles of one batch. Lots are drawn in bulk: one by one they would take most of the time."""

    def __init__(self, record: Record, numbers: Numbers, random: np.random.Generator, speech: Speech) -> None:
        self.batch = Batch()
        self.articles = 0
        self._cast, self._numbers = record.cast, numbers
        scale, topics = record.scale, len(record.cast.topics)
        self._held = defaultdict(list)
        for at, tenure in enumerate(record.cast.tenures):
            self._held[tenure.person].append((tenure.start, tenure.end, numbers.tenures[at]))
        named = random.choice(scale.meetings, BATCH, p=zipf(scale.meetings))
        self._occasions = np.where(random.random(BATCH) < 0.75, named, NOWHERE)
        self._all_words = speech.words(np.repeat(self._occasions, WORDS))
        self._words: Iterator[str] = iter(())
        self._lots = _endless(lambda: random.random(100_000))
        self._days = _endless(lambda: random.integers(0, (LAST_DAY - FIRST_DAY).days, BATCH))
        self._lengths = _endless(lambda: random.integers(SHORTEST, LONGEST + 1, BATCH))
        self._sources = _endless(lambda: random.choice(scale.sources, BATCH, p=zipf(scale.sources)))
        self._speakers = _endless(lambda: random.choice(scale.people, BATCH, p=zipf(scale.people)))
        self._topics = _endless(lambda: random.choice(topics, BATCH, p=zipf(topics)))
        self._said: list[Said] = []

    def article(self, most: int) -> int:
        """How many new statements the next article holds: one to six, `most` at most."""
        at = self.articles
        self.articles += 1
        self._words = iter(self._all_words[at * WORDS : (at + 1) * WORDS])
        occasion = int(self._occasions[at])
        day = FIRST_DAY + datetime.timedelta(next(self._days))
        if occasion != NOWHERE:
            day = self._cast.meetings[occasion].day
        published = day + datetime.timedelta(int(self._lot() * 3))
        article, snapshot = (_next(self._numbers.next, f"articles_{each}") for each in ("article", "snapshot"))
        source = next(self._sources)
        address = f"https://source-{source}.example/{published:%Y/%m/%d}/{article}"
        self.batch.add(
            *("articles_article", article, self._numbers.sources[source], address, self._sentence(7), "", "ru", ""),
            *(published.isoformat(), "address", f"{published} 12:00:00+00"),
        )
        text = _Text()
        text.add(f"{self._sentence(18)}.")
        count = min(1 + int(self._lot() * MOST_STATEMENTS), most)
        if self._said and self._lot() < REPORTED_TWICE * count:
            self._quote(text, snapshot, self._said.pop(int(self._lot() * len(self._said))))
        for _ in range(count):
            self._statement(text, snapshot, occasion, day, published)
        text.add(f"\n{self._sentence(18)}.")
        body_end = text.length
        text.add(f"\nЧитайте также: {self._sentence(6)}…")
        whole = text.whole()
        self.batch.add(
            *("articles_snapshot", snapshot, article, "paste", f"{published} 13:00:00+00"),
            *("\\\\x" + whole.encode().hex(), "text/plain", "utf-8", "plain text"),
            *(whole.replace("\n", "\\n"), 0, body_end),
        )
        return count

    def _statement(
        self, text: "_Text", snapshot: int, occasion: int, day: datetime.date, published: datetime.date
    ) -> None:
        numbers, add = self._numbers, self.batch.add
        number = _next(numbers.next, "quotes_statement")
        speaker, precision = next(self._speakers), self._precision()
        if occasion != NOWHERE:
            meeting = self._cast.meetings[occasion]
            precision = meeting.precision
            if self._lot() < 0.7:
                speaker = meeting.speakers[int(self._lot() * len(meeting.speakers))]
        person, organization, attribution = self._who(speaker)
        said = self._what(number, attribution)
        quote = self._quote(text, snapshot, said)
        known = ("publication" if self._lot() < 0.15 else "text") if precision == "day" else "other"
        entered = f"{published + datetime.timedelta(3)} 09:00:00+00"
        add(
            *("quotes_statement", number, person, organization, "f" if person or organization else "t"),
            *(self._tenure(speaker, day) if person else None, _edtf(day, precision), known),
            "Ежегодник (вымышлен)" if known == "other" else "",
            *((None, "t") if occasion == NOWHERE else (numbers.meetings[occasion], "f")),
            " ".join(said.words[0].split()[2:4]).strip(",.") if self._lot() < LABELLED else "",
            *(quote, number, entered),
        )
        author = numbers.authors[int(self._lot() * len(numbers.authors))]
        add("quotes_authorship", _next(numbers.next, "quotes_authorship"), number, author, entered)
        for topic in sorted({next(self._topics) for _ in range(int(self._lot() * 3.2))}):
            tagged = _next(numbers.next, "quotes_statement_topics")
            add("quotes_statement_topics", tagged, number, numbers.topics[topic])
        if self._lot() < ADDRESSED:
            addressee = numbers.people[int(self._lot() * len(numbers.people))]
            add("quotes_addressee", _next(numbers.next, "quotes_addressee"), number, addressee, None, "")
        if self._lot() < 2 * REPORTED_TWICE:
            self._said.append(said)

    def _who(self, speaker: int) -> tuple[int | None, int | None, str]:
        """Number of the person, or of the organization, or of neither; and who it was as printed."""
        lot = self._lot()
        if lot < 0.03:
            return None, None, "сказал собеседник издания"
        if lot < 0.06:
            at = speaker % len(self._cast.organizations)
            return None, self._numbers.organizations[at], f"сообщает {self._cast.organizations[at]}"
        person = self._cast.people[speaker]
        verbs = SAID[person.gender]
        return self._numbers.people[speaker], None, f"{verbs[int(self._lot() * len(verbs))]} {person.name}"

    def _tenure(self, speaker: int, day: datetime.date) -> int | None:
        return next((number for start, end, number in self._held[speaker] if start <= day < end), None)

    def _what(self, number: int, attribution: str) -> Said:
        lot = self._lot()
        kind = "direct" if lot < 0.7 else "indirect" if lot < 0.9 else "mixed"
        words = self._quotation(next(self._lengths))
        if kind == "indirect" or self._lot() < 0.7:
            return Said(number, [words], kind, attribution)
        return Said(number, words.split(". ", 1), kind, attribution)

    def _quote(self, text: "_Text", snapshot: int, said: Said) -> int:
        """The number of a new quote in the words of `said`, in a paragraph of its own."""
        numbers, add = self._numbers, self.batch.add
        first, *rest = said.words
        text.add("\n" if said.kind == "indirect" else "\n«")
        spans = [text.add(first)]
        text.add(f", {said.attribution}" if said.kind == "indirect" or rest else f"», — {said.attribution}")
        for more in rest:
            text.add(". — ")
            spans.append(text.add(more))
            text.add("»")
        text.add(".")
        start, end = spans[0]
        passage = (None, None)
        if end - start > PASSAGE_FROM and self._lot() < 0.2:
            passage = (start, start + first.rindex(" ", 0, PASSAGE_FROM))
        quote = _next(numbers.next, "quotes_quote")
        add(
            *("quotes_quote", quote, said.number, snapshot, said.kind, "ru", said.attribution, *passage),
            numbers.guideline,
        )
        for words, (start, end) in zip(said.words, spans, strict=True):
            add("quotes_span", _next(numbers.next, "quotes_span"), quote, start, end, words)
        return quote

    def _quotation(self, length: int) -> str:
        """So many words, in sentences of about twelve, with a comma in each."""
        words = [next(self._words) for _ in range(length)]
        at = 0
        while True:
            words[at] = words[at].capitalize()
            end = at + 6 + int(self._lot() * 12)
            if end + 4 >= length:
                return " ".join(words)
            words[(at + end) // 2] += ","
            words[end] += "."
            at = end + 1

    def _sentence(self, length: int) -> str:
        return " ".join(next(self._words) for _ in range(length)).capitalize()

    def _precision(self) -> str:
        lot = self._lot()
        return "day" if lot < 0.92 else "month" if lot < 0.96 else "year" if lot < 0.99 else "quarter"

    def _lot(self) -> float:
        return next(self._lots)


class _Text:
    """A text as it grows; `length` counts code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.length = 0

    def add(self, part: str) -> tuple[int, int]:
        """Where the part stands now: its start, and its end, exclusive."""
        start = self.length
        self._parts.append(part)
        self.length += len(part)
        return start, self.length

    def whole(self) -> str:
        return "".join(self._parts)


def _endless(draw: Callable[[], np.ndarray]) -> Iterator:
    while True:
        yield from draw().tolist()


def _next(numbers: dict[str, int], table: str) -> int:
    numbers[table] += 1
    return numbers[table]


def _edtf(day: datetime.date, precision: str) -> str:
    if precision == "day":
        return day.isoformat()
    if precision == "month":
        return f"{day:%Y-%m}"
    return f"{day.year}-{33 + (day.month - 1) // 3}" if precision == "quarter" else f"{day.year}"


LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщыэюя",
        "a b v h d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya".split(),
        strict=True,
    )
)


def _in_latin(name: str) -> str:
    return " ".join("".join(LATIN.get(letter, "") for letter in part.lower()).capitalize() for part in name.split())
