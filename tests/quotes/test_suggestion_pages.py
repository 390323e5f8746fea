"""Suggestions as the server shows them and takes decisions on them; keys and painting are in tests/e2e."""

import csv
import re

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from people.models import Organization, Person
from quotes import suggesting
from quotes.models import Assignment, Quote, Reading, Statement, Suggestion
from tests import world

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SAID = "сказал Иван Озёрный"


@pytest.fixture
def anna(client):
    """Anna's browser."""
    client.force_login(world.user("anna", "annotator"))
    return client


@pytest.fixture
def ivan():
    return world.person()


def page(of):
    return reverse("admin:quotes_annotate", args=[of.public_id])


def shown(client, of, query=""):
    return client.get(page(of) + query, headers=ENGLISH).content.decode()


def act(client, one, name, **data):
    return client.post(reverse(f"admin:quotes_{name}_suggestion", args=[one.pk]), data, headers=ENGLISH)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def suggestion(of=None, *words, attributed=True, **fields):
    """A suggestion with cue and mention where the text has them behind the words."""
    of = of or world.snapshot()
    if attributed:
        at = of.text.index(SAID)
        fields |= {"cue": (at, at + 6), "mention": (at + 7, at + len(SAID))}
    return world.suggestion(of, *words, **fields)


def form_as_shown(client, one, query=""):
    """What the browser would send of the form that is filled in from the suggestion."""
    form = client.get(f"{page(one.snapshot)}?suggestion={one.pk}{query}", headers=ENGLISH).context["form"]
    values = {field.name: field.value() for field in form}
    values["speaker"] = getattr(values["speaker"], "pk", values["speaker"])
    values["speaker_organization"] = getattr(values["speaker_organization"], "pk", values["speaker_organization"])
    values["meeting"] = getattr(values["meeting"], "pk", values["meeting"])
    return {name: value for name, value in values.items() if value not in (None, False, "")}


def accepted(client, one):
    act(client, one, "accept")


def save(client, one, **fields):
    response = client.post(f"{page(one.snapshot)}?suggestion={one.pk}", form_as_shown(client, one) | fields)
    if response.status_code != 302:
        raise AssertionError(response.context["form"].errors)
    one.refresh_from_db()
    return one.quote


class TestTheList:
    def test_says_who_said_it_and_why_in_words(self, anna, ivan):
        one = suggestion(speaker=ivan)
        choice = {"name": ivan.name_ru, "type": "person", "key": ivan.public_id, "confidence": 0.9, "unverified": True}
        Suggestion.objects.update(choices=[choice | {"reasons": [["office_holder", "Глава Заречья"]]}], unverified=True)
        content = shown(anna, one.snapshot)
        assert "“Иван Озёрный” is the holder of the office “Глава Заречья” on 5 May 2031" in content
        assert "unverified" in content
        assert "almost sure" in content
        assert world.BRIDGE in content

    def test_is_in_the_order_of_the_text_and_only_of_what_lies_in_the_body(self, anna):
        of = world.snapshot()
        for words in (world.ROADS, world.BRIDGE, "Завтра в Заречье"):
            world.suggestion(of, words)
        listed = anna.get(page(of)).context["suggestions"].open
        assert [one.words for one in listed] == [world.BRIDGE, world.ROADS]
        of.body_end = len(of.text)
        of.save()
        assert len(anna.get(page(of)).context["suggestions"].open) == 3

    def test_offers_the_other_speakers(self, anna, ivan):
        one = suggestion(speaker=ivan)
        pyotr = world.person("Пётр Луговой")
        other = {"name": "Пётр", "type": "person", "key": pyotr.public_id, "confidence": 0.5, "unverified": False}
        one.choices = [*one.choices, other | {"reasons": [["also_possible", ""]]}]
        one.save()
        assert "Пётр Луговой: this one may be meant as well" in shown(anna, one.snapshot)
        act(anna, one, "accept", choice="1")
        one.refresh_from_db()
        assert Statement.objects.get().speaker == pyotr
        assert (one.state, one.corrections) == ("corrected", {"speaker": ["Иван Озёрный", "Пётр Луговой"]})

    def test_escapes_what_the_text_says(self, anna):
        of = world.snapshot("«<b>Мост</b>», — сказал <i>он</i>.")
        world.suggestion(of, "<b>Мост</b>", speaker_name="<i>он</i>")
        content = shown(anna, of)
        assert "<b>Мост" not in content
        assert "<i>он" not in content

    def test_waits_for_a_text_that_is_not_read_and_asks_the_worker_for_it(self, anna):
        of = world.snapshot()
        content = shown(anna, of)
        assert "Suggestions are being made" in content
        assert f'href="{page(of)}"' in content
        with connection.cursor() as cursor:
            cursor.execute("SELECT task_name FROM procrastinate_jobs")
            assert cursor.fetchall() == [("quotes.suggest_for",)]
        address = reverse("admin:quotes_suggestions", args=[of.public_id])
        assert anna.get(address).json() == {"items": [], "rejected": [], "read": False}
        suggesting.read(of.pk)
        answer = anna.get(address).json()
        assert answer["read"]
        assert world.BRIDGE in answer["items"][0]["html"]
        assert len(answer["items"]) == Suggestion.objects.count()
        assert "Suggestions are being made" not in shown(anna, of)

    def test_tells_of_a_text_that_the_machine_could_not_read(self, anna):
        of = world.snapshot()
        told = {"language": "ru", "published": "2031-05-05", "body_start": of.body_start, "body_end": of.body_end}
        now = timezone.now()
        Reading.objects.create(
            snapshot=of, engine=suggesting.ENGINE, started_at=now, finished_at=now, error="ValueError: no way", **told
        )
        content = shown(anna, of)
        assert "could not read this text" in content
        assert "ValueError: no way" in content
        assert "being made" not in content

    def test_of_very_many_shows_the_first_and_counts_the_rest(self, anna):
        of = world.snapshot("а" * 500)
        Suggestion.objects.bulk_create(
            Suggestion(snapshot=of, engine=1, rule="r", kind="direct", spans=[[n, n + 1]], confidence=0.5)
            for n in range(230)
        )
        context = anna.get(page(of)).context
        assert (len(context["suggestions"].open), context["suggestions"].more) == (200, 30)


