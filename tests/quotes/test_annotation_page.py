"""The annotation page as the server answers it; the browser's part is in tests/e2e."""

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from quotes import suggesting
from quotes.annotating import move_quote
from quotes.models import Quote, Statement, Suggestion
from quotes.reviewing import Point, send_back
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    """Anna's browser."""
    client.force_login(world.user("anna", "annotator"))
    return client


def page(of):
    return reverse("admin:quotes_annotate", args=[of.public_id])


def page_of(quote):
    return reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id])


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def filled(of, *words, **fields):
    """A complete form, whose spans are where the words stand."""
    spans = world.anchors(of, *words)
    return {
        "spans": ",".join(f"{span.start}-{span.end}" for span in spans),
        "passage": "",
        "kind": "direct",
        "attribution": "",
        "spoken": "4 мая 2031",
        "spoken_known": "text",
        "spoken_evidence": "",
        "occasion_not_named": "on",
        "label": "",
    } | fields


def test_a_quote_is_saved_with_its_statement_from_words_in_the_text(anna):
    of, speaker, meeting = world.snapshot(), world.person(), world.meeting()
    form = filled(of, world.BRIDGE, speaker=speaker.pk, meeting=meeting.pk, label="осенний мост", spoken="2031-Q2")
    form.pop("occasion_not_named")
    response = anna.post(page(of), form)
    assert response.status_code == 302, response.context["form"].errors
    statement = Statement.objects.get()
    assert statement.words == world.BRIDGE
    assert (statement.speaker, statement.meeting, statement.label) == (speaker, meeting, "осенний мост")
    assert statement.spoken == "2031-34"
    assert statement.state == "draft"


def test_outer_marks_and_spaces_are_left_out_of_the_span(anna):
    of = world.snapshot()
    start = of.text.index("«Мост")
    end = of.text.index(" — сказал")
    response = anna.post(page(of), filled(of, speaker=world.person().pk, spans=f"{start - 1}-{end}"))
    assert response.status_code == 302, response.context["form"].errors
    assert Quote.objects.get().words == world.BRIDGE


def test_words_of_a_teaser_are_refused_with_a_reason_and_the_form_keeps_what_was_typed(anna):
    of = world.snapshot()
    response = anna.post(page(of), filled(of, "Завтра в Заречье", label="ярмарка"), headers={"accept-language": "en"})
    assert response.status_code == 200
    assert "outside the article" in response.content.decode()
    assert response.context["form"]["label"].value() == "ярмарка"
    assert not Quote.objects.exists()


def test_a_quotation_split_by_its_attribution_is_one_quote_of_two_spans(anna):
    of = world.snapshot()
    response = anna.post(page(of), filled(of, "уже идут", "Работы", speaker=world.person().pk))
    assert response.status_code == 302, response.context["form"].errors
    assert Quote.objects.get().words == "Работы […] уже идут"


def test_a_passage_outside_the_words_is_refused(anna):
    of = world.snapshot()
    start = of.text.index("дороги")
    response = anna.post(page(of), filled(of, world.BRIDGE, passage=f"{start}-{start + 6}"))
    assert response.context["form"].errors.keys() == {"passage"}


def test_the_passage_is_kept(anna):
    of = world.snapshot()
    start = of.text.index("к осени»")
    response = anna.post(page(of), filled(of, world.BRIDGE, speaker=world.person().pk, passage=f"{start}-{start + 7}"))
    assert response.status_code == 302, response.context["form"].errors
    assert Quote.objects.get().passage == "к осени"


def test_words_that_are_quoted_already_are_saved_only_after_a_second_thought(anna):
    of = world.snapshot()
    world.draft(of=of)
    form = filled(of, world.BRIDGE, speaker=world.person().pk)
    response = anna.post(page(of), form, headers={"accept-language": "en"})
    assert "quoted from this text already" in response.content.decode()
    assert f'href="{page_of(Quote.objects.get())}"' in response.content.decode()
    assert Quote.objects.count() == 1
    assert anna.post(page(of), form | {"accept_warnings": "on"}).status_code == 302
    assert Quote.objects.count() == 2


