"""Nothing typed on the annotation page is lost: not by leaving, not by another tab, not by another person."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from quotes.models import Presence, Statement, WorkingCopy
from quotes.working import forget
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(client):
    """Anna's browser; she reads English."""
    client.force_login(world.user("anna", "annotator"))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


class Page:
    """An open annotation page, as its script talks to the server; `version` is of the copy it has."""

    def __init__(self, browser, snapshot, of="new"):
        self.browser, self.snapshot, self.of, self.version = browser, snapshot, of, 0

    def address(self, view="quotes_working_copy"):
        return reverse(f"admin:{view}", args=[self.snapshot.public_id, self.of])

    def put(self, content, **more):
        sent = {"content": content, "version": self.version} | more
        answer = self.browser.put(self.address(), json.dumps(sent), content_type="application/json")
        self.version = answer.json().get("version", self.version)
        return answer

    def type(self, label):
        return self.put({"label": label})

    def step(self, which):
        answer = self.browser.post(self.address(f"quotes_working_{which}"), {"version": self.version})
        self.version = answer.json().get("version", self.version)
        return answer.json().get("content", {}).get("label"), answer.status_code

    def discard(self):
        return self.browser.delete(self.address()).json()["deleted"]

    def given(self):
        """What the page's script works with."""
        page = self.browser.get(reverse("admin:quotes_annotate", args=[self.snapshot.public_id])).content.decode()
        return json.loads(re.search('id="annotation-data" type="application/json">(.*?)</script>', page)[1])

    def reload(self):
        mine = next((copy for copy in self.given()["copies"] if copy["of"] == self.of), None)
        self.version = mine["version"] if mine else 0
        return mine


@pytest.fixture
def page(anna):
    """Anna's page of an article."""
    return Page(anna, world.snapshot())


class TestSavingAsYouGo:
    def test_what_is_typed_is_there_after_the_page_is_left(self, page):
        assert page.reload() is None
        page.type("мост")
        page.put({"label": "осенний мост", "spans": "1-5"}, fingerprint="abc")
        copy = page.reload()
        assert copy["content"] == {"label": "осенний мост", "spans": "1-5"}
        assert (copy["version"], copy["undo"], copy["redo"], copy["fingerprint"]) == (2, 1, 0, "abc")
        assert copy["changed"] is False

    def test_it_goes_when_it_is_saved_or_given_up_and_asking_twice_harms_nothing(self, page):
        page.type("мост")
        assert page.discard()
        assert not page.discard()
        assert page.reload() is None

    def test_each_quote_and_suggestion_of_an_article_has_a_copy_of_its_own(self, page, anna):
        others = [Page(anna, page.snapshot, of) for of in ("quote:0a1b2c3d", "suggestion:12")]
        for number, one in enumerate([page, *others]):
            one.type(str(number))
        assert [one.reload()["content"]["label"] for one in [page, *others]] == ["0", "1", "2"]

    def test_nobody_sees_or_touches_anothers(self, page, client):
        page.type("мост")
        client.force_login(world.user("boris", "annotator"))
        boris = Page(client, page.snapshot)
        assert boris.reload() is None
        assert not boris.discard()
        boris.type("дороги")
        assert sorted(copy.content["label"] for copy in WorkingCopy.objects.all()) == ["дороги", "мост"]

    def test_a_request_whose_answer_was_lost_may_be_sent_again(self, page):
        for version in (0, 1):
            page.version = version
            page.type(f"мост {version}")
            page.version = version
            assert page.type(f"мост {version}").status_code == 200
            assert page.version == version + 1
        assert page.reload()["undo"] == 1

    def test_the_same_typed_again_is_no_new_state(self, page):
        page.type("мост")
        page.type("мост")
        assert (page.version, page.reload()["undo"]) == (1, 0)

    @pytest.mark.parametrize(
        "sent",
        [
            {"content": []},
            {"content": None},
            {"content": {"label": "x" * 100_000}},
            {"version": -1},
            {"version": "x"},
            {},
        ],
        ids=lambda sent: str(sent)[:30],
    )
    def test_what_is_no_form_is_not_kept(self, page, sent):
        answer = page.put(**({"content": {}} | sent)) if sent else page.browser.put(page.address(), "?")
        assert answer.status_code == 422
        assert answer.json()["reason"].startswith("This can't be kept")
        assert not WorkingCopy.objects.exists()

    def test_a_copy_of_something_unknown_is_not_kept(self, page):
        page.of = "poem:1"
        assert page.type("мост").status_code == 422

    def test_signs_that_are_no_text_are_left_out(self, page):
        page.put({"label": "мо\0ст\ud800", "topics": ["1\0"]})
        assert page.reload()["content"] == {"label": "мост", "topics": ["1"]}

    def test_who_may_not_write_is_turned_away(self, page, client):
        client.force_login(world.user("stranger"))
        assert client.delete(page.address()).status_code == 403

    def test_saving_the_form_ends_what_was_kept_of_it_and_nothing_else(self, anna):
        quote = world.draft().lead
        one = world.suggestion(quote.snapshot, world.ROADS, speaker=quote.statement.speaker)
        about = ("new", f"quote:{quote.public_id}", f"suggestion:{one.pk}")
        new, *saved = (Page(anna, quote.snapshot, of) for of in about)
        for kept in (new, *saved):
            kept.type("дорога")
        for item in new.given()["items"]:
            sent = {name: value for name, value in item["fields"].items() if isinstance(value, str)}
            sent |= {"speaker": item["fields"]["speaker"][0], "occasion_not_named": "on"}
            assert anna.post(item["address"], sent, headers={"accept": "application/json"}).status_code == 200
        assert [copy.of for copy in WorkingCopy.objects.all()] == ["new"]


