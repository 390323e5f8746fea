"""What becomes of bytes that are taken in: which article, which snapshot, which facts, and what is refused."""

import threading

import pytest
from django.db import connection
from django.test import override_settings
from django.utils import translation

from articles.ingest import ingest, pasted
from articles.models import Article, Snapshot, Source
from articles.refusals import NotTakenIn
from people.models import HistoryEntry
from tests import world

pytestmark = pytest.mark.django_db

PROSE = "Мэр Примерска Иван Примеров открыл мост. «Мост простоит сто лет», — сказал он."
MORE = "На открытии были жители обоих берегов. Мост строили три года, и обошёлся он в один примерный рубль."
TEXT = f"{PROSE}\n{MORE}\n"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def page(body=PROSE, head="", title="В Примерске открыли мост"):
    return f"""<!DOCTYPE html><html lang="ru"><head><title>{title}</title>{head}</head>
    <body><article><h1>{title}</h1><p>{body}</p><p>{MORE}</p></article></body></html>""".encode()


def canonical(address):
    return f'<link rel="canonical" href="{address}">'


def take(raw, **said):
    return ingest(raw, **{"method": "file", "by": None} | said)


def refusal(raw, **said):
    with pytest.raises(NotTakenIn) as caught:
        take(raw, **said)
    assert not Article.objects.exists()
    assert not Snapshot.objects.exists()
    return str(caught.value)


def sample(shared_dir):
    return (shared_dir / "samples" / "belta-turnover.txt").read_bytes()


class TestTheArticleAllThisBeganWith:
    @pytest.mark.parametrize("method", ["file", "upload"])
    def test_its_body_ends_at_the_wire_s_mark_with_the_teasers_outside(self, shared_dir, paper, method):
        done = take(sample(shared_dir), source=paper, method=method)
        assert (done.snapshot.body_start, done.snapshot.body_end) == (0, 2215)
        assert done.article.credit == "По материалам БелТА."
        assert len(done.left_out) == 6
        assert not any(line in done.snapshot.body for line in done.left_out)

    def test_its_first_sentence_is_proposed_as_the_title(self, shared_dir, paper):
        done = take(sample(shared_dir), source=paper)
        assert done.article.title.startswith("Президент Беларуси")
        assert done.article.title.endswith("визита в Беларусь Токаева")
        assert done.title_is_proposed

    def test_pasted_from_a_browser_it_is_the_same_snapshot_as_from_a_file(self, shared_dir, paper):
        raw = sample(shared_dir)
        from_file = take(raw, source=paper)
        browsers = raw.decode().replace("\n", "\r\n")
        from_paste = take(pasted(browsers), source=paper, method="paste")
        assert from_paste.snapshot == from_file.snapshot
        assert not from_paste.is_new_snapshot
        assert bytes(Snapshot.objects.get().raw) == raw == pasted(browsers)


class TestTheSameInputTwice:
    def test_gives_the_same_snapshot(self, paper):
        first, second = take(TEXT.encode(), source=paper), take(TEXT.encode(), source=paper)
        assert (first.is_new_article, first.is_new_snapshot) == (True, True)
        assert (second.is_new_article, second.is_new_snapshot) == (False, False)
        assert first.snapshot == second.snapshot
        assert Snapshot.objects.count() == 1

    @pytest.mark.parametrize("other", [TEXT.rstrip("\n"), TEXT.replace("\n", "\r\n"), f"\ufeff{TEXT}"])
    def test_the_same_text_in_other_bytes_is_the_same_snapshot(self, paper, other):
        first, second = take(TEXT.encode(), source=paper), take(other.encode(), source=paper)
        assert second.snapshot == first.snapshot

    def test_a_text_that_is_known_needs_no_source(self, paper):
        first = take(TEXT.encode(), source=paper)
        assert take(TEXT.encode()).snapshot == first.snapshot

    def test_another_source_s_same_text_is_another_article(self, paper):
        other = Source.objects.create(name_ru="Другая газета", kind="sample")
        first, second = take(TEXT.encode(), source=paper), take(TEXT.encode(), source=other)
        assert second.article != first.article
        with pytest.raises(NotTakenIn, match="Choose the one that is meant"):
            take(TEXT.encode())

    def test_a_text_that_came_without_an_address_gets_it_later(self, paper):
        first = take(TEXT.encode(), source=paper)
        second = take(TEXT.encode(), address="https://example.com/most")
        assert second.snapshot == first.snapshot
        assert Article.objects.get().address == "https://example.com/most"