def test_words_saved_all_the_same_are_not_asked_about_at_every_change(anna):
    of = world.snapshot()
    world.draft(of=of)
    quote = world.draft(of=of).lead
    form = {"speaker": quote.statement.speaker.pk, "label": "мост", "seen": quote.statement.fingerprint()}
    assert anna.post(page_of(quote), filled(of, world.BRIDGE, **form)).status_code == 302
    form["seen"] = quote.statement.fingerprint()
    assert anna.post(page_of(quote), filled(of, "построен к осени", **form)).context["form"].overlaps


def test_an_overlap_is_warned_of(anna):
    of = world.snapshot()
    world.draft(of=of)
    response = anna.post(page(of), filled(of, "построен к осени"), headers={"accept-language": "en"})
    assert "overlap another quote" in response.content.decode()


def test_the_same_words_in_another_article_are_warned_of(anna):
    world.published()
    of = world.snapshot(world.TEXT + " ")
    response = anna.post(page(of), filled(of, world.BRIDGE), headers={"accept-language": "en"})
    assert "quoted from another text already" in response.content.decode()
    assert f'href="{page_of(Quote.objects.get())}"' in response.content.decode()


def test_the_office_at_that_date_is_filled_in_where_the_tenures_leave_no_choice(anna):
    of, speaker = world.snapshot(), world.person()
    held = world.tenure(speaker, world.office(), "2030-01-01", "..")
    world.tenure(speaker, world.office("Министр мостов"), "2020", "2029")
    anna.post(page(of), filled(of, world.BRIDGE, speaker=speaker.pk))
    assert Statement.objects.get().tenure == held


def test_between_two_possible_offices_the_page_does_not_choose(anna):
    of, speaker = world.snapshot(), world.person()
    world.tenure(speaker, world.office(), "2030-01-01", "..")
    world.tenure(speaker, world.office("Председатель совета"), "2031", "..")
    anna.post(page(of), filled(of, world.BRIDGE, speaker=speaker.pk))
    assert Statement.objects.get().tenure is None


def test_an_office_of_somebody_else_is_refused(anna):
    of = world.snapshot()
    other = world.tenure(world.person("Пётр Другов"), world.office())
    response = anna.post(page(of), filled(of, world.BRIDGE, speaker=world.person().pk, tenure=other.pk))
    assert response.context["form"].errors.keys() == {"tenure"}


def test_a_date_from_another_source_names_that_source(anna):
    of = world.snapshot()
    response = anna.post(page(of), filled(of, world.BRIDGE, spoken_known="other"), headers={"accept-language": "en"})
    assert "name that source" in response.content.decode()


@pytest.mark.parametrize(
    ("published", "spoken", "refused"),
    [
        ("2031-05-05", "7 мая 2031", "The article was published before that: 5 May 2031. Correct this date, or first"),
        ("2031-05-05", "6 мая 2031", ""),  # already, far in the east
        ("2031-05", "июнь 2031", ""),
        ("2031-05", "2031-Q3", "The article was published before that: May 2031."),
        (None, "2031", "This date is still to come. Give the date on which the words were said."),
        (None, "2024", ""),
    ],
)
def test_words_are_not_said_after_they_were_reported(anna, published, spoken, refused):
    of = world.snapshot()
    type(of.article).objects.update(published=published, published_known="publication" if published else "")
    form = filled(of, world.BRIDGE, speaker=world.person().pk, spoken=spoken)
    shown = anna.post(page(of), form, headers={"accept-language": "en"})
    assert shown.status_code == (200 if refused else 302)
    assert refused in shown.content.decode()


def test_a_changed_quote_keeps_its_number_and_loses_its_approval(anna):
    statement = world.published(label="осенний мост")
    quote = statement.lead
    address = page_of(quote)
    response = anna.get(address)
    initial = response.context["form"].initial
    assert initial["spans"] == f"{quote.spans.get().start}-{quote.spans.get().end}"
    form = filled(
        quote.snapshot, world.BRIDGE, speaker=statement.speaker.pk, label="весенний мост", seen=statement.fingerprint()
    )
    assert anna.post(address, form).status_code == 302
    changed = Statement.objects.get()
    assert changed.lead == quote
    assert changed.label == "весенний мост"
    assert changed not in Statement.objects.published()