class TestUndo:
    def test_goes_back_and_forth_over_a_reload(self, page):
        for label in ("м", "мо", "мост"):
            page.type(label)
        assert page.step("undo") == ("мо", 200)
        page.reload()
        assert page.step("undo") == ("м", 200)
        assert page.step("undo") == ("м", 200)
        assert page.step("redo") == ("мо", 200)
        assert page.step("redo") == ("мост", 200)
        assert page.step("redo") == ("мост", 200)

    def test_what_was_undone_is_gone_once_something_else_is_typed(self, page):
        for label in ("м", "мо"):
            page.type(label)
        page.step("undo")
        page.type("дорога")
        assert page.step("redo") == ("дорога", 200)
        assert page.step("undo") == ("м", 200)

    def test_goes_back_fifty_states(self, page):
        for number in range(60):
            page.type(str(number))
        assert page.reload()["undo"] == 50
        for _time in range(55):
            label, _status = page.step("undo")
        assert label == "9"

    def test_is_refused_to_a_tab_that_was_overtaken_and_where_there_is_nothing(self, page, anna):
        assert page.step("undo") == (None, 409)
        page.type("мост")
        page.type("мосты")
        other = Page(anna, page.snapshot)
        other.version = 1
        assert other.step("undo") == (None, 409)
        other.version = "x"
        assert other.step("undo") == (None, 409)


class TestTwoTabs:
    def test_the_second_one_is_shown_the_first_ones_version_and_can_choose_its_own(self, page, anna):
        page.type("мост")
        other = Page(anna, page.snapshot)
        other.reload()
        page.type("мост через реку")
        refused = other.type("дорога")
        assert refused.status_code == 409
        assert refused.json()["reason"].startswith("You have gone on with this in another tab.")
        assert refused.json()["copy"]["content"] == {"label": "мост через реку"}
        other.version = refused.json()["copy"]["version"]
        assert other.type("дорога").status_code == 200
        assert other.step("undo") == ("мост через реку", 200)

    def test_of_two_that_begin_at_once_the_second_is_told(self, page, anna):
        page.type("мост")
        assert Page(anna, page.snapshot).type("дорога").status_code == 409

    def test_what_was_saved_in_the_other_is_said_to_be(self, page, anna):
        page.type("мост")
        Page(anna, page.snapshot).discard()
        refused = page.type("мосты")
        assert refused.status_code == 409
        assert refused.json()["copy"] is None
        assert refused.json()["reason"] == "This was saved or given up in another tab."


def test_a_copy_of_a_quote_whose_statement_changed_meanwhile_says_so(page):
    quote = world.draft(of=page.snapshot).lead
    page.of = f"quote:{quote.public_id}"
    page.put({"label": "мост"}, fingerprint=quote.statement.fingerprint())
    assert page.reload()["changed"] is False
    Statement.objects.update(label="дорога")
    assert page.reload()["changed"] is True
    Statement.objects.get().delete()
    assert page.reload()["changed"] is True


def test_copies_that_nobody_touched_for_a_month_are_forgotten(page):
    page.type("мост")
    Presence.objects.create(user=User.objects.get(), snapshot=page.snapshot, seen_at=timezone.now() - timedelta(days=2))
    WorkingCopy.objects.update(updated_at=timezone.now() - timedelta(days=29))
    assert forget() == 0
    WorkingCopy.objects.update(updated_at=timezone.now() - timedelta(days=31))
    assert forget() == 1
    assert page.reload() is None
    assert not Presence.objects.exists()