class TestAnAddress:
    @pytest.mark.parametrize(
        "again",
        [
            "https://example.com/most",
            " https://example.com/most/ ",
            "http://www.Example.com/most#comments",
            "https://example.com/most?utm_source=feed&fbclid=1",
        ],
    )
    def test_a_changed_page_of_the_same_address_is_a_new_snapshot_of_the_article(self, paper, again):
        first = take(page(), address="https://example.com/most")
        second = take(page("Мост закрыли."), address=again)
        assert second.article == first.article
        assert (second.is_new_article, second.is_new_snapshot) == (False, True)
        assert list(first.article.snapshots.order_by("id")) == [first.snapshot, second.snapshot]

    def test_the_page_s_canonical_address_counts_where_none_is_given(self, paper):
        first = take(page(head=canonical("https://example.com/most")))
        second = take(page("Мост закрыли.", head=canonical("https://example.com/most")))
        assert first.article.address == "https://example.com/most"
        assert second.article == first.article

    def test_the_given_address_counts_more_than_the_canonical_one(self, paper):
        done = take(page(head=canonical("https://example.com/all")), address="https://example.com/most")
        assert done.article.address == "https://example.com/most"

    def test_a_front_page_is_no_article_s_address(self, paper):
        first = take(page(head=canonical("https://example.com/")), source=paper)
        second = take(page("Открыли и порт.", head=canonical("https://example.com/")), source=paper)
        assert first.article.address == second.article.address == ""
        assert first.article != second.article

    def test_markup_that_changes_around_the_same_text_gives_no_new_snapshot(self, paper):
        first = take(page(), address="https://example.com/most")
        second = take(page(head="<script>visits(2)</script>"), address="https://example.com/most")
        assert second.snapshot == first.snapshot

    @pytest.mark.parametrize(
        "given",
        [
            *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://example.com/a", "/most"),
            "https://example.com/" + "a" * 2000,
        ],
    )
    def test_of_a_page_where_no_reader_should_be_sent_is_left_out(self, paper, given):
        head = f'{canonical(given)}<meta property="og:url" content="{given}">'
        assert take(page(head=head), source=paper).article.address == ""

    def test_two_articles_may_have_the_same_text(self, paper):
        first = take(page(), address="https://example.com/most")
        second = take(page(), address="https://example.com/most-2")
        assert second.article != first.article

    @pytest.mark.parametrize(
        "address", ["example", "example.com/most", "ftp://example.com/", "https://", "https://ex ample.com/"]
    )
    def test_what_is_none_is_refused(self, paper, address):
        assert refusal(TEXT.encode(), source=paper, address=address) == (
            f"“{address}” is not a web address. Write the whole address, from https:// on."
        )


class TestTheSource:
    @pytest.mark.parametrize(
        "address", ["https://example.com/a", "http://www.example.com/a", "https://m.example.com/a"]
    )
    def test_is_found_by_the_address_s_site(self, paper, address):
        assert take(TEXT.encode(), address=address).article.source == paper

    def test_is_found_by_the_canonical_address_s_site(self, paper):
        assert take(page(head=canonical("https://example.com/most"))).article.source == paper

    def test_chosen_counts_more_than_the_site(self, paper):
        other = Source.objects.create(name_ru="Другая газета", kind="sample")
        assert take(TEXT.encode(), source=other, address="https://example.com/a").article.source == other

    def test_is_asked_for_where_there_is_no_address(self, paper):
        assert refusal(TEXT.encode()) == "Who published it? Choose the source, or add it."

    @pytest.mark.parametrize("address", ["https://other.example.org/a", "https://sport.example.com/a"])
    def test_is_asked_for_where_the_site_is_not_known(self, paper, address):
        assert "Choose the source, or add it with this site." in refusal(TEXT.encode(), address=address)

    def test_another_one_than_on_record_is_refused(self, paper):
        other = Source.objects.create(name_ru="Другая газета", kind="sample")
        take(TEXT.encode(), address="https://example.com/a")
        with pytest.raises(NotTakenIn, match=r"on record as one of “Example Gazette”\. Choose that source"):
            take(TEXT.encode(), source=other, address="https://example.com/a")
        assert Snapshot.objects.count() == 1


