"""English statements by rules: each shape of reporting, in texts with plainly invented people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.extraction.candidates import Span
from quotes.extraction.engine import suggest
from quotes.extraction.english.quoting import regular
from tests.quotes.extraction.reading import DAY, REGISTRY, Told, holds_together


def told(text):
    return Told(text, "en")


# Direct speech


@pytest.mark.parametrize(
    "text",
    [
        "“The bridge will open in May,” Harriet Quibble said.",
        "“The bridge will open in May,” said Harriet Quibble.",
        '"The bridge will open in May," Harriet Quibble told reporters on Friday.',
        "‘The bridge will open in May,’ said Harriet Quibble",
        "'The bridge will open in May', Harriet Quibble said.",
        "``The bridge will open in May,'' said Harriet Quibble.",
        'Harriet Quibble said: "The bridge will open in May"',
        "Harriet Quibble, 56, who runs the port, said, “The bridge will open in May”.",
        "In a tweet on Monday, Harriet Quibble wrote: “The bridge will open in May”",
        "Harriet Quibble answered the critics, saying, “The bridge will open in May”",
        "“The bridge will open in May,” a visibly angry Harriet Quibble fumed.",
        "“The bridge will open in May,” the mayor's aide, Harriet Quibble, was quoted by the Echo as saying.",
    ],
)
def test_a_quotation_is_found_with_the_one_it_is_attributed_to(text):
    found = told(text)
    assert found.words == [("The bridge will open in May",)]
    assert found.kinds == ["direct"]
    assert found.speakers == ["Harriet Quibble"]


def test_a_quotation_goes_on_after_its_attribution_in_the_same_sentence():
    found = told('"The bridge," Harriet Quibble said, "will open in May."')
    assert found.words == [("The bridge", "will open in May.")]
    assert found.rules == ["direct.inside"]


def test_a_quotation_goes_on_in_the_next_sentence_of_its_paragraph():
    found = told("“It opens in May,” Harriet Quibble said. “Nobody will pay.” It rained.")
    assert found.words == [("It opens in May", "Nobody will pay.")]


def test_two_quotations_with_cues_of_their_own_are_two_statements():
    found = told("“It opens in May,” Harriet Quibble said. “Nonsense,” Ned Nobbs replied.")
    assert found.words == [("It opens in May",), ("Nonsense",)]
    assert found.speakers == ["Harriet Quibble", "Ned Nobbs"]


@pytest.mark.parametrize("opening", ["“", '"'])
def test_a_quotation_that_reopens_its_marks_in_each_paragraph_is_one(opening):
    closing = "”" if opening == "“" else '"'
    found = told(f"Ned Nobbs said: {opening}It is late.\n\n{opening}It is dark.\n\n{opening}Go home.{closing}")
    assert found.words == [("It is late.", "It is dark.", "Go home.")]
    assert found.speakers == ["Ned Nobbs"]


def test_a_quotation_of_several_paragraphs_may_be_attributed_at_its_end():
    found = told("“It is late.\n\n“It is dark,” Ned Nobbs said. He left.")
    assert found.words == [("It is late.", "It is dark")]
    assert found.speakers == ["Ned Nobbs"]


def test_a_quoted_paragraph_alone_is_the_last_speakers_but_less_surely():
    found = told("“It opens in May,” Harriet Quibble said.\n\n“Nobody will have to pay for it, ever.”")
    assert found.words == [("It opens in May",), ("Nobody will have to pay for it, ever.",)]
    assert found.speakers == ["Harriet Quibble"] * 2
    assert found.candidates[1].confidence < found.candidates[0].confidence


def test_words_that_somebody_is_told_in_marks_need_no_comma():
    assert told("Harriet Quibble told the crowd “it was never safe”.").words == [("it was never safe",)]
    assert told("Harriet Quibble on the bridge: “It was never safe.”").speakers == ["Harriet Quibble"]
    assert told("“It was safe,” as Harriet Quibble put it.").words == [("It was safe",)]


def test_a_question_is_attributed_by_the_sentence_after_it():
    assert told("“Who will pay?” Harriet Quibble asked.").words == [("Who will pay?",)]
    assert told("“Nobody at all.” Harriet Quibble said on Monday.").words == [("Nobody at all.",)]


def test_names_and_scare_quotes_are_no_statements():
    text = (
        'The band, "The Purple Gherkins", played in the "Blue Barn" until ten. The so-called "bridge of sighs" is shut. '
        "The workers' club sold 'Old Peculiar' in the '90s."
    )
    assert told(text).candidates == []


def test_apostrophes_are_told_from_quotation_marks():
    text = "The workers' union said: 'We won't take the bosses' word for it.' It's over."
    assert told(text).words[0] == ("We won't take the bosses' word for it.",)
    plain = "rock 'n' roll, the '90s, Doe's, don't"
    assert "‹" not in regular(plain, Span(0, len(plain)))


def test_a_letter_reads_and_a_sign_says():
    found = told("The letter reads: “We, the undersigned, object.”")
    assert found.words == [("We, the undersigned, object.",)]
    assert found.only.speaker is not None
    assert found.only.speaker.type == "unknown"


# Indirect and mixed speech


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Harriet Quibble said that the bridge would open in May.", "the bridge would open in May"),
        ("Harriet Quibble said the bridge would open in May.", "the bridge would open in May"),
        ("Harriet Quibble told the Echo on Friday that the bridge was safe.", "the bridge was safe"),
        ("Harriet Quibble told reporters it was safe.", "it was safe"),
        ("Speaking after the vote, Harriet Quibble said she was glad.", "she was glad"),
        ("The bridge is safe, Harriet Quibble said on Friday.", "The bridge is safe"),
        ("The bridge is safe, said Harriet Quibble.", "The bridge is safe"),
        ("According to Harriet Quibble, the bridge is safe.", "the bridge is safe"),
        ("The bridge is safe, according to Harriet Quibble.", "The bridge is safe"),
        ("Harriet Quibble is confident that the bridge is safe.", "the bridge is safe"),
        ("Harriet Quibble asked whether the bridge was safe.", "whether the bridge was safe"),
        ("Harriet Quibble urged the council to close the bridge.", "the council to close the bridge"),
        ("Harriet Quibble has promised to close the bridge.", "to close the bridge"),
        ("Harriet Quibble called for an inquiry into the tender on Monday.", "an inquiry into the tender"),
        ("Harriet Quibble was quoted as saying that the bridge was safe.", "the bridge was safe"),
        ("Harriet Quibble: the bridge is safe", "the bridge is safe"),
        ("TESTGRAD, March 3 (Echo) - The bridge is safe, Harriet Quibble said.", "The bridge is safe"),
        ("Harriet Quibble expressed hope that the bridge was safe.", "the bridge was safe"),
        ("Harriet Quibble repeated her claim that the bridge was safe.", "the bridge was safe"),
        ("Harriet Quibble said: The bridge is safe and will stay open.", "The bridge is safe and will stay open"),
        ("Harriet Quibble said this week the bridge was safe.", "the bridge was safe"),
        ("Harriet Quibble, who once said that it was safe, built the bridge.", "it was safe"),
        ("Harriet Quibble felt very sure that it was safe.", "it was safe"),
        ("According to Harriet Quibble, a teacher, the bridge is safe.", "the bridge is safe"),
        ("Harriet Quibble wondered how it worked.", "how it worked"),
        ("Harriet Quibble asked if the bridge was safe.", "if the bridge was safe"),
        ("Harriet Quibble's letter said the bridge was safe.", "the bridge was safe"),
        ("The bridge is safe, Harriet Quibble told reporters after the vote.", "The bridge is safe"),
        ("Harriet Quibble promised on Monday to close the bridge.", "to close the bridge"),
        ("Harriet Quibble shut the port, saying ice was breaking the bridge.", "ice was breaking the bridge"),
        ("Harriet Quibble thinks there are fewer bridges.", "there are fewer bridges"),
        ("Harriet Quibble told the Echo's video newsmaker series it was safe.", "it was safe"),
    ],
)
def test_reported_words_are_found_without_cue_conjunction_and_speaker(text, words):
    found = told(text)
    assert found.words == [(words,)]
    assert found.kinds == ["indirect"]
    assert found.speakers == ["Harriet Quibble"]


def test_reported_words_around_an_inserted_attribution_are_one_statement():
    found = told("The bridge, Harriet Quibble insisted, was never safe.")
    assert found.words == [("The bridge", "was never safe")]
    assert told("The bridge, as Harriet Quibble told reporters, will open.").words == [("The bridge", "will open")]
    assert told("Bridges, Harriet Quibble said, will never be safe.").words == [("Bridges", "will never be safe")]


def test_a_source_within_somebodys_words_does_not_end_them():
    assert told("Critics say the plan, according to one study, would cost millions.").words == [
        ("the plan, according to one study, would cost millions",)
    ]


def test_two_clauses_under_one_cue_are_one_statement_and_a_new_cue_begins_another():
    assert told("Harriet Quibble said that it was late and that it was dark.").words == [
        ("it was late and that it was dark",)
    ]
    found = told("Harriet Quibble said it was late, and her aide, Ned Nobbs, said it was dark.")
    assert found.words == [("it was late",), ("it was dark",)]
    assert found.speakers == ["Harriet Quibble", "Ned Nobbs"]
    assert told("Harriet Quibble said it was late, adding that it was dark.").words == [
        ("it was late",),
        ("it was dark",),
    ]


def test_a_second_verb_of_saying_reports_anew():
    found = told("Harriet Quibble said it was late and added that it was dark.")
    assert found.words == [("it was late",), ("it was dark",)]


def test_a_quoted_phrase_inside_a_reported_clause_makes_it_mixed():
    found = told("Harriet Quibble said she was “not at all” worried.")
    assert found.words == [("she was “not at all” worried",)]
    assert found.kinds == ["mixed"]


def test_what_somebody_is_called_in_marks_is_a_mixed_statement():
    found = told("Harriet Quibble called the plan “a disgrace” on Monday.")
    assert found.words == [("the plan “a disgrace”",)]
    assert found.rules == ["mixed.naming"]


@pytest.mark.parametrize(
    "text",
    [
        "The claims of the company were wrong, and the report was late.",
        "Harriet Quibble did not say where she was going and declined to comment.",
        "I think that this is wrong. We believe the bridge is safe.",
        "He was told that it was over.",
        "Harriet Quibble did not say that she was going. Ned Nobbs never claimed that he was.",
        "Harriet Quibble thanked the workers and discussed plans.",
        "The fact that she knew is telling.",
        "Harriet Quibble's claim that the bridge was safe angered sailors, who rejected claims that it was late.",
        "",
        "   \n\n ",
    ],
)
def test_what_nobody_is_reported_to_have_said_is_no_statement(text):
    assert told(text).candidates == []


# Speakers


def test_a_surname_becomes_the_fullest_name_of_the_text():
    found = told("Harriet Quibble runs the port. “It is late,” Quibble said.")
    assert found.speakers == ["Harriet Quibble"]


def test_a_title_is_no_part_of_the_name():
    assert told("“It is late,” said Testgrad Deputy Mayor Harriet Quibble.").speakers == ["Harriet Quibble"]
    assert told("The Prime Minister said it was late.").only.speaker.type == "unknown"
    assert told("Mr Nobbs and Mrs Quibble came. “It is late,” he said.").speakers == ["Nobbs"]


def test_a_pronoun_means_the_person_of_its_sex_named_last():
    text = "Ned Nobbs met Harriet Quibble. “It is late,” {} said."
    assert told(text.format("she")).speakers == ["Harriet Quibble"]
    assert told(text.format("he")).speakers == ["Ned Nobbs"]


def test_a_pronoun_never_means_what_may_be_a_paper():
    found = told("Daisy Quibble said it was late. She told The Testgrad Echo so. “It is dark,” she added.")
    assert found.speakers[-1] == "Daisy Quibble"


def test_a_pronoun_with_nobody_before_it_names_nobody():
    found = told("“It is late,” he said.")
    assert found.words == [("It is late",)]
    assert found.speakers == [None]


def test_a_person_is_known_by_the_name_in_the_registry():
    choice = told("“It is late,” Quentin Quimby said.").only.speaker
    assert choice is not None
    assert (choice.name, choice.key, choice.type) == ("Quentin Quimby", "quimby", "person")
    assert [one.code for one in choice.reasons] == ["named", "registry_name"]


def test_an_office_means_its_holder_on_the_day_of_the_article():
    assert told("The mayor of Testgrad said that it was late.").only.speaker.key == "quimby"
    earlier = Told("The mayor of Testgrad said that it was late.", "en", DAY.replace(year=2025))
    assert earlier.only.speaker.key == "old-crumb"


def test_an_office_without_a_date_is_only_a_choice():
    found = Told("The mayor of Testgrad said that it was late.", "en", None)
    assert found.speakers == [None]
    assert {one.key for one in found.only.choices} == {"quimby", "old-crumb"}
    assert Told("The Polish president said that it was late.", "en", None).speakers == [None]


def test_the_reasons_of_a_speaker_do_not_pile_up():
    found = told("Ned Nobbs said it was late. " + "“It is dark and very cold today.”\n\n" * 5)
    assert max(len(one.speaker.reasons) for one in found.candidates) <= 2


def test_a_way_through_an_unverified_row_says_so():
    choice = told("The Polish president said that it was late.").only.speaker
    assert choice is not None
    assert choice.key == "pimble"
    assert choice.unverified


def test_a_role_means_who_was_introduced_in_it():
    text = "Harriet Quibble, the director of the port, met Ned Nobbs, a fisherman. The director said it was late."
    assert told(text).speakers == ["Harriet Quibble"]


def test_a_body_speaks_and_is_taken_up_by_its_noun():
    found = told("The Ministry of Oddities said it was late. The ministry added that it was dark.")
    assert [one.speaker.type for one in found.candidates] == ["organization", "organization"]
    assert [one.speaker.key for one in found.candidates] == ["ministry", "ministry"]


def test_people_without_names_are_named_as_printed():
    assert told("Witnesses said it was late.").only.speaker.type == "group"
    assert told("Harriet Quibble and her aides said it was late.").speakers == ["Harriet Quibble and her aides"]


def test_the_cue_and_the_mention_are_marked_in_the_text():
    text = "“It is late,” said Mayor Harriet Quibble."
    one = told(text).only
    assert one.cue.of(text) == "said"
    assert one.mention.of(text) == "Mayor Harriet Quibble"


@pytest.mark.parametrize("role", ["Owner", "Neighbour", "Composer", "Co-author"])
def test_a_role_that_begins_a_sentence_is_no_part_of_the_name(role):
    assert told(f"{role} Harriet Quibble said it was late.").speakers == ["Harriet Quibble"]


def test_who_stands_behind_a_preposition_speaks_in_a_relative_clause():
    assert told("The mayor signed it despite protests from farmers, who say it is late.").speakers == ["farmers"]


def test_who_is_met_in_a_relative_clause_does_not_speak():
    assert told("Farmers who met Harriet Quibble said it was late.").speakers == ["Farmers"]


def test_one_of_several_is_not_the_author():
    assert told("One of the men said it was very late.").speakers == ["One of the men"]


def test_where_somebody_is_from_is_no_part_of_the_name():
    assert told("“It is late,” said Dr Harriet Quibble of the Testgrad Echo.").speakers == ["Harriet Quibble"]


def test_a_body_is_not_taken_up_by_the_noun_of_another():
    found = told("The Ministry of Oddities said it was late. The airport said it was dark.")
    assert found.speakers == ["Ministry of Oddities", "airport"]


def test_a_body_whose_name_goes_on_after_to_is_no_person():
    found = told("It was late, according to the Alliance to Rescue Our Bridges.")
    assert found.speakers == ["Alliance to Rescue Our Bridges"]


def test_a_club_is_no_person():
    text = "Testgrad United lost. United captain Ned Nobbs said it was late. “It is dark,” he added."
    assert told(text).speakers == ["Ned Nobbs"] * 2


def test_a_role_that_nobody_is_introduced_in_stays_as_printed_and_a_pronoun_takes_it_up():
    text = "Ned Nobbs, a teacher, said it was late. Poland's harbour minister said it was dark. “Go home,” he added."
    assert told(text).speakers == ["Ned Nobbs"] + ["Poland's harbour minister"] * 2


def test_an_age_means_the_last_speaker_whatever_the_role():
    text = "Coach Ned Nobbs said it was late. The 48-year-old said it was dark."
    assert told(text).speakers == ["Ned Nobbs"] * 2


@pytest.mark.parametrize("thing", ["Quibblecare", "A Polish ferry"])
def test_what_is_no_person_is_not_meant_by_a_pronoun(thing):
    text = f"Ned Nobbs said it was late. The president said {thing} was late. {thing} is dark. “Go home,” he added."
    assert told(text).speakers[-1] == "Ned Nobbs"


def test_answers_in_an_interview_are_found_without_their_letter():
    found = told("Ned Nobbs built a bridge.\n\nQ: Why, Ned?\n\nA: It was “late”. And dark.\n\nQ: And now?")
    assert found.words == [("It was “late”. And dark.",)]
    assert found.rules == ["direct.interview"]
    assert found.speakers == ["Ned Nobbs"]


def test_a_statement_speaks_for_the_body_that_spoke_last():
    text = "The Ministry of Oddities said it was late. “It is dark,” the statement added. “Go home,” the letter said."
    assert told(text).speakers == ["Ministry of Oddities", "Ministry of Oddities", "letter"]


# Any text


def test_the_body_bounds_what_is_found():
    text = "“It is late,” Ned Nobbs said.\n\n“It is dark,” Ned Nobbs said."
    second = text.index("“It is dark")
    (one,) = suggest(text, "en", DAY, REGISTRY, Span(second, len(text)))
    assert one.spans[0].of(text) == "It is dark"


PIECES = st.sampled_from(
    [
        *"\"'“”‘’«»„.,:;!?—-…() \n",
        "``", "''", " said ", "Jane Doe", " he said", " that ", "according to ", ", ", ". ", "It is late", " told reporters",
        " and ", "Mr. ", "the mayor", "n't", "'s ", "U.S. ", "\u00a0", "\u200b", "é", "😀", "\r", "\t", " as ", " called ",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_no_text_breaks_it_and_spans_stand_apart_inside_the_text(text):
    assert len(regular(text, Span(0, len(text)))) == len(text)
    holds_together(text, suggest(text, "en", DAY, REGISTRY))


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_no_string_at_all_breaks_it(text):
    holds_together(text, suggest(text, "en", DAY, REGISTRY))


@pytest.mark.slow  # A megabyte is read word by word.
def test_a_megabyte_and_ten_thousand_marks_are_answered():
    for text in ("It is late and dark here. " * 40_000, '"' * 10_000, "“a” " * 10_000, "‘a ’b " * 5_000):
        holds_together(text, suggest(text, "en", DAY, REGISTRY))


@pytest.mark.parametrize(
    "text",
    [
        "Der Bürgermeister sagte: „Die Brücke ist sicher.“ Laut Polizei stimmt das.",
        "市长说：“桥是安全的。”他补充说，天黑了。",
        "قال العمدة: «الجسر آمن». وأضاف أنه تأخر.",
        "Иван Приметов сказал: «Поздно». “It is late,” said Ned Nobbs. «Позна», — сказаў ён. 他说：“晚了。”",
        "\u202eсказаў said\u202c “a”\u2028“b” — «c»\u2029" * 200,
    ],
)
def test_texts_in_other_languages_and_in_several_are_answered(text):
    holds_together(text, suggest(text, "en", DAY, REGISTRY))
