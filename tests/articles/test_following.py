"""Following feeds: which pages are fetched, each once; the pace; robots.txt; what fails, and is tried again."""

import datetime
import threading
import time
from email.utils import format_datetime

import pytest
from django.db import connection, connections
from django.utils import timezone, translation
from procrastinate.contrib.django.models import ProcrastinateJob

from articles import manners
from articles.following import poll, visit
from articles.models import Article, Feed, FeedEntry, FeedEntryKey, Host, Snapshot, Source
from articles.tasks import ask_for, follow_feeds, poll_feed, visit_host
from people.models import HistoryEntry
from tests.articles.test_feeds import item, rss
from tests.website import Answer, Website, article, redirect

pytestmark = pytest.mark.django_db

FIRST, SECOND = article("Первый мост", "Первый простоит сто лет"), article("Второй мост", "Второй простоит двести")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def web(settings):
    with Website() as site:
        settings.FETCH_OPEN_TARGETS = [site.name()]
        settings.FETCH_PACE_SECONDS = 0
        yield site


@pytest.fixture
def feed(web, db):
    """A feed that lists two articles; no visit is made in vain for lack of robots.txt."""
    web.routes |= {
        "/rss": Answer(rss(item("/a", guid="1"), item("/b", guid="2")), type="application/rss+xml"),
        "/a": Answer(FIRST),
        "/b": Answer(SECOND),
    }
    source = Source.objects.create(name_ru="Примерская газета", host="127.0.0.1", kind="sample")
    return Feed.objects.create(source=source, address=web.url("/rss"))


def lists(web, *items, **headers):
    """From now on the feed lists these."""
    web.routes["/rss"] = Answer(rss(*items), type="application/rss+xml", headers=headers)


def ask(feed):
    """The feed is asked now, though its time has not come; as it is then."""
    Feed.objects.filter(pk=feed.pk).update(next_at=timezone.now(), paused_at=None)
    assert poll(feed.pk) is None
    feed.refresh_from_db()
    return feed


def visit_all(web):
    while visit(web.name()):
        pass


def states():
    return dict(FeedEntry.objects.order_by("id").values_list("address", "state"))


def hurry():
    """What waits to be tried again is due."""
    FeedEntry.objects.update(next_at=timezone.now())


class TestAFeedIsAsked:
    def test_and_its_articles_are_taken_in_for_its_source(self, web, feed):
        ask(feed)
        assert states() == {web.url("/a"): "waiting", web.url("/b"): "waiting"}
        visit_all(web)
        assert set(states().values()) == {"taken"}
        assert set(Article.objects.values_list("title", flat=True)) == {"Первый мост", "Второй мост"}
        assert Article.objects.filter(source=feed.source).count() == 2
        assert set(Snapshot.objects.values_list("method", flat=True)) == {"fetch"}
        assert HistoryEntry.objects.filter(table_name="articles_article", user=None).count() == 2

    def test_and_told_what_we_have_so_that_it_need_not_say_it_again(self, web, feed):
        lists(web, item("/a"), ETag='"v1"', **{"Last-Modified": "Mon, 04 Mar 2024 10:00:00 GMT"})
        ask(feed)
        web.routes["/rss"] = Answer(b"", 304)
        ask(feed)
        headers = web.asked("/rss")[1].headers
        assert (headers["if-none-match"], headers["if-modified-since"]) == ('"v1"', "Mon, 04 Mar 2024 10:00:00 GMT")
        assert (feed.failures, feed.error, feed.etag) == (0, "", '"v1"')
        assert FeedEntry.objects.count() == 1

    def test_again_when_it_wants_to_be(self, web, feed):
        web.routes["/rss"] = Answer(rss(item("/a"), head="<ttl>90</ttl>"))
        ask(feed)
        assert abs(feed.next_at - timezone.now() - datetime.timedelta(minutes=90)) < datetime.timedelta(minutes=1)
        assert poll(feed.pk) is None
        assert len(web.asked("/rss")) == 1

    def test_its_date_and_title_stand_in_where_the_page_has_none(self, web, feed):
        lists(web, item("/a", date="Mon, 04 Mar 2024 01:30:00 +0300", title="Из ленты"))
        web.routes["/a"] = Answer(FIRST.replace("<title>Первый мост</title>", "").replace("<h1>Первый мост</h1>", ""))
        ask(feed)
        visit_all(web)
        made = Article.objects.get()
        assert (made.title, made.published, made.published_known) == ("Из ленты", "2024-03-04", "publication")

    def test_and_visits_leave_no_trace_in_its_history(self, web, feed):
        before = HistoryEntry.objects.filter(table_name="articles_feed").count()
        ask(feed)
        assert feed.title == "Новости"
        assert HistoryEntry.objects.filter(table_name="articles_feed").count() == before

    def test_only_its_newest_pages_are_fetched_at_first(self, web, feed, settings):
        settings.FEED_FIRST_ENTRIES = 1
        lists(web, item("/a", date="Mon, 04 Mar 2024 10:00:00 GMT"), item("/b", date="Tue, 05 Mar 2024 10:00:00 GMT"))
        ask(feed)
        assert states() == {web.url("/b"): "waiting", web.url("/a"): "old"}
        lists(web, item("/c"), item("/d"), item("/a"), item("/b"))
        ask(feed)
        assert states() == {
            web.url("/b"): "waiting",
            web.url("/a"): "old",
            web.url("/c"): "waiting",
            web.url("/d"): "waiting",
        }

    def test_not_at_all_when_nobody_follows_it(self, web, feed):
        Feed.objects.update(followed=False)
        assert poll(feed.pk) is None
        assert web.requests == []

    def test_by_one_worker_only(self, web, feed):
        ask(feed)
        assert poll(feed.pk) is None
        assert len(web.asked("/rss")) == 1


