"""A light stemmer for Belarusian, for which neither pymorphy3's dictionaries nor Snowball have anything.

It makes most forms of one word equal, which is what a search needs; the stems themselves are not words. Covered:
endings of nouns, adjectives and the commonest of verbs; ё = е; ў, which stands for в inside a word («слоў»,
«словы») and for у at its start («урад», «ва ўрадзе»); the vowels that change with stress («вясна», «вёсны»); the vowel that comes and goes («пасол»,
«паслом»); the soft sign of the older spelling («сьвет»); д, т, к, г, х that soften before an ending («урадзе»,
«хаце», «палітыцы», «дарозе», «страсе»). Not covered: «дзень» and «дні», «быў» and «была», forms from other roots («ісці» and
«пайшоў»).
"""

VOWELS = "аяуюыі"
SHORTEST_STEM = 3

# Stress moves through a Belarusian paradigm and the spelling follows it: о and а, э and а, е, ё and я are one here.
# All endings below are written after this folding.
STRESS = str.maketrans({"о": "а", "э": "а", "ё": "я", "е": "я"})

# fmt: off
NOUN_ENDINGS = (
    "а", "я", "у", "ю", "ы", "і", "ь", "й", "ам", "ям", "ах", "ях", "ау", "яу", "ай", "аі", "яй", "аю", "яю",
    "амі", "ямі", "ія", "ію", "іі", "ій", "іям", "іяй",
)
ADJECTIVE_ENDINGS = (
    "ага", "яга", "аму", "яму", "ы", "і", "ым", "ім", "ымі", "імі", "ых", "іх", "ая", "яя", "ай", "яй", "ую",
    "юю", "ыя", "ія",
)
VERB_ENDINGS = (
    "ау", "яу", "іу", "ыу", "уу", "ала", "яла", "іла", "ыла", "ула", "алі", "ялі", "ілі", "ылі", "улі", "аць",
    "яць", "іць", "ыць", "уць", "юць", "яя", "аям", "яям", "аяця", "яш", "аш", "іш", "ыш", "ямся", "цца",
    "ацца", "яцца", "іцца", "ыцца", "уцца", "юцца", "ауся", "алася", "аліся",
)
# fmt: on
HARDENED = {"дз": ("д",), "ц": ("т", "к"), "з": ("з", "г"), "с": ("с", "х")}


def stems(word: str) -> frozenset[str]:
    """The stems of one lower-case word: one to four, never none; two forms of one word share at least one.

    Ё may be written as е; apostrophes must have been removed.
    """
    found = set()
    for reading in _readings(word):
        plain = _unsoftened(reading.translate(STRESS))
        cut = [_without(plain, endings) for endings in (ADJECTIVE_ENDINGS, VERB_ENDINGS)]
        for stem in [_without(plain, NOUN_ENDINGS), *(stem for stem in cut if stem != plain)]:
            found |= {_squeezed(hard) for hard in _hardened(stem, plain)}
    return frozenset(found)


def _readings(word: str) -> list[str]:
    """A last ў is an ending («мільярдаў», «сказаў») or a в of the stem («слоў», «Токаеў»): both; others are в."""
    word = word[:1].replace("ў", "у") + word[1:-1].replace("ў", "в") + word[1:][-1:]
    if word.endswith("ў"):
        return [word[:-1] + "у", word[:-1] + "в"]
    if len(word) > SHORTEST_STEM + 1 and word[-1] == "ю" and word[-2] == word[-3]:
        return [word[:-2] + "ю"]  # «беларуссю» of «беларусь»
    return [word]


def _unsoftened(word: str) -> str:
    """The older spelling marks softness that today's leaves out: «сьвет», «дзьве»."""
    for soft in ("сь", "зь", "ць", "нь"):
        head, mark, tail = word.partition(soft)
        if mark and tail and tail[0] not in VOWELS:
            word = head + soft[0] + tail
    return word


def _without(word: str, endings: tuple[str, ...]) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def _hardened(stem: str, word: str) -> tuple[str, ...]:
    """What the stem's last consonant may be before other endings; г and х only where an ending softened them."""
    softened = word[len(stem) :] in ("я", "а", "ы", "і")
    for soft, hard in HARDENED.items():
        if stem.endswith(soft) and len(stem) > len(soft):
            kept = hard if softened else hard[:1]
            return tuple(stem[: -len(soft)] + letter for letter in kept)
    return (stem,)


def _squeezed(stem: str) -> str:
    """Without the vowel of the last syllable, which comes and goes («пасол», «паслом»), where another one stays."""
    vowel_is_loose = len(stem) > SHORTEST_STEM and stem[-2] in "ая" and stem[-1] not in VOWELS + "ь"
    if vowel_is_loose and stem[-3] not in VOWELS and any(letter in VOWELS for letter in stem[:-2]):
        return stem[:-2] + stem[-1]
    return stem
