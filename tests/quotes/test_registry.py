"""The registry's files: how they are read, what is refused, and that those we ship are consistent."""

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations

import pytest

from people.edtf import OPEN, Edtf
from quotes.extraction.countries import countries
from quotes.extraction.registry import KnownBody, Registry
from quotes.extraction.registry_files import SHIPPED, BadRegistry, read_rows

FILES = sorted(SHIPPED.glob("*.toml"))
ROLES = (
    "-president",
    "-monarch",
    "-leader",
    "-prime-minister",
    "-chancellor",
    "-foreign-minister",
    "-state-secretary",
    "-parliament-chair",
    "-secretary-general",
    "-commission-president",
    "-council-president",
    "-high-representative",
)
ROW = """
country = "XP"
[[office]]
key = "xp-head"
name = {{ ru = "Глава", be = "Кіраўнік", en = "Head" }}
epithets = ["лидер"]
[[person]]
key = "xp-ivan"
name = {{ ru = "Иван Озёрный", be = "Іван Азёрны", en = "Ivan Ozyorny" }}
[[tenure]]
person = "xp-ivan"
office = "xp-head"
{}
"""


@pytest.fixture
def read(tmp_path):
    """The registry of one file."""

    def of(text):
        file = tmp_path / "xp.toml"
        file.write_text(text, encoding="utf-8")
        return Registry.read(file)

    return of


class TestHolders:
    def test_are_those_whom_the_dates_do_not_rule_out(self, read):
        registry = read(ROW.format('start = "2020-03"\nend = "2024-35"'))
        (held,) = registry.holders("xp-head")
        assert (held.first, held.last, held.unverified) == (date(2020, 3, 1), date(2024, 9, 30), True)
        days = {date(2020, 2, 29): 0, date(2020, 3, 1): 1, date(2024, 9, 30): 1, date(2024, 10, 1): 0}
        assert {day: len(registry.holders("xp-head", day)) for day in days} == days
        assert registry.offices_of("xp-ivan", date(2022, 1, 1)) == [held]

    def test_of_unknown_and_open_dates_have_no_limit(self, read):
        assert read(ROW.format("")).holders("xp-head", date(1200, 1, 1))
        assert read(ROW.format('end = ".."')).holders("xp-head", date(2900, 1, 1))

    def test_of_an_office_that_nobody_knows_are_none(self, read):
        assert read(ROW.format("")).holders("xp-nobody") == []

    def test_with_a_reference_are_verified(self, read):
        one = ROW.format('reference = "https://primer.example/1"')
        several = ROW.format('reference = ["https://primer.example/1", "https://primer.example/2"]')
        assert [read(text).holders("xp-head")[0].unverified for text in (one, several)] == [False, False]


