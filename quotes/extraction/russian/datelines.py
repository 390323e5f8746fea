"""Where, when and by whom, before the first sentence of a report: no part of what it reports."""

import re

MONTH = r"(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-яё]*\.?"
DATE = rf"\d{{1,2}}\s{MONTH}(?:\s\d{{4}}(?:\sг(?:ода|\.))?)?"
TIME = r"\d{1,2}:\d{2}"
PLACE = r"[А-ЯЁ][А-Яа-яЁё-]+(?:\s[А-ЯЁ][А-Яа-яЁё-]+){0,2}"
IN_CAPITALS = r"[А-ЯЁ][А-ЯЁ-]{2,}(?:\s[А-ЯЁ-]{2,}){0,2}"
AGENCY = (
    r"(?:ИА\s)?(?:ТАСС|INTERFAX(?:\.RU)?|Интерфакс|ИНТЕРФАКС|РИА\sНовости|РИА\sНОВОСТИ|БЕЛТА|БелТА|REGNUM|Sputnik|РБК|Reuters|"
    r"Казинформ|КАЗИНФОРМ|КазТАГ|[A-Z]{4,}(?:\.[A-Z]{2,3})?|[A-Z][a-z]{3,}\.[a-z]{2,3})"
)
DASH = r"[—–-]"
BEGINS = r"(?=[А-ЯЁA-Z«\"„“\d])"
# `08:05 REGNUM `, `5 марта, Sputnik. `, `МИНСК, 4 марта. /ТАСС/. `, `МИНСК /ТАСС/. `, `Москва. 5 марта. ИНТЕРФАКС - `
WHERE = rf"(?:(?:{TIME}|{DATE}|{PLACE})[,.]?\s(?:{DASH}\s)?){{0,3}}"
SIGNED = rf"(?:{WHERE}/[^/\n]{{2,40}}/|(?:{IN_CAPITALS}|{WHERE}{DATE})[,.]?\s\([^()\n]{{2,40}}\))\s?\.?\s?{DASH}?\s+"
BY_AGENCY = rf"(?:{WHERE}(?:{TIME}|{DATE})[,.]?\s(?:{DASH}\s)?{AGENCY}\s?[.—–-]?|{WHERE}{AGENCY}\s?[.:—–-])\s+"
# `МИНСК, 4 марта — `, `Минск, 4 марта — Новая заря. `
UNSIGNED = (
    rf"{IN_CAPITALS},\s{DATE}\.?\s?{DASH}?\s+(?:[А-ЯЁ][А-ЯЁа-яё./ ]{{2,20}}[.—–-]\s+)?|"
    rf"{PLACE}[,.]\s{DATE}\s?{DASH}\s?[А-ЯЁA-Z][^\n.!?]{{1,24}}\.\s+"
)
DATELINE = re.compile(rf"(?:,\s)?(?:{SIGNED}|{BY_AGENCY}|{UNSIGNED}){BEGINS}")
# In characters.
LONGEST = 120


def after_dateline(text: str, start: int, end: int) -> int:
    """Where the text from `start` on begins to tell: behind a dateline, if there is one."""
    match = DATELINE.match(text, start, min(end, start + LONGEST))
    return match.end() if match else start
