"""How long the engine takes and how much memory: printed by `make gold`, never asserted, for machines are noisy."""

import resource
import statistics
import time

from quotes.extraction.candidates import Span
from quotes.extraction.engine import suggest
from quotes.extraction.registry import Registry
from tests.gold.measure import GOLD, split

ROUNDS = 5
# Texts that a rule which looks back over all of them would take too long for.
UNITS = {
    "ru": (
        "«Поздно», — сказал он. Он заявил, что темно. ",
        "« ",
        "» — ",
        '"а" ',
        "он сказал, что ",
        "— А, — сказал он. — Б.\n",
    ),
    "en": ('"It is late," Jane Doe said. She said that it is dark. ', '" ', "” - ", "said that he said, ", "word "),
    "be": ("«Позна», — сказаў ён. Ён заявіў, што ўжо цёмна. ", "« ", "» - ", "слова "),
}
SMALL, LARGE = 50_000, 200_000
WORDS = 300


def growth(language):
    """For each kind of text, how many times as long four times as much of it takes: 4 where work grows with the text."""
    registry = Registry.read()

    def seconds(unit, size):
        text = unit * (size // len(unit))
        start = time.process_time()
        suggest(text, language, None, registry)
        return time.process_time() - start

    return {unit.strip(): seconds(unit, LARGE) / max(seconds(unit, SMALL), 0.001) for unit in UNITS[language]}


def measure(language="ru"):
    """Milliseconds for 300 words, warm, median of the rounds over all development texts; and the peak, in MB."""
    registry = Registry.read()
    texts = [(GOLD / "docs" / f"{one}.txt").read_text(encoding="utf-8") for one in split()["development"][language]]
    words = sum(len(text.split()) for text in texts)
    taken = []
    for _round in range(ROUNDS + 1):
        start = time.perf_counter()
        for text in texts:
            suggest(text, language, None, registry, Span(0, len(text)))
        taken.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return statistics.median(taken[1:]) / words * WORDS * 1000, peak