def test_records_are_found_by_their_keys(read):
    registry = read(
        ROW.format("")
        + '[[body]]\nkey = "xp-mfa"\nname = { ru = "МИД", be = "МЗС", en = "MFA" }\naliases = ["ведомство"]\n'
    )
    assert registry.person("xp-ivan").names == ("Иван Озёрный", "Іван Азёрны", "Ivan Ozyorny")
    assert registry.office("xp-head").epithets == ("лидер",)
    assert registry.bodies == (KnownBody("xp-mfa", ("МИД", "МЗС", "MFA", "ведомство"), "XP"),)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('start = "2020-13"', "xp.toml, tenure 1 (xp-ivan), start: '2020-13' is not a day, a month"),
        ("start = 2020-01-01", "tenure 1 (xp-ivan), start: datetime.date(2020, 1, 1) is not a day"),
        ('start = ".."', "start: '..' is not a day"),
        ('start = "2020"\nend = "2019-12-31"', "end: “2019-12-31” lies before the start"),
        ('reference = "энциклопедия"', "reference: ['энциклопедия'] is not a web address"),
        ('acting = "yes"', "acting: 'yes' is neither true nor false"),
        ('beginning = "2020"', "beginning: not a field of this row; those are person, office, start"),
        (
            '[[person]]\nkey = "xp-ivan"\nname = { ru = "А", be = "А", en = "A" }',
            "person 2 (xp-ivan), key: “xp-ivan” is there already",
        ),
        (
            '[[person]]\nkey = "Иван"\nname = { ru = "А", be = "А", en = "A" }',
            "key: 'Иван' is not a key of small Latin letters",
        ),
        ('[[person]]\nkey = "xp-a"\nname = { ru = "А", be = "А" }', "name: give one name in each of ru, be, en"),
        ('[[person]]\nkey = "xp-a"\nname = { ru = "А", be = " ", en = "A" }', "name.be: ' ' is not a text"),
        (
            '[[person]]\nkey = "xp-a"\nname = { ru = "А", be = "А", en = "A" }\ngender = "x"',
            "gender: 'x' is not m or f",
        ),
        ('[[person]]\nname = { ru = "А", be = "А", en = "A" }', "person 2, key: missing"),
        ('[[tenure]]\nperson = "xp-anna"\noffice = "xp-head"', "person: no person has the key “xp-anna”"),
        ('[[tenure]]\nperson = "xp-ivan"\noffice = "xp-tail"', "office: no office has the key “xp-tail”"),
        ('[[tenure]]\nperson = "xp-ivan"\noffice = "xp-head"', "key: “xp-ivan/xp-head/” is there already"),
        ("[[friend]]", "friend: not a table of a registry"),
        ("[[[", "xp.toml: "),
    ],
)
def test_what_can_not_be_taken_is_named_with_its_file_row_and_field(read, row, said):
    with pytest.raises(BadRegistry, match=re.escape(said)):
        read(ROW.format(row))


def test_a_head_that_can_not_be_taken_is_named(read):
    for head, said in [
        ('country = "Примерия"', "head, country: 'Примерия' is not two capital letters"),
        ("", "head, country: missing"),
        ('country = "XP"\nknown_until = "вчера"', "known_until: 'вчера' is not a year"),
        ('country = "XP"\nperson = 1', "person: not a field"),
    ]:
        with pytest.raises(BadRegistry, match=re.escape(said)):
            read(head)


def test_a_file_in_another_encoding_and_a_folder_without_files_are_told(tmp_path):
    (tmp_path / "xp.toml").write_bytes('country = "XP" # Глава'.encode("cp1251"))
    with pytest.raises(BadRegistry, match=r"xp\.toml: "):
        Registry.read(tmp_path)
    (tmp_path / "xp.toml").unlink()
    with pytest.raises(BadRegistry, match="no file in this folder"):
        Registry.read(tmp_path)


@pytest.fixture(scope="module")
def shipped():
    return read_rows()


def scripts(text):
    """The scripts of the letters; Roman numbers belong to every language."""
    text = re.sub(r"\b[IVX]+\b", "", text)
    return {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}


def words_in_two_scripts(text):
    return [word for word in re.split(r"[\s-]+", text) if len(scripts(word)) > 1]


