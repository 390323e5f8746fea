"""Rule 4: what is submitted has a speaker, a date, an occasion and a lead quote. And whom and what it points at."""

from tests.rules.acts import Act
from tests.rules.rows import draft

# With number and content of its own, so that the act stands without the trigger, too.
SUBMIT = "; INSERT INTO quotes_revision (statement_id, submitted_by_id, submitted_at) VALUES (%(statement)s, %(anna)s, now())"
SET = "UPDATE quotes_statement SET {} WHERE id = %(statement)s"
TREE = "UPDATE quotes_topic SET parent_id = {} WHERE id = {}"
ONE = "statement_has_one_speaker_at_most"

ACTS = [
    Act("without a lead quote", SET.format("lead_id = NULL") + SUBMIT, "statement_has_lead_quote", draft),
    Act(
        "without a speaker", SET.format("speaker_id = NULL, tenure_id = NULL") + SUBMIT, "statement_has_speaker", draft
    ),
    Act(
        "by nobody known, without the printed attribution",
        SET.format("speaker_id = NULL, tenure_id = NULL, speaker_not_identified = true")
        + "; UPDATE quotes_quote SET attribution = '' WHERE id = %(quote)s"
        + SUBMIT,
        "statement_has_speaker",
        draft,
    ),
    Act(
        "by nobody known, with an attribution of blanks",
        SET.format("speaker_id = NULL, tenure_id = NULL, speaker_not_identified = true")
        + "; UPDATE quotes_quote SET attribution = ' ' WHERE id = %(quote)s"
        + SUBMIT,
        "statement_has_speaker",
        draft,
    ),
    Act(
        "by nobody known, with the printed attribution",
        SET.format("speaker_id = NULL, tenure_id = NULL, speaker_not_identified = true") + SUBMIT,
        stage=draft,
    ),
    Act(
        "by an organization",
        SET.format("speaker_id = NULL, tenure_id = NULL, speaker_organization_id = %(organization)s") + SUBMIT,
        stage=draft,
    ),
    Act("without a date", SET.format("spoken = NULL, spoken_known = ''") + SUBMIT, "statement_has_spoken_date", draft),
    Act("without an occasion", SET.format("meeting_id = NULL") + SUBMIT, "statement_has_occasion", draft),
    Act("on an occasion not named", SET.format("meeting_id = NULL, occasion_not_named = true") + SUBMIT, stage=draft),
    Act("with a date known to the year", SET.format("spoken = '2031'") + SUBMIT, stage=draft),
    Act("a person and an organization speak", SET.format("speaker_organization_id = %(organization)s"), ONE, draft),
    Act("a person speaks who is not identified", SET.format("speaker_not_identified = true"), ONE, draft),
    Act(
        "an organization speaks that is not identified",
        SET.format(
            "speaker_id = NULL, tenure_id = NULL, speaker_organization_id = %(organization)s, speaker_not_identified = true"
        ),
        ONE,
        draft,
    ),
    Act(
        "whether the speaker is identified is NULL",
        SET.format("speaker_not_identified = NULL"),
        "quotes_statement.speaker_not_identified",
        draft,
    ),
    Act(
        "an occasion that is not named",
        SET.format("occasion_not_named = true"),
        "statement_has_one_occasion_at_most",
        draft,
    ),
    Act("an office without a speaker", SET.format("speaker_id = NULL"), "statement_tenure_needs_speaker", draft),
    Act("another person's office", SET.format("speaker_id = %(other_person)s"), "statement_tenure_is_speakers", draft),
    Act(
        "an office goes over to another person",
        "UPDATE people_tenure SET person_id = %(other_person)s WHERE id = %(tenure)s",
        "statement_tenure_is_speakers",
        draft,
    ),
    Act(
        "another statement's quote leads",
        "INSERT INTO quotes_statement (speaker_not_identified, spoken_known, spoken_evidence, occasion_not_named, label,"
        " created_at, lead_id) VALUES (false, '', '', false, '', now(), %(quote)s)",
        "statement_lead_is_its_own",
        draft,
    ),
    Act("another of its quotes leads", SET.format("lead_id = %(other_quote)s"), stage=draft),
    Act("a topic of a topic", TREE.format("%(other_topic)s", "%(topic)s")),
    Act(
        "a topic of a topic of a topic",
        "INSERT INTO quotes_topic (name_ru, name_be, name_en, parent_id) VALUES ('Тропы', '', '', %(other_topic)s); "
        + TREE.format("%(topic)s", "%(other_topic)s"),
        "topic_tree_is_shallow",
    ),
    Act(
        "two topics are each other's",
        TREE.format("%(topic)s", "%(other_topic)s; ") + TREE.format("%(other_topic)s", "%(topic)s"),
        "topic_tree_is_shallow",
    ),
    Act(
        "a topic is its own",
        TREE.format("id", "%(topic)s"),
        "topic_not_its_own_parent",
        also=("topic_tree_is_shallow",),
    ),
    Act("a topic without a name", "UPDATE quotes_topic SET name_ru = '' WHERE id = %(topic)s", "topic_is_named"),
    Act(
        "an addressee who is two",
        "UPDATE quotes_addressee SET in_words = 'все' WHERE id = %(addressee)s",
        "addressee_is_one_of_three",
        draft,
    ),
    Act(
        "an addressee who is nobody",
        "UPDATE quotes_addressee SET person_id = NULL WHERE id = %(addressee)s",
        "addressee_is_one_of_three",
        draft,
    ),
    Act(
        "the same addressee twice",
        "INSERT INTO quotes_addressee (statement_id, person_id, in_words) SELECT statement_id, person_id, '' FROM quotes_addressee",
        "addressee_person_once",
        draft,
    ),
    Act(
        "the same organization twice",
        "INSERT INTO quotes_addressee (statement_id, organization_id, in_words)"
        " VALUES (%(statement)s, %(organization)s, ''), (%(statement)s, %(organization)s, '')",
        "addressee_organization_once",
        draft,
    ),
]
