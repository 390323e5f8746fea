"""Feeds in the admin: added at their source, asked at once, what went wrong and what came of it."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.models import Article, Feed, FeedEntry, Source
from people.models import HistoryEntry
from tests.articles.test_article_admin import count_queries, logged_in, seen

pytestmark = pytest.mark.django_db

RSS = "https://example.com/rss"
LIST = "/admin/articles/feed/"
ENTRIES = "/admin/articles/feedentry/"


def user(django_user_model, *acts):
    made = django_user_model.objects.create_user("user", is_staff=True)
    made.user_permissions.set(Permission.objects.filter(codename__in=acts))
    return logged_in(made)


@pytest.fixture
def editor(db, django_user_model):
    """Who may change sources, and so their feeds."""
    return user(django_user_model, "view_source", "change_source", "view_article")


@pytest.fixture
def feed(paper):
    return Feed.objects.create(source=paper, address=RSS)


def entry(feed, name="most", **more):
    address = f"https://example.com/{name}"
    return FeedEntry.objects.create(feed=feed, address=address, host="example.com:443", title=name, **more)


def source_form(source, *feeds):
    """What the source's page sends with these new feeds."""
    form = {name: getattr(source, name) for name in ("name_ru", "name_be", "name_en", "kind", "host", "country")}
    form |= {"feeds-TOTAL_FORMS": len(feeds), "feeds-INITIAL_FORMS": 0}
    for number, address in enumerate(feeds):
        form |= {
            f"feeds-{number}-address": address,
            f"feeds-{number}-followed": "on",
            f"feeds-{number}-source": source.pk,
        }
    return form


class TestASourcesPage:
    def test_takes_feeds_and_has_them_asked_at_once(self, editor, paper):
        page = reverse("admin:articles_source_change", args=[paper.pk])
        response = editor.post(page, source_form(paper, " https://EXAMPLE.com/rss#x "))
        assert response.status_code == 302, seen(response)
        made = Feed.objects.get()
        assert (made.address, made.source, made.followed) == (RSS, paper, True)
        assert ProcrastinateJob.objects.get().queueing_lock == f"poll {made.pk}"
        assert "is asked for the first time within a minute" in seen(editor.get(page))
        assert "Feed" in seen(editor.get(reverse("admin:articles_source_history", args=[paper.pk])))

    @pytest.mark.parametrize(
        ("address", "said"),
        [
            ("example", "“example” is not a web address."),
            ("http://www.example.com/rss/", "This feed is on record already."),
        ],
    )
    def test_refuses_what_is_no_new_feed(self, editor, feed, address, said):
        page = reverse("admin:articles_source_change", args=[feed.source.pk])
        other = Source.objects.create(name_ru="Другая")
        page = reverse("admin:articles_source_change", args=[other.pk])
        assert said in seen(editor.post(page, source_form(other, address)))
        assert Feed.objects.count() == 1

    def test_says_how_many_pages_are_fetched_at_first(self, editor, paper):
        assert "the newest 20 articles are fetched" in seen(editor.get("/admin/articles/feed/add/"))


