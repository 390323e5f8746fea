"""What Belarusian has to tell about names and roles: endings stripped, first names listed."""

import functools
import re

from quotes.extraction.belarusian.cues import cues
from quotes.extraction.countries import countries
from quotes.extraction.data import load
from quotes.extraction.outlets import outlets
from quotes.extraction.registry import Registry
from quotes.extraction.surface.known import Known
from quotes.extraction.surface.people import Gender, Tongue

# Letters, and an ending, that Russian names do not have.
OWN = re.compile(r"[іўІЎ]|[эа]нка\b")
BELARUSIAN = re.compile(r"[а-яёіў]", re.IGNORECASE)
ENDINGS = sorted(
    ["ага", "яга", "ога", "аму", "яму", "ому", "ымі", "імі", "амі", "ямі", "ую", "юю", "ай", "яй", "ей", "эй", "ой", "ою", "аю", "яю", "ам", "ям", "ом", "ём", "ем", "эм", "ым", "ім", "ых", "іх", "ая", "яя", "ае", "яе", "ыя", "ія", "ыі", "іі", "оў", "аў", "яў", "ёў", "еў", "а", "я", "у", "ю", "ы", "і", "е", "э", "ь", "й", "о", "ё"],
    key=len, reverse=True,
)  # fmt: skip
CASE_ENDINGS = [one for one in ENDINGS if not one.endswith("ў")]


@functools.lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """What the forms of a name or a noun share: `Прыкладны`, `Прыкладнага`; `Іваноў`, `Іванова`."""
    word = word.lower().replace("’", "'").rstrip(".")
    if word.endswith("ў"):
        word = word[:-1] + "в"
    for ending in CASE_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    while len(word) > 3 and word[-1] in "аеёіоуыэюяйь":
        word = word[:-1]
    return word


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _keys(text: str) -> frozenset[str]:
    return frozenset(key(word) for word in text.split())


PREPOSITIONS = _words(
    "у ў на па пад падчас для з са аб пра каля да ад за праз пасля перад без над між паміж сярод паводле згодна дзеля пры супраць "
    "насуперак акрамя апроч замест вакол праз"
)
SUBORDINATORS = _words("што каб які якая якое якія дзе калі бо хоць хаця таму чаму як ці нібы быццам якога якой якіх")
CONJUNCTIONS = _words("і й ды а але альбо або")
ADVERBS = _words(
    "таксама раней потым затым тады пры гэтым пазней ужо яшчэ зноў далей учора сёння заўтра прама проста адкрыта коратка "
    "неаднаразова дадаткова публічна цвёрда"
)
PRONOUNS = _words(
    "ён яна яны яно яго яе іх гэта гэты гэтая гэтыя той тая тыя усе ўсе мы я вы ты хто нехта сам сама самі"
)
TIMES = _words(
    "панядзелак аўторак сераду чацвер пятніцу суботу нядзелю студзеня лютага сакавіка красавіка мая чэрвеня ліпеня жніўня "
    "верасня кастрычніка лістапада снежня года годзе"
)
ROLES = (
    "прэзідэнт прэм'ер прэм'ер-міністр міністр кіраўнік лідар старшыня дырэктар начальнік намеснік сакратар прэс-сакратар "
    "дэпутат сенатар губернатар мэр пасол дыпламат прадстаўнік спікер камандзір генерал палкоўнік суддзя пракурор адвакат "
    "доктар урач лекар прафесар навуковец гісторык пісьменнік паэт журналіст рэдактар аналітык эксперт эканаміст палітолаг "
    "палітык актывіст святар біскуп мітрапаліт настаўнік студэнт спартсмен трэнер спявак акцёр рэжысёр музыкант мастак "
    "галава рэктар дэкан галоўны выканаўца фермер рабочы жыхар сведка чыноўнік бізнесмен прадпрымальнік заснавальнік "
    "спецыяліст краязнаўца рэферэнт інспектар вядучы аўтар"
)
FEMALE = "міністарка дырэктарка прэс-сакратарка журналістка настаўніца паэтка пісьменніца спявачка актрыса старшынька жыхарка студэнтка спартсменка дэпутатка прадстаўніца кіраўніца эканамістка гісторыца мастачка"
DOCUMENTS = (
    "паведамленне заява дакумент ліст справаздача артыкул даклад прэс-рэліз закон указ пастанова рашэнне зварот допіс"
)
BODIES = (
    "міністэрства камітэт партыя кампанія агенцтва банк саюз універсітэт савет камісія урад ўрад адміністрацыя дэпартамент "
    "інстытут федэрацыя фонд карпарацыя суд парламент сенат палата бюро служба армія міліцыя паліцыя мзс мус мнс кдб аат "
    "таа выканкам аблвыканкам райвыканкам гарвыканкам пракуратура завод фабрыка бальніца школа музей тэатр клуб рада"
)


