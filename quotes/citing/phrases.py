"""The words that stand between the facts of a citation, in the reader's language.

Not from the catalogue: a citation is made outside the pages as well, and ГОСТ prescribes some of them.
"""

from dataclasses import dataclass
from typing import Final

from people.date_words import Language
from quotes.citing.cited import Kind, KnownBy


@dataclass(frozen=True, slots=True)
class Phrases:
    """One language's words. `day` and `alone`: the months beside a day and without one, as bibliographers write them."""

    database: str
    in_context: str
    statement: str
    not_identified: str
    as_printed: str
    untitled: str
    said: str
    published: str
    retrieved: str
    no_date: str
    quoted_in: str
    reported_in: str
    gost_quoted: str
    gost_reported: str
    gost_accessed: str
    apa_quoted: str
    apa_reported: str
    apa_retrieved: str
    gost_quarter: str
    apa_quarter: str
    known: dict[KnownBy, str]
    notes: dict[Kind, str]
    day: tuple[str, ...]
    alone: tuple[str, ...]


PHRASES: Final[dict[Language, Phrases]] = {
    "ru": Phrases(
        database="Сказано",
        in_context="Сказано: в контексте, с подтверждением",
        statement="Высказывание",
        not_identified="Говорящий не назван",
        as_printed="в статье: «{}»",
        untitled="Без названия",
        said="Когда сказано: {}.",
        published="опубликовано: {}",
        retrieved="текст получен: {}",
        no_date="б. д.",
        quoted_in="Цитируется по",
        reported_in="В пересказе, не дословно",
        gost_quoted="Цит. по",
        gost_reported="Приводится по",
        gost_accessed="дата обращения",
        apa_quoted="цит. по",
        apa_reported="в пересказе",
        apa_retrieved="Получено {}, {}",
        gost_quarter="{roman} кв.",
        apa_quarter="{roman} квартал",
        known={
            "text": "дата указана в тексте",
            "address": "дата из адреса страницы",
            "publication": "по дате публикации",
            "other": "дата из другого источника",
        },
        notes={
            "direct": "Прямая речь.",
            "indirect": "Косвенная речь: слова принадлежат журналисту.",
            "mixed": "Косвенная речь с дословными вставками: предложение построено журналистом.",
        },
        day=(
            *("янв.", "февр.", "марта", "апр.", "мая", "июня"),
            *("июля", "авг.", "сент.", "окт.", "нояб.", "дек."),
        ),
        alone=(
            *("Янв.", "Февр.", "Март", "Апр.", "Май", "Июнь"),
            *("Июль", "Авг.", "Сент.", "Окт.", "Нояб.", "Дек."),
        ),
    ),
    "be": Phrases(
        database="Сказано",
        in_context="Сказано: у кантэксце, з доказам",
        statement="Выказванне",
        not_identified="Прамоўца не названы",
        as_printed="у артыкуле: «{}»",
        untitled="Без назвы",
        said="Калі сказана: {}.",
        published="апублікавана: {}",
        retrieved="тэкст атрыманы: {}",
        no_date="б. д.",
        quoted_in="Цытуецца па",
        reported_in="У пераказе, не даслоўна",
        gost_quoted="Цыт. па",
        gost_reported="Прыводзіцца па",
        gost_accessed="дата звароту",
        apa_quoted="цыт. па",
        apa_reported="у пераказе",
        apa_retrieved="Атрымана {}, {}",
        gost_quarter="{roman} кв.",
        apa_quarter="{roman} квартал",
        known={
            "text": "дата названа ў тэксце",
            "address": "дата з адраса старонкі",
            "publication": "па даце публікацыі",
            "other": "дата з іншай крыніцы",
        },
        notes={
            "direct": "Простая мова.",
            "indirect": "Ускосная мова: словы належаць журналісту.",
            "mixed": "Ускосная мова з даслоўнымі ўстаўкамі: сказ пабудаваны журналістам.",
        },
        day=(
            *("студз.", "лют.", "сак.", "крас.", "мая", "чэрв."),
            *("ліп.", "жн.", "вер.", "кастр.", "ліст.", "снеж."),
        ),
        alone=(
            *("Студз.", "Лют.", "Сак.", "Крас.", "Май", "Чэрв."),
            *("Ліп.", "Жн.", "Вер.", "Кастр.", "Ліст.", "Снеж."),
        ),
    ),
    "en": Phrases(
        database="Skazano",
        in_context="Skazano: in context, with the proof",
        statement="Statement",
        not_identified="Speaker not identified",
        as_printed="in the article: “{}”",
        untitled="Untitled article",
        said="Said: {}.",
        published="published {}",
        retrieved="text retrieved {}",
        no_date="n.d.",
        quoted_in="Quoted in",
        reported_in="Reported, not verbatim, in",
        gost_quoted="Quoted in",
        gost_reported="Reported in",
        gost_accessed="accessed",
        apa_quoted="as quoted in",
        apa_reported="as reported in",
        apa_retrieved="Retrieved {}, from {}",
        gost_quarter="{roman} quarter",
        apa_quarter="Q{number}",
        known={
            "text": "date stated in the text",
            "address": "date from the page’s address",
            "publication": "by the date of publication",
            "other": "date from another source",
        },
        notes={
            "direct": "Direct speech.",
            "indirect": "Indirect speech: these are the reporter’s words.",
            "mixed": "Indirect with quoted words: the sentence is the reporter’s.",
        },
        day=("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
        alone=("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
    ),
}