class TestAPageIsFetchedOnce:
    @pytest.mark.parametrize(
        "again",
        [
            item("/a", guid="1"),
            item("/a", guid="99"),
            item("/moved", guid="1"),
            item("/a?utm_source=rss&amp;utm_medium=feed", guid="3"),
            item("/a/", guid="4"),
            item("/a#comments", guid="5"),
            item("/a", guid="1", title="Новый заголовок", date="Fri, 08 Mar 2030 10:00:00 GMT"),
        ],
    )
    def test_whatever_the_feed_changes(self, web, feed, again):
        lists(web, item("/a", guid="1"))
        ask(feed)
        visit_all(web)
        lists(web, again)
        ask(feed)
        visit_all(web)
        assert FeedEntry.objects.count() == 1
        assert len([request for request in web.requests if request.path.startswith(("/a", "/moved"))]) == 1

    def test_when_the_feed_is_reordered_and_shortened(self, web, feed):
        ask(feed)
        for items in ([item("/b", guid="2"), item("/a", guid="1")], [item("/b", guid="2")], []):
            lists(web, *items)
            ask(feed)
        visit_all(web)
        assert [len(web.asked(path)) for path in ("/a", "/b")] == [1, 1]

    def test_under_each_name_that_it_had_in_between(self, web, feed):
        for one in (item("/a", guid="1"), item("/moved", guid="1"), item("/moved", guid="7"), item("/b", guid="7")):
            lists(web, one)
            ask(feed)
        assert FeedEntry.objects.count() == 1
        assert FeedEntryKey.objects.count() == 5

    def test_when_two_feeds_list_it(self, web, feed):
        web.routes["/atom"] = web.routes["/rss"]
        other = Feed.objects.create(source=feed.source, address=web.url("/atom"))
        for each in (feed, other):
            ask(each)
        visit_all(web)
        assert [len(web.asked(path)) for path in ("/a", "/b")] == [1, 1]

    def test_not_at_all_when_it_is_here_already(self, web, feed):
        known = Article.objects.create(source=feed.source, address=web.url("/a", "www.127.0.0.1"), title="Был")
        Article.objects.filter(pk=known.pk).update(address=web.url("/a"))
        ask(feed)
        visit_all(web)
        assert not web.asked("/a")
        assert states()[web.url("/a")] == "known"
        assert FeedEntry.objects.get(address=web.url("/a")).article == known

    def test_but_a_guid_that_all_share_does_not_make_them_one(self, web, feed):
        lists(web, item("/a", guid="x"), item("/b", guid="x"))
        ask(feed)
        assert FeedEntry.objects.count() == 2


class TestOtherSites:
    def test_s_pages_are_their_own_source_s(self, web, feed):
        Source.objects.filter(pk=feed.source.pk).update(host="elsewhere.example")
        local = Source.objects.create(name_ru="Местная газета", host="127.0.0.1", kind="sample")
        ask(feed)
        visit_all(web)
        assert set(Article.objects.values_list("source", flat=True)) == {local.pk}

    def test_s_pages_are_nobody_s_where_no_source_has_the_site(self, web, feed):
        Source.objects.filter(pk=feed.source.pk).update(host="elsewhere.example")
        ask(feed)
        visit_all(web)
        assert not Article.objects.exists()
        entry = FeedEntry.objects.first()
        assert (entry.state, entry.trouble[:37]) == ("failed", "No source has the site 127.0.0.1 yet.")

    def test_private_ones_are_not_visited(self, web, feed):
        lists(web, item("http://127.0.0.1/admin"), item("http://169.254.169.254/latest/meta-data"))
        ask(feed)
        for host in ("127.0.0.1:80", "169.254.169.254:80"):
            visit(host)
        assert set(FeedEntry.objects.values_list("state", "error")) == {("failed", "fetch_private")}


