"""Articles, sources and snapshots in the admin: taking in, finding, putting right, looking at."""

import html
import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import Q
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.ingest import ingest
from articles.models import Article, Snapshot, Source

pytestmark = pytest.mark.django_db

TEXT = "Мэр Примерска Иван Примеров открыл мост. «Мост простоит сто лет», — сказал он.\nИсточник: Пример\n"
ADDRESS = "https://example.com/most"
INGEST = "/admin/articles/article/ingest/"
EMPTY = {
    "text": "",
    "source": "",
    "source_name": "",
    "address": "",
    "title": "",
    "published": "",
    "published_known": "publication",
}


@pytest.fixture
def browser(db, django_user_model):
    """A researcher's, who may look at everything, take articles in, put them right and add sources; nothing else."""
    user = django_user_model.objects.create_user("researcher", password="x", is_staff=True)
    acts = Q(codename__in=["add_article", "change_article", "add_snapshot", "add_source"])
    user.user_permissions.set(Permission.objects.filter(acts | Q(codename__startswith="view_")))
    return logged_in(user)


@pytest.fixture
def superuser(db, django_user_model):
    return logged_in(django_user_model.objects.create_superuser("root", password="x"))


def logged_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def seen(response):
    """What a page says, without its tags."""
    text = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(text).split())


def post(client, **said):
    return client.post(INGEST, EMPTY | said)


def said_after(client, **said):
    response = post(client, **said)
    assert response.status_code == 302, seen(response)
    return seen(client.get(response.url))


def upload(raw, name="most.txt", kind="text/plain"):
    return SimpleUploadedFile(name, raw, content_type=kind)


def take(raw, **said):
    return ingest(raw.encode(), **{"method": "file", "by": None} | said)


def count_queries(act):
    with CaptureQueriesContext(connection) as queries:
        assert act().status_code == 200
    return len(queries)


class TestTheWayIn:
    @pytest.mark.parametrize("page", ["/admin/", "/admin/articles/article/"])
    def test_is_a_button_on_the_index_and_on_the_list(self, browser, page):
        assert f'href="{INGEST}">Take in an article' in browser.get(page).content.decode()

    @pytest.mark.parametrize("page", ["/admin/", "/admin/articles/article/"])
    def test_is_not_offered_to_those_who_may_only_look(self, django_user_model, page):
        user = django_user_model.objects.create_user("reader", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename="view_article"))
        client = logged_in(user)
        assert "Take in an article" not in seen(client.get(page))
        assert client.get(INGEST).status_code == 403
        assert post(client, text=TEXT).status_code == 403

    def test_asks_strangers_to_log_in(self, db):
        assert Client().get(INGEST).url == f"/admin/login/?next={INGEST}"

    def test_is_where_adding_leads(self, browser):
        assert browser.get("/admin/articles/article/add/").url == INGEST

    def test_needs_the_form_s_token(self, browser):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = browser.cookies
        assert post(strict, text=TEXT).status_code == 403
        assert not Snapshot.objects.exists()

    def test_offers_to_choose_a_source_or_to_add_one(self, browser):
        page = browser.get(INGEST).content.decode()
        assert 'class="admin-autocomplete"' in page
        assert "/admin/articles/source/add/?_to_field=id&amp;_popup=1" in page


