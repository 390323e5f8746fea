"""What a file says is read as it is meant, or refused with a reason."""

import socket
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.reading import UnreadableArticle, read
from articles.refusals import NotTakenIn

FIRST = "Мэр Примерска Иван Примеров открыл мост через реку Примерку."
WORDS = "«Мост простоит сто лет — не меньше, «Пример» & сыновья за это ручаются», — сказал мэр на открытии."
BELARUSIAN = "Мэр Прыкладава Янка Прыкладаў адкрыў мост і сказаў, што ён прастаіць сто гадоў."
ENGLISH = "The mayor of Exampleton, Jan Example, opened the bridge and said it would stand for years."

PAGE = """<!doctype html><html lang="ru"><head><meta charset="utf-8">
<title>Мэр открыл мост — Примерские вести</title>
<meta property="og:site_name" content="Примерские вести">
<meta property="og:title" content="Мэр&nbsp;Примерска открыл мост">
<meta name="author" content="Анна Примерова">
<meta property="article:published_time" content="2024-03-04T23:30:00+03:00">
<link rel="canonical" href="https://news.example.by/2024/03/04/most">
<link rel="stylesheet" href="http://127.0.0.1:9/style.css"><script src="http://127.0.0.1:9/s.js"></script>
<script>document.write("<p>Это написал сценарий, а не автор статьи.</p>");</script><style>p {color: red}</style>
</head><body>
<nav><ul><li><a href="/">Главная</a></li><li><a href="/p">Политика</a></li></ul></nav>
<header><h1>Мэр Примерска открыл мост</h1></header>
<main><article>
<p>Мэр&nbsp;Примерска <b>Иван <i>Примеров</i></b> открыл мост
   через реку <a href="/x">Примерку</a>.</p>
<p>&laquo;Мост простоит сто&#160;лет &mdash; <i>не меньше</i>, &laquo;Пример&raquo; &amp; сыновья за это
ручаются&raquo;,&nbsp;&mdash; сказал мэр на&nbsp;открытии.</p>
<h2>Что дальше</h2>
<blockquote><p>Мы построим ещё два моста, и каждый из них будет лучше прежнего.</p></blockquote>
<ul><li>Первый мост у вокзала начнут строить весной.</li><li>Второй мост у рынка начнут строить осенью.</li></ul>
<p>Строка первая<br>и строка вторая, после переноса.</p>
<p>Работа шла &lt;без остановки&gt; три года и два месяца.-0-</p>
</article>
<aside><h3>Читайте также</h3><ul><li><a href="/1">Новый автобус поедет…</a></li></ul></aside></main>
<footer>© Примерские вести, 2024. Все права защищены.</footer></body></html>"""

TEXT = f"""{FIRST}
{WORDS}
Что дальше
Мы построим ещё два моста, и каждый из них будет лучше прежнего.
Первый мост у вокзала начнут строить весной.
Второй мост у рынка начнут строить осенью.
Строка первая
и строка вторая, после переноса.
Работа шла <без остановки> три года и два месяца.-0-"""


def page_of(*paragraphs, head=""):
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<!DOCTYPE html><html><head>{head}</head><body><article>{body}</article></body></html>"