class TestThePace:
    def test_is_kept_between_all_requests_to_a_site(self, web, feed, settings):
        settings.FETCH_PACE_SECONDS = 60
        assert poll(feed.pk) > timezone.now() + datetime.timedelta(seconds=50)
        assert [request.path for request in web.requests] == ["/robots.txt"]
        feed.refresh_from_db()
        assert feed.next_at > timezone.now()

    def test_is_not_counted_as_a_try(self, web, feed, settings):
        ask(feed)
        settings.FETCH_PACE_SECONDS = 60
        assert visit(web.name()) is not None
        later = visit(web.name())
        assert later > timezone.now() + datetime.timedelta(seconds=50)
        assert sorted(FeedEntry.objects.values_list("state", "tries")) == [("taken", 1), ("waiting", 0)]

    def test_is_the_site_s_own_where_that_is_slower(self, web, feed):
        web.routes["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 40", type="text/plain")
        poll(feed.pk)
        assert manners.take_turn(web.name()) > timezone.now() + datetime.timedelta(seconds=30)

    def test_is_waited_for_by_a_redirect(self, web, feed, settings):
        ask(feed)
        settings.FETCH_PACE_SECONDS = 1
        web.routes["/b"] = redirect("/a")
        began = time.monotonic()
        visit(web.name())
        times = time.monotonic() - began
        assert len(web.requests) == 4
        assert times > 0.9


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_has_the_turn():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    turns, ready = [], threading.Barrier(8)

    def work():
        ready.wait()
        turns.append(manners.take_turn("news.example:443"))
        connections.close_all()

    workers = [threading.Thread(target=work) for _each in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert turns.count(None) == 1


class TestRobots:
    def test_forbidden_pages_are_not_visited_and_said_to_be(self, web, feed):
        web.routes["/robots.txt"] = Answer("User-agent: Skazano\nDisallow: /a", type="text/plain")
        ask(feed)
        visit_all(web)
        assert not web.asked("/a")
        assert states() == {web.url("/a"): "failed", web.url("/b"): "taken"}
        assert "robots.txt" in FeedEntry.objects.get(address=web.url("/a")).trouble

    def test_a_forbidden_feed_is_left_alone(self, web, feed):
        web.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /rss", type="text/plain")
        ask(feed)
        assert not web.asked("/rss")
        assert feed.paused_at is not None
        assert "robots.txt" in feed.trouble

    def test_a_redirect_to_a_forbidden_page_is_not_followed(self, web, feed):
        web.routes |= {"/robots.txt": Answer("User-agent: *\nDisallow: /b", type="text/plain"), "/a": redirect("/b")}
        ask(feed)
        visit_all(web)
        assert not web.asked("/b")

    def test_are_asked_for_once_a_day(self, web, feed):
        for _each in range(3):
            ask(feed)
        assert len(web.asked("/robots.txt")) == 1
        Host.objects.update(robots_until=timezone.now())
        ask(feed)
        assert len(web.asked("/robots.txt")) == 2

    @pytest.mark.parametrize("status", [403, 404, 410])
    def test_that_are_missing_forbid_nothing(self, web, feed, status):
        web.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /", status)
        assert ask(feed).error == ""

    @pytest.mark.parametrize("status", [429, 500, 503])
    def test_that_can_t_be_had_forbid_all_for_now(self, web, feed, status):
        web.routes["/robots.txt"] = Answer("", status)
        ask(feed)
        assert not web.asked("/rss")
        assert (feed.error, feed.paused_at) == ("fetch_robots_unknown", None)


class TestAFailedVisit:
    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            (Answer("<html><title>x</title>"), "There is no feed (RSS or Atom) at this address."),
            (Answer("", 404), "There is no such page any more"),
            (Answer("", 500), "answered with the error 500"),
            (Answer("", 403), "does not give this page to us (403)"),
        ],
    )
    def test_is_told_and_made_again_later_and_later(self, web, feed, answer, said):
        web.routes["/rss"] = answer
        ask(feed)
        assert said in feed.trouble
        first = feed.next_at - timezone.now()
        ask(feed)
        assert feed.failures == 2
        assert feed.next_at - timezone.now() > 1.5 * first
        lists(web, item("/a"))
        ask(feed)
        assert (feed.failures, feed.trouble) == (0, "")

    def test_too_often_leaves_the_feed_alone_until_somebody_asks(self, web, feed):
        web.routes["/rss"] = Answer("", 500)
        for _each in range(Feed.FAILURES_AT_MOST):
            assert feed.paused_at is None
            ask(feed)
        assert feed.paused_at is not None
        assert feed.next_at <= timezone.now() + Feed.LONGEST_PAUSE
        assert not Feed.objects.followed().exists()
        lists(web, item("/a"))
        feed.ask_now()
        poll(feed.pk)
        feed.refresh_from_db()
        assert (feed.paused_at, feed.failures, feed.error) == (None, 0, "")

    def test_because_the_feed_has_ended_is_the_last_one(self, web, feed):
        web.routes["/rss"] = Answer("", 410)
        assert ask(feed).paused_at is not None

    @pytest.mark.parametrize("status", [429, 503])
    def test_waits_as_long_as_the_site_asks_with_all_its_pages(self, web, feed, status):
        ask(feed)
        web.routes["/rss"] = Answer("", status, headers={"Retry-After": "7200"})
        ask(feed)
        in_two_hours = timezone.now() + datetime.timedelta(seconds=7190)
        assert feed.next_at > in_two_hours
        assert visit(web.name()) > in_two_hours
        assert not web.asked("/a")

    @pytest.mark.parametrize(
        ("said", "seconds"),
        [("in an hour", 3500), ("99999999", 86300), ("soon", 250), ("-5", 250), ("an hour ago", 250)],
    )
    def test_understands_how_long_that_is(self, web, feed, said, seconds):
        hour = datetime.timedelta(hours=1)
        dates = {"in an hour": timezone.now() + hour, "an hour ago": timezone.now() - hour}
        written = format_datetime(dates[said]) if said in dates else said
        web.routes["/rss"] = Answer("", 429, headers={"Retry-After": written})
        ask(feed)
        wait = (Host.objects.get().free_at - timezone.now()).total_seconds()
        assert seconds < wait < seconds + 200