class TestAccepting:
    def test_saves_a_draft_with_speaker_attribution_and_the_day_of_publication(self, anna, ivan):
        one = suggestion(speaker=ivan)
        held = world.tenure(ivan, world.office())
        response = act(anna, one, "accept")
        statement = Statement.objects.get()
        assert response.status_code == 302
        assert (statement.words, statement.speaker, statement.state) == (world.BRIDGE, ivan, "draft")
        assert (statement.spoken, statement.spoken_known) == ("2031-05-05", "publication")
        assert (statement.meeting, statement.occasion_not_named, statement.tenure) == (None, False, held)
        assert (statement.lead.attribution, statement.lead.kind) == (SAID, "direct")
        one.refresh_from_db()
        assert (one.state, one.quote, one.decided_by.username) == ("accepted", statement.lead, "anna")
        assert statement.authorships.get().user.username == "anna"

    @pytest.mark.parametrize("decide", [accepted, save])
    def test_has_date_and_occasion_as_in_the_statement_saved_last(self, anna, ivan, decide):
        one, meeting = suggestion(speaker=ivan), world.meeting()
        last = {"meeting": meeting, "spoken": "2031-05-04", "spoken_known": "text", "spoken_evidence": "вчера"}
        before = world.draft(by=world.user("anna"), of=one.snapshot, words=(world.ROADS,), **last)
        decide(anna, one)
        statement = Statement.objects.exclude(pk=before.pk).get()
        assert {name: getattr(statement, name) for name in last} == last

    def test_goes_on_with_the_next_one(self, anna, ivan):
        one = suggestion(speaker=ivan)
        following = suggestion(one.snapshot, world.ROADS, speaker=ivan, kind="indirect")
        assert act(anna, one, "accept")["Location"].endswith(f"?at={following.pk}")

    def test_without_a_date_of_publication_says_no_date(self, anna, ivan):
        of = world.snapshot()
        of.article.published, of.article.published_known = None, ""
        of.article.save()
        act(anna, suggestion(of, speaker=ivan), "accept")
        assert (Statement.objects.get().spoken, Statement.objects.get().spoken_known) == (None, "")

    @pytest.mark.parametrize("words", [(world.BRIDGE,), ("построен",)])
    def test_of_words_that_are_quoted_already_asks_first(self, anna, ivan, words):
        one = suggestion(speaker=ivan)
        world.draft(of=one.snapshot, words=words)
        response = act(anna, one, "accept")
        assert response["Location"] == f"{page(one.snapshot)}?suggestion={one.pk}"
        assert "Save all the same" in anna.get(response["Location"], headers=ENGLISH).content.decode()
        assert Quote.objects.count() == 1

    def test_a_second_time_says_that_it_is_decided(self, anna, ivan):
        one = suggestion(speaker=ivan)
        act(anna, one, "accept")
        assert said(act(anna, one, "accept"))[-1:] == ["You have decided on this already: accepted."]
        anna.force_login(world.user("vera", "annotator"))
        for name in ("accept", "reject"):
            assert said(act(anna, one, name))[-1:] == ["Somebody has decided on this suggestion already."]
        assert Quote.objects.count() == 1

    def test_outside_the_body_is_refused_in_words(self, anna, ivan):
        one = suggestion(None, "Завтра в Заречье", speaker=ivan)
        assert "outside the article's body" in said(act(anna, one, "accept"))[0]

    def test_one_that_is_gone_is_not_found(self, anna, ivan):
        one = suggestion(speaker=ivan)
        number = one.pk
        one.delete()
        one.pk = number
        assert act(anna, one, "accept").status_code == 404

    def test_of_an_organization(self, anna):
        body = Organization.objects.create(name_ru="Совет Заречья")
        act(anna, suggestion(speaker_organization=body, type="organization"), "accept")
        assert Statement.objects.get().speaker_organization == body

    def test_of_a_speaker_without_a_name_asks_for_none(self, anna):
        one = suggestion(speaker_name="источник в правительстве", type="unknown")
        assert "speaker not identified" in shown(anna, one.snapshot)
        act(anna, one, "accept")
        one.refresh_from_db()
        statement = Statement.objects.get()
        assert (statement.speaker_not_identified, statement.speaker_name, one.state) == (True, SAID, "accepted")

    def test_of_a_speaker_without_a_name_of_whom_the_text_has_no_word_asks(self, anna):
        one = suggestion(speaker_name="источник в правительстве", type="unknown", attributed=False)
        assert act(anna, one, "accept")["Location"] == f"{page(one.snapshot)}?suggestion={one.pk}"

    def test_of_a_speaker_without_a_name_who_may_be_somebody_on_record_asks(self, anna, ivan):
        one = suggestion(speaker_name="глава государства", type="unknown")
        one.choices = [*one.choices, one.choices[0] | {"name": ivan.name_ru, "type": "person", "key": ivan.public_id}]
        one.save()
        assert "Name the speaker and accept" in shown(anna, one.snapshot)
        assert act(anna, one, "accept")["Location"] == f"{page(one.snapshot)}?suggestion={one.pk}"

    @pytest.mark.parametrize("decide", [accepted, save])
    def test_takes_the_article_in_hand(self, anna, ivan, decide):
        one = suggestion(speaker=ivan)
        decide(anna, one)
        (held,) = Assignment.objects.all()
        assert (held.article, held.annotator.username, held.finished_at) == (one.snapshot.article, "anna", None)

    def test_taken_back_by_deleting_the_draft_is_open_again(self, anna, ivan):
        one = suggestion(speaker=ivan)
        act(anna, one, "accept")
        anna.post(reverse("admin:quotes_delete_quote", args=[Quote.objects.get().public_id]))
        one.refresh_from_db()
        assert (one.state, one.decided_by, Statement.objects.count()) == ("open", None, 0)


