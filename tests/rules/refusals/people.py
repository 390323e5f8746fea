"""Persons and what they are named, held, merged and took part in; sources and articles. Beside rules 1 to 7."""

from tests.rules.acts import Act

MERGE = "UPDATE people_person SET merged_into_id = %({into})s WHERE id = %({who})s; "
A_INTO_B = MERGE.format(who="person", into="other_person")
B_INTO_C = MERGE.format(who="other_person", into="third_person")
B_INTO_A = MERGE.format(who="other_person", into="person")
FLAT = "person_merge_is_flat"
PARTICIPANT = "UPDATE people_participant SET {} WHERE id = %(participant)s"
SOURCE = "UPDATE articles_source SET {} WHERE id = %(source)s"
ARTICLE = "UPDATE articles_article SET {} WHERE id = %(article)s"


def _unnamed():
    for table, name in (
        ("people_person", "person"),
        ("people_organization", "organization"),
        ("people_office", "office"),
        ("people_meeting", "meeting"),
        ("articles_source", "source"),
    ):
        yield Act("it has no name", f"UPDATE {table} SET name_ru = '' WHERE id = %({name})s", f"{name}_is_named")
        yield Act("its name is a blank", f"UPDATE {table} SET name_ru = ' ' WHERE id = %({name})s", f"{name}_is_named")
        yield Act("its name is NULL", f"UPDATE {table} SET name_ru = NULL WHERE id = %({name})s", f"{table}.name_ru")


def _countries():
    for table, name in (
        ("people_organization", "organization"),
        ("people_office", "office"),
        ("articles_source", "source"),
    ):
        change = f"UPDATE {table} SET country = {{}} WHERE id = %({name})s"
        yield Act("a country by its name", change.format("'Беларусь'"), f"{name}_country_is_iso")
        yield Act(f"the country of {table} in two letters", change.format("'BY'"))


NAMES = "name_ru, name_be, name_en"
COLUMNS = {
    "person": f"{NAMES}, about",
    "organization": f"{NAMES}, country",
    "office": f"{NAMES}, country, epithets, single_seat",
    "tenure": "person_id, office_id, start_known, end_known, evidence, single_seat",
}


def _registry_keys():
    for name, columns in COLUMNS.items():
        # A tenure's twin has no dates, so that no other rule minds it.
        copied = columns.replace("start_known, end_known", "'', ''")
        twin = (
            f"INSERT INTO people_{name} ({columns}, registry_key) SELECT {copied}, {{}} FROM people_{name}"
            f" WHERE id = %({name})s; "
        )
        yield Act(f"two of people_{name} without a key", twin.format("NULL") * 2)
        yield Act(f"two of people_{name} with one key", twin.format("'xp-one'") * 2, f"{name}_registry_key_once")


ACTS = [
    *_unnamed(),
    *_registry_keys(),
    Act("somebody of whom reports say «she»", "UPDATE people_person SET gender = 'f' WHERE id = %(person)s"),
    Act(
        "a gender in words",
        "UPDATE people_person SET gender = 'female' WHERE id = %(person)s",
        "person_gender_is_known",
    ),
    *_countries(),
    Act("one is merged into another", A_INTO_B),
    Act("into one who is merged", B_INTO_C + A_INTO_B, FLAT),
    Act("one into whom another was merged", A_INTO_B + B_INTO_C, FLAT),
    Act("two into each other", A_INTO_B + B_INTO_A, FLAT),
    Act("all together", A_INTO_B + B_INTO_C + MERGE.format(who="person", into="third_person")),
    Act("into itself", MERGE.format(who="person", into="person"), "person_not_merged_into_itself", also=(FLAT,)),
    Act("a name of blanks", "UPDATE people_personname SET text = ' ' WHERE id = %(alias)s", "person_name_not_blank"),
    Act(
        "a name of a kind that nobody knows",
        "UPDATE people_personname SET kind = 'pet' WHERE id = %(alias)s",
        "person_name_kind_is_known",
    ),
    Act(
        "the same name twice",
        "INSERT INTO people_personname (person_id, text, language, kind) SELECT person_id, text, language, kind FROM people_personname WHERE id = %(alias)s",
        "person_name_once",
    ),
    Act(
        "a meeting of a kind that nobody knows",
        "UPDATE people_meeting SET kind = 'duel' WHERE id = %(meeting)s",
        "meeting_kind_is_known",
    ),
    Act("a participant who is two", PARTICIPANT.format("in_words = 'все'"), "participant_is_one_of_three"),
    Act("a participant who is nobody", PARTICIPANT.format("person_id = NULL"), "participant_is_one_of_three"),
    Act("a participant in words", PARTICIPANT.format("person_id = NULL, in_words = 'все'")),
    Act("a role that nobody knows", PARTICIPANT.format("role = 'ghost'"), "participant_role_is_known"),
    Act(
        "the same participant twice",
        "INSERT INTO people_participant (meeting_id, person_id, in_words, role) SELECT meeting_id, person_id, '', role FROM people_participant WHERE id = %(participant)s",
        "participant_person_once",
    ),
    Act(
        "the same organization twice",
        "INSERT INTO people_participant (meeting_id, organization_id, in_words, role) VALUES"
        " (%(meeting)s, %(organization)s, '', 'host'), (%(meeting)s, %(organization)s, '', 'host')",
        "participant_organization_once",
    ),
    Act("a source of a kind that nobody knows", SOURCE.format("kind = 'rumour'"), "source_kind_is_known"),
    Act("a site with its scheme", SOURCE.format("host = 'https://primer.example/'"), "source_host_is_bare"),
    Act(
        "two sources of one site",
        SOURCE.format("host = 'primer.example'")
        + "; INSERT INTO articles_source (name_ru, name_be, name_en, kind, host, country)"
        " VALUES ('Копия', '', '', 'sample', 'primer.example', '')",
        "source_host_once",
    ),
    Act("an address without its scheme", ARTICLE.format("address = 'primer.example/1'"), "article_address_is_http"),
    Act(
        "two articles of one address",
        "UPDATE articles_article SET address = 'https://primer.example/1' WHERE id IN (%(article)s, %(other_article)s)",
        "article_address_once",
    ),
    Act("a language by its name", ARTICLE.format("language = 'русский'"), "article_language_is_iso"),
]