def test_saving_without_a_change_keeps_the_approval(anna):
    statement = world.published()
    quote = statement.lead
    address = page_of(quote)
    form = filled(
        quote.snapshot,
        world.BRIDGE,
        speaker=statement.speaker.pk,
        attribution=quote.attribution,
        seen=statement.fingerprint(),
    )
    assert anna.post(address, form).status_code == 302
    assert Statement.objects.get() in Statement.objects.published()


def test_an_incomplete_statement_is_not_submitted_and_every_gap_is_named(anna):
    of = world.snapshot()
    form = filled(of, world.BRIDGE, spoken="", spoken_known="")
    form.pop("occasion_not_named")
    anna.post(page(of), form)
    response = anna.post(
        reverse("admin:quotes_submit", args=[Quote.objects.get().public_id]), headers={"accept-language": "en"}
    )
    message = said(response)[-1]
    assert "Name the speaker" in message
    assert "Give the date" in message
    assert "Choose the occasion" in message
    assert Statement.objects.get().state == "draft"


def test_a_complete_statement_is_submitted(anna):
    statement = world.draft()
    anna.post(reverse("admin:quotes_submit", args=[statement.lead.public_id]))
    assert Statement.objects.get().state == "submitted"


def test_a_draft_is_deleted_whole(anna):
    statement = world.draft()
    anna.post(reverse("admin:quotes_delete_quote", args=[statement.lead.public_id]))
    assert not Statement.objects.exists()


def test_what_was_once_submitted_keeps_its_statement(anna):
    statement = world.submitted()
    send_back(statement.current_revision, "Не те слова.", by=world.user("roman", "reviewer"))
    anna.post(reverse("admin:quotes_delete_quote", args=[statement.lead.public_id]))
    assert Statement.objects.get().state == "draft"
    assert not Quote.objects.exists()


def test_the_body_is_not_moved_off_a_quote(anna):
    of = world.draft().lead.snapshot
    address = reverse("admin:quotes_body", args=[of.public_id])
    response = anna.post(address, {"start": 0, "end": 10}, headers={"accept-language": "en"})
    assert response.json()["reason"].startswith("A quote would fall outside the body.")
    anna.post(address, {"start": 0, "end": len(of.text)})
    of.refresh_from_db()
    assert of.body_end == len(of.text)


@pytest.mark.parametrize("bounds", [{}, {"start": "x", "end": "5"}, {"start": "9", "end": "3"}])
def test_nonsense_as_bounds_is_told_and_changes_nothing(anna, bounds):
    of = world.snapshot()
    assert anna.post(reverse("admin:quotes_body", args=[of.public_id]), bounds).json()["reason"]
    of.refresh_from_db()
    assert of.body_end == world.BODY


def test_a_selection_comes_back_trimmed_with_its_offsets(anna):
    of = world.snapshot()
    start = of.text.index("«Мост")
    address = reverse("admin:quotes_anchor", args=[of.public_id])
    found = anna.get(address, {"start": start, "end": of.text.index(" — сказал")}).json()
    assert found == {"start": start + 1, "end": start + 1 + len(world.BRIDGE), "exact": world.BRIDGE, "overlaps": []}


def test_a_selection_comes_back_with_the_quotes_that_have_its_words_already(anna):
    of = world.snapshot()
    here = world.draft(of=of, label="осенний мост").lead
    there = world.draft(of=world.snapshot(world.TEXT + " ")).lead
    start = of.text.index(world.BRIDGE)
    selection = {"start": start, "end": start + len(world.BRIDGE)}
    address = reverse("admin:quotes_anchor", args=[of.public_id])
    found = anna.get(address, selection, headers={"accept-language": "en"}).json()["overlaps"]
    assert [overlap["address"] for overlap in found] == [page_of(here), page_of(there)]
    assert found[0]["sentence"] == "These words are quoted from this text already: “осенний мост”."


def test_a_selection_in_a_teaser_comes_back_with_the_reason(anna):
    of = world.snapshot()
    address = reverse("admin:quotes_anchor", args=[of.public_id])
    response = anna.get(address, {"start": of.text.index("Завтра"), "end": len(of.text)})
    assert response.status_code == 422
    assert response.json()["reason"]