class TestTheShippedRegistry:
    def test_names_persons_in_the_letters_of_each_language(self, shipped):
        for row in (*shipped.people, *shipped.offices, *shipped.bodies):
            assert scripts(row.name.ru) == {"CYRILLIC"} == scripts(row.name.be), row
            assert scripts(row.name.en) == {"LATIN"}, row
            others = row.epithets if hasattr(row, "epithets") else row.aliases
            assert [words for name in others if (words := words_in_two_scripts(name))] == [], row

    def test_writes_russian_and_belarusian_in_their_own_letters(self, shipped):
        for row in (*shipped.people, *shipped.offices, *shipped.bodies):
            assert not re.search("[іўІЎ’']", row.name.ru), row
            assert not re.search("[ищъИЩЪ]", row.name.be), row

    def test_says_of_everybody_he_or_she_and_names_them_in_full(self, shipped):
        for row in shipped.people:
            assert row.gender, row
            assert all(len(name.split()) > 1 for name in row.aliases), row

    def test_repeats_no_name_within_a_record(self, shipped):
        for row in (*shipped.people, *shipped.bodies):
            assert len({*row.name, *row.aliases}) >= len(set(row.name)) + len(row.aliases), row
        for row in shipped.offices:
            assert len({*row.name, *row.epithets}) == 3 + len(row.epithets), row

    def test_names_each_person_once(self, shipped):
        told_apart = Counter(row.name.ru for row in shipped.people)
        # Two men of Latvia, one president and one prime minister.
        assert [name for name, times in told_apart.items() if times > 1] in ([], ["Андрис Берзиньш"])

    def test_keys_begin_with_the_file_and_offices_end_in_their_role(self, shipped):
        for path in FILES:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
            own = [row["key"] for part in ("office", "person", "body") for row in tables.get(part, [])]
            assert [key for key in own if not key.startswith(f"{path.stem}-")] == []
        assert [row.key for row in shipped.offices if not row.key.endswith(ROLES)] == []

    def test_seats_nobody_on_a_seat_that_another_certainly_holds(self, shipped):
        for rows in by(shipped.tenures, "office").values():
            for one, other in combinations(rows, 2):
                assert not overlap(certain(one), certain(other)), (one, other)

    def test_tells_no_term_of_a_person_twice(self, shipped):
        for rows in by(shipped.tenures, "office").values():
            for one, other in combinations(rows, 2):
                # On the days of a change one term may end and the next one begin.
                if one.person == other.person:
                    assert not overlap(possible(one), possible(other)), (one, other)

    def test_leaves_nobody_without_an_office_and_no_office_empty(self, shipped):
        assert {row.key for row in shipped.people} == {row.person for row in shipped.tenures}
        assert {row.key for row in shipped.offices} == {row.office for row in shipped.tenures}

    def test_dates_the_start_and_the_end_of_every_term(self, shipped):
        assert [row for row in shipped.tenures if not (row.start and row.end)] == []

    def test_says_of_each_file_until_when_it_was_looked_through(self):
        for path in FILES:
            assert re.fullmatch(r"20\d\d-\d\d", tomllib.loads(path.read_text(encoding="utf-8"))["known_until"]), path

    def test_has_one_holder_at_most_in_office_still(self, shipped):
        still = Counter(row.office for row in shipped.tenures if row.end == OPEN)
        assert [office for office, holders in still.items() if holders > 1] == []


def by(rows, field):
    groups = defaultdict(list)
    for row in rows:
        groups[getattr(row, field)].append(row)
    return groups


def certain(row):
    """The days on which the person held the office whatever the dates mean, the last one excluded; None for none."""
    start, end = Edtf(row.start).last, date.max if row.end == OPEN else Edtf(row.end).first
    return (start, end) if start < end else None


def possible(row):
    """The days strictly inside the longest term that the dates allow."""
    return Edtf(row.start).first, date.max if row.end == OPEN else Edtf(row.end).last


def overlap(one, other):
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


class TestTheShippedCountries:
    def test_are_named_in_the_letters_of_each_language(self):
        for country in countries():
            for of in (country.name, country.adjective, country.capital):
                assert all(scripts(text) <= {"CYRILLIC"} for text in (*of.ru, *of.be)), country
                assert all(scripts(text) <= {"LATIN"} for text in of.en), country

    def test_have_a_name_and_an_adjective_in_each_language_and_each_a_code_of_its_own(self):
        for country in countries():
            assert all((*country.name, *country.adjective)), country
            assert all(adjective.endswith(("ий", "ый", "ой")) for adjective in country.adjective.ru), country
        assert len({country.code for country in countries()}) == len(countries())

    def test_are_told_apart_by_their_names(self):
        names = Counter(name for country in countries() for of in country.name for name in of)
        assert [name for name, times in names.items() if times > 1 and not re.fullmatch(r"[А-Я][а-яё-]+", name)] == []

    def test_hold_every_country_of_the_registry(self, shipped):
        of_offices = {row.country for row in shipped.offices} - {""}
        assert of_offices - {country.code for country in countries()} == set()