class TestTheList:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({}, "is asked for the first time within a minute"),
            ({"followed": False}, "not followed"),
            (
                {"error": "fetch_status", "error_params": {"host": "example.com", "status": "500"}},
                "Failed, and is tried again: The site example.com answered with the error 500.",
            ),
            (
                {"error": "no_feed", "paused_at": "2031-03-04T10:00:00Z"},
                "Given up: There is no feed (RSS or Atom) at this address. Look for its address on the site. To try again",
            ),
            ({"error": "of_another_version"}, "Error: of_another_version"),
            ({"read_at": "2031-03-04T10:00:00Z"}, "in order"),
        ],
    )
    def test_tells_how_each_feed_goes(self, editor, feed, fields, said):
        Feed.objects.update(**fields)
        assert said in seen(editor.get(LIST))

    def test_counts_pages_and_articles(self, editor, feed, paper):
        entry(feed)
        entry(feed, "dom", state="taken", article=Article.objects.create(source=paper, title="Дом"))
        page = editor.get(LIST)
        assert "2 listed, 1 of them articles here" in seen(page)
        assert f'href="{ENTRIES}?feed__id__exact={feed.pk}"' in page.content.decode()

    def test_queries_do_not_grow(self, editor, feed, paper):
        entry(feed)
        one = count_queries(lambda: editor.get(LIST)), count_queries(lambda: editor.get(ENTRIES))
        for number in range(5):
            entry(Feed.objects.create(source=paper, address=f"{RSS}/{number}"), str(number))
        assert (count_queries(lambda: editor.get(LIST)), count_queries(lambda: editor.get(ENTRIES))) == one

    def test_asks_feeds_now_those_given_up_included(self, editor, feed):
        Feed.objects.update(
            error="no_feed", paused_at="2031-03-04T10:00:00Z", failures=10, next_at="2031-03-04T10:00:00Z"
        )
        response = editor.post(LIST, {"action": "ask_now", "_selected_action": [feed.pk]}, follow=True)
        assert "1 feed is asked now; what is new appears in a minute." in seen(response)
        feed.refresh_from_db()
        assert (feed.paused_at, feed.failures) == (None, 0)
        assert list(Feed.objects.due()) == [feed]
        assert ProcrastinateJob.objects.get().queueing_lock == f"poll {feed.pk}"
        assert HistoryEntry.objects.filter(table_name="articles_feed").latest("id").user.username == "user"


class TestEntries:
    def test_are_listed_with_their_outcome(self, editor, feed, paper):
        made = Article.objects.create(source=paper, title="Мост открыт")
        entry(feed, "most", state="taken", article=made)
        entry(feed, "dom", state="failed", error="fetch_gone", error_params={"host": "example.com"})
        page = editor.get(ENTRIES)
        assert "most taken in — Мост открыт" in seen(page)
        assert "dom given up There is no such page any more on example.com." in seen(page)

    def test_are_fetched_again(self, editor, feed):
        failed = entry(feed, state="failed", error="no_text", tries=5)
        response = editor.post(ENTRIES, {"action": "try_again", "_selected_action": [failed.pk]}, follow=True)
        assert "1 page is fetched." in seen(response)
        failed.refresh_from_db()
        assert (failed.state, failed.tries) == ("waiting", 0)
        assert ProcrastinateJob.objects.get().queueing_lock == "visit example.com:443"

    def test_are_not_changed_by_hand_and_go_with_their_feed(self, editor, feed):
        one = entry(feed)
        page = editor.get(f"{ENTRIES}{one.pk}/change/").content.decode()
        assert 'name="address"' not in page
        assert "delete_selected" not in editor.get(ENTRIES).content.decode()
        assert editor.post(f"{LIST}{feed.pk}/delete/", {"post": "yes"}).status_code == 302
        assert not FeedEntry.objects.exists()

    def test_of_a_stranger_s_making_are_shown_as_text(self, editor, feed):
        FeedEntry.objects.create(
            feed=feed, address="https://example.com/x", host="x", title="<script>alert(1)</script>"
        )
        assert "<script>alert(1)" not in editor.get(ENTRIES).content.decode()


class TestWhoMay:
    def test_look_but_not_act_is_whoever_sees_sources(self, django_user_model, feed):
        client = user(django_user_model, "view_source")
        assert client.get(LIST).status_code == client.get(ENTRIES).status_code == 200
        assert client.get("/admin/articles/feed/add/").status_code == 403
        client.post(LIST, {"action": "ask_now", "_selected_action": [feed.pk]})
        assert not ProcrastinateJob.objects.exists()
        page = reverse("admin:articles_source_change", args=[feed.source.pk])
        assert client.post(page, source_form(feed.source, "https://example.com/2")).status_code == 403

    def test_see_them_is_nobody_else(self, django_user_model, feed):
        client = user(django_user_model, "view_article")
        assert client.get(LIST).status_code == client.get(ENTRIES).status_code == 403
        assert Client().get(LIST).status_code == 302