class TestCorrecting:
    def test_unchanged_is_accepting(self, anna, ivan):
        one = suggestion(speaker=ivan)
        save(anna, one)
        assert (one.state, one.corrections) == ("accepted", {})
        statement = Statement.objects.get()
        assert (statement.speaker, statement.spoken, statement.spoken_known) == (ivan, "2031-05-05", "publication")
        assert statement.lead.attribution == SAID

    def test_records_what_was_changed(self, anna, ivan):
        one = suggestion(speaker=ivan)
        (span,) = world.anchors(one.snapshot, "Мост будет построен")
        pyotr = world.person("Пётр Луговой")
        save(
            anna,
            one,
            spans=f"{span.start}-{span.end}",
            kind="mixed",
            speaker=pyotr.pk,
            attribution="",
            spoken="2031-05-04",
            spoken_known="text",
        )
        assert one.state == "corrected"
        assert one.corrections == {
            "spans": [one.spans, [[span.start, span.end]]],
            "kind": ["direct", "mixed"],
            "speaker": ["Иван Озёрный", "Пётр Луговой"],
            "attribution": [SAID, ""],
            "date": [["2031-05-05", "publication"], ["2031-05-04", "text"]],
        }

    def test_what_the_person_adds_is_no_correction(self, anna, ivan):
        one = suggestion(speaker=ivan)
        save(anna, one, label="осенний мост", occasion_not_named="on")
        assert (one.state, Statement.objects.get().label) == ("accepted", "осенний мост")

    def test_a_speaker_who_is_not_on_record_is_asked_for_and_added_on_the_spot(self, anna):
        one = suggestion(speaker_name="Иван Озёрный")
        response = act(anna, one, "accept")
        assert response["Location"] == f"{page(one.snapshot)}?suggestion={one.pk}"
        assert "who is not on record" in anna.get(response["Location"], headers=ENGLISH).content.decode()
        assert form_as_shown(anna, one)["new_speaker"] == "Иван Озёрный"
        save(anna, one, add_new_speaker="on")
        assert Person.objects.get().name_ru == "Иван Озёрный"
        assert (Statement.objects.get().speaker, one.state) == (Person.objects.get(), "accepted")

    def test_a_name_that_was_given_its_record_once_has_it_in_the_rest_of_the_text(self, anna):
        one = suggestion(speaker_name="Иван Озёрный")
        again = suggestion(one.snapshot, world.ROADS, speaker_name="Иван Озёрный", kind="indirect")
        other = suggestion(one.snapshot, "уже идут", speaker_name="Пётр")
        elsewhere = suggestion(speaker_name="Иван Озёрный")
        save(anna, one, add_new_speaker="on")
        for each in (again, other, elsewhere):
            each.refresh_from_db()
        assert [each.speaker for each in (again, other, elsewhere)] == [Person.objects.get(), None, None]

    def test_a_known_person_of_another_name_is_a_correction_of_the_speaker(self, anna, ivan):
        one = suggestion(speaker_name="Пётр Луговой")
        save(anna, one, speaker=ivan.pk)
        assert one.corrections == {"speaker": ["Пётр Луговой", "Иван Озёрный"]}

    def test_whoever_is_added_is_not_chosen_beside_another(self, anna, ivan):
        one = suggestion(speaker_name="Пётр Луговой")
        form = form_as_shown(anna, one) | {"add_new_speaker": "on", "speaker": ivan.pk}
        response = anna.post(f"{page(one.snapshot)}?suggestion={one.pk}", form)
        assert response.context["form"].errors.keys() == {"new_speaker"}
        assert (Person.objects.count(), Quote.objects.count()) == (1, 0)

    def test_a_source_without_a_name_is_proposed_as_not_identified(self, anna):
        one = suggestion(speaker_name="источник в правительстве", type="unknown")
        save(anna, one)
        assert (Statement.objects.get().speaker_not_identified, one.state) == (True, "accepted")

    def test_cannot_be_saved_twice(self, anna, ivan):
        one = suggestion(speaker=ivan)
        form = form_as_shown(anna, one)
        address = f"{page(one.snapshot)}?suggestion={one.pk}"
        anna.post(address, form)
        anna.post(address, form)
        assert Quote.objects.count() == 1


