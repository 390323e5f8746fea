"""The rules that docs/extraction.md lists are those there are, and read what it says."""

import re
from datetime import date
from pathlib import Path

import pytest

from quotes.extraction.engine import suggest
from tests.quotes.extraction.conftest import NOBODY

ROOT = Path(__file__).parents[3]
EXAMPLES = {
    "direct.after": "«Мост закроют на ремонт», — сказал Приметов.",
    "direct.after.unknown_verb": "«Мост закроют на ремонт», — позеленел Приметов.",
    "direct.after.name_alone": "«Мост закроют на ремонт», — Иван Приметов.",
    "direct.inside": "«Мост закроют, — сказал Приметов. — Он стар».",
    "direct.inside.unknown_verb": "— Мост закроют, — вставляет он. — Он стар.",
    "direct.colon": "Приметов сказал: «Мост закроют на ремонт».",
    "direct.colon.no_cue": "Его ответ: «Мост закроют на ремонт».",
    "direct.headline": "«Мост закроют на ремонт»: Приметов ответил рабочим\n\nМост стар.",
    "direct.alone": "Приметов чинит крышу. «Я звонил мастерам, никто не приехал».",
    "direct.goes_on": "«Мост закроют», — сказал Приметов.\n«Он стар, ездить по нему нельзя».",
    "direct.about_this": "«Мост закроют на ремонт». Об этом сказал Приметов.",
    "direct.interview": "— Когда закроют мост?\n— Мост закроют весной.",
    "indirect.that": "Приметов сказал, что мост закроют.",
    "indirect.whether": "Приметов спросил, успеют ли построить мост.",
    "indirect.question": "Приметов спросил, когда построят мост.",
    "indirect.infinitive": "Приметов пообещал построить новый мост.",
    "indirect.colon": "Он, по виду спокойный, пояснил: мост закроют на ремонт.",
    "indirect.no_conjunction": "Приметов говорит, мост закроют на ремонт.",
    "indirect.inserted": "Мост закроют на ремонт, сообщил Приметов.",
    "indirect.as_said": "Как сообщил Приметов, мост закроют на ремонт.",
    "indirect.according_to": "По словам Приметова, мост закроют на ремонт.",
    "indirect.about_this": "Мост закроют на ремонт. Такой прогноз дал Приметов.",
    "indirect.headline": "Мост закроют на ремонт — Иван Приметов\n\nМост стар.",
    "indirect.interview": "Мост\n\nЕго закрыли.\n\nИван Приметов: Мы закроем мост весной.",
    "mixed.naming": "Приметов назвал проект «полным провалом города».",
    "indirect.that.quoted": "Приметов сказал, что «мост закроют на ремонт».",
}


@pytest.mark.parametrize(("rule", "text"), EXAMPLES.items())
def test_each_rule_reads_what_its_example_says(rule, text):
    assert rule in [one.rule for one in suggest(text, "ru", date(2024, 3, 4), NOBODY)]


def test_the_documentation_lists_every_rule_and_no_other():
    text = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    table = text.split("| rule | what it reads |")[1].split("\n\n")[0]
    listed = set(re.findall("`([^`]+)`", " ".join(row.split("|")[1] for row in table.splitlines() if row)))
    endings = {one for one in listed if one.startswith("….")}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "quotes/extraction/russian").glob("*.py"))
    assert listed - endings == set(re.findall(r'"((?:direct|indirect|mixed)\.[a-z_.]+)"', code))
    assert endings == {"…" + one for one in re.findall(r'f"\{rule\}(\.[a-z_]+)"', code)}