class TestTakingIn:
    def test_pasted_text_with_a_source(self, browser, paper):
        said = said_after(browser, text=TEXT.replace("\n", "\r\n"), source=paper.pk)
        assert "Taken in: “Мэр Примерска Иван Примеров открыл мост”." in said
        assert f"The article itself: characters 0–{TEXT.index(chr(10))} of {len(TEXT)}." in said
        assert "Credit: “Источник: Пример”." in said
        assert "Its title is the first sentence" in said
        snapshot = Snapshot.objects.get()
        assert bytes(snapshot.raw) == TEXT.encode()
        assert snapshot.method == "paste"

    @pytest.mark.parametrize("name", ["Примерская Газёта", " example gazette ", "example.com", "public_id"])
    def test_by_the_name_of_its_source_where_no_script_offers_one(self, browser, paper, name):
        said_after(browser, text=TEXT, source_name=paper.public_id if name == "public_id" else name)
        assert Article.objects.get().source == paper

    def test_a_source_from_the_list_counts_more_than_a_name(self, browser, paper):
        other = Source.objects.create(name_ru="Другая газета")
        said_after(browser, text=TEXT, source=other.pk, source_name="Примерская газета")
        assert Article.objects.get().source == other

    @pytest.mark.parametrize("way", ["paste", "upload"])
    def test_the_article_all_this_began_with(self, browser, paper, shared_dir, way):
        raw = (shared_dir / "samples" / "belta-turnover.txt").read_bytes()
        given = {"upload": upload(raw)} if way == "upload" else {"text": raw.decode().replace("\n", "\r\n")}
        said = said_after(browser, source=paper.pk, **given)
        assert "The article itself: characters 0–2215 of " in said
        assert "Credit: “По материалам БелТА.”. 6 lines are left outside it." in said
        other = {"text": raw.decode()} if way == "upload" else {"upload": upload(raw)}
        assert "This text is already here" in said_after(browser, source=paper.pk, **other)
        assert Snapshot.objects.count() == 1

    def test_a_page_by_its_address_with_a_date_in_words(self, browser, paper):
        page = f"<!DOCTYPE html><title>Мост открыт</title><article><h1>Мост открыт</h1><p>{TEXT}</p></article>"
        said_after(
            browser,
            upload=upload(page.encode(), "most.html", "text/html"),
            address=ADDRESS,
            published="4 марта 2024",
            published_known="other",
        )
        article = Article.objects.get()
        assert (article.source, article.address, article.title) == (paper, ADDRESS, "Мост открыт")
        assert (article.published, article.published_known) == ("2024-03-04", "other")
        assert article.snapshots.get().method == "upload"

    @pytest.mark.parametrize(("published", "doubted"), [("4 марта 2924", True), ("4 марта 2024", False)])
    def test_a_date_of_publication_that_is_still_to_come_is_doubted(self, browser, paper, published, doubted):
        said = said_after(browser, text=TEXT, source=paper.pk, published=published)
        assert ("Its date of publication is still to come: 4 March 2924. Correct it if" in said) is doubted

    def test_leads_to_its_annotation(self, browser, paper):
        url = post(browser, text=TEXT, source=paper.pk).url
        assert url == reverse("admin:quotes_annotate", args=[Snapshot.objects.get().public_id])
        assert "Мост простоит сто лет" in seen(browser.get(url))

    def test_leads_to_the_page_named_in_the_settings(self, browser, paper):
        with override_settings(INGESTED_URL_NAME="admin:articles_article_history"):
            url = post(browser, text=TEXT, source=paper.pk).url
        assert url == reverse("admin:articles_article_history", args=[Snapshot.objects.get().public_id])

    def test_leads_to_the_article_where_no_page_is_named(self, browser, paper):
        with override_settings(INGESTED_URL_NAME=""):
            url = post(browser, text=TEXT, source=paper.pk).url
        assert url == reverse("admin:articles_article_change", args=[Article.objects.get().pk])

    def test_a_changed_text_and_what_the_record_keeps_are_told(self, browser, paper):
        said_after(browser, text=TEXT, address=ADDRESS, title="Мост открыт")
        said = said_after(browser, text=f"{TEXT}\nЕщё одно.", address=ADDRESS, title="Мост закрыт")
        assert "The text has changed since it was last taken in: a new snapshot of “Мост открыт”." in said
        assert "The record says otherwise and was kept: title." in said

    def test_history_names_who_took_it_in(self, browser, paper):
        post(browser, text=TEXT, source=paper.pk)
        article = Article.objects.get()
        assert "researcher" in seen(browser.get(reverse("admin:articles_article_history", args=[article.pk])))