class TestRejecting:
    def test_takes_it_from_the_list_and_can_be_undone(self, anna, ivan):
        one = suggestion(speaker=ivan)
        response = act(anna, one, "reject")
        content = anna.get(response["Location"], headers=ENGLISH).content.decode()
        assert f'id="suggestion-{one.pk}"' not in content
        assert f"Rejected: “{world.BRIDGE}”." in content
        response = act(anna, one, "reopen")
        assert response["Location"].endswith(f"?at={one.pk}")
        one.refresh_from_db()
        assert (one.state, one.decided_by) == ("open", None)

    def test_leaves_no_trace_in_the_record(self, anna, ivan):
        act(anna, suggestion(speaker=ivan), "reject")
        assert (Statement.objects.count(), Quote.objects.count()) == (0, 0)

    def test_what_was_accepted_is_not_reopened_so(self, anna, ivan):
        one = suggestion(speaker=ivan)
        act(anna, one, "accept")
        act(anna, one, "reopen")
        one.refresh_from_db()
        assert one.state == "accepted"


@pytest.mark.parametrize("role", ["annotator", "reviewer", "editor", "stranger"])
@pytest.mark.parametrize("name", ["accept", "reject", "reopen"])
def test_annotators_decide_and_others_do_not(client, ivan, role, name):
    client.force_login(world.user(role, *([role] if role != "stranger" else [])))
    assert (act(client, suggestion(speaker=ivan), name).status_code == 302) == (role == "annotator")


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_others_at_work_see_them_without_buttons(client, ivan, role):
    client.force_login(world.user(role, role))
    one = suggestion(speaker=ivan)
    content = shown(client, one.snapshot)
    assert world.BRIDGE in content
    assert f'id="suggestion-{one.pk}"' in content
    assert not re.search('data-press="(accept|correct|reject)"', content)


