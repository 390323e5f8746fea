"""Russian as a machine makes it up: real words in real forms, as often as words of a language are, and no sense.

The dictionary knows no frequencies, so which word is frequent is drawn by lot; how frequent the nth word is follows
Zipf's law as Mandelbrot wrote it, 1 / (n + 2.7).
"""

import itertools
from dataclasses import dataclass

import numpy as np
from pymorphy3 import MorphAnalyzer

OFFSET = 2.7
LETTERS = "абвгдежзийклмнопрстуфхцчшщэюя"
OPEN_CLASSES = {"NOUN", "ADJF", "INFN", "ADVB"}
# Of a verb's paradigm, which holds participles with all their cases, too.
VERB_FORMS = {"INFN", "VERB", "GRND", "PRTS"}
NAMES = {"Name", "Surn", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init", "Infr", "Slng", "Arch"}
MOST_OF_A_PREFIX = 100  # lemmas, so that a few prefixes (при-, раз-) are not the whole vocabulary
# Function words, the most frequent first.
FUNCTION_WORDS = """
    и в не на что с как а по это к но из у за от о для же так то мы бы вы все они она он до при ещё если или уже только
    когда есть нет чтобы во со под их его её наш без раз тоже даже после через между перед ли над об очень там здесь
    где кто потому поэтому однако также либо пока хотя ведь вот будто лишь около против среди ради вместо кроме сквозь
""".split()


@dataclass(frozen=True)
class Vocabulary:
    """Words by rank: `lemmas[n]` are the forms of the nth most frequent one, its dictionary form first."""

    lemmas: list[list[str]]

    @classmethod
    def drawn(cls, size: int, random: np.random.Generator) -> "Vocabulary":
        """So many lemmas of the dictionary, drawn from all over the alphabet, in an order that is drawn, too."""
        dictionary = MorphAnalyzer(lang="ru").dictionary
        prefixes = ["".join(letters) for letters in itertools.product(LETTERS, repeat=3)]
        random.shuffle(prefixes)
        lemmas: list[list[str]] = []
        for prefix in prefixes:
            found = [
                forms
                for word, tag, _lemma, paradigm, index in dictionary.iter_known_words(prefix)
                if index == 0 and (forms := _forms(dictionary, word, tag, paradigm))
            ]
            kept = sorted(random.permutation(len(found))[:MOST_OF_A_PREFIX])
            lemmas += [found[at] for at in kept]
            if len(lemmas) >= size:
                break
        random.shuffle(lemmas)
        return cls(lemmas[:size])


def _forms(dictionary, word, tag, paradigm) -> list[str]:
    if tag.POS not in OPEN_CLASSES or tag.grammemes & NAMES or "-" in word:
        return []
    table = dictionary.build_paradigm_info(paradigm)
    stem = dictionary.build_stem(dictionary.paradigms[paradigm], 0, word)
    wanted = (row for row in table if tag.POS != "INFN" or row[1].POS in VERB_FORMS)
    return list(dict.fromkeys(prefix + stem + suffix for prefix, _tag, suffix in wanted))


class Speech:
    """Draws words: a third of them function words, the rest by rank, or from a meeting's own vocabulary."""

    OWN_WORDS = 150  # lemmas that a meeting talks about
    FROM_OWN = 0.35  # of the words that are no function words

    def __init__(self, vocabulary: Vocabulary, meetings: int, random: np.random.Generator) -> None:
        self._random = random
        self._forms = np.array([form for forms in vocabulary.lemmas for form in forms], dtype=object)
        sizes = np.array([len(forms) for forms in vocabulary.lemmas])
        first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        # A lemma's share goes to its forms, less and less from the dictionary form on.
        place = np.arange(len(self._forms)) - np.repeat(first, sizes)
        of_form = 1 / (place + 1.5)
        of_form /= np.repeat(np.add.reduceat(of_form, first), sizes)
        self._every = _cumulated(np.repeat(zipf(len(sizes)), sizes) * of_form)
        self._little = _cumulated(zipf(len(FUNCTION_WORDS)))
        self._function_words = np.array(FUNCTION_WORDS, dtype=object)
        rare_enough = min(100, len(sizes) // 4)
        drawn = random.integers(rare_enough, len(sizes), (meetings, self.OWN_WORDS))
        offset = (random.random((meetings, self.OWN_WORDS)) * np.minimum(sizes[drawn], 4)).astype(int)
        self._own = first[drawn] + offset
        self._own_share = _cumulated(zipf(self.OWN_WORDS))

    def words(self, meetings: np.ndarray) -> list[str]:
        """A word for each of these, the number of the meeting where it is said (-1: none)."""
        count = len(meetings)
        chosen = self._forms[np.searchsorted(self._every, self._random.random(count))]
        own = (self._random.random(count) < self.FROM_OWN) & (meetings >= 0)
        place = np.searchsorted(self._own_share, self._random.random(int(own.sum())))
        chosen[own] = self._forms[self._own[meetings[own], place]]
        little = self._random.random(count) < 1 / 3
        place = np.searchsorted(self._little, self._random.random(int(little.sum())))
        chosen[little] = self._function_words[place]
        return chosen.tolist()


def zipf(size: int) -> np.ndarray:
    """The shares of the ranks 1 to `size`, by Zipf and Mandelbrot; they sum to 1."""
    shares = 1 / (np.arange(1, size + 1) + OFFSET)
    return shares / shares.sum()


def _cumulated(shares: np.ndarray) -> np.ndarray:
    sums = np.cumsum(shares)
    return sums / sums[-1]