def test_a_reviewer_reads_the_page_but_starts_no_quote(client):
    of = world.snapshot()
    client.force_login(world.user("roman", "reviewer"))
    assert client.get(page(of)).status_code == 200
    assert client.post(page(of), filled(of, world.BRIDGE)).status_code == 403


def test_a_stranger_is_asked_to_log_in(client):
    response = client.get(page(world.snapshot()))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_queries_do_not_grow_with_the_quotes_and_suggestions_of_a_text(anna):
    of = world.snapshot("".join(f"«Мост {number} готов», — сказал Иван Озёрный.\n" for number in range(9)) + world.TEXT)
    suggesting.read(of.pk)

    def queries():
        with CaptureQueriesContext(connection) as captured:
            anna.get(page(of))
        return len(captured)

    world.published(of=of)
    choices = [{"name": "X", "type": "person", "key": world.person().public_id, "reasons": [], "unverified": False}]
    every = Suggestion.objects.filter(snapshot=of)
    every.update(choices=choices)
    many = list(every)
    every.exclude(pk=many[0].pk).delete()
    one = queries()
    Suggestion.objects.bulk_create(many[1:])
    for _ in range(4):
        world.published(of=of)
        world.draft(of=of, words=(world.ROADS,), kind="indirect")
    assert queries() == one


def test_a_long_text_of_odd_characters_is_shown_as_it_is(anna):
    of = world.snapshot("😀 <script>alert(1)</script> & «Слова» — сказал он.\n" * 50)
    content = anna.get(page(of)).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; «Слова»" in content


def test_what_others_rely_on_is_not_deleted_from_under_them(anna):
    statement = world.published()
    anna.post(reverse("admin:quotes_delete_quote", args=[statement.lead.public_id]))
    assert Statement.objects.get() in Statement.objects.published()


def test_the_list_of_quotes_deletes_nothing_that_others_rely_on_either(anna):
    quote = world.published().lead
    assert anna.post(reverse("admin:quotes_quote_delete", args=[quote.pk]), {"post": "yes"}).status_code == 403
    several = {"action": "delete_selected", "_selected_action": [quote.pk], "post": "yes"}
    anna.post(reverse("admin:quotes_quote_changelist"), several)
    assert Statement.objects.published().get().lead == quote


@pytest.mark.parametrize("way", ["page", "list"])
def test_when_the_leading_quote_of_a_draft_is_deleted_the_next_one_leads(anna, way):
    statement = world.draft()
    report = move_quote(world.draft(of=world.snapshot(world.TEXT + " ")).lead, statement)
    first = statement.lead
    if way == "page":
        anna.post(reverse("admin:quotes_quote_delete", args=[first.pk]), {"post": "yes"})
    else:
        several = {"action": "delete_selected", "_selected_action": [first.pk], "post": "yes"}
        anna.post(reverse("admin:quotes_quote_changelist"), several)
    assert Statement.objects.get().lead == report


@pytest.mark.parametrize("made", [world.submitted, world.published])
def test_a_second_click_on_submit_undoes_neither_the_submission_nor_the_approval(anna, made):
    statement = made()
    before = Statement.objects.get().current_revision
    response = anna.post(
        reverse("admin:quotes_submit", args=[statement.lead.public_id]), headers={"accept-language": "en"}
    )
    assert said(response) == ["Nothing to submit: it has not changed since it was submitted."]
    assert Statement.objects.get().current_revision == before


def test_a_returned_statement_can_be_submitted_or_deleted_on_the_page(anna):
    statement = world.submitted()
    send_back(statement.current_revision, "Не те слова.", by=world.user("roman", "reviewer"))
    content = anna.get(page(statement.lead.snapshot)).content.decode()
    assert reverse("admin:quotes_submit", args=[statement.lead.public_id]) in content
    assert reverse("admin:quotes_delete_quote", args=[statement.lead.public_id]) in content


def test_what_was_returned_is_told_with_the_way_to_the_words_it_is_about(anna):
    statement = world.submitted()
    of = statement.lead.snapshot
    start = of.text.index("Мост")
    point = Point(of, start, start + 4)
    send_back(statement.current_revision, "Какой мост?", by=world.user("roman", "reviewer"), point=point)
    content = anna.get(page(of)).content.decode()
    assert "Какой мост?" in content
    assert f"#at-{start}-{start + 4}" in content