@functools.cache
def tongue() -> Tongue:
    data = load("names.be.toml")
    genders: dict[str, Gender] = {key(name): "m" for name in data["male"].split()}
    genders |= {key(name): "f" for name in data["female"].split() if key(name) not in genders}
    exact: dict[str, Gender] = dict.fromkeys(data["male"].split(), "m")
    exact |= dict.fromkeys(data["female"].split(), "f")
    places = {key(one) for row in countries() for one in (*row.name.be, *row.capital.be)}
    return Tongue(
        no_names=PREPOSITIONS | SUBORDINATORS | CONJUNCTIONS | ADVERBS | PRONOUNS | frozenset(cues().forms),
        titles=_keys(ROLES + " спадар спадарыня пан пані"), body_words=_keys(BODIES), roles=_keys(f"{ROLES} {FEMALE}"),
        plural_roles=_words("эксперты улады ўлады сведкі журналісты дэпутаты навукоўцы людзі жыхары аналітыкі чыноўнікі бацькі "
                            "медыкі урачы лекары палітыкі праваабаронцы актывісты следчыя сіноптыкі спецыялісты"),
        general_roles=_keys("палітык чыноўнік эксперт спецыяліст кіраўнік дырэктар старшыня прадстаўнік міністр дэпутат "
                            "журналіст пісьменнік аналітык эканаміст прэзідэнт лідар"),
        unnamed=_keys("крыніца чыноўнік сведка эксперт жыхар"), documents=_keys(DOCUMENTS),
        male_roles=_words("спадар пан"), female_roles=_keys(FEMALE) | _words("спадарыня пані"),
        he=_words("ён яго"), she=_words("яна яе"), they=_words("яны іх"),
        skipped=PREPOSITIONS | CONJUNCTIONS | PRONOUNS | ADVERBS | frozenset(cues().forms), former=_keys("былы экс-прэзідэнт"),
        links=frozenset(), joins=_words("і й ды"), outlet_names=outlets("be").names,
        countries={
            key(name): row.code for row in countries() for name in (*row.name.be, *row.adjective.be, *row.capital.be)
        },
        first_names=frozenset(exact), home="BY", places=frozenset(places), key=key, bare=str,
        gender=lambda name: _surname_gender(name[-1]) or exact.get(name[0].lower()) or genders.get(key(name[0])), may_inflect=True, nominative=nominative,
    )  # fmt: skip


def _surname_gender(surname: str) -> Gender | None:
    """Of a surname that shows it in any case: `Прыкладнага`, `Выдуманай`."""
    if surname.endswith(("ага", "яга", "аму", "яму", "скі", "цкі")):
        return "m"
    return (
        "f"
        if surname.endswith(("ская", "цкая", "скай", "цкай", "авай", "овай", "евай", "ёвай", "інай", "ынай", "ная"))
        else None
    )


@functools.lru_cache(maxsize=4)
def known(registry: Registry) -> Known:
    return Known(registry, tongue(), BELARUSIAN, OWN)


@functools.cache
def _first_names() -> dict[str, str]:
    data = load("names.be.toml")
    return {key(name): name for name in (*data["female"].split(), *data["male"].split())}


def nominative(words: tuple[str, ...], gender: Gender | None) -> tuple[str, ...] | None:
    """A name of several words in the nominative; None where the rules can't tell."""
    if len(words) < 2 or gender is None:
        return None
    surname = words[-1]
    first = _first_names().get(key(words[0]))
    if gender == "m" and surname.endswith(("ага", "яга")):
        # "Яна" and "Алеся" are names of women, too.
        first = next((one for one in _men() if key(one) == key(words[0]) or one == words[0].lower()[:-1]), first)
    if first is None:
        return None
    if words[0].lower() == first:
        return words
    for ending, masculine, feminine in _SURNAMES:
        if surname.endswith(ending):
            shown = masculine if gender == "m" else feminine
            if shown is None:
                return None
            whole = surname[: len(surname) - len(ending)] + shown
            return (first.capitalize(), *words[1:-1], whole)
    return None


@functools.cache
def _men() -> tuple[str, ...]:
    return tuple(load("names.be.toml")["male"].split())


# Genitive ending: masculine, feminine nominative.
_SURNAMES: tuple[tuple[str, str | None, str | None], ...] = (
    ("скага", "скі", None), ("цкага", "цкі", None), ("кага", "кі", None), ("ага", "ы", None), ("яга", "і", None),
    ("ава", "аў", None), ("ова", "оў", None), ("ева", "еў", None), ("ёва", "ёў", None), ("авай", None, "ава"), ("овай", None, "ова"),
    ("евай", None, "ева"), ("ёвай", None, "ёва"), ("інай", None, "іна"), ("ынай", None, "ына"), ("скай", None, "ская"),
    ("цкай", None, "цкая"), ("кай", None, "кая"), ("ай", None, "ая"), ("іча", "іч", None), ("ыча", "ыч", None), ("іна", "ін", None),
    ("ына", "ын", None), ("енкі", "енка", "енка"), ("анкі", "анка", "анка"), ("ука", "ук", None), ("юка", "юк", None),
    ("іка", "ік", None), ("ка", "к", None), ("іч", "іч", "іч"), ("ук", "ук", "ук"), ("юк", "юк", "юк"),
)  # fmt: skip
