"""What the database refuses, told to a person: its named rules become sentences that say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from people.refusals import broken_rule

SENTENCES: dict[str, StrOrPromise] = {
    "span_inside_body": _(
        "These words lie outside the article's body: a teaser, a credit line or a menu is not the article. "
        "If they do belong to it, move the bounds of the body first."
    ),
    "span_is_exact": _("The words differ from the text. Select them again."),
    "span_is_not_empty": _("Nothing is selected. Select the words of the quote."),
    "spans_are_disjoint": _("Two parts of the quote share characters. Select parts that follow one another."),
    "snapshot_body_keeps_quotes": _(
        "A quote would fall outside the body. Choose wider bounds, or delete the quote first."
    ),
    "snapshot_body_is_inside": _("The body must be a part of the text and not empty."),
    "quote_has_words": _("A quote needs words. Select them in the text."),
    "quote_passage_inside_span": _("The passage must lie inside the quote's words, within one of its parts."),
    "quote_passage_is_whole": _("The passage needs a start and a later end."),
    "quote_attribution_is_printed": _("The attribution must stand in the text exactly so. Copy it from there."),
    "statement_has_lead_quote": _("Mark the words of the quote first."),
    "statement_has_speaker": _(
        "Name the speaker: a person or an organization; or choose “not identified” and copy the attribution as printed."
    ),
    "statement_has_spoken_date": _("Give the date on which it was said, and how it is known."),
    "statement_has_occasion": _("Choose the occasion, or “occasion not named”."),
    "statement_tenure_is_speakers": _("This office was held by somebody else. Choose an office of the speaker's."),
    "statement_lead_is_its_own": _("The leading quote must be one of the statement's own."),
    "statement_revision_is_its_content": _("The statement has changed since it was submitted. Submit it again."),
    "revision_by_its_user": _("Only the one who submits can be named as the submitter."),
    "verdict_on_current_revision": _("The statement has changed since you opened it. Read it again."),
    "verdict_only_once": _("Somebody has approved or returned this already."),
    "verdict_by_its_user": _("Only the one who decides can be named as the reviewer."),
    "approval_by_another": _("You wrote a part of this statement, so somebody else has to approve it."),
    "return_says_why": _("Say what is to be done before it can be approved."),
    "return_points_into_its_text": _("Point at words of a text that the statement is quoted from."),
    "return_points_whole": _("Point at words: a start and a later end."),
    "guideline_stays_once_published": _("This version is published. Write a new one instead."),
    "guideline_published_by_its_user": _("Only the one who publishes can be named as the publisher."),
    "withdrawal_says_why": _("Say why it is withdrawn; readers will see it."),
    "withdrawal_once_at_a_time": _("This statement is withdrawn already."),
    "withdrawal_restored_whole": _("Say why it is restored."),
    "withdrawal_stays": _("A withdrawal can't be rewritten."),
    "report_of_what_was_public": _("Only what was published can be reported."),
    "report_says_what": _("Say what is wrong."),
    "report_is_bounded": _("This is too long."),
    "report_is_answered_whole": _("Choose what you have decided, and say why: the reader will see it."),
    "report_answer_stays": _("Somebody has answered this already."),
    "report_answered_by_its_user": _("Nobody answers in another's name."),
    "api_key_is_named": _("Say what the key is for, and who holds it."),
    "api_key_is_bounded": _("This is too long."),
    "api_key_works_for_some_time": _("Its last day can't lie before the day on which it was made."),
    "api_key_stays_revoked": _("This key is revoked, for good. Give another one."),
    "api_key_by_its_user": _("Nobody gives or revokes a key in another's name."),
    "suggestion_stays_as_decided": _("Somebody has decided on this suggestion already."),
    "suggestion_decided_by_its_user": _("Only the one who decides can be named as the one who did."),
    "assignment_in_one_hand": _("Somebody else has this article: they work on it, or have finished it."),
    "assignment_skip_says_why": _("Say why you skip it; whoever plans the work will see it."),
    "assignment_ends_one_way": _("This article is finished. Reopen it first."),
    "assignment_without_statements": _(
        "There are quotes in this article, so it is not without statements. Look at them, then finish it as annotated."
    ),
    "assignment_annotated_has_quotes": _(
        "There is no quote in this article. Mark one, or finish it with “No statements here”."
    ),
    "assignment_by_its_user": _("Nobody works, assigns or reopens in another's name."),
    "double_begins_fresh": _(
        "There are quotes in this article, or somebody has finished it: it can no longer be annotated twice, unseen."
    ),
    "double_share_is_a_share": _("A share lies between 0 and 100 per cent."),
    "double_settles_finished": _("The two annotators have not both finished yet."),
    "double_settled_by_another": _("You are one of the two annotators, so somebody else has to settle it."),
    "double_stays_settled": _("Somebody has settled this already."),
    "double_waits_for_adjudication": _(
        "You and the other annotator have both finished. Somebody else settles what differs; then it can be changed."
    ),
    "quote_is_of_a_side": _(
        "This article is annotated twice, independently, and you are neither of the two. Wait until it is settled."
    ),
    "ruling_by_another": _("You are one of the two annotators, so somebody else has to settle it."),
    "ruling_is_due": _("There is nothing to decide here: somebody has settled it already."),
    "revision_waits_for_settlement": _(
        "This article is annotated twice, independently. Its statements are submitted when it is settled."
    ),
    "side_is_finished": _("You have finished this article. Reopen it first."),
    "side_is_its_annotators": _("Another annotator is reading this article, unseen. Wait until it is settled."),
    "side_keeps_its_annotator": _(
        "There are quotes of this annotator in an article that is annotated twice. Delete them first, or finish it."
    ),
    "side_stays_apart": _(
        "This article is annotated twice, independently: until that is settled, its quotes join no other statement."
    ),
    "side_stays_finished": _("Both annotators have finished; what differs is being settled, or is."),
    "side_words_its_text": _("This article is annotated twice: both read the same text, which is not this one."),
    "topic_tree_is_shallow": _("Topics have two levels: this one can't be put under, or above, another."),
}


class Refused(Exception):  # noqa: N818 - an answer, told to the person who asked
    """The database's rule `rule` forbids it; `str()` is a sentence in the reader's language that says what to do."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule

    def __str__(self) -> str:
        return str(SENTENCES[self.rule])


@contextmanager
def refusals() -> Iterator[None]:
    """A transaction whose broken rules come out as Refused, those checked at the commit included.

    A rule without a sentence is a defect of ours and rises as it is.
    """
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError as error:
        rule = broken_rule(error)
        if rule not in SENTENCES:
            raise
        raise Refused(rule) from error