class TestAPageThatFails:
    def test_for_now_is_tried_again_a_number_of_times(self, web, feed):
        lists(web, item("/a"))
        web.routes["/a"] = Answer("", 500)
        ask(feed)
        for tries in range(1, FeedEntry.TRIES_AT_MOST + 1):
            assert states() == {web.url("/a"): "waiting"}
            visit_all(web)
            assert len(web.asked("/a")) == tries
            visit_all(web)
            assert len(web.asked("/a")) == tries
            hurry()
        assert states() == {web.url("/a"): "failed"}
        visit_all(web)
        assert len(web.asked("/a")) == FeedEntry.TRIES_AT_MOST
        assert "answered with the error 500" in FeedEntry.objects.get().trouble

    def test_for_now_may_come_the_next_time(self, web, feed):
        web.routes["/a"] = Answer("", 404)
        ask(feed)
        visit_all(web)
        web.routes["/a"] = Answer(FIRST)
        hurry()
        visit_all(web)
        assert set(states().values()) == {"taken"}
        assert FeedEntry.objects.exclude(error="").count() == 0

    @pytest.mark.parametrize(
        "answer",
        [
            Answer("", 410),
            Answer("", 403),
            Answer(b"%PDF-1.7", type="application/pdf"),
            Answer("<html><a>x</a></html>"),
            redirect("/"),
        ],
    )
    def test_for_good_is_not_tried_again(self, web, feed, answer):
        lists(web, item("/a"))
        web.routes |= {"/a": answer, "/": Answer(FIRST)}
        ask(feed)
        visit_all(web)
        hurry()
        visit_all(web)
        assert states() == {web.url("/a"): "failed"}
        assert len(web.asked("/a")) == 1
        assert FeedEntry.objects.get().trouble
        assert not Article.objects.exists()

    def test_with_its_worker_each_time_is_given_up(self, web, feed):
        ask(feed)
        FeedEntry.objects.update(tries=FeedEntry.TRIES_AT_MOST)
        visit_all(web)
        visit_all(web)
        assert not web.asked("/a")
        assert set(FeedEntry.objects.values_list("state", "error")) == {("failed", "worker_died")}


class TestTheWorker:
    def jobs(self):
        return sorted(ProcrastinateJob.objects.filter(status="todo").values_list("task_name", "queueing_lock"))

    def test_is_given_each_feed_and_host_once(self, web, feed):
        for _each in range(2):
            follow_feeds(0)
        assert self.jobs() == [("articles.poll_feed", f"poll {feed.pk}")]
        poll_feed(feed.pk)
        assert self.jobs()[1:] == [("articles.visit_host", f"visit {web.name()}")]

    def test_goes_on_with_the_host_when_its_turn_comes(self, web, feed, settings):
        ask(feed)
        settings.FETCH_PACE_SECONDS = 60
        visit_host(web.name())
        visit_host(web.name())
        (job,) = ProcrastinateJob.objects.all()
        assert job.scheduled_at > timezone.now() + datetime.timedelta(seconds=50)

    def test_does_not_ask_a_feed_before_its_time(self, web, feed):
        ask(feed)
        FeedEntry.objects.all().update(state="old")
        follow_feeds(0)
        assert self.jobs() == []
        ask_for(feed)
        assert len(self.jobs()) == 1