def refusal(raw, **declared):
    with pytest.raises(UnreadableArticle) as caught:
        read(raw, **declared)
    return caught.value


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Any attempt to fetch something would be a failure."""

    def refuse(*args):
        raise AssertionError(f"Reading an article must not open {args}.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_a_page_gives_its_article_without_menus_teasers_and_scripts():
    assert read(PAGE.encode()).text == TEXT


def test_a_page_says_what_it_says_of_itself():
    reading = read(PAGE.encode(), filename="most.html")
    assert reading.title == "Мэр Примерска открыл мост"
    assert reading.byline == "Анна Примерова"
    assert reading.published == "2024-03-04"
    assert reading.language == "ru"
    assert reading.canonical_url == "https://news.example.by/2024/03/04/most"
    assert (reading.media_type, reading.encoding) == ("text/html", "utf-8")
    assert reading.extractor.startswith("trafilatura 2.")


def test_a_page_that_says_nothing_of_itself_is_not_guessed_at():
    reading = read(page_of(FIRST, "Мост закрывали на ремонт 3 мая 2021 года.").encode())
    known = (reading.title, reading.byline, reading.published, reading.canonical_url)
    assert known == ("", "", "", "")


@pytest.mark.parametrize(
    ("declared_in_page", "content_type"),
    [
        ('<meta charset="windows-1251">', ""),
        ('<meta http-equiv="Content-Type" content="text/html; charset=Windows-1251">', "text/html"),
        ("", "text/html; charset=windows-1251"),
        ("", "text/html; charset=ISO-8859-1"),
        ('<meta charset="utf-8">', "text/html; charset=utf-8"),
        ('<meta charset="no-such-encoding">', ""),
        ("", ""),
    ],
)
@pytest.mark.parametrize("text", [FIRST, BELARUSIAN])
def test_a_page_in_windows_1251_is_read_whatever_is_declared(text, declared_in_page, content_type):
    reading = read(page_of(text, WORDS, head=declared_in_page).encode("cp1251"), content_type=content_type)
    assert reading.text.startswith(text)
    assert reading.encoding == "cp1251"


def test_a_page_in_utf8_is_read_even_if_it_says_windows_1251():
    reading = read(page_of(FIRST, head='<meta charset="windows-1251">').encode())
    assert (reading.text, reading.encoding) == (FIRST, "utf-8")


def test_an_xhtml_page_with_an_xml_declaration_is_read():
    text = "Meras Jonas Pavyzdys sakė: „Šiandien tiltas jau atidarytas ir žmonės džiaugiasi.“"
    page = '<?xml version="1.0" encoding="windows-1257"?>\n' + page_of(text)
    assert read(page.encode("cp1257")).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (FIRST, "utf-8", "utf-8"),
        (FIRST, "utf-8-sig", "utf-8"),
        (FIRST, "utf-16", "utf-16"),
        (FIRST, "cp1251", "cp1251"),
        (FIRST, "koi8-r", "koi8-u"),
        (FIRST, "cp866", "cp866"),
        (FIRST, "iso8859-5", "iso8859-5"),
        (BELARUSIAN, "cp1251", "cp1251"),
        (ENGLISH, "ascii", "utf-8"),
        ("“It’s ready” — said José in the café.", "cp1252", "cp1252"),
    ],
)
def test_plain_text_is_decoded_as_it_was_written(text, encoding, named):
    reading = read(text.encode(encoding), filename="most.txt", content_type="text/plain")
    assert (reading.text, reading.encoding, reading.media_type) == (text, named, "text/plain")
    assert (reading.title, reading.extractor) == ("", "plain text")


@pytest.mark.parametrize(
    ("charset", "encoding"), [("UTF-16LE", "utf-16-le"), ("windows-1257", "cp1257"), ("latin1", "cp1252")]
)
def test_a_declared_encoding_is_taken_where_the_bytes_do_not_say(charset, encoding):
    text = "Ar šiandien? Žinoma." if encoding != "cp1252" else "C'est déjà là, où ça."
    assert read(text.encode(encoding), content_type=f"text/plain; charset={charset}").text == text


@pytest.mark.parametrize(
    "charset", ["unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "hex", "ы"]
)
def test_a_declared_encoding_that_no_file_is_written_in_is_passed_over(charset):
    raw = f"{FIRST} \\u0041 \\d".encode("cp1251")
    assert read(raw, content_type=f"text/plain; charset={charset}").encoding == "cp1251"


def test_plain_text_is_normalised():
    assert read("\ufeffИ\u0306о\r\nда\x00".replace("\x00", "").encode()).text == "Йо\nда"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FIRST, "ru"),
        (BELARUSIAN, "be"),
        (ENGLISH, "en"),
        ("Мер Прикладова Іван Прикладенко відкрив міст і сказав, що він простоїть сто років.", "uk"),
        ("Мэр Лидии Шчучынай и мост через реку Уша: «Стаіць», — сказала она на открытии моста.", "ru"),
        ("Да.", ""),
        ("2024: 100 — 200", ""),
    ],
)
def test_the_language_is_told_by_the_text(text, language):
    assert read(text.encode()).language == language
    assert language == "" or read(page_of(text).encode()).language == language


def test_a_page_in_a_text_file_is_a_page():
    assert read(PAGE.encode(), filename="most.txt", content_type="text/plain").media_type == "text/html"


def test_plain_text_with_the_name_of_a_page_is_plain_text():
    text = "Если a < b, то b > a; так сказал учитель Примеров."
    assert read(text.encode(), filename="most.html", content_type="text/html").text == text


def test_a_text_about_markup_is_plain_text():
    assert read(b"The <b> tag makes text bold, said Jan Example.", filename="a.txt").media_type == "text/plain"


def zipped():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", FIRST)
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "declared", "media_type"),
    [
        (b"%PDF-1.7\n1 0 obj <<>> endobj", {"content_type": "text/plain"}, "application/pdf"),
        (b"\n%PDF-1.4\n", {"filename": "a.txt"}, "application/pdf"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), {}, "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(50), {"content_type": "text/html"}, "image/jpeg"),
        (b"GIF89a" + bytes(50), {}, "image/gif"),
        (zipped(), {"filename": "most.docx"}, "application/zip"),
        (b"{\\rtf1\\ansi Hello}", {}, "application/rtf"),
        (b"From: <Saved by Blink>\nMIME-Version: 1.0", {}, "multipart/related"),
        (bytes(range(256)) * 4, {}, "application/octet-stream"),
        (b"text\x00text", {}, "application/octet-stream"),
        (FIRST.encode() * 100 + b"\x00", {}, "application/octet-stream"),
        (FIRST.encode(), {"content_type": "application/json"}, "application/json"),
        (FIRST.encode(), {"content_type": "image/png"}, "image/png"),
        (b'<?xml version="1.0"?><rss><channel/></rss>', {}, "application/xml"),
        (b"<rss version='2.0'></rss>", {"content_type": "text/html"}, "application/xml"),
    ],
)
def test_what_is_no_page_and_no_text_is_refused_by_its_kind(raw, declared, media_type):
    error = refusal(raw, **declared)
    assert (error.code, error.params) == ("wrong_type", {"media_type": media_type})


@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n", "\u00a0\u2028\ufeff".encode(), b"\xef\xbb\xbf", b"\xff\xfe"])
def test_nothing_but_white_space_is_refused(raw):
    assert refusal(raw).code == "empty"


@pytest.mark.parametrize(
    "raw",
    [
        FIRST.encode()[:40] + b"\xd0 " + WORDS.encode(),
        "日本語の文章です。".encode("shift-jis"),
        # Two Latin code pages would each give other letters.
        "Zażółć gęślą jaźń, łódź płynie po jeziorze.".encode("cp1250"),
        "Il a déclaré que le café était déjà prêt à l'école.".encode("cp1252"),
        "Да".encode("cp1251"),
        b"\xff\xfe" + FIRST.encode("utf-16-le") + b"\x04",
    ],
)
def test_what_cannot_be_decoded_is_refused_rather_than_garbled(raw):
    assert refusal(raw).code == "wrong_encoding"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<script>let a = 'Это написал сценарий, а не автор статьи.';</script>",
        "<nav><a href='/'>Главная</a> <a href='/p'>Политика</a></nav><footer>© Примерские вести, 2024. Все права.</footer>",
        "<div>© Примерские вести, 2024. Все права защищены законом.</div>",
        "<div><a href='/'>Главная</a></div><div><a href='/p'>Политика и общество в Примерске</a></div>",
    ],
)
def test_a_page_without_an_article_is_refused(body):
    assert refusal(f"<html><body>{body}</body></html>".encode()).code == "no_text"


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 20_000 + f"<p>{FIRST}</p>",
        "<html><body>" + "<blockquote>" * 5_000 + f"<p>{FIRST}</p>",
        "<html><body><ul>" + "<li><ul>" * 5_000 + f"<li>{FIRST}",
        "<!----><!-- x -->" * 200 + "<!doctyp",
        "<html><body>" + "<" * 100_000,
        "<html><head><script type='application/ld+json'>" + "[" * 50_000 + f"</script></head><body><p>{FIRST}</p>",
        f"<html><body><p>{FIRST}<!-- no end",
        "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><body><p>&a; " + FIRST + "</p></body></html>",
    ],
)
def test_hostile_markup_is_read_or_refused_but_breaks_nothing(page):
    try:
        said = read(page.encode()).text
    except UnreadableArticle as error:
        said = error.code
    assert said
    assert "root:" not in said


def test_the_cells_of_a_table_row_make_a_line():
    table = "<table><tr><td>Мост</td><td>Год</td></tr><tr><td>Первый</td><td>2025</td></tr></table>"
    assert read(page_of(FIRST, WORDS.replace("&", "&amp;"), f"</p>{table}<p>").encode()).text.endswith(
        "Мост Год\nПервый 2025"
    )


def test_markup_in_the_text_stays_text():
    reading = read(
        page_of(f"{FIRST} &lt;script&gt;alert(1)&lt;/script&gt;", head="<title>&lt;b&gt;Мост</title>").encode()
    )
    assert "<script>alert(1)</script>" in reading.text
    assert "Мост" in reading.title


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(raw):
    try:
        text = read(raw, content_type="text/html").text
    except UnreadableArticle as error:
        assert str(NotTakenIn(error.code, **error.params)).endswith(".")  # noqa: PT017 - either way is right
    else:
        assert text.strip()