def test_a_day_is_counted_from_the_articles_publication(anna):
    of = world.snapshot()
    anna.post(page(of), filled(of, "Мост будет построен", spoken="вчера", spoken_known="text"))
    assert (of.article.published, Statement.objects.get().spoken) == ("2031-05-05", "2031-05-04")


def test_refused_words_are_complained_of_once_though_a_passage_was_marked_in_them(anna):
    of = world.snapshot()
    start = of.text.index("Завтра")
    response = anna.post(page(of), filled(of, "Завтра в Заречье", passage=f"{start}-{start + 6}"))
    assert response.context["form"].errors.keys() == {"spans"}


def test_neither_the_text_nor_a_selection_asks_for_the_articles_bytes(anna):
    statement = world.published()
    of = statement.lead.snapshot
    looked_at = [
        page(of),
        reverse("admin:quotes_anchor", args=[of.public_id]) + "?start=0&end=5",
        reverse("admin:quotes_review", args=[statement.public_id]),
        reverse("admin:quotes_statement_change", args=[statement.pk]),
    ]
    with CaptureQueriesContext(connection) as captured:
        for address in looked_at:
            assert anna.get(address).status_code == 200
    assert not [query["sql"] for query in captured if '"articles_snapshot"."raw",' in query["sql"]]


def test_bounds_far_beyond_the_text_mean_its_end(anna):
    of = world.snapshot()
    anna.post(reverse("admin:quotes_body", args=[of.public_id]), {"start": "0", "end": "9" * 30})
    of.refresh_from_db()
    assert of.body_end == len(of.text)
    anna.post(reverse("admin:quotes_body", args=[of.public_id]), {"start": "-" + "9" * 30, "end": "40"})
    of.refresh_from_db()
    assert (of.body_start, of.body_end) == (0, 40)


def test_a_second_report_is_put_to_the_statement_it_reports(anna):
    first = world.published(label="осенний мост")
    second = world.draft(of=world.snapshot(world.TEXT + " "))
    quote = second.lead
    response = anna.post(reverse("admin:quotes_quote_change", args=[quote.pk]), {"statement": first.pk})
    assert response.status_code == 302, response.context["adminform"].errors
    (statement,) = Statement.objects.all()
    assert statement == first
    assert statement.quotes.count() == 2
    assert statement.state == "draft"


def test_saving_a_quote_as_it_is_leaves_the_leading_quote_and_the_approval(anna):
    statement = world.draft()
    report = world.draft(of=world.snapshot(world.TEXT + " ")).lead
    move_quote(report, statement)
    Statement.objects.filter(pk=statement.pk).update(lead=report)
    world.publish(statement)
    response = anna.post(reverse("admin:quotes_quote_change", args=[report.pk]), {"statement": statement.pk})
    assert response.status_code == 302
    assert Statement.objects.published().get().lead == report


def test_another_of_the_statements_quotes_can_lead_but_not_somebody_elses(anna):
    of = world.snapshot()
    statement, other = world.draft(of=of), world.draft(of=of, words=(world.ROADS,))
    address = reverse("admin:quotes_statement_change", args=[statement.pk])
    offered = anna.get(address).context["adminform"].form.fields["lead"].queryset
    assert list(offered) == [statement.lead]
    assert other.lead not in offered


def test_nobodys_work_is_overwritten_unseen(anna):
    statement = world.draft()
    quote = statement.lead
    address = page_of(quote)
    seen = anna.get(address).context["form"]["seen"].value()
    Statement.objects.filter(pk=statement.pk).update(label="из другой вкладки")
    form = filled(quote.snapshot, world.BRIDGE, speaker=statement.speaker.pk, label="из этой вкладки", seen=seen)
    response = anna.post(address, form, headers={"accept-language": "en"})
    assert "changed while you were writing" in response.content.decode()
    assert response.context["form"]["label"].value() == "из этой вкладки"
    assert Statement.objects.get().label == "из другой вкладки"


BY_SCRIPT = {"accept": "application/json", "accept-language": "en"}