def test_the_public_sees_nothing_of_them(client, ivan, no_search_index):
    one = suggestion(speaker=ivan, rule="rule-of-ours")
    world.published(of=one.snapshot, words=(world.ROADS,), kind="indirect", speaker=ivan)
    for address in (one.snapshot.article.get_absolute_url(), ivan.get_absolute_url(), "/", "/api/v1/statements/"):
        assert world.BRIDGE not in client.get(address).content.decode()


class TestThePageOfRules:
    address = "/admin/quotes/suggestion/rules/"

    def decided(self, anna, ivan):
        of = world.snapshot("".join(f"«Слова {number}», — сказал Иван Озёрный.\n" for number in range(6)))
        made = [world.suggestion(of, f"Слова {number}", speaker=ivan) for number in range(6)]
        act(anna, made[0], "accept")
        act(anna, made[1], "accept")
        save_form = form_as_shown(anna, made[2])
        anna.post(f"{page(of)}?suggestion={made[2].pk}", save_form | {"kind": "mixed"})
        act(anna, made[3], "reject")
        return of

    def test_counts_what_researchers_made_of_each_rule_and_of_all_together(self, anna, ivan):
        self.decided(anna, ivan)
        world.suggestion(rule="indirect.that", speaker=ivan)
        response = anna.get(self.address, headers=ENGLISH)
        first, second = response.context["records"]
        assert (first.rule, first.accepted, first.corrected, first.rejected, first.open) == ("direct.after", 2, 1, 1, 2)
        assert "1 <small>kind 1</small>" in response.content.decode()
        assert (second.rule, second.open) == ("indirect.that", 1)
        content = response.content.decode()
        assert "75 % <small>3 of 4</small>" in content
        assert "quoted words, then the attribution" in content
        whole = response.context["total"]
        assert (whole.accepted, whole.corrected, whole.rejected, whole.open) == (2, 1, 1, 3)

    def test_tells_the_versions_of_the_engine_apart(self, anna, ivan):
        self.decided(anna, ivan)
        world.suggestion(engine=2, speaker=ivan)
        (together,) = anna.get(self.address).context["records"]
        (newer,) = anna.get(f"{self.address}?engine=2").context["records"]
        assert (together.decided, together.open, newer.decided, newer.open) == (4, 3, 0, 1)
        assert anna.get(newer.address).context["cl"].result_count == 1
        assert anna.get(f"{self.address}?engine=nonsense").context["records"] == [together]

    def test_gives_the_numbers_of_every_version_as_a_table(self, anna, ivan):
        self.decided(anna, ivan)
        world.suggestion(engine=2, speaker=ivan)
        table = anna.get(f"{self.address}?format=csv", headers=ENGLISH).content.decode("utf-8-sig")
        heading, newer, older = csv.DictReader(table.splitlines()).fieldnames, *csv.DictReader(table.splitlines())
        assert heading[:4] == ["rule", "in_words", "engine", "accepted"]
        assert (newer["engine"], newer["open"]) == ("2", "1")
        assert (older["engine"], older["accepted"], older["corrected_kind"]) == ("1", "2", "1")

    def test_asks_the_database_the_same_few_questions_however_many_there_are(self, anna, ivan):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                anna.get(self.address)
            return len(captured)

        world.suggestion(speaker=ivan)
        few = queries()
        self.decided(anna, ivan)
        for number in range(5):
            world.suggestion(rule=f"rule.{number}", speaker=ivan)
        assert queries() == few

    @pytest.mark.parametrize("role", ["annotator", "reviewer", "editor", "stranger"])
    def test_is_for_those_who_may_look_at_suggestions(self, client, role):
        client.force_login(world.user(role, *([role] if role != "stranger" else [])))
        assert (client.get(self.address).status_code == 200) == (role != "stranger")

    def test_leads_to_the_suggestions_of_a_rule_and_to_the_readings(self, anna, ivan):
        world.suggestion(speaker=ivan)
        (record,) = anna.get(self.address).context["records"]
        listed = anna.get(record.address, headers=ENGLISH).content.decode()
        assert world.BRIDGE in listed
        assert "quoted words, then the attribution" in listed
        suggesting.read_waiting(10)
        listed = anna.get("/admin/quotes/reading/", headers=ENGLISH).content.decode()
        assert "done" in listed
        assert anna.get("/admin/quotes/reading/?outcome=failed").status_code == 200
