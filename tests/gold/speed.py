"""How long the engine takes and how much memory: printed by `make gold`, never asserted, for machines are noisy."""

import resource
import statistics
import time

from quotes.extraction.candidates import Span
from quotes.extraction.engine import suggest
from quotes.extraction.registry import Registry
from tests.gold.measure import GOLD, split

ROUNDS = 5
WORDS = 300


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
