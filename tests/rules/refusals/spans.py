"""Rule 2: spans lie in the body, are not empty, word for word; those of one quote are disjoint."""

from tests.rules.acts import Act
from tests.rules.rows import FIRST, SECOND, TEASER, draft, place, published

start, end = place(FIRST)
second_end = place(SECOND)[1]
tease, tease_end = place(TEASER)
ADD = 'INSERT INTO quotes_span (quote_id, start, "end", exact) VALUES '
SET = "UPDATE quotes_span SET {} WHERE id = %(quote_span)s"
QUOTE = "UPDATE quotes_quote SET {} WHERE id = %(quote)s"
MARK = QUOTE.format(f"passage_start = {start}, passage_end = {end}") + "; "
ONE_MORE = (
    "INSERT INTO quotes_quote (statement_id, snapshot_id, kind, language, attribution)"
    " VALUES (%(statement)s, %(snapshot)s, 'direct', 'ru', ''); "
)
EXACT, INSIDE, APART, WORDS = "span_is_exact", "span_inside_body", "spans_are_disjoint", "quote_has_words"
PASSAGE = "quote_passage_inside_span"

ACTS = [
    Act("words that stand elsewhere", f"{ADD} (%(quote)s, 0, 5, 'Осень')", EXACT, draft),
    Act("the same words in other letters", f"{ADD} (%(quote)s, 0, 5, 'город')", EXACT, draft),
    Act("words cut short", f"{ADD} (%(quote)s, 0, 5, 'Горо')", EXACT, draft),
    Act("no words", f"{ADD} (%(quote)s, 0, 5, NULL)", EXACT, draft, also=("quotes_span.exact",)),
    Act("one wrong row among right ones", f"{ADD} (%(quote)s, 0, 5, 'Город'), (%(quote)s, 6, 14, 'Х')", EXACT, draft),
    Act("the words of a span are rewritten", SET.format("exact = upper(exact)"), EXACT, draft),
    Act("all spans are rewritten at once", "UPDATE quotes_span SET exact = upper(exact)", EXACT, draft),
    Act("a span is moved without its words", SET.format('start = start - 1, "end" = "end" - 1'), EXACT, draft),
    Act(
        "a wrong span comes in by way of a conflict",
        'INSERT INTO quotes_span (id, quote_id, start, "end", exact) OVERRIDING SYSTEM VALUE'
        ' SELECT id, quote_id, start, "end", exact FROM quotes_span WHERE id = %(quote_span)s'
        " ON CONFLICT (id) DO UPDATE SET exact = 'other'",
        EXACT,
        draft,
    ),
    Act("a teaser", f"{ADD} (%(quote)s, {tease}, {tease_end}, '{TEASER}')", INSIDE, draft),
    Act(
        "a span over the body's end",
        f"{ADD} (%(quote)s, {tease - 20}, {tease}, substr((SELECT text FROM articles_snapshot WHERE id = %(snapshot)s), {tease - 19}, 20))",
        INSIDE,
        draft,
    ),
    Act(
        "a span before the text",
        f"{ADD} (%(quote)s, -1, 0, '')",
        INSIDE,
        draft,
        also=(EXACT, "quotes_span_start_check", "span_is_not_empty"),
    ),
    Act("an empty span", f"{ADD} (%(quote)s, 5, 5, '')", "span_is_not_empty", draft),
    Act("a span that ends before it starts", f"{ADD} (%(quote)s, 5, 4, '')", "span_is_not_empty", draft, also=(APART,)),
    Act("a span without a start", f"{ADD} (%(quote)s, NULL, 5, 'Город')", EXACT, draft, also=("quotes_span.start",)),
    Act("a span without an end", f"{ADD} (%(quote)s, 0, NULL, 'Город')", EXACT, draft, also=("quotes_span.end", APART)),
    Act("a span without a quote", f"{ADD} (NULL, 0, 5, 'Город')", EXACT, draft, also=("quotes_span.quote_id",)),
    Act("the same span twice", f"{ADD} (%(quote)s, {start}, {end}, '{FIRST}')", APART, draft),
    Act("a span inside another", f"{ADD} (%(quote)s, {start}, {start + 4}, 'Мост')", APART, draft),
    Act("two spans that overlap, at once", f"{ADD} (%(quote)s, 0, 5, 'Город'), (%(quote)s, 4, 6, 'д ')", APART, draft),
    Act(
        "a span grows over another",
        SET.format(
            f'"end" = {second_end}, exact = substr((SELECT text FROM articles_snapshot WHERE id = %(snapshot)s),'
            f" {start + 1}, {second_end - start})"
        ),
        APART,
        draft,
    ),
    Act("spans side by side", f"{ADD} (%(quote)s, 0, 3, 'Гор'), (%(quote)s, 3, 5, 'од')", stage=draft),
    Act("another quote may overlap this one", f"{ADD} (%(other_quote)s, {start}, {end}, '{FIRST}')", stage=draft),
    Act("a quote without words", ONE_MORE, WORDS, draft),
    Act("a quote loses its words", "DELETE FROM quotes_span WHERE quote_id = %(quote)s", WORDS, draft),
    Act("all words are deleted at once", "DELETE FROM quotes_span", WORDS, draft),
    Act(
        "a quote's only span goes to another",
        "UPDATE quotes_span SET quote_id = %(quote)s, start = 0, \"end\" = 5, exact = 'Город' WHERE quote_id = %(other_quote)s",
        WORDS,
        draft,
    ),
    Act(
        "a quote gets its words before the commit",
        ONE_MORE + f"{ADD} ((SELECT max(id) FROM quotes_quote), 0, 5, 'Город')",
        stage=draft,
    ),
    Act("a quote loses one of two spans", "DELETE FROM quotes_span WHERE id = %(second_span)s", stage=draft),
    Act("a passage in the words", QUOTE.format(f"passage_start = {start}, passage_end = {start + 4}"), stage=draft),
    Act("a passage over all of a span", QUOTE.format(f"passage_start = {start}, passage_end = {end}"), stage=draft),
    Act("a passage outside the words", QUOTE.format("passage_start = 0, passage_end = 5"), PASSAGE, draft),
    Act(
        "a passage one letter too long",
        QUOTE.format(f"passage_start = {start}, passage_end = {end + 1}"),
        PASSAGE,
        draft,
    ),
    Act(
        "a span shrinks under its passage",
        MARK + SET.format(f"\"end\" = {start + 4}, exact = 'Мост'"),
        PASSAGE,
        draft,
    ),
    Act(
        "the span of a passage is deleted",
        MARK + "DELETE FROM quotes_span WHERE id = %(quote_span)s",
        PASSAGE,
        draft,
    ),
    Act("half a passage", QUOTE.format(f"passage_start = {start}"), "quote_passage_is_whole", draft, also=(PASSAGE,)),
    Act("the other half", QUOTE.format(f"passage_end = {end}"), "quote_passage_is_whole", draft),
    Act(
        "a passage backwards",
        QUOTE.format(f"passage_start = {start + 4}, passage_end = {start + 2}"),
        "quote_passage_is_whole",
        draft,
    ),
    Act(
        "a quote is moved to another snapshot",
        QUOTE.format("snapshot_id = %(other_snapshot)s"),
        "quote_stays_in_its_snapshot",
        draft,
    ),
    Act(
        "an attribution that is not in the text",
        QUOTE.format("attribution = 'сказал неизвестно кто'"),
        "quote_attribution_is_printed",
        draft,
    ),
    Act("no attribution", QUOTE.format("attribution = ''"), stage=draft),
    Act("an attribution that is NULL", QUOTE.format("attribution = NULL"), "quotes_quote.attribution", draft),
    Act("a kind that nobody knows", QUOTE.format("kind = 'sung'"), "quote_kind_is_known", draft),
    Act("a language by its name", QUOTE.format("language = 'русский'"), "quote_language_is_iso", draft),
    Act(
        "the leading quote is deleted",
        "DELETE FROM quotes_span WHERE quote_id = %(quote)s; DELETE FROM quotes_quote WHERE id = %(quote)s",
        "quotes_statement_lead_id_fk",
        published,
        also=("statement_lead_is_its_own",),
    ),
    Act(
        "another quote is deleted",
        "DELETE FROM quotes_span WHERE quote_id = %(other_quote)s; DELETE FROM quotes_quote WHERE id = %(other_quote)s",
        stage=draft,
    ),
]
