"""What programs that read the whole site are told: robots.txt, the sitemap, canonical addresses, previews of links."""

import re
import xml.etree.ElementTree as ET

import lxml.html
import pytest
from django.conf import settings
from protego import Protego

from articles.models import Article
from people.acting import acting
from people.merging import merge
from people.models import Person
from quotes.models import Statement
from quotes.pages import sitemaps
from quotes.withdrawing import withdraw
from tests import world
from tests.pages.conftest import publish

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
SITE = "http://testserver"
ALWAYS = ("/", "/search", "/about", "/method", "/privacy", "/data")


def located(client, address):
    """What a file of the sitemap lists: addresses, with the day of the last change where one is told."""
    response = client.get(address)
    assert response.status_code == 200, address
    assert response.headers["Content-Type"] == "application/xml"
    entries = ET.fromstring(response.content)  # noqa: S314 - our own
    return {one.findtext(f"{NAMESPACE}loc"): one.findtext(f"{NAMESPACE}lastmod") for one in entries}


def listed(client):
    """All pages that the sitemap lists, file by file from its index."""
    found = {}
    for file in located(client, "/sitemap.xml"):
        pages = located(client, file.removeprefix(SITE))
        assert pages, file
        assert not found.keys() & pages.keys()
        found |= pages
    return found