class TestARefusal:
    """Loses nothing that was typed, and stores nothing."""

    def refused(self, client, **said):
        response = post(client, **said)
        assert response.status_code == 200
        assert not Article.objects.exists()
        self.page = response.content.decode()
        return seen(response)

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({}, "Who published it? Choose the source, or add it."),
            (
                {"address": ADDRESS},
                "No source has the site example.com yet. Choose the source, or add it with this site.",
            ),
            (
                {"source_name": "Неведомая"},
                "No source is called “Неведомая”. Check the spelling, write its site instead, or add the source first.",
            ),
            (
                {"source_name": "тёзка"},
                "Several sources are called “тёзка”. Write the id or the site of the one you mean: {namesakes}.",
            ),
            ({"address": "example"}, "“example” is not a web address. Write the whole address, from https:// on."),
            ({"published": "давно"}, "“давно” is not understood. Write 4 March 2024"),
            ({"published": "2024", "published_known": ""}, "Say how the date of publication is known."),
        ],
    )
    def test_says_what_to_do_and_keeps_the_rest(self, browser, wrong, said):
        namesakes = [
            Source.objects.create(name_ru="Тёзка", host="tyozka.example"),
            Source.objects.create(name_en="тезка"),
        ]
        said = said.replace("{namesakes}", f"{namesakes[1].public_id}, {namesakes[0].public_id} (tyozka.example)")
        given = {"title": "Свой заголовок"} | wrong
        assert said in self.refused(browser, text=TEXT, **given)
        assert TEXT in html.unescape(self.page)
        for value in given.values():
            assert not value or f'value="{value}"' in self.page

    def test_of_nothing(self, browser, paper):
        assert "Give the article's address, paste its text, or choose a file." in self.refused(
            browser, source=paper.pk, text=" \n "
        )
        assert "Примерская газета" in self.page or "Example Gazette" in self.page

    def test_of_both(self, browser, paper):
        said = self.refused(browser, source=paper.pk, text=TEXT, upload=upload(TEXT.encode()))
        assert "Give the text or a file, not both" in said

    @pytest.mark.parametrize(
        ("raw", "name", "said"),
        [
            (b"", "empty.txt", "There is no text in it. Check that this is the right file"),
            (b"%PDF-1.7\n", "most.pdf", "It is neither a web page nor plain text, but application/pdf."),
            (
                b"<!DOCTYPE html><html><body><a href='/'>x</a></body></html>",
                "x.html",
                "No article was found on this page.",
            ),
        ],
    )
    def test_of_a_file_says_so_beside_it(self, browser, paper, raw, name, said):
        told = self.refused(browser, source=paper.pk, upload=upload(raw, name, "application/octet-stream"))
        assert said in told
        assert "Choose the file once more: browsers do not keep it." in told

    def test_of_a_file_too_large(self, browser, paper, settings):
        settings.INGEST_MAX_BYTES = 1000
        said = self.refused(browser, source=paper.pk, upload=upload(b"a " * 501))
        assert "It is larger than 1000\xa0bytes".replace("\xa0", " ") in said.replace("\xa0", " ")

    def test_of_a_paste_too_large_to_be_read(self, browser, paper, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
        response = post(browser, source=paper.pk, text="а " * 5000)
        assert "It is larger than 10.0 MB" in seen(browser.get(response.url)).replace("\xa0", " ")
        assert not Article.objects.exists()


class TestArticles:
    @pytest.fixture
    def article(self, paper):
        said = {"title": "Мост открыт", "published": "2024-03-04", "published_known": "text"}
        return take(TEXT, address=ADDRESS, **said).article

    def test_the_list_tells_the_main_things(self, browser, article):
        said = seen(browser.get("/admin/articles/article/"))
        assert "Мост открыт Annotate waits 0 Example Gazette 4 March 2024 1" in said

    @pytest.mark.parametrize(
        "words", ["мост", "ОТКРЫТ мост", "example.com", "http://www.example.com/most/#x", "источник пример", "газета"]
    )
    def test_are_found_by_title_address_credit_and_source(self, browser, article, words):
        take("Другая статья. Совсем о другом.", address="https://example.com/other", title="Иное")
        said = seen(browser.get("/admin/articles/article/", {"q": words}))
        assert "Мост открыт" in said
        if words not in {"газета", "example.com"}:
            assert "Иное" not in said

    def test_show_their_snapshots_with_the_way_to_annotate(self, browser, article):
        snapshot = article.snapshots.get()
        with override_settings(INGESTED_URL_NAME="admin:articles_article_history"):
            page = browser.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
        assert snapshot.raw_sha256 in page
        assert f"0–{snapshot.body_end}" in page
        assert f'<a href="/admin/articles/article/{snapshot.public_id}/history/">Annotate</a>' in page

    def change(self, client, article, **said):
        form = client.get(reverse("admin:articles_article_change", args=[article.pk])).context["adminform"].form
        values = {name: value or "" for name, value in form.initial.items()}
        inline = {"snapshots-TOTAL_FORMS": 0, "snapshots-INITIAL_FORMS": 0}
        return client.post(reverse("admin:articles_article_change", args=[article.pk]), values | inline | said)

    def test_are_put_right(self, browser, article):
        response = self.change(browser, article, title="Мост закрыт", published="март 2024", address=f"{ADDRESS}#top")
        assert response.status_code == 302, seen(response)
        article.refresh_from_db()
        assert (article.title, article.published, article.address) == ("Мост закрыт", "2024-03", ADDRESS)

    def test_are_doubted_if_published_in_the_future(self, browser, article):
        response = self.change(browser, article, published="2924")
        assert "Its date of publication is still to come: 2924." in seen(browser.get(response.url))
        again = self.change(browser, article, title="Мост закрыт")
        assert "still to come" not in seen(browser.get(again.url))

    def test_do_not_share_an_address_however_it_is_spelled(self, browser, article):
        other = take("Другая статья. Совсем о другом.", address="https://example.com/other", title="Иное").article
        response = self.change(browser, other, address="http://www.example.com/most/")
        assert "“Мост открыт” is the article of this address already." in seen(response)

    def test_several_credit_lines_survive_a_change_of_something_else(self, browser, article):
        Article.objects.update(credit="Фото: Пример\nИсточник: Пример")
        self.change(browser, article, title="Мост закрыт")
        article.refresh_from_db()
        assert article.credit.splitlines() == ["Фото: Пример", "Источник: Пример"]

    def test_with_a_text_are_never_deleted(self, superuser, article):
        assert superuser.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403
        assert 'value="delete_selected"' not in superuser.get("/admin/articles/article/").content.decode()
        assert Article.objects.exists()

    def test_are_known_by_their_address_however_it_is_spelled(self, paper, article):
        assert Article.objects.at("http://www.example.com/most").get() == article


class TestSources:
    @pytest.mark.parametrize("words", ["примерская", "gazette example", "example.com"])
    def test_are_found_in_any_language(self, browser, paper, words):
        Source.objects.create(name_ru="Другая газета")
        said = seen(browser.get("/admin/articles/source/", {"q": words}))
        assert "Example Gazette Примерская газета sample, not a real publication example.com" in said
        assert "Другая" not in said

    def test_are_offered_in_the_form(self, browser, paper):
        asked = {"app_label": "articles", "model_name": "article", "field_name": "source", "term": "пример"}
        found = browser.get("/admin/autocomplete/", asked).json()["results"]
        assert found == [{"id": str(paper.pk), "text": "Example Gazette"}]

    @pytest.mark.parametrize("host", ["example.org", "https://www.Example.org/news?x=1", " Example.org "])
    def test_take_any_address_for_their_site(self, browser, host):
        browser.post(
            "/admin/articles/source/add/", {"name_ru": "Сайт", "kind": "sample", "host": host, "country": "by"}
        )
        source = Source.objects.get()
        assert (source.host, source.country) == ("example.org", "BY")

    def test_with_articles_are_not_deleted(self, superuser, paper):
        take(TEXT, source=paper)
        superuser.post(f"/admin/articles/source/{paper.pk}/delete/", {"post": "yes"})
        assert Source.objects.exists()


class TestSnapshots:
    HOSTILE = "Мэр сказал <script>alert(1)</script> и <b>ушёл</b>.\nИсточник: <i>Пример</i>\n"

    def test_are_shown_as_text_with_the_body_marked(self, browser, paper):
        snapshot = take(self.HOSTILE, source=paper).snapshot
        page = browser.get(f"/admin/articles/snapshot/{snapshot.pk}/change/").content.decode()
        assert "<mark>Мэр сказал &lt;script&gt;alert(1)&lt;/script&gt; и &lt;b&gt;ушёл&lt;/b&gt;.</mark>" in page
        assert "Источник: &lt;i&gt;Пример&lt;/i&gt;" in page
        assert "<script>alert" not in page
        assert snapshot.text_sha256 in page

    def test_are_only_to_be_looked_at(self, superuser, paper):
        snapshot = take(TEXT, source=paper).snapshot
        change = f"/admin/articles/snapshot/{snapshot.pk}/change/"
        assert 'name="_save"' not in superuser.get(change).content.decode()
        assert superuser.post(change, {"text": "x"}).status_code == 403
        assert superuser.get("/admin/articles/snapshot/add/").status_code == 403
        assert superuser.post(f"/admin/articles/snapshot/{snapshot.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_are_found_by_their_hash(self, browser, paper):
        snapshot = take(TEXT, source=paper).snapshot
        page = browser.get("/admin/articles/snapshot/", {"q": snapshot.raw_sha256}).content.decode()
        assert f"/admin/articles/snapshot/{snapshot.pk}/change/" in page


@pytest.mark.parametrize("name", ["article", "source", "snapshot"])
def test_lists_ask_the_database_no_more_for_more_rows(browser, paper, name):
    def fill(numbers):
        for number in numbers:
            source = Source.objects.create(name_ru=f"Газета {number}", kind="sample")
            take(f"Статья {number}. О мосте номер {number}.", source=source, published="2024", published_known="text")

    page = f"/admin/articles/{name}/"
    fill(range(2))
    browser.get(page)
    few = count_queries(lambda: browser.get(page))
    fill(range(2, 12))
    assert count_queries(lambda: browser.get(page)) == few


def test_an_article_s_page_asks_no_more_for_more_snapshots(browser, paper):
    article = take("Статья. О мосте.", address=ADDRESS).article
    page = reverse("admin:articles_article_change", args=[article.pk])
    browser.get(page)
    few = count_queries(lambda: browser.get(page))
    for number in range(9):
        take(f"Статья. О мосте номер {number}.", address=ADDRESS)
    assert article.snapshots.count() == 10
    assert count_queries(lambda: browser.get(page)) == few