class TestFacts:
    def test_are_taken_from_the_page(self, paper):
        head = '<meta name="author" content="Иван Примеров">' + canonical("https://example.com/most")
        article = take(page(head=head)).article
        assert (article.title, article.byline) == ("В Примерске открыли мост", "Иван Примеров")
        assert article.language == "ru"

    def test_what_the_person_says_counts_more(self, paper):
        said = {"title": "Свой  заголовок ", "language": "be", "published": "2024-03", "published_known": "other"}
        head = '<meta property="article:published_time" content="2024-03-05">'
        article = take(page(head=head), source=paper, **said).article
        assert (article.title, article.language) == ("Свой заголовок", "be")
        assert (article.published, article.published_known) == ("2024-03", "other")

    def test_a_date_in_the_metadata_is_known_by_the_publication(self, paper):
        head = '<meta property="article:published_time" content="2024-03-04T12:00:00+03:00">'
        article = take(page(head=head), address="https://example.com/05032024/").article
        assert (article.published, article.published_known) == ("2024-03-04", "publication")

    @pytest.mark.parametrize(
        ("path", "date"),
        [("2024/03/04/most", "2024-03-04"), ("news/04032024/", "2024-03-04"), ("2024/03/most", "2024-03")],
    )
    @pytest.mark.parametrize("way", ["given", "canonical"])
    def test_a_date_in_the_address_is_known_by_the_address(self, paper, path, date, way):
        address = f"https://example.com/{path}"
        if way == "given":
            article = take(TEXT.encode(), address=address).article
        else:
            article = take(page(head=canonical(address))).article
        assert (article.published, article.published_known) == (date, "address")

    def test_a_date_in_the_prose_is_no_date_of_publication(self, paper):
        assert take(page("Мост строили с 2021-05-06 по заказу города."), source=paper).article.published is None

    def test_what_is_on_record_stays_and_the_rest_is_filled_in(self, paper):
        address = "https://example.com/most"
        take(TEXT.encode(), address=address, title="Первый заголовок")
        again = take(TEXT.encode(), address=address, title="Второй", published="2024", published_known="text")
        article = Article.objects.get()
        assert article.title == "Первый заголовок"
        assert (article.published, article.published_known) == ("2024", "text")
        assert again.kept == ("title",)

    def test_a_date_without_how_it_is_known_is_refused(self, paper):
        said = refusal(TEXT.encode(), source=paper, published="2024-03-04")
        assert said == "Say how the date of publication is known."

    def test_a_language_in_words_is_refused(self, paper):
        assert "for example ru" in refusal(TEXT.encode(), source=paper, language="Russian")

    def test_history_names_the_user(self, paper, django_user_model):
        user = django_user_model.objects.create_user("researcher")
        done = take(TEXT.encode(), source=paper, by=user)
        entries = HistoryEntry.objects.filter(table_name__in=["articles_article", "articles_snapshot"])
        assert {entry.user for entry in entries} == {user}
        assert done.article.pk in {entry.row_id for entry in entries}


class TestAnArticleWithQuotes:
    def test_keeps_them_when_its_text_changes(self, paper):
        old = take(world.TEXT.encode(), address="https://example.com/most").snapshot
        statement = world.published(of=old)
        words, body = statement.lead.words, (old.body_start, old.body_end)
        new = take(f"Молния! {world.TEXT}".encode(), address="https://example.com/most").snapshot
        old.refresh_from_db()
        assert new.article == old.article
        assert (old.body_start, old.body_end) == body
        assert [quote.words for quote in old.quotes.all()] == [words]
        assert not new.quotes.exists()
        assert type(statement).objects.published().get() == statement

    def test_keeps_its_moved_body_when_the_text_comes_again(self, paper):
        snapshot = take(world.TEXT.encode(), source=paper).snapshot
        Snapshot.objects.filter(pk=snapshot.pk).update(body_start=7)
        assert take(world.TEXT.encode(), source=paper).snapshot.body_start == 7


class TestRefused:
    """Nothing is stored (`refusal` looks), and the sentence says what to do instead."""

    @pytest.mark.parametrize("raw", [b"", b" \n\t\n", "\ufeff\n".encode()])
    def test_nothing(self, paper, raw):
        assert "There is no text in it. Check that this is the right file" in refusal(raw, source=paper)

    @override_settings(INGEST_MAX_BYTES=1024 * 1024)
    def test_too_much(self, paper):
        said = refusal(b"a " * 1024 * 1024, source=paper)
        assert said.startswith("It is larger than 1.0\xa0MB")
        assert said.endswith("Copy the article's own text alone and paste it.")

    @pytest.mark.parametrize(
        ("raw", "kind"),
        [(b"%PDF-1.7\n", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"PK\x03\x04", "zip")],
    )
    def test_what_is_neither_page_nor_text(self, paper, raw, kind):
        said = refusal(raw, source=paper)
        assert kind in said
        assert "Save the page as HTML" in said

    def test_letters_that_cannot_be_read(self, paper):
        broken = TEXT.encode().replace("мост".encode(), b"\xd0\xff\xfe")
        assert "Save it as UTF-8" in refusal(broken, source=paper)

    def test_a_page_without_an_article(self, paper):
        menu = b"<!DOCTYPE html><html><body><ul><li><a href='/'>Home</a></li></ul></body></html>"
        assert "copy the article's text and paste it" in refusal(menu, source=paper)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["", "https://example.com/most"])
def test_two_at_once_give_one_snapshot(paper, address):
    start, done, failed = threading.Barrier(4), [], []

    def run(number):
        try:
            start.wait(timeout=10)
            spelled = f"{address}?utm_source={number}" if address else ""
            done.append(take(TEXT.encode(), source=paper, address=spelled))
        except Exception as error:  # noqa: BLE001 - any failure of a thread is the test's
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert not failed
    assert len({each.snapshot.pk for each in done}) == 1
    assert sum(each.is_new_snapshot for each in done) == 1
    assert Article.objects.count() == Snapshot.objects.count() == 1