def head(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return lxml.html.fromstring(response.content).find("head")


def link(tree, rel):
    return [one.get("href") for one in tree.xpath(f"link[@rel='{rel}']")]


def meta(tree, name):
    return [one.get("content") for one in tree.xpath(f"meta[@property='{name}' or @name='{name}']")]


class TestTheSitemap:
    def test_lists_every_page_that_stays_and_answers(self, client, story, search_index):
        search_index()
        records = [story.statement, story.speaker, story.meeting, story.topic, story.broad]
        quotes = story.statement.quotes.select_related("snapshot__article__source")
        records += [part for quote in quotes for part in (quote.snapshot.article, quote.snapshot.article.source)]
        pages = listed(client)
        assert set(pages) == {f"{SITE}{page}" for page in (*ALWAYS, *(one.get_absolute_url() for one in records))}
        assert {client.get(page.removeprefix(SITE)).status_code for page in pages} == {200}

    def test_tells_of_statements_and_articles_when_they_were_last_approved_and_of_lists_nothing(self, client, story):
        with acting(world.user("anna")):
            Statement.objects.filter(pk=story.statement.pk).update(label="мост, иначе")
        statement = publish(story.statement)
        day = f"{statement.current_revision.approval.approved_at.astimezone():%Y-%m-%d}"
        pages = listed(client)
        assert pages[f"{SITE}{statement.get_absolute_url()}"] == day
        assert pages[f"{SITE}{story.article.get_absolute_url()}"] == day
        for record in (story.speaker, story.meeting, story.source, story.topic):
            assert pages[f"{SITE}{record.get_absolute_url()}"] is None

    def test_lists_nothing_that_is_not_public(self, client, story):
        draft = world.draft(
            of=world.snapshot(article=Article.objects.create(source=world.source("Тайный"), title="Тайная")),
            speaker=world.person("Тайный"), meeting=world.meeting("Тайная"),
        )  # fmt: skip
        twin = world.person("И. Озёрный")
        merge(twin, into=story.speaker, by=world.user("elena", "editor"))
        gone, changed = (world.published(of=story.snapshot, words=("Мы строим мост",)) for _ in range(2))
        with acting(elena := world.user("elena")):
            withdraw(gone, "Ошибка.", by=elena)
            Statement.objects.filter(pk=changed.pk).update(label="иначе")
        pages = " ".join(listed(client))
        for record in (draft, draft.speaker, draft.meeting, draft.lead.snapshot.article, twin, gone, changed):
            assert record.public_id not in pages
        assert "tain" not in pages

    def test_is_divided_by_ranges_of_numbers_and_names_no_empty_file(self, client, story, monkeypatch, count_queries):
        monkeypatch.setattr(sitemaps, "RANGE", 3)
        everyone = [world.published(of=story.snapshot, words=("Мы строим мост",)) for _ in range(7)]
        files = [each for each in located(client, "/sitemap.xml") if "statements" in each]
        numbers = sorted({one.pk // 3 for one in (story.statement, *everyone)})
        assert files == [f"{SITE}/sitemap-statements-{number}.xml" for number in numbers]
        assert {f"{SITE}{one.get_absolute_url()}" for one in everyone} <= set(listed(client))
        queries = count_queries(lambda: client.get("/sitemap.xml"))
        with acting(elena := world.user("elena", "editor")):
            for one in (story.statement, *everyone):
                if one.pk // 3 == numbers[1]:
                    withdraw(one, "Ошибка.", by=elena)
        files = [each for each in located(client, "/sitemap.xml") if "statements" in each]
        assert len(files) == len(numbers) - 1
        assert client.get(f"/sitemap-statements-{numbers[1]}.xml").status_code == 404
        assert count_queries(lambda: client.get("/sitemap.xml")) == queries

    def test_file_costs_as_many_queries_for_many_as_for_one(self, client, story, count_queries):
        addresses = [f"/sitemap-{kind}-0.xml" for kind in sitemaps.KINDS]
        before = [count_queries(lambda at=address: client.get(at)) for address in addresses]
        for number in range(5):
            article = Article.objects.create(source=world.source(f"Вестник {number}"), title="Мост")
            world.published(of=world.snapshot(article=article), speaker=world.person(f"Иван {number}"))
        assert [count_queries(lambda at=address: client.get(at)) for address in addresses] == before

    def test_of_an_empty_record_has_the_pages_that_are_always_there(self, client):
        assert list(located(client, "/sitemap.xml")) == [f"{SITE}/sitemap-pages-0.xml"]
        assert set(listed(client)) == {f"{SITE}{page}" for page in ALWAYS}

    @pytest.mark.parametrize("wrong", ["nothing-0", "statements-1", "statements-999999999", "pages-1"])
    def test_has_no_other_files(self, client, story, wrong):
        assert client.get(f"/sitemap-{wrong}.xml").status_code == 404

    def test_is_no_page_to_be_found_itself(self, client, story):
        for address in ("/sitemap.xml", "/sitemap-statements-0.xml"):
            answer = client.get(address)
            assert "noindex" in answer.headers["X-Robots-Tag"]
            again = client.get(address, headers={"if-none-match": answer.headers["ETag"]})
            assert (again.status_code, again.content) == (304, b"")


class TestRobots:
    @pytest.fixture
    def rules(self, client):
        answer = client.get("/robots.txt")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        return Protego.parse(answer.content.decode())

    def test_may_read_pages_feeds_and_citations(self, rules, story):
        records = (story.statement, story.speaker, story.meeting, story.source, story.article, story.topic)
        paths = [record.get_absolute_url() for record in records]
        paths += [f"{path}?lang=be" for path in paths]
        paths += ["/", "/search", "/search?lang=be", "/feed.atom", "/sitemap.xml", "/static/site.css", "/api/v1/"]
        assert [path for path in paths if not rules.can_fetch(f"{SITE}{path}", "any")] == []

    def test_may_not_walk_through_searches_later_pages_and_the_admin(self, rules):
        paths = ["/search?q=x", "/search?speaker=abc&year=2031", "/search?lang=be&q=x", "/admin/", "/admin/login/"]
        paths += ["/p/abcdefgh/x?after=17", "/p/abcdefgh/x?lang=be&after=17"]
        assert [path for path in paths if rules.can_fetch(f"{SITE}{path}", "any")] == []

    def test_are_told_where_the_sitemap_is(self, rules):
        assert list(rules.sitemaps) == [f"{SITE}/sitemap.xml"]


class TestAHead:
    def test_names_its_own_address_and_those_in_other_languages(self, client, story, search_index):
        search_index()
        records = (story.statement, story.speaker, story.meeting, story.source, story.article, story.topic)
        for address in ("/", "/search", *(record.get_absolute_url() for record in records)):
            tree = head(client, f"{address}?lang=be&utm_source=x")
            own = f"{SITE}{address}"
            assert link(tree, "canonical") == [own]
            assert meta(tree, "og:url") == [own]
            others = {one.get("hreflang"): one.get("href") for one in tree.xpath("link[@hreflang]")}
            assert others == {"x-default": own} | {code: f"{own}?lang={code}" for code in ("ru", "be", "en")}
            assert meta(tree, "robots") == []

    def test_of_a_later_page_is_that_pages_own_and_not_to_be_found(self, client, story):
        of = story.snapshot
        for _ in range(21):
            world.published(of=of, words=("Мы строим мост",), speaker=story.speaker)
        address = story.speaker.get_absolute_url()
        [following] = link(head(client, address), "next")
        assert following.startswith(f"{address}?after=")
        later = head(client, f"{following}&lang=be")
        assert link(later, "canonical") == [f"{SITE}{following}"]
        assert f"{SITE}{following}&lang=en" in link(later, "alternate")
        assert meta(later, "robots") == ["noindex, follow"]
        assert link(later, "next") == []
        assert link(head(client, f"{address}?after=nonsense"), "canonical") == [f"{SITE}{address}"]

    def test_of_a_search_names_what_is_asked_and_not_how_it_is_shown(self, client, story, search_index):
        search_index()
        one, other = "/search?year=2031&q=мост&order=oldest&lang=be", "/search?q=мост&year=2031&after=5&x=y"
        trees = [head(client, address) for address in (one, other)]
        own = f"{SITE}/search?q=%D0%BC%D0%BE%D1%81%D1%82&year=2031"
        assert [link(tree, "canonical") for tree in trees] == [[own], [own]]
        assert [meta(tree, "robots") for tree in trees] == [["noindex, follow"]] * 2
        assert client.get(own.removeprefix(SITE)).status_code == 200

    def test_names_the_feed_of_what_it_shows_in_its_language_and_that_of_everything(self, client, story, search_index):
        search_index()
        records = (story.speaker, story.meeting, story.source, story.topic)
        for address in ("/", "/search?q=мост", "/nothing", story.statement.get_absolute_url(), *records):
            path = address if isinstance(address, str) else address.get_absolute_url()
            tree = head(client, f"{path}{'&' if '?' in path else '?'}lang=be", 404 if path == "/nothing" else 200)
            feeds = tree.xpath("link[@type='application/atom+xml']")
            assert feeds[-1].get("href") == "/feed.atom?lang=be"
            assert len(feeds) == (2 if path.startswith("/search") or address in records else 1)
            for feed in feeds:
                assert feed.get("title")
                answer = client.get(feed.get("href"))
                assert (answer.status_code, answer.headers["Content-Language"]) == (200, "be")

    def test_is_not_the_only_place_where_readers_find_the_feed(self, client, story, search_index):
        search_index()
        records = [one.get_absolute_url() for one in (story.speaker, story.meeting, story.source, story.topic)]
        for address in ("/", "/search?q=мост", "/search?q=ничего", *records):
            page = lxml.html.fromstring(client.get(address).content)
            [shown] = page.xpath("//main//a[@type='application/atom+xml']")
            assert shown.get("href") == page.xpath("//head/link[@type='application/atom+xml']")[0].get("href")
            assert "Follow by feed" in shown.text_content()

    def test_has_a_preview_of_the_page_whatever_page_it_is(self, client, story, search_index):
        search_index()
        records = (story.statement, story.speaker, story.meeting, story.source, story.article, story.topic)
        pages = [(record.get_absolute_url(), 200) for record in records]
        for address, status in [("/", 200), ("/search?q=мост", 200), ("/nothing", 404), *pages]:
            tree = head(client, address, status)
            title = " ".join(tree.findtext("title").split())
            assert meta(tree, "og:title") == [title.removesuffix(" · Skazano")]
            assert meta(tree, "og:description") == meta(tree, "description")
            assert meta(tree, "og:site_name") == ["Skazano"]
            assert meta(tree, "og:locale") == ["en_GB"]
            assert sorted(meta(tree, "og:locale:alternate")) == ["be_BY", "ru_RU"]
            assert meta(tree, "twitter:card") == ["summary"]
            assert meta(tree, "og:image") == [f"{SITE}/static/mark.png"]
        kinds = {address: meta(head(client, address), "og:type") for address, _ in pages}
        assert kinds[story.statement.get_absolute_url()] == ["article"]
        assert kinds[story.speaker.get_absolute_url()] == ["profile"]

    def test_previews_only_direct_speech_in_quotation_marks(self, client):
        of = world.snapshot()
        direct = world.published(of=of)
        indirect = world.published(of=of, words=(world.ROADS,), kind="indirect")
        assert meta(head(client, direct.get_absolute_url()), "og:title") == [f"«{world.BRIDGE}» · Иван Озёрный"]
        told = head(client, indirect.get_absolute_url())
        assert meta(told, "og:title") == [f"{world.ROADS} · Иван Озёрный"]
        assert "«" not in meta(told, "og:description")[0]

    def test_keeps_markup_in_names_apart_from_its_own(self, client):
        who = world.person('Иван "Мост" <b> & Ко')
        world.published(speaker=who)
        assert meta(head(client, who.get_absolute_url()), "og:title") == ['Иван "Мост" <b> & Ко']

    def test_of_what_is_gone_tells_nothing_but_that(self, client, story):
        with acting(elena := world.user("elena", "editor")):
            withdraw(story.statement, "Ошибка.", by=elena)
        page = client.get(story.statement.get_absolute_url()).content.decode()
        tree = lxml.html.fromstring(page).find("head")
        assert meta(tree, "og:title") == ["This statement was withdrawn"]
        assert meta(tree, "robots") == ["noindex"]
        assert "мост" not in page.lower()
        assert "ld+json" not in page


def test_the_mark_in_previews_is_a_picture_of_the_size_that_is_told():
    mark = (settings.BASE_DIR / "static" / "mark.png").read_bytes()
    assert mark[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(mark[16:20]), int.from_bytes(mark[20:24])) == (512, 512)


SECRETS = ("Тайн", "тайн", "tain")


def published_texts(client):
    """All that programs are given, walked from robots.txt, the sitemap and every page's feeds."""
    robots = client.get("/robots.txt").content.decode()
    yield robots
    for sitemap in re.findall(r"Sitemap: (\S+)", robots):
        index = sitemap.removeprefix(SITE)
        yield client.get(index).content.decode()
        for file in located(client, index):
            yield client.get(file.removeprefix(SITE)).content.decode()
    for page in listed(client):
        text = client.get(page.removeprefix(SITE)).content.decode()
        yield text
        for feed in link(lxml.html.fromstring(text).find("head"), "alternate"):
            yield client.get(feed.removeprefix(SITE)).content.decode()


def test_nothing_that_programs_are_given_holds_what_is_not_public(client, story, search_index):
    """Drafts, what waits for review, what was withdrawn or changed since: each with records and words of its own."""
    for make in (world.draft, world.submitted, world.published, world.published):
        source = world.source(f"Тайный вестник {Statement.objects.count()}")
        text = f"«Тайна моста», — сказал Тайный Человек. Номер {Statement.objects.count()}."
        article = Article.objects.create(source=source, title="Тайная статья", byline="Тайный автор")
        make(
            of=world.snapshot(text, article=article), words=("Тайна моста",), label="тайное имя",
            speaker=Person.objects.create(name_ru="Тайный Человек"), meeting=world.meeting("Тайная встреча"),
        )  # fmt: skip
    gone, changed = list(Statement.objects.published().filter(label="тайное имя"))
    search_index()
    before = " ".join(published_texts(client))
    assert all(secret in before for secret in SECRETS)  # while they are public, the walk meets them
    with acting(elena := world.user("elena", "editor")):
        withdraw(gone, "Ошибка.", by=elena)
        Statement.objects.filter(pk=changed.pk).update(spoken="2031-05-03")
    # The index is as it was: what it still names is asked of the database.
    for text in published_texts(client):
        assert not [secret for secret in SECRETS if secret in text]
    assert story.statement.public_id in " ".join(published_texts(client))
