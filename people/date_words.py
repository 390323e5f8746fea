"""The words for months and quarters in Russian, Belarusian and English.

Spellings for reading are case-folded, with «ё» as «е».
"""

from typing import Final, Literal

Language = Literal["ru", "be", "en"]

# Nominative, genitive and locative: «март», «4 марта», «в марте». Not from CLDR: it lacks the last.
MONTHS: Final[dict[Language, tuple[tuple[str, str, str], ...]]] = {
    "ru": (
        ("январь", "января", "январе"),
        ("февраль", "февраля", "феврале"),
        ("март", "марта", "марте"),
        ("апрель", "апреля", "апреле"),
        ("май", "мая", "мае"),
        ("июнь", "июня", "июне"),
        ("июль", "июля", "июле"),
        ("август", "августа", "августе"),
        ("сентябрь", "сентября", "сентябре"),
        ("октябрь", "октября", "октябре"),
        ("ноябрь", "ноября", "ноябре"),
        ("декабрь", "декабря", "декабре"),
    ),
    "be": (
        ("студзень", "студзеня", "студзені"),
        ("люты", "лютага", "лютым"),
        ("сакавік", "сакавіка", "сакавіку"),
        ("красавік", "красавіка", "красавіку"),
        ("май", "мая", "маі"),
        ("чэрвень", "чэрвеня", "чэрвені"),
        ("ліпень", "ліпеня", "ліпені"),
        ("жнівень", "жніўня", "жніўні"),
        ("верасень", "верасня", "верасні"),
        ("кастрычнік", "кастрычніка", "кастрычніку"),
        ("лістапад", "лістапада", "лістападзе"),
        ("снежань", "снежня", "снежні"),
    ),
    "en": (
        ("January", "January", "January"),
        ("February", "February", "February"),
        ("March", "March", "March"),
        ("April", "April", "April"),
        ("May", "May", "May"),
        ("June", "June", "June"),
        ("July", "July", "July"),
        ("August", "August", "August"),
        ("September", "September", "September"),
        ("October", "October", "October"),
        ("November", "November", "November"),
        ("December", "December", "December"),
    ),
}

# What else people write for a month: abbreviations, and «травень», the other Belarusian May.
_OTHER_MONTHS: Final = (
    "янв студз сту jan",
    "фев февр лют feb",
    "мар сак mar",
    "апр крас кра apr",
    "травень траўня траўні",
    "июн чэрв чэр jun",
    "июл ліп jul",
    "авг жні aug",
    "сен сент вер sep sept",
    "окт кастр кас oct",
    "ноя нояб ліст ліс nov",
    "дек снеж сне dec",
)

_QUARTERS: Final = (
    "1 i первый первом первого першы першым першага first",
    "2 ii второй втором второго другі другім другога second",
    "3 iii третий третьем третьего трэці трэцім трэцяга third",
    "4 iv четвертый четвертом четвертого чацверты чацвертым чацвертага fourth",
)

# How a quarter is written out; «трэці» is shortened to its last letter, like «3-і» in print.
QUARTERS: Final[dict[Language, tuple[str, str, str, str]]] = {
    "ru": ("1-й", "2-й", "3-й", "4-й"),
    "be": ("1-ы", "2-і", "3-і", "4-ы"),
    "en": ("first", "second", "third", "fourth"),
}


def _month_numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for names in MONTHS.values():
        for number, forms in enumerate(names, start=1):
            numbers |= dict.fromkeys((form.casefold() for form in forms), number)
    for number, others in enumerate(_OTHER_MONTHS, start=1):
        numbers |= dict.fromkeys(others.split(), number)
    return numbers


MONTH_NUMBERS: Final = _month_numbers()
QUARTER_NUMBERS: Final = {word: number for number, words in enumerate(_QUARTERS, start=1) for word in words.split()}