class TestWhoElseIsHere:
    @pytest.fixture
    def here(self, client):
        """Tells of somebody's open page; the others at the article."""

        def tell(who, snapshot, **data):
            client.force_login(world.user(who, "annotator"))
            return client.post(reverse("admin:quotes_here", args=[snapshot.public_id]), data).json()["others"]

        return tell

    def test_two_people_at_one_article_see_each_other_and_what_each_is_writing(self, here):
        of = world.snapshot()
        quote = world.draft(of=of).lead
        User.objects.filter(pk=world.user("boris").pk).update(first_name="Борис", last_name="Пробный")
        assert here("anna", of) == []
        assert here("boris", of, of=f"quote:{quote.public_id}") == [{"name": "anna", "of": "new", "editing": ""}]
        (boris,) = here("anna", of)
        assert boris == {"name": "Борис Пробный", "of": f"quote:{quote.public_id}", "editing": world.BRIDGE}

    def test_whoever_is_at_another_article_is_not_here(self, here):
        here("boris", world.snapshot(world.TEXT + " "))
        assert here("anna", world.snapshot()) == []

    def test_whoever_left_or_has_not_been_heard_of_is_not_here(self, here):
        of = world.snapshot()
        here("boris", of)
        assert len(here("anna", of)) == 1
        here("boris", of, left="1")
        assert here("anna", of) == []
        here("boris", of)
        Presence.objects.filter(user__username="boris").update(seen_at=timezone.now() - timedelta(seconds=31))
        assert here("anna", of) == []

    def test_a_row_is_kept_for_each_and_no_more(self, here):
        of = world.snapshot()
        for what in ("new", "suggestion:1", "new"):
            here("anna", of, of=what)
        assert Presence.objects.get().of == "new"

    def test_nobody_writes_what_is_nothing(self, client):
        client.force_login(world.user("anna", "annotator"))
        address = reverse("admin:quotes_here", args=[world.snapshot().public_id])
        assert client.post(address, {"of": "poem:1"}).status_code == 404


class TestAConflict:
    @pytest.fixture
    def compare(self, anna):
        """What the server says of a form that was refused since somebody else has saved."""

        def send(quote, **fields):
            statement = quote.statement
            span = quote.spans.get()
            form = {
                "seen": "an earlier one",
                "spans": f"{span.start}-{span.end}",
                "kind": quote.kind,
                "attribution": quote.attribution,
                "speaker": statement.speaker_id,
                "spoken": "4 мая 2031",
                "spoken_known": "text",
                "occasion_not_named": "on",
            }
            address = reverse("admin:quotes_annotate_quote", args=[quote.snapshot.public_id, quote.public_id])
            return anna.post(address, form | fields, headers={"accept": "application/json"}).json()

        return send

    def test_shows_both_versions_field_by_field_in_words(self, compare):
        boris = world.user("boris", "annotator")
        quote = world.draft(by=boris, label="осенний мост").lead
        roads = world.anchors(quote.snapshot, world.ROADS)[0]
        lesnoy, meeting = world.person("Пётр Лесной"), world.meeting()
        answer = compare(
            quote,
            spans=f"{roads.start}-{roads.end}",
            kind="indirect",
            speaker=lesnoy.pk,
            spoken="2031-Q2",
            label="дороги",
            meeting=meeting.pk,
            occasion_not_named="",
        )
        conflict = answer["conflict"]
        assert {one["name"]: (one["label"], one["stored"], one["yours"]) for one in conflict["fields"]} == {
            "spans": ("words", world.BRIDGE, world.ROADS),
            "kind": ("kind", "direct speech", "indirect speech"),
            "speaker": ("speaker", "Иван Озёрный", "Пётр Лесной"),
            "spoken": ("said", "4 May 2031", "second quarter of 2031"),
            "meeting": ("occasion", "", "Встреча с послом Приморья"),
            "occasion_not_named": ("occasion not named", "yes", "no"),
            "label": ("label", "осенний мост", "дороги"),
        }
        assert answer["theirs"]["fields"]["seen"] == quote.statement.fingerprint()
        assert conflict["who"] == "boris"
        assert conflict["when"]

    def test_has_nothing_to_show_where_both_say_the_same(self, compare):
        assert compare(world.draft().lead, spoken="вчера")["conflict"]["fields"] == []

    @pytest.mark.parametrize(
        "fields",
        [
            {"spans": "0-99999"},
            {"spans": "x"},
            {"speaker": "x"},
            {"speaker": "9" * 30},
            {"spoken": "весной"},
            {"kind": "sung"},
            {"topics": ["x"]},
        ],
        ids=str,
    )
    def test_is_shown_even_of_what_could_not_be_saved(self, compare, fields):
        assert len(compare(world.draft().lead, **fields)["conflict"]["fields"]) == (0 if "topics" in fields else 1)
