"""A name typed in any case form has something in common with the name as it is kept."""

import re

import pytest

from people.inflection import pattern

NAMES = [
    ("токаев", "токаева токаеву токаевым токаеве"),
    ("байжанов", "байжанова байжановым байжанову"),
    ("меркина", "меркиной меркину меркин"),
    ("озерная", "озерной озерную озерный озерного озерным"),
    ("толстой", "толстого толстому толстым толстом"),
    ("заречанский", "заречанского заречанским заречанская заречанской"),
    ("павел", "павла павлу павлом павле"),
    ("лев", "льва льву львом"),
    ("цой", "цоя цою цоем"),
    ("ким", "кима киму кимом"),
    ("шевченко", "шевченко"),
    ("ильинична", "ильиничны ильиничной"),
    ("мария", "марии марию марией"),
    ("глава", "главы главе главу главой"),
    # Belarusian, folded: «Токаеў», «Лукашэнка» and the like
    ("токаеу", "токаева токаеву токаевым"),
    ("лясны", "лясному ляснога лясным лясная лясной"),
    ("азерны", "азернага азернаму азерным"),
    ("вольга", "вользе вольгай вольгі"),
    ("марта", "марце мартай марту"),
    ("гняздо", "гняздзе"),
]


def matches(typed, kept):
    return re.search(pattern(typed).replace(r"\m", r"\b").replace(r"\M", r"\b"), kept) is not None


@pytest.mark.parametrize(("kept", "forms"), NAMES, ids=[kept for kept, _forms in NAMES])
def test_each_form_of_a_name_finds_it(kept, forms):
    assert [form for form in [kept, *forms.split()] if not matches(form, kept)] == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("иван", "иванов"),
        ("ивана", "иванов"),
        ("иванов", "иван"),
        ("ким", "кимов"),
        ("лесной", "лесник"),
        ("ozyorny", "ozyornyj"),
    ],
)
def test_another_name_is_not_taken_for_a_form(typed, kept):
    assert not matches(typed, kept)