class TestTheScript:
    """Its acts go without leaving the page: each answer has the rows that changed."""

    def test_gets_the_saved_quote_as_a_row_and_as_what_the_form_shows(self, anna):
        of, speaker = world.snapshot(), world.person()
        answer = anna.post(page(of), filled(of, world.BRIDGE, speaker=speaker.pk), headers=BY_SCRIPT).json()
        quote = Quote.objects.get()
        (item,) = answer["items"]
        assert answer["saved"] == item["data"]["key"] == f"quote-{quote.public_id}"
        assert world.BRIDGE in item["html"]
        assert (item["data"]["fields"]["speaker"], item["data"]["state"]) == ([speaker.pk, str(speaker)], "draft")
        assert item["data"]["fields"]["seen"] == quote.statement.fingerprint()
        assert [said["level"] for said in answer["said"]] == ["success"]

    def test_gets_the_reasons_of_a_refusal_by_field(self, anna):
        of = world.snapshot()
        response = anna.post(page(of), filled(of, "Завтра в Заречье"), headers=BY_SCRIPT)
        assert response.status_code == 422
        assert "outside the article" in response.json()["errors"]["spans"][0]
        assert not Quote.objects.exists()

    def test_gets_both_versions_where_somebody_has_saved_meanwhile(self, anna):
        statement = world.draft()
        address = page_of(statement.lead)
        Statement.objects.filter(pk=statement.pk).update(label="тем временем")
        form = filled(statement.lead.snapshot, world.BRIDGE, speaker=statement.speaker.pk, seen="earlier")
        answer = anna.post(address, form, headers=BY_SCRIPT).json()
        assert [(one["name"], one["stored"], one["yours"]) for one in answer["conflict"]["fields"]][-1] == (
            "label",
            "тем временем",
            "",
        )
        theirs = answer["theirs"]["fields"]
        assert (theirs["label"], theirs["seen"]) == ("тем временем", Statement.objects.get().fingerprint())

    def test_gets_the_suggestion_back_when_its_quote_is_deleted(self, anna):
        one = world.suggestion(speaker=world.person())
        made = anna.post(reverse("admin:quotes_accept_suggestion", args=[one.pk]), headers=BY_SCRIPT).json()
        assert made["gone"] == [f"suggestion-{one.pk}"]
        address = reverse("admin:quotes_delete_quote", args=[Quote.objects.get().public_id])
        deleted = anna.post(address, headers=BY_SCRIPT).json()
        assert deleted["gone"] == [made["saved"]]
        assert [item["data"]["key"] for item in deleted["items"]] == [f"suggestion-{one.pk}"]

    def test_gets_a_rejected_suggestion_among_the_rejected(self, anna):
        one = world.suggestion(speaker=world.person())
        answer = anna.post(reverse("admin:quotes_reject_suggestion", args=[one.pk]), headers=BY_SCRIPT).json()
        assert answer["gone"] == [f"suggestion-{one.pk}"]
        assert [row["key"] for row in answer["rejected"]] == [f"rejected-{one.pk}"]
        answer = anna.post(reverse("admin:quotes_reopen_suggestion", args=[one.pk]), headers=BY_SCRIPT).json()
        assert answer["gone"] == [f"rejected-{one.pk}"]
        assert [item["data"]["key"] for item in answer["items"]] == [f"suggestion-{one.pk}"]

    def test_asks_as_many_questions_however_long_the_list_is(self, anna):
        of = world.snapshot()
        for _ in range(2):
            world.draft(of=of)
        one = world.suggestion(of, world.ROADS, speaker=world.person())
        address = reverse("admin:quotes_reject_suggestion", args=[one.pk])
        with CaptureQueriesContext(connection) as few:
            anna.post(address, headers=BY_SCRIPT)
        for _ in range(4):
            world.draft(of=of)
        one = world.suggestion(of, "уже идут", speaker=world.person())
        address = reverse("admin:quotes_reject_suggestion", args=[one.pk])
        with CaptureQueriesContext(connection) as many:
            anna.post(address, headers=BY_SCRIPT)
        assert len(many) <= len(few)

    def test_is_told_the_work_on_the_article_anew(self, anna):
        of = world.snapshot()
        world.draft(of=of)
        answer = anna.get(reverse("admin:quotes_bar", args=[of.public_id]), headers=BY_SCRIPT).json()
        assert "Finish and open the next" in answer["html"]
